"""What a page shows beside what its text layer says → the parts of it that have to be read from the picture.

Whether text exists tells nothing: the 2026 淮安 budget report has 600 characters a page and not one of them Chinese,
others draw the Chinese as outlines and leave only the digits as text. So the two are compared on the page's picture.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import category, normalize

import cv2
import numpy as np
from numpy.typing import NDArray

from corpus.disclosure import Box
from ingest.lines import Sign
from ingest.picture import Picture, ink_of

LOOKING_DPI = 100
"""Enough to see where there is print."""
FEW = 5
"""Fewer printed signs than this are no text worth reading (a rule's end, a smudge, a bullet)."""
CHINESE_SHARE = 0.3
"""Of a page's letters at least so many are Chinese where its text layer is sound (表 with English codes included)."""
COMMON_SHARE = 0.7
"""Of its Chinese characters at least so many are among the 3,755 common ones; of garbled ones about half are."""
MISSING_SHARE = 0.3
"""So much print outside the text layer, as a share of the text layer, means that the words are drawn, not set."""
MANY_CURVES = 40
"""A chart has a few; words drawn as outlines have one a character."""
LEAST_PICTURE = (40.0, 12.0)
"""Points; a smaller picture is an ornament."""
USUAL_SIGNS = ".,%-+/()[]:;\"'“”‘’—–…·×*<>=~"
NEAR = 3.0
"""Points between strips of one picture that was cut up (a scanned book has 62 strips a page)."""


def text_layer_is_useful(text: str) -> bool:
    """Whether these characters can be what a Chinese page says; digits and signs alone say nothing against it."""
    solid = [c for c in normalize("NFKC", text) if not c.isspace()]
    broken = sum(c == "\ufffd" or category(c) in ("Co", "Cn", "Cc") for c in solid) + 6 * text.count("(cid:")
    if not solid or broken > 0.1 * len(solid):
        return False
    chinese = [c for c in solid if "\u4e00" <= c <= "\u9fff"]
    strange = [c for c in solid if _is_strange(c)]
    if len(strange) < FEW and not chinese:
        return True
    common = sum(_is_common(c) for c in chinese)
    return len(chinese) >= CHINESE_SHARE * (len(chinese) + len(strange)) and common >= COMMON_SHARE * len(chinese)


def _is_strange(character: str) -> bool:
    """Neither Chinese nor what stands between numbers and sentences."""
    return not (character.isdigit() or "\u3000" <= character <= "\u9fff" or character in USUAL_SIGNS)


def _is_common(character: str) -> bool:
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


@dataclass(frozen=True)
class Shown:
    """What was drawn on a page beside its text layer."""

    signs: Sequence[Sign]
    """Visible characters of the text layer."""
    pictures: Sequence[Box]
    curves: int
    """How many curves were drawn."""
    page: Box
    draw: Callable[[], Picture]
    """Draws the page at `LOOKING_DPI`; called only for pages in doubt."""


def unread_parts(shown: Shown) -> tuple[Box, ...]:
    """() where the text layer says all; the whole page; or the pictures on it that hold print."""
    text = "".join(sign.text for sign in shown.signs)
    useful = text_layer_is_useful(text)
    pictures = _whole_pictures(shown.pictures)
    if useful and not pictures and shown.curves < MANY_CURVES and any("\u4e00" <= c <= "\u9fff" for c in text):
        return ()
    print_ = _print_on(shown.draw(), shown.page)
    if not useful:
        return (shown.page,) if len(print_) >= FEW else ()
    missing = print_[~_covered(print_, shown.signs)]
    within = [_within(missing, picture) for picture in pictures]
    loose = missing[~np.any(within, axis=0)] if within else missing
    if len(loose) >= max(4 * FEW, MISSING_SHARE * len(shown.signs)):
        return (shown.page,)
    return tuple(box for box, inside in zip(pictures, within, strict=True) if int(inside.sum()) >= FEW)


def _whole_pictures(boxes: Sequence[Box]) -> list[Box]:
    """Pictures in one piece, ornaments left out."""
    merged: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        near = [one for one in merged if _near(one, box)]
        merged = [one for one in merged if one not in near]
        every = [*near, box]
        low = (min(b[0] for b in every), min(b[1] for b in every))
        merged.append((*low, max(b[2] for b in every), max(b[3] for b in every)))
    return [b for b in merged if b[2] - b[0] >= LEAST_PICTURE[0] and b[3] - b[1] >= LEAST_PICTURE[1]]


def _near(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > -NEAR and down > -NEAR


def _print_on(picture: Picture, page: Box) -> NDArray[np.float64]:
    """Centres, in points, of the pieces of ink that have the size of print."""
    scale = picture.shape[1] / (page[2] - page[0])
    _, _, stats, centres = cv2.connectedComponentsWithStats(ink_of(picture), connectivity=8)
    wide, high, area = (stats[1:, k] / scale for k in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    solid = area * scale >= 4
    return np.asarray(centres[1:][(high >= 2) & (high <= 60) & (wide <= 200) & solid] / scale, dtype=np.float64)


def _covered(points: NDArray[np.float64], signs: Sequence[Sign]) -> NDArray[np.bool_]:
    """Which points lie on a character of the text layer."""
    covered = np.zeros(len(points), dtype=bool)
    for sign in signs:
        high, pad = 0.8 * sign.size, 0.15 * sign.size
        inside = (points[:, 0] >= sign.x0 - pad) & (points[:, 0] <= sign.x1 + pad)
        covered |= inside & (np.abs(points[:, 1] - sign.middle) <= high)
    return covered


def _within(points: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    x, y = points[:, 0], points[:, 1]
    return np.asarray((x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3]))
