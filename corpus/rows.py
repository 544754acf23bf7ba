"""Rows: a record → rows of the shelf and back (the gate of SQLAlchemy, with `database.py`, `schema.py`, `held.py`, `store.py`)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, or_, select, text

from corpus import packing, word_index
from corpus.chunk import Chunk, ChunkKind
from corpus.database import among, new_key
from corpus.fact import Fact, Origin
from corpus.record import Record
from corpus.schema import CHUNKS, CORRECTIONS, DISCLOSURES, FACTS, FINDINGS, HEADS, TABLES, revision
from corpus.words import plain_name


@dataclass(frozen=True)
class FactTable:
    """The facts of one disclosure in the order of reading, with the ways to find them."""

    by_id: dict[str, Fact]
    by_name: dict[str, list[str]]
    by_account: dict[str, list[str]]

    def named(self, names: Collection[str], accounts: Collection[str]) -> Iterable[Fact]:
        """Those of any of these plain names or accounts; all where neither is given."""
        if not (names or accounts):
            return self.by_id.values()
        ids = {id for name in names for id in self.by_name.get(name, ())}
        ids.update(id for account in accounts for id in self.by_account.get(account, ()))
        return [fact for id, fact in self.by_id.items() if id in ids]


def text_sha(text_: str) -> str:
    """Names a text by its content, so that the same text is embedded once."""
    return sha256(text_.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def insert_record(c: Connection, record: Record, origin: str, postgres: bool) -> None:
    """Everything of a disclosure, its word index with it, in the transaction of `c`."""
    d = record.disclosure
    row = {"id": d.id, "origin": origin, "program": record.program, "stamp": revision(c)}
    dkey = new_key(c, DISCLOSURES, {**row, "body": packing.dump(packing.pack_disclosure(d))})
    insert_all(c, TABLES, numbered(dkey, (packing.pack_table(t) for t in record.tables)))
    insert_facts(c, dkey, record.facts)
    findings = numbered(dkey, (packing.pack_discrepancy(f) for f in record.discrepancies))
    insert_all(c, FINDINGS, [{**row, "rule": "", "reason": ""} for row in findings])
    insert_all(c, FINDINGS, [
        {"dkey": dkey, "seq": -1 - i, "rule": u.rule, "reason": _kept(u.reason), "body": ""}
        for i, u in enumerate(record.unchecked)
    ])  # fmt: skip
    _insert_chunks(c, dkey, record.chunks, postgres)
    put_correction(c, record)


def _kept(printed: str) -> str:
    """Words in a column of their own: PostgreSQL keeps no NUL, and neither database half a sign. (Bodies are JSON, which escapes both.)"""
    return printed.replace("\0", "").encode("utf-8", "backslashreplace").decode()


def put_correction(c: Connection, record: Record) -> None:
    """Keeps what had been read of a corrected disclosure; where it stands as read nothing is kept."""
    c.execute(delete(CORRECTIONS).where(CORRECTIONS.c.id == record.disclosure.id))
    if record.as_read:
        c.execute(insert(CORRECTIONS), {"id": record.disclosure.id, "body": packing.dump(packing.pack_correction(record.as_read))})


def delete_rows(c: Connection, dkey: int, postgres: bool) -> None:
    """Takes a disclosure's rows away, the words first: they are found by its chunks."""
    sql = word_index.DELETE_POSTGRES if postgres else word_index.DELETE_SQLITE
    c.execute(text(sql), {"dkey": dkey})
    for table in (TABLES, FACTS, HEADS, CHUNKS, FINDINGS):
        c.execute(delete(table).where(table.c.dkey == dkey))
    c.execute(delete(DISCLOSURES).where(DISCLOSURES.c.key == dkey))


def _insert_chunks(c: Connection, dkey: int, chunks: Sequence[Chunk], postgres: bool) -> None:
    insert_all(c, CHUNKS, [chunk_row(dkey, chunk) for chunk in chunks])
    keys = {row.id: row.key for row in c.execute(select(CHUNKS.c.id, CHUNKS.c.key).where(CHUNKS.c.dkey == dkey))}
    pack, sql = (
        (word_index.row_postgres, word_index.INSERT_POSTGRES)
        if postgres
        else (word_index.row_sqlite, word_index.INSERT_SQLITE)
    )
    if chunks:
        c.execute(text(sql), [pack(keys[k.id], dkey, k.indexed) for k in chunks])


def numbered(dkey: int, packed: Iterable[packing.Packed]) -> list[dict[str, Any]]:
    return [{"dkey": dkey, "seq": seq, "body": packing.dump(p)} for seq, p in enumerate(packed)]


def chunk_row(dkey: int, chunk: Chunk) -> dict[str, Any]:
    body = packing.dump(packing.pack_chunk(chunk))
    return {"dkey": dkey, "id": chunk.id, "sha": text_sha(chunk.indexed), "kind": chunk.kind, "body": body}


