"""A question and a finding → whether the one answers the other: its unit, period, years, limit and all that is to be added up.

What fits the words best is not yet what was asked for; a figure that does not fit is not shown.
"""

import re

from corpus.amount import UnitKind
from corpus.fact import Fact
from qa.asks import Ask
from qa.desk import Desk
from qa.finding import Finding, Missing, Place
from qa.publisher import place_words

_PERIOD = re.compile(r"[上下]半年|[一二三四五六七八九十\d]{1,2}月份?(?!\d*日)|第?[一二三四1-4]季度")
_LIMIT = re.compile(r"(\d+(?:\.\d+)?[百千万亿]*)(?:元|平方米|人|台|件)?(?:[（(]含[）)])?以[上下]")
_APART = re.compile(r"比(?!重|例|率)[^，？]{2,14}[高低多少](?:了|出)?(?:多少|几)")
"""三公经费完成率比公务接待费高多少: neither of the two rates answers."""
_PERCENT = re.compile(r"百分之(?:多少|几)|百分比|几成(?!本)|多大比例|占比|(?:增长|下降|完成|执行)率")
_OF_ONE_YEAR = (Ask.COMPLETION, Ask.REMAINING, Ask.AVERAGE, Ask.WITHOUT, Ask.MOST, Ask.LEAST, Ask.COMPARE)


def fits(desk: Desk, result: Finding | Missing) -> bool:
    return all(check(desk, result) for check in (_unit, _period, _limit, _every_year, _whole_sum))


def names(result: Finding, unknown: str) -> bool:
    """Whether what was found names the place or body asked for: 乡村振兴工作经费 is no spending of 硚口区乡村振兴局."""
    return not unknown or re.sub(r"(?<=.{2})[市县区旗州]$", "", place_words(unknown)[0]) in _said(result)


def _unit(desk: Desk, result: Finding | Missing) -> bool:
    """A question for a percentage is never answered with an amount."""
    if isinstance(result, Missing) or not result.answered or desk.question.ask in (Ask.MOST, Ask.LEAST, Ask.COMPARE, Ask.WHY):
        return True
    kind = result.answered[0].amount.unit.kind
    apart = desk.question.ask in (Ask.SHARE, Ask.COMPLETION) and _APART.search(desk.question.text)
    if apart or "百分点" in desk.question.text:
        return kind is UnitKind.POINTS
    return not _PERCENT.search(desk.question.text) or kind in (UnitKind.PERCENT, UnitKind.POINTS, UnitKind.TIMES)


def _period(desk: Desk, result: Finding | Missing) -> bool:
    """A question for half a year, a quarter or a month is never answered with a year's figure."""
    asked = _PERIOD.search(desk.question.text)
    return asked is None or not _places(result) or any(asked[0] in _words(place) for place in _places(result))


def _limit(desk: Desk, result: Finding | Missing) -> bool:
    """单价50万元以上的设备 is not that of 20万元（含）以上 (江苏 2019)."""
    said = _said(result)
    return not said or all(re.search(rf"(?<!\d){limit}", said) for limit in _LIMIT.findall(desk.question.text))


def _every_year(desk: Desk, result: Finding | Missing) -> bool:
    """A question over several years is never answered with one year's figure."""
    if isinstance(result, Missing) or desk.question.ask not in _OF_ONE_YEAR or len(desk.question.years) < 2:
        return True
    return set(desk.question.years) <= {place.year for place in _places(result) if isinstance(place, Fact)}


def _whole_sum(desk: Desk, result: Finding | Missing) -> bool:
    """第一季度和第二季度一共 is never answered with one of the two."""
    several = len(desk.question.items) > 1 or len(re.findall(r"第[一二三四1-4]季度", desk.question.text)) > 1
    return isinstance(result, Missing) or desk.question.ask not in (Ask.SUM, Ask.LOOKUP) or not several or len(result.answered) > 1 or bool(result.calculations) or bool(result.series)


def _places(result: Finding | Missing) -> list[Place]:
    return [place for sentence in result.sentences for group in sentence.places for place in group]


def _said(result: Finding | Missing) -> str:
    return "".join(map(_words, _places(result)))


def _words(place: Place) -> str:
    """What stands at a place: its text, and of a cell its table and names."""
    named = (place.table, *place.item, *place.column) if isinstance(place, Fact) else ()
    return re.sub(r"\s", "", "".join((place.text, *named)))
