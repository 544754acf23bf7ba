"""A drawn report → facts.jsonl: every figure that its sheets print, with item, column, unit and pages."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from evals.synth_page import Cell, Report, Sheet

Pages = Mapping[str, tuple[int, ...]]
Row = dict[str, Any]


def facts(report: Report, pages: Pages) -> Iterator[Row]:
    """In the order of the sheets; blank cells are no facts."""
    for sheet in (block for block in report.blocks if isinstance(block, Sheet)):
        for row in sheet.rows:
            place = pages[f"{sheet.form}/{row_key(row)}"]
            yield from (_fact(report, sheet, cell, place) for cell in row if cell.measures and cell.text)


def row_key(row: tuple[Cell, ...]) -> str:
    """As the typesetting names a row: by its code, else by its name or first figure."""
    texts = [cell.text for cell in row]
    codes = "".join(text for text in texts[:3] if text.isdigit())
    return codes or next((text for text in texts if text), "")


def _fact(report: Report, sheet: Sheet, cell: Cell, pages: tuple[int, ...]) -> Row:
    number = Decimal(cell.text.replace(",", ""))
    return {
        "file": report.file, "publisher": report.publisher, "year": report.year, "kind": str(report.style.kind), "form": sheet.form, "table": sheet.title,
        "item": list(cell.item), "account": cell.account, "column": list(cell.column), "basis": cell.basis, "text": cell.text, "value": str(number),
        "unit": sheet.unit, "pages": list(pages), "picture": sheet.picture,
    }  # fmt: skip
