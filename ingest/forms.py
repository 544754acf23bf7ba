"""Forms of label:value pairs and small headed blocks (绩效自评表, 绩效目标表) → Entries: one a figure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.number import is_blank
from ingest.captions import joined, squeezed
from ingest.columns import is_figure
from ingest.join import Joined, Placed

_VALUE = re.compile(r"(?:值|数|率|得分|分值|权重|金额|总额)(?:[（(].*[)）])?$")
_LABEL = re.compile(r"指标$|^(?:内容|项目|名称)$|指标(?:名称|内容)$")
_RECORD = re.compile(r"^(?:项目|单位|部门|专项|政策)(?:（单位）|\(单位\)|（项目）)?名称$")
_INLINE = re.compile(r"^(?:(?:年初|全年|调整后?)?预算数|执行数|(?:预算|资金)?执行率)(?=[:：])")
"""A label that stands in the cell of its figure: 执行率：97.44%."""
_BOUND = re.compile(r"[≥≤＞＜>=<]")
LONG = 60
"""A cell of more characters is text, neither label nor figure."""


@dataclass(frozen=True)
class Entry:
    """A cell of a form that prints a figure (or stands under a value header), with what it is a figure of."""

    cell: Placed
    item: tuple[str, ...]
    header: tuple[str, ...]
    labels: tuple[str, ...]
    """All labels of its row, where a unit may stand: 项目资金（元）."""


@dataclass
class _Reading:
    """Where in the form the reader is."""

    record: str = ""
    headers: list[Placed] = field(default_factory=list)


def is_form(table: Joined) -> bool:
    """Whether a header such as 一级指标|二级指标|…值 stands inside the table, under rows of label and value."""
    rows = range(1, table.height)
    return any(
        _is_block_header(cells) and any("指标" in cell.text for cell in cells)
        for row in rows
        if (cells := _own(table, row))
    ) and not (_is_block_header(_own(table, 0)))


def entries_of(table: Joined) -> Iterator[Entry]:
    """Figures of a form from top to bottom."""
    reading = _Reading()
    for row in range(table.height):
        own = _own(table, row)
        if _is_block_header(own):
            reading.headers = own
        elif own and _RECORD.match(squeezed(own[0].text)) and len(own) > 1:
            reading.record, reading.headers = joined(own[1].text), []
            yield from _pairs(own[2:], reading, ())
        elif reading.headers and not _is_pair_row(table, own):
            yield from _under_headers(table, row, own, reading)
        else:
            yield from _pairs(own, reading, _beside(table, row))


def row_words(table: Joined, row: int) -> str:
    """A form's row as a line of text."""
    cells = [*_spanning(table, row), *_own(table, row)]
    return " ".join(joined(cell.text) for cell in sorted(cells, key=lambda cell: cell.col))


def row_cells_of(table: Joined, row: int) -> list[Placed]:
    return _own(table, row)


def _own(table: Joined, row: int) -> list[Placed]:
    return sorted((cell for cell in table.cells if cell.row == row and cell.text.strip()), key=lambda cell: cell.col)


def _spanning(table: Joined, row: int) -> list[Placed]:
    """Merged labels that reach down into this row."""
    found = [cell for cell in table.cells if cell.row < row < cell.row + cell.rowspan and cell.text.strip()]
    return sorted(found, key=lambda cell: cell.col)


def _beside(table: Joined, row: int) -> tuple[str, ...]:
    return tuple(joined(cell.text) for cell in _spanning(table, row) if len(cell.text) <= LONG)


def _is_block_header(cells: Sequence[Placed]) -> bool:
    """一级指标|二级指标|年初目标值|实际完成值|得分, or 预算数(A)|执行数(B)|执行率(B/A)|得分: no figure in it."""
    texts = [squeezed(cell.text) for cell in cells]
    values = sum(_VALUE.search(text) is not None for text in texts)
    labels = sum(_LABEL.search(text) is not None for text in texts)
    words = values + labels
    plain = not any(is_figure(text) for text in texts) and all(len(text) <= 20 for text in texts)
    first_level = any(text.endswith("级指标") for text in texts)
    return (
        plain
        and words * 2 >= len(texts)
        and ((first_level and words >= 3) or values >= 3 or (values >= 2 and labels >= 1 and first_level))
    )


def _is_pair_row(table: Joined, own: Sequence[Placed]) -> bool:
    """总分|100分, 原因分析|…: two cells, the second reaching the table's edge."""
    return len(own) <= 2 and bool(own) and own[-1].last_col >= table.width - 1 and own[-1].colspan * 2 >= table.width


def _under_headers(table: Joined, row: int, own: Sequence[Placed], reading: _Reading) -> Iterator[Entry]:
    values = [
        head
        for head in reading.headers
        if _VALUE.search(squeezed(head.text)) and not _LABEL.search(squeezed(head.text))
    ]
    first = min((head.col for head in values), default=table.width)
    labels = [
        joined(cell.text) for cell in [*_spanning(table, row), *own] if cell.col < first and not is_figure(cell.text)
    ]
    kept = [
        label for label in labels if len(label) <= LONG and label not in {joined(head.text) for head in reading.headers}
    ]
    for cell in own:
        head = next((head for head in values if head.col <= cell.col <= head.last_col), None)
        if head is not None and cell.col >= first:
            item = tuple(filter(None, (reading.record, *kept)))
            yield Entry(cell, item, (joined(head.text),), tuple(labels))


def _pairs(cells: Sequence[Placed], reading: _Reading, beside: tuple[str, ...]) -> Iterator[Entry]:
    """Label and figure in turn: 基本支出总额|1266.62万元|项目支出总额|1444.88万元."""
    label = ""
    labels = list(beside)
    for cell in cells:
        text = joined(cell.text)
        if own := labelled(text):
            yield Entry(cell, tuple(filter(None, (reading.record, own))), (), (*labels, own))
        elif not label or not is_figure(bare_figure(text)):
            label = text if not is_blank(text) and len(text) <= LONG else ""
            labels.append(label)
        else:
            yield Entry(cell, tuple(filter(None, (reading.record, label))), (), tuple(labels))


def labelled(text: str) -> str:
    """The label of a cell that prints one with its figure and no more; '' otherwise."""
    own = _INLINE.match(squeezed(text))
    return own[0] if own and is_figure(bare_figure(text)) else ""


def bare_figure(text: str) -> str:
    """A target's figure without its bound or label and with its unit out of brackets: ≥95.00(%) → 95.00%."""
    return re.sub(r"[（(]([^（）()\d]+)[)）]$", r"\1", _BOUND.sub("", _INLINE.sub("", squeezed(text)).lstrip(":：")))
