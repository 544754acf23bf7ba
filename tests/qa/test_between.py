"""哪个部门最高: one item over many publishers, like compared with like."""

from pathlib import Path

import pytest

from corpus.disclosure import Kind
from corpus.fact import Basis
from corpus.record import Record
from corpus.shelf import Shelf
from qa.answer import answer
from qa.reply import Status
from tests.qa.hand_made import made, rows, shelf_of

MANY = 13


def _office(n: int, year: int, fee: str, kind: Kind = Kind.FINAL) -> Record:
    basis = Basis.FINAL if kind is Kind.FINAL else Basis.BUDGET
    cells = rows(f"商品和服务支出/办公费 {fee}", "商品和服务支出/办公设备购置 900.00", f"项目支出 {n}0.00", form="基本支出表", basis=basis, column=(f"{kind}数",))
    told = rows("商品和服务支出/劳务费 777.00", f"机关运行经费 {n + 1}.50", basis=basis)
    return made(f"云泽市甲{n:02}区财政局", f"甲{n:02}区财政局", year, (*cells, *told), kind)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """13 publishers of 2024; one of them has gone on to 2025, another prints a budget alone, a third prints the row blank."""
    records = [_office(n, 2024, f"{n + 1}.00") for n in range(MANY - 2)]
    records += [_office(0, 2025, "99.00"), _office(MANY - 2, 2024, "88.00", Kind.BUDGET), _office(MANY - 1, 2024, "-")]
    return shelf_of(tmp_path_factory.mktemp("many"), *records)


def test_the_highest_of_many_is_told_with_ten_and_drawn_with_all(many: Shelf) -> None:
    reply = answer("2024年哪个部门的办公费决算最高？", many)
    assert reply.status is Status.ANSWERED, reply.text
    assert str(reply.values[0].amount) == "11.00万元" and "甲10区财政局最高" in reply.text
    assert len(reply.citations) == 10 and len(reply.series) == MANY - 2 and "其余1个部门从略" in reply.text
    assert "{" not in reply.text


def test_the_lowest_is_told_first(many: Shelf) -> None:
    reply = answer("2024年哪个部门的办公费决算最低？", many)
    assert str(reply.values[0].amount) == "1.00万元" and reply.series[0].name == "云泽市甲00区财政局"


def test_without_a_year_one_and_the_same_is_compared(many: Shelf) -> None:
    reply = answer("哪个部门的办公费最高？", many)
    assert str(reply.values[0].amount) == "11.00万元", "99万元 is of 2025, 88万元 a budget"
    assert any("2024年度决算" in notice for notice in reply.notices)


def test_who_is_not_compared_is_said(many: Shelf) -> None:
    notices = " ".join(answer("2024年哪个部门的办公费决算最高？", many).notices)
    assert "没有计入云泽市甲11区财政局：报告库中没有2024年决算的报告" in notices
    assert "没有计入云泽市甲12区财政局：报告中没有找到" in notices, "blank is not zero"


def test_prose_is_compared_too_and_another_row_is_not_taken(many: Shelf) -> None:
    reply = answer("2024年哪个部门的机关运行经费决算最高？", many)
    assert str(reply.values[0].amount) == "13.50万元" and len(reply.series) == MANY - 1
    assert "900.00" not in answer("2024年哪个部门的办公费决算最高？", many).text


def test_all_publishers_figures_are_added_up(many: Shelf) -> None:
    reply = answer("2024年所有部门的办公费决算一共多少？", many)
    assert str(reply.values[0].amount) == "66.00万元" and "11个部门" in reply.text and len(reply.series) == MANY - 2


def test_plan_and_outturn_are_never_compared_in_silence(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, _office(1, 2024, "5.00"), _office(2, 2024, "6.00", Kind.BUDGET))
    reply = answer("2024年哪个部门的办公费最高？", shelf)
    assert any("口径不同" in notice for notice in reply.notices) and "预算6.00万元" in reply.text
    refused = answer("2024年所有部门的办公费一共多少？", shelf)
    assert refused.status is Status.REFUSED and not refused.values


def test_named_publishers_are_added_up_whole_or_not_at_all(many: Shelf) -> None:
    both = answer("甲01区财政局和甲02区财政局2024年办公费决算加起来多少？", many)
    assert str(both.values[0].amount) == "5.00万元", both.text
    one = answer("甲01区财政局和甲12区财政局2024年办公费决算加起来多少？", many)
    assert one.status is Status.REFUSED and "甲12区财政局" in one.text


def test_names_on_the_shelf_are_known_anew_when_it_changes(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, _office(1, 2024, "5.00"))
    before = shelf.store.names()
    assert before is shelf.store.names() and set(before) == {"劳务费", "办公设备购置", "办公费", "机关运行经费", "项目支出"} and len(before) == 5
    shelf.delete(shelf.disclosures()[0].id)
    assert shelf.store.names() == ()
