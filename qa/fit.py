"""A question and a finding → whether the one answers the other: its unit, period, years, limit and all that is to be added up.

What fits the words best is not yet what was asked for; a figure that does not fit is not shown.
"""

import re

from corpus.amount import UnitKind, agree
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.part_of_year import part_in, same_part
from qa.asks import Ask
from qa.content import content
from qa.desk import Desk
from qa.find import SCORES
from qa.finding import Finding, Missing, Place
from qa.lead import lead_of
from qa.publisher import place_words
from qa.told_apart import told_apart
from qa.wording import comparable

_PERIOD = re.compile(r"[上下]半年|[一二三四五六七八九十\d]{1,2}月份?(?!\d*日)|第?[一二三四1-4]季度")
_LIMIT = re.compile(r"(\d+(?:\.\d+)?[百千万亿]*)(?:元|平方米|人|台|件)?(?:[（(]含[）)])?以[上下]")
_APART = re.compile(r"比(?!重|例|率)[^，？]{2,14}[高低多少](?:了|出)?(?:多少|几)")
"""三公经费完成率比公务接待费高多少: neither of the two rates answers."""
_PERCENT = re.compile(r"百分之(?:多少|几)|百分比|几成(?!本)|多大比例|占比|(?:增长|下降|完成|执行)率")
_OF_ONE_YEAR = (Ask.COMPLETION, Ask.REMAINING, Ask.AVERAGE, Ask.WITHOUT, Ask.MOST, Ask.LEAST, Ask.COMPARE)


def fits(desk: Desk, result: Finding | Missing) -> bool:
    return all(check(desk, result) for check in (_unit, _period, _limit, _every_year, _whole_sum, _account, _narrowed, _left, _moved, _planned, _of_all, _saved, _won, _part, told_apart))


def names(result: Finding, unknown: str) -> bool:
    """Whether what was found names the place or body asked for: 乡村振兴工作经费 is no spending of 硚口区乡村振兴局."""
    return not unknown or re.sub(r"(?<=.{2})[市县区旗州]$", "", place_words(unknown)[0]) in _said(result)


def _unit(desk: Desk, result: Finding | Missing) -> bool:
    """A question for a percentage is never answered with an amount."""
    if isinstance(result, Missing) or not result.answered or desk.question.ask in (Ask.MOST, Ask.LEAST, Ask.COMPARE, Ask.WHY):
        return True
    if SCORES.search(desk.question.text) and not any(one.amount.unit.name == "分" or one.fact and re.search("[得评]分|分值", "".join(one.fact.item)) for one in result.answered):
        return False
    kind = next((one.amount.unit.kind for one in result.answered if one.amount.unit.kind is not UnitKind.MONEY), result.answered[0].amount.unit.kind)
    apart = desk.question.ask in (Ask.SHARE, Ask.COMPLETION) and _APART.search(desk.question.text)
    if apart or "百分点" in desk.question.text:
        return kind is UnitKind.POINTS
    return not _PERCENT.search(desk.question.text) or kind in (UnitKind.PERCENT, UnitKind.POINTS, UnitKind.TIMES)


def _period(desk: Desk, result: Finding | Missing) -> bool:
    """A question for half a year, a quarter or a month is never answered with a year's figure."""
    asked = _PERIOD.search(desk.question.text)
    if asked and all(d.part and same_part(d.part, part_in(desk.question.text)) for d in desk.scope.disclosures):
        return True  # the reports are of that part: 上半年 is what a notice of 1-6月 tells of
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


_IN_ACCOUNT = re.compile(r"(一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:财政)?(?:拨款)?(?:支出|收入)?(?:预算)?(?:里头?|中|内|之中)(?!央)(?=.*[一-龥]{2})")
_ACCOUNTS = {"一般公共预算": re.compile("一般公共预算"), "政府性基金": re.compile("政府性?基金"), "国有资本经营": re.compile("国有资本")}


def _account(desk: Desk, result: Finding | Missing) -> bool:
    """一般公共预算里的城市建设支出 is never answered with that of the funds (普陀区建管委 2026): a place that prints the figure must be of the account."""
    said = _IN_ACCOUNT.search(desk.question.text)
    if said is None or isinstance(result, Missing):
        return True
    groups = [[place for place in group if isinstance(place, Fact) and place.amount is not None] for sentence in result.sentences for group in sentence.places]
    return all(_of_account(desk, group, _ACCOUNTS[said[1]]) for group in groups if group)


def _of_account(desk: Desk, group: list[Fact], account: re.Pattern[str]) -> bool:
    """Whether a figure's places, or cells of that name and value beside them, are of the account."""
    fact = group[0]
    alike = (entry.fact for entry in desk.book.entries if fact.item and entry.fact.item and comparable(entry.fact.item[-1]) == comparable(fact.item[-1]))
    same = (other for other in alike if other.amount is not None and fact.amount is not None and agree(other.amount, fact.amount))
    return any(account.search(" ".join((other.form, other.table, *other.item, *other.column, other.text if other.origin is Origin.PROSE else ""))) for other in (*group, *same))


_NARROWER = (
    re.compile("更新|替换|置换|换新|购置|新购|购买|采购|新增|买"), re.compile("报废|淘汰|处置|拍卖"), re.compile("租赁|租用|租来|外租"), re.compile("闲置|封存|停用"),
    re.compile("在职|在编|在岗"), re.compile("离休"), re.compile("(?<!离)退休"), re.compile("编外|外聘|临聘|聘用|临时工|合同工|劳务派遣"), re.compile("女"), re.compile("新能源|电动|纯电"),
)  # fmt: skip
"""Words of one meaning that say which of the things or people are counted."""


