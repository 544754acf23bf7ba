"""Paragraphs and text cells → prose Facts: each figure of a sentence with what it measures and where it stands."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.disclosure import Disclosure, Source
from corpus.fact import Fact, Origin
from corpus.statement import Setting, Statement, statements

_NO_ITEM = re.compile(r"情况说明|总体情况|结构情况|具体情况|概况|其他.*说明|说明$")


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


def prose_facts(passages: Sequence[Passage], disclosure: Disclosure, first: int) -> tuple[Fact, ...]:
    """One fact a figure, numbered from `first` on."""
    names = (disclosure.publisher, *disclosure.aliases)
    facts: list[Fact] = []
    for passage in passages:
        setting = Setting(disclosure.year, disclosure.kind, names, heading_item(passage.headings))
        for col, statement in enumerate(statements(passage.text, setting)):
            facts.append(_fact(passage, statement, disclosure, first + len(facts), col))
    return tuple(facts)


def heading_item(headings: Sequence[str]) -> str:
    """What a section is about, for sentences that name no item: 七、财政拨款“三公”经费支出决算情况说明."""
    for heading in reversed(headings):
        bare = re.sub(r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．])\s*", "", heading.strip())
        item = re.sub(r"(?:支出|收入)?(?:预算|决算)?(?:支出)?(?:安排|总体|结构|具体)?(?:情况)?(?:说明)?$", "", bare)
        if item and not re.search(r"部门概况|单位概况|主要职|机构设置|名词解释|第.部分|编制说明|其他重要|其他相关|年度", item):
            return item
    return ""


def _fact(passage: Passage, statement: Statement, disclosure: Disclosure, number: int, col: int) -> Fact:
    start, end = statement.sentence
    return Fact(
        id=f"{disclosure.id}-{number}", disclosure=disclosure.id, table_id="", row=passage.number, col=col, table=" › ".join(passage.headings), form="",
        item=statement.subject, account="", column=(), measure=statement.measure, basis=statement.basis, versus=statement.versus, year=statement.year,
        amount=statement.amount, source=passage.place(*_clause(passage.text, statement)), origin=passage.origin, reliable=passage.reliable,
        text=passage.text[start:end].strip(), reason=statement.reason,
    )  # fmt: skip


def _clause(text: str, statement: Statement) -> tuple[int, int]:
    """What is boxed: the clause of the figure, from the mark before it to the mark behind it."""
    marks = [match.end() for match in re.finditer(r"[，。；：\n]", text[: statement.start])]
    stop = re.search(r"[，。；\n]", text[statement.end :])
    return (max(marks[-1] if marks else 0, statement.sentence[0]), statement.end + (stop.start() if stop else len(text) - statement.end))
