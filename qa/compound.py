"""「甲局2026年三公经费」加上「乙局2026年三公经费」是多少？ → each question in brackets answered alone, and their figures worked with.

This is how figures of a conversation are asked for together: whatever is added, compared or shared is named in the question itself.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from corpus.fact import Basis, Fact, Measure
from qa.calculate import Calculation, Operand, difference, growth, mean, share, tied, times, total
from qa.finding import Answered, Finding, Missing, Place, Sentence, SeriesPoint
from qa.naming import in_wan
from qa.settle import Refused

Answering = Callable[[str], Finding | Missing | Refused | None]
"""What a question alone is answered with."""


class Form(Enum):
    """What is asked of the figures."""

    CHAIN = "加减"
    MORE = "相差"
    GROWTH = "增减率"
    MOST = "最大"
    LEAST = "最小"
    MEAN = "平均"
    TIMES = "倍数"
    SHARE = "占比"


_SAID: dict[Form, tuple[tuple[str, ...], str]] = {
    Form.CHAIN: (("加上", "减去"), "是多少？"), Form.MORE: (("比",), "多多少？"), Form.GROWTH: (("比",), "增长百分之几？"), Form.MOST: (("、", "与"), "哪个多？"),
    Form.LEAST: (("、", "与"), "哪个少？"), Form.MEAN: (("、", "与"), "平均是多少？"), Form.TIMES: (("是",), "的几倍？"), Form.SHARE: (("占",), "的百分之几？"),
}  # fmt: skip
"""What stands between the figures, and behind the last."""


@dataclass(frozen=True)
class Compound:
    """Names of figures (上海市甲局2026年三公经费) and what is asked of them."""

    form: Form
    parts: tuple[str, ...]
    less: frozenset[int] = frozenset()
    """Of a chain, the places of the parts that are taken away."""

    @property
    def text(self) -> str:
        marks, tail = _SAID[self.form]
        if self.form is Form.SHARE:
            return "加上".join(f"「{part}」" for part in self.parts[:-1]) + f"占「{self.parts[-1]}」{tail}"
        glue = [marks[1 if n in self.less else 0] for n in range(1, len(self.parts))]
        if self.form in (Form.MOST, Form.LEAST, Form.MEAN) and glue:
            glue[-1] = "与"
        return "".join(f"{mark}「{part}」" for mark, part in zip(("", *glue), self.parts, strict=True)) + tail


MOST_PARTS = 9
"""A sentence has ten places for marks."""
_TWO = (Form.MORE, Form.GROWTH, Form.TIMES, Form.SHARE)


def compound_in(text: str) -> Compound | None:
    """None where a question is no compound one."""
    words = re.split(r"「([^「」]+)」", text.strip())
    glue, parts, tail = words[2:-1:2], tuple(words[1::2]), words[-1].replace("?", "？")
    if words[0] or not 1 < len(parts) <= MOST_PARTS:
        return None
    if tail.rstrip("？") == "的百分之几" and glue[-1] == "占" and set(glue[:-1]) == {"加上"}:
        return Compound(Form.SHARE, parts)
    form = next((form for form, (marks, end) in _SAID.items() if end.rstrip("？") == tail.rstrip("？") and set(glue) <= set(marks)), None)
    if form is None or form in _TWO and len(parts) != 2:  # a sum's share has three or more
        return None
    return Compound(form, parts, frozenset(n for n, mark in enumerate(glue, 1) if mark == "减去"))


def question_of(part: str) -> str:
    """The question that a name in brackets stands for."""
    return f"{part}？" if re.search(r"多少|几", part) else f"{part}是多少？"


@dataclass(frozen=True)
class _Part:
    name: str
    found: Finding
    operand: Operand
    fact: Fact


def worked_together(asked: Compound, answering: Answering) -> Finding | Missing:
    """The figures worked with, each cited; nothing where one is not found or they are not alike."""
    parts: list[_Part] = []
    for name in asked.parts:
        part = _part(name, answering(question_of(name)))
        if part is None:
            return _no(f"没有找到“{name}”的一个确定的数，无法计算。")
        parts.append(part)
    if unlike := _unlike(asked, parts):
        return _no(f"{unlike}，无法计算。", parts)
    try:
        return _WORK[asked.form](asked, parts)
    except ZeroDivisionError:
        return _no(f"“{parts[1].name}”是零，没有比率。", parts)


def _part(name: str, found: Finding | Missing | Refused | None) -> _Part | None:
    if not isinstance(found, Finding) or len(found.answered) != 1:
        return None
    one = found.answered[0]
    places = _places(found)
    facts = tuple(place for place in places if isinstance(place, Fact))
    fact = one.fact or next(iter(facts), None)
    if fact is None or not found.sentences or one.fact is None and not found.calculations:
        return None
    own = tuple(fact for fact in facts if fact.amount == one.amount) or (fact,)
    return _Part(name, found, Operand(name, one.amount, own if one.fact else facts), fact)


def _places(found: Finding) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(place for sentence in found.sentences for group in sentence.places for place in group))


def _unlike(asked: Compound, parts: Sequence[_Part]) -> str:
    """Why the figures may not be worked with together; '' where they may."""
    if len({part.operand.amount.unit.base for part in parts}) > 1:
        return "这几个数的单位不同"
    if len({part.fact.id for part in parts if part.found.answered[0].fact}) < sum(bool(part.found.answered[0].fact) for part in parts):
        return "问到的是同一个数"
    if any(part.found.answered[0].fact and part.fact.measure not in (Measure.AMOUNT, Measure.COUNT) for part in parts):
        return "这几个数不都是金额"
    publishers, years = {part.fact.disclosure for part in parts}, {part.fact.year for part in parts}
    mixed = len({_planned(part.fact) for part in parts if part.fact.measure is Measure.AMOUNT}) > 1
    return "这几个数有的是预算、有的是决算" if mixed and (len(publishers) > 1 or len(years) > 1 or asked.form in (Form.CHAIN, Form.MEAN)) else ""


def _planned(fact: Fact) -> bool:
    return fact.basis in (Basis.OPENING, Basis.ADJUSTED, Basis.BUDGET, Basis.TARGET)


def _no(text: str, parts: Sequence[_Part] = ()) -> Missing:
    listed = "，".join(_listed(parts))
    return Missing((Sentence(f"{text}{f'{listed}。' if listed else ''}", _marks(parts)),))


def _listed(parts: Sequence[_Part]) -> list[str]:
    return [f"{part.name}{part.operand.amount}{in_wan(part.operand.amount)}{{{n}}}" for n, part in enumerate(parts)]


def _marks(parts: Sequence[_Part]) -> tuple[tuple[Place, ...], ...]:
    return tuple(part.operand.facts for part in parts)


def _told(lead: str, parts: Sequence[_Part], worked: Sequence[Calculation], label: str) -> Finding:
    calculations = (*(one for part in parts for one in part.found.calculations), *worked)
    notices = tuple(dict.fromkeys(note for part in parts for note in part.found.notices))
    result = worked[-1].result
    shown = Answered(replace(result, number=abs(result.number)) if label.endswith("相差") else result, label)
    return Finding((Sentence(f"{lead}：{'，'.join(_listed(parts))}。", _marks(parts)),), (shown,), calculations, _series(parts), notices)


def _series(parts: Sequence[_Part]) -> tuple[SeriesPoint, ...]:
    return tuple(SeriesPoint(part.name, part.operand.amount, part.fact) for part in parts if part.found.answered[0].fact)


def _chain(asked: Compound, parts: Sequence[_Part]) -> Finding:
    first = total([part.operand for n, part in enumerate(parts) if n not in asked.less])
    worked = [first] if len(parts) - len(asked.less) > 1 else []
    left = Operand("合计", first.result)
    for n in sorted(asked.less):
        worked.append(difference(left, parts[n].operand))
        left = Operand("余数", worked[-1].result)
    said = f"{'合计' if not asked.less else '结果是'}{left.amount}{in_wan(left.amount)}"
    return _told(said, parts, worked, "合计" if not asked.less else "加减的结果")


def _more(asked: Compound, parts: Sequence[_Part]) -> Finding:
    worked = difference(parts[0].operand, parts[1].operand)
    apart = replace(worked.result, number=abs(worked.result.number))
    turn = "多" if worked.result.number > 0 else "少"
    said = f"{turn}{apart}{in_wan(apart)}" if apart.number else f"相差{apart}"
    return _told(f"“{parts[0].name}”比“{parts[1].name}”{said}", parts, (worked,), "相差")


def _grown(asked: Compound, parts: Sequence[_Part]) -> Finding:
    worked = growth(parts[0].operand, parts[1].operand)
    return _told(f"“{parts[0].name}”比“{parts[1].name}”{'增长' if worked.result.number >= 0 else '下降'}{replace(worked.result, number=abs(worked.result.number))}", parts, (worked,), "增减率")


def _order(asked: Compound, parts: Sequence[_Part]) -> Finding:
    least = asked.form is Form.LEAST
    order = sorted(parts, key=lambda part: part.operand.amount.value, reverse=not least)
    first, second = order[0], order[1]
    close = tied([first.operand, second.operand])
    same = first.operand.amount.value == second.operand.amount.value
    said = f"“{first.name}”与“{second.name}”相同" if same else f"“{first.name}”{'最' if len(order) > 2 else '更'}{'少' if least else '多'}"
    notices = ("前两个的数按披露的位数分不出高低。",) if close and not same else ()
    found = Finding((Sentence(f"{said}：{'，'.join(_listed(order))}。", _marks(order)),), (Answered(first.operand.amount, first.name, first.found.answered[0].fact),), series=_series(order))
    return replace(found, calculations=tuple(one for part in parts for one in part.found.calculations), notices=notices)


def _mean(asked: Compound, parts: Sequence[_Part]) -> Finding:
    worked = mean([part.operand for part in parts], len(parts))
    return _told(f"平均{worked.result}{in_wan(worked.result)}", parts, (worked,), "平均")


def _times(asked: Compound, parts: Sequence[_Part]) -> Finding:
    worked = times(parts[0].operand, parts[1].operand)
    return _told(f"“{parts[0].name}”是“{parts[1].name}”的{worked.result}", parts, (worked,), "倍数")


def _share(asked: Compound, parts: Sequence[_Part]) -> Finding | Missing:
    *some, whole = (one.operand for one in parts)
    added = (total(some),) if len(some) > 1 else ()
    part = Operand("合计", added[0].result) if added else some[0]
    if part.amount.value > whole.amount.value:
        return _no(f"“{part.name}”大于“{whole.name}”，不是它的一部分。", parts)
    worked = share(part, whole)
    said = f"合计{part.amount}" if added else f"“{part.name}”"
    return _told(f"{said}相当于“{whole.name}”的{worked.result}", parts, (*added, worked), "占比")


_WORK: dict[Form, Callable[[Compound, Sequence[_Part]], Finding | Missing]] = {
    Form.CHAIN: _chain, Form.MORE: _more, Form.GROWTH: _grown, Form.MOST: _order, Form.LEAST: _order, Form.MEAN: _mean, Form.TIMES: _times, Form.SHARE: _share,
}  # fmt: skip
