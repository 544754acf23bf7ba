"""Names that a file may have on Linux: each is read, shown on one line, and leads nowhere."""

import json
import os
from pathlib import Path

import pytest

from corpus.errors import FileError
from corpus.filename import shown_name
from corpus.settings import load_settings
from corpus.shelf import Shelf
from ui.ingesting import ingest_all

PAGE = "<html><body><h1>某某区财政局2024年度部门决算</h1><p>本年支出合计12.50万元，比上年增加1.30万元，增长11.6%。</p></body></html>"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("2024 年度\u3000决算.pdf", "2024 年度\u3000决算.pdf"),
        ("第一行\n第二行.pdf", "第一行第二行.pdf"),
        ("\x1b[31m红.pdf", "[31m红.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("预算😀.pdf", "预算😀.pdf"),
        ("\udcff.pdf", ".pdf"),
        ("\u200f\u200e", "无名文件"),
        ("长" * 300, "长" * 255),
    ],
)
def test_a_name_is_shown_on_one_line_without_what_is_not_seen(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_an_error_shows_no_line_break_and_no_code_of_a_terminal() -> None:
    assert str(FileError("a\n\x1b[2J.pdf", "文件是空的")) == "无法读取《a[2J.pdf》：文件是空的"


def test_every_strange_name_is_read_and_told_on_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    names = [
        b"plain.html", "行\n首.html".encode(), "预算😀🏛️.html".encode(), ("长" * 83 + "a.html").encode(), "\u202elmth.fdp.html".encode(),
        b"\xff\xfe.html", b"[red] [bold].html", b"-rf .html", b"..html", b"$(id);`id`'\".html", b"\x1b[2J\x07.html",
    ]  # fmt: skip
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(names):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(PAGE.replace("2024", str(2010 + number)).encode())
    assert max(map(len, names)) == 255
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf"))
    try:
        assert ingest_all([folder / os.fsdecode(name) for name in names], shelf, 1, as_json=True)
        rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
        assert [row["file"] for row in rows] == [shown_name(os.fsdecode(name)) for name in names]
        assert {d.file for d in shelf.disclosures()} == {row["file"] for row in rows}
        assert all(shelf.original(d) is not None for d in shelf.disclosures())
        kept = {path.relative_to(shelf.folder).parts[0] for path in shelf.folder.rglob("*") if path.is_file()}
        assert {path.name for path in tmp_path.iterdir()} == {"in", "shelf"}
        assert "files" in kept
    finally:
        shelf.close()


@pytest.mark.parametrize("as_json", [False, True])
def test_a_bad_file_of_a_strange_name_is_one_line_too(tmp_path: Path, capfd: pytest.CaptureFixture[str], as_json: bool) -> None:
    (tmp_path / "[red]\n😀.pdf").write_bytes(b"")
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf"))
    try:
        assert not ingest_all([tmp_path / "[red]\n😀.pdf", tmp_path / "../../etc/no such\n.pdf"], shelf, 1, as_json)
    finally:
        shelf.close()
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) == 2
    assert "[red]😀.pdf" in lines[0] and "文件是空的" in lines[0]
    assert "no such.pdf" in lines[1] and "没有这个文件" in lines[1]
