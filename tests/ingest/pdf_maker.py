"""A few operators → a PDF file for a test: Chinese text without an embedded font, rules, rotation, boxes."""

from collections.abc import Sequence
from pathlib import Path

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


def text(x: float, y: float, words: str, size: float = 12, before: str = "0 g 0 Tr") -> str:
    """Show words with their baseline at (x, y) from the lower left corner."""
    return f"BT {before} /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroke."""
    return f"0 G 0.5 w {x0} {y0} m {x1} {y1} l S"


def box(x: float, y: float, width: float, height: float, grey: float) -> str:
    """A filled box."""
    return f"{grey} g {x} {y} {width} {height} re f"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """All rules of a table."""
    level = [line(xs[0], y, xs[-1], y) for y in ys]
    return "\n".join(level + [line(x, ys[0], x, ys[-1]) for x in xs])


def make_pdf(path: Path, *pages: str, extra: str = "/MediaBox[0 0 595 842]") -> Path:
    """Write a PDF of these content streams; `extra` are the pages' own entries."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", FONT]
    kids = []
    for content in pages:
        stream = content.encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        entries = f"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects)} 0 R{extra}>>"
        objects.append(entries.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return write_pdf(path, objects)


def write_pdf(path: Path, objects: Sequence[bytes]) -> Path:
    """Objects 1, 2, 3 … as a PDF file; the first is its catalog."""
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(out)
    return path
