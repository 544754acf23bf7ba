"""Shelves of several sizes → seconds of the same kinds of questions and of searches over all of each, in turn, and the memory that it takes.

Each shelf is asked by a process of its own, question by question in turn with the others, so that what else runs on the
machine weighs on all alike. Processor seconds of the answering thread stand beside wall seconds.
"""

import random
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from corpus.collecting import collect_rarely
from corpus.settings import load_settings
from corpus.shelf import Shelf
from evals.bench_fill import YEARS, drawn_of, shelf_folder
from evals.case import QaCase, qa_case
from evals.score import score_qa
from evals.stats import percentile
from evals.synth_questions import questions

PUBLISHERS = 30
"""So many publishers are asked about at most, or all there are."""


@dataclass(frozen=True)
class Answered:
    """One question's cost."""

    wall: float
    processor: float
    outcome: str
    question: str


@dataclass(frozen=True)
class AskedAt:
    """What a size came to."""

    size: int
    answers: tuple[Answered, ...]
    searches: tuple[float, ...]
    """Seconds of processor time, Chroma's threads included, of a search for the question's words and meaning over the whole shelf."""
    opened: float
    """Seconds to open the shelf and answer the first question."""
    memory: int
    """Megabytes of the process at the end."""

    def at(self, share: float, kind: str = "processor") -> float:
        return percentile([getattr(one, kind) for one in self.answers], share)

    @property
    def wrong(self) -> tuple[str, ...]:
        return tuple(one.question for one in self.answers if one.outcome == "wrong_figure")

    @property
    def right(self) -> int:
        return sum(one.outcome == "correct" for one in self.answers)


def ask_at(sizes: tuple[int, ...], count: int, seed: int = 1) -> tuple[AskedAt, ...]:
    """`count` questions at each size."""
    folders = {size: shelf_folder(size) for size in sizes}
    pools = {size: ProcessPoolExecutor(1, mp_context=get_context("spawn")) for size in sizes}
    try:
        opened = {size: pools[size].submit(_first, str(folders[size]), size, seed).result() for size in sizes}
        answers: dict[int, list[Answered]] = {size: [] for size in sizes}
        searches: dict[int, list[float]] = {size: [] for size in sizes}
        for number in range(count):
            for size in sizes:
                answers[size].append(pools[size].submit(_ask, str(folders[size]), size, seed, number).result())
                searches[size].append(pools[size].submit(_search, str(folders[size]), size, seed, number).result())
        return tuple(AskedAt(size, tuple(answers[size]), tuple(searches[size]), opened[size], pools[size].submit(memory).result()) for size in sizes)
    finally:
        for pool in pools.values():
            pool.shutdown()


@cache
def cases(size: int, seed: int) -> tuple[QaCase, ...]:
    """Questions about some of a shelf's publishers, shuffled; those over all publishers are left out (asked apart)."""
    chance = random.Random(seed)
    places = range(max(size // YEARS, 1))
    chosen = chance.sample(places, min(PUBLISHERS, len(places)))
    rows = [row for row in chain.from_iterable(questions(drawn_of(place)) for place in chosen)]
    chance.shuffle(rows)
    return tuple(qa_case({**row, "id": f"b-{number}"}) for number, row in enumerate(rows))


@cache
def _opened(folder: str) -> Shelf:
    """As the server opens it."""
    collect_rarely()
    return Shelf.open(load_settings(shelf=Path(folder)))


def _first(folder: str, size: int, seed: int) -> float:
    cases(size, seed)
    started = time.perf_counter()
    _ask(folder, size, seed, -1)
    return time.perf_counter() - started


def _ask(folder: str, size: int, seed: int, number: int) -> Answered:
    """In the size's own process."""
    from qa.answer import answer
    from qa.render import as_json

    asked = cases(size, seed)
    case = asked[number % len(asked)]
    shelf = _opened(folder)
    wall, processor = time.perf_counter(), time.thread_time()
    reply = answer(case.question, shelf)
    wall, processor = time.perf_counter() - wall, time.thread_time() - processor
    return Answered(wall, processor, str(score_qa(case, as_json(reply)).outcome), case.question)


def _search(folder: str, size: int, seed: int, number: int) -> float:
    """Of all reports, as a question is searched whose publisher nobody knows."""
    asked = cases(size, seed)
    started = time.process_time()
    _opened(folder).search(asked[number % len(asked)].question, None, 12)
    return time.process_time() - started


def memory(pid: str = "self") -> int:
    """Megabytes that a process holds now, what it shares with others (libraries) by its part, so that those of several add up; 0 where the system does not say."""
    told = Path(f"/proc/{pid}/smaps_rollup")
    if not told.exists():
        return 0
    return next(int(line.split()[1]) // 1024 for line in told.read_text().splitlines() if line.startswith("Pss:"))
