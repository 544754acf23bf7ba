"""A Finding → notices where its report prints the same row with another figure in another account: 农林水支出 of all the money and of 一般公共预算."""

from collections.abc import Sequence

from corpus.amount import agree
from corpus.disclosure import Disclosure, Scope
from corpus.fact import Fact, Measure, Origin
from corpus.shelf import Shelf
from qa.account import ALL, account_of, names_account
from qa.book import TOTALS
from qa.desk import entries_of
from qa.finding import Finding, Missing
from qa.naming import item_of, narrowing
from qa.sub_units import unit_of
from qa.wording import comparable, core, head

FEW = 4
"""Figures of an answer that are looked at."""


def told_apart(result: Finding | Missing, said: str, shelf: Shelf) -> tuple[str, ...]:
    """Of which account each figure is, with what the other prints, where the two differ and the question names none."""
    if isinstance(result, Missing) or names_account(said):
        return ()
    reports = {d.id: d for d in shelf.disclosures() if d.scope is not Scope.GOVERNMENT}
    facts = [place for one in result.sentences for group in one.places for place in group[:1] if isinstance(place, Fact) and place.disclosure in reports][:FEW]
    pairs = ((fact, in_other_account(fact, reports[fact.disclosure], shelf)) for fact in facts)
    return tuple(dict.fromkeys(_notice(fact, other) for fact, other in pairs if other))


def in_other_account(fact: Fact, report: Disclosure, shelf: Shelf) -> Fact | None:
    """The same row of all the money, or of 一般公共预算 where the figure is of all the money; None where it is the same money."""
    if report.scope is Scope.GOVERNMENT or not _is_row(fact):
        return None
    other = next(iter(_others(fact, report, shelf)), None)
    if other is None or other.amount is None or fact.amount is None or other.amount.unit.base != fact.amount.unit.base or agree(other.amount, fact.amount):
        return None
    return other


def _is_row(fact: Fact) -> bool:
    if fact.form == "收入表" or any(name.endswith("收入") for name in fact.column):
        return False  # what came in for a row is no other figure of what was spent
    if unit_of(fact):
        return False  # an agency's row is no department's, nor its projects all that it spends
    return fact.measure is Measure.AMOUNT and fact.amount is not None and account_of(fact) != "" and bool(fact.item) and comparable(fact.item[-1]) not in TOTALS


def _others(fact: Fact, report: Disclosure, shelf: Shelf) -> Sequence[Fact]:
    """The same row in the other accounts, where it is one row only."""
    mine, name, narrow = account_of(fact), _name(fact), set(narrowing(fact))
    like = [entry.fact for entry in entries_of(shelf, report) if entry.fact.item and entry.fact.origin is not Origin.PROSE and _name(entry.fact) == name]
    other = ALL if mine != ALL else "一般公共预算财政拨款"
    rows = [one for one in like if account_of(one) == other and _same_place(one, fact) and set(narrowing(one)) - {other} == narrow - {mine}]
    return rows if len({one.account for one in rows if one.account}) <= 1 and len({str(one.amount) for one in rows}) == 1 else ()


def _same_place(one: Fact, fact: Fact) -> bool:
    """One row of the classification, on one basis in one year; expenditure, no income."""
    same = (one.year, one.basis, one.measure) == (fact.year, fact.basis, fact.measure) and (not one.account or not fact.account or one.account == fact.account)
    return same and one.form != "收入表" and not any(name.endswith("收入") for name in one.column)


def _name(fact: Fact) -> str:
    return core(head(fact.item[-1]))


def _notice(fact: Fact, other: Fact) -> str:
    page = f"（第{other.source.page}页）" if other.source.page else ""
    return f"“{item_of(fact)}”{fact.amount}是{account_of(fact)}口径；《{other.table.split(' › ')[-1]}》（{account_of(other)}）为{other.amount}{page}。"
