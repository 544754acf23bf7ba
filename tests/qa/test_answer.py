"""Questions to a shelf made by hand: what is answered, what is computed, what is refused and why."""

import re
from collections.abc import Iterator

import pytest

from corpus.shelf import Shelf
from qa.answer import REFUSAL, answer
from qa.reply import Reply, Status, Trace
from tests.qa.hand_made import made, rows, shelf_of, usual_shelf


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = usual_shelf(tmp_path_factory.mktemp("hand"))
    yield kept
    kept.close()


def value(reply: Reply) -> str:
    assert reply.status is Status.ANSWERED, reply.text
    return str(reply.values[0].amount)


def refused(question: str, shelf: Shelf) -> str:
    reply = answer(question, shelf)
    assert reply.status is Status.REFUSED, reply.text
    assert REFUSAL in reply.text and not reply.values
    return reply.text


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("硚口区政府办2022年三公经费花了多少？", "4.28万元"),
        ("硚口区政府办2022年三公经费预算是多少？", "6.02万元"),
        ("硚口区政府办22年公务接待费是多少？", "1.28万元"),
        ("硚口区政府办2022年接待了多少人次？", "85人次"),
        ("硚口区政府办2022年公务接待几批次？", "5批次"),
        ("硚口区政府办2022年三公经费比上年增加多少？", "1.23万元"),
        ("硚口区政府办2022年三公经费完成预算的百分之几？", "71.10%"),
        ("硚口区政府办2022年基本工资是多少？", "300.10万元"),
        ("普陀区委社会工作部2024年机关运行经费是多少？", "10.23万元"),
        ("万里街道2024年三公经费预算是多少？", "8.50万元"),
    ],
)
def test_a_printed_figure_is_looked_up(question: str, right: str, shelf: Shelf) -> None:
    reply = answer(question, shelf)
    assert value(reply) == right and right in reply.text
    assert reply.citations and {figure.trace for figure in reply.figures} == {Trace.PRINTED}


@pytest.mark.parametrize(
    ("question", "right", "formula"),
    [
        ("硚口区政府办2022年基本支出占总支出多少？", "46.71%", "1,266.62万元 ÷ 2,711.50万元 × 100% = 46.71%"),
        ("硚口区政府办2022年项目支出比基本支出多多少？", "178.26万元", "1,444.88万元 - 1,266.62万元 = 178.26万元"),
        ("硚口区政府办2022年公务接待平均每人次多少钱？", "150.59元", "1.28万元（12,800元） ÷ 85人次 = 150.59元"),
        ("硚口区政府办2022年三公经费预算还剩多少没花完？", "1.74万元", "6.02万元 - 4.28万元 = 1.74万元"),
        ("万里街道2025年三公经费比2024年减少多少？", "0.50万元", "8.00万元 - 8.50万元 = -0.50万元"),
    ],
)
def test_what_is_computed_shows_its_formula(question: str, right: str, formula: str, shelf: Shelf) -> None:
    reply = answer(question, shelf)
    assert value(reply).lstrip("-") == right
    assert reply.formula == formula
    assert Trace.COMPUTED in {figure.trace for figure in reply.figures}


def test_last_year_is_worked_back_from_this_years_report(shelf: Shelf) -> None:
    reply = answer("倒推硚口区政府办2021年机关运行经费是多少？", shelf)
    assert (value(reply), reply.formula) == ("89.62万元", "92.97万元 - 3.35万元 = 89.62万元")
    assert "2022年报告" in reply.text


def test_a_percentage_says_how_far_its_print_carries(shelf: Shelf) -> None:
    """1.28万元 stands for 1.275 to 1.285: shared among 85 it is 150.00 to 151.18."""
    assert "介于150.00元～151.18元" in answer("硚口区政府办2022年公务接待平均每人次多少钱？", shelf).text


def test_a_blank_cell_is_not_zero(shelf: Shelf) -> None:
    text = refused("硚口区政府办2022年培训费是多少？", shelf)
    assert "空白不等于零" in text and "0.00" not in text


def test_a_printed_zero_is_an_answer(shelf: Shelf) -> None:
    assert value(answer("硚口区政府办2022年会议费是多少？", shelf)) == "0.00万元"


