"""A question about agencies of a department (单位) → Finding told as theirs: one agency's figure, which has the most, one held against another.

Agencies are compared by the cells of one row and one column of one table; the department's own figure is no agency's.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Disclosure, Scope
from corpus.fact import Fact
from qa.asks import Ask
from qa.book import FORM_ITEMS, TOTALS, Book
from qa.calculate import Operand, difference, share, tied, times, total
from qa.change import printed, turn_words
from qa.desk import Desk
from qa.finding import Answered, Finding, Missing, Place, Sentence, SeriesPoint
from qa.naming import in_wan, item_of, label_of
from qa.question import Question, smooth
from qa.rank import GAP
from qa.sub_units import SubUnit, alone, part_of, reworded, said_in
from qa.wording import comparable

_WHICH = re.compile(
    r"(?:是|在|里|的)*(?:哪(?:一?[个家]|几[个家]|些)?(?:下属|所属|二级|预算|基层|直属)*单位|哪一?家(?:单位)?|(?:各|每)[个家]?(?:下属|所属|二级|预算|基层|直属)*单位(?:的)?|(?:下属|所属)单位(?:里|中|当中)?|的单位(?=是|[？?]|$)"
    r"|[两三四五六七八九十\d]+[个家](?:下属|所属)*单位(?:里|中|当中)?)"
)
_ORDER = re.compile(r"(?:谁家?)?(?:是|的)*(?:最[多少高低大小]的?|从[高低大小多少]到[高低大小多少]|由[高低大小多少]到[高低大小多少]|排(?:一?下|序|列|名|个序)+|排在?第一|居首)(?:的?是)?|(?:花|用|安排|列支|拿到?|有)(?:得|了)?(?=最)")
_LEAST = re.compile(r"最[少低小]|从[低小少]到|由[低小少]到")
_WHOLE = re.compile(r"全局|全部门|全系统|全市|整个(?:局|部门)|部门(?:总|合计|全部)|总(?:数|额|量)")
_EACH = re.compile(r"分别|各(?:自|是|有|为|花|用|安排)*(?:多少|几)|多少钱?各")
_RATE = re.compile(r"占比|比重|比例|人均|平均|每人|增幅|增速|增长|增加|减少|下降|[行成]率")
_IN_ALL = re.compile(r"一共|总共|合计|共计|加起来|之和|总和")
_ALL_MONEY = re.compile(r"预算|支出|收入|钱|经费|资金|规模|盘子|花")
Work = Callable[[Desk], Finding | Missing]


@dataclass(frozen=True)
class _One:
    """An agency's figure."""

    unit: str
    fact: Fact
    """As printed."""

    @property
    def operand(self) -> Operand:
        assert self.fact.amount is not None
        return Operand(self.unit, self.fact.amount, (self.fact,))


def about_units(question: Question, shelf: Sequence[Disclosure]) -> bool:
    """哪个单位 of the one department on the shelf means its agencies."""
    return len({disclosure.publisher for disclosure in shelf}) == 1 and bool(_WHICH.search(smooth(question.text)))


def by_unit(desk: Desk, work: Work) -> Finding | Missing:
    """What `work` finds, told as the agency's where the question names one; over several agencies their figures side by side."""
    if desk.scope.disclosures and all(disclosure.scope is Scope.GOVERNMENT for disclosure in desk.scope.disclosures):
        return work(desk)
    if len(desk.asked_units) > 1:
        return _several(desk)
    if desk.asked_units:
        return _of_whole(desk) or _told(desk, work(desk))
    return _ranked(desk) if _asks_which(desk) else work(desk)


def _asks_which(desk: Desk) -> bool:
    text = smooth(desk.question.text)
    each = _EACH.search(text) or re.search(r"各[个家]?(?:下属|所属|二级|预算|基层|直属)*单位", text) and re.search(r"多少|几", text) and not _IN_ALL.search(text)
    return bool(_WHICH.search(text)) and bool(_ORDER.search(text) or each) and not _RATE.search(text)


