"""The guards against faults and hostile input → which of them no test would miss: `python -m evals.guards [NAME…]`

Each guard of `cases/guards.toml` is taken out of a copy of the tree, and the tests named beside it must then fail, having
passed before; one that hangs has noticed too. A test that fails because the rest of the file no longer works without the
guard (an unknown name, a module that cannot be imported) has noticed nothing.
"""

import argparse
import ast
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import TypeVar
from xml.etree import ElementTree

Done = TypeVar("Done")
ROOT = Path(__file__).parents[1]
CASES = ROOT / "evals" / "cases" / "guards.toml"
LONGEST = 900.0
"""Seconds that a test may take with all its guards in place."""
WAIT = 60.0
"""Seconds that a test may take without its guard, beyond three times those that it took with it."""
FAREWELL = 20.0
"""Seconds that a test that hangs has to end the servers that it began."""
MOST_MEMORY = 8 << 30
"""Bytes that a test may take, its children each."""
FINE, SOME_FAILED = 0, 1
"""pytest's exit codes; 2 and more: it could not collect, knows no such test, broke itself."""
BROKEN = re.compile(r"\b(SyntaxError|IndentationError|NameError|UnboundLocalError|ImportError|ModuleNotFoundError)\b")
"""What says that the file does not work without the snippet, whatever it guards against."""


@dataclass(frozen=True)
class Guard:
    """A snippet of the program that a fault or a hostile input needs."""

    name: str
    against: str
    file: str
    guard: str
    without: str
    """What stands in its place when it is taken out."""
    tests: tuple[str, ...]
    """pytest's names of the tests of which each must then fail."""


class End(StrEnum):
    """How the run of a test ended."""

    PASSED = "通过"
    FAILED = "失败"
    HUNG = "挂起"
    SKIPPED = "跳过"
    BROKEN = "程序坏了"


@dataclass(frozen=True)
class Ran:
    end: End
    why: str
    seconds: float


@dataclass(frozen=True)
class Case:
    """What pytest says of one test."""

    name: str
    tag: str
    """failure, error, skipped; '' where it passed."""
    why: str
    seconds: float


@dataclass(frozen=True)
class Session:
    """What pytest says of a run."""

    code: int | None
    """None where it had to be ended."""
    cases: tuple[Case, ...]
    seconds: float

    def seconds_of(self, cases: Sequence[Case]) -> float:
        """What these tests would take alone: any of them may have set up what it shares with the others."""
        times = [case.seconds for case in self.cases]
        return self.seconds - sum(times) + max(times, default=0.0) + sum(case.seconds for case in cases)


class Seen(StrEnum):
    """What became of a guard that was taken out."""

    NOTICED = "有测试发现"
    MISSED = "没有测试发现"
    UNSOUND = "测试本来就不通过"
    BROKEN = "拿掉后程序坏了，不算发现"
    UNTRIED = "没有试（测试被跳过）"


@dataclass(frozen=True)
class Verdict:
    guard: Guard
    seen: Seen
    why: str
    seconds: float


def load(file: Path = CASES) -> tuple[Guard, ...]:
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["guard"]
    return tuple(Guard(**{**row, "tests": tuple(row["tests"])}) for row in rows)


def removed(guard: Guard, text: str) -> str:
    """The text of its file without the guard. Raises ValueError where that is not one clear change."""
    if text.count(guard.guard) != 1:
        raise ValueError(f"{guard.name}: the snippet stands {text.count(guard.guard)} times in {guard.file}")
    changed = text.replace(guard.guard, guard.without)
    if guard.file.endswith(".py") and ast.dump(ast.parse(changed)) == _meaning(text):
        raise ValueError(f"{guard.name}: without the snippet {guard.file} says the same")
    return changed


@lru_cache(4)
def _meaning(text: str) -> str:
    """The same for texts that differ in remarks alone."""
    return ast.dump(ast.parse(text))


