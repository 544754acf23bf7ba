"""A text and a shelf → Checked: every claim with its verdict, the figure as disclosed, formula, places and other readings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from corpus.amount import Amount, UnitKind, plain
from corpus.disclosure import Disclosure, Kind
from corpus.disclosure import Scope as Reach
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.number import Bound
from corpus.shelf import Shelf
from qa.asks import Ask
from qa.claim import Claim, Form
from qa.claim_gate import unfit
from qa.claims import claims_of
from qa.desk import Desk, book_about
from qa.disclosed import Disclosed, Looked, of_rival
from qa.find import handicap
from qa.level import of_one_level
from qa.look import look
from qa.naming import item_of
from qa.publisher import Named
from qa.question import Question, understand
from qa.reading import fits
from qa.settle import Refused, Scope, settle
from qa.short_names import rows_called
from qa.verdict import Checked, Reading, Ruling, Verdict
from qa.wording import comparable

_READINGS = 3
_MONEYLESS = (Form.MOST, Form.LEAST, Form.RANK, Form.ALL, Form.SAME, Form.TURN, Form.NONE, Form.WITHIN)
_TURNED = (Form.CHANGE, Form.GROWTH, Form.POINTS, Form.DIFFERENCE)
_ASKS = {Form.MOST: Ask.MOST, Form.LEAST: Ask.LEAST, Form.SUM: Ask.SUM}


def check(text: str, shelf: Shelf) -> Checked:
    """Hold every claim of a text against the disclosures of a shelf."""
    *_, last = steps(text, shelf)
    return last.checked


@dataclass(frozen=True)
class Step:
    """How far a check is: so many of the sentences that claim something are done, with these verdicts."""

    done: int
    sentences: int
    checked: Checked


def steps(text: str, shelf: Shelf) -> Iterator[Step]:
    """The same check sentence by sentence: first with nothing done, last with all."""
    desks = _Desks(shelf)
    sentences = [tuple(claims) for _, claims in groupby(claims_of(text, desks.disclosures), lambda claim: claim.sentence)]
    verdicts: tuple[Verdict, ...] = ()
    yield Step(0, len(sentences), Checked(text, ()))
    for done, claims in enumerate(sentences, 1):
        with shelf.store.steady():
            verdicts += tuple(_verdict(claim, desks) for claim in claims)
        yield Step(done, len(sentences), Checked(text, verdicts))


class _Desks:
    """Desks of one check, over the reports that stood on the shelf when it began."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.disclosures = shelf.disclosures()

    def of(self, claim: Claim) -> Desk | Refused:
        """The desk that a claim is checked on; Refused where the shelf has no such report."""
        if not claim.publisher:
            return Refused(f"报告库中没有“{claim.unknown}”的报告" if claim.unknown else "没有写明是哪个部门或单位")
        question = _question(claim)
        scope = self._scope(question)
        if isinstance(scope, Refused):
            return scope
        if _of_itself(claim, scope):
            return Refused(f"报告库中{scope.publisher}的报告是部门口径（含所属单位），没有单独的机关本级数")
        scope = self._wider(question, scope, claim.versus_year)
        return Desk(self.shelf, question, scope, book_about(self.shelf, scope.disclosures))

    def _scope(self, question: Question) -> Scope | Refused:
        """As for a question; an outturn may also stand in a budget's report, as 执行数 (a government's, or last year's)."""
        scope = settle(question, self.disclosures)
        if isinstance(scope, Refused) and question.kind is Kind.FINAL:
            scope = settle(replace(question, kind=None), self.disclosures)
            return replace(scope, kind=Kind.FINAL) if isinstance(scope, Scope) else scope
        return scope

    def _wider(self, question: Question, scope: Scope, over: int) -> Scope:
        """With the reports of the year before, which changes are over, or of the year that the text names for it."""
        others = (*(year - 1 for year in scope.years), *((over,) if over else ()))
        more = settle(replace(question, years=tuple(dict.fromkeys((*scope.years, *others))), kind=None), self.disclosures)
        if not isinstance(more, Scope):
            return scope
        return replace(scope, disclosures=tuple(dict.fromkeys((*scope.disclosures, *more.disclosures))))


_ITSELF = re.compile(r"(?<![省市区县州])本级(?![和与及、])|\u3000机关(?!运行)(?=(?:19|20)\d|本)")


def _of_itself(claim: Claim, scope: Scope) -> bool:
    """局本级支出 of a department whose report holds its agencies too: that figure is printed nowhere."""
    return all(disclosure.scope is Reach.DEPARTMENT for disclosure in scope.disclosures) and bool(_ITSELF.search(f"{claim.before}{claim.sentence}{''.join(claim.items)}"))


