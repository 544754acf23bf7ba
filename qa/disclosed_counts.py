"""A claim's item on a desk → its printed count, its printed rate, or money and people among heads."""

import re
from dataclasses import replace

from corpus.amount import UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.words import cut
from qa.book import Book
from qa.calculate import average
from qa.change import printed
from qa.claim import Claim
from qa.day import dated, of_another_day, that_day
from qa.desk import Desk
from qa.disclosed import Looked, of_fact, of_rival, worked_out
from qa.disclosed_money import figure, only, phrases
from qa.find import ANY, Found, Wanted, find, handicap
from qa.naming import item_of
from qa.wording import comparable

COUNTERS = (
    ("批次", "批"), ("人次", "人"), ("人", "名", "位"), ("辆", "台"), ("台(套)", "台（套）", "台套", "台/套", "台", "套"), ("个", "项"), ("次", "场", "场次", "批次"), ("家", "户", "个"),
    ("件", "份", "篇"), ("篇", "条", "期"),
)  # fmt: skip


def count(claim: Claim, desk: Desk) -> Looked:
    """A count: the item with the very counter or one of its kin."""
    if claim.amount is None:
        return Looked(missing="没有数")
    name = claim.amount.unit.base
    kin = next((group for group in COUNTERS if group[0] == name), (name,))
    item = claim.items[0] if claim.items else ""
    item = "公务接待" if item == "接待" and "公务接待" in claim.sentence else item
    bought = _to_be_bought(claim, item)
    item = bought or item
    kept = of_named_project(claim, _of_day(claim, desk.book))
    kept = kept if PLANNED.search(re.split("[，。；]", claim.before)[-1]) else _done(kept)
    for phrase in _ways(claim, item):
        book = only(kept, lambda fact: _counts(fact, kin) and not _another(fact, item) and (not bought or any("购置" in name for name in fact.item)))
        wanted = Wanted(desk.year, desk.kind, desk.question.basis, ((Measure.COUNT, 0.0), (Measure.OTHER, 0.05)), words=desk.question.text)
        found = find(_by_name(book, item), desk.scope.disclosures, phrase, wanted)
        if printed(found) and found is not None:
            return Looked((of_fact(found),), tuple(of_rival(fact) for fact in found.rivals))
    own = re.search(r"项目的?([^项目]{2,8})$", item)
    if own and not claim.parent:
        strict = only(kept, lambda fact: bool(_projects(_before(fact))))
        return count(replace(claim, items=(own[1],), parent=item), replace(desk, book=strict))  # 口袋公园建设项目|自评得分
    return _counted_in_words(claim, desk, kin, item) or Looked(missing="报告没有披露这个数量")


def _ways(claim: Claim, item: str) -> tuple[str, ...]:
    """Ways to look the thing counted up, the narrowest first."""
    above = re.sub(r"[费款]$|支出$|运行维?护?费?$", "", claim.topic)
    ways = (
        *phrases(claim, item), _in_office(claim, item), f"{claim.topic} {item}" if claim.topic else "", above if item and item in above else "",
        re.sub(r"(?:现有|名下|实有|的|数量|总数)", " ", item),
    )  # fmt: skip
    return tuple(dict.fromkeys(way.strip() for way in ways if way.strip()))


_PEOPLE = re.compile(r"(在职|在编)((?:事业|行政)?)(?:单位|编制)?(?:人员|职工|干部)?(?:人数)?")


def _in_office(claim: Claim, item: str) -> str:
    """在职人员151人 is what reports write as 在职实有人数151人, and 其中事业人员 its part."""
    said = _PEOPLE.fullmatch(item if item.startswith("在") or "在职" not in claim.before else f"在职{item}")
    return f"{said[1]}实有人数 {said[2]}" if said else ""


_PROJECT = re.compile(r"([一-龥A-Za-z、（）()]{4,30}?)项目(?!支出|经费|资金|数量?|个)")


def of_named_project(claim: Claim, book: Book) -> Book:
    """Without the figures behind the name of another project than the one that the text names: 自评得分95分 is of the one, 88分 of the other."""
    said = _projects(claim.before)
    return only(book, lambda fact: not (told := _projects(_before(fact))) or told[-1] in said[-1] or said[-1] in told[-1]) if said else book


PLANNED = re.compile(r"计划|目标|拟")


def _done(book: Book) -> Book:
    """新建绿道33.5公里 beneath 新建绿道30公里: without what was aimed at, which is the heading of what was done."""
    prose = [entry.fact for entry in book.entries if entry.fact.origin is Origin.PROSE and entry.fact.measure is Measure.COUNT and entry.fact.item]
    aims = {fact.id for fact in prose for other in prose if other.item == fact.item and other.amount != fact.amount and other.disclosure == fact.disclosure and _plain(fact.text) in _plain(other.table)}
    return only(book, lambda fact: fact.id not in aims) if aims else book


