"""A whole income or expenditure whose change no report prints → the grant (财政拨款) that is all of it this year, with its printed change."""

import re

from corpus.amount import Amount, agree
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure
from qa.desk import Desk
from qa.find import Found
from qa.naming import item_of

_SIDE = re.compile(r"(?:本年|部门|单位|全部|总)?(?P<side>收入|支出)(?:总计|合计|总额|预算)*")
OF_GRANT = "报告写的是“{name}”的增减；这一年的{side}全部是财政拨款，两者数额相同。"


def moved_over(desk: Desk, phrase: str, year: int) -> Found | None:
    """The printed change over last year, or over last year's budget where the report is a budget."""
    over = ("上年", "上年预算") if desk.kind is Kind.BUDGET else ("上年",)
    found = (_there(desk.figure(phrase, year, measure=Measure.CHANGE, basis=Basis.NONE, versus=versus, counters=())) for versus in over)
    return next((one for one in found if one and not one.rivals), None)


def grant_of(desk: Desk, phrase: str, year: int) -> tuple[Found, Found] | None:
    """收入预算7,630.61万元，其中：财政拨款收入7,630.61万元，比上年减少…: the grant's figure and its printed change, where this year the grant
    is all there is."""
    phrase = phrase or "支出"  # 预算 without a word more: what it comes to is what it spends
    side = _SIDE.fullmatch(phrase)
    whole = _there(desk.figure(phrase, year)) if side else None
    if side is None or whole is None or whole.rivals or whole.fact.amount is None:
        return None
    names = (f"财政拨款{side['side']}", f"财政拨款{side['side']}预算")
    part = next((one for name in names if (one := _there(desk.figure(name, year)))), None)
    moved = next((one for name in names if (one := moved_over(desk, name, year))), None)
    if part is None or moved is None or part.rivals or part.fact.amount is None or not _same_money(part.fact.amount, whole.fact.amount):
        return None
    return part, moved


def _same_money(one: Amount, other: Amount) -> bool:
    """328,661万元 told of 3,286,618,082.20元 is cut off, not rounded, and still the same money."""
    return agree(one, other) or one.unit.base == other.unit.base and abs(one.value - other.value) < max(one.step, other.step)


def of_grant(fact: Fact) -> str:
    """Said where a grant's change stands for that of the whole."""
    name = item_of(fact)
    return OF_GRANT.format(name=name, side="收入" if "收入" in name else "支出")


def _there(found: Found | None) -> Found | None:
    return found if found and found.fact.amount is not None else None
