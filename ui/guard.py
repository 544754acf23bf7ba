"""A password, the site's names → nothing of the site for whom they do not fit: pages, pictures and programs' endpoints alike."""

import base64
import binascii
import secrets
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

REFUSAL = "需要密码"
WRONG_NAME = "网站不认这个地址。如果这是您设的域名，请把它写进 MINGZHANG_HOSTS"
WRONG_ORIGIN = "不接受别的网站发来的请求。如果这是您设的域名，请把它写进 MINGZHANG_HOSTS"
GUARDED = frozenset({"http", "websocket"})
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
KNOWN = "mingzhang.known"
"""Key of a request's scope: whether the password was given."""


class Guard:
    """HTTP Basic before the whole app, so that no route can be forgotten. Any user name is taken. An address in `open` is
    let through, and told that the visitor is not known."""

    def __init__(self, app: ASGIApp, password: str, open: Collection[str] = ()) -> None:
        self._app, self._password, self._open = app, password.encode(), frozenset(open)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = scope["type"] not in GUARDED or self._knows(dict(scope["headers"]).get(b"authorization", b""))
        if known or scope["path"] in self._open:
            scope[KNOWN] = known
            await self._app(scope, receive, send)
        else:
            await refuse(scope, send, 401, REFUSAL, [(b"www-authenticate", b'Basic charset="UTF-8"')])

    def _knows(self, header: bytes) -> bool:
        scheme, _, coded = header.partition(b" ")
        try:
            given = base64.b64decode(coded, validate=True).partition(b":")[2]
        except binascii.Error:
            return False
        return scheme.lower() == b"basic" and secrets.compare_digest(given, self._password)


class Names:
    """Only requests to the site's own names: another site's name that was made to point at this machine (DNS rebinding) gets
    nothing. Where other programs call (`closed`), no web page of another site may."""

    def __init__(self, app: ASGIApp, names: Collection[str], closed: Collection[str] = ()) -> None:
        self._app, self._names, self._closed = app, frozenset(name.lower() for name in names), frozenset(closed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] in GUARDED else Headers()
        own = _name(headers.get("host", ""))
        origin = _name(headers.get("origin", "").partition("//")[2])
        if scope["type"] in GUARDED and self._names and own not in self._names:
            await refuse(scope, send, 403, WRONG_NAME)
        elif origin and origin not in self._names | {own} and scope["path"] in self._closed:
            await refuse(scope, send, 403, WRONG_ORIGIN)
        else:
            await self._app(scope, receive, send)


def names_of(hosts: str, listens: str) -> frozenset[str]:
    """The names that a site answers to: those that are set, and this machine's own; () for any, where the program listens to
    the world and no name is set."""
    given = frozenset(host.strip().lower() for host in hosts.split(",") if host.strip())
    return given | LOCAL if given or listens in LOCAL else frozenset()


async def refuse(scope: Scope, send: Send, status: int, why: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *(headers or [])]})
    await send({"type": "http.response.body", "body": why.encode()})


def _name(host: str) -> str:
    """Without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return "?"
