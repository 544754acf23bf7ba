"""PDF files that are made to do harm: pages that explode when they are drawn, scripts, programs to start, addresses to fetch."""

from pathlib import Path

from tests.ingest.pdf_maker import FONT, text, write_pdf

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
COVER = text(150, 700, "某某区财政局2024年度部门决算", 20).encode()
BODY = text(100, 700, "本年度一般公共预算财政拨款支出12.50万元。").encode()
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>%s>>/Contents %d 0 R%s>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def exploding(path: Path) -> Path:
    """A cover and a page with a figure. What is drawn on the second goes through a mask that is drawn 10¹⁰ times: whoever
    reads its text sees nothing of that."""
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = [stream(b"/X Do " * 10, entries + b"/Resources<</XObject<</X %d 0 R>>>>" % number) for number in range(10, 19)]
    mask = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>/Resources<</XObject<</X 9 0 R>>>>")
    pages = [PAGE % (b"", 6, b""), PAGE % (b"/ExtGState<</M<</SMask<</S/Luminosity/G 8 0 R>>>>>>", 7, b"")]
    contents = [stream(COVER), stream(BODY + b" /M gs 0 0 5 5 re f")]
    return write_pdf(path, [CATALOG, b"<</Type/Pages/Count 2/Kids[4 0 R 5 0 R]>>", FONT, *pages, *contents, mask, *forms, stream(b"0 0 1 1 re f", entries)])
