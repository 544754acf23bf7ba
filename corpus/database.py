"""Database: an address → an engine with the shelf's tables (the gate of SQLAlchemy, with `rows.py` and `store.py`).

SQLite is set so that readers never wait for the writer, and the writer says so before it reads (BEGIN IMMEDIATE).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from corpus import word_index
from corpus.errors import ShelfError

SCHEMA = 1
"""Version of the tables below. A change of them adds a step to MOVES and counts up."""
MOVES: dict[int, tuple[str, ...]] = {}
"""From version n to n + 1: SQL statements."""
BUSY_SECONDS = 60
"""How long a writer waits for another process that writes."""

_meta = MetaData()
_big = BigInteger().with_variant(Integer, "sqlite")
META = Table("meta", _meta, Column("name", String, primary_key=True), Column("value", Text, nullable=False))
DISCLOSURES = Table(
    "disclosures", _meta,
    Column("key", _big, primary_key=True, autoincrement=True), Column("id", String, nullable=False, unique=True),
    Column("origin", Text, nullable=False),
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
    Column("hkey", _big), Column("name", Text), Column("account", String), Column("year", Integer),
    Column("body", Text), Index("facts_name", "name", "year"), sqlite_with_rowid=False,
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
FILES = Table(
    "files", _meta, Column("id", String, primary_key=True), Column("name", Text), Column("content", LargeBinary)
)


def open_engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    with told():
        if address.get_backend_name() != "sqlite":
            many = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 40}
            return create_engine(address, isolation_level="REPEATABLE READ", **many)
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
def told() -> Iterator[None]:
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


def create(c: Connection, postgres: bool) -> None:
    _meta.create_all(c)
    for sql in word_index.CREATE_POSTGRES if postgres else word_index.CREATE_SQLITE:
        c.execute(text(sql))
    version = int(get_meta(c, "schema") or SCHEMA)
    if version > SCHEMA:
        raise ShelfError(f"报告库由更新版本的程序建立（第 {version} 版，本程序认得第 {SCHEMA} 版），请升级程序后再打开")
    for step in range(version, SCHEMA):
        for sql in MOVES[step]:
            c.execute(text(sql))
    put_meta(c, "schema", str(SCHEMA))


def get_meta(c: Connection, name: str) -> str:
    return c.execute(select(META.c.value).where(META.c.name == name)).scalar() or ""


def put_meta(c: Connection, name: str, value: str) -> None:
    if not c.execute(update(META).where(META.c.name == name).values(value=value)).rowcount:
        c.execute(insert(META), {"name": name, "value": value})


def revision(c: Connection) -> int:
    return int(get_meta(c, "revision") or 0)


def new_key(c: Connection, table: Table, row: dict[str, Any]) -> int:
    key = c.execute(insert(table).values(row)).inserted_primary_key
    assert key is not None, "an insert of one row gives its key"
    return int(key[0])


def among(column: Column[Any], keys: list[int]) -> Any:  # noqa: ANN401 - an SQL expression
    """`column IN keys`; any number of them (SQLite takes 32,766 parameters at most)."""
    if len(keys) < 30_000:
        return column.in_(keys)
    return or_(*(column.in_(keys[i : i + 10_000]) for i in range(0, len(keys), 10_000)))
