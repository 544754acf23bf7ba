"""A written figure → whether a value is within what it may mean: bare, 约, 近, 超, 不足, 多.

A bare figure stands for half a unit of its last digit on either side, 约 for two percent, 近 for nine tenths of it up to it,
超 and 不足 are strict, 三成多 goes up to the next 成.
"""

from decimal import Decimal

from corpus.amount import Amount
from corpus.number import Bound

_ABOUT = Decimal("0.02")
_NEAR = Decimal("0.9")


def fits(stated: Amount, bound: Bound, value: Decimal) -> bool:
    """Whether a disclosed value, in the base of the stated unit, is what was written."""
    said, half = stated.value, stated.step / 2
    match bound:
        case Bound.ABOUT:
            return abs(value - said) <= max(abs(said) * _ABOUT, half)
        case Bound.NEAR:
            return said * _NEAR <= value <= said
        case Bound.OVER:
            return value > said
        case Bound.UNDER:
            return value < said
        case Bound.ODD:
            return said <= value < said + stated.step
        case Bound.AT_LEAST:
            return value >= said
        case Bound.AT_MOST:
            return value <= said
    return abs(value - said) <= half
