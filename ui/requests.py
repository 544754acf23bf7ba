"""Requests → each with an id, a line in the log and a place in the counters; refusals that Gradio words in English, in Chinese."""

import json
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.counters import Counters
from ui.logs import logger

BUSY = "现在用的人很多，排队已满，请过一会儿再试。"
JOINS = ("/queue/join", "/call/")
"""Parts of addresses where a request takes its place in Gradio's queue."""
UPLOAD = "/upload"
_OWN = re.compile(r"(/heartbeat/|/file=|/call/\w+/).*", re.DOTALL)
_log = logger(__name__)


class Seen:
    """A line a request: method, address without what stands behind `?` (a link may hold a question), status, seconds."""

    def __init__(self, app: ASGIApp, counters: Counters) -> None:
        self._app, self._counters = app, counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def sent(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            self._counters.requests.labels(str(status)).inc()
            _log.info("request", method=scope["method"], path=shown(scope["path"]), status=status, seconds=round(time.perf_counter() - started, 3))


def shown(path: str) -> str:
    """An address without what names a visit or an uploaded file."""
    return _OWN.sub(r"\1…", path)[:200]


class Limits:
    """A full queue and a file that is too large are said in Chinese, and counted."""

    def __init__(self, app: ASGIApp, counters: Counters, file_limit: int) -> None:
        self._app, self._counters = app, counters
        self._too_large = f"文件太大，最大 {file_limit} MB。"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, self._told(scope, send) if scope["type"] == "http" else send)

    def _told(self, scope: Scope, send: Send) -> Send:
        path, put = scope["path"], False

        async def sent(message: Message) -> None:
            nonlocal put
            if message["type"] == "http.response.start":
                if message["status"] == 503 and any(part in path for part in JOINS):
                    put = True
                    await self._instead(send, "queue", 429, BUSY)
                elif message["status"] == 413 and path.endswith(UPLOAD):
                    put = True
                    await self._instead(send, "file", 413, self._too_large)
            if not put:
                await send(message)

        return sent

    async def _instead(self, send: Send, limit: str, status: int, why: str) -> None:
        self._counters.turned_away.labels(limit).inc()
        headers = [(b"content-type", b"application/json; charset=utf-8"), (b"retry-after", b"10")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps({"detail": why, "error": why}, ensure_ascii=False).encode()})
