"""A shelf and its functions → the web page: pictures by address, screens in one Gradio page, a server."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from socket import socket

import gradio as gr
import uvicorn
from fastapi import FastAPI

from ui.api import add_api
from ui.ask_screen import Asking, ask_screen
from ui.audit_screen import Auditing, audit_screen
from ui.callers import Callers
from ui.check_screen import Checking, check_screen
from ui.closed import NoUploads
from ui.counters import Counters
from ui.evidence import PANE, Picture, add_pictures
from ui.facts_route import add_facts
from ui.guard import Guard, Names
from ui.health import HEALTH, Health, add_health, add_metrics
from ui.logs import with_request_ids
from ui.mcp_tools import PATH as MCP
from ui.mcp_tools import endpoint, mcp_server
from ui.own_only import OwnOnly
from ui.programs import Offer
from ui.requests import Limits, Seen
from ui.routes import add_routes
from ui.shelf_screen import Keeping, shelf_screen
from ui.theme import head, script, theme

TITLE = "明账 · 每个数字都有出处"
HEADER = '<header id="masthead"><a href="./" aria-label="明账首页">明账</a><span>每个数字都有出处</span></header>'
LOOK = 0.01
"""Seconds between two looks of Gradio's queue at whether there is something to do."""
GRACE = 5
"""Seconds that a server which is stopped gives to what is under way: an open page holds a connection that never ends by itself."""
SWEEP = (3600, 86400)
"""Seconds: how often Gradio's temporary files are looked through, and how old they may grow."""


def build(
    asking: Asking, keeping: Keeping | None = None, checking: Checking | None = None, auditing: Auditing | None = None,
    *, offers: Mapping[str, Offer] | None = None, concurrency: int = 4,
) -> gr.Blocks:  # fmt: skip
    """The page, a tab for each screen whose functions are given. `concurrency`: questions answered at the same time."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=SWEEP)
    with page:
        if offers:
            add_api(offers, concurrency)  # first: a screen's own functions take the names that are left
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


def rest(page: gr.Blocks) -> None:
    """Its queue looks for questions 100 times a second, not 1,000: each look takes the processor from an answer that is worked out."""
    page._queue.sleep_when_free, page._queue.progress_update_sleep_when_free = LOOK, 10 * LOOK


@dataclass(frozen=True)
class Serving:
    """What belongs to the server and to no screen."""

    password: str = ""
    names: frozenset[str] = frozenset()
    """The site's own, () for any."""
    file_limit: int = 300
    """MB of an upload."""
    counters: Counters = field(default_factory=Counters)
    health: Health | None = None
    callers: Callers | None = None
    mcp: bool = False
    uploads: bool = True
    """Whether visitors may send files."""


def web(blocks: gr.Blocks, picture: Picture, password: str = "", auditing: Auditing | None = None, serving: Serving | None = None) -> FastAPI:
    """The whole site: page pictures, addresses for programs, and the Gradio page; nothing on it comes from another host."""
    serving = serving or Serving(password)
    app = _with_programs(serving)
    add_pictures(app, picture)
    if auditing:
        add_facts(app, auditing.disclosures, auditing.facts)
    gr.mount_gradio_app(
        app, blocks, path="/", theme=theme(), head=head(), js=script(), footer_links=[], run_history=False,
        show_error=False, ssr_mode=False, enable_monitoring=False, max_file_size=f"{serving.file_limit}mb",
    )  # fmt: skip
    if not serving.uploads:
        app.add_middleware(NoUploads)
    app.add_middleware(Limits, counters=serving.counters, file_limit=serving.file_limit)
    if serving.password:
        app.add_middleware(Guard, password=serving.password, open=[HEALTH])
    app.add_middleware(Names, names=serving.names, closed=[MCP])
    app.add_middleware(OwnOnly)
    app.add_middleware(Seen, counters=serving.counters)
    app.add_middleware(with_request_ids)  # the outermost: whatever is said within has the id
    return app


def _with_programs(serving: Serving) -> FastAPI:
    """The addresses that are not for readers."""
    route, running = endpoint(mcp_server(serving.callers)) if serving.callers and serving.mcp else (None, None)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=running)
    if route:
        app.router.routes.append(route)
    if serving.callers:
        add_routes(app, serving.callers)
    if serving.health:
        add_health(app, serving.health)
        add_metrics(app, serving.counters)
    return app


def serve(app: FastAPI, listening: socket) -> None:
    """Until it is stopped. Its log goes where the program's goes."""
    config = uvicorn.Config(app, log_level="warning", log_config=None, access_log=False, timeout_graceful_shutdown=GRACE)
    with suppress(KeyboardInterrupt):  # how a server in a terminal is stopped
        uvicorn.Server(config).run(sockets=[listening])
