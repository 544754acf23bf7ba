"""Tables and facts → Reconciled: findings, what was not checked, each table's verdict, scanned facts' reliability."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.amount import in_unit, plain
from corpus.disclosure import Source
from corpus.fact import Discrepancy, Fact, Origin, Severity
from corpus.table import Sums, TableInfo
from ingest.across import RULES, Shelf, Unchecked, named
from ingest.compare import Sum, Verdict
from ingest.sums import sums_of
from ingest.tables import Table
from ingest.within import part_within_whole

SHOWN_PARTS = 12
"""A formula of more parts is cut."""


@dataclass(frozen=True)
class Reconciled:
    """What the arithmetic of a disclosure says of it."""

    facts: tuple[Fact, ...]
    """The facts, those of scanned tables marked reliable or not."""
    tables: tuple[TableInfo, ...]
    discrepancies: tuple[Discrepancy, ...]
    unchecked: tuple[Unchecked, ...]
    sums: tuple[Sum, ...]
    """Every sum of a table that was looked at, with its verdict."""


def reconcile(tables: Sequence[Table], facts: Sequence[Fact]) -> Reconciled:
    """Apply every rule. A finding is a value; nothing is repaired and nothing raised."""
    own: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        own[fact.table_id].append(fact)
    shelf = Shelf(tables, own)
    across = [found for rule in RULES for found in rule(shelf)]
    within = [one for table in tables for one in sums_of(table, own[table.id])]
    sums = (*within, *(found for found in across if isinstance(found, Sum)))
    outgrown = [found for table in tables for found in part_within_whole(table, own[table.id])]
    unchecked = [found for found in across if isinstance(found, Unchecked)]
    return Reconciled(
        _with_reliability(facts, sums),
        tuple(info_of(table, own[table.id], sums) for table in tables),
        (*_findings(sums), *outgrown, *(found for found in across if isinstance(found, Discrepancy))),
        (*_not_checked(tables, sums), *unchecked),
        sums,
    )


def info_of(table: Table, facts: Sequence[Fact], sums: Iterable[Sum]) -> TableInfo:
    """What the shelf keeps of a table."""
    verdicts = {one.verdict for one in sums if one.table is table}
    verdict = (
        Sums.FAIL
        if Verdict.FAILS in verdicts
        else Sums.HOLD
        if verdicts & {Verdict.HOLDS, Verdict.TAIL}
        else Sums.UNCHECKED
    )
    empty = not any(fact.amount is not None for fact in facts)
    return TableInfo(
        table.id,
        table.disclosure,
        table.title,
        table.form,
        table.unit,
        table.sources,
        table.origin,
        verdict,
        empty,
        table.note,
    )


def _with_reliability(facts: Sequence[Fact], sums: Sequence[Sum]) -> tuple[Fact, ...]:
    """A scanned figure counts when it takes part in a sum that holds and in none that fails; print always counts."""
    borne = {fact.id for one in sums if one.holds for fact in one.cells if fact.amount is not None}
    refuted = {fact.id for one in sums if one.verdict is Verdict.FAILS for fact in one.cells}
    return tuple(
        fact if fact.origin is not Origin.OCR else replace(fact, reliable=fact.id in borne and fact.id not in refuted)
        for fact in facts
    )


def _findings(sums: Sequence[Sum]) -> list[Discrepancy]:
    """Failed sums and rounding tails; the same difference in several places is one finding with all of them."""
    groups: dict[tuple[object, ...], list[Sum]] = defaultdict(list)
    for one in sums:
        if one.verdict in (Verdict.FAILS, Verdict.TAIL):
            value = one.total.amount.value if one.total.amount else None
            groups[one.rule, one.verdict, one.total.item[-1:], one.total.account, value, one.difference].append(one)
    return [_finding(group) for group in groups.values()]


def _finding(group: Sequence[Sum]) -> Discrepancy:
    first = group[0]
    amount = first.total.amount
    assert amount is not None, "a sum that was compared has a total"
    reached = f"{plain(in_unit(amount.value + first.difference, amount.unit))}{amount.unit}"
    off = f"{plain(abs(in_unit(first.difference, amount.unit)))}{amount.unit}"
    tail = first.verdict is Verdict.TAIL
    parts = {"columns_sum_to_total": "各列", "staff_and_public_make_basic": "人员经费与公用经费"}.get(
        first.rule, "各分项"
    )
    message = f"{named(first.total)}为{amount}，{parts}之和为{reached}，相差{off}" + (
        "，在四舍五入的尾差以内" if tail else ""
    )
    if len(group) > 1:
        message += f"（同一差额共出现{len(group)}处）"
    sources = _sources(group)
    severity = Severity.ROUNDING if tail else Severity.ERROR
    return Discrepancy(first.rule, severity, message, sources, reached, str(amount), _formula(first, reached))


def _sources(group: Sequence[Sum]) -> tuple[Source, ...]:
    """Totals of all places first, then the parts of the first."""
    return tuple(
        dict.fromkeys([*(one.total.source for one in group), *(part.source for part in group[0].parts if part.amount)])
    )


def _formula(one: Sum, reached: str) -> str:
    parts = [plain(part.amount.number) for part in one.parts if part.amount is not None]
    shown = parts if len(parts) <= SHOWN_PARTS else [*parts[:SHOWN_PARTS], "…"]
    return f"{' + '.join(shown)} = {reached} ≠ {one.total.amount}"


def _not_checked(tables: Sequence[Table], sums: Sequence[Sum]) -> list[Unchecked]:
    """Sums that were not checked, counted by table and reason; and tables without any sum."""
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for one in sums:
        if one.verdict is Verdict.UNCHECKED:
            counts[one.rule, one.table.title, one.reason] += 1
    found = [Unchecked(rule, title, f"{count}处{reason}") for (rule, title, reason), count in counts.items()]
    checked = {one.table.id for one in sums}
    found += [
        Unchecked("parts_sum_to_total", table.title or table.called, "表中没有可核对的合计")
        for table in tables
        if table.id not in checked
    ]
    return found
