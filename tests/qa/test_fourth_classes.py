"""Classes of questions and claims that the fourth blind set answered with another figure, or called 一致 or 不符: each by the fact that decides it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.amount import PERCENT, YUAN
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Kind, Scope, Source
from corpus.fact import Basis, Measure
from corpus.record import Record
from corpus.shelf import Shelf
from qa.answer import answer
from qa.asks import Ask
from qa.check import as_json, check
from qa.publisher import named_publishers
from qa.question import understand
from qa.reply import Status
from tests.qa.hand_made import PEOPLE, Row, made, shelf_of
from tests.qa.test_blind_classes import CARS

CITY, OFFICE, BUREAU, HALL = "江原市", "江原市东岭区人民政府办公室", "江原市档案局", "江原市科学技术局"


def spent(item: str, number: str, form: str = "", column: tuple[str, ...] = ("决算数",), basis: Basis = Basis.FINAL) -> Row:
    return Row(tuple(item.split("/")), number, YUAN, basis=basis, form=form, column=column)


def planned(item: str, number: str) -> Row:
    return Row(tuple(item.split("/")), number, basis=Basis.BUDGET)


def city() -> Record:
    """Three tables of one tax: the whole city's has 预算数, those of its districts and of its own level 调整预算数 too."""
    table = [
        Row(("税收收入", "城镇土地使用税"), number, basis=basis, form=form, column=(column,))
        for form, numbers in (("全市收入决算表", ("203083", "", "245648")), ("各区县收入决算表", ("150000", "203452", "200648")))
        for number, basis, column in zip(numbers, (Basis.BUDGET, Basis.ADJUSTED, Basis.FINAL), ("预算数", "调整预算数", "决算数"), strict=True) if number
    ]  # fmt: skip
    table += [Row(("教育支出",), "3586819"), Row(("农林水支出",), "239253", form="全市一般公共预算支出决算表", column=("决算数",)), Row(("农林水支出",), "12025", form="全市政府性基金支出决算表", column=("决算数",))]
    table += [Row(("支出", name), rate, PERCENT, Measure.GROWTH, Basis.FINAL, "上年", "支出执行表", ("比上年增长%",)) for name, rate in (("教育支出", "2.6"), ("金融支出", "46.6"), ("交通运输支出", "-4.9"))]
    table += [Row((name,), number, form="债务限额余额表", column=(column,)) for name, column, number in (
        ("江原市", "专项债务余额", "205761"), ("东岭区", "一般债务余额", "1"), ("江原市本级", "专项债务余额", "48402"), ("江原市", "一般债务余额", "893189"), ("东岭区", "专项债务余额", "31000"))]
    record = made(CITY, "江原", 2023, table)
    remark = "一般公共预算支出 9、农林水支出 预算数:230000万元 决算数:239253万元 备注:主要是水利投入增加"
    row = Chunk(f"{record.disclosure.id}-row", record.disclosure.id, ChunkKind.ROW, ("支出表",), remark, (Source(record.disclosure.file, 3),))
    record = replace(record, chunks=(*record.chunks, row))
    facts = tuple(replace(fact, table=f"2023年{fact.form}" if fact.form else fact.table, form="") for fact in record.facts)
    return replace(record, facts=facts, disclosure=replace(record.disclosure, scope=Scope.GOVERNMENT))


def office() -> Record:
    cars = ("公务用车购置及运行维护费",)
    three = [
        Row((*cars, "小计"), "3.00", basis=Basis.BUDGET, form="三公经费表", column=("预算数",)), Row((*cars, "公务用车购置费"), "", basis=Basis.BUDGET, form="三公经费表", column=("预算数",)),
        Row((*cars, "小计"), "3.00", form="三公经费表", column=("决算数",)), Row((*cars, "公务用车购置费"), "0.00", form="三公经费表", column=("决算数",)),
    ]  # fmt: skip
    told = (
        Row(("行政运行",), "680.11", basis=Basis.OPENING), Row(("行政运行",), "1001.65"), Row(("公务接待费",), "1.28"), Row(("公务接待",), "85", PEOPLE, Measure.COUNT, Basis.NONE),
        Row(("机关运行经费",), "92.97"), Row(("卫生健康支出",), "18.05"), Row(("住房公积金",), "81.47"), Row(("提租补贴",), "3.24"),
    )  # fmt: skip
    why = "行政运行（项）年初预算为680.11万元，支出决算为1001.65万元，支出决算数大于年初预算数的主要原因：人员经费政策性增长。"
    return made(OFFICE, "东岭区政府办", 2023, (*three, *told), said=(why,))


