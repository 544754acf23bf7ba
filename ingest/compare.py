"""A printed total and its printed parts → Sum: do they agree, at the finest step that they print?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.amount import UnitKind
from corpus.fact import Fact, Measure
from ingest.columns import Column
from ingest.labels import Row
from ingest.tables import Table

BLANK_PARTS = "有分项空白"
"""Parts fall short of their total, and one of them is blank."""


class Verdict(StrEnum):
    """What comparing a total with its parts says."""

    HOLDS = "相符"
    TAIL = "尾差"
    """The digits differ, but by no more than rounding can explain."""
    FAILS = "不符"
    UNCHECKED = "未核对"


@dataclass(frozen=True)
class Sum:
    """A printed total and its printed parts."""

    rule: str
    table: Table
    total: Fact
    parts: tuple[Fact, ...]
    verdict: Verdict
    difference: Decimal
    """Sum of the parts less the total, in the unit's base."""
    reason: str = ""
    """Why it was not checked."""

    @property
    def holds(self) -> bool:
        return self.verdict in (Verdict.HOLDS, Verdict.TAIL)

    @property
    def cells(self) -> tuple[Fact, ...]:
        return (self.total, *self.parts)


def compare(rule: str, table: Table, total: Fact, parts: Sequence[Fact]) -> Sum:
    """Compare a total with its parts on intervals. A blank part counts as nothing where the others reach the total.

    All figures of a sum are taken at the finest step printed in it: a sheet that prints 15 beside 21.56 means 15.00.
    """
    filled = [part for part in parts if part.amount is not None]
    if total.amount is None or not filled:
        return Sum(rule, table, total, tuple(parts), Verdict.UNCHECKED, Decimal(0), "合计或各分项空白")
    amounts = [fact.amount for fact in (total, *filled) if fact.amount is not None]
    if len({amount.unit.base for amount in amounts}) != 1:
        return Sum(rule, table, total, tuple(parts), Verdict.UNCHECKED, Decimal(0), "单位不一")
    difference = sum((amount.value for amount in amounts[1:]), Decimal(0)) - amounts[0].value
    step = min(amount.step for amount in amounts)
    verdict, reason = _judged(
        difference, step * len(amounts) / 2, sum((amount.step for amount in amounts), Decimal(0)) / 2
    )
    if verdict is Verdict.FAILS and len(filled) < len(parts) and difference * amounts[0].value <= 0:
        verdict, reason = Verdict.UNCHECKED, BLANK_PARTS
    return Sum(rule, table, total, tuple(parts), verdict, difference, reason)


def _judged(difference: Decimal, fine: Decimal, printed: Decimal) -> tuple[Verdict, str]:
    if difference == 0:
        return Verdict.HOLDS, ""
    if abs(difference) <= fine:
        return Verdict.TAIL, ""
    return (Verdict.UNCHECKED, "位数不一，四舍五入后无法判断") if abs(difference) <= printed else (Verdict.FAILS, "")


class Figures:
    """Money facts of one table by row and column."""

    def __init__(self, table: Table, facts: Sequence[Fact]) -> None:
        self.table = table
        self._at = {(fact.row, fact.col): fact for fact in facts if _is_money(fact, table)}

    def at(self, row: Row, column: Column) -> Fact | None:
        return self._at.get((row.index, column.index))

    def several(self, rows: Sequence[Row], column: Column) -> list[Fact]:
        return [fact for row in rows if (fact := self.at(row, column))]


def _is_money(fact: Fact, table: Table) -> bool:
    if fact.amount is None:
        return fact.measure is Measure.AMOUNT and bool(table.unit)
    return fact.measure is Measure.AMOUNT and fact.amount.unit.kind is UnitKind.MONEY
