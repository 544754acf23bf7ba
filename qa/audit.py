"""One disclosure on the shelf → Audited: what is wrong with it by its own print, what holds, and what was not checked."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.disclosure import Disclosure, Scope, Source
from corpus.errors import MingzhangError
from corpus.fact import Discrepancy, Fact, Severity
from corpus.record import Record
from corpus.shelf import Shelf
from corpus.table import Sums, TableInfo
from corpus.version import PROGRAM
from qa.document import document_of
from qa.rules import agencies, directions, execution, figures, leftovers, parts, procurement, projects, rates, sentences, shares, texts
from qa.rules.rule import Evidence, Finding, Held, NotChecked, Rule

RULES: tuple[Rule, ...] = (
    *sentences.RULES, *rates.RULES, *shares.RULES, *directions.RULES, *parts.RULES, *procurement.RULES, *texts.RULES, *leftovers.RULES, *figures.RULES,
    *agencies.RULES, *projects.RULES, *execution.RULES,
)  # fmt: skip
ARITHMETIC = {
    "parts_sum_to_total": ("分项之和等于合计", "预决算报表勾稽关系：合计等于各分项之和"),
    "columns_sum_to_total": ("各列之和等于合计列", "预决算报表勾稽关系：合计列等于各分列之和"),
    "part_within_whole": ("其中数不大于总数", "“其中”所列是总数的一部分"),
    "staff_and_public_make_basic": ("人员经费与公用经费之和等于基本支出", "基本支出由人员经费和公用经费组成"),
    "sides_equal": ("收入总计等于支出总计", "收支总表收支平衡"),
    "tables_agree": ("各表同一数字相同", "预决算报表表间勾稽关系"),
    "forms_each_once": ("九张表齐全", "部门预决算公开格式：规定的报表都应公开，无数据的公开空表并说明"),
    "code_has_one_name": ("科目编码与名称一一对应", "《政府收支分类科目》"),
    "code_is_whole": ("科目编码完整", "《政府收支分类科目》：类3位、款5位、项7位"),
    "unit_present": ("表格写明金额单位", "部门预决算公开格式：表格右上角注明金额单位"),
    "table_of_publisher": ("各表的编制部门相同", "部门预决算公开格式：各表的编制部门应为封面所写的部门"),
    "headings_as_in_contents": ("正文标题与目录一致", "公文格式：目录所列标题应与正文标题一致"),
}
"""Rules that were applied when the file was read: title and basis."""


@dataclass(frozen=True)
class Found:
    """A finding and the rule that it breaks."""

    rule: str
    basis: str
    finding: Finding


@dataclass(frozen=True)
class Checked:
    """A rule and how many places were held against it."""

    rule: str
    title: str
    basis: str
    places: int


@dataclass(frozen=True)
class Audited:
    """What the audit of a disclosure says."""

    disclosure: Disclosure
    program: str
    findings: tuple[Found, ...]
    checked: tuple[Checked, ...]
    not_checked: tuple[tuple[str, str], ...]
    """Rule and reason: neither passed nor failed."""

    def of(self, *severities: Severity) -> tuple[Found, ...]:
        return tuple(found for found in self.findings if found.finding.severity in severities)


def audit(disclosure_id: str, shelf: Shelf) -> Audited:
    """Audits a disclosure of the shelf; last year's of the same publisher and kind is looked at where it is there."""
    record = record_of(disclosure_id, shelf)
    earlier = next((d for d in shelf.disclosures() if _is_before(d, record.disclosure)), None)
    return audit_record(record, record_of(earlier.id, shelf) if earlier else None)


def record_of(id: str, shelf: Shelf) -> Record:
    """All that the shelf holds of a disclosure."""
    store = shelf.store
    disclosure = store.disclosure(id)
    if disclosure is None:
        raise MingzhangError(f"报告库里没有编号为 {id} 的报告")
    return Record(
        disclosure, PROGRAM, store.tables([id]), store.facts([id]), store.chunks([id]), store.discrepancies(id), store.unchecked(id),
    )  # fmt: skip


def _is_before(one: Disclosure, other: Disclosure) -> bool:
    return (one.publisher, one.kind, one.scope, one.year + 1) == (other.publisher, other.kind, other.scope, other.year)


def audit_record(record: Record, before: Record | None = None) -> Audited:
    """The audit itself, of a record as read."""
    document = document_of(record, before)
    unread = [_unreadable(one, record) for one in record.discrepancies]
    findings = list(_stored(replace(record, discrepancies=tuple(one for one, why in zip(record.discrepancies, unread, strict=True) if not why))))
    checked: list[Checked] = []
    unchecked = [(one.rule, one.reason) for one in record.unchecked] + [(one.rule, why) for one, why in zip(record.discrepancies, unread, strict=True) if why]
    government = record.disclosure.scope is Scope.GOVERNMENT
    unchecked += [(rule.name, "本规则依据部门（单位）的公开格式，不用于政府预决算") for rule in RULES if government and rule.departments]
    for rule in RULES:
        if government and rule.departments:
            continue
        outcomes = list(rule.apply(document))
        findings += [Found(rule.name, rule.basis, one) for one in outcomes if isinstance(one, Finding)]
        places = sum(isinstance(one, Finding | Held) for one in outcomes)
        checked += [Checked(rule.name, rule.title, rule.basis, places)] if places else []
        unchecked += _reasons(rule, outcomes, places)
    return Audited(record.disclosure, record.program, tuple(_in_order(findings)), (*_arithmetic(record), *checked), tuple(unchecked))


