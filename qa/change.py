"""Questions for a rise, a fall, a rate of growth or completion, or what is left → Finding, printed or computed."""

import re
from dataclasses import replace

from corpus.amount import Amount, UnitKind, agree, plain
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure
from qa.account import account_of
from qa.calculate import Calculation, Operand, completion, difference, growth, growth_by, spread
from qa.desk import Desk
from qa.find import Found
from qa.finding import Answered, Finding, Missing, Sentence
from qa.grant import grant_of, moved_over, of_grant
from qa.lookup import look_up, notices, which
from qa.naming import in_wan, item_of, label_of, narrowing, row_of, spoken_basis
from qa.pairing import of_one_row, whole_row
from qa.question import OVER_BASIS
from qa.wording import bigrams

_TOGETHER = re.compile(r"[合加]起来|[合加]在一起|合计|相加|之和|总和|一共|总共")
_BUDGET_BASES = (Basis.OPENING, Basis.ADJUSTED, Basis.BUDGET)
_SPENT_BASES = (Basis.FINAL, Basis.EXECUTED)


def change(desk: Desk) -> Finding | Missing | None:
    """By how much an item rose or fell: between two years, between budget and outturn, between two items, or over last year."""
    if len(set(desk.question.items)) > 1 and (_TOGETHER.search(desk.question.text) or _against_budget(desk)):
        return None  # two items together are not the one that the words fit best, nor is one's outturn held against another's budget
    if len(desk.scope.years) > 1:
        return _between_years(desk, Measure.CHANGE)
    if _against_budget(desk):
        return _outturn_less_budget(desk)
    if _between_the_two(desk):
        return _outturn_less_budget(desk)
    if _says_budget(desk):
        return None  # 比预算多多少 is never answered with last year's figure
    if len(desk.question.items) == 2:
        return _between_items(desk)
    return _over_last_year(desk, Measure.CHANGE)


def growth_rate(desk: Desk) -> Finding | Missing | None:
    """By how many percent an item rose or fell."""
    if len(desk.question.items) > 1 and _TOGETHER.search(desk.question.text):
        return None
    if len(desk.scope.years) > 1:
        return _between_years(desk, Measure.GROWTH)
    if _against_budget(desk):
        return _outturn_less_budget(desk, Measure.GROWTH)
    return None if _says_budget(desk) else _over_last_year(desk, Measure.GROWTH)


def rate_of_completion(desk: Desk) -> Finding | Missing | None:
    """Outturn in percent of the budget: as printed, else computed from the two."""
    basis = desk.question.basis
    versus = {Basis.OPENING: "年初预算", Basis.ADJUSTED: "全年预算"}.get(basis, "")
    found = desk.figure(desk.phrase, measure=Measure.COMPLETION, basis=Basis.NONE, versus=versus)
    if found and (amount := found.fact.amount) is not None and not found.rivals:
        fact = found.fact
        text = f"{fact.year}年“{item_of(fact)}”完成{fact.versus or '预算'}的{amount}{{0}}。"
        return Finding((Sentence(text, (found.facts,)),), (Answered(amount, label_of(fact), fact),), notices=notices(found.facts))
    outturn, budget = _outturn_and_budget(desk)
    if outturn is None or budget is None:
        return None
    if outturn.rivals:
        return which(desk, outturn)
    try:
        worked = completion(operand(outturn), operand(budget))
    except ZeroDivisionError:
        return no_base(budget, "完成率")
    text = f"{outturn.fact.year}年“{item_of(outturn.fact)}”完成{spoken_basis(budget.fact, desk.kind)}的{worked.result}：决算{outturn.fact.amount}{{0}}，{spoken_basis(budget.fact, desk.kind)}{budget.fact.amount}{{1}}。"
    return computed(desk, worked, text, (outturn, budget), f"{outturn.fact.year}年{item_of(outturn.fact)}（完成率）")


_BOTH_SIDES = re.compile(
    r"预算(?:数)?(?:是|为|有|安排)?(?:了)?(?:多少|几)[^。]*?(?:决算|实际|花了|支出了?|执行)[^。]*?(?:多少|几)|(?:决算|实际|花了)[^。比]*?(?:多少|几)[^。比]*?预算[^。]*?(?:多少|几)"
    r"|(?:预算数?[和、与]决算数?|决算数?[和、与]预算数?)(?:各|分别)"
)


