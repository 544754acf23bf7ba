"""Store: records → SQL and back (the gate of SQLAlchemy): a SQLite file by default, PostgreSQL by address.

SQL is the truth of the shelf. A disclosure is saved, replaced or deleted whole in one transaction, its word index with it;
whoever reads sees it whole or not at all. Reading never waits for writing (WAL; on PostgreSQL snapshots).
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    BigInteger, Column, Connection, Engine, Index, Integer, LargeBinary, MetaData, Select, String, Table, Text,
    create_engine, delete, event, func, insert, or_, select, text, update,
)  # fmt: skip
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from corpus import packing, word_index
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure
from corpus.errors import ShelfError
from corpus.fact import Basis, Discrepancy, Fact, Measure
from corpus.record import Record, Unchecked
from corpus.table import TableInfo
from corpus.words import plain_name

SCHEMA = 1
"""Version of the tables below. A change of them adds a step to MOVES and counts up."""
MOVES: dict[int, tuple[str, ...]] = {}
"""From version n to n + 1: SQL statements."""
CACHED_FACTS = 150_000
"""Facts kept in memory (about 1 kB each), the reports longest unused dropped first."""
BUSY_SECONDS = 60

_meta = MetaData()
_big = BigInteger().with_variant(Integer, "sqlite")
META = Table("meta", _meta, Column("name", String, primary_key=True), Column("value", Text, nullable=False))
DISCLOSURES = Table(
    "disclosures", _meta,
    Column("key", _big, primary_key=True, autoincrement=True), Column("id", String, nullable=False, unique=True),
    Column("file", Text, nullable=False, index=True), Column("origin", Text, nullable=False, index=True),
    Column("program", Text, nullable=False), Column("stamp", Integer, nullable=False),
    Column("body", Text, nullable=False), sqlite_autoincrement=True,
)  # fmt: skip
TABLES = Table("tables", _meta, *(Column(n, _big, primary_key=True) for n in ("dkey", "seq")), Column("body", Text))
HEADS = Table(
    "heads", _meta, Column("key", _big, primary_key=True, autoincrement=True), Column("dkey", _big, index=True),
    Column("measure", String), Column("basis", String), Column("body", Text),
)  # fmt: skip
FACTS = Table(
    "facts", _meta, Column("dkey", _big, primary_key=True), Column("seq", _big, primary_key=True),
    Column("hkey", _big), Column("name", Text), Column("account", String), Column("year", Integer), Column("body", Text),
    Index("facts_name", "name", "year"), sqlite_with_rowid=False,
)  # fmt: skip
Index("facts_account", FACTS.c.account, FACTS.c.year,
      sqlite_where=FACTS.c.account != "", postgresql_where=FACTS.c.account != "")  # fmt: skip
CHUNKS = Table(
    "chunks", _meta, Column("key", _big, primary_key=True, autoincrement=True), Column("dkey", _big, index=True),
    Column("id", String, nullable=False, unique=True), Column("sha", String, nullable=False),
    Column("kind", String), Column("body", Text), sqlite_autoincrement=True,
)  # fmt: skip
FINDINGS = Table(
    "findings", _meta, *(Column(n, _big, primary_key=True) for n in ("dkey", "seq")), Column("rule", Text),
    Column("reason", Text), Column("body", Text),
)  # fmt: skip
FILES = Table("files", _meta, Column("id", String, primary_key=True), Column("name", Text), Column("content", LargeBinary))


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


@dataclass(frozen=True)
class _Entry:
    key: int
    stamp: int
    program: str
    origin: str
    disclosure: Disclosure


@dataclass(frozen=True)
class _Known:
    """All disclosures as of one revision of the shelf."""

    revision: int
    entries: dict[str, _Entry]


def text_sha(text_: str) -> str:
    """Names a text by its content, so that the same text is embedded once."""
    return sha256(text_.encode()).hexdigest()[:32]


class Store:
    """The shelf's tables. Safe to use from many threads; each call is its own transaction."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.postgres = self.engine.dialect.name == "postgresql"
        self._known = _Known(-1, {})
        self._facts: OrderedDict[tuple[int, int], dict[str, Fact]] = OrderedDict()
        self._lock = threading.Lock()
        with self._write(bump=False) as c:
            _create(c, self.postgres)

    def close(self) -> None:
        self.engine.dispose()

    # writing

    def save(self, record: Record, origin: str = "") -> Change:
        """Saves a disclosure whole; an older reading of the same file goes in the same transaction.

        The old one is: the same content; or another content from the same path `origin`; or under the same file name
        with the same publisher, year, kind and scope.
        """
        if self.unchanged(record):
            return Change(Saved.UNCHANGED)
        d = record.disclosure
        with self._write() as c:
            old = self._replaced(c, d, origin)
            for entry in old:
                self._delete(c, entry.key)
            self._insert(c, record, origin)
        gone = tuple(e.disclosure.id for e in old if e.disclosure.id != d.id)
        return Change(Saved.REPLACED if old else Saved.NEW, gone)

    def unchanged(self, record: Record) -> bool:
        """Whether the same content, read by the same program, stands here as the same disclosure."""
        entry = self.entries().get(record.disclosure.id)
        return entry is not None and entry.program == record.program and entry.disclosure == record.disclosure

    def delete(self, id: str) -> bool:
        """Removes a disclosure with all that it holds. False: it was not there."""
        with self._write() as c:
            entry = self._fresh(c).get(id)
            if entry:
                self._delete(c, entry.key)
                c.execute(delete(FILES).where(FILES.c.id == id))
        return entry is not None

    def _replaced(self, c: Connection, d: Disclosure, origin: str) -> list[_Entry]:
        def same(e: _Entry) -> bool:
            return e.disclosure.id == d.id or (origin != "" and e.origin == origin) or _identity(e.disclosure) == _identity(d)

        return [e for e in self._fresh(c).values() if same(e)]

    def _delete(self, c: Connection, dkey: int) -> None:
        sql = word_index.DELETE_POSTGRES if self.postgres else word_index.DELETE_SQLITE
        c.execute(text(sql), {"dkey": dkey})
        for table in (TABLES, FACTS, HEADS, CHUNKS, FINDINGS):
            c.execute(delete(table).where(table.c.dkey == dkey))
        c.execute(delete(DISCLOSURES).where(DISCLOSURES.c.key == dkey))

    def _insert(self, c: Connection, record: Record, origin: str) -> None:
        d = record.disclosure
        row = {"id": d.id, "file": d.file, "origin": origin, "program": record.program, "stamp": _revision(c)}
        dkey = _new_key(c, DISCLOSURES, {**row, "body": packing.dump(packing.pack_disclosure(d))})
        _insert_all(c, TABLES, _numbered(dkey, (packing.pack_table(t) for t in record.tables)))
        _insert_facts(c, dkey, record.facts)
        findings = _numbered(dkey, (packing.pack_discrepancy(f) for f in record.discrepancies))
        _insert_all(c, FINDINGS, [{**row, "rule": "", "reason": ""} for row in findings])
        _insert_all(c, FINDINGS, [
            {"dkey": dkey, "seq": -1 - i, "rule": u.rule, "reason": u.reason, "body": ""}
            for i, u in enumerate(record.unchecked)
        ])  # fmt: skip
        self._insert_chunks(c, dkey, record.chunks)

    def _insert_chunks(self, c: Connection, dkey: int, chunks: Sequence[Chunk]) -> None:
        _insert_all(c, CHUNKS, [
            {"dkey": dkey, "id": k.id, "sha": text_sha(k.indexed), "kind": k.kind, "body": packing.dump(packing.pack_chunk(k))}
            for k in chunks
        ])  # fmt: skip
        keys = {row.id: row.key for row in c.execute(select(CHUNKS.c.id, CHUNKS.c.key).where(CHUNKS.c.dkey == dkey))}
        pack, sql = (
            (word_index.row_postgres, word_index.INSERT_POSTGRES)
            if self.postgres
            else (word_index.row_sqlite, word_index.INSERT_SQLITE)
        )
        if chunks:
            c.execute(text(sql), [pack(keys[k.id], dkey, k.indexed) for k in chunks])

    # reading

    def entries(self) -> dict[str, _Entry]:
        """All disclosures by id, read again only when the shelf has changed."""
        with self._read() as c:
            return self._fresh(c)

    def disclosures(self) -> tuple[Disclosure, ...]:
        """By publisher, year and kind."""
        found = [e.disclosure for e in self.entries().values()]
        return tuple(sorted(found, key=lambda d: (d.publisher, d.year, d.kind, d.scope, d.file)))

    def disclosure(self, id: str) -> Disclosure | None:
        entry = self.entries().get(id)
        return entry.disclosure if entry else None

    def holds(self, id: str, program: str) -> bool:
        """Whether this content was read by this program already."""
        entry = self.entries().get(id)
        return entry is not None and entry.program == program

    def facts(
        self, disclosures: Collection[str] | None = None, *, names: Collection[str] = (), accounts: Collection[str] = (),
        measure: Measure | None = None, basis: Basis | None = None, year: int | None = None,
    ) -> tuple[Fact, ...]:  # fmt: skip
        """Facts that meet every filter given; of `names` (the item's own name) and `accounts` one must meet.

        A few disclosures come whole from memory; all of them are asked through the database's indexes.
        """
        plain = {plain_name(name) for name in names}
        with self._read() as c:
            entries = _chosen(self._fresh(c), disclosures)
            if len(entries) <= 20 or not (plain or accounts):
                found: Iterable[Fact] = (f for e in entries for f in self._facts_of(c, e).values())
            else:
                found = _find_facts(c, entries, None if disclosures is None else [e.key for e in entries], plain, accounts, year)
            return tuple(
                f for f in found
                if (not (plain or accounts) or f.account in accounts or plain_name(f.item[-1] if f.item else "") in plain)
                and measure in (None, f.measure) and basis in (None, f.basis) and year in (None, f.year)
            )  # fmt: skip

    def fact(self, id: str) -> Fact | None:
        with self._read() as c:
            entry = self._fresh(c).get(id.split("-")[0])
            return self._facts_of(c, entry).get(id) if entry else None

    def tables(self, disclosures: Collection[str] | None = None) -> tuple[TableInfo, ...]:
        return tuple(packing.unpack_table(p) for p in self._bodies(TABLES, TABLES.c.seq, disclosures))

    def discrepancies(self, id: str) -> tuple[Discrepancy, ...]:
        return tuple(packing.unpack_discrepancy(p) for p in self._bodies(FINDINGS, FINDINGS.c.seq, [id]))

    def unchecked(self, id: str) -> tuple[Unchecked, ...]:
        """What could not be checked, and why."""
        with self._read() as c:
            keys = [e.key for e in _chosen(self._fresh(c), [id])]
            query = select(FINDINGS.c.rule, FINDINGS.c.reason).where(FINDINGS.c.dkey.in_(keys), FINDINGS.c.seq < 0)
            return tuple(Unchecked(row.rule, row.reason) for row in c.execute(query.order_by(FINDINGS.c.seq.desc())))

    def chunks(self, disclosures: Collection[str] | None = None, kinds: Collection[ChunkKind] = ()) -> tuple[Chunk, ...]:
        found = (packing.unpack_chunk(p) for p in self._bodies(CHUNKS, CHUNKS.c.key, disclosures))
        return tuple(chunk for chunk in found if not kinds or chunk.kind in kinds)

    def chunks_by_id(self, ids: Collection[str]) -> dict[str, Chunk]:
        with self._read() as c:
            rows = c.execute(select(CHUNKS.c.body).where(CHUNKS.c.id.in_(list(ids))))
            return {chunk.id: chunk for chunk in (packing.unpack_chunk(packing.load(row.body)) for row in rows)}

    def chunk(self, id: str) -> Chunk | None:
        return self.chunks_by_id([id]).get(id)

    def chunk_ids(self, texts: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        """For pairs of a disclosure's id and a text's sha: the chunks that say it there. Unknown pairs are left out."""
        with self._read() as c:
            known = self._fresh(c)
            ids = {known[d].key: d for d, _ in texts if d in known}
            query = select(CHUNKS.c.id, CHUNKS.c.dkey, CHUNKS.c.sha).where(CHUNKS.c.dkey.in_(list(ids)))
            found: dict[tuple[str, str], list[str]] = {}
            for row in c.execute(query.where(CHUNKS.c.sha.in_([sha for _, sha in texts])).order_by(CHUNKS.c.key)):
                found.setdefault((ids[row.dkey], row.sha), []).append(row.id)
            return found

    def search_words(self, query: str, disclosures: Collection[str] | None, k: int) -> list[tuple[str, float]]:
        """Ids of the k chunks that match the words best, with their BM25 scores."""
        with self._read() as c:
            entries = _chosen(self._fresh(c), disclosures)
            dkeys = None if disclosures is None else [e.key for e in entries]

            def run(sql: str, values: dict[str, Any]) -> Sequence[Sequence[Any]]:
                return c.execute(text(sql), values).all()

            return (word_index.find_postgres if self.postgres else word_index.find_sqlite)(run, query, dkeys, k)

    # names and files kept beside

    def meta(self, name: str) -> str:
        with self._read() as c:
            return _get(c, name)

    def claim(self, name: str, value: str) -> str:
        """Sets what was not set, and gives what stands: the first process to ask decides."""
        with self._write(bump=False) as c:
            if not _get(c, name):
                _put(c, name, value)
            return _get(c, name)

    def put_file(self, id: str, name: str, content: bytes) -> None:
        """Keeps an original in the database, where several machines share one shelf."""
        with self._write(bump=False) as c:
            c.execute(delete(FILES).where(FILES.c.id == id))
            c.execute(insert(FILES), {"id": id, "name": name, "content": content})

    def get_file(self, id: str) -> bytes | None:
        with self._read() as c:
            return c.execute(select(FILES.c.content).where(FILES.c.id == id)).scalar()

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

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with _told(), self.engine.connect() as c:
            yield c

    @contextmanager
    def _write(self, bump: bool = True) -> Iterator[Connection]:
        """One transaction with the write lock from its start; `bump` tells other processes that the shelf has changed."""
        with _told(), self.engine.connect().execution_options(write=True) as c, c.begin():
            if self.postgres:
                c.execute(text("SELECT pg_advisory_xact_lock(746178)"))
            if bump:
                _put(c, "revision", str(_revision(c) + 1))
            yield c

    def _fresh(self, c: Connection) -> dict[str, _Entry]:
        revision = _revision(c)
        if self._known.revision != revision or c.get_execution_options().get("write"):
            rows = c.execute(select(DISCLOSURES).order_by(DISCLOSURES.c.key))
            known = _Known(revision, {row.id: _entry(row) for row in rows})
            if c.get_execution_options().get("write"):
                return known.entries
            self._known = known
            return known.entries
        return self._known.entries

    def _bodies(self, table: Table, order: Column[Any], disclosures: Collection[str] | None) -> list[packing.Packed]:
        with self._read() as c:
            keys = [e.key for e in _chosen(self._fresh(c), disclosures)]
            query = select(table.c.body).where(table.c.body != "").order_by(table.c.dkey, order)
            rows = c.execute(query if disclosures is None else query.where(_among(table.c.dkey, keys))).scalars().all()
        return json.loads(f"[{','.join(rows)}]")  # type: ignore[no-any-return]

    def _facts_of(self, c: Connection, entry: _Entry) -> dict[str, Fact]:
        at = (entry.key, entry.stamp)
        with self._lock:
            if at in self._facts:
                self._facts.move_to_end(at)
                return self._facts[at]
        facts = _load_facts(c, entry.key)
        with self._lock:
            self._facts[at] = facts
            while len(self._facts) > 1 and sum(map(len, self._facts.values())) > CACHED_FACTS:
                self._facts.popitem(last=False)
        return facts


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    with _told():
        if address.get_backend_name() != "sqlite":
            return create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=40, isolation_level="REPEATABLE READ")
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, pool_size=10, max_overflow=100)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
    connection.isolation_level = None  # we say BEGIN ourselves: pysqlite's own would come too late
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(c: Connection) -> None:
    c.exec_driver_sql("BEGIN IMMEDIATE" if c.get_execution_options().get("write") else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """The database's errors as ours."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise ShelfError(_sentence(cause)) from error


def _sentence(cause: str) -> str:
    if "full" in cause or "No space" in cause:
        return f"报告库写不进去：磁盘已满。请腾出空间后重试（{cause}）"
    if "locked" in cause or "busy" in cause:
        return f"报告库正被另一个程序占用，请稍后重试（{cause}）"
    if "malformed" in cause or "not a database" in cause:
        return f"报告库文件已损坏，请从备份恢复，或删除后重新读入报告（{cause}）"
    if "unable to open" in cause or "readonly" in cause:
        return f"报告库的文件夹打不开或不能写，请检查路径和权限（{cause}）"
    return f"报告库的数据库出错，请检查数据库是否在运行（{cause}）"


def _create(c: Connection, postgres: bool) -> None:
    _meta.create_all(c)
    for sql in word_index.CREATE_POSTGRES if postgres else word_index.CREATE_SQLITE:
        c.execute(text(sql))
    version = int(_get(c, "schema") or SCHEMA)
    if version > SCHEMA:
        raise ShelfError(f"报告库由更新版本的程序建立（第 {version} 版，本程序认得第 {SCHEMA} 版），请升级程序后再打开")
    for step in range(version, SCHEMA):
        for sql in MOVES[step]:
            c.execute(text(sql))
    _put(c, "schema", str(SCHEMA))


def _get(c: Connection, name: str) -> str:
    return c.execute(select(META.c.value).where(META.c.name == name)).scalar() or ""


def _put(c: Connection, name: str, value: str) -> None:
    if not c.execute(update(META).where(META.c.name == name).values(value=value)).rowcount:
        c.execute(insert(META), {"name": name, "value": value})


def _revision(c: Connection) -> int:
    return int(_get(c, "revision") or 0)


def _entry(row: Any) -> _Entry:  # noqa: ANN401 - a row of DISCLOSURES
    return _Entry(row.key, row.stamp, row.program, row.origin, packing.unpack_disclosure(packing.load(row.body)))


def _identity(d: Disclosure) -> tuple[object, ...]:
    return (d.file, d.publisher, d.year, d.kind, d.scope)


def _chosen(known: dict[str, _Entry], disclosures: Collection[str] | None) -> list[_Entry]:
    if disclosures is None:
        return list(known.values())
    return [known[id] for id in dict.fromkeys(disclosures) if id in known]


def _new_key(c: Connection, table: Table, row: dict[str, Any]) -> int:
    key = c.execute(insert(table).values(row)).inserted_primary_key
    assert key is not None, "an insert of one row gives its key"
    return int(key[0])


def _numbered(dkey: int, packed: Iterable[packing.Packed]) -> list[dict[str, Any]]:
    return [{"dkey": dkey, "seq": seq, "body": packing.dump(p)} for seq, p in enumerate(packed)]


def _insert_all(c: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        c.execute(insert(table), rows)


def _insert_facts(c: Connection, dkey: int, facts: Sequence[Fact]) -> None:
    heads: dict[packing.Head, int] = {}
    rows = []
    for seq, fact in enumerate(facts):
        head = packing.head_of(fact)
        if head not in heads:
            body = packing.dump(packing.pack_head(head))
            heads[head] = _new_key(c, HEADS, {"dkey": dkey, "measure": head.measure, "basis": head.basis, "body": body})
        name = plain_name(fact.item[-1] if fact.item else "")
        body = packing.dump(packing.pack_fact(fact))
        rows.append({
            "dkey": dkey, "seq": seq, "hkey": heads[head], "name": name, "account": fact.account, "year": fact.year,
            "body": body,
        })  # fmt: skip
    _insert_all(c, FACTS, rows)


def _load_facts(c: Connection, dkey: int) -> dict[str, Fact]:
    rows = c.execute(select(HEADS.c.key, HEADS.c.body).where(HEADS.c.dkey == dkey))
    heads = {row.key: packing.unpack_head(packing.load(row.body)) for row in rows}
    found = c.execute(select(FACTS.c.hkey, FACTS.c.body).where(FACTS.c.dkey == dkey).order_by(FACTS.c.seq)).all()
    bodies = json.loads(f"[{','.join(body for _, body in found)}]")
    facts = (packing.unpack_fact(heads[hkey], body) for (hkey, _), body in zip(found, bodies, strict=True))
    return {fact.id: fact for fact in facts}


def _find_facts(
    c: Connection, entries: Sequence[_Entry], dkeys: list[int] | None, names: Collection[str], accounts: Collection[str],
    year: int | None,
) -> Iterator[Fact]:  # fmt: skip
    """Facts of many disclosures through the indexes on name and account."""
    query = select(FACTS.c.hkey, FACTS.c.body, HEADS.c.body.label("head")).join(HEADS, HEADS.c.key == FACTS.c.hkey)
    met = [FACTS.c.name.in_(list(names))] if names else []
    met += [(FACTS.c.account != "") & FACTS.c.account.in_(list(accounts))] if accounts else []
    query = _within(query.where(or_(*met)), dkeys)
    if year is not None:
        query = query.where(FACTS.c.year == year)
    heads: dict[int, packing.Head] = {}
    for row in c.execute(query.order_by(FACTS.c.dkey, FACTS.c.seq)):
        if row.hkey not in heads:
            heads[row.hkey] = packing.unpack_head(packing.load(row.head))
        yield packing.unpack_fact(heads[row.hkey], packing.load(row.body))


def _within(query: Select[Any], dkeys: list[int] | None) -> Select[Any]:
    return query if dkeys is None else query.where(_among(FACTS.c.dkey, dkeys))


def _among(column: Column[Any], keys: list[int]) -> Any:  # noqa: ANN401 - an SQL expression
    """`column IN keys`; any number of them (SQLite takes 32,766 parameters at most)."""
    if len(keys) < 30_000:
        return column.in_(keys)
    return or_(*(column.in_(keys[i : i + 10_000]) for i in range(0, len(keys), 10_000)))
