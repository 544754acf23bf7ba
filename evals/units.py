"""Quantities as the scorer understands them: a number and a unit's name → family and value in its base unit.

Kept apart from the program's own number reader on purpose: a mistake there must not hide itself in the score.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_MONEY: dict[str, Decimal | int] = {
    "元": 1, "角": Decimal("0.1"), "百元": 100, "千元": 1000, "万元": 10**4, "十万元": 10**5, "百万元": 10**6,
    "千万元": 10**7, "亿元": 10**8, "万亿元": 10**12, "万": 10**4, "亿": 10**8, "块": 1,
}
_FAMILIES = (
    ("个", "项", "只"), ("次", "场", "回"), ("批", "批次"), ("人次",), ("人", "名", "位"),
    ("辆", "台", "部", "套"), ("件", "份", "篇", "条"),
    ("家", "户"), ("分",), ("平方米", "㎡", "平米"), ("公里", "千米"), ("天", "日"), ("年",), ("张", "幅"),
)
_MULTIPLIERS = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PERCENT = ("%", "％", "百分之")
_POINTS = ("个百分点", "百分点")
_TIMES = ("倍",)
_NUMBER = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# Not NFKC: it makes a Chinese comma between two figures a thousands separator.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％－（）：", "0123456789.%-():")
_UNITS = sorted(
    {*_MONEY, *_PERCENT[:2], *_POINTS, *_TIMES}
    | {multiplier + name for names in _FAMILIES for name in names for multiplier in _MULTIPLIERS},
    key=len, reverse=True,
)
_QUANTITY = re.compile(rf"(?<![\d.])(?<!\d,)({_NUMBER})\s*({'|'.join(map(re.escape, _UNITS))})")
_PURE = re.compile(_NUMBER)
_YEAR_OR_DATE = re.compile(r"\d{4}\s*年|\d{1,2}\s*月(?:\d{1,2}\s*日)?|第\s*\d+\s*[页条项部章]|\[\d+\]")


@dataclass(frozen=True)
class Quantity:
    """What two figures are compared by: 4.28万元 and 42800元 have the same family and value."""

    family: str
    value: Decimal


def family_of(unit: str) -> tuple[str, Decimal] | None:
    """(family, how many base units one is); None for an empty name."""
    name = re.split(r"[(/]", (unit or "").translate(_HALF_WIDTH).strip().removeprefix("人民币"))[0]  # 台（套）, 台/套
    if not name:
        return None
    if name in _MONEY:
        return "钱", Decimal(_MONEY[name])
    for family, names in (("百分比", _PERCENT), ("百分点", _POINTS), ("倍", _TIMES)):
        if name in names:
            return family, Decimal(1)
    return _counted(name)


def _counted(name: str) -> tuple[str, Decimal]:
    """A unit of counting: 万人次 is ten thousand 人次; an unknown one is a family of its own."""
    for prefix, times in sorted(_MULTIPLIERS.items(), key=lambda pair: -len(pair[0])):
        for names in _FAMILIES:
            if name.startswith(prefix) and name[len(prefix) :] in names:
                return names[0], Decimal(times)
    return name, Decimal(1)


def quantity(number: str | Decimal, unit: str) -> Quantity | None:
    """None where the number or its unit cannot be read: such a figure agrees with nothing."""
    known = family_of(unit)
    try:
        value = Decimal(str(number).replace(",", "").replace("−", "-").strip())
    except InvalidOperation:
        return None
    return Quantity(known[0], value * known[1]) if known and value.is_finite() else None


def within(found: Quantity | None, gold: Quantity, tolerance: Decimal) -> bool:
    """`tolerance` in base units, both ends included."""
    return found is not None and found.family == gold.family and abs(found.value - gold.value) <= tolerance


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every figure with a unit in a text, in order; years, dates, page numbers and [n] marks are none."""
    plain = _YEAR_OR_DATE.sub("　", text.translate(_HALF_WIDTH))
    found = (quantity(number, unit) for number, unit in _QUANTITY.findall(plain))
    return tuple(q for q in found if q is not None)


def numbers(text: str) -> tuple[str, ...]:
    """Every number of a text as written, whatever stands after it."""
    return tuple(_PURE.findall(_YEAR_OR_DATE.sub("　", text.translate(_HALF_WIDTH))))


def has_figure(text: str) -> bool:
    """Whether any digit stands in the text outside years, dates, page numbers and [n] marks."""
    return bool(re.search(r"\d", _YEAR_OR_DATE.sub("", text.translate(_HALF_WIDTH))))


def plain(text: str) -> str:
    """Text made comparable: half-width, no quotation marks, no [n] marks, no blanks except between two digits."""
    half = re.sub(r"\[\d+\]|【\d+】", "", text).translate(_HALF_WIDTH)
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", re.sub(r"[“”\"'‘’「」『』]", "", half))


def contains(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text; numbers as whole numbers: 1234 does not stand in 12345 nor 17.7 in 117.7."""
    whole, part = plain(text), plain(phrase)
    if _PURE.fullmatch(part):
        wanted = Decimal(part.replace(",", "").replace("−", "-"))
        return any(_same_number(token, wanted) for token in _PURE.findall(whole))
    before = r"(?<![\d.])(?<!\d,)" if part[:1].isdigit() else ""
    after = r"(?![\d]|[.,]\d)" if part[-1:].isdigit() else ""
    return bool(part) and re.search(before + re.escape(part) + after, whole) is not None


def _same_number(token: str, wanted: Decimal) -> bool:
    return abs(Decimal(token.replace(",", "").replace("−", "-"))) == abs(wanted)
