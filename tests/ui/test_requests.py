"""A request's line in the log and its place in the counters."""

import io
import logging
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from ui.counters import Counters
from ui.logs import log_to
from ui.requests import Seen


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as JSON lines; the process's own set-up is put back."""
    root, out = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    log_to(out, "json")
    yield out
    root.handlers[:] = handlers
    root.setLevel(level)


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise ZeroDivisionError


def test_a_line_holds_no_question_and_no_visit(log: io.StringIO) -> None:
    site = TestClient(Seen(fine, Counters()))
    for path in ("/?q=planted-question", "/gradio_api/heartbeat/planted-visit", "/gradio_api/file=/tmp/planted.pdf", "/gradio_api/call/ask/planted-event"):
        assert site.get(path).status_code == 204
    lines = log.getvalue()
    assert lines.count('"event": "request"') == 4 and "/gradio_api/heartbeat/…" in lines and "planted" not in lines


def test_a_request_that_breaks_is_counted_as_500(log: io.StringIO) -> None:
    counters = Counters()
    for app in (fine, broken):
        TestClient(Seen(app, counters), raise_server_exceptions=False).get("/")
    counted = [counters.registry.get_sample_value("mingzhang_http_requests_total", {"code": code}) for code in ("204", "500")]
    assert counted == [1, 1] and '"status": 500' in log.getvalue()
