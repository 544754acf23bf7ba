"""增长率 and 完成率 recomputed from the figures that the same sentences print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.amount import Amount, Interval, UnitKind, exactly, plain, rounded
from corpus.fact import Basis, Fact, Measure, Severity
from qa.document import BUDGETS, OUTTURNS, Document, Paragraph, Said
from qa.rules.rule import HELD, Evidence, Finding, NotChecked, Outcome, Rule, error, printed_at, said_at, wording

HUNDRED = exactly(Decimal(100))


@dataclass(frozen=True)
class Operand:
    """An amount that a rate rests on, and where it stands."""

    amount: Amount
    at: Evidence


def operand_of(said: Said) -> Operand:
    return Operand(said.statement.amount, said_at(said))


def operand_in(fact: Fact) -> Operand:
    assert fact.amount is not None, "cells of an item hold figures"
    return Operand(fact.amount, printed_at(fact))


def rates_of(document: Document, measure: Measure) -> Iterator[tuple[Paragraph, Said]]:
    for paragraph in document.paragraphs:
        for said in paragraph.said:
            if said.statement.measure is measure and said.exact and said.statement.amount.unit.kind is UnitKind.PERCENT:
                yield paragraph, said


def amounts_of(paragraph: Paragraph, said: Said, measure: Measure = Measure.AMOUNT) -> list[Said]:
    """Amounts of the same item before a rate, the nearest first."""
    before = [
        one for one in paragraph.said
        if one.statement.start < said.statement.start and one.exact and one.statement.measure is measure
        and one.statement.amount.unit.kind is UnitKind.MONEY and (one.statement.subject == said.statement.subject or _each(paragraph, one, said))
    ]  # fmt: skip
    return before[::-1]


def _each(paragraph: Paragraph, one: Said, rate: Said) -> bool:
    """收入总计、支出总计各增加169.94万元，增长0.83%: the rate is of either."""
    return one.name in rate.name.split("、") and f"{rate.name}各" in paragraph.text


def compared(rate: Said, share: Interval, exact: Decimal, formula: str, places: Sequence[Evidence], what: str) -> Outcome:
    """A rate that a sentence states against the one computed."""
    return judged(rate.statement.amount, share, exact, formula, (said_at(rate), *places), what)


def judged(stated: Amount, share: Interval, exact: Decimal, formula: str, places: Sequence[Evidence], what: str) -> Outcome:
    """A printed rate against the one computed, which is shown as the figures make it (1.71 ÷ 3 is 57.00%, not the middle of what 3 may stand for); the last digit off by one is a rounding (shares made to reach 100.00%), but not
    in whole percents: 29.15% printed as 30% (江苏省委办公厅 2019)."""
    if stated.interval.meets(share):
        return HELD
    digits = -int(stated.number.as_tuple().exponent)
    right = f"{plain(rounded(exact * 100, digits if digits > 0 else 2))}%"
    off = stated.step < 1 and stated.interval.meets(Interval(share.low - stated.step, share.high + stated.step))
    message = f"{what}写为{_pct(stated)}，按所列数字计算为{right}" + ("，末位相差1，在四舍五入的尾差以内" if off else "")
    severity = Severity.ROUNDING if off else Severity.ERROR
    return Finding(severity, message, tuple(places), right, _pct(stated), f"{formula} = {right} ≠ {_pct(stated)}")


def _pct(amount: Amount) -> str:
    return f"{plain(amount.number)}%"


def ratio_of(part: Interval, whole: Interval) -> Interval:
    return part / whole * HUNDRED


# 完成率


def completion(document: Document) -> Iterator[Outcome]:
    """完成预算的 x% = outturn ÷ the very budget named; a budget of 0 has no rate."""
    for paragraph, rate in rates_of(document, Measure.COMPLETION):
        amounts = amounts_of(paragraph, rate)
        done = next((one for one in amounts if one.statement.basis in OUTTURNS), None)
        budgets = [one for one in amounts if one.statement.basis in BUDGETS]
        wanted = _wanted(rate, budgets)
        if done is None or wanted is None:
            yield NotChecked("完成率所用的预算数或决算数没有写在同一段")
        else:
            yield _completed(rate, done, wanted, [one for one in budgets if one is not wanted])


_OF = ((r"年初", Basis.OPENING), (r"全年|调整|变动", Basis.ADJUSTED))


def _wanted(rate: Said, budgets: Sequence[Said]) -> Said | None:
    """The budget that the rate names; 预算 alone is the nearest before it."""
    stage = next((basis for words, basis in _OF if re.search(words, rate.statement.versus)), None)
    if stage is None:
        return budgets[0] if budgets else None
    named_so = [one for one in budgets if one.statement.basis is stage]
    plainly = [one for one in budgets if one.statement.basis is Basis.BUDGET]
    return next(iter((*named_so, *plainly)), None)


def _completed(rate: Said, done: Said, wanted: Said, others: Sequence[Said]) -> Outcome:
    budget, outturn = wanted.statement.amount, done.statement.amount
    what = f"{rate.name}完成{_stage_name(wanted)}的比率"
    if budget.number == 0:
        return _of_nothing(rate, outturn, wanted, others)
    try:
        share = ratio_of(outturn.interval, budget.interval)
    except ZeroDivisionError:
        return NotChecked(f"{_stage_name(wanted)}{budget}取整后可能为0，完成率无法核对")
    outcome = compared(rate, share, outturn.value / budget.value, f"{outturn} ÷ {budget}", (), what)
    if isinstance(outcome, Finding) and outcome.severity is Severity.ERROR and (other := _fitting(rate, outturn, others)):
        return error(
            f"{outcome.message}；{_pct(rate.statement.amount)}是以{_stage_name(other)}{other.statement.amount}作分母的结果", outcome.evidence,
            outcome.expected, outcome.actual, outcome.formula,
        )  # fmt: skip
    return outcome


def _of_nothing(rate: Said, outturn: Amount, wanted: Said, others: Sequence[Said]) -> Outcome:
    stated = _pct(rate.statement.amount)
    name, formula = _stage_name(wanted), f"{outturn} ÷ 0"
    if other := _fitting(rate, outturn, others):
        right = f"完成{_stage_name(other)}的{stated}"
        return error(
            f"{rate.name}{name}为0，不能作完成率的分母；{stated}是决算数{outturn}与{_stage_name(other)}{other.statement.amount}之比，应写“{right}”",
            (said_at(rate),), right, f"完成{name}的{stated}", f"{outturn} ÷ {other.statement.amount} = {stated}；{formula}无意义",
        )  # fmt: skip
    message = f"{rate.name}{name}为0，完成率没有意义，却写为{stated}"
    if rate.statement.amount.number == 0 and outturn.number == 0:
        return wording(message, (said_at(rate),), "不写完成率", stated, f"{formula}无意义")
    return error(message, (said_at(rate),), "不写完成率", stated, f"{formula}无意义")


def _fitting(rate: Said, outturn: Amount, others: Sequence[Said]) -> Said | None:
    return next(
        (one for one in others if one.statement.amount.number and _meets(rate, outturn, one.statement.amount)), None
    )


def _meets(rate: Said, part: Amount, whole: Amount) -> bool:
    try:
        return rate.statement.amount.interval.meets(ratio_of(part.interval, whole.interval))
    except ZeroDivisionError:
        return False


def _stage_name(said: Said) -> str:
    return {Basis.OPENING: "年初预算", Basis.ADJUSTED: "全年预算"}.get(said.statement.basis, "预算")


# 增长率


def growth(document: Document) -> Iterator[Outcome]:
    """增长 x% = change ÷ (this year − change), or (this year − last) ÷ last; from a base of 0 nothing grows by a rate."""
    for paragraph, rate in rates_of(document, Measure.GROWTH):
        ways = _ways(paragraph, rate)
        outcomes = [_grown(rate, way) for way in ways]
        if not outcomes:
            yield NotChecked("增减率的本期数、增减额或上期数没有写在同一段")
        else:
            yield HELD if HELD in outcomes else outcomes[0]


@dataclass(frozen=True)
class _Way:
    """A way to compute a growth rate from what a paragraph prints."""

    change: Interval
    base: Interval
    exact: tuple[Decimal, Decimal]
    """Change and base as printed."""
    formula: str


NOTHING = exactly(Decimal(0))


def _ways(paragraph: Paragraph, rate: Said) -> list[_Way]:
    """By the change and this year's amount; by this year's and last year's. An item printed twice gives several."""
    same = [one for one in amounts_of(paragraph, rate, Measure.CHANGE) if one.statement.versus == rate.statement.versus]
    amounts = amounts_of(paragraph, rate)
    this = [one for one in amounts if one.statement.year == rate.statement.year and _is_now(one, rate.statement.basis)]
    last = [one for one in amounts if one.statement.year == rate.statement.year - 1]
    ways = [_by_change(change.statement.amount, now.statement.amount) for change in same[:1] for now in this]
    return ways or [_by_last(before.statement.amount, now.statement.amount) for before in last[:1] for now in this]


