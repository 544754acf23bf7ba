"""Paragraphs and text cells → prose Facts: each figure of a sentence with what it measures and where it stands."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.disclosure import Disclosure, Kind, Source
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.heading import heading_item
from corpus.statement import Setting, Statement, statements


@dataclass(frozen=True)
class Passage:
    """A paragraph or a text cell, as prose facts need it."""

    number: int
    """Its place in the document: `Fact.row`."""
    headings: tuple[str, ...]
    text: str
    place: Callable[[int, int], Source]
    """Where the characters from start to end stand (on the page that the first of them is on)."""
    origin: Origin = Origin.PROSE
    reliable: bool = True
    basis: Basis = Basis.NONE
    """Of a text cell: what its column is headed (年度目标, 完成情况)."""


def prose_facts(passages: Sequence[Passage], disclosure: Disclosure, first: int) -> tuple[Fact, ...]:
    """One fact a figure, numbered from `first` on."""
    names = (disclosure.publisher, *disclosure.aliases)
    facts: list[Fact] = []
    for passage in passages:
        setting = setting_of(passage.headings, disclosure, names)
        for col, statement in enumerate(statements(passage.text, setting)):
            facts.append(_fact(passage, statement, disclosure, first + len(facts), col))
    return tuple(facts)


def setting_of(headings: tuple[str, ...], disclosure: Disclosure, names: tuple[str, ...]) -> Setting:
    """A section's own year goes before the report's: 一、2018年预算执行情况 in a report on 2019's draft. What is told of a part of a year is no outturn yet."""
    years = [int(match[1]) for heading in headings for match in re.finditer(r"((?:19|20)\d{2})\s*年", heading)]
    last = years[-1] if years and abs(years[-1] - disclosure.year) == 1 else disclosure.year
    past = last < disclosure.year and any(re.search(r"执行|完成|决算", heading) for heading in headings)
    return Setting(last if past else disclosure.year, disclosure.kind, names, heading_item(headings), past and disclosure.kind is Kind.BUDGET or bool(disclosure.part))


def _fact(passage: Passage, statement: Statement, disclosure: Disclosure, number: int, col: int) -> Fact:
    start, end = statement.sentence
    return Fact(
        id=f"{disclosure.id}-{number}", disclosure=disclosure.id, table_id="", row=passage.number, col=col, table=_title(passage.headings, statement.day), form="",
        item=statement.subject, account="", column=(), measure=statement.measure, basis=_basis(passage, statement), versus=statement.versus, year=statement.year,
        amount=statement.amount, source=passage.place(*_clause(passage.text, statement)), origin=passage.origin, reliable=passage.reliable,
        text=passage.text[start:end].strip(), reason=statement.reason,
    )  # fmt: skip


def _basis(passage: Passage, statement: Statement) -> Basis:
    """A target is no outcome: 新建绿道30公里 in the column 年度目标, 33.5公里 in 完成情况."""
    return passage.basis if statement.measure in (Measure.COUNT, Measure.OTHER) else statement.basis


def _title(headings: tuple[str, ...], day: str) -> str:
    """Where a sentence stands; of a stock with the day it is counted on, where the sentence itself does not say it."""
    return " › ".join(headings) + (f"（{day}）" if day else "")


def _clause(text: str, statement: Statement) -> tuple[int, int]:
    """What is boxed: the clause of the figure, from the mark before it to the mark behind it."""
    marks = [match.end() for match in re.finditer(r"[，。；：\n]", text[: statement.start])]
    stop = re.search(r"[，。；\n]", text[statement.end :])
    return (max(marks[-1] if marks else 0, statement.sentence[0]), statement.end + (stop.start() if stop else len(text) - statement.end))