def budget_and_outturn(desk: Desk) -> Finding | Missing | None:
    """全年预算是多少，决算又是多少: both, where the report prints them."""
    if desk.kind is not Kind.FINAL or len(desk.scope.years) > 1 or not _BOTH_SIDES.search(desk.question.text):
        return None
    outturn, budget = _outturn_and_budget(desk)
    if outturn is None or budget is None or outturn.rivals or outturn.fact.amount is None or budget.fact.amount is None:
        return None
    text = f"{outturn.fact.year}年“{item_of(outturn.fact)}”{spoken_basis(budget.fact, desk.kind)}为{budget.fact.amount}{{0}}，决算为{outturn.fact.amount}{{1}}。"
    answered = tuple(Answered(one.fact.amount, label_of(one.fact), one.fact) for one in (budget, outturn) if one.fact.amount)
    return Finding((Sentence(text, (budget.facts, outturn.facts)),), answered, notices=notices(outturn.facts))


def remaining(desk: Desk) -> Finding | Missing | None:
    """What was budgeted and not spent; 年末结余 is a row of its own, which no budget is held against."""
    if re.search(r"年[末终底]的?(?:财政拨款)?结[转余]", desk.question.text):
        return look_up(desk if "结" in desk.phrase else replace(desk, question=replace(desk.question, items=("年末结转和结余",))))
    outturn, budget = _outturn_and_budget(desk)
    if outturn is None or budget is None:
        return None
    worked = difference(operand(budget), operand(outturn))
    if worked.result.number < 0:
        text = f"没有结余：{outturn.fact.year}年“{item_of(outturn.fact)}”决算{outturn.fact.amount}{{0}}，超过{spoken_basis(budget.fact, desk.kind)}{budget.fact.amount}{{1}}，超出{_bare(worked.result)}。"
    else:
        text = f"还有{worked.result}没有支出：{outturn.fact.year}年“{item_of(outturn.fact)}”{spoken_basis(budget.fact, desk.kind)}{budget.fact.amount}{{1}}，决算{outturn.fact.amount}{{0}}。"
    return computed(desk, worked, text, (outturn, budget), f"{outturn.fact.year}年{item_of(outturn.fact)}未支出数")


def left_over(desk: Desk) -> Finding | Missing | None:
    """What is left, where the report prints it as such (年末结转和结余). What was budgeted or spent of an item never says what is left of it."""
    found = look_up(desk)
    left = isinstance(found, Missing) or found is not None and any(re.search(r"结转|结余|余额|剩余", one.label) for one in found.answered)
    return found if left else None


def _outturn_and_budget(desk: Desk) -> tuple[Found | None, Found | None]:
    """Budget and outturn of one item: cells of one row, or prose of that very item; where the words fit a whole and its parts, the whole."""
    asked = desk.question.basis
    if desk.phrase in ("", "支出", "财政拨款支出"):
        desk = replace(desk, question=replace(desk.question, items=("一般公共预算财政拨款支出",)))
    outturn = printed(desk.figure(desk.phrase, basis=Basis.FINAL, kind=Kind.FINAL)) or printed(desk.figure(desk.phrase, basis=Basis.EXECUTED))
    bases = (asked,) if asked in _BUDGET_BASES else (Basis.BUDGET, Basis.ADJUSTED, Basis.OPENING)  # 预算 is the column 预算数, where there is one
    name = row_of(outturn.fact) if outturn and desk.phrase else ""
    budgets = [found for basis in bases for phrase in dict.fromkeys((desk.phrase, name or desk.phrase)) if (found := printed(desk.figure(phrase, basis=basis)))]
    of_row = [(own, budget) for budget in budgets if outturn for own in (_of_its_account(desk, outturn, budget), _of_its_name(desk, outturn, budget)) if own and of_one_row(own, budget)]
    beside = next(((own, budget) for own, budget in of_row if budget.fact.table_id and budget.fact.table_id == own.fact.table_id), None)
    pair = beside or next(iter(of_row), None)  # one table's own budget before that of another: 全区 before 各市县 (宁夏 2023)
    return whole_row(desk, bases, pair[0] if pair else None) or pair or (outturn, None)


def _of_its_account(desk: Desk, outturn: Found, budget: Found) -> Found:
    """The outturn of the account whose budget it is held against: the 年初预算 of 一般公共预算 is none of all the money (事业机构)."""
    if account_of(budget.fact) in ("", account_of(outturn.fact)):
        return outturn
    return printed(desk.figure(desk.phrase, basis=outturn.fact.basis, kind=Kind.FINAL, account=account_of(budget.fact))) or outturn


