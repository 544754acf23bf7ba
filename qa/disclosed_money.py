"""A claim's item on a desk → the money printed for it, or that the report says there was none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from corpus.amount import WAN, Amount, UnitKind, agree
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Origin
from qa.absence import absence
from qa.account import account_of, is_whole, names_account, of_account, whole_of
from qa.alike_rows import TOGETHER, rows_of
from qa.book import Book
from qa.calculate import Operand, total
from qa.claim import Claim
from qa.desk import Desk
from qa.disclosed import Disclosed, Looked, of_calculation, of_fact, of_finding, of_rival
from qa.find import Found
from qa.level import innermost, names_level
from qa.lookup import look_up
from qa.naming import item_of, label_of
from qa.other_account import in_other_account
from qa.reading import fits as reading_fits
from qa.sole import IN_TOTAL, SURE, both, named, only_one
from qa.terms import as_printed
from qa.wording import comparable, is_generic

TOTALS = {
    "支出": ("本年支出合计", "支出合计", "支出总计", "支出总额"), "收入": ("本年收入合计", "收入合计", "收入总计"),
    "本年支出": ("本年支出合计", "支出合计", "支出总计"), "本年收入": ("本年收入合计", "收入合计", "收入总计"),
    "": ("", "收支总计", "支出总计"),
}  # fmt: skip
"""What people call the whole, as the forms print it. 支出 alone also fits the total of 基本支出, which is not meant."""
_SAN_GONG = re.compile(r"公务接待费?|因公出国|公务用?车(?:购置|运行)")
_IN_SAN_GONG = ((r"^(?:公务)?接待$", "公务接待费"), (r"^(?:因公)?出(?:国|境)费?$", "因公出国（境）费"), (r"^(?:公务用车|公车|用车)$", "公务用车购置及运行维护费"))
"""What the parts of 三公经费 are called where 三公 has been named."""


def phrases(claim: Claim, item: str) -> tuple[str, ...]:
    """Ways to look an item up, the narrowest first."""
    plain = re.sub(r"^(?:全部|总|整体|全年|年度)(?=支出|收入)|(?<=支出|收入)(?:总计|合计|总额|总量)$", "", item)
    if plain in TOTALS:
        return tuple(dict.fromkeys((*((item,) if item != plain else ()), *TOTALS[plain])))
    if "三公" in claim.parent + claim.topic:
        item = next((name for short, name in _IN_SAN_GONG if re.search(short, item)), item)
    ways = (item, re.sub(r"(?<=基金|经营)预算(?=(?:财政)?拨款)", "", item), re.sub(r"^实际|实际(?=金额|支出|数)", "", item), as_printed(item), re.sub(r"^(?:在职|在编)?(?:干部)?(?:职工|人员)的?(?=基本工资|津贴|绩效工资|奖金)", "", item), re.sub(r"类$|上$", "", item), re.sub(r"(?<=[费款])支出$|(?:支出)?(?:金额|总额)$", "", item))
    return tuple(dict.fromkeys(way.strip() for way in ways if way.strip()))


def figure(claim: Claim, desk: Desk, item: str, year: int | None = None, *, basis: Basis | None = None, kind: Kind | None = None) -> Found | None:
    """The printed amount of an item: under its parent, in the table of its own (三公), or anywhere; None where nothing surely is it."""
    if claim.basis is Basis.EXECUTED and basis is None and kind is None:
        return _figure(claim, desk, item, year, Basis.EXECUTED, Kind.FINAL) or _figure(claim, desk, item, year, Basis.FINAL, Kind.FINAL)
    if claim.kind is None and kind is None and basis is None and desk.kind is Kind.BUDGET and claim.basis is Basis.NONE:
        executed = _figure(claim, desk, item, year, None, Kind.FINAL)
        if executed and (executed.fact.disclosure in {d.id for d in desk.own(year or desk.year)} or not desk.own(year or desk.year)):
            return executed
    return _figure(claim, desk, item, year, basis, kind)


def _figure(claim: Claim, desk: Desk, item: str, year: int | None, basis: Basis | None, kind: Kind | None) -> Found | None:
    if account := whole_of(item):
        found = of_one_account(desk, account, alone=True).figure(item, year, basis=basis, kind=kind, counters=())
        if found and found.fact.amount is not None:
            return found
    if (account := account_said(claim, item)) and (found := _found(claim, of_one_account(desk, account), item, year, basis, kind)):
        return found
    if whole_item(claim, item):
        of_all = replace(desk, book=only(desk.book, lambda fact: not of_account(fact)))
        if found := _found(claim, of_all, item, year, basis, kind):
            return found
    return _found(claim, desk, item, year, basis, kind)


def account_said(claim: Claim, item: str) -> str:
    """The account of whose whole the text has just spoken (一般公共预算财政拨款支出中，…；农林水支出…); '' where the sentence names its own."""
    if names_account(item) or is_whole(item, ""):
        return ""
    return whole_of(claim.parent) or whole_of(claim.whole) or whole_of(claim.topic)


def of_one_account(desk: Desk, account: str, alone: bool = False) -> Desk:
    """The desk with that account's figures, and with those of which nothing says the account where it does not stand alone."""
    kept = (account,) if alone else ("", account)
    return replace(desk, book=only(desk.book, lambda fact: account_of(fact) in kept))


