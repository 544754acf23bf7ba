"""A file of any form that a text may come in (TXT, DOCX, PDF, HTML…) → its plain text, a paragraph a line, for checking."""

from collections.abc import Iterator
from pathlib import Path

from corpus.apart import Report
from corpus.errors import FileError
from ingest.blocks import blocks_of
from ingest.kind import kind_of
from ingest.office import office_pages
from ingest.page import Page
from ingest.pages import read_pages
from ingest.photos import photo_pages

MOST_BYTES = 20 * 1024 * 1024
"""A longer text file is refused: no article is."""
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")


def text_of(path: Path, report: Report = lambda stage, done, whole: None) -> str:
    """The text of a file; `report` hears each page. Raises FileError where it holds none, or where it is of no form that can be read."""
    if path.suffix.lower() in (".txt", ".md", ".text", ""):
        return decoded(_bytes(path), path.name)
    text = "\n".join(block.text for block in blocks_of(tuple(_told(_pages(path), report))).blocks)
    if not text.strip():
        raise FileError(path.name, "文件里没有可以核查的文字")
    return text


def _told(pages: Iterator[Page], report: Report) -> Iterator[Page]:
    for page in pages:
        report("读页", page.number, page.number + 1)  # how many there are is not asked
        yield page


def _pages(path: Path) -> Iterator[Page]:
    match kind_of(path):
        case "pdf":
            return read_pages(path)
        case "image":
            return photo_pages(path)
    return office_pages(path)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileError(path.name, "文件太大，核查的文章请不要超过20MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileError(path.name, "找不到这个文件") from error
    except OSError as error:
        raise FileError(path.name, f"打不开（{error.strerror}）") from error


def decoded(data: bytes, name: str) -> str:
    """Bytes of a text file or of standard input, with line ends made one: UTF-8, UTF-16 with its mark, GBK or Big5."""
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError(name, "这不是文本文件")
    names = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS
    for encoding in names:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise FileError(name, "文字编码无法识别，请另存为 UTF-8 再试")
