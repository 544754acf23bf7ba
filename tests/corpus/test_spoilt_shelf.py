"""A shelf whose files are cut off, gone or unreadable: said in Chinese or mended, and nothing that is left is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.backup import backup, restore
from corpus.errors import ShelfError
from corpus.index import VectorIndex
from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf
from corpus.vector_files import cut_off
from tests.corpus.shelf_samples import original, record
from tests.corpus.test_disk_full import Noise

ENOUGH = 1100
"""Vectors after which Chroma 1.5.9 writes an index to its folder; until then it keeps them in its database alone."""
Spoil = Callable[[Path], None]


def _long() -> Record:
    made = record()
    one, id = made.chunks[0], made.disclosure.id
    return replace(made, chunks=tuple(replace(one, id=f"{id}-c{n}", text=f"{one.text}第{n}段") for n in range(ENOUGH)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with one report whose vectors are on the disk."""
    place = tmp_path_factory.mktemp("whole")
    shelf = Shelf.open(load_settings(shelf=place / "shelf"), Noise())
    shelf.save(_long(), original(place))
    shelf.close()
    assert list((place / "shelf").glob("vectors/*/index_metadata.pickle")), "or these tests spoil nothing"
    return place / "shelf"


@pytest.fixture
def folder(tmp_path: Path, whole: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "shelf"))


def _opened(folder: Path) -> Shelf:
    return Shelf.open(load_settings(shelf=folder), Noise())


def _cut(name: str, left: int) -> Spoil:
    def spoil(folder: Path) -> None:
        path = next(folder.glob(f"vectors/{name}"))
        os.truncate(path, min(left, path.stat().st_size))

    return spoil


def _flipped(name: str, at: int) -> Spoil:
    def spoil(folder: Path) -> None:
        path = next(folder.glob(f"vectors/{name}"))
        content = bytearray(path.read_bytes())
        content[at] ^= 255
        path.write_bytes(content)

    return spoil


