"""The whole questions asked before → Thread: what the conversation is about, and which single figures it has asked for.

Nothing else is remembered of a conversation: each of its questions is whole, so all of it can be read again out of their words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Disclosure
from qa.asks import Ask
from qa.compound import Compound, Form, compound_in, question_of
from qa.question import Question, understand
from qa.settle import Refused, settle

_WHETHER = re.compile(r"(?:是不是|是否是?|有没有|是(?=[\d.,]+(?:万|亿|元)?(?:吗|吧|对)))[\d.,]+(?:万|亿)?元?(?:吗|吧|么)?|(?<=[一-龥])(?:增加|减少|增长|下降|超过|达到|有|为|是)?了?[\d.,]+(?:万|亿)元?[，,]?(?:对吗|对不对|吗|吧|么)$")
"""是不是11.49万元 asks for the figure."""
_ONE = (Ask.LOOKUP, Ask.COUNT)
_OF_FIRST = (Form.MORE, Form.GROWTH, Form.SHARE, Form.TIMES)
"""What is compared comes first: the conversation goes on about that."""


@dataclass(frozen=True)
class Turn:
    """A question of the conversation."""

    text: str
    about: Question
    """Of a compound question its last part; publisher and years filled in where they were settled."""
    figures: tuple[Question, ...]
    """The single figures that it asks for."""
    compound: Compound | None = None

    @property
    def one(self) -> bool:
        """Whether it asks for one figure."""
        return len(self.figures) == 1


@dataclass(frozen=True)
class Thread:
    """A conversation; it has at least one turn."""

    turns: tuple[Turn, ...]

    @property
    def last(self) -> Turn:
        return self.turns[-1]

    @property
    def about(self) -> Question:
        return self.last.about


def thread_of(whole: Sequence[str], shelf: Sequence[Disclosure]) -> Thread | None:
    """None where nothing was asked before."""
    turns: list[Turn] = []
    for text in whole:
        turn = _turn(text, turns[-1].about if turns else None, shelf)
        turns.extend((turn,) if not turns or turn.about.ask is not Ask.PERSONAL else ())  # who somebody is was not answered: what was spoken of before still is
    return Thread(tuple(turns)) if turns else None


def _turn(text: str, before: Question | None, shelf: Sequence[Disclosure]) -> Turn:
    if compound := compound_in(text):
        figures = tuple(replace(understand(question_of(part), shelf), relative=1) for part in compound.parts)
        return Turn(text, figures[0 if compound.form in _OF_FIRST else -1], figures, compound)
    about = _filled(understand(re.sub(r"呢[？?]?$", "", _WHETHER.sub("是多少", text)), shelf), before, shelf)
    return Turn(text, about, tuple(_dated(figure, shelf) for figure in figures_of(about)))


def _filled(asked: Question, before: Question | None, shelf: Sequence[Disclosure]) -> Question:
    """With the publisher that was spoken of and the years that were settled; an unknown organisation's name is no item."""
    if (name := asked.named.unknown) and not asked.named.publishers:
        asked = replace(understand(asked.text.replace(name, "", 1), shelf), named=asked.named, text=asked.text)
    if before and not (asked.named.publishers or asked.named.unknown or asked.named.ambiguous or asked.everyone):
        asked = replace(asked, named=before.named)
    asked = _dated(asked, shelf)
    return replace(asked, relative=1, recent=0) if asked.years else asked


def _dated(asked: Question, shelf: Sequence[Disclosure]) -> Question:
    """With the years that it is settled to, where it names none."""
    if asked.years or len(asked.named.publishers) != 1:
        return asked
    scope = settle(asked, shelf)
    return replace(asked, years=() if isinstance(scope, Refused) else tuple(year for year in scope.years if year))


def figures_of(about: Question) -> tuple[Question, ...]:
    """One for each of the publishers, years or items named; () where no single figure is asked for."""
    named, one = about.named, replace(about, ask=Ask.LOOKUP if about.ask is not Ask.COUNT else Ask.COUNT, whole="", everyone=False, falling=0)
    if about.everyone or not about.items and not about.counters:
        one = replace(one, items=(), said=())
    if about.everyone or about.ask in (Ask.WHY, Ask.DEFINE, Ask.TEXT, Ask.LIST, Ask.PERSONAL, Ask.COMPLETION, Ask.REMAINING, Ask.SHARE, Ask.WITHOUT):
        return ()
    if len(named.publishers) > 1:
        return tuple(replace(one, named=replace(named, publishers=(name,), spans=())) for name in named.publishers) if len(about.items) < 2 and len(about.years) < 2 else ()
    if len(about.years) > 1:
        return tuple(replace(one, years=(year,)) for year in about.years) if len(about.items) < 2 else ()
    if len(about.items) > 1:
        return tuple(replace(one, items=(item,), said=(said,)) for item, said in zip(about.items, about.said, strict=True))
    return (one,) if about.ask in _ONE else ()
