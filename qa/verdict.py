"""Verdict: what the disclosures say of a claim; Checked: a text with all its verdicts."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.amount import Amount, in_unit, rounded
from qa.claim import Claim
from qa.disclosed import Disclosed


class Ruling(StrEnum):
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNVERIFIABLE = "unverifiable"


RULINGS = {Ruling.SUPPORTED: "一致", Ruling.REFUTED: "不符", Ruling.UNVERIFIABLE: "无依据"}
"""What a reader is told."""


@dataclass(frozen=True)
class Reading:
    """Another way to read a claim, and what the disclosures say of that."""

    name: str
    """2023年, 预算数, 公务接待费（同数的另一项）."""
    ruling: Ruling
    disclosed: Disclosed


@dataclass(frozen=True)
class Verdict:
    """A claim held against the disclosures."""

    claim: Claim
    ruling: Ruling
    disclosed: Disclosed | None
    reason: str
    """What is wrong (数字, 单位, 方向, 年度, 部门, 口径, 取整, 数量级), or why nothing can be said."""
    readings: tuple[Reading, ...] = ()

    @property
    def note(self) -> str:
        """Where the year was taken from, where the claim's sentence names none: 文中没有写年份，按标题算作2019年."""
        years = "、".join(f"{year}年" for year in self.claim.years)
        return f"这句没有写年份，按{self.claim.dated_by}算作{years}" if self.claim.dated_by and years else ""

    @property
    def difference(self) -> Amount | None:
        """The figure as written less the figure as disclosed, in the unit as written; None where the two cannot be subtracted."""
        stated, disclosed = self.claim.amount, self.disclosed
        if stated is None or disclosed is None or stated.unit.base != disclosed.amount.unit.base or stated.unit.kind is not disclosed.amount.unit.kind:
            return None
        turn = self.claim.turn
        apart = stated.value * (turn or 1) - (disclosed.value if turn or stated.value < 0 else abs(disclosed.value))
        places = max(2, -int(stated.number.as_tuple().exponent))
        return Amount(rounded(in_unit(apart, stated.unit), places), stated.unit)


@dataclass(frozen=True)
class Checked:
    """A text and the verdicts on its claims, in the order of the text."""

    text: str
    verdicts: tuple[Verdict, ...]