def test_what_the_report_says_there_is_none_of_is_quoted(shelf: Shelf) -> None:
    reply = answer("普陀区委社会工作部2024年三公经费是多少？", shelf)
    assert reply.status is Status.ANSWERED and not reply.values
    assert "没有财政拨款“三公”经费支出" in reply.text and reply.citations


def test_another_places_office_is_not_this_one(shelf: Shelf) -> None:
    assert "江汉区" in refused("江汉区政府办2022年三公经费是多少？", shelf)
    assert "浦东新区" in refused("浦东新区区委社会工作部2024年机关运行经费是多少？", shelf)


def test_a_year_without_a_report_is_refused_with_what_there_is(shelf: Shelf) -> None:
    assert "只有2022年部门决算" in refused("硚口区政府办2019年三公经费是多少？", shelf)


def test_a_budget_prints_no_outturn_of_its_year(shelf: Shelf) -> None:
    assert "决算" in refused("万里街道2025年三公经费决算是多少？", shelf)


@pytest.mark.parametrize("item", ["常住人口", "外事接待费", "会议召开次数", "垃圾分类站点"])
def test_a_noun_that_no_row_names_is_never_dropped(item: str, shelf: Shelf) -> None:
    refused(f"硚口区政府办2022年{item}是多少？", shelf)


@pytest.mark.parametrize("question", ["硚口区政府办主任叫什么名字？", "硚口区区长的工资是多少？", "普陀区委社会工作部部长的手机号"])
def test_a_persons_data_is_refused(question: str, shelf: Shelf) -> None:
    refused(question, shelf)


def test_from_nothing_no_rate_is_computed(shelf: Shelf) -> None:
    reply = answer("硚口区政府办2022年三公经费占会议费的比例是多少？", shelf)
    assert reply.status is not Status.ANSWERED or not reply.values


def test_a_trend_gives_every_year(shelf: Shelf) -> None:
    reply = answer("万里街道近三年三公经费预算的走势", shelf)
    assert [str(point.amount) for point in reply.series] == ["9.00万元", "8.50万元", "8.00万元"]
    assert all(f"{year}年" in reply.text for year in (2023, 2024, 2025))


def test_two_departments_are_compared_by_their_own_reports(shelf: Shelf) -> None:
    reply = answer("硚口区政府办和普陀区委社会工作部的机关运行经费哪个多？", shelf)
    assert value(reply) == "92.97万元" and "10.23万元" in reply.text
    assert len({citation.file for citation in reply.citations}) == 2


def test_a_question_without_a_department_asks_back_with_choices(shelf: Shelf) -> None:
    reply = answer("机关运行经费是多少？", shelf)
    assert reply.status is Status.CLARIFY and len(reply.choices) == 3
    assert all(choice.endswith("机关运行经费是多少？") for choice in reply.choices)


def test_a_follow_up_takes_what_it_leaves_out_from_before(shelf: Shelf) -> None:
    first = answer("万里街道2025年三公经费预算是多少？", shelf)
    second = answer("那2024年呢？", shelf, (first,))
    third = answer("公务接待费呢？", shelf, (first, second))
    assert [value(reply) for reply in (first, second, third)] == ["8.00万元", "8.50万元", "1.00万元"]


def test_a_follow_up_does_not_leave_its_department(shelf: Shelf) -> None:
    first = answer("硚口区政府办2022年三公经费是多少？", shelf)
    assert value(answer("机关运行经费呢？", shelf, (first,))) == "92.97万元"


def test_an_assumed_year_is_said(shelf: Shelf) -> None:
    reply = answer("万里街道三公经费预算是多少？", shelf)
    assert value(reply) == "8.00万元"
    assert any("2025年度" in notice for notice in reply.notices)


def test_a_slip_that_sounds_the_same_is_understood(shelf: Shelf) -> None:
    assert value(answer("硚口去政府办2022年三公经费是多少？", shelf)) == "4.28万元"


