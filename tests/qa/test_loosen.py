"""A part of the scope taken away: what it is settled to instead, that this is said, and that the words left ask just that."""

from collections.abc import Iterator

import pytest

from corpus.shelf import Shelf
from qa.answer import answer
from qa.reply import Reply, ScopePart, Status
from tests.qa.hand_made import OFFICE, usual_shelf

YEAR, KIND, PUBLISHER = frozenset({ScopePart.YEAR}), frozenset({ScopePart.KIND}), frozenset({ScopePart.PUBLISHER})


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = usual_shelf(tmp_path_factory.mktemp("hand"))
    yield kept
    kept.close()


def value(reply: Reply) -> str:
    assert reply.status is Status.ANSWERED, reply.text
    return str(reply.values[0].amount)


def test_without_its_year_a_question_is_answered_by_the_latest_and_says_so(shelf: Shelf) -> None:
    asked = "万里街道2023年三公经费预算是多少？"
    assert value(answer(asked, shelf)) == "9.00万元"
    reply = answer(asked, shelf, (), YEAR)
    assert value(reply) == "8.00万元" and reply.scope[1] == "2025年"
    assert reply.notices == ("没有限定年度，按报告库中最近的2025年回答。",)
    assert ScopePart.YEAR not in reply.given, "what was assumed cannot be taken away again"


def test_a_year_that_the_conversation_gave_is_taken_away_too(shelf: Shelf) -> None:
    first = answer("万里街道2023年三公经费预算是多少？", shelf)
    assert value(answer("公务接待费呢？", shelf, (first,))) == "1.00万元"
    reply = answer("公务接待费呢？", shelf, (first,), YEAR)
    assert value(reply) == "0.50万元" and reply.scope[0].endswith("万里街道办事处"), "the publisher stays as the conversation gave it"


def test_without_its_publisher_a_question_is_asked_back_and_each_choice_is_a_whole_question(shelf: Shelf) -> None:
    reply = answer("硚口区政府办2022年机关运行经费是多少？", shelf, (), PUBLISHER | YEAR)
    assert reply.status is Status.CLARIFY and not reply.values
    again = next(choice for choice in reply.choices if choice.startswith(OFFICE))
    assert "硚口区政府办" not in again and value(answer(again, shelf)) == "92.97万元"


def test_a_publisher_that_the_conversation_gave_is_taken_away_too(shelf: Shelf) -> None:
    first = answer("硚口区政府办2022年三公经费是多少？", shelf)
    assert answer("机关运行经费呢？", shelf, (first,), PUBLISHER | YEAR).status is Status.CLARIFY


def test_without_its_publisher_the_only_one_that_fits_is_taken_and_said(shelf: Shelf) -> None:
    reply = answer("硚口区政府办2022年机关运行经费是多少？", shelf, (), PUBLISHER)
    assert value(reply) == "92.97万元" and any(OFFICE in notice for notice in reply.notices)
    assert reply.given == YEAR


def test_without_its_kind_a_question_says_which_was_taken(shelf: Shelf) -> None:
    asked = "硚口区政府办2022年三公经费预算是多少？"
    assert value(answer(asked, shelf)) == "6.02万元"
    reply = answer(asked, shelf, (), KIND)
    assert value(reply) == "4.28万元" and reply.notices == ("没有限定文种，按决算回答。",)


def test_only_what_was_said_can_be_taken_away(shelf: Shelf) -> None:
    assert answer("硚口区政府办三公经费是多少？", shelf).given == PUBLISHER
    assert answer("硚口区政府办2022年三公经费决算是多少？", shelf).given == PUBLISHER | YEAR | KIND


@pytest.mark.parametrize("without", [YEAR, KIND, YEAR | KIND], ids=str)
@pytest.mark.parametrize(
    "asked",
    [
        "硚口区政府办2022年三公经费花了多少？",
        "硚口区政府办2022年度三公经费决算比上年增加多少？",
        "硚口区政府办2022年公务接待几批次？",
        "硚口区政府办22年三公经费完成预算的百分之几？",
        "2024年万里街道三公经费预算是多少？",
        "万里街道近三年三公经费预算的走势",
    ],
)
def test_the_words_that_are_left_ask_just_what_was_answered(asked: str, without: frozenset[ScopePart], shelf: Shelf) -> None:
    reply = answer(asked, shelf, (), without)
    again = answer(reply.resolved, shelf)
    assert (again.status, again.text, again.values, again.scope) == (reply.status, reply.text, reply.values, reply.scope)
    assert not (again.given & without)
