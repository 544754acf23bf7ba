"""Facts of a table of projects whose second name is the agency that carries each out → the same facts, the agency before the project.

项目名称 | 实施单位 | 金额: such a row is the project's, and the agency's own, as if it were printed under the agency's name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from corpus.fact import Fact
from qa.wording import comparable

_BODY = re.compile(r"(?:局|委员会|委|办公室|厅|处|所|站|馆|院|校|园|小学|中学|大学|中心|支队|大队|总队|机关|本级|本部|协会|街道)(?:[(](?:本级|机关|本部)[)])?")
_ROWS = 3
"""Projects of the smallest table that shows which of its names are agencies."""


def turned(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    kept = tuple(facts)
    tables: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for fact in kept:
        if fact.table_id and not fact.form and not fact.account and len(fact.item) > 1:
            tables[fact.table_id].add(fact.item)
    of_agencies = {table for table, items in tables.items() if _names_agencies(items)}
    return tuple(replace(fact, item=fact.item[::-1]) if fact.table_id in of_agencies and len(fact.item) == 2 else fact for fact in kept)


def _names_agencies(items: set[tuple[str, ...]]) -> bool:
    """Each project has one agency, and every second name ends as an agency's does."""
    if len(items) < _ROWS or any(len(item) != 2 for item in items) or len({item[0] for item in items}) < len(items):
        return False
    return all(_is_body(item[1]) for item in items) and not all(_is_body(item[0]) for item in items)


def _is_body(name: str) -> bool:
    plain = comparable(name)
    return len(plain) > 3 and any(match.end() == len(plain) for match in _BODY.finditer(plain))