def _of_its_name(desk: Desk, outturn: Found, budget: Found) -> Found | None:
    """职业年金缴费 is printed as 机关事业单位职业年金缴费支出 where its budget is told: the outturn of that very name."""
    named = budget.fact.item[-1] if budget.fact.item else ""
    return printed(desk.figure(named, basis=outturn.fact.basis, kind=Kind.FINAL)) if named.startswith("机关事业单位") else None


COARSE = 1000
"""元: a figure whose last digit is worth this much (7.8万元) gives way in a formula to a finer print of the same."""


def printed(found: Found | None) -> Found | None:
    """A found figure, by its finest print where the best place rounds it; None for nothing and for blanks."""
    if found is None or found.fact.amount is None:
        return None
    if found.fact.amount.unit.kind is not UnitKind.MONEY or found.fact.amount.step < COARSE:
        return found
    return replace(found, facts=tuple(sorted(found.facts, key=lambda fact: fact.amount.step if fact.amount else COARSE)))


def operand(found: Found) -> Operand:
    assert found.fact.amount is not None
    return Operand(label_of(found.fact), found.fact.amount, found.facts)


def _says_budget(desk: Desk) -> bool:
    """Whether a question compares with the budget of the year itself."""
    own = re.sub(r"(?:(?:19|20)?\d\d年度?|上一?年度?|去年)的?(?:年初|全年)?预算(?!执行)", " ", desk.question.text)
    return len(desk.question.items) < 2 and bool(
        re.search(r"(?:比|较|超过?了?|低于|高于)\s*(?:其|它)?(?:年初|全年|调整后?的?|当年)?预算(?!执行)|[和与跟同](?:年初|全年|调整后?的?)?预算(?:数)?(?:相?差|相?比|对比)", own)
    )


def _against_budget(desk: Desk) -> bool:
    text = desk.question.text
    told = desk.kind is Kind.FINAL or "执行" in text or _says_budget(desk) and desk.of_government
    return told and bool(re.search(r"执行数?(?:距离?|离)(?:年初|全年|调整后?的?)?预算|(?:比|较|超|与|和)[^，？]{0,6}(?:年初|全年|调整后?的?)?预算|预算[^，？]{0,4}(?:比|与|和|跟)[^，？]{0,4}(?:决算|实际)|超预算|超支", text))


def _between_the_two(desk: Desk) -> bool:
    """三公经费差额是多少, of final accounts: between their budget and their outturn, where nothing else is named."""
    apart = re.search(r"差额(?!拨款|补助|补贴|单位|事业)|相差|差距|差(?:了)?多少", desk.question.text)
    return desk.kind is Kind.FINAL and apart is not None and len(desk.question.items) < 2 and not re.search(r"[上去前]一?年|同期|同比|[比较]", desk.question.text)


def _outturn_less_budget(desk: Desk, measure: Measure = Measure.CHANGE) -> Finding | Missing | None:
    phrase = re.sub(r"(?:年初|全年)?预算.*$", "", desk.phrase).strip() or desk.phrase
    narrowed = replace(desk, question=replace(desk.question, items=(phrase,) if phrase else ()))
    outturn, budget = _outturn_and_budget(narrowed)
    if outturn is None or budget is None:
        return None
    basis = spoken_basis(budget.fact, desk.kind)
    said, worked = _moved(desk, outturn, budget, measure)
    if not worked:
        return no_base(budget, "增减率")
    over = f"{'' if worked[-1].result.number > 0 else '没有'}超过{basis}：" if re.search(r"超(?:出|过|了|支)?(?:年初|全年|调整后?的?)?预算", desk.question.text) else ""
    text = f"{over}{outturn.fact.year}年“{item_of(outturn.fact)}”决算比{basis}{said}：决算{outturn.fact.amount}{{0}}，{basis}{budget.fact.amount}{{1}}。"
    return _with_all(desk, computed(desk, worked[-1], text, (outturn, budget), f"决算比{basis}增减"), worked)


_BOTH = re.compile(r"(?<!百分之)(?:多少|几)(?!个?百分|成)(?:万|亿)?(?:元|钱)?(?=[，,、和]|$).*(?:百分之|[增降减涨]幅|比例)|(?:百分之(?:几|多少)|[增降减涨]幅).*(?:多少|几)(?:万|亿)?(?:元|钱|[？?]|$)")
"""少了多少、少了百分之几: whoever asks for both is told both."""


