"""The characters of synthetic reports → a font for reportlab, embedded where Noto CJK is installed.

Without it the reports are set in the reader's own Song (a CID font that every PDF reader knows by name): their text is the
same, but a page can be drawn only where such a font is installed, so no table can be a picture.
"""

import hashlib
import io
import shutil
import subprocess

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from corpus.typeset_font import FAMILY, truetype

FALLBACK = "STSong-Light"


def font_of(characters: str) -> tuple[str, bool]:
    """The name that reportlab knows it by, and whether it is embedded."""
    if not installed():
        pdfmetrics.registerFont(UnicodeCIDFont(FALLBACK))
        return FALLBACK, False
    wanted = "".join(sorted(set(characters) | set(map(chr, range(32, 127)))))
    name = f"Report-{hashlib.sha256(wanted.encode()).hexdigest()[:8]}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(truetype(wanted, "Regular"))))
    return name, True


def installed() -> bool:
    """Whether fontconfig finds the family that the reports are set in."""
    if not shutil.which("fc-match"):
        return False
    found = subprocess.run(["fc-match", "-f", "%{family}", FAMILY], capture_output=True, text=True, check=False)
    return FAMILY in found.stdout
