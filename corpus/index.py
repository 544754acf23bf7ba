"""Index: texts → vectors in Chroma, found by meaning (the gate of chromadb): in the shelf's folder, or a server.

Vectors are named by disclosure and content (`0123456789abcdef:sha`), so writing one twice is harmless and a stale one
can never speak for a changed text. SQL is the truth: what stands only here is ignored and swept later.

Chroma's embedded form breaks when two processes use one folder (tried with 1.5.9: "Error finding id" for good). So
every use holds a file lock, and a process that finds that another has written since opens the folder anew.
"""

import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.models.Collection import Collection as ChromaCollection
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from filelock import FileLock

from corpus.embedding import Embedding, Vectors
from corpus.errors import FULL, ShelfError, VectorsError, is_full
from corpus.lock import held
from corpus.vector_files import cut_off

BATCH = 500
"""Vectors a write: others wait for the lock no longer than one write."""
ROOM = 1 << 20
"""Bytes: on a disk with less, whatever Chroma says of a write that failed ("Failed to apply logs…") means that the disk is full."""
PATIENCE = 60.0
"""Seconds that a Chroma server may take."""
WIDE = 400
"""Candidates that Chroma's approximate search keeps. With its own 100 about one search of 1,200 for 60 texts of 615 missed one,
another one each time the index was loaded: the same question then had other passages in another process."""
SPACE = CreateCollectionConfiguration(hnsw={"space": "cosine", "ef_search": WIDE})


@dataclass(frozen=True)
class Near:
    """A text that is near in meaning."""

    disclosure: str
    sha: str
    score: float
    """Cosine, the nearest first."""


def vector_id(disclosure: str, sha: str) -> str:
    return f"{disclosure}:{sha}"


