"""Workers and those who wait → who gets which: each matter the same worker again, which has what it needs at hand, where that costs no waiting."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Generic, TypeVar
from zlib import crc32

Worker = TypeVar("Worker")
PASSED = 8
"""Times in a row that whoever waits longest may be passed over for one who waits for this very worker."""


@dataclass(frozen=True)
class _Waiting:
    home: int
    told: SimpleQueue[int] = field(default_factory=SimpleQueue)


class Turns(Generic[Worker]):
    """Safe to use from many threads. No worker is idle while anybody waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._workers: list[Worker] = []
        self._free: set[int] = set()
        self._waiting: list[_Waiting] = []
        self._passed = 0

    def join(self, worker: Worker) -> None:
        with self._lock:
            self._workers.append(worker)
            place = len(self._workers) - 1
        self._give(place)

    @contextmanager
    def turn(self, matter: str) -> Iterator[Worker]:
        """A worker for as long as the block lasts. Waits until the first has joined, too."""
        place = self._take(matter)
        try:
            yield self._workers[place]
        finally:
            self._give(place)

    def _take(self, matter: str) -> int:
        with self._lock:
            home = crc32(matter.encode()) % max(len(self._workers), 1)
            if self._free:
                place = home if home in self._free else min(self._free)
                self._free.remove(place)
                return place
            waiting = _Waiting(home)
            self._waiting.append(waiting)
        return waiting.told.get()

    def _give(self, place: int) -> None:
        with self._lock:
            if not self._waiting:
                self._free.add(place)
                return
            chosen = self._next(place)
            self._waiting.remove(chosen)
        chosen.told.put(place)

    def _next(self, place: int) -> _Waiting:
        """The first who waits for this very worker, else the first of all."""
        first = self._waiting[0]
        own = next((each for each in self._waiting if each.home == place), first)
        chosen = own if self._passed < PASSED else first
        self._passed = 0 if chosen is first else self._passed + 1
        return chosen
