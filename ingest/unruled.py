"""A frame whose rows or columns are not all ruled → the frame with the missing edges put where the numbers stand.

The 石家庄 2018 and 北京 2021 reports rule only the header and the last line: thirty rows stand in one drawn cell.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from ingest.frame import Frame, Span, covers
from ingest.lines import NUMERIC, Sign, rows_of

NUMBER = re.compile(r"[-−—－]?(\d{1,3}([,，]\d{3})+|\d+)(\.\d+)?[%％]?|[-−—－]+")
WRAPPED = 0.9
"""A line of a label nearer than so many ems to a row's numbers belongs to that row."""
NEAR = 0.6
"""… and so does one nearer than this share of the rows' pitch."""
LOOSE = 1.6
"""Two numbers below each other are two rows only when they stand so many ems apart: a wrapped number doesn't."""
FILLED = 0.7
"""Of its cell's width, how much the first line of a broken number takes."""
CLOSE = 1.5
"""Lines of one cell are nearer than so many ems; rows of a table are not."""

Held = Mapping[Span, Sequence[Sign]]


def with_rows(frame: Frame, held: Held) -> Frame:
    """Every row that holds several rows of numbers, cut between them."""
    cuts = {row: _cuts(frame, [s for s in frame.spans if s[0] == row and s[2] == 1], held) for row in range(len(frame.ys) - 1)}
    if not any(cuts.values()):
        return frame
    first = {row: row + sum(len(cuts[above]) for above in range(row)) for row in range(len(frame.ys))}
    spans: list[Span] = []
    for row, col, rowspan, colspan in frame.spans:
        if rowspan == 1:
            spans.extend((first[row] + k, col, 1, colspan) for k in range(len(cuts[row]) + 1))
        else:
            spans.append((first[row], col, first[row + rowspan] - first[row], colspan))
    ys = sorted([*frame.ys, *(y for row in cuts.values() for y in row)])
    return Frame(tuple(ys), frame.xs, tuple(sorted(spans)))


def _cuts(frame: Frame, row: Sequence[Span], held: Held) -> list[float]:
    """Where to cut this ruled row."""
    cells = [(span, rows_of(held[span])) for span in row if span in held]
    lines = [line for _, cell in cells for line in cell]
    numbers = _levels([base for span, cell in cells if span[1] > 0 for base in _numbers(cell, frame.xs[span[1] + span[3]] - frame.xs[span[1]])], lines)
    if len(numbers) < 2:
        return []
    size = median(sign.size for line in lines for sign in line)
    if not _are_rows(numbers, lines, size):
        return []
    pitch = median(b - a for a, b in zip(numbers, numbers[1:], strict=False))
    reach = max(WRAPPED * size, NEAR * pitch)
    alone = [y for y in _levels([line[0].base for line in lines], lines) if min(abs(y - number) for number in numbers) > reach]
    rows = sorted([*numbers, *alone])
    bounds = [_between(a, b, lines) for a, b in zip(rows, rows[1:], strict=False)]
    return [y - 0.3 * size for y in bounds]


def _numbers(lines: Sequence[Sequence[Sign]], width: float) -> list[float]:
    """Where the numbers stand in a cell that holds nothing else; one that is broken in two stands between its lines."""
    texts = ["".join(sign.text for sign in line).strip() for line in lines]
    if all(_goes_on(line, below, width) for line, below in zip(lines, lines[1:], strict=False)) and NUMBER.fullmatch("".join(texts)):
        return [(lines[0][0].base + lines[-1][0].base) / 2] if lines else []
    return [line[0].base for line in lines] if all(NUMBER.fullmatch(text) for text in texts) else []


def _goes_on(line: Sequence[Sign], below: Sequence[Sign], width: float) -> bool:
    """4,733.1|4: a number that fills its narrow cell goes on close below (普陀区生态环境局 2025, printed by a browser)."""
    return line[-1].x1 - line[0].x0 > FILLED * width and below[0].base - line[0].base < CLOSE * line[0].size


def _levels(bases: Sequence[float], lines: Sequence[Sequence[Sign]]) -> list[float]:
    """Distinct baselines, top to bottom."""
    size = median(sign.size for line in lines for sign in line) if bases else 0.0
    levels: list[float] = []
    for base in sorted(bases):
        if not levels or base - levels[-1] > 0.5 * size:
            levels.append(base)
    return levels


def _are_rows(numbers: Sequence[float], lines: Sequence[Sequence[Sign]], size: float) -> bool:
    """Each number has a label beside it, and two are far enough apart to be no wrapped number."""
    labels = [line[0].base for line in lines if any(sign.text not in NUMERIC for sign in line)]
    labelled = sum(any(abs(label - number) < WRAPPED * size for label in labels) for number in numbers)
    apart = len(numbers) > 2 or numbers[1] - numbers[0] > LOOSE * size
    return apart and labelled >= 0.8 * len(numbers)


def _between(upper: float, lower: float, lines: Sequence[Sequence[Sign]]) -> float:
    """Middle of the widest gap between baselines from one row to the next (a label's second line stays above it)."""
    bases = sorted({upper, lower, *(line[0].base for line in lines if upper < line[0].base < lower)})
    gap, start = max((b - a, a) for a, b in zip(bases, bases[1:], strict=False))
    return start + gap / 2


def with_columns(frame: Frame, held: Held) -> Frame:
    """Merged cells in which each column has a number of its own were merged by a missing rule: parted again."""
    spans: list[Span] = []
    for span in frame.spans:
        parted = span[3] > 1 and span[2] == 1 and _one_number_a_column(frame, held.get(span, ()))
        spans.extend([(span[0], c, span[2], 1) for _, c in covers(span)] if parted else [span])
    return replace(frame, spans=tuple(sorted(spans)))


def _one_number_a_column(frame: Frame, signs: Sequence[Sign]) -> bool:
    lines = rows_of(signs)
    if len(lines) != 1 or not all(sign.text in NUMERIC for sign in lines[0]):
        return False
    columns: dict[int, str] = {}
    for sign in lines[0]:
        column = frame.col_of(sign.centre)
        columns[column] = columns.get(column, "") + sign.text
    return len(columns) > 1 and all(NUMBER.fullmatch(text) for text in columns.values())
