"""Record: all that one disclosure holds, as ingest hands it to the shelf."""

from dataclasses import dataclass

from corpus.chunk import Chunk
from corpus.disclosure import Disclosure
from corpus.fact import Discrepancy, Fact
from corpus.table import TableInfo


@dataclass(frozen=True)
class Unchecked:
    """A rule that could not read its table: neither passed nor failed."""

    rule: str
    reason: str
    """Chinese, for the reader."""


@dataclass(frozen=True)
class Record:
    """One disclosure with everything read from it, saved and replaced as a whole."""

    disclosure: Disclosure
    program: str
    """Version of the program that read it: another version reads the same file anew."""
    tables: tuple[TableInfo, ...] = ()
    facts: tuple[Fact, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
