"""Summary of a run: scored cases → counts by type, by report and by failure, with intervals and seconds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.case import ArticleCase, AuditCase, Case, ClaimCase, QaCase
from evals.score import Outcome, QaScore, score_qa
from evals.score_audit import AuditScore, score_audit
from evals.score_text import TextScore, score_text
from evals.stats import macro_f1, percentile, wilson

CLAIM_LABELS = ("supported", "refuted", "unverifiable")
Score = QaScore | TextScore | AuditScore


@dataclass(frozen=True)
class Scored:
    """A case, what came back for it, and what that was worth."""

    case: Case
    result: Mapping[str, Any]
    seconds: float
    score: Score

    @property
    def outcome(self) -> str:
        """In one word; `correct` is the only good one."""
        return str(self.score.outcome)


def score(case: Case, result: Mapping[str, Any], seconds: float = 0.0) -> Scored:
    """By the rule of the case's kind."""
    match case:
        case QaCase():
            return Scored(case, result, seconds, score_qa(case, result))
        case AuditCase():
            return Scored(case, result, seconds, score_audit(case, result))
        case _:
            return Scored(case, result, seconds, score_text(case, result))


def summary(scored: Sequence[Scored]) -> dict[str, Any]:
    """What OUT.json holds under `summary`: the headline, then the splits, then what the kind of cases adds."""
    return {
        **_headline(scored),
        "by_type": _split(scored, lambda s: type_of(s.case)),
        "by_report": _split(scored, lambda s: " + ".join(sorted(s.case.reports))),
        **_questions([s for s in scored if isinstance(s.score, QaScore)]),
        **_texts([s for s in scored if isinstance(s.score, TextScore)]),
        **_audits([s for s in scored if isinstance(s.score, AuditScore)]),
    }


def type_of(case: Case) -> str:
    """What a case is counted under."""
    match case:
        case QaCase():
            return case.type
        case ClaimCase():
            return case.label
        case ArticleCase():
            return "article"
    return "audit"


def _headline(scored: Sequence[Scored]) -> dict[str, Any]:
    correct = sum(1 for s in scored if s.outcome == "correct")
    seconds = [s.seconds for s in scored]
    return {
        "cases": len(scored), "correct": correct, "correct_interval": _rounded(wilson(correct, len(scored))),
        "outcomes": dict(Counter(s.outcome for s in scored).most_common()),
        "p50_seconds": round(percentile(seconds, 0.5), 4), "p95_seconds": round(percentile(seconds, 0.95), 4),
    }


def _split(scored: Sequence[Scored], key: Any) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Scored]] = {}
    for one in scored:
        groups.setdefault(key(one), []).append(one)
    return {
        name: {"cases": len(group), **Counter(s.outcome for s in group),
               "interval": _rounded(wilson(sum(s.outcome == "correct" for s in group), len(group)))}
        for name, group in groups.items()
    }


def _questions(scored: Sequence[Scored]) -> dict[str, Any]:
    scores = [s.score for s in scored if isinstance(s.score, QaScore)]
    if not scores:
        return {}
    wrong = sum(1 for s in scores if s.outcome == Outcome.WRONG_FIGURE)
    return {
        "wrong_figure": wrong, "wrong_figure_interval": _rounded(wilson(wrong, len(scores))),
        "failures": dict(Counter(str(s.failure) for s in scores if s.failure).most_common()),
        "citation": _hits(s.citation for s in scores), "gold_mentioned": _hits(s.mentioned for s in scores),
        "untraced_figures": sum(s.untraced for s in scores),
    }


def _hits(values: Iterable[bool | None]) -> dict[str, Any]:
    """Of those that could hit."""
    known = [value for value in values if value is not None]
    return {"hit": sum(known), "of": len(known), "interval": _rounded(wilson(sum(known), len(known)))}


def _texts(scored: Sequence[Scored]) -> dict[str, Any]:
    scores = [s.score for s in scored if isinstance(s.score, TextScore)]
    if not scores:
        return {}
    numbers = [number for s in scores for number in s.numbers]
    pairs = [(n.number.label, n.verdict or "missed") for n in numbers]
    right = sum(1 for gold, said in pairs if gold == said)
    return {
        "numbers": len(numbers), "numbers_right": right, "accuracy": round(right / len(numbers), 4) if numbers else 0.0,
        "accuracy_interval": _rounded(wilson(right, len(numbers))),
        "macro_f1": round(macro_f1(pairs, CLAIM_LABELS), 4),
        "false_supported": sum(n.false_supported for n in numbers),
        "missed": sum(1 for n in numbers if not n.verdict),
        "false_alarms": sum(len(s.false_alarms) for s in scores),
        "verdicts": {f"{gold} → {said}": count for (gold, said), count in sorted(Counter(pairs).items())},
        "wrong_by_error": dict(Counter(n.number.error or n.number.label for n in numbers
                                       if n.verdict != n.number.label).most_common()),
    }


def _audits(scored: Sequence[Scored]) -> dict[str, Any]:
    cases = [(s.case, s.score) for s in scored if isinstance(s.case, AuditCase) and isinstance(s.score, AuditScore)]
    if not cases:
        return {}
    severity = {g.id: g.severity for case, _ in cases for g in case.findings}
    found = Counter(severity[i] for _, s in cases for i in s.found)
    right, alarms = sum(s.right for _, s in cases), sum(len(s.false_alarms) for _, s in cases)
    return {
        "findings": {name: {"found": found[name], "of": total} for name, total in Counter(severity.values()).items()},
        "precision": round(right / (right + alarms), 4) if right + alarms else None,
        "audit_false_alarms": alarms, "traps_flagged": sum(len(s.traps) for _, s in cases),
    }


def _rounded(interval: tuple[float, float]) -> list[float]:
    return [round(interval[0], 4), round(interval[1], 4)]