def _plain(text: str) -> str:
    return re.sub(r"[\s。]", "", text)


def _projects(text: str) -> list[str]:
    return [re.sub(r"^(?:其中|其|对|该|为)", "", name) for name in _PROJECT.findall(re.sub(r"[“”\"‘’\s\u3000]", "", text)) if not re.search("绩效|编报|自评|评价|涉及", name)]


def _before(fact: Fact) -> str:
    """What a sentence says before the figure; of a table its title."""
    if fact.table_id:
        return fact.table.rpartition("年度")[2]
    return re.split(rf"(?<![\d.]){re.escape(f'{fact.amount.number:f}')}(?![\d.])", fact.text.replace(",", ""))[0] if fact.amount else ""


def _counted_in_words(claim: Claim, desk: Desk, kin: tuple[str, ...], item: str) -> Looked | None:
    """编报了绩效目标，项目共39个: the one count whose whole name the sentence says in parts, the thing counted last."""
    said = comparable(claim.before)
    scope = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}
    wanted = Wanted(desk.year, desk.kind, Basis.NONE, ((Measure.COUNT, 0.0),), words=desk.question.text)
    facts = [
        entry.fact for entry in _of_day(claim, desk.book).entries
        if item and entry.fact.origin is Origin.PROSE and _counts(entry.fact, kin) and handicap(entry.fact, scope, wanted, True) is not None and _said_in_parts(entry.fact, said, item)
    ]  # fmt: skip
    return Looked((of_fact(Found(tuple(facts[:2]), 1.0)),)) if len({fact.amount.value for fact in facts if fact.amount}) == 1 else None


def _said_in_parts(fact: Fact, said: str, item: str) -> bool:
    """Whether a name of two words and more (编报绩效目标的项目) ends with the thing counted and is said word for word."""
    name = comparable(fact.item[-1]).rstrip("共有数") if fact.item else ""
    words = [word for word in cut(name) if word not in ("的", "了")]
    return len(words) > 2 and name.endswith(comparable(item)) and all(word in said for word in words)


_BUY = re.compile(r"(?:再|新)?(?:购置|购买|采购|添置|新购|新增|更新)")


def _to_be_bought(claim: Claim, item: str) -> str:
    """2026年还计划新购3辆: a budget's 预算安排购置车辆, where the sentence speaks of cars and names none."""
    of_cars = claim.amount is not None and claim.amount.unit.base in ("辆", "台") and "车" in claim.topic + item + claim.before
    said = re.fullmatch(rf"(?:还|再|预计|计划|拟|预算|安排|淘汰)*{_BUY.pattern}\s*(?P<kind>执法|执法执勤)?(?:用?车辆?|公务用车|公车|新车)?", item)
    return "" if not of_cars or said is None else "预算安排购置车辆 执法执勤用车" if said["kind"] else "预算安排购置车辆"


def _counts(fact: Fact, kin: tuple[str, ...]) -> bool:
    """Whether a fact counts such things: by its unit, or by its name where the form writes 国内公务接待批次（个）."""
    if fact.measure not in (Measure.COUNT, Measure.OTHER) or fact.amount is None:
        return False
    named = next((counter for counter in ("批次", "人次") if fact.item and counter in fact.item[-1]), "")
    return named in kin if named and named != fact.amount.unit.base else fact.amount.unit.base in kin


def _by_name(book: Book, item: str) -> Book:
    """Rows of the very name, whatever 口径 their column says (太原 2016 lists cars under 采购预算); all rows where there are none."""
    same = tuple(replace(entry, fact=replace(entry.fact, basis=Basis.NONE)) for entry in book.entries if entry.fact.table_id and entry.fact.item and _bare(entry.fact.item[-1]) == comparable(item))
    return replace(book, entries=same) if len({entry.fact.amount.value for entry in same if entry.fact.amount}) == 1 else book


def _bare(name: str) -> str:
    """2.一般公务用车（辆） without number and unit."""
    return re.sub(r"^\d+[.、．]|[(（][^()（）]{1,2}[)）]$", "", comparable(name))


def _another(fact: Fact, item: str) -> bool:
    """Cars bought are not the cars kept, visits from abroad are not those of the country: a text that means them says so."""
    name = fact.item[-1] if fact.item else ""
    return "购置" in name and not re.search(r"[购买添增]|更新", item) or bool(re.search(r"境[)）]?外|国外|外宾", name)) and "外" not in item


