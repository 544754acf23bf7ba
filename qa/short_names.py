"""A question that calls a row by what everybody calls it (农村低保, 城市特困) → the question with the row's name, where one row alone bears it.

城市低保对象 or 低保标准 are other things than the money of the row: only the bare name is made out.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from qa.book import Entry
from qa.question import Question
from qa.wording import comparable, core

_LONG = (
    (re.compile(r"(?P<whose>城市|农村)低保金?(?:支出)?"), "最低生活保障金"),
    (re.compile(r"(?P<whose>城市|农村)特困(?:人员)?(?:救助)?(?:供养)?(?:支出)?"), "特困人员救助供养"),
    (re.compile(r"(?P<whose>)城乡低保金?(?:支出)?"), "最低生活保障"),
)


def by_short_name(question: Question, entries: Iterable[Entry]) -> Question:
    """As it is where things are counted, no item is so called, or the report's forms print no such row."""
    if question.counters or question.things:
        return question
    items = rows_called(question.items, entries)
    return replace(question, items=items, said=tuple(map(comparable, items))) if items != question.items else question


def rows_called(items: tuple[str, ...], entries: Iterable[Entry]) -> tuple[str, ...]:
    """The names of the rows that these items are short for; the items themselves where they are none."""
    if not any(_long(item) for item in items):
        return items
    names = {core(entry.fact.item[-1]): entry.fact.item[-1] for entry in entries if entry.fact.item and entry.fact.account}
    return tuple(names.get(core(_long(item)), item) if _long(item) else item for item in items)


def _long(item: str) -> str:
    return next((f"{said['whose']}{name}" for pattern, name in _LONG if (said := pattern.fullmatch(item.replace(" ", "")))), "")
