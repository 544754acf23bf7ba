"""Rulings of one table → Frame: the edges of its rows and columns, and its cells, merged where no rule parts them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Box
from ingest.rulings import Ruling, Rulings

COVERED = 0.6
"""A cell's side is drawn when so much of it is."""
OPEN_SIDE = 6.0
"""Level rules that run so many points past the last upright one have an open column there."""

Span = tuple[int, int, int, int]
"""row, col, rowspan, colspan"""


@dataclass(frozen=True)
class Frame:
    """The lines of one table."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    spans: tuple[Span, ...]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def row_of(self, y: float) -> int:
        return min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)

    def col_of(self, x: float) -> int:
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)

    def box(self, span: Span) -> Box:
        row, col, rowspan, colspan = span
        return (self.xs[col], self.ys[row], self.xs[col + colspan], self.ys[row + rowspan])

    def homes(self) -> dict[tuple[int, int], Span]:
        """Which cell covers each elementary place."""
        return {place: span for span in self.spans for place in covers(span)}


def covers(span: Span) -> list[tuple[int, int]]:
    """The elementary places (row, col) of a merged cell."""
    row, col, rowspan, colspan = span
    return [(r, c) for r in range(row, row + rowspan) for c in range(col, col + colspan)]


def frame_of(part: Rulings) -> Frame | None:
    """None where the rulings bound no area."""
    level, upright = _closed(part)
    ys = tuple(sorted({rule.at for rule in level}))
    xs = tuple(sorted({rule.at for rule in upright}))
    if len(ys) < 2 or len(xs) < 2:
        return None
    return Frame(ys, xs, _spans(ys, xs, level, upright))


def _closed(part: Rulings) -> tuple[list[Ruling], list[Ruling]]:
    """The rulings, with the outer border added on sides where none is drawn (石家庄 2018 has none left and right)."""
    level, upright = list(part.level), list(part.upright)
    top, bottom = min(r.at for r in level), max(r.at for r in level)
    left, right = min(r.at for r in upright), max(r.at for r in upright)
    highest, lowest = min(r.first for r in upright), max(r.last for r in upright)
    leftmost, rightmost = min(r.first for r in level), max(r.last for r in level)
    ends = (min(leftmost, left), max(rightmost, right))
    for y, open_ in ((highest, top - highest), (lowest, lowest - bottom)):
        if open_ > OPEN_SIDE:
            level.append(Ruling(y, *ends))
    heights = (min(highest, top), max(lowest, bottom))
    for x, open_ in ((leftmost, left - leftmost), (rightmost, rightmost - right)):
        if open_ > OPEN_SIDE:
            upright.append(Ruling(x, *heights))
    return level, upright


def _spans(
    ys: Sequence[float], xs: Sequence[float], level: Sequence[Ruling], upright: Sequence[Ruling]
) -> tuple[Span, ...]:
    """Elementary cells with no rule between them are one; what is then no rectangle is cut into rectangles."""
    walls = {x: [r for r in upright if r.at == x] for x in xs}
    floors = {y: [r for r in level if r.at == y] for y in ys}
    open_right = {
        (r, c)
        for r in range(len(ys) - 1)
        for c in range(len(xs) - 2)
        if not _drawn(walls[xs[c + 1]], ys[r], ys[r + 1])
    }
    open_down = {
        (r, c)
        for r in range(len(ys) - 2)
        for c in range(len(xs) - 1)
        if not _drawn(floors[ys[r + 1]], xs[c], xs[c + 1])
    }
    groups = _groups(len(ys) - 1, len(xs) - 1, open_right, open_down)
    return tuple(sorted(span for group in groups for span in _rectangles(group)))


def _drawn(rules: Sequence[Ruling], first: float, last: float) -> bool:
    covered = sum(max(0.0, min(rule.last, last) - max(rule.first, first)) for rule in rules)
    return covered >= COVERED * (last - first)


def _groups(
    rows: int, cols: int, open_right: set[tuple[int, int]], open_down: set[tuple[int, int]]
) -> list[set[tuple[int, int]]]:
    home = {(r, c): {(r, c)} for r in range(rows) for c in range(cols)}
    for row, col in sorted(open_right | open_down):
        for neighbour, is_open in (((row, col + 1), open_right), ((row + 1, col), open_down)):
            if (row, col) in is_open and home[neighbour] is not home[row, col]:
                home[row, col] |= home[neighbour]
                home.update(dict.fromkeys(home[neighbour], home[row, col]))
    return list({id(group): group for group in home.values()}.values())


def _rectangles(group: set[tuple[int, int]]) -> list[Span]:
    """Runs of a row, joined downwards where the same run goes on."""
    going: dict[tuple[int, int], int] = {}
    done: list[Span] = []
    for row in range(min(r for r, _ in group), max(r for r, _ in group) + 2):
        runs = _runs(sorted(c for r, c in group if r == row))
        for run in [run for run in going if run not in runs]:
            start = going.pop(run)
            done.append((start, run[0], row - start, run[1] - run[0] + 1))
        for run in runs:
            going.setdefault(run, row)
    return done


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
