"""A shelf and its functions → the web page: pictures by address, screens in one Gradio page, a server."""

import gradio as gr
import uvicorn
from fastapi import FastAPI

from ui.ask_screen import Asking, ask_screen
from ui.evidence import Picture, add_pictures
from ui.theme import head, script, theme

TITLE = "明账 · 每个数字都有出处"
HEADER = '<header id="masthead"><a href="./" aria-label="明账首页">明账</a><span>每个数字都有出处</span></header>'


def build(asking: Asking, *, concurrency: int = 4) -> gr.Blocks:
    """The page. `concurrency`: how many questions are answered at the same time; more wait in line."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(HEADER, elem_id="top", apply_default_css=False, js_on_load=None)
        ask_screen(page, asking, concurrency)
    return page


def web(blocks: gr.Blocks, picture: Picture) -> FastAPI:
    """The whole site: page pictures and the Gradio page; nothing on it comes from another host."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_pictures(app, picture)
    gr.mount_gradio_app(
        app, blocks, path="/", theme=theme(), head=head(), js=script(), footer_links=[], run_history=False,
        show_error=False, ssr_mode=False, enable_monitoring=False,
    )  # fmt: skip
    return app


def serve(app: FastAPI, host: str, port: int) -> None:
    uvicorn.run(app, host=host, port=port, log_level="warning")
