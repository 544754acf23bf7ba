"""Disclosure: which published document a figure comes from; Source: where on it the figure stands."""

from dataclasses import dataclass
from enum import StrEnum

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points (1/72 inch), the origin at the page's top left corner."""


class Kind(StrEnum):
    """文种: whether the document plans money or accounts for it."""

    BUDGET = "预算"
    FINAL = "决算"


class Scope(StrEnum):
    """Whose money: a department with all its agencies, or one agency (单位) alone."""

    DEPARTMENT = "部门"
    AGENCY = "单位"
    GOVERNMENT = "政府"


@dataclass(frozen=True)
class Source:
    """A place in a file that a reader can be shown."""

    file: str
    page: int
    """1-based; 0 where the form of file has no pages (then `place` says where)."""
    box: Box | None = None
    place: str = ""
    """`Sheet1!C5`, `第12段`: only where there is no page."""


@dataclass(frozen=True)
class Disclosure:
    """One published file and who, when and what it says it is."""

    id: str
    """First 16 hex digits of `sha256`: the same content is the same disclosure."""
    sha256: str
    file: str
    publisher: str
    """Full name as printed."""
    aliases: tuple[str, ...]
    """Usual short names, the likeliest first; never the full name itself."""
    year: int
    """0 where the report prints none."""
    kind: Kind
    scope: Scope
    pages: int
    evidence: tuple[Source, ...]
    """The pages that say who, when and what."""
    certain: bool
    """False: publisher, year or kind was guessed from weak signs and must be shown as such."""
    read_as: str = ""
    """The title as the program had read it, where a person has corrected who, when or what (人工更正); '' elsewhere."""
    part: str = ""
    """The part of the year that it tells of (1-8月, 上半年), where it is no whole one's."""

    @property
    def title(self) -> str:
        """How a reader is told which document it is: 某某街道办事处 2025年部门预算."""
        return f"{self.publisher} {self.when}{self.scope if self.scope != Scope.GOVERNMENT else ''}{self.kind}"

    @property
    def when(self) -> str:
        """2025年, 2025年1-8月, 未写年度的1-8月."""
        return (f"{self.year}年" if self.year else "未写年度的") + self.part
