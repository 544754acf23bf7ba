"""One table's facts → Sums: every total it prints with the parts that must reach it, down its rows and across its columns."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from corpus.account import parent
from corpus.amount import UnitKind
from corpus.fact import Fact, Measure
from ingest.captions import squeezed
from ingest.columns import Column, Role
from ingest.headers import TOTAL
from ingest.rows import Row
from ingest.tables import Table


class Verdict(StrEnum):
    """What comparing a total with its parts says."""

    HOLDS = "相符"
    TAIL = "尾差"
    """The digits differ, but by no more than rounding can explain."""
    FAILS = "不符"
    UNCHECKED = "未核对"


@dataclass(frozen=True)
class Sum:
    """A printed total and its printed parts."""

    rule: str
    table: Table
    total: Fact
    parts: tuple[Fact, ...]
    verdict: Verdict
    difference: Decimal
    """Sum of the parts less the total, in the unit's base."""
    reason: str = ""
    """Why it was not checked."""

    @property
    def holds(self) -> bool:
        return self.verdict in (Verdict.HOLDS, Verdict.TAIL)

    @property
    def cells(self) -> tuple[Fact, ...]:
        return (self.total, *self.parts)


def compare(rule: str, table: Table, total: Fact, parts: Sequence[Fact]) -> Sum:
    """Compare a total with its parts on intervals. A blank part counts as nothing where the others reach the total.

    All figures of a sum are taken at the finest step printed in it: a sheet that prints 15 beside 21.56 means 15.00.
    """
    filled = [part for part in parts if part.amount is not None]
    if total.amount is None or not filled:
        return Sum(rule, table, total, tuple(parts), Verdict.UNCHECKED, Decimal(0), "合计或各分项空白")
    amounts = [fact.amount for fact in (total, *filled) if fact.amount is not None]
    if len({amount.unit.base for amount in amounts}) != 1:
        return Sum(rule, table, total, tuple(parts), Verdict.UNCHECKED, Decimal(0), "单位不一")
    difference = sum((amount.value for amount in amounts[1:]), Decimal(0)) - amounts[0].value
    step = min(amount.step for amount in amounts)
    verdict, reason = _judged(difference, step * len(amounts) / 2, sum((amount.step for amount in amounts), Decimal(0)) / 2)
    if verdict is Verdict.FAILS and len(filled) < len(parts) and difference * amounts[0].value <= 0:
        verdict, reason = Verdict.UNCHECKED, "有分项空白"
    return Sum(rule, table, total, tuple(parts), verdict, difference, reason)


def _judged(difference: Decimal, fine: Decimal, printed: Decimal) -> tuple[Verdict, str]:
    if difference == 0:
        return Verdict.HOLDS, ""
    if abs(difference) <= fine:
        return Verdict.TAIL, ""
    return (Verdict.UNCHECKED, "位数不一，四舍五入后无法判断") if abs(difference) <= printed else (Verdict.FAILS, "")


class Figures:
    """Money facts of one table by row and column."""

    def __init__(self, table: Table, facts: Sequence[Fact]) -> None:
        self.table = table
        self._at = {(fact.row, fact.col): fact for fact in facts if _is_money(fact, table)}

    def at(self, row: Row, column: Column) -> Fact | None:
        return self._at.get((row.index, column.index))

    def several(self, rows: Sequence[Row], column: Column) -> list[Fact]:
        return [fact for row in rows if (fact := self.at(row, column))]


def _is_money(fact: Fact, table: Table) -> bool:
    if fact.amount is None:
        return fact.measure is Measure.AMOUNT and bool(table.unit)
    return fact.measure is Measure.AMOUNT and fact.amount.unit.kind is UnitKind.MONEY


def sums_of(table: Table, facts: Sequence[Fact]) -> list[Sum]:
    """Every sum that the table's structure promises, checked."""
    figures = Figures(table, facts)
    found: list[Sum] = []
    for rule in (_code_levels, _code_totals, _outline_levels, _outline_totals, _column_totals):
        sums = list(rule(table, figures))
        found.extend(_understood(sums, table))
    return found


