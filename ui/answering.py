"""A shelf and its settings → the function that answers a question, with the model that the settings name or without."""

from collections.abc import Callable

from corpus.settings import Settings
from corpus.shelf import Shelf
from qa.answer import answer
from qa.reply import Reply

Answerer = Callable[[str, tuple[Reply, ...]], Reply]


def answerer_of(shelf: Shelf, settings: Settings) -> Answerer:
    """Answers from facts and formulas; a model, where there is one, only words them."""

    def answered(question: str, history: tuple[Reply, ...]) -> Reply:
        return answer(question, shelf, history)

    return answered
