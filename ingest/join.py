"""Sections of successive pages → Joined: one table over its pages, on one set of columns, repeated headers left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.account import parse_code
from corpus.disclosure import Box
from corpus.fact import Origin
from corpus.number import parse_cell
from ingest.captions import Caption, caption_of, note_under, same_title, squeezed
from ingest.headers import TOTAL, head_rows
from ingest.page import Cell, Grid, Line, Page
from ingest.sections import EDGE, Section, header_text, numbered, row_cells, same_edges, sections_of

TAIL = 4
"""Lines at a page's foot where the next page's table may have its title and unit."""


@dataclass(frozen=True)
class Placed:
    """A cell in the joined table."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    page: int
    box: Box
    score: float
    place: str
    left: float | None

    @property
    def last_col(self) -> int:
        return self.col + self.colspan - 1


@dataclass(frozen=True)
class Joined:
    """A table after its pages were joined; nothing in it is understood yet but its header's height."""

    title: str
    unit: str
    note: str
    origin: Origin
    parts: tuple[tuple[int, Box], ...]
    """Page and box of each part."""
    cells: tuple[Placed, ...]
    height: int
    width: int
    head: int
    """Header rows."""


@dataclass
class _Growing:
    """A table that may go on on the next page."""

    title: str
    unit: str
    sections: list[Section]
    note: str
    last_on_page: bool = True
    columns: list[float] = field(default_factory=list)

    @property
    def grid(self) -> Grid:
        return self.sections[-1].grid


def joined_tables(pages: Iterable[Page]) -> Iterator[Joined]:
    """Every table of a document, in order; one page is held at a time."""
    growing: _Growing | None = None
    tail: tuple[Line, ...] = ()
    for page in pages:
        for placed, (section, caption) in enumerate(_captioned(page, tail)):
            if growing is not None and placed == 0 and _goes_on(growing, section, caption):
                growing.sections.append(section)
            else:
                if growing is not None:
                    yield _finished(growing)
                growing = _Growing(section.title or caption.title, section.unit or caption.unit, [section], "")
            under = note_under(_lines_until_next(page, section.grid), section.grid.box)
            growing.note = "\n".join(filter(None, (section.note, under))) or growing.note
        tail = _tail(page)
    if growing is not None:
        yield _finished(growing)


def _captioned(page: Page, tail: tuple[Line, ...]) -> Iterator[tuple[Section, Caption]]:
    """Each section of the page with the caption read above it; the first may have it on the page before."""
    above = 0.0
    for number, grid in enumerate(sorted(page.grids, key=lambda grid: (round(grid.box[1]), grid.box[0]))):
        for section in sections_of(grid):
            lines = [line for line in page.lines if above - 2 <= line.box[1] and _middle(line) <= grid.box[1] + 3]
            caption = caption_of(lines, grid.box, page) if section.first else Caption()
            if number == 0 and section.first and not caption.title and not caption.blocked and tail:
                before = caption_of(tail, grid.box, page)
                caption = Caption(
                    before.title, caption.unit or before.unit if before.title else caption.unit, before.blocked
                )
            yield section, caption
        above = grid.box[3]


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _tail(page: Page) -> tuple[Line, ...]:
    """The last lines of a page below its last grid: where the next table's title may stand."""
    bottom = max((grid.box[3] for grid in page.grids), default=0.0)
    return tuple(line for line in page.lines if line.box[1] >= bottom - 2)[-TAIL:]


def _lines_until_next(page: Page, grid: Grid) -> list[Line]:
    below = [other.box[1] for other in page.grids if other.box[1] >= grid.box[3] - 2]
    end = min(below, default=float("inf"))
    return [line for line in page.lines if line.box[3] <= end + 2]


def _goes_on(growing: _Growing, section: Section, caption: Caption) -> bool:
    """Whether a page's first table continues the last of the page before: by column edges, never by words alone."""
    last, grid = growing.grid, section.grid
    if grid.page != last.page + 1 or any(cell.place for cell in grid.cells[:1]):
        return False
    title, unit = section.title or caption.title, section.unit or caption.unit
    if (title and not same_title(title, growing.title)) or (unit and unit != growing.unit):
        return False
    repeats = _repeated_header(growing, grid) > 0
    if not (
        same_edges(last, grid) or same_edges(growing.sections[0].grid, grid) or (repeats and grid.cols == last.cols)
    ):
        return False
    if repeats or (title and grid.cols == last.cols):
        return True
    return not caption.blocked and not growing.note and not _starts_new(growing, grid)


