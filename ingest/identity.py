"""Record and Correction → the record under its right identity, as if it had been read so; nothing is read again.

The year and kind of a report say which year and 口径 its figures are of, where their own headers and sentences do not.
Both are told anew by the same functions that told them when the file was read. Tried on every report at hand: a figure
whose words do not give what was read (a paragraph that is kept cut up) cannot be told anew, and is withheld.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.chunk import ChunkKind
from corpus.correction import AsRead, Correction
from corpus.disclosure import Disclosure
from corpus.fact import Fact
from corpus.record import Record
from corpus.statement import Statement, statements
from ingest.measures import basis_of, year_of
from ingest.prose import setting_of

LONGEST_RUN = 8
"""Chunks that one long paragraph may have been cut into."""
Told = tuple[str, tuple[str, ...]]
"""A paragraph and the headings above it."""


def identified(record: Record, correction: Correction | None) -> Record:
    """With None, or with what had been read anyway, the record is as it was read."""
    record = restored(record)
    if correction is None or _identity(correction) == _identity(record.disclosure):
        return record
    old, new = record.disclosure, correction.of(record.disclosure)
    told = {fact.id: fact for fact in _told_anew(record, old, new)}
    kept = tuple(told[fact.id] for fact in record.facts if fact.id in told)
    changed = tuple(fact for fact in record.facts if told.get(fact.id) != fact)
    return replace(record, disclosure=new, facts=kept, as_read=AsRead(correction, old, changed))


def restored(record: Record) -> Record:
    """The record as the program had read it."""
    if record.as_read is None:
        return record
    read = {fact.id: fact for fact in record.as_read.facts}
    facts = [fact for fact in record.facts if fact.id not in read] + list(read.values())
    facts.sort(key=lambda fact: int(fact.id.rpartition("-")[2]))
    return replace(record, disclosure=record.as_read.disclosure, facts=tuple(facts), as_read=None)


def _told_anew(record: Record, old: Disclosure, new: Disclosure) -> Iterator[Fact]:
    if _speaks(old) == _speaks(new):
        yield from record.facts
        return
    yield from (_cell_anew(fact, old, new) for fact in record.facts if fact.table_id)
    paragraphs = tuple(_paragraphs(record))
    prose = sorted((fact for fact in record.facts if not fact.table_id), key=lambda fact: (fact.row, fact.col))
    for _, group in groupby(prose, key=lambda fact: fact.row):
        yield from _sentences_anew(list(group), paragraphs, old, new)


def _identity(who: Correction | Disclosure) -> tuple[object, ...]:
    return who.publisher, who.year, who.kind, who.scope


def _speaks(d: Disclosure) -> tuple[object, ...]:
    """What of an identity a figure's meaning hangs on."""
    return d.year, d.kind, d.publisher, d.aliases


def _cell_anew(fact: Fact, old: Disclosure, new: Disclosure) -> Fact:
    label = fact.item[-1] if fact.item else ""
    years = [year_of(label, fact.column, fact.table, d.year) for d in (old, new)]
    bases = [basis_of(fact.column, fact.table, d.kind, fact.measure) for d in (old, new)]
    year = years[1] if fact.year == years[0] else fact.year
    return replace(fact, year=year, basis=bases[1] if fact.basis is bases[0] else fact.basis)


def _paragraphs(record: Record) -> Iterator[Told]:
    """Every line of every chunk, and the paragraphs that were cut into several chunks put together again."""
    prose = [chunk for chunk in record.chunks if chunk.kind is ChunkKind.PARAGRAPH]
    for chunk in prose:
        yield from ((line, chunk.headings) for line in chunk.text.split("\n"))
    for start in range(len(prose)):
        for end in range(start + 2, min(start + LONGEST_RUN, len(prose)) + 1):
            run = prose[start:end]
            if any(chunk.headings != run[0].headings for chunk in run):
                break
            yield "".join(chunk.text for chunk in run), run[0].headings


def _sentences_anew(facts: Sequence[Fact], paragraphs: Sequence[Told], old: Disclosure, new: Disclosure) -> Iterator[Fact]:
    """The figures of one paragraph, read under the new identity where reading it under the old gives what stands."""
    for text, headings in (*_holding(facts, paragraphs), *_cells(facts)):
        before, after = (statements(text, setting_of(headings, d, (d.publisher, *d.aliases))) for d in (old, new))
        if len(before) == len(facts) and all(map(_says, before, facts)):
            yield from map(_as_said, facts, after)
            return
    yield from (fact for fact in facts if f"{fact.year}年" in fact.text and old.kind is new.kind)


def _holding(facts: Sequence[Fact], paragraphs: Sequence[Told]) -> Iterator[Told]:
    for text, headings in paragraphs:
        if " › ".join(headings) == facts[0].table and all(fact.text in text for fact in facts):
            yield text, headings


def _cells(facts: Sequence[Fact]) -> Iterator[Told]:
    """A text cell holds its sentences and nothing else."""
    yield "".join(dict.fromkeys(fact.text for fact in facts)), tuple(facts[0].table.split(" › "))


def _says(said: Statement, fact: Fact) -> bool:
    return (said.subject, said.measure, said.basis, said.versus, said.year, said.amount) == (
        fact.item, fact.measure, fact.basis, fact.versus, fact.year, fact.amount,
    )  # fmt: skip


def _as_said(fact: Fact, said: Statement) -> Fact:
    return replace(fact, item=said.subject, measure=said.measure, basis=said.basis, versus=said.versus, year=said.year)
