"""Tables → Facts: one for every numeric or blank cell under a value header, saying what it measures and where it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.amount import PERCENT, Amount, Unit, UnitKind
from corpus.disclosure import Disclosure, Kind
from corpus.fact import Basis, Discrepancy, Fact, Measure, Origin, Severity
from corpus.number import find_mentions, is_blank, parse_cell, unit_named
from ingest.captions import joined, squeezed
from ingest.columns import Band, Column, Role
from ingest.forms import bare_figure
from ingest.join import Placed
from ingest.rows import Cells, Row
from ingest.tables import Table

_BASES: tuple[tuple[Basis, str], ...] = (
    (Basis.OPENING, r"年初预算"),
    (Basis.ADJUSTED, r"(?:全年|调整|变动|调整后|追加后)的?预算"),
    (Basis.TARGET, r"目标值|指标值|目标$"),
    (Basis.ACTUAL, r"实际完成值|完成值"),
    (Basis.FINAL, r"决算"),
    (Basis.EXECUTED, r"执行数|预计执行|实际完成|完成数|执行情况|实际支出"),
    (Basis.BUDGET, r"预算"),
)
_RATE = re.compile(r"[%％]|(?:率|比重|占比|百分比|比例)$")
_GROWTH = re.compile(r"增长|增减|[+＋±][,，、/]?[-－]|比上年|同比|升降|增幅")
_CHANGE = re.compile(r"增减|增加额|减少额|差额|比上年.*[增减]")
_OF = re.compile(r"(?:为|占|完成)(?:了)?(.{2,12}?)的?(?:比重|比例|百分比|[%％]|$|[（(])")
_UNIT_MARK = re.compile(r"[（(](?:单位[:：]?)?([^（）()\d]{1,5})[)）]")
_ACCOUNT_LEVELS = ("类", "款", "项", "目")
"""其他公共安全支出(项) says a level of account, it counts nothing."""
_COUNTED: tuple[tuple[str, str], ...] = (
    (r"人次", "人次"),
    (r"批次", "批次"),
    (r"人数|编制数|在职人员|职工$", "人"),
    (r"辆数|车辆数|保有量", "辆"),
    (r"得分|分值|权重|总分|^评分", "分"),
    (r"面积", ""),
    (r"数量|个数|台数|件数|次数|台\(套\)数", ""),
)
"""What a header counts, and the unit that it fixes; '' where the print must say it."""
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
            yield _Place(table, cell, row.index, column.index, item, column.header, row.path, row.code)


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
    measure = _measure(header, amount)
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
        _basis(header, table.title, disclosure, measure),
        _versus(header, measure),
        _year(place, disclosure),
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
    steps = [step for step in column.header if not re.fullmatch(r"(?:20\d\d年)?度?(?:预算|决算|年初预算|执行|金额|调整预算)数?", squeezed(step))]
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
    unit = PERCENT if text.rstrip("）)").endswith(("%", "％")) else _unit(place)
    return False, Amount(figure, unit) if unit else None


def _unit(place: _Place) -> Unit | None:
    """The unit that the header, the row or the table's corner prints, in this order."""
    header = place.header
    for step in reversed(header):
        if named := _marked(step):
            return named
        if _is_rate(step):
            return PERCENT
        counted = next((unit for pattern, unit in _COUNTED if re.search(pattern, squeezed(step))), None)
        if counted is not None:
            return unit_named(counted) if counted else None
    for label in reversed(place.labels):
        if named := _marked(label):
            return named
    return unit_named(place.table.unit) if place.table.unit else None


def _marked(text: str) -> Unit | None:
    """A unit in brackets: 金额（万元）, 公务用车保有量（辆）."""
    marks = (match[1] for match in _UNIT_MARK.finditer(squeezed(text)) if match[1] not in _ACCOUNT_LEVELS)
    return next((unit for mark in marks if (unit := unit_named(mark))), None)


def _is_rate(step: str) -> bool:
    return _RATE.search(squeezed(step)) is not None


