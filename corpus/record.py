"""Record: all that one disclosure holds, as ingest hands it to the shelf."""

from dataclasses import dataclass

from corpus.chunk import Chunk
from corpus.correction import AsRead
from corpus.disclosure import Disclosure
from corpus.fact import Discrepancy, Fact
from corpus.table import TableInfo


@dataclass(frozen=True)
class Unchecked:
    """A rule that could not read its table: neither passed nor failed."""

    rule: str
    reason: str
    """Chinese, for the reader."""


UNREAD = "all_is_read"
"""Rule that the whole file was read; what was left out of it (hidden rows, a broken page) stands as its reason."""


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
    as_read: AsRead | None = None
    """What the program had read, where a person has corrected who, when or what; None elsewhere."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """What of the file was not read, in Chinese for the reader."""
        return tuple(one.reason for one in self.unchecked if one.rule == UNREAD)
