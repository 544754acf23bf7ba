"""XLS file (Excel 97) → Sheets as Excel shows them. The only gate to xlrd."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.formatting import XF
from xlrd.sheet import Cell as XlsCell
from xlrd.sheet import Sheet as XlsSheet
from xlrd.xldate import XLDateError, xldate_as_datetime

from corpus.errors import FileError
from ingest.page import Page
from ingest.sheets import Area, Sheet, sheet_pages
from ingest.shown import Value, shown

INDENT = 9.0
LOCKED = "文件有密码，请去掉密码再上传"
DAMAGED = "工作簿已损坏，请用 Excel 或 WPS 另存为 .xlsx 再上传"
BROKEN = (XLRDError, CompDocError, AssertionError, IndexError, KeyError, ValueError, TypeError, OverflowError)
"""What xlrd raises on malformed files."""


def xls_pages(path: Path) -> Iterator[Page]:
    """One page a visible sheet. An .xls always stores its formulas' results, so none is ever lost."""
    book = _opened(path)
    sheets = book.sheets()
    hidden = tuple(sheet.name for sheet in sheets if sheet.visibility != 0)
    if len(hidden) == len(sheets):
        raise FileError(path.name, "工作簿里没有可见的工作表")
    yield from sheet_pages(path, (_sheet(book, sheet) for sheet in sheets if sheet.visibility == 0), hidden)


def _opened(path: Path) -> Book:
    """The workbook with its formats; xlrd's own remarks go nowhere."""
    with open(os.devnull, "w") as silent:
        try:
            return xlrd.open_workbook(str(path), formatting_info=True, logfile=silent)
        except BROKEN as error:
            encrypted = "encrypted" in str(error).lower()
            raise FileError(path.name, LOCKED if encrypted else DAMAGED) from error


def _sheet(book: Book, sheet: XlsSheet) -> Sheet:
    """What the sheet shows."""
    texts: dict[tuple[int, int], str] = {}
    indents: dict[tuple[int, int], float] = {}
    for row in range(sheet.nrows):
        for col, cell in enumerate(sheet.row(row)):
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                texts[row, col] = _text(book, sheet, cell)
                alignment = _style(book, cell).alignment
                indents[row, col] = alignment.indent_level * INDENT if alignment else 0.0
    merged = tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    rows = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0)
    cols = frozenset(col for col, info in sheet.colinfo_map.items() if info.hidden or info.width == 0)
    return Sheet(sheet.name, texts, indents, merged, rows, cols, _printed(book, sheet))


def _text(book: Book, sheet: XlsSheet, cell: XlsCell) -> str:
    """The cell as displayed."""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code.get(int(cell.value), "#N/A"))
    if cell.value == 0 and cell.ctype == xlrd.XL_CELL_NUMBER and not getattr(sheet, "show_zero_values", 1):
        return ""
    return shown(_value(book, cell), book.format_map[_style(book, cell).format_key].format_str)


def _style(book: Book, cell: XlsCell) -> XF:
    """How the cell is drawn; with formatting_info every cell has a style."""
    return book.xf_list[cell.xf_index or 0]


def _value(book: Book, cell: XlsCell) -> Value:
    """The cell's value as Python has it."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype != xlrd.XL_CELL_DATE:
        return str(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else float(cell.value)
    try:
        moment: datetime = xldate_as_datetime(float(cell.value), book.datemode)
    except (XLDateError, OverflowError, ValueError):
        return float(cell.value)
    return moment


def _printed(book: Book, sheet: XlsSheet) -> tuple[Area, ...]:
    """The sheet's print area."""
    name = book.name_and_scope_map.get(("print_area", sheet.number))
    if name is None or name.result is None or not isinstance(name.result.value, list):
        return ()
    areas = [ref.coords for ref in name.result.value]
    return tuple((top, left, bottom - 1, right - 1) for _, _, top, bottom, left, right in areas)
