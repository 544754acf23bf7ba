"""Rule: what must hold in a disclosure; Finding, Held and NotChecked: what it says of each place that it looked at."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.amount import Interval, Unit, in_unit, plain, rounded
from corpus.disclosure import Source
from corpus.fact import Fact, Severity
from qa.document import Document, Paragraph, Said


@dataclass(frozen=True)
class Evidence:
    """A place in the file and what stands there."""

    source: Source
    quote: str


@dataclass(frozen=True)
class Finding:
    """A report at odds with itself, its form or arithmetic."""

    severity: Severity
    message: str
    """Chinese, for the reader, with the numbers in it."""
    evidence: tuple[Evidence, ...]
    expected: str = ""
    actual: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Held:
    """One place where the rule was applied and holds."""


@dataclass(frozen=True)
class NotChecked:
    """One place where the rule could not be applied, and why: never the same as held."""

    reason: str


Outcome = Finding | Held | NotChecked
HELD = Held()


@dataclass(frozen=True)
class Rule:
    """What must hold."""

    name: str
    """`sentence_agrees_with_table`."""
    title: str
    """Chinese, for the reader: 正文数字与表一致."""
    basis: str
    """Chinese: the form or rule of accounting that it rests on."""
    apply: Callable[[Document], Iterator[Outcome]]
    departments: bool = False
    """It rests on the forms of departments and says nothing of a whole government's books, whose sections speak of
    several governments in the same words."""


def said_at(said: Said) -> Evidence:
    return Evidence(said.source, said.quote)


def written_at(paragraph: Paragraph, start: int, end: int) -> Evidence:
    """The part of a paragraph around some characters, between 。 or ；."""
    return Evidence(paragraph.source_of(start), paragraph.segment(start, end))


def printed_at(fact: Fact) -> Evidence:
    """A cell, by the names of its row and column and its figure."""
    text = re.sub(r"\s*\n\s*", "", fact.text.strip())
    names = [*fact.item[-1:], *(step for step in fact.column[-1:] if step not in fact.item)]
    return Evidence(fact.source, " ".join((*(name for name in names if not text.startswith(name)), text)))


def error(message: str, evidence: Sequence[Evidence], expected: str = "", actual: str = "", formula: str = "") -> Finding:
    return Finding(Severity.ERROR, message, tuple(evidence), expected, actual, formula)


def wording(message: str, evidence: Sequence[Evidence], expected: str = "", actual: str = "", formula: str = "") -> Finding:
    return Finding(Severity.WORDING, message, tuple(evidence), expected, actual, formula)


def shown(value: Interval, unit: Unit, places: int) -> str:
    """The middle of an interval as a figure is printed."""
    return f"{plain(rounded(in_unit((value.low + value.high) / 2, unit), places))}{unit}"
