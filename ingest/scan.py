"""A page (or a picture on it) without a usable text layer → Page with lines and grids, read by OCR."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from corpus.disclosure import Box
from corpus.fact import Origin
from ingest.lattice import Lattice, split_by_rules
from ingest.misread import SURE, is_numeric, settle, tidy
from ingest.ocr import Reading, Word, engine_errors, find_lattices, read_strips, read_words
from ingest.page import Cell, Grid, Line, Page
from ingest.picture import LEAST_SIDE, Mask, Picture, Upright, ink_in, ink_of, picture_from, upright, without_seals

RULE = 3
"""Pixels beside a cell's edge that belong to its rule."""
PAD = 4
"""Pixels of paper left around a strip: the recogniser drops characters that touch its edge."""
LEAST_INK = 6
"""Pixels of ink that are a printed sign (a dash of 9 pt at 100 dpi has 8); less is dirt."""
APART = 1.5
"""Runs of print further apart than so many line heights are two lines (部门：… and 单位：万元 on one level)."""

UNSURE = 0.85
"""Mean confidence below which a page may stand on its head; print the right way up gives 0.95 and more."""
BEST = 0.999
"""Score of the surest line: 1.0 is kept for text layers, so a line says by itself that it was read by OCR."""

Strip = tuple[int, int, int, int]
"""x0, top, x1, bottom of one line of print within a cell, in pixels."""


@dataclass(frozen=True)
class Slot:
    """One cell of a lattice in pixels, with the words that the page's reading put into it."""

    row: int
    col: int
    rowspan: int
    colspan: int
    area: tuple[int, int, int, int]
    words: tuple[Word, ...]
    torn: bool
    """A word ran over this cell's edge, so the page's reading of it can't be used."""


def ocr_page(image: Image.Image | NDArray[Any], number: int, width: float, height: float) -> Page:
    """Page `number`, `width` × `height` points, from its picture."""
    with engine_errors():
        lines, grids = ocr_part(image, number, (0.0, 0.0, width, height))
    return Page(number, width, height, lines, grids, Origin.OCR)


def ocr_part(image: Image.Image | NDArray[Any], number: int, part: Box) -> tuple[tuple[Line, ...], tuple[Grid, ...]]:
    """Lines and grids of a picture that covers `part` of page `number`, placed on the page."""
    drawn, words = _best_way_up(picture_from(image), part)
    ink = ink_of(drawn.picture)
    lattices = [split_by_rules(lattice, ink) for lattice in find_lattices(drawn.picture, words)]
    # A seal takes the rules with it where it covers them, so tables are sought on the picture as it was drawn.
    level = replace(drawn, picture=without_seals(drawn.picture))
    grids = tuple(_grid(lattice, words, level, number) for lattice in lattices)
    outside = [word for word in words if not any(_inside(word, lattice) for lattice in lattices)]
    return _lines(outside, level), grids


def _best_way_up(picture: Picture, part: Box) -> tuple[Upright, tuple[Word, ...]]:
    """The picture and its words as they read best; other ways up are tried only where this one reads badly."""
    level = upright(picture, part)
    words = read_words(without_seals(level.picture))
    lying = _share(words, [word.bottom - word.top > 1.5 * (word.x1 - word.x0) for word in words])
    if not words or (lying < 0.5 and _confidence(words) >= UNSURE):
        return level, words
    others = [upright(picture, part, quarters) for quarters in ((1, 3) if lying >= 0.5 else (2,))]
    tried = [(level, words), *((other, read_words(without_seals(other.picture))) for other in others)]
    return max(tried, key=lambda way: _confidence(way[1]))


def _confidence(words: Sequence[Word]) -> float:
    """Mean confidence of the characters that are read."""
    sure = [value for word in words for value in word.reading.sure]
    return sum(sure) / len(sure) if sure else 0.0


def _share(words: Sequence[Word], chosen: Sequence[bool]) -> float:
    """Share of the print, by its length, that is chosen."""
    long = [max(word.x1 - word.x0, word.bottom - word.top) for word in words]
    return sum(length for length, picked in zip(long, chosen, strict=True) if picked) / max(sum(long), 1.0)


def _inside(word: Word, lattice: Lattice) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return lattice.xs[0] <= x <= lattice.xs[-1] and lattice.ys[0] <= y <= lattice.ys[-1]


