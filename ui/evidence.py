"""A citation's page → its picture by address, and the pane of the page that shows it with the cited box."""

from collections.abc import Callable
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse

from corpus.errors import MingzhangError

DPI = 144
"""Two picture pixels a point: sharp at the pane's 1.35 and still a small file."""
ID_LENGTH = 16
AT_ONCE = 8
"""Pictures that are seen to at the same time: whoever waits for a page that is hard to draw takes no thread from questions or `/health`."""
FOR_EVER = "private, max-age=31536000, immutable"

Picture = Callable[[str, int, int], Path]
"""Disclosure id, page from 1, dpi → a PNG file. Raises MingzhangError when there is no such page."""

PANE = f"""
<aside id="evidence" data-dpi="{DPI}" aria-labelledby="evidence-title" hidden>
  <header>
    <h2 id="evidence-title" tabindex="-1"></h2>
    <button type="button" class="zoom" aria-pressed="false">整页</button>
    <button type="button" class="close" aria-label="关闭出处">✕</button>
  </header>
  <p class="notice doubtful-note" role="note" hidden>这一处由图像识别读出，未能由表内合计核对，请以原页为准。</p>
  <p class="verdict-note" hidden></p>
  <blockquote></blockquote>
  <div class="sheet" tabindex="0" aria-label="原页图像，可滚动">
    <div class="leaf"><img alt=""><div class="box" hidden></div></div>
    <p class="failed" hidden>原页图像暂时打不开。</p>
  </div>
</aside>
"""


def add_pictures(app: FastAPI, picture: Picture) -> None:
    """`/picture/<disclosure>/<page>.png`: kept by the browser for ever, since an id stands for the content."""

    limiter = CapacityLimiter(AT_ONCE)

    @app.get("/picture/{disclosure}/{page}.png", include_in_schema=False)
    async def page_picture(disclosure: str, page: int) -> FileResponse:
        if len(disclosure) != ID_LENGTH or not disclosure.isalnum():
            raise HTTPException(404, "没有这份文件")
        try:
            png = await to_thread.run_sync(picture, disclosure, page, DPI, limiter=limiter)
        except MingzhangError as error:
            raise HTTPException(404, str(error)) from error
        return FileResponse(png, media_type="image/png", headers={"Cache-Control": FOR_EVER})
