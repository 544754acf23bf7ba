"""The kind of a file, told from its content: a name proves nothing (a PDF named .docx, a web page named .xls)."""

import re
import zipfile
from os import SEEK_END
from pathlib import Path
from typing import Literal

import olefile

from corpus.errors import FileError
from corpus.photo import is_photo

Kind = Literal["pdf", "docx", "xlsx", "xls", "html", "doc", "image"]

HEAD = 64 * 1024
MOST_BYTES = 500 * 1024 * 1024
"""A scanned report of 300 pages takes 100 MB."""
MAX_UNPACKED = 400 * 1024 * 1024
"""Bytes that a packed file may unpack to; the largest published workbook we met unpacks to 6 MB."""
MAX_PART = 150 * 1024 * 1024
"""Bytes of one XML part: it is parsed into a tree many times its size."""
MAX_PARTS = 20_000

REFUSED = (
    (b"Rar!", "这是 RAR 压缩包，请解压后再上传里面的文件"),
    (b"7z\xbc\xaf", "这是 7z 压缩包，请解压后再上传里面的文件"),
    (b"\x1f\x8b", "这是 gzip 压缩包，请解压后再上传里面的文件"),
    (b"MIME-Version:", "这是单一文件网页（MHTML），请另存为 HTML 或 PDF 再上传"),
)
SUPPORTED = "支持 PDF、DOCX、DOC、XLSX、XLS、HTML 和图片"
REMARK = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
ROOT = re.compile(rb"[^<]*<[^!?\s]")
MARKUP = re.compile(rb"<(!doctype\s+html|html|head|body|table|div|meta|p|script)[\s>]", re.IGNORECASE)


def kind_of(path: Path) -> Kind:
    """What the file is; FileError with what to do when it is nothing that can be read."""
    head = _head(path)
    if not head.strip(b"\0 \r\n\t"):
        raise FileError(path.name, "文件是空的，请重新下载")
    for sign, cause in REFUSED:
        if head.startswith(sign):
            raise FileError(path.name, cause)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _packed(path)
    if head.startswith(olefile.MAGIC):
        return _compound(path)
    return _plain(path, head)


def _head(path: Path) -> bytes:
    """The first bytes of the file."""
    try:
        if not path.is_file() and path.exists():  # a pipe or a device never ends
            raise FileError(path.name, "这不是普通文件")
        with path.open("rb") as file:
            if file.seek(0, SEEK_END) > MOST_BYTES:
                raise FileError(path.name, f"文件超过 {MOST_BYTES // 1024 // 1024} MB，不像一份公开文件，已拒绝读取")
            file.seek(0)
            return file.read(HEAD)
    except FileNotFoundError as error:
        raise FileError(path.name, "找不到这个文件") from error
    except OSError as error:
        raise FileError(path.name, f"打不开（{error.strerror}）") from error


def _plain(path: Path, head: bytes) -> Kind:
    """Pictures, rich text and everything written as text."""
    if is_photo(head):
        return "image"
    web = bool(MARKUP.search(head.replace(b"\0", b"")))
    if head.startswith(b"{\\rtf") or (b'progid="Word.Document"' in head and not web):  # a web page may hold this in a remark
        return "doc"
    if b'progid="Excel.Sheet"' in head:
        raise FileError(path.name, "这是 XML 电子表格 2003，请用 Excel 或 WPS 另存为 .xlsx 再上传")
    if web:
        return "html"
    raise FileError(path.name, f"不认识这种文件（{SUPPORTED}）")


def _packed(path: Path) -> Kind:
    """A ZIP container: Word or Excel, of bearable size and without XML entities."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
            _bearable(path, packed)
            _without_entities(path, packed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileError(path.name, "文件不完整或已损坏，请重新下载") from error
    if "[Content_Types].xml" in names:
        return _office(path, names)
    raise FileError(path.name, _other_package(names))


def _office(path: Path, names: set[str]) -> Kind:
    """Which of the Office programs the package belongs to."""
    if "xl/workbook.bin" in names:
        raise FileError(path.name, "这是 .xlsb 二进制工作簿，请另存为 .xlsx 再上传")
    if any(name.startswith("ppt/") for name in names):
        raise FileError(path.name, f"这是演示文稿（PPT），请另存为 PDF 再上传（{SUPPORTED}）")
    if any(name.startswith("xl/workbook") for name in names):
        return "xlsx"
    if any(name.startswith("word/document") for name in names):
        return "docx"
    raise FileError(path.name, f"不认识这种 Office 文件（{SUPPORTED}）")


def _other_package(names: set[str]) -> str:
    """Why a ZIP that is no Office file cannot be read."""
    if "OFD.xml" in names:
        return "这是 OFD 版式文件，请用 OFD 阅读器另存为 PDF 再上传"
    if "content.xml" in names and "mimetype" in names:
        return "这是 OpenDocument 文件，请另存为 .docx 或 .xlsx 再上传"
    return "这是 ZIP 压缩包，请解压后再上传里面的文件"


def _bearable(path: Path, packed: zipfile.ZipFile) -> None:
    """Refuse a zip bomb by the sizes its directory states; reading more than is stated fails in zipfile itself."""
    parts = packed.infolist()
    largest = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    if len(parts) > MAX_PARTS or largest > MAX_PART or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FileError(path.name, f"解压后超过 {MAX_UNPACKED // 1024 // 1024} MB，不像一份公开文件，已拒绝读取")
    if any(part.flag_bits & 1 for part in parts):
        raise FileError(path.name, "文件有密码，请去掉密码再上传")


def _without_entities(path: Path, packed: zipfile.ZipFile) -> None:
    """No Office program writes a DTD; one in a part is an attack on the XML parser.

    It stands before the root element, and nothing but declarations and remarks does otherwise.
    """
    for part in packed.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        with packed.open(part) as stream:
            head = stream.read(HEAD).replace(b"\0", b"")
        if head and not ROOT.match(REMARK.sub(b"", head)):
            raise FileError(path.name, "文件里有可疑的 XML 实体定义，已拒绝读取")


def _compound(path: Path) -> Kind:
    """An OLE container: Word 97, Excel 97, or a modern file under a password."""
    try:
        with olefile.OleFileIO(str(path)) as compound:
            streams = {entry[0] for entry in compound.listdir() if entry}
    except (OSError, ValueError, IndexError) as error:
        raise FileError(path.name, "文件不完整或已损坏，请重新下载") from error
    if "EncryptedPackage" in streams:
        raise FileError(path.name, "文件有密码，请去掉密码再上传")
    if "WordDocument" in streams:
        return "doc"
    if streams & {"Workbook", "Book"}:
        return "xls"
    raise FileError(path.name, f"不认识这种 Office 97 文件（{SUPPORTED}）")
