"""Files and folders → on the shelf, with a progress bar and a line a file; the others go on where one cannot be read."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from corpus.apart import USUAL, Apart, Limits
from corpus.embedding import Vectors
from corpus.errors import FileError, MingzhangError
from corpus.filename import shown_name
from corpus.record import Record
from corpus.shelf import Shelf
from corpus.store import Saved
from ingest.kept import FOLDER
from ingest.safely import read_safely
from ui.identify import as_corrected
from ui.on_ray import Came

MOST_JOBS = 8
SUFFIXES = frozenset([".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".htm", ".png", ".jpg", ".jpeg", ".tif", ".tiff"])
"""What is looked for in a folder; a file's kind is told by its content."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    path: Path
    record: Record | None
    saved: str
    error: str
    seconds: float


Cluster = Callable[[Sequence[Path]], Iterator[Came]]
"""Reads files on other machines."""


def ingest_all(
    paths: Sequence[Path], shelf: Shelf, jobs: int, as_json: bool, limits: Limits = USUAL, cluster: Cluster | None = None
) -> bool:
    """Whether every file was read. Prints a line a file at the end."""
    files = list(_files(paths))
    outcomes: list[Outcome] = []
    screen = Console(stderr=True, highlight=False)
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=screen, disable=as_json)
    try:
        with bar:
            whole = bar.add_task("全部文件", total=len(files))
            for outcome in _on_cluster(files, shelf, cluster) if cluster else _read_all(files, shelf, jobs, bar, limits):
                outcomes.append(outcome)
                bar.advance(whole)
                if outcome.error:
                    bar.console.print(outcome.error, style="red", markup=False)
    finally:  # a run that is broken off says what it has stored
        out = Console(highlight=False, soft_wrap=True)
        for outcome in outcomes:
            out.print(json.dumps(_row(outcome), ensure_ascii=False) if as_json else _line(outcome), markup=False)
    return bool(files) and all(not outcome.error for outcome in outcomes)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    """Folders are searched for files of the kinds that can be read; a file that is named is tried whatever it is called."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and not file.name.startswith("."))
        else:
            yield path


def _read_all(files: Sequence[Path], shelf: Shelf, jobs: int, bar: Progress, limits: Limits) -> Iterable[Outcome]:
    workers = min(jobs or cpu_count() or 1, len(files), MOST_JOBS)
    if workers > 1:
        yield from _in_processes(files, shelf, workers, limits)
        return
    with Apart(limits) as child:
        yield from _one_by_one(files, shelf, child, bar)


def _on_cluster(files: Sequence[Path], shelf: Shelf, cluster: Cluster) -> Iterable[Outcome]:
    """Other machines read and make the vectors; this one writes."""
    started = time.perf_counter()
    for file, came in cluster(files):
        if isinstance(came, MingzhangError):
            yield Outcome(file, None, "", str(came), time.perf_counter() - started)
        else:
            yield _saved(file, came.record, shelf, started, None, came.vectors)


def _one_by_one(files: Sequence[Path], shelf: Shelf, child: Apart, bar: Progress) -> Iterable[Outcome]:
    for file in files:
        name = escape(shown_name(file.name))
        task = bar.add_task(name, total=None)

        def told(stage: str, done: int, of: int, task: Any = task, name: str = name) -> None:  # noqa: ANN401 - rich's TaskID
            bar.update(task, description=f"{name} {stage}", completed=done, total=of)

        started = time.perf_counter()
        try:
            record = read_safely(_existing(file), child, told, shelf.folder / FOLDER)
        except MingzhangError as error:
            yield Outcome(file, None, "", str(error), time.perf_counter() - started)
        else:
            yield _saved(file, record, shelf, started, told)
        bar.remove_task(task)


def _in_processes(files: Sequence[Path], shelf: Shelf, workers: int, limits: Limits) -> Iterable[Outcome]:
    """Several files are read at once; one process writes."""
    started = time.perf_counter()
    with _lanes(workers, limits) as lanes, ThreadPoolExecutor(workers) as waiters:
        waiting: dict[Future[Record], Path] = {
            waiters.submit(_read_in_lane, lanes, file, shelf.folder / FOLDER): file for file in files
        }
        for future in as_completed(waiting):
            file = waiting[future]
            try:
                record = future.result()
            except MingzhangError as error:
                yield Outcome(file, None, "", str(error), time.perf_counter() - started)
            else:
                yield _saved(file, record, shelf, started, None)


Lanes = SimpleQueue[Apart]
"""Free reading processes. Each stands alone: one that is killed takes only its own file with it."""


@contextmanager
def _lanes(workers: int, limits: Limits) -> Iterator[Lanes]:
    lanes: Lanes = SimpleQueue()
    every = [Apart(limits) for _ in range(workers)]
    for lane in every:
        lanes.put(lane)
    try:
        yield lanes
    finally:
        for lane in every:
            lane.end()


def _read_in_lane(lanes: Lanes, file: Path, keep: Path) -> Record:
    lane = lanes.get()
    try:
        return read_safely(_existing(file), lane, lambda stage, done, whole: None, keep)
    finally:
        lanes.put(lane)


def _existing(file: Path) -> Path:
    if not file.exists():
        raise FileError(file.name, "没有这个文件")
    return file


def _saved(
    file: Path, record: Record, shelf: Shelf, started: float, told: Any, made: Mapping[str, Vectors] | None = None  # noqa: ANN401 - the bar's function or None
) -> Outcome:
    try:
        record = as_corrected(record, shelf)
        change = shelf.save(record, file, (lambda done, of: told("建立索引", done, of)) if told else None, made)
    except MingzhangError as error:
        return Outcome(file, None, "", f"《{shown_name(file.name)}》没有存入报告库：{error}", time.perf_counter() - started)
    said = {Saved.UNCHANGED: "没有变化", Saved.REPLACED: "已替换旧的"}.get(change.saved, "已存入")
    return Outcome(file, record, said, "", time.perf_counter() - started)


def _line(outcome: Outcome) -> str:
    if outcome.record is None:
        return f"✗ {shown_name(outcome.path.name)}：{outcome.error}"
    record, of = outcome.record, outcome.record.disclosure
    sure = "" if of.certain else "（名称、年度或文种待确认）"
    left_out = "".join(f"\n    未读取：{note}" for note in record.left_out)
    return (
        f"✓ {of.publisher}  {of.when}  {of.scope}{of.kind}{sure}  {of.pages} 页  {len(record.tables)} 张表  {len(record.facts)} 个数字  "
        f"{len(record.discrepancies)} 处疑点  {outcome.seconds:.1f} 秒  {outcome.saved}{left_out}"
    )


def _row(outcome: Outcome) -> dict[str, object]:
    if outcome.record is None:
        return {"file": shown_name(outcome.path.name), "error": outcome.error, "seconds": round(outcome.seconds, 1)}
    record, of = outcome.record, outcome.record.disclosure
    return {
        "file": of.file, "id": of.id, "sha256": of.sha256, "publisher": of.publisher, "year": of.year, "kind": str(of.kind), "scope": str(of.scope),
        "certain": of.certain, "pages": of.pages, "tables": len(record.tables), "facts": len(record.facts), "findings": len(record.discrepancies),
        "left_out": list(record.left_out), "saved": outcome.saved, "seconds": round(outcome.seconds, 1),
    }  # fmt: skip
