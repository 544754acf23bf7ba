"""Words → the part of a year that they name."""

import pytest

from corpus.part_of_year import last_month, part_in, same_part


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2015年1-8月税收收入", 8), ("元至5月财政收支", 5), ("上半年", 6), ("前三季度", 9), ("第2季度", 6), ("前4个月", 4), ("头四个月", 4), ("到4月底", 4), ("1—4月", 4),
        ("2021年6月当月", 6), ("下半年", 12),
    ],
)  # fmt: skip
def test_a_part_is_known_by_the_month_that_it_ends_with(text: str, month: int) -> None:
    assert last_month(part_in(text)) == month


@pytest.mark.parametrize("text", ["2015年税收收入", "1-12月", "12月底", "截至2024年8月31日", "全年", "2022年至2024年", "三个部门", "3.5万元"])
def test_a_whole_year_a_day_or_no_time_at_all_is_no_part(text: str) -> None:
    assert part_in(text) == ""


def test_the_second_quarter_is_not_the_half_year_that_ends_with_it() -> None:
    assert same_part("上半年", "1-6月") and same_part("前四个月", "1—4月") and same_part("一季度", "1-3月")
    assert not same_part("第二季度", "1-6月") and not same_part("下半年", "1-11月") and same_part("第二季度", "二季度")