def _moved(desk: Desk, now: Found, before: Found, measure: Measure) -> tuple[str, tuple[Calculation, ...]]:
    """In words by how much the one is above the other, and how that was worked out; the last is what was asked for. ("", ()) where nothing divides."""
    less = difference(operand(now), operand(before))
    if measure is not Measure.GROWTH:
        return turn_words(less.result), (less,)
    try:
        rate = growth(operand(now), operand(before))
    except ZeroDivisionError:
        return "", ()
    both = bool(_BOTH.search(desk.question.text))
    return (f"{turn_words(less.result)}，{_grown(rate.result)}", (less, rate)) if both else (_grown(rate.result), (rate,))


def _with_all(desk: Desk, found: Finding, worked: tuple[Calculation, ...]) -> Finding:
    """With every formula; both figures answer where both were asked for, in the order asked."""
    if len(worked) < 2:
        return found
    less = Answered(Amount(abs(worked[0].result.number), worked[0].result.unit), f"{found.answered[0].label}（增减额）")
    share = re.search(r"百分之|[增降减涨]幅", desk.question.text)
    first = share is not None and bool(re.search(r"多少|几", desk.question.text[: share.start()]))
    return replace(found, answered=(less, *found.answered) if first else (*found.answered, less), calculations=worked)


def _between_items(desk: Desk) -> Finding | Missing | None:
    names = desk.question.items
    first, second = printed(desk.figure(names[0])), printed(desk.figure(_other_side(*names)))
    if first and second and _strays(first.fact, second.fact, names[1]):
        second = printed(desk.figure(f"{names[1]} {first.fact.column[-1]}"))
        if second is None or second.fact.column != first.fact.column:
            return None
    if first is None or second is None or first.fact == second.fact:
        return None
    if first.rivals or second.rivals:
        return which(desk, first if first.rivals else second)
    if operand(first).amount.unit.base != operand(second).amount.unit.base:
        return None  # 312名 and 286人 have no difference
    worked = difference(operand(first), operand(second))
    text = f"“{item_of(first.fact)}”比“{item_of(second.fact)}”{turn_words(worked.result)}：{first.fact.amount}{{0}}，{second.fact.amount}{{1}}。"
    return computed(desk, worked, text, (first, second), f"{item_of(first.fact)}减{item_of(second.fact)}")


def _other_side(name: str, other: str) -> str:
    """全市社保基金预算收入 and 支出: the second is the first's other side."""
    sides = {"收入": "支出", "支出": "收入"}
    return name.replace(sides[other], other) if other in sides and sides[other] in name else other


def _strays(one: Fact, other: Fact, phrase: str) -> bool:
    """卡若区债务余额比江达县少多少: the second row was found in another column of the table, which its words do not name."""
    if not one.table_id or one.table_id != other.table_id or not one.column or narrowing(one) == narrowing(other):
        return False
    return one.item != other.item and not any(bigrams(name) & bigrams(phrase) for name in other.column)


def _between_years(desk: Desk, measure: Measure) -> Finding | Missing | None:
    late, early = max(desk.scope.years), min(desk.scope.years)
    over = _over_basis(desk)
    if late - early == 1 and over is not Basis.NONE and (said := _told_over(desk, measure, late, over)):
        return said
    before = printed(desk.figure(desk.phrase, early, basis=over, kind=Kind.FINAL)) if over is Basis.EXECUTED else printed(desk.figure(desk.phrase, early))
    if over is Basis.BUDGET and before is not None and before.fact.basis in _SPENT_BASES:
        return None  # 比2022年预算: what was spent in 2022 is not what was planned
    now = _now(desk, late, before)
    if now is None or before is None:
        if late - early != 1 or now is None or over is Basis.EXECUTED:
            return None
        return _over_last_year(desk, measure, late) if over is Basis.NONE else _over_last_budget(desk, now, measure)
    before = _planned_alike(desk, now, before) if over is Basis.NONE else before
    if now.rivals or before.rivals:
        return which(desk, now if now.rivals else before)
    return _compared(desk, now, before, measure)


def _planned_alike(desk: Desk, now: Found, before: Found) -> Found:
    """A budget is compared with the earlier year's budget, where that is printed besides what was spent."""
    if not _mixed(now.fact, before.fact):
        return before
    planned = printed(desk.figure(desk.phrase, before.fact.year, basis=Basis.BUDGET, kind=Kind.BUDGET))
    return planned if planned and planned.fact.basis in _BUDGET_BASES and planned.fact.year == before.fact.year else before


