"""A password → nothing of the site without it: pages, pictures and programs' endpoints alike (HTTP Basic)."""

import base64
import binascii
import secrets

from starlette.types import ASGIApp, Receive, Scope, Send

REFUSAL = "需要密码".encode()
GUARDED = frozenset({"http", "websocket"})


class Guard:
    """Stands before the whole app, so that no route can be forgotten. Any user name is taken."""

    def __init__(self, app: ASGIApp, password: str) -> None:
        self._app, self._password = app, password.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in GUARDED or self._knows(dict(scope["headers"]).get(b"authorization", b"")):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            headers = [(b"www-authenticate", b'Basic charset="UTF-8"'), (b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": REFUSAL})

    def _knows(self, header: bytes) -> bool:
        scheme, _, coded = header.partition(b" ")
        try:
            given = base64.b64decode(coded, validate=True).partition(b":")[2]
        except binascii.Error:
            return False
        return scheme.lower() == b"basic" and secrets.compare_digest(given, self._password)
