"""Work in a child process: what it takes too much of ends the child, and the program goes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from corpus.apart import Apart, Ended, Limits
from corpus.errors import FileError

ROOT = Path(__file__).parents[2]
Report = Callable[[str, int, int], None]


def twice(number: int, report: Report) -> int:
    report("算", 1, 1)
    return 2 * number


def fails(report: Report) -> None:
    raise FileError("a.pdf", "读不了")


def prints(report: Report) -> str:
    print("a library says hello")
    return "made"


def never_ends(report: Report) -> None:
    while True:
        pass


def waits(report: Report) -> None:
    time.sleep(600)


def works_on(report: Report) -> int:
    """Longer than its seconds, with a sign of life now and then."""
    until = time.process_time() + 2.5
    told = time.process_time()
    while time.process_time() < until:
        if time.process_time() > told + 0.1:
            told = time.process_time()
            report("算", 1, 1)
    return 1


def takes_all(report: Report) -> int:
    return len(bytearray(4 << 30))


def is_killed(report: Report) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def breaks(report: Report) -> None:
    raise RuntimeError("a mistake of the program")


def silent(stage: str, done: int, whole: int) -> None:
    """Nobody listens."""


def test_a_result_and_its_signs_of_life_come_back() -> None:
    heard: list[tuple[str, int, int]] = []
    with Apart(Limits()) as apart:
        assert [apart.call(partial(twice, n), lambda *said: heard.append(said)) for n in (2, 3)] == [4, 6]
        assert apart.call(prints, silent) == "made"
    assert heard == [("算", 1, 1)] * 2


def test_an_error_that_a_reader_can_meet_comes_back_as_it_is() -> None:
    with Apart(Limits()) as apart:
        with pytest.raises(FileError, match=r"a\.pdf.*读不了"):
            apart.call(fails, silent)
        assert apart.call(partial(twice, 2), silent) == 4


@pytest.mark.parametrize(
    ("work", "limits", "why"),
    [
        (never_ends, Limits(seconds=1), "用时超过 1 秒"),
        (takes_all, Limits(memory=500), "内存超过 500 MB"),
        (is_killed, Limits(), "进程中途被结束"),
        (breaks, Limits(), "程序出错"),
    ],
)
def test_a_child_that_ends_says_why_and_the_next_one_works(work: Callable[[Report], None], limits: Limits, why: str) -> None:
    with Apart(limits) as apart:
        with pytest.raises(Ended, match=why):
            apart.call(work, silent)
        assert apart.call(partial(twice, 2), silent) == 4


def test_a_child_that_waits_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.apart.SILENCE", 0.5)
    with Apart(Limits(seconds=4)) as apart, pytest.raises(Ended, match="没有进展"):
        apart.call(waits, silent)


WAITING = """
import sys
from functools import partial
from corpus.apart import USUAL, Apart
from tests.corpus.test_apart import tells_who_it_is
Apart(USUAL).call(partial(tells_who_it_is), lambda stage, done, whole: print(done, flush=True))
"""


def tells_who_it_is(report: Report) -> None:
    report("", os.getpid(), 0)
    time.sleep(600)


def is_there(pid: int) -> bool:
    """Whether the process runs; one that ended and that nobody asked after does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux who is there")
def test_a_child_ends_when_its_program_is_killed() -> None:
    program = subprocess.Popen([sys.executable, "-c", WAITING], cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert program.stdout
    child = int(program.stdout.readline())
    assert is_there(child)
    program.kill()
    program.wait()
    program.stdout.close()
    while is_there(child):  # a second, or as long as the machine takes
        time.sleep(0.1)


def test_a_sign_of_life_gives_new_time() -> None:
    with Apart(Limits(seconds=1)) as apart:
        assert apart.call(works_on, silent) == 1


def test_a_listener_that_stops_the_work_ends_the_child() -> None:
    class Stopped(Exception):
        pass

    def stop(stage: str, done: int, whole: int) -> None:
        raise Stopped

    with Apart(Limits()) as apart:
        with pytest.raises(Stopped):
            apart.call(partial(twice, 2), stop)
        assert apart._child is None
        assert apart.call(partial(twice, 2), silent) == 4


def begins_another(report: Report) -> None:
    """As a reader that starts LibreOffice for a .doc."""
    report("", subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid, 0)
    time.sleep(600)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux who is there")
def test_what_a_child_has_begun_ends_with_it() -> None:
    class Stopped(Exception):
        pass

    begun: list[int] = []

    def stop(stage: str, done: int, whole: int) -> None:
        begun.append(done)
        assert is_there(done)
        raise Stopped

    with Apart(Limits()) as apart, pytest.raises(Stopped):
        apart.call(begins_another, stop)
    while is_there(begun[0]):  # a moment, or as long as the machine takes
        time.sleep(0.1)
