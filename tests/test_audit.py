"""The audit: what contradicts itself is found, what only looks wrong is left alone, what was not read is said."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from corpus.amount import WAN, YUAN, Amount
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.fact import Basis, Discrepancy, Fact, Measure, Origin, Severity
from corpus.record import Record, Unchecked
from corpus.table import Sums, TableInfo
from qa.audit import Audited, as_json, audit_record
from ui.audit_view import listing_of
from ui.export import Listing, csv_bytes, json_bytes, markdown_bytes, xlsx_bytes

FILE = "某局2024年度部门决算.pdf"


def disclosure(kind: Kind = Kind.FINAL, scope: Scope = Scope.DEPARTMENT) -> Disclosure:
    return Disclosure("d", "f" * 64, FILE, "某区民政局", ("民政局",), 2024, kind, scope, 9, (), True)


def cell(form: str, row: tuple[str, ...], column: str, number: str, account: str = "", basis: Basis = Basis.FINAL) -> Fact:
    unit = YUAN if number.isdigit() and len(number) > 6 else WAN
    amount = Amount(Decimal(number), unit) if number else None
    return Fact(
        f"d-{form}{row}{column}", "d", f"d-{form}", 1, 1, form, form, row, account, (column,), Measure.AMOUNT, basis, "", 2024, amount,
        Source(FILE, 3), Origin.TEXT, True, number,
    )  # fmt: skip


def table(form: str, empty: bool = False) -> TableInfo:
    return TableInfo(f"d-{form}", "d", form, form, "万元", (Source(FILE, 3),), Origin.TEXT, Sums.HOLD, empty, "")


def audit(
    *paragraphs: str, heading: str = "五、一般公共预算财政拨款支出决算情况说明", cells: tuple[Fact, ...] = (), tables: tuple[TableInfo, ...] = (),
    kind: Kind = Kind.FINAL, scope: Scope = Scope.DEPARTMENT,
) -> Audited:  # fmt: skip
    chunks = tuple(
        Chunk(f"d-p{k}", "d", ChunkKind.PARAGRAPH, ("第三部分 决算情况说明", heading), text, (Source(FILE, 4),)) for k, text in enumerate(paragraphs)
    )
    return audit_record(Record(disclosure(kind, scope), "1", tables, cells, chunks))


def rules(audited: Audited, *severities: Severity) -> list[str]:
    wanted = severities or (Severity.ERROR, Severity.WORDING, Severity.TEMPLATE)
    return [found.rule for found in audited.of(*wanted)]


ITEM = "1.住房保障支出（类）住房改革支出（款）住房公积金（项）。"
PATH = ("住房保障支出", "住房改革支出", "住房公积金")


def test_a_sentence_and_the_table_agree_across_units() -> None:
    cells = (cell("一般公共预算支出表", PATH, "合计", "3503499", "2210201"),)
    audited = audit(ITEM + "支出决算为350.35万元。", cells=cells)
    assert rules(audited) == []
    assert {one.rule: one.places for one in audited.checked}["sentence_agrees_with_table"] == 1


def test_a_sentence_that_the_table_contradicts_is_an_error_with_both_places() -> None:
    cells = (cell("一般公共预算支出表", PATH, "合计", "3503499", "2210201"),)
    found = audit(ITEM + "支出决算为352.67万元。", cells=cells).findings
    assert [one.rule for one in found] == ["sentence_agrees_with_table"]
    assert "352.67万元" in found[0].finding.message and "3,503,499元" in found[0].finding.message
    assert [one.source.page for one in found[0].finding.evidence] == [4, 3]


def said(number: str, row: int, sentence: str, item: str) -> Fact:
    amount = Amount(Decimal(number), WAN)
    return Fact(
        f"d-{row}", "d", "", row, 0, "", "", (item,), "", (), Measure.AMOUNT, Basis.FINAL, "", 2024, amount, Source(FILE, row), Origin.PROSE, True,
        sentence.format(number),
    )  # fmt: skip


def test_a_sentence_that_stands_twice_has_its_figures_twice_but_the_forms_sentences_speak_of_other_money() -> None:
    work, form = "落实帮扶资金{}万元，支持巴东县绿葱坡镇茶叶产业园建设。", "一般公共预算支出完成{}万元，其中上解支出和各项补助支出。"
    for sentence, item, expected in ((work, "落实帮扶资金", ["sentence_repeated_alike"]), (form, "一般公共预算支出", [])):
        facts = (said("1020", 5, sentence, item), said("1030", 6, sentence, item))
        assert rules(audit_record(Record(disclosure(), "1", (), facts))) == expected


def test_an_item_with_two_amounts_contradicts_itself_where_no_table_prints_it() -> None:
    found = audit("2024年度机关运行经费支出10.23万元。", "某区民政局机关运行经费支出10.32万元。", heading="十、机关运行经费支出情况")
    assert rules(found) == ["sentence_agrees_with_itself"]


def test_operating_expenses_of_offices_are_not_public_expenses() -> None:
    cells = (cell("基本支出表", ("公用经费合计",), "决算数", "92.97"),)
    assert rules(audit("机关运行经费支出80.00万元。", heading="十、机关运行经费支出情况", cells=cells)) == []


def test_the_adjusted_budget_is_not_the_opening_budget() -> None:
    text = ITEM + "年初预算为50.00万元，全年预算为60.00万元，支出决算为54.00万元，完成全年预算的90.00%。"
    assert rules(audit(text)) == []


def test_a_completion_of_a_budget_of_zero_names_the_budget_that_fits() -> None:
    text = "一般公共预算财政拨款支出年初预算为0万元，全年预算为321.02万元，支出决算为307.82万元，完成年初预算的95.89%。"
    found = audit(text).of(Severity.ERROR)
    assert [one.rule for one in found] == ["completion_recomputed"]
    assert found[0].finding.expected == "完成全年预算的95.89%"


def test_from_nothing_nothing_grows_by_a_rate() -> None:
    found = audit("收入支出总计307.82万元。与2023年度相比，收入支出总计增加307.82万元，增长100.00%。", heading="一、收入支出决算总体情况说明")
    assert rules(found) == ["growth_recomputed"]


@pytest.mark.parametrize(("rate", "severity"), [("18.73%", None), ("18.7%", None), ("18.74%", "rounding"), ("19.73%", "error")])
def test_growth_is_judged_by_its_own_print(rate: str, severity: str | None) -> None:
    text = f"财政拨款收入支出总计2,711.50万元。与2023年度相比，财政拨款收入支出总计增加427.80万元，增长{rate}。"
    found = audit(text, heading="四、财政拨款收入支出决算总体情况说明").findings
    assert [str(one.finding.severity) for one in found] == ([severity] if severity else [])


def test_whole_percents_are_not_rounded_up_by_one() -> None:
    text = "3.住房保障（类）支出3894.09万元，主要用于按照国家政策规定，为职工缴纳的住房公积金。与上年相比增加878.93万元，增长30%。"
    found = audit(text).of(Severity.ERROR)
    assert [(one.rule, one.finding.expected) for one in found] == [("growth_recomputed", "29.15%")]


def test_a_note_copied_from_the_table_before_is_left_over() -> None:
    noted = replace(table("支出表"), title="2024年支出决算表", note="注：本表反映部门本年度取得的各项收入情况。")
    other = replace(table("政府性基金表"), title="2024年政府性基金预算财政拨款收入支出决算表", note="注：本表反映部门本年度政府性基金收入、支出及结转情况。")
    assert rules(audit_record(Record(disclosure(), "1", (noted, other), ()))) == ["note_fits_table"]


def test_a_form_in_a_picture_that_was_not_read_is_not_missing() -> None:
    missing = Discrepancy("forms_each_once", Severity.TEMPLATE, "没有找到《部门（单位）收入支出总表》", (Source(FILE, 1),))
    unread = Unchecked("all_is_read", "文档里有1处图片，其中的文字和表格未读取")
    record = Record(disclosure(), "1", (), (), discrepancies=(missing,))
    assert rules(audit_record(record)) == ["forms_each_once"]
    judged = audit_record(replace(record, unchecked=(unread,)))
    assert rules(judged) == [] and ("forms_each_once", "没有找到《部门（单位）收入支出总表》，但文件里有没有读取的图片或内容") in judged.not_checked


def test_definitions_copied_from_another_level_are_left_over() -> None:
    defined = Chunk("d-1", "d", ChunkKind.DEFINITION, ("名词解释",), "（一）财政拨款收入：是市级预算主管部门取得的财政拨款。", (Source(FILE, 5),))
    for heading, expected in (("普陀区2024年区级部门预算", ["level_fits_publisher"]), ("上海市2024年市级部门预算", [])):
        said_there = Chunk("d-2", "d", ChunkKind.PARAGRAPH, (heading,), "支出预算安排如下。", (Source(FILE, 6),))
        assert rules(audit_record(Record(disclosure(), "1", (), (), (said_there, defined)))) == expected


def test_a_share_is_of_the_total_that_is_named() -> None:
    texts = (
        "一般公共预算财政拨款支出2,711.50万元。其中：基本支出1266.62万元，项目支出1444.88万元。",
        "共涉及项目3个，资金1444.88万元，占一般公共预算项目支出总额的53.29%。",
    )
    found = audit(*texts).of(Severity.ERROR)
    assert [(one.rule, one.finding.expected) for one in found] == [("share_recomputed", "100.00%")]


@pytest.mark.parametrize(("word", "wrong"), [("大于", True), ("小于", False)])
def test_outturn_above_or_below_the_budget_is_what_the_figures_say(word: str, wrong: bool) -> None:
    text = ITEM + f"年初预算为32.74万元，支出决算为18.05万元，支出决算数{word}年初预算数的主要原因：人员调动。"
    assert ("outturn_against_budget" in rules(audit(text))) is wrong


def test_a_fall_is_not_explained_by_a_rise() -> None:
    text = (
        "“一般公共服务支出（类）宣传事务（款）一般行政管理事务（项）”110.60万元。2023年当年预算执行数为114.00万元，2024年预算安排110.60万元，比2023年预算执行数减少2.98%。"
        "主要原因是：{}。"
    )
    assert rules(audit(text.format("宣传事务经费增加"), kind=Kind.BUDGET)) == ["reason_fits_direction"]
    assert rules(audit(text.format("退休人员增加，在职人员经费减少"), kind=Kind.BUDGET)) == []
    assert rules(audit(text.format("上年一次性经费增加"), kind=Kind.BUDGET)) == []


def test_kinds_of_procurement_make_its_total_and_rounding_is_a_hint() -> None:
    text = "2024年度政府采购支出总额{}万元，其中：政府采购货物支出1.62万元、政府采购工程支出0.00万元、政府采购服务支出8.30万元。"
    heading = "十一、政府采购支出情况"
    assert rules(audit(text.format("9.92"), heading=heading)) == []
    assert rules(audit(text.format("9.92"), heading=heading), Severity.ROUNDING) == []
    assert rules(audit(text.format("9.93"), heading=heading), Severity.ROUNDING) == ["parts_make_total"]
    assert rules(audit(text.format("99.2"), heading=heading)) == ["parts_make_total"]


def test_small_firms_cannot_win_more_than_was_bought() -> None:
    text = (
        "政府采购金额（以合同签订为准）为21.07万元。在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额21.07万元；"
        "在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额{}万元。"
    )
    assert rules(audit(text.format("21.07"), heading="（二）政府采购支出情况")) == ["procurement_won_within_total"]
    assert rules(audit(text.format("0.00"), heading="（二）政府采购支出情况")) == []


def test_a_purpose_copied_from_the_item_before_is_found() -> None:
    assert rules(audit(ITEM + "主要用于：事业单位医疗保险支出。支出决算为17.70万元。")) == ["purpose_fits_item"]
    assert rules(audit(ITEM + "主要用于：职工住房公积金。支出决算为17.70万元。")) == []


def test_listed_items_need_a_figure_unless_the_whole_table_is_blank() -> None:
    text = "公用经费10.23万元，主要包括：办公费、邮电费。"
    office, post = (("商品和服务支出", name) for name in ("办公费", "邮电费"))
    filled = (cell("基本支出表", office, "决算数", "10.23", "30201"), cell("基本支出表", post, "决算数", "0.00", "30207"))
    assert rules(audit(text, cells=filled)) == ["item_list_matches_table"]
    blank = (cell("基本支出表", office, "决算数", "", "30201"), cell("基本支出表", post, "决算数", "", "30207"))
    audited = audit(text, cells=blank)
    assert rules(audited) == []
    assert any(rule == "item_list_matches_table" for rule, _ in audited.not_checked)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("无政府性基金预算财政拨款收入支出的，仍保留该表格式，并在本表下方作下述说明：", "template_leftover"),
        ("机关运行经费支出10万元，比2023年度增加（减少）3.00万元。", "template_leftover"),
        ("XX局2024年度收入支出总计XXX万元。", "template_blank"),
        ("支出决算为60.20万元，完成年初预算的100。", "units_are_printed"),
        ("4.住房改革支出（款）住房公积金（项）。年初预算为60.20万元，支出决算为60.20万元，完成年初预算的100%：", "sentences_end"),
        ("机关运行经费支出10.23万元，比2021年度增加1.00万元。", ""),
        ("机关运行经费支出10.23万元，比2022年度增加1.00万元。", "sentences_carry_year"),
    ],
)
def test_wording_and_template(text: str, rule: str) -> None:
    assert rules(audit(text, heading="其他")) == ([rule] if rule else [])


def test_a_table_with_figures_is_not_called_empty_and_an_empty_one_says_so() -> None:
    full = cell("三公经费表", ("合计",), "合计", "47.91")
    note = "注:本部门2024年无“三公”经费预算，故本表为空表。"
    chunk = Chunk("d-p1", "d", ChunkKind.PARAGRAPH, ("三公经费表",), note, (Source(FILE, 3),))
    record = Record(disclosure(), "1", (table("三公经费表"),), (full,), (chunk,))
    assert rules(audit_record(record)) == ["empty_table_says_so"]
    assert rules(audit_record(Record(disclosure(), "1", (table("政府性基金表", empty=True),)))) == ["empty_table_says_so"]


def test_what_was_not_read_is_listed_and_never_passed() -> None:
    record = Record(disclosure(), "1", unchecked=(Unchecked("tables_agree", "有一方没有找到合计"),))
    data = as_json(audit_record(record))
    passed = {one["rule"] for one in data["checked"]}
    left = {one["rule"] for one in data["not_checked"]}
    assert {"rule": "tables_agree", "reason": "有一方没有找到合计"} in data["not_checked"]
    assert {"sentence_agrees_with_table", "growth_recomputed", "parts_make_total"} <= left - passed


def test_a_change_holds_against_last_years_rounding() -> None:
    """18976.76 − 15621.11 = 3355.65, though 189,767,551元 − 156,211,123元 is 3,355.6428万元."""
    last = Record(replace(disclosure(Kind.BUDGET), year=2023), "1", (), (replace(total("156211123"), year=2023),))
    texts = {"3,355.65": [], "3,365.65": ["change_from_last_report"]}
    for change, expected in texts.items():
        text = f"一般公共预算拨款支出预算18976.76万元，比2023年预算增加{change}万元。"
        chunk = Chunk("d-p1", "d", ChunkKind.PARAGRAPH, ("2024年部门预算编制说明",), text, (Source(FILE, 4),))
        record = Record(disclosure(Kind.BUDGET), "1", (), (total("189767551"),), (chunk,))
        assert rules(audit_record(record, last)) == expected


def total(number: str) -> Fact:
    return cell("一般公共预算支出表", ("合计",), "合计", number, basis=Basis.BUDGET)


def test_rules_on_departments_forms_do_not_judge_a_governments_books() -> None:
    texts = ("支出预算安排436.4亿元。", "支出预算安排91.8亿元。")
    audited = audit(*texts, heading="市本级", kind=Kind.BUDGET, scope=Scope.GOVERNMENT)
    assert rules(audited) == []
    assert any("政府预决算" in reason for _, reason in audited.not_checked)


def row(name: tuple[str, ...], number: str, column: str = "合计", form: str = "支出表", at: int = 1, account: str = "", where: str = "") -> Fact:
    """A cell of its own row, in a table of its own name."""
    made = replace(cell(form, name, column, number, account), row=at)
    return replace(made, table_id=where, table=where, id=f"{where}{made.id}") if where else made


def test_one_row_has_one_sign() -> None:
    cells = (row(("本年支出合计",), "2711.50", "小计"), row(("本年支出合计",), "-2711.50", "一般公共预算财政拨款"))
    assert rules(audit(cells=cells)) == ["signs_agree"]
    fallen = (row(("本年支出合计",), "100.00", "上年"), row(("本年支出合计",), "-100.00", "增减额"))
    assert rules(audit(cells=fallen)) == []


@pytest.mark.parametrize(("kind", "expected"), [(Kind.BUDGET, ["budgets_are_positive"]), (Kind.FINAL, [])])
def test_a_budget_plans_nothing_below_zero_but_an_account_may_be_reduced(kind: Kind, expected: list[str]) -> None:
    cells = tuple(row((f"项目{n}",), "-5.00" if n == 3 else "5.00", at=n) for n in range(12))
    assert rules(audit(cells=cells, kind=kind)) == expected


def test_a_figure_that_begins_with_zero_has_lost_or_exchanged_a_digit() -> None:
    broken = replace(row(("行政运行",), "101.65"), text="0,101.65")
    assert rules(audit(cells=(broken, row(("办公费",), "0.50", at=2)))) == ["figure_is_whole"]


@pytest.mark.parametrize(("assessed", "expected"), [("1246.62", ["assessed_as_spent"]), ("1266.62", [])])
def test_a_performance_table_repeats_what_was_spent_where_it_is_the_same_money(assessed: str, expected: list[str]) -> None:
    spent = (row(("合计",), "1266.62", "基本支出"), row(("合计",), "1444.88", "项目支出"))
    told = (row(("基本支出总额",), assessed, "", "", where="2024年度整体绩效自评表"), row(("项目支出总额",), "1444.88", "", "", 2, where="2024年度整体绩效自评表"))
    other = tuple(replace(fact, amount=Amount(Decimal("9.00"), WAN)) for fact in told)
    assert rules(audit(cells=(*spent, *told))) == expected
    assert rules(audit(cells=(*spent, *other))) == []


def test_two_tables_with_the_same_total_and_rows_differ_in_no_single_row() -> None:
    def printed(where: str, third: str) -> tuple[Fact, ...]:
        numbers = ("60.00", "10.00", "20.00", third, "0.00")
        return tuple(row(("合计",) if not n else (f"科目{n}",), number, "金额", "", n, where=where) for n, number in enumerate(numbers))

    assert rules(audit(cells=(*printed("财政拨款支出预算表", "30.00"), *printed("一般公共预算支出预算表", "31.00")))) == ["twin_tables_agree"]
    assert rules(audit(cells=(*printed("财政拨款支出预算表", "30.00"), *printed("一般公共预算支出预算表", "30.00")))) == []


@pytest.mark.parametrize(("office", "expected"), [("488.30", ["coded_parts_make_total"]), ("489.30", [])])
def test_a_table_by_codes_adds_up_where_its_other_sums_do(office: str, expected: list[str]) -> None:
    cells = tuple(
        row((name,), number, "机关运行经费支出", "", at, code, where="机关运行经费支出预算表")
        for at, (name, code, number) in enumerate((("合计", "", "510.00"), ("商品和服务支出", "302", "510.00"), ("办公费", "30201", office), ("水费", "30205", "20.70")))
    )
    assert rules(audit(cells=cells)) == expected


def test_a_list_adds_up_to_the_total_that_leads_in_to_it() -> None:
    texts = ("财政拨款基本支出预算11700.63万元，其中：", "（一）人员经费9476.72万元。主要包括：基本工资。", "（二）公用经费2232.91万元。主要包括：办公费。")
    heading = "六、财政拨款基本支出预算情况说明"
    assert rules(audit(*texts, heading=heading, kind=Kind.BUDGET)) == ["parts_make_total"]
    assert rules(audit(texts[0], texts[1].replace("76", "67", 1), texts[2], heading=heading, kind=Kind.BUDGET)) == []


def test_a_sentence_told_again_in_fewer_clauses_keeps_its_figure() -> None:
    long, short = "筹措{}万元助力产业振兴，推动脱贫村发展水产养殖，壮大村集体经济。", "筹措{}万元助力产业振兴，壮大村集体经济。"
    for number, expected in (("370", ["sentence_repeated_alike"]), ("360", [])):
        facts = (said("360", 5, long, "筹措"), said(number, 6, short, "筹措"))
        assert rules(audit_record(Record(disclosure(), "1", (), facts))) == expected


def listing(*found: Discrepancy) -> Listing:
    text = "收入支出总计307.82万元。与2023年度相比，收入支出总计增加307.82万元，增长100.00%。"
    audited = audit(text, heading="一、收入支出决算总体情况说明")
    return listing_of(audit_record(Record(disclosure(), "1", discrepancies=found)) if found else audited)


def test_every_export_names_the_file_by_its_sum_and_lists_what_was_not_checked() -> None:
    for written in (csv_bytes(listing()), markdown_bytes(listing()), json_bytes(listing())):
        assert "f" * 64 in written.decode() and "100.00%" in written.decode()
    book = load_workbook(io.BytesIO(xlsx_bytes(listing())))
    cells = [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    assert "未核对" in cells and any("f" * 64 in text for text in cells)


def test_a_report_cannot_put_a_formula_into_an_export() -> None:
    hostile = Discrepancy("unit_present", Severity.ERROR, "=1+1", (), "-3万元")
    rows = list(csv.reader(io.StringIO(csv_bytes(listing(hostile)).decode("utf-8-sig"))))
    assert not rows[1][2].startswith("=") and "1+1" in rows[1][2]
