"""The calculator: intervals hold the exact result, digits are those that the prints justify, and nothing is divided by zero."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.amount import PERCENT, WAN, YUAN, Amount, Unit, UnitKind, rounded
from qa.calculate import Calculation, Operand, average, back, completion, difference, growth, growth_by, ranked, share, spread, tied, times, total

PEOPLE = Unit("人次", UnitKind.COUNT, Decimal(1), "人次")


def of(number: str, unit: Unit = WAN) -> Operand:
    return Operand("甲", Amount(Decimal(number), unit))


def test_a_sum_keeps_the_digits_of_its_finest_part() -> None:
    assert str(total([of("1.2"), of("3.45")]).result) == "4.65万元"
    assert str(total([of("1.20"), of("34500", YUAN)]).result) == "4.65万元"


def test_a_difference_of_percentages_is_in_points() -> None:
    assert str(difference(of("53.29", PERCENT), of("46.71", PERCENT)).result) == "6.58百分点"


def test_money_and_people_are_not_subtracted() -> None:
    with pytest.raises(ValueError):
        difference(of("1"), of("1", PEOPLE))
    with pytest.raises(ValueError):
        ranked([of("1"), of("1", PEOPLE)])


@pytest.mark.parametrize("work", [share, completion, growth, times])
@pytest.mark.parametrize("zero", ["0", "0.00"])
def test_nothing_is_divided_by_what_may_be_zero(work: Callable[[Operand, Operand], Calculation], zero: str) -> None:
    with pytest.raises(ZeroDivisionError):
        work(of("4.28"), of(zero))


def test_nothing_is_shared_among_nobody() -> None:
    with pytest.raises(ZeroDivisionError):
        average(of("1.28"), of("0", PEOPLE))


def test_growth_from_nothing_has_no_rate() -> None:
    """公务接待费 of 1.28万元, all of it an increase: last year there was none."""
    with pytest.raises(ZeroDivisionError):
        growth_by(of("1.28"), of("1.28"))


def test_growth_is_signed() -> None:
    assert str(growth(of("8.00"), of("8.50")).result) == "-5.88%"
    assert str(growth_by(of("4.28"), of("1.23")).result) == "40.33%"


def test_a_fall_is_added_back() -> None:
    worked = back(of("100.00"), of("-3.20"))
    assert (str(worked.result), worked.formula) == ("103.20万元", "100.00万元 + 3.20万元 = 103.20万元")


def test_what_the_print_leaves_open_is_a_tie() -> None:
    assert tied([of("1.3"), of("1.28")])
    assert not tied([of("1.30"), of("1.28")])


def test_the_spread_is_said_only_where_the_digits_are_open() -> None:
    assert spread(completion(of("4.28"), of("6.02"))) == "按披露数的四舍五入，介于70.95%～71.24%"
    assert spread(share(of("1266.62"), of("2711.50"))) == ""


numbers = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999"), places=2)
shifts = st.decimals(min_value=Decimal("-0.005"), max_value=Decimal("0.005"), places=5)


@given(numbers, numbers, shifts, shifts)
def test_the_interval_holds_the_result_of_any_values_behind_the_print(a: Decimal, b: Decimal, da: Decimal, db: Decimal) -> None:
    x, y = (a + da) * WAN.factor, (b + db) * WAN.factor
    one, other = of(str(a)), of(str(b))
    assert total([one, other]).interval.holds(x + y)
    assert difference(one, other).interval.holds(x - y)
    if b > Decimal("0.01"):
        slack = Decimal("1e-18") * abs(x / y * 100)
        interval = share(one, other).interval
        assert interval.low - slack <= x / y * 100 <= interval.high + slack


@given(numbers, numbers)
def test_a_share_and_its_rest_make_a_hundred(a: Decimal, b: Decimal) -> None:
    whole = of(str(a + b))
    assert abs(share(of(str(a)), whole).result.number + share(of(str(b)), whole).result.number - 100) <= Decimal("0.01")


@given(st.decimals(min_value=-9999, max_value=9999, places=4))
def test_halves_are_rounded_away_from_zero(value: Decimal) -> None:
    whole = rounded(value, 2)
    assert abs(whole - value) <= Decimal("0.005")
    assert rounded(-value, 2) == -whole
