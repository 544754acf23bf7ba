"""Pages → Blocks: headings, paragraphs and table captions in reading order, each character's place kept."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median

from corpus.disclosure import Box
from ingest.captions import title_in
from ingest.contents import Entry, parted
from ingest.furniture import without_furniture
from ingest.numbering import CLOSED, LONGEST, is_heading, level_of
from ingest.page import Line, Page

INDENT = 1.2
"""Ems: a line that begins further right than this begins a paragraph."""
FLUSH = 0.8
"""Ems: a line that begins nearer than this to the left margin goes on with a paragraph (or is not indented at all)."""
FULL = 2.6
"""Ems: a line that ends nearer than this to the right margin runs on (标点 did not fit); an unbreakable number that
begins the next line makes it more."""
RAGGED = 4.0
"""Ems: … and so does one that ends nearer than this, when no 标点 closes it and the next line is not indented."""
CENTRED = 1.0
"""Ems by which the margins beside a centred line may differ."""
LARGER = 1.12
"""A heading without a number is so much larger than the text, or centred."""
NEXT = 2.6
"""Line heights: two lines further apart are no one paragraph."""
ABOVE = 6.0
"""Line heights above a table within which its title and unit stand."""
_CORNER = re.compile(
    r"(?:金额)?单位[:：]|(?:编制|填报|公开|预算|填制)?(?:单位|部门)(?:名称)?[:：]|续表"
    r"|^(?:填报|编制|制表)?(?:日期|时间)[:：]|^(?:附?表|公开|附件|预算公开|财决公开)[\d一二三四五六七八九十-]+表?(?:[:：]|$)"
)
_NEVER_FIRST = re.compile(r"[（(][类款项][)）]|[，。；、：）)”》]")
"""What begins no paragraph, however short the line before it: 住房公积金|（项）， 主要用于…"""
_TITLE = re.compile(r"表(?:[（(][^（）()]*[）)])?$")


class BlockKind(StrEnum):
    HEADING = "标题"
    PARAGRAPH = "段落"
    CAPTION = "表题"
    """Unit and corner lines of a table: `ingest.tables` reads them; they are no passage."""


@dataclass(frozen=True)
class Run:
    """A line's part of a block: characters `start` … of the block's text stand on `page` as `line` has them."""

    start: int
    page: int
    line: Line


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a caption, joined over lines and pages."""

    kind: BlockKind
    level: int
    """Of a heading, 0 for the document's own title, 1 for 第一部分 and so on; of others that of the heading above."""
    text: str
    runs: tuple[Run, ...]

    @property
    def page(self) -> int:
        return self.runs[0].page


@dataclass(frozen=True)
class Blocks:
    """A document in reading order, its contents (目录) apart."""

    blocks: tuple[Block, ...]
    contents: tuple[Entry, ...]


def boxes_of(block: Block, start: int = 0, end: int | None = None) -> tuple[tuple[int, Box], ...]:
    """Page and box of each printed line of the characters `start` … `end` of a block's text."""
    stop = len(block.text) if end is None else end
    places = []
    for run in block.runs:
        first, last = max(start - run.start, 0), min(stop - run.start, len(run.line.text))
        if first < last:
            x0, x1 = run.line.edges[first], run.line.edges[last]
            wide = (x0, x1) if x1 > x0 else (run.line.box[0], run.line.box[2])
            places.append((run.page, (wide[0], run.line.box[1], wide[1], run.line.box[3])))
    return tuple(places)


@dataclass(frozen=True)
class Placed:
    """A line with what its page says of it."""

    page: int
    line: Line
    left: float
    right: float
    middle: float
    """x of the middle of the text area."""
    tables_above: int
    """How many grids of the document stand before it."""
    heads: bool
    """It stands above a table and looks like its title, its unit or its corner."""
    size: float
    """Size of the document's running text."""

    @property
    def em(self) -> float:
        return self.line.size

    @property
    def indent(self) -> float:
        return (self.line.box[0] - self.left) / self.em

    @property
    def slack(self) -> float:
        """Ems of paper right of the line."""
        return (self.right - self.line.box[2]) / self.em

    @property
    def is_closed(self) -> bool:
        return bool(CLOSED.search(self.line.text))

    @property
    def is_centred(self) -> bool:
        x0, _, x1, _ = self.line.box
        middle = abs((x0 + x1) / 2 - self.middle) < 0.5 * self.em
        inset = min(self.indent, self.slack) > INDENT
        return inset and (abs(self.indent - self.slack) < CENTRED or middle)


