"""A shelf's settings → its questions answered in processes of their own, so that a crowd is served by every core of the machine.

The server's own threads share one core (Python's global lock). A process that ends, whatever ended it, costs one try.
They answer without a model: its words are waited for by the server's threads, so that who waits holds no process.
"""

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import TracebackType

from corpus.apart import Apart, Ended, Limits, Report
from corpus.collecting import collect_rarely
from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError
from corpus.settings import Settings
from corpus.shelf import Shelf
from corpus.words import warm
from qa.publisher import named_publishers
from qa.reply import Reply, Status
from ui.answering import Answerer, answerer_of
from ui.logs import log_to, logger, where
from ui.turns import Turns

Disclosures = Callable[[], Sequence[Disclosure]]
LIMITS = Limits(memory=6000, seconds=120)
"""A process that answers over 10,000 reports holds 1.2 GB; an answer takes a few seconds at most."""
_log = logger(__name__)


class Answerers:
    """Safe to use from many threads. A publisher's questions go to the same process where that is no longer wait: it has the reports at hand.

    Until the first process has opened the shelf the server answers itself.
    """

    def __init__(self, settings: Settings, here: Answerer, disclosures: Disclosures, limits: Limits = LIMITS) -> None:
        self._settings, self._here, self._disclosures = settings.model_copy(update={"model": "none"}), here, disclosures
        self._all = [Apart(limits) for _ in range(settings.processes or 0)]
        self._turns: Turns[Apart] = Turns()
        self._opened = False

    def begin(self) -> None:
        """In the background: each takes seconds for its imports."""
        for child in self._all:
            threading.Thread(target=self._open, args=(child,), name="answerer", daemon=True).start()

    def end(self) -> None:
        for child in self._all:
            child.end()

    def __call__(self, question: str, history: tuple[Reply, ...]) -> Reply:
        """As the answerer here. Raises Ended where a process did not outlive the question, nor a second one."""
        if not self._opened:
            return self._here(question, history)
        work = partial(_answer, _Asked(self._settings, question, tuple(earlier.resolved for earlier in history)))
        with self._turns.turn(self._publisher(question, history)) as child:
            try:
                return child.call(work, _silent)
            except Ended as ended:
                _log.warning("answerer ended", why=str(ended))
                if not ended.again:
                    raise
                return child.call(work, _silent)

    def _publisher(self, question: str, history: tuple[Reply, ...]) -> str:
        """Whom the question names, or what was asked before it; '' where neither names anybody."""
        asked = (question, *(earlier.resolved for earlier in history[-1:]))
        named = (named_publishers(text, self._disclosures()).publishers for text in asked)
        return next((publishers[0] for publishers in named if publishers), "")

    def _open(self, child: Apart) -> None:
        try:
            child.call(partial(_ready, self._settings), _silent)
        except MingzhangError as error:
            _log.warning("answerer did not begin", why=str(error))
        else:
            self._turns.join(child)
            self._opened = True


@dataclass(frozen=True)
class _Asked:
    settings: Settings
    question: str
    resolved: tuple[str, ...]
    """What the conversation's earlier replies answered; of them an answer needs nothing else."""


def _silent(stage: str, done: int, whole: int) -> None:
    """A question is answered in one go."""


# in the child


def _ready(settings: Settings, report: Report) -> None:
    _answerer(settings)("", ())


def _answer(asked: _Asked, report: Report) -> Reply:
    history = tuple(Reply(Status.REFUSED, "", resolved=resolved) for resolved in asked.resolved)
    return _answerer(asked.settings)(asked.question, history)


@cache
def _answerer(settings: Settings) -> Answerer:
    sys.excepthook = _log_place
    log_to(sys.stderr, settings.log)
    collect_rarely()
    warm()
    return answerer_of(Shelf.open(settings), settings)


def _log_place(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    """An error that was not foreseen ends the process; its message, which may repeat the question, is not printed."""
    _log.error("ask", error=type(error).__name__, where=where(error))
