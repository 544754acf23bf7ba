"""Shelf: the disclosures at hand: what they hold (store), found by words and meaning (index), shown as pages."""

import logging
import os
import threading
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock

from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure
from corpus.drawing import Drawing
from corpus.embedding import Embedding, Vectors, embedding_of
from corpus.errors import FULL, FileError, ModelError, ShelfError, VectorsError, is_full
from corpus.fact import Fact
from corpus.index import VectorIndex, vector_id
from corpus.lock import held
from corpus.record import Record
from corpus.rows import text_sha
from corpus.settings import Settings
from corpus.store import Change, Saved, Store

EMBEDDED = frozenset({ChunkKind.PARAGRAPH, ChunkKind.DEFINITION})
"""Table rows are found by their words: names and codes, which vectors blur."""
RANK_SMOOTHING = 60
"""k of reciprocal rank fusion, as published (Cormack 2009)."""
PICTURES = 3000
"""Page pictures kept; the oldest go first."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """A chunk that a search brought, and how well it fits."""

    chunk: Chunk
    score: float


@dataclass(frozen=True)
class Health:
    """What the doctor found, as Chinese sentences; () when all is well."""

    problems: tuple[str, ...]
    repaired: bool
    lost: tuple[str, ...] = ()
    """Those of the problems that no doctor mends: what it would take is not on the shelf."""


class Shelf:
    """Open with `Shelf.open`; safe to use from many threads and processes."""

    def __init__(
        self, folder: Path, store: Store, index: VectorIndex, embedded: frozenset[ChunkKind] = EMBEDDED
    ) -> None:
        self.folder, self.store, self.index, self._embedded = folder, store, index, embedded
        self._lock = FileLock(folder / ".writing", thread_local=False, poll_interval=0.01)
        self._mutex, self._holding = threading.RLock(), False
        self.drawing = Drawing()
        self.by_words_alone = 0
        """How many searches had to do without meaning: the vectors or their model could not be asked."""

    @classmethod
    def open(cls, settings: Settings, embedding: Embedding | None = None) -> Self:
        """Opens the shelf that the settings name, and makes it where there is none."""
        folder = settings.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = "那里有一个同名的文件" if folder.exists() else error.strerror
            raise ShelfError(f"报告库文件夹 {folder} 建不了：{why}。请换一个路径或检查权限") from error
        store = Store(settings.database_url.get_secret_value() or f"sqlite:///{folder / 'shelf.sqlite'}")
        chosen = embedding or embedding_of(settings)
        return cls(folder, store, VectorIndex(folder / "vectors", settings.chroma_url, _collection(store), chosen))

    def close(self) -> None:
        self.drawing.end()
        self.index.close()
        self.store.close()

    def save(
        self, record: Record, file: Path, report: Callable[[int, int], None] | None = None, made: Mapping[str, Vectors] | None = None
    ) -> Change:
        """Puts a disclosure on the shelf, replacing an older reading of the same file. `report` hears (embedded, all).

        Vectors `made` elsewhere with this shelf's model, by sha of their text, are taken as they are.

        Vectors go first and SQL last: a process killed on the way leaves vectors that no one sees, and no half report.
        What it left is noted in SQL before and put in order by the next save or deletion.
        """
        d = record.disclosure
        if self.store.unchanged(record) and self.original(d) is not None:
            self.tidy()
            return Change(Saved.UNCHANGED)
        vectors = self.index.vectors(texts_of(record, self._embedded), report, made)
        with self.alone():
            self.tidy()
            self.store.begin(d.id)
            self.index.put(d.id, vectors)
            self._keep_original(d, file)
            change = self.store.save(record, str(file.resolve()))
            self.tidy()
        return change

    def delete(self, id: str) -> bool:
        """Takes a disclosure off the shelf. SQL first: from then on no one sees it."""
        with self.alone():
            there = self.store.delete(id)
            self.tidy()
        return there

    def disclosures(self) -> tuple[Disclosure, ...]:
        return self.store.disclosures()

    def facts(self, disclosures: Collection[str] | None = None) -> tuple[Fact, ...]:
        """All figures of these disclosures; `store.facts` has the filters."""
        return self.store.facts(disclosures)

    def search(self, query: str, disclosures: Collection[str] | None, k: int) -> list[Found]:
        """The k chunks that fit best by words and by meaning, of these disclosures or of all (None)."""
        deep = max(3 * k, 30)
        by_words = [id for id, _ in self.store.search_words(query, disclosures, deep)]
        by_meaning = self._near(query, disclosures, deep)
        chunks = self.store.chunks_by_id({*by_words, *by_meaning})
        unseen = {id for id, chunk in chunks.items() if chunk.kind not in self._embedded}
        scores = fuse(by_words, by_meaning, unseen)
        best = sorted((id for id in scores if id in chunks), key=lambda id: -scores[id])[:k]
        return [Found(chunks[id], scores[id]) for id in best]

    def original(self, disclosure: Disclosure) -> Path | None:
        """The file as it was published; None where it is not at hand."""
        path = self._path(disclosure.id, disclosure.file)
        if not path.exists() and self.store.postgres and (content := self.store.get_file(disclosure.id)):
            _write_whole(path, content)
        return path if path.exists() else None

    def picture(self, id: str, page: int, dpi: int = 110) -> Path:
        """PNG of a page, drawn once and kept."""
        path = self.folder / "pictures" / f"{id}-{page}-{dpi}.png"
        if not path.exists():
            disclosure = self.store.disclosure(id)
            original = self.original(disclosure) if disclosure else None
            if disclosure is None or original is None:
                raise FileError(disclosure.file if disclosure else id, "这份文件没有可显示的页面")
            try:
                drawn = self.drawing.page(original, page, dpi)
            except FileError as error:  # the file lies under its id; whoever reads knows it by its name
                raise FileError(disclosure.file, error.cause) from error
            _write_whole(path, drawn)
            _prune(path.parent)
        return path

    def doctor(self, repair: bool = False) -> Health:
        """Checks that the database is sound and that vectors, originals and SQL agree; `repair` makes them agree."""
        with self.alone():
            lost = [*self.store.broken(), *self._lost()]
            wanted = self._wanted()
            there, spoilt = self._vectors_there()
            orphans, missing = there - wanted.keys(), wanted.keys() - there
            stray = self._stray_files()
            problems = lost + spoilt
            for count, said in ((len(orphans), "多出 {} 条没有报告的向量"), (len(missing), "缺少 {} 条段落的向量"), (len(stray), "多出 {} 个没有报告的原文件")):
                problems += [said.format(count)] if count else []
            if repair:
                if spoilt:
                    self.index.renew()
                self.index.remove(orphans)
                self._embed({id: wanted[id] for id in missing})
                for path in stray:
                    path.unlink(missing_ok=True)
                self.tidy()
        return Health(tuple(problems), repair and bool(problems) and not lost, tuple(lost))

    # inside

    def _lost(self) -> list[str]:
        """What cannot be made again from what is on the shelf. Raises ShelfError where the database has lost its reports: nothing may then go."""
        known = self.disclosures()
        half = self.store.half_done()
        if not known and (left := [path for path in self._stray_files() if not path.name.startswith((".", *half))]):
            raise ShelfError(
                f"数据库里一份报告也没有，{self.folder / 'files'} 里却有 {len(left)} 个原文件：数据库像是丢了。原文件都没有动；"
                "请用 mingzhang restore 从备份恢复，或用 mingzhang ingest 重新读入原来的文件（或这个文件夹）"
            )
        return [f"《{d.file}》的原文件不在库里" for d in known if self.original(d) is None]

    def _vectors_there(self) -> tuple[set[str], list[str]]:
        """Ids of the vectors that can be read; and what is to be said where those of the shelf's folder cannot."""
        try:
            there = self.index.ids()
            for id in {id.partition(":")[0] for id in there}:
                self.index.of(id)
        except VectorsError as error:
            return set(), [str(error)]
        return there, []

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One writer at a time over SQL, vectors and files together, on every machine. Who asks waits for none of it."""
        with self._mutex:
            if self._holding:
                yield
                return
            with held(self._lock), self.store.alone():
                self._holding = True
                try:
                    yield
                finally:
                    self._holding = False

    def tidy(self) -> None:
        """Makes vectors and files of what was left half done as SQL says. A server that is away costs nothing now."""
        if not self.store.half_done():
            return
        with self.alone():  # whoever noted it has ended: it noted and wrote under this lock
            try:
                for id in self.store.half_done():
                    self._make_agree(id)
            except ShelfError as error:
                _log.warning("left for the next save: %s", error)

    def _make_agree(self, id: str) -> None:
        if self.store.disclosure(id):
            self.index.sweep(id, {text_sha(c.indexed) for c in self.store.chunks([id], self._embedded)})
        else:
            self._forget(id)
        self.store.finish(id)

    def _near(self, query: str, disclosures: Collection[str] | None, k: int) -> list[str]:
        """Ids of the chunks nearest in meaning; [] with a warning in the log where the index cannot be asked."""
        try:
            near = self.index.search(query, disclosures, k)
        except (ShelfError, ModelError) as error:
            _log.warning("searching by words only: %s", error)
            self.by_words_alone += 1
            return []
        ids = self.store.chunk_ids([(n.disclosure, n.sha) for n in near])
        return [id for n in near for id in ids.get((n.disclosure, n.sha), [])]

    def _wanted(self) -> dict[str, str]:
        """Texts by vector id."""
        chunks = self.store.chunks(kinds=self._embedded)
        return {vector_id(c.disclosure, text_sha(c.indexed)): c.indexed for c in chunks}

    def _embed(self, missing: dict[str, str]) -> None:
        vectors = self.index.vectors({id.partition(":")[2]: text for id, text in missing.items()})
        for disclosure in {id.partition(":")[0] for id in missing}:
            shas = [id.partition(":")[2] for id in missing if id.startswith(disclosure)]
            self.index.put(disclosure, {sha: vectors[sha] for sha in shas})

    def _keep_original(self, disclosure: Disclosure, file: Path) -> None:
        if self.store.postgres or not self._path(disclosure.id, disclosure.file).exists():
            self.keep(disclosure.id, disclosure.file, file.read_bytes())

    def keep(self, id: str, name: str, content: bytes) -> None:
        """Keeps an original, in the shelf's folder and where machines share a database also there."""
        path = self._path(id, name)
        if not path.exists():
            _write_whole(path, content)
        if self.store.postgres:
            self.store.put_file(id, name, content)

    def _path(self, id: str, name: str) -> Path:
        """Named by content: the published name may hold anything."""
        suffix = Path(name).suffix.lower()
        plain = suffix[1:].isalnum() and suffix.isascii() and len(suffix) < 8
        return self.folder / "files" / f"{id}{suffix if plain else ''}"

    def _forget(self, id: str) -> None:
        self.index.sweep(id)
        for folder in ("files", "pictures"):
            for path in (self.folder / folder).glob(f"{id}*"):
                path.unlink(missing_ok=True)

    def _stray_files(self) -> list[Path]:
        """Originals of no disclosure, and parts of a file whose writer ended."""
        known = {d.id for d in self.disclosures()}
        return [path for path in (self.folder / "files").glob("*") if path.name.partition(".")[0] not in known]


