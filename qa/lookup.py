"""A question for one figure → Finding: the printed figure, last year's worked backwards, or what stands there instead."""

import re
from dataclasses import replace

from corpus.amount import Amount, UnitKind, agree
from corpus.disclosure import Kind, Scope
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.number import Bound, find_mentions, is_blank, unit_named
from qa.absence import absence
from qa.account import account_of
from qa.calculate import Operand, back
from qa.day import day_of, day_said
from qa.desk import Desk
from qa.find import Found
from qa.finding import Answered, Finding, Missing, Sentence
from qa.grant import grant_of, of_grant
from qa.naming import in_wan, item_of, label_of, spoken_basis
from qa.nearest import other_name, rivals_of_name
from qa.threshold import passed

_SPENDING = ("支出", "总支出", "本年支出", "支出合计")
_CELL = 20
"""Signs of a cell that are repeated to the reader; longer ones are words."""
_OFFERED = 12
"""Items that are offered where the words fit several; of more, it is told how many there are."""


def look_up(desk: Desk) -> Finding | Missing:
    """The figure of the item asked for, for each year asked for."""
    year = desk.year
    if (not desk.phrase or _all_general(desk)) and desk.question.basis in (Basis.OPENING, Basis.ADJUSTED):
        desk = replace(desk, question=replace(desk.question, items=("一般公共预算财政拨款支出",)))
    if not desk.phrase and re.search(r"花|支出|开支|开销|用掉|用了", desk.question.text):
        desk = replace(desk, question=replace(desk.question, items=("支出",)))
    found = _official_cars(desk) or desk.figure(desk.phrase, year)
    if found is None and not desk.own(year):
        return _backwards(desk, year) or _not_found(desk)
    if found is None:
        return absence(desk) or _not_found(desk)
    if found.fact.amount is None:
        return absence(desk) or _blank(desk, found.fact)
    if found.rivals and not desk.question.counters:
        return which(desk, found)
    if other := other_name(desk, found):
        if rivals := rivals_of_name(desk, found):
            return which(desk, replace(found, rivals=rivals))
        result = stated(desk, found)
        return replace(result, notices=(*result.notices, f"报告没有“{desk.phrase}”这个名称，按最接近的“{other}”回答。"))
    return stated(desk, found)


def _all_general(desk: Desk) -> bool:
    """支出年初预算 of final accounts is told of 一般公共预算财政拨款支出 alone: meant where all that was spent is that."""
    if desk.kind is not Kind.FINAL or desk.phrase not in _SPENDING:
        return False
    spent, general = (desk.figure(phrase, desk.year, basis=Basis.FINAL) for phrase in ("支出", "一般公共预算财政拨款支出"))
    return bool(spent and general and spent.fact.amount and general.fact.amount and agree(spent.fact.amount, general.fact.amount))


def _official_cars(desk: Desk) -> Found | None:
    """多少辆公务用车: those that are called so go before all 车辆."""
    if "车辆" not in desk.phrase or not desk.question.counters or not re.search(r"公务用?车", desk.question.text):
        return None
    found = desk.figure(desk.phrase.replace("车辆", "公务用车"))
    return found if found and found.fact.amount is not None and found.fact.item and "公务用车" in found.fact.item[-1] and not found.rivals else None


def figure_at_least(desk: Desk) -> Finding | Missing | None:
    """办公费是多少，为什么: the figure, where the report gives no reason."""
    if not re.search(r"(?:是|为|花了?|有)?多少", desk.question.text) or not isinstance(result := look_up(desk), Finding):
        return None
    return replace(result, notices=(*result.notices, "报告没有写出原因。"))


