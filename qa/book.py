"""Facts of a disclosure → Book: each fact's names as bigrams, ready to be held against a question's words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.fact import Fact, Origin
from qa.wording import bigrams, comparable

TOTALS = frozenset(
    "合计 总计 小计 本年支出合计 本年收入合计 收入总计 支出总计 收入合计 支出合计 收支总计 本年合计 本年支出 本年收入 收入 支出 支出总额 收入总额 金额合计".split()
)
DEFAULT_COLUMNS = frozenset(
    "合计 小计 总计 决算数 预算数 金额 数额 决算 预算 本年支出合计 本年收入合计 支出合计 收入合计 本年支出 执行数 年初预算数 全年预算数 调整预算数 支出决算 支出预算 "
    "收入预算 收入决算 收入 支出 本年收入 财政拨款支出 财政拨款收入 一般公共预算支出 一般公共预算基本支出 项目 预算数合计".split()
)

_FORM_ITEMS = {
    "三公经费表": "三公经费", "基本支出表": "一般公共预算财政拨款基本支出", "一般公共预算支出表": "一般公共预算财政拨款支出",
    "政府性基金表": "政府性基金预算财政拨款支出", "国有资本经营表": "国有资本经营预算财政拨款支出", "收入表": "收入合计", "支出表": "支出合计",
    "财政拨款收支总表": "财政拨款收支总计", "收支总表": "收支总计",
}  # fmt: skip
"""What the total row of a standard form is the total of, where the row itself says only 合计."""


@dataclass(frozen=True)
class Entry:
    """A fact and the bigrams of its names."""

    fact: Fact
    leaf: frozenset[str]
    """Of its own name: the last of the row path."""
    path: frozenset[str]
    """Of the names above it and of its column."""
    sentence: frozenset[str]
    """Of the sentence that holds it; empty for table cells."""
    title: frozenset[str]
    """Of its table's title, or of the headings above it."""
    column: frozenset[str]
    """Of the column names that narrow it (项目支出), default ones (合计, 决算数) left out."""
    total: bool
    """Its row is a total: it needs not be named."""


@dataclass(frozen=True)
class Book:
    """The entries of some disclosures and how telling each bigram is among them."""

    entries: tuple[Entry, ...]
    weights: dict[str, float]
    rare: float
    """The weight of a bigram that no name holds."""

    def weight(self, pair: str) -> float:
        return self.weights.get(pair, self.rare)


def entry_of(fact: Fact) -> Entry:
    names = [comparable(name) for name in fact.item]
    named = [name for name in names if name not in TOTALS]
    leaf = named[-1] if named else names[-1] if names else ""
    narrowing = tuple(name for name in fact.column if comparable(name) not in DEFAULT_COLUMNS and comparable(name) not in names)
    of_form = (_FORM_ITEMS.get(fact.form, ""),) if not named else ()
    return Entry(
        fact,
        bigrams(leaf),
        frozenset(pair for name in (*fact.item, *fact.column, *of_form) for pair in bigrams(name)),
        frozenset(pair for clause in re.split(r"[，。；：、]", fact.text if fact.origin is Origin.PROSE else "") for pair in bigrams(clause)),
        bigrams(fact.table),
        frozenset(pair for name in narrowing for pair in bigrams(name)),
        not named,
    )


def book_of(entries: Iterable[Entry]) -> Book:
    """Inverse document frequency over distinct names (not over cells: a name stands in many columns)."""
    kept = tuple(entries)
    names = {(entry.leaf, entry.path | entry.sentence | entry.title) for entry in kept}
    counts = Counter(pair for leaf, more in names for pair in leaf | more)
    size = max(len(names), 1)
    weights = {pair: math.log(1 + size / count) for pair, count in counts.items()}
    return Book(kept, weights, math.log(1 + size))


def books(facts: Sequence[Fact]) -> Book:
    return book_of(entry_of(fact) for fact in facts)
