"""Ranking: the words of a few disclosures' chunks → BM25 scores, in memory.

A database ranks over the whole shelf: it counts each word of the question in every report, even where one report is
asked (25 ms at 400 reports, and growing). Questions mostly settle on a few reports, whose words fit in memory.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import log

K1, B = 1.2, 0.75
"""As published, and as FTS5 has them."""


@dataclass(frozen=True)
class WordTable:
    """Which chunks of one disclosure say which words."""

    ids: tuple[str, ...]
    sizes: tuple[int, ...]
    places: dict[str, "array[int]"]
    """By word the numbers of its chunks, as often as each says it, ascending."""


def word_table(chunks: Iterable[tuple[str, str]]) -> WordTable:
    """From chunk ids and their words, joined with spaces."""
    ids: list[str] = []
    sizes: list[int] = []
    places: dict[str, array[int]] = {}
    for number, (id, body) in enumerate(chunks):
        found = body.split()
        ids.append(id)
        sizes.append(len(found))
        for word in found:
            places.setdefault(word, array("I")).append(number)
    return WordTable(tuple(ids), tuple(sizes), places)


def rank(tables: Sequence[WordTable], asked: Sequence[str], k: int) -> list[tuple[str, float]]:
    """The k best chunks. A word weighs the more, the fewer of these chunks say it."""
    total = sum(len(table.ids) for table in tables)
    mean = sum(sum(table.sizes) for table in tables) / max(total, 1)
    scores: dict[str, float] = {}
    for word in asked:
        counted = [(table, _counts(table.places.get(word, ()))) for table in tables]
        weight = idf(total, sum(len(counts) for _, counts in counted))
        for table, counts in counted:
            for number, count in counts.items():
                size = 1 - B + B * table.sizes[number] / mean
                scored = weight * count * (K1 + 1) / (count + K1 * size)
                scores[table.ids[number]] = scores.get(table.ids[number], 0.0) + scored
    return nsmallest(k, scores.items(), key=lambda item: -item[1])


def idf(total: int, count: int) -> float:
    """FTS5's formula: a word that most chunks say weighs next to nothing, never less."""
    return max(log((total - count + 0.5) / (count + 0.5)), 1e-6)


def _counts(numbers: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    return counts
