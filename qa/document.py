"""A record → Document: one disclosure laid out for the rules: paragraphs with what their figures say, cells by form."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Source
from corpus.fact import Basis, Fact, Measure
from corpus.heading import heading_item
from corpus.number import Bound, half_width
from corpus.record import Record
from corpus.statement import Setting, Statement, statements
from corpus.table import TableInfo

_SEGMENT = re.compile(r"[。；;\n]")


@dataclass(frozen=True)
class Said:
    """A figure of a sentence, where it stands, and whether it was read surely."""

    statement: Statement
    lead: str
    """The words of its clause before it."""
    quote: str
    """The part of the sentence around it, between 。 or ；."""
    source: Source
    reliable: bool
    paragraph: int
    """`Paragraph.number`."""
    opens: bool
    """It is the first figure of its sentence."""

    @property
    def name(self) -> str:
        return self.statement.subject[-1] if self.statement.subject else ""

    @property
    def is_amount(self) -> bool:
        return self.statement.measure is Measure.AMOUNT

    @property
    def exact(self) -> bool:
        """Neither 约 nor 不足, and no doubt about the reading."""
        return self.reliable and self.statement.bound is Bound.EXACT


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its figures."""

    number: int
    headings: tuple[str, ...]
    text: str
    """As printed, full-width digits made half-width."""
    sources: tuple[Source, ...]
    said: tuple[Said, ...]

    def source_of(self, place: int) -> Source:
        """Where a character stands: the box of the next figure of its sentence, else of the paragraph."""
        start, end = self._bounds(place, place)
        near = next((one for one in self.said if start <= one.statement.start < end), None)
        return near.source if near else self.sources[0]

    def segment(self, start: int, end: int) -> str:
        first, last = self._bounds(start, end)
        return self.text[first:last].strip()

    def _bounds(self, start: int, end: int) -> tuple[int, int]:
        marks = [match.end() for match in _SEGMENT.finditer(self.text, 0, start)]
        stop = _SEGMENT.search(self.text, max(end, start))
        return (marks[-1] if marks else 0, stop.start() if stop else len(self.text))


@dataclass(frozen=True)
class Document:
    """One disclosure, as the rules see it."""

    disclosure: Disclosure
    record: Record
    paragraphs: tuple[Paragraph, ...]
    """In reading order, definitions left out."""
    definitions: tuple[Chunk, ...]
    tables: tuple[TableInfo, ...]
    cells: Mapping[str, Sequence[Fact]]
    """Figures of tables by `TableInfo.form`; those of other tables under ''."""
    before: Record | None = None
    """The same publisher's disclosure of the same kind one year earlier, where the shelf has it."""

    @property
    def said(self) -> Iterable[Said]:
        return (one for paragraph in self.paragraphs for one in paragraph.said)

    def has_form(self, form: str) -> bool:
        return any(table.form == form for table in self.tables)


def document_of(record: Record, before: Record | None = None) -> Document:
    """A record laid out."""
    cells: dict[str, list[Fact]] = defaultdict(list)
    for fact in record.facts:
        if fact.table_id:
            cells[fact.form].append(fact)
    texts = [chunk for chunk in record.chunks if chunk.kind is ChunkKind.PARAGRAPH]
    places = _places(record.facts)
    paragraphs = tuple(_paragraph(number, chunk, record, places) for number, chunk in enumerate(texts))
    definitions = tuple(chunk for chunk in record.chunks if chunk.kind is ChunkKind.DEFINITION)
    return Document(record.disclosure, record, paragraphs, definitions, record.tables, cells, before)


_Place = tuple[str, str]
"""A sentence and the number in it."""


def _places(facts: Iterable[Fact]) -> dict[_Place, list[Fact]]:
    """Prose facts by sentence and figure: they know their boxes."""
    places: dict[_Place, list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.table_id and fact.amount is not None:
            places[_bare(fact.text), str(abs(fact.amount.number))].append(fact)
    return places


def _bare(text: str) -> str:
    return re.sub(r"\s", "", half_width(text))


def _paragraph(number: int, chunk: Chunk, record: Record, places: Mapping[_Place, Sequence[Fact]]) -> Paragraph:
    d = record.disclosure
    setting = Setting(d.year, d.kind, (d.publisher, *d.aliases), heading_item(chunk.headings))
    text = half_width(chunk.text)
    found = statements(chunk.text, setting)
    firsts = {one.sentence: one for one in reversed(found)}
    said = tuple(_said(text, one, chunk, number, places, firsts[one.sentence] is one) for one in found)
    return Paragraph(number, chunk.headings, text, chunk.sources, said)


def _said(text: str, one: Statement, chunk: Chunk, number: int, places: Mapping[_Place, Sequence[Fact]], opens: bool) -> Said:
    start, end = one.sentence
    found = places.get((_bare(text[start:end]), str(abs(one.amount.number))), ())
    pages = {source.page for source in chunk.sources}
    fact = next((fact for fact in found if fact.source.page in pages), None)
    marks = [match.end() for match in re.finditer(r"[，。；：,;:\n]", text[: one.start])]
    source = fact.source if fact else chunk.sources[0]
    return Said(
        one, text[marks[-1] if marks else 0 : one.start].strip(), _quote(text, one), source,
        fact.reliable if fact else True, number, opens,
    )  # fmt: skip


def _quote(text: str, one: Statement) -> str:
    """From mark to mark, with the reason where the next sentence gives it."""
    marks = [match.end() for match in _SEGMENT.finditer(text, 0, one.start)]
    stop = _SEGMENT.search(text, one.end)
    reason = re.match(r"(?:主要)?原因[^。；\n]*", text[stop.end() :]) if stop else None
    end = stop.end() + reason.end() if stop and reason else stop.start() if stop else len(text)
    return text[marks[-1] if marks else 0 : end].strip()


BUDGETS = (Basis.BUDGET, Basis.OPENING, Basis.ADJUSTED)
OUTTURNS = (Basis.FINAL, Basis.EXECUTED)


def same_stage(one: Basis, other: Basis) -> bool:
    """Whether two figures can be of one stage of the account: a budget not said to be opening or adjusted may be either."""
    if one is other:
        return True
    return {one, other} <= set(OUTTURNS) or (Basis.BUDGET in (one, other) and {one, other} <= set(BUDGETS))
