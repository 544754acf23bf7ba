"""Files of a folder → a table of who, when and what each says it is: `python -m evals.identity DIR`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import FileError
from ingest.cover import identify
from ingest.kind import kind_of
from ingest.office import office_pages
from ingest.page import Page
from ingest.pages import read_pages
from ingest.photos import photo_pages
from ingest.read import PAGED


def pages_of(path: Path) -> Iterator[Page]:
    """Pages of a PDF, an image or an office file."""
    kind = kind_of(path)
    if kind not in PAGED:
        return office_pages(path)
    return read_pages(path) if kind == "pdf" else photo_pages(path)


def row(path: Path) -> str:
    """One line of the table; a file that cannot be read gives its reason."""
    try:
        found = identify(pages_of(path), path.name)
    except FileError as error:
        return str(error)
    places = ", ".join(source.place or f"第{source.page}页" for source in found.evidence)
    sure = "确定" if found.certain else "存疑"
    year = str(found.year or "?")
    return f"{path.name} | {found.publisher or '?'} | {year} | {found.scope}{found.kind} | {sure} | {places}"


def main(folder: Path) -> None:
    """Print the table for every file below the folder."""
    print("文件 | 发布者 | 年度 | 范围与文种 | 把握 | 依据")
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        print(row(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
