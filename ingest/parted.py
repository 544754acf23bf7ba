"""Paragraphs and tables parted from a sheet of cells: titles above, tables side by side or stacked, notes below.

A sheet (or a table of a Word file) is drawn as one grid but often holds more: its title, number and unit in rows of
their own; 附表1 to 附表5 under each other in one Word table; three tables side by side under three merged titles.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.body import NOWHERE, SIZE, Block, Cells, Paragraph
from ingest.page import Cell

Place = Callable[[int, int], str]
"""(row, col), 0-based as in the file → the words that tell a reader where the cell stands."""

MAX_CELLS = 1_000_000
"""Cells of one table, blanks included; more is no table that anyone published."""
WIDE = 0.6
"""Share of the columns that a cell must span to count as a title over the whole table."""
LONG_NOTE = 20

NUMBERED = re.compile(r"^\s*((附|续)?表\s*[（(]?[0-9一二三四五六七八九十百]+([-—–][0-9]+)*[）)]?"
                      r"|附件\s*[0-9一二三四五六七八九十]*|[公预决][开算]\s*[0-9]+\s*表)\s*[：:]?\s*$")  # fmt: skip
UNIT = re.compile(r"(^|[\s　（(])(金额)?单\s*位\s*[：:]\s*(人民币)?[百千]?[十百千万亿]*元")
LABEL = re.compile(r"^\s*(编制|填报|公开|预算)?\s*(部门|单位|日期|年度|时间)(名称|代码)?\s*[：:(（]"
                   r"|^\s*[0-9]{4}\s*年度?\s*$")  # fmt: skip
TITLE = re.compile(r"表\s*([（(][^）)]*[）)])?\s*$")
FORM = re.compile(r"^\s*[0-9一二三四五六七八九十]+[、.．]")
NOTE = re.compile(r"^\s*[（(]?(备?注|说明|填表说明|编制说明|本表|★|※|\*)\s*[0-9]*\s*[：:、.．）)为是反按中]?")
FIGURE = re.compile(r"^[-−(（]?[¥￥]?[\d,，]+(\.\d+)?[%％)）]?$")

Rows = list[list[Cell]]


def parted(cells: Iterable[Cell], place: Place) -> list[Block]:
    """The blocks of a sheet in reading order. Each given cell has row, col and spans as the file counts them."""
    filled = sorted((cell for cell in cells if cell.text.strip()), key=lambda cell: (cell.row, cell.col))
    return [block for stack in _beside(filled) for part in _stacked(_rows(stack)) for block in _blocks(part, place)]


def _rows(cells: Iterable[Cell]) -> Rows:
    """The filled cells by the row that they start in."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows)]


def _beside(cells: list[Cell]) -> list[list[Cell]]:
    """Part tables that stand side by side: two or more titles in one row, each over columns of its own."""
    titles = next((row for row in _rows(cells) if _side_titles(row)), None)
    if titles is None:
        return [cells]
    starts = [min(cell.col for cell in cells), *(cell.col for cell in titles[1:])]
    if any(cell.col < start < cell.col + cell.colspan for cell in cells for start in starts):
        return [cells]
    ends = [*starts[1:], max(cell.col for cell in cells) + 1]
    return [[cell for cell in cells if start <= cell.col < end] for start, end in zip(starts, ends, strict=True)]


def _side_titles(row: list[Cell]) -> bool:
    """Whether the row holds nothing but titles, each merged over several columns."""
    return len(row) > 1 and all(cell.colspan > 1 and TITLE.search(cell.text) and len(cell.text) > 5 for cell in row)


def _stacked(rows: Rows) -> list[Rows]:
    """Part tables that stand under each other: a new one begins where a run of banners names a table."""
    banners = _banners(rows)
    parts: list[Rows] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and banners[end]:
            end += 1
        if not parts or any(_names_table(row) for row in rows[at:end]):
            parts.append([])
        parts[-1].extend(rows[at : end + 1])
        at = end + 1
    return parts


def _banners(rows: Rows) -> list[bool]:
    """Which rows are banners; a title that is not merged is one only over another banner, else it may be an item."""
    width = _width(rows)
    banners = [_banner(row, width) for row in rows]
    for at in range(len(rows) - 2, -1, -1):
        banners[at] = banners[at] or (banners[at + 1] and len(rows[at]) == 1 and _title(rows[at][0].text))
    return banners


def _width(rows: Rows) -> int:
    """Columns from the first to the last filled cell."""
    cells = [cell for row in rows for cell in row]
    if not cells:
        return 0
    return max(cell.col + cell.colspan for cell in cells) - min(cell.col for cell in cells)


