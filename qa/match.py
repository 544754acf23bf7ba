"""A Book and an item phrase → the facts that the phrase means, best first; none when its words are not covered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from corpus.amount import agree
from corpus.fact import Fact, Measure
from qa.book import Book, Entry
from qa.wording import needed

COVERED = 0.72
"""Of the phrase's weight, how much a fact's names must cover. Below, the fact speaks of something else."""
OWN = 0.5
"""Of a fact's own name, how much the phrase must say."""
COUNTED = 0.2
"""… and of what is counted: its counter already says much (5批次)."""
NEAR = 0.06
"""Facts whose scores are this close fit the phrase alike."""
_PATH = 0.95
_SENTENCE = 0.82
_SECTION = 0.75
_TITLE = 0.62
"""A title alone never covers a phrase: many tables hold more than their title names."""


@dataclass(frozen=True)
class Match:
    """A fact and how well a phrase fits it (1.0: every word, nothing else)."""

    fact: Fact
    score: float
    cover: float


def matches(book: Book, phrase: str, wanted: Callable[[Fact], float | None]) -> list[Match]:
    """Facts that a phrase fits, best first.

    `wanted` gives a fact's handicap (0.0 for just what is asked: measure, basis, year), or None where it cannot be meant.
    """
    need = needed(phrase)
    found = [match for entry in book.entries if (handicap := wanted(entry.fact)) is not None and (match := _match(book, entry, need, handicap))]
    return sorted(found, key=lambda match: (-match.score, match.fact.source.page, match.fact.id))


def _match(book: Book, entry: Entry, need: Mapping[str, float], handicap: float) -> Match | None:
    cover = _cover(book, entry, need)
    if need and cover < COVERED:
        return None
    if "其他" in entry.leaf and "其他" not in need and "其它" not in need and entry.fact.item[-1].lstrip().startswith("其他"):
        return None  # 其他城乡社区支出 is not 城乡社区支出
    said = _said(book, entry.leaf, need)
    if not entry.total and said < (COUNTED if entry.fact.measure is Measure.COUNT else OWN):
        return None
    if entry.total and not need and entry.column:
        return None
    unsaid = 0.0 if entry.total and (entry.column or not need) else 1 - said
    narrow = 1 - _said(book, dict.fromkeys(entry.column, 1.0), need) if entry.column else 0.0
    own = 0.0 if entry.total else _own(book, entry, need)
    return Match(entry.fact, cover + 0.15 * own - 0.35 * unsaid - 0.3 * narrow - handicap, cover)


def _own(book: Book, entry: Entry, need: Mapping[str, float]) -> float:
    """How much of the phrase the fact's own name says: the item itself goes before the parts under it."""
    whole = sum(vote * book.weight(pair) for pair, vote in need.items())
    return sum(vote * book.weight(pair) for pair, vote in need.items() if pair in entry.leaf) / whole if whole else 0.0


def _cover(book: Book, entry: Entry, need: Mapping[str, float]) -> float:
    """The share of the phrase's weight that the fact's names hold; words from around it count for less."""
    whole = sum(vote * _weight(book, pair, vote) for pair, vote in need.items())
    if not whole:
        return 1.0
    return sum(vote * _weight(book, pair, vote) * _place(book, entry, pair) for pair, vote in need.items()) / whole


def _weight(book: Book, pair: str, vote: float) -> float:
    """A pair across two words that no name holds only says that the words stand in another order."""
    return book.weight(pair) * (0.35 if vote < 1.0 and pair not in book.weights else 1.0)


def _place(book: Book, entry: Entry, pair: str) -> float:
    """How much a word counts by where the fact's names hold it."""
    if pair in entry.leaf:
        return 1.0
    if pair in entry.path:
        return _PATH
    if pair in entry.sentence:
        return _SENTENCE
    if pair in entry.title:
        return _TITLE
    return _SECTION if entry.section and pair in book.sections.get(entry.section, ()) else 0.0


def _said(book: Book, name: Mapping[str, float], need: Mapping[str, float]) -> float:
    whole = sum(vote * book.weight(pair) for pair, vote in name.items())
    return sum(vote * book.weight(pair) for pair, vote in name.items() if pair in need) / whole if whole else 1.0


def groups(found: Iterable[Match]) -> list[list[Match]]:
    """Matches by value, the best match's first: the same figure printed in several places is one group."""
    parted: list[list[Match]] = []
    for match in found:
        home = next((group for group in parted if _same(group[0].fact, match.fact)), None)
        if home is None:
            parted.append([match])
        else:
            home.append(match)
    return parted


def _same(one: Fact, other: Fact) -> bool:
    if one.amount is None or other.amount is None:
        return one.amount is None and other.amount is None
    return agree(one.amount, other.amount)
