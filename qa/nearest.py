"""A row found under another name than the one asked for → what must be said of it: asked back beside a row that fits as well, or named."""

from os.path import commonprefix

from corpus.fact import Fact, Measure
from qa.desk import Desk
from qa.find import Found
from qa.wording import bigrams, core, head


def other_name(desk: Desk, found: Found) -> str:
    """The row's own name, where the words asked for are no part of it: 城乡社区事务 is not 城乡社区管理事务. '' where they are, or in prose and own tables."""
    fact = found.fact
    if not (fact.form or fact.account) or not fact.item or len(desk.question.items) != 1 or fact.column and bigrams(core(desk.phrase)) & bigrams(fact.column[-1]):
        return ""
    asked, name = core(desk.phrase), core(head(fact.item[-1]))
    similar = len(asked) >= 4 and bool(commonprefix((asked[::-1], name[::-1])))
    return fact.item[-1] if similar and not bigrams(asked) <= bigrams(name) and not bigrams(name) <= bigrams(asked) else ""


def rivals_of_name(desk: Desk, found: Found) -> tuple[Fact, ...]:
    """Rows that the same words may mean: the row above that begins like them, and rows beside it that end like them."""
    fact, asked = found.fact, core(desk.phrase)
    return tuple(
        entry.fact for entry in desk.book.entries
        if _same_table(entry.fact, fact) and entry.fact.amount is not None and (_above(entry.fact, fact, asked) or _beside(entry.fact, fact, asked))
    )[:3]  # fmt: skip


def _same_table(one: Fact, fact: Fact) -> bool:
    return one.measure is Measure.AMOUNT and (one.disclosure, one.table_id, one.column, one.basis, one.year) == (fact.disclosure, fact.table_id, fact.column, fact.basis, fact.year)


def _above(one: Fact, fact: Fact, asked: str) -> bool:
    return one.item in (fact.item[:-1], fact.item[:-2]) and bool(one.item) and len(commonprefix((core(one.item[-1]), asked))) >= 4


def _beside(one: Fact, fact: Fact, asked: str) -> bool:
    return one.item != fact.item and one.item[:-1] == fact.item[:-1] and len(asked) == 4 and core(one.item[-1])[-2:] == asked[-2:]
