"""A department's report that prints rows for its agencies (单位) → which of them a question names, and their own part of the book.

An agency is looked up as if it were a publisher of its own: what is printed of the whole, or of another agency, is never its.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from os.path import commonprefix

from corpus.disclosure import Disclosure, Scope
from corpus.fact import Fact
from qa.book import DEFAULT_COLUMNS, FORM_ITEMS, TOTALS, Book, Entry, entry_of, without_year
from qa.question import Question, smooth, understand
from qa.wording import comparable

_BODY = r"(?:机关|本级|本部|[总支大中]队|[中总]心|[站所院馆校园局处]|[中小大]学|委员会|办公室|协会|公司)"
_NO_BODY = re.compile(r"^(?:其他|新建|建成|建设|改造|开展|完成|支持)|^其中|事业单位|行政单位|支出|收入|经费|场所$|[及和]相关机构|党政机关|权力机关|行政机关|国家机关")
_OFFICE = r"(?:机关|本级|本部)"
_GOES_ON = r"(?!运行|运转|事业|工资|商品|资本|党|工作|干部|职工|服务|后勤|食堂|事务|大院|办公|单位|人员编制)"
"""局机关运行经费 is the 机关运行经费 of the whole; 局机关人员经费 is the agency's."""


@dataclass(frozen=True)
class SubUnit:
    """An agency that a question names."""

    name: str
    """As its rows print it."""
    said: str
    """As the question says it."""


@lru_cache(8192)
def _is_body(name: str) -> bool:
    plain = re.sub(r"[（(](?:本级|机关|本部)[）)]$", "", comparable(name))
    return 4 <= len(plain) <= 30 and bool(re.search(rf"{_BODY}$", plain)) and not _NO_BODY.search(plain)


def unit_of(fact: Fact) -> str:
    """What heads the row, or the part of a table, that a cell stands in: an agency, where its name is one of `units_of`."""
    first = fact.item[0] if fact.table_id and fact.item else ""
    return first if len(fact.item) > 1 or not fact.account else ""


def units_of(entries: Iterable[Entry], disclosure: Disclosure) -> tuple[str, ...]:
    """The agencies of a department's report: two or more in one table. A government's rows are departments, which questions name as items."""
    if disclosure.scope is Scope.GOVERNMENT:
        return ()
    tables: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        if unit := unit_of(entry.fact):
            tables[entry.fact.table_id][unit] = None
    return tuple(dict.fromkeys(unit for found in tables.values() for unit in _listed(found)))


def _listed(heads: Iterable[str]) -> list[str]:
    """Two or more agencies that a table's rows begin with; where they are most of its rows, the others are agencies too, whatever they are called."""
    rows = [name for name in heads if comparable(name) not in TOTALS]
    bodies = [name for name in rows if _is_body(name)]
    if len(bodies) < 2:
        return []
    return rows if 2 * len(bodies) > len(rows) and not any(_NO_BODY.search(comparable(name)) for name in rows) else bodies


def asked_units(question: Question, units: Sequence[str], entries: Iterable[Entry]) -> tuple[SubUnit, ...]:
    """The agencies that a question names in full or by a short name that fits just one, in its order."""
    text, ends = said_in(question), frozenset(end for _, end in question.named.spans)
    if not units or not re.search(_BODY, text):
        return ()
    found: dict[str, tuple[int, str]] = {}
    at = 0
    for end in (match.end() for match in re.finditer(rf"{_OFFICE}{_GOES_ON}|(?!{_OFFICE}){_BODY}", text)):
        start, name = _longest(text, at, end, units, ends)
        if name and not _is_row(text, start, end, entries):
            found.setdefault(name, (start, text[start:end]))
            at = end
    return tuple(SubUnit(name, said) for name, (_, said) in sorted(found.items(), key=lambda pair: pair[1][0]))


def said_in(question: Question) -> str:
    """The question's words; 教育局（本级） names its agency as 教育局本级 does."""
    return re.sub(r"[（(](本级|机关|本部)[)）]", r"\1", smooth(question.text))


def _longest(text: str, least: int, end: int, units: Sequence[str], ends: Collection[int]) -> tuple[int, str]:
    """Where the longest name that ends here begins, and the one agency that it fits; ('' where none or several).

    A name begins where a word may: 务中心 of 政务中心 is short for nothing.
    """
    shared = commonprefix([comparable(unit) for unit in units])
    for start in range(max(least, end - 30), end - 2):
        fitting = [unit for unit in units if _is_short_for(text[start:end], comparable(unit), len(shared))]
        if fitting:
            before = text[least:start]
            place = next((place for place in (shared, shared[:-1]) if len(place) > 1 and before.endswith(place)), "")
            begins = not before or start in ends or bool(_BEFORE.search(before)) or bool(place)
            return start - len(place), fitting[0] if len(fitting) == 1 and begins else ""
    return end, ""


