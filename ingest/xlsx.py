"""XLSX file → Sheets as Excel shows them. The only gate to openpyxl."""

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import FileError
from ingest.page import Page
from ingest.sheets import UNREADABLE, Area, Sheet, sheet_pages
from ingest.shown import Value, shown

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
INDENT = 9.0
"""Points of one step of a cell's indent."""
MOST_COLS = 16_384
BROKEN = (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, InvalidFileException,
          zipfile.BadZipFile, ParseError, DefusedXmlException)  # fmt: skip
"""What openpyxl and the XML parser raise on malformed workbooks."""


def xlsx_pages(path: Path) -> Iterator[Page]:
    """One page a visible sheet."""
    try:
        book = _opened(path)
        lost = _lost_formulas(path)
    except BROKEN as error:
        raise FileError(path.name, "工作簿的内部结构已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传") from error
    hidden = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible")
    if len(hidden) == len(book.worksheets):
        raise FileError(path.name, "工作簿里没有可见的工作表")
    seen = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    yield from sheet_pages(path, (_sheet(sheet, lost.get(sheet.title, frozenset())) for sheet in seen), hidden)


def _opened(path: Path) -> Workbook:
    """The workbook with the results that were stored beside its formulas; nothing is ever computed."""
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(file, data_only=True)


def _sheet(sheet: Worksheet, lost: frozenset[tuple[int, int]]) -> Sheet:
    """What the sheet shows."""
    cells = [cell for cell in sheet._cells.values() if isinstance(cell, XlsxCell)]  # walking rows would visit every
    # position up to the last used one, and one stray cell in XFD1048576 makes that 17 billion
    zeros = bool(sheet.sheet_view.showZeros) or sheet.sheet_view.showZeros is None
    texts = {(cell.row - 1, cell.column - 1): _text(cell, zeros) for cell in cells if cell.value is not None}
    indented = (cell for cell in cells if cell.alignment.indent)
    indents = {(cell.row - 1, cell.column - 1): cell.alignment.indent * INDENT for cell in indented}
    merged = tuple(_area(area.bounds) for area in sheet.merged_cells.ranges)
    return Sheet(
        sheet.title, texts | dict.fromkeys(lost, UNREADABLE), indents, merged,
        _hidden_rows(sheet), _hidden_cols(sheet), _printed(sheet),
    )  # fmt: skip


def _text(cell: XlsxCell, zeros: bool) -> str:
    """The cell as displayed."""
    if cell.value == 0 and not zeros and not isinstance(cell.value, bool):
        return ""
    value = cell.value
    return shown(value if isinstance(value, Value) else str(value), cell.number_format).replace("_x000D_", "")


def _hidden_rows(sheet: Worksheet) -> frozenset[int]:
    """Rows that are hidden, filtered out or of no height; with zeroHeight also every row that says nothing."""
    stated = sheet.row_dimensions
    hidden = {row - 1 for row, size in stated.items() if size.hidden or size.ht == 0}
    if sheet.sheet_format.zeroHeight:
        hidden |= {row - 1 for row, _ in sheet._cells if row not in stated}
    return frozenset(hidden)


def _hidden_cols(sheet: Worksheet) -> frozenset[int]:
    """Columns that are hidden or of no width; one entry may speak of many columns."""
    sizes = [size for size in sheet.column_dimensions.values() if size.hidden or size.width == 0]
    return frozenset(col - 1 for size in sizes for col in range(size.min or 1, min(size.max or 0, MOST_COLS) + 1))


def _printed(sheet: Worksheet) -> tuple[Area, ...]:
    """The sheet's print areas."""
    areas = [part.rpartition("!")[2].replace("$", "") for part in str(sheet.print_area or "").split(",")]
    return tuple(_area(range_boundaries(area)) for area in areas if area and area != "#REF")


def _area(bounds: Iterable[int | None]) -> Area:
    """Column and row bounds, 1-based, as openpyxl gives them; whole rows or columns have none."""
    first_col, first_row, last_col, last_row = bounds
    return (first_row or 1) - 1, (first_col or 1) - 1, (last_row or 1_048_576) - 1, (last_col or MOST_COLS) - 1


def _lost_formulas(path: Path) -> dict[str, frozenset[tuple[int, int]]]:
    """By sheet, the cells whose formula has no stored result.

    openpyxl gives None for these and for a formula whose result is the empty text; only the XML tells them apart.
    """
    with zipfile.ZipFile(path) as packed:
        names = set(packed.namelist())
        return {name: frozenset(_lost(packed, part)) for name, part in _parts(packed).items() if part in names}


def _lost(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    """Positions of formulas without a result in one sheet's XML."""
    with packed.open(part) as stream:
        for _, node in iterparse(stream, ("end",)):
            if node.tag == MAIN + "c":
                text = node.get("t") == "str"
                if node.find(MAIN + "f") is not None and not text and not node.findtext(MAIN + "v"):
                    letters, row = coordinate_from_string(node.get("r", "A1"))
                    yield row - 1, column_index_from_string(letters) - 1
                node.clear()


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part in the package."""
    book = fromstring(packed.read("xl/workbook.xml"))
    links = fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    target = {link.get("Id"): link.get("Target", "") for link in links}
    sheets = ((sheet.get("name", ""), target.get(sheet.get(RELATION), "")) for sheet in book.iter(MAIN + "sheet"))
    return {name: normpath(join("/xl", part)).lstrip("/") for name, part in sheets}
