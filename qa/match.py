"""A Book and an item phrase → the facts that the phrase means, best first; none when its words are not covered."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os.path import commonprefix

from corpus.amount import agree
from corpus.fact import Fact, Measure, Origin
from corpus.words import inside
from qa.book import Book, Entry
from qa.lead import lead_of
from qa.wording import GENERIC, bigrams, comparable, needed, telling_words, unknown_words

COVERED = 0.72
"""Of the phrase's weight, how much a fact's names must cover. Below, the fact speaks of something else."""
OWN = 0.5
"""Of a fact's own name, how much the phrase must say."""
COUNTED = 0.2
"""… and of what is counted: its counter already says much (5批次)."""
NEAR = 0.06
"""Facts whose scores are this close fit the phrase alike."""
_PATH = 0.95
_SENTENCE = 0.82
_SECTION = 0.75
_TITLE = 0.62
"""A title alone never covers a phrase: many tables hold more than their title names."""


@dataclass(frozen=True)
class Match:
    """A fact and how well a phrase fits it (1.0: every word, nothing else)."""

    fact: Fact
    score: float
    cover: float
    left: int = 0
    """Words of the phrase that none of the fact's names hold."""


def matches(book: Book, phrase: str, wanted: Callable[[Fact], float | None]) -> list[Match]:
    """Facts that a phrase fits, best first.

    `wanted` gives a fact's handicap (0.0 for just what is asked: measure, basis, year), or None where it cannot be meant.
    """
    need, telling = needed(phrase), telling_words(phrase)
    words, asked = tuple(frozenset(bigrams(word)) for word in telling), comparable(phrase)
    counted = (*words, *(frozenset((word,)) for word in unknown_words(phrase)))
    places = tuple(match[1] for match in _A_PLACE.finditer(phrase))
    compounds = tuple(parts for word in telling if len(parts := _parts(book, word)) > 1)
    found = [
        replace(match, left=_left(entry, words))
        for entry in _named(book.entries, need) if (handicap := wanted(entry.fact)) is not None and (match := _match(book, entry, need, handicap))
        and not _of_another_matter(entry, words) and not _other_half(book, entry, compounds) and not _unheld(entry, asked, words) and not _leads_elsewhere(entry, counted) and not _swapped(entry, asked) and all(_place(book, entry, place) for place in places)
    ]  # fmt: skip
    return sorted(found, key=lambda match: (-match.score, match.fact.source.page, match.fact.id))


_A_PLACE = re.compile(r"(?<![一-龥])([一-龥]{2})[一-龥]?[市县旗]")
"""A county or city named at the start of a phrase is never left out: 中宁县专项转移支付 is no 专项转移支付 (宁夏 2023)."""


def _named(entries: Iterable[Entry], need: Mapping[str, float]) -> Iterator[Entry]:
    """Those whose own names hold any of the words: most are told apart by this alone, before all that takes longer."""
    held: dict[int, bool] = {}
    for entry in entries:
        names = entry.names
        if (same := id(names)) not in held:
            held[same] = names.total or not (names.leaf and need.keys().isdisjoint(names.leaf) and need.keys().isdisjoint(names.before))
        if held[same]:
            yield entry


def _parts(book: Book, word: str) -> frozenset[str]:
    """The shorter dictionary words of a compound that the book's names hold: 养老 and 保险 of 养老保险."""
    return frozenset(part for part in inside(word) if part in book.weights and not GENERIC.fullmatch(part))


def _of_another_matter(entry: Entry, words: Sequence[frozenset[str]]) -> bool:
    """A total told in prose (支出合计) needs not be named, but where it stands must hold the words: its section alone speaks of many matters."""
    if not entry.names.total or not entry.names.sentence:
        return False
    held = entry.names.leaf.keys() | entry.names.path | entry.names.sentence | entry.names.title
    return any(not word & held for word in words)


def _other_half(book: Book, entry: Entry, compounds: Sequence[frozenset[str]]) -> bool:
    """Half a compound is another thing: 职工基本医疗保险缴费 holds the 保险 of 职工养老保险, and is none."""
    return any(0 < sum(1 for part in parts if _place(book, entry, part)) < len(parts) for parts in compounds)