def blocks_of(pages: Iterable[Page]) -> Blocks:
    """Headings, paragraphs and captions of all pages; page numbers, running heads and contents left out."""
    every = list(pages)
    lines = [(page.number, line) for page, kept in zip(every, without_furniture(every), strict=True) for line in kept]
    contents, body = parted(lines)
    placed = _placed(every, body)
    groups = _groups(placed)
    blocks = [_block(group) for group in groups]
    tables = [group[-1].tables_above for group in groups]
    return Blocks(tuple(_leveled(_without_hollow(blocks, tables))), contents)


def _placed(pages: Sequence[Page], body: Sequence[tuple[int, Line]]) -> list[Placed]:
    """The body's lines with the margins of their pages."""
    size = _text_size([line for _, line in body])
    by_page: dict[int, list[Line]] = {}
    for number, line in body:
        by_page.setdefault(number, []).append(line)
    margins = _margins(pages, by_page)
    placed: list[Placed] = []
    tables = 0
    for page in pages:
        left, right = margins[page.number]
        for line in by_page.get(page.number, ()):
            above = sum(grid.box[1] < line.box[1] for grid in page.grids)
            one = Placed(page.number, line, left, right, page.width / 2, tables + above, False, size)
            near = any(-line.size < grid.box[1] - line.box[3] < ABOVE * line.size for grid in page.grids)
            placed.append(replace(one, heads=near and _heads_table(one)))
        tables += len(page.grids)
    return placed


def _heads_table(line: Placed) -> bool:
    text = line.line.text
    return bool(_CORNER.search(text)) or ((line.is_centred or bool(_TITLE.search(text))) and not _is_said(text))


def _text_size(lines: Sequence[Line]) -> float:
    """The size in which most of the document is printed."""
    weights: dict[float, int] = {}
    for line in lines:
        weights[round(line.size, 1)] = weights.get(round(line.size, 1), 0) + len(line.text)
    return max(weights, key=lambda size: weights[size], default=0.0)


def _margins(pages: Sequence[Page], by_page: dict[int, list[Line]]) -> dict[int, tuple[float, float]]:
    """Left and right margin of each page: of its long lines, or of other pages of its size where it has too few."""
    own = {page.number: _own_margins(by_page.get(page.number, [])) for page in pages}
    margins = {}
    for page in pages:
        alike = [m for p in pages if abs(p.width - page.width) < 2 and (m := own[p.number])]
        usual = (median(m[0] for m in alike), median(m[1] for m in alike)) if alike else (0.0, page.width)
        left, right = own[page.number] or usual
        em = median([line.size for line in by_page.get(page.number, [])] or [10.0])
        near = 0 < left - usual[0] < 3 * em
        wide = max(right, usual[1]) if right > usual[1] - 4 * em else right
        margins[page.number] = (usual[0] if near else left, wide)
    return margins


def _own_margins(lines: Sequence[Line]) -> tuple[float, float] | None:
    """By the lines that are nearly as long as the longest."""
    widest = max((line.box[2] - line.box[0] for line in lines), default=0.0)
    long = [line for line in lines if line.box[2] - line.box[0] > 0.75 * widest]
    if len(long) < 3:
        return None
    return min(line.box[0] for line in long), max(line.box[2] for line in long)