def insert_all(c: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        c.execute(insert(table), rows)


def insert_facts(c: Connection, dkey: int, facts: Sequence[Fact]) -> None:
    heads: dict[packing.Head, int] = {}
    rows = []
    for seq, fact in enumerate(facts):
        head = packing.head_of(fact)
        if head not in heads:
            body = packing.dump(packing.pack_head(head))
            heads[head] = new_key(c, HEADS, {"dkey": dkey, "measure": head.measure, "basis": head.basis, "body": body})
        name = plain_name(fact.item[-1] if fact.item else "")
        body = packing.dump(packing.pack_fact(fact))
        rows.append({
            "dkey": dkey, "seq": seq, "hkey": heads[head], "name": name, "account": fact.account, "year": fact.year,
            "body": body,
        })  # fmt: skip
    insert_all(c, FACTS, rows)


def load_facts(c: Connection, dkey: int) -> FactTable:
    rows = c.execute(select(HEADS.c.key, HEADS.c.body).where(HEADS.c.dkey == dkey))
    heads = {row.key: packing.unpack_head(packing.load(row.body)) for row in rows}
    query = select(FACTS.c.hkey, FACTS.c.name, FACTS.c.account, FACTS.c.body)
    found = c.execute(query.where(FACTS.c.dkey == dkey).order_by(FACTS.c.seq)).all()
    bodies = packing.load_all(row[3] for row in found)
    made = FactTable({}, {}, {})
    for (hkey, name, account, _), body in zip(found, bodies, strict=True):
        fact = packing.unpack_fact(heads[hkey], body)
        made.by_id[fact.id] = fact
        made.by_name.setdefault(name, []).append(fact.id)
        if account:
            made.by_account.setdefault(account, []).append(fact.id)
    return made


def load_chunks(c: Connection, dkey: int, kinds: Collection[ChunkKind] = ()) -> tuple[Chunk, ...]:
    query = select(CHUNKS.c.body).where(CHUNKS.c.dkey == dkey, *((CHUNKS.c.kind.in_(sorted(kinds)),) if kinds else ()))
    bodies = c.execute(query.order_by(CHUNKS.c.key)).scalars()
    return tuple(packing.unpack_chunk(p) for p in packing.load_all(bodies))


def find_facts(
    c: Connection, dkeys: list[int] | None, names: Collection[str], accounts: Collection[str],
    wanted: Mapping[str, object],
) -> Iterator[Fact]:  # fmt: skip
    """Facts of many disclosures through the indexes on name and account."""
    query = select(FACTS.c.hkey, FACTS.c.body, HEADS.c.body.label("head")).join(HEADS, HEADS.c.key == FACTS.c.hkey)
    query = query.where(or_(FACTS.c.name.in_(list(names)), (FACTS.c.account != "") & FACTS.c.account.in_(accounts)))
    columns = {"measure": HEADS.c.measure, "basis": HEADS.c.basis, "year": FACTS.c.year}
    query = query.where(*(columns[name] == value for name, value in wanted.items() if value is not None))
    if dkeys is not None:
        query = query.where(among(FACTS.c.dkey, dkeys))
    heads: dict[int, packing.Head] = {}
    for row in c.execute(query.order_by(FACTS.c.dkey, FACTS.c.seq)):
        if row.hkey not in heads:
            heads[row.hkey] = packing.unpack_head(packing.load(row.head))
        yield packing.unpack_fact(heads[row.hkey], packing.load(row.body))


_SENTENCE = 12
"""Facts of one sentence stand no further apart in the order of reading."""


def find_named(
    c: Connection, dkeys: list[int], names: Collection[str], totals: Collection[str], signs: Collection[str], year: int | None,
) -> tuple[list[Fact], list[Fact]]:  # fmt: skip
    """Facts of many disclosures by the item's own name, and the other facts of the sentences that tell them.

    Of `totals`, names that say nothing of their own, only those by which all characters of one of `signs` stand.
    """
    query = _whole_facts().where(FACTS.c.name.in_([*names, *totals]), among(FACTS.c.dkey, dkeys))
    rows = c.execute((query if year is None else query.where(FACTS.c.year == year)).order_by(FACTS.c.dkey, FACTS.c.seq)).all()
    heads: dict[int, packing.Head] = {}
    bare = set(totals)
    meant = (row for row in rows if row.name not in bare or not signs or _stands(signs, row.head) or _stands(signs, row.body))
    named = {(row.dkey, row.seq): _unpacked(row, heads) for row in meant}
    beside: dict[tuple[int, int], Fact] = {}
    for (dkey, seq), fact in named.items():
        if fact.origin is Origin.PROSE:
            at = (FACTS.c.dkey == dkey, FACTS.c.seq.between(seq - _SENTENCE, seq + _SENTENCE))
            near = c.execute(_whole_facts().where(*at).order_by(FACTS.c.seq))
            told = packing.dump([fact.text])[1:-1]
            beside.update(((dkey, row.seq), _unpacked(row, heads)) for row in near if told in row.body and (dkey, row.seq) not in named)
    return list(named.values()), list(beside.values())


def _stands(signs: Collection[str], printed: str) -> bool:
    return any(all(sign in printed for sign in pair) for pair in signs)


def _whole_facts() -> Select[Any]:
    columns = (FACTS.c.dkey, FACTS.c.seq, FACTS.c.hkey, FACTS.c.name, FACTS.c.body, HEADS.c.body.label("head"))
    return select(*columns).join(HEADS, HEADS.c.key == FACTS.c.hkey)


def _unpacked(row: Any, heads: dict[int, packing.Head]) -> Fact:  # noqa: ANN401 - a row of `_whole_facts`
    if row.hkey not in heads:
        heads[row.hkey] = packing.unpack_head(packing.load(row.head))
    return packing.unpack_fact(heads[row.hkey], packing.load(row.body))


_NAMES = """
WITH RECURSIVE named(name) AS (
    SELECT min(name) FROM facts
    UNION ALL SELECT (SELECT min(name) FROM facts WHERE name > named.name) FROM named WHERE named.name IS NOT NULL
) SELECT name FROM named WHERE name IS NOT NULL"""
"""From one name to the next in their index: what stands between, the same name of other reports, is never read."""


def all_names(c: Connection) -> tuple[str, ...]:
    """Every own name of an item on the shelf, once. In one order everywhere: PostgreSQL's follows the language that it was set up in."""
    return tuple(sorted(c.execute(text(_NAMES)).scalars()))
