"""Picture: a page of a PDF → PNG (the gate of pypdfium2 for pages that are shown)."""

import io
import threading
from pathlib import Path

import pypdfium2

from corpus.errors import FileError

PIXELS = 40_000_000
"""No page is drawn larger: a hostile file may say that its page is a kilometre wide."""
PDFIUM = threading.Lock()
"""pdfium draws one page at a time in a process; every caller holds this."""


def draw(path: Path, page: int, dpi: int) -> bytes:
    """PNG of a page (1-based)."""
    try:
        with PDFIUM, pypdfium2.PdfDocument(path) as pdf:
            if not 1 <= page <= len(pdf):
                raise FileError(path.name, f"没有第 {page} 页，共 {len(pdf)} 页")
            sheet = pdf[page - 1]
            scale = min(dpi / 72, (PIXELS / max(sheet.get_width() * sheet.get_height(), 1)) ** 0.5)
            image = sheet.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, FileNotFoundError) as error:
        raise FileError(path.name, "文件已损坏或不在了，无法显示页面") from error
    made = io.BytesIO()
    image.save(made, "PNG", compress_level=1)
    return made.getvalue()
