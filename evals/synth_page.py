"""What a synthetic report is laid out from: headings, paragraphs and sheets, before any page is drawn; how it prints money."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from corpus.disclosure import Kind

FOOT = "虚构样本，仅供测试"
"""Stands on every page."""


@dataclass(frozen=True)
class Style:
    """How a publisher sets its reports."""

    kind: Kind
    unit: str
    """Of its tables: 元 or 万元; 三公 and prose are always in 万元."""
    joined: bool
    """Codes in one column, or 类, 款 and 项 each in its own."""
    landscape: bool
    separators: bool
    zero: str
    """What is printed where there was no money: 0.00, 0 or nothing."""
    pictures: tuple[str, ...] = ()
    """Forms that are scanned pictures."""

    def money(self, amount: Decimal, unit: str = "") -> str:
        """As a table cell prints it."""
        unit = unit or self.unit
        if not amount:
            return self.zero
        if unit == "元":
            return f"{amount:,.0f}" if self.kind is Kind.BUDGET else f"{amount:,.2f}"
        return f"{wan(amount):,}" if self.separators else f"{wan(amount)}"

    def said(self, amount: Decimal) -> str:
        """As a sentence prints it."""
        return f"{wan(amount):,}万元" if self.separators else f"{wan(amount)}万元"


STYLES = (
    Style(Kind.FINAL, "万元", joined=True, landscape=False, separators=False, zero="0.00"),
    Style(Kind.BUDGET, "元", joined=False, landscape=True, separators=True, zero="0"),
    Style(Kind.FINAL, "元", joined=True, landscape=True, separators=True, zero="", pictures=("收入表", "三公经费表")),
)


def wan(amount: Decimal) -> Decimal:
    return (amount / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Text:
    """A heading (level 1 and more) or a paragraph (0)."""

    text: str
    level: int = 0
    key: str = ""
    """Names it, so that its page is known once it is drawn."""


@dataclass(frozen=True)
class Cell:
    """A cell; one with a `column` prints a figure (or stands blank) and says what it measures."""

    text: str
    item: tuple[str, ...] = ()
    account: str = ""
    column: tuple[str, ...] = ()
    basis: str = ""

    @property
    def measures(self) -> bool:
        return bool(self.column)


@dataclass(frozen=True)
class Head:
    """A header cell with its spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Sheet:
    """A table with its title and corner."""

    form: str
    title: str
    unit: str
    corner: str
    header: tuple[tuple[Head, ...], ...]
    widths: tuple[int, ...]
    """In relation to each other."""
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    landscape: bool = False
    picture: bool = False


Block = Text | Sheet


@dataclass(frozen=True)
class Report:
    """One report before it is drawn."""

    file: str
    publisher: str
    year: int
    style: Style
    blocks: tuple[Block, ...]
