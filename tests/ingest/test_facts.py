"""What a cell's fact says: measure, basis, year, unit, path; blank is not zero."""

from decimal import Decimal

from corpus.disclosure import Kind
from corpus.fact import Basis, Discrepancy, Fact, Measure
from ingest.facts import facts_of
from ingest.tables import tables_of
from tests.ingest.drawn import DISCLOSURE, page_from


def read(
    text: str, title: str = "支出决算表", unit: str = "单位：万元"
) -> tuple[tuple[Fact, ...], tuple[Discrepancy, ...]]:
    tables = tuple(tables_of([page_from(text, title, unit)], DISCLOSURE))
    return facts_of(tables, DISCLOSURE)


def by_place(text: str, title: str = "支出决算表", unit: str = "单位：万元") -> dict[tuple[str, str], Fact]:
    facts, _ = read(text, title, unit)
    return {("›".join(fact.item), "›".join(fact.column)): fact for fact in facts}


SMALL = """
科目编码|科目名称|本年支出合计|基本支出|项目支出
201|一般公共服务支出|60.00|40.00|
20139|社会工作事务|60.00|0.00|-
"""


def test_a_blank_cell_is_not_zero() -> None:
    facts = by_place(SMALL)
    assert facts["一般公共服务支出", "项目支出"].amount is None
    zero = facts["一般公共服务支出›社会工作事务", "基本支出"].amount
    assert zero is not None and zero.number == Decimal("0.00")


def test_a_dash_is_blank_but_kept_as_printed() -> None:
    fact = by_place(SMALL)["一般公共服务支出›社会工作事务", "项目支出"]
    assert (fact.amount, fact.text) == (None, "-")


def test_a_fact_knows_its_code_form_and_box() -> None:
    fact = by_place(SMALL)["一般公共服务支出›社会工作事务", "本年支出合计"]
    assert (fact.account, fact.form, fact.row, fact.col) == ("20139", "支出表", 2, 2)
    assert fact.source.page == 1 and fact.source.box == (210.0, 132.0, 290.0, 148.0)
    assert fact.id == "0" * 16 + "-4"


def test_no_unit_means_no_amount_and_a_finding() -> None:
    facts, found = read(SMALL, unit="")
    assert all(fact.amount is None for fact in facts)
    assert [one.rule for one in found] == ["unit_present"]


def test_two_figures_in_one_cell_are_no_figure() -> None:
    facts, _ = read("科目名称|决算数|备注\n办公费|12\\n34|无\n水费|5.00|".replace("\\n", "⏎"))
    assert [fact.item[-1] for fact in facts] == ["水费"]


def test_basis_and_year_come_from_the_header() -> None:
    text = "项目|2023年决算数|2022年决算数|2023年预算数|年初预算数|全年预算数\n公务接待费|5.00|3.00|8.00|7.00|6.00"
    facts = by_place(text, title="2023年“三公”经费决算表")
    told = {column: (fact.basis, fact.year) for (_, column), fact in facts.items()}
    assert told == {
        "2023年决算数": (Basis.FINAL, 2023),
        "2022年决算数": (Basis.FINAL, 2022),
        "2023年预算数": (Basis.BUDGET, 2023),
        "年初预算数": (Basis.OPENING, 2023),
        "全年预算数": (Basis.ADJUSTED, 2023),
    }


def test_last_year_is_the_year_before() -> None:
    fact = by_place("项目|执行数|上年决算数\n教育支出|9.00|8.00")["教育支出", "上年决算数"]
    assert (fact.year, fact.basis) == (2023, Basis.FINAL)


def test_without_words_in_the_header_the_kind_of_disclosure_is_the_basis() -> None:
    assert DISCLOSURE.kind is Kind.FINAL
    assert by_place("项目|金额\n教育支出|9.00", title="教育情况表")["教育支出", "金额"].basis is Basis.FINAL


def test_general_public_budget_in_a_header_is_no_basis() -> None:
    facts = by_place("项目|合计|一般公共预算\n教育支出|9.00|9.00", title="财政拨款收入支出决算总表")
    assert facts["教育支出", "一般公共预算"].basis is Basis.FINAL


def test_percent_columns_are_rates_never_money() -> None:
    text = "项目|执行数|执行数为调整预算数%|执行数比上年+,-%\n教育支出|9.00|99.1|-2.6"
    facts = by_place(text, title="支出执行情况表")
    done, grown = facts["教育支出", "执行数为调整预算数%"], facts["教育支出", "执行数比上年+,-%"]
    assert (str(done.amount), done.measure, done.versus) == ("99.1%", Measure.COMPLETION, "调整预算数")
    assert (str(grown.amount), grown.measure, grown.versus) == ("-2.6%", Measure.GROWTH, "上年")


def test_a_unit_in_brackets_rules_its_column_and_its_row() -> None:
    facts = by_place("项目|金额（元）|数量（辆）\n公务用车|120000|3", unit="单位：万元", title="资产情况表")
    assert [str(fact.amount) for fact in facts.values()] == ["120,000元", "3辆"]
    rows = by_place("项目|决算数\n公务接待费（元）|9\n国内公务接待（批次）|4", title="接待情况表")
    assert [str(fact.amount) for fact in rows.values()] == ["9元", "4批次"]


def test_the_level_of_an_account_in_brackets_is_no_unit() -> None:
    fact = by_place("项目|决算数\n其他公共安全支出(项)|7,616", title="公共安全支出情况表")[
        "其他公共安全支出(项)", "决算数"
    ]
    assert str(fact.amount) == "7,616万元"


def test_a_row_without_label_takes_its_item_from_the_header() -> None:
    text = """
    “三公”经费|<|<|<
    合计|<|公务接待费|<
    预算数|决算数|预算数|决算数
    9.00|8.00|9.00|8.00
    """
    facts, _ = read(text, title="财政拨款“三公”经费支出决算表")
    assert [(fact.item[-1], str(fact.basis)) for fact in facts] == [
        ("合计", "预算"),
        ("合计", "决算"),
        ("公务接待费", "预算"),
        ("公务接待费", "决算"),
    ]


def test_a_merged_number_counts_once() -> None:
    facts, _ = read("项目|决算数|其中\n甲|9.00|<\n乙|4.00|4.00", title="某表")
    assert [fact.text for fact in facts if fact.item == ("甲",)] == ["9.00"]


def test_words_in_a_value_column_are_no_facts() -> None:
    text = """
    一级指标|二级指标|三级指标|目标值|实际完成值
    产出指标|数量指标|调研报告|2-4篇|4篇
    产出指标|质量指标|考核|合格|先进
    """
    facts, _ = read(text, title="绩效情况表", unit="")
    assert [(str(fact.amount), fact.basis) for fact in facts] == [("4篇", Basis.ACTUAL)]
