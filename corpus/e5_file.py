"""The embedding package's model file → its vocabulary and its matrices; a file of another make is refused."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
MAGIC = b"E5S1"
BLOCK = 32
"""Weights that share a scale: two bytes of it, then 16 bytes, of which byte j holds weight j and, in its upper half, weight j + 16."""
BLOCK_BYTES = 18
PLAIN, PACKED = 0, 1


class UnknownFormat(Exception):
    """The file is not laid out as this module knows it."""


@dataclass(frozen=True)
class Sizes:
    """What the file's header says of the network."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int
    kinds: int
    eps: float
    block: int


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of words with their scores, and what a sign is replaced by beforehand."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    replaced: dict[int, str]
    begin: int
    end: int
    pad: int
    unknown: int


class E5File:
    """The matrices stay in the file until they are asked for."""

    def __init__(self, path: Path) -> None:
        try:
            cursor = _Cursor(np.memmap(path, dtype=np.uint8, mode="r"))
            self._bytes = cursor.content
            if cursor.bytes(4) != MAGIC or cursor.numbers("<I") != (1,):
                raise UnknownFormat(f"{path.name} does not begin as expected")
            self.sizes = Sizes(*cursor.numbers("<7ifi"))
            if self.sizes.block != BLOCK:
                raise UnknownFormat(f"{self.sizes.block} weights share a scale")
            self.vocabulary = _vocabulary(cursor)
            self._places = dict(_place(cursor) for _ in range(*cursor.numbers("<i")))
        except (OSError, ValueError, struct.error) as error:
            raise UnknownFormat(f"{path.name}: {error}") from error

    def floats(self, name: str, *shape: int) -> Floats:
        """A tensor as it was before it was packed."""
        kind, start, size = self._place(name)
        if kind == PACKED:
            return self._shaped(unpacked(self._bytes[start : start + size].reshape(-1, BLOCK_BYTES)), name, shape)
        return self._shaped(self._bytes[start : start + size].view(np.float32), name, shape)

    def packed(self, name: str, rows: int, columns: int) -> NDArray[np.uint8]:
        """A matrix's blocks, a row of them for each of its rows."""
        kind, start, size = self._place(name)
        if kind != PACKED:
            raise UnknownFormat(f"{name} is not packed")
        return self._shaped(self._bytes[start : start + size], name, (rows, columns // BLOCK, BLOCK_BYTES))

    def _place(self, name: str) -> tuple[int, int, int]:
        kind, start, size = self._places.get(name, (PLAIN, 0, 0))
        if not size or start + size > len(self._bytes):
            raise UnknownFormat(f"{name} is missing or cut off")
        return kind, start, size

    def _shaped(self, made: NDArray[Any], name: str, shape: tuple[int, ...]) -> NDArray[Any]:
        try:
            return made.reshape(shape)
        except ValueError as error:
            raise UnknownFormat(f"{name}: {error}") from error


def unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """Blocks (…, 18 bytes) → weights (…, 32)."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
    return np.asarray((halves.astype(np.float32) - 8) * scale, dtype=np.float32)


class _Cursor:
    """Reads on from where it stands."""

    def __init__(self, content: NDArray[np.uint8]) -> None:
        self.content, self._at = content, 0

    def bytes(self, count: int) -> bytes:
        if count < 0 or self._at + count > len(self.content):
            raise UnknownFormat("the file ends early")
        self._at += count
        return self.content[self._at - count : self._at].tobytes()

    def numbers(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(form, self.bytes(struct.calcsize(form)))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, pad, unknown, size = cursor.numbers("<5iQ")
    ends = np.frombuffer(cursor.bytes(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), np.float32).tolist()
    text = cursor.bytes(size)
    pieces = tuple(text[start:stop].decode() for start, stop in zip(ends, ends[1:], strict=False))
    return Vocabulary(pieces, tuple(scores), _replaced(cursor), begin, end, pad, unknown)


def _replaced(cursor: _Cursor) -> dict[int, str]:
    count, _ = cursor.numbers("<iI")
    made = {}
    for _ in range(count):
        sign, length = cursor.numbers("<IB")
        made[sign] = "".join(map(chr, cursor.numbers(f"<{length}I")))
    return made


def _place(cursor: _Cursor) -> tuple[str, tuple[int, int, int]]:
    name = cursor.bytes(*cursor.numbers("<H")).decode()
    kind, _, start, size = cursor.numbers("<BIQQ")
    return name, (kind, start, size)
