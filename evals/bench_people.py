"""A served shelf → seconds to the first answer, and of the answers to 1, 10 and 50 people who ask at once while reports are read.

The real server, over real HTTP on loopback; the reports are read by a process of its own into the same shelf. No question is
asked twice where the shelf has enough of them (3,474 at 1,000 reports, 211 at ten): first of a server that has just begun, with most reports yet to be fetched, then of one that has answered many.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import httpx

from evals.bench_ask import cases, memory
from evals.bench_fill import shelf_folder
from evals.stats import percentile
from evals.systems import ROOT

PATIENCE = 600.0
"""Seconds that an answer may take before it counts as an error."""
EACH, ALONE = 3, 30
"""Questions that each person asks, one after the other; who is alone asks more, or the slowest twentieth of them would say nothing."""
BEGINNING = 15.0
"""Seconds in which the processes beside the server have begun."""
MANY = 300
"""Questions between the two rounds."""


@dataclass(frozen=True)
class Crowd:
    """So many people at once."""

    people: int
    seconds: tuple[float, ...]
    errors: tuple[str, ...]

    def at(self, share: float) -> float:
        return percentile(self.seconds, share)


@dataclass(frozen=True)
class Served:
    """One run of the server."""

    reports: int
    first: float
    """Seconds from its start to its first answer."""
    crowds: tuple[Crowd, ...]
    later: tuple[Crowd, ...]
    """The same after many questions."""
    memory: int
    """Megabytes of the server and of all its processes at the end."""


def served(size: int, people: tuple[int, ...], reports: Sequence[Path], processes: int = 0) -> Served:
    """`processes` answer beside the server."""
    with tempfile.TemporaryDirectory() as temporary:
        shelf = Path(temporary) / "shelf"
        shutil.copytree(shelf_folder(size), shelf)
        asked = cycle(case.question for case in cases(size, 2))
        started = time.perf_counter()
        with _server(shelf, processes) as (url, server), _client() as client:
            _ask(client, url, next(asked), time.perf_counter() + PATIENCE)
            first = time.perf_counter() - started
            time.sleep(BEGINNING if processes else 0)
            with _reading(reports, shelf):
                crowds = tuple(_crowd(url, asked, count) for count in people)
                _crowd(url, asked, 2, MANY // 2)
                later = tuple(_crowd(url, asked, count) for count in people)
            return Served(size, first, crowds, later, sum(memory(str(pid)) for pid in _family(server.pid)))


@contextmanager
def _server(shelf: Path, processes: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "serve", "--shelf", str(shelf), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, env={**os.environ, "MINGZHANG_PROCESSES": str(processes)})
    try:
        yield f"http://127.0.0.1:{port}/api/ask", server
    finally:
        server.terminate()
        server.wait(30)


def _family(pid: int) -> Iterator[int]:
    """The process and all that it began, as Linux tells."""
    yield pid
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in told.read_text().split():
            yield from _family(int(child))


@contextmanager
def _reading(reports: Sequence[Path], shelf: Path) -> Iterator[None]:
    """Over and over until the end: a machine of many cores has soon read them all."""
    command = [sys.executable, "-m", "ui.cli", "ingest", *map(str, reports), "--shelf", str(shelf), "--json"]
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as reader:
                while reader.poll() is None and not ended.wait(0.1):
                    pass
                reader.terminate()

    reading = threading.Thread(target=read)
    reading.start()
    try:
        yield
    finally:
        ended.set()
        reading.join(60)


def _crowd(url: str, asked: Iterator[str], people: int, each: int = 0) -> Crowd:
    """Each person asks questions of their own."""
    shares = [list(islice(asked, each or (ALONE if people == 1 else EACH))) for _ in range(people)]

    def person(questions: list[str]) -> list[tuple[float, str]]:
        with _client() as client:
            return [_timed(client, url, question) for question in questions]

    with ThreadPoolExecutor(people) as pool:
        answers = [one for told in pool.map(person, shares) for one in told]
    return Crowd(people, tuple(seconds for seconds, _ in answers), tuple(error for _, error in answers if error))


def _client() -> httpx.Client:
    """One to a person, as a browser keeps its connection; without certificates, whose loading (13 ms) would weigh on the server's machine."""
    return httpx.Client(timeout=PATIENCE, trust_env=False, verify=False)


def _timed(client: httpx.Client, url: str, question: str) -> tuple[float, str]:
    started = time.perf_counter()
    try:
        _ask(client, url, question)
        error = ""
    except httpx.HTTPError as problem:
        error = f"{type(problem).__name__}: {problem}"
    return time.perf_counter() - started, error


def _ask(client: httpx.Client, url: str, question: str, until: float = 0.0) -> None:
    """Asks, and until a time asks again while the server is not there yet."""
    while True:
        try:
            client.post(url, json={"question": question}).raise_for_status()
            return
        except httpx.HTTPError:
            if time.perf_counter() > until:
                raise
            time.sleep(0.05)
