"""Figures of any text: the parser raises nothing, points into the text, and reads back what is printed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.amount import PERCENT, PERMILLE, POINTS, TIMES, WAN, YI, YUAN, Amount, Interval, Unit, agree, plain
from corpus.number import find_mentions, half_width, han_number, is_blank, number_of, parse_cell, unit_named

usual = settings(max_examples=150, deadline=None, derandomize=True)
PIECES = (
    "0 1 9 12 1,234 ,567 0.00 .5 -3 ＋７ １２ ． ， % ％ ‰ 元 万 万元 亿 千 百万 块 人次 个 个百分点 倍 成 半 多 余 约 近 超过 不足 左右 以上 分之 百分之 千分之 一 两 二 十 百 千 "
    "零 〇 点 翻 番 一半 过半 第 每 几 数 - ~ （ ） 。 ， \n \t 2024年 支出 其中 [ ] 〔 A ． 台（套） 人/次 红 字 \u3000 \u200b \x00 😀 九百九十九 9999999999999999999999999999999999999999"
).split(" ")
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
numbers = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=4) | st.integers(-(10**12), 10**12).map(Decimal)
UNITS = (YUAN, WAN, YI, PERCENT, PERMILLE, POINTS, TIMES)
amounts = st.builds(Amount, numbers, st.sampled_from((*UNITS, *filter(None, [unit_named("人次"), unit_named("辆")]))))


@usual
@given(texts)
def test_a_mention_stands_where_it_says_and_they_do_not_overlap(text: str) -> None:
    last = 0
    for mention in find_mentions(text):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.amount.number.is_finite()
        assert mention.amount.interval.holds(mention.amount.value)
        last = mention.end


@usual
@given(texts)
def test_no_text_makes_a_parser_raise(text: str) -> None:
    cell = parse_cell(text)
    assert cell is None or (cell.is_finite() and not is_blank(text))
    assert len(half_width(text)) == len(text)
    number_of(text)
    unit_named(text)
    if text:
        han_number(text)


@usual
@given(st.text(alphabet=st.characters(exclude_characters="零〇一二两三四五六七八九十百千万亿点半成番过对", exclude_categories=["Nd", "Cs"]), max_size=80))
def test_a_text_without_digits_holds_no_figure(text: str) -> None:
    assert find_mentions(text) == ()


@usual
@given(amounts)
def test_what_is_printed_is_read_back(amount: Amount) -> None:
    found = [mention.amount for mention in find_mentions(f"支出{amount}，")]
    assert found == [amount]
    assert [plain(one.number) for one in found] == [plain(amount.number)]


@pytest.mark.parametrize("digits", ["9" * 40, "9" * 5000, "0." + "1" * 60, "1," * 3 + "234"])
@pytest.mark.parametrize("form", ["{}万元", "{}%", "1分之{}", "{}分之1", "百分之{}", "{}成", "{}倍", "{}多万元", "{}", "三分之{}"])
def test_a_figure_of_absurd_length_raises_nothing(digits: str, form: str) -> None:
    for mention in find_mentions(f"支出{form.format(digits)}。"):
        assert agree(mention.amount, mention.amount)
    parse_cell(digits)


@pytest.mark.parametrize("han", ["九百九十九" * 200, "亿" * 300, "万亿" * 100, "点" * 50, "一点" * 50, "零" * 5000, "九" * 5000])
def test_han_numbers_of_absurd_length_raise_nothing(han: str) -> None:
    for mention in find_mentions(f"支出{han}元"):
        assert mention.amount.interval.holds(mention.amount.value)
    han_number(han)


@usual
@given(amounts, amounts)
def test_to_agree_is_mutual_and_every_amount_agrees_with_itself(one: Amount, other: Amount) -> None:
    assert agree(one, other) == agree(other, one)
    assert agree(one, one)
    assert one.interval.holds(one.value)
    assert one.interval.meets(other.interval) == other.interval.meets(one.interval)


ends = st.tuples(numbers, numbers).map(lambda pair: Interval(min(pair), max(pair)))


@usual
@given(ends, ends, st.decimals(0, 1, places=2), st.decimals(0, 1, places=2))
def test_what_is_worked_out_holds_what_any_two_values_give(one: Interval, other: Interval, a: Decimal, b: Decimal) -> None:
    x, y = one.low + (one.high - one.low) * a, other.low + (other.high - other.low) * b
    parts = [(one + other, x + y), (one - other, x - y), (one * other, x * y)]
    if other.low > 0 or other.high < 0:
        parts.append((one / other, x / y))
    else:
        with pytest.raises(ZeroDivisionError):
            one / other
    for whole, part in parts:
        slack = (abs(x) + abs(y) + abs(part)) * Decimal("1e-24")  # the digits that Decimal keeps
        assert whole.low - slack <= part <= whole.high + slack


def test_units_of_different_kinds_never_agree() -> None:
    five = [Amount(Decimal(5), unit) for unit in (YUAN, PERCENT, POINTS, TIMES, Unit("辆", YUAN.kind, Decimal(1), "辆"))]
    assert not any(agree(one, other) for one in five for other in five if one is not other)
