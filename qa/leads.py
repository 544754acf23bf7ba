"""A question that was answered → what may be asked next, in whole questions that the shelf can take."""

from collections.abc import Sequence

from corpus.disclosure import Disclosure
from qa.asks import Ask
from qa.question import Question
from qa.settle import Scope


def follow_ups(asked: Question, scope: Scope | None, shelf: Sequence[Disclosure]) -> tuple[str, ...]:
    """Up to three questions that lead on from this one and that the shelf can take."""
    if scope is None or not asked.items:
        return ()
    item, who, year = asked.items[0].replace(" ", ""), scope.publisher, scope.years[0]
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
