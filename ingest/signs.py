"""Lines, labels and titles of a file → Votes: what each sign says of who published it, for which year, and what it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.disclosure import Kind, Scope, Source
from ingest.names import is_region
from ingest.notice import Notice, notice_of, year_told
from ingest.page import Cell, Line, Page
from ingest.printed_names import ORG, REGION, is_publisher

LOOKED_AT = 60
"""Pages whose titles vote; later ones repeat them."""
COVER_LINES = 14
"""Lines of the first page that may be its cover."""
_CHINESE_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_SPACE = re.compile(r"\s+")
_LEAD = r"^(?:附件\d*[:：]?|关于|第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、)*"
_TITLE = re.compile(
    rf"{_LEAD}(?P<org>{ORG}|{REGION})?[（(]?(?:部门|本级|单位)?[)）]?"
    rf"(?P<year>20\d\d)年?末?(?:度)?(?P<rest>[^。；，,]{{0,60}}?(?P<kind>预算|决算))"
)
_LABEL = re.compile(
    r"^(?:预算|决算)?(?:主管|编制|填报|公开|预算|填制)?(?P<what>部门|单位)(?:名称)?[（(]?(?:公章|盖章)?[)）]?[:：](?P<org>.{4,40})$"
)
_PART = re.compile(
    rf"{_LEAD}(?P<org>{ORG})(?:[（(](?:部门|单位|本级|本部)[)）])?(?:20\d\d年.{{0,12}})?"
    r"(?:概况|主要职[能责]|机构设置|部门概况|基本情况)"
)
_SAYS = re.compile(
    rf"^(?:20\d\d年度?，?)?(?P<org>{ORG})(?:20\d\d年度?)?"
    r"(?:收入|支出|部门|财政拨款|一般公共|机关运行|政府采购|共有车辆)"
)
_GOVERNMENT = re.compile(
    r"预算执行情况|预算草案|草案|总决算|财政决算|政府[预决]算|本级.{0,12}[预决]算|全[省市区县州].{0,16}[预决]算|地方政府.{0,6}债务"
    r"|(?:自治区|市|县|区)级.{0,10}(?:一般公共|政府性基金|国有资本|社会保险)"
)
_NAMES = re.compile(
    r"(?:一般公共|公共财政|政府性基金|国有资本经营|社会保险基金|社保基金|年初|全年|调整|上年)预算(?!草案|[（(]草案|表|报告)"
    r"|预算(?=绩效|单位|数|编制|管理|批复|安排|执行|支出|收入)"
)
_TAIL = re.compile(
    r"(?:[（(].{0,8}[)）]|的|和|及|公开|情况|报告|说明|总表|[报附明细]*表格?|文件|草案|信息|书|相关|编制|执行|完成|解读|项目"
    r"|“?三公”?经费|收支|汇总|目录|格式|模板|[省市区县]级|\d|[.。、《》-])*"
)
_DRAFT = re.compile(r"(20\d\d)年[^，。年]{0,24}?预算[（(]?草案")
_ACCOUNT = re.compile(
    rf"(?P<org>{REGION})?(?P<year>20\d\d)年末?(?P<rest>[^。；，,]{{0,40}}(?:地方政府.{{0,8}}债[务券]|预算收支|执行情况|完成情况))"
)
_AFTER = re.compile(rf"20\d\d年末?(?P<org>{REGION})")
_CONGRESS = re.compile(rf"(?:^|在)(?P<org>{REGION})(?:第)?[一二三四五六七八九十]+届(?:人|委)")
_MENTION = re.compile(r"(?P<org>[\u4e00-\u9fff]{2,7}?(?:自治区|省|市))(?=[\u4e00-\u9fff]{2})")
_NEXT_TITLE = re.compile(r"20\d\d年|[\u4e00-\u9fff]{0,8}[预决]算")
_HINTS = (
    ("自治区", "自治区"),
    ("全省", "省"),
    ("省级", "省"),
    ("省本级", "省"),
    ("全市", "市"),
    ("市级", "市"),
    ("全县", "县"),
)


@dataclass(frozen=True)
class Vote:
    """What one sign says, and how far it is to be believed."""

    what: str
    """year, kind, scope, org; part: of the year; mention: a region named in passing; hint: the rank of the region."""
    value: str
    weight: float
    source: Source | None = None


def votes_of(pages: Iterable[Page], file: str) -> Iterator[Vote]:
    """Every sign of the file: its name first, then page after page."""
    stem = _plain(Path(file).stem)
    yield from _all_title_votes(stem, 3.0, None)
    yield from _name_votes(stem)
    first = 0
    for page in pages:
        lines = [line for line in page.lines if line.text.strip()]
        cells = [cell for grid in page.grids for cell in grid.cells if cell.text and len(cell.text) < 60]
        first = first or (page.number if lines or cells else 0)
        for text in [*(line.text for line in lines), *(cell.text for cell in cells)]:
            if match := _MENTION.match(_plain(text)):
                yield Vote("mention", match["org"], 1.0)
        if page.number > first + LOOKED_AT:
            continue
        if lines and page.number == first:
            yield from _cover_votes(lines, page.number, file)
            yield from _told_votes(lines[:COVER_LINES], page.number, file)
        for line in lines:
            yield from _line_votes(line, page.number, file)
        for cell in (cell for cell in cells if cell.row < 3):
            yield from _cell_votes(cell, page.number, file)


def _cell_votes(cell: Cell, page: int, file: str) -> Iterator[Vote]:
    """Titles and labels drawn inside a table's box; its header says which stage of the account it shows."""
    text = _plain(cell.text)
    source = Source(file, 0, None, cell.place) if cell.place else Source(file, page, cell.box)
    yield from _label_votes(text, source)
    yield from _title_votes(text, 1.5, source)
    if text in ("执行数", "决算数"):
        yield Vote("kind", Kind.FINAL if text == "决算数" else Kind.BUDGET, 0.3, source)


