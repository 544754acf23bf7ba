"""Questions about the agencies (单位) of a department whose report prints their rows: only an agency's own cell is its figure."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.disclosure import Kind
from corpus.fact import Basis
from corpus.shelf import Shelf
from qa.answer import answer
from qa.question import understand
from qa.reply import Reply, Status
from qa.sub_units import asked_units
from tests.qa.agency_report import BUREAU, CENTRE, OFFICE, STATION, TEAM, agency_shelf
from tests.qa.hand_made import Row, made, shelf_of


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = agency_shelf(Path(tmp_path_factory.mktemp("agencies")))
    yield opened
    opened.close()


def told(question: str, shelf: Shelf) -> str:
    reply = answer(question, shelf)
    return reply.text if reply.status is Status.ANSWERED else ""


def quoted(reply: Reply) -> str:
    return " ".join(one.quote for one in reply.citations)


@pytest.mark.parametrize(
    ("question", "unit", "figure"),
    [
        (f"{CENTRE}的基本支出是多少？", CENTRE, "80.00万元"), ("管护中心的项目支出多少", CENTRE, "200.00万元"), ("河道中心一般公共预算项目支出", CENTRE, "190.00万元"),
        ("执法支队2025年公务接待费多少", TEAM, "1.00万元"), ("监测站的事业收入有多少", STATION, "20.00万元"), ("局机关住房公积金多少？", OFFICE, "20.00万元"),
        (f"{OFFICE}培训支出是多少", OFFICE, "100.00万元"), ("执法支队三公经费多少", TEAM, "12.00万元"), ("执法支队收入合计多少", TEAM, "250.00万元"),
        ("住房公积金里执法支队那部分是多少", TEAM, "50.00万元"),
    ],
)  # fmt: skip
def test_an_agency_is_answered_by_its_own_cell(shelf: Shelf, question: str, unit: str, figure: str) -> None:
    reply = answer(question, shelf)
    assert reply.status is Status.ANSWERED and reply.text.startswith(f"{unit}：") and figure in reply.text
    assert unit in quoted(reply)


def test_a_short_name_is_told_as_it_was_understood(shelf: Shelf) -> None:
    assert f"“执法支队”按“{TEAM}”理解。" in answer("执法支队基本支出多少", shelf).notices


@pytest.mark.parametrize(
    "question",
    [
        "管护中心的公用经费是多少？", f"{TEAM}人员经费多少", "执法支队的办公费多少", "监测站有多少人", "执法支队有几辆车", "执法支队的项目支出比上年增加多少", "局机关的机关运行经费多少",
        "管护中心的事业收入多少", "政务中心的项目支出多少", "安康市水政综合执法支队基本支出多少", "执法支队为什么三公经费下降", "局机关的主要职责是什么",
    ],
)  # fmt: skip
def test_what_is_not_printed_of_an_agency_is_not_told_of_it(shelf: Shelf, question: str) -> None:
    assert not told(question, shelf)


def test_a_name_that_two_agencies_may_bear_is_neither(shelf: Shelf) -> None:
    asked = understand("监测中心的基本支出", shelf.disclosures())
    assert asked_units(asked, (TEAM, CENTRE, STATION), ()) == ()
    both = understand("水质中心的基本支出", shelf.disclosures())
    assert asked_units(both, ("青棠市水质监测中心", "青棠市水质化验中心"), ()) == ()


def test_the_whole_is_not_answered_by_an_agency(shelf: Shelf) -> None:
    assert "120.00万元" in told("住房公积金是多少", shelf)
    assert "900.00万元" in told(f"{BUREAU}2025年支出预算多少", shelf)
    assert "190.00万元" in told("青棠大堤加固工程安排多少钱", shelf), "a project that one agency alone has is the department's"


@pytest.mark.parametrize(
    ("question", "first", "figure"),
    [
        ("住房公积金最多的是哪家单位", TEAM, "50.00万元"), ("各单位三公经费谁最少", STATION, "2.00万元"), ("哪个单位项目支出最多？", CENTRE, "200.00万元"),
        ("各单位公务接待费从高到低排一下", OFFICE, "4.00万元"), ("哪个下属单位预算最大", OFFICE, "300.00万元"), ("哪个单位事业收入最多", STATION, "20.00万元"),
    ],
)  # fmt: skip
def test_agencies_are_ranked_by_their_own_rows(shelf: Shelf, question: str, first: str, figure: str) -> None:
    reply = answer(question, shelf)
    assert reply.status is Status.ANSWERED and first in reply.text.partition("；")[0] and figure in reply.text.partition("；")[0]
    assert "120.00万元" not in reply.text and "28.00万元" not in reply.text


@pytest.mark.parametrize("question", ["哪个单位公用经费最多", "哪个单位事业收入最少", "几家单位里哪家最大", "哪个单位公务接待费占比最高", "哪个单位人最多"])
def test_a_rank_that_the_rows_do_not_print_is_refused(shelf: Shelf, question: str) -> None:
    assert not told(question, shelf)


def test_two_agencies_are_held_against_each_other(shelf: Shelf) -> None:
    assert "70.00万元" in told("执法支队的基本支出比局机关少多少", shelf) or "20.00万元" in told("执法支队的基本支出比局机关少多少", shelf)
    assert "合计5.00万元" in told("局机关和执法支队的公务接待费一共多少", shelf)
    assert "42.86%" in told("三公经费里执法支队占多少", shelf)


def test_a_sum_needs_two_different_facts(shelf: Shelf) -> None:
    assert "16.00" not in told("请上面来人吃饭、接待，一共花多少钱", shelf)
    assert not told("接待加出国一共多少钱", shelf)


def test_what_was_done_last_year_is_not_planned_for_this(shelf: Shelf) -> None:
    assert "50公里" in told("2025年整治河道多少公里", shelf)
    assert "42公里" in told("2024年整治河道多少公里", shelf)
    assert not told("2025年加固水库多少座", shelf)


def test_cars_are_counted_by_their_own_sentence(shelf: Shelf) -> None:
    assert "11辆" in told("有多少辆公务用车", shelf)


def test_how_many_agencies_is_not_how_many_of_a_kind(shelf: Shelf) -> None:
    assert not told("下属二级预算单位有几个", shelf)


@pytest.mark.parametrize("question", ["青棠大堤加固工程总投资多少", "青棠大堤加固工程还需要多少钱", "信息系统建设费多少", "办公楼维修花多少（不含物业）", "上年结转里政府性基金结转多少"])
def test_a_telling_word_that_no_row_bears_means_another_thing(shelf: Shelf, question: str) -> None:
    assert not told(question, shelf)


SCHOOLS = ("荔塘区教育局（本级）", "粤浦市荔塘中学", "荔塘区实验小学", "荔塘区第一幼儿园", "荔塘区招生考试事务办")


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A bureau's own office and its schools; one row bears a name that no rule knows for an agency's."""
    cells = [Row((name,), f"{n}00.00", form="支出表", basis=Basis.BUDGET, column=("合计",)) for n, name in enumerate(SCHOOLS, 1)]
    report = made("粤浦市荔塘区教育局", "荔塘区教育局", 2025, (*cells, Row(("合计",), "1500.00", form="支出表", basis=Basis.BUDGET, column=("合计",))), Kind.BUDGET)
    opened = shelf_of(Path(tmp_path_factory.mktemp("schools")), report)
    yield opened
    opened.close()


def test_the_most_is_of_all_agencies_whatever_they_are_called(schools: Shelf) -> None:
    reply = answer("哪家单位的支出预算最大？", schools)
    assert reply.status is Status.ANSWERED and all(name in reply.text for name in SCHOOLS)
    assert "最多的单位是荔塘区招生考试事务办" in reply.text


def test_the_office_itself_is_one_of_the_agencies_where_the_tables_list_it(schools: Shelf) -> None:
    for named in ("荔塘区教育局（本级）", "荔塘区教育局本级", "局本级"):
        assert "100.00万元" in told(f"{named}2025年支出预算多少？", schools)
    assert "1,500.00万元" in told("荔塘区教育局2025年支出预算多少？", schools)


def test_schools_are_agencies(schools: Shelf) -> None:
    assert "500.00万元" in told("荔塘中学和实验小学的支出预算加起来多少？", schools)
