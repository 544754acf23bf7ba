"""A disk that fills while a report is stored: one clear sentence, nothing half-stored, and it goes on once there is room."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from corpus.embedding import Vectors
from corpus.errors import FULL, ShelfError, VectorsError
from corpus.index import VectorIndex
from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf
from corpus.store import Saved
from tests.corpus.shelf_samples import original, record

MEGABYTES = 8


class Noise:
    """Vectors as large as the real ones, without their cost."""

    name = "noise"

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        made = np.random.default_rng(crc32(text.encode())).normal(size=384)
        return np.asarray(made / np.linalg.norm(made), dtype=np.float32)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few MB, in memory."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small file system")
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", str(place)], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def long(content: str) -> Record:
    """A report of sixty paragraphs, some 300 kB on the shelf."""
    made = record(content, file=f"{content}.pdf")
    one, id = made.chunks[0], made.disclosure.id
    return replace(made, chunks=tuple(replace(one, id=f"{id}-c{n}", text=f"{one.text}第{n}段") for n in range(60)))


def leave(disk: Path, kilobytes: int) -> None:
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
    (disk / "filler").write_bytes(bytes(free - 1024 * kilobytes))


@pytest.mark.parametrize("kilobytes", [0, 16, 128, 256])
def test_a_full_disk_leaves_whole_reports_only_and_is_said(disk: Path, tmp_path: Path, kilobytes: int) -> None:
    """The room runs out at the note, in the vectors, between them and SQL, in SQL."""
    shelf = Shelf.open(load_settings(shelf=disk / "shelf"), Noise())
    one, two = long("one"), long("two")
    shelf.save(one, original(tmp_path, "one"))
    leave(disk, kilobytes)
    with pytest.raises(ShelfError) as told:
        shelf.save(two, original(tmp_path, "two"))
    assert FULL in str(told.value)
    assert [(d.file, len(shelf.facts([d.id])), len(shelf.store.chunks([d.id]))) for d in shelf.disclosures()] == [("one.pdf", 6, 60)]
    assert {found.chunk.disclosure for found in shelf.search("三公经费 第3段", None, 50)} == {one.disclosure.id}
    (disk / "filler").unlink()
    assert shelf.save(two, original(tmp_path, "two")).saved is Saved.NEW
    assert shelf.doctor().problems == () and len(shelf.index.ids()) == 120
    shelf.close()


def test_vectors_that_found_no_room_are_written_once_there_is_some(disk: Path) -> None:
    """However far the write had come: Chroma keeps its transaction open after one that failed."""
    index = VectorIndex(disk / "vectors", "", "vectors-of-the-test", Noise())
    index.put("first", {"0": Noise().query("0")})
    failed = 0
    for kilobytes in range(8, 200, 16):
        vectors = {f"{kilobytes}-{n}": Noise().query(f"{kilobytes}-{n}") for n in range(30)}
        leave(disk, kilobytes)
        try:
            index.put("more", vectors)
        except ShelfError:
            failed += 1
        (disk / "filler").unlink()
        index.put("more", vectors)
    assert failed and len(index.ids()) == 1 + 30 * 12
    index.close()


def test_a_disk_that_is_full_when_chroma_puts_its_notes_in_order_is_told_as_full(disk: Path) -> None:
    """It then says "Failed to apply logs to the metadata segment": nothing of a disk. Reading puts them in order as well."""
    index = VectorIndex(disk / "vectors", "", "vectors-of-the-test", Noise())
    index.put("first", {"0": Noise().query("0")})
    said = []
    for kilobytes in range(8, 300, 8):
        vectors = {f"{kilobytes}-{n}": Noise().query(f"{kilobytes}-{n}") for n in range(30)}
        leave(disk, kilobytes)
        for use in (lambda vectors=vectors: index.put("more", vectors), lambda: index.of("first")):
            try:
                use()
            except VectorsError as error:  # cut off half-way through its own file: another fault, told as what it is
                assert "doctor --repair" in str(error)
            except ShelfError as error:
                assert str(error) == FULL
                said.append(str(error.__cause__))
        (disk / "filler").unlink()
        with suppress(VectorsError):
            index.put("more", vectors)
    index.close()
    assert any("Failed to apply logs" in cause for cause in said), said
