"""Claim: one checkable statement of a text with all that says what it is about; Form: how it is to be held against the disclosures."""

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.amount import Amount
from corpus.disclosure import Kind
from corpus.fact import Basis
from corpus.number import Bound


class Form(StrEnum):
    """What a claim says of its item."""

    AMOUNT = "数额"
    COUNT = "数量"
    RATE = "比率"
    """A percentage that is neither share, growth nor completion: 合格率100%."""
    CHANGE = "增减额"
    GROWTH = "增减率"
    POINTS = "百分点"
    SHARE = "占比"
    COMPLETION = "完成率"
    AVERAGE = "平均"
    SUM = "合计"
    DIFFERENCE = "相差"
    """A比B多1万元; in percent of B with a percentage, of two shares with 百分点."""
    TIMES = "倍数"
    MOST = "最大"
    LEAST = "最小"
    RANK = "排名"
    """排第三, 仅次于…: `turn` is the place, counted from the smallest where it is negative."""
    ALL = "全部"
    SAME = "持平"
    TURN = "方向"
    """同比下降, without a figure."""
    NONE = "没有"
    WITHIN = "未超"
    """没有超过限额, 控制在预算之内."""


_EACH = re.compile(r"(?:均|都|各)(?:为|是|有|只有|仅)?(?:约|了)?[\s\u3000]*$")


@dataclass(frozen=True)
class Claim:
    """One checkable figure, or one checkable word without a figure."""

    start: int
    end: int
    """Offsets in characters of the text."""
    text: str
    sentence: str
    form: Form
    publisher: str
    """Full name; '' when the text names none that the shelf has."""
    unknown: str
    """An organisation that the text speaks of and the shelf does not have, or has twice."""
    years: tuple[int, ...]
    """() when the text names none."""
    kind: Kind | None
    basis: Basis
    items: tuple[str, ...]
    """Item phrases: one, or the parts of a sum, or the two sides of a comparison."""
    parent: str = ""
    """What the item is part of: 其中, 三公经费里."""
    whole: str = ""
    """What a share is of; '' when the text does not say."""
    versus: str = ""
    """What a change is over: 上年, 上年执行数, 年初预算."""
    versus_year: int = 0
    turn: int = 0
    """+1 said to be more, -1 said to be less, 0 neither."""
    amount: Amount | None = None
    """Never negative for a change: `turn` has its sign."""
    bound: Bound = Bound.EXACT
    per: str = ""
    """Of an average: the counter that it is per."""
    shares: bool = False
    """Of a comparison: it is the shares that are compared."""
    rival: str = ""
    """Of a comparison of two publishers: the other's full name."""
    rival_years: tuple[int, ...] = ()
    """() where the text names no year of its own for the other."""
    before: str = ""
    """What the sentence says before the figure or word: the level that is meant is the last one there."""
    dated_by: str = ""
    """Where the years were taken from, where the sentence names none: 标题, 第一句, 上文."""
    maybe: tuple[tuple[int, ...], ...] = ()
    """Other years that the text may mean as well: what is right for one of them alone is not borne out."""
    unclear: str = ""
    """Why nothing can be said of it: 分别 with more figures than names, a year that is not told."""
    topic: str = ""
    """What the text was about before: for counts that name too little (保有量1辆)."""

    @property
    def alike(self) -> tuple[str, ...]:
        """The items that are said to be the same, each for itself: 因公出国（境）费和公务接待费均为0万元; () where one item is spoken of."""
        if self.form not in (Form.AMOUNT, Form.COUNT) or len(self.items) != 1 or not _EACH.search(self.before):
            return ()
        parts = tuple(part for part in re.split(r"、|和|与|及(?!运行)|以及", self.items[0]) if len(part) > 1)
        return parts if len(parts) > 1 else ()

    @property
    def over_own_budget(self) -> bool:
        """Whether it is the budget of its own year that it is held against: 比2025年预算 of a figure of 2026 is not."""
        return "预算" in self.versus and "上年" not in self.versus and self.versus_year in (0, *self.years)
