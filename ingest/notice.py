"""A notice's title → Notice: whose money it tells of, of which period, and whether it was planned or has been spent.

A notice is one screen of prose under a title such as 某某县2015年8月财政收支情况; nothing but the title says who and what.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Kind
from corpus.part_of_year import PART, part_in, same_part
from ingest.names import is_region, parts_of
from ingest.printed_names import ORG, REGION, is_publisher

_YEAR = r"20\d\d年(?:度|[底末])?"
_PERIOD = rf"(?:截[至止]到?)?(?:{_YEAR}(?:{PART})?|{PART})"
_MATTER = (
    r"(?:财政|公共财政|一般公共|预算|决算|政府性?(?:债务|采购|基金)|地方政府|“?三公|国有资|行政事业性|收支|收入|支出|税收|社会保险基金|部门预?决?算|全[省市区县州]|[省市区县]级)"
)
_END = r"(?:情况|方案|报告|公示|公告|通报|说明|草案|公开|数据|[预决]算)"
_TITLE = re.compile(
    rf"^(?:关于|公布)?(?P<before>{_PERIOD})?的?(?P<org>{ORG}|{REGION})[（(]?(?:本级)?[)）]?(?:(?P<period>{_PERIOD})|(?={_MATTER}))"
    rf"(?P<matter>[^。；，]{{0,50}}?{_END})(?:[（(](?P<after>{_PERIOD})[)）])?$"
)
_PASSED = re.compile(r"收支情况|(?:收入|支出)情况|执行|完成|决算|债务余额")
_PLANNED = re.compile(r"预算.{0,6}(?:安排|调整|汇总)|调整方案|预算草案|债[务券].{0,6}(?:限额|安排|额度)|(?<!一般公共)(?<!政府性基金)预算(?:情况|说明|报告|公示|公告|公开|$)")
_ANY_PLAN = re.compile(r"预算|限额|安排|计划|分配|方案")
_WHOLE = re.compile(r"全[省市区县州]|政府性?债[务券]")
"""Of the whole place, not of the bureau that tells it."""
_TOLD = re.compile(rf"(?:^|[。；，：])截?[至止]?到?(?P<year>20\d\d)年(?:(?P<part>{PART})|度?[，、]|[底末])")


@dataclass(frozen=True)
class Notice:
    """What a notice's title says."""

    publisher: str
    year: int
    """0 where the title prints none."""
    part: str
    """The part of the year that it tells of (1-8月, 上半年); '' for a whole one."""
    kind: Kind | None
    told: bool
    """Whether a word says the kind; else it is only likely."""
    for_whole: bool
    """Told by the finance bureau of the place."""

    @property
    def is_government(self) -> bool:
        """A region's own notice tells of its government's money."""
        return is_region(self.publisher)


def notice_of(title: str) -> Notice | None:
    """None where the text is no notice's title; spaces must be gone."""
    match = _TITLE.match(title)
    if not match or not is_publisher(match["org"]):
        return None
    matter = match["matter"]
    period = match["period"] or match["before"] or match["after"] or ""
    year = re.search(r"20\d\d(?=年)", period)
    kind = _kind(matter, period)
    whose = _whose(match["org"], matter)
    return Notice(whose, int(year[0]) if year else 0, part_in(re.sub(r"20\d\d年度?", "", period)).replace("份", ""), kind or _likely(matter), kind is not None, whose != match["org"])


def year_told(notice: Notice, lines: Sequence[str]) -> tuple[int, int]:
    """The one year that the sentences name for the notice's period, and the line that does; 0 where none or several do."""
    told = [(int(match["year"]), row) for row, line in enumerate(lines) for match in _TOLD.finditer(line) if _same_part(notice.part, match["part"] or "")]
    return told[0] if len({year for year, _ in told}) == 1 else (0, 0)


def _whose(org: str, matter: str) -> str:
    """广州市财政局 that tells of 全市 tells of the government's money."""
    office = parts_of(org).office
    return org.removesuffix(office) if office in ("财政局", "财政厅") and _WHOLE.search(matter) and parts_of(org).regions else org


def _kind(matter: str, period: str) -> Kind | None:
    """By the words of the title; None where none says it, or words say both."""
    passed = bool(_PASSED.search(matter)) or bool(re.search(r"年[底末]$", period) and "债" in matter)
    if passed is bool(_PLANNED.search(matter)):
        return None
    return Kind.FINAL if passed else Kind.BUDGET


def _likely(matter: str) -> Kind | None:
    """情况 without a word of planning most likely tells of what has been."""
    return Kind.FINAL if re.search(r"情况", matter) and not _ANY_PLAN.search(matter) else None


def _same_part(asked: str, told: str) -> bool:
    return not asked or same_part(asked, told)
