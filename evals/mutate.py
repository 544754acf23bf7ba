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

from corpus.amount import WAN, YUAN, Amount, agree
from corpus.chunk import Chunk
from corpus.fact import Discrepancy, Fact, Measure, Origin
from corpus.record import Record
from corpus.table import Sums

Audit = Callable[[Record], Collection[Discrepancy]]
MEASURES = (Measure.AMOUNT, Measure.CHANGE, Measure.GROWTH, Measure.SHARE, Measure.COMPLETION, Measure.COUNT)
"""What is changed: figures that a disclosure states; not targets and scores of 绩效 tables."""
OTHER_UNIT = {"万元": YUAN, "元": WAN, "亿元": WAN}
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
    UNIT = "单位"
    """In a sentence: 万元 made 元, 元 made 万元, 亿元 made 万元."""


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


Why = Callable[[Record, Fact, Amount], str]
"""Why a figure changed to this amount can be noticed; '' where nothing printed contradicts it."""


def mutations(record: Record, count: int, seed: int, why: Why | None = None) -> tuple[Mutation, ...]:
    """`count` changes, the same for the same seed, over all kinds and all figures that are not 0."""
    chance = random.Random(seed)
    reason = why or (lambda record, fact, _: noticeable(record, fact))
    fit = [fact for fact in record.facts if _token(fact)]
    made: dict[tuple[str, str], Mutation] = {}
    for _ in range(count * 20):
        if len(made) >= count or not fit:
            break
        fact, kind = chance.choice(fit), chance.choice(list(Kind))
        for before, after in _spoilt(fact, kind, chance):
            amount = _amount(fact, after)
            made.setdefault((fact.id, after), Mutation(fact.id, kind, before, after, reason(record, fact, amount)))
    return tuple(made.values())[:count]


def _token(fact: Fact) -> str:
    """The number as it stands in the fact's text, where it stands there once; '' otherwise."""
    if fact.amount is None or not fact.amount.number or fact.measure not in MEASURES:
        return ""
    if fact.table_id and fact.origin is Origin.PROSE:
        return ""
    same = [t for t in _NUMBER.findall(fact.text) if Decimal(t.replace(",", "")) == abs(fact.amount.number)]
    return same[0] if len(same) == 1 else ""


def _spoilt(fact: Fact, kind: Kind, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The number as printed and as it is to be; nothing where the kind does not change it."""
    before = _token(fact)
    if kind is Kind.UNIT:
        yield from _other_unit(fact, before)
        return
    after = _spoil(before, kind, chance)
    if after and Decimal(after.replace(",", "")) != Decimal(before.replace(",", "")):
        yield before, after


def _other_unit(fact: Fact, before: str) -> Iterator[tuple[str, str]]:
    """The figure with its unit, where both stand together in a sentence."""
    assert fact.amount is not None, "a figure that is spoilt is there"
    other = OTHER_UNIT.get(fact.amount.unit.name)
    match = re.search(rf"{re.escape(before)}\s*{fact.amount.unit.name}", fact.text)
    if fact.origin is Origin.PROSE and other is not None and match:
        yield match[0], f"{before}{other.name}"


def _amount(fact: Fact, after: str) -> Amount:
    """What the spoilt print says; the words around it keep their sign (减少-3万元 is read as a rise of 3)."""
    assert fact.amount is not None, "a figure that is spoilt is there"
    match = re.match(r"(-?[\d,]+(?:\.\d+)?)(.*)", after)
    assert match is not None, "a spoilt figure is a figure"
    unit = next((u for u in (WAN, YUAN) if u.name == match[2]), fact.amount.unit)
    sign = -1 if fact.amount.number < 0 else 1
    return Amount(Decimal(match[1].replace(",", "")) * sign, unit)


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
        case Kind.UNIT:
            return ""


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
        chunks = tuple(_rewritten_chunk(chunk, fact, text) for chunk in record.chunks)
    return replace(record, facts=facts, chunks=chunks)


def _rewritten_chunk(chunk: Chunk, fact: Fact, text: str) -> Chunk:
    """The sentence is changed where it stands: another page may say the same."""
    here = any(source.page == fact.source.page for source in chunk.sources)
    return replace(chunk, text=chunk.text.replace(fact.text, text, 1)) if here else chunk


def _rewritten(other: Fact, fact: Fact, text: str, mutation: Mutation) -> Fact:
    if other.id == fact.id and fact.amount is not None:
        return replace(other, text=text, amount=_amount(fact, mutation.after))
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


def tally(record: Record, audit: Audit, count: int, seed: int, why: Why | None = None) -> Tally:
    """Audits the record, then each mutation of it; only what is new counts."""
    known = {_key(finding) for finding in audit(record)}
    noticed: list[Mutation] = []
    missed: list[Mutation] = []
    blind: list[Mutation] = []
    elsewhere = 0
    for mutation in mutations(record, count, seed, why):
        page = next(f.source.page for f in record.facts if f.id == mutation.fact)
        fresh = [finding for finding in audit(mutated(record, mutation)) if _key(finding) not in known]
        near = [finding for finding in fresh if any(source.page == page for source in finding.sources)]
        elsewhere += len(fresh) - len(near)
        (noticed if near else missed if mutation.noticeable else blind).append(mutation)
    return Tally(tuple(noticed), tuple(missed), tuple(blind), elsewhere)


def _key(finding: Discrepancy) -> tuple[str, str]:
    """What a finding says, without the count of places that repeat it."""
    return finding.rule, re.sub(r"（同一差额共出现\d+处）", "", finding.message)