def _by_change(change: Amount, now: Amount) -> _Way:
    base = NOTHING if change.value == now.value else now.interval - change.interval
    return _Way(change.interval, base, (change.value, now.value - change.value), f"{change} ÷ ({now} − {change})")


def _by_last(last: Amount, now: Amount) -> _Way:
    base = NOTHING if last.number == 0 else last.interval
    return _Way(now.interval - last.interval, base, (now.value - last.value, last.value), f"({now} − {last}) ÷ {last}")


def _is_now(one: Said, stage: Basis) -> bool:
    """The amount that grew is of the rate's own stage: 预算 in a budget, 决算 in an account."""
    stages = OUTTURNS if stage in OUTTURNS else BUDGETS
    return one.statement.basis in stages


def _grown(rate: Said, way: _Way) -> Outcome:
    if way.base == NOTHING:
        return _from_nothing(rate, way.formula)
    try:
        share = ratio_of(way.change, way.base)
    except ZeroDivisionError:
        return NotChecked("上期数取整后可能为0，增减率无法核对")
    change, base = way.exact
    return compared(rate, share, change / base, way.formula, (), f"{rate.name}增减率")


def _from_nothing(rate: Said, formula: str) -> Outcome:
    stated = _pct(rate.statement.amount)
    if rate.statement.amount.number == 0:
        return HELD
    return wording(
        f"{rate.name}上期数为0，增长率没有意义，却写为{stated}；应写“不可比”或只写增减额", (said_at(rate),), "不可比（上期为0）", stated,
        f"{formula}，分母为0",
    )  # fmt: skip


RULES = (
    Rule(
        "completion_recomputed", "完成率重算",
        "完成率＝决算数÷所写明的那一种预算数（年初预算或全年预算）；预算数为0时没有完成率",
        completion, departments=True,
    ),
    Rule(
        "growth_recomputed", "增减率重算",
        "增减率＝增减额÷上期数；上期数为0时没有增减率，应写“不可比”",
        growth,
    ),
)  # fmt: skip
