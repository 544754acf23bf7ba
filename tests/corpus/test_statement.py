"""Sentences of real reports → what each of their figures measures. One row a form of sentence."""

import pytest

from corpus.disclosure import Kind
from corpus.fact import Basis, Measure
from corpus.statement import Setting, Statement, statements

FINAL = Setting(2022, Kind.FINAL, ("武汉市硚口区人民政府办公室",))
BUDGET = Setting(2025, Kind.BUDGET, ("万里街道",))
Told = tuple[str, str, Measure, str]
"""(subject's last name, amount, measure, versus)"""


def told(text: str, setting: Setting = FINAL) -> list[Told]:
    return [(one.subject[-1] if one.subject else "", str(one.amount), one.measure, one.versus) for one in statements(text, setting)]


def only(text: str, setting: Setting = FINAL) -> Statement:
    (one,) = statements(text, setting)
    return one


A, C, G, S, D, N = Measure.AMOUNT, Measure.CHANGE, Measure.GROWTH, Measure.SHARE, Measure.COMPLETION, Measure.COUNT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2022年度“三公”经费财政拨款支出决算为4.28万元，完成预算的71.10%，比上年增加1.23万元，增长40.33%。",
            [("三公经费财政拨款支出", "4.28万元", A, ""), ("三公经费财政拨款支出", "71.10%", D, "预算"), ("三公经费财政拨款支出", "1.23万元", C, "上年"),
             ("三公经费财政拨款支出", "40.33%", G, "上年")],
        ),
        (
            "与2021年度相比，收、支总计各增加427.80万元，增长18.7%。",
            [("收、支总计", "427.80万元", C, "上年"), ("收、支总计", "18.7%", G, "上年")],
        ),
        (
            "基本支出1266.62万元，占本年支出46.71%；项目支出1444.88万元，占本年支出53.29%。",
            [("基本支出", "1,266.62万元", A, ""), ("基本支出", "46.71%", S, "本年支出"), ("项目支出", "1,444.88万元", A, ""), ("项目支出", "53.29%", S, "本年支出")],
        ),
        ("截止2022年12月31日，开支财政拨款的公务用车保有量1辆。", [("开支财政拨款的公务用车保有量", "1辆", N, "")]),
    ],
)  # fmt: skip
def test_each_figure_of_a_sentence_has_its_measure(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_an_account_path_is_the_subject_of_its_sentence() -> None:
    text = "1. 一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）。年初预算为900.00万元，支出决算为1001.65万元，完成年初预算的111.29%。"
    found = statements(text, FINAL)
    assert {one.subject for one in found} == {("一般公共服务支出", "政府办公厅（室）及相关机构事务", "行政运行")}
    assert [(one.basis, one.measure) for one in found] == [(Basis.OPENING, A), (Basis.FINAL, A), (Basis.FINAL, D)]


def test_a_fall_is_negative() -> None:
    changes = [one.amount.number for one in statements("机关运行经费92.97万元，比上年减少3.20万元，下降3.3%。", FINAL)[1:]]
    assert [number < 0 for number in changes] == [True, True]


def test_respectively_gives_each_figure_its_name() -> None:
    assert told("基本支出和项目支出分别为1266.62万元、1444.88万元。") == [("基本支出", "1,266.62万元", A, ""), ("项目支出", "1,444.88万元", A, "")]


def test_two_shares_without_respectively_belong_to_nobody() -> None:
    """占16.3%和83.7%: which is whose is not said."""
    assert {(one.subject, one.measure) for one in statements("基本支出和项目支出占本年支出16.3%和83.7%。", FINAL)} == {((), Measure.OTHER)}


def test_parts_stand_under_their_whole() -> None:
    found = statements("政府采购支出总额9.92万元，其中：政府采购货物支出1.62万元、政府采购服务支出8.30万元。", FINAL)
    assert [one.subject for one in found] == [("政府采购支出总额",), ("政府采购支出总额", "政府采购货物支出"), ("政府采购支出总额", "政府采购服务支出")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("公务接待费比上年增加0.28万元，主要原因是接待批次增加。", "接待批次增加"),
        ("公务接待费比上年增加0.28万元。主要原因：接待批次增加。", "接待批次增加"),
        ("公务接待费1.28万元。公务用车运行费3.00万元。", ""),
    ],
)
def test_the_reason_is_that_of_its_own_sentence_or_the_next(text: str, reason: str) -> None:
    assert statements(text, FINAL)[0].reason == reason


