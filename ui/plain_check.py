"""Checked or Audited → lines of plain text for the terminal, and the file that --out asks for."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.disclosure import Disclosure
from corpus.errors import FileError, SettingError
from qa.audit import Audited, Found
from qa.verdict import RULINGS, Checked, Verdict
from ui.audit_view import GRADES, citations
from ui.check_view import citations_of
from ui.export import FORMS, Listing
from ui.reader_ruling import SIGNS
from ui.render import where


def checked_text(checked: Checked, disclosures: Sequence[Disclosure]) -> str:
    lines = [line for verdict in checked.verdicts for line in _verdict_lines(verdict, disclosures)]
    return "\n".join(lines) if lines else "没有找到可以核查的数字。"


def _verdict_lines(verdict: Verdict, disclosures: Sequence[Disclosure]) -> Iterator[str]:
    reason = f"（{verdict.reason}）" if verdict.reason else ""
    disclosed = f"　披露：{verdict.disclosed.label} {verdict.disclosed.amount}" if verdict.disclosed else ""
    yield f"{SIGNS[verdict.ruling]} {RULINGS[verdict.ruling]}{reason}　“{verdict.claim.text}”{disclosed}"
    if verdict.disclosed and verdict.disclosed.computed:
        yield f"    算式：{verdict.disclosed.formula}"
    if verdict.note:
        yield f"    {verdict.note}"
    for place in citations_of(verdict, disclosures)[:2]:
        yield f"    《{place.file}》{where(place)}：{place.quote}"
    for one in verdict.readings:
        yield f"    如果指的是{one.name}：{one.disclosed.amount}（{RULINGS[one.ruling]}）"


def audited_text(audited: Audited) -> str:
    counted = "、".join(f"{name} {n} 处" for grade, (_, name) in GRADES.items() if (n := len(audited.of(grade))))
    lines = [audited.disclosure.title, counted or "没有发现问题", *(line for found in audited.findings for line in _finding_lines(audited, found))]
    places = sum(one.places for one in audited.checked)
    lines.append(f"按 {len(audited.checked)} 条规则核对了 {places} 处；没有查到的 {len(audited.not_checked)} 项（--json 列出，不等于没有问题）")
    return "\n".join(lines)


def _finding_lines(audited: Audited, found: Found) -> Iterator[str]:
    one = found.finding
    yield f"{GRADES[one.severity][0]} {GRADES[one.severity][1]}：{one.message}"
    if one.formula:
        yield f"    算式：{one.formula}"
    for place in citations(audited, one.evidence):
        yield f"    {where(place)}：{place.quote}"
    yield f"    依据：{found.basis}"


def write_listing(listing: Listing, out: Path) -> None:
    """In the form that the file's suffix names."""
    form = out.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise SettingError(f"--out：文件名的后缀只能是 {'、'.join(FORMS)}")
    try:
        out.write_bytes(FORMS[form][1](listing))
    except OSError as error:
        raise FileError(out.name, f"写不进去（{error.strerror}）") from error
