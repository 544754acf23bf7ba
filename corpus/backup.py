"""A shelf ⇄ one file (zip): its rows, originals and vectors, with a manifest of sha256 sums.

The rows are the same for SQLite and PostgreSQL, so a shelf can be moved from one to the other. Nothing is written to a
shelf before the whole file was found sound; then vectors and originals go first, which no one sees, and all rows in one
transaction. Words are indexed anew; a vector that is missing, or was made by another embedding, is made anew.
"""

import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import numpy as np

from corpus.dump import KEPT, Row
from corpus.embedding import Vectors
from corpus.errors import FULL, ShelfError, VectorsError, is_full
from corpus.moves import SCHEMA
from corpus.shelf import Shelf
from corpus.version import PROGRAM

FORMAT = 1
MANIFEST, ROWS = "manifest.json", "rows.jsonl"
NAMES = re.compile(r"rows\.jsonl|files/[0-9a-f]{16}(\.[a-z0-9]{1,7})?|vectors/[0-9a-f]{16}\.npz")
"""All that may stand in a backup besides its manifest: nothing that leads anywhere else."""

MOST_FOLD, SMALL = 100, 1 << 20
"""An entry that unpacks to more than so many times its packed size is a bomb; the rows of a shelf come to 10, and what is small harms nobody."""


def backup(shelf: Shelf, file: Path) -> int:
    """Writes the whole shelf to `file`, which is there whole or not at all. How many reports it holds."""
    part = file.with_name(f".{file.name}.part")
    try:
        with shelf.alone(), ZipFile(part, "w", ZIP_DEFLATED) as made:
            written = _Written(made)
            written.lines(ROWS, shelf.store.dump())
            reports = shelf.disclosures()
            for disclosure in reports:
                if original := shelf.original(disclosure):
                    written.bytes(f"files/{original.name}", original.read_bytes())
                with suppress(VectorsError):  # whoever restores makes them anew
                    written.bytes(f"vectors/{disclosure.id}.npz", _packed(shelf.index.of(disclosure.id)))
            written.manifest(shelf.index.embedding, len(reports))
        part.replace(file)
    except OSError as error:
        raise ShelfError(FULL if is_full(str(error)) else f"备份写不进 {file}：{error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return len(reports)


@dataclass(frozen=True)
class _Manifest:
    embedding: str
    reports: int


class _Written:
    """Writes entries and remembers their sums."""

    def __init__(self, made: ZipFile) -> None:
        self._made, self._sums = made, dict[str, str]()

    def lines(self, name: str, rows: Iterator[Row]) -> None:
        digest = sha256()
        with self._made.open(name, "w", force_zip64=True) as opened:
            for row in rows:
                line = (json.dumps(row, ensure_ascii=True, separators=(",", ":")) + "\n").encode()
                digest.update(line)
                opened.write(line)
        self._sums[name] = digest.hexdigest()

    def bytes(self, name: str, content: bytes) -> None:
        self._made.writestr(name, content, ZIP_STORED)
        self._sums[name] = sha256(content).hexdigest()

    def manifest(self, embedding: str, reports: int) -> None:
        said = {"format": FORMAT, "program": PROGRAM, "schema": SCHEMA, "embedding": embedding, "reports": reports, "sha256": self._sums}
        self._made.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))


def restore(file: Path, shelf: Shelf, force: bool = False) -> int:
    """Puts a backup on a shelf that is empty, or instead of what stands there (`force`). How many reports it holds."""
    if shelf.disclosures() and not force:
        raise ShelfError("报告库里已经有报告，没有恢复。要用备份替换全部内容，请加 --force；或用 --shelf 指定一个新的文件夹")
    try:
        with ZipFile(file) as opened:
            said = _checked(opened, file.name)
            with shelf.alone():
                _put(opened, said, shelf)
    except (OSError, BadZipFile, EOFError, ValueError, KeyError, TypeError, MemoryError) as error:
        raise ShelfError(FULL if is_full(str(error)) else f"读不了备份 {file.name}：文件不在、不完整或不是明账的备份") from error
    return said.reports


def _put(opened: ZipFile, said: _Manifest, shelf: Shelf) -> None:
    names = [name for name in opened.namelist() if name not in (MANIFEST, ROWS)]
    shelf.store.begin(*{Path(name).name.partition(".")[0] for name in names})
    try:
        for name in names:
            id = Path(name).name.partition(".")[0]
            if name.startswith("files/"):
                shelf.keep(id, Path(name).name, opened.read(name))
            elif said.embedding == shelf.index.embedding:
                shelf.index.put(id, _unpacked(opened.read(name)))
        shelf.store.load(_rows(opened))
    finally:
        shelf.tidy()  # what no report of the shelf names goes: after an error the new, else the old
    shelf.doctor(repair=True)


def _checked(opened: ZipFile, name: str) -> _Manifest:
    """The manifest, once every entry is one that a backup has and is as it was written."""
    entries = set(opened.namelist())
    if _explodes(opened):
        raise ShelfError(f"{name} 解压后大得不像备份，没有恢复")
    if MANIFEST not in entries:
        raise ShelfError(f"{name} 不是明账的备份")
    try:
        said = json.loads(opened.read(MANIFEST))
        format_, schema, sums, embedding, reports = (said[key] for key in ("format", "schema", "sha256", "embedding", "reports"))
        newer = int(format_) > FORMAT or int(schema) > SCHEMA
        strange = [entry for entry in entries - {MANIFEST} if not NAMES.fullmatch(entry)] or entries - {MANIFEST} != set(sums)
    except (ValueError, KeyError, TypeError) as error:
        raise ShelfError(f"{name} 的清单读不懂，不是完整的备份") from error
    if newer:
        raise ShelfError(f"{name} 由更新版本的明账备份，请升级程序后再恢复")
    if strange or not isinstance(embedding, str) or not isinstance(reports, int):
        raise ShelfError(f"{name} 里有不属于备份的内容，没有恢复")
    if wrong := [entry for entry in sums if _sum(opened, entry) != sums[entry]]:
        raise ShelfError(f"{name} 已损坏（{wrong[0]} 与清单不符），没有恢复")
    return _Manifest(embedding, reports)


def _explodes(packed: ZipFile) -> bool:
    """By the sizes that its directory states; zipfile itself reads no more than these."""
    return any(entry.file_size > max(MOST_FOLD * entry.compress_size, SMALL) for entry in packed.infolist())


def _sum(opened: ZipFile, entry: str) -> str:
    digest = sha256()
    with opened.open(entry) as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _rows(opened: ZipFile) -> Iterator[Row]:
    with opened.open(ROWS) as lines:
        for line in lines:
            name, row = json.loads(line)
            if name in KEPT:
                yield name, row


def _packed(vectors: dict[str, Vectors]) -> bytes:
    into = io.BytesIO()
    np.savez(into, shas=np.array(list(vectors), dtype="U32"), vectors=np.array(list(vectors.values()), dtype=np.float32))
    return into.getvalue()


def _unpacked(content: bytes) -> dict[str, Vectors]:
    with ZipFile(io.BytesIO(content)) as inner:
        if _explodes(inner):
            raise ValueError("vectors that unpack to too much")
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        return dict(zip(map(str, held["shas"]), held["vectors"], strict=True))