def _cover_votes(lines: Sequence[Line], page: int, file: str) -> Iterator[Vote]:
    """Titles on a cover run over lines: every run of up to five lines is read as one."""
    top = lines[:COVER_LINES]
    for start in range(len(top)):
        for end in range(start + 1, min(start + 5, len(top)) + 1):
            text = "".join(_plain(line.text) for line in top[start:end])
            if len(text) <= 90 and _ends(lines, end):
                yield from _all_title_votes(text, 10.0 / (1 + start * 0.2), _source(file, page, top[start]))


def _all_title_votes(text: str, weight: float, source: Source | None) -> Iterator[Vote]:
    """What a title says as a report's, and what only a notice's title says besides."""
    votes, notice = list(_title_votes(text, weight, source)), notice_of(text)
    if notice:
        mine = list(_notice_votes(notice, weight, source))
        better = {vote.what for vote in mine if vote.what == "kind" and notice.part and notice.told or vote.what == "org" and notice.for_whole}
        votes = [vote for vote in votes if vote.what not in better]
        votes += [vote for vote in mine if vote.what not in {said.what for said in votes}]
    yield from votes


def _notice_votes(notice: Notice, weight: float, source: Source | None) -> Iterator[Vote]:
    """A kind that no word says is no printed sign. No budget is of months: there 预算收支完成情况 tells what has been spent."""
    yield Vote("org", notice.publisher, weight, source)
    if notice.year:
        yield Vote("year", str(notice.year), weight, source)
    if notice.kind:
        yield Vote("kind", notice.kind, weight, source if notice.told else None)
    if notice.part:
        yield Vote("part", notice.part, weight, source)
    if notice.is_government:
        yield Vote("scope", Scope.GOVERNMENT, weight, source)


def _told_votes(lines: Sequence[Line], page: int, file: str) -> Iterator[Vote]:
    """The year that a sentence names, under a notice's title that prints none."""
    texts = [_plain(line.text) for line in lines]
    place, notice = next(((row, found) for row, text in enumerate(texts) if (found := notice_of(text))), (0, None))
    if notice and not notice.year:
        year, row = year_told(notice, texts[place + 1 :])
        if year:
            yield Vote("year", str(year), 4.0, _source(file, page, lines[place + 1 + row]))


def _ends(lines: Sequence[Line], end: int) -> bool:
    """The title stops here: the next line is of another size or far below, or says something else, or is a sentence."""
    if end >= len(lines):
        return True
    before, line = lines[end - 1], lines[end]
    return abs(before.size - line.size) > 0.12 * before.size or "。" in line.text or not _NEXT_TITLE.match(_plain(line.text))


