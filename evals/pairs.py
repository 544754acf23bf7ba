"""The same table as PDF and as spreadsheet → share of the sheet's numbers found as facts: `python -m evals.pairs DIR`."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from corpus.account import plain_name
from corpus.disclosure import Disclosure, Kind, Scope
from corpus.fact import Fact
from corpus.number import parse_cell
from ingest.captions import squeezed
from ingest.facts import facts_of
from ingest.office import office_pages
from ingest.page import Page
from ingest.pages import read_pages
from ingest.tables import tables_of

SHEETS = (".xls", ".xlsx")
LEAST = Decimal(10)
"""Smaller numbers may be ordinals or counts of rows."""


@dataclass(frozen=True)
class Pair:
    """How many numbers of a sheet the PDF's facts hold."""

    name: str
    numbers: int
    found: int
    missed: tuple[str, ...]


def _facts(path: Path, pages: Iterable[Page]) -> tuple[Fact, ...]:
    disclosure = Disclosure("0" * 16, "", path.name, "", (), 2000, Kind.BUDGET, Scope.GOVERNMENT, 0, (), False)
    return facts_of(tuple(tables_of(pages, disclosure)), disclosure)[0]


def _key(fact: Fact) -> tuple[str, str, str, Decimal | None]:
    """Table, row and column by name, and the value as printed."""
    row = plain_name(fact.item[-1]) if fact.item else ""
    value = fact.amount.value if fact.amount else None
    return squeezed(fact.table), row, squeezed("".join(fact.column)), value


def _numbers(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """Place and print of every number of at least ten in a sheet's cells, whatever the table reader makes of them."""
    for page in pages:
        for cell in (cell for grid in page.grids for cell in grid.cells):
            number = parse_cell(cell.text)
            if number is not None and abs(number) >= LEAST:
                yield cell.place, cell.text


def compare(sheet: Path, pdf: Path) -> Pair:
    """Look up each number of the sheet, by its table, row and column, among the PDF's facts."""
    pages = tuple(office_pages(sheet))
    placed = {fact.source.place: _key(fact) for fact in _facts(sheet, pages)}
    printed = {_key(fact) for fact in _facts(pdf, read_pages(pdf))}
    numbers = list(_numbers(pages))
    missed = tuple(f"{place} {text}" for place, text in numbers if placed.get(place) not in printed)
    return Pair(sheet.name, len(numbers), len(numbers) - len(missed), missed)


def main(folder: Path) -> None:
    """Print a line a pair and each number that was missed."""
    for pdf in sorted(folder.rglob("*.pdf")):
        for sheet in (pdf.with_suffix(suffix) for suffix in SHEETS):
            if sheet.exists():
                pair = compare(sheet, pdf)
                print(f"{pair.name}：{pair.found}/{pair.numbers}")
                for line in pair.missed:
                    print("   ", line)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
