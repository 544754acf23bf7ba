"""Facts of a table → findings where an 其中 part is greater than the whole that it is a part of.

Learnt from 万里 2023, page 35: 年度资金申请总额 10,903,043.00, 其中：当年财政拨款 11,419,043.00.
"""

from collections.abc import Iterator, Sequence

from corpus.amount import UnitKind
from corpus.fact import Discrepancy, Fact, Measure, Origin, Severity
from ingest.captions import squeezed
from ingest.tables import Table

RULE = "part_within_whole"


def part_within_whole(table: Table, facts: Sequence[Fact]) -> Iterator[Discrepancy]:
    """Every 其中 figure with the figure that it is a part of; what was read by OCR is no ground for a finding."""
    money = [fact for fact in facts if _is_money(fact)]
    if table.origin is Origin.OCR:
        return
    for part in (fact for fact in money if _names_a_part(fact)):
        whole = _in_form(part, money) if table.entries else _in_rows(part, money, table)
        if whole is not None and _outgrows(part, whole):
            yield _finding(part, whole)


def _is_money(fact: Fact) -> bool:
    return fact.measure is Measure.AMOUNT and fact.amount is not None and fact.amount.unit.kind is UnitKind.MONEY


def _names_a_part(fact: Fact) -> bool:
    return bool(fact.item) and squeezed(fact.item[-1]).startswith("其中")


def _in_form(part: Fact, money: Sequence[Fact]) -> Fact | None:
    """In a form the whole is the figure right above, in the same column and of the same record."""
    above = [one for one in money if one.col == part.col and one.row < part.row and one.item[:-1] == part.item[:-1]]
    wholes = [one for one in above if not _names_a_part(one)]
    return max(wholes, key=lambda fact: fact.row, default=None)


def _in_rows(part: Fact, money: Sequence[Fact], table: Table) -> Fact | None:
    """In a table it is the row that the part stands under, in the same column."""
    row = next((row for row in table.rows if row.index == part.row and row.path == part.item), None)
    if row is None or not row.within:
        return None
    above = [one for one in money if one.col == part.col and one.row < part.row and one.item == row.path[:-1]]
    return max(above, key=lambda fact: fact.row, default=None)


def _outgrows(part: Fact, whole: Fact) -> bool:
    """Greater beyond what rounding explains, and the whole is no balance of plus and minus."""
    assert part.amount is not None and whole.amount is not None, "only money is compared"
    same = part.amount.unit.base == whole.amount.unit.base
    return same and whole.amount.value >= 0 and part.amount.interval.low > whole.amount.interval.high


def _finding(part: Fact, whole: Fact) -> Discrepancy:
    of = f"“{part.item[-2]}”的" if len(part.item) > 1 and part.item[:-1] == whole.item[:-1] else ""
    message = f"{of}“{part.item[-1]}”为{part.amount}，大于它所属的“{whole.item[-1]}”{whole.amount}"
    formula = f"{part.amount} > {whole.amount}"
    return Discrepancy(RULE, Severity.ERROR, message, (part.source, whole.source), f"不大于{whole.amount}", str(part.amount), formula)
