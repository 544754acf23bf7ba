"""Score of an audit: a report's findings against everything that is wrong in it and what only looks wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from evals.case import AuditCase, GoldFinding
from evals.units import plain

COUNTED = ("error", "wording", "template")
"""Severities that precision is taken over: a rounding hint is off by default and accuses nobody."""
_SHORTEST_PLACE = 6
"""Characters that two quotes must share before they are the same place."""
_CAUSES = (
    ("zero base", r"zero_base|零基数|为0|为零|不可比|无定义|基期|分母"),
    ("template", r"template|填写|指引|残留|模板|样例"),
    ("contents", r"toc|contents|目录|标题"),
    ("procurement", r"procurement|采购"),
    ("purpose", r"purpose|用途"),
    ("list", r"item_list|list|列举|主要包括"),
    ("direction", r"direction|方向|增加|减少|持平|大于|小于"),
    ("percent", r"percent|share|占比|比重|growth_rate|completion|完成率|百分"),
    ("sum", r"sum|parts|total|合计|之和|相加|勾稽"),
    ("unit", r"unit|单位"),
    ("empty table", r"empty|空表|missing"),
    ("name", r"name|名称|科目"),
)


@dataclass(frozen=True)
class AuditScore:
    """One report's audit, scored."""

    found: tuple[str, ...]
    """Ids of gold findings that were found."""
    missed: tuple[str, ...]
    traps: tuple[str, ...]
    """Ids of traps that were flagged."""
    false_alarms: tuple[str, ...]
    """Messages of counted findings that match no gold finding."""
    right: int
    """Counted findings that match a gold finding of a counted severity."""

    @property
    def precision(self) -> float | None:
        """Over error, wording and template; None where nothing was found."""
        counted = self.right + len(self.false_alarms)
        return self.right / counted if counted else None

    @property
    def outcome(self) -> str:
        """In one word."""
        if self.traps:
            return "trap_flagged"
        return "correct" if not self.missed and not self.false_alarms else "incomplete"


def score_audit(case: AuditCase, result: Mapping[str, Any]) -> AuditScore:
    """A finding matches when page, quoted place and cause are the same."""
    stated = [f for f in result.get("findings") or () if f.get("severity") in (*COUNTED, "rounding")]
    pairs = [(finding, _gold_of(case, finding)) for finding in stated]
    found = {gold.id for _, gold in pairs if gold is not None}
    counted = [(f, gold) for f, gold in pairs if f.get("severity") in COUNTED]
    wrong = [f for f, gold in counted if gold is None or gold.severity not in COUNTED]
    traps = {t.id for f in wrong for t in case.traps if _same_place(t, f)}
    return AuditScore(
        found=tuple(g.id for g in case.findings if g.id in found),
        missed=tuple(g.id for g in case.findings if g.id not in found),
        traps=tuple(sorted(traps)),
        false_alarms=tuple(str(f.get("message", "")) for f in wrong),
        right=len(counted) - len(wrong),
    )


def _gold_of(case: AuditCase, finding: Mapping[str, Any]) -> GoldFinding | None:
    """The gold finding that this one is; of several at one place that of a counted severity first, then the nearest
    in words: 收入支出总计增加… and 财政拨款收入支出总计增加… stand on one page."""
    fitting = [g for g in case.findings if _same_place(g, finding) and _same_cause(g, finding)]
    return next(iter(sorted(fitting, key=lambda g: (g.severity not in COUNTED, -_shared(g, finding)))), None)


def _shared(gold: GoldFinding, finding: Mapping[str, Any]) -> int:
    """Signs that the longest common run of a gold quote and a finding's quote on its pages has."""
    places = [place for place in finding.get("evidence") or [finding] if place.get("page") in gold.pages]
    return max((_common(str(place.get("quote", "")), quote) for place in places for quote in gold.quotes), default=0)


def _common(one: str, other: str) -> int:
    a, b = plain(one), plain(other)
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size


def _same_place(gold: GoldFinding, finding: Mapping[str, Any]) -> bool:
    """One of the finding's places lies on a gold page and its quote overlaps a gold quote."""
    places = finding.get("evidence") or [finding]
    return any(
        place.get("page") in gold.pages and _quotes_overlap(str(place.get("quote", "")), quote)
        for place in places
        for quote in gold.quotes
    )


def _quotes_overlap(one: str, other: str) -> bool:
    a, b = plain(one), plain(other)
    if not a or not b:
        return False
    return _common(one, other) >= min(len(a), len(b), max(_SHORTEST_PLACE, min(len(a), len(b)) // 2))


def _same_cause(gold: GoldFinding, finding: Mapping[str, Any]) -> bool:
    """The same rule by name, or one family of causes in common."""
    if gold.kind in (finding.get("rule"), finding.get("kind")):
        return True
    stated = " ".join(str(finding.get(key) or "") for key in ("rule", "kind", "message"))
    return bool(_causes(stated) & (_causes(gold.kind) or _causes(gold.expected)))


def _causes(text: str) -> set[str]:
    return {cause for cause, pattern in _CAUSES if re.search(pattern, text)}