def _unheld(entry: Entry, asked: str, words: Sequence[frozenset[str]]) -> bool:
    """A word that no name of the cell holds names another row: 基本养老保险基金支出 is no 基本养老保险缴费支出. The names of the standard
    forms are fixed and so are those that prose takes from them; tables of a report's own are asked for in looser words."""
    if entry.names.sentence and "财政拨款" in asked and "拨款" not in entry.names.leaf.keys() | entry.names.path | entry.names.sentence:
        return True  # 财政拨款收入 is not the 收入 that the same sentence tells before it (太原 2016)
    return _has_fixed_name(entry.fact) and any(all(not _said_by(entry, pair, asked) for pair in word) for word in words)


def _leads_elsewhere(entry: Entry, words: Sequence[frozenset[str]]) -> bool:
    """A count is of what leads to it: 年末实有在职人员136人 are not those of 事业单位, nor the 11辆车 those of which the sentence goes on to speak."""
    if entry.fact.measure is not Measure.COUNT or entry.fact.origin is not Origin.PROSE:
        return False
    unit = entry.fact.amount.unit.base if entry.fact.amount else ""
    if entry.fact.item and _HAS.match(entry.fact.item[-1]):
        return not any(word & bigrams("".join(entry.fact.item[:-1])) for word in words)
    own = entry.names.leaf.keys() | entry.names.path | entry.names.title | bigrams(_USED_FOR.sub("", lead_of(entry.fact))) | bigrams(unit)
    return any(3 * len(word & own) <= len(word) for word in words)


_HAS = re.compile(r"(?:均|都|已|仅)?(?:设有|配有|装有|建有|设立|开设)")
"""24个居委中仅17个设有助餐点: those that have one are counted, not what they have."""
_USED_FOR = re.compile(r"[，,]\s*(?:主要|专门)?用于[^，。；]*(?=[，,])")
"""接待费1.84万元，主要用于对口支援地区来访，全年接待12批次: what the money went to says nothing of those that are counted behind it."""


def _said_by(entry: Entry, pair: str, asked: str) -> bool:
    """Whether the cell's own names, its sentence or its title hold a pair; what else its section speaks of names other rows, and the 一般 of
    一般公共预算 in a title is none of 一般行政管理事务."""
    own = pair in entry.names.leaf or pair in entry.names.path or pair in entry.names.sentence
    return own or pair in entry.names.title and not (pair == "一般" and not re.search(r"一般(?:公共预算|债)", asked))


def _has_fixed_name(fact: Fact) -> bool:
    told = fact.origin is Origin.PROSE and fact.measure is Measure.AMOUNT and bool(fact.item)
    named = told and (fact.item[-1].endswith(("支出", "收入", "缴费", "金额", "事务")) or bool(_CLASSED.search(fact.text)))
    return bool(fact.form or fact.account) or named


_CLASSED = re.compile(r"[（(][款项][)）]")
"""A sentence that names its item by the classification."""


def _swapped(entry: Entry, asked: str) -> bool:
    """Two long names that differ in their first words alone are two rows: 政府办公厅及相关机构事务, 党委办公厅及相关机构事务; and 其他X is none of X."""
    name = comparable(entry.fact.item[-1]) if entry.fact.item else ""
    if asked.startswith(("其他", "其它")) and "其他" not in entry.names.leaf and "其他收入" not in asked:
        return True
    shared = len(commonprefix((asked[::-1], name[::-1])))
    heads = asked[: len(asked) - shared], name[: len(name) - shared]
    return shared >= 6 and all(2 <= len(head) <= 4 for head in heads) and not bigrams(heads[0]) & bigrams(heads[1])


def _left(entry: Entry, words: Sequence[frozenset[str]]) -> int:
    title = frozenset() if entry.names.sentence else entry.names.title  # headings of prose name the publisher: 人民政府办公室 is no 办公费
    return sum(1 for word in words if not any(pair in entry.names.leaf or pair in entry.names.path or pair in title for pair in word))