def _narrowed(desk: Desk, result: Finding | Missing) -> bool:
    """执法车有几辆是要更新的 is never answered with all the cars kept (63辆, 普陀城管 2026)."""
    if isinstance(result, Missing) or not any(one.amount.unit.kind is UnitKind.COUNT for one in result.answered):
        return True
    said = "".join(map(_up_to_figure, _places(result)))
    return all(word.search(said) for word in _NARROWER if word.search(desk.question.text))


def _up_to_figure(place: Place) -> str:
    """What stands at a place, of a counting sentence without what follows the figure: 离退休人员97人，其中：退休95人 are not 97 退休."""
    if not isinstance(place, Fact) or place.origin is not Origin.PROSE or place.measure is not Measure.COUNT or not (lead := lead_of(place)):
        return _words(place)
    last = lead.split("，")[-1] or lead
    return re.sub(r"\s", "", "".join((place.table, *place.item, *place.column, place.text.partition(last)[0], lead)))


_OVER_YEAR = re.compile(r"[比较](?:(?:19|20)?\d\d年度?|上一?年度?|去年|前年|同期)[^，？]{0,10}(?:多|少|增|减|高|低|涨|降)[^，？多少]{0,4}(?:多少|几)")


def _moved(desk: Desk, result: Finding | Missing) -> bool:
    """新改建农村公路比上年多几公里 is never answered with the year's own 150公里."""
    if isinstance(result, Missing) or result.calculations or desk.question.ask not in (Ask.LOOKUP, Ask.COUNT) or not _OVER_YEAR.search(desk.question.text):
        return True
    return any(place.measure in (Measure.CHANGE, Measure.GROWTH) for place in _places(result) if isinstance(place, Fact))


def _planned(desk: Desk, result: Finding | Missing) -> bool:
    """除治枯死松树目标多少株 is never answered with how many were."""
    if isinstance(result, Missing) or desk.question.basis is not Basis.TARGET:
        return True
    return not any(place.basis is Basis.ACTUAL for place in _places(result) if isinstance(place, Fact))


_OF_ONE_FORM = ("三公经费表", "基本支出表", "政府性基金表", "国有资本经营表")


def _of_all(desk: Desk, result: Finding | Missing) -> bool:
    """预算总额, with no item named, is never the total of 三公经费's own table."""
    if isinstance(result, Missing) or desk.question.items or desk.question.ask is not Ask.LOOKUP:
        return True
    return not any(place.form in _OF_ONE_FORM for place in _places(result) if isinstance(place, Fact))


def _saved(desk: Desk, result: Finding | Missing) -> bool:
    """买车省了多少 is never answered with what was spent."""
    if isinstance(result, Missing) or result.calculations or not re.search(r"省了|节省|节约|省下|结余了", desk.question.text):
        return True
    changes = (place for place in _places(result) if isinstance(place, Fact))
    return any(place.measure is not Measure.AMOUNT or re.search(r"节约|节省|结余|压减", "".join(place.item)) for place in changes) or not result.answered


def _won(desk: Desk, result: Finding | Missing) -> bool:
    """产出指标（40分） is what could be scored, not what was."""
    if isinstance(result, Missing) or not re.search(r"得了?(?:多少|几)?分", desk.question.text):
        return True
    return not any(re.search(r"[（(]\d+(?:\.\d+)?分[)）]$", place.text.strip()) for place in _places(result) if isinstance(place, Fact))


_INSIDE = re.compile(r"(?:里面?|里头|当中|之中)的?(?=[一-龥]{2})")


def _part(desk: Desk, result: Finding | Missing) -> bool:
    """机关运行经费里水电费 is never answered with all of 机关运行经费."""
    if isinstance(result, Missing) or desk.question.ask is not Ask.LOOKUP:
        return True
    text = desk.question.text
    wholes = [comparable(text[: said.start()]) for said in _INSIDE.finditer(text) if (part := comparable(content(text[said.end() :]))) and part in comparable(desk.phrase)]
    rows = (one.fact for one in result.answered if one.fact and one.fact.item and not any(comparable(name) in comparable(text) for name in one.fact.column))
    names = [comparable(fact.item[-1]) for fact in rows]
    return not any(len(name) > 3 and whole.endswith(name) for whole in wholes for name in names)


_UNSPENT = re.compile(r"(?:钱|资金|预算|经费)?还?没(?:有)?(?:花|用|支出)(?!在|于|过)")


def _left(desk: Desk, result: Finding | Missing) -> bool:
    """彩票公益金还剩多少 is never answered with what was spent on it."""
    if isinstance(result, Missing) or desk.question.ask is not Ask.REMAINING and not _UNSPENT.search(desk.question.text) or result.calculations or desk.question.ask is Ask.WHY:
        return True
    return any(re.search(r"结转|结余|剩余|余额|未(?:支出|使用|执行)|尚可", place.text + "".join((*place.item, *place.column))) for place in _places(result) if isinstance(place, Fact))


def _places(result: Finding | Missing) -> list[Place]:
    return [place for sentence in result.sentences for group in sentence.places for place in group]


def _said(result: Finding | Missing) -> str:
    return "".join(map(_words, _places(result)))


def _words(place: Place) -> str:
    """What stands at a place: its text, and of a cell its table and names."""
    named = (place.table, *place.item, *place.column) if isinstance(place, Fact) else ()
    return re.sub(r"\s", "", "".join((place.text, *named)))