def copied(root: Path, place: Path) -> Path:
    """The files of a checkout as they stand, committed or not; the real reports, where they lie beside it, beside the copy."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root, capture_output=True, check=True)
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (root / name).is_file():
            (place / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, place / "tree" / name)
    if (shared := root.parent / "shared").exists():
        (place / "shared").symlink_to(shared.resolve())
    # Compiled once, and by what each file says: by its time, a file might be taken for its other form, saved in the same second.
    compile_dir(place / "tree", quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return place / "tree"


def tried(trees: Sequence[Path], guards: Sequence[Guard]) -> Iterator[Verdict]:
    """Each guard taken out of one of the copies, and put back; as many at a time as there are copies."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def lent(work: Callable[[Path], Done]) -> Done:
        tree = free.get()
        try:
            return work(tree)
        finally:
            free.put(tree)

    by_file: dict[str, set[str]] = {}
    for test in (test for guard in guards for test in guard.tests):
        by_file.setdefault(test.partition("::")[0], set()).add(test)
    with ThreadPoolExecutor(len(trees)) as hands:
        found = hands.map(lambda tests: lent(lambda tree: _as_it_stands(tree, sorted(tests))), by_file.values())
        whole = {test: ran for each in found for test, ran in each.items()}
        yield from hands.map(lambda guard: lent(lambda tree: _tried(tree, guard, whole)), guards)


def _as_it_stands(tree: Path, tests: Sequence[str]) -> dict[str, Ran]:
    """How the tests of one file end with all guards in place, in one run."""
    run = session(tree, tests, LONGEST)
    return {test: ended(run, test) for test in tests}


def _tried(tree: Path, guard: Guard, whole: dict[str, Ran]) -> Verdict:
    for test in guard.tests:
        if whole[test].end is not End.PASSED:
            seen = Seen.UNTRIED if whole[test].end is End.SKIPPED else Seen.UNSOUND
            return Verdict(guard, seen, f"{test} {whole[test].why}", 0.0)
    with _without(tree, guard):
        ends = [ended(session(tree, [test], WAIT + 3 * whole[test].seconds, "-x"), test) for test in guard.tests]
    worst = min(ends, key=lambda one: (one.end in (End.FAILED, End.HUNG), one.end is End.BROKEN))
    return Verdict(guard, _seen(worst.end), worst.why, sum(one.seconds for one in ends))


def _seen(end: End) -> Seen:
    return {End.FAILED: Seen.NOTICED, End.HUNG: Seen.NOTICED, End.BROKEN: Seen.BROKEN}.get(end, Seen.MISSED)