def bureau() -> Record:
    """All the money stands in the totals of 支出表 and 收入表; 财政拨款收支总表 has rows of the very names."""
    return made(BUREAU, "江原档案局", 2023, (
        spent("合计", "42675200.70", "支出表", ("本年支出合计",)), spent("合计", "42583921.59", "收入表", ("本年收入合计",)),
        spent("本年支出合计", "42670566.67", "财政拨款收支总表", ("小计",)), spent("本年收入合计", "42575058.26", "财政拨款收支总表", ("金额",)),
        spent("合计", "448610.13", "政府性基金表", ("年末结转和结余",)), spent("（一）合计", "77997.08", "三公经费表"),
        spent("（一）合计", "660100.00", "三公经费表", ("预算数",), Basis.BUDGET), spent("机关运行经费", "102300"), spent("总计", "43119176.80", "财政拨款收支总表", ("小计",)),
        spent("合计", "8678163.48", "支出表", ("项目支出",)),
    ))  # fmt: skip


def halls() -> list[Record]:
    return [
        made(HALL, "江原科技局", year, (
            planned("支出总计", total), planned("支出总计/基本支出", basic), planned("支出总计/项目支出", projects), planned("机关运行经费", running), planned("公益性岗位补贴", posts),
            planned("会议费", "3.00"), planned("培训费", "8.30"), planned("公务接待费", "1.35"), Row(("车辆",), cars, CARS, Measure.COUNT, Basis.NONE), planned("物业管理费", "120.00"), planned("公务用车运行维护费", "21.56"),
            planned("政府采购", "40.00"), planned("政府采购/货物", "10.00"), planned("政府采购/服务", "30.00"),
        ), Kind.BUDGET)
        for year, total, basic, projects, running, posts, cars in (
            (2023, "1000.00", "700.00", "250.00", "786.09", "500.00", "6"), (2024, "1562.11", "997.06", "500.00", "443.18", "421.23", "7"), (2025, "1897.68", "1013.42", "800.00", "464.64", "58.28", "8"))
    ]  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = shelf_of(Path(tmp_path_factory.mktemp("fourth")), city(), office(), bureau(), *halls())
    yield kept
    kept.close()


def said(shelf: Shelf, question: str) -> str:
    reply = answer(question, shelf)
    assert reply.status is Status.ANSWERED and reply.values, reply.text
    return f"{reply.values[0].amount.number}"


def refused(shelf: Shelf, question: str) -> bool:
    return answer(question, shelf).status is not Status.ANSWERED


def verdicts(shelf: Shelf, text: str) -> list[str]:
    return [claim["verdict"] for claim in as_json(check(text, shelf))["claims"]]


def test_a_place_right_before_a_name_in_it_is_no_second_publisher(shelf: Shelf) -> None:
    assert named_publishers("江原东岭区政府办2023年公务接待费", shelf.disclosures()).publishers == (OFFICE,)
    assert named_publishers("江原和东岭区政府办2023年", shelf.disclosures()).publishers == (CITY, OFFICE)
    assert said(shelf, "江原东岭区政府办2023年公务接待，平均每人次花了多少元？") == "150.59"


@pytest.mark.parametrize("words", ["花超了年初预算多少万元", "超了年初预算多少", "比年初预算多花了多少"])
def test_what_goes_beyond_the_budget_is_not_the_budget(shelf: Shelf, words: str) -> None:
    assert said(shelf, f"东岭区政府办2023年行政运行{words}？") == "321.54"