def _grid(lattice: Lattice, words: Sequence[Word], level: Upright, number: int) -> Grid:
    """The lattice with its cells read: by the page's words, and where that is not enough by the cell's own ink."""
    slots = _slots(lattice, [word for word in words if _inside(word, lattice)])
    strips = [_strips(slot, level.picture) if _wants_second_look(slot) else [] for slot in slots]
    least = _usual_height(words)
    readings = iter(read_strips([_cut(level.picture, box, least) for boxes in strips for box in boxes]))
    pairs = list(zip(slots, strips, strict=True))
    cells = [_cell(slot, boxes, [next(readings) for _ in boxes], level, least) for slot, boxes in pairs]
    middle = (lattice.ys[0] + lattice.ys[-1]) / 2
    box = level.box(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
    columns = tuple(level.x(x, middle) for x in lattice.xs)
    return Grid(number, box, len(lattice.ys) - 1, len(lattice.xs) - 1, tuple(cells), columns, Origin.OCR)


def _slots(lattice: Lattice, words: Sequence[Word]) -> list[Slot]:
    areas = [
        (lattice.xs[c], lattice.ys[r], lattice.xs[c + cs], lattice.ys[r + rs]) for r, c, rs, cs in lattice.cells
    ]
    slots = []
    for span, (x0, top, x1, bottom) in zip(lattice.cells, areas, strict=True):
        touching = [word for word in words if _shares(word, (x0, top, x1, bottom))]
        held = [word for word in touching if x0 <= (word.x0 + word.x1) / 2 <= x1]
        torn = any(_sticks_out(word, x0, x1) for word in touching)
        slots.append(Slot(*span, (round(x0), round(top), round(x1), round(bottom)), tuple(held), torn))
    return slots


def _shares(word: Word, area: Box) -> bool:
    """The word stands at this cell's level and has more than a stroke's width within it."""
    wide = min(word.x1, area[2]) - max(word.x0, area[0])
    return area[1] <= (word.top + word.bottom) / 2 <= area[3] and wide > 0.3 * (word.bottom - word.top)


def _sticks_out(word: Word, x0: float, x1: float) -> bool:
    return max(x0 - word.x0, word.x1 - x1) > 0.4 * (word.bottom - word.top)


def _wants_second_look(slot: Slot) -> bool:
    """Numbers always, names only when doubtful, blank cells when they hold ink (short strings are often missed)."""
    if slot.torn or not slot.words:
        return True
    text = "".join(word.reading.text for word in slot.words)
    return len(text) == 1 or is_numeric(text) or min(word.reading.mean for word in slot.words) < SURE


def _strips(slot: Slot, picture: Picture) -> list[Strip]:
    """The cell's lines of print, by its ink alone."""
    x0, top, x1, bottom = slot.area
    x0, top, x1, bottom = x0 + RULE, top + RULE, x1 - RULE, bottom - RULE
    inner = _without_rules(ink_in(picture[max(top, 0) : max(bottom, 0), max(x0, 0) : max(x1, 0)]))
    if not inner.size or int((inner > 0).sum()) < LEAST_INK:
        return []
    boxes = []
    for first, last in _bands(np.any(inner > 0, axis=1).tolist()):
        across = np.flatnonzero((inner[first:last] > 0).any(axis=0))
        boxes.append((x0 + int(across[0]), top + first, x0 + int(across[-1]) + 1, top + last))
    return boxes


def _without_rules(inner: Mask) -> Mask:
    """Ink without dirt and without what is left of the cell's own rules along its edges."""
    if not inner.size:
        return inner
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inner, connectivity=8)
    height, width = inner.shape
    keep = np.zeros(count, dtype=np.uint8)
    for label, (x, y, w, h, area) in enumerate(stats[1:], start=1):
        at_edge = x == 0 or y == 0 or x + w == width or y + h == height
        rule = at_edge and (min(w, h) <= RULE or w > 0.8 * width or h > 0.8 * height)
        keep[label] = 0 if rule or area < 4 else 255
    return np.asarray(keep[labels], dtype=np.uint8)


