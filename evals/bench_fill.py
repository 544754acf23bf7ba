"""A size → a shelf of so many synthetic reports, filled straight from their ledgers; kept for the next run.

Vectors are made up (unit vectors from each text's hash, in the space of the shelf's own embedding): embedding 450,000
paragraphs would take a day, and what a search costs does not depend on what the vectors mean.
"""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.embedding import Vectors
from corpus.record import Record
from corpus.rows import text_sha
from corpus.settings import load_settings
from corpus.shelf import EMBEDDED, Shelf
from evals.ledger import publishers
from evals.synth_questions import Drawn
from evals.synth_record import record_of
from evals.synthesize import Plan, planned, plans_of
from evals.systems import ROOT, cache, fingerprint

SEED, YEARS = 11, 5
BATCH = 50
"""Reports whose vectors are written together."""


def drawn(count: int) -> Iterator[Drawn]:
    """The reports of a shelf with their ledgers, without planted errors, not drawn on any page."""
    yield from map(_drawn, islice(planned(count, SEED, YEARS, False), count))


def drawn_of(place: int) -> tuple[Drawn, ...]:
    """Those of one publisher."""
    return tuple(map(_drawn, plans_of(place, publishers(place + 1)[place], SEED, YEARS, False)))


def _drawn(plan: Plan) -> Drawn:
    report, ledger, before, planted = plan
    return Drawn(report, ledger, before, {}, planted.avoid if planted else ())


def shelf_folder(size: int, vectors: bool = True) -> Path:
    """Where the shelf of a size is kept; filled at first use. Named after what decides its content."""
    program = [*sorted((ROOT / "evals").glob("synth*.py")), ROOT / "evals" / "ledger.py"]
    parts = [ROOT / "corpus" / f"{name}.py" for name in ("packing", "rows", "words", "word_index", "number", "statement")]
    name = fingerprint([*program, *parts], "vectors" if vectors else "", folders=())
    folder = cache() / f"bench-{size}-{name}"
    if not (folder / "filled").exists():
        shutil.rmtree(folder, ignore_errors=True)
        fill(folder, size, vectors)
    return folder


def fill(folder: Path, size: int, vectors: bool) -> None:
    shelf = Shelf.open(load_settings(shelf=folder))
    waiting: list[Record] = []
    for one in drawn(size):
        record = record_of(one.report)
        shelf.store.save(record, one.report.file)
        waiting.append(record)
        if len(waiting) == BATCH:
            _write_vectors(shelf, waiting if vectors else ())
            waiting.clear()
    _write_vectors(shelf, waiting if vectors else ())
    shelf.close()
    (folder / "filled").touch()


def _write_vectors(shelf: Shelf, records: Sequence[Record]) -> None:
    for record in records:
        shas = {text_sha(chunk.indexed) for chunk in record.chunks if chunk.kind in EMBEDDED}
        shelf.index.put(record.disclosure.id, {sha: made_up(sha) for sha in shas})


def made_up(sha: str) -> Vectors:
    """A unit vector that depends on the text alone."""
    chance = np.random.default_rng(int(hashlib.sha256(sha.encode()).hexdigest()[:16], 16))
    vector = chance.standard_normal(384).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