_NO_TITLE = re.compile(r"^第\d+表第\d+行第\d+列处的表格")


def _unreadable(one: Discrepancy, record: Record) -> str:
    """Why what reading found is no finding: a form may stand in a picture that was not read, or under a title that is not
    the form's; of a table whose title was not read, the unit may not have been read either (太原市发改委 2016)."""
    if one.rule == "forms_each_once" and one.message.startswith("没有找到"):
        if any(unchecked.rule == "all_is_read" for unchecked in record.unchecked):
            return f"{one.message}，但文件里有没有读取的图片或内容"
        if "经济分类" in one.message and any(_is_economic(table, record) for table in record.tables if not table.form):
            return f"{one.message}，但有一张表列有经济分类的科目"
    if one.rule == "unit_present" and _NO_TITLE.match(one.message):
        return f"{one.message}；表的标题没有认出，单位可能印在别处"
    return ""


def _is_economic(table: TableInfo, record: Record) -> bool:
    names = {fact.item[0] for fact in record.facts if fact.table_id == table.id and fact.item}
    return {"工资福利支出", "商品和服务支出"} <= names


def _reasons(rule: Rule, outcomes: Sequence[object], places: int) -> Iterator[tuple[str, str]]:
    """Why places were not checked, equal reasons counted; a rule that met nothing to check says so."""
    reasons = Counter(one.reason for one in outcomes if isinstance(one, NotChecked))
    for reason, count in reasons.items():
        yield rule.name, reason if count == 1 else f"{reason}（{count}处）"
    if not places and not reasons:
        yield rule.name, "本文件中没有适用的内容"


def _stored(record: Record) -> Iterator[Found]:
    """What reading found: sums, table against table, missing forms."""
    at = {(fact.source.page, fact.source.box, fact.source.place): fact for fact in record.facts if fact.table_id}
    for one in record.discrepancies:
        evidence = tuple(Evidence(source, _quote(source, one, at)) for source in one.sources)
        basis = ARITHMETIC.get(one.rule, ("", ""))[1]
        yield Found(one.rule, basis, Finding(one.severity, one.message, evidence, one.expected, one.actual, one.formula))


def _quote(source: Source, one: Discrepancy, at: dict[tuple[int, Any, str], Fact]) -> str:
    """What stands at a place: a cell with its name, else what the finding says stands there."""
    fact = at.get((source.page, source.box, source.place))
    return " ".join((*fact.item[-1:], fact.text.strip())) if fact else one.actual


def _arithmetic(record: Record) -> list[Checked]:
    """Sums of tables that were looked at, counted by table."""
    held = sum(table.sums is not Sums.UNCHECKED for table in record.tables)
    title, basis = ARITHMETIC["parts_sum_to_total"]
    return [Checked("parts_sum_to_total", title, basis, held)] if held else []


_GRAVE = {Severity.ERROR: 0, Severity.WORDING: 1, Severity.TEMPLATE: 2, Severity.ROUNDING: 3}


def _in_order(findings: Iterable[Found]) -> list[Found]:
    """The gravest first, then by page; the same finding once."""
    unique = {(found.rule, found.finding.message, found.finding.evidence[:1]): found for found in findings}
    return sorted(unique.values(), key=lambda found: (_GRAVE[found.finding.severity], _page(found)))


def _page(found: Found) -> int:
    return found.finding.evidence[0].source.page if found.finding.evidence else 0


def as_json(audited: Audited) -> dict[str, Any]:
    """The audit as the command and the evaluation print it."""
    d = audited.disclosure
    return {
        "findings": [_finding_json(found) for found in audited.findings],
        "checked": [{"rule": one.rule, "title": one.title, "basis": one.basis, "places": one.places} for one in audited.checked],
        "not_checked": [{"rule": rule, "reason": reason} for rule, reason in audited.not_checked],
        "report": {"file": d.file, "title": d.title, "sha256": d.sha256, "program": audited.program},
    }


def _finding_json(found: Found) -> dict[str, Any]:
    one = found.finding
    return {
        "rule": found.rule, "severity": str(one.severity), "message": one.message,
        "evidence": [
            {"file": e.source.file, "page": e.source.page, "box": e.source.box, "place": e.source.place, "quote": e.quote} for e in one.evidence
        ],
        "expected": one.expected, "actual": one.actual, "formula": one.formula, "basis": found.basis,
    }  # fmt: skip
