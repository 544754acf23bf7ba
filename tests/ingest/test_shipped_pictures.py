"""The nine pictures of the shipped report are read cell for cell as their source prints them."""

from pathlib import Path

import pytest

from corpus.picture_tables import PictureTable, read_tables
from ingest.captions import joined
from ingest.picture import picture_of
from ingest.scan import ocr_page

FILES = Path(__file__).parents[2] / "corpus" / "files"
TABLES = read_tables(FILES / "source" / "tables.json")
FIRST_PAGE = 3


@pytest.mark.parametrize("table", TABLES, ids=[table.title for table in TABLES])
def test_every_cell_of_the_picture_is_read_right(table: PictureTable) -> None:
    (pdf,) = FILES.glob("*.pdf")
    number = FIRST_PAGE + table.number - 1
    picture = picture_of(pdf, number)
    (grid,) = ocr_page(picture, number, picture.shape[1] * 0.36, picture.shape[0] * 0.36).grids
    read = {(cell.row - len(table.header), cell.col): joined(cell.text) for cell in grid.cells}
    printed = {(r, c): joined(text) for r, row in enumerate(table.rows) for c, text in enumerate(row) if text is not None}
    assert {place: text for place, text in read.items() if place[0] >= 0} == printed
