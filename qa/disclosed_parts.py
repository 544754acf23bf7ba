"""A claim's items on a desk → how they stand to each other: shares, sums, differences, multiples, ranks."""

import re
from dataclasses import replace
from decimal import Decimal

from corpus.amount import PERCENT, POINTS, TIMES, Amount, UnitKind, rounded
from corpus.fact import Basis, Fact, Measure
from qa.account import ALL, account_of, is_year_whole, names_account
from qa.calculate import Operand, difference, growth, share, times, total
from qa.change import operand
from qa.claim import Claim, Form
from qa.desk import Desk
from qa.disclosed import Disclosed, Looked, as_rounded, of_calculation, of_fact, of_finding, worked_out
from qa.disclosed_money import TOTALS, figure, of_one_account, phrases
from qa.disclosed_moves import change
from qa.find import Found
from qa.level import of_one_level
from qa.naming import item_of
from qa.rank import rank
from qa.ratio import fit_together, same_money, sum_of
from qa.sole import named
from qa.wording import bigrams, comparable


def part_of(claim: Claim, desk: Desk) -> Looked:
    """A share: computed where the claim says of what, else as the report prints it."""
    item = claim.items[0] if claim.items else ""
    whole = claim.whole or claim.parent
    if len(claim.items) > 1:
        return _share_of_all(claim, desk)
    worked = _share_of(claim, desk, item, whole) if whole else None
    if worked:
        return Looked((worked, *_printed_beside(claim, desk, item, whole, worked)))
    found = desk.figure(item, measure=Measure.SHARE, basis=Basis.NONE, versus=whole, counters=())
    if found and found.fact.amount is not None and not found.rivals:
        of_all = None if whole else _share_of(claim, desk, item, "收入" if "收入" in item else "支出")  # 占6.46%: of what, the text does not say
        return Looked((of_fact(found), *((of_all,) if of_all else ())))
    said = next((one for phrase in phrases(claim, item) if (one := desk.figure(phrase, measure=Measure.SHARE, basis=Basis.NONE, counters=()))), None) if whole else None
    if said and said.fact.amount is not None and not said.rivals and not said.fact.versus and bigrams(whole) <= bigrams(said.fact.text):
        return Looked((of_fact(said),))  # 一般公共预算收入中，税收收入占比达到69.3%
    worked = None
    if not whole and claim.topic and claim.topic not in claim.sentence and comparable(claim.topic) != comparable(item):
        of_all, of_topic = _share_of(claim, desk, item, "支出" if "收入" not in item else "收入"), _share_of(claim, desk, item, claim.topic) if _names_part(desk, item, claim.topic) else None
        if of_all and of_topic:
            return Looked((of_all,), (of_topic,))  # of the whole, or of what another sentence spoke of
    if not whole:
        worked = (_share_of(claim, desk, item, claim.topic) if claim.topic and comparable(claim.topic) != comparable(item) and _names_part(desk, item, claim.topic) else None) or _share_of(claim, desk, item, "支出" if "收入" not in item else "收入")
    return Looked((worked,)) if worked else Looked(missing="报告没有披露这项占比，也无法算出")


_NEAR = Decimal("0.02")
"""Percent: a printed share that is so far from the one that its own figures give is the report's rounding (80.92%, 江苏 2019)."""


def _printed_beside(claim: Claim, desk: Desk, item: str, whole: str, worked: Disclosed) -> tuple[Disclosed, ...]:
    """The share as the report itself prints it, where that is the same but for its rounding."""
    found = next((one for phrase in phrases(claim, item) if (one := desk.figure(phrase, measure=Measure.SHARE, basis=Basis.NONE, versus=whole, counters=()))), None)
    if found is None or found.rivals or found.fact.amount is None or abs(found.fact.amount.value - worked.value) > _NEAR:
        return ()
    return (of_fact(found),)


def _share_of_all(claim: Claim, desk: Desk) -> Looked:
    """三项占总支出的94.8%: what the items told before are together of a whole."""
    parts = [figure(claim, desk, item) for item in claim.items]
    base = figure(replace(claim, parent=""), desk, claim.whole or "支出")
    known = [part for part in parts if part is not None and not part.rivals]
    if len(known) < len(parts) or base is None or base.rivals:
        return Looked(missing="有一部分没有披露")
    try:
        added = total([operand(part) for part in known])
        worked = share(Operand("合计", added.result, tuple(fact for part in known for fact in part.facts[:1])), operand(base))
    except (ValueError, ZeroDivisionError):
        return Looked(missing="无法相加或相除")
    return Looked((of_calculation(worked, f"{'、'.join(claim.items)}占{item_of(base.fact)}"),)) if worked.result.number <= 101 else Looked(missing="几项之和大于总数")


