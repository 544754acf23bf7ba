"""A report before it is drawn → its PDF (the gate of reportlab), and on which pages each row and sentence came to stand."""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy
import pypdfium2
from PIL import Image as Pixels
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, Image, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer, Table

from corpus.picture import PDFIUM
from evals.synth_page import FOOT, Block, Report, Sheet, Text

Pages = dict[str, tuple[int, ...]]
"""Key of a sentence (`total`) or of a table's row (`支出表/2010301`) → the pages that carry it."""
MARGIN = 56
DPI = 150
GREY, NOISE = 250, 4.0
SIZES = {9: 22, 8: 11, 1: 15, 2: 13, 3: 12, 0: 11}
"""Points by level of heading; 9 on the cover, 8 in the contents, 0 running text."""
CELL = 8.0


def typeset(report: Report, folder: Path, font: str, embedded: bool) -> Pages:
    """Writes the PDF into the folder. Pictures need an embedded font: without one those sheets are printed."""
    story = list(_story(report, font, embedded))
    document = _Document(folder / report.file, font, report)
    document.build(story)
    return {key: tuple(sorted(pages)) for key, pages in document.seen.items()}


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Notes the pages of what it draws."""

    def __init__(self, path: Path, font: str, report: Report) -> None:
        super().__init__(str(path), title=path.stem, author=report.publisher, invariant=1, pageCompression=1)
        self.seen: dict[str, set[int]] = defaultdict(set)
        self.addPageTemplates([_template(name, size, font) for name, size in (("portrait", A4), ("landscape", landscape(A4)))])

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        for key in _keys(flowable):
            self.seen[key].add(self.page)


def _template(name: str, size: tuple[float, float], font: str) -> PageTemplate:
    width, height = size

    def foot(canvas: Any, document: Any) -> None:  # noqa: ANN401 - reportlab carries no types
        canvas.setFont(font, 9)
        canvas.drawCentredString(width / 2, 30, FOOT)
        canvas.drawCentredString(width / 2, 18, str(document.page))

    return PageTemplate(name, [Frame(MARGIN, MARGIN - 8, width - 2 * MARGIN, height - 2 * MARGIN + 8, 0, 0, 0, 0)], foot, pagesize=size)


def _keys(flowable: Flowable) -> Iterator[str]:
    if isinstance(flowable, _Rows):
        for cells in flowable._cellvalues:
            yield f"{flowable.form}/{_key(cells)}"
    elif key := getattr(flowable, "key", ""):
        yield from key.split("|")


def _key(cells: Sequence[Any]) -> str:
    """A row is named by its code, else by its name or first figure."""
    texts = [str(cell).replace("\n", "") for cell in cells]
    codes = "".join(text for text in texts[:3] if text.isdigit())
    return codes or next((text for text in texts if text), "")


class _Rows(Table):  # type: ignore[misc]
    """A table whose parts on other pages still know which form they are of."""

    form = ""

    def onSplit(self, T: Any, byRow: int = 1) -> None:  # noqa: N802, N803, ANN401 - reportlab's names
        T.form = self.form


def _story(report: Report, font: str, embedded: bool) -> Iterator[Flowable]:
    across = False
    cover = True
    for block in report.blocks:
        if isinstance(block, Sheet):
            across = block.landscape
            yield NextPageTemplate("landscape" if across else "portrait")
            yield PageBreak()
            yield from _sheet(block, font, embedded)
            continue
        if across:
            yield NextPageTemplate("portrait")
        if block.level == 1 or across:
            yield PageBreak()
        elif cover:
            yield Spacer(1, 160)
        across = cover = False
        yield _paragraph(block, font)


def _paragraph(block: Text, font: str) -> Paragraph:
    size = SIZES[block.level]
    centred = block.level in (1, 9)
    style = ParagraphStyle(
        f"level{block.level}", fontName=font, fontSize=size, leading=size * 1.7, wordWrap="CJK", alignment=1 if centred else 0,
        firstLineIndent=0 if centred or block.level == 8 else 2 * size, spaceAfter=10 if centred else 0, keepWithNext=block.level in (2, 3),
    )  # fmt: skip
    made = Paragraph(block.text.replace("&", "&amp;").replace("<", "&lt;"), style)
    made.key = block.key
    return made


def _sheet(sheet: Sheet, font: str, embedded: bool) -> Iterator[Flowable]:
    if not (sheet.picture and embedded):
        yield from _printed(sheet, font)
        return
    drawn = Image(_scanned(sheet, font), *_room(sheet), kind="proportional")
    drawn.key = "|".join(f"{sheet.form}/{_key([cell.text for cell in row])}" for row in sheet.rows)
    yield drawn


def _room(sheet: Sheet) -> tuple[float, float]:
    width, height = landscape(A4) if sheet.landscape else A4
    return width - 2 * MARGIN, height - 2 * MARGIN


def _printed(sheet: Sheet, font: str) -> Iterator[Flowable]:
    def line(text: str, size: float, alignment: int) -> Paragraph:
        return Paragraph(text, ParagraphStyle("line", fontName=font, fontSize=size, leading=size * 1.6, wordWrap="CJK", alignment=alignment))

    yield line(sheet.title, 14, 1)
    corner = Table([[sheet.corner, f"单位：{sheet.unit}"]], colWidths=[_room(sheet)[0] * share for share in (0.7, 0.3)])
    corner.setStyle([("FONT", (0, 0), (-1, -1), font, 9), ("ALIGN", (1, 0), (1, 0), "RIGHT"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
    yield corner
    yield _table(sheet, font)
    for note in sheet.notes:
        yield line(note, 9, 0)


def _table(sheet: Sheet, font: str) -> _Rows:
    widths = [_room(sheet)[0] * share / sum(sheet.widths) for share in sheet.widths]
    header, spans = _header(sheet, widths)
    body = [[_broken(cell.text, widths[place]) if not cell.measures else cell.text for place, cell in enumerate(row)] for row in sheet.rows]
    made = _Rows([*header, *body], colWidths=widths, repeatRows=len(header))
    made.form = sheet.form
    figures = [("ALIGN", (place, len(header)), (place, -1), "RIGHT") for place, cell in enumerate(sheet.rows[0]) if cell.measures]
    made.setStyle([
        ("FONT", (0, 0), (-1, -1), font, CELL, CELL * 1.3), ("GRID", (0, 0), (-1, -1), 0.6, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (0, 0), (-1, len(header) - 1), "CENTER"), ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3), *spans, *figures,
    ])  # fmt: skip
    return made


def _header(sheet: Sheet, widths: Sequence[float]) -> tuple[list[list[str]], list[Any]]:
    """Header rows as a full grid, and which of its cells are one."""
    grid: list[list[str | None]] = [[None] * len(widths) for _ in sheet.header]
    spans: list[Any] = []
    for y, heads in enumerate(sheet.header):
        for head in heads:
            x = grid[y].index(None)
            for down in range(head.rows):
                for over in range(head.columns):
                    grid[y + down][x + over] = ""
            grid[y][x] = _broken(head.text, sum(widths[x : x + head.columns]))
            spans.append(("SPAN", (x, y), (x + head.columns - 1, y + head.rows - 1)))
    return [[text or "" for text in row] for row in grid], spans


def _broken(text: str, width: float) -> str:
    """Cut into lines that the column holds."""
    most = max(int((width - 6) / CELL), 1)
    plain = text if text.isascii() else "\n".join(text[i : i + most] for i in range(0, len(text), most))
    return plain


def _scanned(sheet: Sheet, font: str) -> io.BytesIO:
    """The sheet drawn, turned a little and grained, as a scanner would."""
    out = io.BytesIO()
    width, height = landscape(A4) if sheet.landscape else A4
    size = (width - MARGIN, height - MARGIN)
    page = BaseDocTemplate(out, pagesize=size, invariant=1)
    page.addPageTemplates([PageTemplate("one", [Frame(MARGIN / 2, 0, *_room(sheet), 0, 0, 0, 0)], pagesize=size)])
    page.build(list(_printed(sheet, font)))
    with PDFIUM, pypdfium2.PdfDocument(out.getvalue()) as pdf:
        assert len(pdf) == 1, f"{sheet.title} holds more than a page"
        flat = pdf[0].render(scale=DPI / 72).to_pil().convert("L")
    chance = numpy.random.default_rng(len(sheet.rows))
    turned = flat.rotate(float(chance.uniform(-0.3, 0.3)), resample=Pixels.Resampling.BICUBIC, fillcolor=255)
    grain = chance.normal(GREY - 255, NOISE, (turned.height, turned.width))
    pixels = numpy.clip(numpy.asarray(turned, dtype=numpy.float64) + grain, 0, 255).astype(numpy.uint8)
    made = io.BytesIO()
    Pixels.fromarray(pixels).save(made, "JPEG", quality=75, dpi=(DPI, DPI))
    made.seek(0)
    return made


def characters(blocks: Iterable[Block]) -> str:
    """Every character that blocks print."""
    texts: list[str] = [FOOT, "单位：0123456789"]
    for block in blocks:
        if isinstance(block, Text):
            texts.append(block.text)
            continue
        texts += [block.title, block.corner, block.unit, *block.notes, *(head.text for row in block.header for head in row)]
        texts += [cell.text for row in block.rows for cell in row]
    return "".join(sorted(set("".join(texts))))
