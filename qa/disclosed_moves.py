"""A claim's item on a desk → how it moved: over last year, over the budget, in money, percent or 百分点."""

import re
from dataclasses import replace
from decimal import Decimal

from corpus.amount import Amount, UnitKind, agree
from corpus.chunk import ChunkKind
from corpus.disclosure import Kind, Scope
from corpus.fact import Basis, Fact, Measure, Origin
from qa.account import of_account
from qa.calculate import completion, difference, growth, growth_by
from qa.change import printed
from qa.claim import Claim, Form
from qa.desk import Desk
from qa.disclosed import Disclosed, Looked, as_rounded, consistent, of_fact, worked_out
from qa.disclosed_counts import count
from qa.disclosed_money import TOTALS, figure, only, phrases, whole_item
from qa.find import Found, Wanted, find
from qa.naming import item_of, label_of, row_of
from qa.sole import SURE


def change(claim: Claim, desk: Desk) -> Looked:
    """A change over last year, another year or the budget, in money or percent."""
    if claim.amount is not None and claim.amount.unit.kind is UnitKind.COUNT:
        return _counts_apart(claim, desk)
    if _outturn_of_budgets(claim, desk):
        return Looked(missing="报告库中只有预算报告，没有决算数")
    measure = Measure.CHANGE if claim.form in (Form.CHANGE, Form.SAME, Form.TURN) else Measure.GROWTH
    if claim.over_own_budget:
        return _over_budget(claim, desk, measure)
    if len(desk.scope.years) > 1:
        desk, claim = replace(desk, scope=replace(desk.scope, years=(max(desk.scope.years),))), replace(claim, versus_year=min(desk.scope.years))
    before = claim.versus_year or desk.year - 1
    if before == desk.year - 1 and re.match(r"\d{4}年", claim.versus):
        claim = replace(claim, versus="上年" + ("执行数" if "执行" in claim.versus else "预算" if "预算" in claim.versus else ""))
    values = [] if before != desk.year - 1 else _printed_change(claim, desk, measure)
    if claim.form is Form.SAME and not values and before == desk.year - 1 and (level := _level(claim, desk)):
        return Looked((level,))
    if values and claim.form in (Form.CHANGE, Form.SAME, Form.TURN):
        return Looked(tuple(values))
    worked = _between(claim, desk, before, measure)
    if worked is None and measure is Measure.GROWTH:
        worked = _grown_by(claim, desk)
    values += [worked] if worked and consistent(values, worked) else []
    values += [cut] if worked and (cut := as_rounded(claim, worked)) else []
    return Looked(tuple(values)) if values else Looked(missing="报告没有披露这项增减，也无法由两年的数算出")


def _outturn_of_budgets(claim: Claim, desk: Desk) -> bool:
    """收支决算增长13.11%: a budget's own growth is no outturn's, where of that year there are budgets alone, and no government's."""
    return claim.kind is Kind.FINAL and bool(desk.own(desk.year)) and all(d.kind is Kind.BUDGET and d.scope is not Scope.GOVERNMENT for d in desk.own(desk.year))


def _counts_apart(claim: Claim, desk: Desk) -> Looked:
    """比上年少1个: the same count in two years."""
    year = max(desk.scope.years)
    now, then = (count(replace(claim, form=Form.COUNT), replace(desk, scope=replace(desk.scope, years=(one,)))) for one in (year, claim.versus_year or year - 1))
    if not now.values or not then.values or now.rivals or then.rivals or now.values[0].places == then.values[0].places:
        return Looked(missing="报告没有同时披露两年的数量")
    a, b = now.values[0], then.values[0]
    moved = replace(a, amount=replace(a.amount, number=a.amount.number - b.amount.number), value=a.value - b.value, formula=f"{a.amount} - {b.amount}", places=(*a.places[:1], *b.places[:1]), computed=True)
    return Looked((moved,))


