"""A small table written as text → Page: cells parted by |; < goes on from the left, ^ from above."""

from collections.abc import Sequence
from textwrap import dedent

from corpus.disclosure import Disclosure, Kind, Scope
from corpus.fact import Origin
from ingest.page import Cell, Grid, Line, Page

WIDTH, HEIGHT, CHAR = 80.0, 16.0, 9.0
DISCLOSURE = Disclosure("0" * 16, "", "a.pdf", "某局", (), 2024, Kind.FINAL, Scope.DEPARTMENT, 1, (), True)


def drawn(text: str) -> list[list[str]]:
    """Rows of cells; two leading spaces a level of indent are kept, ⏎ breaks a line."""
    lines = [line for line in dedent(text).splitlines() if line.strip()]
    return [[cell.replace("⏎", "\n") for cell in line.split("|")] for line in lines]


def grid_from(text: str, page: int = 1, top: float = 100.0, origin: Origin = Origin.TEXT, left: float = 50.0) -> Grid:
    """A ruled grid as the page reader makes it."""
    rows = drawn(text)
    width = len(rows[0])
    columns = tuple(left + WIDTH * c for c in range(width + 1))
    cells = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell.strip() in ("<", "^"):
                continue
            right = next((k for k in range(c + 1, width) if row[k].strip() != "<"), width)
            below = next((k for k in range(r + 1, len(rows)) if rows[k][c].strip() != "^"), len(rows))
            box = (columns[c], top + HEIGHT * r, columns[right], top + HEIGHT * below)
            indent = (len(cell) - len(cell.lstrip(" "))) * CHAR / 2
            text = cell.strip()
            cells.append(Cell(r, c, below - r, right - c, text, box, left=columns[c] + 2 + indent if text else None))
    box = (columns[0], top, columns[-1], top + HEIGHT * len(rows))
    return Grid(page, box, len(rows), width, tuple(cells), columns, origin)


def line_at(text: str, x: float, top: float, size: float = 10.5) -> Line:
    edges = tuple(x + size * i for i in range(len(text) + 1))
    return Line(text, (x, top, edges[-1], top + size), edges, size)


def page_with(grids: Sequence[Grid], lines: Sequence[Line] = (), number: int = 1) -> Page:
    return Page(number, 595.0, 842.0, tuple(lines), tuple(grids), Origin.TEXT)


def page_from(
    text: str, title: str = "支出决算表", unit: str = "单位：万元", number: int = 1, origin: Origin = Origin.TEXT
) -> Page:
    """A page with a centred title, a unit at the right and one table under them."""
    grid = grid_from(text, number, origin=origin)
    lines = []
    if title:
        middle = (grid.box[0] + grid.box[2]) / 2
        lines.append(line_at(title, middle - len(title) * 8.0, 60.0, 16.0))
    if unit:
        lines.append(line_at(unit, grid.box[2] - 10.5 * len(unit), 84.0))
    return page_with((grid,), lines, number)
