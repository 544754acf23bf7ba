"""Settings → a running server: the site on a port, or MCP tools over standard streams."""

import os
import socket
import sys
from collections.abc import Callable
from errno import EADDRINUSE

import anyio

from corpus.errors import SettingError
from corpus.settings import Settings
from corpus.shelf import Shelf
from ui.answerers import Answerers
from ui.answering import Answerer, answerer_of, plain_of, streamer_of
from ui.app import serve
from ui.guard import LOCAL
from ui.logs import log_to
from ui.mcp_tools import PATH, mcp_server, over_streams
from ui.shelve import limits_of, shelver
from ui.site import callers_of, site
from ui.watch import Watch

OPEN_TO_ALL = "注意：程序在 {host} 上监听，能连到这台机器的人都能打开，而没有设密码。请设 MINGZHANG_PASSWORD，或者不用 --host。"
CHANGEABLE = "连上的人也能上传和删除报告；不想这样请设 MINGZHANG_UPLOAD=false。"


def serve_site(settings: Settings, host: str, port: int, mcp: bool, say: Callable[[str], None]) -> None:
    """Until it is stopped. The port is taken first: that it is free is known before a shelf is opened."""
    log_to(sys.stderr, settings.log)
    with listening(host, port) as taken:
        library, watch = Shelf.open(settings), Watch()
        settings = settings.decided(len(library.disclosures()), os.cpu_count() or 1)
        plain = _plain(library, settings)
        stream = streamer_of(library, settings, watch.model, plain) if settings.model != "none" else None
        answerer = answerer_of(library, settings, watch.model, plain)
        app = site(library, answerer, shelver(library, limits_of(settings)), settings, stream, watch=watch, mcp=mcp, listens=host)
        for line in warnings_of(settings, host):
            say(line)
        address = f"http://{f'[{host}]' if ':' in host else host}:{taken.getsockname()[1]}"
        say(f"明账已启动：{address}（按 Ctrl+C 停止）")
        if mcp:
            say(f"MCP 工具：{address}{PATH}")
        serve(app, taken)


def _plain(library: Shelf, settings: Settings) -> Answerer:
    """What answers without a model: the server itself, or processes beside it where the settings ask for them."""
    here = plain_of(library)
    if not settings.processes:
        return here
    beside = Answerers(settings, here, library.disclosures)
    beside.begin()
    return beside


def listening(host: str, port: int) -> socket.socket:
    """A socket of this address; port 0 is any that is free."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048)
    except (OSError, OverflowError) as error:
        why = "已被占用" if isinstance(error, OSError) and error.errno == EADDRINUSE else "用不了"
        raise SettingError(f"地址 {host} 的端口 {port} {why}，请用 --port 或 --host 换一个") from error


def serve_streams(settings: Settings) -> None:
    """Standard output belongs to the protocol; the log goes to standard error."""
    log_to(sys.stderr, settings.log)
    library, watch = Shelf.open(settings), Watch()
    callers = callers_of(library, watch.answerer(answerer_of(library, settings, watch.model)), settings, watch)
    anyio.run(over_streams, mcp_server(callers))


def warnings_of(settings: Settings, host: str) -> tuple[str, ...]:
    """What whoever starts the server should know before others find out."""
    if host in LOCAL or settings.password.get_secret_value():
        return ()
    return (OPEN_TO_ALL.format(host=host), *((CHANGEABLE,) if settings.upload else ()))