def _question(claim: Claim) -> Question:
    basis = claim.basis if claim.form is Form.AMOUNT else Basis.NONE
    return replace(
        understand("", ()), text=of_one_level(claim.sentence, claim.before), named=Named((claim.publisher,), ()), years=claim.years, kind=_kind(claim), basis=basis,
        ask=_ASKS.get(claim.form, Ask.LOOKUP), items=claim.items,
    )  # fmt: skip


def _kind(claim: Claim) -> Kind | None:
    """A completion or a change over the budget needs the outturn."""
    if claim.form in (Form.COMPLETION, Form.WITHIN) or claim.over_own_budget:
        return Kind.FINAL if not claim.whole else claim.kind
    return claim.kind


def _verdict(claim: Claim, desks: _Desks) -> Verdict:
    """What is borne out in every year that the text may mean, or in none."""
    if claim.unclear:
        return Verdict(claim, Ruling.UNVERIFIABLE, None, claim.unclear)
    first = _verdict_of_year(claim, desks)
    for years in claim.maybe:
        other = _verdict_of_year(replace(claim, years=years, maybe=()), desks)
        if other.ruling is not first.ruling:
            return Verdict(claim, Ruling.UNVERIFIABLE, None, f"没有写明是{_told_years(claim.years)}还是{_told_years(years)}", _of_years(first, other))
    return first


def _told_years(years: tuple[int, ...]) -> str:
    return "、".join(f"{year}年" for year in years)


def _of_years(*verdicts: Verdict) -> tuple[Reading, ...]:
    return tuple(Reading(_told_years(one.claim.years), one.ruling, one.disclosed) for one in verdicts if one.disclosed is not None)


def _verdict_of_year(claim: Claim, desks: _Desks) -> Verdict:
    desk = desks.of(claim)
    if isinstance(desk, Refused):
        return Verdict(claim, Ruling.UNVERIFIABLE, None, desk.reason.split("，无法回答")[0].rstrip("。"))
    rival = desks.of(replace(claim, publisher=claim.rival, years=claim.rival_years or claim.years)) if claim.rival else None
    if isinstance(rival, Refused):
        return Verdict(claim, Ruling.UNVERIFIABLE, None, rival.reason.split("，无法回答")[0].rstrip("。"))
    claim = claim if claim.form is Form.COUNT else replace(claim, items=rows_called(claim.items, desk.book.entries))
    looked = look(claim, desk, rival)
    if not looked.values:
        return Verdict(claim, Ruling.UNVERIFIABLE, None, looked.missing or "报告没有披露")
    said = zip(claim.alike, looked.values, strict=True) if claim.alike else ((claim.items[0] if claim.items else "", looked.values[0]),)
    if reason := next((why for item, value in said if (why := unfit(replace(claim, items=(item,)) if claim.alike else claim, value, desk))), ""):
        return Verdict(claim, Ruling.UNVERIFIABLE, None, reason)
    ruling, disclosed = _ruled(claim, looked)
    if ruling is Ruling.SUPPORTED:
        return Verdict(claim, ruling, disclosed, "")
    if ruling is Ruling.REFUTED and claim.form is Form.SAME and "基本" in claim.text:
        return Verdict(claim, Ruling.UNVERIFIABLE, None, "“基本持平”没有界限，没有核对")
    if ruling is Ruling.REFUTED and _over_the_outturn(claim, desk):
        return Verdict(claim, Ruling.UNVERIFIABLE, None, "没有写明比的是上年预算数还是执行数")
    readings = () if claim.rival else _readings(claim, desks, desk)
    if ruling is Ruling.UNVERIFIABLE:
        options = tuple(Reading(one.label, _says(claim, one), one) for one in (looked.values[0], *looked.rivals))
        return Verdict(claim, ruling, None, "所写的名称对应不止一项", options[:_READINGS])
    return Verdict(claim, ruling, disclosed, _reason(claim, disclosed, readings), readings[:_READINGS])


def _over_the_outturn(claim: Claim, desk: Desk) -> bool:
    """组织事务88.87万元，增加46.19%: right over what was spent the year before, where the text names no base."""
    if claim.form not in (Form.CHANGE, Form.GROWTH) or claim.versus or claim.rival:
        return False
    looked = look(replace(claim, versus="上年执行数"), desk)
    return any(_says(claim, one) is Ruling.SUPPORTED for one in looked.values) or any(_tells_it(claim, entry.fact) for entry in desk.book.entries)


