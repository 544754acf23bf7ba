"""Word, Excel and web files → Pages, the same types that a PDF gives, with a place in words instead of a page box."""

from collections.abc import Iterator
from pathlib import Path

from corpus.errors import FileError
from ingest.kind import kind_of
from ingest.page import Page
from ingest.webpage import html_pages
from ingest.word import docx_pages
from ingest.word97 import doc_pages
from ingest.xls import xls_pages
from ingest.xlsx import xlsx_pages


def office_pages(path: Path) -> Iterator[Page]:
    """The file's pages: one a visible sheet, or one for a whole text document."""
    match kind_of(path):
        case "xlsx":
            return xlsx_pages(path)
        case "xls":
            return xls_pages(path)
        case "docx":
            return docx_pages(path)
        case "doc":
            return doc_pages(path)
        case "html":
            return html_pages(path)
    raise FileError(path.name, "这不是 Word、Excel 或网页文件")
