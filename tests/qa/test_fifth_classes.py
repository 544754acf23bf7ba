"""Classes of questions that a hostile reader got a wrong figure for: each by the fact that decides it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.amount import Unit, UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Measure
from corpus.record import Record
from corpus.shelf import Shelf
from qa.answer import answer
from qa.check import as_json, check
from qa.publisher import named_publishers
from qa.question import understand
from qa.reply import Status
from tests.qa.hand_made import Row, made, rows, shelf_of

OFFICE, STREET = "江原市东岭区人民政府办公室", "江原市东岭区长青街道办事处"
CARS, SETS = Unit("辆", UnitKind.COUNT, Decimal(1), "辆"), Unit("台", UnitKind.COUNT, Decimal(1), "台")


def office() -> Record:
    told = (
        *rows("支出 2711.50", "支出/基本支出 1266.62", "支出/项目支出 1444.88", "机关运行经费 92.97", "乡村振兴工作经费 1403.99", "财政拨款收入 2711.50"),
        Row(("机关运行经费",), "3.35", measure=Measure.CHANGE, versus="上年"), Row(("单价20万元（含）以上的设备",), "33", SETS, Measure.COUNT, Basis.NONE),
    )  # fmt: skip
    classes = rows("一般公共服务支出 1042.54", "农林水支出 1403.99", "住房保障支出 84.71", form="支出表", column=("本年支出合计",))
    record = made(OFFICE, "东岭区政府办", 2022, (*told, *classes))
    codes = {"一般公共服务支出": "201", "农林水支出": "213", "住房保障支出": "221"}
    return replace(record, facts=tuple(replace(fact, account=codes.get(fact.item[-1], "")) for fact in record.facts if fact.item[-1] != "农林水支出" or fact.form))


def street(year: int, cars: str) -> Record:
    """A budget counts its cars in the summer before, and has a note that was left from the form."""
    record = made(
        STREET, "长青街道", year, (*rows("三公经费 47.91", form="三公经费表", basis=Basis.BUDGET, column=("预算数",)), Row(("车辆",), cars, CARS, Measure.COUNT, Basis.NONE)),
        Kind.BUDGET, said=(f"注:本部门{year}年无“三公”经费预算，故本表为空表",),
    )  # fmt: skip
    day = f"截至{year - 1}年8月31日，共有车辆{cars}辆。"
    return replace(record, facts=tuple(replace(fact, text=day) if fact.measure is Measure.COUNT else fact for fact in record.facts))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = shelf_of(Path(tmp_path_factory.mktemp("fifth")), office(), street(2024, "7"), street(2025, "8"))
    yield opened
    opened.close()


def test_the_least_class_is_a_class_and_not_one_of_two_halves(shelf: Shelf) -> None:
    told = answer("东岭区政府办2022年花得最少的一类支出是啥？", shelf).text
    assert "“住房保障支出”最少，为84.71万元" in told and "基本支出" not in told


def test_a_year_beside_the_one_named_is_not_that_year(shelf: Shelf) -> None:
    assert understand("东岭区政府办2022年的上年机关运行经费", shelf.disclosures()).years == (2021,)
    assert understand("东岭区政府办2022年的次年机关运行经费", shelf.disclosures()).years == (2023,)
    assert understand("东岭区政府办2022年的上年结转", shelf.disclosures()).years == (2022,), "an item's name"
    assert "89.62万元" in answer("东岭区政府办2022年的上年机关运行经费是多少？", shelf).text


@pytest.mark.parametrize(("day", "cars"), [("2023年8月31日", "7辆"), ("2024年8月31日", "8辆")])
def test_a_stock_is_counted_on_the_day_asked_for(shelf: Shelf, day: str, cars: str) -> None:
    assert answer(f"截至{day}，长青街道共有车辆几辆？", shelf).text.startswith(cars)


def test_a_stock_of_a_day_that_no_report_counts_is_refused(shelf: Shelf) -> None:
    assert answer("截至2025年8月31日，长青街道共有车辆几辆？", shelf).status is not Status.ANSWERED


def test_a_limit_that_the_row_does_not_name_is_another_row(shelf: Shelf) -> None:
    assert answer("东岭区政府办2022年单价20万元以上的设备有多少台？", shelf).text.startswith("33台")
    assert answer("东岭区政府办2022年单价50万元以上的设备有多少台？", shelf).status is not Status.ANSWERED
    assert answer("东岭区政府办2022年单价0万元以上的设备有多少台？", shelf).status is not Status.ANSWERED, "the end of another number"


@pytest.mark.parametrize("body", ["东岭区乡村振兴局", "东岭区政府研究室", "东岭区机关事务服务中心"])
def test_another_body_of_the_place_is_no_item_of_the_office(shelf: Shelf, body: str) -> None:
    assert named_publishers(f"{body}2022年支出多少？", shelf.disclosures()).unknown == body
    reply = answer(f"{body}2022年支出多少？", shelf)
    assert reply.status is Status.REFUSED and not reply.values


def test_an_item_named_after_a_body_is_still_an_item(shelf: Shelf) -> None:
    assert named_publishers("东岭区政府研究室工作经费是多少？", shelf.disclosures()).unknown == ""
    assert "1,403.99万元" in answer("东岭区政府办2022年乡村振兴工作经费是多少？", shelf).text


def test_what_is_outside_an_item_is_not_the_item(shelf: Shelf) -> None:
    assert answer("东岭区政府办2022年财政拨款外的收入多少？", shelf).status is not Status.ANSWERED


def test_a_budget_that_has_none_says_nothing_of_what_was_spent(shelf: Shelf) -> None:
    (claim,) = as_json(check("长青街道2024年三公经费实际支出47.91万元。", shelf))["claims"]
    assert claim["verdict"] == "unverifiable"


def test_all_project_spending_is_taken_off_no_single_item(shelf: Shelf) -> None:
    assert answer("东岭区政府办2022年农林水支出，不含项目支出是多少？", shelf).status is not Status.ANSWERED
    assert "1,266.62万元" in answer("东岭区政府办2022年支出，不含项目支出是多少？", shelf).text


def test_who_asks_for_the_budget_and_the_outturn_is_told_both(tmp_path: Path) -> None:
    cells = (*rows("公务接待费 3.02", form="三公经费表", basis=Basis.BUDGET, column=("预算数",)), *rows("公务接待费 1.28", form="三公经费表", column=("决算数",)))
    both = shelf_of(tmp_path, made(OFFICE, "东岭区政府办", 2022, cells))
    for question in ("公务接待费预算多少，实际花了多少？", "公务接待费预算和决算各是多少？"):
        told = answer(f"东岭区政府办2022年{question}", both).text
        assert "3.02万元" in told and "1.28万元" in told
    both.close()
