"""Picture: a page of a PDF or of an image file → PNG (the gate of pypdfium2 for pages that are shown)."""

import io
import threading
from pathlib import Path

import pypdfium2
from PIL import Image

from corpus.errors import FileError
from corpus.photo import is_photo, photo, photo_count, points

PIXELS = 40_000_000
"""No page is drawn larger: a hostile file may say that its page is a kilometre wide."""
MOST_SIDE = 30_000
"""Or a hair wide and a thousand kilometres high."""
GONE = "文件已损坏或不在了，无法显示页面"
PDFIUM = threading.Lock()
"""pdfium draws one page at a time in a process; every caller holds this."""


def draw(path: Path, page: int, dpi: int) -> bytes:
    """PNG of a page (1-based). Other files have no pages that could be drawn: a `FileError`."""
    image = _photo(path, page, dpi) if is_photo(_head(path)) else _drawn(path, page, dpi)
    made = io.BytesIO()
    image.save(made, "PNG", compress_level=1)
    return made.getvalue()


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise FileError(path.name, GONE) from error


def _drawn(path: Path, page: int, dpi: int) -> Image.Image:
    try:
        with PDFIUM, pypdfium2.PdfDocument(path) as pdf:
            _check(path, page, len(pdf))
            sheet = pdf[page - 1]
            wide, high = sheet.get_size()
            scale = min(dpi / 72, (PIXELS / max(wide * high, 1)) ** 0.5, MOST_SIDE / max(wide, high, 1))
            image: Image.Image = sheet.render(scale=scale).to_pil()
            return image
    except (pypdfium2.PdfiumError, FileNotFoundError) as error:
        raise FileError(path.name, GONE) from error


def _photo(path: Path, page: int, dpi: int) -> Image.Image:
    """As large as the page that it was read as: the boxes on it are in that page's points."""
    _check(path, page, photo_count(path))
    image = photo(path, page)
    width, height = points(image)
    return image.resize((max(round(width * dpi / 72), 1), max(round(height * dpi / 72), 1)), Image.Resampling.LANCZOS)


def _check(path: Path, page: int, count: int) -> None:
    if not 1 <= page <= count:
        raise FileError(path.name, f"没有第 {page} 页，共 {count} 页")
