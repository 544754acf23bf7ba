"""TableInfo: what is known of one table of a disclosure, beside the facts that its cells hold."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.disclosure import Source
from corpus.fact import Origin


class Sums(StrEnum):
    """Whether the table's own sums bear out its cells."""

    HOLD = "勾稽相符"
    FAIL = "勾稽不符"
    UNCHECKED = "无法核对"


@dataclass(frozen=True)
class TableInfo:
    """A table after its pages were joined; twin halves count as one table."""

    id: str
    """Disclosure id and `t` and a running number: `0123456789abcdef-t3`."""
    disclosure: str
    title: str
    """As printed; '' where none is printed."""
    form: str
    """Key of the standard form (`corpus.account.FORMS`); ''."""
    unit: str
    """As printed in its corner (元, 万元); '' where none is printed (then no amounts)."""
    sources: tuple[Source, ...]
    """One a page, with the grid's box on it."""
    origin: Origin
    sums: Sums
    empty: bool
    """No figure in any cell (空表)."""
    note: str
    """The sentences printed under it (注：…, 本部门当年无…); '' where none."""
