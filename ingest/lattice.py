"""Cells and rules seen on a picture → Lattice: the edges of a ruled table and which cells are merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from ingest.picture import Mask

DRAWN = 0.9
"""A rule is there when so much of its length is inked; a column of text never is."""
REACH = 4
"""Pixels that a rule may stand off its edge: edges are the mean of all rules on them."""

Span = tuple[int, int, int, int]
"""row, col, rowspan, colspan"""


@dataclass(frozen=True)
class Lattice:
    """A ruled table in pixels: its edges, and its cells, merged ones once."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Span, ...]


def lattice_of(cells: Sequence[tuple[int, int, int, int]]) -> Lattice:
    """Rectangles that share edges; the smaller wins where two overlap, and what none covers is a cell by itself."""
    xs = sorted({x for cell in cells for x in (cell[0], cell[2])})
    ys = sorted({y for cell in cells for y in (cell[1], cell[3])})
    taken: set[tuple[int, int]] = set()
    spans: list[Span] = []
    for x0, top, x1, bottom in sorted(set(cells), key=lambda c: (c[2] - c[0]) * (c[3] - c[1])):
        row, col = ys.index(top), xs.index(x0)
        span = (row, col, ys.index(bottom) - row, xs.index(x1) - col)
        slots = {(row + i, col + k) for i in range(span[2]) for k in range(span[3])}
        if slots and not slots & taken:
            taken |= slots
            spans.append(span)
    spans += [(r, c, 1, 1) for r in range(len(ys) - 1) for c in range(len(xs) - 1) if (r, c) not in taken]
    return Lattice(tuple(map(float, xs)), tuple(map(float, ys)), tuple(sorted(spans)))


def split_by_rules(lattice: Lattice, ink: Mask) -> Lattice:
    """Merged cells parted where a rule is drawn through them.

    Line finders overlook rules as short as one low row: 功能分类科目编码 | 科目名称 under a common 项目 came out as
    one cell on a page where nothing else stood in those two columns.
    """
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    cells = [part for span in lattice.cells for part in _parts(span, lattice, np.asarray(thick, dtype=np.uint8))]
    return Lattice(lattice.xs, lattice.ys, tuple(sorted(cells)))


def _parts(span: Span, lattice: Lattice, ink: Mask) -> list[Span]:
    row, col, rowspan, colspan = span
    if rowspan == colspan == 1:
        return [span]
    left, right = lattice.xs[col], lattice.xs[col + colspan]
    top, bottom = lattice.ys[row], lattice.ys[row + rowspan]
    cols = [k for k in range(col + 1, col + colspan) if _ruled(ink, lattice.xs[k], top, bottom)]
    rows = [k for k in range(row + 1, row + rowspan) if _ruled(ink.T, lattice.ys[k], left, right)]
    rows, cols = [row, *rows, row + rowspan], [col, *cols, col + colspan]
    return [(r, c, r_end - r, c_end - c) for r, r_end in pairwise(rows) for c, c_end in pairwise(cols)]


def _ruled(ink: Mask, at: float, start: float, end: float) -> bool:
    """An upright rule stands at x = `at` from `start` to `end` (on the transposed mask: a level one)."""
    first, last = round(start) + REACH, round(end) - REACH
    near = ink[max(first, 0) : max(last, 0), max(round(at) - REACH, 0) : round(at) + REACH + 1]
    return bool(near.size) and float((near > 0).mean(axis=0).max()) >= DRAWN
