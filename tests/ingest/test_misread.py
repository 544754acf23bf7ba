"""Safe repairs of OCR's text: no digit is guessed, and what can't be repaired is doubted."""

import pytest

from ingest.misread import DOUBTFUL, is_numeric, is_well_formed, settle, tidy
from ingest.ocr import Reading


def reading(text: str, sure: float = 0.99) -> Reading:
    """A strip read with the same confidence in every character."""
    count = len(text)
    return Reading(text, (sure,) * count, tuple((k + 0.5) / count for k in range(count)))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("１，２３４．５６", "1,234.56"),
        ("307. 82", "307.82"),
        ("2,711 .50", "2,711.50"),
        ("545.184,036.20", "545,184,036.20"),
        ("1O0.00", "100.00"),
        ("－12.3%", "-12.3%"),
        ("0.00", "0.00"),
        ("-", "-"),
        ("—", "—"),
    ],
)
def test_misread_separators_and_widths_are_mended(read: str, meant: str) -> None:
    assert tidy(read) == meant


@pytest.mark.parametrize("text", ["O", "行政运行", "12 34", "1l.5", "1..5", "二、外交支出"])
def test_what_is_not_safely_mended_stays_as_read(text: str) -> None:
    assert tidy(text) == text


def test_a_separator_that_could_be_either_is_left_alone() -> None:
    assert tidy("1.234") == "1.234"


def test_two_numbers_run_together_are_doubted() -> None:
    assert not is_well_formed("12 34")
    assert settle([reading("12 34")], [])[1] <= DOUBTFUL


def test_a_stroke_in_a_number_is_doubted() -> None:
    assert settle([reading("1,042.5/")], [])[1] <= DOUBTFUL


def test_readings_that_disagree_are_doubted_and_the_surer_is_kept() -> None:
    assert settle([reading("1,234.56", 0.97)], [reading("1,243.56", 0.99)]) == ("1,243.56", DOUBTFUL)


def test_readings_that_agree_but_for_width_are_believed() -> None:
    assert settle([reading("1，234．56")], [reading("1,234.56")]) == ("1,234.56", 0.99)


def test_one_doubtful_digit_spoils_the_number() -> None:
    doubtful = Reading("3.14", (0.99, 0.99, 0.4, 0.99), (0.1, 0.3, 0.5, 0.7))
    assert settle([doubtful], []) == ("3.14", 0.4)


@pytest.mark.parametrize(("text", "numeric"), [("85辆", True), ("0", True), ("行政运行", False), ("", False)])
def test_figures_are_told_from_names(text: str, numeric: bool) -> None:
    assert is_numeric(text) is numeric
