"""A question, the shelf and perhaps a model → replies, each better than the one before; the first is there at once.

Without a model there is one reply. With one, the model-less reply comes first and the model's words after it; a model that
fails or says what does not hold costs a notice, never the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.errors import ModelError
from corpus.shelf import Shelf
from qa.answer import answer
from qa.llm import Model
from qa.reply import Reply
from qa.reword import reworded
from qa.second import not_found, second_opinion


def replies(question: str, shelf: Shelf, model: Model | None = None, history: Sequence[Reply] = ()) -> Iterator[Reply]:
    """Each reply is whole and checked: a page shows the newest."""
    return bettered(answer(question, shelf, history), question, shelf, model)


def bettered(first: Reply, question: str, shelf: Shelf, model: Model | None) -> Iterator[Reply]:
    """A model-less reply, whoever worked it out, and what the model makes of it. The shelf is looked at only where that found nothing."""
    if model is None:
        yield first
    elif not_found(first):
        yield first
        yield from _asked_back(first, shelf, model)
    else:
        yield from reworded(first, first.resolved or question, model)


def final(question: str, shelf: Shelf, model: Model | None = None, history: Sequence[Reply] = ()) -> Reply:
    """The last of the replies, for callers that show but one."""
    *_, last = replies(question, shelf, model, history)
    return last


def _asked_back(first: Reply, shelf: Shelf, model: Model) -> Iterator[Reply]:
    try:
        if better := second_opinion(first, shelf, model):
            yield better
    except ModelError as error:
        yield replace(first, notices=(*first.notices, str(error)))
