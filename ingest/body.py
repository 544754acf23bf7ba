"""A page laid out from the paragraphs and tables of a file that has no pages: one above the other, in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.disclosure import Box
from corpus.fact import Origin
from ingest.page import Cell, Grid, Line, Page

MARGIN = 72.0
LEADING = 2.0
"""Line step in font sizes: wide, so that no two paragraphs look like one."""
SIZE = 10.5
"""小五 to 五号: the usual body size, where the file names none."""
FREE = 0.1
"""Share of the content's height left free at top and foot, where running heads and page numbers are looked for."""
ROW = 14.0
COLUMN = 72.0
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, a heading, or a title printed above a table."""

    text: str
    place: str
    size: float = SIZE


@dataclass(frozen=True)
class Cells:
    """A table of rows × cols; every position is covered by exactly one cell, blank ones too.

    The cells have no box yet, and their `left` is the indent of their text.
    """

    rows: int
    cols: int
    cells: tuple[Cell, ...]


Block = Paragraph | Cells


def page_of(number: int, blocks: Iterable[Block], origin: Origin, notes: tuple[str, ...] = ()) -> Page:
    """The blocks one above the other; boxes only say the order, `place` says where a reader finds it."""
    kept = tuple(blocks)
    height = sum(_height(block) for block in kept)
    top = edge = max(MARGIN, height * FREE)
    lines: list[Line] = []
    grids: list[Grid] = []
    for block in kept:
        if isinstance(block, Paragraph):
            lines.append(_line(block, top))
        else:
            grids.append(_grid(block, number, top, origin))
        top += _height(block)
    right = max([line.box[2] for line in lines] + [grid.box[2] for grid in grids], default=MARGIN)
    return Page(number, right + MARGIN, top + edge, tuple(lines), tuple(grids), origin, notes)


def _height(block: Block) -> float:
    """What the block takes of the page, the space below it included."""
    return block.size * LEADING if isinstance(block, Paragraph) else _tops(block, 0.0)[-1] + ROW


def _line(paragraph: Paragraph, top: float) -> Line:
    """A paragraph on one line however long it is: nothing breaks it."""
    edges = tuple(MARGIN + at * paragraph.size for at in range(len(paragraph.text) + 1))
    box = (edges[0], top, edges[-1], top + paragraph.size)
    return Line(paragraph.text, box, edges, paragraph.size, place=paragraph.place)


def _grid(table: Cells, page: int, top: float, origin: Origin) -> Grid:
    """Rows as high as their tallest cell, columns of one width."""
    columns = tuple(MARGIN + at * COLUMN for at in range(table.cols + 1))
    tops = _tops(table, top)
    cells = tuple(_set(cell, _box(cell, columns, tops)) for cell in table.cells)
    return Grid(page, (columns[0], top, columns[-1], tops[-1]), table.rows, table.cols, cells, columns, origin)


def _set(cell: Cell, box: Box) -> Cell:
    """The cell in its box, its text beginning at its indent."""
    return replace(cell, box=box, left=None if cell.left is None else box[0] + cell.left)


def _box(cell: Cell, columns: tuple[float, ...], tops: tuple[float, ...]) -> Box:
    """Where the cell stands on the laid out page."""
    return (columns[cell.col], tops[cell.row], columns[cell.col + cell.colspan], tops[cell.row + cell.rowspan])


def _tops(table: Cells, top: float) -> tuple[float, ...]:
    """rows + 1 y-positions of the row edges."""
    heights = [1] * table.rows
    for cell in table.cells:
        heights[cell.row] = max(heights[cell.row], (cell.text.count("\n") + 1) if cell.rowspan == 1 else 1)
    tops = [top]
    for height in heights:
        tops.append(tops[-1] + height * ROW)
    return tuple(tops)