def _line_votes(line: Line, page: int, file: str) -> Iterator[Vote]:
    text = _plain(line.text)
    source = _source(file, page, line)
    yield from _label_votes(text, source)
    match = _CONGRESS.search(text)
    if match and is_publisher(match["org"]):
        yield Vote("org", match["org"], 4.0, source)
    if "。" in text or len(text) > 60:
        if match := _SAYS.match(text):
            yield Vote("org", match["org"], 0.5, source)
        return
    if match := _PART.match(text):
        yield Vote("org", match["org"], 4.0, source)
    yield from _title_votes(text, 2.0, source)


def _label_votes(text: str, source: Source | None) -> Iterator[Vote]:
    if match := _LABEL.match(text):
        org = re.split(r"(?:金额)?单位[:：]|20\d\d年|日期", match["org"])[0].strip("（(：:")
        if re.fullmatch(rf"(?:{ORG}|{REGION})(?:[（(](?:部门|单位|本级|本部|汇总)[)）])?", org):
            yield Vote("org", org, 3.0, source)


def _title_votes(text: str, weight: float, source: Source | None) -> Iterator[Vote]:
    """What a title says: publisher, year, kind, scope. 保定市人民政府关于保定市2025年… is read from 关于 on."""
    text = re.sub(r"^.{0,20}?关于(?=.{0,20}20\d\d年)", "", text)
    if re.search(r"[比与较上]20\d\d年", text) and not _GOVERNMENT.search(text):
        return
    match = _TITLE.match(text) or _TITLE.search(text) or _ACCOUNT.search(text)
    if not match:
        return
    kind = _last_kind(text[match.start("rest") :])
    if kind and "预决算" not in text:
        yield Vote("kind", kind, weight, source)
    draft = _DRAFT.search(text)
    yield Vote("year", draft[1] if draft else match["year"], weight, source)
    after = _AFTER.search(text)
    org = next((o for o in (match["org"], after and after["org"]) if o and is_publisher(o)), "")
    if org:
        yield Vote("org", org, weight, source)
    yield from (Vote("hint", rank, 1.0) for word, rank in _HINTS if word in text)
    if scope := _scope(text, org):
        yield Vote("scope", scope, weight, source)


def _last_kind(text: str) -> Kind | None:
    """The last word decides: 一般公共预算财政拨款支出决算表 is of a 决算. Names of budgets (一般公共预算, 预算绩效) say
    nothing, and neither does a line whose sentence goes on after the word."""
    bare = _NAMES.sub("", text)
    found = list(re.finditer(r"[预决]算", bare))
    if found and not _TAIL.fullmatch(bare[found[-1].end() :]):
        return None
    return Kind(found[-1][0]) if found else Kind.BUDGET if _ACCOUNT.search(text) and "执行" in text else None


def _scope(text: str, org: str) -> Scope | None:
    if re.search(r"(?:部门|[省市区县]级|级)?部门(?:收支|收入|支出|财务|财政)?.{0,4}[预决]算|[省市区县]级部门", text):
        return Scope.DEPARTMENT
    if re.search(r"单位[预决]算", text):
        return Scope.AGENCY
    if (_GOVERNMENT.search(text) or _ACCOUNT.search(text)) and (not org or is_region(org)):
        return Scope.GOVERNMENT
    return None


def _name_votes(stem: str) -> Iterator[Vote]:
    """Weak signs that only a file's name holds: 万里街道办事处24年预算.pdf."""
    if match := re.match(rf"(?P<org>{ORG}|{REGION})(?:20)?(?P<year>\d\d)年", stem):
        yield Vote("org", match["org"], 2.0)
        yield Vote("year", f"20{match['year']}", 2.0)
    kinds = set(re.findall(r"[预决]算", stem.replace("预决算", "")))
    if len(kinds) == 1:
        yield Vote("kind", kinds.pop(), 1.0)


def _source(file: str, page: int, line: Line) -> Source:
    return Source(file, 0, None, line.place) if line.place else Source(file, page, line.box)


def _plain(text: str) -> str:
    """Without spaces; years in Chinese figures (二〇二四年) as digits."""
    bare = _SPACE.sub("", text).translate(_FULL_WIDTH)
    return re.sub(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)", lambda m: m[0].translate(_CHINESE_YEAR), bare)
