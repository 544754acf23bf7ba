"""One table's facts → Sums: all that its rows and columns promise, less those that its structure does not bear out."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.fact import Fact, Origin
from ingest.column_sums import column_totals
from ingest.compare import BLANK_PARTS, Figures, Sum, Verdict
from ingest.row_sums import code_levels, code_totals, outline_levels, outline_totals
from ingest.tables import Table


def sums_of(table: Table, facts: Sequence[Fact]) -> list[Sum]:
    """Every sum that the table's structure promises, checked."""
    figures = Figures(table, facts)
    found: list[Sum] = []
    for rule in (code_levels, code_totals, outline_levels, outline_totals, column_totals):
        sums = list(rule(table, figures))
        found.extend(_understood(_blanks_as_nothing(sums, table), table))
    return found


BORNE_OUT = 4
"""So many sums of a table must hold with its blanks as nothing, four for each that does not, before a blank means that."""


def _blanks_as_nothing(sums: list[Sum], table: Table) -> list[Sum]:
    """Where a table's other sums hold with blank parts as nothing, its blanks mean that, and a sum that they leave short
    fails. Never in a scanned table: there a blank may be a figure that was not read."""
    holding = sum(one.holds and any(part.amount is None for part in one.parts) for one in sums)
    short = [one for one in sums if one.reason == BLANK_PARTS]
    if table.origin is Origin.OCR or not table.form or holding < BORNE_OUT * max(len(short), 1):
        return sums
    return [replace(one, verdict=Verdict.FAILS, reason="") if one.reason == BLANK_PARTS else one for one in sums]


def _understood(sums: list[Sum], table: Table) -> list[Sum]:
    """A rule that fails more often than it holds has not understood the table: then nothing was checked."""
    sums = [_perhaps_incomplete(one) for one in sums]
    fails = sum(one.verdict is Verdict.FAILS for one in sums)
    holds = sum(one.holds for one in sums)
    few = fails <= 2 and (table.form or any(row.code for row in table.rows))
    if fails == 0 or holds > fails or few:
        return sums
    return [replace(one, verdict=Verdict.UNCHECKED, reason="表的层次不明") if one.verdict is Verdict.FAILS else one for one in sums]


def _outgrown(one: Sum, total: Decimal) -> bool:
    """A part larger than its total beside no negative part: it is no part, the levels were misread."""
    values = [part.amount.value for part in one.parts if part.amount is not None]
    return max(values) > total and min(values) >= 0


def _perhaps_incomplete(one: Sum) -> Sum:
    """Parts short of the total in a table that is no standard form: nothing says that it lists them all.

    Learnt from a region's accounts: 公共安全支出 leaves out 国家安全, so its 款 do not reach the 类.
    """
    total = one.total.amount.value if one.total.amount else Decimal(0)
    if one.verdict is Verdict.FAILS and not one.table.form and total > 0 and _outgrown(one, total):
        return replace(one, verdict=Verdict.UNCHECKED, reason="表的层次不明")
    short = one.verdict is Verdict.FAILS and not one.table.form and one.difference * total < 0
    return replace(one, verdict=Verdict.UNCHECKED, reason="分项可能没有列全") if short else one
