"""The numbers that Word draws before paragraphs (一、 （一） 1.), stored apart from their text; headings need them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element

DIGITS = "〇一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
CLOSING = "、）)．】]》"
"""A label that ends so cannot flow into a number; after any other a space is put: 1. and 5万元 is not 1.5万元."""


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts and how it is drawn."""

    start: int
    form: str
    text: str


Lists = Mapping[str, tuple[str, dict[int, Level]]]
"""List id → its shape's id, which lists may share and then count on together, and its levels."""


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, lists: Lists, restarts: Mapping[tuple[str, int], int]) -> None:
        self._lists = lists
        self._restarts = dict(restarts)
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, number: str, depth: int) -> str:
        """Count one paragraph on and draw its number; '' for bullets and unknown lists."""
        if number not in self._lists:
            return ""
        shared, levels = self._lists[number]
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(shared, {})
        restart = self._restarts.pop((number, depth), None)
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1 if restart is None else restart
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _drawn(levels, counts, depth)


def _drawn(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    """The level's text with %1, %2… replaced by the counts so far."""
    level = levels[depth]
    if level.form in ("bullet", "none"):
        return ""
    label = level.text
    for other, shape in levels.items():
        count = counts.get(other, shape.start)
        label = label.replace(f"%{other + 1}", numeral(count, shape.form))
    return label if not label or label[-1] in CLOSING else label + " "


def numeral(count: int, form: str) -> str:
    """The count in one of Word's number forms; forms not known here are drawn as digits."""
    forms: dict[str, Callable[[int], str]] = {
        "chineseCounting": _counting, "chineseCountingThousand": _counting, "chineseLegalSimplified": _counting,
        "japaneseCounting": _counting, "taiwaneseCounting": _counting, "taiwaneseCountingThousand": _counting,
        "ideographDigital": _digital, "japaneseDigitalTenThousand": _digital, "taiwaneseDigital": _digital,
        "decimalEnclosedCircle": lambda n: chr(0x245F + n) if n <= 20 else str(n),
        "decimalEnclosedCircleChinese": lambda n: chr(0x245F + n) if n <= 20 else str(n),
        "decimalFullWidth": lambda n: "".join(chr(ord(digit) + 0xFEE0) for digit in str(n)),
        "decimalZero": lambda n: f"{n:02d}",
        "upperLetter": lambda n: chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1),
        "lowerLetter": lambda n: chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1),
        "upperRoman": lambda n: _roman(n).upper(), "lowerRoman": _roman,
        "ideographTraditional": lambda n: STEMS[(n - 1) % len(STEMS)],
        "ideographZodiac": lambda n: BRANCHES[(n - 1) % len(BRANCHES)],
    }  # fmt: skip
    return forms.get(form, str)(count) if count > 0 else str(count)


def _digital(count: int) -> str:
    """一〇, digit by digit."""
    return "".join(DIGITS[int(digit)] for digit in str(count))


def _counting(count: int) -> str:
    """十, 二十一, 一百零三."""
    if count >= 1000:
        return _digital(count)
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    text = DIGITS[hundreds] + "百" if hundreds else ""
    text += "零" if hundreds and ones and not tens else ""
    text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十" if tens else ""
    return text + (DIGITS[ones] if ones else "")


def _roman(count: int) -> str:
    """iv, ix…"""
    text = ""
    for worth, letters in ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text


def numbering_of(root: _Element | None) -> Numbering:
    """The lists of a numbering part (numbering.xml); none at all where the document has no such part."""
    if root is None:
        return Numbering({}, {})
    shapes = {_of(node, "w:abstractNumId"): node for node in root.findall(qn("w:abstractNum"))}
    styled = {_val(node, "w:styleLink"): node for node in shapes.values() if _val(node, "w:styleLink")}
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    restarts: dict[tuple[str, int], int] = {}
    for node in root.findall(qn("w:num")):
        number, shared = _of(node, "w:numId"), _val(node, "w:abstractNumId")
        if shared not in shapes:
            continue
        shape = styled.get(_val(shapes[shared], "w:numStyleLink"), shapes[shared])
        own = {int(_of(each, "w:ilvl") or 0): each for each in node.findall(qn("w:lvlOverride"))}
        lists[number] = (shared, _levels(shape) | {at: _level(lvl) for at, lvl in _overrides(own).items()})
        starts = {at: _val(each, "w:startOverride") for at, each in own.items()}
        restarts.update({(number, at): int(start) for at, start in starts.items() if start})
    return Numbering(lists, restarts)


def _overrides(own: dict[int, _Element]) -> dict[int, _Element]:
    """Levels that a list draws in its own way."""
    found = {at: each.find(qn("w:lvl")) for at, each in own.items()}
    return {at: level for at, level in found.items() if level is not None}


def _levels(shape: _Element) -> dict[int, Level]:
    """The levels of an abstract list."""
    return {int(_of(level, "w:ilvl") or 0): _level(level) for level in shape.findall(qn("w:lvl"))}


def _level(node: _Element) -> Level:
    """One w:lvl."""
    return Level(int(_val(node, "w:start") or 1), _val(node, "w:numFmt") or "decimal", _val(node, "w:lvlText"))


def _of(node: _Element, name: str) -> str:
    """An attribute's text; '' where absent."""
    return str(node.get(qn(name)) or "")


def _val(node: _Element, name: str) -> str:
    """The w:val of a child; '' where absent."""
    child = node.find(qn(name))
    return "" if child is None else _of(child, "w:val")
