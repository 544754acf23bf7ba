"""A question for what a sum consists of (三公经费的构成, 各类支出各占多少) → Finding: the parts with their shares, where they add up to the whole."""

import re
from dataclasses import replace

from corpus.amount import Amount
from qa.asks import Ask
from qa.calculate import Calculation, Operand, share, total
from qa.change import operand, printed
from qa.desk import Desk
from qa.find import Found
from qa.finding import Answered, Finding, Sentence, SeriesPoint
from qa.naming import in_wan, item_of, label_of
from qa.rank import parts_of

_ASKS = re.compile(
    r"构成|组成|结构|(?:各|每一?)(?:个|项|类|部分|科目)[^，。？]{0,8}(?:多少|占|比[例重]|情况)|分(?:科目|项|类)(?:是|为|有|的)?(?:多少|情况|看|列)|(?:由|包括|包含)(?:哪|几)[几]?(?:项|类|部分)"
)
_OF_UNITS = re.compile(r"单位|机构|部门(?!预算|决算)|人员|职责")
_NAMED = re.compile(r"由|是什么|是啥|怎么样?|哪几?|几|各|每一?|分(?=科目|项|类)|个|项(?!目)|类|部分|科目|分别|情况|构成|组成|结构|包括|包含|按(?:功能|经济)?分类|占比|比[例重]|占|多少|的|[？?]")
_FOR = (Ask.LOOKUP, Ask.SHARE, Ask.SUM, Ask.COUNT, Ask.DEFINE, Ask.TEXT)
_MOST = 9
"""Parts: a sentence has ten places for marks, one is the whole's."""


def composition(desk: Desk) -> Finding | None:
    """None where the parts found do not add up to the printed whole: then they are not all of them, or not its own."""
    if desk.question.ask not in _FOR or not _ASKS.search(desk.question.text) or _OF_UNITS.search(desk.question.text) or len(desk.scope.years) > 1:
        return None
    about = _about(desk)
    parts = parts_of(about)
    whole = printed(about.figure(about.phrase or "支出"))
    if not parts or not 1 < len(parts) <= _MOST or whole is None or whole.rivals:
        return None
    return _told(parts, whole)


def _about(desk: Desk) -> Desk:
    """The desk with the question for the whole: 三公经费 of 三公经费由哪几项构成."""
    words = tuple(words for item in desk.question.items if (words := re.sub(r"\s+", " ", _NAMED.sub(" ", item)).strip()))
    return replace(desk, question=replace(desk.question, items=words, counters=(), things=False))


def _told(parts: list[Found], whole: Found) -> Finding | None:
    ordered = sorted(map(operand, parts), key=lambda part: part.amount.value, reverse=True)
    of = operand(whole)
    try:
        added = total(ordered)
        shares = [share(part, of) for part in ordered]
    except (ValueError, ZeroDivisionError):
        return None
    if whole.fact in [part.facts[0] for part in ordered] or not _adds_up(added, of.amount):
        return None
    return _finding(ordered, of, whole, shares)


def _adds_up(added: Calculation, whole: Amount) -> bool:
    return added.interval.meets(whole.interval)


def _finding(ordered: list[Operand], of: Operand, whole: Found, shares: list[Calculation]) -> Finding:
    listed = "；".join(
        f"{item_of(part.facts[0])}{part.amount}{{{n}}}，占{worked.result}" for n, (part, worked) in enumerate(zip(ordered, shares, strict=True), 1)
    )
    text = f"{whole.fact.year}年“{item_of(whole.fact)}”{of.amount}{in_wan(of.amount)}{{0}}，构成：{listed}。"
    return Finding(
        (Sentence(text, (of.facts, *(part.facts for part in ordered))),), (Answered(of.amount, label_of(whole.fact), whole.fact),), tuple(shares),
        tuple(SeriesPoint(item_of(part.facts[0]), part.amount, part.facts[0]) for part in ordered),
    )  # fmt: skip
