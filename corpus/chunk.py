"""Chunk: a piece of a disclosure that can be found and quoted, with the headings above it and its boxes."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.disclosure import Source


class ChunkKind(StrEnum):
    PARAGRAPH = "正文"
    DEFINITION = "名词解释"
    ROW = "表格行"


@dataclass(frozen=True)
class Chunk:
    """A paragraph, a definition or a table row."""

    id: str
    disclosure: str
    kind: ChunkKind
    headings: tuple[str, ...]
    """Headings above it, the outermost first."""
    text: str
    """As printed, lines joined, without the headings."""
    sources: tuple[Source, ...]
    """One a page that it stands on, in reading order (a paragraph may run over a page break)."""

    @property
    def indexed(self) -> str:
        """What is embedded and word-indexed: headings and text."""
        return " › ".join((*self.headings, self.text))
