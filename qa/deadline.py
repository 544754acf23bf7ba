"""A moment by which a model must have answered → an HTTP client that keeps to it, however the bytes come.

A time limit of httpx is for one wait: a server that sends a byte or a sign of life now and then is waited for, for ever.
"""

import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

import httpx

ENDS: ContextVar[float] = ContextVar("ENDS")
"""On the monotonic clock; set by whoever asks, before the request. A second try has what the first has left."""


class Punctual(httpx.Client):
    """Proxies and all else as httpx does."""

    def send(self, request: httpx.Request, *, stream: bool = False, **chosen: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        ends = ENDS.get()
        left = ends - time.monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("no time is left", request=request)
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), left)
        response = super().send(request, stream=True, **chosen)
        assert isinstance(response.stream, httpx.SyncByteStream), "a client that is not asynchronous"
        response.stream = _Until(response.stream, ends)
        if not stream:
            response.read()
        return response


class _Until(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, ends: float) -> None:
        self._stream, self._ends = stream, ends

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            if time.monotonic() > self._ends:
                raise httpx.ReadTimeout("bytes still come")
            yield part

    def close(self) -> None:
        self._stream.close()
