"""A claim's item on a desk → what the disclosures print or what follows from them (Disclosed), with formula and places."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.amount import PERCENT, POINTS, TIMES, WAN, Amount, UnitKind, agree, rounded
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure, Origin
from qa.absence import absence
from qa.book import Book, Entry
from qa.calculate import Calculation, average, completion, difference, growth, growth_by, share, times, total
from qa.change import operand, printed
from qa.claim import Claim, Form
from qa.desk import Desk
from qa.find import ANY, Found, Wanted, find, handicap
from qa.finding import Finding, Place
from qa.lookup import look_up
from qa.naming import item_of, label_of
from qa.rank import rank
from qa.ratio import sum_of
from qa.terms import as_printed
from qa.wording import bigrams, comparable


@dataclass(frozen=True)
class Disclosed:
    """A value that the disclosures give for what a claim is about."""

    amount: Amount
    """As printed, or as worked out."""
    value: Decimal
    """In the base of the unit, unrounded."""
    label: str
    formula: str
    places: tuple[Place, ...]
    computed: bool = False


@dataclass(frozen=True)
class Looked:
    """All that was found for a claim: its values (each of them right), others that the words fit as well, or why there is none."""

    values: tuple[Disclosed, ...] = ()
    rivals: tuple[Disclosed, ...] = ()
    missing: str = ""


_OF_ALL = (Form.AMOUNT, Form.CHANGE, Form.GROWTH, Form.COMPLETION, Form.SAME, Form.TURN, Form.TIMES, Form.WITHIN)
"""Forms in which a text that names no item speaks of all the money: 2025年部门预算为450万元."""
COUNTERS = (
    ("批次", "批"), ("人次", "人"), ("人", "名", "位"), ("辆", "台"), ("台(套)", "台（套）", "台套", "台/套", "台", "套"), ("个", "项"), ("次", "场", "场次", "批次"), ("家", "户", "个"),
    ("件", "份", "篇"), ("篇", "条", "期"),
)  # fmt: skip


def look(claim: Claim, desk: Desk) -> Looked:
    """What the disclosures say of a claim's item in its own terms."""
    if not claim.items and (claim.form not in _OF_ALL or not re.search(r"预算|决算|收支|支出|收入|花|开支|总", claim.sentence)):
        return Looked(missing="没有写明是哪一项")
    return _ROUTES[claim.form](claim, desk)


def of_fact(found: Found) -> Disclosed:
    fact = found.fact
    assert fact.amount is not None
    return Disclosed(fact.amount, fact.amount.value, label_of(fact), f"披露数 {fact.amount}", found.facts)


def of_rival(fact: Fact) -> Disclosed:
    assert fact.amount is not None
    return Disclosed(fact.amount, fact.amount.value, " › ".join(fact.item[-2:]), f"披露数 {fact.amount}", (fact,))


def of_calculation(worked: Calculation, label: str) -> Disclosed:
    middle = (worked.interval.low + worked.interval.high) / 2
    return Disclosed(worked.result, middle, label, worked.formula, tuple(fact for part in worked.operands for fact in part.facts[:1]), True)


_TOTALS = {
    "支出": ("本年支出合计", "支出合计", "支出总计", "支出总额"), "收入": ("本年收入合计", "收入合计", "收入总计"),
    "本年支出": ("本年支出合计", "支出合计", "支出总计"), "本年收入": ("本年收入合计", "收入合计", "收入总计"),
    "": ("", "收支总计", "支出总计"),
}  # fmt: skip
"""What people call the whole, as the forms print it. 支出 alone also fits the total of 基本支出, which is not meant."""
_SAN_GONG = re.compile(r"公务接待费?|因公出国|公务用?车(?:购置|运行)")
_SURE = 0.7
"""Below, a match is too loose to call a claim right or wrong."""


def phrases(claim: Claim, item: str) -> tuple[str, ...]:
    """Ways to look an item up, the narrowest first."""
    plain = re.sub(r"^(?:全部|总|整体)(?=支出|收入)", "", item)
    if plain in _TOTALS:
        return _TOTALS[plain]
    ways = (item, as_printed(item), re.sub(r"类$|上$", "", item), re.sub(r"(?<=[费款])支出$|(?:支出)?(?:金额|总额)$", "", item))
    return tuple(dict.fromkeys(way.strip() for way in ways if way.strip()))


