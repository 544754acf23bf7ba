"""A Finding → notices of what its reports print against its figures elsewhere: a sentence beside a table, a sum that is not reached, a rate that
its own figures do not make.

The rules are those of the audit, held against the places of the answer alone: the whole audit takes longer than the answer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.amount import agree
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Scope, Source
from corpus.fact import Discrepancy, Fact, Origin, Severity
from corpus.record import Record
from corpus.shelf import Shelf
from corpus.version import PROGRAM
from qa.desk import facts_of, printed
from qa.document import document_of
from qa.finding import Finding, Missing
from qa.rules.agencies import counted_as_listed
from qa.rules.directions import change_has_its_sign
from qa.rules.execution import execution
from qa.rules.figures import twin_tables_agree
from qa.rules.parts import grants_changes, parts_make_total, three_public_changes, three_public_parts
from qa.rules.procurement import small_within_whole
from qa.rules.projects import form_as_in_list, planned_as_on_form
from qa.rules.rates import completion, growth
from qa.rules.rule import Finding as Wrong
from qa.rules.sentences import agrees_with_itself, agrees_with_table
from qa.rules.shares import share
from qa.wording import comparable

RULES = (
    agrees_with_table, agrees_with_itself, completion, growth, share, change_has_its_sign, three_public_parts, three_public_changes, grants_changes,
    parts_make_total, small_within_whole, planned_as_on_form, form_as_in_list, execution,
    counted_as_listed, twin_tables_agree,
)  # fmt: skip
FEW = 6
"""Figures whose places are looked at: the many of a long list would take too long."""
SHORT = 12
"""Paragraphs of a section that is looked at whole: what a total is made of may stand in the next ones."""


def contradicted(result: Finding | Missing, shelf: Shelf) -> tuple[str, ...]:
    """What the reader must know of figures that their own report contradicts; () where nothing was found."""
    if isinstance(result, Missing):
        return ()
    facts = printed(dict.fromkeys(place for said in result.sentences for group in said.places for place in group if isinstance(place, Fact)))[:FEW]
    reports = [d for d in shelf.disclosures() if d.scope is not Scope.GOVERNMENT and any(fact.disclosure == d.id for fact in facts)]
    found = (notice for report in reports for notice in _in_report(report, [fact for fact in facts if fact.disclosure == report.id], shelf))
    return tuple(dict.fromkeys(found))


def _in_report(report: Disclosure, facts: Sequence[Fact], shelf: Shelf) -> Iterable[str]:
    every = facts_of(shelf, report)
    places = {other.source for fact in facts for other in every if other.source == fact.source or _prints_same(other, fact)}
    for one in shelf.store.discrepancies(report.id):
        if one.severity is Severity.ERROR and places & (_sources(one, every) if _of_unit(one) else set(one.sources)):
            yield _notice(one.message, one.sources)
    document = document_of(_about(report, facts, every, shelf))
    for rule in RULES:
        for outcome in rule(document):
            if isinstance(outcome, Wrong) and outcome.severity is Severity.ERROR and any(one.source in places for one in outcome.evidence):
                yield _notice(outcome.message, [one.source for one in outcome.evidence])


def _of_unit(one: Discrepancy) -> bool:
    """Whether two tables print the same digits of different units: then one table's unit is wrong, in every row."""
    bare = [re.sub(r"[^\d.]", "", text) for text in (one.expected, one.actual)]
    return one.rule == "tables_agree" and bare[0] == bare[1] and one.expected != one.actual


def _sources(one: Discrepancy, every: Iterable[Fact]) -> set[Source]:
    """All that the tables print in which a finding stands."""
    facts = list(every)
    tables = {fact.table_id for fact in facts if fact.table_id and fact.source in one.sources}
    return {fact.source for fact in facts if fact.table_id in tables}


def _prints_same(other: Fact, fact: Fact) -> bool:
    """Whether another place prints this very figure: an answer shows a few of them only."""
    if other.year != fact.year or other.measure is not fact.measure or other.amount is None or fact.amount is None or not other.item or not fact.item:
        return False
    return comparable(other.item[-1]) == comparable(fact.item[-1]) and agree(other.amount, fact.amount)


def _about(report: Disclosure, facts: Sequence[Fact], every: tuple[Fact, ...], shelf: Shelf) -> Record:
    """The report's tables and those of its paragraphs that speak of these facts or of what bears their name."""
    names = {comparable(fact.item[-1]) for fact in facts if fact.item}
    told = {fact.text for fact in every if fact.origin is Origin.PROSE and fact.item and _is_like(comparable(fact.item[-1]), names)}
    paragraphs = shelf.store.chunks([report.id], (ChunkKind.PARAGRAPH,))
    near = {chunk.headings for chunk in paragraphs if _holds(chunk, told)}
    short = {headings for headings, count in Counter(chunk.headings for chunk in paragraphs).items() if headings in near and count <= SHORT}
    chunks = tuple(chunk for chunk in paragraphs if chunk.headings in short or _holds(chunk, told))
    return Record(report, PROGRAM, shelf.store.tables([report.id]), every, chunks, (), ())


def _is_like(name: str, names: Iterable[str]) -> bool:
    return len(name) > 1 and any(len(other) > 1 and (name in other or other in name) for other in names)


def _holds(chunk: Chunk, sentences: Iterable[str]) -> bool:
    return any(sentence.strip() in chunk.text for sentence in sentences)


def _notice(message: str, sources: Iterable[Source]) -> str:
    pages = "、".join(map(str, sorted({source.page for source in sources if source.page})))
    return f"报告自身的数字有出入：{message}{f'（第{pages}页）' if pages else ''}。"
