"""HTML file → Page: the main article with its tables; navigation, footers, scripts and hidden parts are left out.

The only gate to BeautifulSoup.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, PageElement, Tag

from corpus.errors import FileError
from corpus.fact import Origin
from ingest.body import NOWHERE, SIZE, Block, Paragraph, page_of
from ingest.page import Cell, Page
from ingest.parted import MAX_CELLS, parted

MOST_BYTES = 30 * 1024 * 1024
MOST_DEPTH = 300
"""Nested elements; a page that nests deeper is broken or hostile."""
MAIN_SHARE = 0.7
"""An element that holds so much of its parent's running text is where the article is."""
SAID_SHARE = 0.7
"""Share of an element's text outside links that makes it more than a menu."""
IMPRINT = re.compile("ICP备|公网安备|网站标识码|版权所有|当前位置|您现在的位置|分享到|扫一扫")
SHORT = 300
"""Characters; an article shorter than this that links to files has its text in them."""

DROPPED = ("script", "style", "noscript", "template", "iframe", "object", "svg", "nav", "footer", "aside", "form",
           "select", "button", "input", "textarea", "head", "title")  # fmt: skip
BLOCKS = {"p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5",
          "h6", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "center", "blockquote", "pre", "hr", "header",
          "caption", "body", "figure", "figcaption", "fieldset"}  # fmt: skip
CONTAINERS = ("div", "section", "article", "main", "center", "table", "tbody", "tr", "td", "font", "span")
HEADINGS = {"h1": 22.0, "h2": 18.0, "h3": 16.0, "h4": 14.0, "h5": 12.0, "h6": 12.0}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
AROUND = re.compile(r"(^|[^a-z])(nav|navbar|(sub)?menu|footer|(bread)?crumbs?|share|sidebar|copyright)([^a-z]|$)")
"""Class names and ids of what stands around an article on government sites (dl_nav, czys_Crumbs, zfxxgk-footer)."""
FONT = re.compile(r"font-size\s*:\s*([\d.]+)\s*(px|pt)", re.IGNORECASE)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
ATTACHED = re.compile(r"\.(pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(\?|$)", re.IGNORECASE)


def html_pages(path: Path) -> Iterator[Page]:
    """One page for the whole article."""
    if path.stat().st_size > MOST_BYTES:
        raise FileError(path.name, "网页超过 30 MB，不像一份公开文件，已拒绝读取")
    soup = BeautifulSoup(_decoded(path), "lxml")
    body = soup.body
    if soup.find("frameset") or body is None:
        raise FileError(path.name, "这是框架网页，正文在别的文件里，请打开正文所在的页面再保存")
    if _depth(body) > MOST_DEPTH:
        raise FileError(path.name, "网页的结构过深，不像一份公开文件，已拒绝读取")
    try:
        _cleaned(body)
        blocks = list(_Reader().blocks(_article(body)))
    except OverflowError as error:
        raise FileError(path.name, f"网页里有一张表大得不像公开表（{error}）") from error
    yield page_of(1, blocks, Origin.TEXT, _notes(body, blocks))


def _decoded(path: Path) -> str:
    """The text: UTF-8 when it is valid UTF-8, whatever the page claims; else as claimed; gb2312 and gbk as gb18030."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    claimed = CHARSET.search(data[:4096])
    names = ["utf-8-sig", *([claimed[1].decode("ascii")] if claimed else []), "gb18030", "big5"]
    for name in names:
        try:
            return data.decode("gb18030" if name.lower() in ("gb2312", "gbk") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise FileError(path.name, "网页的文字编码无法识别，请用浏览器打开后另存为 PDF 再上传")


def _depth(body: Tag) -> int:
    """How deep elements nest in each other."""
    deepest, level = 0, [body]
    while level and deepest <= MOST_DEPTH:
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
        deepest += 1
    return deepest


def _cleaned(body: Tag) -> None:
    """Take out what is never an article and what is not shown."""
    for text in body.find_all(string=lambda each: isinstance(each, Comment | Doctype)):
        text.extract()
    for tag in body.find_all(DROPPED):
        tag.decompose()
    most = _weight(body) / 2
    for tag in body.find_all(lambda each: _hidden(each) or _around(each, most)):
        if not tag.decomposed:
            tag.decompose()


def _hidden(tag: Tag) -> bool:
    """Whether the element's own attributes hide it."""
    return tag.has_attr("hidden") or bool(HIDDEN.search(str(tag.get("style") or "")))


def _around(tag: Tag, most: float) -> bool:
    """Whether its name says navigation, footer or the like, and it is not the greater part of the page."""
    names = [str(tag.get("id") or ""), *(tag.get_attribute_list("class") or [])]
    named = any(AROUND.search(str(name).lower()) for name in names if name)
    return named and _weight(tag) < most


def _article(body: Tag) -> list[Tag]:
    """The innermost element that still holds most of the running text, and what beside it is no menu or imprint."""
    node = body
    before: list[Tag] = []
    after: list[Tag] = []
    while (inner := _main_child(node)) is not None:
        before += reversed(_said_beside(inner.find_previous_siblings()))
        after = _said_beside(inner.find_next_siblings()) + after
        node = inner
    return [*before, node, *after]


def _said_beside(nodes: Iterable[PageElement]) -> list[Tag]:
    """The neighbours of the article that say something of their own: a title, a unit, a note. Menus are links."""
    return [node for node in nodes if isinstance(node, Tag) and _says(node)]


def _says(node: Tag) -> bool:
    """Whether the element is text of the page rather than a menu or its imprint."""
    text = node.get_text(strip=True)
    return bool(text) and _weight(node) >= SAID_SHARE * len(text) and not IMPRINT.search(text)


