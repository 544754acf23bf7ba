"""Whether a part of the program can be asked: told soon, also where it fails or hangs."""

import threading

import pytest

from corpus.errors import ShelfError
from ui.health import Look


def test_a_part_that_fails_is_not_there() -> None:
    def gone() -> None:
        raise ShelfError("连不上数据库")

    assert Look(gone)() is None


def test_a_part_that_hangs_is_not_there_and_not_asked_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.health.PATIENCE", 0.05)
    go_on, asked = threading.Event(), list[int]()

    def hangs() -> str:
        asked.append(1)
        go_on.wait(600)
        return "there"

    look = Look(hangs)
    assert [look() for _ in range(3)] == [None] * 3
    go_on.set()
    monkeypatch.setattr("ui.health.PATIENCE", 60)
    assert look() == "there"
    assert len(asked) <= 2, "once while it hung, and perhaps once more after"