def _match(book: Book, entry: Entry, need: Mapping[str, float], handicap: float) -> Match | None:
    cover = _cover(book, entry, need)
    if need and cover < COVERED:
        return None
    if "其他" in entry.names.leaf and "其他" not in need and "其它" not in need and entry.fact.item[-1].lstrip().startswith("其他"):
        return None  # 其他城乡社区支出 is not 城乡社区支出
    if "限额" not in need and ("限额" in entry.names.leaf or "余额" in need and "限额" in entry.names.path and "余额" not in entry.names.leaf):
        return None  # 债务余额限额 is not 债务余额, nor the 专项债务 under 债务限额 (淮安 2026)
    if any(kind in entry.names.leaf and kind not in need for kind in ("或有", "隐性")):
        return None  # 政府或有债务 is not 政府债务 (鄂州 2017)
    if entry.fact.measure is Measure.COUNT and _is_bought(entry) != bool(_BOUGHT & need.keys()):
        return None  # 购置公务用车6辆 are not the cars kept, nor the cars kept those to be replaced (63辆, 普陀城管 2026)
    if entry.names.leaf.keys() & _GRADED and not need.keys() & (_GRADED | {"结果", "等级", "评级"}):
        return None  # 自评结果为优的项目36个 are not all 自评项目
    if _ABROAD.search(entry.fact.item[-1] if entry.fact.item else "") and not need.keys() & _FOREIGN:
        return None  # 国（境）外公务接待批次 is not 公务接待批次
    if (abroad := need.keys() & _FOREIGN) and not abroad & (entry.names.leaf.keys() | entry.names.path):
        return None  # nor what all guests cost what 外宾 did
    if entry.names.column and _elsewhere(book, entry, need):
        return None
    if _other_side(entry, need) or _all_debt(entry, need):
        return None
    said = max(said_of(book, entry.names.leaf, need), said_of(book, entry.names.before, need) if entry.names.before else 0.0)
    if not entry.names.total and said < (COUNTED if entry.fact.measure is Measure.COUNT else OWN):
        return None
    if entry.names.total and not need and entry.names.column:
        return None
    unsaid = 0.0 if entry.names.total and (entry.names.column or not any(pair not in SIDES for pair in need)) else 1 - said
    narrow = 1 - said_of(book, dict.fromkeys(entry.names.column, 1.0), need) if entry.names.column else 0.0
    own = 0.0 if entry.names.total else _own(book, entry, need)
    return Match(entry.fact, cover + 0.15 * own - 0.35 * unsaid - 0.3 * narrow - handicap, cover)


_ABROAD = re.compile(r"国(?:[（(]境[)）])?外(?!汇|债)|境外|外宾|外事(?=接待|活动)")
_GRADED = frozenset(("果为", "级为"))
_FOREIGN = frozenset(("外公", "境外", "国外", "外宾", "外事"))
_BOUGHT = frozenset(("购置", "新购", "购买", "采购", "更新", "新增", "淘汰", "报废"))


def _is_bought(entry: Entry) -> bool:
    return any(pair in entry.names.leaf or pair in entry.names.path for pair in _BOUGHT)


SIDES = frozenset(("收入", "支出"))


_CARS = frozenset(("购置", "运行"))
_BOUGHT_AS = frozenset(("货物", "工程", "服务"))
_AGENCIES = frozenset(("行政", "事业"))
_APART = (SIDES, _CARS, _AGENCIES, frozenset(("人员", "公用")), _BOUGHT_AS, frozenset(("一般", "专项")), frozenset(("资产", "负债")), frozenset(("中小", "小微")), frozenset(("全额", "差额")))
"""Words of which a row bears one: the parts of one whole, which the whole's own name may hold together (购置及运行费)."""


def _all_debt(entry: Entry, need: Mapping[str, float]) -> bool:
    """债务余额 alone is that of both kinds: 专项债务余额 is none of it (淮安 2026)."""
    held = entry.names.leaf.keys() | entry.names.path | entry.names.title
    return "债务" in need and any(kind in need and kind not in held for kind in ("专项", "一般"))


def _other_side(entry: Entry, need: Mapping[str, float]) -> bool:
    """其他收入 is no row that calls itself 其他支出, nor 公务用车运行费 the 公务用车购置费 beside it (万里街道 2023)."""
    return any(_other_part(parts, entry, need) for parts in _APART)


