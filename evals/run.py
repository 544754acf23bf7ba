"""Run: a cases file and a folder of reports → every case put to a system, scored, shown and written down.

The shelf of a run holds exactly the folder's files, plus the shipped report where the cases name it. It is kept by
content: the same files read by the same program are read once. A run that was broken off goes on where it stopped.
"""

import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from corpus.errors import CaseError, MingzhangError, SettingError
from evals.case import Case, load
from evals.page import write_page
from evals.report import as_json, show
from evals.summary import Scored, score
from evals.systems import ROOT, System, fingerprint, open_system, pictures

SHIPPED = ROOT / "corpus" / "files"
FORMS = (".pdf", ".xls", ".xlsx", ".doc", ".docx", ".html", ".htm")

PROGRAM = ("corpus", "ingest", "qa", "evals")
"""Folders whose code decides what a run brings: a changed program takes up no journal of an older one."""


def main(
    cases: Path, reports: Path, out: Path | None = None, html: Path | None = None,
    model: str = "none", system: str = "mingzhang",
) -> dict[str, Any]:
    """The whole run; what OUT holds is returned too."""
    loaded = load(cases)
    files = files_of(loaded, reports)
    key = fingerprint([cases, *files], f"{system} {model}", PROGRAM)
    scored = run(loaded, lambda: open_system(system, files, model), _journal(out, key))
    report = as_json(scored)
    if out is not None:
        out.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
        _forget(out)
    if html is not None:
        write_page(html, scored, pictures(files), f"{cases.name} · {system} · {model}")
    show(scored, f"{cases.name} · {system} · {model}")
    return report


def files_of(cases: Iterable[Case], reports: Path) -> tuple[Path, ...]:
    """The files of the shelf: all of the folder, and those shipped that a case names and the folder lacks."""
    if not reports.is_dir():
        raise CaseError(f"找不到报告文件夹：{reports}")
    given = sorted(p for p in reports.rglob("*") if p.suffix.lower() in FORMS and not p.name.startswith("."))
    named = {name for case in cases for name in case.reports} - {p.name for p in given}
    shipped = [SHIPPED / name for name in sorted(named) if (SHIPPED / name).is_file()]
    missing = sorted(named - {p.name for p in shipped})
    if missing:
        raise CaseError(f"题集用到的报告不在 {reports}：{'、'.join(missing)}")
    return (*given, *shipped)


def run(cases: tuple[Case, ...], opened: Callable[[], System], journal: Path | None = None) -> tuple[Scored, ...]:
    """Every case in order, with a progress bar; cases that the journal already holds are not asked again."""
    done = read_journal(journal)
    system = opened() if any(case.id not in done for case in cases) else None
    ran = []
    with Progress(TextColumn("评测"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), transient=True) as bar:
        for case in bar.track(cases):
            if case.id in done or system is None:
                ran.append(score(case, *done[case.id]))
            else:
                ran.append(ask_one(case, system))
                _note(journal, ran[-1])
    return tuple(ran)


def ask_one(case: Case, system: System) -> Scored:
    """One case; an error of ours is a result (the case counts as failed), any other is a bug and stops the run."""
    start = time.perf_counter()
    try:
        result = system(case)
    except SettingError:
        raise
    except MingzhangError as error:
        result = {"status": "failed", "answer": "", "error": str(error)}
    return score(case, result, time.perf_counter() - start)




def read_journal(journal: Path | None) -> dict[str, tuple[dict[str, Any], float]]:
    """Results of a run that was broken off; a last line cut short is left out."""
    if journal is None or not journal.is_file():
        return {}
    done = {}
    for line in journal.read_text(encoding="utf-8").splitlines():
        if line.endswith("}"):
            entry = json.loads(line)
            done[entry["id"]] = (entry["result"], float(entry["seconds"]))
    return done


def _journal(out: Path | None, key: str) -> Path | None:
    """Beside OUT, named after everything that decides the results: another program or model starts afresh."""
    return out.with_name(f".{out.name}.{key}.partial") if out is not None else None


def _note(journal: Path | None, one: Scored) -> None:
    if journal is not None:
        line = json.dumps({"id": one.case.id, "result": dict(one.result), "seconds": one.seconds}, ensure_ascii=False)
        with journal.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _forget(out: Path) -> None:
    """The run is complete: its journals have served."""
    for journal in out.parent.glob(f".{out.name}.*.partial"):
        journal.unlink()
