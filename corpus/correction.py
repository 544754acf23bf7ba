"""Correction: who, when and what a disclosure is, as a person says it, and what the program had read before."""

from dataclasses import dataclass, replace

from corpus.disclosure import Disclosure, Kind, Scope
from corpus.fact import Fact


@dataclass(frozen=True)
class Correction:
    """An identity that a person has set. It goes before whatever is read of the same file."""

    publisher: str
    aliases: tuple[str, ...]
    year: int
    kind: Kind
    scope: Scope

    def of(self, read: Disclosure) -> Disclosure:
        """The disclosure as corrected: certain, since a person says so, and telling what had been read."""
        return replace(
            read, publisher=self.publisher, aliases=self.aliases, year=self.year, kind=self.kind, scope=self.scope,
            certain=True, read_as=read.title,
        )  # fmt: skip


@dataclass(frozen=True)
class AsRead:
    """What a correction took the place of, so that it can be taken back without reading the file again."""

    correction: Correction
    disclosure: Disclosure
    facts: tuple[Fact, ...]
    """Facts that the correction changed (the year or 口径 that they had from the report's), as read."""
