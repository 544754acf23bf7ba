"""A claim's item on a desk → the money printed for it, or that the report says there was none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from corpus.amount import WAN, Amount, UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Origin
from qa.absence import absence
from qa.account import is_whole, of_account
from qa.book import Book, Entry
from qa.claim import Claim
from qa.desk import Desk
from qa.disclosed import Disclosed, Looked, of_fact, of_finding, of_rival
from qa.find import Found, handicap
from qa.lookup import look_up
from qa.terms import as_printed
from qa.wording import bigrams, comparable, is_generic

TOTALS = {
    "支出": ("本年支出合计", "支出合计", "支出总计", "支出总额"), "收入": ("本年收入合计", "收入合计", "收入总计"),
    "本年支出": ("本年支出合计", "支出合计", "支出总计"), "本年收入": ("本年收入合计", "收入合计", "收入总计"),
    "": ("", "收支总计", "支出总计"),
}  # fmt: skip
"""What people call the whole, as the forms print it. 支出 alone also fits the total of 基本支出, which is not meant."""
_SAN_GONG = re.compile(r"公务接待费?|因公出国|公务用?车(?:购置|运行)")
_IN_SAN_GONG = ((r"^(?:公务)?接待$", "公务接待费"), (r"^(?:因公)?出(?:国|境)费?$", "因公出国（境）费"), (r"^(?:公务用车|公车|用车)$", "公务用车购置及运行维护费"))
"""What the parts of 三公经费 are called where 三公 has been named."""
SURE = 0.7
"""Below, a match is too loose to call a claim right or wrong."""


def phrases(claim: Claim, item: str) -> tuple[str, ...]:
    """Ways to look an item up, the narrowest first."""
    plain = re.sub(r"^(?:全部|总|整体|全年|年度)(?=支出|收入)|(?<=支出|收入)(?:总计|合计|总额|总量)$", "", item)
    if plain in TOTALS:
        return tuple(dict.fromkeys((*((item,) if item != plain else ()), *TOTALS[plain])))
    if "三公" in claim.parent + claim.topic:
        item = next((name for short, name in _IN_SAN_GONG if re.search(short, item)), item)
    ways = (item, re.sub(r"^实际|实际(?=金额|支出|数)", "", item), as_printed(item), re.sub(r"类$|上$", "", item), re.sub(r"(?<=[费款])支出$|(?:支出)?(?:金额|总额)$", "", item))
    return tuple(dict.fromkeys(way.strip() for way in ways if way.strip()))


def figure(claim: Claim, desk: Desk, item: str, year: int | None = None, *, basis: Basis | None = None, kind: Kind | None = None) -> Found | None:
    """The printed amount of an item: under its parent, in the table of its own (三公), or anywhere; None where nothing surely is it."""
    if claim.kind is None and kind is None and basis is None and desk.kind is Kind.BUDGET and claim.basis is Basis.NONE:
        executed = _figure(claim, desk, item, year, None, Kind.FINAL)
        if executed and (executed.fact.disclosure in {d.id for d in desk.own(year or desk.year)} or not desk.own(year or desk.year)):
            return executed
    return _figure(claim, desk, item, year, basis, kind)


def _figure(claim: Claim, desk: Desk, item: str, year: int | None, basis: Basis | None, kind: Kind | None) -> Found | None:
    if whole_item(claim, item):
        of_all = replace(desk, book=only(desk.book, lambda fact: not of_account(fact)))
        if found := _found(claim, of_all, item, year, basis, kind):
            return found
    return _found(claim, desk, item, year, basis, kind)


def whole_item(claim: Claim, item: str) -> bool:
    """Whether a claim's item is all the money, or one of the parts that every account prints for itself."""
    return is_whole(item, claim.parent + item)


def _found(claim: Claim, desk: Desk, item: str, year: int | None, basis: Basis | None, kind: Kind | None) -> Found | None:
    desk = replace(desk, book=only(desk.book, lambda fact: not _other_side(item, fact)))
    for book, phrase in _ways(claim, desk, item):
        found = replace(desk, book=book).figure(phrase, year, basis=basis, kind=kind, counters=())
        if found and found.score >= _needed_score(found.fact, item, book is not desk.book) and found.fact.amount is not None and found.fact.amount.unit.kind is UnitKind.MONEY and not _both(item, found.fact):
            return found
    return _only_part(claim, desk, item, year or desk.year, basis, kind) or _only_one(desk, item, year or desk.year, basis, kind)


