"""An answer's text and what it rests on → every figure traced: 有出处, 可推算 or 无出处. Nothing untraced is shown."""

import re
from collections.abc import Iterable
from decimal import Decimal

from corpus.amount import WAN, Amount, UnitKind, in_unit, rounded
from corpus.number import find_mentions
from qa.finding import Finding, Missing, Quote
from qa.reply import Figure, Reply, Trace

Key = tuple[Decimal, str]
_CITED = re.compile(r"\[\d+\]")


def trace(text: str, result: Finding | Missing, premises: str = "") -> tuple[Figure, ...]:
    """Each figure of the text and what was found for it. `premises` is the reader's own question: its words may be repeated."""
    printed = {_key(amount) for amount in _printed(result)}
    computed = {_key(amount) for amount in (*(one.result for one in getattr(result, "calculations", ())), *result.counted)}
    ends = _ends(result) if isinstance(result, Finding) else set()
    asked = {_key(mention.amount) for mention in find_mentions(premises)}
    return tuple(Figure(mention.text, _trace(mention.amount, printed, computed | ends, asked)) for mention in find_mentions(text))


def untraced(figures: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(figure.text for figure in figures if figure.trace is Trace.NONE)


def retraced(text: str, reply: Reply) -> tuple[Figure, ...] | None:
    """Figures of a text that words a reply anew, each traced as the reply's own was; None when the text holds a figure or
    a citation that the reply does not, or loses one of its citations."""
    known = {_key(mention.amount): figure.trace for figure in reply.figures for mention in find_mentions(figure.text)}
    if set(_CITED.findall(text)) != set(_CITED.findall(reply.text)):
        return None
    mentions = find_mentions(_CITED.sub("", text))
    if any(known.get(_key(mention.amount), Trace.NONE) is Trace.NONE for mention in mentions):
        return None
    return tuple(Figure(mention.text, known[_key(mention.amount)]) for mention in mentions)


def _trace(amount: Amount, printed: set[Key], computed: set[Key], asked: set[Key]) -> Trace:
    key = _key(amount)
    if key in printed:
        return Trace.PRINTED
    if key in computed or _converted(amount, printed | computed):
        return Trace.COMPUTED
    return Trace.PRINTED if key in asked else Trace.NONE


def _key(amount: Amount) -> Key:
    return abs(amount.value), amount.unit.base


def _printed(result: Finding | Missing) -> Iterable[Amount]:
    for sentence in result.sentences:
        for group in sentence.places:
            for place in group:
                if isinstance(place, Quote):
                    yield from (mention.amount for mention in find_mentions(place.text))
                    continue
                if place.amount is not None:
                    yield place.amount
                yield from (mention.amount for mention in find_mentions(place.text))


def _ends(result: Finding) -> set[Key]:
    """The ends of a result's interval, as `calculate.spread` prints them."""
    return {
        (abs(rounded(in_unit(end, calculation.result.unit), 2) * calculation.result.unit.factor), calculation.result.unit.base)
        for calculation in result.calculations
        for end in (calculation.interval.low, calculation.interval.high)
    }


def _converted(amount: Amount, known: set[Key]) -> bool:
    """万元 from 元, rounded to two decimals."""
    if amount.unit.kind is not UnitKind.MONEY or amount.unit != WAN:
        return False
    return any(base == amount.unit.base and rounded(in_unit(value, WAN), 2) == abs(amount.number) for value, base in known)
