"""An audit or a check → XLSX, CSV, Markdown or JSON, with the reports' sha256 and the program's version: it can be cited and repeated."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from corpus.disclosure import Disclosure
from corpus.errors import SettingError
from corpus.version import PROGRAM

FORMATS = ("xlsx", "csv", "md", "json")
SEVERITIES = {"error": "错误", "wording": "表述", "template": "格式", "rounding": "尾差提示"}
VERDICTS = {"supported": "一致", "refuted": "不符", "unverifiable": "无依据"}
_FINDING = ("严重程度", "规则", "说明", "应为", "实为", "算式", "依据", "页", "原文")
_CLAIM = ("核查结论", "原文", "起", "止", "文中数", "披露数", "算式", "说明", "文件", "页", "披露原文")
_WIDE = 60


@dataclass(frozen=True)
class Sheet:
    """A titled table of text."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Paper:
    """What is written: where it comes from, its tables, and the same as JSON."""

    title: str
    source: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]
    data: Mapping[str, Any]


def audit_paper(audit: Mapping[str, Any], hints: bool = False) -> Paper:
    """An audit as `qa.audit.as_json` gives it; `hints` shows what lies within rounding too. The JSON always holds all."""
    report = audit["report"]
    shown = [one for one in audit["findings"] if hints or one["severity"] != "rounding"]
    sheets = (
        Sheet("发现", _FINDING, [_finding_row(one) for one in shown]),
        Sheet("已核对", ("规则", "名称", "核对处数", "依据"), [(c["rule"], c["title"], str(c["places"]), c["basis"]) for c in audit["checked"]]),
        Sheet("未核对", ("规则", "原因"), [(one["rule"], one["reason"]) for one in audit["not_checked"]]),
    )
    source = (("报告", report["title"]), ("文件", report["file"]), ("sha256", report["sha256"]), ("程序", report["program"]))
    return Paper(f"体检：{report['title']}", source, sheets, audit)


def _finding_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    pages = "、".join(dict.fromkeys(str(e["page"] or e["place"]) for e in one["evidence"]))
    quotes = "；".join(dict.fromkeys(e["quote"] for e in one["evidence"] if e["quote"]))
    return (
        SEVERITIES[one["severity"]], one["rule"], one["message"], one["expected"], one["actual"], one["formula"], one["basis"], pages, quotes,
    )  # fmt: skip


def check_paper(check: Mapping[str, Any], reports: Sequence[Disclosure], name: str) -> Paper:
    """A check as `qa.check.as_json` gives it, of the text `name`, against these reports."""
    sheets = (
        Sheet("核查", _CLAIM, [_claim_row(one) for one in check["claims"]]),
        Sheet("报告库", ("报告", "文件", "sha256"), [(d.title, d.file, d.sha256) for d in reports]),
    )
    data = {**check, "text": name, "program": PROGRAM, "reports": [{"file": d.file, "title": d.title, "sha256": d.sha256} for d in reports]}
    return Paper(f"核查：{name}", (("文章", name), ("程序", PROGRAM)), sheets, data)


def _claim_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    evidence = one["evidence"] or []
    files = "、".join(dict.fromkeys(str(e["file"]) for e in evidence))
    pages = "、".join(dict.fromkeys(str(e["page"]) for e in evidence))
    quotes = "；".join(dict.fromkeys(str(e["quote"]) for e in evidence))
    return (
        VERDICTS.get(one["verdict"], one["verdict"]), one["text"], str(one["start"]), str(one["end"]), _amount(one["stated"]), _amount(one["disclosed"]),
        one["formula"] or "", one["reason"] or "", files, pages, quotes,
    )  # fmt: skip


def _amount(one: Mapping[str, str] | None) -> str:
    return f"{one['value']}{one['unit']}" if one else ""


def write(paper: Paper, out: Path, form: str = "") -> None:
    """Writes in the form named, or in the one that the file's ending says."""
    chosen = form or out.suffix.lstrip(".").lower().replace("markdown", "md")
    if chosen not in FORMATS:
        raise SettingError(f"导出格式只能是 {'、'.join(FORMATS)}")
    if chosen == "xlsx":
        _workbook(paper).save(out)
        return
    text = {"csv": as_csv, "md": as_markdown, "json": as_json}[chosen](paper)
    out.write_text(text, encoding="utf-8-sig" if chosen == "csv" else "utf-8", newline="")


def as_json(paper: Paper) -> str:
    return json.dumps(paper.data, ensure_ascii=False, indent=1)


def as_csv(paper: Paper) -> str:
    """The first table, each row with where it comes from, so that a row alone can be cited."""
    sheet = paper.sheets[0]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([*sheet.head, *(name for name, _ in paper.source)])
    for row in sheet.rows:
        writer.writerow([_harmless(cell) for cell in (*row, *(value for _, value in paper.source))])
    return buffer.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet takes a text that begins with = for a formula; a figure with its sign stays as it is."""
    begins = cell[:1] in ("=", "@", "\t") or (cell[:1] in ("+", "-") and not cell[1:2].isdigit())
    return f"'{cell}" if begins else cell


def as_markdown(paper: Paper) -> str:
    lines = [f"# {_escaped(paper.title)}", "", *(f"- {name}：{_escaped(value)}" for name, value in paper.source), ""]
    for sheet in paper.sheets:
        lines += [f"## {sheet.title}（{len(sheet.rows)}）", "", _row(sheet.head), _row(["---"] * len(sheet.head)), *map(_row, sheet.rows), ""]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_escaped, cells)) + " |"


def _escaped(text: str) -> str:
    """Text of a report is data: it opens no tag, link or column."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return flat.replace("|", "\\|").replace("[", "\\[").replace("`", "\\`")


def _workbook(paper: Paper) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in (*paper.sheets, Sheet("来源", ("项", "值"), list(paper.source))):
        page = book.create_sheet(sheet.title)
        for y, row in enumerate([sheet.head, *sheet.rows], start=1):
            for x, text in enumerate(row, start=1):
                cell = page.cell(y, x)
                cell.value, cell.data_type = text, "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=y == 1)
        for x, head in enumerate(sheet.head, start=1):
            longest = max((len(str(row[x - 1])) for row in sheet.rows), default=0)
            page.column_dimensions[page.cell(1, x).column_letter].width = min(max(longest, len(head)) * 1.8 + 2, _WIDE)
        page.freeze_panes = "A2"
    return book
