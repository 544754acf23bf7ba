"""PDFs → seconds of reading beside plain pdfplumber on the same files, peak memory: `python -m evals.reading_speed FILE…`

Both are timed in processor seconds, each in a fresh process that imports no more than it needs, in turn, the least of
some rounds: another program on the machine only ever adds. The ratio is of the whole file, from its opening on, so what
is loaded with the first file counts; the imports before it are the same for every file and are told apart.
`--embed` also embeds each file's chunks and counts them a second.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.timed_reading import OURS, PLAIN, Timed
from ingest.pages import page_count, read_pages
from ingest.read import read

ROUNDS = 3
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Speed:
    """What reading one file took."""

    pages: int
    scanned: int
    """Pages on which something was read by OCR: plain pdfplumber has nothing to set against them."""
    plain: Timed
    ours: Timed

    @property
    def ratio(self) -> float:
        return self.ours.reading / self.plain.reading


def measured(file: Path, rounds: int = ROUNDS) -> Speed:
    """Both readers in turn; a file whose pictures are read takes long enough to be timed once."""
    scanned = _scanned(file)
    runs = [{reader: _alone(reader, file) for reader in (PLAIN, OURS)} for _ in range(1 if scanned else rounds)]
    return Speed(page_count(file), scanned, _least([run[PLAIN] for run in runs]), _least([run[OURS] for run in runs]))


def _alone(reader: str, file: Path) -> Timed:
    """The reader in a process of its own: neither its memory nor what it loaded is the other's."""
    command = [sys.executable, "-m", "evals.timed_reading", reader, str(file.resolve())]
    return Timed(**json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout))


def _least(runs: Sequence[Timed]) -> Timed:
    return Timed(min(run.imports for run in runs), min(run.reading for run in runs), min(run.peak for run in runs))


def _scanned(file: Path) -> int:
    """Pages with a line or a table that came from a picture."""
    return sum(
        page.origin == "OCR" or any(grid.origin == "OCR" for grid in page.grids) or any(line.score < 1 for line in page.lines)
        for page in read_pages(file)
    )


def chunks_a_second(file: Path) -> tuple[int, float]:
    """Chunks of a file that are embedded, and how many a second of wall time."""
    from corpus.embedding import embedding_of
    from corpus.settings import load_settings
    from corpus.shelf import EMBEDDED

    texts = [chunk.indexed for chunk in read(file).chunks if chunk.kind in EMBEDDED]
    embedding = embedding_of(load_settings())
    embedding.passages(texts[:1])
    started = time.perf_counter()
    embedding.passages(texts)
    return len(texts), len(texts) / (time.perf_counter() - started)


def as_text(speed: Speed) -> str:
    plain, ours = speed.plain, speed.ours
    return (
        f"{speed.pages}页（识图{speed.scanned}页） pdfplumber {plain.reading:.2f}秒 本程序 {ours.reading:.2f}秒 比值 {speed.ratio:.2f} "
        f"峰值 {ours.peak}MB；读之前装入 pdfplumber {plain.imports:.2f}秒 本程序 {ours.imports:.2f}秒"
    )


def main() -> None:
    """A line a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--embed", action="store_true", help="embed the chunks too")
    chosen = parser.parse_args()
    for file in chosen.files:
        speed = measured(file)
        print(f"{file.stem[:28]}：{as_text(speed)}", flush=True)
        if chosen.embed:
            count, rate = chunks_a_second(file)
            print(f"    向量 {count}段，每秒 {rate:.1f}段", flush=True)


if __name__ == "__main__":
    main()
