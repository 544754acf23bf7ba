"""Reply: what a question gets back — an answer whose every figure is traced, a refusal, or a question in return."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.amount import Amount
from corpus.disclosure import Box


class Status(StrEnum):
    ANSWERED = "answered"
    REFUSED = "refused"
    CLARIFY = "clarify"


class Trace(StrEnum):
    """What was found when a figure of the answer was traced."""

    PRINTED = "有出处"
    COMPUTED = "可推算"
    NONE = "无出处"


class ScopePart(StrEnum):
    """A part of an answer's scope, as readers name it."""

    PUBLISHER = "单位"
    YEAR = "年度"
    KIND = "文种"


@dataclass(frozen=True)
class Value:
    """A figure that answers the question, with what it is called."""

    amount: Amount
    label: str
    """中文: 2025年 公务接待费 预算."""
    fact: str = ""
    """Id of the fact it was read from; '' when computed."""


@dataclass(frozen=True)
class Citation:
    """A place that a figure or a sentence of the answer stands at."""

    n: int
    """The mark [n] in the text."""
    disclosure: str
    file: str
    page: int
    box: Box | None
    quote: str
    reliable: bool = True
    place: str = ""
    """Sheet and cell, or paragraph, where the file has no pages."""


@dataclass(frozen=True)
class Term:
    """Words of the answer that the report itself explains."""

    name: str
    words: str
    """As they stand in the answer's text."""
    citation: Citation
    """Where the report explains them; its quote is the explanation, whole."""


@dataclass(frozen=True)
class Figure:
    """A number as it stands in the answer's text, traced."""

    text: str
    trace: Trace


@dataclass(frozen=True)
class Point:
    """One figure of a series, for a small table or a chart."""

    name: str
    amount: Amount
    citation: int


@dataclass(frozen=True)
class Reply:
    """What is shown. Nothing unchecked has this type: `qa.verify` makes it."""

    status: Status
    text: str
    """Markdown-free Chinese with [n] marks; the first line answers the question."""
    values: tuple[Value, ...] = ()
    """The first is the figure that answers the question."""
    formula: str | None = None
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    choices: tuple[str, ...] = ()
    """Complete questions to click on, when the status is CLARIFY (or other readings of an answered one)."""
    followups: tuple[str, ...] = ()
    """Up to three questions that the same shelf can answer."""
    series: tuple[Point, ...] = ()
    resolved: str = ""
    """The question as understood, in full (a follow-up completed)."""
    scope: tuple[str, ...] = ()
    """Publisher, years and kind that were settled, for the chips."""
    notices: tuple[str, ...] = ()
    """What the reader should know: read by OCR and not borne out, the model could not be reached…"""
    seconds: float = 0.0
    worded: str = ""
    """The language model that worded the text; '' when none did."""
    dropped: int = 0
    """Figures and sentences that were withheld because they could not be traced."""
    given: frozenset[ScopePart] = frozenset()
    """The parts of the scope that the question or the conversation set: these can be taken away."""
    terms: tuple[Term, ...] = ()