def _groups(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Lines that are one block."""
    groups: list[list[Placed]] = []
    for line in placed:
        if groups and _goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: Sequence[Placed], line: Placed) -> bool:
    """Whether `line` belongs to the block of the lines before it."""
    before = group[-1]
    apart = before.page == line.page and line.line.box[1] - before.line.box[3] > NEXT * line.em
    unlike = not 1 / LARGER < before.em / line.em < LARGER
    if apart or unlike or before.tables_above != line.tables_above or before.heads != line.heads:
        return False
    if line.heads and (_is_corner(before) or _is_corner(line)) or _beside(before, line):
        return False
    if not line.heads and not before.is_closed and _NEVER_FIRST.match(line.line.text):
        return True
    if _runs_on(group, line):
        return True
    if before.is_centred or line.is_centred:
        return _same_title(group, line)
    return False


def _runs_on(group: Sequence[Placed], line: Placed) -> bool:
    """The paragraph of `group` goes on with `line`: that is not indented, and the line before it was full."""
    before = group[-1]
    level, short = level_of(line.line.text), line.slack > RAGGED
    if line.indent > INDENT or level == 1 or (level < 4 and short and is_heading(line.line.text)):
        return False
    if _PATH_CUT.search(before.line.text) and _PATH_REST.match(line.line.text) or _PATH_END.search(before.line.text) and _OF_PATH.match(line.line.text):
        return True
    token = re.match(r"[\w.,%]*", line.line.text, re.ASCII)
    full = before.slack <= FULL + (len(token.group()) / 2 if token else 0)
    if not before.is_closed or _PURPOSE.search(before.line.text) and not level:
        spoken = not is_heading("".join(item.line.text for item in group)) and not level
        loose = line.indent <= FLUSH and (_reaches(before, 0.6) or before.page != line.page)
        return full or before.slack <= RAGGED or (spoken and loose)
    return full and (group[0].indent > INDENT or before.slack < FLUSH and not level)


_PATH_CUT = re.compile(r"[（(][类款][)）][^（()），。；]+$")
_PATH_REST = re.compile(r"[^（()），。；]{1,20}[（(][款项][)）]")
"""环境保护管理事务（款）行政运|行（项），年初预算…: a name of an account torn between two lines, whatever they look like (普陀区生态环境局 2025)."""
_PATH_END = re.compile(r"[（(]项[)）]。?$")
_OF_PATH = re.compile(r"(?:主要)?用于|年初预算|全年预算|支出决算")
"""…职业年金缴费支出（项）。|主要用于…。年初预算为60.00万元: what a full line names, the next tells of."""
_PURPOSE = re.compile(r"用于[:：]$")
"""主要用于：|社区群文活动…。2025年预算执行数为…: the colon ends the line, not the paragraph (石泉路街道 2026)."""


def _is_corner(line: Placed) -> bool:
    return bool(_CORNER.search(line.line.text))


def _beside(before: Placed, line: Placed) -> bool:
    """On one level: two texts that stand apart (编制单位：…      单位：万元)."""
    middle = (line.line.box[1] + line.line.box[3]) / 2
    return before.page == line.page and before.line.box[1] < middle < before.line.box[3]


_WHOLE_TITLE = re.compile(r"(?:表|说明|情况|概况|解释|附件)$")


def _same_title(group: Sequence[Placed], line: Placed) -> bool:
    """A centred title broken over lines (第三部分 …情况 / 说明); a long first line may reach the margins."""
    before = group[-1]
    centred = line.is_centred and before.page == line.page and not before.is_closed
    titled = before.is_centred or level_of(group[0].line.text) == 1
    if title_in(line.line.text) and _WHOLE_TITLE.search(before.line.text.strip()):
        return False  # 第二部分 …决算表 / 收入支出决算总表: the first table's own title
    return centred and titled and not level_of(line.line.text) and line.line.text[:1] not in "—-（("


def _reaches(line: Placed, share: float) -> bool:
    return line.line.box[2] >= line.left + share * (line.right - line.left)


def _block(group: Sequence[Placed]) -> Block:
    text = ""
    runs = []
    for item in group:
        if text and text[-1].isascii() and item.line.text[0].isascii() and (text[-1] + item.line.text[0]).isalpha():
            text += " "
        runs.append(Run(len(text), item.page, item.line))
        text += item.line.text
    return Block(_kind(group, text), _rank(group, text), text, tuple(runs))


def _kind(group: Sequence[Placed], text: str) -> BlockKind:
    first = group[0]
    if first.heads:
        return BlockKind.CAPTION if _CORNER.search(text) else BlockKind.HEADING
    if is_heading(text):
        return BlockKind.HEADING
    share = first.em / first.size
    large = share > LARGER or (share > 1 / LARGER and all(item.is_centred for item in group))
    if large and len(text) <= LONGEST and not _is_said(text):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _is_said(text: str) -> bool:
    return bool(CLOSED.search(text) or "。" in text)


def _rank(group: Sequence[Placed], text: str) -> int:
    """A heading's level by its number; without one by its size: the document's title, a part's, a table's."""
    level, share = level_of(text), group[0].em / group[0].size
    return level or (0 if share > 1.6 else 1 if share > 0.95 else 2)


def _without_hollow(blocks: Sequence[Block], tables: Sequence[int]) -> list[Block]:
    """A numbered heading with nothing under it, neither text nor table, is an item of a list: 1.某某办公室（本级）."""
    kept = []
    for k, block in enumerate(blocks):
        following = blocks[k + 1] if k + 1 < len(blocks) else None
        under = following is None or following.kind is not BlockKind.HEADING or following.level > block.level
        table = following is not None and tables[k + 1] > tables[k]
        hollow = block.kind is BlockKind.HEADING and level_of(block.text) > 2 and not (table or (following and under))
        kept.append(replace(block, kind=BlockKind.PARAGRAPH) if hollow else block)
    return kept


def _leveled(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs and captions take the level of the heading above them."""
    done: list[Block] = []
    level = 0
    for block in blocks:
        level = block.level if block.kind is BlockKind.HEADING else level
        done.append(block if block.kind is BlockKind.HEADING else Block(block.kind, level, block.text, block.runs))
    return done