def _level(claim: Claim, desk: Desk) -> Disclosed | None:
    """The report's own sentence that an item stayed as it was."""
    found = figure(claim, desk, claim.items[0]) if claim.items else None
    if found is None or found.rivals:
        return None
    for fact in found.facts:
        said = _level_said(desk, fact) if fact.origin is Origin.PROSE else None
        if said and fact.amount is not None and said["year"] in (None, str(desk.year - 1)) and (claim.versus == "上年" or ("执行" in claim.versus) == ("执行" in said[0])):
            return Disclosed(Amount(Decimal(0), fact.amount.unit), Decimal(0), label_of(fact), said[0], (fact,))
    return None


_LEVEL = r"[，,。]?\s*[^，。；\d]*(?:(?P<year>\d{4})年)?[^，。；\d]*持平"


def _level_said(desk: Desk, fact: Fact) -> re.Match[str] | None:
    number = f"{fact.amount.number:f}" if fact.amount else "?"
    return re.search(rf"{re.escape(number)}[^，。；\d]{{0,4}}{_LEVEL}", _with_next(desk, fact).replace(",", ""))


def _with_next(desk: Desk, fact: Fact) -> str:
    """A prose figure's sentence and, where it begins with a comparison, the next one: 公务接待费1.53万元。与2025年预算持平。"""
    for chunk in desk.shelf.store.chunks([fact.disclosure], (ChunkKind.PARAGRAPH,)):
        before, said, behind = chunk.text.partition(fact.text)
        if said and re.match(r"\s*(?:与|同|比|较)", behind):
            return said + behind.partition("。")[0]
    return fact.text


def _printed_change(claim: Claim, desk: Desk, measure: Measure) -> list[Disclosed]:
    item = claim.items[0] if claim.items else ""
    if whole_item(claim, item):
        of_all = replace(desk, book=only(desk.book, lambda fact: not of_account(fact)))
        return _told(claim, of_all, item, measure) or _change_of_all(claim, desk, measure)  # 收支总计 grew by 17.31%, 财政拨款 of the same sum by 18.14% (江苏 2018)
    return _told(claim, desk, item, measure)


def _told(claim: Claim, desk: Desk, item: str, measure: Measure) -> list[Disclosed]:
    over = claim.versus or "上年"
    ways = (*phrases(claim, item), *(("收支总计",) if item in ("收入总计", "支出总计") else ()))  # 收入总计、支出总计各增加169.94万元
    for phrase, versus in ((phrase, versus) for versus in ((over, "上年预算", "上年决算") if over == "上年" else (over,)) for phrase in ways):
        found = desk.figure(phrase, measure=measure, basis=Basis.NONE, versus=versus, counters=())
        if found and found.score >= SURE and found.fact.amount is not None and not found.rivals and found.fact.amount.unit.kind in (UnitKind.MONEY, UnitKind.PERCENT):
            return [of_fact(found)]
    return _told_of_no_base(claim, desk, item, measure) if over == "上年" else []


def _told_of_no_base(claim: Claim, desk: Desk, item: str, measure: Measure) -> list[Disclosed]:
    """…收入31.66亿元，增长17.2%: a change that names no base is over last year, in the report as in the text. Only beside the item's own amount."""
    now = figure(claim, desk, item)
    if now is None or now.rivals or len(re.sub(r"[省市区县州]?本?级|全[省市区县州]", "", item).strip()) < 2:
        return []
    bare = replace(desk, book=only(desk.book, lambda fact: fact.measure is not measure or not fact.versus))
    for phrase in phrases(claim, item):
        found = bare.figure(phrase, measure=measure, basis=Basis.NONE, counters=())
        if found and found.score >= SURE and found.fact.amount is not None and not found.rivals and (found.fact.measure, found.fact.item, found.fact.disclosure) == (measure, now.fact.item, now.fact.disclosure) and found.fact.amount.unit.kind in (UnitKind.MONEY, UnitKind.PERCENT):
            return [of_fact(found)]
    return []


