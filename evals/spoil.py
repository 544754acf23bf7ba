"""Spoil: a file read, one printed number changed at a time, its sums and its audit done anew.

`python -m evals.spoil FILE… [--count 200] [--seed 1]` prints what was noticed of what can be noticed, by kind.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from corpus.amount import Amount, agree, exactly
from corpus.fact import Basis, Discrepancy, Fact, Measure, Origin
from corpus.record import Record, Unchecked
from evals.mutate import Tally, tally
from ingest.headings import RULE as CONTENTS
from ingest.pages import read_pages
from ingest.read import read
from ingest.reconcile import Reconciled, reconcile
from ingest.tables import Table, tables_of
from qa.audit import audit_record


@dataclass(frozen=True)
class Material:
    """A file as read, with the tables that its sums are worked out from."""

    record: Record
    tables: tuple[Table, ...]
    sums: Mapping[str, Sequence[tuple[int, Decimal]]]
    """Of each fact, the sums that hold with it: 1 as a part, -1 as the total, and parts less total in the unit's base."""


def material_of(path: Path) -> Material:
    record = read(path)
    tables = tuple(tables_of(tuple(read_pages(path)), record.disclosure))
    facts = [fact for fact in record.facts if fact.table_id and fact.origin is not Origin.PROSE]
    sums: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
    for one in (one for one in reconcile(tables, facts).sums if one.holds):
        for place, fact in enumerate(one.cells):
            sums[fact.id].append((1 if place else -1, one.difference))
    return Material(record, tables, sums)


def audited(material: Material) -> Callable[[Record], list[Discrepancy]]:
    """An audit of a spoilt record: its tables are summed anew, its sentences read anew."""

    def audit(record: Record) -> list[Discrepancy]:
        found = audit_record(resummed(record, material.tables)).findings
        return [
            Discrepancy(one.rule, one.finding.severity, one.finding.message, tuple(e.source for e in one.finding.evidence)) for one in found
        ]

    return audit


def resummed(record: Record, tables: Sequence[Table]) -> Record:
    """The record with what its tables' arithmetic says of its figures as they are now."""
    cells = [fact for fact in record.facts if fact.table_id and fact.origin is not Origin.PROSE]
    rest = [fact for fact in record.facts if not (fact.table_id and fact.origin is not Origin.PROSE)]
    made: Reconciled = reconcile(tables, cells)
    kept = [one for one in record.discrepancies if one.rule in (CONTENTS, "unit_present")]
    unchecked = tuple(Unchecked(one.rule, one.reason) for one in made.unchecked)
    return replace(
        record, tables=made.tables, facts=(*made.facts, *rest), discrepancies=(*kept, *made.discrepancies), unchecked=unchecked
    )


def contradicted(material: Material) -> Callable[[Record, Fact, Amount], str]:
    """Why a changed figure can be noticed: said elsewhere, part of a sum, or worked out from others of its paragraph."""
    beside: dict[int, list[Fact]] = defaultdict(list)
    for fact in material.record.facts:
        if not fact.table_id and fact.amount is not None:
            beside[fact.row].append(fact)

    def why(record: Record, fact: Fact, amount: Amount) -> str:
        delta = amount.value - fact.amount.value if fact.amount else Decimal(0)
        if any(difference + side * delta != 0 for side, difference in material.sums.get(fact.id, ())):
            return "进入合计"
        if any(_says_otherwise(fact, amount, other) for other in record.facts):
            return "另处也写着"
        return "可由同段数字重算" if not fact.table_id and _contradicts(fact, amount, beside[fact.row]) else ""

    return why


def _says_otherwise(fact: Fact, amount: Amount, other: Fact) -> bool:
    """A sentence and a cell, or two sentences, of one item, stage and year that agree, and no longer do."""
    if other.id == fact.id or other.amount is None or fact.amount is None or not fact.item or not other.item or not other.reliable:
        return False
    if bool(fact.table_id) and bool(other.table_id):
        return False
    same = (fact.item[-1], fact.basis, fact.year, fact.measure, fact.measure) == (
        other.item[-1], other.basis, other.year, other.measure, Measure.AMOUNT
    )  # fmt: skip
    return same and agree(fact.amount, other.amount) and not agree(amount, other.amount)


def _contradicts(fact: Fact, amount: Amount, beside: Sequence[Fact]) -> bool:
    """A rate of an item no longer follows from the amounts that its paragraph prints of the item."""
    before = [one for one in beside if one.item == fact.item]
    after = [replace(one, amount=amount) if one.id == fact.id else one for one in before]
    return any(_follows(kind, before) is True and _follows(kind, after) is False for kind in (Measure.GROWTH, Measure.COMPLETION))


def _follows(kind: Measure, facts: Sequence[Fact]) -> bool | None:
    """Whether the only rate of its kind follows from the figures beside it; None where they do not say."""
    rate = [one.amount for one in facts if one.measure is kind and one.amount]
    change = [one.amount for one in facts if one.measure is Measure.CHANGE and one.amount]
    amounts = [one for one in facts if one.measure is Measure.AMOUNT and one.amount]
    done = [one.amount for one in amounts if one.basis in (Basis.FINAL, Basis.EXECUTED) and one.amount]
    planned = [one.amount for one in amounts if one.basis in (Basis.OPENING, Basis.ADJUSTED, Basis.BUDGET) and one.amount]
    pair = (change, [one.amount for one in amounts if one.amount]) if kind is Measure.GROWTH else (done, planned)
    if len(rate) != 1 or len(pair[0]) != 1 or len(pair[1]) != 1:
        return None
    part, whole = pair[0][0].interval, pair[1][0].interval
    try:
        share = part / (whole - part if kind is Measure.GROWTH else whole) * exactly(Decimal(100))
    except ZeroDivisionError:
        return None
    return rate[0].interval.meets(share)


def main(files: Sequence[Path], count: int, seed: int, console: Console) -> dict[str, Tally]:
    """All files, each spoilt `count` times."""
    made: dict[str, Tally] = {}
    for path in files:
        material = material_of(path)
        made[path.name] = tally(material.record, audited(material), count, seed, contradicted(material))
        show(path.name, made[path.name], console)
    return made


def show(name: str, found: Tally, console: Console) -> None:
    grid = Grid(title=f"{name}：改动 {len(found.noticed) + len(found.missed) + len(found.blind)} 处")
    for head in ("改法", "能发现的", "发现", "不能发现的", "仍被发现"):
        grid.add_column(head)
    able = [*(m for m in found.noticed if m.noticeable), *found.missed]
    for kind in sorted({m.kind for m in (*found.noticed, *found.missed, *found.blind)}):
        own = [m for m in able if m.kind is kind]
        noticed = [m for m in found.noticed if m.kind is kind and m.noticeable]
        lucky = [m for m in found.noticed if m.kind is kind and not m.noticeable]
        blind = [m for m in found.blind if m.kind is kind]
        grid.add_row(str(kind), str(len(own)), str(len(noticed)), str(len(blind) + len(lucky)), str(len(lucky)))
    console.print(grid)
    reasons = Counter(m.noticeable for m in able)
    console.print(f"能发现的按原因：{dict(reasons)}；发现 {found.share:.1%}；在别页另生的发现 {found.elsewhere} 条")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="改动报告中的数字，看体检发现多少")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    main(given.files, given.count, given.seed, Console())
