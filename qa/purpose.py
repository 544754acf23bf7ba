"""A question for what the report names only as a purpose (主要用于人口抽样调查工作) → the figure of the item that is for nothing else.

An item with several purposes prints no figure of one of them: it answers only who names them all.
"""

import re

from corpus.fact import Basis, Fact, Measure, Origin
from qa.asks import Ask
from qa.desk import Desk, printed
from qa.find import handicap
from qa.finding import Answered, Finding, Sentence
from qa.naming import in_wan, item_of, label_of, spoken_basis
from qa.wording import bigrams, comparable

PURPOSE = re.compile(r"[，,]?\s*(?:主要|分别|专门|全部|具体)?用于(?!的)[:：]?\s*(?P<uses>[^。；]+)")
_PARTS = re.compile(r"[、，,]|以及|和(?=[^，、]{3})|及(?=[^，、]{3})|与(?=[^，、]{3})")
_EMPTY = re.compile(r"(?:等)?(?:方面|相关|各项|各类)?(?:的)?(?:工作|支出|经费|费用|资金|项目|活动|事项)*(?:等)?$|^(?:开展|支付|安排|用于|保障|实施|落实|发放)")
SAID, NAMED = 0.9, 0.75
"""How much of the question's words the purposes must hold, and of each purpose the question."""
TELLING = 3
"""Pairs of signs (免费开放) that tell a purpose."""


def by_purpose(desk: Desk) -> Finding | None:
    """None where no item, or more than one, has just this purpose."""
    if desk.question.ask is not Ask.LOOKUP or not desk.phrase or len(desk.scope.years) > 1:
        return None
    scope = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}
    facts = printed(entry.fact for entry in desk.book.entries if entry.fact.origin is Origin.PROSE and entry.fact.measure is Measure.AMOUNT)
    meant = [fact for fact in facts if _is_for(fact, desk.phrase) and handicap(fact, scope, desk.wanted(), True) is not None]
    if not meant or len({(fact.item, fact.amount) for fact in meant}) > 1:
        return None
    return _spent(desk, meant[0]) if _SPENT.search(desk.question.text) and meant[0].basis in _PLANNED else _told(desk, meant[0], meant[0])


_SPENT = re.compile(r"花(?:了|掉|出|费)|用(?:了|掉)|实际|执行|支出了|开支了")
_PLANNED = (Basis.BUDGET, Basis.OPENING, Basis.ADJUSTED)


def _spent(desk: Desk, planned: Fact) -> Finding | None:
    """微型消防站花了多少, of a year gone by: what was spent on the item (2025年当年预算执行数98.23万元), not what had been planned (石泉路街道 2026)."""
    if all(planned.year >= disclosure.year for disclosure in desk.scope.disclosures if disclosure.id == planned.disclosure):
        return _told(desk, planned, planned)  # of the year ahead there is nothing but the plan, which the answer calls by its name
    found = desk.figure(" ".join(planned.item), planned.year, basis=Basis.EXECUTED)
    fits = found and not found.rivals and found.fact.basis is Basis.EXECUTED and found.fact.item[-1:] == planned.item[-1:]
    return _told(desk, found.fact, planned) if found and fits and found.fact.amount else None


def _is_for(fact: Fact, phrase: str) -> bool:
    said = PURPOSE.search(fact.text)
    if said is None:
        return False
    uses = [_EMPTY.sub("", part) for part in _PARTS.split(said["uses"])]
    need = frozenset(pair for word in phrase.split() for pair in bigrams(_EMPTY.sub("", word)))
    held = [bigrams(use) for use in uses if len(comparable(use)) > 1]
    if not need or not held or len(need & frozenset().union(*held)) < SAID * len(need):
        return False
    own = [_own(use, need) for use in held]
    return all(own)


def _own(use: frozenset[str], need: frozenset[str]) -> bool:
    """Whether the question names this purpose: most of it, or its telling end (免费开放 of 所属事业单位开展免费开放项目), never one word of it."""
    shared = len(use & need)
    return shared >= NAMED * min(len(use), len(need)) and (shared >= TELLING or 2 * shared >= len(use))


def _told(desk: Desk, fact: Fact, explained: Fact) -> Finding:
    """The item's figure and, from where it is explained, what it is for."""
    assert fact.amount is not None
    said = PURPOSE.search(explained.text)
    purpose = said[0].strip("，, ") if said else ""
    text = f"{fact.year}年“{item_of(fact)}”{spoken_basis(fact, desk.kind)}为{fact.amount}{in_wan(fact.amount)}{{0}}，报告写明{purpose}。"
    return Finding((Sentence(text, ((fact, *((explained,) if explained != fact else ())),)),), (Answered(fact.amount, label_of(fact), fact),))
