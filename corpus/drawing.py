"""A page of a file on the shelf → PNG, drawn by one of a few child processes: a hostile page ends its drawer, not the server."""

import logging
import threading
import time
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from corpus.apart import Apart, Ended, Limits, Report
from corpus.errors import FileError, MingzhangError
from corpus.picture import draw

DRAWERS = 2
"""Pages that are drawn at the same time."""
LIMITS = Limits(memory=1500, seconds=10)
"""The largest picture that is taken needs 900 MB; the heaviest published page that we met takes a second."""
REMEMBERED = 600
"""Seconds for which a page that ended its drawer is not tried again: whoever asks for it over and over stops nobody."""
MOST_REMEMBERED = 1000
_log = logging.getLogger(__name__)


class Drawing:
    """Safe to use from many threads; each waits for a drawer that is free. The drawers begin with the first page."""

    def __init__(self, drawers: int = DRAWERS, limits: Limits = LIMITS) -> None:
        self._all = [Apart(limits) for _ in range(drawers)]
        self._free: SimpleQueue[Apart] = SimpleQueue()
        for drawer in self._all:
            self._free.put(drawer)
        self._lost: dict[tuple[Path, int], tuple[float, str]] = {}

    def page(self, path: Path, page: int, dpi: int) -> bytes:
        """As `draw`. A page that cannot be drawn within the limits is a `FileError`."""
        drawer = self._free.get()
        try:
            self._refuse_lost(path, page)
            return drawer.call(partial(_drawn, path, page, dpi), _silent)
        except Ended as ended:
            raise self._remembered(path, page, ended) from ended
        finally:
            self._free.put(drawer)

    def warm(self) -> None:
        """Begins the drawers, so that the first reader who opens a page does not wait for their imports."""
        for _ in self._all:  # the queue gives each in turn
            drawer = self._free.get()
            try:
                drawer.call(_ready, _silent)
            except MingzhangError as error:
                _log.warning("a drawing process did not begin: %s", error)
            finally:
                self._free.put(drawer)

    def end(self) -> None:
        for drawer in self._all:
            drawer.end()

    def _refuse_lost(self, path: Path, page: int) -> None:
        until, why = self._lost.get((path, page), (0.0, ""))
        if time.monotonic() < until:
            raise FileError(path.name, why)

    def _remembered(self, path: Path, page: int, ended: Ended) -> FileError:
        why = f"画第{page}页时{ended}，这一页的原页图像无法显示"
        if len(self._lost) >= MOST_REMEMBERED:
            self._lost.clear()
        self._lost[path, page] = (time.monotonic() + REMEMBERED, why)
        return FileError(path.name, why)


def warm(drawing: Drawing) -> None:
    """In the background."""
    threading.Thread(target=drawing.warm, name="drawing", daemon=True).start()


def _silent(stage: str, done: int, whole: int) -> None:
    """A page is drawn in one go."""


# in the child


def _drawn(path: Path, page: int, dpi: int, report: Report) -> bytes:
    return draw(path, page, dpi)


def _ready(report: Report) -> None:
    """The imports are made."""
