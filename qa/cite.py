"""Places of a Finding's sentences → numbered Citations, and the sentences with their [n] marks."""

import re
from dataclasses import dataclass

from corpus.disclosure import Disclosure, Source
from corpus.fact import Fact, Origin
from qa.finding import Finding, Missing, Place, Quote, Sentence
from qa.reply import Citation

_QUOTED = 240


@dataclass(frozen=True)
class Cited:
    """Text with marks, and what the marks stand for."""

    text: str
    citations: tuple[Citation, ...]
    numbers: dict[str, int]
    """Fact id → its mark."""


def cite(result: Finding | Missing, disclosures: tuple[Disclosure, ...]) -> Cited:
    """Every place gets one mark; the same place twice keeps its first."""
    known = {disclosure.id: disclosure for disclosure in disclosures}
    citations: dict[tuple[object, ...], Citation] = {}
    numbers: dict[str, int] = {}
    lines = [_marked(sentence, citations, numbers, known) for sentence in result.sentences]
    return Cited("\n".join(lines), tuple(citations.values()), numbers)


def _marked(sentence: Sentence, citations: dict[tuple[object, ...], Citation], numbers: dict[str, int], known: dict[str, Disclosure]) -> str:
    marks = ["".join(dict.fromkeys(f"[{_number(place, source, citations, numbers, known)}]" for place in group for source in _sources(place))) for group in sentence.places]
    return re.sub(r"\{(\d)\}", lambda match: marks[int(match[1])] if int(match[1]) < len(marks) else "", yearless(sentence.text))


def yearless(text: str) -> str:
    """A report that prints no year has the year 0, which is never said."""
    return re.sub(r"(?<![\d.-])0年", "", text)


def _sources(place: Place) -> tuple[Source, ...]:
    return (place.source,) if isinstance(place, Fact) else place.sources[:2]


def _number(place: Place, source: Source, citations: dict[tuple[object, ...], Citation], numbers: dict[str, int], known: dict[str, Disclosure]) -> int:
    key = (place.disclosure, source.page, source.box, source.place)
    if key not in citations:
        of = known.get(place.disclosure)
        reliable = place.reliable if isinstance(place, Fact) else True
        file = of.file if of else source.file
        citations[key] = Citation(len(citations) + 1, place.disclosure, file, source.page, source.box, quote_of_place(place), reliable, source.place)
    if isinstance(place, Fact):
        numbers.setdefault(place.id, citations[key].n)
    return citations[key].n


def quote_of_place(place: Place) -> str:
    """What is printed at a place: the sentence, or table, row, column and cell."""
    if isinstance(place, Quote):
        return place.text[:_QUOTED]
    if place.origin is Origin.PROSE:
        return place.text[:_QUOTED]
    parts = (place.table, " › ".join(place.item), " › ".join(place.column))
    return "｜".join(part for part in parts if part) + f"：{place.text or '（空白）'}"
