"""Traps of real tables, each as a table small enough to read."""

from collections.abc import Sequence

from corpus.fact import Origin
from ingest.captions import joined, unit_in
from ingest.columns import Role
from ingest.facts import facts_of
from ingest.page import Page
from ingest.passages import passages_of
from ingest.tables import Table, rows_as_text, tables_of
from tests.ingest.drawn import DISCLOSURE, grid_from, line_at, page_from, page_with

CODED = """
科目编码|科目名称|本年支出合计|基本支出|项目支出
201|一般公共服务支出|60.00|40.00|20.00
20139|社会工作事务|60.00|40.00|20.00
2013901|行政运行|40.00|40.00|
"""


def tables(*pages: Page) -> list[Table]:
    return list(tables_of(pages, DISCLOSURE))


def paths(table: Table, half: int = 0) -> Sequence[tuple[str, ...]]:
    return [row.path for row in table.rows if row.half == half and row.path]


def test_title_and_unit_stand_above() -> None:
    (table,) = tables(page_from(CODED))
    assert (table.title, table.form, table.unit) == ("支出决算表", "支出表", "万元")


def test_the_department_line_is_not_the_title() -> None:
    lines = [line_at("2025年部门支出预算总表", 180, 50, 16), line_at("编制部门：某街道办事处 单位：元", 60, 80)]
    (table,) = tables(page_with((grid_from(CODED),), lines))
    assert (table.title, table.unit) == ("2025年部门支出预算总表", "元")


def test_title_and_unit_inside_the_box() -> None:
    text = "支出预算总表⏎部门：某厅 单位：万元|<|<|<|<\n" + CODED.strip()
    (table,) = tables(page_with((grid_from(text),)))
    assert (table.title, table.unit, table.drawn.head) == ("支出预算总表", "万元", 1)


def test_title_and_unit_one_page_earlier() -> None:
    first = page_with((), [line_at("支出决算表", 220, 780, 16), line_at("单位：万元", 390, 805)], 1)
    (table,) = tables(first, page_with((grid_from(CODED, 2, top=40),), (), 2))
    assert (table.title, table.unit) == ("支出决算表", "万元")


def test_no_unit_printed_is_no_unit() -> None:
    (table,) = tables(page_from(CODED, unit=""))
    assert table.unit == ""


def test_a_page_goes_on_without_its_header() -> None:
    more = "2013902|一般行政管理事务|20.00||20.00"
    (table,) = tables(page_from(CODED), page_with((grid_from(more, 2, top=40),), (), 2))
    assert [page for page, _ in table.drawn.parts] == [1, 2]
    assert paths(table)[-1] == ("一般公共服务支出", "社会工作事务", "一般行政管理事务")


def test_a_repeated_header_stands_once() -> None:
    more = "科目编码|科目名称|本年支出合计|基本支出|项目支出\n2013902|一般行政管理事务|20.00||20.00"
    (table,) = tables(page_from(CODED), page_with((grid_from(more, 2, top=40),), (), 2))
    assert table.drawn.height == 5


def test_a_last_page_with_only_a_total_and_fewer_columns_is_joined() -> None:
    text = CODED.strip()
    last = grid_from("合计|<|60.00|40.00|20.00", 2, top=40)
    fewer = last.__class__(2, last.box, 1, 4, last.cells[:0], (last.columns[0], *last.columns[2:]), Origin.TEXT)
    cells = tuple(cell.__class__(0, i, 1, 1, cell.text, cell.box) for i, cell in enumerate(last.cells))
    fewer = fewer.__class__(2, fewer.box, 1, 4, cells, fewer.columns, Origin.TEXT)
    (table,) = tables(page_from(text), page_with((fewer,), (), 2))
    assert table.rows[-1].path == ("合计",)
    assert [cell.col for cell in table.drawn.cells if cell.page == 2] == [0, 2, 3, 4]


def test_another_title_begins_another_table() -> None:
    found = tables(page_from(CODED), page_from(CODED, title="一般公共预算财政拨款支出决算表", number=2))
    assert [table.form for table in found] == ["支出表", "一般公共预算支出表"]


def test_two_touching_tables_are_parted_at_the_title_between() -> None:
    text = CODED.strip() + "\n收入决算表|<|<|<|<\n编码|科目名称|本年收入合计|财政拨款收入|其他收入\n201|教育支出|60.00|60.00|"
    found = tables(page_with((grid_from(text),), [line_at("支出决算表", 220, 60, 16), line_at("单位：万元", 390, 84)]))
    assert [table.title for table in found] == ["支出决算表", "收入决算表"]


def test_twin_halves_have_rows_of_their_own() -> None:
    text = """
    收入|<|支出|<
    项目|决算数|项目|决算数
    一、财政拨款收入|9.00|一、一般公共服务支出|4.00
    二、事业收入||二、教育支出|5.00
    总计|9.00|总计|9.00
    """
    (table,) = tables(page_from(text, title="收入支出决算总表"))
    assert paths(table, 0) == [("一、财政拨款收入",), ("二、事业收入",), ("总计",)]
    assert paths(table, 1) == [("一、一般公共服务支出",), ("二、教育支出",), ("总计",)]


