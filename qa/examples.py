"""Disclosures and their facts → questions for a newcomer to click on, each about a figure that the shelf holds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from corpus.amount import UnitKind
from corpus.disclosure import Disclosure, Kind
from corpus.fact import Fact, Measure

FactsOf = Callable[[str], Sequence[Fact]]
RECEPTION = "公务接待费"
SHORTEST, LONGEST = 4, 16
"""Characters of an item's name that reads well in a question."""
REASONS = 2
PUBLISHERS = 4
"""Disclosures that examples are drawn from: a shelf may hold hundreds."""
CODE_LENGTH = 7
"""Digits of a 项, the lowest functional account."""


def example_questions(disclosures: Sequence[Disclosure], facts_of: FactsOf) -> tuple[str, ...]:
    """The likeliest first, taken in turn from different publishers; () for an empty shelf."""
    chosen = _newest_of_each(disclosures)[:PUBLISHERS]
    columns = [list(_questions(disclosure, disclosures, facts_of(disclosure.id))) for disclosure in chosen]
    turns = (question for row in zip_longest(*columns) for question in row if question)
    return tuple(dict.fromkeys(turns))


def _newest_of_each(disclosures: Sequence[Disclosure]) -> list[Disclosure]:
    """One a publisher and kind, final accounts before budgets; a guessed identity serves only where none is sure."""
    sure = [disclosure for disclosure in disclosures if disclosure.certain] or disclosures
    newest: dict[tuple[str, Kind], Disclosure] = {}
    for disclosure in sorted(sure, key=lambda d: (d.year, d.id)):
        newest[disclosure.publisher, disclosure.kind] = disclosure
    return sorted(newest.values(), key=lambda d: (d.kind is not Kind.FINAL, -d.year, d.publisher))


def _questions(disclosure: Disclosure, all_of_them: Sequence[Disclosure], facts: Sequence[Fact]) -> Iterator[str]:
    named = f"{short_name(disclosure, all_of_them)}{disclosure.year}年"
    spent = "花了" if disclosure.kind is Kind.FINAL else "安排了"
    sure = [fact for fact in facts if fact.reliable and fact.year == disclosure.year and _positive_money(fact)]
    if any(fact.item and RECEPTION in fact.item[-1] for fact in sure):
        yield f"{named}{RECEPTION}{spent}多少？"
    for changed in _with_a_reason(facts, disclosure.year):
        yield f"{named}{changed}为什么变化？"
    yield f"{named}三公经费由哪几项构成？"
    yield f"{named}支出最多的是哪一类？"
    if largest := _largest_account(sure):
        yield f"{named}{largest}{spent}多少？"
    if _has_earlier(disclosure, all_of_them):
        yield f"{named}支出合计比上年增减多少？"


def short_name(disclosure: Disclosure, others: Sequence[Disclosure]) -> str:
    """The likeliest short name that means no other publisher of the shelf."""
    taken = {
        name
        for other in others
        if other.publisher != disclosure.publisher
        for name in (*other.aliases, other.publisher)
    }
    return next((alias for alias in disclosure.aliases if alias not in taken), disclosure.publisher)


def _positive_money(fact: Fact) -> bool:
    return fact.amount is not None and fact.amount.unit.kind is UnitKind.MONEY and fact.amount.number > 0


def _with_a_reason(facts: Iterable[Fact], year: int) -> list[str]:
    """Two at most, what people ask about first."""
    names = dict.fromkeys(fact.item[-1] for fact in facts if fact.reason and fact.item and fact.year == year and _reads_well(fact.item[-1]))
    return sorted(names, key=lambda name: (RECEPTION not in name, "、" in name))[:REASONS]


def _largest_account(facts: Iterable[Fact]) -> str:
    accounts = [f for f in facts if len(f.account) == CODE_LENGTH and f.measure is Measure.AMOUNT and f.item]
    named = [f for f in accounts if _reads_well(f.item[-1])]
    return max(named, key=lambda f: f.amount.value if f.amount else 0).item[-1] if named else ""


def _reads_well(name: str) -> bool:
    return SHORTEST <= len(name) <= LONGEST and "\n" not in name


def _has_earlier(disclosure: Disclosure, others: Iterable[Disclosure]) -> bool:
    earlier = (disclosure.publisher, disclosure.kind, disclosure.year - 1)
    return any((other.publisher, other.kind, other.year) == earlier for other in others)
