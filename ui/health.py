"""The shelf and the settings → `/health` and `/metrics`, for the programs that look after a server."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from corpus.errors import MingzhangError
from corpus.version import PROGRAM
from ui.counters import MEDIA_TYPE, Counters
from ui.guard import KNOWN

HEALTH = "/health"
PATIENCE = 3.0
"""Seconds that a look may take: whoever asks for health wants to hear soon that there is none."""


@dataclass
class Look:
    """Asks one part, with a limit. A look that hangs is not begun a second time."""

    part: Callable[[], Any]
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="health"))
    _lock: Lock = field(default_factory=Lock)
    _now: Future[Any] | None = None

    def __call__(self) -> Any:  # noqa: ANN401 - what the part gives; None where it fails or does not answer in time
        with self._lock:
            if self._now is None or self._now.done():
                self._now = self._thread.submit(self.part)
            now = self._now
        try:
            return now.result(timeout=PATIENCE)
        except (MingzhangError, TimeoutError):
            return None


@dataclass(frozen=True)
class Health:
    """What is looked at."""

    disclosures: Look
    """The database: every disclosure on the shelf."""
    index: Look
    """Whether the vectors can be asked."""
    model: bool
    """Whether one is configured; it is not asked."""
    reading: Callable[[], bool]
    """Whether the shipped report is still being read on the first start."""

    def told(self) -> dict[str, Any]:
        """No secret, no address, no name of a report."""
        found = self.disclosures()
        return {
            "ok": found is not None,
            "version": PROGRAM,
            "database": found is not None,
            "index": bool(self.index()),
            "model": self.model,
            "reading": self.reading(),
            "reports": len(found or ()),
            "publishers": len({d.publisher for d in found or ()}),
        }


def add_health(app: FastAPI, health: Health) -> None:
    """503 when the store cannot be asked. Without the index the program still answers, by words alone. To whom does not know
    the site's password, only whether it is well."""

    @app.get(HEALTH, include_in_schema=False)
    def look(request: Request) -> JSONResponse:
        told = health.told()
        shown = told if request.scope.get(KNOWN, True) else {"ok": told["ok"]}
        return JSONResponse(shown, 200 if told["ok"] else 503, {"Cache-Control": "no-store"})


def add_metrics(app: FastAPI, counters: Counters) -> None:
    @app.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        return Response(counters.page(), media_type=MEDIA_TYPE)