def test_code_groups_side_by_side_are_halves() -> None:
    text = """
    科目编码|科目名称|决算数|科目编码|科目名称|决算数
    301|工资福利支出|3.00|302|商品和服务支出|2.00
    30101|基本工资|3.00|30201|办公费|2.00
    人员经费合计|<|3.00|公用经费合计|<|2.00
    """
    (table,) = tables(page_from(text, title="一般公共预算财政拨款基本支出决算表"))
    assert paths(table, 1) == [("商品和服务支出",), ("商品和服务支出", "办公费"), ("公用经费合计",)]


def test_codes_in_three_columns() -> None:
    text = """
    项目|<|<|<|支出预算
    功能分类科目编码|<|<|科目名称|^
    类|款|项|^|^
    201|||一般公共服务支出|8
    201|05||统计信息事务|8
    201|05|07|专项普查活动|8
    合计|<|<|<|8
    """
    (table,) = tables(page_from(text))
    assert [row.code for row in table.rows] == ["201", "20105", "2010507", ""]
    assert table.rows[-1].path == ("合计",)


def test_the_column_number_row_is_header() -> None:
    text = """
    项目|行次|金额|项目|行次|金额
    栏次||1|栏次||2
    一、财政拨款收入|1|9.00|一、一般公共服务支出|5|9.00
    """
    (table,) = tables(page_from(text, title="收入支出决算总表"))
    assert table.drawn.head == 2
    assert [column.role for column in table.bands[0].columns] == [Role.NAME, Role.SKIP, Role.VALUE] * 2


def test_merged_header_cells_give_header_paths() -> None:
    text = """
    “三公”经费预算数|<|<|<|<
    合计|因公出国(境)费|公务接待费|公务用车购置及运行费|<
    ^|^|^|购置费|运行费
    37.91|0|1.35|15|21.56
    """
    (table,) = tables(page_from(text, title="“三公”经费预算表"))
    assert table.bands[0].columns[3].header == ("“三公”经费预算数", "公务用车购置及运行费", "购置费")


def test_rows_under_a_merged_label_are_its_children() -> None:
    text = """
    项目名称|<|金额
    收入总计|<|9.00
    一般公共预算资金|小计|9.00
    ^|专项收入|9.00
    """
    (table,) = tables(page_from(text, title="收入预算总表"))
    assert paths(table) == [("收入总计",), ("一般公共预算资金", "小计"), ("一般公共预算资金", "专项收入")]


def test_indent_tells_levels() -> None:
    text = """
    项目|预算数|决算数
    一般公共服务支出|9|9
      人大事务|9|9
        行政运行|-|4
        人大会议|-|5
    教育支出|3|3
    """
    (table,) = tables(page_from(text, title="2023年全区一般公共预算支出决算表"))
    assert paths(table)[2] == ("一般公共服务支出", "人大事务", "行政运行")
    assert paths(table)[4] == ("教育支出",)


def test_a_row_flush_with_a_numbered_list_is_no_part_of_its_last_row() -> None:
    text = """
    项目|决算数
    一、税收收入|6
      增值税|6
    二、非税收入|3
      罚没收入|3
    全市一般公共预算收入|9
    转移性收入|2
    """
    (table,) = tables(page_from(text, title="2025年某市一般公共预算收支情况表"))
    assert paths(table)[4:] == [("全市一般公共预算收入",), ("转移性收入",)]


def test_a_list_begun_anew_stands_under_the_row_above_it() -> None:
    text = """
    项目|决算数
    一、一般公共预算财政拨款|9.00
    二、政府性基金预算财政拨款|
    年初财政拨款结转和结余|
    一、一般公共预算财政拨款|
    """
    (table,) = tables(page_from(text, title="财政拨款收入支出决算总表"))
    assert paths(table)[3] == ("年初财政拨款结转和结余", "一、一般公共预算财政拨款")


def test_a_scan_that_shifts_a_row_does_not_change_its_level() -> None:
    text = "项目|决算数\n一、一般公共服务支出|4.00\n  二、外交支出|\n三、国防支出|"
    (table,) = tables(page_from(text, title="收入支出决算总表", origin=Origin.OCR))
    assert paths(table) == [("一、一般公共服务支出",), ("二、外交支出",), ("三、国防支出",)]


def test_a_note_in_the_last_row_is_no_row() -> None:
    text = CODED.strip() + "\n注：本部门无相关收支项目|<|<|<|<"
    (table,) = tables(page_from(text))
    assert (table.drawn.height, table.note) == (4, "注：本部门无相关收支项目")


def test_names_broken_or_spaced_out_are_joined() -> None:
    assert joined("公 务 用 车 运 行") == "公务用车运行"
    assert joined("机关事业单位基本养老保险缴费\n支出") == "机关事业单位基本养老保险缴费支出"
    assert joined("PC server") == "PC server"


