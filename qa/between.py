"""Questions over several publishers, or over all → Finding: who has the most or least of an item, or what it comes to in all.

Like is compared with like: one year and 预算 or 决算 alone, where most have them; what is not compared, and what is not
alike, is said beside the answer.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.amount import Amount
from corpus.disclosure import Disclosure, Kind
from corpus.fact import Basis, Fact
from corpus.number import find_mentions
from corpus.shelf import Shelf
from qa.asks import Ask
from qa.calculate import Operand, difference, tied, times, total
from qa.change import printed, turn_words
from qa.find import Found
from qa.finding import Answered, Finding, Missing, Sentence, SeriesPoint
from qa.naming import basis_of, in_wan, item_of, label_of
from qa.narrow import Asked, desks
from qa.question import Question, smooth, understand
from qa.rank import place_asked
from qa.settle import Refused, settle
from qa.wording import bigrams, core, is_generic

LISTED = 10
"""Publishers whose figures are told; the chart and its data have all."""
_IN_ALL = re.compile(r"一共|总共|合计(?!数)|共计|加起来|加总|总和|之和")
_OF_RATES = (Ask.SHARE, Ask.AVERAGE, Ask.COMPLETION, Ask.GROWTH, Ask.REMAINING)
_RANKS = (Ask.MOST, Ask.LEAST, Ask.COMPARE)
_RATE = re.compile(r"占比|比重|比例|人均|平均|每人|增幅|增速|降幅|涨幅|增长|增加|减少|下降|[行成]率")
"""哪个部门公务接待费占比最高: the amounts do not say."""
_APART = re.compile(r"[多少高低大小贵差](?:了|出)?(?:多少|几)(?!倍)|相差|差额|差距")
"""甲局和乙局谁多，多多少: the difference is told as well."""
_LESS = re.compile(r"(?:谁|哪)[^，？多高大]{0,12}[少低小](?!数)")
_BUDGETS = (Basis.OPENING, Basis.ADJUSTED, Basis.BUDGET, Basis.TARGET)


@dataclass(frozen=True)
class _One:
    """A publisher and its figure."""

    name: str
    found: Found
    amount: Amount

    @property
    def kind(self) -> str:
        return "预算" if self.found.fact.basis in _BUDGETS else "决算"


Reports = dict[str, list[Disclosure]]
"""By publisher."""


def between_publishers(shelf: Shelf, question: Question, disclosures: Sequence[Disclosure]) -> Finding | Missing | None:
    """One item over the publishers named, or over all."""
    own = _by_publisher(question, disclosures)
    alike, chosen = _alike(question, own)
    asked, without = _settled(alike, own)
    found, lacking = _figures(shelf, asked)
    if not found or len({one.amount.unit.base for one in found}) != 1:
        return None
    if not _said_behind_each(question) and not _one_item(found):
        return Missing((Sentence("各部门的报告里找到的不是同一项，无法比较。请写明要比较的项目。"),))
    if question.ask in _OF_RATES or question.ask in _RANKS and _RATE.search(question.text):
        return Missing((Sentence(f"还不会在几个部门之间比较{question.ask if question.ask in _OF_RATES else '占比、平均数和增减'}，无法回答。请分别提问。"),))
    absent = (*_absent(without, f"报告库中没有{_setting(alike)}的报告"), *_absent(lacking, "报告中没有找到这一项的数，或有几行都像这一项"))
    notices = (*chosen, *_unlike(found), *absent)
    if question.ask in (Ask.CHANGE, Ask.TIMES) or len(question.named.publishers) == 2 and _APART.search(question.text):
        return _two(question, found, (*without, *lacking), notices)
    if question.ask is Ask.SUM or _IN_ALL.search(question.text):
        return _in_all(question, found, (*without, *lacking), notices)
    if len(found) < 2 and question.named.publishers:
        return Missing((Sentence(f"只有{found[0].name}的数，无法比较。{''.join(absent)}"),))  # one figure is neither the most nor the least of several
    return _ordered(question, found, notices)


_SORT = re.compile(r"(?:哪|各|所有)(?:一?个|些|家|几个)?(?P<sort>街道|委员会|局)(?!部)")
"""哪个街道最高 is asked over 街道 alone."""


def _by_publisher(question: Question, disclosures: Sequence[Disclosure]) -> Reports:
    named = question.named.publishers if len(question.named.publishers) > 1 else ()
    own: Reports = {name: [] for name in named}
    sort = _SORT.search(question.text) if not named else None
    for disclosure in disclosures:
        if not named and (sort is None or sort["sort"] in disclosure.publisher) or disclosure.publisher in own:
            own.setdefault(disclosure.publisher, []).append(disclosure)
    return own


def _alike(question: Question, own: Reports) -> tuple[Question, tuple[str, ...]]:
    """The question of one year, and of 预算 or 决算, where it says neither and most publishers have a report of it."""
    if len(question.years) > 1 or question.relative < 1 or question.recent or _said_behind_each(question):
        return question, ()
    year = question.years[0] if question.years else _latest(question, own)
    if year is None:
        return question, ()
    kind = question.kind or next((kind for kind in (Kind.FINAL, Kind.BUDGET) if _most_have(own, year, kind)), None)
    others = {d.year for found in own.values() for d in found} - {year}
    kinds = {d.kind for found in own.values() for d in found if d.year == year}
    chosen = [f"{year}年度"] if not question.years and others else []
    chosen += [f"{kind}"] if not question.kind and kind and len(kinds) > 1 else []
    notes = (f"问题没有限定{'和'.join('文种' if part == kind else '年度' for part in chosen)}，按多数部门都有的{''.join(chosen)}比较。",) if chosen else ()
    return replace(question, years=(year,), kind=kind), notes


def _latest(question: Question, own: Reports) -> int | None:
    years = sorted({d.year for found in own.values() for d in found}, reverse=True)
    return next((year for year in years if _most_have(own, year, question.kind)), None)


def _most_have(own: Reports, year: int, kind: Kind | None) -> bool:
    have = sum(any(d.year == year and kind in (None, d.kind) for d in found) for found in own.values())
    return 2 * have > len(own)


def _said_behind_each(question: Question) -> bool:
    """甲局2016年的收入决算和乙局2017年的…: each has its own setting."""
    spans = question.named.spans
    return len(spans) > 1 and any(re.search(r"\d", smooth(question.text)[end:start]) for (_, end), (start, _) in zip(spans, spans[1:], strict=False))


def _settled(question: Question, own: Reports) -> tuple[list[Asked], list[str]]:
    """Each publisher's question and scope; then those that have no report of it."""
    asked: list[Asked] = []
    without: list[str] = []
    everything = [d for found in own.values() for d in found]
    for name, reports in own.items():
        about = _about(question, name, everything)
        scope = settle(about, reports)
        if isinstance(scope, Refused):
            without.append(name)
        else:
            asked.append((about, scope))
    return asked, without


