"""Lines around a grid (or the first rows of its box) → Caption: title, unit and note of a table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Box
from ingest.page import Line, Page

FOOT = 0.06
"""Share of the page's height at its top and foot where a running head or page number may stand."""
NOTE_GAP = 40.0
"""Points between a grid and the first line of the note under it."""

_UNIT = re.compile(r"单位(?:均?为)?[:：]?[（(]?(?:人民币)?((?:亿|千万|百万|十万|万|千|百)?元)")
_UNIT_ONLY = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?((?:亿|千万|百万|十万|万|千|百)?元|%|人|辆|个|平方米|亩|吨)(?:[、,，/]\S+)?[:：]?$")
_LABEL = re.compile(
    r"(?:编制|填报|公开|预算|填表|制表|申报|主管|项目实施)?(?:单位|部门)(?:名称|全称|编码|\(公章\)|（公章）|（盖章）)?[:：]"
    r"|(?:填报|编制|制表|公开)(?:日期|时间)[:：]|^(?:日期|时间)[:：]"
)
_NUMBER = re.compile(
    r"^[（(]?(?:财决|部门公开|单位公开|公开|预算|附|政|部|财|批复)*(?:表|附件|附表)?[-—]?"
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})(?:[-—]\d{1,2})*(?:表)?[：:）)]?$|^(?:附表|附件|表)$|^(?:部门)?公开表?\d{1,2}表?$"
)
_LEADING_NUMBER = re.compile(r"^(?:(?:公开|附|预算)?(?:表|附件|附表)[\d一二三四五六七八九十]+(?:[-—]\d+)*[：:、.．]?|公开\d{1,2}表|\d{1,2}[、.．])")
_TITLE = re.compile(r"表(?:[（(][^（）()]*[）)])*$")
_CLOSED = re.compile(r"[。；;，,：:、！？!?]$|\.{4,}|…")
_HEADING = re.compile(r"^第[一二三四五六七八九十]+[部章]|^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[)）]")
_NOTE = re.compile(r"^(?:[（(]?(?:备\s*注|附\s*注|注|说明|备\s*注\s*说明)\d*[)）]?\s*[:：]|[*＊※]|(?:本|我|该)(?:部门|单位|表|年度|年)|我[局办委院]|无)")
_PAGE_NUMBER = re.compile(r"^[-—–_\s]*(?:第?\s*\d{1,4}\s*页?(?:[/共]\s*\d+\s*页?)?)[-—–_\s]*$")
_YEAR = re.compile(r"(?:19|20)\d{2}年度?$")
"""What forms print in the middle between their department and their unit (财决公开 forms)."""
_CONTINUED = re.compile(r"[（(]?续表?[一二三四五六七八九十\d]*[)）]?$")


@dataclass(frozen=True)
class Caption:
    """What the print around a table says of it."""

    title: str = ""
    unit: str = ""
    blocked: bool = False
    """Running text stands between the table and what is above it."""


