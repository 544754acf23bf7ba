"""A file's kind comes from its content; what cannot be read is refused in one clear Chinese line."""

import os
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

import ingest.kind
from corpus.errors import FileError
from ingest.kind import kind_of


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _zip(folder: Path, parts: dict[str, bytes]) -> Path:
    path = folder / "packed.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.docx", b"%PDF-1.7\n", "pdf"),
        ("table.xls", b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table></html>", "html"),
        ("table.xls", "<table><tr><td>单位：万元</td></tr></table>".encode("gbk"), "html"),
        ("page.html", "<!DOCTYPE html><html></html>".encode("utf-16"), "html"),
        ("scan.pdf", b"\x89PNG\r\n\x1a\n0000", "image"),
        ("report.doc", b"{\\rtf1\\ansi", "doc"),
    ],
)
def test_the_content_decides_not_the_name(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    assert kind_of(_file(tmp_path, name, content)) == kind


def test_word_and_excel_packages_are_told_apart_whatever_they_are_called(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.docx")
    Document().save(str(tmp_path / "b.xlsx"))
    assert (kind_of(tmp_path / "a.docx"), kind_of(tmp_path / "b.xlsx")) == ("xlsx", "docx")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "空的"),
        (b"\0\0 \r\n", "空的"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"PK\x03\x04 cut off", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "损坏"),
        ("科目,金额\n税收,1".encode(), "不认识"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "另存为 .xlsx"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_cause(tmp_path: Path, content: bytes, cause: str) -> None:
    with pytest.raises(FileError, match=cause):
        kind_of(_file(tmp_path, "file.xlsx", content))


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        ({"OFD.xml": b"<OFD/>"}, "OFD"),
        ({"a.pdf": b"%PDF-"}, "压缩包"),
        ({"mimetype": b"x", "content.xml": b"<a/>"}, "OpenDocument"),
        ({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b""}, "xlsb"),
        ({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}, "演示文稿"),
    ],
)
def test_other_packages_are_named(tmp_path: Path, parts: dict[str, bytes], cause: str) -> None:
    with pytest.raises(FileError, match=cause):
        kind_of(_zip(tmp_path, parts))


def test_a_package_under_a_password_is_said_to_be_one(tmp_path: Path) -> None:
    """The bit that says so, in each part's own head and in the list of all."""
    Document().save(str(tmp_path / "a.docx"))
    content = bytearray((tmp_path / "a.docx").read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(sign, at + 4)
    with pytest.raises(FileError, match="文件有密码"):
        kind_of(_file(tmp_path, "b.docx", bytes(content)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="找不到"):
        kind_of(tmp_path / "没有.pdf")


def test_a_zip_bomb_is_refused_by_its_stated_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.kind, "MAX_UNPACKED", 1_000_000)
    bomb = _zip(tmp_path, {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", "x.bin": bytes(1_000_001)})
    assert bomb.stat().st_size < 5_000
    with pytest.raises(FileError, match="解压后超过"):
        kind_of(bomb)


ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    "attack",
    [
        b'<?xml version="1.0"?>' + ENTITY,
        ENTITY.decode().encode("utf-16"),
        b"<!-- <a> -->" + ENTITY,
        b"<!--" + b" " * 70_000 + b"-->" + ENTITY,
        b"\n" * 70_000 + b"<?x?>" + ENTITY,
    ],
    ids=["plain", "in UTF-16", "behind a remark", "behind a long remark", "behind blank lines"],
)
def test_an_entity_attack_is_refused(tmp_path: Path, attack: bytes) -> None:
    with pytest.raises(FileError, match="实体"):
        kind_of(_zip(tmp_path, {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": attack}))


def test_a_workbook_of_another_program_is_no_attack(tmp_path: Path) -> None:
    part = b'\xef\xbb\xbf<?xml version="1.0"?>\r\n<!-- made by a program --><x:workbook xmlns:x="x"/>'
    assert kind_of(_zip(tmp_path, {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": part, "xl/empty.xml": b""})) == "xlsx"


def test_a_file_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.kind, "MOST_BYTES", 10)
    with pytest.raises(FileError, match="文件超过"):
        kind_of(_file(tmp_path, "a.pdf", b"%PDF-1.7 and more"))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    with pytest.raises(FileError, match="不是普通文件"):
        kind_of(tmp_path / "a.pdf")
