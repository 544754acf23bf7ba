"""Example questions come from what is on the shelf."""

from dataclasses import replace
from decimal import Decimal

from corpus.amount import WAN, Amount
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.fact import Basis, Fact, Measure, Origin
from qa.examples import example_questions, short_name

BUREAU = Disclosure("a" * 16, "", "甲.pdf", "某市甲局", ("甲局",), 2024, Kind.FINAL, Scope.DEPARTMENT, 9, (), True)
STREET = replace(BUREAU, id="b" * 16, publisher="某市乙街道", aliases=("乙街道",), kind=Kind.BUDGET, year=2025)


def fact(item: str, number: str) -> Fact:
    return Fact(
        "a-1", "a" * 16, "t", 0, 0, "表", "", (item,), "", ("合计",), Measure.AMOUNT, Basis.FINAL, "", 2024,
        Amount(Decimal(number), WAN), Source("甲.pdf", 1), Origin.TEXT, True, number,
    )  # fmt: skip


def test_an_empty_shelf_has_no_examples() -> None:
    assert example_questions((), lambda id: ()) == ()


def test_examples_take_turns_between_publishers_and_say_whether_it_is_a_plan() -> None:
    facts = {BUREAU.id: [fact("公务接待费", "4.28")], STREET.id: [replace(fact("公务接待费", "1"), year=2025)]}
    asked = example_questions((STREET, BUREAU), lambda id: facts[id])
    assert asked[:2] == ("甲局2024年公务接待费花了多少？", "乙街道2025年公务接待费安排了多少？")


def test_a_blank_a_zero_and_an_unreliable_figure_are_no_examples() -> None:
    for bad in (fact("公务接待费", "0"), replace(fact("公务接待费", "1"), reliable=False), replace(fact("公务接待费", "1"), amount=None)):
        assert not any("公务接待费" in question for question in example_questions((BUREAU,), {BUREAU.id: [bad]}.__getitem__))


def test_the_largest_account_is_asked_for() -> None:
    facts = [replace(fact("行政运行", "5"), account="2013901"), replace(fact("事业运行", "9"), account="2013950")]
    assert "甲局2024年事业运行花了多少？" in example_questions((BUREAU,), lambda id: facts)


def test_a_comparison_needs_the_year_before_on_the_shelf() -> None:
    earlier = replace(BUREAU, id="c" * 16, year=2023)
    asked = "甲局2024年支出合计比上年增减多少？"
    assert asked in example_questions((BUREAU, earlier), lambda id: ())
    assert asked not in example_questions((BUREAU,), lambda id: ())


def test_a_short_name_that_two_publishers_share_is_not_used() -> None:
    namesake = replace(BUREAU, id="d" * 16, publisher="他市甲局")
    assert short_name(BUREAU, (BUREAU, namesake)) == "某市甲局"
    assert short_name(BUREAU, (BUREAU,)) == "甲局"


def test_a_guessed_identity_serves_only_where_none_is_sure() -> None:
    guessed = replace(BUREAU, certain=False)
    assert all("乙街道" in question for question in example_questions((guessed, STREET), lambda id: ()))
    assert any("甲局" in question for question in example_questions((guessed,), lambda id: ()))
