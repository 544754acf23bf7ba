"""A shelf of an older program is moved forward whole or not at all; one of a newer program is refused untouched."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from corpus.errors import ShelfError
from corpus.moves import MOVES, SCHEMA, file_stands_in_the_body
from corpus.store import Saved, Store
from tests.corpus.shelf_samples import record

FIRST = Path(__file__).with_name("first_shelf.sql")
"""Two reports, as the first program of this repository kept them."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "shelf.sqlite"
    made = sqlite3.connect(path)
    made.executescript(FIRST.read_text(encoding="utf-8"))
    made.close()
    return path


def asked(path: Path, sql: str) -> list[tuple[object, ...]]:
    """What stands in the file itself."""
    opened = sqlite3.connect(path)
    found = opened.execute(sql).fetchall()
    opened.close()
    return found


def test_a_shelf_of_the_first_program_is_moved_forward(old: Path) -> None:
    store = Store(f"sqlite:///{old}")
    assert [(d.file, d.year) for d in store.disclosures()] == [("硚口2022决算.pdf", 2022), ("2023.pdf", 2023)]
    one = record()
    assert store.facts([one.disclosure.id]) == one.facts and store.chunks([one.disclosure.id]) == one.chunks
    assert store.search_words("2130101", None, 5) and store.broken() == []
    assert store.save(record("three", file="3.pdf"), "/reports/three.pdf").saved is Saved.NEW
    assert store.save(record("one", program="newer"), "/reports/one.pdf").saved is Saved.REPLACED
    assert store.meta("schema") == str(SCHEMA)
    store.close()
    Store(f"sqlite:///{old}").close()
    assert len(asked(old, "SELECT id FROM disclosures")) == 3


def test_a_move_that_breaks_off_leaves_the_shelf_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(c: Connection) -> None:
        file_stands_in_the_body(c)
        raise ShelfError("断电")

    before = asked(old, "SELECT sql FROM sqlite_master ORDER BY name")
    with monkeypatch.context() as broken, pytest.raises(ShelfError):
        broken.setitem(MOVES, 1, half)
        Store(f"sqlite:///{old}")
    assert asked(old, "SELECT sql FROM sqlite_master ORDER BY name") == before
    assert asked(old, "SELECT value FROM meta WHERE name = 'schema'") == [("1",)]
    Store(f"sqlite:///{old}").close()


def test_a_shelf_of_a_newer_program_is_refused_and_left_alone(old: Path) -> None:
    changed = sqlite3.connect(old)
    changed.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    changed.commit()
    changed.close()
    before = asked(old, "SELECT name FROM sqlite_master ORDER BY name")
    with pytest.raises(ShelfError, match=r"更新版本.*第 99 版.*请升级程序"):
        Store(f"sqlite:///{old}")
    assert asked(old, "SELECT name FROM sqlite_master ORDER BY name") == before


def test_every_version_has_its_step_and_a_new_shelf_needs_none(tmp_path: Path) -> None:
    assert sorted(MOVES) == list(range(1, SCHEMA))
    store = Store(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert store.meta("schema") == str(SCHEMA)
    store.close()
