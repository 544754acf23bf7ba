"""Sums and comparisons of a disclosure's own tables."""

from corpus.fact import Discrepancy, Origin, Severity
from corpus.table import Sums
from ingest.facts import facts_of
from ingest.page import Page
from ingest.reconcile import Reconciled, reconcile
from ingest.tables import tables_of
from tests.ingest.drawn import DISCLOSURE, page_from


def check(*pages: Page) -> Reconciled:
    tables = tuple(tables_of(pages, DISCLOSURE))
    facts, _ = facts_of(tables, DISCLOSURE)
    return reconcile(tables, facts)


def errors(read: Reconciled, severity: Severity = Severity.ERROR) -> list[Discrepancy]:
    return [one for one in read.discrepancies if one.severity is severity]


def coded(*rows: str, title: str = "支出决算表", number: int = 1, origin: Origin = Origin.TEXT) -> Page:
    return page_from(
        "\n".join(("科目编码|科目名称|合计|基本支出|项目支出", *rows)), title, number=number, origin=origin
    )


GOOD = (
    "合计|<|9.00|5.00|4.00",
    "201|一般公共服务支出|6.00|5.00|1.00",
    "20139|社会工作事务|6.00|5.00|1.00",
    "205|教育支出|3.00||3.00",
    "20502|普通教育|3.00||3.00",
)


def test_levels_totals_and_columns_that_add_up_hold() -> None:
    read = check(coded(*GOOD))
    assert read.tables[0].sums is Sums.HOLD and not errors(read)


def test_a_wrong_part_is_found_with_its_formula() -> None:
    rows = [row.replace("20502|普通教育|3.00", "20502|普通教育|2.00") for row in GOOD]
    read = check(coded(*rows))
    found = next(one for one in errors(read) if one.rule == "parts_sum_to_total")
    assert read.tables[0].sums is Sums.FAIL
    assert found.formula == "2.00 = 2.00万元 ≠ 3.00万元"
    assert "教育支出（205）" in found.message and found.sources[0].page == 1


def test_parts_off_by_rounding_are_no_error() -> None:
    rows = ("合计|<|10.00|10.00|", "301|甲|3.34|3.34|", "302|乙|3.33|3.33|", "303|丙|3.32|3.32|")
    read = check(coded(*rows))
    assert not errors(read) and read.tables[0].sums is Sums.HOLD
    assert errors(read, Severity.ROUNDING)[0].actual == "10.00万元"


def test_tolerance_comes_from_the_print_not_from_a_constant() -> None:
    read = check(coded("合计|<|10.00|10.00|", "301|甲|5.00|5.00|", "302|乙|5.02|5.02|"))
    assert [one.rule for one in errors(read)] == ["parts_sum_to_total"]


def test_a_number_without_its_zeros_does_not_widen_the_tolerance() -> None:
    text = "合计|公务接待费|公务用车购置及运行费|<|<\n^|^|小计|购置费|运行费\n37.91|1.35|36.56|15|21.16"
    read = check(page_from(text, "财政拨款“三公”经费支出决算表"))
    assert not any(one.holds and one.total.text == "36.56" for one in read.sums)


def test_a_blank_total_is_not_compared_with_zero() -> None:
    read = check(coded("合计|<|||", "201|一般公共服务支出|6.00|6.00|", "20139|社会工作事务|6.00|6.00|"))
    assert not errors(read)
    assert any("空白" in one.reason for one in read.unchecked)


def test_a_blank_part_counts_as_nothing_only_where_the_others_reach_the_total() -> None:
    short = check(coded("201|一般公共服务支出|6.00|6.00|", "20139|甲|5.00|5.00|", "20140|乙|||"))
    assert not errors(short) and any("有分项空白" in one.reason for one in short.unchecked)
    over = check(coded("201|一般公共服务支出|6.00|6.00|", "20139|甲|7.00|7.00|", "20140|乙|||"))
    assert errors(over)


def test_a_list_that_may_leave_something_out_is_not_called_wrong() -> None:
    text = "项目|决算数\n公共安全支出|9.00\n  公安|5.00\n  司法|3.00\n教育支出|4.00\n  普通教育|3.00\n  职业教育|1.00"
    read = check(page_from(text, "2023年全区一般公共预算支出决算表"))
    assert not errors(read) and any("没有列全" in one.reason for one in read.unchecked)


def test_parts_under_其中_need_not_reach_the_whole() -> None:
    text = "项目|决算数\n一、养老保险基金收入|9.00\n其中：保险费收入|5.00\n    利息收入|1.00\n二、失业保险基金收入|2.00"
    read = check(page_from(text, "收入决算表"))
    assert not [one for one in read.sums if one.total.item == ("一、养老保险基金收入",)]


def test_the_years_total_and_the_grand_total_are_summed_in_turn() -> None:
    text = """
    收入|<|支出|<
    项目|决算数|项目|决算数
    一、财政拨款收入|8.00|一、教育支出|8.50
    本年收入合计|8.00|本年支出合计|8.50
    年初结转和结余|1.00|年末结转和结余|0.50
    总计|9.00|总计|9.00
    """
    read = check(page_from(text, "收入支出决算总表"))
    assert read.tables[0].sums is Sums.HOLD and not errors(read)


def test_income_and_spending_that_differ_are_found() -> None:
    text = "收入|<|支出|<\n项目|决算数|项目|决算数\n一、财政拨款收入|9.00|一、教育支出|8.00\n总计|9.00|总计|8.00"
    read = check(page_from(text, "收入支出决算总表"))
    assert [one.rule for one in errors(read)] == ["sides_equal"]


