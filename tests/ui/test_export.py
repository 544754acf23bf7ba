"""Listings as files: what stands in a document is text in every form of them."""

import csv
import io
from collections.abc import Iterator

from docx import Document
from openpyxl import load_workbook

from ui.export import Listing, csv_bytes, docx_bytes, markdown_bytes, xlsx_bytes

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "=HYPERLINK(\"http://x\")")


def listing(*words: str) -> Listing:
    """Each of the words in a cell of text, among figures, and in what the listing is made from."""
    return Listing("表", (("程序", "明账"), *((word, word) for word in words)), ("说明", "金额"), tuple((word, word) for word in words), {}, frozenset([1]))


def cells_of_csv(content: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        yield from row


def test_no_cell_of_a_listing_is_run_by_a_spreadsheet() -> None:
    cells = list(cells_of_csv(csv_bytes(listing(*FORMULAS))))
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == [] and "'=1+1" in cells
    book = load_workbook(io.BytesIO(xlsx_bytes(listing(*FORMULAS))))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    shown = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in kinds and shown.count("'=1+1") == 4
    assert [cell for cell in shown if cell[:1] in tuple("=+-@\t\r")] == []


def test_a_negative_figure_stays_a_figure() -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(listing("-1,234.50"))))
    assert float(str(book["表"]["B2"].value)) == -1234.5 and "-1,234.50" in list(cells_of_csv(csv_bytes(listing("-1,234.50"))))


def test_no_mark_up_of_a_document_takes_effect_in_markdown() -> None:
    written = markdown_bytes(listing("a|b", "[x](http://x)", "<script>", "![y](z)", "# 一")).decode()
    assert all(sign in written for sign in ("a\\|b", "\\[x\\](http://x)", "\\<script\\>", "\\!\\[y\\]", "\\# 一"))


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    hostile = listing("甲\x00\x0b\ud800乙\uffff")
    book = load_workbook(io.BytesIO(xlsx_bytes(hostile)))
    assert book["表"]["A2"].value == "甲乙"
    assert any("甲乙" in paragraph.text for paragraph in Document(io.BytesIO(docx_bytes(hostile))).paragraphs)
