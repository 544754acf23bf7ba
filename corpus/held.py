"""Held: which disclosures stand on the shelf, and what was read lately of each, in memory while the shelf stays as it is.

Each is held under its key and stamp, so that what was read of an older reading is never taken for the newer one's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, text

from corpus import packing, word_index
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure
from corpus.kept import Kept
from corpus.ranking import WordTable, word_table
from corpus.rows import FactTable, load_chunks, load_facts
from corpus.schema import DISCLOSURES, revision

CACHED_FACTS = 150_000
"""Facts kept in memory (about 1 kB each), the reports longest unused dropped first."""
CACHED_CHUNKS = 60_000


@dataclass(frozen=True)
class Entry:
    key: int
    stamp: int
    program: str
    origin: str
    disclosure: Disclosure


@dataclass(frozen=True)
class _Known:
    """All disclosures as of one revision of the shelf."""

    revision: int
    entries: dict[str, Entry]


class Held:
    """What one process remembers of the shelf."""

    def __init__(self, postgres: bool) -> None:
        self._sql = word_index.READ_POSTGRES if postgres else word_index.READ_SQLITE
        self._known = _Known(-1, {})
        self._facts: Kept[FactTable] = Kept(CACHED_FACTS, lambda held: len(held.by_id))
        self._chunks: Kept[tuple[Chunk, ...]] = Kept(CACHED_CHUNKS, len)
        self._words: Kept[WordTable] = Kept(CACHED_CHUNKS, lambda held: len(held.ids))

    def fresh(self, c: Connection) -> dict[str, Entry]:
        """All disclosures by id, read again only when the shelf has changed; where `c` reads as of one moment, looked for once."""
        seen: dict[str, _Known] | None = c.get_execution_options().get("seen")
        if seen is None:
            return self._look(c).entries
        if "known" not in seen:
            seen["known"] = self._look(c)
        return seen["known"].entries

    def _look(self, c: Connection) -> _Known:
        now = revision(c)
        known = self._known
        if known.revision != now:
            rows = c.execute(select(DISCLOSURES).order_by(DISCLOSURES.c.key))
            known = _Known(now, {row.id: _entry(row) for row in rows})
            if not c.get_execution_options().get("write"):  # what is being written may yet be taken back
                self._known = known
        return known

    def facts(self, c: Connection, entry: Entry) -> FactTable:
        return self._facts.get((entry.key, entry.stamp), lambda: load_facts(c, entry.key))

    def chunks(self, c: Connection, entry: Entry, kinds: frozenset[ChunkKind]) -> tuple[Chunk, ...]:
        """Of these kinds; of all where none is given. Most of a report's chunks are rows of tables, which hardly anything asks for."""
        return self._chunks.get((entry.key, entry.stamp, kinds), lambda: load_chunks(c, entry.key, kinds))

    def words(self, c: Connection, entry: Entry) -> WordTable:
        def load() -> WordTable:
            return word_table((row[0], row[1]) for row in c.execute(text(self._sql), {"dkey": entry.key}))

        return self._words.get((entry.key, entry.stamp), load)


def _entry(row: Any) -> Entry:  # noqa: ANN401 - a row of DISCLOSURES
    return Entry(row.key, row.stamp, row.program, row.origin, packing.unpack_disclosure(packing.load(row.body)))


def chosen(known: dict[str, Entry], disclosures: Collection[str] | None) -> list[Entry]:
    if disclosures is None:
        return list(known.values())
    return [known[id] for id in dict.fromkeys(disclosures) if id in known]
