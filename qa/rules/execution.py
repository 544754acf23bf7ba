"""执行率 that a project's form (绩效自评表) prints, recomputed from the 预算数 and 执行数 printed beside it."""

import re
from collections.abc import Iterator, Sequence

from corpus.account import plain_name
from corpus.amount import UnitKind
from corpus.fact import Fact
from qa.document import Document
from qa.rules.rates import judged, ratio_of
from qa.rules.rule import HELD, NotChecked, Outcome, Rule, printed_at

_RATE = re.compile(r"^(?:预算|资金)?执行率$")
_DONE = re.compile(r"^(?:全年|实际)?执行数$")
_PLANNED = (re.compile(r"^(?:全年|调整后?)预算数$"), re.compile(r"^(?:年初)?预算数$"))
"""The budget as adjusted goes before that of the year's beginning."""


def execution(document: Document) -> Iterator[Outcome]:
    """执行率 = 执行数 ÷ 预算数 of the same row. Learnt from a form that prints 98.44% for 4872.19 of 5000.00."""
    cells = [fact for fact in document.cells.get("", ()) if fact.amount is not None and fact.reliable]
    for rate in cells:
        if rate.amount and rate.amount.unit.kind is UnitKind.PERCENT and _RATE.match(_name(rate)):
            beside = [fact for fact in cells if (fact.table_id, fact.row) == (rate.table_id, rate.row) and _is_money(fact) and _of_one(fact, rate)]
            yield _executed(rate, beside)


def _name(fact: Fact) -> str:
    """What a cell is called: its column, or its own label where the form prints label and figure in turn."""
    name = fact.column[-1] if fact.column else fact.item[-1] if fact.item else ""
    return re.sub(r"\s|[（(].*?[)）]|[:：]$", "", plain_name(name))


def _is_money(fact: Fact) -> bool:
    return fact.amount is not None and fact.amount.unit.kind is UnitKind.MONEY


def _of_one(fact: Fact, rate: Fact) -> bool:
    return fact.item == rate.item if rate.column else not fact.column and fact.item[:-1] == rate.item[:-1]


def _executed(rate: Fact, beside: Sequence[Fact]) -> Outcome:
    """Of several budgets printed beside it (年初, 全年) the rate may be of either."""
    done = [fact for fact in beside if _DONE.match(_name(fact))]
    planned = [[fact for fact in beside if words.match(_name(fact))] for words in _PLANNED]
    if len(done) != 1 or any(len(of_stage) > 1 for of_stage in planned) or not any(planned):
        return NotChecked("执行率旁没有印出预算数和执行数")
    outcomes = [_compared(rate, done[0], of_stage[0]) for of_stage in planned if of_stage]
    return HELD if HELD in outcomes else outcomes[0]


def _compared(rate: Fact, done: Fact, planned: Fact) -> Outcome:
    """100% of what went beyond its budget is how such a form scores it."""
    stated, part, whole = rate.amount, done.amount, planned.amount
    assert stated and part and whole, "all three were read"
    try:
        share = ratio_of(part.interval, whole.interval)
    except ZeroDivisionError:
        return NotChecked("预算数为0，没有执行率")
    if stated.number == 100 and part.value > whole.value:
        return HELD
    places = (printed_at(rate), printed_at(planned), printed_at(done))
    return judged(stated, share, part.value / whole.value, f"{part} ÷ {whole}", places, f"《{rate.table}》{rate.item[0]}执行率")


RULES = (
    Rule(
        "execution_recomputed", "自评表执行率重算",
        "执行率＝执行数÷同一行所印的预算数",
        execution, departments=True,
    ),
)  # fmt: skip
