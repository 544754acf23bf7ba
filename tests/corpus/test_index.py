"""The vectors in Chroma: two processes in one folder, and what is filtered."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.api.client import Client
from chromadb.config import Settings

from corpus.embedding import Vectors
from corpus.index import VectorIndex

ROOT = Path(__file__).parents[2]


class Seeded:
    """Unit vectors by chance, the same for the same text: what is tested here is the index, not the meaning."""

    name = "seeded"

    def query(self, text: str) -> Vectors:
        made = np.random.default_rng(list(text.encode())).normal(size=384)
        return np.asarray(made / np.linalg.norm(made), dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray([self.query(text) for text in texts])


def opened(folder: Path) -> VectorIndex:
    return VectorIndex(folder, "", "vectors-of-the-test", Seeded())


def put(index: VectorIndex, disclosure: str, count: int) -> None:
    """`count` texts named by themselves."""
    names = [f"{disclosure}.{n}" for n in range(count)]
    index.put(disclosure, dict(zip(names, Seeded().passages(names), strict=True)))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    made = opened(tmp_path)
    yield made
    made.close()


def test_only_the_chosen_disclosures_are_searched(index: VectorIndex) -> None:
    for disclosure in ("one", "two", "three"):
        put(index, disclosure, 40)
    found = index.search("one.7", ["two", "three"], 10)
    assert len(found) == 10 and {near.disclosure for near in found} <= {"two", "three"}
    assert index.search("one.7", ["one"], 1)[0].sha == index.search("one.7", None, 1)[0].sha == "one.7"
    assert index.search("one.7", [], 5) == []


def test_a_sweep_takes_what_is_not_kept_and_no_more(index: VectorIndex) -> None:
    put(index, "one", 5)
    put(index, "two", 5)
    index.sweep("one", ["one.2"])
    assert index.ids() == {"one:one.2", *(f"two:two.{n}" for n in range(5))}


def test_chroma_is_told_to_report_nothing(index: VectorIndex) -> None:
    """1.5.9 reports nothing whatever it is told; versions before it did."""
    assert index._client is not None and index._client.get_settings().anonymized_telemetry is False


def test_two_processes_in_one_folder_spoil_nothing(tmp_path: Path) -> None:
    """Without the lock Chroma 1.5.9 answers "Error finding id" from then on."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.corpus.test_index import *\n"
        "index = opened(Path(sys.argv[1]))\n"
        "for n in range(12):\n"
        "    put(index, f'{sys.argv[2]}{n}', 200)\n"
        "    assert index.search(f'{sys.argv[2]}{n}.3', None, 1)\n"
    )
    index = opened(tmp_path)
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), tag]) for tag in "ab"]
    while any(writer.poll() is None for writer in writers):
        index.search("a0.3", ["a0"], 1)
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(index.ids()) == 4800
    for name in [f"{tag}{n}" for tag in "ab" for n in range(12)]:
        assert index.search(f"{name}.5", [name], 1)[0].sha == f"{name}.5"
    index.close()


def test_texts_that_are_equally_near_come_in_one_order_whichever_was_written_first(tmp_path: Path) -> None:
    """The same sentence stands in many departments' reports."""
    found = []
    vectors = {"said": Seeded().query("the same")}
    names = [f"{n:02}" for n in range(12)]
    for order in (names, names[::-1]):
        made = opened(tmp_path / order[0])
        for name in order:
            made.put(name, vectors)
        found.append([near.disclosure for near in made.search("the same", None, 12)])
        made.close()
    assert found == [names, names]


@pytest.mark.parametrize("older", [False, True])
def test_the_search_keeps_many_candidates_also_in_vectors_that_an_older_program_wrote(tmp_path: Path, older: bool) -> None:
    """Chroma's search is approximate: with few candidates another text is missed each time a process loads the vectors."""
    if older:
        client = chromadb.PersistentClient(str(tmp_path), Settings(anonymized_telemetry=False))
        client.create_collection("vectors-of-the-test", embedding_function=None, metadata={"embedding": Seeded.name})
        assert isinstance(client, Client)
        client.close()
    index = opened(tmp_path)
    put(index, "one", 5)
    with index._use() as chroma:
        assert chroma.configuration_json["hnsw"]["ef_search"] >= 400
    assert index.search("one.3", None, 1)[0].sha == "one.3"
    index.close()
