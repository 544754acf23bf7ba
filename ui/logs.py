"""What happens → lines in the log, each with the id of its request; for people, or one JSON object a line (`MINGZHANG_LOG=json`).

Never in a line: a question, a text that is checked, a password, a key. Of an error that was not foreseen, its type and where it
arose are kept, not its message, which may repeat what a reader wrote.
"""

import logging
import re
import sys
from asyncio import CancelledError
from collections.abc import MutableMapping
from pathlib import Path
from traceback import extract_tb
from typing import IO, Any
from uuid import uuid4

import structlog
from asgi_correlation_id import CorrelationIdMiddleware, correlation_id
from starlette.types import ASGIApp

HEADER = "X-Request-ID"
OURS = ("corpus", "ingest", "qa", "ui")
OWN_HANDLERS = ("uvicorn", "uvicorn.error", "uvicorn.access")
FRAMES = 12
_PLAIN = re.compile(r"[\w.-]{1,64}", re.ASCII)
Event = MutableMapping[str, Any]


def log_to(stream: IO[str], form: str) -> None:
    """Sets up the process's log. `text`: warnings and errors, for people; `json`: every request and what was done for it."""
    last = structlog.processors.JSONRenderer(ensure_ascii=False, default=str) if form == "json" else structlog.dev.ConsoleRenderer(colors=False, sort_keys=False)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_said_with(), processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last])
    )
    handler.addFilter(_worth_a_line)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OWN_HANDLERS:  # uvicorn's usual set-up prints a traceback with its message
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO if form == "json" else logging.WARNING)


def _worth_a_line(record: logging.LogRecord) -> bool:
    """A connection that is cut because the server is stopped is no error."""
    return not (record.exc_info and isinstance(record.exc_info[1], CancelledError))


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """`log.info("ask", status="answered")`: an event and its plain values. It goes through Python's own logging, so that a process
    that set up no log prints no lines."""
    processors = [structlog.stdlib.filter_by_level, *_said_with(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
    made: structlog.stdlib.BoundLogger = structlog.wrap_logger(logging.getLogger(name), processors, structlog.stdlib.BoundLogger)
    return made


def _said_with() -> list[Any]:
    """What every line has, ours and the libraries'."""
    return [
        structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        with_request, without_messages,
    ]  # fmt: skip


def request_id() -> str:
    """Of the request that this thread or task works for; '' outside of any. Gradio's queue works outside the request's own
    context, and hands the request on."""
    if found := correlation_id.get(None):
        return str(found)
    gradio = sys.modules.get("gradio.context")  # 90 MB, which a process that answers beside the server has no use for
    request = gradio.LocalContext.request.get(None) if gradio else None
    headers = getattr(request, "headers", None) or {}
    return str(headers.get(HEADER.lower(), ""))


def with_request_ids(app: ASGIApp) -> ASGIApp:
    """Each request gets an id, and its answer tells it; a caller's own id is kept where it is a plain one."""
    return CorrelationIdMiddleware(app, header_name=HEADER, generator=lambda: uuid4().hex, validator=lambda id: bool(_PLAIN.fullmatch(id)))


def with_request(_: Any, __: str, event: Event) -> Event:  # noqa: ANN401 - structlog's own signature
    if id := request_id():
        event.setdefault("request_id", id)
    return event


def without_messages(_: Any, __: str, event: Event) -> Event:  # noqa: ANN401 - structlog's own signature
    """An exception's type and where it arose in place of its message."""
    told = event.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    error = told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["error"], event["where"] = type(error).__name__, where(error)
    return event


def where(error: BaseException) -> list[str]:
    """The last frames: file, line and function, no values."""
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)[-FRAMES:]]
