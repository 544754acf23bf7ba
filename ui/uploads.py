"""Files sent by visitors → on the shelf, one after another in one queue for all; each is stopped by itself.

What is being read goes on when its visitor leaves the page, and whoever opens 报告库 sees it: the shelf is everybody's.
What came of a file is shown to the visitor who sent it.
"""

import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from corpus.errors import FileError
from ui.shelf_view import Adding
from ui.start import Background, Progress, Report, Work, nothing_to_do

Add = Callable[[Path, Report], str]
"""Reads a file onto the shelf, tells its progress, and says in one Chinese line what it found."""
READERS = 1
"""Files that are read at the same time, over all visitors: reading is heavy, and questions go first."""
MOST_FILES = 50
"""Of one visitor at a time."""
REMEMBERED = 500
"""Files whose end is remembered, over all visitors."""
TOO_MANY = f"一次最多添加 {MOST_FILES} 个文件，请下次再添加它"

SHIPPED = "程序自带的报告"
CANCELLED = "已取消，没有存入报告库"


class Upload:
    """One file on its way."""

    def __init__(self, path: Path, sender: str, add: Add) -> None:
        self.id, self.name, self.sender = secrets.token_hex(8), path.name, sender
        self._said: list[str] = []
        self._work = Background(_adding(add, path, self._said), "排队中")
        self._stopped = threading.Event()
        self.ended = threading.Event()

    def read(self) -> None:
        """In the queue's thread."""
        try:
            self._work.begin()
            if self._stopped.is_set():
                self._work.stop()
            self._work.wait()
        finally:
            self.ended.set()

    def stop(self) -> None:
        """It ends at its next sign of life, and nothing of it is kept."""
        self._stopped.set()
        self._work.stop()

    def row(self) -> Adding:
        ended, progress = self.ended.is_set(), self._work.progress()  # the end first: a row must never be older than its end
        if self._stopped.is_set() and not ended:
            return Adding(self.name, Progress("正在取消"))
        if self._stopped.is_set() and progress:
            return Adding(self.name, Progress("", failed=CANCELLED))
        return Adding(self.name, progress if not ended or progress else None, "".join(self._said), self.id)


class Uploads:
    """The queue. Safe to use from many threads."""

    def __init__(self, add: Add, readers: int = READERS, first: Callable[[], Progress | None] = nothing_to_do) -> None:
        self._add, self._first, self._lock = add, first, threading.Lock()
        self._waiting: SimpleQueue[Upload] = SimpleQueue()
        self._readers = [threading.Thread(target=self._serve, name="upload", daemon=True) for _ in range(readers)]
        self._uploads: dict[str, Upload] = {}

    def put(self, paths: Sequence[Path], sender: str) -> None:
        """Queues a visitor's files; what came of the earlier ones is no longer shown."""
        with self._lock:
            for id in [one.id for one in self._uploads.values() if one.sender == sender and one.ended.is_set()]:
                del self._uploads[id]
            for id in [one.id for one in self._uploads.values() if one.ended.is_set()][:-REMEMBERED]:
                del self._uploads[id]
            for n, path in enumerate(_own(paths)):
                upload = Upload(path, sender, self._add if n < MOST_FILES else _refuse)
                self._uploads[upload.id] = upload
                self._waiting.put(upload)
            for reader in self._readers:
                if not reader.is_alive():
                    reader.start()

    def _serve(self) -> None:
        while True:
            self._waiting.get().read()

    def stop(self, id: str) -> None:
        with self._lock:
            if upload := self._uploads.get(id):
                upload.stop()

    def rows(self, visitor: str) -> tuple[Adding, ...]:
        """What a visitor is shown: all that is on its way, the first start's report with it, and what came of own files."""
        with self._lock:
            known = tuple(self._uploads.values())
        first = self._first()
        shipped = (Adding(SHIPPED, first),) if first else ()
        return shipped + tuple(one.row() for one in known if one.sender == visitor or not one.ended.is_set())

    def busy(self) -> bool:
        with self._lock:
            return self._starting() or any(not one.ended.is_set() for one in self._uploads.values())

    def ended(self) -> int:
        """Grows with every file that came to its end: the list is out of date then."""
        with self._lock:
            return sum(one.ended.is_set() for one in self._uploads.values()) + (not self._starting())

    def _starting(self) -> bool:
        first = self._first()
        return first is not None and not first.failed


def _own(paths: Sequence[Path]) -> list[Path]:
    """Each upload gets a copy of its own: the same file sent twice lies in one place, and the first to be read removes it."""
    own = [_linked(path) for path in paths]
    for path in paths:
        path.unlink(missing_ok=True)
    return own


def _linked(path: Path) -> Path:
    own = Path(tempfile.mkdtemp(prefix="mingzhang-")) / path.name
    with suppress(FileNotFoundError):  # reading it says so, beside its name
        own.hardlink_to(path)
    return own


def not_taken(path: Path, report: Report) -> str:
    raise FileError(path.name, "这个网站不接受上传")


def _refuse(path: Path, report: Report) -> str:
    raise FileError(path.name, TOO_MANY)


def _adding(add: Add, path: Path, said: list[str]) -> Work:
    def work(report: Report) -> None:
        try:
            report(Progress("打开文件"))  # a file that was stopped while it waited ends here
            if not path.exists():
                raise FileError(path.name, "没有收到这个文件，请再添加一次")
            said.append(add(path, report))
        finally:
            shutil.rmtree(path.parent, ignore_errors=True)  # the upload's own copy; the shelf has kept another

    return work