def _tells_it(claim: Claim, fact: Fact) -> bool:
    """Whether a sentence prints that very change of a part of the item: 组织事务（款）一般行政管理事务（项）…比2023年预算执行数增加46.19%."""
    if fact.origin is not Origin.PROSE or fact.measure not in (Measure.CHANGE, Measure.GROWTH) or fact.amount is None or claim.amount is None or not claim.items:
        return False
    return any(comparable(claim.items[0]) == comparable(name) for name in fact.item) and fact.amount.unit.base == claim.amount.unit.base and fact.amount.value * (claim.turn or 1) == claim.amount.value


def _ruled(claim: Claim, looked: Looked) -> tuple[Ruling, Disclosed]:
    if claim.alike or len(claim.years) > 1 and claim.form is Form.AMOUNT:
        wrong = next((one for one in looked.values if _says(claim, one) is not Ruling.SUPPORTED), None)
        return (Ruling.REFUTED, wrong) if wrong else (Ruling.SUPPORTED, looked.values[0])
    right = next((one for one in looked.values if _says(claim, one) is Ruling.SUPPORTED), None)
    if looked.rivals:
        rivals = [_says(claim, one) for one in looked.rivals]
        if right is None and Ruling.SUPPORTED not in rivals:
            return Ruling.REFUTED, looked.values[0]
        return Ruling.UNVERIFIABLE, looked.values[0]
    return (Ruling.SUPPORTED, right) if right else (Ruling.REFUTED, looked.values[0])


def _says(claim: Claim, disclosed: Disclosed) -> Ruling:
    return Ruling.SUPPORTED if _agrees(claim, disclosed) else Ruling.REFUTED


def _agrees(claim: Claim, disclosed: Disclosed) -> bool:
    value = disclosed.value
    match claim.form:
        case Form.MOST | Form.LEAST if disclosed.computed:
            return value == 1
        case Form.MOST | Form.LEAST:
            return any(_same_item(claim.items[0], place) for place in disclosed.places[:1] if isinstance(place, Fact)) if claim.items else False
        case Form.RANK:
            return value == abs(claim.turn)
        case Form.ALL:
            return abs(value - 100) < Decimal("0.005")
        case Form.SAME | Form.NONE:
            return value == 0
        case Form.TURN:
            return value * claim.turn > 0
        case Form.WITHIN:
            return value <= 0 if claim.turn < 0 else value > 0
    stated = claim.amount
    if stated is None:
        return False
    if claim.form in _TURNED:
        value = value * claim.turn if claim.turn else abs(value)
    if claim.form is Form.COMPLETION and stated.unit.kind is UnitKind.TIMES:
        value = value / 100
    if claim.form is Form.GROWTH and stated.unit.kind is UnitKind.TIMES:
        value = value / 100
    elif claim.form not in (Form.COMPLETION,) and not _same_base(stated, disclosed.amount):
        return False
    if not stated.number and stated.number.as_tuple().exponent == 0:
        return value == 0  # 0万元 says that there was none: no rounding of 0.46万元
    return fits(stated, claim.bound, value)


def _same_base(stated: Amount, disclosed: Amount) -> bool:
    return stated.unit.base == disclosed.unit.base or (stated.unit.kind is UnitKind.COUNT and disclosed.unit.kind is UnitKind.COUNT)


def _same_item(phrase: str, place: Fact) -> bool:
    said, name = comparable(phrase), comparable(place.item[-1] if place.item else "")
    return bool(name) and (said in name or name in said or said.removesuffix("支出") == name.removesuffix("支出"))


def _reason(claim: Claim, disclosed: Disclosed, readings: tuple[Reading, ...]) -> str:
    """What is wrong, in one word, the plainest cause first."""
    stated = claim.amount
    if stated is None:
        return {Form.TURN: "方向", Form.SAME: "方向", Form.WITHIN: "方向"}.get(claim.form, "数字")
    if claim.form in _TURNED and claim.turn and fits(stated, claim.bound, -disclosed.value * claim.turn):
        return "方向"
    if claim.form is Form.DIFFERENCE and claim.shares and stated.unit.kind is UnitKind.PERCENT:
        return "单位"
    if claim.bound in (Bound.OVER, Bound.AT_LEAST) and disclosed.value > stated.value > 0:
        return "数量级"
    if stated.number and disclosed.amount.number and _same_base(stated, disclosed.amount):
        if stated.unit != disclosed.amount.unit and abs(stated.number) == abs(disclosed.amount.number):
            return "单位"
        ratio = abs(stated.value / disclosed.value) if disclosed.value else Decimal(0)
        if any(abs(ratio / (Decimal(10) ** power) - 1) < Decimal("0.0005") for power in (-4, -3, -2, -1, 1, 2, 3, 4)):
            return "数量级"
    right = next((reading for reading in readings if reading.ruling is Ruling.SUPPORTED), None)
    if right is not None:
        return "年度" if right.name.endswith("年") else "部门" if right.name.endswith("（其他部门）") else "口径" if right.name.endswith(("预算数", "决算数")) else "数字"
    if claim.bound is Bound.EXACT and abs(disclosed.value - stated.value) <= stated.step:
        return "取整"
    return "数字"