class VectorIndex:
    """The vectors of one shelf, all made by one embedding."""

    def __init__(self, folder: Path, url: str, collection: str, embedding: Embedding) -> None:
        self._folder, self._url, self._name, self._embedding = folder, url, collection, embedding
        self._mutex = threading.RLock()
        self._client: Client | None = None
        self._collection: ChromaCollection | None = None
        self._generation = ""
        if not url:
            _made(folder)
        self._file_lock = None if url else FileLock(folder / ".lock", thread_local=False, poll_interval=0.01)
        with suppress(VectorsError), self._use():
            pass

    @property
    def embedding(self) -> str:
        """Names what made the vectors."""
        return self._embedding.name

    def close(self) -> None:
        with self._mutex:
            if self._client is not None:
                _close(self._client)
            self._client = self._collection = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Holds the lock over several uses."""
        with self._mutex:
            if self._file_lock is None:
                yield
            else:
                with held(self._file_lock):
                    yield

    def vectors(
        self, texts: Mapping[str, str], report: Callable[[int, int], None] | None = None, given: Mapping[str, Vectors] | None = None
    ) -> dict[str, Vectors]:
        """Vectors by sha for texts by sha. A text that stands anywhere on the shelf, or whose vector is `given`, is not embedded again."""
        made = {sha: given[sha] for sha in texts if sha in given} if given else {}
        made.update(self._known([sha for sha in texts if sha not in made]))
        missing = [sha for sha in texts if sha not in made]
        for part in _parts(missing, 64):
            made.update(zip(part, self._embedding.passages([texts[sha] for sha in part]), strict=True))
            if report:
                report(len(made), len(texts))
        return made

    def put(self, disclosure: str, vectors: Mapping[str, Vectors]) -> None:
        """Writes a disclosure's vectors; those that stand already are left."""
        for part in _parts(list(vectors), BATCH):
            with self._use() as chroma:
                ids = chroma.get(ids=[vector_id(disclosure, sha) for sha in part], include=[])["ids"]
                there = {id.partition(":")[2] for id in ids}
                if new := [sha for sha in part if sha not in there]:
                    self._written()
                    chroma.upsert(
                        ids=[vector_id(disclosure, sha) for sha in new],
                        embeddings=np.asarray([vectors[sha] for sha in new], dtype=np.float32),
                        metadatas=[{"disclosure": disclosure, "sha": sha} for sha in new],
                    )

    def sweep(self, disclosure: str, keep: Collection[str] = ()) -> None:
        """Removes a disclosure's vectors but those of the texts `keep`."""
        with self._use() as chroma:
            ids = chroma.get(where={"disclosure": disclosure}, include=[])["ids"]
            self._delete(chroma, [id for id in ids if id.partition(":")[2] not in keep])

    def remove(self, ids: Collection[str]) -> None:
        with self._use() as chroma:
            self._delete(chroma, list(ids))

    def ids(self) -> set[str]:
        """Every vector's id (disclosure:sha)."""
        found: set[str] = set()
        while True:
            with self._use() as chroma:
                page = chroma.get(include=[], limit=10_000, offset=len(found))["ids"]
            if not page:
                return found
            found.update(page)

    def renew(self) -> None:
        """Begins anew, without vectors: those in the folder cannot be read. All can be made again from their texts."""
        with self.alone():
            self.close()
            for path in self._folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name not in (".lock", ".generation"):
                    path.unlink()

    def reachable(self) -> bool:
        """Whether the vectors can be asked now."""
        try:
            with self._use() as chroma:
                chroma.get(ids=["-"], include=[])  # none has this name; to count them takes the longer the more there are
                return True
        except ShelfError:
            return False

    def of(self, disclosure: str) -> dict[str, Vectors]:
        """A disclosure's vectors by sha."""
        with self._use() as chroma:
            rows = chroma.get(where={"disclosure": disclosure}, include=["embeddings"])
        assert rows["embeddings"] is not None, "asked for above"
        return {id.partition(":")[2]: np.asarray(v, dtype=np.float32) for id, v in zip(rows["ids"], rows["embeddings"], strict=True)}

    def search(self, query: str, disclosures: Collection[str] | None, k: int) -> list[Near]:
        """The k texts nearest to the query, of these disclosures or of all (None); those that are equally near by their ids."""
        if disclosures is not None and not disclosures:
            return []
        vectors: Any = [self._embedding.query(query)]
        where: Any = None if disclosures is None else {"disclosure": {"$in": list(disclosures)}}
        with self._use() as chroma:
            found = chroma.query(query_embeddings=vectors, n_results=k, where=where, include=["distances"])
        assert found["distances"] is not None, "asked for above"
        pairs = zip(found["distances"][0], found["ids"][0], strict=True)
        return [Near(id.partition(":")[0], id.partition(":")[2], 1.0 - far) for far, id in sorted(pairs)]

    def _known(self, shas: list[str]) -> dict[str, Vectors]:
        found: dict[str, Vectors] = {}
        for part in _parts(shas, BATCH):
            with self._use() as chroma:
                among: Any = {"$in": part}
                rows = chroma.get(where={"sha": among}, include=["embeddings"])
            assert rows["embeddings"] is not None, "asked for above"
            shas_of = (id.partition(":")[2] for id in rows["ids"])
            found.update((s, np.asarray(v, dtype=np.float32)) for s, v in zip(shas_of, rows["embeddings"], strict=True))
        return found

    def _delete(self, chroma: ChromaCollection, ids: list[str]) -> None:
        for part in _parts(ids, BATCH):
            self._written()
            chroma.delete(ids=list(part))

    @contextmanager
    def _use(self) -> Iterator[ChromaCollection]:
        with self.alone():
            try:
                with _told(self._url, self._folder):
                    if self._collection is None or self._generation != self._stamp():
                        self._collection = self._open()
                    yield self._collection
            except ShelfError:
                # Chroma's embedded form keeps a failed write's transaction open: after a full disk the next write,
                # with room made, waited for it for ever. A server that was gone gets new connections the same way.
                self.close()
                raise

    def _open(self) -> ChromaCollection:
        if self._client is not None:
            _close(self._client)
        self._generation = self._stamp()
        self._client = self._connect()
        made = self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration=SPACE, metadata={"embedding": self._embedding.name}
        )  # fmt: skip
        self._refuse_another_embedding((made.metadata or {}).get("embedding"))
        if made.configuration_json["hnsw"]["ef_search"] != WIDE:  # made by an older program
            made.modify(configuration={"hnsw": {"ef_search": WIDE}})
        return made

    def _connect(self) -> Client:
        quiet = ChromaSettings(anonymized_telemetry=False)  # anew each time: Chroma writes the address into it
        if not self._url:
            _forget_broken(str(self._folder))
            if cut_off(self._folder):
                raise VectorsError("文件不完整")
            return cast(Client, chromadb.PersistentClient(str(self._folder), quiet))
        _reach(self._url)
        at = urlsplit(self._url)
        tls = at.scheme == "https"
        client = chromadb.HttpClient(at.hostname or "localhost", at.port or (443 if tls else 80), tls, settings=quiet)
        for session in _sessions(client):
            session.timeout = httpx.Timeout(PATIENCE)  # Chroma would wait for ever for a server that hangs
        return cast(Client, client)

    def _refuse_another_embedding(self, made_with: object) -> None:
        if made_with != self._embedding.name:
            raise ShelfError(
                f"这个报告库的向量由“{made_with}”生成，不能用“{self._embedding.name}”检索。"
                "请改回原来的 MINGZHANG_EMBEDDING 设置，或换一个新的报告库文件夹重新读入报告"
            )

    def _stamp(self) -> str:
        """Changes whenever a process writes to the folder; a server needs none."""
        if self._url:
            return ""
        try:
            return (self._folder / ".generation").read_text(errors="replace")
        except FileNotFoundError:
            return ""

    def _written(self) -> None:
        """Before a write, so that a process killed in it leaves the others warned."""
        if not self._url:
            self._generation = str(int(self._generation) + 1 if self._generation.isdecimal() else 1)  # a power cut may leave anything
            fresh = self._folder / ".generation.new"
            fresh.write_text(self._generation)
            fresh.replace(self._folder / ".generation")