def _names_part(desk: Desk, item: str, topic: str) -> bool:
    """Whether the item stands under the topic (工程 under 政府采购), not beside it."""
    return any(named(entry, item) and bigrams(topic) <= (entry.names.path | entry.names.sentence | entry.names.leaf.keys()) for entry in desk.book.entries)


def _share_of(claim: Claim, desk: Desk, item: str, whole: str) -> Disclosed | None:
    part = figure(replace(claim, parent=whole if whole not in TOTALS else ""), desk, item)
    base = _with_leftovers(claim, desk, item, whole) or figure(replace(claim, parent=""), desk, whole) or _of_no_year(claim, desk, whole)
    if part is None or base is None or part.rivals or base.rivals:
        return None
    if not desk.of_government and not fit_together(part.fact, base.fact):
        part, base = _of_one_scope(claim, desk, item, whole, part, base)
        if part is None or base is None:
            return None
    worked = worked_out(share, part, base, f"{item_of(part.fact)}占{item_of(base.fact)}")
    return worked if worked and worked.value <= 101 else None  # more than all of it: one of the two is another thing


def _with_leftovers(claim: Claim, desk: Desk, item: str, whole: str) -> Found | None:
    """上年结转 is a part of 收入总计 and none of 本年收入."""
    if whole not in ("收入", "支出") or not re.search("结转|结余", item):
        return None
    return figure(replace(claim, parent=""), replace(desk, question=replace(desk.question, text=f"{desk.question.text}{whole}总计")), f"{whole}总计")


def _of_one_scope(claim: Claim, desk: Desk, item: str, whole: str, part: Found, base: Found) -> tuple[Found | None, Found | None]:
    """Part and whole of one account; neither where none prints both and their money is not the same: they are never divided."""
    if names_account(item) and account_of(base.fact) == ALL:
        return part, base
    for account in dict.fromkeys((account_of(base.fact), *(() if is_year_whole(whole) else (account_of(part.fact),)))):
        at = of_one_account(desk, account)
        one, other = figure(replace(claim, parent=whole if whole not in TOTALS else ""), at, item), figure(replace(claim, parent=""), at, whole)
        if one and other and not one.rivals and not other.rivals and fit_together(one.fact, other.fact):
            return one, other
    return (part, base) if same_money(desk, part, base) else (None, None)


def _of_no_year(claim: Claim, desk: Desk, whole: str) -> Found | None:
    """总投资 of a project is told once, in a report of any year, and is of none: of what was spent in 2025 too (普陀区文旅局 2026)."""
    if not re.search(r"总投资|投资总?额|资金总额|总概算", whole):
        return None
    found = next((one for year in (desk.year + 1, desk.year - 1) if (one := figure(replace(claim, parent=""), desk, whole, year))), None)
    return found if found and not re.search(r"(?:19|20)\d{2}\s*年", found.fact.text) else None


def summed(claim: Claim, desk: Desk) -> Looked:
    """Named parts added up, or the like figures of one sentence (四个季度)."""
    if len(claim.items) < 2:
        at = replace(desk, question=replace(desk.question, items=(" ".join((claim.parent, *claim.items)).strip(),), text=of_one_level(claim.sentence, claim.before)))
        return of_finding(sum_of(at))
    parts = [figure(claim, desk, part) or figure(claim, desk, f"{part}费") or figure(claim, desk, f"{part}支出") for part in claim.items]
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts) or any(part.rivals for part in whole):
        return Looked(missing="有一部分没有披露")
    try:
        return Looked((of_calculation(total([operand(part) for part in whole]), "、".join(claim.items) + "合计"),))
    except ValueError:
        return Looked(missing="单位不同，不能相加")


def apart(claim: Claim, desk: Desk) -> Looked:
    """How much one item is more than another: in money, in percent of the other, or in points between two shares."""
    first, second = claim.items
    if claim.shares:
        return _points_apart(claim, desk, first, second)
    one, other = figure(claim, desk, first), figure(claim, desk, second)
    if one is None or other is None or one.rivals or other.rivals:
        return Looked(missing="两项中有一项没有披露")
    in_percent = claim.amount is not None and claim.amount.unit.kind is UnitKind.PERCENT
    worked = worked_out(growth if in_percent else difference, one, other, f"{item_of(one.fact)}比{item_of(other.fact)}")
    cut = as_rounded(claim, worked) if worked else None
    return Looked(tuple(one for one in (worked, cut) if one)) if worked else Looked(missing="无法比较")


