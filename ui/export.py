"""A listing (columns, rows and what it is about) → DOCX, XLSX, CSV, Markdown, JSON: as files, or as links that the page itself holds."""

import base64
import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from docx import Document
from docx.document import Document as Written
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from corpus.disclosure import Disclosure
from corpus.number import parse_cell
from corpus.version import PROGRAM

_FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?")
_NEGATIVE = re.compile(r"-[\d,]*(\.\d+)?%?")
"""A dash alone stands for no figure in many tables."""
STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""What a formula may begin with, the wide signs too: a Chinese Excel takes them for the narrow ones."""
_NO_SHEET_NAME = re.compile(r"[\\*?:/\[\]]")
"""Signs that no sheet of a workbook may have in its name; a table's title may have them."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Signs that XML cannot hold: a text from a file may have them, and neither Word nor Excel takes them."""


@dataclass(frozen=True)
class Listing:
    """What is written, the same in every form."""

    title: str
    about: tuple[tuple[str, str], ...]
    """What it was made from, so that it can be cited and repeated: files with their sha256, the program's version."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data: dict[str, Any]
    """The same for programs."""
    numbers: frozenset[int] = frozenset()
    """Columns of figures as printed: a spreadsheet can reckon with them. Codes and years are none."""


def made_from(disclosures: Sequence[Disclosure]) -> tuple[tuple[str, str], ...]:
    """What every export says of its origin."""
    return (("程序", f"明账 {PROGRAM}"), *((d.file, f"sha256 {d.sha256}") for d in disclosures))


def csv_bytes(listing: Listing) -> bytes:
    """With the mark that Excel needs to read Chinese; what it is about comes last, so that the first row is the header."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([*([safe(cell) for cell in row] for row in (listing.columns, *listing.rows)), []])
    writer.writerows([safe(cell) for cell in line] for line in listing.about)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(listing: Listing) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NO_SHEET_NAME.sub(" ", printable(listing.title))[:31].strip("' ") or "表")
    sheet.append([safe(printable(cell)) for cell in listing.columns])
    for row in listing.rows:
        sheet.append([_number(sheet, cell) if k in listing.numbers else safe(printable(cell)) for k, cell in enumerate(row)])
    about = book.create_sheet("说明")
    for line in listing.about:
        about.append([safe(printable(cell)) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(sheet: Any, cell: str) -> object:  # noqa: ANN401 - openpyxl gives its sheets no useful type
    """A figure that Excel shows with the digits that are printed; whatever else stands in the cell, as text. Blank is not zero."""
    figure = parse_cell(cell) if _FIGURE.fullmatch(cell) else None
    if figure is None:
        return safe(printable(cell))
    value: Any = figure  # a Decimal, which is written digit by digit; its types leave it out
    shown = WriteOnlyCell(sheet, value=value)
    decimals = -int(figure.as_tuple().exponent)
    shown.number_format = ("#,##0" if "," in cell else "0") + (f".{'0' * decimals}" if decimals > 0 else "")
    return shown


def docx_bytes(listing: Listing) -> bytes:
    """Each row a heading with its cells below it, blank ones left out: a table of twelve columns fits on no page."""
    document = Document()
    normal = document.styles["Normal"]
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    normal.element.get_or_add_pPr().get_or_add_spacing().set(qn("w:after"), "0")
    _paragraph(document, listing.title, "Title")
    for number, row in enumerate(listing.rows, 1):
        first, *rest = [(name, cell) for name, cell in zip(listing.columns, row, strict=True) if cell and name != "序号"] or [("", "")]
        _paragraph(document, f"{number}. {first[1]}", "Heading2")
        for name, cell in rest:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{name}：").bold = True
            paragraph.add_run(printable(cell))
    _paragraph(document, "说明", "Heading2")
    for name, value in listing.about:
        _paragraph(document, f"{name}：{value}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraph(document: Written, words: str, style: str = "") -> None:
    """By the style's id: python-docx looks a name up through the whole file, 5 ms each time."""
    paragraph = document.add_paragraph(printable(words))
    if style:
        paragraph._p.style = style


def markdown_bytes(listing: Listing) -> bytes:
    rows = (listing.columns, ("---",) * len(listing.columns), *listing.rows)
    lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    about = [f"- {_cell(name)}：{_cell(value)}" for name, value in listing.about]
    return "\n".join((f"# {_cell(listing.title)}", "", *lines, "", *about, "")).encode("utf-8")


def json_bytes(listing: Listing) -> bytes:
    about = {"program": PROGRAM, "made_from": dict(listing.about[1:])}
    return json.dumps(about | listing.data, ensure_ascii=False, indent=1).encode("utf-8")


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS: dict[str, tuple[str, Callable[[Listing], bytes]]] = {
    "docx": (f"{_OFFICE}.wordprocessingml.document", docx_bytes),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", xlsx_bytes),
    "csv": ("text/csv;charset=utf-8", csv_bytes),
    "md": ("text/markdown;charset=utf-8", markdown_bytes),
    "json": ("application/json", json_bytes),
}
"""File suffix → its media type and writer."""


def link(listing: Listing, form: str) -> str:
    """A data link: nothing is kept on the server, and no visitor can fetch what another has made."""
    media, written = FORMS[form]
    content = written(listing)
    return f"data:{media};base64,{base64.b64encode(content).decode()}" if form in ("docx", "xlsx") else f"data:{media},{quote(content, safe='')}"


def printable(cell: str) -> str:
    return _CONTROL.sub("", cell)


def safe(cell: str) -> str:
    """Text from a document is text: a spreadsheet must not run it as a formula. Negative numbers stay as they are."""
    return f"'{cell}" if cell.startswith(STARTS) and not _NEGATIVE.fullmatch(cell) else cell


def _cell(cell: str) -> str:
    """No mark-up of Markdown or HTML takes effect."""
    for sign in "\\`*_[]<>|#!":
        cell = cell.replace(sign, f"\\{sign}")
    return " ".join(cell.split())
