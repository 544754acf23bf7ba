"""Grid as drawn → Sections: captions inside its box peeled off, touching tables parted, strips of a frame dropped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.number import parse_cell
from ingest.captions import is_caption, is_note, joined, squeezed, title_in, unit_in
from ingest.page import Cell, Grid

EDGE = 4.0
"""Points by which the same column edge may differ between two pages."""
PARAGRAPH = 80
"""Characters from which a full-width row is a paragraph."""


@dataclass(frozen=True)
class Section:
    """One table's part of a grid, with the title and unit that stand inside the box."""

    grid: Grid
    title: str = ""
    unit: str = ""
    first: bool = True
    """Nothing of another table stands above it in the same box."""
    note: str = ""
    """A note drawn as the last row of the box."""


def sections_of(grid: Grid) -> tuple[Section, ...]:
    """The tables of one grid, top to bottom; () where the grid is a frame around text."""
    grid = _without_strips(grid)
    starts = [0, *(row for row in range(1, grid.rows) if _title_row(grid, row))]
    bounds = zip(starts, [*starts[1:], grid.rows], strict=True)
    parts = [_peeled(rows_between(grid, start, end), start == 0) for start, end in bounds]
    return tuple(part for part in parts if part is not None and part.grid.cols > 1)


def row_cells(grid: Grid, row: int) -> list[Cell]:
    """Cells that begin in a row, left to right."""
    return [cell for cell in grid.cells if cell.row == row]


def rows_between(grid: Grid, start: int, end: int) -> Grid:
    """The grid's rows from `start` to before `end`; a cell spanning the cut stays with the part where it begins."""
    kept = tuple(
        replace(cell, row=cell.row - start, rowspan=min(cell.rowspan, end - cell.row))
        for cell in grid.cells
        if start <= cell.row < end
    )
    top = min((cell.box[1] for cell in kept), default=grid.box[1])
    bottom = max((cell.box[3] for cell in kept), default=grid.box[3])
    return replace(grid, rows=end - start, cells=kept, box=(grid.box[0], top, grid.box[2], bottom))


def _peeled(grid: Grid, first: bool) -> Section | None:
    """Take caption rows off the top: 收支预算总表⏎部门：… 单位：万元 drawn as the first row of the box."""
    title = unit = ""
    while grid.rows > 1 and (lines := _caption_lines(grid)) is not None:
        title = title or next((title_in(line) for line in lines if title_in(line)), "") or _bare_title(lines)
        unit = unit or unit_in(" ".join(lines))
        grid = rows_between(grid, 1, grid.rows)
    grid, note = _without_note(grid)
    return Section(grid, title, unit, first, note) if grid.cells else None


def _without_note(grid: Grid) -> tuple[Grid, str]:
    """Take notes off the foot: full-width rows that begin with 注 or 说明, or run on like a paragraph."""
    notes: list[str] = []
    while grid.rows > 1:
        cells = [cell for cell in row_cells(grid, grid.rows - 1) if cell.text.strip()]
        wide = len(cells) == 1 and cells[0].colspan >= grid.cols and not _covered(grid, grid.rows - 1)
        if not wide or not (is_note(cells[0].text) or len(cells[0].text) > PARAGRAPH):
            break
        notes.insert(0, cells[0].text)
        grid = rows_between(grid, 0, grid.rows - 1)
    return grid, "\n".join(notes)


def _bare_title(lines: list[str]) -> str:
    rest = [joined(line) for line in lines if not is_caption(line)]
    return rest[0] if len(rest) == 1 and len(lines) > 1 else ""


def _caption_lines(grid: Grid) -> list[str] | None:
    """Lines of the first row when they are caption and nothing else; None where the row belongs to the table."""
    cells = [cell for cell in row_cells(grid, 0) if cell.text.strip()]
    lines = [line for cell in cells for line in cell.text.split("\n") if line.strip()]
    if not lines:
        return [] if not _covered(grid, 1) and row_cells(grid, 0) else None
    wide = len(cells) == 1 and cells[0].colspan >= max(2, grid.cols - 1)
    if wide and any(title_in(line) for line in lines):
        return lines
    captions = all(is_caption(line) for line in lines) or (is_caption(lines[0]) and wide)
    return lines if captions and (wide or any(unit_in(line) for line in lines)) else None


def _covered(grid: Grid, row: int) -> bool:
    return any(cell.row < row < cell.row + cell.rowspan for cell in grid.cells)


def _title_row(grid: Grid, row: int) -> bool:
    """A full-width row inside a grid that prints a title: the next table touches the one above."""
    cells = row_cells(grid, row)
    if len(cells) != 1 or cells[0].colspan < grid.cols or _covered(grid, row):
        return False
    lines = cells[0].text.split("\n")
    return any(title_in(line) for line in lines) and parse_cell(cells[0].text) is None and row + 1 < grid.rows


def _without_strips(grid: Grid) -> Grid:
    """Drop an outer column that no text begins in, and columns narrower than a rule's play.

    Learnt from tables whose frame leaves a strip at the left: the strip became a column of its own.
    """
    used = {cell.col for cell in grid.cells if cell.text.strip()}
    narrow = {c for c in range(grid.cols) if grid.columns[c + 1] - grid.columns[c] < EDGE and not _has_places(grid)}
    strip = {0} if any(cell.col == 0 and cell.colspan == 1 for cell in grid.cells) else set()
    drop = (narrow | strip) - used
    return _drop_columns(grid, drop) if drop and len(drop) < grid.cols else grid


def _has_places(grid: Grid) -> bool:
    """Whether the grid comes from a file without pages: its column edges are no points."""
    return any(cell.place for cell in grid.cells[:1])


def _drop_columns(grid: Grid, drop: Iterable[int]) -> Grid:
    gone = set(drop)
    kept = [c for c in range(grid.cols) if c not in gone]
    new = {c: i for i, c in enumerate(kept)}
    cells = []
    for cell in grid.cells:
        span = [c for c in range(cell.col, min(cell.col + cell.colspan, grid.cols)) if c in new]
        if span:
            cells.append(replace(cell, col=new[span[0]], colspan=len(span)))
    columns = (*(grid.columns[c] for c in kept), grid.columns[kept[-1] + 1])
    return replace(grid, cols=len(kept), cells=tuple(cells), columns=columns)


def same_edges(one: Grid, other: Grid) -> bool:
    """Whether two grids have the columns of one table: at least four in five edges of the smaller meet."""
    fewer, more = sorted((one.columns, other.columns), key=len)
    met = sum(any(abs(a - b) <= EDGE for b in more) for a in fewer)
    return len(fewer) > 2 and met >= 0.8 * len(fewer)


def header_text(grid: Grid, rows: int) -> tuple[str, ...]:
    """Texts of the first rows, for comparing a repeated header."""
    return tuple(squeezed(cell.text) for cell in grid.cells if cell.row < rows and cell.text.strip())


def numbered(text: str) -> bool:
    """Whether a label carries its place in a list: 一、 (一) 1. (1)."""
    return (
        re.match(
            r"\s*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d))", text
        )
        is not None
    )
