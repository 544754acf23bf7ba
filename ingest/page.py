"""Line, Cell, Grid, Page: what every reader of a file makes, with the place of each on its page."""

from dataclasses import dataclass

from corpus.disclosure import Box
from corpus.fact import Origin


@dataclass(frozen=True)
class Line:
    """A line of print, its numbers kept in their sentence."""

    text: str
    box: Box
    edges: tuple[float, ...]
    """len(text) + 1 x-positions: the left edge of each character and the right edge of the last."""
    size: float
    """Font size in points (for OCR: the height of the line)."""
    score: float = 1.0
    """OCR confidence 0..1; 1.0 from the text layer."""
    place: str = ""
    """Where it stands in a file without pages: `第12段`, `Sheet1!A3`; '' on a page."""


@dataclass(frozen=True)
class Cell:
    """A cell of a grid; a merged cell stands once, with its spans."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    """As printed, its lines joined with '\\n'."""
    box: Box
    score: float = 1.0
    place: str = ""
    """Where it stands in a file without pages: `Sheet1!C5`, `第2表第3行第4列`; '' on a page."""
    left: float | None = None
    """x0 of its first character (a label's indent tells its level); None where unknown."""


@dataclass(frozen=True)
class Grid:
    """A table as drawn on one page: nothing titled, joined or understood yet."""

    page: int
    box: Box
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    columns: tuple[float, ...]
    """cols + 1 x-positions of the column edges."""
    origin: Origin


@dataclass(frozen=True)
class Page:
    """One page: its lines outside grids in reading order, and its grids."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    origin: Origin
    """TEXT, or OCR where the page's picture was read."""
    notes: tuple[str, ...] = ()
    """What was left out or could not be read, in Chinese for the reader (hidden rows, a formula without its result)."""