def _figures(shelf: Shelf, asked: Sequence[Asked]) -> tuple[list[_One], list[str]]:
    """Each publisher's figure; then those whose reports print none, or several that the words fit."""
    found: list[_One] = []
    lacking: list[str] = []
    for desk in desks(shelf, asked):
        one = printed(desk.figure(desk.phrase))
        if one and not one.rivals and one.fact.amount is not None:
            found.append(_One(desk.scope.publisher, one, one.fact.amount))
        else:
            lacking.append(desk.scope.publisher)
    return found, lacking


def _about(question: Question, publisher: str, shelf: Sequence[Disclosure]) -> Question:
    """The question of one publisher; what is said behind its name (2016年的收入决算) is said of it alone."""
    about = replace(question, named=replace(question.named, publishers=(publisher,), ambiguous=(), unknown=""))
    spans, text = question.named.spans, smooth(question.text)
    if publisher not in question.named.publishers or len(spans) != len(question.named.publishers) or len(spans) < 2:
        return about
    at = question.named.publishers.index(publisher)
    behind = text[spans[at][1] : spans[at + 1][0]] if at + 1 < len(spans) else text[spans[at][1] :]
    own = understand(_JOINT.sub("", behind) if at + 1 < len(spans) else behind, shelf)
    if not own.items:
        return about if not own.years else replace(about, years=own.years)
    return replace(about, years=own.years or about.years, kind=own.kind, basis=own.basis, items=own.items, said=own.said, relative=own.relative)


