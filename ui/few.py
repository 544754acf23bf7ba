"""A model or a function that many ask → the same for a few at a time, so that those who wait for a model hold up nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from corpus.errors import ModelError
from qa.llm import Model, Schema

P = ParamSpec("P")
T = TypeVar("T")
TOO_MANY = "现在等语言模型的人太多，以下为不经模型的答案。"


def few(function: Callable[P, T], most: int) -> Callable[P, T]:
    """Waits its turn."""
    free = BoundedSemaphore(most)

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> T:
        with free:
            return function(*args, **kwargs)

    return called


class FewAtOnce:
    """A model that so many may ask at a time."""

    def __init__(self, model: Model, most: int, patience: float) -> None:
        self._model, self._free, self._patience = model, BoundedSemaphore(most), patience

    @property
    def name(self) -> str:
        return self._model.name

    def __call__(self, prompt: str, schema: Schema | None = None) -> str:
        """Raises ModelError, also where no place was free within `patience` seconds; the model's own time begins after that."""
        with self._place():
            return self._model(prompt, schema)

    def stream(self, prompt: str) -> Iterator[str]:
        with self._place():
            yield from self._model.stream(prompt)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._free.acquire(timeout=self._patience):
            raise ModelError(TOO_MANY)
        try:
            yield
        finally:
            self._free.release()
