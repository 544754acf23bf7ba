"""A listing (columns, rows and what it is about) → CSV, XLSX, Markdown, JSON: as files, or as links that the page itself holds."""

import base64
import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from openpyxl import Workbook

from corpus.disclosure import Disclosure
from corpus.version import PROGRAM

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Listing:
    """What is written, the same in every form."""

    title: str
    about: tuple[tuple[str, str], ...]
    """What it was made from, so that it can be cited and repeated: files with their sha256, the program's version."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data: dict[str, Any]
    """The same for programs."""


def made_from(disclosures: Sequence[Disclosure]) -> tuple[tuple[str, str], ...]:
    """What every export says of its origin."""
    return (("程序", f"明账 {PROGRAM}"), *((d.file, f"sha256 {d.sha256}") for d in disclosures))


def csv_bytes(listing: Listing) -> bytes:
    """With the mark that Excel needs to read Chinese; what it is about comes last, so that the first row is the header."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([listing.columns, *([safe(cell) for cell in row] for row in listing.rows), []])
    writer.writerows([safe(cell) for cell in line] for line in listing.about)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(listing: Listing) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in ((listing.title[:31], (listing.columns, *listing.rows)), ("说明", listing.about)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([safe(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def markdown_bytes(listing: Listing) -> bytes:
    rows = (listing.columns, ("---",) * len(listing.columns), *listing.rows)
    lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    about = [f"- {_cell(name)}：{_cell(value)}" for name, value in listing.about]
    return "\n".join((f"# {_cell(listing.title)}", "", *lines, "", *about, "")).encode("utf-8")


def json_bytes(listing: Listing) -> bytes:
    about = {"program": PROGRAM, "made_from": dict(listing.about[1:])}
    return json.dumps(about | listing.data, ensure_ascii=False, indent=1).encode("utf-8")


FORMS: dict[str, tuple[str, Callable[[Listing], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_bytes),
    "csv": ("text/csv;charset=utf-8", csv_bytes),
    "md": ("text/markdown;charset=utf-8", markdown_bytes),
    "json": ("application/json", json_bytes),
}
"""File suffix → its media type and writer."""


def link(listing: Listing, form: str) -> str:
    """A data link: nothing is kept on the server, and no visitor can fetch what another has made."""
    media, written = FORMS[form]
    content = written(listing)
    return f"data:{media};base64,{base64.b64encode(content).decode()}" if form == "xlsx" else f"data:{media},{quote(content, safe='')}"


def safe(cell: str) -> str:
    """Text from a document is text: a spreadsheet must not run it as a formula. Negative numbers stay as they are."""
    risky = cell[:1] in tuple("=+@\t\r") or (cell[:1] == "-" and not cell[1:].replace(".", "").replace(",", "").isdigit())
    return f"'{cell}" if risky else cell


def _cell(cell: str) -> str:
    """No mark-up of Markdown or HTML takes effect."""
    for sign in "\\`*_[]<>|#!":
        cell = cell.replace(sign, f"\\{sign}")
    return " ".join(cell.split())