def _bands(rows: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of inked rows; a run much lower than the others is a part of its neighbour (a dot, a stroke of 三)."""
    runs, start = [], 0
    for inked, group in groupby(rows):
        length = len(list(group))
        if inked:
            runs.append((start, start + length))
        start += length
    tallest = max((last - first for first, last in runs), default=0)
    bands: list[tuple[int, int]] = []
    for first, last in runs:
        near = bands and first - bands[-1][1] <= 0.35 * tallest
        small = bands and min(last - first, bands[-1][1] - bands[-1][0]) < 0.6 * tallest
        if near and small:
            bands[-1] = (bands[-1][0], last)
        else:
            bands.append((first, last))
    return bands


def _usual_height(words: Sequence[Word]) -> int:
    """Height of the print on this page; 0 where there is none."""
    return int(np.median([word.bottom - word.top for word in words])) if words else 0


def _cut(picture: Picture, box: Strip, least: int) -> Picture:
    """The strip with paper around it, as high as a line of print: a dash cut close is blown up to a black bar."""
    height, width = picture.shape[:2]
    x0, top, x1, bottom = box
    pad = max(PAD, (least - (bottom - top)) // 2)
    return picture[max(top - pad, 0) : min(bottom + pad, height), max(x0 - PAD, 0) : min(x1 + PAD, width)]


def _cell(slot: Slot, strips: Sequence[Strip], second: Sequence[Reading], level: Upright, least: int) -> Cell:
    text, score = _text_and_score(slot, second, bool(strips))
    if len(text) <= 1 and _is_dash(strips, least):
        text, score = "-", SURE
    starts = [float(strip[0]) for strip in strips] or [word.x0 for word in slot.words]
    left = level.x(min(starts), slot.area[1]) if text and starts else None
    box = level.box(*slot.area)
    return Cell(slot.row, slot.col, slot.rowspan, slot.colspan, text, box, score, left=left)


def _is_dash(strips: Sequence[Strip], least: int) -> bool:
    """One flat stroke alone in its cell; recognisers make =, 一 or nothing of it."""
    if len(strips) != 1 or not least:
        return False
    wide, high = strips[0][2] - strips[0][0], strips[0][3] - strips[0][1]
    return high <= 0.25 * least and 2 * high <= wide <= 2.5 * least and wide >= 0.15 * least


def _text_and_score(slot: Slot, second: Sequence[Reading], inked: bool) -> tuple[str, float]:
    """A blank cell is sure when it holds no ink; ink that nobody could read is '' with score 0."""
    first = () if slot.torn else _in_rows(slot.words)
    if not first and not any(reading.text for reading in second):
        return ("", 0.0) if inked else ("", 1.0)
    texts = ["".join(reading.text for reading in row) for row in (first or [[r] for r in second])]
    if is_numeric("".join(texts)):
        return settle([reading for row in first for reading in row], [r for r in second if r.text])
    readings = [reading for row in first for reading in row] or list(second)
    return "\n".join(tidy(text) for text in texts), round(min(reading.mean for reading in readings if reading.text), 3)


def _in_rows(words: Sequence[Word]) -> list[list[Reading]]:
    return [[word.reading for word in row] for row in _rows(words)]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words on one level, top to bottom and left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        if rows and middle <= max(w.bottom for w in rows[-1]) - 0.35 * (word.bottom - word.top):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _lines(words: Sequence[Word], level: Upright) -> tuple[Line, ...]:
    return tuple(_line(run, level) for row in _rows(words) for run in _runs(row))


def _runs(row: Sequence[Word]) -> list[list[Word]]:
    runs: list[list[Word]] = []
    for word in row:
        if runs and word.x0 - runs[-1][-1].x1 <= APART * (word.bottom - word.top):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _line(run: Sequence[Word], level: Upright) -> Line:
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    edges = [edge for word in run for edge in word.edges[:-1]] + [run[-1].edges[-1]]
    box = level.box(run[0].x0, top, run[-1].x1, bottom)
    text = "".join(word.reading.text for word in run)
    score = min(word.reading.mean for word in run)
    middle = (top + bottom) / 2
    return Line(text, box, tuple(level.x(edge, middle) for edge in edges), box[3] - box[1], min(round(score, 3), BEST))


def with_pictures_read(page: Page, parts: Sequence[Box], draw: Callable[[], Picture]) -> Page:
    """The page with these parts of it (`ingest.legible.unread_parts`) read from the picture that `draw` makes."""
    whole = (0.0, 0.0, page.width, page.height)
    if whole in parts:
        return ocr_page(draw(), page.number, page.width, page.height)
    for part in parts:
        page = _with_part(page, part, draw())
    return page


def _with_part(page: Page, part: Box, picture: Picture) -> Page:
    """Text that the text layer has too is left to it: a picture may lie under printed words."""
    scale = picture.shape[1] / page.width
    x0, top = max(int(part[0] * scale), 0), max(int(part[1] * scale), 0)
    piece = picture[top : int(part[3] * scale) + 1, x0 : int(part[2] * scale) + 1]
    if min(piece.shape[:2]) < LEAST_SIDE:
        return page
    high, wide = piece.shape[:2]
    with engine_errors():
        lines, grids = ocr_part(piece, page.number, (x0 / scale, top / scale, (x0 + wide) / scale, (top + high) / scale))
    new = [line for line in lines if not any(_over(line.box, old.box) for old in page.lines)]
    above = next((k for k, line in enumerate(page.lines) if line.box[1] > part[1]), len(page.lines))
    in_order = [*page.lines[:above], *new, *page.lines[above:]]
    tables = sorted([*page.grids, *grids], key=lambda grid: grid.box[1])
    return replace(page, lines=tuple(in_order), grids=tuple(tables))


def _over(box: Box, other: Box) -> bool:
    """The middle of `box` lies on `other`."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]
