"""Texts of documents in files for spreadsheets: none is a formula there, and figures stay figures."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from corpus.amount import WAN, Amount
from corpus.disclosure import Disclosure, Kind, Scope
from qa.reply import Point
from tests.corpus.shelf_samples import record
from ui.chart import series_html
from ui.export import STARTS, Listing, csv_bytes, safe, xlsx_bytes
from ui.facts_export import write_facts

FORMULAS = ("=1+1", "+1+1", "-1+1", "-2+cmd|' /C calc'!A0", "@SUM(1)", "\t=1+1", "\r=1", "\n=1", "＝1+1", "＋1", "－1+1", "＠SUM(1)", "=cmd|' /C calc'!A0")
DISCLOSURE = Disclosure("a" * 16, "b" * 64, "=HYPERLINK(1).pdf", "@局", (), 2024, Kind.FINAL, Scope.DEPARTMENT, 9, (), True)


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_spreadsheet_would_run_is_text(formula: str) -> None:
    assert safe(formula) == f"'{formula}"


@pytest.mark.parametrize("cell", ["-3.5", "-1,234.56", "-14.7%", "-", "12.50", "", "公务接待费", "a=b"])
def test_negative_numbers_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


def cells_of_csv(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]


def no_formula_in_book(content: bytes) -> None:
    for sheet in load_workbook(io.BytesIO(content)):
        assert not [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or str(cell.value or "").startswith(STARTS)]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_place_of_an_exported_list_holds_a_formula(formula: str) -> None:
    listing = Listing(formula, ((formula, formula),), (formula, "数"), ((formula, formula),), {}, frozenset({1}))
    assert not [cell for cell in cells_of_csv(csv_bytes(listing)) if cell.startswith(STARTS)]
    no_formula_in_book(xlsx_bytes(listing))


@pytest.mark.parametrize("formula", [*FORMULAS, "=\x00坏\x1f"])
def test_no_place_of_the_exported_facts_holds_a_formula(tmp_path: Path, formula: str) -> None:
    fact = replace(record().facts[0], table=formula, item=(formula,), column=(formula,), account=formula, text=formula, form=formula, versus=formula)
    for form in ("csv", "xlsx"):
        write_facts([fact], DISCLOSURE, tmp_path / f"f.{form}", form)
    assert not [cell for cell in cells_of_csv((tmp_path / "f.csv").read_bytes()) if cell.startswith(STARTS)]
    no_formula_in_book((tmp_path / "f.xlsx").read_bytes())


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_data_of_a_chart_holds_no_formula(formula: str) -> None:
    drawn = series_html(tuple(Point(formula, Amount(Decimal(n), WAN), 1) for n in ("-1.5", "2")), lambda words: "")
    data = unquote(drawn.split('href="data:text/csv;charset=utf-8,')[1].partition('"')[0])
    cells = list(csv.reader(io.StringIO(data.removeprefix("\ufeff"), newline="")))[1]
    assert cells[0] == f"'{formula}" and cells[1] == "-1.5"