def test_how_it_can_be_so_much_more_asks_for_the_reason(shelf: Shelf) -> None:
    assert understand("行政运行决算怎么比年初预算高那么多？", ()).ask is Ask.WHY
    assert "政策性增长" in answer("东岭区政府办2023年行政运行的决算怎么比年初预算高那么多？", shelf).text


def test_buying_cars_has_no_budget_where_only_both_together_have_one(shelf: Shelf) -> None:
    assert refused(shelf, "东岭区政府办2023年公务用车购置费的预算数是多少？")
    assert said(shelf, "东岭区政府办2023年公务用车购置费花了多少？") == "0.00"
    assert said(shelf, "东岭区政府办2023年公务用车购置及运行费预算多少？") == "3.00"


@pytest.mark.parametrize(("words", "amount"), [("本年支出", "42675200.70"), ("本年收入合计", "42583921.59"), ("财政拨款本年支出合计", "42670566.67")])
def test_all_the_money_is_not_the_row_of_that_name_in_one_account(shelf: Shelf, words: str, amount: str) -> None:
    assert said(shelf, f"江原市档案局2023年{words}是多少？") == amount


def test_two_totals_are_subtracted_of_all_the_money(shelf: Shelf) -> None:
    assert said(shelf, "江原市档案局2023年本年支出比本年收入多多少？") == "91279.11"


def test_a_balance_carried_over_is_no_budget_left_over(shelf: Shelf) -> None:
    assert understand("政府性基金年末结转和结余多少元", ()).ask is Ask.LOOKUP
    assert understand("三公经费还剩余多少", ()).ask is Ask.REMAINING
    assert said(shelf, "江原市档案局2023年政府性基金年末结转和结余多少元？") == "448610.13"


@pytest.mark.parametrize("level", ["全市", ""])
def test_outturn_and_budget_stand_in_one_table(shelf: Shelf, level: str) -> None:
    assert said(shelf, f"江原市2023年{level}城镇土地使用税决算比预算多多少？") == "42565"


def test_what_the_districts_have_is_not_what_the_city_has(shelf: Shelf) -> None:
    assert said(shelf, "江原市2023年城镇土地使用税决算是多少？") == "245648"
    assert said(shelf, "江原市2023年各区县城镇土地使用税决算是多少？") == "200648"


def test_a_row_without_an_account_is_of_the_general_budget(shelf: Shelf) -> None:
    assert said(shelf, "江原市2023年农林水支出是多少？") == "239253"
    assert said(shelf, "江原市2023年政府性基金农林水支出是多少？") == "12025"


@pytest.mark.parametrize(("level", "amount"), [("", "205761"), ("本级", "48402"), ("东岭区", "31000")])
def test_the_row_of_the_publisher_s_own_name_is_its_table_s_total(shelf: Shelf, level: str, amount: str) -> None:
    assert said(shelf, f"江原市{level}2023年末专项债务余额是多少？") == amount


def test_the_row_of_the_publisher_s_own_name_is_no_other_item(shelf: Shelf) -> None:
    assert refused(shelf, "江原市2023年机场建设支出是多少？")
    assert refused(shelf, "江原市高新区2023年末专项债务余额是多少？")


def test_a_level_in_the_question_needs_not_stand_in_the_name(shelf: Shelf) -> None:
    assert said(shelf, "江原市2023年全市城镇土地使用税决算是多少？") == "245648"


def test_a_row_s_remark_may_give_the_reason(shelf: Shelf) -> None:
    assert "水利投入增加" in answer("江原市2023年农林水支出为什么增长？", shelf).text
    assert refused(shelf, "江原市2023年教育支出为什么增长？")


@pytest.mark.parametrize("words", ["比预算多多少", "超过年初预算多少", "比全年预算高多少"])
def test_what_goes_beyond_a_plan_is_not_told_over_last_year(shelf: Shelf, words: str) -> None:
    assert refused(shelf, f"江原科技局2025年机关运行经费{words}？")
    assert said(shelf, "江原科技局2025年机关运行经费比2024年预算多多少？") == "21.46"


