"""A long piece of work → its progress, for every visitor to see: the first start reads the shipped report by itself."""

import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, replace

from corpus.errors import MingzhangError


@dataclass(frozen=True)
class Progress:
    """How far a piece of work is. `failed` says in Chinese why it ended early; '' when it did not."""

    stage: str
    done: int = 0
    total: int = 0
    failed: str = ""

    @property
    def share(self) -> int:
        """Hundredths done; 0 while the total is not known."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class Stopped(MingzhangError):
    """The visitor pressed 停止."""

    def __init__(self) -> None:
        super().__init__("已停止")


Report = Callable[[Progress], None]
Work = Callable[[Report], None]


class Background:
    """Work in a thread of its own; `progress()` is None once it has ended well."""

    def __init__(self, work: Work, stage: str) -> None:
        self._now: Progress | None = Progress(stage)
        self._work, self._stage = work, stage
        self._stopping, self._beginning = threading.Event(), threading.Lock()
        self._thread = self._threaded()

    def _threaded(self) -> threading.Thread:
        """In the context of whoever began it, so that the log knows which request this work belongs to."""
        return threading.Thread(target=copy_context().run, args=(self._run,), name=self._stage, daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def again(self) -> None:
        """Work that failed is done once more; for work that goes on, or has ended well, nothing happens."""
        with self._beginning:
            if self._now is None or not self._now.failed:
                return
            self._thread.join()
            self._now = Progress(self._stage)
            self._stopping.clear()
            self._thread = self._threaded()
            self._thread.start()

    def stop(self) -> None:
        """The work ends when it next tells its progress; work that has ended stays as it is."""
        self._stopping.set()

    def wait(self) -> None:
        self._thread.join()

    def progress(self) -> Progress | None:
        return self._now

    def _run(self) -> None:
        finished = False
        try:
            self._work(self._note)
            finished = True
        except MingzhangError as error:
            self._fail(str(error))
        finally:
            if finished:
                self._now = None
            elif self._now and not self._now.failed:
                self._fail("程序出错，详情见运行窗口")

    def _fail(self, cause: str) -> None:
        self._now = replace(self._now or Progress(""), failed=cause)

    def _note(self, progress: Progress) -> None:
        if self._stopping.is_set():
            raise Stopped
        self._now = progress


def nothing_to_do() -> Progress | None:
    """The progress of a shelf that is ready from the start."""
    return None
