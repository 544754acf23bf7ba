"""Talk: a conversation with the shelf it is about, and its questions answered again where a follow-up speaks of their answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.amount import agree
from corpus.disclosure import Disclosure
from corpus.fact import Fact
from qa.asks import Ask
from qa.compound import Answering, question_of
from qa.finding import Answered, Finding
from qa.in_full import in_full, phrase
from qa.naming import row_of
from qa.publisher import Named
from qa.question import Question, understand
from qa.thread import Thread

RANKED = (Ask.MOST, Ask.LEAST, Ask.COMPARE)


@dataclass(frozen=True)
class Talk:
    """What a follow-up can refer to."""

    thread: Thread
    shelf: Sequence[Disclosure]
    answering: Answering

    @property
    def about(self) -> Question:
        return self.thread.about

    def understood(self, words: str) -> Question:
        return understand(words, self.shelf)

    def name(self, figure: Question) -> str:
        """What a figure is called in full; '' where no words are sure to, or where it was not found."""
        name = phrase(figure, self.shelf)
        return name if self.answered(question_of(name)) else ""

    def whole(self, meant: Question, own: str = "", like: str = "") -> str:
        return in_full(meant, self.shelf, own, like)

    def years_of(self, asked: Question) -> tuple[int, ...]:
        """The years of the publisher's reports, of the kind asked for."""
        return tuple(sorted({d.year for d in self.shelf if d.publisher in asked.named.publishers and d.year and asked.kind in (None, d.kind)}))

    def answered(self, text: str) -> Answered | None:
        """The one figure that a question gets; None where it gets none, or several."""
        found = self.answering(text) if text else None
        return found.answered[0] if isinstance(found, Finding) and len(found.answered) == 1 else None

    def facts(self, figure: Question) -> tuple[Fact, ...]:
        """All places that print the one figure that answers."""
        found = self.answering(text) if (text := self.whole(figure)) else None
        if not isinstance(found, Finding) or len(found.answered) != 1:
            return ()
        return tuple(place for sentence in found.sentences for group in sentence.places for place in group if isinstance(place, Fact))

    def first(self) -> Question | None:
        """The item, publisher or year that came first in the order asked for last."""
        one = self.answered(self.thread.last.text)
        publisher = next((d.publisher for d in self.shelf if one and one.fact and d.id == one.fact.disclosure), "")
        if one is None or one.fact is None or not publisher:
            return None
        if self.thread.last.compound:
            same = [figure for figure in self.thread.last.figures if (own := self.answered(self.whole(figure))) and own.fact and own.fact.id == one.fact.id]
            return same[0] if len(same) == 1 else None
        lookup = replace(self.about, ask=Ask.LOOKUP, everyone=False, named=Named((publisher,), ()), whole="", counters=(), falling=0)
        by_item = len(self.thread.last.figures) < 2 and not self.about.everyone and len({*self.about.years}) < 2
        items = (row_of(one.fact),) if by_item and not self._of_years() or len(self.about.items) > 1 else self.about.items
        figure = replace(lookup, years=(one.fact.year,), items=items, said=items)
        again = self.answered(self.whole(figure))
        return figure if again and agree(again.amount, one.amount) else None

    def _of_years(self) -> bool:
        return "哪年" in self.thread.last.text or "哪一年" in self.thread.last.text