def figure(claim: Claim, desk: Desk, item: str, year: int | None = None, *, basis: Basis | None = None, kind: Kind | None = None) -> Found | None:
    """The printed amount of an item: under its parent, in the table of its own (三公), or anywhere; None where nothing surely is it."""
    if claim.kind is None and kind is None and basis is None and desk.kind is Kind.BUDGET and claim.basis is Basis.NONE:
        executed = _figure(claim, desk, item, year, None, Kind.FINAL)
        if executed and (executed.fact.disclosure in {d.id for d in desk.own(year or desk.year)} or not desk.own(year or desk.year)):
            return executed
    return _figure(claim, desk, item, year, basis, kind)


def _figure(claim: Claim, desk: Desk, item: str, year: int | None, basis: Basis | None, kind: Kind | None) -> Found | None:
    desk = replace(desk, book=_only(desk.book, lambda fact: not _other_side(item, fact)))
    for book, phrase in _ways(claim, desk, item):
        found = replace(desk, book=book).figure(phrase, year, basis=basis, kind=kind, counters=())
        if found and found.score >= _needed_score(found.fact, book is not desk.book) and found.fact.amount is not None and found.fact.amount.unit.kind is UnitKind.MONEY and not _both(item, found.fact):
            return found
    return _only_part(claim, desk, item, year or desk.year, basis, kind) or _only_one(desk, item, year or desk.year, basis, kind)


_BASIS_COLUMN = re.compile(r"^(?:\d{4}年|上年|本年|年初|全年|调整|当年|实际)*(?:预算|决算|执行|完成|支出|收入|金额|合计|安排)*数?$")


def _needed_score(fact: Fact, narrowed: bool) -> float:
    """How well a name must fit: less where the place is settled by its parent, or where the column says no more than the basis."""
    plain_column = all(_BASIS_COLUMN.fullmatch(comparable(name)) for name in fact.column)
    return _SURE - 0.2 if plain_column else _SURE - 0.15 if narrowed else _SURE