def _of_day(claim: Claim, book: Book) -> Book:
    """截至2024年8月底: a stock is counted on a day, which the budget of the next year prints. Only figures of that day; where there are none, never those of another year's."""
    day = that_day(claim.sentence)
    if day is None or _of_a_later_year(claim):
        return book
    of_day = only(book, lambda fact: bool(day.search(dated(fact))))
    return of_day if of_day.entries else only(book, lambda fact: not of_another_day(fact, claim.sentence))


def _of_a_later_year(claim: Claim) -> bool:
    """截至2025年8月31日共有车辆2辆，2026年预算安排购置0辆: the second is no stock of that day."""
    behind = re.split(r"截[至止][^，。；]*?日", claim.before)[-1]
    return behind != claim.before and bool(re.search(r"(?:19|20)\d{2}年", behind)) and claim.years != () and not re.search(r"截[至止]", behind)


def rate(claim: Claim, desk: Desk) -> Looked:
    """A printed percentage of something (合格率, 得分率)."""
    item = claim.items[0] if claim.items else ""
    if not item:
        return Looked(missing="没有写明是什么的百分比")
    book = only(desk.book, lambda fact: fact.amount is not None and fact.amount.unit.base == "%")
    wanted = Wanted(desk.year, desk.kind, Basis.NONE, tuple(ANY.items()), words=desk.question.text)
    bases = (Basis.ACTUAL, Basis.TARGET, Basis.NONE) if desk.kind is Kind.FINAL else (Basis.TARGET, Basis.NONE)
    for basis in bases:
        found = find(book, desk.scope.disclosures, item, replace(wanted, basis=basis))
        if printed(found) and found is not None:
            return Looked((of_fact(found),), tuple(of_rival(fact) for fact in found.rivals))
    return Looked(missing="报告没有披露这个比率")


def per_head(claim: Claim, desk: Desk) -> Looked:
    """Money among people, times or things."""
    item = claim.items[0] if claim.items else ""
    if claim.amount is not None and claim.amount.unit.kind is UnitKind.COUNT:
        return _counted_per(claim, desk, item)
    money = next((found for name in (item, f"{item}费", re.sub("^(?:国内|境内)", "", item) + "费", f"{claim.topic} {item}") if (found := figure(claim, desk, name.strip())) and not found.rivals), None)
    kin = {"人": ("人次", "人", "名"), "批": ("批次", "批"), "次": ("批次", "次", "人次"), "辆": ("辆", "台")}.get(claim.per, (claim.per,))
    stem = re.sub(r"[费款]$|支出$|运行维?护?费?$", "", item)
    counts = (printed(desk.figure(name, basis=Basis.NONE, counters=kin)) for name in dict.fromkeys((stem, item, f"{stem} 保有量", re.sub("购置及", "", stem))) if name)
    heads = next((found for found in counts if found), None) or _beside(desk, money, claim.per)
    if money is None or heads is None:
        return Looked(missing="报告没有同时披露金额和数量")
    worked = worked_out(average, money, heads, f"{item_of(money.fact)}平均")
    return Looked((worked,)) if worked else Looked(missing="数量为零，没有平均数")


def _beside(desk: Desk, money: Found | None, per: str) -> Found | None:
    """The one count of such things in the very sentence of the money: 编报绩效目标的项目共41个，涉及资金4,929.31万元."""
    if money is None or money.fact.origin is not Origin.PROSE or len(per) < 2:
        return None
    same = [
        entry.fact for entry in desk.book.entries
        if entry.fact.measure is Measure.COUNT and (entry.fact.disclosure, entry.fact.row, entry.fact.text) == (money.fact.disclosure, money.fact.row, money.fact.text)
        and entry.fact.item and comparable(entry.fact.item[-1]).rstrip("共有数").endswith(per)
    ]  # fmt: skip
    return Found((same[0],), 1.0) if len(same) == 1 else None


def _counted_per(claim: Claim, desk: Desk, item: str) -> Looked:
    """每批次17人: people among times."""
    assert claim.amount is not None
    kin = next((group for group in COUNTERS if group[0] == claim.amount.unit.base), (claim.amount.unit.base,))
    name = item if len(item) > 2 else f"公务{item}" if item == "接待" else item
    heads = printed(desk.figure(name, basis=Basis.NONE, counters=(*kin, "人次") if claim.amount.unit.base == "人" else kin))
    over = printed(desk.figure(name, basis=Basis.NONE, counters={"批": ("批次", "批"), "次": ("次", "批次")}.get(claim.per, (claim.per, claim.per.removesuffix("次")))))
    worked = worked_out(average, heads, over, f"{item}平均") if heads and over and not heads.rivals and not over.rivals else None
    return Looked((worked,)) if worked else Looked(missing="报告没有同时披露两个数量")
