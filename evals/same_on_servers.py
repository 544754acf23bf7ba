"""The same reports on two shelves, SQLite with embedded vectors and servers → every case put to both, what differs, how long each took.

    MINGZHANG_DATABASE_URL=… MINGZHANG_CHROMA_URL=… python -m evals.same_on_servers 题集.jsonl … --reports 报告文件夹

Both shelves are filled by `mingzhang ingest`, once without those settings and once with them (and on the cluster where
MINGZHANG_RAY_ADDRESS is set). Every field of a result but its seconds must be the same to the letter, in the same order,
and a search for the case's words must bring the same passages in the same order. `--here`, `--there` keep the folders.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import MingzhangError, SettingError
from corpus.settings import PREFIX, load_settings
from corpus.shelf import Shelf
from evals.case import AuditCase, Case, QaCase, load
from evals.run import files_of
from evals.stats import percentile
from evals.systems import ROOT, System, system_of

SERVERS = ("database_url", "chroma_url", "ray_address")
PASSAGES = 20
"""So many passages of a search are held against each other."""


@dataclass(frozen=True)
class Pair:
    """One case on both shelves."""

    case: Case
    here: Mapping[str, Any]
    there: Mapping[str, Any]
    seconds: tuple[float, float]

    @property
    def differs(self) -> tuple[str, ...]:
        """Fields that are not the same to the letter, the order of all that is in them included."""
        names = dict.fromkeys((*self.here, *self.there))
        return tuple(name for name in names if name != "seconds" and _written(self.here, name) != _written(self.there, name))


def _written(result: Mapping[str, Any], name: str) -> str:
    return json.dumps(result[name], ensure_ascii=False) if name in result else ""


def pairs(cases: Iterable[Case], here: Shelf, there: Shelf) -> Iterator[Pair]:
    """Every case put to both, one after the other."""
    systems = (system_of(here), system_of(there))
    for case in cases:
        (one, first), (two, second) = (_asked(case, system, shelf) for system, shelf in zip(systems, (here, there), strict=True))
        yield Pair(case, one, two, (first, second))


def _asked(case: Case, system: System, shelf: Shelf) -> tuple[dict[str, Any], float]:
    start = time.perf_counter()
    try:
        result = system(case)
    except MingzhangError as error:
        result = {"status": "failed", "error": str(error)}
    seconds = time.perf_counter() - start
    return {**result, "passages": _passages(case, shelf)}, seconds


def _passages(case: Case, shelf: Shelf) -> list[str]:
    words = "" if isinstance(case, AuditCase) else case.question if isinstance(case, QaCase) else case.text
    return [found.chunk.id for found in shelf.search(words[:200], None, PASSAGES)] if words else []


def filled(folder: Path, files: Sequence[Path], servers: bool) -> Shelf:
    """A shelf of exactly these files; what is not there yet is read by the command itself, under these settings alone."""
    chosen = {} if servers else dict.fromkeys(SERVERS, "")
    shelf = Shelf.open(load_settings(shelf=folder, **chosen))
    names = {disclosure.file for disclosure in shelf.disclosures()}
    if strange := names - {file.name for file in files}:
        raise SettingError(f"这个报告库里还有别的报告（{'、'.join(sorted(strange)[:3])}……），评测要用空的数据库和文件夹")
    if missing := [file for file in files if file.name not in names]:
        _ingest(missing, folder, servers)
    return shelf


def _ingest(files: Sequence[Path], folder: Path, servers: bool) -> None:
    left_out = set() if servers else {f"{PREFIX}{name.upper()}" for name in SERVERS}
    known = {name: value for name, value in os.environ.items() if name not in left_out}
    command = [sys.executable, "-m", "ui.cli", "ingest", *map(str, files), "--shelf", str(folder)]
    if subprocess.run(command, cwd=ROOT, env=known).returncode:
        raise SettingError("有报告没有读入，无法对比")


def told(name: str, both: Sequence[Pair]) -> str:
    """One line a cases file."""
    differ = [pair for pair in both if pair.differs]
    fields = Counter(field for pair in differ for field in pair.differs)
    times = " ".join(f"{side} p50 {percentile(took, 0.5):.3f} p95 {percentile(took, 0.95):.3f} 秒" for side, took in zip(("本机", "服务"), _seconds(both), strict=True))
    said = "；".join(f"{pair.case.id}（{'、'.join(pair.differs)}）" for pair in differ)
    return f"{name}：{len(both)} 题，相同 {len(both) - len(differ)}，不同 {len(differ)}{f' {dict(fields)} {said}' if differ else ''}；{times}"


def _seconds(both: Sequence[Pair]) -> tuple[list[float], list[float]]:
    return [pair.seconds[0] for pair in both], [pair.seconds[1] for pair in both]


def main() -> None:
    """Exit code 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--here", type=Path)
    parser.add_argument("--there", type=Path)
    parser.add_argument("--json", type=Path, help="the pairs that differ")
    chosen = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            sys.exit(0 if run(chosen, Path(folder)) else 1)
    except MingzhangError as error:
        sys.exit(str(error))


def run(chosen: argparse.Namespace, place: Path) -> bool:
    """Whether all that was asked was answered alike."""
    named = load_settings()
    if not (named.database_url.get_secret_value() or named.chroma_url or named.ray_address):
        raise SettingError(f"请设置 {PREFIX}DATABASE_URL、{PREFIX}CHROMA_URL 或 {PREFIX}RAY_ADDRESS，才有两个报告库可比")
    sets = {path.name: load(path) for path in chosen.cases}
    files = files_of([case for cases in sets.values() for case in cases], chosen.reports)
    here, there = filled(chosen.here or place / "here", files, False), filled(chosen.there or place / "there", files, True)
    done = {name: list(pairs(cases, here, there)) for name, cases in sets.items()}
    for name, both in done.items():
        print(told(name, both), flush=True)
    differ = [{"id": pair.case.id, "here": dict(pair.here), "there": dict(pair.there)} for both in done.values() for pair in both if pair.differs]
    if chosen.json:
        chosen.json.write_text(json.dumps(differ, ensure_ascii=False, indent=1), encoding="utf-8")
    for shelf in (here, there):
        shelf.close()
    return not differ


if __name__ == "__main__":
    main()
