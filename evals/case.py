"""Cases: one evaluation item each, from the lines of a JSONL file (or an audit's JSON object).

The kind of a file is told by its fields: `question` → QaCase, `label` and `numbers` → ClaimCase, `claims` →
ArticleCase, an object with `findings` → AuditCase. A malformed line is a CaseError that names the file and the line.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import CaseError

QA_TYPES = ("lookup_text", "lookup_table", "compute", "compare", "cross", "explain", "define", "count", "refuse")
LABELS = ("supported", "refuted", "unverifiable", "none")


@dataclass(frozen=True)
class QaCase:
    """A question with its gold answer."""

    id: str
    question: str
    type: str
    reports: tuple[str, ...]
    answer: str
    value: Decimal | None
    unit: str
    tolerance: Decimal
    also_values: tuple[Decimal, ...]
    must_include: tuple[tuple[str, ...], ...]
    pages: tuple[tuple[str, tuple[int, ...]], ...]
    """(file, every page that carries the fact)."""
    note: str = ""
    ambiguous: bool = False
    """True: asking back is as good as answering."""
    of: str = ""
    """Id of the item that this one words anew."""


@dataclass(frozen=True)
class Number:
    """A checkable figure of a text, by its span in characters."""

    text: str
    start: int
    label: str
    error: str
    truth: str
    unit: str

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class ArticleCase:
    """A text whose every checkable figure is labelled."""

    id: str
    text: str
    reports: tuple[str, ...]
    numbers: tuple[Number, ...]
    ignore: tuple[tuple[int, int], ...]
    """Spans of figures that claim nothing."""


@dataclass(frozen=True)
class ClaimCase(ArticleCase):
    """One sentence or two, labelled with the worst label of its figures."""

    label: str = "none"
    kind: str = ""


@dataclass(frozen=True)
class GoldFinding:
    """What an audit should find (`severity` set), or a trap that it must pass over (`severity` empty)."""

    id: str
    pages: tuple[int, ...]
    quotes: tuple[str, ...]
    kind: str
    severity: str
    expected: str
    formula: str


@dataclass(frozen=True)
class AuditCase:
    """One report with everything that is wrong in it, and what only looks wrong."""

    id: str
    file: str
    findings: tuple[GoldFinding, ...]
    traps: tuple[GoldFinding, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """As the other cases have it."""
        return (self.file,)


Case = QaCase | ClaimCase | ArticleCase | AuditCase
Fields = dict[str, Any]
T = TypeVar("T")


def load(path: Path) -> tuple[Case, ...]:
    """Every case of a file, in order; ids are unique."""
    if not path.is_file():
        raise CaseError(f"找不到题集：{path}")
    text = path.read_text(encoding="utf-8-sig")
    cases = _load_audit(path, text) if path.suffix == ".json" else _load_lines(path, text)
    _refuse_duplicates(path, cases)
    return cases


def template() -> str:
    """A cases file to start from: one line of each kind of question that the format knows."""
    lines: tuple[Fields, ...] = (
        {"id": "my-01", "question": "某某街道办事处2025年公务接待费预算是多少？", "type": "lookup_table",
         "reports": ["某某街道办事处2025年部门预算.pdf"], "answer": "公务接待费0.91万元。", "value": "0.91",
         "unit": "万元", "tolerance": "0.005", "also_values": [], "must_include": [],
         "pages": {"某某街道办事处2025年部门预算.pdf": [29]}, "note": "第29页表"},
        {"id": "my-02", "question": "某某街道办事处2025年公务用车购置费为什么减少？", "type": "explain",
         "reports": ["某某街道办事处2025年部门预算.pdf"], "answer": "购置车辆类型不同。", "value": None, "unit": None,
         "tolerance": None, "must_include": [["类型不同", "车辆类型"]],
         "pages": {"某某街道办事处2025年部门预算.pdf": [30]}, "note": ""},
        {"id": "my-03", "question": "某某街道办事处2031年预算是多少？", "type": "refuse",
         "reports": ["某某街道办事处2025年部门预算.pdf"], "answer": "没有2031年的报告。", "value": None, "unit": None,
         "tolerance": None, "must_include": [], "pages": {}, "note": "错年份"},
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _load_lines(path: Path, text: str) -> tuple[Case, ...]:
    cases = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            cases.append(_named(f"{path.name} 第{number}行", line, _from_fields))
    if not cases:
        raise CaseError(f"{path.name}：没有题目")
    return tuple(cases)


def _load_audit(path: Path, text: str) -> tuple[Case, ...]:
    cases: tuple[Case, ...] = _named(path.name, text, _audits)
    if not cases:
        raise CaseError(f"{path.name}：没有题目")
    return cases


def _named(place: str, text: str, make: Callable[[Fields], T]) -> T:
    """`make` of the JSON object in `text`; whatever is wrong with it is said with its place."""
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise CaseError(f"{place}：不是合法的 JSON（第{error.colno}个字符附近：{error.msg}）") from error
    if not isinstance(fields, dict):
        raise CaseError(f"{place}：应为一个 JSON 对象")
    try:
        return make(fields)
    except KeyError as error:
        raise CaseError(f"{place}：缺少字段 {error.args[0]}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise CaseError(f"{place}：{error}") from error


def _from_fields(fields: Fields) -> Case:
    if "question" in fields:
        return qa_case(fields)
    if "claims" in fields:
        return _article(fields)
    if "label" in fields:
        return _claim(fields)
    raise ValueError("认不出题型：应有 question（问答）、label 与 numbers（核查）或 claims（文章）字段")


def qa_case(fields: Fields) -> QaCase:
    value = _decimal(fields, "value")
    tolerance = _decimal(fields, "tolerance")
    if value is not None and (tolerance is None or not fields.get("unit")):
        raise ValueError("有 value 就要有 unit 和 tolerance")
    return QaCase(
        id=str(fields["id"]), question=str(fields["question"]), type=_one_of(fields, "type", QA_TYPES),
        reports=_strings(fields, "reports"), answer=str(fields.get("answer", "")), value=value,
        unit=str(fields.get("unit") or ""), tolerance=tolerance or Decimal(0),
        also_values=tuple(_to_decimal(v, "also_values") for v in fields.get("also_values", ())),
        must_include=_phrases(fields),
        pages=tuple((file, tuple(int(p) for p in pages)) for file, pages in fields.get("pages", {}).items()),
        note=str(fields.get("note", "")), ambiguous=bool(fields.get("ambiguous", False)), of=str(fields.get("of", "")),
    )


def _claim(fields: Fields) -> ClaimCase:
    text = str(fields["text"])
    return ClaimCase(
        id=str(fields["id"]), text=text, reports=_strings(fields, "reports"),
        numbers=tuple(_number(text, n, "text") for n in fields["numbers"]),
        ignore=_ignored(text, fields.get("ignore", ())),
        label=_one_of(fields, "label", LABELS), kind=str(fields.get("kind") or ""),
    )


def _article(fields: Fields) -> ArticleCase:
    text = str(fields["text"])
    return ArticleCase(
        id=str(fields["id"]), text=text, reports=_strings(fields, "reports"),
        numbers=tuple(_number(text, n, "span_text") for n in fields["claims"]),
        ignore=_ignored(text, fields.get("ignore", ())),
    )


def _number(whole: str, fields: Fields, key: str) -> Number:
    number = Number(
        text=str(fields[key]), start=int(fields["start"]), label=_one_of(fields, "label", LABELS),
        error=str(fields.get("error") or ""), truth=str(fields.get("truth", "")), unit=str(fields.get("unit", "")),
    )
    if whole[number.start : number.end] != number.text:
        raise ValueError(f"start={number.start} 处不是“{number.text}”")
    return number


def _ignored(whole: str, entries: Any) -> tuple[tuple[int, int], ...]:
    """Spans to pass over: given as a string (wherever it stands in the text) or as text and start."""
    spans = []
    for entry in entries:
        if isinstance(entry, str):
            spans.extend(_occurrences(whole, entry))
        else:
            start = int(entry["start"])
            spans.append((start, start + len(entry["text"])))
    return tuple(spans)


def _occurrences(whole: str, part: str) -> list[tuple[int, int]]:
    starts = [i for i in range(len(whole)) if part and whole.startswith(part, i)]
    if not starts:
        raise ValueError(f"ignore 里的“{part}”不在正文中")
    return [(start, start + len(part)) for start in starts]


def _audits(fields: Fields) -> tuple[AuditCase, ...]:
    """One case a report: a file may hold the gold of several."""
    found, passed = fields["findings"], fields.get("not_errors", [])
    files = dict.fromkeys(str(entry["pdf"]) for entry in (*found, *passed))
    return tuple(
        AuditCase(
            id=f"audit-{n}", file=file,
            findings=tuple(_finding(e) for e in found if e["pdf"] == file),
            traps=tuple(_trap(n, e) for n, e in enumerate(passed, start=1) if e["pdf"] == file),
        )
        for n, file in enumerate(files, start=1)
    )


def _finding(fields: Fields) -> GoldFinding:
    return GoldFinding(
        id=str(fields["id"]), pages=(int(fields["page"]),), quotes=(str(fields["quote"]),), kind=str(fields["kind"]),
        severity=_one_of(fields, "severity", ("error", "wording", "template", "rounding")),
        expected=str(fields.get("expected", "")), formula=str(fields.get("formula", "")),
    )


def _trap(number: int, fields: Fields) -> GoldFinding:
    """A trap stands at two places; flagging either is a false alarm."""
    return GoldFinding(
        id=f"trap-{number}",
        pages=tuple(int(fields[key]) for key in ("page", "ref_page") if fields.get(key) is not None),
        quotes=tuple(str(fields[key]) for key in ("quote", "ref_quote") if fields.get(key)),
        kind=str(fields.get("trap", "")), severity="", expected="", formula="",
    )


def _decimal(fields: Fields, key: str) -> Decimal | None:
    raw = fields.get(key)
    return None if raw is None else _to_decimal(raw, key)


def _to_decimal(raw: object, key: str) -> Decimal:
    try:
        return Decimal(str(raw).replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"{key} 不是数：{raw}") from error


def _strings(fields: Fields, key: str) -> tuple[str, ...]:
    raw = fields[key]
    if not isinstance(raw, list) or not all(isinstance(entry, str) for entry in raw):
        raise ValueError(f"{key} 应为字符串的列表")
    return tuple(raw)


def _phrases(fields: Fields) -> tuple[tuple[str, ...], ...]:
    raw = fields.get("must_include") or []
    if not all(isinstance(group, list) and group for group in raw):
        raise ValueError("must_include 应为列表的列表，内层不空")
    return tuple(tuple(str(phrase) for phrase in group) for group in raw)


def _one_of(fields: Fields, key: str, allowed: tuple[str, ...]) -> str:
    value = str(fields[key])
    if value not in allowed:
        raise ValueError(f"{key} 是“{value}”，应为 {'、'.join(allowed)} 之一")
    return value


def _refuse_duplicates(path: Path, cases: tuple[Case, ...]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CaseError(f"{path.name}：题号 {case.id} 重复")
        seen.add(case.id)