def test_a_figure_inside_a_reason_measures_nothing() -> None:
    found = statements("公务用车运行费增加3.00万元，主要原因是新增1辆公务用车5.00万元。", FINAL)
    assert [one.measure for one in found] == [C, Measure.OTHER, Measure.OTHER]


def test_a_threshold_in_a_name_is_no_figure() -> None:
    assert told("单价100万元（含）以上设备0台（套）。") == [("单价100万元（含）以上设备", "0台（套）", N, "")]


@pytest.mark.parametrize(
    ("text", "setting", "year", "basis"),
    [
        ("2022年支出决算为4.28万元。", FINAL, 2022, Basis.FINAL), ("2021年支出决算为3.05万元。", FINAL, 2021, Basis.FINAL),
        ("公务接待费4.28万元，比2021年增加。", FINAL, 2022, Basis.FINAL), ("2024年执行数为7.00万元。", BUDGET, 2024, Basis.EXECUTED),
        ("公务接待费预算数为8.00万元。", BUDGET, 2025, Basis.BUDGET), ("公务接待费年初预算为8.00万元。", FINAL, 2022, Basis.OPENING),
        ("公务接待费全年预算为8.00万元。", FINAL, 2022, Basis.ADJUSTED), ("一般公共预算支出4.00万元。", FINAL, 2022, Basis.FINAL),
    ],
)  # fmt: skip
def test_year_and_basis_are_those_of_the_figures_own_words(text: str, setting: Setting, year: int, basis: Basis) -> None:
    one = statements(text, setting)[0]
    assert (one.year, one.basis) == (year, basis)


def test_the_year_compared_with_is_not_the_figures_year() -> None:
    one = only("与2024年预算相比减少0.50万元。", BUDGET)
    assert (one.year, one.versus, one.amount.number < 0) == (2025, "上年预算", True)


def test_a_heading_names_what_its_sentences_do_not() -> None:
    setting = Setting(2022, Kind.FINAL, (), "三公经费支出决算情况说明")
    one = only("决算为4.28万元。", setting)
    assert one.subject == ("三公经费",) and not one.own


def test_the_publishers_name_is_no_part_of_the_item() -> None:
    assert only("武汉市硚口区人民政府办公室公务接待费1.28万元。").subject == ("公务接待费",)


SPENT = Setting(2026, Kind.BUDGET, (), "", True)


def test_what_was_carried_out_names_its_item_behind_the_verb() -> None:
    assert told("全市完成地方一般公共预算收入1296.87亿元，比上年增加32.33亿元；加上上级补助收入367.83亿元。", SPENT) == [
        ("全市地方一般公共预算收入", "1,296.87亿元", A, ""), ("全市地方一般公共预算收入", "32.33亿元", C, "上年"), ("上级补助收入", "367.83亿元", A, ""),
    ]


def test_expenditure_told_behind_an_income_is_not_that_income() -> None:
    assert told("医疗保险基金收入192.62亿元，支出139.45亿元，滚存结余532.92亿元。", SPENT) == [
        ("医疗保险基金收入", "192.62亿元", A, ""), ("医疗保险基金支出", "139.45亿元", A, ""), ("医疗保险基金滚存结余", "532.92亿元", A, ""),
    ]
    assert [one[0] for one in told("2022年度收入决算100万元，支出决算90万元。")] == ["收入", "支出"]


@pytest.mark.parametrize("balance", ["年末滚存结余", "年末结转和结余", "本年收支结余"])
def test_a_balance_is_an_amount_and_no_fall(balance: str) -> None:
    assert told(f"{balance}12.00万元。") == [(balance, "12.00万元", A, "")]


def test_what_was_carried_over_is_money_of_this_year() -> None:
    assert [one.year for one in statements("上年结转资金预算为0万元，上年决算数为3万元。", BUDGET)] == [2025, 2024]


def test_an_aside_of_the_writer_s_is_no_name() -> None:
    assert told("财政拨款收入16497.86万元，比2024年（上一年度，下同）预算增加1421.25万元。", BUDGET) == [("财政拨款收入", "16,497.86万元", A, ""), ("财政拨款收入", "1,421.25万元", C, "上年预算")]


def test_the_one_year_of_a_sentence_holds_for_all_its_figures() -> None:
    setting = Setting(2026, Kind.BUDGET, ("淮水市",))
    told = statements("收支情况：2025年全市实现社会保险基金收入221.9亿元，完成社会保险基金支出193.8亿元。安排补助5亿元。", setting)
    assert [one.year for one in told] == [2025, 2025, 2026]


