"""A clean report → the same with one planted contradiction, and what an audit of it should say."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.disclosure import Kind
from evals.synth_page import Block, Report, Sheet, Text


@dataclass(frozen=True)
class Planted:
    """What was made wrong, and where."""

    key: str
    """The sentence or row that carries it."""
    kind: str
    quote: str
    expected: str
    actual: str
    avoid: tuple[str, ...]
    """Questions that would rest on it, by their topic."""
    more: tuple[tuple[str, str], ...] = ()
    """(kind, quote) of what else it contradicts on that page: one wrong total is at odds with parts, columns and sentence."""


def plant(report: Report, turn: int) -> tuple[Report, Planted]:
    """One of the kinds that its form of report can carry, by turns."""
    kinds = (_growth, _share, _direction, _sum) if report.style.kind is Kind.FINAL else (_sum, _trio)
    return kinds[turn % len(kinds)](report)


def _growth(report: Report) -> tuple[Report, Planted]:
    """The rate no longer follows from the amounts beside it."""
    return _sentence(report, "appropriation", r"(?:增长|下降)([\d.]+)%", "growth_recomputed", Decimal(7), ("appropriation growth",))


def _share(report: Report) -> tuple[Report, Planted]:
    return _sentence(report, "spent", r"，占([\d.]+)%", "share_recomputed", Decimal(4), ("share",))


def _trio(report: Report) -> tuple[Report, Planted]:
    """The sentence says another 三公 total than the table."""
    made, planted = _sentence(report, "trio", r"预算数为([\d.,]+)万元", "sentence_agrees_with_table", Decimal(3), ("trio",))
    return made, replace(planted, more=(("three_public_parts", planted.quote),))


def _sentence(report: Report, key: str, pattern: str, kind: str, more: Decimal, avoid: tuple[str, ...]) -> tuple[Report, Planted]:
    block = next(block for block in report.blocks if isinstance(block, Text) and block.key == key)
    match = re.search(pattern, block.text)
    assert match is not None, f"{report.file}: {key} does not say {pattern}"
    wrong = str(Decimal(match[1].replace(",", "")) + more)
    text = block.text[: match.start(1)] + wrong + block.text[match.end(1) :]
    quote = next(part for part in re.split("[。；]", text) if wrong in part)
    return _with(report, block, replace(block, text=text)), Planted(key, kind, quote, match[1], wrong, avoid)


def _direction(report: Report) -> tuple[Report, Planted]:
    """大于 where it was less."""
    block = next(b for b in report.blocks if isinstance(b, Text) and b.key.startswith("line ") and re.search("决算数[大小]于", b.text))
    right = "大于" if "决算数大于" in block.text else "小于"
    wrong = "小于" if right == "大于" else "大于"
    text = block.text.replace(f"决算数{right}", f"决算数{wrong}")
    quote = next(part for part in text.split("。") if f"决算数{wrong}" in part)
    return _with(report, block, replace(block, text=text)), Planted(block.key, "direction", quote, right, wrong, (block.key,))


def _sum(report: Report) -> tuple[Report, Planted]:
    """The total of 项目支出 in 支出表 is a million 元 more than its parts."""
    sheet = next(block for block in report.blocks if isinstance(block, Sheet) and block.form == "支出表")
    place = next(n for n, row in enumerate(sheet.rows) if any(cell.text == "合计" for cell in row))
    row = list(sheet.rows[place])
    at = next(n for n, cell in enumerate(row) if cell.column[-1:] == ("项目支出",))
    number = Decimal(row[at].text.replace(",", ""))
    wrong = number + (100 if sheet.unit == "万元" else 1_000_000)
    printed = f"{wrong:,}" if "," in row[at].text or report.style.separators else f"{wrong}"
    right = row[at].text
    row[at] = replace(row[at], text=printed)
    rows = (*sheet.rows[:place], tuple(row), *sheet.rows[place + 1 :])
    more = (("sentence_agrees_with_table", f"合计 项目支出 {printed}"),) if report.style.kind is Kind.FINAL else ()
    planted = Planted("支出表/合计", "parts_sum_to_total", f"合计 {printed}", right, printed, ("project", "share"), more)
    return _with(report, sheet, replace(sheet, rows=rows)), planted


def _with(report: Report, old: Block, new: Block) -> Report:
    return replace(report, blocks=tuple(new if block is old else block for block in report.blocks))
