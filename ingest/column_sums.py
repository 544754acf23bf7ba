"""A table's header → Sums across its columns: 合计 = 基本支出 + 项目支出, 小计 = 购置费 + 运行费."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.captions import squeezed
from ingest.columns import Column, Role
from ingest.compare import Figures, Sum, compare
from ingest.headers import TOTAL
from ingest.tables import Table

_STAGES = ("预算数", "决算数", "年初预算数", "调整预算数", "全年预算数", "执行数", "金额")

_Path = tuple[str, ...]


def column_totals(table: Table, figures: Figures) -> Iterator[Sum]:
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
