"""A workbook's record: figures name their cell and no page, and what is hidden is said to be left out."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.record import Record
from ingest.read import read


@pytest.fixture
def record(tmp_path: Path) -> Record:
    book = Workbook()
    for name, start in (("收入表", 5), ("支出表", 7)):
        sheet = book.create_sheet(name)
        for row in (["某某区财政局2024年度部门决算"], [f"{name[:2]}决算表"], ["单位：万元"], ["项目", "决算数"], ["基本支出", start], ["项目支出", 3]):
            sheet.append(row)
    del book["Sheet"]
    book["支出表"].row_dimensions[6].hidden = True
    book.save(tmp_path / "某某区财政局2024年度部门决算.xlsx")
    return read(tmp_path / "某某区财政局2024年度部门决算.xlsx")


def test_a_figure_of_a_sheet_names_its_cell_and_no_page(record: Record) -> None:
    facts = [fact for fact in record.facts if fact.table_id and fact.amount is not None]
    assert {fact.source.place for fact in facts} == {"收入表!B5", "收入表!B6", "支出表!B5"}
    sources = [fact.source for fact in facts] + [source for table in record.tables for source in table.sources]
    assert {(source.page, source.box) for source in sources} == {(0, None)}


def test_two_sheets_alike_stay_two_tables(record: Record) -> None:
    assert len(record.tables) == 2


def test_a_hidden_row_is_said_to_be_left_out(record: Record) -> None:
    (note,) = record.left_out
    assert "支出表" in note and "隐藏行 6" in note
