"""Packing: core types into compact JSON arrays and back, without loss (a Decimal keeps its trailing zeros).

A fact is packed in two: its head (what all figures of one column of one table share) and the rest. A report of 3,000
facts has some 60 heads, which makes it small on disk and quick to read.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from corpus.amount import Amount, Unit, UnitKind
from corpus.chunk import Chunk, ChunkKind
from corpus.correction import AsRead, Correction
from corpus.disclosure import Box, Disclosure, Kind, Scope, Source
from corpus.errors import SPOILT, ShelfError
from corpus.fact import Basis, Discrepancy, Fact, Measure, Origin, Severity
from corpus.table import Sums, TableInfo

Packed = list[Any]
_HALF = re.compile("[\ud800-\udfff]")


def dump(packed: Packed) -> str:
    """JSON; half characters (a damaged font, an undecodable file name) are escaped, for no database takes them."""
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def load(text: str) -> Packed:
    """What `dump` made. Raises ShelfError: a database file may be whole to its database and yet hold a row that is not."""
    try:
        return json.loads(text)  # type: ignore[no-any-return]
    except (ValueError, RecursionError) as error:  # of rows that are read together, each may lack its end
        raise ShelfError(SPOILT) from error


def load_all(texts: Iterable[str]) -> list[Packed]:
    return load(f"[{','.join(texts)}]")


@dataclass(frozen=True)
class Head:
    """What the facts of one column of one table share."""

    disclosure: str
    table_id: str
    table: str
    form: str
    column: tuple[str, ...]
    measure: Measure
    basis: Basis
    versus: str
    unit: Unit | None
    file: str
    origin: Origin


def head_of(fact: Fact) -> Head:
    unit = fact.amount.unit if fact.amount else None
    return Head(
        fact.disclosure, fact.table_id, fact.table, fact.form, fact.column, fact.measure, fact.basis, fact.versus,
        unit, fact.source.file, fact.origin,
    )  # fmt: skip


def pack_head(head: Head) -> Packed:
    unit = [head.unit.name, head.unit.kind, str(head.unit.factor), head.unit.base] if head.unit else None
    return [
        head.disclosure, head.table_id, head.table, head.form, head.column, head.measure, head.basis, head.versus,
        unit, head.file, head.origin,
    ]  # fmt: skip


def unpack_head(p: Packed) -> Head:
    return Head(
        p[0], p[1], p[2], p[3], tuple(p[4]), Measure(p[5]), Basis(p[6]), p[7],
        _unit(*p[8]) if p[8] else None, p[9], Origin(p[10]),
    )  # fmt: skip


@cache
def _unit(name: str, kind: str, factor: str, base: str) -> Unit:
    return Unit(name, UnitKind(kind), Decimal(factor), base)


def pack_fact(fact: Fact) -> Packed:
    """All but the head. The text is left out where it is the number as printed (most cells)."""
    number = str(fact.amount.number) if fact.amount else None
    source = fact.source
    return [
        fact.id, fact.row, fact.col, fact.item, fact.account, fact.year, number, source.page, source.box, source.place,
        int(fact.reliable), None if fact.text == number else fact.text, fact.reason,
    ]  # fmt: skip


def unpack_fact(head: Head, p: Packed) -> Fact:
    number = p[6]
    return Fact(
        p[0], head.disclosure, head.table_id, p[1], p[2], head.table, head.form, tuple(p[3]), p[4], head.column,
        head.measure, head.basis, head.versus, p[5], _amount(number, head.unit),
        Source(head.file, p[7], tuple(p[8]) if p[8] else None, p[9]), head.origin, p[10] == 1,
        number if p[11] is None else p[11], p[12],
    )  # fmt: skip


def _amount(number: str | None, unit: Unit | None) -> Amount | None:
    return None if number is None or unit is None else Amount(Decimal(number), unit)


def pack_source(source: Source) -> Packed:
    return [source.file, source.page, source.box, source.place]


def unpack_source(p: Packed) -> Source:
    box: Box | None = tuple(p[2]) if p[2] else None
    return Source(p[0], p[1], box, p[3])


def _sources(packed: list[Packed]) -> tuple[Source, ...]:
    return tuple(unpack_source(p) for p in packed)


def pack_disclosure(d: Disclosure) -> Packed:
    evidence = [pack_source(s) for s in d.evidence]
    return [d.id, d.sha256, d.file, d.publisher, d.aliases, d.year, d.kind, d.scope, d.pages, evidence, d.certain, d.read_as, d.part]


def unpack_disclosure(p: Packed) -> Disclosure:
    return Disclosure(
        p[0], p[1], p[2], p[3], tuple(p[4]), p[5], Kind(p[6]), Scope(p[7]), p[8], _sources(p[9]), p[10],
        p[11] if len(p) > 11 else "", p[12] if len(p) > 12 else "",
    )  # fmt: skip


def pack_correction(c: AsRead) -> Packed:
    said, facts = c.correction, [[pack_head(head_of(fact)), pack_fact(fact)] for fact in c.facts]
    return [[said.publisher, said.aliases, said.year, said.kind, said.scope], pack_disclosure(c.disclosure), facts]


def unpack_correction(p: Packed) -> AsRead:
    publisher, aliases, year, kind, scope = p[0]
    facts = tuple(unpack_fact(unpack_head(head), fact) for head, fact in p[2])
    return AsRead(Correction(publisher, tuple(aliases), year, Kind(kind), Scope(scope)), unpack_disclosure(p[1]), facts)


def pack_table(t: TableInfo) -> Packed:
    sources = [pack_source(s) for s in t.sources]
    return [t.id, t.disclosure, t.title, t.form, t.unit, sources, t.origin, t.sums, t.empty, t.note]


def unpack_table(p: Packed) -> TableInfo:
    return TableInfo(p[0], p[1], p[2], p[3], p[4], _sources(p[5]), Origin(p[6]), Sums(p[7]), p[8], p[9])


def pack_chunk(c: Chunk) -> Packed:
    return [c.id, c.disclosure, c.kind, c.headings, c.text, [pack_source(s) for s in c.sources]]


def unpack_chunk(p: Packed) -> Chunk:
    return Chunk(p[0], p[1], ChunkKind(p[2]), tuple(p[3]), p[4], _sources(p[5]))


def pack_discrepancy(d: Discrepancy) -> Packed:
    sources = [pack_source(s) for s in d.sources]
    return [d.rule, d.severity, d.message, sources, d.expected, d.actual, d.formula]


def unpack_discrepancy(p: Packed) -> Discrepancy:
    return Discrepancy(p[0], Severity(p[1]), p[2], _sources(p[3]), p[4], p[5], p[6])
