"""A shelf and what a person says of a report → the report under its right identity: nothing is read or embedded again."""

from collections.abc import Mapping

from corpus.chunk import ChunkKind
from corpus.correction import AsRead, Correction
from corpus.disclosure import Disclosure, Kind, Scope
from corpus.errors import ShelfError
from corpus.record import Record
from corpus.shelf import Shelf
from ingest.identity import identified
from ingest.names import aliases_of

YEARS = range(1990, 2100)
WRONG_YEAR = f"年度应是 {YEARS.start} 到 {YEARS.stop - 1} 之间的整数"
LONGEST_NAME = 60


def correct(shelf: Shelf, id: str, correction: Correction | None) -> Disclosure:
    """Sets the identity, or takes a correction back with None. All see it from the next question on, without a restart."""
    with shelf.index.alone():
        record = identified(_standing(shelf, id), correction)
        shelf.store.identify(record)
    return record.disclosure


def correct_as_said(shelf: Shelf, id: str, filled: Mapping[str, str] | None) -> Disclosure:
    """What a form says; None takes a correction back."""
    found = shelf.store.disclosure(id)
    if found is None:
        raise ShelfError("这份报告已经不在报告库里")
    if filled is None:
        return correct(shelf, id, None)
    year = str(filled.get("year", "")).strip()
    if not (year.isascii() and year.isdigit()):
        raise ShelfError(WRONG_YEAR)
    return correct(shelf, id, said(found, str(filled.get("publisher", "")), int(year), str(filled.get("kind", "")), str(filled.get("scope", ""))))


def _standing(shelf: Shelf, id: str) -> Record:
    """What telling a report's figures anew needs of it."""
    entry = shelf.store.entries().get(id)
    if entry is None:
        raise ShelfError("这份报告已经不在报告库里")
    paragraphs = shelf.store.chunks([id], [ChunkKind.PARAGRAPH])
    return Record(entry.disclosure, entry.program, (), shelf.store.facts([id]), paragraphs, as_read=shelf.store.corrections().get(id))


def as_corrected(record: Record, shelf: Shelf) -> Record:
    """A record just read, under the identity that a person has set for this file; as read where there is none."""
    return identified(record, _kept(shelf.store.corrections(), record.disclosure))


def _kept(corrections: dict[str, AsRead], read: Disclosure) -> Correction | None:
    """Of this content, or of an earlier content of the same file that was read as the same."""
    if own := corrections.get(read.id):
        return own.correction
    same = (one.correction for one in corrections.values() if (one.disclosure.file, one.disclosure.title) == (read.file, read.title))
    return next(same, None)


def said(now: Disclosure, publisher: str = "", year: int | None = None, kind: str = "", scope: str = "") -> Correction:
    """What a person has filled in, the rest staying as it is. ShelfError says what cannot be."""
    name = "".join(publisher.split()) or now.publisher
    chosen = now.year if year is None else year
    if chosen not in YEARS:
        raise ShelfError(WRONG_YEAR)
    if len(name) > LONGEST_NAME:
        raise ShelfError(f"单位名称不能超过 {LONGEST_NAME} 个字")
    if kind and kind not in list(Kind) or scope and scope not in list(Scope):
        raise ShelfError(f"文种只能是 {'、'.join(Kind)}，范围只能是 {'、'.join(Scope)}")
    aliases = now.aliases if name == now.publisher else tuple(alias for alias in aliases_of(name) if alias != name)
    return Correction(name, aliases, chosen, Kind(kind or now.kind), Scope(scope or now.scope))
