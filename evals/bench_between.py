"""Shelves of several sizes → processor seconds of 哪个部门最高 over all their publishers, each answer held against the ledgers.

    python -m evals.bench_between 100 1000
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable

from corpus.settings import load_settings
from corpus.shelf import Shelf
from corpus.words import warm
from evals.bench_fill import YEARS, drawn_of, shelf_folder
from evals.case import qa_case
from evals.score import score_qa
from evals.stats import percentile
from evals.synth_questions import over_publishers
from qa.answer import answer
from qa.render import as_json

EACH = 24
"""Questions of a size."""


def main(sizes: Iterable[int]) -> None:
    warm()
    for size in sizes:
        print(_told(size))


def _told(size: int) -> str:
    drawn = [one for place in range(size // YEARS) for one in drawn_of(place)]
    rows = [row for row in over_publishers(drawn) if "哪个部门" in row["question"]]
    cases = [qa_case({**row, "id": f"b-{number}"}) for number, row in enumerate(rows[:: max(len(rows) // EACH, 1)])]
    shelf = Shelf.open(load_settings(shelf=shelf_folder(size)))
    seconds: list[float] = []
    outcomes: Counter[str] = Counter()
    for case in cases:
        started = time.process_time()
        reply = answer(case.question, shelf)
        seconds.append(time.process_time() - started)
        outcomes[str(score_qa(case, as_json(reply)).outcome)] += 1
    shelf.close()
    counts = "，".join(f"{name} {count}" for name, count in outcomes.items())
    return f"{size // YEARS} 个部门：第一题 {seconds[0]:.2f} 秒，p50 {percentile(seconds, 0.5):.2f} 秒，最慢 {max(seconds):.2f} 秒（处理器时间）；{counts}"


if __name__ == "__main__":
    main(map(int, sys.argv[1:]))
