"""Bands → Rows: each half's rows with their 科目 code, label path and level."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.account import level, parent
from corpus.fact import Origin
from ingest.agencies import by_agency, record_of, under_agencies, without_codes_of_projects
from ingest.columns import Band
from ingest.headers import counts_columns
from ingest.join import Joined
from ingest.labels import Cells, Label, Row, is_total, labels_of
from ingest.outline import by_outline

SAME_INDENT = 3.0
"""Points within which two labels begin at the same indent."""

SCANNED_INDENT = 7.0
"""The same on a scan, which may be skewed."""


def rows_of(table: Joined, bands: Sequence[Band]) -> tuple[Row, ...]:
    """The rows of every band and half, in order."""
    cells = Cells(table)
    play = SCANNED_INDENT if table.origin is Origin.OCR else SAME_INDENT
    rows: list[Row] = []
    counting = _counting(table)
    for number, band in enumerate(bands):
        for half in band.halves:
            labels = labels_of(cells, band, half)
            if by_agency(labels):
                labels = without_codes_of_projects(labels, band, half)
            coded = sum(bool(label.code) for label in labels) * 2 >= max(1, len(labels))
            placed = under_agencies(_by_code(labels) if coded else by_outline(labels, play), labels)
            placed = [replace(row, path=(*record_of(cells, band, half, row.index), *row.path)) for row in placed]
            rows.extend(replace(row, half=half, band=number) for row in placed if row.index not in counting)
    return tuple(rows)


def _counting(table: Joined) -> set[int]:
    """Rows that number the columns (a 栏次 row below the header, or repeated on a later page)."""
    texts: dict[int, list[str]] = defaultdict(list)
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        texts[cell.row].append(cell.text)
    return {row for row, printed in texts.items() if counts_columns(printed)}


def _by_code(labels: Sequence[Label]) -> list[Row]:
    """Paths by code prefix: (201 一般公共服务支出, 20139 社会工作事务, 2013901 行政运行)."""
    names = {label.code: label.parts[-1] for label in labels if label.code and label.parts}
    rows = []
    for label in labels:
        path = tuple(names[code] for code in _ancestors(label.code) if code in names) + label.parts[-1:]
        depth = level(label.code) - 1 if label.code else 0
        within = bool(label.parts) and label.parts[-1].startswith("其中")
        rows.append(
            Row(
                label.index,
                0,
                0,
                path if label.code else label.parts,
                label.code,
                label.misprinted,
                depth,
                is_total(label.parts),
                within,
            )
        )
    return rows


def _ancestors(code: str) -> list[str]:
    chain: list[str] = []
    while code := parent(code):
        chain.insert(0, code)
    return chain
