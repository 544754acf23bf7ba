"""A few at a time: who waits for a model keeps nobody from the first reply, and nobody waits for a place without end."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.errors import ModelError
from qa.llm import Schema
from ui.few import TOO_MANY, FewAtOnce, few


class Slow:
    """A model that answers when it is let go; counts who asks it at the same time."""

    name = "m"

    def __init__(self) -> None:
        self.let_go, self._lock, self._now, self.most = threading.Event(), threading.Lock(), 0, 0
        self.asked = threading.Semaphore(0)

    def __call__(self, prompt: str, schema: Schema | None = None) -> str:
        return "".join(self.stream(prompt))

    def stream(self, prompt: str) -> Iterator[str]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self.asked.release()
        assert self.let_go.wait(60)
        with self._lock:
            self._now -= 1
        yield prompt


def test_no_more_ask_a_model_together_than_may() -> None:
    slow = Slow()
    model = FewAtOnce(slow, 2, 60)
    with ThreadPoolExecutor(6) as pool:
        said = [pool.submit(model, str(number)) for number in range(3)] + [pool.submit("".join, model.stream(str(number))) for number in range(3, 6)]
        assert slow.asked.acquire(timeout=60) and slow.asked.acquire(timeout=60)
        assert not slow.asked.acquire(timeout=0.5), "a third waits"
        slow.let_go.set()
        assert [one.result(60) for one in said] == list("012345")
    assert slow.most == 2


def test_who_finds_no_place_in_time_keeps_the_answer_without_a_model() -> None:
    slow = Slow()
    model = FewAtOnce(slow, 1, 0.05)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(model, "一")
        assert slow.asked.acquire(timeout=60)
        with pytest.raises(ModelError, match=TOO_MANY):
            model("二")
        slow.let_go.set()
        assert first.result(60) == "一"
    assert model("三") == "三", "the place is given back"


def test_a_reader_who_leaves_half_way_gives_the_place_back() -> None:
    slow = Slow()
    slow.let_go.set()
    model = FewAtOnce(slow, 1, 0.05)
    words = model.stream("一")
    assert next(words) == "一"
    del words
    assert model("二") == "二"


def test_a_function_is_worked_out_a_few_times_together() -> None:
    slow = Slow()
    worked = few(slow, 1)
    with ThreadPoolExecutor(3) as pool:
        said = [pool.submit(worked, name) for name in "甲乙丙"]
        assert slow.asked.acquire(timeout=60)
        assert not slow.asked.acquire(timeout=0.5), "a second waits"
        slow.let_go.set()
        assert [one.result(60) for one in said] == list("甲乙丙")
    assert slow.most == 1