def _mixed(now: Fact, before: Fact) -> bool:
    return now.basis in _BUDGET_BASES and before.basis in _SPENT_BASES


def _over_basis(desk: Desk) -> Basis:
    """EXECUTED or BUDGET where the question names the basis of the year that it compares with; NONE elsewhere."""
    match = OVER_BASIS.search(desk.question.text)
    return Basis.NONE if match is None else Basis.BUDGET if match["basis"] in ("预算", "预算数") else Basis.EXECUTED


def _told_over(desk: Desk, measure: Measure, year: int, over: Basis) -> Finding | None:
    """As the report itself tells the change over that basis: 比2022年预算执行数增加1.96%."""
    versus = "上年预算" if over is Basis.BUDGET else "上年执行数"
    found = desk.figure(desk.phrase, year, measure=measure, basis=Basis.NONE, versus=versus, counters=())
    return _printed_change(desk, found) if found and found.fact.amount is not None and not found.rivals else None


def _now(desk: Desk, year: int, before: Found | None) -> Found | None:
    """The later year's figure: beside 上年决算数 it is the 执行数 of the same table, not its 预算数 (武汉 2025)."""
    now = printed(desk.figure(desk.phrase, year))
    if now is None or before is None or desk.question.kind is not None or desk.question.basis is not Basis.NONE or now.fact.basis not in _BUDGET_BASES or before.fact.basis not in _SPENT_BASES:
        return now
    spent = printed(desk.figure(desk.phrase, year, basis=Basis.EXECUTED))
    return spent if spent and spent.fact.disclosure == before.fact.disclosure else now


def _compared(desk: Desk, now: Found, before: Found, measure: Measure) -> Finding | Missing | None:
    """None where one is a rounded print of what the other prints in full (93,750元 beside 9.38万元): nothing tells whether it moved."""
    if now.fact.amount and before.fact.amount and rounded_alike(now.fact.amount, before.fact.amount):
        return None
    item = item_of(now.fact)
    spent = spoken_basis(before.fact, desk.kind) if _mixed(now.fact, before.fact) else ""  # a budget over what was spent says so
    facts = f"{now.fact.year}年{now.fact.amount}{in_wan(now.fact.amount) if now.fact.amount else ''}{{0}}，{before.fact.year}年{spent}{before.fact.amount}{in_wan(before.fact.amount) if before.fact.amount else ''}{{1}}"
    basis = spoken_basis(now.fact, desk.kind) if now.fact.measure is Measure.AMOUNT else ""
    said, worked = _moved(desk, now, before, measure)
    if not worked:
        return no_base(before, "增减率")
    text = f"{now.fact.year}年“{item}”{basis}{'与' if said.startswith('持平') else '比'}{before.fact.year}年{spent}{said}：{facts}。"
    return _with_all(desk, computed(desk, worked[-1], text, (now, before), f"{item}{now.fact.year}年比{before.fact.year}年"), worked)


def rounded_alike(one: Amount, other: Amount) -> bool:
    """Whether two figures differ by no more than the coarser one's rounding."""
    return one.step != other.step and one.value != other.value and agree(one, other)


def _over_last_year(desk: Desk, measure: Measure, year: int | None = None) -> Finding | Missing | None:
    """As the report itself prints the change; else from two reports or from figure and change."""
    year = year or desk.year
    for versus in ("上年", "上年预算") if desk.kind is Kind.BUDGET else ("上年",):
        found = desk.figure(desk.phrase, year, measure=measure, basis=Basis.NONE, versus=versus, counters=())
        if found and found.fact.amount is not None and not found.rivals:
            return _printed_change(desk, found)
    before = printed(desk.figure(desk.phrase, year - 1))
    now = _now(desk, year, before)
    if now and before and not now.rivals and not before.rivals:
        return _compared(desk, now, _planned_alike(desk, now, before), measure)
    if measure is Measure.GROWTH and now and (moved := moved_over(desk, desk.phrase, year)):
        return _grown_by(desk, now, moved)
    return _of_its_grant(desk, measure, year) or (which(desk, now) if now and now.rivals else None)


