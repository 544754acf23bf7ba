"""Workbooks made here and real ones: what Excel shows is what is read."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import FileError
from corpus.fact import Origin
from ingest.office import office_pages
from ingest.page import Grid, Page

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Callable[[Worksheet], None]], Page]:
    """Read a sheet that the given function fills."""

    def _read(fill: Callable[[Worksheet], None]) -> Page:
        book = Workbook()
        assert book.active is not None
        book.active.title = "表"
        fill(book["表"])
        book.save(tmp_path / "book.xlsx")
        return next(office_pages(tmp_path / "book.xlsx"))

    return _read


Read = Callable[[Callable[[Worksheet], None]], Page]


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def _append(sheet: Worksheet, *rows: list[object]) -> None:
    for row in rows:
        sheet.append(row)


def test_title_and_unit_rows_are_lines_above_the_table(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["附件1"], ["2024年收支总表"], [None, None, "单位：万元"])
        _append(sheet, ["项目", "预算", "决算"], ["收入", 1, 2])
        sheet.merge_cells("A2:C2")

    page = read(fill)
    assert [(line.text, line.place) for line in page.lines] == [
        ("附件1", "表!A1"), ("2024年收支总表", "表!A2"), ("单位：万元", "表!C3")]  # fmt: skip
    assert _texts(page.grids[0]) == [["项目", "预算", "决算"], ["收入", "1", "2"]]
    assert [cell.place for cell in page.grids[0].cells if cell.text == "2"] == ["表!C5"]
    assert page.grids[0].origin is Origin.SHEET
    assert max(line.box[3] for line in page.lines) <= page.grids[0].box[1]


def test_a_blank_cell_is_a_cell_without_text_and_zero_is_a_zero(read: Read) -> None:
    page = read(lambda sheet: _append(sheet, ["项目", "预算", "决算"], ["收入", None, 0], ["支出", 5, 6]))
    assert _texts(page.grids[0])[1] == ["收入", "", "0"]


def test_zeros_that_the_sheet_does_not_show_are_blank(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["项目", "预算"], ["收入", 0], ["支出", 5])
        sheet.sheet_view.showZeros = False

    assert _texts(read(fill).grids[0])[1] == ["收入", ""]


def test_a_figure_is_read_as_displayed(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["项目", "决算", "完成"], ["收入", 1234567.891, 0.1234], ["数字存成文字", "1,234.50", " 12% "])
        sheet["B2"].number_format, sheet["C2"].number_format = "#,##0.00", "0.00%"

    assert _texts(read(fill).grids[0])[1:] == [["收入", "1,234,567.89", "12.34%"], ["数字存成文字", "1,234.50", "12%"]]


def test_a_formula_without_its_result_is_unreadable_and_noted_never_computed(read: Read) -> None:
    page = read(lambda sheet: _append(sheet, ["项目", "决算"], ["收入", 1], ["合计", "=SUM(B2:B2)"]))
    assert _texts(page.grids[0])[2] == ["合计", "〔公式未存结果〕"]
    assert page.notes == ("工作表《表》：B3 是公式而文件没有存下结果，未能读取",)


def test_a_formula_whose_stored_result_is_the_empty_text_is_blank(read: Read, tmp_path: Path) -> None:
    read(lambda sheet: _append(sheet, ["项目", "增长%"], ["收入", '=IFERROR(1/0,"")'], ["支出", 5]))
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<c r="B2"><f>', b'<c r="B2" t="str"><f>')
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in (parts | {"xl/worksheets/sheet1.xml": sheet}).items():
            packed.writestr(name, content)
    page = next(office_pages(path))
    assert _texts(page.grids[0])[1] == ["收入", ""]
    assert page.notes == ()


def test_hidden_rows_and_columns_are_left_out_and_noted(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["编码", "项目", "决算"], ["x", "收入", 1], ["x", "藏", 2], ["x", "支出", 3])
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["A"].hidden = True

    page = read(fill)
    assert _texts(page.grids[0]) == [["项目", "决算"], ["收入", "1"], ["支出", "3"]]
    assert page.notes == ("工作表《表》：隐藏行 3，未读取", "工作表《表》：隐藏列 A，未读取")


def test_a_merged_header_keeps_its_span_over_what_is_visible_of_it(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["项目", "2025年", None, None], [None, "预算", "过程", "执行"], ["收入", 1, 9, 2])
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:D1")
        sheet.column_dimensions["C"].hidden = True

    cells = {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in read(fill).grids[0].cells}
    assert (cells["项目"], cells["2025年"], cells["执行"]) == ((0, 0, 2, 1), (0, 1, 1, 2), (1, 2, 1, 1))


def test_what_stands_outside_the_print_area_is_left_out_and_noted(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["项目", "决算", "打印"], ["收入", 1, "是"])
        sheet.print_area = "A1:B2"

    page = read(fill)
    assert _texts(page.grids[0]) == [["项目", "决算"], ["收入", "1"]]
    assert page.notes == ("工作表《表》：打印区域外的单元格 C1、C2，未读取",)


def test_tables_under_each_other_are_parted_at_the_next_title(read: Read) -> None:
    page = read(lambda sheet: _append(
        sheet, ["附表1"], ["收入表", None, "单位：万元"], ["项目", "预算", "决算"], ["税收", 1, 2], ["注：含结转。"],
        ["附表2"], ["支出表", None, "单位：元"], ["科目", "预算", "决算"], ["智能电表", None, None], ["国防", 3, 4],
    ))  # fmt: skip
    first, second = page.grids
    assert _texts(first)[1:] == [["税收", "1", "2"]]
    assert _texts(second)[1:] == [["智能电表", "", ""], ["国防", "3", "4"]]
    order = sorted([(line.box[1], line.text) for line in page.lines] + [(grid.box[1], "#") for grid in page.grids])
    assert [text for _, text in order] == [
        "附表1", "收入表", "单位：万元", "#", "注：含结转。", "附表2", "支出表", "单位：元", "#"]  # fmt: skip


def test_tables_beside_each_other_are_parted_by_their_merged_titles(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["全市债务情况表", None, "本级债务情况表", None])
        _append(sheet, ["项目", "余额", "项目", "余额"], ["一般", 1, "一般", 2])
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:D1")

    assert [_texts(grid)[1] for grid in read(fill).grids] == [["一般", "1"], ["一般", "2"]]


def test_a_merged_band_inside_a_table_does_not_part_it(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["项目", "预算", "决算"], ["一般债务"], ["余额", 1, 2], ["专项债务"], ["余额", 3, 4])
        sheet.merge_cells("A2:C2")
        sheet.merge_cells("A4:C4")

    (grid,) = read(fill).grids
    assert grid.rows == 5


def test_an_untitled_sheet_goes_by_its_name(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["项目", "决算"], ["收入", 1])
        sheet.title = "三公经费"

    page = read(fill)
    assert [line.text for line in page.lines] == ["三公经费"]


def test_labels_keep_their_indent_as_where_their_text_begins(read: Read) -> None:
    page = read(lambda sheet: _append(sheet, ["项目", "决算"], ["税收收入", 3], ["  增值税", 1]))
    labels = {cell.text: cell.left for cell in page.grids[0].cells if cell.col == 0}
    assert labels["增值税"] is not None and labels["税收收入"] is not None and labels["增值税"] > labels["税收收入"]


def test_a_hidden_sheet_is_not_read_and_is_noted(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("藏")["A1"] = 7
    book["Sheet"].append(["项目", "决算"])
    book["藏"].sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    (page,) = office_pages(tmp_path / "book.xlsx")
    assert page.notes == ("工作表《藏》是隐藏的，未读取",)


def test_one_stray_cell_in_the_last_corner_costs_nothing(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        _append(sheet, ["项目", "决算"], ["收入", 1])
        sheet.cell(1_048_576, 16_384, "x")

    page = read(fill)
    assert (page.grids[0].rows, page.grids[0].cols) == (3, 3)


def test_a_workbook_that_is_none_inside_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<nothing/>")
    with pytest.raises(FileError, match="另存为"):
        list(office_pages(tmp_path / "a.xlsx"))


def test_an_old_workbook_is_read_as_shown(tmp_path: Path) -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("收支")
    sheet.write_merge(0, 0, 0, 1, "2024年收支总表")
    for row, (item, figure) in enumerate([("项目", "决算"), ("收入", 1234567.891), ("藏", 5.0), ("率", 0.125)], 1):
        sheet.write(row, 0, item)
        sheet.write(row, 1, figure, xlwt.easyxf(num_format_str="0.0%" if item == "率" else "#,##0.00"))
    sheet.row(3).hidden = True
    book.save(str(tmp_path / "old.xls"))
    (page,) = office_pages(tmp_path / "old.xls")
    assert [line.text for line in page.lines] == ["2024年收支总表"]
    assert _texts(page.grids[0]) == [["项目", "决算"], ["收入", "1,234,567.89"], ["率", "12.5%"]]
    assert page.notes == ("工作表《收支》：隐藏行 4，未读取",)


def _real(name: str) -> Iterator[Page]:
    path = REPORTS / name
    if not path.exists():
        pytest.skip(f"needs {name}, which is not part of the repository")
    return office_pages(path)


def test_lijiang_keeps_54_sheets_their_units_and_rounding() -> None:
    pages = list(_real("other_formats/lijiang_2025_budget_attachment.xlsx"))
    assert len(pages) == 54
    grids = [grid for page in pages for grid in page.grids]
    assert len(grids) == 58
    for page in pages[2:]:
        assert sum("单位：" in line.text for line in page.lines) == len(page.grids)
    assert _texts(pages[2].grids[0])[2] == ["一、税收收入", "250,422", "292,946", "288,755", "15.3%", "98.6%"]


def test_the_file_named_xls_that_is_xlsx_hides_its_field_codes() -> None:
    first, second = _real("pairs/北京_2021_57687_预决算公开表.xls")
    assert _texts(first.grids[0])[1] == ["一、2020年末地方政府一般债务余额实际数", "", "2,261.41"]
    assert not any("#" in cell.text for page in (first, second) for grid in page.grids for cell in grid.cells)
