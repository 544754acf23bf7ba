"""Mutations: one disclosure as read → the same with one printed number changed, and whether an audit notices.

A table cell is changed alone; a number in a sentence is changed in every fact and chunk that holds the sentence.
Not every change can be noticed: a number that stands once and enters no sum contradicts nothing. `noticeable` says why
one can be, before any audit is asked.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from corpus.amount import Amount, agree
from corpus.fact import Discrepancy, Fact, Measure, Origin
from corpus.record import Record
from corpus.table import Sums

Audit = Callable[[Record], Collection[Discrepancy]]
_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d])")


class Kind(StrEnum):
    """How a number is spoilt."""

    DIGIT = "数字"
    """One digit another."""
    SWAP = "换位"
    """Two neighbouring digits exchanged."""
    MAGNITUDE = "数量级"
    """The decimal point one place on: ten times as much."""
    SIGN = "正负"
    """A minus put before it."""


@dataclass(frozen=True)
class Mutation:
    """One number changed."""

    fact: str
    """`Fact.id`."""
    kind: Kind
    before: str
    after: str
    """As it then stands in print."""
    noticeable: str
    """Why it can be noticed: 另处也写着, 进入合计; '' when it cannot."""


@dataclass(frozen=True)
class Tally:
    """What an audit noticed."""

    noticed: tuple[Mutation, ...]
    missed: tuple[Mutation, ...]
    """Those that could be noticed and were not."""
    blind: tuple[Mutation, ...]
    """Those that nothing in the report contradicts, and that were not noticed."""
    elsewhere: int
    """New findings on pages that the change does not touch."""

    @property
    def share(self) -> float:
        """Noticed of what can be noticed."""
        able = sum(1 for m in self.noticed if m.noticeable) + len(self.missed)
        return sum(1 for m in self.noticed if m.noticeable) / able if able else 0.0

    @property
    def kinds(self) -> dict[str, int]:
        """Missed ones by kind."""
        return dict(Counter(str(m.kind) for m in self.missed))


def mutations(record: Record, count: int, seed: int) -> tuple[Mutation, ...]:
    """`count` changes, the same for the same seed, over all kinds and all figures of money that are not 0."""
    chance = random.Random(seed)
    fit = [fact for fact in record.facts if _token(fact)]
    made: dict[tuple[str, str], Mutation] = {}
    for _ in range(count * 20):
        if len(made) >= count or not fit:
            break
        fact, kind = chance.choice(fit), chance.choice(list(Kind))
        for before, after in _spoilt(fact, kind, chance):
            made.setdefault((fact.id, after), Mutation(fact.id, kind, before, after, noticeable(record, fact)))
    return tuple(made.values())[:count]


def _token(fact: Fact) -> str:
    """The number as it stands in the fact's text, where it stands there once; '' otherwise."""
    if fact.amount is None or not fact.amount.number or fact.measure is not Measure.AMOUNT:
        return ""
    same = [t for t in _NUMBER.findall(fact.text) if Decimal(t.replace(",", "")) == abs(fact.amount.number)]
    return same[0] if len(same) == 1 else ""


def _spoilt(fact: Fact, kind: Kind, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The number as printed and as it is to be; nothing where the kind does not change it."""
    before = _token(fact)
    after = _spoil(before, kind, chance)
    if after and Decimal(after.replace(",", "")) != Decimal(before.replace(",", "")):
        yield before, after


def _spoil(text: str, kind: Kind, chance: random.Random) -> str:
    places = [i for i, char in enumerate(text) if char.isdigit()]
    match kind:
        case Kind.SIGN:
            return f"-{text}"
        case Kind.MAGNITUDE:
            return _tenfold(text)
        case Kind.DIGIT:
            at = chance.choice(places)
            other = chance.choice([d for d in "123456789" if d != text[at]])
            return text[:at] + other + text[at + 1 :]
        case Kind.SWAP:
            pairs = [(a, b) for a, b in zip(places, places[1:], strict=False) if text[a] != text[b]]
            return _swapped(text, *chance.choice(pairs)) if pairs else ""


def _tenfold(text: str) -> str:
    """Ten times, with as many decimals as before."""
    number = Decimal(text.replace(",", ""))
    exponent = number.as_tuple().exponent
    return f"{number * 10:.{-exponent if isinstance(exponent, int) and exponent < 0 else 0}f}"


def _swapped(text: str, a: int, b: int) -> str:
    chars = list(text)
    chars[a], chars[b] = chars[b], chars[a]
    return "".join(chars)


def mutated(record: Record, mutation: Mutation) -> Record:
    """The record as it would have been read from the spoilt print."""
    fact = next(fact for fact in record.facts if fact.id == mutation.fact)
    text = fact.text.replace(mutation.before, mutation.after, 1)
    facts = tuple(_rewritten(other, fact, text, mutation) for other in record.facts)
    chunks = record.chunks
    if fact.origin is Origin.PROSE:
        chunks = tuple(replace(c, text=c.text.replace(fact.text, text)) for c in record.chunks)
    return replace(record, facts=facts, chunks=chunks)


def _rewritten(other: Fact, fact: Fact, text: str, mutation: Mutation) -> Fact:
    if other.id == fact.id and fact.amount is not None:
        number = Decimal(mutation.after.replace(",", ""))
        sign = -1 if fact.amount.number < 0 else 1
        return replace(other, text=text, amount=Amount(number * sign, fact.amount.unit))
    shared = fact.origin is Origin.PROSE and other.origin is Origin.PROSE and other.text == fact.text
    return replace(other, text=text) if shared else other


def noticeable(record: Record, fact: Fact) -> str:
    """Why a change of this number can be noticed, '' when nothing contradicts it."""
    if any(_repeats(fact, other) for other in record.facts):
        return "另处也写着"
    holds = {table.id for table in record.tables if table.sums is Sums.HOLD}
    return "进入合计" if fact.table_id in holds else ""


def _repeats(fact: Fact, other: Fact) -> bool:
    """The same item, stage and year with the same amount at another place."""
    if other.id == fact.id or other.amount is None or fact.amount is None or not fact.item or not other.item:
        return False
    same = (fact.item[-1], fact.basis, fact.year, fact.measure) == (
        other.item[-1], other.basis, other.year, other.measure
    )
    return same and agree(fact.amount, other.amount)


def tally(record: Record, audit: Audit, count: int, seed: int) -> Tally:
    """Audits the record, then each mutation of it; only what is new counts."""
    known = {_key(finding) for finding in audit(record)}
    noticed: list[Mutation] = []
    missed: list[Mutation] = []
    blind: list[Mutation] = []
    elsewhere = 0
    for mutation in mutations(record, count, seed):
        page = next(f.source.page for f in record.facts if f.id == mutation.fact)
        fresh = [finding for finding in audit(mutated(record, mutation)) if _key(finding) not in known]
        near = [finding for finding in fresh if any(source.page == page for source in finding.sources)]
        elsewhere += len(fresh) - len(near)
        (noticed if near else missed if mutation.noticeable else blind).append(mutation)
    return Tally(tuple(noticed), tuple(missed), tuple(blind), elsewhere)


def _key(finding: Discrepancy) -> tuple[str, str]:
    return finding.rule, finding.message
