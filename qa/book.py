"""Facts of a disclosure → Book: each fact's names as bigrams, ready to be held against a question's words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from corpus.disclosure import Source
from corpus.fact import Basis, Fact, Measure, Origin
from qa.wording import bigrams, comparable, head, needed, telling_pairs

TOTALS = frozenset(
    "合计 总计 小计 本年支出合计 本年收入合计 收入总计 支出总计 收入合计 支出合计 收支总计 本年合计 本年支出 本年收入 收入 支出 支出总额 收入总额 金额合计".split()
)
DEFAULT_COLUMNS = frozenset(
    "合计 小计 总计 本年预算 本年预算数 本年决算 本年决算数 决算数 预算数 金额 数额 决算 预算 本年支出合计 本年收入合计 支出合计 收入合计 本年支出 执行数 年初预算数 全年预算数 调整预算数 支出决算 支出预算 "
    "收入预算 收入决算 收入 支出 本年收入 财政拨款支出 财政拨款收入 一般公共预算支出 一般公共预算基本支出 项目 预算数合计".split()
)

FORM_ITEMS = {
    "三公经费表": "三公经费", "基本支出表": "一般公共预算财政拨款基本支出", "一般公共预算支出表": "一般公共预算财政拨款支出",
    "政府性基金表": "政府性基金预算财政拨款支出", "国有资本经营表": "国有资本经营预算财政拨款支出", "收入表": "收入合计", "支出表": "支出合计",
    "财政拨款收支总表": "财政拨款收支总计", "收支总表": "收支总计",
}  # fmt: skip
"""What the total row of a standard form is the total of, where the row itself says only 合计."""


ALIKE = 16384
"""Cells whose names are kept, a few kB each: 60 reports of all kinds, or any number of one form."""


@dataclass(frozen=True, slots=True)
class Names:
    """The bigrams of a figure's names; cells that are named alike share them."""

    leaf: Mapping[str, float]
    """Of its own name, each with its vote: the last of the row path that is no mere total."""
    before: Mapping[str, float]
    """Of what stands before the core of a long name of prose: 预留给小微企业 of 预留给小微企业的政府采购项目; {} elsewhere."""
    path: frozenset[str]
    """Of the names above it and of its column."""
    section: str
    """Of prose: the headings of the section that it stands in."""
    sentence: frozenset[str]
    """Of the sentence that holds it; empty for table cells."""
    title: frozenset[str]
    """Of its table's title, or of the headings above it."""
    column: frozenset[str]
    """Of the column names that narrow it (项目支出), default ones (合计, 决算数) left out."""
    telling: frozenset[str]
    """Of these, the pairs that tell the column from a total: 基本 of 基本支出."""
    total: bool
    """Its row is a total: it needs not be named."""


@dataclass(frozen=True, slots=True)
class Entry:
    fact: Fact
    names: Names


@dataclass(frozen=True)
class Book:
    """The entries of some disclosures and how telling each bigram is among them."""

    entries: tuple[Entry, ...]
    weights: dict[str, float]
    rare: float
    """The weight of a bigram that no name holds."""
    sections: dict[str, frozenset[str]]
    """Of each short section, the bigrams of all its sentences: they speak of one matter."""

    def weight(self, pair: str) -> float:
        return self.weights.get(pair, self.rare)


def entry_of(fact: Fact) -> Entry:
    """A fact with its names. Cells of one row and column of a form are named alike in every report."""
    return Entry(fact, _names(fact) if fact.origin is Origin.PROSE else _alike(fact.item, fact.column, fact.form, fact.table))


@lru_cache(ALIKE)
def _alike(item: tuple[str, ...], column: tuple[str, ...], form: str, table: str) -> Names:
    cell = Fact("", "", "", 0, 0, table, form, item, "", column, Measure.AMOUNT, Basis.NONE, "", 0, None, Source("", 0), Origin.TEXT, True, "")
    return _names(cell)


