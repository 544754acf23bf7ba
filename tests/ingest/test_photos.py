"""Image files: a scan or a photograph of a page is read, shown and refused as a page of a PDF is."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from corpus.errors import FileError
from corpus.fact import Origin
from corpus.photo import photo, photo_count
from corpus.picture import draw
from ingest.photos import photo_pages
from ingest.picture import picture_of
from ingest.read import read
from ingest.text import text_of
from tests.ingest.pdf_maker import make_pdf, text
from tests.ingest.test_scan import ROWS, drawn, grid_of, texts

SHARED = Path(__file__).parents[3] / "shared" / "reports"


def saved(path: Path, image: Image.Image, **how: Any) -> Path:  # noqa: ANN401 - Pillow's own options
    image.save(path, **how)
    return path


def png_of_size(width: int, height: int) -> bytes:
    """The head of a PNG that says how large it is; its rows are nowhere."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\x04IDAT" + zlib.compress(b"")[:4] + b"\0\0\0\0"


def test_a_photographed_page_is_read_and_its_boxes_lie_on_its_picture(tmp_path: Path) -> None:
    path = saved(tmp_path / "scan.jpg", drawn(), quality=90)
    (page,) = photo_pages(path)
    grid = grid_of(page)
    assert texts(grid) == ROWS
    assert (page.origin, grid.origin) == (Origin.OCR, Origin.OCR)
    picture = Image.open(io.BytesIO(draw(path, 1, 144))).convert("L")
    assert picture.size == (round(page.width * 2), round(page.height * 2))
    total = next(cell for cell in grid.cells if cell.text == "2,711.50")
    left, top, right, bottom = (round(2 * side) for side in total.box)
    assert np.asarray(picture.crop((left, top, right, bottom))).min() < 100, "the figure is printed within its box"
    left_of_table = picture.crop((0, top, round(2 * grid.box[0]) - 6, bottom))
    assert np.asarray(left_of_table).min() > 200


@pytest.mark.parametrize("box", ["0 0 2147483648 2147483648", "0 0 0.001 2147483648"])
def test_a_page_that_says_it_is_a_thousand_kilometres_high_is_drawn_small(tmp_path: Path, box: str) -> None:
    path = make_pdf(tmp_path / "a.pdf", text(100, 700, "支出"), extra=f"/MediaBox[{box}]")
    for picture in (Image.open(io.BytesIO(draw(path, 1, 144))), Image.fromarray(picture_of(path, 1))):
        assert max(picture.size) <= 30_001


def test_a_tiff_has_as_many_pages_as_frames_and_a_moving_picture_has_one(tmp_path: Path) -> None:
    frames = [Image.new("L", (60, 80), 255), Image.new("L", (80, 60), 255)]
    assert photo_count(saved(tmp_path / "two.tif", frames[0], save_all=True, append_images=frames[1:])) == 2
    assert photo(tmp_path / "two.tif", 2).size == (80, 60)
    moving = [Image.new("L", (60, 80), grey) for grey in (0, 255)]
    assert photo_count(saved(tmp_path / "two.gif", moving[0], save_all=True, append_images=moving[1:])) == 1


def test_a_page_that_its_camera_turned_is_turned_back(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    assert photo(saved(tmp_path / "a.jpg", Image.new("RGB", (60, 80)), exif=turned), 1).size == (80, 60)


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    assert photo(saved(tmp_path / "a.png", Image.new("RGBA", (60, 80), (0, 0, 0, 0))), 1).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("width", "height"), [(9_000, 9_000), (12_000, 12_000), (60_000, 60_000)])
def test_a_picture_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, width: int, height: int) -> None:
    (tmp_path / "bomb.png").write_bytes(png_of_size(width, height))
    with pytest.raises(FileError, match="百万像素"):
        read(tmp_path / "bomb.png")


@pytest.mark.parametrize("keep", [0.5, 0.02])
def test_a_picture_that_broke_off_is_refused(tmp_path: Path, keep: float) -> None:
    whole = saved(tmp_path / "a.png", Image.effect_noise((200, 200), 50)).read_bytes()
    (tmp_path / "a.png").write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(FileError, match="不完整或已损坏"):
        read(tmp_path / "a.png")


def test_a_picture_without_print_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="没有可以核查的文字"):
        text_of(saved(tmp_path / "a.png", Image.new("RGB", (400, 600), "white")))


@pytest.mark.skipif(not SHARED.exists(), reason="real reports are not here")
def test_a_published_page_as_a_picture_has_its_figures_with_their_boxes() -> None:
    """A balance sheet published as a JPEG called .png."""
    record = read(SHARED / "scans" / "合并资产负债表页图.png")
    assert record.disclosure.pages == 1
    found = [fact for fact in record.facts if fact.amount and str(fact.amount.number) == "5288011738.39"]
    assert [(fact.item[-1], fact.source.page) for fact in found] == [("货币资金", 1)]
    assert found[0].source.box == pytest.approx((314, 253, 453, 271), abs=6)