def _over_last_budget(desk: Desk, now: Found, measure: Measure) -> Finding | Missing | None:
    """比2025年预算, of which the shelf has no report: by the change that this year's budget prints."""
    moved = moved_over(desk, desk.phrase, now.fact.year) if measure is Measure.GROWTH else None
    return _grown_by(desk, now, moved) if moved else _of_its_grant(desk, measure, now.fact.year)


def _of_its_grant(desk: Desk, measure: Measure, year: int) -> Finding | Missing | None:
    found = grant_of(desk, desk.phrase, year)
    if found is None:
        return None
    part, moved = found
    told = _grown_by(desk, part, moved) if measure is Measure.GROWTH else _printed_change(desk, moved)
    return told if isinstance(told, Missing) else replace(told, notices=(*told.notices, of_grant(part.fact)))


def _printed_change(desk: Desk, found: Found) -> Finding:
    fact = found.fact
    assert fact.amount is not None
    versus = fact.versus.replace("上年", f"{fact.year - 1}年") or f"{fact.year - 1}年"
    said = _grown(fact.amount) if fact.measure is Measure.GROWTH else turn_words(fact.amount)
    also = _its_amount(desk, fact)
    groups = (found.facts, also.facts) if also else (found.facts,)
    text = f"{fact.year}年“{item_of(fact)}”{'与' if said.startswith('持平') else '比'}{versus}{said}{{0}}{f'，{turn_words(also.fact.amount)}{{1}}' if also and also.fact.amount else ''}。"
    answered = tuple(Answered(_as_asked(desk, one.fact.amount), label_of(one.fact), one.fact) for one in (found, also) if one and one.fact.amount)
    return Finding((Sentence(text, groups),), answered, notices=notices(found.facts))


def _its_amount(desk: Desk, fact: Fact) -> Found | None:
    """The printed change beside a printed rate, where the question asks for both."""
    if fact.measure is not Measure.GROWTH or not _BOTH.search(desk.question.text):
        return None
    found = printed(desk.figure(desk.phrase, fact.year, measure=Measure.CHANGE, basis=Basis.NONE, versus=fact.versus, counters=()))
    return found if found and not found.rivals and found.fact.item == fact.item else None


def _grown_by(desk: Desk, now: Found, moved: Found) -> Finding | Missing:
    try:
        worked = growth_by(operand(now), operand(moved))
    except ZeroDivisionError:
        return no_base(now, "增减率")
    assert moved.fact.amount is not None
    text = f"{now.fact.year}年“{item_of(now.fact)}”比上年{_grown(worked.result)}：{now.fact.amount}{{0}}，比上年{turn_words(moved.fact.amount)}{{1}}。"
    return computed(desk, worked, text, (now, moved), f"{item_of(now.fact)}增减率")


def no_base(base: Found, what: str) -> Missing:
    text = f"无法计算{what}：“{item_of(base.fact)}”的基数为{base.fact.amount}{{0}}，基数为零时没有{what}。"
    return Missing((Sentence(text, (base.facts,)),))


def computed(desk: Desk, worked: Calculation, text: str, used: tuple[Found, ...], label: str) -> Finding:
    facts: tuple[Fact, ...] = tuple(fact for found in used for fact in found.facts[:1])
    about = spread(worked)
    return Finding(
        (Sentence(text, tuple(found.facts for found in used)), *((Sentence(f"（{about}。）"),) if about else ())),
        (Answered(_as_asked(desk, worked.result), label),), (worked,), notices=notices(facts) if all(not fact.reliable for fact in facts) else (),
    )  # fmt: skip


def _as_asked(desk: Desk, amount: Amount) -> Amount:
    """少了多少 is answered with how much less; 多了多少, where it is less, with a negative figure."""
    return amount if desk.question.falling > 0 else Amount(abs(amount.number), amount.unit)


def turn_words(amount: Amount) -> str:
    """增加1.23万元, 减少…, 持平."""
    word = "增加" if amount.number > 0 else "减少" if amount.number < 0 else ""
    return f"{word}{_bare(amount)}" if word else f"持平（{_bare(amount)}）"


def _grown(amount: Amount) -> str:
    word = "增长" if amount.number > 0 else "下降" if amount.number < 0 else ""
    return f"{word}{_bare(amount)}" if word else f"持平（{_bare(amount)}）"


def _bare(amount: Amount) -> str:
    extra = in_wan(Amount(abs(amount.number), amount.unit)) if amount.unit.kind is UnitKind.MONEY else ""
    return f"{plain(abs(amount.number))}{amount.unit}{extra}"
