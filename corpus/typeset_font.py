"""A font with only the characters that the shipped report prints, from Noto Serif CJK SC (SIL Open Font License).

Printed straight from the system's font, the report's text layer is wrong: there 一, 人, 行 share their drawing with the
radicals ⼀, ⼈, ⾏, and the PDF names some of them as those. A font that holds no radical can name none; and one
with TrueType outlines is embedded as a font, where the original's outlines become 270 nameless ones.
"""

import base64
import io
import subprocess

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FAMILY = "Noto Serif CJK SC"
WEIGHTS = {"Regular": 400, "Bold": 700}
MAX_ERROR = 1.0
"""How far a TrueType curve may lie from the original's, in thousandths of the character."""


def font_faces(characters: str) -> str:
    """CSS that defines the family `Report` in both weights."""
    return "".join(_face(characters, style, weight) for style, weight in WEIGHTS.items())


def _face(characters: str, style: str, weight: int) -> str:
    data = base64.b64encode(truetype(characters, style)).decode()
    return f'@font-face {{ font-family: Report; font-weight: {weight}; src: url("data:font/ttf;base64,{data}") }}\n'


def truetype(characters: str, style: str) -> bytes:
    """A font file with just these characters."""
    font = _subset(_open(style), characters)
    _to_truetype(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _open(style: str) -> TTFont:
    """The system's font file, the face of the collection that draws simplified Chinese."""
    query = ["fc-match", "-f", "%{file}\n%{index}\n%{family}", f"{FAMILY}:style={style}"]
    file, index, family = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split("\n", 2)
    if FAMILY not in family:
        raise SystemExit(f"the font {FAMILY} is not installed (Debian: fonts-noto-cjk)")
    return TTFont(file, fontNumber=int(index), recalcTimestamp=False)


def _subset(font: TTFont, characters: str) -> TTFont:
    licence = [1, 2, 3, 4, 6, 13, 14]
    subsetter = Subsetter(
        Options(layout_features=[], name_IDs=licence, notdef_outline=True, drop_tables=["VORG", "BASE"])
    )
    subsetter.populate(text=characters)
    subsetter.subset(font)
    return font


def _to_truetype(font: TTFont) -> None:
    """Cubic outlines (CFF) redrawn as quadratic ones (glyf)."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, drawn
    font["loca"] = newTable("loca")
    _replace_maxp(font, len(order))
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"


def _replace_maxp(font: TTFont, count: int) -> None:
    """The glyph limits that TrueType wants; fontTools counts the rest when it saves."""
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, count
    zero = "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions"
    for name in (*zero.split(), "maxComponentElements"):
        setattr(maxp, name, 0)
    maxp.maxZones = 1
    for glyph in font["glyf"].glyphs.values():
        glyph.recalcBounds(font["glyf"])
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
