"""Store: records → SQL and back (the gate of SQLAlchemy): a SQLite file by default, PostgreSQL by address.

SQL is the truth of the shelf. A disclosure is saved, replaced or deleted whole in one transaction, its word index with
it; whoever reads sees it whole or not at all. Reading never waits for writing (WAL; on PostgreSQL snapshots).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, func, select, text

from corpus import packing, word_index
from corpus.chunk import Chunk, ChunkKind
from corpus.corrections import Corrections
from corpus.database import among, begin_notes
from corpus.disclosure import Disclosure
from corpus.fact import Basis, Discrepancy, Fact, Measure
from corpus.held import Entry, Held, chosen
from corpus.ranking import rank
from corpus.record import Record, Unchecked
from corpus.rows import all_names, delete_rows, find_facts, find_named, insert_record
from corpus.schema import CHUNKS, DISCLOSURES, FACTS, FILES, FINDINGS, TABLES
from corpus.table import TableInfo
from corpus.words import plain_name

WHOLE = 20
"""Up to so many disclosures are looked through in memory; more are asked in SQL."""


class Saved(StrEnum):
    """What saving did."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    saved: Saved
    gone: tuple[str, ...] = ()
    """Ids of other disclosures that this one replaced."""


class Store(Corrections):
    """The shelf's tables. Safe to use from many threads; each call is its own transaction."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._ordered: tuple[object, tuple[Disclosure, ...]] = (None, ())
        self._names: tuple[object, tuple[str, ...]] = (None, ())
        self._held = Held(self.postgres)
        self._common: dict[str, float] = {}
        self._common_of = 0

    # writing

    def save(self, record: Record, origin: str = "") -> Change:
        """Saves a disclosure whole; an older reading of the same file goes in the same transaction.

        The old one is: the same content; or another content from the same path `origin`; or under the same file name
        with the same publisher, year, kind and scope.
        """
        origin = origin.encode("utf-8", "backslashreplace").decode()
        if self.unchanged(record):
            return Change(Saved.UNCHANGED)
        d = record.disclosure
        with self._write() as c:
            old = self._replaced(c, d, origin)
            for entry in old:
                delete_rows(c, entry.key, self.postgres)
            insert_record(c, record, origin, self.postgres)
            gone = tuple(e.disclosure.id for e in old if e.disclosure.id != d.id)
            begin_notes(c, gone)
            c.execute(delete(FILES).where(FILES.c.id.in_(gone)))
        return Change(Saved.REPLACED if old else Saved.NEW, gone)

    def unchanged(self, record: Record) -> bool:
        """Whether the same content, read by the same program, stands here as the same disclosure."""
        entry = self.entries().get(record.disclosure.id)
        return entry is not None and entry.program == record.program and entry.disclosure == record.disclosure

    def delete(self, id: str) -> bool:
        """Removes a disclosure with all that it holds. False: it was not there."""
        with self._write() as c:
            entry = self._held.fresh(c).get(id)
            if entry:
                delete_rows(c, entry.key, self.postgres)
                c.execute(delete(FILES).where(FILES.c.id == id))
                begin_notes(c, [id])
        return entry is not None

    def _replaced(self, c: Connection, d: Disclosure, origin: str) -> list[Entry]:
        def same(e: Entry) -> bool:
            path = origin != "" and e.origin == origin
            return path or e.disclosure.id == d.id or _identity(e.disclosure) == _identity(d)

        return [e for e in self._held.fresh(c).values() if same(e)]

    # reading

    def entries(self) -> dict[str, Entry]:
        """All disclosures by id, read again only when the shelf has changed."""
        with self._read() as c:
            return self._held.fresh(c)

    def disclosures(self) -> tuple[Disclosure, ...]:
        """By publisher, year and kind; the very same tuple while the shelf stays as it is."""
        entries = self.entries()
        known, ordered = self._ordered
        if known is not entries:
            found = [e.disclosure for e in entries.values()]
            ordered = tuple(sorted(found, key=lambda d: (d.publisher, d.year, d.kind, d.scope, d.file)))
            self._ordered = (entries, ordered)
        return ordered

    def disclosure(self, id: str) -> Disclosure | None:
        entry = self.entries().get(id)
        return entry.disclosure if entry else None

    def holds(self, id: str, program: str) -> bool:
        """Whether this content was read by this program already."""
        entry = self.entries().get(id)
        return entry is not None and entry.program == program

    def facts(
        self, disclosures: Collection[str] | None = None, *, names: Collection[str] = (),
        accounts: Collection[str] = (), measure: Measure | None = None, basis: Basis | None = None,
        year: int | None = None,
    ) -> tuple[Fact, ...]:  # fmt: skip
        """Facts that meet every filter given; of `names` (the item's own name) and `accounts` one must meet.

        A few disclosures come whole from memory; all of them are asked through the database's indexes.
        """
        plain = {plain_name(name) for name in names}
        with self._read() as c:
            entries = chosen(self._held.fresh(c), disclosures)
            if len(entries) <= WHOLE or not (plain or accounts):
                found: Iterable[Fact] = (f for e in entries for f in self._held.facts(c, e).named(plain, accounts))
            else:
                dkeys = None if disclosures is None else [e.key for e in entries]
                found = find_facts(c, dkeys, plain, accounts, {"measure": measure, "basis": basis, "year": year})
            return tuple(
                f for f in found
                if measure in (None, f.measure) and basis in (None, f.basis) and year in (None, f.year)
            )  # fmt: skip

    def names(self) -> tuple[str, ...]:
        """Every plain own name of an item on the shelf, once; the very same tuple while the shelf stays as it is."""
        with self._read() as c:
            entries = self._held.fresh(c)
            if self._names[0] is not entries:
                self._names = (entries, all_names(c))
            return self._names[1]

    def named(
        self, disclosures: Collection[str], names: Collection[str], totals: Collection[str] = (), signs: Collection[str] = (), year: int | None = None,
    ) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:  # fmt: skip
        """Facts of many disclosures by plain names, through the index alone; then the others of the sentences that tell them.

        Of `totals` (合计) only those beside which all characters of one of `signs` are printed; all, where none is given.
        """
        with self._read() as c:
            keys = [entry.key for entry in chosen(self._held.fresh(c), disclosures)]
            found, beside = find_named(c, keys, names, totals, signs, year)
        return tuple(found), tuple(beside)

    def fact(self, id: str) -> Fact | None:
        with self._read() as c:
            entry = self._held.fresh(c).get(id.split("-")[0])
            return self._held.facts(c, entry).by_id.get(id) if entry else None

    def tables(self, disclosures: Collection[str] | None = None) -> tuple[TableInfo, ...]:
        return tuple(packing.unpack_table(p) for p in self._bodies(TABLES, TABLES.c.seq, disclosures))

    def discrepancies(self, id: str) -> tuple[Discrepancy, ...]:
        return tuple(packing.unpack_discrepancy(p) for p in self._bodies(FINDINGS, FINDINGS.c.seq, [id]))

    def unchecked(self, id: str) -> tuple[Unchecked, ...]:
        """What could not be checked, and why."""
        with self._read() as c:
            keys = [e.key for e in chosen(self._held.fresh(c), [id])]
            query = select(FINDINGS.c.rule, FINDINGS.c.reason).where(FINDINGS.c.dkey.in_(keys), FINDINGS.c.seq < 0)
            return tuple(Unchecked(row.rule, row.reason) for row in c.execute(query.order_by(FINDINGS.c.seq.desc())))

    def chunks(
        self, disclosures: Collection[str] | None = None, kinds: Collection[ChunkKind] = ()
    ) -> tuple[Chunk, ...]:
        with self._read() as c:
            return tuple(chunk for e in chosen(self._held.fresh(c), disclosures) for chunk in self._held.chunks(c, e, frozenset(kinds)))

    def chunks_by_id(self, ids: Collection[str]) -> dict[str, Chunk]:
        with self._read() as c:
            rows = c.execute(select(CHUNKS.c.body).where(CHUNKS.c.id.in_(list(ids))))
            return {chunk.id: chunk for chunk in (packing.unpack_chunk(packing.load(row.body)) for row in rows)}

    def chunk(self, id: str) -> Chunk | None:
        return self.chunks_by_id([id]).get(id)

    def chunk_ids(self, texts: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        """For pairs of a disclosure's id and a text's sha: the chunks that say it there. Unknown pairs are left out."""
        with self._read() as c:
            known = self._held.fresh(c)
            ids = {known[d].key: d for d, _ in texts if d in known}
            query = select(CHUNKS.c.id, CHUNKS.c.dkey, CHUNKS.c.sha).where(CHUNKS.c.dkey.in_(list(ids)))
            found: dict[tuple[str, str], list[str]] = {}
            for row in c.execute(query.where(CHUNKS.c.sha.in_([sha for _, sha in texts])).order_by(CHUNKS.c.key)):
                found.setdefault((ids[row.dkey], row.sha), []).append(row.id)
            return found

    def search_words(self, query: str, disclosures: Collection[str] | None, k: int) -> list[tuple[str, float]]:
        """Ids of the k chunks that match the words best, with their BM25 scores."""
        with self._read() as c:
            entries = chosen(self._held.fresh(c), disclosures)
            asked = word_index.distinct(query)
            if not asked or not entries:
                return []
            if len(entries) <= WHOLE:
                by_id = sorted(entries, key=lambda entry: entry.disclosure.id)  # what scores alike stays in this order, whichever was read first
                return rank([self._held.words(c, entry) for entry in by_id], asked, k)
            return self._search_all(c, asked, None if disclosures is None else [e.key for e in entries], k)

    def _search_all(
        self, c: Connection, asked: list[str], dkeys: list[int] | None, k: int
    ) -> list[tuple[str, float]]:
        def run(sql: str, values: dict[str, Any]) -> Sequence[Sequence[Any]]:
            return c.execute(text(sql), values).all()

        total = c.execute(select(func.max(CHUNKS.c.key))).scalar() or 0
        if not self._common or total > 2 * self._common_of:
            self._common, self._common_of = word_index.shares(run, total, self.postgres), total
        telling = word_index.telling(asked, self._common, total)
        find = word_index.find_postgres if self.postgres else word_index.find_sqlite
        return find(run, telling, dkeys, k) if telling else []

    # its health

    def counts(self) -> dict[str, int]:
        """Rows by table, for the doctor and the list of reports."""
        with self._read() as c:
            tables = (DISCLOSURES, TABLES, FACTS, CHUNKS)
            return {t.name: c.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}

    def broken(self) -> list[str]:
        """What the database itself finds wrong; [] when it is sound."""
        found = []
        with self._read() as c:
            if not self.postgres:
                found = [str(row[0]) for row in c.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
            words_ = c.execute(text("SELECT count(*) FROM words")).scalar_one()
            chunks = c.execute(select(func.count()).select_from(CHUNKS)).scalar_one()
        return found + ([f"词索引有 {words_} 条，段落有 {chunks} 条"] if words_ != chunks else [])

    # inside

    def _bodies(self, table: Table, order: Column[Any], disclosures: Collection[str] | None) -> list[packing.Packed]:
        with self._read() as c:
            keys = [e.key for e in chosen(self._held.fresh(c), disclosures)]
            query = select(table.c.body).where(table.c.body != "").order_by(table.c.dkey, order)
            rows = c.execute(query if disclosures is None else query.where(among(table.c.dkey, keys))).scalars().all()
        return packing.load_all(rows)

def _identity(d: Disclosure) -> tuple[object, ...]:
    return (d.file, d.publisher, d.year, d.kind, d.scope)
