"""Several files at once: a reading process that dies takes only its own file with it, and says so."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.apart import USUAL
from corpus.errors import FileError
from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf
from ingest import safely
from ingest.kept import KeptPages
from tests.corpus.shelf_samples import record
from tests.qa.small_report import small_report
from ui.ingesting import _lanes, _read_in_lane
from ui.shelve import shelver

Report = Callable[[str, int, int], None]


def dies_on_one(file: Path, keep: Path, report: Report) -> Record:
    if file.name == "b.pdf":
        os.kill(os.getpid(), signal.SIGKILL)
    return record(file=file.name)


def dies_once(file: Path, keep: Path, report: Report) -> Record:
    report("读页", 0, 2)
    if not keep.exists():
        keep.mkdir()
        os.kill(os.getpid(), signal.SIGKILL)
    return record(file=file.name)


def dies_at_every_page(file: Path, keep: Path, report: Report) -> str:
    report("读页", len(list(KeptPages(keep, file).read())), 1000)
    os._exit(1)


def three(folder: Path) -> tuple[Path, Path, Path]:
    for name in "abc":
        (folder / f"{name}.pdf").write_bytes(name.encode())
    return folder / "a.pdf", folder / "b.pdf", folder / "c.pdf"


def test_a_process_that_is_killed_takes_only_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safely, "read", dies_on_one)
    a, b, c = three(tmp_path)
    with _lanes(1, USUAL) as lanes:
        assert _read_in_lane(lanes, a, tmp_path) == record(file="a.pdf")
        with pytest.raises(FileError, match=r"b\.pdf.*进程中途被结束"):
            _read_in_lane(lanes, b, tmp_path)
        assert _read_in_lane(lanes, c, tmp_path) == record(file="c.pdf")


def test_a_process_that_is_killed_by_chance_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safely, "read", dies_once)
    with _lanes(1, USUAL) as lanes:
        assert _read_in_lane(lanes, three(tmp_path)[0], tmp_path / "keep") == record(file="a.pdf")
    assert not list((tmp_path / "keep").iterdir()), "no page was given up"


def test_a_file_that_ends_its_reader_at_every_page_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three pages are left out; the fourth is one too many."""
    monkeypatch.setattr(safely, "read", dies_at_every_page)
    (tmp_path / "keep").mkdir()
    with _lanes(1, USUAL) as lanes, pytest.raises(FileError, match="读到第4页时"):
        _read_in_lane(lanes, three(tmp_path)[0], tmp_path / "keep")


def test_an_upload_that_ends_its_reader_leaves_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safely, "read", dies_on_one)
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf"))
    with pytest.raises(FileError, match=r"b\.pdf.*进程中途被结束"):
        shelver(shelf)(three(tmp_path)[1], lambda progress: None)
    assert shelf.disclosures() == ()
    shelf.close()


def test_nothing_of_a_file_that_is_not_there_is_kept(tmp_path: Path) -> None:
    with _lanes(1, USUAL) as lanes, pytest.raises(FileError, match="没有这个文件"):
        _read_in_lane(lanes, tmp_path / "no.pdf", tmp_path / "keep")
    assert not (tmp_path / "keep").exists()


def test_what_a_reader_sends_is_not_read_in_the_servers_own_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf"))
    monkeypatch.setattr("pdfplumber.open", lambda *_: pytest.fail("opened here"))
    try:
        assert "某市甲区财政局2024年部门决算" in shelver(shelf)(small_report(tmp_path / "a.pdf"), lambda progress: None).replace(" ", "")
    finally:
        shelf.close()