def stated(desk: Desk, found: Found) -> Finding:
    """A printed figure as a sentence."""
    fact = found.fact
    assert fact.amount is not None
    if (asked := _as_counted(desk, fact)) is not None:
        text = f"{fact.year}年“{item_of(fact)}”为{asked}{{0}}。"
        return Finding((Sentence(text, (found.facts,)),), (Answered(asked, label_of(fact), fact),), counted=(asked,))
    extra, verdict = in_wan(fact.amount), passed(desk.question.text, fact.amount)
    if fact.origin is Origin.PROSE and (day_of(fact) or fact.measure is not Measure.AMOUNT or not _NAMED.search(item_of(fact)) or _is_bounded(fact)):
        day, clause = day_said(fact), clause_of(fact)
        text = f"{fact.amount}：{f'{day}，' if day and day not in clause else ''}“{clause}”{{0}}。"
    else:
        text = f"{fact.year}年“{item_of(fact)}”{spoken_basis(fact, desk.kind)}为{fact.amount}{extra}{{0}}。"
    text = f"{verdict}：{text}" if verdict else text
    return Finding((Sentence(text, (found.facts,)),), (Answered(fact.amount, label_of(fact), fact),), notices=notices(found.facts))


def _as_counted(desk: Desk, fact: Fact) -> Amount | None:
    """8个 of a row that calls itself 国内公务接待批次（个） are 8批次; None where the printed unit is what was asked for."""
    if fact.amount is None or not desk.question.counters or {fact.amount.unit.name, fact.amount.unit.base} & set(desk.question.counters) or fact.amount.unit.factor != 1:
        return None  # 13.26万人次 are no 13.26人次
    name = next((name for name in desk.question.counters if fact.item and re.search(rf"{name}数?(?:$|[（(])", fact.item[-1])), "")
    unit = unit_named(name) if name else None
    return Amount(fact.amount.number, unit) if unit else None


def _is_bounded(fact: Fact) -> bool:
    """近4000万元 is told with its 近."""
    return any(said.bound is not Bound.EXACT and fact.amount is not None and said.amount.value == abs(fact.amount.value) for said in find_mentions(fact.text))


_NAMED = re.compile(r"(?:支出|收入|[费款金]|经费|预算|总额|总计|合计|采购|补助|补贴|事务|运行|项目|医疗|执法|事业|离退休|活动|服务|保险|年金|环境|卫生|教育|安全|工程|设施|救助|体育)$|[（）]$")
"""Names that can stand alone; a verb (筹措) is better quoted with its sentence."""