def _other_part(parts: frozenset[str], entry: Entry, need: Mapping[str, float]) -> bool:
    said, name = parts & need.keys(), parts & entry.names.leaf.keys()
    if parts is _CARS and len(said) + len(name) == 3 and "用车" in need.keys() | entry.names.leaf.keys():
        return True  # 公务用车购置及运行费 is neither of the two that it names, nor either of them it
    if parts is _AGENCIES and "事业" in said and "关事" in entry.names.leaf and "关事" not in need:
        return True  # 机关事业单位职业年金缴费 is that of both: no 事业单位's alone
    if parts is _BOUGHT_AS and len(said) == 1 and entry.fact.origin is Origin.PROSE and need.keys() & {"采购", "中小", "小微", "授予"}:
        return not said <= entry.names.leaf.keys() | entry.names.path | bigrams(lead_of(entry.fact))  # 服务采购授予小微企业 is not all that 小微企业 were awarded
    if parts is _AGENCIES and len(said) == 1 and name:
        return said != name  # nor is 行政事业单位离退休 that of 事业单位; 事业运行 is no 行政运行 in the column 事业收入 (普陀区生态环境局 2025)
    if "资产" in said & name and ("净资" in need) != ("净资" in entry.names.leaf):
        return True
    return len(said) == 1 and len(name) == 1 and said != name and not said & entry.names.column


def _elsewhere(book: Book, entry: Entry, need: Mapping[str, float]) -> bool:
    """A cell of a narrowing column that the phrase does not mean: 支出 alone is not the 基本支出 of the total; 其他收入 names a
    column, not the row 其他支出 in it (太原 2016)."""
    if entry.names.total:
        return bool(need) and not any(pair in need for pair in entry.names.telling)
    if not all(pair in need for pair in entry.names.telling):
        return False
    if any(comparable(name) in comparable(entry.fact.item[-1]) for name in entry.fact.column):
        return False  # 公用经费合计 stands in the column 公用经费 (太原 2016)
    if all(pair in need for pair in entry.names.leaf):
        return False  # 其他支出的其他收入 says both
    rest = {pair: vote for pair, vote in need.items() if pair not in entry.names.column}
    return said_of(book, entry.names.leaf, rest) < (COUNTED if entry.fact.measure is Measure.COUNT else OWN)


def _own(book: Book, entry: Entry, need: Mapping[str, float]) -> float:
    """How much of the phrase the fact's own name says: the item itself goes before the parts under it."""
    whole = sum(vote * book.weight(pair) for pair, vote in need.items())
    return sum(vote * book.weight(pair) for pair, vote in need.items() if pair in entry.names.leaf) / whole if whole else 0.0


def _cover(book: Book, entry: Entry, need: Mapping[str, float]) -> float:
    """The share of the phrase's weight that the fact's names hold; words from around it count for less."""
    whole = sum(vote * _weight(book, pair, vote) for pair, vote in need.items())
    if not whole:
        return 1.0
    return sum(vote * _weight(book, pair, vote) * _place(book, entry, pair) for pair, vote in need.items()) / whole


def _weight(book: Book, pair: str, vote: float) -> float:
    """A pair across two words that no name holds only says that the words stand in another order."""
    return book.weight(pair) * (0.35 if vote < 1.0 and pair not in book.weights else 1.0)


def _place(book: Book, entry: Entry, pair: str) -> float:
    """How much a word counts by where the fact's names hold it."""
    if pair in entry.names.leaf:
        return 1.0
    if pair in entry.names.path:
        return _PATH
    if pair in entry.names.sentence:
        return _SENTENCE
    if pair in entry.names.title:
        return _TITLE
    return _SECTION if entry.names.section and entry.fact.item and pair in book.sections.get(entry.names.section, ()) else 0.0


def said_of(book: Book, name: Mapping[str, float], need: Mapping[str, float]) -> float:
    """The share of a name's weight that a phrase says."""
    whole = sum(vote * book.weight(pair) for pair, vote in name.items())
    return sum(vote * book.weight(pair) for pair, vote in name.items() if pair in need) / whole if whole else 1.0


def groups(found: Iterable[Match]) -> list[list[Match]]:
    """Matches by value, the best match's first: the same figure printed in several places is one group."""
    parted: list[list[Match]] = []
    for match in found:
        home = next((group for group in parted if _same(group[0].fact, match.fact)), None)
        if home is None:
            parted.append([match])
        else:
            home.append(match)
    return parted


def _same(one: Fact, other: Fact) -> bool:
    if one.amount is None or other.amount is None:
        return one.amount is None and other.amount is None
    return agree(one.amount, other.amount)