def _gone(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = next(folder.glob(f"vectors/{name}"))
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    return spoil


SPOILT: dict[str, Spoil] = {
    "names cut off": _cut("*/index_metadata.pickle", 20_000), "no names": _cut("*/index_metadata.pickle", 0), "names gone": _gone("*/index_metadata.pickle"),
    "no header": _cut("*/header.bin", 0), "vectors gone": _gone("*/data_level0.bin"), "index gone": _gone("*-*"),
    "database cut off": _cut("chroma.sqlite3", 60_000), "database flipped": _flipped("chroma.sqlite3", 20),
    "vectors cut off": _cut("*/data_level0.bin", 500_000), "header flipped": _flipped("*/header.bin", 20), "header flipped elsewhere": _flipped("*/header.bin", 4),
}  # fmt: skip


@pytest.mark.parametrize("fault", SPOILT)
def test_spoilt_vectors_stop_no_one_and_the_doctor_makes_them_anew(folder: Path, tmp_path: Path, fault: str) -> None:
    SPOILT[fault](folder)
    shelf = _opened(folder)
    assert [d.file for d in shelf.disclosures()] == [record().disclosure.file] and shelf.facts()
    assert shelf.search("三公经费 第7段", None, 5)
    assert backup(shelf, tmp_path / "backup.zip") == 1
    found = shelf.doctor()
    assert "向量库坏了" in found.problems[0] and "doctor --repair" in found.problems[0] and not found.repaired
    assert shelf.doctor(repair=True).repaired and shelf.doctor().problems == ()
    before = shelf.by_words_alone
    assert shelf.search("三公经费 第7段", None, 5) and shelf.by_words_alone == before and len(shelf.index.ids()) == ENOUGH
    shelf.close()
    fresh = _opened(tmp_path / "fresh")
    assert restore(tmp_path / "backup.zip", fresh) == 1 and len(fresh.index.ids()) == ENOUGH and fresh.doctor().problems == ()
    fresh.close()


READER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.corpus.test_spoilt_shelf import _opened
shelf = _opened(Path(sys.argv[1]))
for _ in sys.stdin:
    shelf.search("第7段", None, 5)
    print(shelf.by_words_alone, flush=True)
"""


@contextmanager
def _reader(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the shelf open."""
    command = [sys.executable, "-c", READER, str(folder), str(Path(__file__).parents[2])]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.communicate(timeout=60)


def _asked(reader: subprocess.Popen[str]) -> str:
    """How many of its searches had to do without meaning so far; '' where it has ended."""
    assert reader.stdin and reader.stdout
    reader.stdin.write("\n")
    reader.stdin.flush()
    return reader.stdout.readline().strip()


@pytest.mark.parametrize("fault", ["vectors cut off", "header flipped", "header flipped elsewhere"])
def test_vectors_that_would_end_the_program_are_not_opened(folder: Path, fault: str) -> None:
    """Chroma would read past their end: a signal, which no one can catch."""
    SPOILT[fault](folder)
    with _reader(folder) as reader:
        assert _asked(reader) == "1"


def test_another_process_finds_by_meaning_again_once_the_vectors_are_made_anew(folder: Path) -> None:
    SPOILT["no names"](folder)
    with _reader(folder) as reader:
        assert _asked(reader) == "1"
        shelf = _opened(folder)
        shelf.doctor(repair=True)
        assert _asked(reader) == "1" and shelf.doctor().problems == ()
        shelf.close()


def test_a_folder_of_vectors_that_goes_while_the_shelf_is_open_is_made_anew(folder: Path) -> None:
    shelf = _opened(folder)
    assert shelf.search("第7段", None, 5) and shelf.by_words_alone == 0
    shutil.rmtree(folder / "vectors")
    assert shelf.search("第7段", None, 5)
    shelf.doctor(repair=True)
    before = shelf.by_words_alone
    assert shelf.doctor().problems == () and shelf.search("第7段", None, 5) and shelf.by_words_alone == before
    shelf.close()


def test_an_index_is_judged_whole_however_it_has_grown(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "vectors", "", "vectors-of-the-test", Noise())
    for part in range(12):
        index.put(f"d{part}", {f"{part}-{n}": Noise().query(f"{part}-{n}") for n in range(150 * (part % 4 + 1))})
        assert not cut_off(tmp_path / "vectors")
        if part % 5 == 4:
            index.sweep(f"d{part - 1}")
            index.close()
            assert not cut_off(tmp_path / "vectors")
    index.close()


@pytest.mark.parametrize("left", [b"", b"\xff\xfeabc", b"\0\0\0"])
def test_a_spoilt_count_of_writes_is_counted_anew(folder: Path, tmp_path: Path, left: bytes) -> None:
    (folder / "vectors" / ".generation").write_bytes(left)
    shelf = _opened(folder)
    shelf.save(record("two", file="2.pdf"), original(tmp_path, "two"))
    assert shelf.doctor().problems == () and shelf.by_words_alone == 0
    shelf.close()


@pytest.mark.parametrize("size", [0, 1])
def test_originals_whose_database_is_gone_are_left_alone(folder: Path, size: int) -> None:
    """An empty database is no shelf without reports where their files lie beside it: to tidy would lose all that is left."""
    for path in folder.glob("shelf.sqlite*"):
        path.unlink()
    if size == 0:
        (folder / "shelf.sqlite").touch()
    files = list((folder / "files").iterdir())
    shelf = _opened(folder)
    for repair in (False, True):
        with pytest.raises(ShelfError, match="数据库像是丢了.*restore"):
            shelf.doctor(repair)
    shelf.close()
    assert files and list((folder / "files").iterdir()) == files


def test_an_original_that_is_gone_is_not_said_to_be_mended(folder: Path) -> None:
    for path in (folder / "files").iterdir():
        path.unlink()
    shelf = _opened(folder)
    found = shelf.doctor(repair=True)
    assert not found.repaired and found.lost == found.problems != ()
    shelf.close()


def test_a_database_that_is_cut_off_is_told(folder: Path) -> None:
    os.truncate(folder / "shelf.sqlite", 50_000)
    with pytest.raises(ShelfError, match="已损坏，请从备份恢复"):
        _opened(folder).facts()


@pytest.mark.parametrize("table", ["facts", "chunks", "disclosures", "heads"])
def test_a_row_that_cannot_be_read_is_told(folder: Path, table: str) -> None:
    with sqlite3.connect(folder / "shelf.sqlite") as database:
        database.execute(f"UPDATE {table} SET body = substr(body, 1, length(body) - 3)")
    shelf = _opened(folder)
    with pytest.raises(ShelfError, match="已损坏，请从备份恢复"):
        (shelf.store.chunks if table == "chunks" else shelf.facts)()
    shelf.close()


@pytest.mark.parametrize("name", ["vectors", "files", ".writing", "vectors/.lock", "shelf.sqlite"])
def test_what_stands_in_the_place_of_a_part_of_the_shelf_is_told(folder: Path, tmp_path: Path, name: str) -> None:
    """A file where a folder belongs, a folder where a file belongs."""
    path = folder / name
    if path.is_dir():
        shutil.rmtree(path)
        path.write_text("not a folder")
    else:
        path.unlink(missing_ok=True)
        path.mkdir()
    with pytest.raises(ShelfError, match="建不了|写不进去|不能写|不能读写"):
        _opened(folder).save(record("two", file="2.pdf"), original(tmp_path, "two"))


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root can mount a file system")
def test_a_shelf_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", str(place)], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        shutil.copytree(folder, place / "shelf")
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        with pytest.raises(ShelfError, match="不能写，请检查路径和权限"):
            _opened(place / "shelf")
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_file_in_the_place_of_the_shelf_is_told(tmp_path: Path) -> None:
    (tmp_path / "shelf").write_text("not a folder")
    with pytest.raises(ShelfError, match="那里有一个同名的文件"):
        _opened(tmp_path / "shelf")
