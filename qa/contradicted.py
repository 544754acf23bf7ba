"""A Finding → notices of what its reports print against its figures elsewhere: a sentence beside a table, a sum that is not reached, a rate that
its own figures do not make.

The rules are those of the audit, held against the places of the answer alone: the whole audit takes longer than the answer.
"""

from collections.abc import Iterable, Sequence

from corpus.amount import agree
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Scope, Source
from corpus.fact import Fact, Origin, Severity
from corpus.record import Record
from corpus.shelf import Shelf
from corpus.version import PROGRAM
from qa.desk import entries_of, printed
from qa.document import document_of
from qa.finding import Finding, Missing
from qa.rules.directions import change_has_its_sign
from qa.rules.parts import three_public_parts
from qa.rules.rates import completion, growth
from qa.rules.rule import Finding as Wrong
from qa.rules.sentences import agrees_with_itself, agrees_with_table
from qa.rules.shares import share
from qa.wording import comparable

RULES = (agrees_with_table, agrees_with_itself, completion, growth, share, change_has_its_sign, three_public_parts)
FEW = 6
"""Figures whose places are looked at: the many of a long list would take too long."""


def contradicted(result: Finding | Missing, shelf: Shelf) -> tuple[str, ...]:
    """What the reader must know of figures that their own report contradicts; () where nothing was found."""
    if isinstance(result, Missing):
        return ()
    facts = printed(dict.fromkeys(place for said in result.sentences for group in said.places for place in group if isinstance(place, Fact)))[:FEW]
    reports = [d for d in shelf.disclosures() if d.scope is not Scope.GOVERNMENT and any(fact.disclosure == d.id for fact in facts)]
    found = (notice for report in reports for notice in _in_report(report, [fact for fact in facts if fact.disclosure == report.id], shelf))
    return tuple(dict.fromkeys(found))


def _in_report(report: Disclosure, facts: Sequence[Fact], shelf: Shelf) -> Iterable[str]:
    every = tuple(entry.fact for entry in entries_of(shelf, report))
    places = {other.source for fact in facts for other in every if other is fact or _prints_same(other, fact)}
    for one in shelf.store.discrepancies(report.id):
        if one.severity is Severity.ERROR and places & set(one.sources):
            yield _notice(one.message, one.sources)
    document = document_of(_about(report, facts, every, shelf))
    for rule in RULES:
        for outcome in rule(document):
            if isinstance(outcome, Wrong) and outcome.severity is Severity.ERROR and any(one.source in places for one in outcome.evidence):
                yield _notice(outcome.message, [one.source for one in outcome.evidence])


def _prints_same(other: Fact, fact: Fact) -> bool:
    """Whether another place prints this very figure: an answer shows a few of them only."""
    if other.year != fact.year or other.measure is not fact.measure or other.amount is None or fact.amount is None or not other.item or not fact.item:
        return False
    return comparable(other.item[-1]) == comparable(fact.item[-1]) and agree(other.amount, fact.amount)


def _about(report: Disclosure, facts: Sequence[Fact], every: tuple[Fact, ...], shelf: Shelf) -> Record:
    """The report's tables and those of its paragraphs that speak of these facts or of what bears their name."""
    names = {comparable(fact.item[-1]) for fact in facts if fact.item}
    told = {fact.text for fact in every if fact.origin is Origin.PROSE and fact.item and _is_like(comparable(fact.item[-1]), names)}
    chunks = tuple(chunk for chunk in shelf.store.chunks([report.id], (ChunkKind.PARAGRAPH,)) if _holds(chunk, told))
    return Record(report, PROGRAM, shelf.store.tables([report.id]), every, chunks, (), ())


def _is_like(name: str, names: Iterable[str]) -> bool:
    return len(name) > 1 and any(len(other) > 1 and (name in other or other in name) for other in names)


def _holds(chunk: Chunk, sentences: Iterable[str]) -> bool:
    return any(sentence.strip() in chunk.text for sentence in sentences)


def _notice(message: str, sources: Iterable[Source]) -> str:
    pages = "、".join(map(str, sorted({source.page for source in sources if source.page})))
    return f"报告自身的数字有出入：{message}{f'（第{pages}页）' if pages else ''}。"