_BEFORE = re.compile(r"[^一-龥]$|[的和与跟比同及是在里中对给问查看占含、]$|今年|去年|明年|年度?$|下属|所属|二级单位|知道|告诉我|帮我|一下$|其中|还是$|(?:支出|收入|经费|[费款金]|医疗|离退休|保险|运行|事务|管理|补助)$")


def _is_short_for(said: str, name: str, shared: int) -> bool:
    """Signs of the name in its order, the last one among them: 质监站 of 交通工程质量监测站, 海事中心 of 航务海事发展中心."""
    if said == re.sub(r"[（()）]", "", name):
        return True
    own = name[shared:] if len(name) - shared >= 3 else name
    ends = re.search(rf"{_BODY}$", own)
    if ends is None or not said.endswith(ends[0]) or len(said) <= len(ends[0]):
        return re.fullmatch(r"(?:局|机关|局机关|委|部)?本级", said) is not None and (own.endswith("机关") or "本级" in own)
    signs = iter(own)
    return all(sign in signs for sign in said)


def _is_row(text: str, start: int, end: int, entries: Iterable[Entry]) -> bool:
    """文化中心修缮 is a project's name, no 修缮 of 文化中心."""
    longer = text[start : end + 2]
    return len(longer) == end - start + 2 and any(longer in comparable(entry.fact.item[-1]) and comparable(entry.fact.item[-1]) in text for entry in entries if entry.fact.item and entry.fact.table_id)


def without_units(question: Question, asked: Sequence[SubUnit], shelf: Sequence[Disclosure]) -> Question:
    """The question as one would put it to the agency itself."""
    text = said_in(question)
    for unit in asked:
        text = text.replace(unit.said, " ", 1)
    return reworded(question, re.sub(r"那一?(?:部分|块)|(?:这|那)个单位", " ", text), shelf)


def reworded(question: Question, text: str, shelf: Sequence[Disclosure]) -> Question:
    """The same setting, and what other words ask for."""
    again = understand(text, shelf)
    items = tuple(filter(None, (re.sub(r"^(?:的|里|中)\s*|\s*(?:里|中)$", "", item) for item in again.items)))
    return replace(question, items=items, said=items if items != again.items else again.said, whole=again.whole, counters=again.counters, things=again.things)


def part_of(book: Book, units: Mapping[str, Sequence[str]], unit: str = "") -> Book:
    """The agency's own cells, named as a publisher's own are; of the whole ('') all but the agencies', unless only one of them has such a row."""
    every = {name for names in units.values() for name in names}
    if not every:
        return book
    if unit:
        own = [entry.fact for entry in book.entries if unit_of(entry.fact) == unit]
        return replace(book, entries=tuple(entry_of(alone(fact, own)) for fact in own))
    sole = _sole(book.entries, every)
    return replace(book, entries=tuple(entry for entry in book.entries if unit_of(entry.fact) not in every or entry.fact.id in sole))


def alone(fact: Fact, own: Sequence[Fact]) -> Fact:
    """A cell as it would be printed in the agency's own report: its row without the agency, its column without what heads all columns."""
    heads = {other.column[0] if len(other.column) > 1 else "" for other in own if other.table_id == fact.table_id}
    column = fact.column[1:] if len(heads) == 1 and "" not in heads else fact.column
    return replace(fact, item=fact.item[1:] or (_whole_row(fact, column),), column=column)


def _whole_row(fact: Fact, column: Sequence[str]) -> str:
    """What the agency's own row is the total of: 支出合计; of a table with one figure a row, what its title says."""
    if fact.form:
        return named if (named := FORM_ITEMS.get(fact.form, "")) in TOTALS else "合计"
    plain = all(without_year(name) in DEFAULT_COLUMNS for name in column)
    title = re.sub(r"(?:预算|决算)?(?:情况)?(?:总|明细)?表$", "", comparable(fact.table))
    return title if plain and len(title) > 3 else "合计"


def _sole(entries: Iterable[Entry], every: Iterable[str]) -> frozenset[str]:
    """Cells of rows that one agency alone has in its table: 公路建设 of the department is that of its 公路中心."""
    known = set(every)
    rows: dict[tuple[str, tuple[str, ...]], list[Fact]] = defaultdict(list)
    for fact in (entry.fact for entry in entries):
        if len(fact.item) > 1 and unit_of(fact) in known:
            rows[fact.table_id, tuple(map(comparable, fact.item[1:]))].append(fact)
    return frozenset(fact.id for cells in rows.values() if len({fact.item[0] for fact in cells}) == 1 for fact in cells)
