"""A follow-up's question and the last one → the question with what it leaves out taken over.

What was asked (how much more, which share) is carried over by a bare 呢 and by a correction alone; publisher, years and item by
all that say none of their own.
"""

from dataclasses import replace

from corpus.disclosure import Kind
from corpus.fact import Basis
from qa.asks import Ask
from qa.part_of import COLUMN
from qa.publisher import Named
from qa.question import MONEY_NOUN, Question
from qa.talk import Talk

_CARRIED = (Ask.CHANGE, Ask.GROWTH, Ask.SHARE, Ask.COMPLETION, Ask.REMAINING, Ask.DEFINE, Ask.TREND)
_OVER_SEVERAL = (Ask.COMPARE, Ask.EACH, Ask.SUM)


def merged(asked: Question, last: Question, plain: bool, talk: Talk, keeps: bool = False, framed: bool = False) -> Question:
    """`plain`: a bare 呢; `keeps`: a correction; `framed`: 其中."""
    carried = keeps and asked.ask is Ask.LOOKUP or plain and not framed and _carries(asked, last)
    ask = last.ask if carried else asked.ask
    everyone = _everyone(asked, last, carried)
    years = _years(asked, last, plain, carried, talk)
    if carried and _is_in_its_row(asked, last):
        asked = _in_its_row(asked, last)
    basis = _basis(asked, last, ask, plain)
    items, said = _items(asked, last, ask, carried or everyone)
    return replace(
        asked, named=_named(asked, last), years=years, relative=1 if years else asked.relative, kind=_kind(asked, last, ask, basis), basis=basis,
        ask=_asked_of_one(asked, last, ask) if carried else ask, items=items, said=said, whole=asked.whole or (last.whole if carried else ""),
        counters=asked.counters or (last.counters if carried or plain and not asked.items else ()),
        everyone=everyone, falling=last.falling if carried and not asked.falling else asked.falling,
    )  # fmt: skip


def _carries(asked: Question, last: Question) -> bool:
    """Whether 呢 with another year, publisher or item asks what was asked before."""
    if last.everyone or len(last.named.publishers) > 1:
        return not asked.named.publishers or not last.everyone
    if last.ask in _CARRIED:
        return bool(asked.items or asked.years or asked.named.publishers) or not asked.kind and asked.basis is Basis.NONE
    if last.ask is Ask.COUNT:
        return not asked.items or not MONEY_NOUN.search("".join(asked.items))
    if last.ask is Ask.WHY:
        return False
    if last.ask is Ask.AVERAGE:
        return not asked.items and not asked.kind and asked.basis is Basis.NONE
    return not asked.items


def _named(asked: Question, last: Question) -> Named:
    if asked.named.publishers or asked.named.unknown:
        return asked.named
    return Named((), ()) if asked.everyone else replace(last.named, spans=())


def _everyone(asked: Question, last: Question, carried: bool) -> bool:
    """Whether it is asked over all publishers: 最多的是谁 goes on with all, an item of its own does not."""
    if asked.named.publishers:
        return False
    if carried:
        return last.everyone
    return asked.everyone or last.everyone and not asked.items and asked.ask in (Ask.SUM, Ask.MOST, Ask.LEAST)


def _years(asked: Question, last: Question, plain: bool, carried: bool, talk: Talk) -> tuple[int, ...]:
    """The years talked about, where it names none; a trend that is newly asked for is over all of them."""
    if asked.years:
        return asked.years
    return () if asked.recent or asked.ask is Ask.TREND and not carried else _years_talked_about(asked, last, plain, talk)


def _years_talked_about(asked: Question, last: Question, plain: bool, talk: Talk) -> tuple[int, ...]:
    """Of another publisher that is asked for in whole words, only where it has a report of them."""
    if asked.everyone or plain or not asked.named.publishers or not asked.items and asked.ask is Ask.LOOKUP:
        return last.years
    own = talk.years_of(replace(asked, kind=None))
    return last.years if set(last.years) <= set(own) else ()


def _is_in_its_row(asked: Question, last: Question) -> bool:
    """Whether the last share was of a row's own column, and another item is asked for now."""
    shared = last.ask is Ask.SHARE and len(last.items) == 1 and last.items[0].startswith(f"{last.whole} ")
    return shared and bool(asked.items) and asked.items != last.items


def _in_its_row(asked: Question, last: Question) -> Question:
    """图书馆呢 after the share of 群众文化's own 项目支出: of 图书馆's; 基本支出呢 is of the same row."""
    column = last.items[0].split(" ")[-1]
    if len(asked.items) != 1 or " " in asked.items[0] or not COLUMN.fullmatch(column):
        return asked
    item = f"{asked.items[0]} {column}"
    return replace(asked, items=(item,), said=(item,), whole=asked.items[0])


def _basis(asked: Question, last: Question, ask: Ask, plain: bool) -> Basis:
    if asked.basis is not Basis.NONE:
        return asked.basis
    if asked.kind or asked.items and not plain or ask in (Ask.COMPLETION, Ask.REMAINING):
        return Basis.NONE
    return last.basis


def _kind(asked: Question, last: Question, ask: Ask, basis: Basis) -> Kind | None:
    if asked.kind:
        return asked.kind
    free = ask in (Ask.COMPLETION, Ask.REMAINING, Ask.DEFINE, Ask.TEXT) or asked.ask is Ask.COUNT
    return None if free or basis is not Basis.NONE else last.kind


def _items(asked: Question, last: Question, ask: Ask, of_last: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Items and their words; 哪项最多 asks among all of them, unless it is `of_last`."""
    if asked.items:
        return asked.items, asked.said
    return ((), ()) if ask in (Ask.MOST, Ask.LEAST) and not of_last else (last.items, last.said)


def _asked_of_one(asked: Question, last: Question, ask: Ask) -> Ask:
    """公务接待费呢 after 哪个多 asks for the figure: one alone is neither compared nor added."""
    one_item = asked.items and len(last.items) > 1
    one_publisher = len(asked.named.publishers) == 1 and len(last.named.publishers) > 1
    return Ask.LOOKUP if ask in _OVER_SEVERAL and (one_item or one_publisher) else ask
