"""A file → Record or text, read in a child process that is held to limits: a hostile file harms nothing else."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from corpus.apart import USUAL, Apart, Ended, Limits, Report, give_way
from corpus.errors import FileError
from corpus.fact import Origin
from corpus.record import Record
from ingest.kept import KeptPages
from ingest.page import Page
from ingest.read import READING, read
from ingest.text import text_of

MOST_LOST = 3
"""A file that has ended its reader at more pages than these is given up."""
A4 = (595.3, 841.9)


class _Listener:
    """Passes on what it hears, and knows by it where the reader was when it ended."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.page = 0
        """The page in hand; 0 where the whole file is."""

    def __call__(self, stage: str, done: int, whole: int) -> None:
        self.page = done + 1 if stage == READING and done < whole else 0
        self._report(stage, done, whole)


def read_safely(path: Path, child: Apart, report: Report, keep: Path) -> Record:
    """As `read`. A page that ends its reader is left out with a note, and the others are read."""
    lost: list[int] = []
    tried = 0
    while True:
        listener = _Listener(report)
        try:
            return child.call(partial(_after_others, partial(read, path, keep=keep)), listener)
        except Ended as ended:
            page = listener.page
            if not page or len(lost) == MOST_LOST:
                raise FileError(path.name, _where(page) + str(ended)) from ended
            if ended.again and tried != page:  # the system may have needed the memory for something else
                tried = page
                continue
            lost.append(page)
            KeptPages(keep, path).add(Page(page, *A4, (), (), Origin.TEXT, (f"{_where(page)}{ended}，这一页的文字和表格没有读取",)))


def _after_others(work: Callable[..., Record], report: Report) -> Record:
    """In the child."""
    give_way()
    return work(report=report)


def text_safely(path: Path, child: Apart) -> str:
    """As `text_of`."""
    listener = _Listener(lambda stage, done, whole: None)
    try:
        return child.call(partial(text_of, path), listener)
    except Ended as ended:
        raise FileError(path.name, _where(listener.page) + str(ended)) from ended


def text_apart(path: Path, limits: Limits = USUAL) -> str:
    """As `text_of`, in a child of its own."""
    with Apart(limits) as child:
        return text_safely(path, child)


def _where(page: int) -> str:
    return f"读到第{page}页时" if page else ""
