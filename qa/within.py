"""A desk whose question names a whole and one of its parts (机关运行经费里水电费, 国有资产占用情况里写…车) → the desk of that whole's own figures.

Only for words that nothing fits as they stand: what the whole does not hold is still found nowhere.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from corpus.fact import Fact, Origin
from qa.book import Entry
from qa.desk import Desk
from qa.question import smooth, understand
from qa.wording import comparable

_INSIDE = re.compile(r"(?:里面?|里头|当中|之中|中(?!小|央|心|国|学|医|级|等))(?:所?[写列]的?|的)?(?=[一-龥]{2})")
_SHORTEST = 4
_FORMS = {"基本支出": "基本支出表", "三公经费": "三公经费表"}


def within(desk: Desk) -> Desk | None:
    """None where no whole of the report is named, or its figures are all that were looked through."""
    text = smooth(desk.question.text)
    for said in _INSIDE.finditer(text):
        kept = _held(desk, text[: said.start()])
        if not kept:
            continue
        whole, entries = kept
        rest = understand(text[: said.start() - len(whole)] + " " + text[said.end() :], desk.scope.disclosures)
        question = replace(desk.question, text=rest.text, items=_very_names(rest.items, rest.said, entries), whole="", counters=rest.counters, things=rest.things)
        return replace(desk, question=replace(question, said=question.items), book=replace(desk.book, entries=entries)) if question.items else None
    return None


def _held(desk: Desk, before: str) -> tuple[str, tuple[Entry, ...]] | None:
    """The longest name at the end of the words, and the figures that stand under it."""
    for start in range(max(len(before) - 20, 0), len(before) - _SHORTEST + 1):
        name = comparable(before[start:])
        entries = tuple(entry for entry in desk.book.entries if _under(entry.fact, name)) if len(name) >= _SHORTEST else ()
        if entries:
            return before[start:], entries
    return None


def _under(fact: Fact, name: str) -> bool:
    if fact.form and fact.form == _FORMS.get(name) or any(comparable(above) == name for above in fact.item[:-1]):
        return True
    return fact.origin is Origin.PROSE and _is_headed(fact.table.split(" › ")[-1], name)


def _is_headed(heading: str, name: str) -> bool:
    """国有资产占用情况 for the heading 国有资产占有使用情况: its signs in their order, from the first to the last, and most of them."""
    plain = re.sub(r"说明$", "", comparable(heading))
    signs = iter(plain)
    alike = plain[:2] == name[:2] and plain[-2:] == name[-2:] and 3 * len(name) >= 2 * len(plain)
    return alike and all(sign in signs for sign in name)


def _very_names(items: tuple[str, ...], said: tuple[str, ...], entries: Collection[Entry]) -> tuple[str, ...]:
    """水电费 as the words say it, where the whole prints it so; else as reports print it mostly (水费 电费)."""
    names = {comparable(entry.fact.item[-1]) for entry in entries if entry.fact.item}
    if len(items) != len(said):
        return items
    return tuple(own if comparable(own) in names else item for item, own in zip(items, said, strict=True))