@pytest.mark.parametrize(("words", "answers"), [("增幅最大", "金融支出"), ("降幅最大", "交通运输支出")])
def test_what_grew_most_is_told_by_the_rates_of_growth(shelf: Shelf, words: str, answers: str) -> None:
    assert answer(f"江原市2023年各项支出中，比上年{words}的是哪一项？", shelf).text.startswith(f"“{answers}")


@pytest.mark.parametrize("words", ["超预算最多", "比预算节约最多", "同比增加最多"])
def test_what_moved_most_is_not_what_is_largest(shelf: Shelf, words: str) -> None:
    assert refused(shelf, f"江原科技局2025年哪项支出{words}？")


def test_a_part_of_all_money_is_a_share_of_all_money(shelf: Shelf) -> None:
    assert said(shelf, "江原市档案局2023年项目支出占总支出的百分之几？") == "20.34"


def test_how_many_cars_is_no_money(shelf: Shelf) -> None:
    assert understand("公车数量", ()).items == ("车辆",)
    assert understand("公车花了多少钱", ()).items == ("公务用车购置及运行费",)


@pytest.mark.parametrize("words", ["公务接待费和机关运行经费合计比2024年少多少", "会议费占比比培训费高多少个百分点", "机关运行经费完成率比会议费高多少"])
def test_one_of_two_is_no_answer_for_both(shelf: Shelf, words: str) -> None:
    assert refused(shelf, f"江原科技局2025年{words}？")


def test_each_of_two_is_told(shelf: Shelf) -> None:
    told = answer("江原科技局2025年会议费和培训费各多少？", shelf)
    assert [f"{value.amount.number}" for value in told.values] == ["3.00", "8.30"]


def test_the_second_row_of_a_comparison_stands_in_the_column_of_the_first(shelf: Shelf) -> None:
    assert said(shelf, "江原市2023年末江原市本级专项债务余额比东岭区多多少？") == "17402"


def test_two_quarters_are_not_one(shelf: Shelf) -> None:
    assert refused(shelf, "江原科技局2025年第一季度和第二季度会议费一共多少？")


def test_a_list_is_added_up_before_its_share_is_told(shelf: Shelf) -> None:
    assert said(shelf, "江原科技局2023年基本支出和项目支出合起来占总支出的百分之几？") == "95.00"
    assert said(shelf, "江原科技局2023年基本支出占总支出的百分之几？") == "70.00"


def test_the_shares_of_two_years_are_both_told_and_part_in_points(shelf: Shelf) -> None:
    assert said(shelf, "江原科技局基本支出占总支出的比重，2025年比2024年下降了几个百分点？") == "10.43"
    both = answer("江原科技局2024年和2025年基本支出占总支出的比重各是多少？", shelf)
    assert [f"{value.amount.number}" for value in both.values] == ["63.83", "53.40"]


def test_a_share_in_points_is_never_answered_with_one_year_s(shelf: Shelf) -> None:
    assert refused(shelf, "江原科技局2024年比2023年会议费高了几个百分点？")


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("江原科技局2023至2025年机关运行经费预算平均每年多少？", "564.64"),
        ("江原科技局2025年物业管理费折合每月多少？", "10.00"),
        ("江原科技局2025年机关运行经费预算是2023年的几倍？", "0.59"),
        ("江原科技局2024年和2025年有几辆车？", "8"),
    ],
)
def test_several_years_and_months_are_reckoned_from_all_of_them(shelf: Shelf, question: str, amount: str) -> None:
    assert said(shelf, question) == amount


@pytest.mark.parametrize("words", ["平均每辆车的公务用车运行维护费是多少", "平均一辆车运行维护费多少", "车均运行费是多少"])
def test_what_a_car_costs_is_shared_among_the_cars(shelf: Shelf, words: str) -> None:
    assert said(shelf, f"江原科技局2025年{words}？") == "26950.00"


def test_nothing_else_is_averaged_over_years(shelf: Shelf) -> None:
    assert refused(shelf, "江原科技局2024年和2025年人均公务接待费是多少？")


