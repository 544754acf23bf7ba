"""A file → Record: the story of reading. pages → blocks → identity → tables → facts → what its own arithmetic says."""

from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.chunk import Chunk
from corpus.disclosure import Disclosure
from corpus.fact import Discrepancy
from corpus.record import Record
from corpus.version import PROGRAM
from ingest.blocks import Blocks, blocks_of
from ingest.chunks import chunks_of
from ingest.cover import disclosure_of
from ingest.facts import facts_of
from ingest.headings import headings_as_in_contents
from ingest.kind import kind_of
from ingest.office import office_pages
from ingest.page import Page
from ingest.pages import page_count, read_pages
from ingest.passages import passages_of
from ingest.prose import prose_facts
from ingest.reconcile import reconcile
from ingest.tables import Table, rows_as_text, tables_of

Report = Callable[[str, int, int], None]
"""Hears the stage (读页, 表格, 勾稽), how much of it is done and how much there is."""


def _silent(stage: str, done: int, whole: int) -> None:
    """Nobody listens."""


def read(path: Path, report: Report = _silent) -> Record:
    """Everything that a file says. Raises FileError where it cannot be read."""
    pages = tuple(_pages(path, report))
    blocks = blocks_of(pages)
    disclosure = disclosure_of(path, pages)
    report("表格", 0, 1)
    tables = tuple(tables_of(pages, disclosure))
    facts, unread = facts_of(tables, disclosure)
    report("勾稽", 0, 1)
    reconciled = reconcile(tables, facts)
    titled = headings_as_in_contents(blocks, path.name)
    prose = prose_facts(passages_of(blocks.blocks, tables, pages, path.name), disclosure, len(reconciled.facts))
    return Record(
        disclosure, PROGRAM, reconciled.tables, (*reconciled.facts, *prose), _chunks(blocks, tables, disclosure),
        (*unread, *reconciled.discrepancies, *(one for one in titled if isinstance(one, Discrepancy))),
        (*reconciled.unchecked, *(one for one in titled if not isinstance(one, Discrepancy))),
    )  # fmt: skip


def _pages(path: Path, report: Report) -> Iterator[Page]:
    if kind_of(path) != "pdf":
        yield from office_pages(path)
        return
    whole = page_count(path)
    for page in read_pages(path):
        report("读页", page.number, whole)
        yield page


def _chunks(blocks: Blocks, tables: tuple[Table, ...], disclosure: Disclosure) -> tuple[Chunk, ...]:
    rows = (row for table in tables for row in rows_as_text(table))
    return (*chunks_of(blocks.blocks, disclosure.id, disclosure.file), *rows)