def whole_item(claim: Claim, item: str) -> bool:
    """Whether a claim's item is all the money, or one of the parts that every account prints for itself."""
    return is_whole(item, claim.parent + item)


def _found(claim: Claim, desk: Desk, item: str, year: int | None, basis: Basis | None, kind: Kind | None) -> Found | None:
    desk = replace(desk, book=only(desk.book, lambda fact: not _other_side(item, fact)))
    for book, phrase in _ways(claim, desk, item):
        found = replace(desk, book=book).figure(phrase, year, basis=basis, kind=kind, counters=())
        if found and found.score >= _needed_score(found.fact, item, book is not desk.book) and found.fact.amount is not None and found.fact.amount.unit.kind is UnitKind.MONEY and not both(item, found.fact):
            return _of_one_section(found, desk)
    return only_one(claim, desk, item, year or desk.year, basis, kind)


def _of_one_section(found: Found, desk: Desk) -> Found:
    """净资产总额 of 全市 and, in a section of its own, of 市级: the whole's where the words name no level (重庆 2023)."""
    fact = found.fact
    alike = [
        entry.fact for entry in desk.book.entries
        if fact.origin is Origin.PROSE and entry.fact.origin is Origin.PROSE and entry.fact.amount is not None and entry.fact.table != fact.table
        and (entry.fact.disclosure, entry.fact.item, entry.fact.year, entry.fact.basis, entry.fact.measure) == (fact.disclosure, fact.item, fact.year, fact.basis, fact.measure)
    ]  # fmt: skip
    if innermost(fact) == "whole" and not names_level(desk.question.text):
        found = replace(found, rivals=tuple(one for one in found.rivals if innermost(one) != "own"))
    others = [one for one in alike if one.amount is not None and fact.amount is not None and not agree(one.amount, fact.amount) and innermost(one) not in ("", innermost(fact))]
    if innermost(fact) != "own" or not others:
        return found
    return Found((others[0],), found.score) if len(others) == 1 else replace(found, rivals=(*found.rivals, *others))


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
    """Income where expenditure is meant, or the other way: both tables have a row for each 科目, and often one total; and a year's money of a
    project where all of it is meant."""
    if (total := IN_TOTAL.fullmatch(comparable(item))) and not any(total["total"] in comparable(name) for name in (*fact.item, *fact.column)):
        return True  # 总投资 of a project is no figure of its year
    if (saved := re.search("节约|节省", item)) and not any(saved[0] in name for name in (*fact.item, *fact.column)):
        return True  # 节约资金 is no sum spent
    if "债" in item and any((word in item) != (word in (fact.item[-1] if fact.item else "")) for word in ("或有", "直接", "隐性")):
        return True  # 政府或有债务余额 is no 政府性债务余额 (鄂州 2017)
    if "收入" not in item and fact.account and (fact.form == "收入表" or any(name.endswith("收入") for name in fact.column)):
        return True  # what came in for a row is no figure of what was spent
    if ("支出" in item) == ("收入" in item):
        return False
    said = "".join((fact.item[-1] if fact.item else "", *fact.column)) + {"收入表": "收入", "支出表": "支出"}.get(fact.form, "")
    mine, other = ("支出", "收入") if "支出" in item else ("收入", "支出")
    return other in said and mine not in said


