"""A function and its arguments → its result, worked out in a child process that is held to limits of memory and time.

A hostile file may make a parser run for ever, take all memory or fall over. That ends the child, never the program.
The child talks by its standard input and output; it is no copy of this process, so threads and locks don't matter.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, TypeVar, cast

from corpus.errors import MingzhangError

if sys.platform != "win32":
    import resource

Made = TypeVar("Made")

BOOT = "from corpus.apart import serve; serve()"
SILENCE = 10
"""A child that says nothing for so many times its processor seconds waits for something that never comes."""
MEGABYTE = 1 << 20

AFTER_OTHERS = 10
"""Of 19: of a busy processor's time such a process gets about a tenth of what others get."""

Report = Callable[[str, int, int], None]
"""Hears the stage, how much of it is done and how much there is: a sign of life."""


@dataclass(frozen=True)
class Limits:
    """What a child may take."""

    memory: int = 3000
    """Megabytes beyond those of its imports; the shipped report's pictures take 900."""
    seconds: int = 120
    """Processor seconds from one sign of life to the next; a scanned page takes three."""


USUAL = Limits()


class Ended(MingzhangError):
    """The child ended before its work; `str` says why, in Chinese."""

    def __init__(self, why: str, again: bool) -> None:
        super().__init__(why)
        self.again = again
        """It may have been chance: another try is worth its time."""


class Apart:
    """One child, begun when there is work; it works for one caller at a time. After it ended another is begun."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def call(self, work: Callable[..., Made], report: Report) -> Made:
        """`work(report=…)` in the child. Its MingzhangErrors are raised here; if it ends otherwise, `Ended`."""
        child = self._child = self._child or _begun(self.limits)
        idle = False
        try:
            said = self._answer(child, work, report)
            idle = True
        finally:
            if not idle:  # also where `report` raised: the reader has pressed 停止
                self.end()
        if isinstance(said, MingzhangError):
            raise said
        return cast(Made, said)

    def end(self) -> None:
        """Ends the child and all that it began."""
        if self._child:
            _kill(self._child)
            for pipe in (self._child.stdin, self._child.stdout):
                _close(pipe)
            self._child.wait()
            self._child = None

    def _answer(self, child: subprocess.Popen[bytes], work: object, report: Report) -> object:
        assert child.stdin and child.stdout
        silent = threading.Event()
        try:
            pickle.dump(work, child.stdin)
            child.stdin.flush()
            while True:
                with _Watch(child, self.limits.seconds * SILENCE, silent):
                    kind, said = pickle.load(child.stdout)
                if kind == "made":
                    return said
                report(*said)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise _why(child, self.limits, silent.is_set()) from error


class _Watch:
    """Kills a child that is silent for too long."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float, silent: threading.Event) -> None:
        self._timer = threading.Timer(seconds, self._fire)
        self._timer.daemon = True
        self._child, self._silent = child, silent

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _fire(self) -> None:
        self._silent.set()
        _kill(self._child)


def _begun(limits: Limits) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-c", BOOT, str(limits.memory), str(limits.seconds)]
    path = os.pathsep.join(each or os.getcwd() for each in sys.path)
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, process_group=0
    )  # fmt: skip


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Also the converter that the child may have begun."""
    if sys.platform == "win32":
        child.kill()
        return
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except OSError:  # what was to be said to a child that has ended
        return


def _why(child: subprocess.Popen[bytes], limits: Limits, silent: bool) -> Ended:
    """Why the child ended, from the way it did."""
    code = child.wait()
    if silent:
        return Ended(f"等了 {limits.seconds * SILENCE} 秒没有进展，已停止", again=False)
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        return Ended(f"用时超过 {limits.seconds} 秒的上限，已停止", again=False)
    if code == NO_MEMORY:
        return Ended(f"要用的内存超过 {limits.memory} MB 的上限，已停止", again=False)
    if code < 0:
        return Ended("处理它的进程中途被结束（多半是内存不足）", again=True)
    return Ended("程序出错，详情见运行窗口", again=False)


def give_way() -> None:
    """Puts this process, and what it begins, behind others where the processor is busy: whoever asks waits for no report that is read.

    Linux weighs sessions before the priorities in them (sched(7), autogroup): our children stay in the session of their program.
    """
    if sys.platform != "win32":
        os.setpriority(os.PRIO_PROCESS, 0, max(AFTER_OTHERS, os.getpriority(os.PRIO_PROCESS, 0)))


# in the child

NO_MEMORY = 77
"""The exit code that says so."""


STARTING = 120
"""Processor seconds for the imports, which are ours: a second on most machines."""


def serve() -> None:
    """Jobs from standard input, one after the other; signs of life and results to what was standard output."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    jobs, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()

    def tell(kind: str, said: object) -> None:
        _allow(seconds)
        pickle.dump((kind, said), out)
        out.flush()

    try:
        _allow(STARTING)
        held = False
        while True:
            work = pickle.load(jobs)
            held = held or _hold(memory)
            _allow(seconds)
            tell("made", _made(work, lambda *said: tell("said", said)))
    except MemoryError:
        os._exit(NO_MEMORY)
    except (EOFError, BrokenPipeError):  # nobody waits for it any more
        os._exit(0)


def _end_with(parent: int) -> None:
    """Nobody waits for a child whose program was killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def _made(work: Callable[..., object], report: Report) -> object:
    try:
        return work(report=report)
    except MingzhangError as error:
        return error


def _hold(memory: int) -> bool:
    """Memory beyond what the imports took, which grows with the machine's cores."""
    if sys.platform != "win32":
        most = _taken() + memory * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def _taken() -> int:
    """Bytes of data now, as Linux tells; elsewhere 0."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:")), 0)
    except OSError:
        return 0


def _allow(seconds: int) -> None:
    """So much processor time from now; the system ends a process that takes more."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + 1 + seconds
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
