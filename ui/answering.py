"""A shelf and its settings → the function that answers a question, with the model that the settings name or without."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from corpus.errors import ModelError
from corpus.settings import Settings
from corpus.shelf import Shelf
from qa.answer import answer
from qa.llm import Model
from qa.reply import Reply
from ui.few import FewAtOnce, few

Answerer = Callable[[str, tuple[Reply, ...]], Reply]
Streamer = Callable[[str, tuple[Reply, ...]], Iterator[Reply]]
Around = Callable[[Model], Model]
"""Put around the model, so that its time and its errors are seen."""
BY_WORDS_ALONE = "向量库或向量模型暂时没有应答，这次只按字词查找，可能有遗漏。"


def answerer_of(shelf: Shelf, settings: Settings, around: Around | None = None, plain: Answerer | None = None) -> Answerer:
    """Answers from facts and formulas; a model, where there is one, only words them. It gives the last of the replies."""
    stream = streamer_of(shelf, settings, around, plain)

    def answered(question: str, history: tuple[Reply, ...]) -> Reply:
        *_, last = stream(question, history)
        return last

    return answered


def plain_of(shelf: Shelf) -> Answerer:
    """The model-less answers."""
    return lambda question, history: answer(question, shelf, history)


def streamer_of(shelf: Shelf, settings: Settings, around: Around | None = None, plain: Answerer | None = None) -> Streamer:
    """Replies, each better than the one before. Where meaning could not be asked, they say that words alone were looked for.

    `plain` works out the model-less replies, if not this thread: then a model's words are waited for where no processor is held.
    """
    stream = _modelled(shelf, settings, around, plain or plain_of(shelf))

    def streamed(question: str, history: tuple[Reply, ...]) -> Iterator[Reply]:
        before = shelf.by_words_alone
        for reply in stream(question, history):
            yield _noticed(reply, BY_WORDS_ALONE) if shelf.by_words_alone > before else reply

    return streamed


def _modelled(shelf: Shelf, settings: Settings, around: Around | None, plain: Answerer) -> Streamer:
    """The model-less reply first, the model's words after it; a model that cannot be opened costs a notice, never the answer."""
    if settings.model == "none":
        return lambda question, history: iter((plain(question, history),))
    from qa.llm import open_model
    from qa.replies import bettered

    first = few(plain, settings.worked_at_once)
    try:
        model = open_model(settings)
    except ModelError as error:
        said = f"{error}。以下是不用模型的回答。"
        return lambda question, history: iter((_noticed(first(question, history), said),))
    watched = around(model) if around and model else model
    asked = FewAtOnce(watched, settings.concurrency, settings.timeout) if watched else None
    return lambda question, history: bettered(first(question, history), question, shelf, asked)


def _noticed(reply: Reply, notice: str) -> Reply:
    return reply if notice in reply.notices else replace(reply, notices=(*reply.notices, notice))