def _readings(claim: Claim, desks: _Desks, desk: Desk) -> tuple[Reading, ...]:
    """Other years, the other kind, other publishers, other items of the very amount: what the writer may have meant."""
    found: list[Reading] = []
    for name, other in _others(claim, desks.disclosures, desk):
        at = desks.of(other)
        if isinstance(at, Refused) or (name.endswith("年") and not at.own(other.years[0])):
            continue
        looked = look(other, at)
        if looked.values and not looked.rivals:
            found.append(Reading(name, _says(other, looked.values[0]), looked.values[0]))
    found.extend(_same_amount(claim, desk))
    return tuple(sorted(found, key=lambda reading: reading.ruling is not Ruling.SUPPORTED))


def _others(claim: Claim, disclosures: tuple[Disclosure, ...], desk: Desk) -> list[tuple[str, Claim]]:
    others: list[tuple[str, Claim]] = []
    own = [d for d in disclosures if d.publisher == claim.publisher]
    for year in sorted({d.year for d in own} | {d.year - 1 for d in own}):
        if year not in desk.scope.years:
            others.append((f"{year}年", replace(claim, years=(year,))))
    if claim.form is Form.AMOUNT:
        kind = Kind.BUDGET if desk.kind is Kind.FINAL else Kind.FINAL
        others.append((f"{kind}数", replace(claim, kind=kind, years=desk.scope.years, basis=Basis.NONE)))
        for name in sorted({d.publisher for d in disclosures if d.publisher != claim.publisher and d.year in desk.scope.years})[:4]:
            others.append((f"{name}（其他部门）", replace(claim, publisher=name, years=desk.scope.years)))
    return others


def _same_amount(claim: Claim, desk: Desk) -> list[Reading]:
    """Another item that prints the very figure: the writer may have taken the wrong row."""
    if claim.amount is None or claim.form is not Form.AMOUNT or claim.bound is not Bound.EXACT:
        return []
    scope = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}
    wanted = desk.wanted()
    for entry in desk.book.entries:
        fact = entry.fact
        if fact.amount is not None and fact.measure is Measure.AMOUNT and fact.amount.value == claim.amount.value and handicap(fact, scope, wanted, True) is not None:
            return [Reading(f"{item_of(fact)}（另一项）", Ruling.SUPPORTED, of_rival(fact))]
    return []


def as_json(checked: Checked) -> dict[str, Any]:
    """The JSON object that `check --json` prints; offsets are in characters of the text."""
    return {"claims": [_claim_json(verdict) for verdict in checked.verdicts]}


def _claim_json(verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    return {
        "text": claim.text, "start": claim.start, "end": claim.end, "verdict": str(verdict.ruling), "stated": _amount_json(claim.amount),
        "disclosed": _amount_json(verdict.disclosed.amount) if verdict.disclosed else None, "difference": _amount_json(verdict.difference),
        "formula": verdict.disclosed.formula if verdict.disclosed else None,
        "evidence": _evidence(verdict.disclosed), "reason": verdict.reason, "note": verdict.note,
        "readings": [
            {"reading": reading.name, "verdict": str(reading.ruling), "disclosed": _amount_json(reading.disclosed.amount), "formula": reading.disclosed.formula, "evidence": _evidence(reading.disclosed)}
            for reading in verdict.readings
        ],
        "publisher": claim.publisher, "years": list(claim.years), "item": " › ".join(claim.items), "measure": str(claim.form),
    }  # fmt: skip


def _amount_json(amount: Amount | None) -> dict[str, str] | None:
    return {"value": plain(amount.number).replace(",", ""), "unit": amount.unit.name} if amount else None


def _evidence(disclosed: Disclosed | None) -> list[dict[str, Any]]:
    if disclosed is None:
        return []
    found: list[dict[str, Any]] = []
    for place in disclosed.places:
        sources = (place.source,) if isinstance(place, Fact) else place.sources
        for source in sources[:1]:
            found.append({"file": source.file, "page": source.page, "box": list(source.box) if source.box else None, "quote": _quote(place)})
    return found


def _quote(place: object) -> str:
    if not isinstance(place, Fact):
        return str(getattr(place, "text", ""))
    return place.text if not place.table_id else " › ".join(part for part in (place.table, *place.item, *place.column, place.text) if part)
