"""Classes of questions and claims that the third blind set answered with another figure or called 一致: each by the fact that decides it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.amount import PERCENT, Unit, UnitKind
from corpus.disclosure import Kind, Scope
from corpus.fact import Basis, Measure
from corpus.record import Record
from corpus.shelf import Shelf
from qa.answer import answer
from qa.asks import Ask
from qa.check import as_json, check
from qa.question import understand
from qa.reply import Status
from tests.qa.hand_made import STREET, Row, made, shelf_of

CARS = Unit("辆", UnitKind.COUNT, Decimal(1), "辆")
CITY, OFFICE = "江原市", "江原市档案局"


def planned(item: str, number: str, *, form: str = "", column: tuple[str, ...] = (), year: int = 0) -> Row:
    return Row(tuple(item.split("/")), number, basis=Basis.BUDGET, form=form, column=column, year=year)


def moved(item: str, number: str, measure: Measure, versus: str) -> Row:
    return Row(tuple(item.split("/")), number, PERCENT if measure is Measure.GROWTH else planned("", "1").unit, measure, Basis.BUDGET, versus)


def city() -> Record:
    """A city's table of how its budget was carried out, and sentences of two levels."""
    table = [
        Row(("一般公共预算支出", name), number, basis=basis, form="执行表", column=(column,), year=year)
        for name, numbers in (("教育支出", ("3498904", "3617604", "3586819", "3496806")), ("金融支出", ("71218", "60388", "59663", "40705")))
        for number, (basis, column, year) in zip(
            numbers, ((Basis.BUDGET, "预算数", 2025), (Basis.ADJUSTED, "调整预算数", 2025), (Basis.EXECUTED, "执行数", 2025), (Basis.FINAL, "上年决算数", 2024)), strict=True)
    ]  # fmt: skip
    told = [
        Row(("全市政府性基金预算支出",), "504.83", basis=Basis.EXECUTED), Row(("市本级政府性基金预算支出",), "220.37", basis=Basis.EXECUTED),
        Row(("市本级卫生健康支出",), "42.08", basis=Basis.EXECUTED), Row(("支出合计",), "1980.02", basis=Basis.EXECUTED),
        planned("地方政府专项债务新增限额", "780", form="债务表", column=("预算数",)),
        Row(("全市地方一般公共预算收入",), "1296.87", basis=Basis.EXECUTED), Row(("市本级地方一般公共预算收入",), "522.18", basis=Basis.EXECUTED),
    ]  # fmt: skip
    record = made(CITY, "江原", 2025, (*table, *told), Kind.BUDGET)
    return replace(record, disclosure=replace(record.disclosure, scope=Scope.GOVERNMENT))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    office = [
        made(OFFICE, "江原档案局", year, (
            planned("公务接待费", reception), planned("培训费", training), planned("机关运行经费", "10101.76"),
            planned("商品和服务支出/电费", "830", form="机关运行经费表", column=("机关运行经费支出",)), planned("商品和服务支出/电费", "300", form="基本支出表", column=("预算数",)),
            planned("收支总计", "24458.43"), moved("收支总计", "17.31", Measure.GROWTH, "上年"),
            planned("财政拨款收支总计", "24458.43"), planned("财政拨款收入", "24458.43"), planned("财政拨款支出", "24458.43"), moved("财政拨款支出", "18.14", Measure.GROWTH, "上年"),
            planned("三公经费", "22.91"), planned("公务车购置及运行费", "21.56"), planned("公务车购置及运行费/公务用车购置费", "0"), planned("公务车购置及运行费/公务车用车运行费", "21.56"),
            planned("维修费", {2017: "5", 2018: "5.5", 2019: "5.95"}[year]),
            planned("政府采购", "830"), planned("政府采购/工程", "550"), planned("政府采购/服务", "270"),
        ), Kind.BUDGET)
        for year, reception, training in ((2017, "28", "25"), (2018, "27", "30"), (2019, "26", "30"))
    ]  # fmt: skip
    street = made(STREET, "万里街道", 2023, (
        planned("公益性岗位补贴", "635.10"), moved("公益性岗位补贴", "-4.83", Measure.GROWTH, "上年执行数"), Row(("公益性岗位补贴",), "667.32", basis=Basis.EXECUTED, year=2022),
        planned("购房补贴", "325.68"), moved("购房补贴", "1.96", Measure.GROWTH, "上年执行数"),
        Row(("购房补贴",), "319.41", basis=Basis.EXECUTED, year=2022),
    ), Kind.BUDGET)  # fmt: skip
    later = made(STREET, "万里街道", 2024, (Row(("车辆",), "8", CARS, Measure.COUNT, Basis.NONE), planned("购房补贴", "340.00"), Row(("购房补贴",), "318.14", basis=Basis.EXECUTED, year=2023)), Kind.BUDGET)
    later = replace(later, facts=tuple(replace(fact, text="截至2023年8月31日，共有车辆8辆。") if fact.item == ("车辆",) else fact for fact in later.facts))
    audit = made("江原市审计局", "江原审计局", 2024, (
        Row(("支出总计",), "307.82", form="收支总表", column=("决算数",)), Row(("收入总计",), "307.82", form="收支总表", column=("决算数",)),
        Row(("本年支出合计",), "307.82", form="收支总表", column=("决算数",)), Row(("本年收入合计",), "307.82", form="收支总表", column=("决算数",)),
        Row(("一般公共预算财政拨款支出",), "307.82"), Row(("一般公共预算财政拨款支出",), "321.02", basis=Basis.ADJUSTED),
    ))  # fmt: skip
    kept = shelf_of(Path(tmp_path_factory.mktemp("blind")), city(), *office, street, later, audit)
    yield kept
    kept.close()


