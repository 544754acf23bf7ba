"""Image file (a scan or a photograph of a page) → Pages, read by OCR, boxes in points of the page as displayed."""

from collections.abc import Iterator
from pathlib import Path

from corpus.errors import FileError
from corpus.fact import Origin
from corpus.photo import photo, photo_count, points
from ingest.ocr import OcrFailed
from ingest.page import Page
from ingest.scan import ocr_page

MOST_PAGES = 3000


def photo_pages(path: Path, first: int = 1) -> Iterator[Page]:
    """The file's pages from `first` on: one, or as many as a TIFF has."""
    for number in range(first, photo_page_count(path) + 1):
        image = photo(path, number)
        width, height = points(image)
        try:
            yield ocr_page(image, number, width, height)
        except OcrFailed as error:
            yield Page(number, width, height, (), (), Origin.OCR, (f"第{number}页的图片没有读取：{error}",))


def photo_page_count(path: Path) -> int:
    """How many pages the file has; FileError where it can't be read or has too many."""
    count = photo_count(path)
    if count > MOST_PAGES:
        raise FileError(path.name, f"共 {count} 页，超过上限 {MOST_PAGES} 页，请拆分后再上传")
    return count