def _only_part(claim: Claim, desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """The one part of a whole whose name holds the item (其中服务… is 拟购买服务支出 of 政府采购支出)."""
    if not claim.parent or len(item) < 2:
        return None
    above = bigrams(claim.parent)
    return _sole(desk, year, basis, kind, lambda entry: _names(entry, item) and len(above & (entry.path | entry.sentence)) >= 0.7 * len(above) and len(entry.fact.item) > 1)


def _ways(claim: Claim, desk: Desk, item: str) -> Iterator[tuple[Book, str]]:
    if claim.parent and comparable(claim.parent) != comparable(item):
        named = replace(desk.book, entries=tuple(entry for entry in desk.book.entries if _names(entry, item)))
        for phrase in phrases(claim, item):
            yield named, f"{claim.parent} {phrase}"
    if _SAN_GONG.search(item) and "基本支出" not in claim.parent:
        of_form = replace(desk.book, entries=tuple(entry for entry in desk.book.entries if entry.fact.form == "三公经费表" or entry.fact.origin is Origin.PROSE or "三公" in comparable(entry.fact.table)))
        for phrase in phrases(claim, item):
            yield of_form, phrase
    for phrase in phrases(claim, item):
        yield desk.book, phrase


def _other_side(item: str, fact: Fact) -> bool:
    """Income where expenditure is meant, or the other way: both tables have a row for each 科目, and often one total."""
    if ("支出" in item) == ("收入" in item):
        return False
    said = "".join((fact.item[-1] if fact.item else "", *fact.column)) + {"收入表": "收入", "支出表": "支出"}.get(fact.form, "")
    mine, other = ("支出", "收入") if "支出" in item else ("收入", "支出")
    return other in said and mine not in said


def _both(item: str, fact: Fact) -> bool:
    """公务用车购置费 is not 公务用车购置及运行费: a row of both is not the one."""
    leaf = comparable(fact.item[-1]) if fact.item else ""
    return bool(re.search(r"购置(?:及|和)运行", leaf)) and ("购置" in item) != ("运行" in item)


def _names(entry: Entry, item: str) -> bool:
    """Whether an entry's own name holds the item's words."""
    need = bigrams(re.sub(r"类$|支出$|费用?$", "", item) or item)
    return len(need & (entry.leaf.keys() | entry.column)) >= 0.6 * len(need)


def _only_one(desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """A long name in prose of which a text says only part (带动企业销售): the one figure whose name holds all of it."""
    need = bigrams(item)
    if len(need) < 4:
        return None
    return _sole(desk, year, basis, kind, lambda entry: entry.fact.origin is Origin.PROSE and len(need & entry.leaf.keys()) >= 0.75 * len(need))


def _sole(desk: Desk, year: int, basis: Basis | None, kind: Kind | None, keep: Callable[[Entry], bool]) -> Found | None:
    """The money that all fitting entries print; None where they print different sums."""
    scope = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}
    wanted = replace(desk.wanted(year), kind=kind or desk.kind, counters=())
    wanted = wanted if basis is None else replace(wanted, basis=basis)
    facts = [
        entry.fact for entry in desk.book.entries
        if entry.fact.amount is not None and entry.fact.amount.unit.kind is UnitKind.MONEY and keep(entry) and handicap(entry.fact, scope, wanted, True) is not None
    ]  # fmt: skip
    return Found(tuple(facts[:3]), _SURE) if facts and len({fact.amount.value for fact in facts if fact.amount}) == 1 else None


def amount(claim: Claim, desk: Desk) -> Looked:
    """An amount of money, printed or worked backwards from the next year's report."""
    values: list[Disclosed] = []
    rivals: list[Disclosed] = []
    for year in desk.scope.years:
        one = _amount_of(claim, desk, year)
        if not one.values:
            return one
        values.extend(one.values)
        rivals.extend(one.rivals)
    return Looked(tuple(values), tuple(rivals))


def _amount_of(claim: Claim, desk: Desk, year: int) -> Looked:
    item = claim.items[0] if claim.items else ""
    found = figure(claim, desk, item, year)
    if found is not None:
        return Looked((of_fact(found),), tuple(of_rival(fact) for fact in found.rivals))
    if not desk.own(year):
        at = replace(desk, scope=replace(desk.scope, years=(year,)))
        worked = (_of_finding(look_up(replace(at, question=replace(at.question, items=(phrase,) if phrase else ())))) for phrase in phrases(claim, item))
        return next((one for one in worked if one.values), Looked(missing="报告没有披露"))
    return none(claim, desk)


def none(claim: Claim, desk: Desk) -> Looked:
    """The report's own sentence that there was none of the item: its amount is zero."""
    item = claim.items[0] if claim.items else ""
    said = absence(replace(desk, question=replace(desk.question, items=(item,)))) if item else None
    if said is None:
        return Looked(missing="报告没有披露")
    places = tuple(place for sentence in said.sentences for group in sentence.places for place in group)
    unit = claim.amount.unit if claim.amount else WAN
    return Looked((Disclosed(Amount(Decimal(0), unit), Decimal(0), item, "报告说明没有这项", places),))


def _of_finding(result: object) -> Looked:
    if not isinstance(result, Finding) or not result.answered:
        return Looked(missing="报告没有披露")
    places = tuple(place for sentence in result.sentences for group in sentence.places for place in group[:1])
    label = result.answered[0].label
    if result.calculations:
        made = of_calculation(result.calculations[0], label)
        return Looked((replace(made, places=places),))
    given = result.answered[0].amount
    return Looked((Disclosed(given, given.value, label, f"披露数 {given}", places),))


def count(claim: Claim, desk: Desk) -> Looked:
    """A count: the item with the very counter or one of its kin."""
    if claim.amount is None:
        return Looked(missing="没有数")
    name = claim.amount.unit.base
    kin = next((group for group in COUNTERS if group[0] == name), (name,))
    item = claim.items[0] if claim.items else ""
    ways = [*phrases(claim, item), *([f"{claim.topic} {item}"] if claim.topic else []), re.sub(r"(?:现有|名下|实有|的|数量|总数)", " ", item)]
    for phrase in dict.fromkeys(way.strip() for way in ways if way.strip()):
        book = _only(desk.book, lambda fact: fact.measure in (Measure.COUNT, Measure.OTHER) and fact.amount is not None and fact.amount.unit.base in kin)
        wanted = Wanted(desk.year, desk.kind, desk.question.basis, ((Measure.COUNT, 0.0), (Measure.OTHER, 0.05)))
        found = find(book, desk.scope.disclosures, phrase, wanted)
        if printed(found) and found is not None:
            return Looked((of_fact(found),), tuple(of_rival(fact) for fact in found.rivals))
    return Looked(missing="报告没有披露这个数量")


def rate(claim: Claim, desk: Desk) -> Looked:
    """A printed percentage of something (合格率, 得分率)."""
    item = claim.items[0] if claim.items else ""
    if not item:
        return Looked(missing="没有写明是什么的百分比")
    book = _only(desk.book, lambda fact: fact.amount is not None and fact.amount.unit.base == "%")
    wanted = Wanted(desk.year, desk.kind, Basis.NONE, tuple(ANY.items()))
    bases = (Basis.ACTUAL, Basis.TARGET, Basis.NONE) if desk.kind is Kind.FINAL else (Basis.TARGET, Basis.NONE)
    for basis in bases:
        found = find(book, desk.scope.disclosures, item, replace(wanted, basis=basis))
        if printed(found) and found is not None:
            return Looked((of_fact(found),), tuple(of_rival(fact) for fact in found.rivals))
    return Looked(missing="报告没有披露这个比率")


def _only(book: Book, keep: Callable[[Fact], bool]) -> Book:
    return replace(book, entries=tuple(entry for entry in book.entries if keep(entry.fact)))


def change(claim: Claim, desk: Desk) -> Looked:
    """A change over last year, another year or the budget, in money or percent."""
    measure = Measure.CHANGE if claim.form in (Form.CHANGE, Form.SAME, Form.TURN) else Measure.GROWTH
    if "预算" in claim.versus and "上年" not in claim.versus:
        return _over_budget(claim, desk, measure)
    if len(desk.scope.years) > 1:
        desk, claim = replace(desk, scope=replace(desk.scope, years=(max(desk.scope.years),))), replace(claim, versus_year=min(desk.scope.years))
    before = claim.versus_year or desk.year - 1
    if before == desk.year - 1 and re.match(r"\d{4}年", claim.versus):
        claim = replace(claim, versus="上年" + ("执行数" if "执行" in claim.versus else "预算" if "预算" in claim.versus else ""))
    values = [] if before != desk.year - 1 else _printed_change(claim, desk, measure)
    if claim.form is Form.SAME and not values and before == desk.year - 1 and (level := _level(claim, desk)):
        return Looked((level,))
    if values and claim.form in (Form.CHANGE, Form.SAME, Form.TURN):
        return Looked(tuple(values))
    worked = _between(claim, desk, before, measure)
    if worked is None and measure is Measure.GROWTH:
        worked = _grown_by(claim, desk)
    values += [worked] if worked and _consistent(values, worked) else []
    return Looked(tuple(values)) if values else Looked(missing="报告没有披露这项增减，也无法由两年的数算出")


def _level(claim: Claim, desk: Desk) -> Disclosed | None:
    """The report's own sentence that an item stayed as it was."""
    found = figure(claim, desk, claim.items[0]) if claim.items else None
    if found is None or found.rivals:
        return None
    for fact in found.facts:
        if fact.origin is Origin.PROSE and fact.amount is not None and (match := re.search(re.escape(f"{fact.amount.number:f}") + r"[^，。；\d]{0,4}[，,]?[^，。；\d]*(?:\d{4}年)?[^，。；\d]*持平", fact.text.replace(",", ""))):
            return Disclosed(Amount(Decimal(0), fact.amount.unit), Decimal(0), label_of(fact), match[0], (fact,))
    return None


def _consistent(values: Sequence[Disclosed], worked: Disclosed) -> bool:
    return not values or abs(values[0].value - worked.value) <= Decimal("0.6") * values[0].amount.step


def _printed_change(claim: Claim, desk: Desk, measure: Measure) -> list[Disclosed]:
    item = claim.items[0] if claim.items else ""
    for phrase in phrases(claim, item):
        found = desk.figure(phrase, measure=measure, basis=Basis.NONE, versus=claim.versus or "上年", counters=())
        if found and found.score >= _SURE and found.fact.amount is not None and not found.rivals and found.fact.amount.unit.kind in (UnitKind.MONEY, UnitKind.PERCENT):
            return [of_fact(found)]
    return []


def _between(claim: Claim, desk: Desk, before: int, measure: Measure) -> Disclosed | None:
    """Computed from the figures of two years, both from the same form: 基本支出表 and 三公经费表 each have a 公务接待费."""
    item = claim.items[0] if claim.items else ""
    now, then = figure(claim, desk, item), _earlier(claim, desk, item, before)
    if now and then and now.fact.form != then.fact.form and Origin.PROSE not in (now.fact.origin, then.fact.origin):
        now = figure(claim, _in_form(desk, then.fact.form), item)
    if now is None or then is None or now.rivals or then.rivals:
        return None
    return _worked(growth if measure is Measure.GROWTH else difference, now, then, f"{now.fact.year}年比{then.fact.year}年{item_of(now.fact)}")


def _earlier(claim: Claim, desk: Desk, item: str, year: int) -> Found | None:
    """An earlier year's figure, as its own report or a later one prints it (上年执行数)."""
    if "执行" in claim.versus:
        return figure(claim, desk, item, year, basis=Basis.EXECUTED)
    return figure(claim, desk, item, year) or figure(claim, desk, item, year, basis=Basis.EXECUTED, kind=Kind.FINAL)


def _in_form(desk: Desk, form: str) -> Desk:
    return replace(desk, book=_only(desk.book, lambda fact: fact.form == form or fact.origin is Origin.PROSE))


def _grown_by(claim: Claim, desk: Desk) -> Disclosed | None:
    moved = _printed_change(claim, desk, Measure.CHANGE)
    now = figure(claim, desk, claim.items[0] if claim.items else "")
    if now is None or now.rivals or not moved or not isinstance(moved[0].places[0], Fact):
        return None
    return _worked(growth_by, now, Found((moved[0].places[0],), 1.0), f"{item_of(now.fact)}增减率")


def _worked(work: Callable[..., Calculation], first: Found, second: Found, label: str) -> Disclosed | None:
    try:
        return of_calculation(work(operand(first), operand(second)), label)
    except (ZeroDivisionError, ValueError):
        return None


def _over_budget(claim: Claim, desk: Desk, measure: Measure) -> Looked:
    basis = {"年初预算": Basis.OPENING, "全年预算": Basis.ADJUSTED}.get(claim.versus, Basis.NONE)
    outturn, budget = outturn_and_budget(claim, desk, basis)
    if outturn is None or budget is None:
        return Looked(missing="报告没有同时披露预算数和决算数")
    worked = _worked(growth if measure is Measure.GROWTH else difference, outturn, budget, f"{item_of(outturn.fact)}决算比预算")
    return Looked((worked,)) if worked else Looked(missing="预算数为零，没有增减率")


def outturn_and_budget(claim: Claim, desk: Desk, basis: Basis) -> tuple[Found | None, Found | None]:
    """Outturn and budget of a claim's item, as one report prints both."""
    item = claim.items[0] if claim.items else "支出"
    outturn = figure(claim, desk, item, basis=Basis.FINAL, kind=Kind.FINAL) or figure(claim, desk, item, basis=Basis.EXECUTED, kind=Kind.FINAL)
    bases = (basis,) if basis is not Basis.NONE else (Basis.ADJUSTED, Basis.BUDGET, Basis.OPENING)
    names = dict.fromkeys((item, outturn.fact.item[-1] if outturn and outturn.fact.item else item, *(("一般公共预算财政拨款支出",) if _is_all(claim, desk, item, outturn) else ())))
    budgets = (figure(claim, desk, name, basis=one, kind=Kind.FINAL) for one in bases for name in names)
    budget = next((found for found in budgets if found), None)
    if outturn and budget and (outturn.rivals or budget.rivals):
        return None, None
    return outturn, budget


def _is_all(claim: Claim, desk: Desk, item: str, outturn: Found | None) -> bool:
    """Whether all of the outturn is 一般公共预算财政拨款支出: then that budget is the budget of the whole."""
    if outturn is None or outturn.fact.amount is None or item not in _TOTALS:
        return False
    general = figure(claim, desk, "一般公共预算财政拨款支出", basis=Basis.FINAL, kind=Kind.FINAL)
    return general is not None and general.fact.amount is not None and agree(general.fact.amount, outturn.fact.amount)


def done(claim: Claim, desk: Desk) -> Looked:
    """A rate of completion, printed and computed."""
    versus = {Basis.OPENING: "年初预算", Basis.ADJUSTED: "全年预算"}.get(claim.basis, "")
    values = []
    for phrase in phrases(claim, claim.items[0] if claim.items else ""):
        found = desk.figure(phrase, measure=Measure.COMPLETION, basis=Basis.NONE, versus=versus, counters=())
        if found and found.fact.amount is not None and not found.rivals:
            values = [of_fact(found)]
            break
    outturn, budget = outturn_and_budget(claim, desk, claim.basis)
    worked = _worked(completion, outturn, budget, f"{item_of(outturn.fact)}完成率") if outturn and budget else None
    values += [worked] if worked and _consistent(values, worked) else []
    return Looked(tuple(values)) if values else Looked(missing="报告没有披露这项完成率，也无法算出")


def part_of(claim: Claim, desk: Desk) -> Looked:
    """A share: computed where the claim says of what, else as the report prints it."""
    item = claim.items[0] if claim.items else ""
    whole = claim.whole or claim.parent
    worked = _share_of(claim, desk, item, whole) if whole else None
    if worked:
        return Looked((worked,))
    found = desk.figure(item, measure=Measure.SHARE, basis=Basis.NONE, versus=whole, counters=())
    if found and found.fact.amount is not None and not found.rivals:
        return Looked((of_fact(found),))
    worked = None
    if not whole:
        worked = (_share_of(claim, desk, item, claim.topic) if claim.topic and comparable(claim.topic) != comparable(item) and _names_part(desk, item, claim.topic) else None) or _share_of(claim, desk, item, "支出" if "收入" not in item else "收入")
    return Looked((worked,)) if worked else Looked(missing="报告没有披露这项占比，也无法算出")


def _names_part(desk: Desk, item: str, topic: str) -> bool:
    """Whether the item stands under the topic (工程 under 政府采购), not beside it."""
    return any(_names(entry, item) and bigrams(topic) <= (entry.path | entry.sentence | entry.leaf.keys()) for entry in desk.book.entries)


def _share_of(claim: Claim, desk: Desk, item: str, whole: str) -> Disclosed | None:
    part = figure(replace(claim, parent=whole if whole not in _TOTALS else ""), desk, item)
    base = figure(replace(claim, parent=""), desk, whole)
    if part is None or base is None or part.rivals or base.rivals:
        return None
    worked = _worked(share, part, base, f"{item_of(part.fact)}占{item_of(base.fact)}")
    return worked if worked and worked.value <= 101 else None  # more than all of it: one of the two is another thing


def per_head(claim: Claim, desk: Desk) -> Looked:
    """Money among people, times or things."""
    item = claim.items[0] if claim.items else ""
    if claim.amount is not None and claim.amount.unit.kind is UnitKind.COUNT:
        return _counted_per(claim, desk, item)
    money = next((found for name in (item, f"{item}费", f"{claim.topic} {item}") if (found := figure(claim, desk, name.strip())) and not found.rivals), None)
    kin = {"人": ("人次", "人", "名"), "批": ("批次", "批"), "次": ("批次", "次", "人次"), "辆": ("辆", "台")}.get(claim.per, (claim.per,))
    stem = re.sub(r"[费款]$|支出$|运行维?护?费?$", "", item)
    counts = (printed(desk.figure(name, basis=Basis.NONE, counters=kin)) for name in dict.fromkeys((stem, item, f"{stem} 保有量", re.sub("购置及", "", stem))) if name)
    heads = next((found for found in counts if found), None)
    if money is None or heads is None:
        return Looked(missing="报告没有同时披露金额和数量")
    worked = _worked(average, money, heads, f"{item_of(money.fact)}平均")
    return Looked((worked,)) if worked else Looked(missing="数量为零，没有平均数")


def _counted_per(claim: Claim, desk: Desk, item: str) -> Looked:
    """每批次17人: people among times."""
    assert claim.amount is not None
    kin = next((group for group in COUNTERS if group[0] == claim.amount.unit.base), (claim.amount.unit.base,))
    name = item if len(item) > 2 else f"公务{item}" if item == "接待" else item
    heads = printed(desk.figure(name, basis=Basis.NONE, counters=(*kin, "人次") if claim.amount.unit.base == "人" else kin))
    over = printed(desk.figure(name, basis=Basis.NONE, counters={"批": ("批次", "批"), "次": ("次", "批次")}.get(claim.per, (claim.per, claim.per.removesuffix("次")))))
    worked = _worked(average, heads, over, f"{item}平均") if heads and over and not heads.rivals and not over.rivals else None
    return Looked((worked,)) if worked else Looked(missing="报告没有同时披露两个数量")


def summed(claim: Claim, desk: Desk) -> Looked:
    """Named parts added up, or the like figures of one sentence (四个季度)."""
    if len(claim.items) < 2:
        at = replace(desk, question=replace(desk.question, items=(" ".join((claim.parent, *claim.items)).strip(),), text=claim.sentence))
        return _of_finding(sum_of(at))
    parts = [figure(claim, desk, part) or figure(claim, desk, f"{part}费") or figure(claim, desk, f"{part}支出") for part in claim.items]
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts) or any(part.rivals for part in whole):
        return Looked(missing="有一部分没有披露")
    try:
        return Looked((of_calculation(total([operand(part) for part in whole]), "、".join(claim.items) + "合计"),))
    except ValueError:
        return Looked(missing="单位不同，不能相加")


