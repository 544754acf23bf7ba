"""A report's facts as a spreadsheet."""

import csv
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from tests.corpus.shelf_samples import record
from ui.facts_export import _safe, write_facts


def test_a_blank_cell_is_exported_blank() -> None:
    assert _safe("") == ""


def test_a_formula_in_a_document_is_exported_as_text() -> None:
    assert _safe("=1+1") == "'=1+1" and _safe("-3.5") == "-3.5" and _safe(2024) == 2024


def test_no_cell_of_the_facts_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    hostile = [replace(fact, item=("=1+1",), table="@SUM(1)", text="+1") for fact in record().facts]
    for form in ("csv", "xlsx"):
        write_facts(hostile, record().disclosure, tmp_path / f"a.{form}", form)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+@")] == [] and "'=1+1" in cells
    sheet = load_workbook(tmp_path / "a.xlsx")["数字"]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "'=1+1" in {cell.value for row in sheet.iter_rows() for cell in row}
