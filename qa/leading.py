"""A question for the first few (支出排前三的是哪几类) → Finding: they in order, with what they add up to where that is asked."""

import re

from corpus.fact import Fact
from qa.asks import Ask
from qa.book import TOTALS
from qa.calculate import Calculation, Operand, ranked, share, total
from qa.change import operand
from qa.desk import Desk, printed
from qa.finding import Answered, Finding, Sentence, SeriesPoint
from qa.naming import in_wan, item_of, label_of
from qa.rank import FIRST, parts_of
from qa.wording import comparable

_ADDED = re.compile(r"一共|总共|合计|共计|加起来|之和|占")
_SHARE = re.compile(r"占|百分之|比重|比例")


def leading(desk: Desk) -> Finding | None:
    """None where the question names no number, there are not more parts than that, or prints leave open who is among them."""
    first = FIRST.search(desk.question.text)
    parts = parts_of(desk) if first and len(desk.scope.years) == 1 and len(desk.question.items) < 2 else None
    if not first or not parts:
        return None
    count = int(first[1]) if first[1].isdigit() else "零一二三四五六七八九十".index(first[1].replace("两", "二"))
    order = ranked([operand(part) for part in parts], desk.question.ask is Ask.LEAST)
    if not 1 < count < len(order) or order[count - 1].amount.interval.meets(order[count].amount.interval):
        return None
    return _told(desk, order[:count])


def _told(desk: Desk, first: tuple[Operand, ...]) -> Finding | None:
    listed = "；".join(f"{n}. {item_of(part.facts[0])}{part.amount}{in_wan(part.amount)}{{{n - 1}}}" for n, part in enumerate(first, 1))
    text = f"排前{'零一二三四五六七八九十'[len(first)] if len(first) <= 10 else len(first)}的依次为：{listed}。"
    series = tuple(SeriesPoint(item_of(part.facts[0]), part.amount, part.facts[0]) for part in first)
    groups = tuple(part.facts for part in first)
    if not _ADDED.search(desk.question.text):
        return Finding((Sentence(text, groups),), (Answered(first[0].amount, label_of(first[0].facts[0]), first[0].facts[0]),), series=series)
    worked = _added(desk, first)
    whole = worked[-1].operands[1].facts if len(worked) == 2 else ()
    said = f"合计{worked[0].result}" + (f"，占{item_of(whole[0])}{worked[-1].operands[1].amount}{{{len(first)}}}的{worked[-1].result}" if whole else "") if worked else ""
    if not worked or _SHARE.search(desk.question.text) and not whole:
        return None
    return Finding((Sentence(f"{said}。{text}", (*groups, whole) if whole else groups),), (Answered(worked[-1].result, f"前{len(first)}项合计"),), worked, series)


def _added(desk: Desk, first: tuple[Operand, ...]) -> tuple[Calculation, ...]:
    """The sum, and what it is of the total of the same column; () where they cannot be added."""
    try:
        added = total(first)
    except ValueError:
        return ()
    whole = _total_beside(desk, first[0].facts[0])
    if whole is None or whole.amount is None or not whole.amount.value or not _SHARE.search(desk.question.text):
        return (added,)
    return added, share(Operand("合计", added.result), Operand(label_of(whole), whole.amount, (whole,)))


def _total_beside(desk: Desk, part: Fact) -> Fact | None:
    """The total row of a cell's own table and column."""
    rows = printed(entry.fact for entry in desk.book.entries if entry.fact.table_id and entry.fact.table_id == part.table_id and entry.fact.column == part.column)
    return next((fact for fact in rows if fact.item and comparable(fact.item[-1]) in TOTALS), None)