def apart(claim: Claim, desk: Desk) -> Looked:
    """How much one item is more than another: in money, in percent of the other, or in points between two shares."""
    first, second = claim.items
    if claim.shares:
        return _points_apart(claim, desk, first, second)
    one, other = figure(claim, desk, first), figure(claim, desk, second)
    if one is None or other is None or one.rivals or other.rivals:
        return Looked(missing="两项中有一项没有披露")
    in_percent = claim.amount is not None and claim.amount.unit.kind is UnitKind.PERCENT
    worked = _worked(growth if in_percent else difference, one, other, f"{item_of(one.fact)}比{item_of(other.fact)}")
    return Looked((worked,)) if worked else Looked(missing="无法比较")


def _points_apart(claim: Claim, desk: Desk, first: str, second: str) -> Looked:
    shares = [part_of(replace(claim, items=(name,)), desk) for name in (first, second)]
    if not all(one.values for one in shares):
        return Looked(missing="两项中有一项的占比没有披露")
    a, b = (one.values[0] for one in shares)
    places = (*a.places, *b.places)
    if claim.amount is not None and claim.amount.unit.kind is UnitKind.PERCENT:
        if not b.value:
            return Looked(missing="无法比较")
        value = (a.value / b.value - 1) * 100
        made = Amount(rounded(value, 2), PERCENT)
        return Looked((Disclosed(made, value, "两项占比之比", f"({a.amount} - {b.amount}) ÷ {b.amount} × 100% = {made}", places, True),))
    made = Amount(a.amount.number - b.amount.number, POINTS)
    shown = Disclosed(made, made.value, "两项占比之差", f"{a.amount} - {b.amount} = {made}", places, True)
    return Looked((shown, replace(shown, value=a.value - b.value)))  # writers subtract the rounded shares or the exact ones