def _told(desk: Desk, result: Finding | Missing) -> Finding | Missing:
    """The agency's name before what was found, and every place as the report prints it."""
    unit = desk.asked_units[0]
    as_printed = {entry.fact.id: entry.fact for entry in desk.every}
    sentences = tuple(replace(one, text=_said_of(unit.name, one), places=tuple(tuple(_back(place, as_printed) for place in group) for group in one.places)) for one in result.sentences)
    if isinstance(result, Missing):
        return replace(result, sentences=sentences, choices=())
    if desk.question.ask in (Ask.WHY, Ask.TEXT) and not any(_names(unit, place) for one in sentences for group in one.places for place in group):
        return Missing((Sentence(f"报告没有单独说到{unit.name}的这一项，无法回答。"),))
    answered = tuple(replace(one, label=f"{unit.name}{one.label}", fact=as_printed.get(one.fact.id, one.fact) if one.fact else None) for one in result.answered)
    series = tuple(replace(point, fact=as_printed.get(point.fact.id, point.fact)) for point in result.series)
    return replace(result, sentences=sentences, answered=answered, series=series, notices=(*_heard(desk), *result.notices))


def _names(unit: SubUnit, place: Place) -> bool:
    """Whether a passage speaks of the agency itself; what it says of the department is not said of each."""
    return any(name in comparable(place.text) for name in (comparable(unit.name), comparable(unit.said)))


def _said_of(unit: str, one: Sentence) -> str:
    """The sentence with the agency before it; a total by what its form is the total of: 三公经费."""
    form = next((place.form for group in one.places for place in group if isinstance(place, Fact)), "")
    text = one.text.replace("“合计”", f"“{FORM_ITEMS[form]}”") if form in FORM_ITEMS else one.text
    return text if unit in text else f"{unit}：{text}"


def _back(place: Place, as_printed: dict[str, Fact]) -> Place:
    return as_printed.get(place.id, place) if isinstance(place, Fact) else place


def _of_whole(desk: Desk) -> Finding | Missing | None:
    """The agency's part of the department's figure: 执法支队占全局三公经费的多少."""
    unit = desk.asked_units[0]
    behind = said_in(desk.question).partition(unit.said)[2]
    if desk.question.ask is not Ask.SHARE or not _WHOLE.search(desk.question.text) and not re.match(r"(?:要|能|大概|大约)*(?:占|的?(?:占比|比重|比例))", behind):
        return None
    text = re.sub(rf"占(?:了|到)?|(?:的|里|中)?(?:{_WHOLE.pattern})(?:的|里|中)?|(?:百分之)?多少|几成|多大|比[例重]|百分比", " ", _without_names(desk))
    asked = replace(desk, question=reworded(desk.question, text, desk.shelf.disclosures()))
    part = _figure(asked, unit.name)
    whole = _of_all(asked, part) if part else None
    if part is None or whole is None or whole.amount is None:
        return Missing((Sentence(f"没有找到{unit.name}和全部门同一口径的数，无法回答。"),))
    one = _One(unit.name, part)
    try:
        worked = share(one.operand, Operand("全部门", whole.amount, (whole,)))
    except ZeroDivisionError:
        return Missing((Sentence("全部门的数是零，没有占比，无法回答。"),))
    text = f"{one.unit}占全部门“{_row(part)}”的{worked.result}：{one.operand.amount}{{0}} ÷ {whole.amount}{{1}}。"
    return Finding((Sentence(text, ((part,), (whole,))),), (Answered(worked.result, f"{one.unit}占比"),), (worked,), notices=_heard(desk))


def _of_all(desk: Desk, part: Fact) -> Fact | None:
    """The department's figure of an agency's: the total of its table and column, or the row of the same name."""
    if len(part.item) == 1:
        beside = (entry.fact for entry in desk.every if entry.fact.table_id == part.table_id and entry.fact.column == part.column)
        return next((fact for fact in beside if len(fact.item) == 1 and comparable(fact.item[-1]) in TOTALS), None)
    found = printed(replace(desk, book=_book(desk)).figure(desk.phrase))
    return found.fact if found and not found.rivals and found.fact.item and comparable(found.fact.item[-1]) == comparable(part.item[-1]) else None


