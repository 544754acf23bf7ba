"""Texts → the vectors that the embedding package would make of them, by ONNX Runtime: the same weights, a third of the processor time."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from corpus.e5_file import E5File, Floats, unpacked
from corpus.e5_graph import LENGTHS, WORDS, graph_of
from corpus.e5_tokens import Tokens

PREFIX = "passage: "
BATCH = 512
"""Tokens that go through the layers together: so many stay in the processor's cache, and few texts are stretched to a longer one's length."""


@dataclass(frozen=True)
class Window:
    """A text, or a part of one that is longer than the model reads at once."""

    text: int
    tokens: tuple[int, ...]


class E5Engine:
    """The model, laid out in memory at the start."""

    def __init__(self, path: Path, threads: int) -> None:
        file = E5File(path)
        sizes = file.sizes
        self._threads, self._sizes, self._vocabulary = threads, sizes, file.vocabulary
        self._words = file.packed("emb.word", sizes.words, sizes.width)
        self._places = file.floats("emb.pos", sizes.longest, sizes.width) + file.floats("emb.type", sizes.kinds, sizes.width)[0]
        self._tokens = Tokens(file.vocabulary)
        self._session = _session(file)

    def passages(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; each thread takes a batch at a time, which costs less than sharing each matrix among them."""
        windows = sorted((window for place, text in enumerate(texts) for window in self._windows(place, text)), key=_length)
        made = np.zeros((len(texts), self._sizes.width), dtype=np.float32)
        with ThreadPoolExecutor(self._threads) as pool:
            for batch, means in pool.map(lambda batch: (batch, self._means(batch)), list(_batches(windows))):
                for window, mean in zip(batch, means, strict=True):
                    made[window.text] += mean * max(1, _length(window) - 2)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)

    def _windows(self, place: int, text: str) -> Iterable[Window]:
        """Parts count by their length; what each begins and ends with does not count."""
        tokens, most = self._tokens(PREFIX + text), self._sizes.longest - 2
        for start in range(0, len(tokens), most):
            yield Window(place, (self._vocabulary.begin, *tokens[start : start + most], self._vocabulary.end))

    def _means(self, batch: Sequence[Window]) -> list[Floats]:
        longest = _length(batch[-1])
        tokens = np.full((len(batch), longest), self._vocabulary.pad)
        for row, window in zip(tokens, batch, strict=True):
            row[: _length(window)] = window.tokens
        words = self._embedded(tokens) + self._places[:longest]
        lengths = np.array([_length(window) for window in batch], dtype=np.int32)
        (made,) = self._session.run(None, {WORDS: words, LENGTHS: lengths})
        return [row[:length].mean(axis=0) for row, length in zip(made, lengths, strict=True)]

    def _embedded(self, tokens: NDArray[np.int64]) -> Floats:
        return unpacked(self._words[tokens]).reshape(*tokens.shape, self._sizes.width)


def _length(window: Window) -> int:
    return len(window.tokens)


def _batches(windows: Sequence[Window]) -> Iterable[list[Window]]:
    """Windows come by length: the last of a batch is its longest."""
    batch: list[Window] = []
    for window in windows:
        if batch and (len(batch) + 1) * _length(window) > BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _session(file: E5File) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Its further rewriting would put back the slow operator (see _back in corpus/e5_graph.py).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(graph_of(file), options, providers=["CPUExecutionProvider"])