def test_a_year_s_end_holds_until_another_year_is_named() -> None:
    told = statements("截至2025年底，债务限额1329.5亿元，其中专项债务880.8亿元。债务余额1304.5亿元。2026年安排还本12亿元。", Setting(2026, Kind.BUDGET, ("淮水市",)))
    assert [one.year for one in told] == [2025, 2025, 2025, 2026]


def test_the_day_of_a_stock_holds_for_the_sentences_behind_it() -> None:
    said = statements("截止2022年12月31日，流动资产4万元。固定资产3万元，其中车辆7辆。2023年购置车辆1辆。", BUDGET)
    assert [statement.day for statement in said] == ["", "截止2022年12月31日", "截止2022年12月31日", ""]


def test_whose_contracts_are_won_belongs_to_what_they_amount_to() -> None:
    said = statements("在面向中小企业预留的项目中，由中小企业供应商中标或成交的，采购金额3万元；由小微企业供应商中标或成交的，采购金额1万元。", FINAL)
    assert [statement.subject[-1] for statement in said] == ["中小企业中标或成交采购金额", "小微企业中标或成交采购金额"]


def test_a_dash_before_a_name_is_no_part_of_it() -> None:
    assert only("“公共安全支出(类）-司法（款）-公共法律服务（项）”2026年度预算27万元。", BUDGET).subject == ("公共安全支出", "司法", "公共法律服务")


def test_debts_listed_behind_assets_are_the_same_owners() -> None:
    said = statements("行政单位资产总额40亿元、负债总额11亿元、净资产总额29亿元；事业单位资产总额90亿元、负债总额18亿元。", FINAL)
    assert [statement.subject[-1] for statement in said] == ["行政单位资产总额", "行政单位负债总额", "行政单位净资产总额", "事业单位资产总额", "事业单位负债总额"]


def test_the_base_of_a_comparison_is_of_its_own_year() -> None:
    assert [(str(s.amount), s.year) for s in statements("2025年三公经费预算1969万元，比2024年的2190万元减少221万元。", BUDGET)][:2] == [("1,969万元", 2025), ("2,190万元", 2024)]


def test_a_word_said_twice_and_a_year_without_its_sign_are_no_item() -> None:
    told = statements("2026年收入预算9,000万元，其中：财政拨款收入9,000万元，比2025年预算增加增加27.45万元。", SPENT_IN_2026)
    assert [one.subject[-1] for one in told] == ["收入", "财政拨款收入", "财政拨款收入"] and told[-1].measure is Measure.CHANGE
    told = statements("“公共安全支出（类）司法（款）公共法律服务（项）”2026年度预算27万元。2025年当年预算执行数为27.09万元，2026预算安排27万元，比2025预算执行数减少0.33%。", SPENT_IN_2026)
    assert {one.subject[-1] for one in told} == {"公共法律服务"} and [one.year for one in told] == [2026, 2025, 2026, 2026] and told[-1].versus == "上年执行数"


def test_what_stands_in_a_projects_own_section_is_of_the_project() -> None:
    told = statements("本项目总投资为1.35亿元，其中建筑安装工程费1.17亿元。", Setting(2026, Kind.BUDGET, (), "新桥剧院装修工程项目经费"))
    assert [one.subject for one in told] == [("新桥剧院装修工程", "总投资"), ("新桥剧院装修工程", "总投资", "建筑安装工程费")]


def test_what_is_counted_ends_where_its_doing_begins() -> None:
    told = statements("按照预算管理工作的总体要求，本部门5个预算单位开展了编报工作。", SPENT_IN_2026)
    assert told[0].subject[-1] == "预算单位" and "要求" not in "".join(told[0].subject)


def test_a_total_adjusted_is_one_item_before_and_after() -> None:
    told = statements("一般公共预算总收入由397959万元调整为409959万元，调增12000万元。", SPENT_IN_2026)
    assert {one.subject[-1] for one in told} == {"一般公共预算总收入"}
    assert told[1].basis is Basis.ADJUSTED and told[2].measure is Measure.CHANGE


SPENT_IN_2026 = Setting(2026, Kind.BUDGET, ("柳岸路街道",))


def test_a_year_inside_a_reason_is_not_the_next_figures() -> None:
    text = "“三公”经费11.49万元。其中：公务用车购置费0万元，与2024年预算持平，主要原因是2024年无公车购置计划；公务用车运行费9.38万元。"
    assert {one.year for one in statements(text, BUDGET)} == {2025}
