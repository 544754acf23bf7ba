"""Offers to programs → `POST /api/<name>`: a JSON object in, a JSON object out; and `GET /api`, a page that says how.

    curl -s http://127.0.0.1:7860/api/ask -H 'Content-Type: application/json' -d '{"question": "2022年公务接待费是多少？"}'
"""

import json
from collections.abc import Mapping
from html import escape

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from corpus.apart import Ended
from corpus.errors import MingzhangError
from ui.callers import Busy, Callers
from ui.programs import Offer
from ui.watch import Fault

PATH = "/api"
MOST_BYTES = 8_000_000
"""Of a request: a text of the largest allowed length takes at most half of it."""
NOT_JSON = "请求的内容应当是一个 JSON 对象，并带 Content-Type: application/json"
STATUS: Mapping[type[MingzhangError], int] = {Busy: 429, Fault: 500, Ended: 500}
"""What stands for an error; 400 for all others."""
STYLE = "body{max-width:56rem;margin:2rem auto;padding:0 1rem;font:16px/1.7 system-ui,sans-serif}td,th{padding:.3rem .6rem;border:1px solid #999;text-align:left}table{border-collapse:collapse}pre{overflow:auto;padding:.8rem;border:1px solid #999}:root{color-scheme:light dark}"


def add_routes(app: FastAPI, callers: Callers) -> None:
    async def call(request: Request) -> JSONResponse:
        name = request.path_params["name"]
        if name not in callers.offers:
            return _refused(404, f"没有“{name[:40]}”，可用的是：{'、'.join(callers.offers)}")
        arguments = await _object(request)
        if arguments is None:
            return _refused(400, NOT_JSON)
        try:
            return JSONResponse(await callers.call(name, arguments), headers={"Cache-Control": "no-store"})
        except MingzhangError as error:
            return _refused(STATUS.get(type(error), 400), str(error))

    app.add_route(PATH + "/{name}", call, ["POST"])  # FastAPI would look for arguments to check, where only an object is taken

    @app.get(PATH, include_in_schema=False)
    def page() -> HTMLResponse:
        return HTMLResponse(page_html(callers.offers))


async def _object(request: Request) -> dict[str, object] | None:
    """The body, where it is a JSON object of a bearable size; only as JSON, which no other site's form can send."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None


def _refused(status: int, why: str) -> JSONResponse:
    return JSONResponse({"error": why}, status)


def page_html(offers: Mapping[str, Offer]) -> str:
    """What can be called and with what; nothing on it comes from another host."""
    parts = "".join(_offer_html(offer) for offer in offers.values())
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>明账 · 接口</title><style>{STYLE}</style>'
        "<h1>明账的接口</h1><p>每个功能一个地址：<code>POST /api/名称</code>，送一个 JSON 对象，得一个 JSON 对象，和命令行 <code>--json</code> 输出的相同。"
        "做不到的，状态码不是 200，<code>error</code> 里说明原因。</p>"
        f"{parts}"
    )


def _offer_html(offer: Offer) -> str:
    fields = offer.schema["properties"]
    rows = "".join(f"<tr><td><code>{escape(name)}</code></td><td>{escape(str(rule.get('description', '')))}</td></tr>" for name, rule in fields.items())
    table = f"<table><tr><th>参数</th><th>填什么</th></tr>{rows}</table>" if rows else "<p>没有参数。</p>"
    return f"<h2><code>/api/{escape(offer.name)}</code></h2><p>{escape(offer.told)}</p>{table}"
