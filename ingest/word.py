"""DOCX file → Page: its paragraphs with their drawn numbers, its text boxes and tables, all changes accepted.

The only gate to python-docx. Headers, footers and the contents list are left out; deleted and hidden text is not text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError, _Element

from corpus.errors import FileError
from corpus.fact import Origin
from ingest.body import NOWHERE, SIZE, Block, Paragraph, page_of
from ingest.list_numbers import Numbering, numbering_of
from ingest.page import Cell, Page
from ingest.parted import parted

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same text box again for old readers."""
GONE = {qn("w:" + name) for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt")} | {FALLBACK}
BOX = qn("w:txbxContent")
SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
EXTENT, BLIP = qn("wp:extent"), qn("a:blip")
OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
PICTURE = 1_800_000
"""EMU (914,400 an inch): a picture of two inches by two; smaller ones are seals and ornaments."""
CONTENTS = ("toc", "目录")
BROKEN = (KeyError, ValueError, AttributeError, RecursionError, PackageNotFoundError, BadZipFile, XMLSyntaxError)
"""What python-docx and a walk through a malformed document raise."""


def docx_pages(path: Path) -> Iterator[Page]:
    """One page for the whole document: where Word breaks pages depends on the machine that prints it."""
    try:
        document = Document(str(path))
        reader = _Reader(numbering_of(_part(document, "numbering")), _styles(document))
        blocks = list(reader.blocks(document.element.body))
    except OverflowError as error:
        raise FileError(path.name, f"文档里有一张表大得不像公开表（{error}）") from error
    except BROKEN as error:
        raise FileError(path.name, "文档的内部结构已损坏或不合标准，请用 Word 或 WPS 另存为 .docx 再上传") from error
    yield page_of(1, blocks, Origin.TEXT, reader.notes())


@dataclass(frozen=True)
class _Style:
    """What a paragraph style says that matters here, its parents' words included."""

    name: str
    size: float
    number: tuple[str, int] | None


def _part(document: WordDocument, name: str) -> _Element | None:
    """The root of a part that the document refers to; None where it has none."""
    for link in document.part.rels.values():
        if link.reltype.endswith("/" + name) and not link.is_external:
            root = getattr(link.target_part, "element", None)
            return root if isinstance(root, _Element) else None
    return None


def _styles(document: WordDocument) -> dict[str, _Style]:
    """Paragraph styles by id; '' is the default style."""
    root = _part(document, "styles")
    if root is None:
        return {}
    nodes = {str(node.get(qn("w:styleId"))): node for node in root.findall(qn("w:style"))}
    default = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    size = (_size(default) if default is not None else None) or SIZE
    styles = {name: _style(nodes, name, size) for name in nodes}
    plain = next((name for name, node in nodes.items() if _default_paragraph(node)), "")
    return styles | ({"": styles[plain]} if plain else {})


def _default_paragraph(node: _Element) -> bool:
    """Whether paragraphs that name no style have this one."""
    return node.get(qn("w:default")) == "1" and node.get(qn("w:type")) == "paragraph"


def _style(nodes: dict[str, _Element], name: str, size: float) -> _Style:
    """One style: what it does not say, the style that it is based on says."""
    chain = [name]
    while (parent := _val(nodes[chain[-1]], "w:basedOn")) in nodes and parent not in chain:
        chain.append(parent)
    sizes = (_size(node.find(qn("w:rPr"))) for node in map(nodes.__getitem__, chain))
    numbers = (_number(node.find(qn("w:pPr"))) for node in map(nodes.__getitem__, chain))
    title = _val(nodes[name], "w:name")
    return _Style(title, next((each for each in sizes if each), size), next((each for each in numbers if each), None))


def _val(node: _Element | None, name: str) -> str:
    """The w:val of a child; '' where absent."""
    child = None if node is None else node.find(qn(name))
    return "" if child is None else str(child.get(qn("w:val")) or "")


def _size(properties: _Element | None) -> float | None:
    """Font size in points; Word counts half points."""
    size = _val(properties, "w:sz")
    return float(size) / 2 if size.replace(".", "", 1).isdigit() else None


def _number(properties: _Element | None) -> tuple[str, int] | None:
    """List and level of a paragraph; list 0 takes a style's number away."""
    node = None if properties is None else properties.find(qn("w:numPr"))
    if node is None:
        return None
    return _val(node, "w:numId"), int(_val(node, "w:ilvl") or 0)


class _Reader:
    """Walks a document in reading order, counting its paragraphs, tables and lists."""

    def __init__(self, numbering: Numbering, styles: dict[str, _Style]) -> None:
        self._numbering = numbering
        self._styles = styles
        self._paragraphs = 0
        self._tables = 0
        self._pictures: list[str] = []

    def notes(self) -> tuple[str, ...]:
        """What the walk passed by: a table may stand in a document as a picture (太原 2016: its 收支总表)."""
        if not self._pictures:
            return ()
        places = "、".join(dict.fromkeys(self._pictures))
        return (f"文档里有 {len(self._pictures)} 处图片或嵌入对象，其中的文字和表格未读取（{places}）",)

    def blocks(self, body: _Element) -> Iterator[Block]:
        """Paragraphs and tables of the body, of a content control, or of a text box."""
        for node in body:
            if node.tag == qn("w:p"):
                yield from self._paragraph(node)
            elif node.tag == qn("w:tbl"):
                yield from self._table(node)
            elif node.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")):
                yield from self.blocks(node)
            elif node.tag == qn("w:sdt") and not _contents_list(node):
                yield from (block for content in node.findall(qn("w:sdtContent")) for block in self.blocks(content))

    def _paragraph(self, node: _Element) -> Iterator[Block]:
        """The paragraph's lines, then the text boxes that hang on it."""
        style = self._style_of(node)
        label, text = self._label(node, style), _text(node)
        if style is not None and style.name.lower().startswith(CONTENTS):
            return
        if text.strip():
            self._paragraphs += 1
            size = _largest(node) or (style.size if style else SIZE)
            yield from _lines(label + text.strip(), f"第{self._paragraphs}段", size)
        self._pictures += [f"第{self._paragraphs}段后"] * _pictures(node)
        for box in _boxes(node):
            yield from self.blocks(box)

    def _style_of(self, node: _Element) -> _Style | None:
        """The paragraph's style; unknown ids fall back on the default."""
        return self._styles.get(_val(node.find(qn("w:pPr")), "w:pStyle")) or self._styles.get("")

    def _label(self, node: _Element, style: _Style | None) -> str:
        """The number drawn before the paragraph."""
        number = _number(node.find(qn("w:pPr"))) or (style.number if style else None)
        return self._numbering.label(*number) if number else ""

    def _table(self, node: _Element) -> Iterator[Block]:
        """The table's parts, then what is nested in its cells. A frame of one cell is no table but what it holds."""
        rows = [row for row in _within(node, "w:tr") if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        cells = [list(_within(row, "w:tc")) for row in rows]
        if sum(len(row) for row in cells) == 1:
            yield from self.blocks(cells[0][0])
            return
        self._tables += 1
        table = self._tables
        yield from parted(self._cells(rows, cells), lambda row, col: f"第{table}表第{row + 1}行第{col + 1}列")
        for nested in node.iter(qn("w:tbl")):
            if _owner(nested) is node:
                yield from self._table(nested)

    def _cells(self, rows: list[_Element], cells: list[list[_Element]]) -> list[Cell]:
        """The cells, a vertically merged one once with its rows counted."""
        made: list[Cell] = []
        open_at: dict[int, int] = {}
        for at, (row, own) in enumerate(zip(rows, cells, strict=True)):
            col = int(_val(row.find(qn("w:trPr")), "w:gridBefore") or 0)
            for cell in own:
                properties = cell.find(qn("w:tcPr"))
                span = max(1, int(_val(properties, "w:gridSpan") or 1))
                merge = None if properties is None else properties.find(qn("w:vMerge"))
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart" and col in open_at
                if goes_on:
                    made[open_at[col]] = _taller(made[open_at[col]])
                else:
                    open_at.pop(col, None)
                    if merge is not None:
                        open_at[col] = len(made)
                    made.append(Cell(at, col, 1, span, self._cell_text(cell), NOWHERE, left=0.0))
                col += span
        return made

    def _cell_text(self, cell: _Element) -> str:
        """The cell's paragraphs, one a line, without those of tables nested in it."""
        own = [node for node in cell.iter(qn("w:p")) if _inside(node, cell)]
        lines = [self._label(node, self._style_of(node)) + _text(node) for node in own]
        return "\n".join(line for line in lines if line.strip())


def _taller(cell: Cell) -> Cell:
    """The cell over one more row."""
    return Cell(cell.row, cell.col, cell.rowspan + 1, cell.colspan, cell.text, cell.box, left=cell.left)


def _within(node: _Element, name: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, also those in content controls and of tracked insertions."""
    for child in node:
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")):
            yield from _within(child, name)


def _owner(node: _Element) -> _Element | None:
    """The table that this nested table stands in."""
    return next(node.iterancestors(qn("w:tbl")), None)


def _inside(node: _Element, cell: _Element) -> bool:
    """Whether the paragraph is the cell's own: not of a nested table, not deleted, not of the second copy of a box."""
    return not any(above.tag == qn("w:tbl") or above.tag in GONE for above in _up_to(node, cell))


def _text(node: _Element) -> str:
    """What the runs of a paragraph print, text boxes apart."""
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag == qn("w:br") and node.get(qn("w:type")) in ("page", "column"):
        return ""
    if node.tag in SIGNS:
        return SIGNS[node.tag]
    if node.tag == qn("w:r") and _on(node.find(qn("w:rPr")), "w:vanish"):
        return ""
    return "".join(_text(child) for child in node if child.tag not in GONE and child.tag != BOX)


def _on(properties: _Element | None, name: str) -> bool:
    """Whether a switch such as w:vanish is on."""
    node = None if properties is None else properties.find(qn(name))
    return node is not None and node.get(qn("w:val")) not in ("0", "false", "off")


def _boxes(node: _Element) -> list[_Element]:
    """The text boxes that hang on a paragraph, each once."""
    outside = {BOX, *GONE}
    return [box for box in node.iter(BOX) if not any(above.tag in outside for above in _up_to(box, node))]


def _up_to(node: _Element, top: _Element) -> Iterator[_Element]:
    """What the node stands in, below the top."""
    for above in node.iterancestors():
        if above is top:
            return
        yield above


def _pictures(node: _Element) -> int:
    """How many pictures big enough to hold a table hang on the paragraph; an embedded workbook is drawn as one."""
    drawings = (each for each in node.iter(qn("w:drawing")) if each.find(f".//{BLIP}") is not None)
    extents = (each.find(f".//{EXTENT}") for each in drawings)
    sizes = ((int(each.get("cx", "0")), int(each.get("cy", "0"))) for each in extents if each is not None)
    embedded = sum(1 for each in node.iter(qn("w:object")) if each.find(f".//{OBJECT}") is not None)
    return sum(1 for width, height in sizes if width * height > PICTURE**2) + embedded


def _largest(node: _Element) -> float | None:
    """The largest font size that the paragraph's runs name."""
    sizes = [_size(run.find(qn("w:rPr"))) for run in node.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    return max((size for size in sizes if size), default=None)


def _lines(text: str, place: str, size: float) -> Iterator[Paragraph]:
    """A paragraph broken by hand is several lines at one place."""
    return (Paragraph(line.strip(), place, size) for line in text.split("\n") if line.strip())


def _contents_list(node: _Element) -> bool:
    """Whether the content control is the contents list that Word makes."""
    return any("Table of Contents" in str(each.get(qn("w:val"))) for each in node.iter(qn("w:docPartGallery")))
