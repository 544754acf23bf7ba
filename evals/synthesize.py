"""Synthetic shelf: a number and a seed → reports of publishers that exist nowhere, and the truth they were drawn from.

    mingzhang synth 18 --out 文件夹
    mingzhang eval 文件夹/qa.jsonl --reports 文件夹

Beside the PDFs stand facts.jsonl (every figure of their tables), qa.jsonl, claims.jsonl and audit.json (which reports were
given a contradiction, and where; the others must pass without a finding).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from corpus.disclosure import Kind
from evals.ledger import Ledger, ledgers, publishers
from evals.synth_claims import claims
from evals.synth_font import font_of
from evals.synth_page import STYLES, Report, Style
from evals.synth_plant import Planted, plant
from evals.synth_prose import blocks
from evals.synth_questions import Drawn, questions
from evals.synth_tables import sheets
from evals.synth_truth import facts
from evals.synth_typeset import characters, typeset

FIRST = 2023
"""Year of the first report."""
EVERY = 4
"""One report in so many is given a contradiction."""
Row = dict[str, Any]
Plan = tuple[Report, Ledger, Ledger, Planted | None]


def main(count: int, out: Path, seed: int = 1, years: int = 3, pictures: bool = True) -> tuple[Drawn, ...]:
    """Writes `count` reports and their truth; the same seed writes the same files."""
    out.mkdir(parents=True, exist_ok=True)
    plans = list(islice(planned(count, seed, years, pictures), count))
    font, embedded = font_of("".join(characters(report.blocks) for report, *_ in plans))
    drawn: list[Drawn] = []
    findings: list[Row] = []
    for report, ledger, before, planted in plans:
        pages = typeset(report, out, font, embedded)
        drawn.append(Drawn(report, ledger, before, pages, planted.avoid if planted else ()))
        findings += _findings(len(drawn), report, planted, pages[planted.key][0]) if planted else ()
    _write(out / "facts.jsonl", (row for one in drawn for row in facts(one.report, one.pages)))
    _write(out / "qa.jsonl", questions(drawn))
    _write(out / "claims.jsonl", claims(drawn))
    passed = [_passed(one) for one in drawn if one.report.file not in {finding["pdf"] for finding in findings}]
    audit = {"findings": findings, "not_errors": passed}
    (out / "audit.json").write_text(json.dumps(audit, ensure_ascii=False, indent=1), encoding="utf-8")
    return tuple(drawn)


def planned(count: int, seed: int, years: int, pictures: bool) -> Iterator[Plan]:
    """Publisher by publisher, year by year, before anything is drawn."""
    for place, publisher in enumerate(publishers(-(-count // years))):
        yield from plans_of(place, publisher, seed, years, pictures)


def plans_of(place: int, publisher: str, seed: int, years: int, pictures: bool) -> Iterator[Plan]:
    """One publisher's reports; `place` is which publisher it is, from 0."""
    style = STYLES[place % len(STYLES)]
    style = style if pictures else replace(style, pictures=())
    for number, (before, ledger) in enumerate(pairwise(ledgers(publisher, FIRST, years, seed)), place * years + 1):
        report = report_of(ledger, before, style)
        wrong, planted = plant(report, number // EVERY) if number % EVERY == 0 else (report, None)
        yield wrong, ledger, before, planted


def report_of(ledger: Ledger, before: Ledger, style: Style) -> Report:
    title = f"{ledger.year}年度部门决算" if style.kind is Kind.FINAL else f"{ledger.year}年部门预算"
    made = blocks(ledger, before, style, sheets(ledger, style))
    return Report(f"{ledger.publisher}{title}.pdf", ledger.publisher, ledger.year, style, made)


def _findings(number: int, report: Report, planted: Planted, page: int) -> Iterator[Row]:
    """What was planted, and what else it contradicts."""
    for place, (kind, quote) in enumerate(((planted.kind, planted.quote), *planted.more), 1):
        yield {
            "id": f"planted-{number}-{place}", "pdf": report.file, "page": page, "section_or_table": planted.key, "kind": kind, "quote": quote,
            "expected": planted.expected, "actual": planted.actual, "formula": "", "severity": "error", "note": "植入的矛盾",
        }  # fmt: skip


def _passed(one: Drawn) -> Row:
    """A clean report: whatever an audit finds in it is a false alarm."""
    page = one.pages["running"][0]
    return {"pdf": one.report.file, "page": page, "quote": f"{one.ledger.publisher}{one.ledger.year}年", "trap": "clean"}


def _write(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
