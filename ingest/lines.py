"""Signs of print (characters with their boxes) → lines of print, in which a sentence keeps its numbers.

Signs stand on one line when their baselines do. Boxes don't tell: the 2018 石家庄 report prints its digits in a font
whose box hangs 13 pt below the Chinese text of the same line, and claims a full em of width for each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from statistics import median

from corpus.disclosure import Box
from ingest.page import Line

ASCENT = 0.86
DESCENT = 0.14
"""What a Chinese sign takes above and below the baseline, in ems; fonts' own figures are often wrong."""
SAME_LINE = 0.45
"""Baselines closer than this many ems are one line; line pitch is never below 1 em."""
DOUBLED = 0.12
"""The same sign again within so many ems is a bold face drawn twice."""
WORD_GAP = 0.2
DIGIT_GAP = 0.5
SPACE_GAP = 0.6
PRINTED_GAP = 0.3
"""Ems of paper that stand for a space: between letters, between digits, where Chinese is involved, and there
where a space was printed too (第一部分 某某概况); justified print widens its gaps to nearly half an em."""
COLUMN_GAP = 3.0
"""Ems of paper that part two texts on one level (编制单位：… and 单位：万元)."""
NUMERIC = frozenset("0123456789.,%％+-−—﹣０１２３４５６７８９．，()（）")
ENUMERATION = frozenset("一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Sign:
    """One printed character, in points of the page as displayed."""

    text: str
    x0: float
    x1: float
    base: float
    """Baseline, measured from the page's top."""
    size: float
    spaced: bool = False
    """A space was printed before it."""

    @property
    def middle(self) -> float:
        return self.base - (ASCENT - DESCENT) / 2 * self.size

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


def lines_of(signs: Iterable[Sign]) -> tuple[Line, ...]:
    """Lines in reading order: top to bottom, on one level left to right."""
    return tuple(_line(part) for row in rows_of(signs) for part in _columns(row))


def rows_of(signs: Iterable[Sign]) -> list[list[Sign]]:
    """Inked signs on one baseline, left to right, top to bottom."""
    rows: list[list[Sign]] = []
    anchor = 0.0
    for sign in sorted(signs, key=attrgetter("base")):
        if rows and sign.base - anchor <= SAME_LINE * min(sign.size, rows[-1][0].size):
            rows[-1].append(sign)
        else:
            rows.append([sign])
            anchor = sign.base
    tidy = [_tidy(sorted(row, key=attrgetter("x0"))) for row in rows]
    return [row for row in tidy if row]


def _tidy(row: Sequence[Sign]) -> list[Sign]:
    """Without spaces and doubled signs, and no sign wider than the way to its neighbour."""
    once: list[Sign] = []
    spaced = False
    for sign in row:
        if sign.text.isspace():
            spaced = True
            continue
        if [one for one in once[-3:] if one.text == sign.text and sign.x0 - one.x0 < DOUBLED * one.size]:
            continue
        if once and once[-1].x1 > sign.x0 > once[-1].x0:
            once[-1] = replace(once[-1], x1=sign.x0)
        once.append(sign if sign.spaced == spaced else replace(sign, spaced=spaced))
        spaced = False
    return once


def _columns(row: Sequence[Sign]) -> list[list[Sign]]:
    """Texts that stand apart on one level; a spaced-out title (目      录) is one text."""
    parts: list[list[Sign]] = []
    for sign in row:
        if parts and sign.x0 - parts[-1][-1].x1 <= COLUMN_GAP * sign.size:
            parts[-1].append(sign)
        else:
            parts.append([sign])
    return [list(row)] if parts and all(len(part) == 1 for part in parts) else parts


def _line(signs: Sequence[Sign]) -> Line:
    text = ""
    edges: list[float] = []
    for word in _words(signs):
        if text:
            text += " "
            edges.append(edges[-1])
        text += "".join(sign.text for sign in word)
        edges.extend(edge for sign in word for edge in _letter_edges(sign))
    return Line(text, box_of(signs), (*edges, signs[-1].x1), median(s.size for s in signs))


def _letter_edges(sign: Sign) -> list[float]:
    """A ligature (fi) holds several letters: its width is shared among them."""
    step = (sign.x1 - sign.x0) / len(sign.text)
    return [sign.x0 + step * k for k in range(len(sign.text))]


def box_of(signs: Sequence[Sign]) -> Box:
    """The box around these signs."""
    top = min(sign.base - ASCENT * sign.size for sign in signs)
    bottom = max(sign.base + DESCENT * sign.size for sign in signs)
    return (min(sign.x0 for sign in signs), top, max(sign.x1 for sign in signs), bottom)


def _words(signs: Sequence[Sign]) -> list[list[Sign]]:
    """Parts of a line between spaces that mean something; 公 务 用 车 is one word, and so is 2024 年."""
    words = [[signs[0]]]
    for before, sign in zip(signs, signs[1:], strict=False):
        if sign.x0 - before.x1 > _space_between(before, sign) * min(before.size, sign.size):
            words.append([sign])
        else:
            words[-1].append(sign)
    return _unspaced(words)


def _space_between(before: Sign, sign: Sign) -> float:
    if before.text in NUMERIC and sign.text in NUMERIC:
        return DIGIT_GAP
    if _is_latin(before.text) and _is_latin(sign.text):
        return WORD_GAP
    both = _is_chinese(before.text) and _is_chinese(sign.text)
    return PRINTED_GAP if both and sign.spaced else SPACE_GAP


def _is_latin(text: str) -> bool:
    return text[0] < "\u2000"


def _unspaced(words: Sequence[list[Sign]]) -> list[list[Sign]]:
    """Single Chinese characters set apart belong together: 合 计, 单 位：元 (but 一 、 二 are numbers of items)."""
    joined: list[list[Sign]] = []
    for word in words:
        if joined and _is_spaced(joined[-1]) and _is_chinese(word[0].text):
            joined[-1].extend(word)
        else:
            joined.append(list(word))
    return joined


def _is_spaced(word: Sequence[Sign]) -> bool:
    """A single character, or characters that were already found to be set apart."""
    apart = all(b.x0 - a.x1 > PRINTED_GAP * a.size for a, b in zip(word, word[1:], strict=False))
    return apart and all(_is_chinese(sign.text) for sign in word) and word[0].text not in ENUMERATION


def _is_chinese(text: str) -> bool:
    return "\u3400" <= text[0] <= "\u9fff"
