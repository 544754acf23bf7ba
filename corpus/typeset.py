"""The shipped report (PDF) from its source: `python -m corpus.typeset` makes it anew and writes its sha256 down.

Three things go in, all under files/source: report.txt (the text, word for word), ruled.html (the layout of the pages
that hold ruled tables; their words are checked against report.txt) and tables.json (the nine tables that become
pictures). It needs `pip install playwright pillow numpy fonttools`, a Chromium and the fonts Noto Serif CJK SC and
DejaVu Sans (free to embed); reading the report needs none of them.
"""

import base64
import hashlib
import html
import io
import os
import re
import shutil
from pathlib import Path

import numpy
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from corpus.picture_tables import PictureTable, read_tables, table_html, wrong_sums
from corpus.source_text import Block, blocks_of, pages_of, squeezed
from corpus.typeset_font import font_faces

FILES = Path(__file__).parent / "files"
SOURCE = FILES / "source"
NAME = "武汉市硚口区人民政府办公室2022年度部门决算"
REPORT = FILES / f"{NAME}.pdf"
MANIFEST = Path(__file__).parent / "manifest.toml"

PICTURES_START = 3
"""Text pages before the picture pages: the third heads 第二部分 and stands above the first picture."""
SENTENCES = (8, 9)
"""The empty tables, under which the report says that it had no such money."""
DPI = 180
PAPER = 250
"""Grey of the scanned sheet, of 255."""
NOISE = 5.0
PORTRAIT, LANDSCAPE = (658, 965), (1008, 650)
"""Sheets, in CSS pixels (1/96 inch), as large as a page holds."""
SEED = 2022
DATE = re.compile(rb"\(D:\d{14}[^)]*\)")

STYLE = """
@page { size: A4; margin: 0 } @page wide { size: A4 landscape; margin: 0 }
* { margin: 0; padding: 0; box-sizing: border-box; text-spacing-trim: space-all; text-autospace: no-autospace }
body { font: 15.5pt/27pt Report, "DejaVu Sans" }
section { width: 210mm; height: 296.8mm; padding: 25mm 25.5mm 9mm; display: flex; flex-direction: column;
  break-after: page; overflow: hidden }
section:last-child { break-after: auto }
section.wide { page: wide; width: 297mm; height: 209.8mm; padding: 12mm 15mm 8mm !important }
section.picture { padding: 14mm 18mm 9mm }
section.ruled { padding: 16mm 22mm 9mm; font-size: 10pt; line-height: 14pt }
main { flex: 1; min-height: 0 } footer { text-align: center; font-size: 10.5pt; line-height: 14pt }
h1 { font-size: 17pt; line-height: 30pt; text-align: center; padding-bottom: 6pt }
h3 { font-size: 15.5pt; line-height: 27pt; text-indent: 2em }
p.first { text-indent: 2em } p.first, p.rest { text-align: justify }
img { display: block; width: 100% } p.sentence { text-indent: 2em; padding-top: 6pt }
.table-title { font-size: 14pt; line-height: 22pt; text-align: center }
.filled { display: flex; justify-content: space-between; padding: 2pt 4pt }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
td, th { border: 0.75pt solid #000; padding: 2pt 3pt; text-align: center; vertical-align: middle; font-weight: normal }
td.long { text-align: left } table.work { font-size: 10.5pt; line-height: 14.5pt }
.remark { text-indent: 2em; font-size: 9.5pt; line-height: 13.5pt }
"""

SHEET_STYLE = """
* { margin: 0; padding: 0; box-sizing: border-box }
body { font: 12px/16px "Noto Serif CJK SC"; background: #fff }
.sheet { padding: 14px; width: %dpx }
h1 { font-size: 21px; line-height: 32px; text-align: center } .corner { display: flex; justify-content: space-between }
table { width: 100%%; border-collapse: collapse; table-layout: fixed }
td, th { border: 1px solid #000; padding: 1px 4px; font-weight: normal; overflow-wrap: anywhere; height: 20px }
th, .centre { text-align: center } .figure { text-align: right } .text { text-align: left }
.note { padding-top: 4px } .foot { text-align: center; padding-top: 4px }
"""


def main() -> None:
    """Make the report and record its sha256 and page count."""
    tables = read_tables(SOURCE / "tables.json")
    if problems := wrong_sums(tables):
        raise SystemExit("\n".join(problems))
    with sync_playwright() as play:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pictures = tuple(_photograph(browser, table) for table in tables)
        sections = report_sections(tables, pictures)
        content = _print(browser, "".join(sections))
        browser.close()
    REPORT.write_bytes(content)
    _record(hashlib.sha256(content).hexdigest(), len(sections))
    print(f"{REPORT.name}: {len(sections)} 页, {len(content) / 1e6:.1f} MB")


