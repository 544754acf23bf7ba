"""Dump: all rows of a shelf ⇄ (table, row) pairs that either database takes (the gate of SQLAlchemy, with `schema.py`)."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text

from corpus import packing, word_index
from corpus.schema import CHUNKS, CORRECTIONS, DISCLOSURES, FACTS, FILES, FINDINGS, HEADS, TABLES, put_meta, revision

Row = tuple[str, dict[str, Any]]
"""A table's name and one of its rows."""
KEPT = {table.name: table for table in (DISCLOSURES, TABLES, HEADS, FACTS, CHUNKS, FINDINGS, CORRECTIONS)}
BATCH = 1000


def rows_of(c: Connection) -> Iterator[Row]:
    for name, table in KEPT.items():
        for row in c.execute(select(table)).mappings():
            yield name, dict(row)


def replace_all(c: Connection, rows: Iterable[Row], postgres: bool) -> None:
    """These rows instead of all that stand, with their words, in the transaction of `c`.

    Every disclosure gets a new stamp: a process that has read the old ones shall not take these for them.
    """
    c.execute(text("DELETE FROM words"))
    for table in KEPT.values():
        c.execute(delete(table))
    now = revision(c) + 1
    put_meta(c, "revision", str(now))
    for name, batch in _batches(rows):
        table = KEPT[name]
        known = [{key: value for key, value in row.items() if key in table.c} for row in batch]
        c.execute(insert(table), [{**row, "stamp": now} for row in known] if table is DISCLOSURES else known)
        if table is CHUNKS:
            _insert_words(c, known, postgres)
    c.execute(delete(FILES).where(FILES.c.id.not_in(select(DISCLOSURES.c.id))))
    if postgres:
        _count_on(c, (DISCLOSURES, HEADS, CHUNKS))


def _batches(rows: Iterable[Row]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, group in groupby(rows, key=lambda row: row[0]):
        while batch := [row for _, row in islice(group, BATCH)]:
            yield name, batch


def _insert_words(c: Connection, chunks: list[dict[str, Any]], postgres: bool) -> None:
    pack, sql = (
        (word_index.row_postgres, word_index.INSERT_POSTGRES) if postgres else (word_index.row_sqlite, word_index.INSERT_SQLITE)
    )
    c.execute(text(sql), [pack(row["key"], row["dkey"], packing.unpack_chunk(packing.load(row["body"])).indexed) for row in chunks])


def _count_on(c: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL's own counters know nothing of keys that were given."""
    for table in tables:
        c.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'key'), (SELECT COALESCE(max(key), 1) FROM {table.name}))"))
