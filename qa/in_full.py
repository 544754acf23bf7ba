"""What was understood of a question in its conversation → one whole question in plain words, which read alone asks just that.

Words are only taken where, understood again, they give the same question; where none do, there is no whole question.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from corpus.disclosure import Disclosure
from corpus.fact import Basis
from qa.asks import Ask
from qa.question import Question, bare, understand

_TAILS: dict[Ask, tuple[str, ...]] = {
    Ask.LOOKUP: ("是多少？", "有多少？"), Ask.CHANGE: ("比上年增加多少？",), Ask.GROWTH: ("比上年增长百分之多少？",), Ask.COMPLETION: ("完成预算的百分之几？",),
    Ask.DEFINE: ("是什么意思？",), Ask.REMAINING: ("还剩多少没花完？",), Ask.SUM: ("一共多少？",), Ask.EACH: ("分别是多少？",), Ask.TREND: ("的变化趋势？",),
    Ask.MOST: ("哪项最多？", "最多的是哪一类？"), Ask.LEAST: ("哪项最少？", "最少的是哪一类？"), Ask.COMPARE: ("哪个多？", "谁多？"),
}  # fmt: skip
_BASES = {Basis.OPENING: "年初预算", Basis.ADJUSTED: "全年预算", Basis.EXECUTED: "执行数", Basis.TARGET: "目标值", Basis.ACTUAL: "实际完成值"}


def in_full(meant: Question, shelf: Sequence[Disclosure], own: str = "", like: str = "") -> str:
    """The whole question; '' where no words are sure to say it. `own`: the reader's words, `like`: a question put in the same way."""
    put = () if own and meant.ask in (Ask.LOOKUP, Ask.COUNT, Ask.DEFINE, Ask.TEXT) else _put(meant)  # the reader's own words are never left out
    options = chain(_extended(meant, own) if own else (), put, _replaced(meant, like, shelf) if like and not own else ())
    return next((option for option in dict.fromkeys(map(_tidy, options)) if says(option, meant, shelf)), "")


def says(text: str, meant: Question, shelf: Sequence[Disclosure]) -> bool:
    """Whether words, read alone, ask just what is meant."""
    return _core(understand(text, shelf)) == _core(meant)


def _core(asked: Question) -> tuple[object, ...]:
    named, why = asked.named, asked.ask is Ask.WHY
    return (
        named.publishers, named.unknown if not named.publishers else "", asked.years, asked.relative if not asked.years else 1, asked.recent, asked.kind, asked.ask,
        asked.items, asked.whole, asked.counters, asked.basis, asked.everyone, asked.falling if why else 0,
    )  # fmt: skip


def who_when(asked: Question) -> str:
    """甲局2024年、2025年."""
    return who(asked) + "、".join(f"{year}年" for year in asked.years)


def who(asked: Question) -> str:
    return "和".join(asked.named.publishers) or asked.named.unknown


def items_of(asked: Question) -> Iterable[str]:
    """The item's words, the question's own first: 行政运行中的基本支出 where one is part of the other."""
    for words in dict.fromkeys((asked.said, asked.items)):
        yield "和".join(word.replace(" ", "中的") for word in words)
        yield "、".join(words)


def phrase(asked: Question, shelf: Sequence[Disclosure]) -> str:
    """What a single figure is called in full (甲局2024年公务接待费预算); '' where no words are sure to."""
    whole = in_full(asked, shelf)
    return whole.removesuffix("？").removesuffix("是多少") if whole and asked.ask in (Ask.LOOKUP, Ask.COUNT) else ""


def kind_words(asked: Question) -> str:
    return _BASES.get(asked.basis) or (str(asked.kind) if asked.kind else "")


def _put(asked: Question) -> Iterable[str]:
    """The usual ways to ask it."""
    start, kind = who_when(asked), kind_words(asked)
    if asked.ask is Ask.CHANGE and len(asked.named.publishers) == 2 and len(asked.years) < 2:
        one, other = asked.named.publishers
        when = "".join(f"{year}年" for year in asked.years)
        yield from (f"{one}{when}{item}{kind}比{other}多多少？" for item in items_of(asked))
        return
    if asked.ask in (Ask.CHANGE, Ask.GROWTH) and len(asked.years) == 2:
        tail = "增加多少？" if asked.ask is Ask.CHANGE else "增长百分之多少？"
        yield from (f"{who(asked)}{asked.years[0]}年{item}{kind}比{asked.years[1]}年{tail}" for item in items_of(asked))
        return
    for item in dict.fromkeys(items_of(asked)):
        for tail in _tails(asked):
            if not (kind and item.endswith(("预算", "决算"))):  # never 一般公共预算预算
                yield f"{start}{item}{kind}{tail}"
            if kind:
                yield f"{start}{kind}{item}{tail}"
                yield f"{start}{kind}中{item}{tail}"


def _tails(asked: Question) -> tuple[str, ...]:
    if asked.ask is Ask.WHY:
        return ({1: "为什么增加？", -1: "为什么减少？"}.get(asked.falling, "为什么变化？"),)
    if asked.ask is Ask.SHARE:
        return (f"占{asked.whole}多少？", f"占{asked.whole}的比例是多少？")
    if asked.ask is Ask.COUNT:
        return tuple(f"有多少{counter}？" for counter in asked.counters)
    if asked.ask is Ask.AVERAGE:
        return ("平均每年多少？",) if len(asked.years) > 1 else ()
    if asked.everyone:
        return {Ask.MOST: ("哪个部门最多？",), Ask.LEAST: ("哪个部门最少？",), Ask.SUM: ("所有部门一共多少？",)}.get(asked.ask, ("各部门是多少？",))
    return _TAILS.get(asked.ask, ())


def _extended(asked: Question, own: str) -> Iterable[str]:
    """The reader's own words with what they leave out before them."""
    words = re.sub(r"\s+", "", own)
    if asked.named.spans:  # the publishers stand in the words themselves
        yield words
        yield "、".join(f"{year}年" for year in asked.years) + words
        words = re.sub(r"\s+", "", bare(replace(asked, text=own)))
    for kind in dict.fromkeys(("", kind_words(asked))):
        yield f"{who_when(asked)}{kind}{words}"
        yield f"{who(asked)}{kind}{words}"
        for item in dict.fromkeys(items_of(asked)):
            yield f"{who_when(asked)}{item}{kind}{words}"
            yield f"{who_when(asked)}{kind}{item}{words}"
            yield f"{who_when(asked)}{item}中{words}"


def _replaced(asked: Question, like: str, shelf: Sequence[Disclosure]) -> Iterable[str]:
    """An earlier question with other names, years or items in its words."""
    before = understand(like, shelf)
    rest = re.sub(r"^[\s的，、和与]+", "", re.sub(r"\s+", "", bare(before)))
    yield f"{who_when(asked)}{rest}"
    for old, new in zip(before.said, asked.said, strict=False):
        yield f"{who_when(asked)}{rest.replace(old.replace(' ', ''), new)}"
    for old in before.said:
        yield f"{who_when(asked)}{next(iter(items_of(asked)), '')}{rest.replace(old.replace(' ', ''), '')}"


def _tidy(text: str) -> str:
    return re.sub(r"[？?！!。]*$", "", text) + "？"