def _names(fact: Fact) -> Names:
    names = [comparable(name) for name in fact.item]
    named = [name for name in names if re.sub(r"^(?:[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、)", "", name) not in TOTALS]
    leaf = re.sub(r"^(?:19|20)\d{2}年(?:度|末|底)?|^(?:汇总的)?全[省市区县州](?:地方)?(?=.{3})|^(?:[省市区县州]本?级|自治区本级|本级)(?:地方)?(?=.{3})", "", named[-1] if named else names[-1] if names else "")
    prose = fact.origin is Origin.PROSE
    narrowing = tuple(name for name in fact.column if without_year(name) not in DEFAULT_COLUMNS and comparable(name) not in names)
    of_form = (FORM_ITEMS.get(fact.form, ""),) if not named else ()
    return Names(
        needed(head(leaf) if prose else leaf, 0.05),
        needed(leaf.partition("的")[0], 0.05) if prose and re.search(r"^.{4,}的.{2,}$", leaf) else {},
        frozenset(pair for name in (*fact.item, *fact.column, *of_form) for pair in bigrams(name)),
        " › ".join(fact.table.split(" › ")[:2]) if fact.origin is Origin.PROSE else "",
        _of_sentence(_matter(fact) if prose else ""),
        _of_title(fact.table),
        frozenset(pair for name in narrowing for pair in bigrams(name)),
        frozenset(pair for name in narrowing for pair in telling_pairs(name)),
        not named,
    )


def _matter(fact: Fact) -> str:
    """A sentence without what its figure is explained by, and an amount's without what it is used for: 图书馆3,095.31万元，主要用于图书购置等支出
    is no figure of 图书购置."""
    text = _REASON.sub("", fact.text)
    return _PURPOSE.sub("", text) if fact.measure in (Measure.AMOUNT, Measure.CHANGE, Measure.GROWTH) else text


_PURPOSE = re.compile(r"[，,]\s*(?:主要|分别|专门|全部|具体)?用于(?!的)[:：]?[^。；]+")
_REASON = re.compile(r"[^，。；]*(?:主要)?原因(?:是|为|系|[:：]).*", re.DOTALL)
"""What a figure is explained by names other things: 培训费30万元，主要原因是新增省委机要局培训费."""


@lru_cache(8)
def _of_sentence(text: str) -> frozenset[str]:
    """One set for all figures of a sentence, which follow each other."""
    return frozenset(pair for clause in re.split(r"[，。；：、]", text) for pair in bigrams(clause))


@lru_cache(8)
def _of_title(title: str) -> frozenset[str]:
    """One set for all cells of a table."""
    return bigrams(_without_document(title))


def apart(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries of prose whose sentences leave out the items of the other figures in them: those words are the others'."""
    kept = tuple(entries)
    others: dict[tuple[str, str], list[Entry]] = {}
    for entry in kept:
        if entry.names.sentence:
            others.setdefault((entry.fact.disclosure, entry.fact.text), []).append(entry)
    return tuple(_alone(entry, others[entry.fact.disclosure, entry.fact.text]) if entry.names.sentence else entry for entry in kept)


def _alone(entry: Entry, same: list[Entry]) -> Entry:
    sentence = entry.names.sentence
    foreign = frozenset(pair for other in same if other.fact.item != entry.fact.item for pair in other.names.leaf)
    return entry if foreign.isdisjoint(sentence) else Entry(entry.fact, replace(entry.names, sentence=sentence - foreign))


def without_year(name: str) -> str:
    """2023年决算数 is a 决算数: the year is known apart."""
    return re.sub(r"^(?:19|20)\d{2}年(?:度)?", "", comparable(name))


def _without_document(headings: str) -> str:
    """The headings without the document's own title: 上海市普陀区2025年区级部门预算 names nothing in it."""
    return " ".join(heading for heading in headings.split(" › ") if not re.search(r"(?:预算|决算)(?:公开|报告|书)?$|部门概况$", heading))


def book_of(entries: Iterable[Entry]) -> Book:
    """Inverse document frequency over distinct names (not over cells: a name stands in many columns)."""
    kept = tuple(entries)
    cells = {id(entry.names): entry.names for entry in kept}.values()
    names = {(frozenset(cell.leaf), cell.path | cell.sentence | cell.title) for cell in cells}
    counts = Counter(chain.from_iterable(leaf | more for leaf, more in names))
    size = max(len(names), 1)
    weights = {pair: math.log(1 + size / count) for pair, count in counts.items()}
    return Book(kept, weights, math.log(1 + size), _sections(kept))


SHORT_SECTION = 40
"""Figures; a longer section speaks of many matters."""


def _sections(entries: tuple[Entry, ...]) -> dict[str, frozenset[str]]:
    sizes = Counter(entry.names.section for entry in entries if entry.names.section)
    found: dict[str, set[str]] = {}
    for names in (entry.names for entry in entries):
        if 0 < sizes.get(names.section, 0) <= SHORT_SECTION:
            found.setdefault(names.section, set()).update(names.sentence)
    return {section: frozenset(pairs) for section, pairs in found.items()}


def books(facts: Sequence[Fact]) -> Book:
    return book_of(apart(entry_of(fact) for fact in facts))
