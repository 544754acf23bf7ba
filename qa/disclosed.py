"""What the disclosures give for a claim: Disclosed (one value with formula and places), Looked (all of them, or why there is none)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.amount import Amount, UnitKind, in_unit, rounded
from corpus.fact import Fact
from qa.calculate import Calculation
from qa.change import operand
from qa.claim import Claim
from qa.find import Found
from qa.finding import Finding, Place
from qa.naming import label_of


@dataclass(frozen=True)
class Disclosed:
    """A value that the disclosures give for what a claim is about."""

    amount: Amount
    """As printed, or as worked out."""
    value: Decimal
    """In the base of the unit, unrounded."""
    label: str
    formula: str
    places: tuple[Place, ...]
    computed: bool = False


@dataclass(frozen=True)
class Looked:
    """All that was found for a claim: its values (each of them right), others that the words fit as well, or why there is none."""

    values: tuple[Disclosed, ...] = ()
    rivals: tuple[Disclosed, ...] = ()
    missing: str = ""


def of_fact(found: Found) -> Disclosed:
    fact = found.fact
    assert fact.amount is not None
    return Disclosed(fact.amount, fact.amount.value, label_of(fact), f"披露数 {fact.amount}", found.facts)


def of_rival(fact: Fact) -> Disclosed:
    assert fact.amount is not None
    return Disclosed(fact.amount, fact.amount.value, " › ".join(fact.item[-2:]), f"披露数 {fact.amount}", (fact,))


def of_calculation(worked: Calculation, label: str) -> Disclosed:
    middle = (worked.interval.low + worked.interval.high) / 2
    if worked.result.unit.kind is UnitKind.PERCENT and rounded(middle, 2) != worked.result.number:
        middle = worked.result.value  # 62.51 of 20万元: the middle of what whole numbers stand for is off (312.74% for 312.55%)
    return Disclosed(worked.result, middle, label, worked.formula, tuple(fact for part in worked.operands for fact in part.facts[:1]), True)


def of_finding(result: object) -> Looked:
    if not isinstance(result, Finding) or not result.answered:
        return Looked(missing="报告没有披露")
    places = tuple(place for sentence in result.sentences for group in sentence.places for place in group[:1])
    label = result.answered[0].label
    if result.calculations:
        made = of_calculation(result.calculations[0], label)
        return Looked((replace(made, places=places),))
    given = result.answered[0].amount
    return Looked((Disclosed(given, given.value, label, f"披露数 {given}", places),))


def worked_out(work: Callable[..., Calculation], first: Found, second: Found, label: str) -> Disclosed | None:
    try:
        return of_calculation(work(operand(first), operand(second)), label)
    except (ZeroDivisionError, ValueError):
        return None


def as_rounded(claim: Claim, worked: Disclosed) -> Disclosed | None:
    """A difference as writers reckon it: both figures rounded to the place that the text writes, then subtracted.

    18,976.76万元 - 15,621.11万元 = 3,355.65万元, where the tables' 元 give 3,355.6428万元 (万里街道 2025).
    """
    facts = [place for place in worked.places if isinstance(place, Fact) and place.amount is not None]
    stated = claim.amount
    if stated is None or stated.unit.kind is not UnitKind.MONEY or len(facts) != 2 or worked.amount.unit.kind is not UnitKind.MONEY:
        return None
    first, second = (in_unit(fact.amount.value, stated.unit) for fact in facts if fact.amount)
    places = max(0, -int(stated.number.as_tuple().exponent))
    one, other = rounded(first, places), rounded(second, places)
    if first - second != in_unit(worked.value, stated.unit):
        return None
    made = Amount(one - other, stated.unit)
    return replace(worked, amount=made, value=made.value, formula=f"{Amount(one, stated.unit)} - {Amount(other, stated.unit)} = {made}")


def consistent(values: Sequence[Disclosed], worked: Disclosed) -> bool:
    return not values or abs(values[0].value - worked.value) <= Decimal("0.6") * values[0].amount.step
