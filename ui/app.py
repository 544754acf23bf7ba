"""A shelf and its functions → the web page: pictures by address, screens in one Gradio page, a server."""

import gradio as gr
import uvicorn
from fastapi import FastAPI

from ui.api import add_api
from ui.ask_screen import Asking, ask_screen
from ui.audit_screen import Auditing, audit_screen
from ui.check_screen import Checking, check_screen
from ui.evidence import PANE, Picture, add_pictures
from ui.facts_route import add_facts
from ui.guard import Guard
from ui.shelf_screen import Keeping, shelf_screen
from ui.theme import head, script, theme

TITLE = "明账 · 每个数字都有出处"
HEADER = '<header id="masthead"><a href="./" aria-label="明账首页">明账</a><span>每个数字都有出处</span></header>'
LARGEST_FILE = "300mb"
SWEEP = (3600, 86400)
"""Seconds: how often Gradio's temporary files are looked through, and how old they may grow."""


def build(
    asking: Asking, keeping: Keeping | None = None, checking: Checking | None = None, auditing: Auditing | None = None,
    *, concurrency: int = 4,
) -> gr.Blocks:  # fmt: skip
    """The page, a tab for each screen whose functions are given. `concurrency`: questions answered at the same time."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=SWEEP)
    with page:
        add_api(asking, checking, auditing, concurrency)  # first: a screen's own functions take the names that are left
        gr.HTML(HEADER, elem_id="top", apply_default_css=False, js_on_load=None)
        with gr.Tabs(elem_id="screens", elem_classes="" if keeping or checking or auditing else "lonely"):
            with gr.Tab("问答") as tab:
                ask_screen(page, tab, asking, concurrency)
            if checking:
                with gr.Tab("核查"):
                    check_screen(checking)
            if auditing:
                with gr.Tab("体检") as tab:
                    audit_screen(tab, auditing)
            if keeping:
                with gr.Tab("报告库") as tab:
                    shelf_screen(tab, keeping)
        gr.HTML(PANE, elem_id="evidence-host", apply_default_css=False, js_on_load=None)
    return page


def web(blocks: gr.Blocks, picture: Picture, password: str = "", auditing: Auditing | None = None) -> FastAPI:
    """The whole site: page pictures and the Gradio page; nothing on it comes from another host."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_pictures(app, picture)
    if auditing:
        add_facts(app, auditing.disclosures, auditing.facts)
    gr.mount_gradio_app(
        app, blocks, path="/", theme=theme(), head=head(), js=script(), footer_links=[], run_history=False,
        show_error=False, ssr_mode=False, enable_monitoring=False, max_file_size=LARGEST_FILE,
    )  # fmt: skip
    if password:
        app.add_middleware(Guard, password=password)
    return app


def serve(app: FastAPI, host: str, port: int) -> None:
    uvicorn.run(app, host=host, port=port, log_level="warning")
