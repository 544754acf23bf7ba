"""The calculator: printed figures and an operation → Calculation with formula and interval; a missing operand gives none.

Every result is worked out on the intervals that the prints stand for (`corpus.amount`), and shows no digit that they do not
justify. Growth, completion and share follow the definitions of 部门决算 reporting: growth = (now - before) / before,
completion = outturn / budget, share = part / whole, each in percent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.amount import PERCENT, POINTS, TIMES, YUAN, Amount, Interval, Unit, UnitKind, exactly, in_unit, rounded
from corpus.fact import Fact


class Operation(StrEnum):
    LOOK_UP = "查数"
    DIFFERENCE = "相减"
    SUM = "合计"
    SHARE = "占比"
    GROWTH = "增减率"
    COMPLETION = "完成率"
    AVERAGE = "平均"
    TIMES = "倍数"
    BACK = "倒推"
    RANK = "排序"


@dataclass(frozen=True)
class Operand:
    """A printed figure that enters a formula."""

    name: str
    amount: Amount
    facts: tuple[Fact, ...] = ()
    """Where it is printed; several places may print the same."""


@dataclass(frozen=True)
class Calculation:
    """A result with the formula that gave it."""

    operation: Operation
    result: Amount
    formula: str
    """With the numbers in it: 4.28万元 ÷ 6.02万元 × 100% = 71.10%."""
    operands: tuple[Operand, ...]
    interval: Interval
    """All values that the result may have, in its unit's base."""


def difference(a: Operand, b: Operand) -> Calculation:
    """a - b. Raises ValueError when the two cannot be subtracted (money and people)."""
    unit, places = _common((a, b))
    interval = a.amount.interval - b.amount.interval
    result = Amount(rounded(in_unit(a.amount.value - b.amount.value, unit), places), unit)
    if a.amount.unit.kind is UnitKind.PERCENT:
        result = Amount(result.number, POINTS)
    return Calculation(Operation.DIFFERENCE, result, f"{a.amount} - {_bracketed(b.amount)} = {result}", (a, b), interval)


def total(parts: Sequence[Operand]) -> Calculation:
    """The sum of at least one part."""
    unit, places = _common(parts)
    value = sum((part.amount.value for part in parts), Decimal(0))
    interval = exactly(Decimal(0))
    for part in parts:
        interval = interval + part.amount.interval
    result = Amount(rounded(in_unit(value, unit), places), unit)
    return Calculation(Operation.SUM, result, f"{' + '.join(_bracketed(part.amount) for part in parts)} = {result}", tuple(parts), interval)


def share(part: Operand, whole: Operand) -> Calculation:
    """part / whole in percent. Raises ZeroDivisionError when the whole may be zero."""
    return _percent(Operation.SHARE, part, whole)


def completion(outturn: Operand, budget: Operand) -> Calculation:
    """outturn / budget in percent; a budget of zero has no rate of completion (ZeroDivisionError)."""
    return _percent(Operation.COMPLETION, outturn, budget)


def growth(now: Operand, before: Operand) -> Calculation:
    """(now - before) / before in percent, signed; from nothing there is no rate of growth (ZeroDivisionError)."""
    ratio = now.amount.interval / before.amount.interval
    interval = Interval((ratio.low - 1) * 100, (ratio.high - 1) * 100)
    result = Amount(rounded((now.amount.value / before.amount.value - 1) * 100, 2), PERCENT)
    formula = f"({now.amount} - {_bracketed(before.amount)}) ÷ {before.amount} × 100% = {result}"
    return Calculation(Operation.GROWTH, result, formula, (now, before), interval)


def growth_by(now: Operand, change: Operand) -> Calculation:
    """Growth from this year's figure and its change: change / (now - change)."""
    before = now.amount.interval - change.amount.interval
    ratio = change.amount.interval / before
    interval = Interval(ratio.low * 100, ratio.high * 100)
    result = Amount(rounded(change.amount.value / (now.amount.value - change.amount.value) * 100, 2), PERCENT)
    formula = f"{change.amount} ÷ ({now.amount} - {_bracketed(change.amount)}) × 100% = {result}"
    return Calculation(Operation.GROWTH, result, formula, (now, change), interval)


def average(amount: Operand, count: Operand) -> Calculation:
    """Money per head, time or thing, in 元; the count is exact."""
    if count.amount.value == 0:
        raise ZeroDivisionError("nothing to share it among")
    ends = (amount.amount.interval.low / count.amount.value, amount.amount.interval.high / count.amount.value)
    unit = YUAN if amount.amount.unit.kind is UnitKind.MONEY else amount.amount.unit
    result = Amount(rounded(in_unit(amount.amount.value / count.amount.value, unit), 2), unit)
    first = Amount(in_unit(amount.amount.value, unit), unit)
    formula = f"{amount.amount}{'' if first.unit == amount.amount.unit else f'（{_short(first)}）'} ÷ {count.amount} = {result}"
    return Calculation(Operation.AVERAGE, result, formula, (amount, count), Interval(min(ends), max(ends)))


