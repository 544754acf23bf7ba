"""Pages read so far of a file ⇄ JSON lines in a folder, so that a run that is killed goes on from where it stopped.

Nothing in such a file is ever executed: it is JSON, and a line that does not make a page is left out.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.fact import Origin
from ingest.page import Cell, Grid, Line, Page

FOLDER = "reading"
"""Name of the folder within the shelf's own."""
BLOCK = 1 << 20
LIBRARIES = ("pdfplumber", "pdfminer.six", "pypdfium2", "rapidocr", "img2table", "pillow")


class KeptPages:
    """Pages of one file, kept under what the file holds and which code reads it."""

    def __init__(self, folder: Path, file: Path) -> None:
        self._path = folder / f"{_sha256(file)}-{reader()}.jsonl"

    def read(self) -> Iterator[Page]:
        """Page 1, 2, 3 … as far as they were kept whole; a line that broke off with its process ends nothing."""
        if not self._path.exists():
            return
        wanted = 1
        with self._path.open("rb") as lines:
            for line in lines:
                page = _page(line)
                if page is not None and page.number == wanted:
                    yield page
                    wanted += 1

    def add(self, page: Page) -> None:
        """One write a page, after a line break of its own, so that a torn line before it spoils nothing."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = "\n" + json.dumps(asdict(page), ensure_ascii=False, separators=(",", ":")) + "\n"
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)

    def forget(self) -> None:
        """The file was read to its end: nothing is kept of it, nor of what older programs left."""
        self._path.unlink(missing_ok=True)
        for left in self._path.parent.glob("*.jsonl"):
            if not left.name.endswith(f"-{reader()}.jsonl"):
                left.unlink(missing_ok=True)


@cache
def reader() -> str:
    """Which code reads: 16 hex digits of the modules that make pages. One change in them, and old pages are read anew.

    The libraries that read for them count by their versions.
    """
    digest = hashlib.sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    for package in LIBRARIES:
        digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()[:16]


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _page(line: bytes) -> Page | None:
    """None where the line is no whole page."""
    try:
        made = json.loads(line)
        lines, grids = tuple(map(_line, made["lines"])), tuple(map(_grid, made["grids"]))
        return Page(**{**made, "lines": lines, "grids": grids, "origin": Origin(made["origin"]), "notes": tuple(made["notes"])})
    except (ValueError, TypeError, KeyError):
        return None


def _line(made: dict[str, Any]) -> Line:
    return Line(**{**made, "box": _box(made["box"]), "edges": tuple(made["edges"])})


def _grid(made: dict[str, Any]) -> Grid:
    cells = tuple(Cell(**{**cell, "box": _box(cell["box"])}) for cell in made["cells"])
    return Grid(
        **{
            **made,
            "box": _box(made["box"]),
            "cells": cells,
            "columns": tuple(made["columns"]),
            "origin": Origin(made["origin"]),
        }
    )


def _box(made: list[float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = made
    return (x0, top, x1, bottom)