def _change_of_all(claim: Claim, desk: Desk, measure: Measure) -> list[Disclosed]:
    """The change of 财政拨款 where it is all the money: 收入预算15621.11万元，其中财政拨款收入15621.11万元，比上年减少876.75万元."""
    item = claim.items[0] if claim.items else ""
    whole = figure(claim, desk, item)
    granted = figure(claim, desk, "财政拨款收入" if "收入" in item else "财政拨款支出")
    if whole is None or granted is None or whole.rivals or granted.rivals or whole.fact.amount is None or granted.fact.amount is None:
        return []
    if not agree(whole.fact.amount, granted.fact.amount):
        return []
    return _printed_change(replace(claim, items=("财政拨款收入" if "收入" in item else "财政拨款支出",)), desk, measure)


def _between(claim: Claim, desk: Desk, before: int, measure: Measure) -> Disclosed | None:
    """Computed from the figures of two years, both from the same form: 基本支出表 and 三公经费表 each have a 公务接待费."""
    item = claim.items[0] if claim.items else ""
    now, then = figure(claim, desk, item), _earlier(claim, desk, item, before)
    if now and then and now.fact.form != then.fact.form and Origin.PROSE not in (now.fact.origin, then.fact.origin):
        now = figure(claim, _in_form(desk, then.fact.form), item)
    if now is None or then is None or now.rivals or then.rivals:
        return None
    return worked_out(growth if measure is Measure.GROWTH else difference, now, then, f"{now.fact.year}年比{then.fact.year}年{item_of(now.fact)}")


def _earlier(claim: Claim, desk: Desk, item: str, year: int) -> Found | None:
    """An earlier year's figure, as its own report or a later one prints it (上年执行数)."""
    if "执行" in claim.versus:
        return figure(claim, desk, item, year, basis=Basis.EXECUTED)
    if "预算" in claim.versus:  # over the budget of the year before, which its 执行数 is not
        planned = figure(claim, desk, item, year)
        return planned if planned and planned.fact.basis not in (Basis.EXECUTED, Basis.FINAL) else None
    return figure(claim, desk, item, year) or figure(claim, desk, item, year, basis=Basis.EXECUTED, kind=Kind.FINAL)


def _in_form(desk: Desk, form: str) -> Desk:
    return replace(desk, book=only(desk.book, lambda fact: fact.form == form or fact.origin is Origin.PROSE))


def _grown_by(claim: Claim, desk: Desk) -> Disclosed | None:
    moved = _printed_change(claim, desk, Measure.CHANGE)
    now = figure(claim, desk, claim.items[0] if claim.items else "")
    if now is None or now.rivals or not moved or not isinstance(moved[0].places[0], Fact):
        return None
    return worked_out(growth_by, now, Found((moved[0].places[0],), 1.0), f"{item_of(now.fact)}增减率")


def _over_budget(claim: Claim, desk: Desk, measure: Measure) -> Looked:
    if _A_BUDGET.search(claim.before):
        return Looked(missing="所比的两个数都是预算数")
    basis = {"年初预算": Basis.OPENING, "全年预算": Basis.ADJUSTED}.get(claim.versus, Basis.NONE)
    outturn, budget = outturn_and_budget(claim, desk, basis)
    if outturn is None or budget is None:
        return Looked(missing="报告没有同时披露预算数和决算数")
    worked = worked_out(growth if measure is Measure.GROWTH else difference, outturn, budget, f"{item_of(outturn.fact)}决算比预算")
    return Looked((worked,)) if worked else Looked(missing="预算数为零，没有增减率")


_A_BUDGET = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算(?:数|安排|金额)?(?:(?:比|较|低于|高于|少于|多于)|(?:是|为|相当于|占)(?:年初|全年|调整后?的?)?预算)[^，。；]*$")
"""支出预算比全年预算少13.2万元: it is no outturn that is compared."""