@contextmanager
def _without(tree: Path, guard: Guard) -> Iterator[None]:
    path = tree / guard.file
    text = path.read_text(encoding="utf-8")
    path.write_text(removed(guard, text), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(text, encoding="utf-8")


def session(tree: Path, tests: Sequence[str], limit: float, *more: str) -> Session:
    """pytest in a process of its own."""
    told = tree.parent / "told.xml"
    told.unlink(missing_ok=True)
    command = [*_own_mounts(), sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={told}", *more, *tests]
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=tree, env=_environment(tree), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )  # fmt: skip
    if sys.platform == "linux":  # what bounds memory is among what is taken out
        resource.prlimit(process.pid, resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    code: int | None = None
    try:
        code = process.wait(limit)
    except subprocess.TimeoutExpired:
        _end(process)
    return Session(code, tuple(_cases(told)) if told.exists() else (), time.monotonic() - started)


def _cases(told: Path) -> Iterator[Case]:
    for case in ElementTree.parse(told).iter("testcase"):
        said = next((part for part in case if part.tag in ("failure", "error", "skipped")), None)
        yield Case(case.get("name", ""), *(("", "") if said is None else (said.tag, " ".join(said.get("message", "").split())[:160])), float(case.get("time", 0)))


def ended(run: Session, test: str) -> Ran:
    """How one test (or each of a function's tests) ended. A signal is the end of the whole process, the test's with it."""
    name = test.rpartition("::")[2]
    mine = [case for case in run.cases if case.name == name or case.name.startswith(f"{name}[")]
    bad = next((case for case in mine if case.tag in ("failure", "error")), None)
    if run.code is None or run.code < 0:
        how = f"{run.seconds:.0f} 秒没有结束" if run.code is None else f"测试进程被信号 {-run.code} 结束"
        return Ran(End.HUNG if run.code is None else End.FAILED, how, run.seconds)
    if run.code not in (FINE, SOME_FAILED) or not mine or (bad and BROKEN.search(bad.why)):
        return Ran(End.BROKEN, bad.why if bad else f"pytest 以 {run.code} 结束", run.seconds)
    skipped = next((case for case in mine if case.tag == "skipped"), None)
    end = End.FAILED if bad else End.SKIPPED if skipped else End.PASSED
    return Ran(end, bad.why if bad else skipped.why if skipped else "", run.seconds_of(mine))


@cache
def _own_mounts() -> tuple[str, ...]:
    """Where a test may mount a small disk, what it has mounted goes with it, also when it had to be killed."""
    alone = ("unshare", "--mount")
    return alone if shutil.which("unshare") and not subprocess.run([*alone, "true"], capture_output=True).returncode else ()


def _environment(tree: Path) -> dict[str, str]:
    temporary = tree.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    known = {name: value for name, value in os.environ.items() if not name.startswith(("MINGZHANG_", "PYTEST_"))}
    return {**known, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(temporary)}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Interrupted first, so that fixtures take down what they put up."""
    for sign, seconds in ((signal.SIGINT, FAREWELL), (signal.SIGKILL, None)):
        try:
            os.killpg(process.pid, sign)
            process.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            process.wait()
            return


def chosen(names: Sequence[str], guards: Sequence[Guard]) -> tuple[Guard, ...]:
    """Those whose name or file holds one of the words; all where there are none."""
    found = tuple(guard for guard in guards if not names or any(name in f"{guard.name} {guard.file}" for name in names))
    if not found:
        raise SystemExit(f"没有这样的防护：{'、'.join(names)}")
    return found


def run(guards: Sequence[Guard], jobs: int, say: Callable[[str], None]) -> Counter[Seen]:
    counts: Counter[Seen] = Counter()
    for guard in guards:  # before hours of work: a snippet that has changed since
        removed(guard, (ROOT / guard.file).read_text(encoding="utf-8"))
    with TemporaryDirectory(prefix="guards-", ignore_cleanup_errors=True) as place:
        for verdict in tried([copied(ROOT, Path(place) / str(job)) for job in range(jobs)], guards):
            counts[verdict.seen] += 1
            sign = {Seen.NOTICED: "✓", Seen.UNTRIED: "–"}.get(verdict.seen, "✗")
            say(f"{sign} {verdict.guard.name}：{verdict.seen}（{verdict.seconds:.1f} 秒）{verdict.why}")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="words of the guards' names or files; all guards where there are none")
    parser.add_argument("--list", action="store_true", help="what each guards against, without trying it")
    parser.add_argument("--jobs", type=int, default=1, help="how many are tried at the same time")
    asked = parser.parse_args()
    guards = chosen(asked.names, load())
    if asked.list:
        print("\n".join(f"{guard.name}：{guard.against}（{guard.file}）" for guard in guards))
        return
    started = time.monotonic()
    counts = run(guards, asked.jobs, lambda line: print(line, flush=True))
    print(f"{len(guards)} 处防护：{'，'.join(f'{seen} {count}' for seen, count in counts.most_common())}；用时 {time.monotonic() - started:.0f} 秒")
    raise SystemExit(1 if set(counts) - {Seen.NOTICED, Seen.UNTRIED} else 0)


if __name__ == "__main__":
    main()
