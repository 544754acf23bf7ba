"""Classes of single questions that played conversations brought out: each by the fact that decides it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.disclosure import Kind
from corpus.fact import Basis, Measure
from corpus.record import Record
from corpus.shelf import Shelf
from qa.answer import answer
from qa.asks import Ask
from qa.find import Found
from qa.naming import item_of
from qa.pairing import of_one_row
from qa.publisher import named_publishers
from qa.question import understand
from qa.reason import explains, item_named, reasons_of
from qa.reply import Status
from tests.qa.hand_made import Row, made, rows, shelf_of, usual_shelf
from tests.qa.web_report import BUREAU, bureau_shelf

CITY_CARE = "江原市东岭区城市管理行政执法局"
CULTURE = "江原市东岭区文化和旅游局"
STONE_ROAD = "江原市东岭区人民政府石泉路街道办事处"
CARE = "江原市东岭区生态环境局"
CARS = ("三公经费", "公务用车购置及运行维护费")
SIX = 14


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = bureau_shelf(Path(tmp_path_factory.mktemp("seventh")))
    yield opened
    opened.close()


def _budget(publisher: str, alias: str, three: str, welcome: str, running: str, said: tuple[str, ...] = ()) -> Record:
    told = rows(f"三公经费 {three}", f"三公经费/公务接待费 {welcome}", "支出预算 9000.00", form="三公经费表", basis=Basis.BUDGET, column=("预算数",))
    return made(publisher, alias, 2026, (*told, *rows(f"财政拨款的机关运行经费 {running}", basis=Basis.BUDGET)), Kind.BUDGET, said=said)


def _final() -> Record:
    cells = []
    for name, budget, spent in (("小计", "20.50", "16.95"), ("公务用车购置费", "0.00", "0.00"), ("公务用车运行维护费", "20.50", "16.95")):
        cells += [Row((*CARS, name), number, basis=basis, form="三公经费表", column=(f"{kind}数",)) for number, basis, kind in ((budget, Basis.BUDGET, "预算"), (spent, Basis.FINAL, "决算"))]
    basic = rows("资本性支出/公务用车购置 0.00", "商品和服务支出/公务用车运行维护费 16.95", form="基本支出表", column=("决算数",))
    three = (Row(("三公经费",), "21.00", basis=Basis.BUDGET), Row(("三公经费",), "16.95"), Row(("三公经费",), "5.07", measure=Measure.CHANGE, versus="上年"))
    running = (Row(("机关运行经费",), "185.41"), Row(("机关运行经费",), "4.68", measure=Measure.CHANGE, versus="上年"))
    said = (
        "2025年度“三公”经费支出决算数小于预算数的主要原因：公务接待费支出小于预算数。",
        "节能环保支出（类）环境保护管理事务（款）行政运行（项）。年初预算为100.00万元，支出决算为120.00万元，决算数大于预算数的主要原因：新进人员。",
    )
    return made(CARE, "东岭区生态环境局", 2025, (*cells, *basic, *three, *running), said=said)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    same = ("（三）公务接待费2.11万元。与2025年预算持平，主要原因是厉行节约。",)
    records = (
        _budget(CITY_CARE, "城市管理行政执法局", "114.22", "0.46", "507.25"), _budget(CULTURE, "文旅局", "11.49", "2.11", "182.65", same),
        _budget(STONE_ROAD, "石泉路街道", "8.53", "0.46", "386.02"), _final(),
    )  # fmt: skip
    opened = shelf_of(Path(tmp_path_factory.mktemp("district")), *records)
    yield opened
    opened.close()


@pytest.mark.parametrize(("question", "figure"), [("还剩多少没花完", "3.55万元"), ("决算比预算少多少", "减少3.55万元"), ("预算完成了百分之多少", "82.68%")])
def test_budget_and_outturn_are_of_one_row_and_of_the_whole_where_its_parts_fit_too(district: Shelf, question: str, figure: str) -> None:
    reply = answer(f"东岭区生态环境局2025年公务用车{question}", district)
    assert figure in reply.text and "20.50万元" in reply.text and "16.95万元" in reply.text, reply.text


def test_a_part_asked_for_by_its_name_is_not_its_whole(district: Shelf) -> None:
    reply = answer("东岭区生态环境局2025年公务用车购置还剩多少没花完", district)
    assert "0.00万元没有支出" in reply.text and "20.50" not in reply.text


def test_the_difference_of_final_accounts_is_between_outturn_and_budget(district: Shelf) -> None:
    reply = answer("东岭区生态环境局2025年三公经费差额是多少", district)
    assert "减少4.05万元" in reply.text and "21.00万元" in reply.text and "5.07" not in reply.text


def test_what_was_budgeted_or_spent_is_not_what_is_left(district: Shelf) -> None:
    assert answer("文旅局2026年三公经费还剩多少没花", district).status is Status.REFUSED


def test_what_is_left_at_the_years_end_is_a_row_of_its_own(tmp_path: Path) -> None:
    told = (*rows("年末结转和结余 3.00", "支出合计 90.00"), Row(("一般公共预算财政拨款支出",), "80.00", basis=Basis.OPENING), Row(("一般公共预算财政拨款支出",), "90.00"))
    assert "3.00万元" in answer("文旅局2025年年末结余多少", shelf_of(tmp_path, made(CULTURE, "文旅局", 2025, told))).text


def test_a_difference_of_expenditure_is_no_travelling(district: Shelf) -> None:
    assert understand("城管局和文旅局2026年基本支出差多少", district.disclosures()).items == ("基本支出",)
    assert understand("文旅局2026年出差费用多少", district.disclosures()).items == ("差旅费",)


def test_which_street_is_asked_over_streets(district: Shelf) -> None:
    reply = answer("2026年哪个街道三公经费最高", district)
    assert STONE_ROAD in reply.text and CITY_CARE not in reply.text


@pytest.mark.parametrize("name", ["城管", "石泉路"])
def test_a_nickname_is_an_office_where_a_year_stands_behind_it(district: Shelf, name: str) -> None:
    assert answer(f"{name}2026年三公经费", district).status is Status.ANSWERED


@pytest.mark.parametrize("text", ["城管执法支出2026年多少", "教育支出2026年多少", "文旅活动2026年多少"])
def test_a_nickname_inside_an_item_is_no_office(district: Shelf, text: str) -> None:
    assert named_publishers(text, district.disclosures(), spoken=True).publishers == ()


def test_an_article_is_never_read_by_nicknames(district: Shelf) -> None:
    assert named_publishers("城管2026年三公经费114万元", district.disclosures()).publishers == ()


@pytest.mark.parametrize("text", ["文旅局和城管2026年三公经费谁多", "城管和文旅局2026年三公经费谁高", "文旅和城管2026年三公经费谁多"])
def test_every_publisher_of_a_question_is_understood(district: Shelf, text: str) -> None:
    reply = answer(text, district)
    assert "114.22万元" in reply.text and "11.49万元" in reply.text and f"{CITY_CARE}最高" in reply.text


@pytest.mark.parametrize("text", ["文旅局和民政局2026年三公经费谁多", "民政局和文旅局2026年三公经费谁多", "文旅局、民政局、城管局2026年三公经费合计多少", "文旅局比民政局2026年三公经费多多少"])
def test_one_of_two_publishers_is_never_answered_for_both(district: Shelf, text: str) -> None:
    reply = answer(text, district)
    assert reply.status is Status.REFUSED and "没有“民政局”的报告" in reply.text


def test_what_only_looks_like_an_office_stands_beside_none(district: Shelf) -> None:
    assert named_publishers("文旅局和办公费", district.disclosures()).beside == ""
    assert named_publishers("文旅局和政府采购", district.disclosures()).beside == ""


@pytest.mark.parametrize(("text", "said"), [("文旅局比城管局2026年三公经费多多少", "少102.73万元"), ("城管局和文旅局2026年三公经费谁多，多多少", "多102.73万元")])
def test_between_two_publishers_the_difference_is_told_with_both_figures(district: Shelf, text: str, said: str) -> None:
    reply = answer(text, district)
    assert said in reply.text and "114.22万元" in reply.text and "11.49万元" in reply.text


def test_the_region_of_the_second_name_is_no_item_of_the_first(district: Shelf) -> None:
    reply = answer("东岭区文旅局和东岭区城管局2026年三公经费差多少", district)
    assert "少102.73万元" in reply.text, reply.text


def test_who_is_asked_over_publishers_and_is_no_person(district: Shelf) -> None:
    assert f"{CITY_CARE}最高" in answer("2026年三公经费最多的是谁", district).text
    assert understand("文旅局局长是谁", district.disclosures()).ask is Ask.PERSONAL
    assert "几个部门之间比较" in answer("文旅局2026年三公经费谁多", district).text


def test_less_is_told_where_less_is_asked(district: Shelf) -> None:
    assert f"{CITY_CARE}最低" in answer("城管局和文旅局2026年公务接待费谁更少", district).text


def test_publishers_with_the_same_figure_are_told_as_the_same(district: Shelf) -> None:
    reply = answer("城管局和石泉路街道2026年公务接待费谁多", district)
    assert "相同。" in reply.text and "最高" not in reply.text


def test_figures_of_two_items_bear_each_its_own_name(district: Shelf) -> None:
    reply = answer("文旅局2026年公务接待费和城管局2026年三公经费谁多", district)
    assert "“公务接待费”2.11万元" in reply.text and "“三公经费”114.22万元" in reply.text
    assert "不是同一项" in answer("文旅局2026年公务接待费和城管局2026年三公经费一共多少", district).text


def test_the_year_before_is_meant_where_it_is_asked_for(tmp_path: Path) -> None:
    shelf = usual_shelf(tmp_path)
    assert "2024年" in (text := answer("万里街道2025年三公经费上年是多少", shelf).text) and "8.50万元" in text
    assert "9.00万元" in answer("万里街道2025年三公经费前年是多少", shelf).text
    assert "8.00万元" in answer("去年（2025年）万里街道三公经费是多少", shelf).text
    assert understand("万里街道2025年和上年三公经费各是多少", shelf.disclosures()).years == (2024, 2025)
    assert understand("万里街道2025年三公经费比上年多多少", shelf.disclosures()).years == (2025,)
    assert understand("万里街道2025年上年三公经费是多少", shelf.disclosures()).years == (2024,)
    assert understand("万里街道2025年上年结转是多少", shelf.disclosures()).years == (2025,)


def test_the_year_before_is_worked_backwards_or_stayed_the_same(district: Shelf) -> None:
    assert "180.73万元" in answer("东岭区生态环境局2025年机关运行经费上年是多少", district).text
    reply = answer("文旅局2026年公务接待费上年是多少", district)
    assert reply.text.startswith("2025年“公务接待费”为2.11万元") and "持平" in reply.text and any("没有2025年的报告" in notice for notice in reply.notices)
    assert "没有2025年的报告" in answer("石泉路街道2026年公务接待费上年是多少", district).text


def test_a_budget_without_an_item_is_the_whole(bureau: Shelf) -> None:
    reply = answer(f"{BUREAU}2026年预算比2025年少多少", bureau)
    assert "减少1,000.00万元" in reply.text or "减少1,000万元" in reply.text, reply.text


TEXT = (
    "财政拨款收入支出减少的主要原因是项目减少。1.“一般公共服务支出（类）-统战事务（款）-一般行政管理事务（项）”2026年度预算9万元，主要用于：统战工作。"
    "2025年当年预算执行数为7.73万元，2026年预算安排9万元，比2025年预算执行数增加16.43%。主要原因是：加强力度。"
    "其中：公务用车购置费75万元，比2025年预算增加27万元，主要原因是更新执法车辆；公务用车运行费38.76万元，与2025年预算持平，主要原因是严控开支。"
)


def test_each_reason_is_that_of_the_item_named_last_before_it() -> None:
    assert [(reason.item[-1], reason.turn) for reason in reasons_of(TEXT)] == [("财政拨款收入支出", -1), ("一般行政管理事务", 1), ("公务用车购置费", 1), ("公务用车运行费", 0)]


@pytest.mark.parametrize(
    ("phrase", "fits"),
    [
        ("", (True, False, False, False)), ("收入", (True, False, False, False)), ("一般公共服务支出", (False,) * 4), ("统战事务 一般行政管理事务", (False, True, False, False)),
        ("组织事务 一般行政管理事务", (False,) * 4), ("组织事务一般行政管理事务", (False,) * 4), ("公务用车运行费", (False, False, False, True)), ("公务用车购置及运行费", (False,) * 4),
    ],
)  # fmt: skip
def test_no_siblings_or_parts_reason_explains_an_item(phrase: str, fits: tuple[bool, ...]) -> None:
    assert tuple(explains(reason, phrase) > 0 for reason in reasons_of(TEXT)) == fits


def test_the_publishers_name_before_an_item_is_no_part_of_it() -> None:
    (reason,) = reasons_of(f"2026年度{CULTURE}机关运行经费支出92.97万元，比2025年度增加3.35万元。主要原因是物价上涨。")
    assert explains(reason, "机关运行经费", (CULTURE,)) == 1.0 and explains(reason, "机关运行经费") == 0.0


def test_a_reason_never_stops_before_it_is_told() -> None:
    (listed,) = reasons_of("与上年相比增加8.93万元。主要原因：\n一是人员增加；二是政策性调增。")
    assert listed.quote.endswith("二是政策性调增")
    assert reasons_of("决算数小于预算数的主要原因：") == []
    assert item_named("决算数较上年", 0) == ()


WHY = (
    "财政拨款收入支出减少的主要原因是项目支出减少。", "“教育支出（类）普通教育（款）学前教育（项）”比2025年预算增加5.00%。主要原因是：新开幼儿园。",
    "“教育支出（类）组织事务（款）一般行政管理事务（项）”比2025年预算减少5.00%。主要原因是：会议减少。",
    "“教育支出（类）宣传事务（款）一般行政管理事务（项）”比2025年预算减少6.00%。主要原因是：版面减少。",
)


@pytest.fixture(scope="module")
def reasons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    told = (*rows("支出 900.00", "财政拨款支出 900.00", "教育支出 500.00", "学前教育 40.00", basis=Basis.BUDGET), Row(("财政拨款支出",), "-20.00", basis=Basis.BUDGET, measure=Measure.CHANGE, versus="上年预算"))
    opened = shelf_of(Path(tmp_path_factory.mktemp("why")), made(CULTURE, "文旅局", 2026, told, Kind.BUDGET, said=WHY))
    yield opened
    opened.close()


def test_the_reports_own_reason_for_the_whole_goes_first(reasons: Shelf) -> None:
    assert "项目支出减少" in answer("文旅局2026年预算为什么减少", reasons).text
    contradicted = answer("文旅局2026年预算为什么增加", reasons).text
    assert "与问题所说相反" in contradicted and "减少20.00万元" in contradicted


def test_a_line_that_rose_never_explains_a_fall(reasons: Shelf) -> None:
    assert "新开幼儿园" in answer("文旅局2026年学前教育为什么增加", reasons).text
    assert answer("文旅局2026年学前教育为什么减少", reasons).status is Status.REFUSED


def test_a_parts_reason_is_not_that_of_the_class(reasons: Shelf) -> None:
    assert answer("文旅局2026年教育支出为什么增加", reasons).status is Status.REFUSED


def test_rows_of_one_name_are_asked_back_for_their_reason(reasons: Shelf) -> None:
    reply = answer("文旅局2026年一般行政管理事务为什么减少", reasons)
    assert reply.status is Status.CLARIFY and len(reply.choices) == 2
    assert all(answer(choice, reasons).status is Status.ANSWERED for choice in reply.choices)


def test_an_outturn_below_budget_is_explained_by_its_own_reason_alone(district: Shelf) -> None:
    assert "公务接待费支出小于预算数" in answer("东岭区生态环境局2025年三公经费为什么没花完", district).text
    assert answer("东岭区生态环境局2025年三公经费为什么增加", district).status is Status.REFUSED
    assert "新进人员" in answer("东岭区生态环境局2025年行政运行为什么超预算", district).text


def test_what_several_publishers_print_is_asked_back(district: Shelf) -> None:
    assert answer("2026年公务接待费是多少", district).status is Status.CLARIFY
    only = answer("2025年公务用车运行维护费是多少", district)
    assert only.status is Status.ANSWERED and any(CARE in notice for notice in only.notices)


def test_all_that_may_be_meant_is_offered_or_counted(tmp_path: Path) -> None:
    many = [f"甲{n:02}事务/一般行政管理事务 {n + 1}.00" for n in range(SIX)]
    shelf = shelf_of(tmp_path, made(CULTURE, "文旅局", 2026, rows(*many, form="支出表", basis=Basis.BUDGET, column=("合计",)), Kind.BUDGET))
    reply = answer("文旅局2026年一般行政管理事务多少", shelf)
    assert reply.status is Status.CLARIFY and len(reply.choices) == 12 and f"等{SIX}项" in reply.text


def test_publishers_are_all_offered_up_to_twelve(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, *(made(f"云泽市甲{n:02}区财政局", f"甲{n:02}区财政局", 2024, rows(f"办公费 {n}.00")) for n in range(SIX)))
    reply = answer("办公费多少", shelf)
    assert reply.status is Status.CLARIFY and len(reply.choices) == 12 and f"{SIX}个" in reply.text


def test_years_that_tie_are_told_once(tmp_path: Path) -> None:
    records = (made(CULTURE, "文旅局", year, rows(f"培训费 {fee}", basis=Basis.BUDGET), Kind.BUDGET) for year, fee in ((2023, "25.00"), (2024, "30.00"), (2025, "30.00")))
    reply = answer("文旅局哪年培训费最多", shelf_of(tmp_path, *records))
    assert reply.text.count("2025年") == 1 and "相同，都是最多，均为30.00万元" in reply.text and "其余：2023年25.00万元" in reply.text


def test_a_label_bears_no_marks_and_no_rest_of_whose_it_is(district: Shelf) -> None:
    assert "“机关运行经费”" in answer("文旅局2026年机关运行经费", district).text
    fact = next(fact for fact in _final().facts if fact.item == CARS[:1])
    assert item_of(fact) == "三公经费"


def test_a_budget_of_another_row_is_never_held_against_an_outturn() -> None:
    spent = made(CARE, "环保局", 2025, rows("三公经费/公务用车购置费 0.00", form="三公经费表", column=("决算数",))).facts
    planned = made(CARE, "环保局", 2025, rows("三公经费/公务用车运行维护费 20.50", "三公经费/公务用车购置费 0.00", form="三公经费表", basis=Basis.BUDGET, column=("预算数",))).facts
    assert [of_one_row(Found(spent, 1.0), Found((one,), 1.0)) for one in planned] == [False, True]
