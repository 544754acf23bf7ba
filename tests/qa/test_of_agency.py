"""Follow-ups in a conversation about an agency of a department: what is asked next is asked of that agency, never of the whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.shelf import Shelf
from qa.answer import answer
from qa.reply import Reply, Status
from tests.qa.agency_report import BUREAU, CENTRE, TEAM, agency_shelf


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = agency_shelf(Path(tmp_path_factory.mktemp("agency")))
    yield opened
    opened.close()


def talked(shelf: Shelf, *turns: str) -> Reply:
    """The last reply of a conversation."""
    replies: list[Reply] = []
    for turn in turns:
        replies.append(answer(turn, shelf, replies))
    return replies[-1]


@pytest.mark.parametrize(
    ("turns", "unit", "figure"),
    [
        (("执法支队2025年支出多少？", "其中基本支出呢"), TEAM, "180.00万元"), (("执法支队2025年支出多少？", "那项目支出呢"), TEAM, "70.00万元"),
        (("执法支队基本支出多少？", "河道中心呢"), CENTRE, "80.00万元"), ((f"{BUREAU}2025年项目支出多少？", "执法支队呢"), TEAM, "70.00万元"),
        (("执法支队2025年支出多少？", "收入合计呢"), TEAM, "250.00万元"), (("执法支队2025年支出多少？", "项目支出呢", "管护中心呢"), CENTRE, "200.00万元"),
    ],
)  # fmt: skip
def test_what_follows_is_asked_of_the_agency(shelf: Shelf, turns: tuple[str, ...], unit: str, figure: str) -> None:
    reply = talked(shelf, *turns)
    assert reply.status is Status.ANSWERED and reply.text.startswith(f"{unit}：") and figure in reply.text


def test_what_is_not_printed_of_the_agency_is_not_told_of_the_department(shelf: Shelf) -> None:
    reply = talked(shelf, "执法支队2025年支出多少？", "有几辆车")
    assert reply.status is not Status.ANSWERED or TEAM in reply.text


def test_the_department_named_again_is_the_whole(shelf: Shelf) -> None:
    reply = talked(shelf, "执法支队2025年项目支出多少？", f"{BUREAU}的呢")
    assert reply.status is not Status.ANSWERED or "400.00万元" in reply.text


def test_the_question_written_out_names_the_agency_and_asks_the_same_alone(shelf: Shelf) -> None:
    reply = talked(shelf, "执法支队2025年支出多少？", "其中基本支出呢")
    assert "执法支队" in reply.resolved and answer(reply.resolved, shelf).text == reply.text


def test_a_share_goes_on_with_its_whole(shelf: Shelf) -> None:
    reply = talked(shelf, "执法支队2025年支出多少？", "项目支出占多少")
    assert reply.status is Status.ANSWERED and "28.00%" in reply.text


def test_agencies_are_compared_by_the_same_item(shelf: Shelf) -> None:
    """比…多多少 after an agency's 项目支出 is of the other's 项目支出, never of all that it spends."""
    reply = talked(shelf, "执法支队2025年项目支出多少？", "比河道中心多多少")
    assert reply.status is Status.ANSWERED and "130.00万元" in reply.text and "280.00" not in reply.text
