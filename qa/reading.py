"""A written figure → whether a value is within what it may mean: bare, 约, 近, 超, 不足, 多.

A bare figure stands for half a unit of its last digit on either side, 约 for two percent, 近 for nine tenths of it up to it,
超 and 不足 are strict, 三成多 goes up to the next 成. What is ten times as much is of another order: 358亿元 are no 超过358万元.
"""

from decimal import Decimal

from corpus.amount import Amount
from corpus.number import Bound

_ABOUT = Decimal("0.02")
_NEAR = Decimal("0.9")
_ORDER = 10


def fits(stated: Amount, bound: Bound, value: Decimal) -> bool:
    """Whether a disclosed value, in the base of the stated unit, is what was written."""
    said, half = stated.value, stated.step / 2
    match bound:
        case Bound.ABOUT:
            return abs(value - said) <= max(abs(said) * _ABOUT, half)
        case Bound.NEAR:
            return said * _NEAR <= value <= said
        case Bound.OVER:
            return value > said and _of_its_order(said, value)
        case Bound.UNDER:
            return value < said and not _wrong_unit(said, value)
        case Bound.ODD:
            return said <= value < said + stated.step
        case Bound.AT_LEAST:
            return value >= said and _of_its_order(said, value)
        case Bound.AT_MOST:
            return value <= said
    return abs(value - said) <= half


def _of_its_order(said: Decimal, value: Decimal) -> bool:
    return said <= 0 or value < said * _ORDER


def _wrong_unit(said: Decimal, value: Decimal) -> bool:
    """不足359亿元, said of 358.7万元: the same digits, a hundred times as much or more. 不到1% may be said of any small part."""
    ratio = said / value if value > 0 else Decimal(0)
    return any(1 <= ratio / Decimal(10) ** power < Decimal("1.05") for power in (2, 3, 4, 6, 8))
