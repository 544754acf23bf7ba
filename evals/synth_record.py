"""A report before it is drawn → the Record that reading its PDF would bring, without PDF or reading: to fill large shelves.

Places are made up (a page a sheet, a line a row); items, columns, amounts, sentences and headings are those of the report.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from corpus.amount import WAN, YUAN, Amount
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Scope, Source
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.heading import heading_item
from corpus.number import half_width
from corpus.record import Record
from corpus.statement import Setting, Statement, statements
from corpus.table import Sums, TableInfo
from corpus.version import PROGRAM
from evals.synth_page import Cell, Report, Sheet, Text

BASES = {"决算": Basis.FINAL, "预算": Basis.BUDGET}
UNITS = {"元": YUAN, "万元": WAN}


def record_of(report: Report) -> Record:
    """Everything that the report says."""
    sha = hashlib.sha256(f"{report.file}\0{report.blocks!r}".encode()).hexdigest()
    sheets = [block for block in report.blocks if isinstance(block, Sheet)]
    source = Source(report.file, 1, (176.0, 219.0, 419.0, 241.0))
    d = Disclosure(
        sha[:16], sha, report.file, report.publisher, _aliases(report.publisher), report.year, report.style.kind, Scope.DEPARTMENT, len(sheets) + 8, (source,), True
    )
    tables = tuple(_table(d, number, sheet) for number, sheet in enumerate(sheets, 1))
    cells = tuple(fact for table, sheet in zip(tables, sheets, strict=True) for fact in _facts(d, table, sheet))
    rows = tuple(chunk for table, sheet in zip(tables, sheets, strict=True) for chunk in _rows(d, table, sheet))
    prose = tuple(_prose(d, report))
    said = tuple(fact for number, chunk in enumerate(prose) for fact in _said(d, chunk, number))
    facts = tuple(replace(fact, id=f"{d.id}-{number}") for number, fact in enumerate((*cells, *said), 1))
    return Record(d, PROGRAM, tables, facts, (*prose, *rows))


def _aliases(publisher: str) -> tuple[str, ...]:
    """观澜区虚构事务局 of 云泽市观澜区虚构事务局, as the cover's reader makes them."""
    return (publisher[3:], publisher[6:])


def _table(d: Disclosure, number: int, sheet: Sheet) -> TableInfo:
    printed = any(cell.measures and cell.text for row in sheet.rows for cell in row)
    box = (56.0, 95.0, 540.0, 110.0 + 16 * len(sheet.rows))
    return TableInfo(
        f"{d.id}-t{number}", d.id, sheet.title, sheet.form, sheet.unit, (Source(d.file, 3 + number, box),), Origin.TEXT, Sums.HOLD, not printed, "".join(sheet.notes)
    )


def _place(table: TableInfo, row: int, col: int) -> Source:
    return replace(table.sources[0], box=(56.0 + 40 * col, 110.0 + 16 * row, 96.0 + 40 * col, 126.0 + 16 * row))


def _facts(d: Disclosure, table: TableInfo, sheet: Sheet) -> Iterator[Fact]:
    for number, row in enumerate(sheet.rows, len(sheet.header)):
        for col, cell in enumerate(row):
            if cell.measures:
                amount = Amount(Decimal(cell.text.replace(",", "")), UNITS[sheet.unit]) if cell.text else None
                yield Fact(
                    "", d.id, table.id, number, col, sheet.title, sheet.form, cell.item, cell.account, cell.column, Measure.AMOUNT, BASES[cell.basis], "", d.year,
                    amount, _place(table, number, col), Origin.TEXT, True, cell.text,
                )  # fmt: skip


def _rows(d: Disclosure, table: TableInfo, sheet: Sheet) -> Iterator[Chunk]:
    """A chunk a row: title, name, then each column with its figure."""
    for number, row in enumerate(sheet.rows, len(sheet.header)):
        printed = [cell for cell in row if cell.measures and cell.text]
        if printed:
            words = [sheet.title, printed[0].account, " ".join(printed[0].item), *(_column(cell, sheet.unit) for cell in printed)]
            yield Chunk(f"{table.id}-r{number}", d.id, ChunkKind.ROW, (sheet.title,), " ".join(filter(None, words)), (_place(table, number, 0),))


def _column(cell: Cell, unit: str) -> str:
    return f"{'·'.join(cell.column)}:{cell.text}{unit}"


def _prose(d: Disclosure, report: Report) -> Iterator[Chunk]:
    """Paragraphs and definitions under their headings."""
    path: list[Text] = []
    number = 0
    for block in report.blocks:
        if not isinstance(block, Text) or block.level > 3:
            continue
        if block.level:
            path = [*(above for above in path if above.level < block.level), block]
            continue
        defined = any("名词解释" in above.text for above in path)
        text = re.sub(r"^[一二三四五六]、", "", block.text) if defined else block.text
        source = Source(d.file, 13 + number // 12, (85.0, 80.0 + number % 12 * 50, 511.0, 120.0 + number % 12 * 50))
        headings = (d.file.removesuffix(".pdf"), *(above.text for above in path))
        yield Chunk(f"{d.id}-p{number}", d.id, ChunkKind.DEFINITION if defined else ChunkKind.PARAGRAPH, headings, text, (source,))
        number += 1


def _said(d: Disclosure, chunk: Chunk, number: int) -> Iterator[Fact]:
    setting = Setting(d.year, d.kind, (d.publisher, *d.aliases), heading_item(chunk.headings))
    text = half_width(chunk.text)
    for col, one in enumerate(statements(text, setting)):
        yield _fact(d, chunk, text, one, number, col)


def _fact(d: Disclosure, chunk: Chunk, text: str, one: Statement, number: int, col: int) -> Fact:
    start, end = one.sentence
    return Fact(
        "", d.id, "", number, col, " › ".join(chunk.headings), "", one.subject, "", (), one.measure, one.basis, one.versus, one.year, one.amount, chunk.sources[0],
        Origin.PROSE, True, text[start:end].strip(), one.reason,
    )  # fmt: skip