def outturn_and_budget(claim: Claim, desk: Desk, basis: Basis) -> tuple[Found | None, Found | None]:
    """Outturn and budget of a claim's item, as one report prints both."""
    item = claim.items[0] if claim.items else "支出"
    outturn = figure(claim, desk, item, basis=Basis.FINAL, kind=Kind.FINAL) or figure(claim, desk, item, basis=Basis.EXECUTED, kind=Kind.FINAL)
    bases = (basis,) if basis is not Basis.NONE else (Basis.ADJUSTED, Basis.BUDGET, Basis.OPENING)
    names = dict.fromkeys((item, (row_of(outturn.fact) if outturn else "") or item, *(("一般公共预算财政拨款支出",) if _is_all(claim, desk, item, outturn) else ())))
    budgets = (figure(claim, desk, name, basis=one, kind=Kind.FINAL) for one in bases for name in names)
    budget = next((found for found in budgets if found and ("收入" not in item or _of_income(found.fact))), None)
    if outturn and budget and (outturn.rivals or budget.rivals):
        return None, None
    return outturn, budget


def _of_income(fact: Fact) -> bool:
    """事业运行收入 is never held against the budget of 事业运行's expenditure."""
    return "收入" in "".join((*fact.item, *fact.column, fact.form))


def _is_all(claim: Claim, desk: Desk, item: str, outturn: Found | None) -> bool:
    """Whether all of the outturn is 一般公共预算财政拨款支出: then that budget is the budget of the whole."""
    if outturn is None or outturn.fact.amount is None or item not in TOTALS or "收入" in item:
        return False
    general = figure(claim, desk, "一般公共预算财政拨款支出", basis=Basis.FINAL, kind=Kind.FINAL)
    return general is not None and general.fact.amount is not None and agree(general.fact.amount, outturn.fact.amount)


def done(claim: Claim, desk: Desk) -> Looked:
    """A rate of completion, printed and computed."""
    if _A_BUDGET.search(claim.before):
        return Looked(missing="所比的两个数都是预算数")
    versus = {Basis.OPENING: "年初预算", Basis.ADJUSTED: "全年预算"}.get(claim.basis, "")
    values = []
    for phrase in phrases(claim, claim.items[0] if claim.items else ""):
        found = desk.figure(phrase, measure=Measure.COMPLETION, basis=Basis.NONE, versus=versus, counters=())
        if found and found.fact.amount is not None and not found.rivals:
            values = [of_fact(found)]
            break
    outturn, budget = outturn_and_budget(claim, desk, claim.basis)
    worked = worked_out(completion, outturn, budget, f"{item_of(outturn.fact)}完成率") if outturn and budget else None
    values += [worked] if worked and consistent(values, worked) else []
    return Looked(tuple(values)) if values else Looked(missing="报告没有披露这项完成率，也无法算出")


def points(claim: Claim, desk: Desk) -> Looked:
    """A change of a share or rate in 百分点, as printed."""
    book = only(desk.book, lambda fact: fact.amount is not None and fact.amount.unit.kind is UnitKind.POINTS)
    item = claim.items[0] if claim.items else ""
    for phrase in phrases(claim, item):
        wanted = Wanted(desk.year, desk.kind, Basis.NONE, ((Measure.GROWTH, 0.0), (Measure.CHANGE, 0.0), (Measure.OTHER, 0.1)), words=desk.question.text)
        found = find(book, desk.scope.disclosures, phrase, wanted)
        if printed(found) and found is not None and not found.rivals:
            return Looked((of_fact(found),))
    return Looked(missing="报告没有披露这项百分点的变化")


def within(claim: Claim, desk: Desk) -> Looked:
    """What is left to the limit or the budget: negative when it was exceeded."""
    item = claim.items[0] if claim.items else ""
    if claim.whole:
        one, limit = figure(claim, desk, item), figure(claim, desk, re.sub("余额", "限额", item))
        if one is None or limit is None or one.rivals or limit.rivals or "限额" not in "".join((*limit.fact.item, *limit.fact.column)):
            return Looked(missing="报告没有披露限额")
    else:
        one, limit = outturn_and_budget(claim, desk, claim.basis)
        if one is None or limit is None:
            return Looked(missing="报告没有同时披露预算数和决算数")
    worked = worked_out(difference, one, limit, f"{item_of(one.fact)}比{item_of(limit.fact)}")
    return Looked((worked,)) if worked else Looked(missing="无法比较")