def _understood(sums: list[Sum], table: Table) -> list[Sum]:
    """A rule that fails more often than it holds has not understood the table: then nothing was checked."""
    sums = [_perhaps_incomplete(one) for one in sums]
    fails = sum(one.verdict is Verdict.FAILS for one in sums)
    holds = sum(one.holds for one in sums)
    few = fails <= 2 and (table.form or any(row.code for row in table.rows))
    if fails == 0 or holds > fails or few:
        return sums
    return [replace(one, verdict=Verdict.UNCHECKED, reason="表的层次不明") if one.verdict is Verdict.FAILS else one for one in sums]


def _perhaps_incomplete(one: Sum) -> Sum:
    """Parts short of the total in a table that is no standard form: nothing says that it lists them all.

    Learnt from a region's accounts: 公共安全支出 leaves out 国家安全, so its 款 do not reach the 类.
    """
    total = one.total.amount.value if one.total.amount else Decimal(0)
    short = one.verdict is Verdict.FAILS and not one.table.form and one.difference * total < 0
    return replace(one, verdict=Verdict.UNCHECKED, reason="分项可能没有列全") if short else one


def _groups(table: Table) -> Iterator[tuple[list[Row], list[tuple[Column, list[Row]]]]]:
    """Rows of a band, and each value column with the rows it serves; halves with the same value headers are one column."""
    for number, band in enumerate(table.bands):
        rows = [row for row in table.rows if row.band == number and (row.path or row.code)]
        yield rows, [(column, [row for row in rows if row.half == column.half]) for column in band.columns if column.role is Role.VALUE]


def _code_series(table: Table) -> Iterator[list[tuple[Row, Column]]]:
    """Rows with their value column, one series for each header: code groups side by side (基本支出表) form one series."""
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


def _code_levels(table: Table, figures: Figures) -> Iterator[Sum]:
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


def _nearest(code: str, known: dict[str, tuple[Row, Column]]) -> str:
    above = parent(code)
    while above and above not in known:
        above = parent(above)
    return above


STAFF = ("301", "303")
"""Economic classes of 人员经费; all others of a 基本支出表 are 公用经费."""


def _code_totals(table: Table, figures: Figures) -> Iterator[Sum]:
    """合计 = Σ类; 人员经费合计 = 301 + 303 and 公用经费合计 = the rest."""
    for series in _code_series(table):
        by_code = _coded(series)
        roots = {code: fact for code, place in by_code.items() if not _nearest(code, by_code) and (fact := figures.at(*place))}
        for row, column in series:
            total = figures.at(row, column)
            if row.total and not row.code and total and roots:
                if parts := _parts_named(squeezed(row.name), roots):
                    yield compare("parts_sum_to_total", table, total, parts)


def _parts_named(name: str, roots: dict[str, Fact]) -> list[Fact]:
    if "人员" in name:
        return [fact for code, fact in roots.items() if code in STAFF]
    if "公用" in name:
        return [fact for code, fact in roots.items() if code not in STAFF]
    return list(roots.values())


def _is_outline(rows: Sequence[Row]) -> bool:
    return not any(row.code for row in rows)


def _outline_levels(table: Table, figures: Figures) -> Iterator[Sum]:
    """A row = Σ the rows directly under it (一、财政拨款收入 = 1. + 2. + 3.); 其中 rows need not reach it."""
    for _, columns in _groups(table):
        for column, rows in columns:
            for row, children in _families(rows) if _is_outline(rows) else ():
                total = figures.at(row, column)
                if total and len(children) > 1 and not any(child.within for child in children):
                    yield compare("parts_sum_to_total", table, total, figures.several(children, column))


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


def _outline_totals(table: Table, figures: Figures) -> Iterator[Sum]:
    """本年收入合计 = Σ rows above; 总计 = 本年收入合计 + the rows between; a 合计 at the top = Σ rows below."""
    for _, columns in _groups(table):
        for column, rows in columns:
            for total_row, parts in _totalled(rows) if _is_outline(rows) else ():
                total = figures.at(total_row, column)
                if total and parts:
                    yield compare("parts_sum_to_total", table, total, figures.several(parts, column))


