"""Ledgers → claims.jsonl: sentences that a report bears out, contradicts or does not speak of; every figure labelled."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from evals.ledger import percent
from evals.synth_page import wan
from evals.synth_questions import Drawn

Row = dict[str, Any]
Labelled = tuple[str, str, str]
"""The figure as written, its label, what is wrong with it."""
WORST = ("refuted", "unverifiable", "supported")


def claims(drawn: Sequence[Drawn]) -> Iterator[Row]:
    """A dozen or fewer a report."""
    number = 0
    for one in drawn:
        for text, numbers in _told(one):
            number += 1
            yield _row(f"s-{number:05}", text, numbers, one.report.file)


def _told(one: Drawn) -> Iterator[tuple[str, tuple[Labelled, ...]]]:
    ledger, who = one.ledger, one.who
    what = "支出" if one.final else "预算"
    goods, running = wan(ledger.goods), wan(ledger.running)
    yield f"{who}机关运行经费{what}{running}万元。", ((f"{running}万元", "supported", ""),)
    yield f"{who}机关运行经费{what}{ledger.running:,.0f}元。", ((f"{ledger.running:,.0f}元", "supported", ""),)
    about = _rounded(running)
    yield f"{who}机关运行经费{what}约{about}万元。", ((f"{about}万元", "supported", ""),)
    yield f"{who}政府采购货物{what}为{goods}万元。", ((f"{goods}万元", "supported", ""),)
    wrong = goods + Decimal("3.17")
    yield f"{who}政府采购货物{what}为{wrong}万元。", ((f"{wrong}万元", "refuted", "digit"),)
    tenfold = running * 10
    yield f"{who}机关运行经费{what}高达{tenfold}万元。", ((f"{tenfold}万元", "refuted", "magnitude"),)
    yield f"{who}机关运行经费{what}{running}亿元。", ((f"{running}亿元", "refuted", "unit"),)
    yield f"{who}专利申请费{what}12.50万元。", (("12.50万元", "unverifiable", ""),)
    if ledger.running != one.before.running:
        yield from _moved(one, what)
    share = percent(ledger.running, ledger.part("basic"))
    yield f"{who}公用经费占基本支出的{share}%。", ((f"{share}%", "supported", ""),)


def _moved(one: Drawn, what: str) -> Iterator[tuple[str, tuple[Labelled, ...]]]:
    now, then = one.ledger.running, one.before.running
    by = wan(abs(now - then))
    turn, other = ("增加", "减少") if now > then else ("减少", "增加")
    yield f"{one.who}机关运行经费{what}比上年{turn}{by}万元。", ((f"{by}万元", "supported", ""),)
    yield f"{one.who}机关运行经费{what}比上年{other}{by}万元。", ((f"{by}万元", "refuted", "direction"),)


def _rounded(amount: Decimal) -> str:
    """Within half of a hundredth of it."""
    step = Decimal(1) if amount > 200 else Decimal("0.1") if amount > 20 else Decimal("0.01")
    return str(amount.quantize(step))


def _row(id_: str, text: str, numbers: tuple[Labelled, ...], file: str) -> Row:
    labels = [label for _, label, _ in numbers]
    made = []
    for written, label, error in numbers:
        start = text.index(written)
        unit = re.sub(r"[\d.,]", "", written)
        made.append({"text": written, "start": start, "label": label, "error": error or None, "truth": "", "unit": unit})
    return {
        "id": id_, "text": text, "label": next(label for label in WORST if label in labels), "kind": "synthetic", "reports": [file], "evidence": [], "formula": "",
        "error": numbers[0][2] or None, "tolerance_note": "", "numbers": made, "tags": [], "ignore": [],
    }  # fmt: skip
