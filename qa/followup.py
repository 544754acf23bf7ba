"""A follow-up (那2024年呢？占多少？为什么？) and the conversation before it → the whole question; and what may be asked next."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Disclosure
from qa.asks import Ask
from qa.question import Question, understand
from qa.settle import Refused, Scope, settle

_LEANS = re.compile(r"^(?:那么?|那|它|其|这|该|同样|还有|再)|呢[？?]?$|^(?:为什么|为啥|占多少|占比|增长|增加|减少|完成率|平均|什么意思)")


def completed(asked: Question, history: Sequence[str], shelf: Sequence[Disclosure]) -> tuple[Question, Scope | None]:
    """The question with what it leaves out taken from the last one, and the scope that the last one had."""
    if not history:
        return asked, None
    last = understand(history[-1], shelf)
    scope = settle(last, shelf)
    before = None if isinstance(scope, Refused) else scope
    if asked.named.publishers or asked.named.unknown and not _leans(asked):
        return (asked, before) if asked.items or not _leans(asked) else (_merged(asked, last), before)
    if not _leans(asked) and asked.items and asked.ask not in (Ask.WHY, Ask.SHARE):
        return replace(asked, text=whole_question(asked, before)), before
    return _merged(asked, last, before), before


def _leans(asked: Question) -> bool:
    return bool(_LEANS.search(asked.text)) or not asked.items


def _merged(asked: Question, last: Question, before: Scope | None = None) -> Question:
    items = asked.items or last.items
    bare = re.fullmatch(r"(?:那么?|那)?.{0,12}呢[？?]?", asked.text) is not None
    ask = last.ask if bare and asked.ask is Ask.LOOKUP else asked.ask
    merged = replace(
        asked, items=items, ask=ask, years=asked.years or last.years, kind=asked.kind or last.kind, counters=asked.counters or (last.counters if bare else ()),
        whole=asked.whole or (last.whole if bare else ""), basis=asked.basis or (last.basis if bare else asked.basis),
    )  # fmt: skip
    return replace(merged, text=whole_question(merged, before))


def whole_question(asked: Question, before: Scope | None) -> str:
    """The question in full, as it was understood: shown to the reader and kept as the conversation."""
    publisher = asked.named.publishers[0] if asked.named.publishers else (before.publisher if before else "")
    years = "、".join(f"{year}年" for year in asked.years) or ("、".join(f"{year}年" for year in before.years if year) if before else "")
    words = {
        Ask.LOOKUP: "是多少", Ask.WHY: {1: "为什么增加", -1: "为什么减少"}.get(asked.falling, "为什么变化"), Ask.SHARE: f"占{asked.whole or ''}多少", Ask.CHANGE: "比上年增加多少", Ask.GROWTH: "比上年增长百分之多少",
        Ask.COMPLETION: "完成预算的百分之几", Ask.DEFINE: "是什么意思", Ask.REMAINING: "还剩多少没花完",
    }.get(asked.ask, "")  # fmt: skip
    if not words:
        return f"{publisher if publisher not in asked.text else ''}{asked.text}"
    items = "、".join(re.sub(r"^(?:那么?|它的?|其)|呢$", "", item) for item in asked.items)
    return f"{publisher}{years}{items}{asked.kind or ''}{words}？"


def follow_ups(asked: Question, scope: Scope | None, shelf: Sequence[Disclosure]) -> tuple[str, ...]:
    """Up to three questions that lead on from this one and that the shelf can take."""
    if scope is None or not asked.items:
        return ()
    item, who, year = asked.items[0], scope.publisher, scope.years[0]
    if not year:
        return ()
    others = sorted({d.year for d in shelf if d.publisher == who and d.kind is scope.kind and d.year != year}, reverse=True)
    if asked.ask is Ask.DEFINE:
        return (f"{who}{year}年{item}是多少？",)
    options = [f"{who}{other}年{item}是多少？" for other in others[:1]]
    if asked.ask is not Ask.WHY:
        options.append(f"{who}{year}年{item}为什么变化？")
    if asked.ask is not Ask.CHANGE:
        options.append(f"{who}{year}年{item}比上年增加多少？")
    options.append(f"{who}{year}年支出最多的是哪一类？")
    return tuple(options[:3])
