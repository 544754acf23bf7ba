"""Finding: what was worked out for a question, before it is written down and traced."""

from dataclasses import dataclass

from corpus.amount import Amount
from corpus.chunk import Chunk
from corpus.disclosure import Source
from corpus.fact import Fact
from qa.calculate import Calculation


@dataclass(frozen=True)
class Quote:
    """A passage that is quoted word for word."""

    disclosure: str
    text: str
    sources: tuple[Source, ...]


Place = Fact | Quote
"""What a sentence of an answer rests on."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer; {0}, {1}… stand where the marks of its places go."""

    text: str
    places: tuple[tuple[Place, ...], ...] = ()
    """One group a mark: all places of a group print the same."""


@dataclass(frozen=True)
class Answered:
    """The figure that answers, and what it is called."""

    amount: Amount
    label: str
    fact: Fact | None = None


@dataclass(frozen=True)
class SeriesPoint:
    name: str
    amount: Amount
    fact: Fact


@dataclass(frozen=True)
class Finding:
    """Sentences, figures and formulas that answer a question."""

    sentences: tuple[Sentence, ...]
    answered: tuple[Answered, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    series: tuple[SeriesPoint, ...] = ()
    notices: tuple[str, ...] = ()
    counted: tuple[Amount, ...] = ()
    """Numbers of disclosures, counted on the shelf."""


@dataclass(frozen=True)
class Missing:
    """Why there is no answer, and what was looked at."""

    sentences: tuple[Sentence, ...]
    choices: tuple[str, ...] = ()
    """Complete questions to choose from: the words fit more than one item."""
    counted: tuple[Amount, ...] = ()
    """How many there are to choose from, where not all are told."""


def quote_of(chunk: Chunk, text: str) -> Quote:
    return Quote(chunk.disclosure, text, chunk.sources)
