"""The nine tables of 第二部分, rebuilt from the report's prose, from tables.json.

The original printed them as pictures, of which no text survives. A cell is filled only where the prose states its
amount or its sum follows from amounts that the prose states; every other cell is blank. `wrong_sums` holds that.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

Row = tuple[str | None, ...]
"""Printed strings; None: merged into the cell to its left."""
ALIGN = {"c": "centre", "t": "text", "r": "figure"}


@dataclass(frozen=True)
class PictureTable:
    """One table as the picture shows it."""

    number: int
    title: str
    organisation: str
    unit: str
    landscape: bool
    skew: float
    """Degrees that the picture is turned, as a sheet on a scanner."""
    widths: tuple[int, ...]
    align: str
    header: tuple[tuple[tuple[str, int, int], ...], ...]
    """Rows of (text, columns spanned, rows spanned)."""
    rows: tuple[Row, ...]
    note: str
    foot: str


def read_tables(path: Path) -> tuple[PictureTable, ...]:
    """All nine, in their order."""
    return tuple(_table(item) for item in json.loads(path.read_text(encoding="utf-8")))


def _table(item: dict[str, Any]) -> PictureTable:
    header = tuple(tuple((str(t), int(c), int(r)) for t, c, r in row) for row in item["header"])
    rows = tuple(tuple(row) for row in item["rows"])
    return PictureTable(**{**item, "header": header, "rows": rows, "widths": tuple(item["widths"])})


def amount(cell: str | None) -> Decimal | None:
    """A blank cell is no amount; it is not zero."""
    return Decimal(cell.replace(",", "")) if cell else None


def total(amounts: list[Decimal | None]) -> Decimal | None:
    """The sum of what is printed; None when nothing is."""
    printed = [a for a in amounts if a is not None]
    return sum(printed, Decimal(0)) if printed else None


def wrong_sums(tables: tuple[PictureTable, ...]) -> tuple[str, ...]:
    """Every sum that does not hold to the last digit, in words; none in the shipped report."""
    return tuple(problem for table in tables for problem in (*_code_sums(table), *_named_sums(table, tables)))


def _code_sums(table: PictureTable) -> Iterator[str]:
    """类 = its 款, 款 = its 项, 合计 = the 类: in each column of a table with one column of codes."""
    if table.header[0][0][0] != "项目":
        return
    for column in range(2, len(table.widths)):
        cells = {row[0] or "": amount(row[column]) for row in table.rows if row[0]}
        for code, printed in cells.items():
            parts = [a for c, a in cells.items() if _is_part(c, code)]
            if (parts or code == "合计") and total(parts) != printed:
                yield f"表{table.number} 第{column + 1}列 {code}: 印 {printed}, 各项合计 {total(parts)}"


def _is_part(code: str, whole: str) -> bool:
    if whole == "合计":
        return len(code) == 3
    return code.startswith(whole) and len(code) == len(whole) + 2


Pair = tuple[Decimal | None, Decimal | None]


def _named_sums(table: PictureTable, tables: tuple[PictureTable, ...]) -> Iterator[str]:
    """The sums across columns, and those that tie one table to another."""
    _, _, spent, basic, _ = tables[4].rows[0]
    rules = {1: _ends_meet, 2: _across, 3: _across, 4: _by_fund, 5: _across, 6: _two_kinds, 7: _three_items}
    rule = rules.get(table.number)
    for left, right in rule(table, amount(spent), amount(basic)) if rule else ():
        if left != right:
            yield f"表{table.number}: {left} 与 {right} 不等"


def _ends_meet(table: PictureTable, spent: Decimal | None, basic: Decimal | None) -> Iterator[Pair]:
    """Income, the 类 and both totals come to the year's expenditure."""
    yield total([amount(row[1]) for row in table.rows if "、" in (row[0] or "")]), spent
    yield total([amount(row[3]) for row in table.rows if "、" in (row[2] or "")]), spent
    for row in table.rows:
        if (row[0] or "").endswith("计"):
            yield amount(row[1]), spent
            yield amount(row[3]), spent


def _by_fund(table: PictureTable, spent: Decimal | None, basic: Decimal | None) -> Iterator[Pair]:
    """As in table 1, and what each 类 spent is the sum of the funds that it came from."""
    yield from _ends_meet(table, spent, basic)
    yield from ((amount(row[3]), total([amount(cell) for cell in row[4:]])) for row in table.rows)


def _across(table: PictureTable, spent: Decimal | None, basic: Decimal | None) -> Iterator[Pair]:
    """Each row's first amount is what its others come to; the first row is the year's."""
    yield amount(table.rows[0][2]), spent
    yield from ((amount(row[2]), total([amount(cell) for cell in row[3:]])) for row in table.rows)


def _two_kinds(table: PictureTable, spent: Decimal | None, basic: Decimal | None) -> Iterator[Pair]:
    """人员经费 + 公用经费 = 基本支出."""
    yield total([amount(table.rows[-1][2]), amount(table.rows[-1][5])]), basic


def _three_items(table: PictureTable, spent: Decimal | None, basic: Decimal | None) -> Iterator[Pair]:
    """合计 = 出国 + 公车小计 + 接待, for 预算数 and for 决算数; 公车小计 = 购置 + 运行 where both are printed."""
    for half in (table.rows[0][:6], table.rows[0][6:]):
        whole, abroad, cars, bought, run, guests = (amount(cell) for cell in half)
        yield whole, total([abroad, cars, guests])
        if bought is not None and run is not None:
            yield cars, bought + run


def table_html(table: PictureTable) -> str:
    """The sheet that is photographed: title, corner lines, the ruled table, note and foot."""
    columns = "".join(f'<col style="width:{w}%">' for w in table.widths)
    header = "".join("<tr>" + "".join(_th(*cell) for cell in row) + "</tr>" for row in table.header)
    body = "".join(_tr(row, table.align) for row in table.rows)
    corner = f"<span>{table.organisation}</span><span>{table.unit}</span>"
    return (
        f'<div class="sheet"><h1>{table.title}</h1><p class="corner">{corner}</p>'
        f"<table><colgroup>{columns}</colgroup>{header}{body}</table>"
        f'<p class="note">{table.note}</p><p class="foot">{table.foot}</p></div>'
    )


def _th(text: str, columns: int, rows: int) -> str:
    return f'<th colspan="{columns}" rowspan="{rows}">{html.escape(text)}</th>'


def _tr(row: Row, align: str) -> str:
    cells = []
    for i, text in enumerate(row):
        if text is None:
            continue
        merged = row[i + 1 : i + 2] == (None,)
        kind = "centre" if merged or (text or "")[-1:] == "计" else ALIGN[align[i]]
        cells.append(f'<td class="{kind}" colspan="{2 if merged else 1}">{html.escape(text)}</td>')
    return "<tr>" + "".join(cells) + "</tr>"
