"""Tables → Facts: each numeric or blank cell under a value header, with what it measures and where it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.amount import PERCENT, Amount
from corpus.disclosure import Disclosure
from corpus.fact import Discrepancy, Fact, Measure, Origin, Severity
from corpus.number import find_mentions, is_blank, parse_cell, unit_named
from ingest.captions import squeezed
from ingest.columns import Band, Column, Role
from ingest.forms import bare_figure
from ingest.join import Placed
from ingest.labels import Cells, Row
from ingest.measures import TARGET_VALUE, basis_of, counts_things, measure_of, unit_of, versus_of, year_of
from ingest.tables import Table

_PURE = re.compile(r"^[\d,.\s%％‰－+\-—–/（）()０-９．，]*$")


@dataclass(frozen=True)
class _Place:
    """A value cell with what its row and column say of it."""

    table: Table
    cell: Placed
    row: int
    col: int
    item: tuple[str, ...]
    header: tuple[str, ...]
    labels: tuple[str, ...]
    """Where a unit in brackets may stand, the nearest last."""
    account: str = ""
    measured_in: str = ""
    """What the row's own column of units (度量单位) prints."""


def facts_of(tables: Iterable[Table], disclosure: Disclosure) -> tuple[tuple[Fact, ...], tuple[Discrepancy, ...]]:
    """All table facts of a disclosure, numbered from 1, and the tables that print figures without a unit."""
    facts: list[Fact] = []
    found: list[Discrepancy] = []
    for table in tables:
        own = list(_table_facts(table, disclosure, len(facts) + 1))
        facts.extend(own)
        found.extend(_unit_missing(table, own))
    return tuple(facts), tuple(found)


def _table_facts(table: Table, disclosure: Disclosure, first: int) -> Iterator[Fact]:
    number = first
    for place in _places(table):
        fact = _fact(place, disclosure, number)
        if fact is not None:
            yield fact
            number += 1


def _places(table: Table) -> Iterator[_Place]:
    """Value cells row by row; a row that prints neither label nor figure is none."""
    for entry in table.entries:
        yield _Place(table, entry.cell, entry.cell.row, entry.cell.col, entry.item, entry.header, entry.labels)
    cells = Cells(table.drawn)
    for row in table.rows:
        band = table.bands[row.band]
        columns = band.of_half(row.half, Role.VALUE)
        printed = [(column, cell) for column in columns if (cell := _cell(cells, row, column))]
        if not row.path and not row.code and (_has_labels(band, row.half) or not columns) and not _figures(printed):
            continue
        for column, cell in printed:
            item = _item(band, row, column)
            yield _Place(table, cell, row.index, column.index, item, column.header, row.path, row.code, _measured_in(cells, band, row, column))


_OF_UNITS = re.compile(r"^(?:度量|计量|指标|指标值|数量)单位$")


def _measured_in(cells: Cells, band: Band, row: Row, column: Column) -> str:
    """度量单位 beside 指标值: what the row itself is measured in, whatever the table's corner says of its money."""
    if not TARGET_VALUE.search(squeezed(column.header[-1]) if column.header else ""):
        return ""
    units = (other.index for other in band.columns if other.header and _OF_UNITS.search(squeezed(other.header[-1])))
    return next((squeezed(cell.text) for index in units if (cell := cells.covering(row.index, index))), "")


def _cell(cells: Cells, row: Row, column: Column) -> Placed | None:
    return cells.at(row.index, column.index)


def _has_labels(band: Band, half: int) -> bool:
    return bool(band.of_half(half, Role.NAME, Role.CODE))


def _figures(printed: Sequence[tuple[Column, Placed]]) -> bool:
    return any(parse_cell(cell.text) is not None for _, cell in printed)


def _fact(place: _Place, disclosure: Disclosure, number: int) -> Fact | None:
    """The cell as a fact; None where it prints words (合格, 2-4篇)."""
    blank, amount = _amount(place)
    if not blank and amount is None and parse_cell(place.cell.text) is None:
        return None
    header = place.header
    measure = measure_of(header, amount)
    table = place.table
    return Fact(
        f"{disclosure.id}-{number}",
        disclosure.id,
        table.id,
        place.row,
        place.col,
        table.title,
        table.form,
        place.item,
        place.account,
        header,
        measure,
        basis_of(header, table.title, disclosure.kind, measure),
        versus_of(header, measure),
        year_of(place.item[-1] if place.item else "", header, table.title, disclosure.year),
        amount,
        table.source(place.cell),
        table.origin,
        table.origin is not Origin.OCR,
        place.cell.text,
    )


def _item(band: Band, row: Row, column: Column) -> tuple[str, ...]:
    """The row's label path; the header's where rows print no label (a 三公 table of a single row)."""
    if row.path or _has_labels(band, row.half):
        return row.path
    steps = [
        step
        for step in column.header
        if not re.fullmatch(r"(?:20\d\d年)?度?(?:预算|决算|年初预算|执行|金额|调整预算)数?", squeezed(step))
    ]
    return tuple(steps)


def _amount(place: _Place) -> tuple[bool, Amount | None]:
    """(printed blank, amount). A figure whose unit is not printed anywhere has no amount."""
    text = bare_figure(place.cell.text) if place.table.entries else squeezed(place.cell.text)
    if is_blank(place.cell.text):
        return True, None
    mentions = find_mentions(text)
    if len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(text)):
        return False, mentions[0].amount
    figure = parse_cell(text if place.table.entries else place.cell.text)
    if figure is None or not _PURE.match(text):
        return False, None
    if place.measured_in:
        own = unit_named(place.measured_in)
        return False, Amount(figure, own) if own else None
    unit = (
        PERCENT if text.rstrip("）)").endswith(("%", "％")) else unit_of(place.header, place.labels, place.table.unit)
    )
    return False, Amount(figure, unit) if unit else None


def _is_score(fact: Fact) -> bool:
    """总分, 得分 at the foot of an assessment are no money."""
    return bool(fact.item) and bool(re.search(r"(?:总|得|评)分$|分值$", fact.item[-1]))


def _unit_missing(table: Table, facts: Sequence[Fact]) -> list[Discrepancy]:
    """Figures that look like money in a table that prints no unit: no amount, and a finding."""
    lost = [fact for fact in facts if fact.amount is None and parse_cell(fact.text) is not None]
    money = [
        fact for fact in lost if fact.measure in (Measure.AMOUNT, Measure.CHANGE) and not counts_things(fact.column) and not _is_score(fact)
    ]
    if not money or table.unit:
        return []
    message = f"{table.called}没有写明金额单位，表中{len(money)}个数字的单位无法确定"
    return [Discrepancy("unit_present", Severity.TEMPLATE, message, table.sources[:1])]