def _reach(url: str) -> None:
    """Chroma's client asks its server as soon as it is made, and would wait for an answer for ever."""
    try:
        said = httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=PATIENCE).text
    except httpx.HTTPError as error:
        raise ShelfError(f"连不上 Chroma 服务 {url}，请检查它是否在运行") from error
    if "heartbeat" not in said:
        raise ShelfError(f"{url} 上不是 Chroma 服务，请检查 MINGZHANG_CHROMA_URL 的地址和端口")


def _forget_broken(folder: str) -> None:
    """Chroma 1.5.9 remembers a database that it could not open (full disk), and would never open it again."""
    if not SharedSystemClient._identifier_to_refcount.get(folder):
        SharedSystemClient._identifier_to_system.pop(folder, None)


def _sessions(client: object) -> list[httpx.Client]:
    """A client's connections to its server (it asks through one and looks up the database through another)."""
    sides = (client, getattr(client, "_admin_client", None))
    sessions = (getattr(getattr(side, "_server", None), "_session", None) for side in sides)
    return [session for session in sessions if isinstance(session, httpx.Client)]


def _close(client: Client) -> None:
    """Chroma 1.5.9 closes its embedded database but not its connections to a server."""
    sessions = _sessions(client)
    client.close()
    for session in sessions:
        session.close()


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ShelfError(f"向量库的文件夹 {folder} 建不了：{error.strerror}。请检查路径和权限") from error


@contextmanager
def _told(url: str, folder: Path) -> Iterator[None]:
    """Chroma's errors as ours."""
    try:
        yield
    except (ChromaError, httpx.HTTPError) as error:
        if is_full(str(error)) or (not url and shutil.disk_usage(folder).free < ROOM):
            raise ShelfError(FULL) from error
        if url:
            raise ShelfError(f"Chroma 服务 {url} 出错：{error}。请检查它的磁盘和日志；磁盘满过的要重新启动") from error
        raise VectorsError(str(error)[:120]) from error
    except OSError as error:
        raise ShelfError(FULL if is_full(str(error)) else f"向量库的文件夹不能读写：{error.strerror}。请检查路径和权限") from error
    except ValueError as error:
        if url and "connect" in str(error).lower():
            raise ShelfError(f"连不上 Chroma 服务 {url}，请检查它是否在运行") from error
        raise


def _parts(items: list[str], size: int) -> Iterable[list[str]]:
    return (items[i : i + size] for i in range(0, len(items), size))
