"""A table's rows → Sums down its columns: 类 = Σ款, 合计 = Σ类, 一、 = Σ 1. 2., 本年收入合计, 总计."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.account import parent
from corpus.fact import Fact
from ingest.captions import squeezed
from ingest.columns import Column, Role
from ingest.compare import Figures, Sum, compare
from ingest.labels import Row
from ingest.tables import Table

STAFF = ("301", "303")
"""Economic classes of 人员经费; all others of a 基本支出表 are 公用经费."""


def code_levels(table: Table, figures: Figures) -> Iterator[Sum]:
    """类 = Σ款, 款 = Σ项."""
    for series in _code_series(table):
        by_code = _coded(series)
        children: dict[str, list[Fact]] = defaultdict(list)
        for code, (row, column) in by_code.items():
            above = _nearest(code, by_code)
            if above and (fact := figures.at(row, column)):
                children[above].append(fact)
        for code, parts in children.items():
            if total := figures.at(*by_code[code]):
                yield compare("parts_sum_to_total", table, total, parts)


def code_totals(table: Table, figures: Figures) -> Iterator[Sum]:
    """合计 = Σ类; 人员经费合计 = 301 + 303 and 公用经费合计 = the rest."""
    for series in _code_series(table):
        by_code = _coded(series)
        roots = {
            code: fact
            for code, place in by_code.items()
            if not _nearest(code, by_code) and (fact := figures.at(*place))
        }
        for row, column in series:
            total = figures.at(row, column)
            parts = _parts_named(squeezed(row.name), roots)
            if row.total and not row.code and total and parts:
                yield compare("parts_sum_to_total", table, total, parts)


def _parts_named(name: str, roots: dict[str, Fact]) -> list[Fact]:
    if "人员" in name:
        return [fact for code, fact in roots.items() if code in STAFF]
    if "公用" in name:
        return [fact for code, fact in roots.items() if code not in STAFF]
    return list(roots.values())


def _code_series(table: Table) -> Iterator[list[tuple[Row, Column]]]:
    """Rows with their value column, one series a header: code groups side by side (基本支出表) form one series."""
    for number, band in enumerate(table.bands):
        series: dict[tuple[int, str], list[tuple[Row, Column]]] = defaultdict(list)
        for half in band.halves:
            rows = [row for row in table.rows if row.band == number and row.half == half and (row.path or row.code)]
            for place, column in enumerate(band.of_half(half, Role.VALUE)):
                header = squeezed(column.header[-1]) if column.header else ""
                series[place, header].extend((row, column) for row in rows)
        yield from series.values()


def _coded(series: list[tuple[Row, Column]]) -> dict[str, tuple[Row, Column]]:
    """Rows by code; {} where a code stands twice (a table listed by agency repeats its codes)."""
    codes = [row.code for row, _ in series if row.code]
    return {row.code: (row, column) for row, column in series if row.code} if len(set(codes)) == len(codes) else {}


def _nearest(code: str, known: dict[str, tuple[Row, Column]]) -> str:
    above = parent(code)
    while above and above not in known:
        above = parent(above)
    return above


def outline_levels(table: Table, figures: Figures) -> Iterator[Sum]:
    """A row = Σ the rows directly under it (一、财政拨款收入 = 1. + 2. + 3.); 其中 rows need not reach it."""
    for _, columns in value_columns(table):
        for column, rows in columns:
            for row, children in _families(rows) if _is_outline(rows) else ():
                total = figures.at(row, column)
                if total and len(children) > 1 and not any(child.within for child in children):
                    yield compare("parts_sum_to_total", table, total, figures.several(children, column))


def outline_totals(table: Table, figures: Figures) -> Iterator[Sum]:
    """本年收入合计 = Σ rows above; 总计 = 本年收入合计 + the rows between; a 合计 at the top = Σ rows below."""
    for _, columns in value_columns(table):
        for column, rows in columns:
            for total_row, parts in _totalled(rows) if _is_outline(rows) else ():
                total = figures.at(total_row, column)
                if total and parts:
                    yield compare("parts_sum_to_total", table, total, figures.several(parts, column))


def value_columns(table: Table) -> Iterator[tuple[list[Row], list[tuple[Column, list[Row]]]]]:
    """Rows of a band, and each value column with the rows that it serves."""
    for number, band in enumerate(table.bands):
        rows = [row for row in table.rows if row.band == number and (row.path or row.code)]
        yield (
            rows,
            [
                (column, [row for row in rows if row.half == column.half])
                for column in band.columns
                if column.role is Role.VALUE
            ],
        )


def _is_outline(rows: Sequence[Row]) -> bool:
    return not any(row.code for row in rows) or _is_listed_by_agency(rows)


def _is_listed_by_agency(rows: Sequence[Row]) -> bool:
    """Agencies without code, each with its 科目 right under it: the codes come again for each."""
    agencies = {row.path for row in rows if not row.code and not row.total and len(row.path) == 1}
    coded = [row for row in rows if row.code]
    return bool(agencies) and all(len(row.path) == 2 and row.path[:1] in agencies for row in coded)


def _families(rows: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """Each row with those whose path goes on from its own: 货物A › 办公设备购置费 is a child of 货物A."""
    paths = [row.path for row in rows if not row.total]
    known = {row.path: row for row in rows if not row.total and paths.count(row.path) == 1}
    children: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.total and (above := _above(row, known)) is not None:
            children[above].append(row)
    return [(known[path], below) for path, below in children.items()]


def _above(row: Row, known: dict[tuple[str, ...], Row]) -> tuple[str, ...] | None:
    return next((row.path[:n] for n in range(len(row.path) - 1, 0, -1) if row.path[:n] in known), None)


def _totalled(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Totals with their parts: 小计 of a merged group with the group's rows, 合计 with the outermost rows."""
    inner = [row for row in rows if row.total and len(row.path) > 1]
    for total in inner:
        fellows = [row for row in rows if row.path[:-1] == total.path[:-1] and not row.total and not row.within]
        yield total, fellows
    kinds = [row for row in rows if _VEHICLE_KIND.search(squeezed(row.name))]
    if len(kinds) == 2 and not any(kind.path[:-1] in (row.path for row in rows) for kind in kinds):
        yield from ((row, kinds) for row in rows if _VEHICLES.search(squeezed(row.name)))
    grouped = {total.path[:-1] for total in inner}
    child = {id(row) for _, children in _families(rows) for row in children}
    outer = [
        row
        for row in rows
        if id(row) not in child and row not in inner and row.path[:-1] not in grouped and not row.within and not _of_vehicles(row, rows)
    ]
    yield from _chained(outer, inner)