_JOINT = re.compile(r"\s*(?:和|与|跟|及|以及|还有|比|、|，)?\s*(?:[一-龥]{2,8}[省市区县])?$")
"""What stands before the next name: 和普陀区|建管委."""


def _one_item(found: Sequence[_One], alike: float = 0.0) -> bool:
    """Whether all figures are of one item: 收入 is never held against 三公经费. `alike`: the part of their pairs that the names share."""
    names = [core(item_of(one.found.fact)) for one in found]
    return all(name == names[0] or _shared(name, names[0]) > alike or is_generic(name) and is_generic(names[0]) for name in names)


def _shared(one: str, other: str) -> float:
    return len(bigrams(one) & bigrams(other)) / max(len(bigrams(one)), len(bigrams(other)), 1)


_ALIKE = 0.3
"""公务用车运行维护费 and 公务用车运行费, 支出总计 and 支出合计; not 公务接待费 and 公务用车运行费."""


def _ordered(question: Question, found: list[_One], notices: tuple[str, ...]) -> Finding:
    least = question.ask is Ask.LEAST or bool(_LESS.search(question.text))
    order = sorted(found, key=lambda one: one.amount.value, reverse=not least)
    place = place_asked(question.text)
    first = order[place - 1] if 1 < place <= len(order) else order[0]
    item = f"“{item_of(first.found.fact)}”：" if _one_item(order, _ALIKE) else ""
    head = _placed(order, place) if first is not order[0] else _head(order, "最低" if least else "最高")
    told = Sentence(f"{item}{head}{_told(order)}。", _places(order))
    return Finding((told,), (Answered(first.amount, f"{first.name} {label_of(first.found.fact)}", first.found.fact),), (), _series(order), notices, _left_out(order))


def _placed(order: list[_One], place: int) -> str:
    """Who stands second, third…; nobody where the prints leave the place open."""
    near = [Operand(one.name, one.amount) for one in order[max(place - 2, 0) : place + 1]]
    open_place = any(tied(list(pair)) for pair in zip(near, near[1:], strict=False))
    return "相邻的数相同或分不出高低。" if open_place else f"排第{'零一二三四五六七八九十'[place] if place <= 10 else place}的是{order[place - 1].name}。"


def _head(order: list[_One], word: str) -> str:
    """Who has the most; of those that print the same figure all, and nobody where the prints leave it open."""
    if len(order) < 2:
        return ""
    same = [one.name for one in order if one.amount.value == order[0].amount.value]
    if len(same) > 1:
        return f"{'、'.join(same)}相同{'' if len(same) == len(order) else f'，都是{word}'}。"
    return "前两个的数按披露的位数分不出高低。" if tied([Operand(one.name, one.amount) for one in order[:2]]) else f"{order[0].name}{word}。"


def _two(question: Question, found: list[_One], lacking: Collection[str], notices: tuple[str, ...]) -> Finding | Missing:
    """How much more (how many times) the publisher named first has than the other; budgets are not held against outturns."""
    if lacking or len(found) != 2 or len({one.kind for one in found}) > 1:
        without = f"没有找到{'、'.join(lacking)}的数" if lacking else "两个部门没有同一口径的数"
        return Missing((Sentence(f"{without}，无法比较：{_told(found)}。", _places(found)),))
    first, second = sorted(found, key=lambda one: question.named.publishers.index(one.name))
    operands = tuple(Operand(one.name, one.amount, one.found.facts) for one in (first, second))
    try:
        worked = times(*operands) if question.ask is Ask.TIMES else difference(*operands)
    except ZeroDivisionError:
        return Missing((Sentence(f"{second.name}的数是零，没有倍数：{_told(found)}。", _places(found)),))
    item = item_of(first.found.fact)
    other = second.name if _one_item((first, second), _ALIKE) else f"{second.name}的“{item_of(second.found.fact)}”"
    said = f"是{other}的{worked.result}" if question.ask is Ask.TIMES else _apart(other, worked.result)
    told = Sentence(f"{first.name}的“{item}”{said}：{_told((first, second))}。", _places((first, second)))
    return Finding((told,), (Answered(replace(worked.result, number=abs(worked.result.number)), f"{item}之比" if question.ask is Ask.TIMES else f"{item}相差"),), (worked,), _series((first, second)), notices)