def points(claim: Claim, desk: Desk) -> Looked:
    """A change of a share or rate in 百分点, as printed."""
    book = _only(desk.book, lambda fact: fact.amount is not None and fact.amount.unit.kind is UnitKind.POINTS)
    item = claim.items[0] if claim.items else ""
    for phrase in phrases(claim, item):
        wanted = Wanted(desk.year, desk.kind, Basis.NONE, ((Measure.GROWTH, 0.0), (Measure.CHANGE, 0.0), (Measure.OTHER, 0.1)))
        found = find(book, desk.scope.disclosures, phrase, wanted)
        if printed(found) and found is not None and not found.rivals:
            return Looked((of_fact(found),))
    return Looked(missing="报告没有披露这项百分点的变化")


def multiple(claim: Claim, desk: Desk) -> Looked:
    """How many times one item is another, or what it was."""
    first = claim.items[0] if claim.items else ""
    if len(claim.items) < 2:
        return _grown_to(claim, desk)
    one, other = figure(claim, desk, first), figure(claim, desk, claim.items[1])
    if one is None or other is None or one.rivals or other.rivals or (one.fact.id == other.fact.id):
        return Looked(missing="两项中有一项没有披露")
    worked = _worked(times, one, other, f"{item_of(one.fact)}是{item_of(other.fact)}的倍数")
    return Looked((worked,)) if worked else Looked(missing="无法相除")