def _totalled(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Totals with their parts: 小计 of a merged group with the group's rows, 合计 with the outermost rows."""
    inner = [row for row in rows if row.total and len(row.path) > 1]
    for total in inner:
        fellows = [row for row in rows if row.path[:-1] == total.path[:-1] and not row.total and not row.within]
        yield total, fellows
    grouped = {total.path[:-1] for total in inner}
    child = {id(row) for _, children in _families(rows) for row in children}
    outer = [row for row in rows if id(row) not in child and row not in inner and row.path[:-1] not in grouped and not row.within]
    yield from _chained(outer, inner)


def _chained(rows: Sequence[Row], inner: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    if rows and rows[0].total:
        below = [row for row in rows[1:] if not row.total]
        yield rows[0], below if below and not any(row.total for row in rows[1:]) else list(inner) if not below else []
        return
    since: list[Row] = []
    for row in rows:
        if not row.total:
            since.append(row)
            continue
        if since and (not since[0].total or len(since) > 1):
            yield row, since
        since = [row]


def _column_totals(table: Table, figures: Figures) -> Iterator[Sum]:
    """合计 = 基本支出 + 项目支出: the columns under one header that print a 合计 or 小计 beside its parts."""
    for number, band in enumerate(table.bands):
        for half in band.halves:
            columns = band.of_half(half, Role.VALUE)
            for total, parts in _column_sums(columns):
                for row in (row for row in table.rows if row.band == number and row.half == half):
                    fact = figures.at(row, total)
                    found = [part for column in parts if (part := figures.at(row, column))]
                    if fact and len(found) == len(parts):
                        yield compare("columns_sum_to_total", table, fact, found)


def _column_sums(columns: Sequence[Column]) -> Iterator[tuple[Column, list[Column]]]:
    """(total, parts) for every header node; 预算数 and 决算数 under each item are summed apart."""
    for _, group in _by_stage(columns).items():
        nodes = {path[:depth] for path, _ in group for depth in range(len(path))}
        for node in sorted(nodes):
            total = _total_under(node, group)
            parts = _parts_under(node, group)
            if total and parts is not None and len(parts) > 1:
                yield total, parts


_STAGES = ("预算数", "决算数", "年初预算数", "调整预算数", "全年预算数", "执行数", "金额")
_Path = tuple[str, ...]


def _by_stage(columns: Sequence[Column]) -> dict[str, list[tuple[_Path, Column]]]:
    """Columns by the stage that their header ends in, with the header before it; stageless ones together."""
    groups: dict[str, list[tuple[_Path, Column]]] = defaultdict(list)
    for column in columns:
        path = tuple(squeezed(step) for step in column.header)
        staged = len(path) > 1 and path[-1] in _STAGES
        groups[path[-1] if staged else ""].append((path[:-1] if staged else path, column))
    return groups


def _names_total(step: str) -> bool:
    return TOTAL.search(step) is not None


def _total_under(node: _Path, group: Sequence[tuple[_Path, Column]]) -> Column | None:
    """The one 合计 column right under a header; None where there is none or several."""
    found = [column for path, column in group if path[:-1] == node and path and _names_total(path[-1])]
    return found[0] if len(found) == 1 else None


def _parts_under(node: _Path, group: Sequence[tuple[_Path, Column]]) -> list[Column] | None:
    """One column for each part under a header: itself, or its own 小计; None where a part has no one figure."""
    parts: list[Column] = []
    below = [(path, column) for path, column in group if path[: len(node)] == node and len(path) > len(node)]
    for step, members in groupby(below, key=lambda pair: pair[0][len(node)]):
        inside = list(members)
        if step.startswith("其中"):
            return None
        if len(inside) == 1 and len(inside[0][0]) == len(node) + 1:
            if not _names_total(step):
                parts.append(inside[0][1])
            continue
        total = _total_under((*node, step), inside)
        if total is None:
            return None
        parts.append(total)
    return parts


Rule = Callable[[Table, Figures], Iterator[Sum]]