def only(book: Book, keep: Callable[[Fact], bool]) -> Book:
    return replace(book, entries=tuple(entry for entry in book.entries if keep(entry.fact)))


def amount(claim: Claim, desk: Desk) -> Looked:
    """An amount of money, printed or worked backwards from the next year's report."""
    values: list[Disclosed] = []
    rivals: list[Disclosed] = []
    if len(desk.scope.years) > 1 and claim.items and IN_TOTAL.fullmatch(comparable(claim.items[0])):
        return _amount_of(claim, desk, max(desk.scope.years))  # 2024年至2026年资金总额: one figure of all the years
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
    if found is not None and (added := _added(claim, desk, found, item)):
        return Looked((added,))
    if found is not None:
        return Looked((of_fact(found), *_printed_too(claim, desk, found, item, year)), tuple(of_rival(fact) for fact in found.rivals))
    if not desk.own(year):
        at = replace(desk, scope=replace(desk.scope, years=(year,)))
        worked = (of_finding(look_up(replace(at, question=replace(at.question, items=(phrase,) if phrase else ())))) for phrase in phrases(claim, item))
        return next((one for one in worked if one.values), Looked(missing="报告没有披露"))
    return none(claim, desk)


def _printed_too(claim: Claim, desk: Desk, found: Found, item: str, year: int) -> tuple[Disclosed, ...]:
    """What the report prints of the same row in the other account, where the text names none, and in its own table, where a sentence tells another
    figure: whoever repeats either repeats the report."""
    fact = found.fact
    report = next((one for one in desk.scope.disclosures if one.id == fact.disclosure), None)
    other = in_other_account(fact, report, desk.shelf) if report and not names_account(claim.sentence) and not account_said(claim, item) else None
    more = [replace(of_fact(Found((other,), 1.0)), label=_told_account(other))] if other else []
    if fact.origin is Origin.PROSE and account_of(fact):
        cell = _figure(claim, of_one_account(replace(desk, book=only(desk.book, lambda one: bool(one.table_id))), account_of(fact)), item, year, None, None)
        same = cell is not None and not cell.rivals and (item_of(cell.fact), cell.fact.basis, cell.fact.year) == (item_of(fact), fact.basis, fact.year)
        more += [of_fact(cell)] if cell and same and cell.fact.amount and fact.amount and not agree(cell.fact.amount, fact.amount) else []
    return tuple(more)


def _told_account(fact: Fact) -> str:
    label, account = label_of(fact), account_of(fact)
    return label if account in label else f"{label}（{account}）"


def _added(claim: Claim, desk: Desk, found: Found, item: str) -> Disclosed | None:
    """The rows of one name added up, where all of them is said (离退休费一共) or where the text writes that very sum."""
    rows = rows_of(desk, found.fact, item) if found.rivals or TOGETHER.search(claim.before) and not is_whole(item, "") and found.fact.item[-1:] != (item,) else []
    if len(rows) < 2 or claim.amount is None:
        return None
    worked = of_calculation(total([Operand(item_of(fact), fact.amount, (fact,)) for fact in rows if fact.amount]), f"{item}合计")
    return worked if TOGETHER.search(claim.before) or reading_fits(claim.amount, claim.bound, worked.value) else None


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
