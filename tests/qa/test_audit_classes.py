"""What the audit finds of changes, agencies, projects and names, and what only looks wrong: one test a fact."""

from decimal import Decimal

from corpus.amount import PERCENT, WAN, YUAN, Amount
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


def test_all_that_the_bracket_behind_a_total_lists_is_counted_whatever_it_is_called() -> None:
    text = "截至2023年12月31日，本部门固定资产金额900.00万元，分布构成情况为：房屋300平方米，车辆17辆（其中：应急保障用车2辆、{}6辆、其他用车{}辆）。"
    for name in ("校车", "大巴", "救护车"):
        assert rules(audit(text.format(name, 9), heading="国有资产占有使用情况", kind=Kind.BUDGET)) == []
        assert rules(audit(text.format(name, 8), heading="国有资产占有使用情况", kind=Kind.BUDGET)) == ["parts_make_total"]

    within = "截至2023年12月31日，本部门固定资产金额900.00万元，分布构成情况为：车辆11辆（其中：应急保障用车2辆、其他用车9辆，{}校车6辆）。"
    for words in ("其中", "主要是", "包括"):
        assert rules(audit(within.format(words), heading="国有资产占有使用情况", kind=Kind.BUDGET)) == []


def test_a_part_of_the_operating_expenses_of_offices_is_no_row_of_the_three_public_table() -> None:
    cells = (cell("三公经费表", ("公务用车运行维护费",), "预算数", "32.50", basis=Basis.BUDGET),)
    offices = "2024年，本部门机关运行经费安排218.45万元。其中：办公费38.20万元、差旅费9.80万元、公务用车运行维护费10.20万元。"
    assert rules(audit(offices, heading="机关运行经费安排情况说明", kind=Kind.BUDGET, cells=cells)) == []
    whole = "公务用车运行维护费10.20万元，比上年减少2.30万元。"
    assert rules(audit(whole, heading="“三公”经费安排情况说明", kind=Kind.BUDGET, cells=cells)) == ["sentence_agrees_with_table"]


def money(row: tuple[str, ...], column: tuple[str, ...], number: str, table: str, line: int = 1) -> Fact:
    basis = Basis.FINAL if "自评" in table else Basis.BUDGET
    amount = Amount(Decimal(number.rstrip("%")), PERCENT if number.endswith("%") else WAN)
    measure = Measure.OTHER if number.endswith("%") else Measure.AMOUNT
    return Fact(
        f"d-{table}{row}{column}{line}", "d", f"d-{table}", line, 1, table, "", row, "", column, measure, basis, "", 2024, amount, Source(FILE, 9),
        Origin.TEXT, True, number,
    )  # fmt: skip


def of(kind: Kind, *cells: Fact) -> list[str]:
    return rules(audit_record(Record(disclosure(kind), "1", (), cells, ())))


def test_the_rate_of_execution_is_that_of_the_figures_beside_it() -> None:
    title = "项目支出绩效自评表"

    def pairs(rate: str) -> list[str]:
        figures = (("预算数：", "5000.00"), ("执行数：", "4872.19"), ("执行率", rate))
        return of(Kind.FINAL, *(money(("低保金", name), (), number, title) for name, number in figures))

    def columns(rate: str, done: str) -> list[str]:
        figures = (("年初预算数", "90.00"), ("全年预算数（A）", "100.00"), ("执行数（B）", done), ("执行率（B/A）", rate))
        return of(Kind.FINAL, *(money(("低保金", "资金总额"), (name,), number, title) for name, number in figures))

    assert pairs("97.44%") == [] and pairs("98.44%") == ["execution_recomputed"]
    assert columns("80.00%", "80.00") == columns("88.89%", "80.00") == [] and columns("88.00%", "80.00") == ["execution_recomputed"]
    assert columns("100%", "105.00") == []  # such forms score no more than 100%


def test_a_projects_form_plans_what_the_list_of_projects_prints() -> None:
    def planned(number: str, *listed: Fact) -> list[str]:
        return of(Kind.BUDGET, money(("教师培训",), ("预算金额",), number, "项目支出绩效目标表"), *listed)

    title = "部门预算项目支出及其他支出预算表"
    once = (money(("教师培训", "发展中心"), ("合计",), "326.00", title), money(("教师培训", "发展中心"), ("其他资金",), "26.00", title))
    assert planned("326.00", *once) == [] and planned("362.00", *once) == ["project_form_as_in_list"]
    twice = (*once, money(("教师培训", "机关"), ("合计",), "36.00", title, 2))
    assert planned("362.00", *twice) == []  # each row may be a part
    assert planned("362.00", money(("教师培训", "机关"), ("合计",), "326.00", "项目支出政府采购预算表")) == []
    assert planned("362.00", money(("教师培训经费", "机关"), ("合计",), "326.00", title)) == []  # another name may be another project