def mean(parts: Sequence[Operand], among: int) -> Calculation:
    """The sum of the parts (of one, itself) shared among so many years or months."""
    whole = total(parts)
    unit, value = whole.result.unit, sum((part.amount.value for part in parts), Decimal(0)) / among
    result = Amount(rounded(in_unit(value, unit), 2), unit)
    added = " + ".join(_bracketed(part.amount) for part in parts)
    formula = f"{f'({added})' if len(parts) > 1 else added} ÷ {among} = {result}"
    return Calculation(Operation.AVERAGE, result, formula, tuple(parts), Interval(whole.interval.low / among, whole.interval.high / among))


def times(a: Operand, b: Operand) -> Calculation:
    """How many times b goes into a."""
    interval = a.amount.interval / b.amount.interval
    result = Amount(rounded(a.amount.value / b.amount.value, 2), TIMES)
    return Calculation(Operation.TIMES, result, f"{a.amount} ÷ {b.amount} = {result}", (a, b), interval)


def back(now: Operand, change: Operand) -> Calculation:
    """Last year's figure from this year's and the change over last year (a fall is negative)."""
    worked = difference(now, change)
    formula = f"{now.amount} + {Amount(-change.amount.number, change.amount.unit)} = {worked.result}" if change.amount.number < 0 else worked.formula
    return Calculation(Operation.BACK, worked.result, formula, (now, change), worked.interval)


def ranked(parts: Sequence[Operand], least: bool = False) -> tuple[Operand, ...]:
    """Parts from the largest down (or the smallest up); amounts of different bases cannot be ranked (ValueError)."""
    _common(parts)
    return tuple(sorted(parts, key=lambda part: part.amount.value, reverse=not least))


def tied(parts: Sequence[Operand]) -> bool:
    """Whether the print leaves open which of the first two is larger."""
    return len(parts) > 1 and parts[0].amount.interval.meets(parts[1].amount.interval)


OPERATIONS: dict[Operation, Callable[[Operand, Operand], Calculation]] = {
    Operation.DIFFERENCE: difference,
    Operation.SHARE: share,
    Operation.GROWTH: growth,
    Operation.COMPLETION: completion,
    Operation.AVERAGE: average,
    Operation.TIMES: times,
    Operation.BACK: back,
}


def _percent(operation: Operation, part: Operand, whole: Operand) -> Calculation:
    ratio = part.amount.interval / whole.amount.interval
    interval = Interval(ratio.low * 100, ratio.high * 100)
    result = Amount(rounded(part.amount.value / whole.amount.value * 100, 2), PERCENT)
    return Calculation(operation, result, f"{part.amount} ÷ {whole.amount} × 100% = {result}", (part, whole), interval)


def _common(parts: Sequence[Operand]) -> tuple[Unit, int]:
    """The unit and decimal places of a sum or difference. Raises ValueError for different bases.

    Of parts in one unit the most places (prose drops zeros: 558.6 less 539.68 is 18.92亿元); of several units those of the coarsest.
    """
    if len({part.amount.unit.base for part in parts}) != 1:
        raise ValueError("amounts of different bases")
    coarsest = max(parts, key=lambda part: part.amount.step)
    alike = parts if len({part.amount.unit for part in parts}) == 1 else (coarsest,)
    return coarsest.amount.unit, max(_places(part.amount) for part in alike)


def _places(amount: Amount) -> int:
    exponent = amount.number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def spread(calculation: Calculation) -> str:
    """介于 70.95%～71.24% where the operands' prints do not settle the digits shown; '' where they do.

    Reports print percentages with two decimals, so results keep two; what the prints justify is said beside them.
    """
    unit = calculation.result.unit
    low, high = (rounded(in_unit(end, unit), 2) for end in (calculation.interval.low, calculation.interval.high))
    if high - low <= Decimal("0.02") or unit.kind is UnitKind.MONEY and calculation.operation is not Operation.AVERAGE:
        return ""
    return f"按披露数的四舍五入，介于{Amount(low, unit)}～{Amount(high, unit)}"


def _bracketed(amount: Amount) -> str:
    return f"({amount})" if amount.number < 0 else str(amount)


def _short(amount: Amount) -> str:
    number = amount.number.normalize()
    return str(Amount(number.quantize(Decimal(1)) if number == number.to_integral() else number, amount.unit))
