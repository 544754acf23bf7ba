"""Uploading switched off → Gradio's own address for uploads takes nothing either: what the page hides, a program could still send."""

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.guard import refuse

UPLOADS = ("/upload", "/upload_progress")
"""Ends of Gradio's addresses."""
SWITCHED_OFF = "这个网站不接受上传。"


class NoUploads:
    """Refuses before a byte of the file is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/").endswith(UPLOADS):
            await refuse(scope, send, 403, SWITCHED_OFF)
        else:
            await self._app(scope, receive, send)
