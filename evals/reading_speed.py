"""PDFs → seconds of reading beside plain pdfplumber on the same files, peak memory: `python -m evals.reading_speed FILE…`

Both are timed in processor seconds in one run, each file in a process of its own, so that another program on the
machine changes neither the ratio nor the peak. `--embed` also embeds each file's chunks and counts them a second.
"""

import argparse
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pdfplumber

from ingest.pages import page_count, read_pages
from ingest.read import read

MEGABYTE = 1024


@dataclass(frozen=True)
class Speed:
    """What reading one file took."""

    pages: int
    scanned: int
    """Pages on which something was read by OCR: plain pdfplumber has nothing to set against them."""
    plain: float
    ours: float
    peak: int
    """Megabytes of the process that read."""


def measured(file: Path) -> Speed:
    """Each in a process of its own: the peak of one is not the other's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        plain, _ = pool.submit(_timed, _plain, file).result()
        ours, peak = pool.submit(_timed, _ours, file).result()
        scanned = pool.submit(_scanned, file).result()
    return Speed(page_count(file), scanned, plain, ours, peak)


def _timed(work: Callable[[Path], object], file: Path) -> tuple[float, int]:
    started = time.process_time()
    work(file)
    return time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE


def _plain(file: Path) -> None:
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def _ours(file: Path) -> None:
    read(file)


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


def main() -> None:
    """A line a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--embed", action="store_true", help="embed the chunks too")
    chosen = parser.parse_args()
    for file in chosen.files:
        speed = measured(file)
        print(
            f"{file.stem[:28]}：{speed.pages}页（识图{speed.scanned}页） pdfplumber {speed.plain:.1f}秒 本程序 {speed.ours:.1f}秒 "
            f"比值 {speed.ours / speed.plain:.2f} 峰值 {speed.peak}MB",
            flush=True,
        )
        if chosen.embed:
            count, rate = chunks_a_second(file)
            print(f"    向量 {count}段，每秒 {rate:.1f}段", flush=True)


if __name__ == "__main__":
    main()