def test_a_unit_is_found_inside_a_longer_line() -> None:
    assert unit_in("编制部门：某街道办事处    单位:万元") == "万元"
    assert unit_in("金额单位：元") == "元"
    assert unit_in("单位名称：万元公司") == ""


def test_a_row_as_text_names_title_row_and_columns() -> None:
    (table,) = tables(page_from(CODED))
    last = rows_as_text(table)[-1]
    assert last.text == "支出决算表 2013901 一般公共服务支出 社会工作事务 行政运行 本年支出合计:40.00万元 基本支出:40.00万元"
    assert last.sources[0].page == 1 and last.sources[0].box is not None


FORM = """
单位名称|某局|<|<|<|<
预算执行情况（万元）|^|预算数（A）|执行数（B）|执行率（B/A）|得分
^|部门整体支出总额|2711.50|2711.50|100%|20
年度绩效指标|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）
^|产出指标|数量指标|撰写调研报告|2-4篇|4篇
总分|100分|<|<|<|<
"""


def test_a_form_of_labels_and_blocks_gives_entries() -> None:
    text = FORM.replace("^|预算数", "项目|预算数")
    (table,) = tables(page_from(text, title="2022年度整体绩效自评表", unit=""))
    found = {(entry.item[-1], entry.header): entry.cell.text for entry in table.entries}
    assert found["部门整体支出总额", ("预算数（A）",)] == "2711.50"
    assert found["撰写调研报告", ("实际完成值（B）",)] == "4篇"
    assert found["总分", ()] == "100分"


ASSESSED = """
项目名称|道路养护|<|<|<|<
预算执行情况|预算数：|500.00|执行数：|450.00|执行率：90.00%
年度目标|养护道路12公里|<|<|<|<
一级指标|二级指标|三级指标|预期指标值|实际完成指标值|备注
产出指标|数量指标|养护里程|12公里|12公里|
"""


def test_a_rate_that_stands_with_its_label_in_one_cell_is_an_entry_and_no_sentence() -> None:
    page = page_from(ASSESSED, title="部门预算项目支出绩效自评表（2024年度）", unit="单位：万元")
    read = tables(page)
    facts, _ = facts_of(read, DISCLOSURE)
    rate = next(fact for fact in facts if fact.item == ("道路养护", "执行率"))
    assert str(rate.amount) == "90.00%" and rate.row == next(fact.row for fact in facts if fact.item[-1] == "执行数：")
    assert [passage.text for passage in passages_of((), read, (page,), "a.pdf") if "执行率" in passage.text] == []


def test_the_row_that_numbers_the_columns_is_no_data_though_header_cells_reach_into_it() -> None:
    text = """
    项目|<|<|<|本年收入合计|财政拨款收入
    支出功能分类科目编码|<|<|科目名称|^|^
    类|款|项|栏次|1|2
    ^|^|^|合计|60.00|60.00
    201|<|<|一般公共服务支出|60.00|60.00
    20104|<|<|发展与改革事务|60.00|60.00
    """
    (table,) = tables(page_from(text))
    assert table.drawn.head == 3
    assert [(row.code, row.name) for row in table.rows] == [
        ("", "合计"),
        ("201", "一般公共服务支出"),
        ("20104", "发展与改革事务"),
    ]


def test_a_row_that_numbers_the_columns_on_a_later_page_is_no_data() -> None:
    more = "栏次|<|1|2|3\n2013902|一般行政管理事务|20.00||20.00"
    (table,) = tables(page_from(CODED), page_with((grid_from(more, 2, top=40),), (), 2))
    assert [row.name for row in table.rows][-2:] == ["行政运行", "一般行政管理事务"]


def test_a_column_that_numbers_the_rows_is_no_data() -> None:
    text = "项目|行⏎次|决算数\n基本支出|1|5.00\n人员经费|2|4.00\n公用经费|3|1.00\n项目支出|4|2.00"
    (table,) = tables(page_from(text))
    assert [column.role for column in table.bands[0].columns] == [Role.NAME, Role.SKIP, Role.VALUE]
    (unnamed,) = tables(page_from(text.replace("行⏎次", "")))
    assert unnamed.bands[0].columns[1].role is Role.SKIP


def test_two_small_counts_side_by_side_stay_data() -> None:
    (table,) = tables(page_from("因公出国（境）团组数（个）|因公出国（境）人次数（人）\n1|2", "三公经费情况表", ""))
    assert len(table.rows) == 1


def test_a_form_that_ends_in_paragraphs_on_the_next_page_is_one_table() -> None:
    """As the 自评表 of the shipped report: 项目 stands in the paragraph, which is no header for that."""
    first = page_from("指标 | 目标值 | 完成值\n调研报告 | 4篇 | 4篇\n总分 | < | 100", title="项目自评表", unit="")
    rest = page_from(f"原因分析 | 完成4篇调研报告，各项目标完成较好，{'圆满完成起草任务，' * 6} | <\n改进措施 | 加强管理 | <", title="", unit="", number=2)
    (table,) = tables(first, rest)
    assert "4篇调研报告" in rows_as_text(table)[-2].text
