"""A question for all of what several rows are called (离退休费一共, 行政运行合计) → Finding: the rows of one table added up."""

import re

from corpus.fact import Fact, Measure
from qa.account import account_of, is_whole
from qa.calculate import total
from qa.change import computed, operand
from qa.desk import Desk
from qa.find import Found
from qa.finding import Finding
from qa.naming import item_of, narrowing
from qa.wording import comparable, core, head

TOGETHER = re.compile(r"一共|总共|合计|共计|全部|总和|加起来|合起来|加在一起")


def rows_together(desk: Desk) -> Finding | None:
    """None where one row bears the name, and where fewer than two rows hold it."""
    phrase = desk.phrase
    if not TOGETHER.search(desk.question.text) or len(desk.question.items) != 1 or len(desk.scope.years) > 1 or is_whole(phrase, ""):
        return None
    found = desk.figure(phrase)
    if found is None or found.fact.amount is None or core(head(found.fact.item[-1] if found.fact.item else "")) == core(phrase) and not found.rivals:
        return None
    rows = rows_of(desk, found.fact, phrase)
    return _added(desk, [Found((fact,), 1.0) for fact in rows]) if len(rows) > 1 else None


def rows_of(desk: Desk, like: Fact, phrase: str) -> list[Fact]:
    """The rows of one table whose names hold the phrase, those below another of them left out."""
    name = re.sub(r"(?:支出|经费|费用?)$", "", core(phrase))
    held = [entry.fact for entry in desk.book.entries if len(name) > 1 and entry.fact.item and name in comparable(entry.fact.item[-1]) and _is_beside(entry.fact, like)]
    tables: dict[tuple[str, tuple[str, ...]], list[Fact]] = {}
    for fact in held:
        tables.setdefault((fact.table_id, fact.column), []).append(fact)
    tops = ([fact for fact in rows if not any(_under(fact, other) for other in rows)] for rows in tables.values())
    return next((rows for rows in tops if len(rows) > 1), [])


def _is_beside(fact: Fact, like: Fact) -> bool:
    alike = (fact.disclosure, fact.year, fact.basis, account_of(fact)) == (like.disclosure, like.year, like.basis, account_of(like))
    return alike and bool(fact.account and fact.table_id) and fact.amount is not None and fact.measure is Measure.AMOUNT and not narrowing(fact) and fact.form != "收入表"


def _under(fact: Fact, other: Fact) -> bool:
    return fact.account != other.account and fact.account.startswith(other.account)


def _added(desk: Desk, parts: list[Found]) -> Finding | None:
    try:
        worked = total([operand(part) for part in parts])
    except ValueError:
        return None
    listed = "，".join(f"{'·'.join(part.fact.item[-2:]) if _twice(part, parts) else item_of(part.fact)}{part.fact.amount}{{{i}}}" for i, part in enumerate(parts))
    return computed(desk, worked, f"合计{worked.result}：{listed}。", tuple(parts), "合计")


def _twice(part: Found, parts: list[Found]) -> bool:
    return sum(item_of(other.fact) == item_of(part.fact) for other in parts) > 1
