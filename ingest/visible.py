"""Characters of a page → those that a reader sees: no white, covered, tiny or off-page text.

Whatever is hidden must not become a passage: it was left behind by an editor, or planted.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.disclosure import Box
from ingest.rulings import THIN, is_white

TINY = 1.5
"""Points; smaller text can't be read in print."""
ORDER = "mcid"
"""Where the drawing order of an object is kept (`pages.Ordered` puts it there)."""

Drawn = Mapping[str, Any]


def visible(chars: Iterable[Drawn], areas: Iterable[Drawn], pictures: Iterable[Drawn], page: Box) -> list[Drawn]:
    """The characters that show, in the order in which they were drawn."""
    filled = [area for area in areas if area.get("fill") and min(area["width"], area["height"]) > THIN]
    solid = [picture for picture in pictures if _is_opaque(picture)]
    covers = [area for area in filled if is_white(area.get("non_stroking_color"))] + solid
    grounds = [area for area in filled if not is_white(area.get("non_stroking_color"))] + list(pictures)
    last = max((_order(cover) for cover in covers), default=-1)
    shown = []
    colour, white = None, False
    for char in chars:
        if char["size"] < TINY or not _holds(page, char):
            continue
        if _order(char) < last and any(_order(c) > _order(char) and _covers(c, char) for c in covers):
            continue
        if char.get("non_stroking_color") != colour:
            colour = char.get("non_stroking_color")
            white = is_white(colour)
        if white and not _on_dark(char, grounds):
            continue
        shown.append(char)
    return shown


def _on_dark(char: Drawn, grounds: Sequence[Drawn]) -> bool:
    """White print on a coloured heading bar shows."""
    return any(_order(ground) < _order(char) and _covers(ground, char) for ground in grounds)


def _is_opaque(picture: Drawn) -> bool:
    """A seal or a watermark has a mask and lets the print under it show; a scan laid over its own text has none."""
    attributes = getattr(picture.get("stream"), "attrs", {})
    return not any(key in attributes for key in ("SMask", "Mask", "ImageMask"))


def _covers(area: Drawn, char: Drawn) -> bool:
    return _holds((area["x0"], area["top"], area["x1"], area["bottom"]), char)


def _holds(box: Box, char: Drawn) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _order(drawn: Drawn) -> int:
    order = drawn.get(ORDER)
    return order if isinstance(order, int) else 0