_BASIS_COLUMN = re.compile(r"^(?:\d{4}年|上年|本年|年初|全年|调整|当年|实际)*(?:预算|决算|执行|完成|支出|收入|金额|合计|安排)*数?$")


def _needed_score(fact: Fact, item: str, narrowed: bool) -> float:
    """How well a name must fit: less where the place is settled by its parent, or where the column says no more than the basis."""
    plain_column = all(_BASIS_COLUMN.fullmatch(comparable(name)) for name in fact.column)
    if fact.form == "三公经费表" and "三公" in item and re.search("合计|总计", fact.item[-1] if fact.item else ""):
        return SURE - 0.3
    if is_generic(item) and fact.item and comparable(fact.item[-1]) == comparable(item) and not is_whole(item, ""):
        return SURE - 0.3  # 水费, 电费: too short to be telling, and the row's very name
    of_lines = bool(fact.item) and bool(re.search(r"会议费|培训费", fact.item[-1]))  # the line of 基本支出, where no other table has it
    return SURE - (0.35 if of_lines else 0.2 if plain_column else 0.15 if narrowed else 0.0)


def _only_part(claim: Claim, desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """The one part of a whole whose name holds the item (其中服务… is 拟购买服务支出 of 政府采购支出)."""
    if not claim.parent or len(item) < 2:
        return None
    above = bigrams(claim.parent)
    return _sole(desk, item, year, basis, kind, lambda entry: named(entry, item) and len(above & (entry.names.path | entry.names.sentence)) >= 0.7 * len(above) and len(entry.fact.item) > 1)


def _ways(claim: Claim, desk: Desk, item: str) -> Iterator[tuple[Book, str]]:
    if claim.parent and comparable(claim.parent) != comparable(item):
        inside = replace(desk.book, entries=tuple(entry for entry in desk.book.entries if named(entry, item)))
        for phrase in phrases(claim, item):
            yield inside, f"{claim.parent} {phrase}"
    if (_SAN_GONG.search(item) or "三公" in claim.parent) and "基本支出" not in claim.parent:
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


def named(entry: Entry, item: str) -> bool:
    """Whether an entry's own name holds the item's words."""
    need = bigrams(re.sub(r"类$|支出$|费用?$", "", item) or item)
    return len(need & (entry.names.leaf.keys() | entry.names.column)) >= 0.6 * len(need)


def _only_one(desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """A long name in prose of which a text says only part (带动企业销售): the one figure whose name holds all of it."""
    need = bigrams(item)
    if len(need) < 4:
        return None
    return _sole(desk, item, year, basis, kind, lambda entry: entry.fact.origin is Origin.PROSE and len(need & entry.names.leaf.keys()) >= 0.75 * len(need))


def _sole(desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None, keep: Callable[[Entry], bool]) -> Found | None:
    """The money that all fitting entries print; None where they print different sums."""
    scope = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}
    wanted = replace(desk.wanted(year), kind=kind or desk.kind, counters=())
    wanted = wanted if basis is None else replace(wanted, basis=basis)
    facts = [
        entry.fact for entry in desk.book.entries
        if entry.fact.amount is not None and entry.fact.amount.unit.kind is UnitKind.MONEY and keep(entry) and not _both(item, entry.fact) and handicap(entry.fact, scope, wanted, True) is not None
    ]  # fmt: skip
    return Found(tuple(facts[:3]), SURE) if facts and len({fact.amount.value for fact in facts if fact.amount}) == 1 else None


def only(book: Book, keep: Callable[[Fact], bool]) -> Book:
    return replace(book, entries=tuple(entry for entry in book.entries if keep(entry.fact)))


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
        worked = (of_finding(look_up(replace(at, question=replace(at.question, items=(phrase,) if phrase else ())))) for phrase in phrases(claim, item))
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


def nothing(claim: Claim, desk: Desk) -> Looked:
    """没有安排: the printed amount, or the report's own sentence."""
    found = figure(claim, desk, claim.items[0])
    return Looked((of_fact(found),)) if found and not found.rivals else none(claim, desk)