_VEHICLES = re.compile(r"公务用车购置[及和与]运行(?:维护)?费?用?(?:支出)?$")
_VEHICLE_KIND = re.compile(r"公务用车(?:购置|运行(?:维护)?)费?用?(?:支出)?$")


def _of_vehicles(row: Row, rows: Sequence[Row]) -> bool:
    """公务用车购置费 and 公务用车运行维护费 are the parts of 公务用车购置及运行维护费 where that has a row, numbered and set in or not.
    Learnt from districts' tables of 三公经费."""
    return _VEHICLE_KIND.search(squeezed(row.name)) is not None and any(_VEHICLES.search(squeezed(other.name)) for other in rows)


def _chained(rows: Sequence[Row], inner: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    if rows and rows[0].total:
        below = [row for row in rows[1:] if not row.total]
        yield rows[0], below if below and not any(row.total for row in rows[1:]) else list(inner) if not below else []
        return
    since: list[Row] = []
    for row in rows:
        if not row.total:
            since.extend(() if _of_carried(row, since) else (row,))
            continue
        if since and (not since[0].total or len(since) > 1):
            yield row, since
        since = [row]


_ACCOUNT = re.compile(r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)(?:财政)?拨款")


def _of_carried(row: Row, since: Sequence[Row]) -> bool:
    """一般公共预算财政拨款 under 年初财政拨款结转和结余 says which money was carried over: a part of it, no further part of 总计."""
    return bool(since) and "结转" in squeezed(since[-1].name) and _ACCOUNT.fullmatch(squeezed(row.name)) is not None