def said(shelf: Shelf, question: str) -> str:
    reply = answer(question, shelf)
    assert reply.status is Status.ANSWERED and reply.values, reply.text
    return f"{reply.values[0].amount.number}"


def verdicts(shelf: Shelf, text: str) -> list[str]:
    return [claim["verdict"] for claim in as_json(check(text, shelf))["claims"]]


@pytest.mark.parametrize(
    ("words", "years"),
    [("2017到2019三年", (2017, 2018, 2019)), ("2017-2019年", (2017, 2018, 2019)), ("2017年至2019年", (2017, 2018, 2019)), ("2017-19年", (2017, 2018, 2019)), ("17到19年", (2017, 2018, 2019)),
     ("2017和2019年", (2017, 2019)), ("2017年12月", (2017,))],
)  # fmt: skip
def test_a_range_of_years_holds_the_years_between(words: str, years: tuple[int, ...]) -> None:
    assert understand(f"江原市档案局{words}公务接待费总共多少？", ()).years == years


def test_three_years_are_added_up_not_the_first_and_the_last(shelf: Shelf) -> None:
    assert said(shelf, "江原市档案局2017到2019三年公务接待费总共多少？") in ("81", "81.00")


def test_brackets_may_say_where_an_item_stands(shelf: Shelf) -> None:
    assert said(shelf, "江原市档案局2018年电费（机关运行经费）是多少？") == "830"
    assert understand("2018年发给人的钱（人员经费）是多少", ()).items == ("人员经费",)


def test_beside_last_year_s_outturn_stands_what_was_spent_not_what_was_planned(shelf: Shelf) -> None:
    assert said(shelf, "江原市2025年教育支出比上一年多花了多少万元？") == "90013"


@pytest.mark.parametrize(("words", "amount"), [("教育支出是多少", "3586819"), ("教育支出预算是多少", "3498904"), ("教育支出年初预算是多少", "3498904"), ("教育支出调整预算数是多少", "3617604")])
def test_a_government_s_table_gives_the_basis_asked_for_and_else_what_was_spent(shelf: Shelf, words: str, amount: str) -> None:
    assert said(shelf, f"江原市2025年{words}？") == amount


def test_the_basis_of_the_year_compared_with_is_not_that_of_the_year_asked_for(shelf: Shelf) -> None:
    assert understand("2023年购房补贴比2022年执行数涨了百分之几", ()).basis is Basis.NONE
    assert said(shelf, "万里街道2023年购房补贴比2022年执行数涨了百分之几？") == "1.96"


def test_a_city_s_own_part_is_a_share_of_the_same_item_of_the_whole(shelf: Shelf) -> None:
    assert said(shelf, "江原市本级2025年一般公共预算收入占全市的百分之几？") == "40.26"


def test_a_car_s_running_is_not_its_purchase(shelf: Shelf) -> None:
    assert said(shelf, "江原市档案局2018年公务用车运行费是多少？") == "21.56"
    assert verdicts(shelf, "江原市档案局2018年公务用车运行费21.56万元。") == ["supported"]
    assert verdicts(shelf, "江原市档案局2018年公务用车购置费21.56万元。") == ["refuted"]


def test_a_difference_keeps_the_finer_of_two_prints(shelf: Shelf) -> None:
    assert said(shelf, "江原市档案局2019年维修费比2018年多多少？") == "0.45"


