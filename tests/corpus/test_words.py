"""How text is cut for the word index."""

import pytest

from corpus.words import plain_name, words


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("支出1,234.56万元", "1,234.56"),
        ("支出１，２３４．５６万元", "1,234.56"),
        ("2130101行政运行", "2130101"),
        ("2024年度部门决算", "2024年度"),
        ("增长12.5%，", "12.5%"),
        ("减少-3.20万元", "3.20"),
        ("编号A12b", "a12b"),
    ],
)
def test_numbers_codes_and_years_stay_whole(text: str, whole: str) -> None:
    assert whole in words(text)


def test_a_number_is_found_with_and_without_separators() -> None:
    assert set(words("1,234.56")) & set(words("1234.56"))


def test_a_year_is_found_as_year_and_as_budget_year() -> None:
    assert set(words("2024年度")) & set(words("2024年"))


def test_a_range_is_no_negative_number() -> None:
    assert words("2-4") == ["2", "4"]


def test_an_unknown_name_is_cut_alike_wherever_it_stands() -> None:
    """硚 is in no dictionary word that the sentence has; a neighbour must not change how the name is found."""
    assert set(words("硚厝坳")) <= set(words("关于硚厝坳的说明"))


def test_a_long_word_is_found_by_its_parts() -> None:
    assert {"公务", "用车"} <= set(words("公务用车"))


def test_signs_and_particles_are_no_words() -> None:
    assert words("，。（）的了") == []


def test_a_plain_name_does_without_spaces_and_quotes() -> None:
    assert plain_name("“三公” 经\n费（Ａ）") == plain_name("三公经费(A)")
