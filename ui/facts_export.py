"""Facts of a report → JSON Lines, CSV or XLSX: one row a printed figure, with all that says what it is and where it stands."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from openpyxl import Workbook

from corpus.disclosure import Disclosure
from corpus.errors import SettingError
from corpus.fact import Fact
from ui.export import printable, safe

COLUMNS = {
    "id": "编号", "table": "表", "form": "标准表", "item": "行", "account": "科目编码", "column": "列", "measure": "度量", "basis": "口径", "versus": "对比",
    "year": "年度", "value": "数值", "unit": "单位", "page": "页", "box": "位置", "place": "单元格或段落", "origin": "来源", "reliable": "可靠", "text": "原文",
}  # fmt: skip
FORMATS = ("jsonl", "csv", "xlsx")


def write_facts(facts: Iterable[Fact], disclosure: Disclosure, out: Path, form: str) -> int:
    """How many facts were written. Values are decimal strings as printed; a blank cell has none (blank is not zero)."""
    if form not in FORMATS:
        raise SettingError(f"--format：只能是 {'、'.join(FORMATS)}")
    rows = list(_rows(facts))
    {"jsonl": _jsonl, "csv": _csv, "xlsx": _xlsx}[form](rows, disclosure, out)
    return len(rows)


def _rows(facts: Iterable[Fact]) -> Iterator[dict[str, object]]:
    for fact in facts:
        yield {
            "id": fact.id, "table": fact.table, "form": fact.form, "item": " › ".join(fact.item), "account": fact.account, "column": " › ".join(fact.column),
            "measure": str(fact.measure), "basis": str(fact.basis), "versus": fact.versus, "year": fact.year,
            "value": f"{fact.amount.number:f}" if fact.amount else "", "unit": fact.amount.unit.name if fact.amount else "",
            "page": fact.source.page or "", "box": " ".join(f"{edge:.1f}" for edge in fact.source.box) if fact.source.box else "", "place": fact.source.place,
            "origin": str(fact.origin), "reliable": "是" if fact.reliable else "否", "text": fact.text,
        }  # fmt: skip


def _jsonl(rows: list[dict[str, object]], disclosure: Disclosure, out: Path) -> None:
    head = {"file": disclosure.file, "sha256": disclosure.sha256}
    out.write_text("".join(json.dumps(head | row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _csv(rows: list[dict[str, object]], disclosure: Disclosure, out: Path) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as file:  # Excel needs the mark to read Chinese
        writer = csv.writer(file)
        writer.writerow(COLUMNS.values())
        writer.writerows([_safe(row[key]) for key in COLUMNS] for row in rows)


def _xlsx(rows: list[dict[str, object]], disclosure: Disclosure, out: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数字")
    sheet.append(list(COLUMNS.values()))
    for row in rows:
        sheet.append([_safe(row[key]) for key in COLUMNS])
    about = book.create_sheet("说明")
    about.append(["文件", safe(disclosure.file)])
    about.append(["sha256", disclosure.sha256])
    book.save(out)


def _safe(value: object) -> object:
    """Text made safe for spreadsheets; numbers and blanks stay what they are."""
    text = str(value)
    guarded = safe(printable(text))
    return value if guarded == text else guarded