def report_sections(tables: tuple[PictureTable, ...], pictures: tuple[bytes, ...]) -> tuple[str, ...]:
    """Every page of the report as HTML, in order."""
    texts = pages_of((SOURCE / "report.txt").read_text(encoding="utf-8"))
    ruled = _ruled_pages()
    heading, *sentences = texts[PICTURES_START - 1 : PICTURES_START + len(SENTENCES)]
    above, below = {1: heading}, dict(zip(SENTENCES, sentences, strict=True))
    pages = [_prose(text, texts[i - 1] if i else "") for i, text in enumerate(texts[: PICTURES_START - 1])]
    for table, picture in zip(tables, pictures, strict=True):
        pages.append(_picture(picture, table.landscape, above.get(table.number, ""), below.get(table.number, "")))
    for i in range(PICTURES_START + len(SENTENCES), len(texts)):
        layout = ruled.get(len(pages) + 1)
        pages.append(_ruled(layout, texts[i]) if layout else _prose(texts[i], texts[i - 1]))
    return tuple(page.replace("</section>", f"<footer>{n}</footer></section>") for n, page in enumerate(pages, 1))


def _prose(text: str, page_before: str) -> str:
    last_line = page_before.splitlines()[-1].strip() if page_before else ""
    body = "".join(_block(block) for block in blocks_of(text, last_line))
    return f"<section><main>{body}</main></section>"


def _block(block: Block) -> str:
    tag = {"part": "h1", "heading": "h3"}.get(block.role, "p")
    return f'<{tag} class="{block.role}">{html.escape(block.text)}</{tag}>'


def _picture(picture: bytes, landscape: bool, heading: str, sentence: str) -> str:
    """A page that is a picture; only 第二部分's heading and the two sentences are text."""
    above = f"<h1>{heading}</h1>" if heading else ""
    below = f'<p class="sentence">{sentence}</p>' if sentence else ""
    image = f'<img src="data:image/jpeg;base64,{base64.b64encode(picture).decode()}">'
    kind = "picture wide" if landscape else "picture"
    return f'<section class="{kind}"><main>{above}{image}{below}</main></section>'


def _ruled_pages() -> dict[int, str]:
    """Page number → layout."""
    parts = re.split(r"<!-- page (\d+) -->\n", (SOURCE / "ruled.html").read_text(encoding="utf-8"))
    return {int(number): body for number, body in zip(parts[1::2], parts[2::2], strict=True)}


def _ruled(layout: str, text: str) -> str:
    """A page of ruled tables; its words must be the source's, one for one."""
    words = html.unescape(re.sub(r"<[^>]+>", "", layout))
    if squeezed(words) != squeezed(text):
        raise SystemExit(f"ruled.html departs from report.txt at: {_first_difference(squeezed(words), squeezed(text))}")
    return f'<section class="ruled"><main>{layout}</main></section>'


def _first_difference(left: str, right: str) -> str:
    same = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return f"{left[max(0, same - 10) : same + 10]} / {right[max(0, same - 10) : same + 10]}"


def _photograph(browser: Browser, table: PictureTable) -> bytes:
    """The table drawn by the browser, then made to look scanned."""
    size = LANDSCAPE if table.landscape else PORTRAIT
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=DPI / 96)
    page.set_content(f"<!doctype html><style>{SHEET_STYLE % size[0]}</style>{table_html(table)}")
    height = int(page.evaluate("document.querySelector('.sheet').scrollHeight"))
    if height > size[1]:
        raise SystemExit(f"表{table.number} is {height} high, more than its sheet's {size[1]}")
    shot = page.locator(".sheet").screenshot()
    page.close()
    return scanned(shot, table.skew, SEED + table.number)


def scanned(shot: bytes, skew: float, seed: int) -> bytes:
    """A clean picture turned a little and grained, as JPEG; the same seed gives the same grain."""
    flat = Image.open(io.BytesIO(shot)).convert("L")
    turned = flat.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grain = numpy.random.default_rng(seed).normal(PAPER - 255, NOISE, (turned.height, turned.width))
    pixels = numpy.clip(numpy.asarray(turned, dtype=numpy.float64) + grain, 0, 255).astype(numpy.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=72, dpi=(DPI, DPI))
    return out.getvalue()


def _print(browser: Browser, body: str) -> bytes:
    """All pages printed to PDF, with the dates that would change its hash taken out."""
    page = browser.new_page()
    fonts = font_faces("".join(sorted(set((SOURCE / "report.txt").read_text(encoding="utf-8")))))
    page.set_content(f"<!doctype html><title>{NAME}</title><style>{fonts}{STYLE}</style><body>{body}</body>")
    page.evaluate("document.fonts.ready")
    over = page.evaluate("[...document.querySelectorAll('main')].map(m => m.scrollHeight - m.clientHeight)")
    if too_long := [number for number, by in enumerate(over, 1) if by > 0]:
        raise SystemExit(f"pages that hold more than a sheet: {too_long}")
    content = page.pdf(prefer_css_page_size=True, print_background=True, tagged=False)
    return DATE.sub(lambda m: b"(D:20230901000000+00'00')".ljust(len(m[0])), content)


def _record(sha256: str, pages: int) -> None:
    text = MANIFEST.read_text(encoding="utf-8")
    text = re.sub(r'^sha256 = ".*"', f'sha256 = "{sha256}"', text, flags=re.M)
    MANIFEST.write_text(re.sub(r"^pages = \d+", f"pages = {pages}", text, flags=re.M), encoding="utf-8")


if __name__ == "__main__":
    main()
