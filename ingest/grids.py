"""Rulings and signs of a page → grids: tables as drawn, with merged cells, and the signs that stand in no table."""

import re
from collections.abc import Sequence

from corpus.fact import Origin
from ingest.frame import Frame, Span, frame_of
from ingest.lines import NUMERIC, Sign, lines_of, rows_of
from ingest.page import Cell, Grid, Line
from ingest.rulings import Rulings, connected
from ingest.unruled import CLOSE, FILLED, with_columns, with_rows

WORD = 0.15
"""Digits closer than so many ems are one number and stand in one cell, also where it runs over the cell's edge."""


def grids_of(signs: Sequence[Sign], rulings: Rulings, page: int) -> tuple[tuple[Grid, ...], list[Sign]]:
    """The page's grids, top to bottom, and the signs outside them. A frame of one cell or one column is no table."""
    frames = [frame for part in connected(rulings) if (frame := frame_of(part)) and _is_table(frame)]
    inside: dict[int, list[Sign]] = {k: [] for k in range(len(frames))}
    outside: list[Sign] = []
    for sign in signs:
        homes = [k for k, frame in enumerate(frames) if frame.holds(sign.centre, sign.middle)]
        (inside[min(homes, key=lambda k: frames[k].area)] if homes else outside).append(sign)
    inked = [k for k in inside if any(not sign.text.isspace() for sign in inside[k])]
    return tuple(_grid(frames[k], inside[k], page) for k in inked), outside


def _is_table(frame: Frame) -> bool:
    return len(frame.spans) > 1 and len(frame.xs) > 2


def _grid(frame: Frame, signs: Sequence[Sign], page: int) -> Grid:
    words = [word for row in rows_of(signs) for word in _words(row)]
    held = _held(frame, words)
    for with_edges in (with_columns, with_rows):
        edged = with_edges(frame, held)
        if edged != frame:
            frame, held = edged, _held(edged, words)
    cells = tuple(_cell(frame, span, held.get(span, [])) for span in frame.spans)
    box = (frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1])
    return Grid(page, box, len(frame.ys) - 1, len(frame.xs) - 1, cells, frame.xs, Origin.TEXT)


def _held(frame: Frame, words: Sequence[Sequence[Sign]]) -> dict[Span, list[Sign]]:
    """The signs of each cell."""
    homes = frame.homes()
    held: dict[Span, list[Sign]] = {}
    for word in words:
        x = (word[0].x0 + word[-1].x1) / 2
        held.setdefault(homes[frame.row_of(word[0].middle), frame.col_of(x)], []).extend(word)
    return held


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


def _cell(frame: Frame, span: Span, signs: Sequence[Sign]) -> Cell:
    lines = lines_of(signs)
    left = min((line.box[0] for line in lines), default=None)
    return Cell(*span, ("" if _is_broken(lines, frame, span) else "\n").join(line.text for line in lines), frame.box(span), left=left)


_BROKEN = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\n\.\d\d|\.\n\d\d|\.\d\n\d)")
"""A sum to two decimals whose last digits had no room; 12|34 may be two figures and stays two."""


def _is_broken(lines: Sequence[Line], frame: Frame, span: Span) -> bool:
    """13,103.0|7: one number that fills its narrow cell and goes on close below."""
    if not _BROKEN.fullmatch("\n".join(line.text for line in lines)):
        return False
    (first, below), box = lines, frame.box(span)
    return first.box[2] - first.box[0] > FILLED * (box[2] - box[0]) and below.box[3] - first.box[3] < CLOSE * first.size