def test_two_tables_that_print_a_total_differently_are_found_with_both_places() -> None:
    sides = "收入|<|支出|<\n项目|决算数|项目|决算数\n一、财政拨款收入|9.10|一、教育支出|9.10\n总计|9.10|总计|9.10"
    read = check(page_from(sides, "收入支出决算总表"), coded(*GOOD, number=2))
    found = next(one for one in errors(read) if one.rule == "tables_agree")
    assert [source.page for source in found.sources] == [1, 2]


def test_the_column_beside_a_total_that_was_not_read_is_not_the_total() -> None:
    sides = "收入|<|支出|<\n项目|决算数|项目|决算数\n一、财政拨款收入|9.00|一、教育支出|9.00\n总计|9.00|总计|9.00"
    rows = "科目编码|科目名称|本年收入合计|财政拨款收入|事业收入\n合计|<|{}|5.00|4.00\n205|教育支出|9.00|5.00|4.00"
    for total, found in (("9.0 0", []), ("", []), ("8.00", ["tables_agree"])):
        read = check(page_from(sides, "收入支出决算总表"), page_from(rows.format(total), "收入决算表", number=2))
        assert [one.rule for one in errors(read) if one.rule == "tables_agree"] == found


def test_staff_and_public_make_basic_spending() -> None:
    general = coded(*GOOD, title="一般公共预算财政拨款支出决算表")
    basic = """
    科目编码|科目名称|决算数|科目编码|科目名称|决算数
    301|工资福利支出|3.00|302|商品和服务支出|1.00
    人员经费合计|<|3.00|公用经费合计|<|1.00
    """
    read = check(general, page_from(basic, "一般公共预算财政拨款基本支出决算表", number=2))
    assert [one.rule for one in errors(read)] == ["staff_and_public_make_basic"]


def test_a_code_with_two_names_is_found() -> None:
    other = [row.replace("普通教育", "职业教育") for row in GOOD]
    read = check(coded(*GOOD), coded(*other, title="一般公共预算财政拨款支出决算表", number=2))
    assert [one.rule for one in errors(read, Severity.WORDING)] == ["code_has_one_name"]


def test_forms_elsewhere_are_not_reported_missing() -> None:
    read = check(coded(*GOOD))
    assert "forms_each_once" not in [one.rule for one in read.discrepancies]
    assert "forms_each_once" in [one.rule for one in read.unchecked]


def test_a_scanned_figure_is_reliable_only_where_a_sum_bears_it_out() -> None:
    read = check(coded(*(row.replace("教育|3.00||3.00", "教育|3.00||8.00") for row in GOOD), origin=Origin.OCR))
    told = {(fact.item[-1], fact.column[-1]): fact.reliable for fact in read.facts if fact.amount}
    assert told["一般公共服务支出", "基本支出"] and told["社会工作事务", "合计"]
    assert not told["普通教育", "项目支出"] and not told["教育支出", "项目支出"]


def test_a_lone_scanned_figure_is_not_reliable_and_a_printed_one_is() -> None:
    lone = "项目|决算数\n公务接待费|1.28\n会议费|3.00"
    scanned = check(page_from(lone, "接待情况表", origin=Origin.OCR))
    assert [fact.reliable for fact in scanned.facts] == [False, False]
    assert all(fact.reliable for fact in check(page_from(lone, "接待情况表")).facts)


def test_a_part_greater_than_its_whole_is_found() -> None:
    text = "项目|决算数\n合计|15.00\n一、支出|15.00\n  其中：人员经费|16.00"
    (found,) = [one for one in check(page_from(text)).discrepancies if one.rule == "part_within_whole"]
    assert "16.00万元" in found.message and "15.00万元" in found.message


def test_a_part_as_great_as_its_whole_is_none() -> None:
    text = "项目|决算数\n合计|15.00\n一、支出|15.00\n  其中：人员经费|15.00"
    assert not [one for one in check(page_from(text)).discrepancies if one.rule == "part_within_whole"]


def test_a_row_without_number_behind_其中_is_one_more_part_where_numbers_tell_the_whole() -> None:
    """A district's 收支总体情况表, all rows flush: 政府性基金 under 其中：一般公共预算拨款 is a part of 一、财政拨款."""
    text = "项目|预算数\n一、财政拨款|10.00\n其中：一般公共预算拨款|8.00\n政府性基金预算拨款|2.00\n二、财政专户拨款|3.00\n上年结转|\n本年收入合计|13.00"
    read = check(page_from(text, "收支总体情况表"))
    assert not errors(read)
    assert any(one.holds and one.total.text == "13.00" for one in read.sums)


def public(*rows: str) -> list[str]:
    page = page_from("\n".join(("项目|预算数", *rows)), "2021年区本级“三公”经费预算支出表")
    return [one.message for one in errors(check(page))]


def test_the_two_kinds_of_vehicle_money_are_counted_once() -> None:
    numbered = ("合计|4432", "1.因公出国（境）费用|39", "2.公务接待费|323", "3.公务用车购置及运行维护费|4070", "其中：公务用车运行维护费|2648", "公务用车购置|1422")
    plain = ("因公出国（境）费|0", "公务接待费|71.53", "公务用车购置及运行维护费|1857.23", "公务用车购置费|423.81", "公务用车运行维护费|1433.42", "“三公”经费支出总计|1928.76")
    assert public(*numbered) == [] and public(*plain) == []
    assert len(public(*plain[:-1], "“三公”经费支出总计|1982.76")) == 1
