"""Kept: what was read lately of each disclosure, in memory, up to a size."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Held = TypeVar("Held")


class Kept(Generic[Held]):
    """Up to `most` in all, as `size` counts; the longest unused goes first."""

    def __init__(self, most: int, size: Callable[[Held], int]) -> None:
        self._most, self._size, self._sum = most, size, 0
        self._held: OrderedDict[Hashable, Held] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, load: Callable[[], Held]) -> Held:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = load()  # not under the lock: two may load the same, none waits for another's
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._sum += self._size(made)
            while len(self._held) > 1 and self._sum > self._most:
                self._sum -= self._size(self._held.popitem(last=False)[1])
        return made