def _measure(header: Sequence[str], amount: Amount | None) -> Measure:
    text = "".join(map(squeezed, header))
    last = squeezed(header[-1]) if header else ""
    rate = any(map(_is_rate, header)) or (amount is not None and amount.unit.kind is UnitKind.PERCENT)
    if re.search(r"目标值|指标值|完成值|得分|分值|权重", last):
        return Measure.OTHER
    if amount is not None and amount.unit.kind is UnitKind.COUNT:
        return Measure.COUNT
    if rate:
        return _rate_measure(text)
    return Measure.CHANGE if _CHANGE.search(last) else Measure.AMOUNT


def _rate_measure(text: str) -> Measure:
    if re.search(r"数为|为.*(?:预算|决算|的)|完成|占.*(?:预算|计划)|执行率", text):
        return Measure.COMPLETION
    if _GROWTH.search(text):
        return Measure.GROWTH
    return Measure.SHARE if re.search(r"占|比重|比例", text) else Measure.OTHER


def _versus(header: Sequence[str], measure: Measure) -> str:
    """What a rate or change is relative to, as the header prints it."""
    if measure in (Measure.AMOUNT, Measure.COUNT, Measure.OTHER):
        return ""
    text = "".join(map(squeezed, header))
    if measure in (Measure.GROWTH, Measure.CHANGE):
        match = re.search(r"(?:比|较)((?:上年|20\d\d年|年初|预算)\w{0,5}?)(?:增|减|[+＋±%％]|$)", text)
        return match[1] if match else "上年"
    match = _OF.search(text)
    return match[1].removesuffix("的") if match else ""


def _basis(header: Sequence[str], title: str, disclosure: Disclosure, measure: Measure) -> Basis:
    """口径 by the header, then the title, then the disclosure's kind; a header is read up to 比/为/占 (执行数为调整预算数%)."""
    for step in reversed(header):
        words = re.split(r"为|占|比上年|比(?=年|预)", squeezed(step))[0] if measure not in (Measure.AMOUNT, Measure.COUNT) else squeezed(step)
        if basis := next((basis for basis, pattern in _BASES if re.search(pattern, words)), None):
            if not re.search(r"(?:一般公共|政府性基金|国有资本经营|财政专户|部门)预算(?!数)", words) or basis is not Basis.BUDGET:
                return basis
    named = re.findall(r"决算|预算", re.sub(r"(?:一般公共|政府性基金|国有资本经营)预算", "", title))
    if len(set(named)) == 1:
        return Basis.FINAL if named[0] == "决算" else Basis.BUDGET
    return Basis.FINAL if disclosure.kind is Kind.FINAL else Basis.BUDGET


def _year(place: _Place, disclosure: Disclosure) -> int:
    """The year that the row or header names (2022年决算数, 上年决算数), else the title's, else the disclosure's."""
    titled = re.findall(r"20\d\d(?=年|-)", place.table.title)
    base = int(titled[0]) if titled else disclosure.year
    for text in (*place.item[-1:], *reversed(place.header)):
        years = set(re.findall(r"(?<!\d)20\d\d(?=年|$)", squeezed(text)))
        if len(years) == 1:
            return int(years.pop())
    header = "".join(map(squeezed, place.header))
    return base - 1 if re.match(r"上年|去年", header) or re.search(r"(?:^|[（(])上年(?:决算|预算|执行|数)", header) else base


def _unit_missing(table: Table, facts: Sequence[Fact]) -> list[Discrepancy]:
    """Figures that look like money in a table that prints no unit: no amount, and a finding."""
    lost = [fact for fact in facts if fact.amount is None and parse_cell(fact.text) is not None]
    money = [fact for fact in lost if fact.measure in (Measure.AMOUNT, Measure.CHANGE) and not _counts(fact.column)]
    if not money or table.unit:
        return []
    name = f"《{table.title}》" if table.title else f"第{table.page}页的表格"
    message = f"{name}没有写明金额单位，表中{len(money)}个数字的单位无法确定"
    return [Discrepancy("unit_present", Severity.TEMPLATE, message, table.sources[:1])]


def _counts(header: Sequence[str]) -> bool:
    return any(re.search(pattern, squeezed(step)) for step in header for pattern, _ in _COUNTED)


def item_text(fact: Fact) -> str:
    """How a message names the figure: 行政运行·决算数."""
    return "·".join(filter(None, (joined(fact.item[-1]) if fact.item else "", *fact.column[-1:])))
