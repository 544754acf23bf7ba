"""Phrases against rows: the right row, no row, or several; a name that is almost the same is another item."""

import pytest

from corpus.disclosure import Kind
from corpus.fact import Basis
from corpus.record import Record
from qa.book import books
from qa.find import Found, Wanted, find
from tests.qa.hand_made import Row, made, rows

FORM = "一般公共预算支出表"


def found(phrase: str, *records: Record, year: int = 2022, basis: Basis = Basis.NONE) -> Found | None:
    facts = [fact for record in records for fact in record.facts]
    return find(books(facts), [record.disclosure for record in records], phrase, Wanted(year, Kind.FINAL, basis))


def report(*told: str, form: str = FORM) -> Record:
    return made("某市甲区财政局", "甲区财政局", 2022, rows(*told, form=form, column=("决算数",)))


def number(one: Found | None) -> str:
    assert one is not None
    return str(one.fact.amount)


def test_a_blank_cell_is_found_as_a_blank() -> None:
    one = found("培训费", report("商品和服务支出/培训费 -", "商品和服务支出/会议费 1.00"))
    assert one is not None and one.fact.amount is None


def test_a_printed_figure_is_no_rival_of_a_blank_of_another_table() -> None:
    one = found("公务接待费", report("商品和服务支出/公务接待费 1.28", "商品和服务支出/会议费 1.00"))
    assert number(one) == "1.28万元" and one is not None and not one.rivals


def test_other_is_another_item() -> None:
    rows_ = ("农林水支出 1403.99", "农林水支出/其他农林水支出 12.00", "教育支出 3.00")
    assert number(found("农林水支出", report(*rows_))) == "1,403.99万元"
    assert number(found("其他农林水支出", report(*rows_))) == "12.00万元"
    assert found("其他教育支出", report(*rows_)) is None


def test_only_the_left_over_is_no_answer_for_the_whole() -> None:
    assert found("城乡社区支出", report("其他城乡社区支出 5.00", "教育支出 3.00")) is None


def test_the_total_of_a_form_is_asked_for_by_what_it_totals() -> None:
    one = found("一般公共预算财政拨款支出", report("合计 2711.50", "教育支出 3.00", "农林水支出 12.00"))
    assert number(one) == "2,711.50万元"


def test_like_rows_under_two_wholes_are_rivals() -> None:
    one = found("行政运行", report("一般公共服务支出/政府办公厅（室）及相关机构事务/行政运行 10.00", "农林水支出/农业农村/行政运行 20.00"))
    assert one is not None and len(one.rivals) == 1


def test_the_whole_in_the_phrase_settles_between_like_rows() -> None:
    rows_ = ("一般公共服务支出/政府办公厅（室）及相关机构事务/行政运行 10.00", "农林水支出/农业农村/行政运行 20.00")
    one = found("农业农村 行政运行", report(*rows_))
    assert number(one) == "20.00万元" and one is not None and not one.rivals


def test_the_same_figure_in_two_places_is_one_answer() -> None:
    table = rows("三公经费/公务接待费 1.28", form="三公经费表", column=("决算数",))
    prose = (Row(("公务接待费",), "1.28", page=18),)
    one = found("公务接待费", made("某市甲区财政局", "甲区财政局", 2022, (*table, *prose)))
    assert one is not None and not one.rivals and len(one.facts) == 2


@pytest.mark.parametrize(("basis", "right"), [(Basis.BUDGET, "6.02万元"), (Basis.FINAL, "4.28万元"), (Basis.NONE, "4.28万元")])
def test_budget_and_outturn_are_two_figures(basis: Basis, right: str) -> None:
    both = made("某市甲区财政局", "甲区财政局", 2022, (Row(("三公经费",), "6.02", basis=Basis.BUDGET), Row(("三公经费",), "4.28")))
    assert number(found("三公经费", both, basis=basis)) == right


def test_a_figure_of_another_year_is_not_found() -> None:
    assert found("三公经费", made("某市甲区财政局", "甲区财政局", 2022, (Row(("三公经费",), "4.28"),)), year=2020) is None


@pytest.mark.parametrize(
    ("phrase", "printed"),
    [("维修费", "维修（护）费"), ("公务用车运行费", "公务用车运行维护费"), ("行政运行", "行 政 运 行"), ("收支总计", "收、支总计"), ("三公经费", "“三公”经费")],
)
def test_names_meet_however_they_are_printed(phrase: str, printed: str) -> None:
    record = made("某市甲区财政局", "甲区财政局", 2022, (Row((printed,), "7.00", form=FORM), Row(("教育支出",), "3.00", form=FORM)))
    assert number(found(phrase, record)) == "7.00万元"


@pytest.mark.parametrize("phrase", ["外事接待费", "常住人口", "公务接待批次费用补贴", "出租车费"])
def test_a_phrase_that_no_name_covers_finds_nothing(phrase: str) -> None:
    assert found(phrase, report("公务接待费 1.28", "公务用车运行费 3.00", "会议费 2.00")) is None
