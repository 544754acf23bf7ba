"""A shelf and its answerer → what a visitor first sees: how much is on the shelf, and questions that it does answer."""

import threading
from collections.abc import Callable, Sequence

from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError
from qa.examples import FactsOf, example_questions
from qa.reply import Status
from ui.ask_screen import Answerer
from ui.render import welcome_html

SHOWN = 4
TRIED = 16
"""Candidates that are asked, at most: the opening must not take long."""
EMPTY = "书架上还没有文件。"


class Opening:
    """The opening's HTML, made again only when the shelf has changed."""

    def __init__(self, disclosures: Callable[[], Sequence[Disclosure]], facts_of: FactsOf, answerer: Answerer) -> None:
        self._disclosures, self._facts_of, self._answerer = disclosures, facts_of, answerer
        self._lock = threading.Lock()
        self._made: tuple[tuple[Disclosure, ...], str] | None = None

    def __call__(self) -> str:
        disclosures = tuple(self._disclosures())  # whole: a corrected name or year changes what can be asked
        with self._lock:
            if self._made is None or self._made[0] != disclosures:
                self._made = disclosures, welcome_html(self._examples(disclosures), shelf_line(disclosures))
            return self._made[1]

    def _examples(self, disclosures: Sequence[Disclosure]) -> tuple[str, ...]:
        """An example is shown only when it gets an answer."""
        good: list[str] = []
        for question in example_questions(disclosures, self._facts_of)[:TRIED]:
            if self._answers(question):
                good.append(question)
            if len(good) == SHOWN:
                break
        return tuple(good)

    def _answers(self, question: str) -> bool:
        try:
            return self._answerer(question, ()).status is Status.ANSWERED
        except MingzhangError:
            return False


def shelf_line(disclosures: Sequence[Disclosure]) -> str:
    """How much is on the shelf, in one line."""
    if not disclosures:
        return EMPTY
    years = sorted({disclosure.year for disclosure in disclosures if disclosure.year})
    span = "未写年度" if not years else f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"
    publishers = {disclosure.publisher for disclosure in disclosures}
    if len(publishers) == 1:
        return f"书架上有{disclosures[0].publisher}的 {len(disclosures)} 份公开文件（{span}）。"
    return f"书架上有 {len(publishers)} 个单位的 {len(disclosures)} 份公开文件（{span}）。"
