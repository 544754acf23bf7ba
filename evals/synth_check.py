"""Reports as read beside the truth they were drawn from: figures found, missed and misread.

    python -m evals.synth_check DIR
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.fact import Basis, Fact, Measure
from corpus.number import unit_named
from ingest.read import read

Key = tuple[int, str, str]
"""Page, the row's own name, the column's."""


@dataclass(frozen=True)
class Compared:
    """One report."""

    file: str
    right: int
    missed: tuple[str, ...]
    """Printed and not read."""
    wrong: tuple[str, ...]
    """Read as shown fact, and not printed so: another value, unit, year or stage."""
    doubted: int
    """Read rightly and marked unreliable."""


def compared(file: str, read_facts: Iterable[Fact], truth: Iterable[Mapping[str, Any]]) -> Compared:
    """The figures of a file's tables as read against the truth of its sheets."""
    facts = [fact for fact in read_facts if fact.table_id and fact.amount is not None and fact.measure is Measure.AMOUNT]
    found: dict[Key, list[Fact]] = defaultdict(list)
    for each in facts:
        found[(each.source.page, _name(each.item), _name(each.column))].append(each)
    counts: Counter[str] = Counter()
    missed: list[str] = []
    wrong: list[str] = []
    used: set[str] = set()
    for one in truth:
        fact = next((f for page in one["pages"] for f in found.get((page, _name(one["item"]), _name(one["column"])), ()) if f.id not in used), None)
        if fact is None:
            missed.append(_line(one))
            continue
        used.add(fact.id)
        same = _same(fact, one)
        counts["right"] += same
        counts["doubted"] += same and not fact.reliable
        if not same and fact.reliable:
            wrong.append(f"{_line(one)} 读成 {fact.amount} {fact.year} {fact.basis}")
    wrong += [f"没有印：{f.table} {f.item} {f.column} {f.amount}" for f in facts if f.id not in used and f.reliable]
    return Compared(file, counts["right"], tuple(missed), tuple(wrong), counts["doubted"])


def _name(path: Iterable[str]) -> str:
    """The innermost name, as little as tells it apart: numbering and signs left out."""
    names = list(path)
    return re.sub(r"^[一二三四五六七八九十\d]+[、.．]|[\s“”\"（）()]", "", names[-1]) if names else ""


def _same(fact: Fact, one: Mapping[str, Any]) -> bool:
    unit = unit_named(one["unit"])
    assert fact.amount is not None and unit is not None, "compared figures have amounts and units"
    bases = {"决算": (Basis.FINAL, Basis.NONE), "预算": (Basis.BUDGET, Basis.OPENING, Basis.NONE)}[one["basis"]]
    return fact.amount.value == Decimal(one["value"]) * unit.factor and fact.year == one["year"] and fact.basis in bases


def _line(one: Mapping[str, Any]) -> str:
    return f"第{one['pages'][0]}页 {one['table']} {'·'.join(one['item'])} {'·'.join(one['column'])} {one['text']}{one['unit']}"


def main(folder: Path) -> None:
    """A line a file, then what is missed and wrong."""
    truth: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        truth[one["file"]].append(one)
    for name, own in truth.items():
        made = compared(name, read(folder / name).facts, own)
        print(f"{name}：读对 {made.right}/{len(own)}，没读到 {len(made.missed)}，读错 {len(made.wrong)}，读对而存疑 {made.doubted}", flush=True)
        for line in (*made.missed[:5], *made.wrong[:5]):
            print(f"    {line}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
