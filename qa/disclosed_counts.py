"""A claim's item on a desk → its printed count, its printed rate, or money and people among heads."""

import re
from dataclasses import replace

from corpus.amount import UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure
from qa.book import Book
from qa.calculate import average
from qa.change import printed
from qa.claim import Claim
from qa.day import of_another_day, that_day
from qa.desk import Desk
from qa.disclosed import Looked, of_fact, of_rival, worked_out
from qa.disclosed_money import figure, only, phrases
from qa.find import ANY, Wanted, find
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
    above = re.sub(r"[费款]$|支出$|运行维?护?费?$", "", claim.topic)
    ways = [*phrases(claim, item), *([f"{claim.topic} {item}"] if claim.topic else []), *([above] if item and item in above else []), re.sub(r"(?:现有|名下|实有|的|数量|总数)", " ", item)]
    for phrase in dict.fromkeys(way.strip() for way in ways if way.strip()):
        book = only(_of_day(claim, desk.book), lambda fact: _counts(fact, kin) and not _another(fact, item))
        wanted = Wanted(desk.year, desk.kind, desk.question.basis, ((Measure.COUNT, 0.0), (Measure.OTHER, 0.05)), words=desk.question.text)
        found = find(_by_name(book, item), desk.scope.disclosures, phrase, wanted)
        if printed(found) and found is not None:
            return Looked((of_fact(found),), tuple(of_rival(fact) for fact in found.rivals))
    return Looked(missing="报告没有披露这个数量")


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
    if day is None:
        return book
    of_day = only(book, lambda fact: bool(day.search(fact.text)))
    return of_day if of_day.entries else only(book, lambda fact: not of_another_day(fact.text, claim.sentence))


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
    heads = next((found for found in counts if found), None)
    if money is None or heads is None:
        return Looked(missing="报告没有同时披露金额和数量")
    worked = worked_out(average, money, heads, f"{item_of(money.fact)}平均")
    return Looked((worked,)) if worked else Looked(missing="数量为零，没有平均数")


def _counted_per(claim: Claim, desk: Desk, item: str) -> Looked:
    """每批次17人: people among times."""
    assert claim.amount is not None
    kin = next((group for group in COUNTERS if group[0] == claim.amount.unit.base), (claim.amount.unit.base,))
    name = item if len(item) > 2 else f"公务{item}" if item == "接待" else item
    heads = printed(desk.figure(name, basis=Basis.NONE, counters=(*kin, "人次") if claim.amount.unit.base == "人" else kin))
    over = printed(desk.figure(name, basis=Basis.NONE, counters={"批": ("批次", "批"), "次": ("次", "批次")}.get(claim.per, (claim.per, claim.per.removesuffix("次")))))
    worked = worked_out(average, heads, over, f"{item}平均") if heads and over and not heads.rivals and not over.rivals else None
    return Looked((worked,)) if worked else Looked(missing="报告没有同时披露两个数量")
