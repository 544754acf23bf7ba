"""Calls of other programs → run in threads, so many at a time, so many waiting; the rest are turned away in Chinese."""

from collections.abc import Mapping
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter

from corpus.errors import MingzhangError
from ui.counters import Counters
from ui.programs import Offer
from ui.requests import BUSY


class Busy(MingzhangError):
    """More wait than may."""

    def __init__(self) -> None:
        super().__init__(BUSY)


class Callers:
    """The offers, shared by all who call them: `/api` and MCP."""

    def __init__(self, offers: Mapping[str, Offer], concurrency: int, queue: int, counters: Counters) -> None:
        self.offers, self._concurrency, self._queue, self._counters = offers, concurrency, queue, counters
        self._limiter: CapacityLimiter | None = None
        self._here = 0

    async def call(self, name: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        """Raises MingzhangError. Always called in one loop, so that counting needs no lock."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(self._concurrency)  # belongs to the running loop
        if self._here >= self._concurrency + self._queue:
            self._counters.turned_away.labels("queue").inc()
            raise Busy
        self._here += 1
        try:
            return await anyio.to_thread.run_sync(self.offers[name].call, arguments, limiter=self._limiter)
        finally:
            self._here -= 1
