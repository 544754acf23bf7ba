"""What the audit finds of changes, agencies, projects and names, and what only looks wrong: one test a fact."""

from decimal import Decimal

from corpus.amount import YUAN, Amount
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Kind, Source
from corpus.fact import Basis, Fact, Measure, Origin, Severity
from corpus.record import Record
from qa.audit import audit_record
from tests.test_audit import FILE, audit, cell, disclosure, rules

BUDGET = "2024年部门预算编制说明"


def grants(total: str, general: str) -> list[str]:
    text = (
        f"支出预算3000万元，其中：财政拨款支出预算3000万元，比2023年预算{total}万元。财政拨款支出预算中，一般公共预算拨款支出预算2000万元，"
        f"比2023年预算{general}万元；政府性基金拨款支出预算1000万元，比2023年预算增加400万元；国有资本经营预算拨款支出预算0万元，与2023年预算持平。"
    )
    return rules(audit(text, heading=BUDGET, kind=Kind.BUDGET))


def test_the_change_of_all_grants_is_that_of_the_three_budgets() -> None:
    assert grants("增加350", "减少50") == [] and grants("增加351", "减少50") == []  # both may be rounded
    assert grants("增加350", "增加50") == ["grants_changes"] and grants("减少350", "减少50") == ["grants_changes"]


LISTED = "本部门中，行政单位1家，事业单位{}家，具体包括（列示至基层预算单位）：\n1.某区民政局本部\n2.某区福利院\n3.某区救助站\n"


def test_agencies_are_counted_as_they_are_listed() -> None:
    assert rules(audit(LISTED.format(2), heading="机构设置")) == []
    found = audit(LISTED.format(3), heading="机构设置").findings
    assert [one.rule for one in found] == ["agencies_counted_as_listed"] and "4家" in found[0].finding.message and "3家" in found[0].finding.message
    assert rules(audit("行政单位1家，事业单位3家，其中参公1家，包括：\n1.某区民政局本部\n2.某区福利院\n", heading="机构设置")) == []


def form(row: str, number: str) -> Fact:
    amount = Amount(Decimal(number), YUAN)
    table = "财政项目支出绩效目标申报表"
    return Fact(
        f"d-{row}", "d", "d-form", 1, 1, table, "", ("助餐点建设", row), "", (), Measure.AMOUNT, Basis.BUDGET, "", 2024, amount, Source(FILE, 8),
        Origin.TEXT, True, number,
    )  # fmt: skip


def project(number: str) -> list[str]:
    headings = ("助餐点建设项目经费情况说明", "六、年度预算安排")
    chunk = Chunk("d-p0", "d", ChunkKind.PARAGRAPH, headings, f"2024年度预算安排{number}万元。", (Source(FILE, 7),))
    cells = (form("项目资金总额", "9000000.00"), form("年度资金申请总额", "3498000.00"))
    return rules(audit_record(Record(disclosure(Kind.BUDGET), "1", (), cells, (chunk,))))


def test_a_projects_section_plans_what_its_form_prints() -> None:
    assert project("349.80") == [] and project("394.80") == ["project_planned_as_on_form"]


def test_vehicles_that_a_department_has_are_those_of_their_kinds() -> None:
    text = "截至2024年12月31日，某区民政局部门共有车辆9辆，其中：机要通信用车0辆、应急保障用车1辆、其他用车{}辆。"
    assert rules(audit(text.format(8), heading="国有资产占有使用情况说明")) == []
    assert rules(audit(text.format(7), heading="国有资产占有使用情况说明")) == ["parts_make_total"]


def test_whose_operating_expenses_they_are_is_the_publishers() -> None:
    text = "2024年某区{}（部门）下属1家机关和0家参公事业单位财政拨款的机关运行经费预算为124.56万元。"
    assert rules(audit(text.format("民政局"), heading="机关运行经费预算", kind=Kind.BUDGET)) == []
    assert rules(audit(text.format("市场监督管理局"), heading="机关运行经费预算", kind=Kind.BUDGET)) == ["organisation_name_is_publisher"]


def test_thrift_explains_a_figure_that_stayed_and_no_rise() -> None:
    text = "公务接待费2.11万元，比2023年预算{}，主要原因是厉行节约，严格执行规定。"
    assert rules(audit(text.format("增加1万元"), heading="三公经费预算", kind=Kind.BUDGET)) == ["reason_fits_direction"]
    assert rules(audit("公务接待费2.11万元，与2023年预算持平，主要原因是厉行节约，严格执行规定。", heading="三公经费预算", kind=Kind.BUDGET)) == []


def test_a_rate_is_shown_as_the_printed_figures_make_it() -> None:
    (found,) = audit("“三公”经费支出预算为3万元，支出决算为1.71万元，完成预算的43%。", heading="三公经费支出决算").findings
    assert found.finding.expected == "57.00%"


def test_what_is_planned_is_called_by_its_name() -> None:
    text = "2024年，某区民政局安排政府采购预算1248.60万元，其中：政府采购货物预算286.40万元、政府采购工程预算{}万元、政府采购服务预算442.20万元。"
    for number, expected in (("520.00", []), ("250.00", ["parts_make_total"])):
        assert rules(audit(text.format(number), heading="（二）政府采购情况", kind=Kind.BUDGET)) == expected


def test_kinds_of_vehicles_may_be_left_out_and_never_outnumber_them_all() -> None:
    text = "单位现有公务用车41辆，其中：轿车{}辆，旅行车（含商务车）4辆，越野车18辆。"
    for number, expected in ((13, []), (31, ["parts_make_total"])):
        assert rules(audit(text.format(number), heading="七、“三公”经费财政拨款预算安排情况说明", kind=Kind.BUDGET)) == expected


def test_income_and_spending_that_grow_alike_have_one_rate() -> None:
    text = "2024年度收入总计20646.29万元，支出总计20646.29万元。与2023年度相比，收入总计、支出总计各增加169.94万元，增长{}。"
    for rate, expected in (("0.83%", []), ("3.80%", ["growth_recomputed"])):
        assert rules(audit(text.format(rate), heading="一、收入支出决算总体情况说明")) == expected


def test_a_grand_total_is_held_against_the_grand_total() -> None:
    cells = (cell("收入表", ("合计",), "财政拨款收入", "20491.13"), cell("财政拨款收支总表", ("总计",), "金额", "20593.53"))
    text = "某区民政局2024年度财政拨款收入总计20539.53万元，支出总计20593.53万元。"
    (found,) = audit(text, heading="四、财政拨款收入支出决算总体情况说明", cells=cells).of(Severity.ERROR)
    assert found.finding.expected == "20,593.53万元"
