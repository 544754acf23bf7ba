"""Rulings and signs of a page → grids: tables as drawn, with merged cells, and the signs that stand in no table."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fact import Origin
from ingest.lines import NUMERIC, Sign, lines_of, rows_of
from ingest.page import Cell, Grid
from ingest.rulings import Ruling, Rulings, connected

COVERED = 0.6
"""A cell's side is drawn when so much of it is."""
OPEN_SIDE = 6.0
"""Level rules that run so many points past the last upright one have an open column there."""
WORD = 0.15
"""Signs closer than so many ems are one word and stand in one cell, also where it runs over the cell's edge."""

Span = tuple[int, int, int, int]
"""row, col, rowspan, colspan"""


@dataclass(frozen=True)
class Frame:
    """The lines of one table: edges of its rows and columns, and its cells."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    spans: tuple[Span, ...]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def grids_of(signs: Sequence[Sign], rulings: Rulings, page: int) -> tuple[tuple[Grid, ...], list[Sign]]:
    """The page's grids, top to bottom, and the signs outside them. A frame of one cell or one column is no table."""
    frames = [frame for part in connected(rulings) if (frame := _frame(part)) and _is_table(frame)]
    inside: dict[int, list[Sign]] = {k: [] for k in range(len(frames))}
    outside: list[Sign] = []
    for sign in signs:
        homes = [k for k, frame in enumerate(frames) if frame.holds(sign.centre, sign.middle)]
        (inside[min(homes, key=lambda k: frames[k].area)] if homes else outside).append(sign)
    grids = []
    for k, frame in enumerate(frames):
        if any(not sign.text.isspace() for sign in inside[k]):
            grids.append(_grid(frame, inside[k], page))
    return tuple(grids), outside


def _is_table(frame: Frame) -> bool:
    return len(frame.spans) > 1 and len(frame.xs) > 2


def _frame(part: Rulings) -> Frame | None:
    """Edges and merged cells of one table's rulings."""
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
    rows, cols = len(ys) - 1, len(xs) - 1
    walls = {x: [r for r in upright if r.at == x] for x in xs}
    floors = {y: [r for r in level if r.at == y] for y in ys}
    home = {(r, c): (r, c) for r in range(rows) for c in range(cols)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while home[cell] != cell:
            cell = home[cell]
        return cell

    for r in range(rows):
        for c in range(cols):
            if c + 1 < cols and not _drawn(walls[xs[c + 1]], ys[r], ys[r + 1]):
                home[root((r, c + 1))] = root((r, c))
            if r + 1 < rows and not _drawn(floors[ys[r + 1]], xs[c], xs[c + 1]):
                home[root((r + 1, c))] = root((r, c))
    groups: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for cell in home:
        groups.setdefault(root(cell), set()).add(cell)
    return tuple(sorted(span for group in groups.values() for span in _rectangles(group)))


def _drawn(rules: Sequence[Ruling], first: float, last: float) -> bool:
    covered = sum(max(0.0, min(rule.last, last) - max(rule.first, first)) for rule in rules)
    return covered >= COVERED * (last - first)


def _rectangles(group: set[tuple[int, int]]) -> list[Span]:
    """Runs of a row, joined downwards where the same run goes on."""
    open_: dict[tuple[int, int], int] = {}
    done: list[Span] = []
    for row in range(min(r for r, _ in group), max(r for r, _ in group) + 2):
        runs = _runs(sorted(c for r, c in group if r == row))
        for run in [run for run in open_ if run not in runs]:
            start = open_.pop(run)
            done.append((start, run[0], row - start, run[1] - run[0] + 1))
        for run in runs:
            open_.setdefault(run, row)
    return done


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _grid(frame: Frame, signs: Sequence[Sign], page: int) -> Grid:
    frame, held = _settled(frame, signs)
    cells = tuple(_cell(frame, span, held.get(span, [])) for span in frame.spans)
    box = (frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1])
    return Grid(page, box, len(frame.ys) - 1, len(frame.xs) - 1, cells, frame.xs, Origin.TEXT)


def _settled(frame: Frame, signs: Sequence[Sign]) -> tuple[Frame, dict[Span, list[Sign]]]:
    """The signs put into their cells, word by word."""
    at = {cell: span for span in frame.spans for cell in _covers(span)}
    held: dict[Span, list[Sign]] = {}
    for word in (word for row in rows_of(signs) for word in _words(row)):
        x, y = (word[0].x0 + word[-1].x1) / 2, word[0].middle
        if word[0].text not in NUMERIC:
            for sign in word:
                held.setdefault(at[_row_of(frame, sign.middle), _col_of(frame, sign.centre)], []).append(sign)
        else:
            held.setdefault(at[_row_of(frame, y), _col_of(frame, x)], []).extend(word)
    return frame, held


def _covers(span: Span) -> list[tuple[int, int]]:
    row, col, rowspan, colspan = span
    return [(r, c) for r in range(row, row + rowspan) for c in range(col, col + colspan)]


def _words(row: Sequence[Sign]) -> list[list[Sign]]:
    """Numbers whole (they may run over their cell's edge), other signs one by one."""
    words: list[list[Sign]] = []
    for sign in row:
        near = words and sign.x0 - words[-1][-1].x1 <= WORD * sign.size
        if near and sign.text in NUMERIC and words[-1][-1].text in NUMERIC:
            words[-1].append(sign)
        else:
            words.append([sign])
    return words


def _row_of(frame: Frame, y: float) -> int:
    return min(max(bisect_right(frame.ys, y) - 1, 0), len(frame.ys) - 2)


def _col_of(frame: Frame, x: float) -> int:
    return min(max(bisect_right(frame.xs, x) - 1, 0), len(frame.xs) - 2)


def _cell(frame: Frame, span: Span, signs: Sequence[Sign]) -> Cell:
    row, col, rowspan, colspan = span
    box = (frame.xs[col], frame.ys[row], frame.xs[col + colspan], frame.ys[row + rowspan])
    lines = lines_of(signs)
    left = min((line.box[0] for line in lines), default=None)
    return Cell(row, col, rowspan, colspan, "\n".join(line.text for line in lines), box, left=left)
