"""A served shelf → seconds to the first answer, and of the answers to 1, 10 and 50 people who ask at once while a report is read.

The real server, over real HTTP on loopback; the report is read by a process of its own into the same shelf.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
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
    memory: int
    """Megabytes of the server at the end."""


def served(size: int, people: tuple[int, ...], report: Path | None) -> Served:
    with tempfile.TemporaryDirectory() as temporary:
        shelf = Path(temporary) / "shelf"
        shutil.copytree(shelf_folder(size), shelf)
        started = time.perf_counter()
        with _server(shelf) as (url, server):
            _ask(url, cases(size, 2)[0].question, time.perf_counter() + PATIENCE)
            first = time.perf_counter() - started
            with _reading(report, shelf):
                crowds = tuple(_crowd(url, size, count) for count in people)
            return Served(size, first, crowds, memory(str(server.pid)))


@contextmanager
def _server(shelf: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "serve", "--shelf", str(shelf), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, env=os.environ)
    try:
        yield f"http://127.0.0.1:{port}/api/ask", server
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def _reading(report: Path | None, shelf: Path) -> Iterator[None]:
    if report is None:
        yield
        return
    command = [sys.executable, "-m", "ui.cli", "ingest", str(report), "--shelf", str(shelf), "--json"]
    reader = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        reader.terminate()
        reader.wait(30)


def _crowd(url: str, size: int, people: int) -> Crowd:
    asked, each = cases(size, 2), ALONE if people == 1 else EACH
    with ThreadPoolExecutor(people) as pool:
        told = list(pool.map(lambda person: [_timed(url, asked[(person * each + turn + 1) % len(asked)].question) for turn in range(each)], range(people)))
    answers = [one for person in told for one in person]
    return Crowd(people, tuple(seconds for seconds, _ in answers), tuple(error for _, error in answers if error))


def _timed(url: str, question: str) -> tuple[float, str]:
    started = time.perf_counter()
    try:
        _ask(url, question)
        error = ""
    except httpx.HTTPError as problem:
        error = f"{type(problem).__name__}: {problem}"
    return time.perf_counter() - started, error


def _ask(url: str, question: str, until: float = 0.0) -> None:
    """Asks, and until a time asks again while the server is not there yet."""
    while True:
        try:
            httpx.post(url, json={"question": question}, timeout=PATIENCE, trust_env=False).raise_for_status()
            return
        except httpx.HTTPError:
            if time.perf_counter() > until:
                raise
            time.sleep(0.05)