def _several(desk: Desk) -> Finding | Missing:
    """One item of the agencies named: how much more the first has, which has the most, what they come to, or each for itself."""
    text = re.sub(_BETWEEN, " ", _without_names(desk))
    asked = replace(desk, question=reworded(desk.question, text, desk.shelf.disclosures()))
    names = [unit.name for unit in desk.asked_units]
    found, lacking = _of_each(asked, names)
    if lacking or len(found) < 2 or desk.question.ask in (Ask.SHARE, Ask.AVERAGE, Ask.GROWTH, Ask.COMPLETION, Ask.REMAINING):
        return Missing((Sentence(f"没有找到{'、'.join(lacking or names)}同一张表、同一栏的“{asked.phrase}”，无法回答。"),))
    if desk.question.ask in (Ask.CHANGE, Ask.TIMES) and len(found) == 2:
        return _two(desk, found[0], found[1])
    if desk.question.ask is Ask.SUM or _IN_ALL.search(desk.question.text):
        worked = total([one.operand for one in found])
        told = Sentence(f"{'、'.join(names)}的“{_row(found[0].fact)}”合计{worked.result}：{_listed(found)}。", _places(found))
        return Finding((told,), (Answered(worked.result, f"{_row(found[0].fact)}合计"),), (worked,), notices=_heard(desk))
    result = _in_order(desk, found, ())
    return _with_gap(found, result) if isinstance(result, Finding) and len(found) == 2 and GAP.search(desk.question.text) else result


def _with_gap(found: Sequence[_One], result: Finding) -> Finding:
    """哪个多，多多少: by how much besides which."""
    worked = difference(*sorted((one.operand for one in found), key=lambda one: -one.amount.value))
    told = Sentence(f"相差{worked.result}。")
    return replace(result, sentences=(*result.sentences, told), answered=(Answered(worked.result, "相差"), *result.answered), calculations=(*result.calculations, worked))


def _two(desk: Desk, one: _One, other: _One) -> Finding | Missing:
    try:
        worked = times(one.operand, other.operand) if desk.question.ask is Ask.TIMES else difference(one.operand, other.operand)
    except ZeroDivisionError:
        return Missing((Sentence(f"{other.unit}的数是零，没有倍数，无法回答。"),))
    said = f"是{other.unit}的{worked.result}" if desk.question.ask is Ask.TIMES else f"比{other.unit}{turn_words(worked.result)}"
    told = Sentence(f"{one.unit}的“{_row(one.fact)}”{said}：{_listed((one, other))}。", _places((one, other)))
    answered = Answered(replace(worked.result, number=abs(worked.result.number)), f"{_row(one.fact)}相差")
    return Finding((told,), (answered,), (worked,), notices=_heard(desk))


def _ranked(desk: Desk) -> Finding | Missing:
    """Every agency's figure of one item, in order; none, where one that prints it blank could be the least."""
    units = tuple(dict.fromkeys(name for names in desk.units.values() for name in names))
    if not units:
        return Missing((Sentence("报告没有按所属单位列出这一项，无法回答。"),))
    text = _ORDER.sub(" ", _EACH.sub(" ", _WHICH.sub(" ", smooth(desk.question.text))))
    asked = replace(desk, question=reworded(desk.question, _without_publisher(text, desk), desk.shelf.disclosures()))
    if not asked.phrase and not _ALL_MONEY.search(text):
        return Missing((Sentence("问题没有说按哪一项比较各单位，无法回答。"),))
    found, lacking = _of_each(asked, units)
    if not found:
        return Missing((Sentence(f"报告没有按所属单位列出“{asked.phrase or '这一项'}”，无法回答。"),))
    if lacking and _LEAST.search(desk.question.text):
        return Missing((Sentence(f"{'、'.join(lacking)}没有印出“{_row(found[0].fact)}”的数（空白不等于零），比不出最少，无法回答。"),))
    notices = (f"{'、'.join(lacking)}没有印出这一项的数（空白不等于零），没有计入。",) if lacking else ()
    return _in_order(desk, found, notices)


