"""Pictures of tables read by the real OCR engine."""

import json
import socket
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from corpus.errors import FileError, MingzhangError
from corpus.fact import Origin
from ingest.misread import SURE
from ingest.ocr import OcrFailed
from ingest.page import Cell, Grid, Page
from ingest.picture import picture_from, picture_of, skew
from ingest.scan import ocr_page

CORPUS = Path(__file__).parents[2] / "corpus" / "files"
SHARED = Path(__file__).parents[3] / "shared" / "reports"
ROWS = (
    ("Code", "Total", "Basic", "Project"),
    ("201", "1,042.54", "1,001.65", "40.89"),
    ("20103", "0.00", "", "-"),
    ("2010301", "0", "-12.30", "3.1%"),
    ("", "2,711.50", "1,307.51", "1,403.99"),
)
WIDE, HIGH, LEFT, TOP = 300, 60, 150, 200
POINTS = (595.0, 842.0)


def drawn(angle: float = 0.0, noise: float = 0.0) -> Image.Image:
    """The rows as a ruled table on an A4 page at 200 dpi, turned and made noisy as by a scanner."""
    page = Image.new("RGB", (1653, 2339), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(30)
    pen.text((LEFT, TOP - 60), "Final accounts 2024", font=font, fill="black")
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            x, y = LEFT + c * WIDE, TOP + r * HIGH
            pen.rectangle((x, y, x + WIDE, y + HIGH), outline="black", width=2)
            pen.text((x + WIDE - 15, y + HIGH / 2), text, font=font, fill="black", anchor="rm")
    page = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor="white")
    grain = np.random.default_rng(7).normal(0, noise, (page.height, page.width, 3))
    return Image.fromarray(np.clip(np.asarray(page) + grain, 0, 255).astype(np.uint8))


def grid_of(page: Page) -> Grid:
    assert len(page.grids) == 1
    return page.grids[0]


def texts(grid: Grid) -> tuple[tuple[str, ...], ...]:
    by_place = {(cell.row, cell.col): cell.text for cell in grid.cells}
    return tuple(tuple(by_place[r, c] for c in range(grid.cols)) for r in range(grid.rows))


def cell_at(grid: Grid, row: int, col: int) -> Cell:
    return next(cell for cell in grid.cells if (cell.row, cell.col) == (row, col))


@pytest.fixture(scope="module")
def straight() -> Page:
    return ocr_page(drawn(), 1, *POINTS)


def test_every_cell_of_a_clean_table_is_read(straight: Page) -> None:
    assert texts(grid_of(straight)) == ROWS


def test_a_skewed_and_noisy_table_is_read_alike() -> None:
    assert texts(grid_of(ocr_page(drawn(0.6, 12), 1, *POINTS))) == ROWS


def test_a_blank_cell_is_not_zero(straight: Page) -> None:
    blank, zero = cell_at(grid_of(straight), 2, 2), cell_at(grid_of(straight), 2, 1)
    assert (blank.text, blank.score) == ("", 1.0)
    assert zero.text == "0.00"


def test_a_lone_dash_is_a_dash(straight: Page) -> None:
    assert cell_at(grid_of(straight), 2, 3).text == "-"


def test_ink_that_nobody_can_read_is_not_a_blank_cell() -> None:
    page = drawn()
    x, y = LEFT + 2 * WIDE + 150, TOP + 2 * HIGH + 30
    ImageDraw.Draw(page).ellipse((x - 40, y - 12, x + 40, y + 12), fill="black")
    cell = cell_at(grid_of(ocr_page(page, 1, *POINTS)), 2, 2)
    assert cell.score < SURE


def test_boxes_are_in_points_of_the_page_as_scanned(straight: Page) -> None:
    box, scale = cell_at(grid_of(straight), 1, 1).box, 595 / 1653
    assert box == pytest.approx(
        ((LEFT + WIDE) * scale, (TOP + HIGH) * scale, (LEFT + 2 * WIDE) * scale, (TOP + 2 * HIGH) * scale), abs=1.5
    )


def test_boxes_of_a_skewed_page_lie_on_the_skewed_cells() -> None:
    cell = cell_at(grid_of(ocr_page(drawn(2.0), 1, *POINTS)), 4, 3)
    middle = np.array([LEFT + 3.5 * WIDE, TOP + 4.5 * HIGH]) - np.array([1653, 2339]) / 2
    angle = np.radians(2.0)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    x, y = (middle @ turn + np.array([1653, 2339]) / 2) * 595 / 1653
    assert ((cell.box[0] + cell.box[2]) / 2, (cell.box[1] + cell.box[3]) / 2) == pytest.approx((x, y), abs=3)


def test_a_line_has_an_edge_for_each_character(straight: Page) -> None:
    line = straight.lines[0]
    assert line.text.replace(" ", "") == "Finalaccounts2024"
    assert len(line.edges) == len(line.text) + 1
    assert list(line.edges) == sorted(line.edges)
    assert line.score < 1.0