def texts_of(record: Record, embedded: frozenset[ChunkKind] = EMBEDDED) -> dict[str, str]:
    """The texts of a record that get vectors, by sha."""
    return {text_sha(c.indexed): c.indexed for c in record.chunks if c.kind in embedded}


def fuse(by_words: list[str], by_meaning: list[str], unseen: Collection[str]) -> dict[str, float]:
    """Reciprocal rank fusion. A chunk without a vector (`unseen`) is judged by its words alone, which then count
    twice: with one vote against two, a row that holds the very code asked for would come after thirty paragraphs."""
    scores: dict[str, float] = {}
    for rank, id in enumerate(by_words, 1):
        scores[id] = (2.0 if id in unseen else 1.0) / (RANK_SMOOTHING + rank)
    for rank, id in enumerate(by_meaning, 1):
        scores[id] = scores.get(id, 0.0) + 1.0 / (RANK_SMOOTHING + rank)
    return scores


def _collection(store: Store) -> str:
    """Names the shelf's vectors by the shelf, so that shelves can share a Chroma server."""
    return f"mingzhang-{store.meta('shelf') or store.claim('shelf', uuid.uuid4().hex[:16])}"


def _write_whole(path: Path, content: bytes) -> None:
    """Another process sees the whole file or none."""
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())  # after a power cut SQL may name this file: it must then be whole
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise ShelfError(FULL if is_full(str(error)) else f"报告库写不进去：{error.strerror}。请检查磁盘空间和权限") from error


def _prune(folder: Path) -> None:
    pictures = sorted(folder.glob("*.png"), key=lambda path: path.stat().st_mtime)
    for path in pictures[:-PICTURES]:
        path.unlink(missing_ok=True)