def _banner(row: list[Cell], width: int) -> bool:
    """A row that is no row of a table: a title, its number, its unit, or who made it."""
    if any(FIGURE.match(cell.text.strip()) for cell in row):
        return False
    if len(row) > 1 or _named_so(row[0].text):
        return all(_named_so(cell.text) or _title(cell.text) for cell in row)
    return row[0].rowspan == 1 and row[0].colspan >= WIDE * width


def _named_so(text: str) -> bool:
    """A table's number, unit or maker: what stands above a table and never in a row of it."""
    return any(sign.search(text) for sign in (NUMBERED, UNIT, LABEL))


def _title(text: str) -> bool:
    """A table's name: ends with 表."""
    return len(text.strip()) > 2 and bool(TITLE.search(text))


def _names_table(row: list[Cell]) -> bool:
    """A banner that only stands where a table begins; a merged 一般债务 inside a table does not."""
    texts = [cell.text for cell in row]
    return any(NUMBERED.search(text) or UNIT.search(text) or (_title(text) and not FORM.match(text)) for text in texts)


def _blocks(rows: Rows, place: Place) -> list[Block]:
    """Lines above, the table, lines below."""
    width = _width(rows)
    first = next((at for at, row in enumerate(rows) if not _above(row, width)), len(rows))
    last = len(rows)
    while last > first and _note(rows[last - 1], width):
        last -= 1
    middle = rows[first:last]
    single = len({cell.col for row in middle for cell in row}) < 2
    table = _paragraphs(middle, place) if single else [_cells(middle, place)]
    return [*_paragraphs(rows[:first], place), *table, *_paragraphs(rows[last:], place)]


def _above(row: list[Cell], width: int) -> bool:
    """Above the header a single text is a title even where it is centred without being merged."""
    alone = len(row) == 1 and row[0].rowspan == 1 and not FIGURE.match(row[0].text.strip())
    return alone or _banner(row, width)


def _note(row: list[Cell], width: int) -> bool:
    """A row under the table that holds one text and no figure: 注：…"""
    if len(row) != 1 or FIGURE.match(row[0].text.strip()):
        return False
    text = row[0].text.strip()
    return bool(NOTE.match(text)) or (row[0].colspan >= WIDE * width and len(text) >= LONG_NOTE)


def _paragraphs(rows: Rows, place: Place) -> list[Block]:
    """Every line of every cell on its own."""
    return [
        Paragraph(line.strip(), cell.place or place(cell.row, cell.col))
        for row in rows
        for cell in row
        for line in cell.text.split("\n")
        if line.strip()
    ]


def _cells(rows: Rows, place: Place) -> Cells:
    """A table without the rows and columns in which no cell begins; gaps filled with blank cells."""
    used = [cell for row in rows for cell in row]
    row_at, col_at = sorted({cell.row for cell in used}), sorted({cell.col for cell in used})
    if len(row_at) * len(col_at) > MAX_CELLS:
        raise OverflowError(f"{len(row_at)} 行 × {len(col_at)} 列")
    squeezed = [_squeezed(cell, row_at, col_at, place) for cell in used]
    covered = {position for cell in squeezed for position in _positions(cell)}
    blanks = [
        Cell(row, col, 1, 1, "", NOWHERE, place=place(row_at[row], col_at[col]))
        for row in range(len(row_at))
        for col in range(len(col_at))
        if (row, col) not in covered
    ]
    whole = sorted([*squeezed, *blanks], key=lambda cell: (cell.row, cell.col))
    return Cells(len(row_at), len(col_at), tuple(whole))


def _positions(cell: Cell) -> list[tuple[int, int]]:
    """The grid positions that the cell covers."""
    return [(cell.row + down, cell.col + right) for down in range(cell.rowspan) for right in range(cell.colspan)]


def _squeezed(cell: Cell, row_at: Sequence[int], col_at: Sequence[int], place: Place) -> Cell:
    """The cell counted in the rows and columns that are kept."""
    row, col = bisect_left(row_at, cell.row), bisect_left(col_at, cell.col)
    down, right = bisect_left(row_at, cell.row + cell.rowspan), bisect_left(col_at, cell.col + cell.colspan)
    return replace(
        cell, row=row, col=col, rowspan=down - row, colspan=right - col, text=_trimmed(cell.text),
        place=cell.place or place(cell.row, cell.col), left=(cell.left or 0.0) + _indent(cell.text),
    )  # fmt: skip


def _trimmed(text: str) -> str:
    """The text without the blanks that indent and pad it."""
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def _indent(text: str) -> float:
    """Points by which leading blanks set the text in: labels tell their level so."""
    blanks = text[: len(text) - len(text.lstrip())]
    return sum(SIZE if blank == "\u3000" else SIZE / 2 for blank in blanks)
