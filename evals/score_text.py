"""Score of a check: the claims found in a text, against its labelled figures. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.case import ArticleCase, Number

Result = Mapping[str, Any]


@dataclass(frozen=True)
class NumberScore:
    """One labelled figure of a text and the verdict that it got."""

    number: Number
    verdict: str
    """'' where no claim was found there."""
    false_supported: bool
    """Refuted or unverifiable, and some claim found there is called supported."""


@dataclass(frozen=True)
class TextScore:
    """A claim or an article, scored figure by figure."""

    outcome: str
    """correct | false_supported | missed | wrong_verdict | false_alarm | failed: the gravest that happened."""
    numbers: tuple[NumberScore, ...]
    false_alarms: tuple[str, ...]
    """Texts of claims found outside every number and every span to ignore."""


def score_text(case: ArticleCase, result: Result) -> TextScore:
    """The rule for claims and articles: spans are matched by overlap, each claim found speaks for one figure."""
    found = [claim for claim in result.get("claims") or () if _span(claim)[0] < _span(claim)[1]]
    assigned: dict[int, list[Result]] = {}
    alarms = []
    for claim in found:
        best = _best_number(case.numbers, claim)
        if best is not None:
            assigned.setdefault(best, []).append(claim)
        elif not any(_overlap(_span(claim), span) for span in case.ignore):
            alarms.append(str(claim.get("text", "")))
    numbers = tuple(_number_score(number, assigned.get(i, [])) for i, number in enumerate(case.numbers))
    return TextScore(_text_outcome(result, numbers, alarms), numbers, tuple(alarms))


def _span(claim: Result) -> tuple[int, int]:
    return int(claim.get("start", 0)), int(claim.get("end", 0))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _best_number(numbers: tuple[Number, ...], claim: Result) -> int | None:
    overlaps = [_overlap(_span(claim), (n.start, n.end)) for n in numbers]
    best = max(overlaps, default=0)
    return overlaps.index(best) if best else None


def _number_score(number: Number, claims: list[Result]) -> NumberScore:
    """The claim that covers most of the figure speaks for it, but no supported beside it goes unseen."""
    if not claims:
        return NumberScore(number, "", False)
    best = max(claims, key=lambda claim: _overlap(_span(claim), (number.start, number.end)))
    supported = any(claim.get("verdict") == "supported" for claim in claims)
    return NumberScore(number, str(best.get("verdict", "")), supported and number.label != "supported")


def _text_outcome(result: Result, numbers: tuple[NumberScore, ...], alarms: list[str]) -> str:
    if result.get("error"):
        return "failed"
    if any(n.false_supported for n in numbers):
        return "false_supported"
    if any(n.verdict == "" for n in numbers):
        return "missed"
    if any(n.verdict != n.number.label for n in numbers):
        return "wrong_verdict"
    return "false_alarm" if alarms else "correct"
