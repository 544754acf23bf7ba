"""The program's functions → the same functions, counted, timed and logged; a fault in one is told in Chinese, with its request's id.

Questions, texts and replies pass through and are never written down: only how it went, how long it took, and how many.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, TypeVar

from corpus.errors import MingzhangError
from qa.audit import Audited
from qa.check import Step
from qa.llm import Model, Schema
from qa.reply import Reply
from qa.verdict import Checked
from ui.counters import Counters
from ui.logs import logger, request_id, where
from ui.start import Progress, Report, Stopped

Answerer = Callable[[str, tuple[Reply, ...]], Reply]
Streamer = Callable[[str, tuple[Reply, ...]], Iterator[Reply]]
Add = Callable[[Path, Report], str]
P = ParamSpec("P")
T = TypeVar("T")
_log = logger(__name__)


class Fault(MingzhangError):
    """An error of the program that was not foreseen. Its message holds nothing of what was asked."""

    def __init__(self) -> None:
        id = request_id()
        super().__init__(f"程序出了错，没有得到结果；错误详情在运行窗口里{f'（编号 {id}）' if id else ''}")


class Work:
    """A piece of work, timed; what goes wrong in it is counted and logged, and an unforeseen error becomes a Fault."""

    def __init__(self, counters: Counters, name: str) -> None:
        self._counters, self._name = counters, name
        self._said: dict[str, object] = {}
        self.status = "ok"

    def say(self, **said: object) -> None:
        """Plain words and numbers for the log."""
        self._said.update(said)

    def __enter__(self) -> "Work":
        self._started = time.perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        seconds = time.perf_counter() - self._started
        self._counters.seconds.labels(self._name).observe(seconds)
        if isinstance(error, Exception):
            self._failed(error, seconds)
            if not isinstance(error, MingzhangError):
                raise Fault from None
        else:
            _log.info(self._name, status=self.status, seconds=round(seconds, 3), **self._said)

    def _failed(self, error: Exception, seconds: float) -> None:
        self.status = "stopped" if isinstance(error, Stopped) else "error"
        self._counters.errors.labels(type(error).__name__).inc()
        told: dict[str, object] = {"message": str(error)} if isinstance(error, MingzhangError) else {"where": where(error)}
        say = _log.warning if isinstance(error, MingzhangError) else _log.error
        say(self._name, status=self.status, seconds=round(seconds, 3), error=type(error).__name__, **told, **self._said)


class Watch:
    """Looks on while the program works."""

    def __init__(self, counters: Counters | None = None) -> None:
        self.counters = counters or Counters()

    def work(self, name: str) -> Work:
        return Work(self.counters, name)

    def over(self, name: str, function: Callable[P, T]) -> Callable[P, T]:
        """A function of which nothing is counted but its time and its errors."""

        def watched(*args: P.args, **named: P.kwargs) -> T:
            with self.work(name):
                return function(*args, **named)

        return watched

    def answerer(self, answerer: Answerer) -> Answerer:
        def watched(question: str, history: tuple[Reply, ...]) -> Reply:
            *_, last = self.streamer(lambda *asked: iter((answerer(*asked),)))(question, history)
            return last

        return watched

    def streamer(self, stream: Streamer) -> Streamer:
        """A question counts once, by its last reply."""

        def watched(question: str, history: tuple[Reply, ...]) -> Iterator[Reply]:
            work, reply = self.work("ask"), None
            try:
                with work:
                    for reply in stream(question, history):
                        self._said(work, reply)
                        yield reply
            finally:
                self.counters.questions.labels(work.status).inc()
                self.counters.dropped.inc(reply.dropped if reply else 0)

        return watched

    def _said(self, work: Work, reply: Reply) -> None:
        work.status = str(reply.status)
        work.say(figures=len(reply.figures), dropped=reply.dropped, worded=reply.worded)

    def checker(self, check: Callable[[str], Checked]) -> Callable[[str], Checked]:
        def watched(text: str) -> Checked:
            *_, last = self.stepper(lambda text: iter((Step(1, 1, check(text)),)))(text)
            return last.checked

        return watched

    def stepper(self, steps: Callable[[str], Iterator[Step]]) -> Callable[[str], Iterator[Step]]:
        """A check counts once, by its last step."""

        def watched(text: str) -> Iterator[Step]:
            work, checked = self.work("check"), None
            try:
                with work:
                    for step in steps(text):
                        checked = step.checked
                        work.say(characters=len(text), claims=len(checked.verdicts))
                        yield step
            finally:
                self._checked(work, checked)

        return watched

    def _checked(self, work: Work, checked: Checked | None) -> None:
        self.counters.checks.labels(work.status).inc()
        for verdict in checked.verdicts if checked else ():
            self.counters.claims.labels(str(verdict.ruling)).inc()

    def auditor(self, audit: Callable[[str], Audited]) -> Callable[[str], Audited]:
        def watched(id: str) -> Audited:
            work = self.work("audit")
            try:
                with work:
                    audited = audit(id)
                    work.say(disclosure=audited.disclosure.id, findings=len(audited.findings))
                return audited
            finally:
                self.counters.audits.labels(work.status).inc()

        return watched

    def adder(self, add: Add) -> Add:
        """Each stage of reading is timed by itself."""

        def watched(path: Path, report: Report) -> str:
            work, stages = self.work("read"), Stages(self.counters, report)
            try:
                with work:
                    said = add(path, stages)
                    stages.end()
                return said
            finally:
                self.counters.uploads.labels(work.status).inc()

        return watched

    def model(self, model: Model) -> Model:
        return WatchedModel(model, self)


class Stages:
    """Passes progress on, and times each stage until the next one begins."""

    def __init__(self, counters: Counters, report: Report) -> None:
        self._counters, self._report = counters, report
        self._stage, self._since = "", time.perf_counter()

    def __call__(self, progress: Progress) -> None:
        if progress.stage != self._stage:
            self.end()
            self._stage = progress.stage
        self._report(progress)

    def end(self) -> None:
        now = time.perf_counter()
        if self._stage:
            self._counters.seconds.labels(self._stage).observe(now - self._since)
        self._stage, self._since = "", now


class WatchedModel:
    """A model whose time and errors are counted; its failure costs a notice, which no one but its reader would see."""

    def __init__(self, model: Model, watch: Watch) -> None:
        self._model, self._watch = model, watch

    @property
    def name(self) -> str:
        return self._model.name

    def __call__(self, prompt: str, schema: Schema | None = None) -> str:
        with self._watch.work("model"):
            return self._model(prompt, schema)

    def stream(self, prompt: str) -> Iterator[str]:
        with self._watch.work("model"):
            yield from self._model.stream(prompt)
