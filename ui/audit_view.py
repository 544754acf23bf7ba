"""Audited → HTML: findings by severity with their places, what was checked and what was not. Pure; every text is shown as text."""

from collections.abc import Sequence

from corpus.disclosure import Box
from corpus.fact import Severity
from qa.audit import ARITHMETIC, RULES, Audited, Found, as_json
from qa.reply import Citation
from qa.rules.rule import Evidence
from ui.check_view import downloads_html
from ui.export import Listing, made_from
from ui.identity_view import cut_html
from ui.render import source_html, text, where

GRADES = {Severity.ERROR: ("✗", "错误"), Severity.WORDING: ("△", "表述问题"), Severity.TEMPLATE: ("◇", "模板残留"), Severity.ROUNDING: ("≈", "取整提示")}
"""Sign and name: a severity is never told by colour alone."""
MOST_CUTS = 3
"""Pieces of pages that a finding shows at once; the other places are a tap away."""
COLUMNS = ("序号", "类别", "发现", "应为", "写的是", "算式", "依据", "页", "原文", "规则")


def audited_html(audited: Audited) -> str:
    """The whole result of one audit; differences that rounding explains are folded away."""
    hints = audited.of(Severity.ROUNDING)
    groups = "".join(_group_html(audited, grade) for grade in GRADES if grade is not Severity.ROUNDING)
    head = f"<summary>取整提示 {len(hints)} 处（四舍五入能解释的差异，不算错）</summary>"
    folded = f'<details class="more hints">{head}{_rows(audited, hints)}</details>' if hints else ""
    return f"{_head_html(audited)}{groups}{folded}{_checked_html(audited)}{_unchecked_html(audited)}{downloads_html(listing_of(audited))}"


def _head_html(audited: Audited) -> str:
    counts = [(grade, len(audited.of(grade))) for grade in GRADES if grade is not Severity.ROUNDING]
    tally = "".join(f'<li class="{grade}"><i aria-hidden="true">{GRADES[grade][0]}</i> {GRADES[grade][1]} {n}</li>' for grade, n in counts if n)
    places = sum(one.places for one in audited.checked)
    said = f"按 {len(audited.checked)} 条规则核对了 {places} 处" + ("，发现：" if tally else "，没有发现问题；没有查到的部分列在下面。")
    d = audited.disclosure
    corrected = f'<p class="basis">人工更正；程序读出的是：{text(d.read_as)}</p>' if d.read_as else ""
    return f'<h2 class="report-title" data-report="{text(d.id)}">{text(d.title)}</h2>{corrected}<p class="tally-head" role="status">{said}</p><ul class="tally">{tally}</ul><p class="jump"><a href="#tables">看报告里的表格 ↓</a></p>'


def _group_html(audited: Audited, grade: Severity) -> str:
    found = audited.of(grade)
    sign, name = GRADES[grade]
    return f'<h3 class="small-head">{sign} {name}（{len(found)}）</h3>{_rows(audited, found)}' if found else ""


def _rows(audited: Audited, found: Sequence[Found]) -> str:
    return "".join(_finding_html(audited, one) for one in found)


def _finding_html(audited: Audited, found: Found) -> str:
    one = found.finding
    sign, name = GRADES[one.severity]
    cited = citations(audited, one.evidence)
    places = "".join(f"<li>{source_html(place)}</li>" for place in cited)
    cuts = "".join(cut_html(place) for place in cited[:MOST_CUTS] if place.page and place.box)
    pair = f'<p class="pair">应为：<b>{text(one.expected)}</b>　写的是：<b>{text(one.actual)}</b></p>' if one.expected and one.actual else ""
    formula = f'<p class="working">{text(one.formula)}</p>' if one.formula else ""
    opened = " open" if one.severity is Severity.ERROR else ""
    return (
        f'<details class="finding {one.severity}"{opened}><summary><span class="grade"><i aria-hidden="true">{sign}</i> {name}</span>'
        f'<span class="message">{text(one.message)}</span></summary><div class="inside">{pair}{formula}'
        f'<div class="cuts">{cuts}</div><ol class="places">{places}</ol><p class="basis">依据：{text(found.basis)}</p></div></details>'
    )


def citations(audited: Audited, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Each quoted sentence once a page, boxed around all its figures."""
    boxes: dict[tuple[int, str, str], list[Box]] = {}
    for one in evidence:
        boxes.setdefault((one.source.page, one.source.place, one.quote), []).extend([one.source.box] if one.source.box else [])
    d = audited.disclosure
    return tuple(Citation(n, d.id, d.file, page, _around(boxes[page, place, said]), said, True, place) for n, (page, place, said) in enumerate(boxes, 1))


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _checked_html(audited: Audited) -> str:
    rows = "".join(f'<li><b>{text(one.title)}</b> {one.places} 处<span class="basis">{text(one.basis)}</span></li>' for one in audited.checked)
    return f'<details class="more checked-rules"><summary>查了什么：{len(audited.checked)} 条规则</summary><ul>{rows}</ul></details>' if rows else ""


def _unchecked_html(audited: Audited) -> str:
    """Neither passed nor failed: said as loud as what was checked."""
    titles = {one.rule: one.title for one in audited.checked} | _titles()
    rows = "".join(f"<li><b>{text(titles.get(rule, rule))}</b> {text(reason)}</li>" for rule, reason in audited.not_checked)
    head = f"<summary>没有查到的：{len(audited.not_checked)} 项（不等于没有问题）</summary>"
    return f'<details class="more unchecked-rules">{head}<ul>{rows}</ul></details>' if rows else ""


def _titles() -> dict[str, str]:
    return {name: title for name, (title, _) in ARITHMETIC.items()} | {rule.name: rule.title for rule in RULES}


def listing_of(audited: Audited) -> Listing:
    """What was found, rounding hints last, then what was checked and what was not: each row says which."""
    titles = {one.rule: one.title for one in audited.checked} | _titles()
    rows = (
        *(_cells(n, audited, found) for n, found in enumerate(audited.findings, 1)),
        *(("", "已核对", f"{one.title}：{one.places} 处", "", "", "", one.basis, "", "", one.rule) for one in audited.checked),
        *(("", "未核对", f"{titles.get(rule, rule)}：{reason}", "", "", "", "", "", "", rule) for rule, reason in audited.not_checked),
    )
    return Listing(f"体检结果 {audited.disclosure.title}", made_from([audited.disclosure]), COLUMNS, rows, as_json(audited))


def _cells(n: int, audited: Audited, found: Found) -> tuple[str, ...]:
    one, places = found.finding, citations(audited, found.finding.evidence)
    return (
        str(n), GRADES[one.severity][1], one.message, one.expected, one.actual, one.formula, found.basis,
        "；".join(dict.fromkeys(where(place) for place in places)), "；".join(place.quote for place in places), found.rule,
    )  # fmt: skip