def squeezed(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def joined(text: str) -> str:
    """A name broken over lines or spaced out → one line; a space stays only between Latin words.

    >>> joined("公 务 用 车\\n运行费")
    '公务用车运行费'
    """
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", text.strip())


def unit_in(text: str) -> str:
    """The unit of money that a corner or a longer line states; ''."""
    bare = squeezed(text)
    match = _UNIT.search(bare) or _UNIT_ONLY.search(bare)
    return match[1] if match else ""


def is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.match(text) is not None


def is_note(text: str) -> bool:
    """Whether a text is a note to a table: 注：…, 说明：…, 本部门当年无…"""
    return _NOTE.match(text.strip()) is not None


def title_in(text: str) -> str:
    """The title that a line prints, its unit, department and form number taken away; '' where it is no title."""
    bare = joined(re.sub(r"^\s*\d{1,2}\s+(?=[一-鿿])", "", text))
    for pattern in (_UNIT, _LABEL):
        if match := pattern.search(bare):
            bare = re.sub(r"(?:金额)?(?:\(|（)?$", "", bare[: match.start()])
    bare = re.sub(r"(?:财决|公开|预算)\d{1,2}表$", "", bare)
    bare = _CONTINUED.sub("", bare) if bare.endswith(("续", "续）", "续)", "续表", "续表）")) else bare
    bare = _LEADING_NUMBER.sub("", bare)
    if not 2 < len(bare) <= 60 or _NOTE.match(bare) or re.search(r"[。；，：]", bare):
        return ""
    return bare if _TITLE.search(bare) and not _NUMBER.match(bare) else ""


def is_caption(text: str) -> bool:
    """Whether a line is part of what stands around a table: unit, department, form number, year, date."""
    bare = squeezed(text)
    return bool(unit_in(text) or _LABEL.match(bare) or _NUMBER.match(bare) or _YEAR.match(bare) or is_page_number(text) or _CONTINUED.fullmatch(bare))


def same_title(one: str, other: str) -> bool:
    """Whether a continued page repeats the title, 续表 marks aside."""
    return _CONTINUED.sub("", squeezed(one)) == _CONTINUED.sub("", squeezed(other))


def caption_of(above: Sequence[Line], grid: Box, page: Page) -> Caption:
    """Title and unit from the lines above a grid, the nearest first."""
    lines = [line for line in above if not is_page_number(line.text)]
    unit = ""
    for i in range(len(lines) - 1, max(-1, len(lines) - 7), -1):
        text = lines[i].text
        unit = unit or unit_in(text)
        title = title_in(text)
        if title:
            return Caption(_with_line_above(title, lines, i), unit or _unit_further_up(lines, i))
        if is_caption(text) or _continues_label(lines, i):
            continue
        if _is_centred_title(lines[i], grid, page):
            return Caption(_with_line_above(joined(text), lines, i), unit or _unit_further_up(lines, i))
        if not _is_running_head(lines[i], page):
            return Caption("", unit, blocked=True)
    return Caption("", unit)


def _continues_label(lines: Sequence[Line], i: int) -> bool:
    """部门：中国共产党江苏省委员会办 / 公厅: the rest of a department's name below its line."""
    line = lines[i]
    above = [other for other in lines[max(0, i - 2) : i] if _LABEL.match(squeezed(other.text))]
    return any(abs(other.box[0] - line.box[0]) < line.size and line.box[1] - other.box[3] < line.size for other in above)


def _unit_further_up(lines: Sequence[Line], i: int) -> str:
    """The unit may stand above the title (公开01表 at the left, 单位 at the right of one line)."""
    return next(
        (unit_in(line.text) for line in reversed(lines[max(0, i - 2) : i]) if is_caption(line.text) and unit_in(line.text)),
        "",
    )


def _with_line_above(title: str, lines: Sequence[Line], i: int) -> str:
    """A title over two lines: 2023年自治区对市县税收返还和转移支付 / 分地区决算表."""
    if i == 0:
        return title
    line, above = lines[i], lines[i - 1]
    near = 0 <= line.box[1] - above.box[3] < 1.2 * line.size and abs(line.size - above.size) < 0.6
    centred = abs((line.box[0] + line.box[2]) - (above.box[0] + above.box[2])) < 2 * line.size
    text = joined(above.text)
    whole = _TITLE.search(text) or _CLOSED.search(text) or _HEADING.match(text) or is_caption(text)
    return text + title if near and centred and not whole and len(text) <= 40 else title


def _is_centred_title(line: Line, grid: Box, page: Page) -> bool:
    text = joined(line.text)
    if not 4 <= len(text) <= 50 or _CLOSED.search(text) or _HEADING.match(text) or _NOTE.match(text):
        return False
    middle = (line.box[0] + line.box[2]) / 2
    centred = min(abs(middle - page.width / 2), abs(middle - (grid[0] + grid[2]) / 2)) < 0.06 * page.width
    inset = line.box[0] > grid[0] + 24 and line.box[2] < grid[2] - 24
    return centred and inset and not re.search(r"[。；，]", text) and not _is_running_head(line, page)


def _is_running_head(line: Line, page: Page) -> bool:
    return len(line.text) <= 40 and (line.box[3] < FOOT * page.height or line.box[1] > (1 - FOOT) * page.height)


def note_under(lines: Sequence[Line], grid: Box) -> str:
    """The sentences under a table: 注：…, 本部门当年无…; they end where a heading or a wide gap comes."""
    below = [line for line in lines if line.box[1] >= grid[3] - 2 and not is_page_number(line.text)]
    kept: list[str] = []
    bottom = grid[3]
    for line in below:
        text = line.text.strip()
        if line.box[1] - bottom > NOTE_GAP or _HEADING.match(text) or title_in(text):
            break
        if not kept and not _NOTE.match(text):
            break
        kept.append(text)
        bottom = line.box[3]
    return "\n".join(kept)