def test_two_publishers_are_subtracted_where_both_tell_an_outturn(shelf: Shelf) -> None:
    assert said(shelf, "东岭区政府办2023年机关运行经费比江原市档案局多多少？") == "82.74"
    assert said(shelf, "东岭区政府办2023年机关运行经费是江原市档案局的几倍？") == "9.09"
    assert refused(shelf, "东岭区政府办2023年机关运行经费比江原科技局2025年预算多多少？")


@pytest.mark.parametrize("words", ["公务接待费占比哪个高", "人均机关运行经费哪个高", "机关运行经费哪个增长更多"])
def test_rates_are_not_compared_by_amounts(shelf: Shelf, words: str) -> None:
    assert refused(shelf, f"东岭区政府办和江原市档案局2023年{words}？")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江原市2023年教育支出超过358万元。", ["refuted"]),
        ("江原市2023年教育支出超过358亿元。", ["supported"]),
        ("江原市2023年教育支出不足359万元。", ["refuted"]),
        ("江原市2023年教育支出不足359亿元。", ["supported"]),
        ("江原市2023年教育支出不到1000亿元。", ["supported"]),
    ],
)
def test_more_than_ten_times_as_much_is_not_just_over(shelf: Shelf, text: str, expected: list[str]) -> None:
    assert verdicts(shelf, text) == expected


@pytest.mark.parametrize(("running", "last"), [("443.18", "refuted"), ("464.64", "supported")])
def test_what_follows_a_fall_from_last_year_is_not_of_last_year(shelf: Shelf, running: str, last: str) -> None:
    text = f"江原科技局2025年公益性岗位补贴从421.23万元减到58.28万元，降幅达八成六。机关运行经费{running}万元。"
    assert verdicts(shelf, text) == ["supported", "supported", "supported", last]


@pytest.mark.parametrize(
    ("change", "verdict"), [("减少321.45万元", "supported"), ("减少21.46万元", "refuted"), ("比上年增加21.46万元", "supported"), ("降幅达四成", "supported")]
)
def test_a_change_behind_two_years_is_over_the_first_of_them(shelf: Shelf, change: str, verdict: str) -> None:
    assert verdicts(shelf, f"江原科技局机关运行经费2023年786.09万元，2025年降到464.64万元，{change}。")[-1] == verdict


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("东岭区政府办2023年住房公积金81.47万元，提租补贴3.24万元，合计84.71万元。", "supported"),
        ("东岭区政府办2023年住房公积金81.47万元，提租补贴3.24万元，合计81.47万元。", "refuted"),
        ("江原科技局2025年政府采购40万元，其中货物10万元，服务30万元，合计40万元。", "supported"),
        ("东岭区政府办2023年住房公积金81.47万元，提租补贴3.24万元，前者多78.23万元。", "supported"),
        ("东岭区政府办2023年住房公积金81.47万元，提租补贴3.24万元，后者多78.23万元。", "refuted"),
        ("东岭区政府办2023年住房公积金81.47万元，提租补贴3.24万元，后者少78.23万元。", "supported"),
    ],
)
def test_the_items_told_before_are_added_up_and_compared(shelf: Shelf, text: str, last: str) -> None:
    assert verdicts(shelf, text)[-1] == last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东岭区政府办2023年行政运行年初预算680.11万元，支出1001.65万元。", ["supported", "supported"]),
        ("东岭区政府办2023年行政运行年初预算680.11万元，支出680.11万元。", ["supported", "refuted"]),
        ("江原科技局2025年会议费3万元，培训费8.3万元，公务接待费1.35万元，三项占总支出的0.67%。", ["supported", "supported", "supported", "supported"]),
        ("江原科技局2025年会议费3万元，培训费8.3万元，公务接待费1.35万元，三项占总支出的0.76%。", ["supported", "supported", "supported", "refuted"]),
    ],
)
def test_what_was_spent_of_a_budget_and_what_three_items_are_together(shelf: Shelf, text: str, expected: list[str]) -> None:
    assert verdicts(shelf, text) == expected


def test_three_items_in_all_count_nothing(shelf: Shelf) -> None:
    text = "江原科技局2025年会议费3万元、培训费8.3万元、公务接待费1.35万元，三项合计12.65万元。"
    assert verdicts(shelf, text) == ["supported"] * 4