def _in_order(desk: Desk, found: Sequence[_One], notices: tuple[str, ...]) -> Finding:
    least = bool(_LEAST.search(desk.question.text))
    order = sorted(found, key=lambda one: one.operand.amount.value, reverse=not least)
    first, item = order[0], _row(order[0].fact)
    close = tied([one.operand for one in order[:2]])
    if len(order) == 1:
        head = f"“{item}”只有{first.unit}一个单位印有数，为"
    elif not _ORDER.search(desk.question.text) and desk.question.ask not in (Ask.COMPARE, Ask.MOST, Ask.LEAST):
        head = f"各单位的“{item}”："
    else:
        head = f"“{item}”{'最少' if least else '最多'}的单位是{'、'.join(one.unit for one in order if one.operand.amount.value == first.operand.amount.value)}："
    notices = (*_heard(desk), *notices, *(("前两个的数按披露的位数分不出高低。",) if close else ()))
    answered = tuple(Answered(one.operand.amount, f"{one.unit}{label_of(one.fact)}", one.fact) for one in (order if "各单位" in head else order[:1]))
    return Finding((Sentence(f"{head}{_listed(order)}。", _places(order)),), answered, (), tuple(SeriesPoint(one.unit, one.operand.amount, one.fact) for one in order), notices)


def _of_each(desk: Desk, units: Sequence[str]) -> tuple[list[_One], list[str]]:
    """Each agency's figure in one row and column of one table; then those that print none there."""
    places = {unit: _places_of(desk, unit) for unit in units}
    common = [key for key in dict.fromkeys(key for found in places.values() for key in found) if all(key in found for found in places.values() if found)]
    if not common:
        return [], list(units)
    found = [_One(unit, fact) for unit in units if (fact := places[unit].get(common[0])) is not None and fact.amount is not None]
    return found, [unit for unit in units if unit not in {one.unit for one in found}]


_Key = tuple[object, ...]


def _places_of(desk: Desk, unit: str) -> dict[_Key, Fact]:
    """Where the agency's figure (or its blank) is printed, by table, row and column."""
    own = replace(desk, book=_book(desk, unit))
    found = own.figure(desk.phrase)
    if found is None or found.rivals:
        return {}
    as_printed = {entry.fact.id: entry.fact for entry in desk.every}
    return {(fact.disclosure, fact.table_id, fact.item, fact.column, fact.year): as_printed[fact.id] for fact in found.facts if fact.id in as_printed}


def _figure(desk: Desk, unit: str) -> Fact | None:
    return next((fact for fact in _places_of(desk, unit).values() if fact.amount is not None), None)


def _book(desk: Desk, unit: str = "") -> Book:
    return part_of(replace(desk.book, entries=desk.every), desk.units, unit)


def _row(fact: Fact) -> str:
    """What an agency's figure is of: its row under the agency, else its column."""
    named = item_of(alone(fact, (fact,)))
    return named if named != "合计" else FORM_ITEMS.get(fact.form) or fact.table


def _listed(order: Sequence[_One]) -> str:
    parts = [f"{one.unit}{one.operand.amount}{in_wan(one.operand.amount)}{{{i}}}" for i, one in enumerate(order[:_SHOWN])]
    return "；".join((*parts, "其余从略") if len(order) > _SHOWN else parts)


_SHOWN = 8
_BETWEEN = re.compile(r"(?:比|和|与|跟|同|及|、|还是)(?=\s)|(?<=\s)(?:相比|加起来|[两三四]个?(?:家|单位))|(?:哪一?[个家]|谁)(?:单位)?(?:的)?|(?:更|相)?[多少高低大小差](?:了|出|一?些|一?点)?(?=多少|几|[？?]|$)|是[^，？]*(?=的?(?:多少|几)倍)|(?:多少|几)倍|一共|总共|合计|共计|加起来|之和|分别|各")


def _places(order: Sequence[_One]) -> tuple[tuple[Fact, ...], ...]:
    return tuple((one.fact,) for one in order[:_SHOWN])


def _without_names(desk: Desk) -> str:
    text = said_in(desk.question)
    for unit in desk.asked_units:
        text = text.replace(unit.said, " ", 1)
    return _without_publisher(text, desk)


def _without_publisher(text: str, desk: Desk) -> str:
    for name in (desk.scope.publisher, *(alias for d in desk.scope.disclosures for alias in d.aliases)):
        text = text.replace(name, " ")
    return text


def _heard(desk: Desk) -> tuple[str, ...]:
    return tuple(f"“{unit.said}”按“{unit.name}”理解。" for unit in desk.asked_units if comparable(unit.said) != comparable(unit.name))
