"""Amount: a number as printed with its unit, and the interval of values that its print stands for.

Tolerance is read from the print (beancount's rule): a figure printed with step s stands for [x - s/2, x + s/2], and two
figures agree when their intervals meet. Nothing here is ever a float.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

HALF = Decimal("0.5")


class UnitKind(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    """百分点: a difference of two percentages."""
    TIMES = "times"
    """倍."""
    COUNT = "count"


@dataclass(frozen=True)
class Unit:
    """A unit of money, of a ratio or of counting."""

    name: str
    """As written: 万元, %, 人次."""
    kind: UnitKind
    factor: Decimal
    """What one of it is worth in `base`."""
    base: str
    """元, %, 百分点, 倍, or the counter itself (人次)."""

    def __str__(self) -> str:
        return self.name


YUAN = Unit("元", UnitKind.MONEY, Decimal(1), "元")
WAN = Unit("万元", UnitKind.MONEY, Decimal(10) ** 4, "元")
YI = Unit("亿元", UnitKind.MONEY, Decimal(10) ** 8, "元")
PERCENT = Unit("%", UnitKind.PERCENT, Decimal(1), "%")
PERMILLE = Unit("‰", UnitKind.PERCENT, Decimal("0.1"), "%")
POINTS = Unit("百分点", UnitKind.POINTS, Decimal(1), "百分点")
TIMES = Unit("倍", UnitKind.TIMES, Decimal(1), "倍")


@dataclass(frozen=True)
class Interval:
    """All values that a printed or computed figure may stand for: low <= value <= high."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        """Raises ZeroDivisionError when the divisor may be zero: such a ratio says nothing."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor's interval holds zero")
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def meets(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Amount:
    """A number with its unit, digits as printed (trailing zeros kept)."""

    number: Decimal
    unit: Unit

    @property
    def value(self) -> Decimal:
        """In the unit's base: 元, %, 人次…"""
        return self.number * self.unit.factor

    @property
    def step(self) -> Decimal:
        """What the last printed digit is worth, in the unit's base."""
        return Decimal(1).scaleb(_exponent(self.number)) * self.unit.factor

    @property
    def interval(self) -> Interval:
        """The values that the print stands for, in the unit's base. A count is exact; so is 0 printed as a whole number."""
        half = Decimal(0) if self.unit.kind is UnitKind.COUNT else self.step * HALF
        return Interval(self.value - half, self.value + half)

    def __str__(self) -> str:
        return f"{plain(self.number)}{self.unit.name}"


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "an amount is a finite number"
    return exponent


def plain(number: Decimal) -> str:
    """With thousands separators, without exponent: Decimal('428E2') is 42,800."""
    return f"{number:,f}"


def exactly(value: Decimal) -> Interval:
    return Interval(value, value)


def agree(one: Amount, other: Amount) -> bool:
    """Whether two printed amounts can be the same value. Amounts of different bases never agree."""
    return one.unit.base == other.unit.base and one.interval.meets(other.interval)


def in_unit(value: Decimal, unit: Unit) -> Decimal:
    """A value in the base, as a number in `unit`."""
    return value / unit.factor


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up, as public accounts are rounded; `places` digits after the point are kept."""
    exact = Fraction(value) * 10**places
    whole = abs(exact) + Fraction(1, 2)
    digits = whole.numerator // whole.denominator
    return Decimal(-digits if exact < 0 else digits).scaleb(-places)
