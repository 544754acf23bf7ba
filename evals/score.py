"""Score of an answer: what came back for a question → what it was worth. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from evals.case import QaCase
from evals.units import Quantity, contains, family_of, has_figure, numbers, quantities, quantity, within

Result = Mapping[str, Any]
"""The JSON object that `ask`, `check` or `audit` prints."""


class Outcome(StrEnum):
    """What a question's answer was worth."""

    CORRECT = "correct"
    WRONG_FIGURE = "wrong_figure"
    REFUSED = "refused"
    """An answerable item refused, or answered with a question in return."""
    INCORRECT = "incorrect"
    """Answered without the figure or the words that are needed, and without a wrong figure."""
    FAILED = "failed"
    """The system under test broke down."""


class Failure(StrEnum):
    """Why an item was lost, as far as the result tells."""

    NONE = ""
    ROW = "wrong row"
    YEAR = "wrong year"
    UNIT = "wrong unit"
    PUBLISHER = "wrong publisher"
    MEASURE = "wrong measure"
    SIGN = "wrong sign"
    SHOULD_REFUSE = "answered what is not disclosed"
    NOT_FOUND = "not found"
    WORDS = "words missing"
    REFUSED = "refused wrongly"
    CITATION = "citation missed"
    BROKEN = "broke down"


@dataclass(frozen=True)
class QaScore:
    """One question, scored."""

    outcome: Outcome
    failure: Failure
    citation: bool | None
    """Whether the citations hit every file needed; None where nothing is to be hit."""
    untraced: int
    """Figures of the answer marked 无出处."""
    mentioned: bool | None
    """Whether the gold figure stands anywhere in the answer (flatters a system that only shows passages)."""


def score_qa(case: QaCase, result: Result) -> QaScore:
    """The rule for questions."""
    outcome = _outcome(case, result)
    citation = citation_hit(case, result)
    failure = _failure(case, result, outcome)
    if outcome == Outcome.CORRECT and citation is False:
        failure = Failure.CITATION
    untraced = sum(1 for figure in result.get("figures") or () if figure.get("verdict") == "无出处")
    return QaScore(outcome, failure, citation, untraced, _mentioned(case, result))


def _outcome(case: QaCase, result: Result) -> Outcome:
    if result.get("error"):
        return Outcome.FAILED
    if result.get("status") == "clarify" and case.ambiguous:
        return Outcome.CORRECT
    if case.type == "refuse":
        return _refusal_outcome(case, result)
    if result.get("status") != "answered":
        return Outcome.REFUSED
    if case.value is not None and not figure_agrees(case, main_figure(result)):
        return Outcome.WRONG_FIGURE if main_figure(result) is not None else Outcome.INCORRECT
    return Outcome.CORRECT if has_phrases(case, result) else Outcome.INCORRECT


def _refusal_outcome(case: QaCase, result: Result) -> Outcome:
    """Refused, asked back, or answered with the premise corrected: right. Any other figure: wrong."""
    if result.get("status") != "answered":
        return Outcome.CORRECT
    if case.must_include and has_phrases(case, result):
        return Outcome.CORRECT
    stated = main_figure(result) is not None or has_figure(str(result.get("answer", "")))
    return Outcome.WRONG_FIGURE if stated else Outcome.INCORRECT


def main_figure(result: Result) -> Quantity | None:
    """The figure that answers: the first of `values`; of a system that gives none, the first figure of its words."""
    values = result.get("values")
    if values:
        return quantity(str(values[0].get("value", "")), str(values[0].get("unit") or "")) or _unreadable()
    return next(iter(quantities(str(result.get("answer", "")))), None)


def _unreadable() -> Quantity:
    """A figure was given, but it has no unit that means anything: it agrees with nothing."""
    return Quantity("", Decimal(0))


def figure_agrees(case: QaCase, found: Quantity | None) -> bool:
    """Whether a figure lies within tolerance of the gold, or of one that is equally right."""
    if case.value is None:
        return True
    golds = [quantity(value, case.unit) for value in (case.value, *case.also_values)]
    return any(gold is not None and within(found, gold, _tolerance(case)) for gold in golds)


def _tolerance(case: QaCase) -> Decimal:
    """The tolerance is given in the gold's own unit."""
    known = family_of(case.unit)
    return case.tolerance * known[1] if known else Decimal(0)


def has_phrases(case: QaCase, result: Result) -> bool:
    """Of each list one phrase stands in the answer."""
    answer = str(result.get("answer", ""))
    return all(any(contains(answer, phrase) for phrase in group) for group in case.must_include)


def citation_hit(case: QaCase, result: Result) -> bool | None:
    """For each file needed, a citation names one of its pages. None: not answered, or no gold pages."""
    if not case.pages or result.get("status") != "answered" or case.type == "refuse":
        return None
    cited = {(PurePath(str(c.get("file", ""))).name, c.get("page")) for c in result.get("citations") or ()}
    return all(any((file, page) in cited for page in pages) for file, pages in case.pages)


def _mentioned(case: QaCase, result: Result) -> bool | None:
    if case.value is None:
        return None
    answer = str(result.get("answer", ""))
    read = [*quantities(answer), *(found for bare in numbers(answer) for found in _readings(bare, case.unit))]
    return any(figure_agrees(case, found) for found in read)


def _readings(bare: str, unit: str) -> list[Quantity]:
    """A number without its unit, as a passage of a table shows it: money may stand there in 元 or 万元."""
    known = family_of(unit)
    units = ("元", "万元") if known and known[0] == "钱" else (unit,)
    return [found for name in units if (found := quantity(bare, name)) is not None]


def _failure(case: QaCase, result: Result, outcome: Outcome) -> Failure:
    match outcome:
        case Outcome.CORRECT:
            return Failure.NONE
        case Outcome.FAILED:
            return Failure.BROKEN
        case Outcome.REFUSED:
            return Failure.REFUSED
        case Outcome.INCORRECT:
            missing = case.value is not None and main_figure(result) is None
            return Failure.NOT_FOUND if missing else Failure.WORDS
    return Failure.SHOULD_REFUSE if case.type == "refuse" else _wrong_figure(case, result)


def _wrong_figure(case: QaCase, result: Result) -> Failure:
    """Which mistake makes this figure of that one, from the surest sign to the weakest."""
    found, gold = main_figure(result), quantity(case.value or "", case.unit)
    if found is None or gold is None:
        return Failure.NOT_FOUND
    if found.family != gold.family:
        return Failure.MEASURE
    if found.value == -gold.value:
        return Failure.SIGN
    if _power_of_ten_apart(found.value, gold.value):
        return Failure.UNIT
    return _wrong_file(case, result)


def _power_of_ten_apart(found: Decimal, gold: Decimal) -> bool:
    digits = [value.normalize().as_tuple().digits for value in (found, gold)]
    return digits[0] == digits[1] and found != gold and bool(gold)


def _wrong_file(case: QaCase, result: Result) -> Failure:
    """A citation of a report that the item does not rest on: its name differs by the year alone, or by more."""
    cited = {PurePath(str(c.get("file", ""))).name for c in (result.get("citations") or ())[:1]}
    strange = cited - set(case.reports)
    if not strange:
        return Failure.ROW
    same = {_without_digits(name) for name in strange} & {_without_digits(name) for name in case.reports}
    return Failure.YEAR if same else Failure.PUBLISHER


def _without_digits(name: str) -> str:
    return "".join(char for char in name if not char.isdigit() and not char.isspace())
