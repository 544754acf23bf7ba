"""A page that would take all time or all memory ends its reader, and takes nothing else with it."""

import os
import signal
import sys
import zlib
from pathlib import Path

import pytest

from corpus.apart import AFTER_OTHERS, Apart, Limits
from corpus.errors import FileError
from ingest.read import READING
from ingest.safely import read_safely, text_safely
from tests.ingest.hostile_pdf import BODY, CATALOG, COVER, active, stream
from tests.ingest.pdf_maker import FONT, write_pdf
from tests.ingest.test_scan import drawn


def laughs(path: Path) -> Path:
    """Three pages; the second draws a form that draws another ten times, that draws another ten times…"""
    forms = [
        stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number)
        for number in range(11, 20)
    ]
    pages = [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</X 10 0 R>>>>/Contents %d 0 R>>" % content
        for content in (7, 8, 9)
    ]
    contents = [stream(COVER), stream(b"/X Do"), stream(BODY)]
    last = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return write_pdf(path, [CATALOG, b"<</Type/Pages/Count 3/Kids[4 0 R 5 0 R 6 0 R]>>", FONT, *pages, *contents, *forms, last])


def bomb(path: Path) -> Path:
    """A page of 400 MB of blanks in 2 MB."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
    return write_pdf(
        path, [CATALOG, b"<</Type/Pages/Count 2/Kids[4 0 R 5 0 R]>>", FONT, page % 6, page % 7,
               stream(COVER), stream(packed, b"/Filter/FlateDecode")],
    )  # fmt: skip


def told(stage: str, done: int, whole: int) -> None:
    """Nobody listens."""


def test_a_page_that_never_ends_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    with Apart(Limits(seconds=3)) as child:
        record = read_safely(laughs(tmp_path / "a.pdf"), child, told, tmp_path / "keep")
    assert record.left_out == ("读到第2页时用时超过 3 秒的上限，已停止，这一页的文字和表格没有读取",)
    assert record.disclosure.pages == 3
    assert [(fact.amount and str(fact.amount), fact.source.page) for fact in record.facts] == [("12.50万元", 3)]
    assert not list((tmp_path / "keep").iterdir())


def test_a_page_that_unpacks_to_more_than_the_memory_is_left_out(tmp_path: Path) -> None:
    with Apart(Limits(memory=300)) as child:
        record = read_safely(bomb(tmp_path / "a.pdf"), child, told, tmp_path / "keep")
    assert record.left_out == ("读到第2页时要用的内存超过 300 MB 的上限，已停止，这一页的文字和表格没有读取",)
    assert record.disclosure.publisher == "某某区财政局"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other priorities")
def test_reading_gives_way_to_whoever_asks(tmp_path: Path) -> None:
    seen: list[int] = []
    with Apart(Limits()) as child:

        def listener(stage: str, done: int, whole: int) -> None:
            assert child._child
            assert os.getsid(child._child.pid) == os.getsid(0)  # Linux weighs sessions first
            seen.append(os.getpriority(os.PRIO_PROCESS, child._child.pid))

        read_safely(active(tmp_path / "a.pdf", "http://127.0.0.1:9/", tmp_path / "trap"), child, listener, tmp_path / "keep")
    assert set(seen) == {AFTER_OTHERS}


def test_a_text_to_check_is_read_apart_too(tmp_path: Path) -> None:
    with Apart(Limits(seconds=3)) as child:
        with pytest.raises(FileError, match=r"a\.pdf》：读到第2页时用时超过 3 秒"):
            text_safely(laughs(tmp_path / "a.pdf"), child)
        (tmp_path / "a.txt").write_text("支出12万元。", encoding="utf-8")
        assert text_safely(tmp_path / "a.txt", child) == "支出12万元。"


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")
    with Apart(Limits()) as child, pytest.raises(FileError, match="空.pdf》：文件是空的"):
        read_safely(tmp_path / "空.pdf", child, told, tmp_path / "keep")


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_an_ocr_process_that_is_killed_takes_one_page_with_it(tmp_path: Path) -> None:
    """Really killed, as the system does where memory is short: each time it has the second of three scanned pages in hand."""
    path, kills = tmp_path / "a.tif", list[int]()
    drawn().save(path, save_all=True, append_images=[drawn(), drawn()])

    def kill(stage: str, done: int, whole: int) -> None:
        if (stage, done) == (READING, 1) and child._child:
            kills.append(child._child.pid)
            os.kill(child._child.pid, signal.SIGKILL)

    with Apart(Limits()) as child:
        record = read_safely(path, child, kill, tmp_path / "keep")
    assert len(set(kills)) == 2, "it is tried once more"
    assert [(note[:5], "进程中途被结束" in note) for note in record.left_out] == [("读到第2页", True)]
    assert {fact.source.page for fact in record.facts} == {1, 3} and record.disclosure.pages == 3