def test_a_figure_of_one_level_is_no_answer_for_the_other(shelf: Shelf) -> None:
    assert answer("江原市2025年全市卫生健康支出是多少？", shelf).status is not Status.ANSWERED
    assert said(shelf, "江原市本级2025年卫生健康支出是多少？") == "42.08"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江原市2025年全市卫生健康支出42.08万元。", ["unverifiable"]),
        ("江原市本级2025年卫生健康支出42.08万元。", ["supported"]),
        ("江原市2025年市本级政府性基金支出220.37万元，全市政府性基金支出504.83万元。", ["supported", "supported"]),
        ("江原市2025年市本级政府性基金支出504.83万元。", ["refuted"]),
    ],
)  # fmt: skip
def test_each_figure_of_a_sentence_has_its_own_level(shelf: Shelf, text: str, expected: list[str]) -> None:
    assert verdicts(shelf, text) == expected


@pytest.mark.parametrize(("over", "verdict"), [("2022年执行数", "supported"), ("2022年预算执行数", "supported"), ("2022年预算数", "unverifiable"), ("2022年预算", "unverifiable")])
def test_a_change_over_what_was_spent_is_none_over_what_was_planned(shelf: Shelf, over: str, verdict: str) -> None:
    assert verdicts(shelf, f"万里街道2023年公益性岗位补贴比{over}少4.83%。") == [verdict]


def test_what_was_spent_is_not_taken_for_last_year_s_budget(shelf: Shelf) -> None:
    assert said(shelf, "万里街道2023年公益性岗位补贴比2022年执行数少了多少？") == "32.22"
    assert answer("万里街道2023年公益性岗位补贴比2022年预算少了多少？", shelf).status is not Status.ANSWERED


@pytest.mark.parametrize(("year", "right"), [(2023, True), (2024, False)])
def test_a_stock_of_one_day_is_none_of_another_year_s(shelf: Shelf, year: int, right: bool) -> None:
    assert (verdicts(shelf, f"截至{year}年8月底，万里街道共有车辆8辆。") == ["supported"]) is right


@pytest.mark.parametrize(("rate", "verdict"), [("17.31", "supported"), ("18.14", "refuted")])
def test_all_money_has_its_own_growth_where_the_report_prints_it(shelf: Shelf, rate: str, verdict: str) -> None:
    assert verdicts(shelf, f"江原市档案局2018年收支预算总计24458.43万元，同比增长{rate}%。")[-1] == verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江原市档案局2018年三公经费22.91万元，主要是公务用车运行费21.56万元。", ["supported", "supported"]),
        ("江原市档案局2018年工程采购占政府采购预算的66%。", ["supported"]),
        ("江原市档案局2018年工程采购占政府采购预算超过七成。", ["refuted"]),
        ("江原市档案局2019年培训费30万元，比2017年多5万元。", ["supported", "supported"]),
        ("江原市档案局2019年培训费30万元，比2017年多3万元。", ["supported", "refuted"]),
        ("江原市2025年教育支出首次突破360亿元。", ["refuted"]),
        ("江原市2025年教育支出执行数是年初预算的1.03倍。", ["supported"]),
        ("江原市2025年教育支出预算数是年初预算的1.03倍。", ["unverifiable"]),
        ("江原市档案局2018年收支决算总计24458.43万元，同比增长17.31%。", ["unverifiable", "unverifiable"]),
        ("江原市2025年一般债务新增限额780万元。", ["unverifiable"]),
        ("江原市2025年专项债务新增限额780万元。", ["supported"]),
    ],
)  # fmt: skip
def test_claims_of_the_kinds_that_were_missed(shelf: Shelf, text: str, expected: list[str]) -> None:
    assert verdicts(shelf, text) == expected


@pytest.mark.parametrize(("item", "verdict"), [("支出决算", "supported"), ("支出", "supported"), ("收入决算", "unverifiable"), ("支出预算", "unverifiable")])
def test_only_what_was_spent_is_held_against_the_budget(shelf: Shelf, item: str, verdict: str) -> None:
    assert verdicts(shelf, f"江原市审计局2024年{item}比全年预算少13.2万元。") == [verdict]


@pytest.mark.parametrize(
    ("question", "ask"), [("“单位预留机动经费”是啥？", Ask.DEFINE), ("2018年和2019年的培训费一样吗？", Ask.CHANGE), ("会议费和培训费加一块儿多少钱？", Ask.SUM)]
)
def test_colloquial_words_ask_what_they_ask(question: str, ask: Ask) -> None:
    assert understand(question, ()).ask is ask
