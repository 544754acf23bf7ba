"""Turns: whoever waits gets the worker that has what they need at hand, and nobody waits for ever."""

import threading
import time
from zlib import crc32

from ui.turns import PASSED, Turns


def joined(count: int) -> Turns[int]:
    turns: Turns[int] = Turns()
    for worker in range(count):
        turns.join(worker)
    return turns


def matter_of(home: int, workers: int = 2) -> str:
    return next(name for name in map(str, range(100)) if crc32(name.encode()) % workers == home)


class Waiting:
    """People who wait for a turn one after the other; whom each turn went to is written down."""

    def __init__(self, turns: Turns[int]) -> None:
        self._turns, self._threads = turns, list[threading.Thread]()
        self.served: list[tuple[str, int]] = []

    def add(self, matter: str, said: str) -> None:
        thread = threading.Thread(target=self._wait, args=(matter, said))
        before = len(self._turns._waiting)
        thread.start()
        while len(self._turns._waiting) == before:
            time.sleep(0.001)
        self._threads.append(thread)

    def end(self) -> list[tuple[str, int]]:
        for thread in self._threads:
            thread.join(60)
        return self.served

    def _wait(self, matter: str, said: str) -> None:
        with self._turns.turn(matter) as worker:
            self.served.append((said, worker))


def test_a_matter_comes_to_the_same_worker_again() -> None:
    turns = joined(3)
    for name in "甲乙丙丁":
        seen = set()
        for _ in range(3):
            with turns.turn(name) as worker:
                seen.add(worker)
        assert len(seen) == 1


def test_no_worker_is_idle_while_somebody_waits_for_another() -> None:
    turns = joined(2)
    with turns.turn(matter_of(1)) as first, turns.turn(matter_of(1)) as second:
        assert {first, second} == {0, 1}


def test_of_those_who_wait_the_worker_takes_first_whom_it_knows() -> None:
    turns = joined(2)
    with turns.turn(matter_of(0)):
        with turns.turn(matter_of(1)):
            waiting = Waiting(turns)
            waiting.add(matter_of(0), "知道零的")
            waiting.add(matter_of(1), "知道一的")
        assert waiting.end() == [("知道一的", 1), ("知道零的", 1)]


def test_who_waits_longest_is_passed_over_only_so_often() -> None:
    turns = joined(2)
    with turns.turn(matter_of(0)):
        with turns.turn(matter_of(1)):
            waiting = Waiting(turns)
            waiting.add(matter_of(0), "先来的")
            for number in range(2 * PASSED):
                waiting.add(matter_of(1), str(number))
        served = [said for said, _ in waiting.end()]
    assert served.index("先来的") == PASSED


def test_who_comes_before_the_first_worker_waits_for_it() -> None:
    turns: Turns[int] = Turns()
    waiting = Waiting(turns)
    waiting.add("甲", "早来的")
    turns.join(7)
    assert waiting.end() == [("早来的", 7)]


def test_a_turn_that_fails_gives_the_worker_back() -> None:
    turns = joined(1)
    for _ in range(2):
        try:
            with turns.turn("甲"):
                raise ValueError
        except ValueError:
            pass
    with turns.turn("甲") as worker:
        assert worker == 0