def against(claim: Claim, desk: Desk, rival: Desk) -> Looked:
    """A item of one publisher (or year) beside that of another: how much more, how many times. Budgets are not held against outturns."""
    first, second = claim.items[0], claim.items[-1]
    if claim.shares:
        return Looked(missing="两个部门的占比无法比较")
    one, other = figure(claim, desk, first), figure(replace(claim, kind=claim.kind), rival, second)
    if one is None or other is None or one.rivals or other.rivals:
        return Looked(missing="两个部门中有一个没有披露这一项")
    if planned(one.fact) != planned(other.fact):
        return Looked(missing="两个部门披露的口径不同（预算与决算），不能比较")
    in_percent = claim.amount is not None and claim.amount.unit.kind is UnitKind.PERCENT
    work = times if claim.form is Form.TIMES else growth if in_percent else difference
    worked = worked_out(work, one, other, f"{desk.own(desk.year)[0].publisher if desk.own(desk.year) else ''}比{rival.own(rival.year)[0].publisher if rival.own(rival.year) else ''}{item_of(one.fact)}")
    cut = as_rounded(claim, worked) if worked else None
    return Looked(tuple(one for one in (worked, cut) if one)) if worked else Looked(missing="无法比较")


def planned(fact: Fact) -> bool:
    """Whether a figure is what was planned, not what was spent."""
    return fact.basis in (Basis.BUDGET, Basis.OPENING, Basis.ADJUSTED, Basis.TARGET)


def _points_apart(claim: Claim, desk: Desk, first: str, second: str) -> Looked:
    shares = [part_of(replace(claim, items=(name,)), desk) for name in (first, second)]
    if not all(one.values for one in shares):
        return Looked(missing="两项中有一项的占比没有披露")
    a, b = (one.values[0] for one in shares)
    places = (*a.places, *b.places)
    if claim.amount is not None and claim.amount.unit.kind is UnitKind.PERCENT:
        if not b.value:
            return Looked(missing="无法比较")
        value = (a.value / b.value - 1) * 100
        made = Amount(rounded(value, 2), PERCENT)
        return Looked((Disclosed(made, value, "两项占比之比", f"({a.amount} - {b.amount}) ÷ {b.amount} × 100% = {made}", places, True),))
    made = Amount(a.amount.number - b.amount.number, POINTS)
    shown = Disclosed(made, made.value, "两项占比之差", f"{a.amount} - {b.amount} = {made}", places, True)
    return Looked((shown, replace(shown, value=a.value - b.value)))  # writers subtract the rounded shares or the exact ones


def multiple(claim: Claim, desk: Desk) -> Looked:
    """How many times one item is another, or what it was."""
    first = claim.items[0] if claim.items else ""
    if len(claim.items) < 2:
        return _grown_to(claim, desk)
    one, other = figure(claim, desk, first), figure(claim, desk, claim.items[1])
    if one is None or other is None or one.rivals or other.rivals or (one.fact.id == other.fact.id):
        return Looked(missing="两项中有一项没有披露")
    worked = worked_out(times, one, other, f"{item_of(one.fact)}是{item_of(other.fact)}的倍数")
    return Looked((worked,)) if worked else Looked(missing="无法相除")


def _grown_to(claim: Claim, desk: Desk) -> Looked:
    """翻番, 是上年的1.5倍: one more than the growth."""
    if not claim.versus:
        return Looked(missing="没有写明是什么的倍数")
    grown = change(replace(claim, form=Form.GROWTH), desk)
    made = tuple(replace(one, amount=Amount(rounded(1 + one.value / 100, 2), TIMES), value=1 + one.value / 100, formula=f"{one.formula}，即{rounded(1 + one.value / 100, 2)}倍", computed=True) for one in grown.values)
    return Looked(made, (), grown.missing)


def first_of(claim: Claim, desk: Desk) -> Looked:
    """The largest (smallest) part: its name is the label."""
    text = f"{claim.parent}{claim.whole}{'收入' if '收入' in ''.join(claim.items) and '支出' not in ''.join(claim.items) else '支出'}哪类最多"
    return of_finding(rank(replace(desk, question=replace(desk.question, items=(), text=text, whole=""))))


def whole_of(claim: Claim, desk: Desk) -> Looked:
    """全部为: how much of the item the part is, in percent."""
    item = claim.items[0] if claim.items else ""
    base = figure(claim, desk, item)
    ways = (f"{item} {claim.whole}", f"{re.sub('支出|金额|总额|预算', '', item)} {claim.whole}", f"{claim.whole}{item}", claim.whole)
    part = next((found for way in ways if (found := figure(claim, desk, way)) and not found.rivals), None)
    if base is None or base.rivals or part is None:
        return Looked(missing="报告没有披露这一部分")
    worked = worked_out(share, part, base, f"{item_of(part.fact)}占{item_of(base.fact)}")
    return Looked((worked,)) if worked else Looked(missing="无法相除")
