"""PDF file → Pages: visible print as lines and ruled grids, boxes in points of the page as displayed.

Pages are read one at a time and forgotten, so memory does not grow with their number. The only gate to pdfplumber.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page as PlumberPage

from corpus.fact import Origin
from ingest.grids import grids_of
from ingest.lines import Sign, lines_of
from ingest.page import Cell, Grid, Line, Page
from ingest.rulings import rulings_of

__all__ = ["Cell", "Grid", "Line", "MOST_PAGES", "Page", "read_pages"]

MOST_PAGES = 3000
"""A longer file is refused: no disclosure is, and it would hold the shelf for hours."""


def read_pages(path: Path) -> Iterator[Page]:
    """The file's pages in order."""
    with pdfplumber.open(path) as pdf:
        for plumber in pdf.pages:
            yield _page(plumber)
            plumber.close()


def _page(plumber: PlumberPage) -> Page:
    left, top = plumber.bbox[0], plumber.bbox[1]
    signs = [_sign(char, left, top, plumber.height) for char in plumber.chars]
    rulings = rulings_of([*plumber.lines, *plumber.rects], left, top)
    grids, outside = grids_of(signs, rulings, plumber.page_number)
    width, height = float(plumber.width), float(plumber.height)
    return Page(plumber.page_number, width, height, lines_of(outside), grids, Origin.TEXT)


def _sign(char: dict[str, Any], left: float, top: float, height: float) -> Sign:
    return Sign(char["text"], char["x0"] - left, char["x1"] - left, height - char["matrix"][5], char["size"])