def _grown_to(claim: Claim, desk: Desk) -> Looked:
    """翻番, 是上年的1.5倍: one more than the growth."""
    if not claim.versus:
        return Looked(missing="没有写明是什么的倍数")
    grown = change(replace(claim, form=Form.GROWTH), desk)
    made = tuple(replace(one, amount=Amount(rounded(1 + one.value / 100, 2), TIMES), value=1 + one.value / 100, formula=f"{one.formula}，即{rounded(1 + one.value / 100, 2)}倍", computed=True) for one in grown.values)
    return Looked(made, (), grown.missing)


def first_of(claim: Claim, desk: Desk) -> Looked:
    """The largest (smallest) part: its name is the label."""
    text = f"{claim.parent}{claim.whole}{'收入' if '收入' in ''.join(claim.items) and '支出' not in ''.join(claim.items) else '支出'}哪类最多"
    return _of_finding(rank(replace(desk, question=replace(desk.question, items=(), text=text, whole=""))))


def whole_of(claim: Claim, desk: Desk) -> Looked:
    """全部为: how much of the item the part is, in percent."""
    item = claim.items[0] if claim.items else ""
    base = figure(claim, desk, item)
    ways = (f"{item} {claim.whole}", f"{re.sub('支出|金额|总额|预算', '', item)} {claim.whole}", f"{claim.whole}{item}", claim.whole)
    part = next((found for way in ways if (found := figure(claim, desk, way)) and not found.rivals), None)
    if base is None or base.rivals or part is None:
        return Looked(missing="报告没有披露这一部分")
    worked = _worked(share, part, base, f"{item_of(part.fact)}占{item_of(base.fact)}")
    return Looked((worked,)) if worked else Looked(missing="无法相除")