def notices(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """What a reader must know of the places that a figure was read from."""
    unsure = [fact for fact in facts if not fact.reliable]
    if not unsure or len(unsure) < len(facts):
        return ()
    return ("该数由图片识别得到，未能由表内勾稽关系印证，请对照原页核实。",)


def clause_of(fact: Fact) -> str:
    """The sentence of a prose figure, without its line breaks; long ones are cut around the figure."""
    text = _NO_REASON.sub("", fact.text.strip().rstrip("。；"))
    if len(text) <= 120 or fact.amount is None:
        return text
    unit = fact.amount.unit.base  # 2台 of a sentence that tells of 2辆 before
    place, end = next(((said.start, said.end) for said in sorted(find_mentions(text), key=lambda said: said.amount.unit.base != unit) if said.amount.value == abs(fact.amount.value)), (0, 0))
    start = max(text.rfind("，", 0, max(place - 20, 0)), text.rfind("；", 0, place), 0)
    end = next((i for i, character in enumerate(text) if i >= end and character in "，。；"), len(text))
    return f"{'…' if start else ''}{text[start:end].strip('，；')}{'…' if end < len(text) else ''}"


_NO_REASON = re.compile(r"[，,](?:[^，,。；]*的)?主要原因(?:是|为)?[：:]?$")
"""A sentence that a list of reasons follows is quoted without the words that lead to them."""


def which(desk: Desk, found: Found) -> Missing:
    """The words fit several rows: ask back with each as a whole question."""
    options = (found.fact, *found.rivals)
    names = list(dict.fromkeys("·".join(fact.item[-2:]) + _narrowed(fact) for fact in options))
    choices = tuple(f"{desk.scope.publisher}{desk.year}年{name}{desk.kind}是多少？" for name in names[:_OFFERED])
    asked = f"“{desk.phrase}”" if desk.phrase else "问题"
    more = f"等{len(names)}项" if len(names) > _OFFERED else ""
    return Missing((Sentence(f"{asked}在报告中对应不止一项，请选择要问的是哪一项：{'；'.join(names[:_OFFERED])}{more}。"),), choices, tuple(mention.amount for mention in find_mentions(more)))


def _narrowed(fact: Fact) -> str:
    name, leaf = item_of(fact), fact.item[-1] if fact.item else ""
    return name[name.rindex("（") :] if name.endswith("）") and not leaf.endswith("）") and "（" in name else ""


def _backwards(desk: Desk, year: int) -> Finding | None:
    """Last year's figure from this year's and its change (the year itself has no report on the shelf)."""
    later = desk.own(year + 1) or tuple(d for d in desk.scope.disclosures if d.scope is Scope.GOVERNMENT and d.year == year + 2)
    if not later:
        return None
    kind = later[0].kind
    if kind is Kind.BUDGET and (desk.question.kind is Kind.FINAL or desk.question.basis in (Basis.EXECUTED, Basis.FINAL, Basis.ACTUAL)):
        return None  # a budget's change leads to a budget, never to an outturn
    if kind is Kind.FINAL and (desk.question.kind is Kind.BUDGET or desk.question.basis in (Basis.OPENING, Basis.ADJUSTED, Basis.BUDGET)):
        return None  # nor an outturn's change to last year's budget
    change = desk.figure(desk.phrase, year + 1, measure=Measure.CHANGE, basis=Basis.NONE, kind=kind, versus="上年" + ("预算" if kind is Kind.BUDGET else ""))
    change = change or desk.figure(desk.phrase, year + 1, measure=Measure.CHANGE, basis=Basis.NONE, kind=kind, versus="上年")
    now = desk.figure(change.fact.item[-1] if change and change.fact.item else desk.phrase, year + 1, basis=Basis.NONE, kind=kind, account=account_of(change.fact) if change else "")
    grant = grant_of(desk, desk.phrase, year + 1) if change is None and kind is Kind.BUDGET else None
    now, change = grant or (now, change)
    if change is None or now is None or now.fact.amount is None or change.fact.amount is None or now.rivals or change.rivals:
        return None
    if now.fact.amount.unit.kind is not UnitKind.MONEY or change.fact.amount.unit.kind is not UnitKind.MONEY:
        return None
    worked = back(Operand(label_of(now.fact), now.fact.amount, now.facts), Operand("比上年增减", change.fact.amount, change.facts))
    turn = "增加" if change.fact.amount.number >= 0 else "减少"
    text = (
        f"{year}年“{item_of(now.fact)}”为{worked.result}，按{year + 1}年报告倒推：{worked.formula}"
        f"（{year + 1}年{now.fact.amount}{{0}}，比上年{turn}{str(change.fact.amount).lstrip('-')}{{1}}）。"
    )
    note = f"报告库中没有{year}年的报告，该数由{year + 1}年报告中的当年数与增减额计算得出。"
    notes = (note, *((of_grant(now.fact),) if grant else ()))
    return Finding((Sentence(text, (now.facts, change.facts)),), (Answered(worked.result, f"{year}年{item_of(now.fact)}（倒推）"),), (worked,), notices=notes)


def _blank(desk: Desk, fact: Fact) -> Missing:
    said = re.sub(r"[{}\s]", "", fact.text)
    why = "数额是空白{0}（空白不等于零）" if is_blank(said) or len(said) > _CELL else f"印的是“{said}”{{0}}，没有能当作数额的数字和单位"
    text = f"报告没有披露：“{item_of(fact)}”在“{fact.table}”中有这一行，但{why}。"
    return Missing((Sentence(text, ((fact,),)),))


def _not_found(desk: Desk) -> Missing:
    looked = "、".join(f"《{disclosure.file}》" for disclosure in desk.scope.disclosures[:3])
    item = f"“{desk.phrase}”" if desk.phrase else "这个问题"
    lacking = "、".join(f"{year}年" for year in desk.scope.years if not desk.own(year) and not desk.own(year + 1))
    later = [year for year in desk.scope.years if not desk.own(year) and desk.own(year + 1)]
    note = f"报告库中没有{lacking}的报告。" if lacking else ""
    note += "".join(f"报告库中没有{year}年的报告，{year + 1}年的报告也没有能推出{year}年数的增减额。" for year in later)
    return Missing((Sentence(f"在{looked}的表格和正文中没有找到{item}的数据，无法回答。{note}"),))
