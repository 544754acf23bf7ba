"""A file → Record: the story of reading. pages → blocks → identity → tables → facts → what its own arithmetic says."""

from collections.abc import Iterator
from pathlib import Path

from corpus.apart import Report
from corpus.chunk import Chunk
from corpus.disclosure import Disclosure
from corpus.errors import FileError
from corpus.fact import Discrepancy
from corpus.record import UNREAD, Record, Unchecked
from corpus.version import PROGRAM
from ingest.blocks import Blocks, blocks_of
from ingest.chunks import chunks_of
from ingest.cover import disclosure_of
from ingest.facts import facts_of
from ingest.headings import headings_as_in_contents
from ingest.kept import KeptPages
from ingest.kind import kind_of
from ingest.office import office_pages
from ingest.page import Page
from ingest.pages import page_count, read_pages
from ingest.passages import passages_of
from ingest.photos import photo_page_count, photo_pages
from ingest.prose import prose_facts
from ingest.reconcile import reconcile
from ingest.tables import Table, rows_as_text, tables_of
from ingest.whose_tables import tables_name_publisher

READING, TABLES, SUMS = "读页", "表格", "勾稽"
"""The stages that are told: pages, then tables, then what their sums say."""
PAGED = ("pdf", "image")
"""Kinds that are read page by page."""


def _silent(stage: str, done: int, whole: int) -> None:
    """Nobody listens."""


def read(path: Path, report: Report = _silent, keep: Path | None = None) -> Record:
    """Everything that a file says. Raises FileError where it cannot be read.

    With a folder to `keep` pages in, a run that is killed goes on at the page where it stopped.
    """
    kept = KeptPages(keep, path) if keep is not None and kind_of(path) in PAGED else None
    pages = tuple(_pages(path, report, kept))
    if all(not page.lines and not page.grids for page in pages) and any(page.notes for page in pages):
        raise FileError(path.name, pages[0].notes[0] if pages[0].notes else "没有读出任何内容")
    record = _record(path, pages, report)
    if kept is not None:
        kept.forget()
    return record


def _record(path: Path, pages: tuple[Page, ...], report: Report) -> Record:
    blocks = blocks_of(pages)
    disclosure = disclosure_of(path, pages)
    report(TABLES, 0, 1)
    tables = tuple(tables_of(pages, disclosure))
    facts, unread = facts_of(tables, disclosure)
    report(SUMS, 0, 1)
    reconciled = reconcile(tables, facts)
    titled = headings_as_in_contents(blocks, disclosure.file)
    prose = prose_facts(passages_of(blocks.blocks, tables, pages, disclosure.file), disclosure, len(reconciled.facts) + 1)
    missed = (*reconciled.unchecked, *(one for one in titled if not isinstance(one, Discrepancy)))
    return Record(
        disclosure, PROGRAM, reconciled.tables, (*reconciled.facts, *prose), _chunks(blocks, tables, disclosure),
        (*unread, *reconciled.discrepancies, *(one for one in titled if isinstance(one, Discrepancy)), *tables_name_publisher(pages, disclosure)),
        (*_left_out(pages), *(Unchecked(one.rule, f"{one.table}：{one.reason}") for one in missed)),
    )  # fmt: skip


def _left_out(pages: tuple[Page, ...]) -> Iterator[Unchecked]:
    """What of the file was not read, as its pages note it: hidden rows, embedded objects, a page that broke."""
    notes = dict.fromkeys(note for page in pages for note in page.notes)
    return (Unchecked(UNREAD, note) for note in notes)


def _pages(path: Path, report: Report, kept: KeptPages | None = None) -> Iterator[Page]:
    kind = kind_of(path)
    if kind not in PAGED:
        yield from office_pages(path)
        return
    count, pages_from = (page_count, read_pages) if kind == "pdf" else (photo_page_count, photo_pages)
    whole = count(path)
    last = 0
    for page in kept.read() if kept else ():
        last = page.number
        yield page
    report(READING, last, whole)
    for page in pages_from(path, last + 1) if last < whole else ():
        if kept:
            kept.add(page)
        report(READING, page.number, whole)
        yield page


def _chunks(blocks: Blocks, tables: tuple[Table, ...], disclosure: Disclosure) -> tuple[Chunk, ...]:
    rows = (row for table in tables for row in rows_as_text(table))
    return (*chunks_of(blocks.blocks, disclosure.id, disclosure.file), *rows)
