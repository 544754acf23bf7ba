"""A run that is killed goes on; a page or a picture that breaks loses nothing else."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pdfplumber.page import Page as PlumberPage

from corpus.errors import FileError
from corpus.fact import Origin
from ingest import kept as kept_module
from ingest import pages as pages_module
from ingest import read as story
from ingest.kept import KeptPages
from ingest.ocr import OcrFailed
from ingest.page import Page
from ingest.pages import read_pages
from ingest.read import read
from tests.ingest.drawn import grid_from, line_at, page_with
from tests.ingest.pdf_maker import grid, make_pdf, text

ROOT = Path(__file__).parents[2]
SLOWLY = """
import sys, time
from pathlib import Path
from ingest.read import read
read(Path(sys.argv[1]), lambda *told: time.sleep(0.2), Path(sys.argv[2]))
"""


def report_pages(count: int) -> list[str]:
    cover = text(150, 700, "某某区财政局2024年度部门决算", 20)
    table = grid((100, 250, 400), (600, 620, 640))
    cells = text(110, 625, "项目") + text(260, 625, "决算数") + text(110, 605, "基本支出") + text(260, 605, "12.50")
    body = [f"{text(100, 720, f'第{n}节 本年支出情况说明', 12)}\n{table}\n{cells}" for n in range(2, count + 1)]
    return [cover, *body]


def test_a_run_that_is_killed_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf, keep = make_pdf(tmp_path / "a.pdf", *report_pages(12)), tmp_path / "reading"
    whole = read(pdf)
    child = subprocess.Popen([sys.executable, "-c", SLOWLY, str(pdf), str(keep)], cwd=ROOT)
    kept = KeptPages(keep, pdf)
    until = time.monotonic() + 60
    while len(list(kept.read())) < 3 and child.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    there = len(list(kept.read()))
    assert 3 <= there < 12
    asked: list[int] = []

    def noting(path: Path, first: int = 1) -> Iterator[Page]:
        asked.append(first)
        return read_pages(path, first)

    monkeypatch.setattr(story, "read_pages", noting)
    assert read(pdf, keep=keep) == whole
    assert asked == [there + 1]
    assert not list(keep.iterdir())


def test_kept_pages_are_the_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    kept = KeptPages(tmp_path, tmp_path / "a.pdf")
    one = page_with((grid_from("项目|决算数\n“三公”经费|1.50"),), [line_at("支出表", 10, 20)])
    two = replace(one, number=2, origin=Origin.OCR, notes=("看不清",))
    kept.add(one)
    kept.add(two)
    assert list(kept.read()) == [one, two]


def test_a_torn_line_and_a_page_out_of_order_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    kept = KeptPages(tmp_path, tmp_path / "a.pdf")
    one = page_with((), [line_at("支出表", 10, 20)])
    kept.add(one)
    (file,) = tmp_path.glob("*.jsonl")
    with file.open("ab") as lines:
        lines.write(b'{"number":2,"width":5')
    kept.add(replace(one, number=2))
    kept.add(replace(one, number=4))
    assert [page.number for page in kept.read()] == [1, 2]


def test_pages_that_another_code_read_are_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's version alone does not tell: a developer's reader changes ten times a day."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    monkeypatch.setattr(kept_module, "reader", lambda: "before")
    KeptPages(tmp_path, tmp_path / "a.pdf").add(page_with((), []))
    assert list(KeptPages(tmp_path, tmp_path / "a.pdf").read())
    monkeypatch.undo()
    now = KeptPages(tmp_path, tmp_path / "a.pdf")
    assert not list(now.read())
    now.forget()
    assert not list(tmp_path.glob("*.jsonl"))


def test_the_code_that_reads_is_told_by_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept.py").write_text("one", encoding="utf-8")
    monkeypatch.setattr(kept_module, "__file__", str(tmp_path / "kept.py"))
    before = kept_module.reader.__wrapped__()
    assert before == kept_module.reader.__wrapped__()
    (tmp_path / "pages.py").write_text("two", encoding="utf-8")
    assert kept_module.reader.__wrapped__() != before


def test_another_file_keeps_other_pages(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.pdf").write_bytes(name.encode())
    KeptPages(tmp_path, tmp_path / "a.pdf").add(page_with((), []))
    assert not list(KeptPages(tmp_path, tmp_path / "b.pdf").read())


def breaking(number: int, error: Exception) -> Callable[[PlumberPage, Path], Page]:
    """pdfplumber's page `number` raises where its objects are looked at."""
    whole = pages_module._page

    def page(plumber: PlumberPage, path: Path) -> Page:
        if plumber.page_number == number:
            raise error
        return whole(plumber, path)

    return page


def test_a_page_that_breaks_is_noted_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "_page", breaking(2, ValueError("a bad page")))
    record = read(make_pdf(tmp_path / "a.pdf", *report_pages(3)))
    assert record.left_out == ("第2页读不出来（ValueError），这一页的文字和表格没有读取",)
    assert {fact.source.page for fact in record.facts} == {3}


def test_a_file_of_broken_pages_alone_is_an_error_that_names_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_module, "_page", breaking(1, ValueError("a bad page")))
    with pytest.raises(FileError, match="第1页读不出来"):
        read(make_pdf(tmp_path / "a.pdf", report_pages(1)[0]))


@pytest.mark.parametrize(("whole", "lines"), [(True, 0), (False, 1)])
def test_a_picture_that_ocr_fails_on_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool, lines: int
) -> None:
    def fails(page: Page, parts: object, draw: object) -> Page:
        raise OcrFailed("图片识读出错")

    part = (0.0, 0.0, 595.0, 842.0) if whole else (10.0, 10.0, 90.0, 90.0)
    monkeypatch.setattr(pages_module, "unread_parts", lambda shown: (part,))
    monkeypatch.setattr(pages_module, "with_pictures_read", fails)
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", text(100, 700, "本年度支出情况")))
    assert page.notes == ("第1页的图片没有读取：图片识读出错",)
    assert len(page.lines) == lines