def test_the_page_says_that_it_was_read_by_ocr(straight: Page) -> None:
    assert straight.origin == Origin.OCR
    assert grid_of(straight).origin == Origin.OCR


def test_an_empty_page_has_no_lines_and_no_grids() -> None:
    page = ocr_page(Image.new("RGB", (800, 600), "white"), 3, 400, 300)
    assert (page.lines, page.grids) == ((), ())


def test_reading_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", closed)
    from ingest import ocr

    ocr._engine.cache_clear()
    assert ocr.read_words(picture_from(drawn()))


def test_a_model_that_is_not_in_the_package_is_said_and_not_looked_for_elsewhere(tmp_path: Path) -> None:
    from ingest import ocr

    with pytest.raises(MingzhangError, match="请重新安装 rapidocr"):
        ocr._model(tmp_path, "_det_")


@pytest.mark.parametrize("size", [(0, 10), (3, 500)])
def test_a_picture_without_extent_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(FileError, match="太小"):
        picture_from(np.zeros((size[1], size[0], 3), dtype=np.uint8))


def test_a_picture_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = np.broadcast_to(np.uint8(255), (30_000, 30_000, 3))
    with pytest.raises(FileError, match="太大"):
        picture_from(bomb)


@pytest.mark.parametrize("size", [(9, 20_000), (20_000, 9)])
def test_a_picture_too_thin_for_the_engine_is_said_not_to_be_read(size: tuple[int, int]) -> None:
    """A spoilt PDF had a page one point wide."""
    with pytest.raises(OcrFailed, match="图片识读出错"):
        ocr_page(Image.effect_noise(size, 100), 1, *map(float, size))


def test_a_large_picture_is_scaled_down() -> None:
    small = picture_from(Image.new("L", (6000, 5000), 255))
    assert small.shape[0] * small.shape[1] <= 12_000_000


@pytest.mark.parametrize("angle", [-1.5, -0.4, 0.0, 0.3, 2.0])
def test_skew_is_found(angle: float) -> None:
    assert skew(picture_from(drawn(angle))) == pytest.approx(-angle, abs=0.06)


def test_a_picture_table_of_the_shipped_report_is_read_to_the_last_cell() -> None:
    path = next(CORPUS.glob("*硚口*2022*.pdf"))
    truth = json.loads((CORPUS / "source" / "tables.json").read_text(encoding="utf-8"))[0]
    grid = grid_of(ocr_page(picture_of(path, 3), 3, *POINTS))
    header = len(truth["header"])
    read = [tuple(cell_at(grid, r, c).text for c in range(grid.cols)) for r in range(header, grid.rows)]
    assert read == [tuple(row) for row in truth["rows"]]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_scanned_sideways_or_upside_down_is_read(degrees: int) -> None:
    page = drawn().rotate(degrees, expand=True)
    grid = grid_of(ocr_page(page, 1, page.width * 72 / 200, page.height * 72 / 200))
    assert texts(grid) == ROWS


def test_boxes_of_a_page_scanned_sideways_lie_where_the_cells_are() -> None:
    page = drawn().rotate(90, expand=True)
    box = cell_at(grid_of(ocr_page(page, 1, page.width * 0.36, page.height * 0.36)), 1, 1).box
    x0, x1, top, bottom = TOP + HIGH, TOP + 2 * HIGH, 1653 - LEFT - 2 * WIDE, 1653 - LEFT - WIDE
    assert box == pytest.approx((x0 * 0.36, top * 0.36, x1 * 0.36, bottom * 0.36), abs=1.5)


def test_a_number_under_a_seal_is_read_or_doubted() -> None:
    seal = Image.new("RGB", (1653, 2339), "white")
    ImageDraw.Draw(seal).ellipse((700, 150, 1200, 650), outline=(220, 40, 40), width=12)
    grid = grid_of(ocr_page(ImageChops.multiply(drawn(), seal), 1, *POINTS))
    wrong = [cell for cell in grid.cells if cell.text != ROWS[cell.row][cell.col]]
    assert all(cell.score < SURE for cell in wrong)
    assert len(wrong) <= 1


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reports are not beside this checkout")
def test_a_scanned_balance_sheet_reads_without_a_wrong_digit() -> None:
    image = Image.open(SHARED / "scans" / "合并资产负债表页图.png")
    grid = grid_of(ocr_page(image, 1, 576.0, 711.0))
    rows = {cell.row: cell.text for cell in grid.cells if cell.col == 0}
    last = {rows[cell.row]: cell.text for cell in grid.cells if cell.col == 2}
    assert last["其他流动资产"] == "545,184,036.20"
    assert last["流动资产合计"] == "4,428,852,485.11"
    assert last["应收股利"] == ""
