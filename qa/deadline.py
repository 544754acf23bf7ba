"""A moment by which a model must have answered → an HTTP client that keeps to it, however the bytes come.

A time limit of httpx is for one wait: a server that sends a byte or a sign of life now and then is waited for, for ever,
in the head of an answer as in its body. So the connection is cut at that moment.
"""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Timer
from typing import Any

import httpx

ENDS: ContextVar[float] = ContextVar("ENDS")
"""On the monotonic clock; set by whoever asks, before the request. A second try has what the first has left."""


class Punctual(httpx.Client):
    """Proxies and all else as httpx does; a connection serves one request, so that it can be told whose it is."""

    def __init__(self, **chosen: Any) -> None:  # noqa: ANN401 - httpx's own options
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0), **chosen)

    def send(self, request: httpx.Request, *, stream: bool = False, **chosen: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        line = _Line(ENDS.get(), request)
        try:
            with line.in_time():
                response = super().send(request, stream=True, **chosen)
            assert isinstance(response.stream, httpx.SyncByteStream), "a client that is not asynchronous"
            response.stream = _Until(response.stream, line)
            if not stream:
                response.read()
        except BaseException:
            line.close()
            raise
        return response


class _Line:
    """The connection of one request, which ends at a moment whatever comes over it."""

    def __init__(self, ends: float, request: httpx.Request) -> None:
        self._ends, self._request = ends, request
        self._socket: socket.socket | None = None
        left = ends - time.monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("no time is left", request=request)
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), left)
        request.extensions["trace"] = self._hear
        self._timer = Timer(left, self._cut)
        self._timer.daemon = True
        self._timer.start()

    @contextmanager
    def in_time(self) -> Iterator[None]:
        """What breaks because it was cut is told as late; so is what has then an end, as a body without a length has."""
        try:
            yield
        except httpx.TransportError as error:
            if time.monotonic() < self._ends:
                raise
            raise httpx.ReadTimeout("cut", request=self._request) from error
        if time.monotonic() >= self._ends:
            raise httpx.ReadTimeout("cut, or too late", request=self._request)

    def close(self) -> None:
        self._timer.cancel()
        self._socket = None

    def _hear(self, _event: str, said: Mapping[str, Any]) -> None:
        """httpx tells each step of a request, with the stream that a step has made: the connection, the one encrypted over it."""
        if extra := getattr(said.get("return_value"), "get_extra_info", None):
            self._socket = extra("socket")
            if time.monotonic() >= self._ends:
                self._cut()

    def _cut(self) -> None:
        """Whoever waits for bytes hears of their end; closing alone would wake no one."""
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Until(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, line: _Line) -> None:
        self._stream, self._line = stream, line

    def __iter__(self) -> Iterator[bytes]:
        with self._line.in_time():
            yield from self._stream

    def close(self) -> None:
        self._line.close()
        self._stream.close()