def _starts_new(growing: _Growing, grid: Grid) -> bool:
    """A header of its own that differs: another table with the same columns."""
    head = head_rows(grid)
    own = head > 0 and not any(parse_cell(cell.text) is not None for cell in grid.cells if cell.row < head)
    return (
        own
        and len(row_cells(grid, 0)) > 1
        and head_rows(growing.sections[0].grid) > 0
        and _looks_like_header(grid, head)
    )


def _looks_like_header(grid: Grid, head: int) -> bool:
    words = ("项目", "科目", "编码", "预算数", "决算数", "金额", "名称", "序号")
    texts = header_text(grid, head)
    return sum(any(word in text for word in words) for text in texts) * 2 >= len(texts)


def _repeated_header(growing: _Growing, grid: Grid) -> int:
    """Rows of the first part's header that the page repeats; 0 where it goes on without."""
    first = growing.sections[0].grid
    for rows in range(min(head_rows(first), grid.rows - 1), 0, -1):
        if header_text(first, rows) == header_text(grid, rows):
            return rows
    return 0


def _finished(growing: _Growing) -> Joined:
    grids = [section.grid for section in growing.sections]
    columns = _union([grid.columns for grid in grids], grids)
    cells: list[Placed] = []
    height = 0
    breaks: list[int] = []
    for number, grid in enumerate(grids):
        skip = _repeated_header(growing, grid) if number else 0
        breaks += [height] if number else []
        cells.extend(_placed(cell, grid, columns, height - skip) for cell in grid.cells if cell.row >= skip)
        height += grid.rows - skip
    parts = tuple((grid.page, grid.box) for grid in grids)
    origin = grids[0].origin
    return Joined(
        growing.title,
        growing.unit,
        growing.note,
        origin,
        parts,
        tuple(_mended(cells, breaks)),
        height,
        len(columns) - 1,
        head_rows(grids[0]),
    )


def _mended(cells: list[Placed], breaks: list[int]) -> list[Placed]:
    """A name that a page's end cuts in two is one name: 机关事业单位基本养老 / 保险缴费支出."""
    for row in breaks:
        rest = [cell for cell in cells if cell.row == row and cell.text.strip()]
        above = [cell for cell in cells if cell.row == row - 1 and cell.text.strip()]
        if len(rest) != 1 or not _is_rest(rest[0], above):
            continue
        name = next(cell for cell in above if cell.col == rest[0].col)
        whole = replace(name, text=f"{name.text}\n{rest[0].text}")
        cells = [whole if cell is name else replace(cell, text="") if cell is rest[0] else cell for cell in cells]
    return cells


def _is_rest(rest: Placed, above: list[Placed]) -> bool:
    """Words alone under a name that has its code beside it: a row of such a table would print a code of its own."""
    name = next((cell for cell in above if cell.col == rest.col), None)
    coded = any(cell.col < rest.col and parse_code(cell.text) is not None for cell in above)
    words = parse_cell(rest.text) is None and parse_code(rest.text) is None and not numbered(rest.text)
    own = TOTAL.search(squeezed(rest.text)) or squeezed(rest.text).startswith("其中")
    return name is not None and coded and words and not own and parse_cell(name.text) is None


def _union(edges: list[tuple[float, ...]], grids: list[Grid]) -> list[float]:
    """Column edges of all parts as one set; the first part's where all have as many."""
    first = list(edges[0])
    if all(len(other) == len(first) for other in edges) or grids[0].cells[0].place:
        return first
    for other in edges[1:]:
        if len(other) != len(first):
            first.extend(x for x in other if all(abs(x - y) > EDGE for y in first))
    return sorted(first)


def _placed(cell: Cell, grid: Grid, columns: list[float], down: int) -> Placed:
    if len(grid.columns) == len(columns):
        col, colspan = cell.col, cell.colspan
    else:
        col = _nearest(columns, grid.columns[cell.col])
        end = _nearest(columns, grid.columns[min(cell.col + cell.colspan, grid.cols)])
        colspan = max(1, end - col)
    return Placed(
        cell.row + down,
        min(col, len(columns) - 2),
        cell.rowspan,
        colspan,
        cell.text,
        grid.page,
        cell.box,
        cell.score,
        cell.place,
        cell.left,
    )


def _nearest(edges: list[float], x: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - x))
