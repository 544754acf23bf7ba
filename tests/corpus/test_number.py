"""Printed and spoken figures → amounts: one row a form seen in a report or an article."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.amount import WAN, YI, YUAN, Amount, Interval, Unit, agree, exactly, plain
from corpus.number import Bound, find_mentions, half_width, han_number, is_blank, parse_cell, unit_named


@pytest.mark.parametrize(
    ("text", "amount", "bound"),
    [
        ("4.28万元", "4.28万元", Bound.EXACT), ("1,234.56元", "1,234.56元", Bound.EXACT), ("４.２８万元", "4.28万元", Bound.EXACT),
        ("四万两千八百元", "42,800元", Bound.EXACT), ("十五辆", "15辆", Bound.EXACT), ("1000万", "1,000万元", Bound.EXACT), ("1.2亿元", "1.2亿元", Bound.EXACT),
        ("3千元", "3千元", Bound.EXACT), ("三成", "30%", Bound.EXACT), ("三成半", "35%", Bound.EXACT), ("三成多", "30%", Bound.ODD), ("近三成", "30%", Bound.NEAR),
        ("百分之十二点五", "12.5%", Bound.EXACT), ("百分之百", "100%", Bound.EXACT), ("千分之五", "5‰", Bound.EXACT), ("三分之一", "33.3%", Bound.EXACT),
        ("1.5倍", "1.5倍", Bound.EXACT), ("翻一番", "2倍", Bound.EXACT), ("翻两番", "4倍", Bound.EXACT), ("一半", "50%", Bound.EXACT), ("过半", "50%", Bound.OVER),
        ("约100万元", "100万元", Bound.ABOUT), ("100万元左右", "100万元", Bound.ABOUT), ("近百万元", "1,000,000元", Bound.NEAR), ("超过50万元", "50万元", Bound.OVER),
        ("100元以上", "100元", Bound.OVER), ("不足1万元", "1万元", Bound.UNDER), ("40余篇", "40篇", Bound.ODD), ("12万多元", "12万元", Bound.ODD),
        ("20多万人次", "20万人次", Bound.ODD), ("至少3个", "3个", Bound.AT_LEAST), ("不超过5%", "5%", Bound.AT_MOST), ("2.3个百分点", "2.3百分点", Bound.EXACT),
        ("3台（套）", "3台（套）", Bound.EXACT), ("-5.2%", "-5.2%", Bound.EXACT), ("0.00万元", "0.00万元", Bound.EXACT),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_what_widens_it(text: str, amount: str, bound: Bound) -> None:
    (mention,) = find_mentions(f"支出{text}。")
    assert (str(mention.amount), mention.bound) == (amount, bound)
    assert f"支出{text}。"[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "text",
    [
        "2022年12月31日", "2-4篇", "100%-80%（含）", "第三次全体会议", "科目2013901", "咨询电话025-83391234", "苏财预〔2017〕19号", "一个部门", "两项制度", "最大的一块", "数百万元", "单位：万元",
        "金额（亿元）", "万分之一", "1 234.56万元", "统一部署", "节约用水",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert find_mentions(text) == ()


def test_a_unit_in_the_corner_is_no_ten_thousand_yuan() -> None:
    assert [str(m.amount) for m in find_mentions("单位：万元。支出十万元，上百万元")] == ["100,000元", "1,000,000元"]


def test_two_figures_side_by_side_stay_two() -> None:
    assert [mention.text for mention in find_mentions("接待5批次85人次")] == ["5批次", "85人次"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (" 1,234.50 ", "1234.50"), ("０.００", "0.00"), ("1，234.00", "1234.00"), ("(5.20)", "-5.20"), ("（5.20）", "-5.20"), ("71.10%", "71.10"), (".5", "0.5"),
        ("", None), ("-", None), ("—", None), ("无", None), ("12\n34", None), ("1 234", None), ("12.3.4", None), ("1,23", None), ("约3", None),
    ],
)  # fmt: skip
def test_a_cell_is_one_number_or_none(cell: str, number: str | None) -> None:
    assert parse_cell(cell) == (None if number is None else Decimal(number))


def test_a_blank_cell_is_not_zero() -> None:
    assert is_blank("—") and parse_cell("—") is None
    assert not is_blank("0.00") and parse_cell("0.00") == 0


def test_trailing_zeros_are_kept() -> None:
    number = parse_cell("1,234.50")
    assert number is not None and Amount(number, WAN).step == 100


@pytest.mark.parametrize(("name", "factor"), [("万元", "10000"), ("元", "1"), ("亿元", "100000000"), ("千元", "1000"), ("人民币万元", "10000"), ("平米价", None), ("", None)])
def test_an_unknown_unit_is_none(name: str, factor: str | None) -> None:
    unit = unit_named(name)
    assert (unit.factor if unit else None) == (Decimal(factor) if factor else None)


def test_foreign_money_is_no_yuan() -> None:
    (mention,) = find_mentions("捐款5万美元")
    assert mention.amount.unit.base == "美元"


def test_a_spoken_number_is_as_fine_as_its_last_place() -> None:
    number = han_number("四万两千八百")
    assert number is not None and Amount(number, YUAN).step == 100


printed = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999"), places=2)


@given(printed, st.sampled_from([YUAN, WAN, YI]))
def test_a_printed_amount_is_read_back_as_it_was(number: Decimal, unit: Unit) -> None:
    amount = Amount(number, unit)
    (mention,) = find_mentions(f"支出{amount}，")
    assert mention.amount == amount and str(mention.amount) == str(amount)


@given(printed)
def test_a_printed_cell_is_read_back_as_it_was(number: Decimal) -> None:
    assert parse_cell(plain(number)) == number


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("（项）3，518.85万元，主要用于", ["3,518.85万元"]), ("合计：1，234，567.00元", ["1,234,567.00元"]), ("3万元，518万元", ["3万元", "518万元"]),
        ("2025年，518.85万元", ["518.85万元"]), ("见表3，518万元", ["518万元"]), ("3批次，120人", ["3批次", "120人"]),
    ],
)  # fmt: skip
def test_a_full_width_comma_may_set_thousands_apart(text: str, figures: list[str]) -> None:
    assert [str(mention.amount) for mention in find_mentions(text)] == figures


@given(printed)
def test_full_width_print_reads_the_same(number: Decimal) -> None:
    wide = str(number).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    assert half_width(wide) == str(number)
    assert parse_cell(wide) == number


points = st.decimals(min_value=-10_000, max_value=10_000, places=3)


@given(points, points, points, points)
def test_interval_arithmetic_holds_every_exact_result(a: Decimal, b: Decimal, x: Decimal, y: Decimal) -> None:
    one, other = Interval(min(a, x), max(a, x)), Interval(min(b, y), max(b, y))
    for p, q in ((a, b), (x, y), (a, y), (x, b)):
        assert (one + other).holds(p + q) and (one - other).holds(p - q) and (one * other).holds(p * q)
    assert (-one).holds(-a) and exactly(a).meets(one)


@given(printed)
def test_a_figure_agrees_with_itself_in_another_unit(number: Decimal) -> None:
    wan = Amount(number, WAN)
    assert agree(wan, Amount(wan.value, YUAN))
    assert not agree(wan, Amount(wan.value + wan.step * 2, YUAN))


def test_percent_and_points_never_agree() -> None:
    (percent,), (point,) = find_mentions("5%"), find_mentions("5个百分点")
    assert not agree(percent.amount, point.amount)
