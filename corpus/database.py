"""Database: an address → transactions on the shelf's tables, small named values, originals (the gate of SQLAlchemy).

SQLite is set so that readers never wait for the writer, and the writer says so before it reads (BEGIN IMMEDIATE).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, create_engine, delete, event, insert, or_, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from corpus.dump import Row, replace_all, rows_of
from corpus.errors import FULL, SPOILT, ShelfError, is_full
from corpus.schema import FILES, META, create, get_meta, put_meta, revision

BUSY_SECONDS = 60
"""How long a writer waits for another process that writes."""
HALF_DONE = "half done:"
"""Begins the name under which META notes such a disclosure."""


class Database:
    """Safe to use from many threads; each call is its own transaction."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.postgres = self.engine.dialect.name == "postgresql"
        self._mine = local()
        try:
            with self._write(bump=False) as c:
                if self.postgres:
                    _refuse_another_encoding(c)
                create(c, self.postgres)
        except ShelfError:
            self.close()
            raise

    def close(self) -> None:
        self.engine.dispose()

    def meta(self, name: str) -> str:
        with self._read() as c:
            return get_meta(c, name)

    def claim(self, name: str, value: str) -> str:
        """Sets what was not set, and gives what stands: the first process to ask decides."""
        with self._write(bump=False) as c:
            if not get_meta(c, name):
                put_meta(c, name, value)
            return get_meta(c, name)

    def put_file(self, id: str, name: str, content: bytes) -> None:
        """Keeps an original in the database, where several machines share one shelf."""
        with self._write(bump=False) as c:
            c.execute(delete(FILES).where(FILES.c.id == id))
            c.execute(insert(FILES), {"id": id, "name": name, "content": content})

    def get_file(self, id: str) -> bytes | None:
        with self._read() as c:
            return c.execute(select(FILES.c.content).where(FILES.c.id == id)).scalar()

    # all of it, for backups

    def dump(self) -> Iterator[Row]:
        """All rows, as of one moment."""
        with self._read() as c:
            yield from rows_of(c)

    def load(self, rows: Iterable[Row]) -> None:
        """These rows instead of all that stand; an error leaves what stood."""
        with self._write(bump=False) as c:
            replace_all(c, rows, self.postgres)

    # what is half done: noted before the first write outside SQL, taken off after the last

    def begin(self, *ids: str) -> None:
        with self._write(bump=False) as c:
            begin_notes(c, ids)

    def finish(self, *ids: str) -> None:
        with self._write(bump=False) as c:
            c.execute(delete(META).where(META.c.name.in_([HALF_DONE + id for id in ids])))

    def half_done(self) -> tuple[str, ...]:
        """Disclosures whose vectors and files may not be as SQL says: a process ended, or a server went, in between."""
        with self._read() as c:
            names = c.execute(select(META.c.name).where(META.c.name.startswith(HALF_DONE, autoescape=True))).scalars()
            return tuple(name.removeprefix(HALF_DONE) for name in names)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Holds the shelf's writing against other machines, over several transactions (PostgreSQL only)."""
        if not self.postgres:
            yield
            return
        with told(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
            c.execute(text("SELECT pg_advisory_lock(746179)"))
            try:
                yield
            finally:
                c.execute(text("SELECT pg_advisory_unlock(746179)"))

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Within, this thread reads as of one moment, over one connection: half an answer is never of a report that has since been replaced."""
        if self._steady():
            yield
            return
        with told(), self.engine.connect().execution_options(seen={}) as c:
            self._mine.connection = c
            try:
                yield
            finally:
                self._mine.connection = None

    def _steady(self) -> Connection | None:
        return getattr(self._mine, "connection", None)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        if c := self._steady():
            with told():
                yield c
        else:
            with told(), self.engine.connect() as c:
                yield c

    @contextmanager
    def _write(self, bump: bool = True) -> Iterator[Connection]:
        """One transaction, the write lock its own from the start; `bump` tells everyone that the shelf has changed."""
        level = {"isolation_level": "READ COMMITTED"} if self.postgres else {}
        with told(), self.engine.connect().execution_options(write=True, **level) as c, c.begin():
            if self.postgres:  # read committed: what is read after the wait for the lock must be what stands then
                c.execute(text("SELECT pg_advisory_xact_lock(746178)"))
            if bump:
                put_meta(c, "revision", str(revision(c) + 1))
            yield c


def open_engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    with told():
        if address.get_backend_name() != "sqlite":
            many = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 40}
            return create_engine(address, isolation_level="REPEATABLE READ", connect_args={"client_encoding": "utf8"}, **many)
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, pool_size=10, max_overflow=100)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _refuse_another_encoding(c: Connection) -> None:
    """A cluster that was made without a locale has SQL_ASCII, which gives bytes for words; EUC_CN lacks rare names."""
    encoding = c.execute(text("SHOW server_encoding")).scalar()
    if encoding != "UTF8":
        raise ShelfError(f"这个 PostgreSQL 数据库的编码是 {encoding}，存不全汉字。请另建一个：createdb -E UTF8 -T template0 -O 用户 库名")


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(c: Connection) -> None:
    c.exec_driver_sql("BEGIN IMMEDIATE" if c.get_execution_options().get("write") else "BEGIN")


@contextmanager
def told() -> Iterator[None]:
    """The database's errors as ours."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise ShelfError(_sentence(cause)) from error


def _sentence(cause: str) -> str:
    if is_full(cause):
        return f"{FULL}（{cause}）"
    if "locked" in cause or "busy" in cause:
        return f"报告库正被另一个程序占用，请稍后重试（{cause}）"
    if "malformed" in cause or "not a database" in cause:
        return f"{SPOILT}（{cause}）"
    if "disk I/O error" in cause:
        return f"报告库的磁盘读写出错，可能是磁盘已满、有配额或已损坏，请检查后重试（{cause}）"
    if "unable to open" in cause or "readonly" in cause:
        return f"报告库的文件夹打不开或不能写，请检查路径和权限（{cause}）"
    return f"报告库的数据库出错，请检查数据库是否在运行（{cause}）"


def begin_notes(c: Connection, ids: Iterable[str]) -> None:
    """Notes disclosures as half done, in the transaction of `c`."""
    for id in ids:
        put_meta(c, HALF_DONE + id, "1")


def new_key(c: Connection, table: Table, row: dict[str, Any]) -> int:
    key = c.execute(insert(table).values(row)).inserted_primary_key
    assert key is not None, "an insert of one row gives its key"
    return int(key[0])


def among(column: Column[Any], keys: list[int]) -> Any:  # noqa: ANN401 - an SQL expression
    """`column IN keys`; any number of them (SQLite takes 32,766 parameters at most)."""
    if len(keys) < 30_000:
        return column.in_(keys)
    return or_(*(column.in_(keys[i : i + 10_000]) for i in range(0, len(keys), 10_000)))