def _apart(name: str, less: Amount) -> str:
    """比乙局多3.48万元; nothing has risen or fallen between two publishers."""
    if less.number == 0:
        return f"与{name}相同"
    return f"比{name}{'多' if less.number > 0 else '少'}{turn_words(less)[2:]}"


def _in_all(question: Question, found: list[_One], lacking: Collection[str], notices: tuple[str, ...]) -> Finding | Missing:
    """The sum, of those alike alone; of publishers that are named, of all of them or none."""
    order = sorted(found, key=lambda one: one.amount.value, reverse=True)
    item, year = item_of(order[0].found.fact), order[0].found.fact.year
    if lacking and question.named.publishers:
        return Missing((Sentence(f"没有找到{'、'.join(lacking)}的“{item}”，无法合计。", ()),))
    if not _one_item(found, _ALIKE):
        return Missing((Sentence("各部门的不是同一项，无法合计。", ()),))
    if len({(one.found.fact.year, one.kind) for one in found}) > 1:
        return Missing((Sentence(f"各部门的“{item}”不是同一年度、同一口径的数，无法合计。请写明年度和预算或决算。", ()),))
    worked = total([Operand(one.name, one.amount, one.found.facts) for one in order])
    if len(order) > LISTED:
        worked = replace(worked, formula=f"{len(order)}个部门的数相加 = {worked.result}")
    label = f"{len(order)}个部门{year}年{item}（{basis_of(order[0].found.fact) or order[0].kind}）合计"
    told = Sentence(f"{label}{worked.result}：{_told(order)}。", _places(order))
    return Finding((told,), (Answered(worked.result, label),), (worked,), _series(order), notices, (*_left_out(order), *_counted(len(order))))


def _told(order: Sequence[_One]) -> str:
    """The first publishers' figures, each with its place, and how many more there are."""
    mixed, apart = len({one.kind for one in order}) > 1, not _one_item(order, _ALIKE)
    parts = [f"{one.name}{one.found.fact.year}年{f'“{item_of(one.found.fact)}”' if apart else ''}{one.kind if mixed else ''}{one.amount}{in_wan(one.amount)}{{{i}}}" for i, one in enumerate(order[:LISTED])]
    return "；".join((*parts, f"其余{len(order) - LISTED}个部门从略") if len(order) > LISTED else parts)


def _places(order: Sequence[_One]) -> tuple[tuple[Fact, ...], ...]:
    return tuple(one.found.facts for one in order[:LISTED])


def _series(order: Iterable[_One]) -> tuple[SeriesPoint, ...]:
    return tuple(SeriesPoint(one.name, one.amount, one.found.fact) for one in order)


def _left_out(order: Sequence[_One]) -> tuple[Amount, ...]:
    return _counted(len(order) - LISTED) if len(order) > LISTED else ()


def _counted(number: int) -> tuple[Amount, ...]:
    return tuple(mention.amount for mention in find_mentions(f"{number}个"))


def _absent(names: Sequence[str], why: str) -> tuple[str, ...]:
    """Who is not compared, and why."""
    if not names:
        return ()
    more = f"等{len(names)}个" if len(names) > LISTED else ""
    return (f"没有计入{'、'.join(names[:LISTED])}{more}：{why}。",)


def _setting(question: Question) -> str:
    years = "、".join(f"{year}年" for year in question.years)
    return f"{years}{question.kind or ''}" or "可比"


def _unlike(found: Sequence[_One]) -> tuple[str, ...]:
    """Said where figures of several years, or 预算 and 决算, stand in one row."""
    years, kinds = {one.found.fact.year for one in found}, Counter(one.kind for one in found)
    notices = ["各部门的数不是同一年度的，不宜直接比较。"] if len(years) > 1 else []
    notices += [f"其中{'，'.join(f'{number}个部门是{kind}数' for kind, number in sorted(kinds.items()))}，口径不同，不宜直接比较。"] if len(kinds) > 1 else []
    return tuple(notices)
