"""A model's second opinion is bound twice: to the names that were offered, and to questions that the rules answer."""

from collections.abc import Iterator

import pytest

from corpus.shelf import Shelf
from qa import second
from qa.answer import answer
from qa.replies import replies
from qa.reply import Status
from tests.qa.fake_model import FakeModel
from tests.qa.small_report import small_shelf

QUESTION = "局里请客花了多少？"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = small_shelf(tmp_path_factory.mktemp("second"))
    yield opened
    opened.close()


def ends(shelf: Shelf, pick: str) -> list[Status]:
    return [reply.status for reply in replies(QUESTION, shelf, FakeModel(f'{{"pick": "{pick}"}}'))]


def test_what_is_not_offered_is_not_picked(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it would be answered."""
    monkeypatch.setattr(second, "offered", lambda desk: ("公务接待费",))
    assert ends(shelf, "公务接待费") == [Status.REFUSED, Status.CLARIFY]
    assert answer("甲区财政局2024年机关运行经费决算是多少？", shelf).status is Status.ANSWERED
    assert ends(shelf, "机关运行经费") == [Status.REFUSED]


def test_a_pick_that_finds_nothing_is_not_offered(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "offered", lambda desk: ("局长工资",))
    assert ends(shelf, "局长工资") == [Status.REFUSED]
