"""PDF file → Pages: visible print as lines and ruled grids, boxes in points of the page as displayed.

Pages are read one at a time and forgotten, so memory does not grow with their number. The only gate to pdfplumber.
"""

import logging
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTCurve, LTItem
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from corpus.disclosure import Box
from corpus.errors import FileError
from corpus.fact import Origin
from ingest.grids import grids_of
from ingest.legible import LOOKING_DPI, Shown, unread_parts
from ingest.lines import Sign, lines_of
from ingest.ocr import OcrFailed
from ingest.page import Cell, Grid, Line, Page
from ingest.picture import picture_of
from ingest.radicals import plain
from ingest.rulings import rulings_of
from ingest.scan import with_pictures_read
from ingest.visible import ORDER, visible

__all__ = ["Cell", "Grid", "Line", "MOST_PAGES", "Page", "page_count", "read_pages"]

MOST_PAGES = 3000
"""A longer file is refused: no disclosure is, and it would hold the shelf for hours."""
TAIL = 4096
"""Bytes at the end in which a whole PDF says so."""
A4 = (595.3, 841.9)
"""Points; the size of a page that does not say its own."""
UNSEEN = frozenset({3, 7})
"""Text rendering modes that draw nothing (PDF 32000-1, table 106)."""
MALFORMED = (
    PdfminerException,
    MalformedPDFException,
    PDFException,
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pdfminer raises on files that break the format: it trusts what it reads."""

Objects = dict[str, list[dict[str, Any]]]
"""pdfplumber's objects of a page by their kind: char, line, rect, curve, image."""


def read_pages(path: Path, first: int = 1) -> Iterator[Page]:
    """The file's pages in order, from page `first` on; pages or parts of them without usable text are read by OCR."""
    with _opened(path) as pdf:
        del pdf.pages[: first - 1]
        while pdf.pages:
            plumber = pdf.pages.pop(0)
            yield _page_or_note(plumber, Path(path))
            _forget(plumber)


def _forget(plumber: PlumberPage) -> None:
    """Nothing of a page that was read stays: pdfminer would keep its decoded streams until the file is closed."""
    plumber.close()
    plumber.pdf.doc._cached_objs.clear()


def page_count(path: Path) -> int:
    """How many pages the file has; FileError where it can't be read."""
    with _opened(path) as pdf:
        return len(pdf.pages)


@contextmanager
def _opened(path: Path) -> Iterator[PDF]:
    """The file as pdfplumber sees it; every way in which it can be bad is a `FileError` of one Chinese line."""
    name = Path(path).name
    _check_ends(Path(path))
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        pdf = pdfplumber.open(path)
        count = len(pdf.pages)
    except MALFORMED as error:
        locked = isinstance(error, PDFPasswordIncorrect) or PDFPasswordIncorrect in {type(a) for a in error.args}
        cause = "文件有密码，请去掉密码再上传" if locked else "文件不完整或已损坏，请重新下载"
        raise FileError(name, cause) from error
    with pdf:
        if not count:
            raise FileError(name, "文件里一页也没有，请重新下载")
        if count > MOST_PAGES:
            raise FileError(name, f"共 {count} 页，超过上限 {MOST_PAGES} 页，请拆分后再上传")
        yield pdf


def _check_ends(path: Path) -> None:
    """A PDF says so at its beginning, and at its end that it is whole (a download that broke off doesn't)."""
    try:
        with path.open("rb") as file:
            head = file.read(TAIL)
            file.seek(0, 2)
            file.seek(max(file.tell() - TAIL, 0))
            tail = file.read()
    except OSError as error:
        raise FileError(path.name, f"打不开（{error.strerror}）") from error
    if not head.strip(b"\0 \r\n\t"):
        raise FileError(path.name, "文件是空的，请重新下载")
    if b"%PDF-" not in head:
        raise FileError(path.name, "内容不是 PDF，请核对后重新上传")
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise FileError(path.name, "文件不完整（下载中断），请重新下载")


class Ordered(PDFPageAggregatorWithMarkedContent):
    """Draws nothing that is not seen, and numbers what is drawn, in the field of the marked-content id."""

    unseen = False
    count = 0

    def render_string(self, textstate: Any, *rest: Any) -> None:
        self.unseen = textstate.render in UNSEEN
        super().render_string(textstate, *rest)

    def render_char(self, *args: Any) -> float:
        """As pdfplumber's, in one step: it is done for each character of the file."""
        advance = PDFLayoutAnalyzer.render_char(self, *args)
        self.count += 1
        char: Any = self.cur_item._objs[-1]
        char.mcid = self.count
        if self.unseen:
            self.cur_item._objs.pop()
        return advance

    def tag_cur_item(self) -> None:
        self.count += 1
        self.cur_mcid = self.count
        super().tag_cur_item()


class Drawing(PlumberPage):
    """A page drawn by `Ordered`; of its characters and strokes only what is read of them.

    pdfplumber keeps twice as much of each and takes four times as long over it: a fifth of all reading was that.
    """

    @property
    def layout(self) -> Any:
        if not hasattr(self, "_layout"):
            device = Ordered(self.pdf.rsrcmgr, pageno=self.page_number, laparams=self.pdf.laparams)
            PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        if isinstance(obj, LTChar):
            return self._char(obj)
        return self._stroke(obj) if isinstance(obj, LTCurve) else super().process_object(obj)

    def _char(self, char: Any) -> dict[str, Any]:
        colour = char.graphicstate.ncolor
        return {
            **self._placed(char, "char"), "y1": char.y1, "text": char.get_text(), "size": char.size, "matrix": char.matrix,
            "upright": char.upright, "non_stroking_color": colour if isinstance(colour, tuple) else (colour,),
        }  # fmt: skip

    def _stroke(self, shape: Any) -> dict[str, Any]:
        return {
            **self._placed(shape, type(shape).__name__.removeprefix("LT").lower()), "width": shape.width, "height": shape.height,
            "fill": shape.fill, "stroke": shape.stroke, "stroking_color": shape.stroking_color, "non_stroking_color": shape.non_stroking_color,
        }  # fmt: skip

    def _placed(self, item: Any, kind: str) -> dict[str, Any]:
        """Measured as pdfplumber does: from the corner of the MediaBox, downwards."""
        left, top = self.mediabox[:2]
        high = self.height
        return {
            "object_type": kind, ORDER: getattr(item, ORDER, None), "x0": item.x0 + left, "x1": item.x1 + left,
            "top": high - item.y1 + top, "bottom": high - item.y0 + top,
        }  # fmt: skip


def _page_or_note(plumber: PlumberPage, path: Path) -> Page:
    """One page; a page that breaks the format is left out with a note, and the others are read."""
    try:
        return _page(plumber, path)
    except MALFORMED as error:
        note = f"第{plumber.page_number}页读不出来（{type(error).__name__}），这一页的文字和表格没有读取"
        return Page(plumber.page_number, *A4, (), (), Origin.TEXT, (note,))


def _page(plumber: PlumberPage, path: Path) -> Page:
    """One page; what its text layer doesn't say is read from its picture."""
    drawing = Drawing(plumber.pdf, plumber.page_obj, plumber.page_number)
    number, crop = plumber.page_number, _crop(plumber)
    notes: tuple[str, ...] = ()
    objects: Objects = {}
    try:
        objects = drawing.objects
    except MALFORMED:
        notes = (f"第{number}页的文字读不出来，已按图片识读",)
    signs = _signs(objects, crop)
    rulings = rulings_of([*objects.get("line", ()), *objects.get("rect", ())], crop[0], crop[1])
    grids, outside = grids_of(signs, rulings, number)
    width, height = float(crop[2] - crop[0]), float(crop[3] - crop[1])
    page = Page(number, width, height, lines_of(outside), grids, Origin.TEXT)
    seen, lost = _with_pictures(page, lambda: _shown(objects, signs, page, crop, path), path)
    drawing.close()
    return replace(seen, notes=(*notes, *lost))


def _with_pictures(page: Page, shown: Callable[[], Shown], path: Path) -> tuple[Page, tuple[str, ...]]:
    """The page with what only its picture says, and a note where the picture could not be read.

    Without the picture nobody knows whether the text layer is sound, so a page that wanted it whole is left empty.
    """
    whole = (0.0, 0.0, page.width, page.height)
    parts: tuple[Box, ...] = (whole,)
    try:
        parts = unread_parts(shown())
        return with_pictures_read(page, parts, lambda: picture_of(path, page.number)), ()
    except (OcrFailed, FileError) as error:
        cause = error.cause if isinstance(error, FileError) else str(error)
        note = f"第{page.number}页的图片没有读取：{cause}"
        return (replace(page, lines=(), grids=()) if whole in parts else page), (note,)


def _crop(plumber: PlumberPage) -> Box:
    """The shown part of the page in pdfplumber's coordinates (which start at the corner of the MediaBox)."""
    media, crop = plumber.page_obj.mediabox, plumber.page_obj.cropbox or plumber.page_obj.mediabox
    left, right = sorted((media[0], media[2]))
    low, high = sorted((media[1], media[3]))
    margins = (
        max(min(crop[0], crop[2]) - left, 0),
        max(high - max(crop[1], crop[3]), 0),
        max(right - max(crop[0], crop[2]), 0),
        max(min(crop[1], crop[3]) - low, 0),
    )
    turns = plumber.rotation // 90 % 4
    on_left, on_top, on_right, on_bottom = margins[-turns:] + margins[:-turns] if turns else margins
    x0, top, x1, bottom = plumber.bbox
    return (x0 + on_left, top + on_top, x1 - on_right, bottom - on_bottom)


def _signs(objects: Objects, crop: Box) -> list[Sign]:
    shown = visible(objects.get("char", ()), objects.get("rect", ()), objects.get("image", ()), crop)
    return [_sign(char, crop) for char in shown if char["upright"] and char["text"]]


def _sign(char: Any, crop: Box) -> Sign:
    base = char["top"] + char["y1"] - char["matrix"][5] - crop[1]
    return Sign(plain(char["text"]), char["x0"] - crop[0], char["x1"] - crop[0], base, char["size"])


def _shown(objects: Objects, signs: list[Sign], page: Page, crop: Box, path: Path) -> Shown:
    """What `unread_parts` compares: the text layer and the page's look."""
    left, top = crop[0], crop[1]
    pictures = [(p["x0"] - left, p["top"] - top, p["x1"] - left, p["bottom"] - top) for p in objects.get("image", ())]
    frame = (0.0, 0.0, page.width, page.height)
    curves = len(objects.get("curve", ()))
    return Shown(signs, pictures, curves, frame, lambda: picture_of(path, page.number, LOOKING_DPI))
