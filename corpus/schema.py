"""Schema: the shelf's tables and the version they have, made where they are not (the gate of SQLAlchemy, with `database.py`)."""

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from corpus import word_index
from corpus.errors import ShelfError
from corpus.moves import MOVES, SCHEMA

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
CORRECTIONS = Table("corrections", _meta, Column("id", String, primary_key=True), Column("body", Text, nullable=False))
"""What persons have said of disclosures' identities, by content."""
FILES = Table(
    "files", _meta, Column("id", String, primary_key=True), Column("name", Text), Column("content", LargeBinary)
)


def create(c: Connection, postgres: bool) -> None:
    """Makes what is not there and moves forward what an older program made, in the transaction of `c`: all of it or nothing."""
    if inspect(c).has_table("meta"):
        _move(c, int(get_meta(c, "schema") or SCHEMA))
    _meta.create_all(c)
    for sql in word_index.CREATE_POSTGRES if postgres else word_index.CREATE_SQLITE:
        c.execute(text(sql))
    if get_meta(c, "schema") != str(SCHEMA):
        put_meta(c, "schema", str(SCHEMA))


def _move(c: Connection, version: int) -> None:
    if version > SCHEMA:
        raise ShelfError(f"报告库由更新版本的程序建立（第 {version} 版，本程序认得第 {SCHEMA} 版），请升级程序后再打开")
    for step in range(version, SCHEMA):
        MOVES[step](c)


def get_meta(c: Connection, name: str) -> str:
    return c.execute(select(META.c.value).where(META.c.name == name)).scalar() or ""


def put_meta(c: Connection, name: str, value: str) -> None:
    if not c.execute(update(META).where(META.c.name == name).values(value=value)).rowcount:
        c.execute(insert(META), {"name": name, "value": value})


def revision(c: Connection) -> int:
    return int(get_meta(c, "revision") or 0)
