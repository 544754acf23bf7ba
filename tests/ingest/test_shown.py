"""What a spreadsheet shows for a value: case tables of formats met in published workbooks."""

from datetime import date, datetime

import pytest

from ingest.shown import Value, shown

ACCOUNTING = '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.1234, "0.00%", "12.34%"),
        (-0.031, "0.0%", "-3.1%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567.891, "General", "1234567.891"),
        (98990.08, "#0.00", "98990.08"),
        (5, "#0.00", "5.00"),
        (-5, "#,##0_ ;[Red]\\-#,##0\\ ", "-5"),
        (-3.5, "0.00_);[RED]\\(0.00\\)", "(3.50)"),
        (-1234, ACCOUNTING, "-1,234"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234567, "#,##0,", "1,235"),
        (7, "000", "007"),
        (0.5, "0.##", "0.5"),
        (98.6, '0.0"%"', "98.6%"),
        (201, "@", "201"),
        ("税收收入", "0.00", "税收收入"),
        (True, "General", "TRUE"),
        (None, "0.00", ""),
    ],
)
def test_a_value_is_shown_through_its_format(value: Value, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_the_binary_tail_of_a_sum_is_not_shown() -> None:
    assert shown(0.1 + 0.2, "General") == "0.3"


def test_halves_are_rounded_away_from_zero_on_the_decimal_that_was_entered() -> None:
    assert [shown(value, "0.00") for value in (2.675, 1.005, -2.675)] == ["2.68", "1.01", "-2.68"]


def test_yuan_drawn_as_wan_by_a_point_put_into_the_digits() -> None:
    assert shown(12345678, '0!.0,"万元"') == "1234.6万元"
    assert shown(12345678, "0!.0000") == "1234.5678"


def test_a_zero_that_the_format_hides_is_blank_and_an_accounting_zero_is_a_dash() -> None:
    assert shown(0, "0;-0;;@") == ""
    assert shown(0, ACCOUNTING) == "-"


def test_a_condition_chooses_the_section() -> None:
    code = '[>=10000]0!.0,"万";0'
    assert [shown(value, code) for value in (100000, 9999)] == ["10.0万", "9999"]


def test_a_fraction_is_never_cut_to_its_whole_part() -> None:
    assert shown(1.5, "# ?/?") == "1.5"


def test_an_integer_is_never_shortened_to_an_exponent() -> None:
    assert shown(12345678901234, "General") == "12345678901234"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (datetime(2026, 1, 15), 'yyyy"年"m"月";@', "2026年1月"),
        (datetime(2024, 8, 26), "[$-804]yyyy\\-m\\-d", "2024-8-26"),
        (date(2024, 3, 5), "yy/mm/dd", "24/03/05"),
        (datetime(2024, 3, 5, 9, 7), "h:mm", "9:07"),
        (datetime(2024, 3, 5), "General", "2024-03-05"),
        (45000, 'yyyy"年"m"月"d"日"', "2023年3月15日"),
    ],
)
def test_a_date_is_shown_through_its_format(value: Value, code: str, text: str) -> None:
    assert shown(value, code) == text
