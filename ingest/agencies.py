"""Labels of a table that lists a department's spending by agency (单位) → Rows, each under the agency that it is of.

Sichuan's forms print a row with the agency's name alone and under it its 科目 or projects, each with the agency's code.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.captions import joined, squeezed
from ingest.columns import Band, Role
from ingest.labels import Cells, Label, Row, is_total


def by_agency(labels: Sequence[Label]) -> bool:
    """Whether rows with an agency's code stand under rows that print none: the names of the agencies."""
    return any(heads(label, below) for label, below in zip(labels, labels[1:], strict=False))


def heads(label: Label, below: Label) -> bool:
    """A name without 科目, followed by a row of its agency: it prints no code itself, or the same one."""
    named = bool(label.parts) and not label.code and not is_total(label.parts) and bool(below.agency)
    return named and (not label.agency or bool(below.code) and below.agency == label.agency)


def under_agencies(rows: Sequence[Row], labels: Sequence[Label]) -> list[Row]:
    """Rows with the agency's name above their own, in a table listed by agency; all others as they are."""
    if not by_agency(labels):
        return list(rows)
    placed: list[Row] = []
    agency = ""
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        below = labels[number + 1] if number + 1 < len(labels) else None
        if below and heads(label, below):
            agency = label.parts[-1]
            placed.append(replace(row, path=(agency,), depth=0))
        elif label.agency and agency and row.path:
            placed.append(replace(row, path=(agency, row.path[-1]), depth=row.depth + 1))
        else:
            placed.append(row)
    return placed


def without_codes_of_projects(labels: Sequence[Label], band: Band, half: int) -> list[Label]:
    """单位名称（项目）: the rows are projects, and the 科目 code beside each is that of what pays for it, no name of it."""
    names = [squeezed(column.header[-1]) for column in band.of_half(half, Role.NAME) if column.header]
    projects = any("项目" in name for name in names) and not any("科目" in name for name in names)
    return [replace(label, code="", misprinted=False) for label in labels] if projects else list(labels)


_RECORD = re.compile(r"^(?:预算)?(?:单位|部门|项目|政策)名称$")


def record_of(cells: Cells, band: Band, half: int, row: int) -> tuple[str, ...]:
    """Of a row in the right part of a table: the agency and project whose names, drawn down over several rows on its left, it belongs to."""
    names = band.of_half(0, Role.NAME) if half else []
    if not names or any(not column.header or not _RECORD.match(squeezed(column.header[-1])) for column in names):
        return ()
    drawn = {column.index: [cells.covering(n, column.index) for n in range(*band.body)] for column in names}
    if not any(cell is not None and cell.rowspan > 1 for found in drawn.values() for cell in found):
        return ()
    own = (cells.covering(row, column.index) for column in names)
    return tuple(joined(cell.text) for cell in own if cell is not None and cell.text.strip())