def within(claim: Claim, desk: Desk) -> Looked:
    """What is left to the limit or the budget: negative when it was exceeded."""
    item = claim.items[0] if claim.items else ""
    if claim.whole:
        one, limit = figure(claim, desk, item), figure(claim, desk, re.sub("余额", "限额", item))
        if one is None or limit is None or one.rivals or limit.rivals or "限额" not in "".join((*limit.fact.item, *limit.fact.column)):
            return Looked(missing="报告没有披露限额")
    else:
        one, limit = outturn_and_budget(claim, desk, claim.basis)
        if one is None or limit is None:
            return Looked(missing="报告没有同时披露预算数和决算数")
    worked = _worked(difference, one, limit, f"{item_of(one.fact)}比{item_of(limit.fact)}")
    return Looked((worked,)) if worked else Looked(missing="无法比较")


def nothing(claim: Claim, desk: Desk) -> Looked:
    """没有安排: the printed amount, or the report's own sentence."""
    found = figure(claim, desk, claim.items[0])
    return Looked((of_fact(found),)) if found and not found.rivals else none(claim, desk)


_ROUTES: dict[Form, Callable[[Claim, Desk], Looked]] = {
    Form.AMOUNT: amount, Form.COUNT: count, Form.RATE: rate, Form.CHANGE: change, Form.GROWTH: change, Form.POINTS: points, Form.SHARE: part_of,
    Form.COMPLETION: done, Form.AVERAGE: per_head, Form.SUM: summed, Form.DIFFERENCE: apart, Form.TIMES: multiple, Form.MOST: first_of,
    Form.LEAST: first_of, Form.ALL: whole_of, Form.SAME: change, Form.TURN: change, Form.NONE: nothing, Form.WITHIN: within,
}  # fmt: skip