def test_a_definition_is_quoted(shelf: Shelf) -> None:
    reply = answer("硚口区政府办报告里的机关运行经费是什么意思？", shelf)
    assert "指为保障行政单位运行" in reply.text and not reply.values and reply.citations


def test_a_reason_is_quoted(shelf: Shelf) -> None:
    reply = answer("硚口区政府办2022年公务接待费为什么增加？", shelf)
    assert "巴东县" in reply.text and reply.citations


def test_a_reason_out_of_a_later_years_report_says_so(shelf: Shelf) -> None:
    first = answer("硚口区政府办2021年公务接待费是多少？", shelf)
    reply = answer("为什么？", shelf, (first,))
    assert reply.scope[1] == "2021年" and any("2022年报告里写的原因" in notice for notice in reply.notices)


def test_the_follow_up_that_asks_why_gets_its_reason(shelf: Shelf) -> None:
    first = answer("硚口区政府办2022年公务接待费是多少？", shelf)
    asked = next(question for question in first.followups if "为什么" in question)
    assert "巴东县" in answer(asked, shelf).text and "巴东县" in answer(asked, shelf, (first,)).text


def test_what_is_on_the_shelf_is_listed_from_the_store(shelf: Shelf) -> None:
    reply = answer("报告库里有哪些报告？", shelf)
    assert reply.status is Status.ANSWERED, reply.text
    assert "3个部门和单位的5份报告" in reply.text


def test_marks_in_the_text_are_citations_that_exist(shelf: Shelf) -> None:
    reply = answer("硚口区政府办2022年基本支出占总支出多少？", shelf)
    assert {int(n) for n in re.findall(r"\[(\d+)\]", reply.text)} == {citation.n for citation in reply.citations}


def test_two_rows_that_fit_alike_are_asked_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    twice = ("一般公共服务支出/政府办公厅（室）及相关机构事务/行政运行 10.00", "农林水支出/农业农村/行政运行 20.00", "教育支出 3.00")
    two = shelf_of(tmp_path_factory.mktemp("two"), made("某市甲区财政局", "甲区财政局", 2022, rows(*twice, form="一般公共预算支出表", column=("决算数",))))
    reply = answer("甲区财政局2022年行政运行支出是多少？", two)
    assert reply.status is Status.CLARIFY and len(reply.choices) == 2 and not reply.values
    assert value(answer("甲区财政局2022年农业农村的行政运行支出是多少？", two)) == "20.00万元"
    two.close()


def test_training_is_all_of_it_not_its_line_of_basic_expenditure(tmp_path_factory: pytest.TempPathFactory) -> None:
    """江苏省委办公厅 2018: 基本支出 pays 25.00 of the 30 that its table of 三公, 会议费 and 培训费 prints."""
    basic = rows("商品和服务支出/培训费 25.00", "商品和服务支出/办公费 9.00", form="基本支出表", column=("金额",))
    whole = rows("三公经费 8.00", "培训费 30.00", form="三公经费表", column=("金额",))
    one = shelf_of(tmp_path_factory.mktemp("training"), made("某市甲区财政局", "甲区财政局", 2022, (*basic, *whole)))
    assert value(answer("甲区财政局2022年培训费是多少？", one)) == "30.00万元"
    one.close()


def test_years_of_two_reports_are_answered_apart(shelf: Shelf) -> None:
    reply = answer("万里街道2024年和2025年三公经费预算分别是多少？", shelf)
    assert [str(point.amount) for point in reply.series] == ["8.50万元", "8.00万元"]
    assert "2024年8.50万元" in reply.text and "2025年8.00万元" in reply.text
    assert len({citation.file for citation in reply.citations}) == 2


def test_other_is_another_item(shelf: Shelf) -> None:
    assert value(answer("硚口区政府办2022年农林水支出是多少？", shelf)) == "1,403.99万元"
    assert value(answer("硚口区政府办2022年其他农林水支出是多少？", shelf)) == "12.00万元"


def test_an_empty_question_is_refused(shelf: Shelf) -> None:
    refused("  ", shelf)


def test_an_empty_shelf_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = shelf_of(tmp_path_factory.mktemp("empty"))
    assert "报告库是空的" in refused("三公经费是多少？", empty)
    empty.close()