def _main_child(node: Tag) -> Tag | None:
    """The one child that holds most of what is not a link; None where the text is spread, or the table is data."""
    bare = any(isinstance(child, NavigableString) and child.strip() for child in node.children)
    if bare or node.name == "table" and _is_data(node):
        return None
    child = max(node.find_all(CONTAINERS, recursive=False), key=_weight, default=None)
    return child if child is not None and _weight(child) >= max(1, MAIN_SHARE * _weight(node)) else None


def _weight(node: Tag) -> int:
    """Characters of running text, links apart: menus are all links."""
    linked = sum(len(link.get_text(strip=True)) for link in node.find_all("a"))
    return len(node.get_text(strip=True)) - linked


def _is_data(table: Tag) -> bool:
    """A table of figures, not one that only lays out the page."""
    if table.find("table") is not None or table.get("role") == "presentation":
        return False
    rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
    longest = max((len(cell.find_all("p")) for row in rows for cell in row), default=0)
    return len(rows) > 1 and max(map(len, rows)) > 1 and longest < 8


def _notes(body: Tag, blocks: list[Block]) -> tuple[str, ...]:
    """A page that says little and links to files has its text in them (保定 2025)."""
    said = sum(len(block.text) for block in blocks if isinstance(block, Paragraph))
    if said >= SHORT or any(not isinstance(block, Paragraph) for block in blocks):
        return ()
    links = (link.get_text(strip=True) for link in body.find_all("a", href=ATTACHED))
    names = list(dict.fromkeys(name for name in links if name))
    return (f"网页正文很短，内容在附件里，请下载附件再上传：{'、'.join(names[:5])}",) if names else ()


class _Reader:
    """Walks an article in reading order, counting its paragraphs and tables."""

    def __init__(self) -> None:
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, nodes: list[Tag]) -> Iterator[Block]:
        """The blocks of each node."""
        for node in nodes:
            yield from self._flow(node)

    def _flow(self, node: Tag) -> Iterator[Block]:
        """Text up to the next block element is one paragraph; <br> breaks it."""
        if node.name == "table" and _is_data(node):
            yield from self._table(node)
            return
        text = ""
        for child in node.children:
            if isinstance(child, Tag) and _has_blocks(child):
                yield from self._said(text, node)
                text = ""
                yield from self._flow(child)
            else:
                text += _inline(child)
        yield from self._said(text, node)

    def _said(self, text: str, node: Tag) -> Iterator[Block]:
        """The paragraph's lines, where it says anything."""
        lines = [" ".join(line.split()) for line in text.split("\n")]
        for line in filter(None, lines):
            self._paragraphs += 1
            yield Paragraph(line, f"第{self._paragraphs}段", _font(node))

    def _table(self, node: Tag) -> Iterator[Block]:
        """The table's caption and parts."""
        for caption in node.find_all("caption"):
            yield from self._said(_inline(caption), caption)
        self._tables += 1
        table = self._tables
        yield from parted(_cells(node), lambda row, col: f"第{table}表第{row + 1}行第{col + 1}列")


def _has_blocks(tag: Tag) -> bool:
    """Whether the element starts a line of its own or holds one that does."""
    return tag.name in BLOCKS or tag.find(list(BLOCKS)) is not None


def _inline(node: object) -> str:
    """The text of what flows within a line: white space folds, <br> breaks."""
    if isinstance(node, Tag):
        return "\n" if node.name == "br" else "".join(map(_inline, node.children))
    return re.sub(r"[\r\n\t ]+", " ", node) if isinstance(node, NavigableString) else ""


def _font(node: Tag) -> float:
    """Font size in points: of the heading level, or as the element or the only thing in it states."""
    for tag in (node, *node.find_parents(limit=3), *node.find_all("span", limit=1)):
        if tag.name in HEADINGS:
            return HEADINGS[tag.name]
    stated = FONT.search(str(node.get("style") or "")) or next(
        (found for each in node.find_all("span", limit=2) if (found := FONT.search(str(each.get("style") or "")))), None
    )
    if stated is None:
        return SIZE
    return float(stated[1]) * (0.75 if stated[2].lower() == "px" else 1.0) or SIZE


def _cells(table: Tag) -> list[Cell]:
    """The cells, each at the first place of its row that no cell from above covers."""
    rows = table.find_all("tr")
    taken: set[tuple[int, int]] = set()
    made: list[Cell] = []
    area = 0
    for at, row in enumerate(rows):
        col = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (at, col) in taken:
                col += 1
            down = min(_span(cell, "rowspan") or len(rows), len(rows) - at)
            right = _span(cell, "colspan") or 1
            area += down * right
            if area > MAX_CELLS:
                raise OverflowError(f"{area} 格")
            taken |= {(at + below, col + beside) for below in range(down) for beside in range(right)}
            made.append(Cell(at, col, down, right, _cell_text(cell), NOWHERE, left=0.0))
            col += right
    return made


def _span(cell: Tag, name: str) -> int:
    """A span as browsers read it: at most 1000; 0 means to the end."""
    stated = str(cell.get(name) or "1").strip()
    return min(int(stated), 1000) if stated.isdecimal() else 1


def _cell_text(cell: Tag) -> str:
    """The cell's lines: a no-break space indents, blocks and <br> break."""
    text = ""
    for node in cell.descendants:
        if isinstance(node, Tag):
            text += "\n" if node.name == "br" or (node.name in BLOCKS and text.strip()) else ""
        else:
            text += _inline(node)
    return "\n".join(line for line in text.split("\n") if line.strip()).lstrip(" \n")
