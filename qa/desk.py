"""Desk: a question with its scope and the facts laid out, where figures are looked up."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.disclosure import Disclosure, Kind
from corpus.disclosure import Scope as Reach
from corpus.errors import ShelfError
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.kept import Kept
from corpus.part_of_year import PART, part_in, same_part
from corpus.shelf import Shelf
from qa.book import Book, Entry, apart, book_of, entry_of
from qa.codes import by_code
from qa.find import AMOUNTS, ANY, RATES, SCORES, Found, Wanted, find
from qa.level import meant_by, without_level
from qa.named_table import by_table
from qa.question import MONEY_NOUN, Question
from qa.settle import Scope
from qa.short_names import by_short_name
from qa.sub_units import SubUnit, asked_units, part_of, units_of, without_units
from qa.turned_rows import turned
from qa.wording import comparable

_KEPT = 100_000
"""Entries kept in memory (0.7 to 3 kB each): some forty large reports, or two hundred small ones."""
_PAIRS = 400_000
"""Bigrams whose weights are kept (about 0.1 kB each), of some hundred books."""
Key = tuple[int, str, int]
_entries: Kept[tuple[Entry, ...]] = Kept(_KEPT, len)
_books: Kept[Book] = Kept(_PAIRS, lambda book: len(book.weights) + sum(map(len, book.sections.values())))
"""Without their entries: many books hold the same reports."""
_facts: Kept[tuple[Fact, ...]] = Kept(_KEPT, len)
_agencies: Kept[tuple[str, ...]] = Kept(_KEPT, lambda names: len(names) + 1)


_THREE_PUBLIC = re.compile(r"三公|因公出国|公务用车(?:购置|运行)|公务接待|会议费|培训费")


@dataclass(frozen=True)
class Desk:
    """What an answer is worked out from."""

    shelf: Shelf
    question: Question
    scope: Scope
    book: Book
    """The whole's facts; those of an agency alone, where the question names one."""
    asked_units: tuple[SubUnit, ...] = ()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each report the agencies that its tables print rows for."""
    every: tuple[Entry, ...] = ()
    """All figures of the reports, as printed."""

    @property
    def kind(self) -> Kind:
        return self.scope.kind

    @property
    def year(self) -> int:
        return self.scope.years[0]

    @property
    def of_government(self) -> bool:
        """Whether a whole government's book is among the reports."""
        return any(disclosure.scope is Reach.GOVERNMENT for disclosure in self.scope.disclosures)

    @property
    def phrase(self) -> str:
        """The item asked for; '' when the question names none."""
        return " ".join(self.question.items)

    def wanted(self, year: int | None = None) -> Wanted:
        question = self.question
        return Wanted(year=year or self.year, kind=self.kind, basis=question.basis, counters=question.counters, asked=question.kind, words=question.text)

    def figure(
        self, phrase: str, year: int | None = None, *, basis: Basis | None = None, measure: Measure | None = None, kind: Kind | None = None,
        versus: str = "", counters: tuple[str, ...] | None = None, account: str = "",
    ) -> Found | None:
        """The printed figure of a phrase in a year; by default the amount on the basis that the question asks for."""
        wanted = self.wanted(year)
        wanted = replace(
            wanted, basis=wanted.basis if basis is None else basis, kind=kind or wanted.kind, versus=versus, account=account,
            counters=wanted.counters if counters is None else counters, three_public=bool(_THREE_PUBLIC.search(phrase)),
            measures=((measure, 0.0),) if measure else self._measures(phrase, counters),
        )  # fmt: skip
        found = find(self.book, self.scope.disclosures, phrase, wanted)
        return found or self._of_government(phrase, wanted)

    def _of_government(self, phrase: str, wanted: Wanted) -> Found | None:
        """A government's figure: by the name without its level, which the question's words say too, or in the row of its own name (昌都市)."""
        if not phrase or any(disclosure.scope is not Reach.GOVERNMENT for disclosure in self.scope.disclosures):
            return None
        bare = without_level(phrase)
        found = find(self.book, self.scope.disclosures, bare, wanted) if bare != phrase else None
        own = comparable(self.scope.publisher) + {"whole": "", "own": "本级"}.get(meant_by(wanted.words), "？")
        rows = tuple(Entry(entry.fact, replace(entry.names, leaf={}, total=True)) for entry in self.book.entries if entry.fact.item and comparable(entry.fact.item[-1]) == own)
        return found or (find(replace(self.book, entries=rows), self.scope.disclosures, bare, wanted) if rows else None)

    def _measures(self, phrase: str, counters: tuple[str, ...] | None) -> tuple[tuple[Measure, float], ...]:
        """Money, unless a count or a rate is asked for."""
        if (self.question.counters or self.question.things) if counters is None else counters:
            return ((Measure.COUNT, 0.0),)
        if re.search(r"有多少[？?]?$", self.question.text) and not MONEY_NOUN.search(phrase):
            return tuple(ANY.items())
        if SCORES.search(self.question.text):
            return ((Measure.COUNT, 0.0), (Measure.OTHER, 0.0))
        return tuple((ANY if RATES.search(phrase) or self.question.basis in (Basis.TARGET, Basis.ACTUAL) else AMOUNTS).items())

    def own(self, year: int) -> tuple[Disclosure, ...]:
        """The disclosures of that very year."""
        return tuple(disclosure for disclosure in self.scope.disclosures if disclosure.year == year)


def desk_of(shelf: Shelf, question: Question, scope: Scope) -> Desk:
    whole, units = book_about(shelf, scope.disclosures), {disclosure.id: _units(shelf, disclosure) for disclosure in scope.disclosures}
    asked = asked_units(question, tuple(dict.fromkeys(name for names in units.values() for name in names)), whole.entries)
    question = without_units(question, asked, shelf.disclosures()) if asked else question
    book = part_of(whole, units, asked[0].name if len(asked) == 1 else "")
    if "表" in question.text:
        question, book = by_table(question, book, shelf.store.tables([disclosure.id for disclosure in scope.disclosures]), scope.disclosures)
    question, book = by_code(_of_its_part(question, scope), book)
    question = by_short_name(by_one_name(by_bracket(question, book.entries), book.entries), whole.entries)
    return Desk(shelf, by_very_name(question, book.entries), scope, book, asked, units, whole.entries)


def _units(shelf: Shelf, disclosure: Disclosure) -> tuple[str, ...]:
    """The agencies that a report prints rows for; kept with its entries."""
    return _agencies.get(_key(shelf, disclosure), lambda: units_of(entries_of(shelf, disclosure), disclosure))


def by_one_name(question: Question, entries: Iterable[Entry]) -> Question:
    """商品和服务支出里哪项最多: 商品 and 服务支出 are one row's name, not two items."""
    if len(question.items) < 2:
        return question
    asked = comparable(question.text)
    names = {comparable(entry.fact.item[-1]) for entry in entries if entry.fact.item and entry.fact.table_id and re.search(r"[和与及]", entry.fact.item[-1])}
    for name in sorted((name for name in names if name in asked), key=len, reverse=True):
        parts = [item for item in question.items if comparable(item) and comparable(item) in name]
        if len(parts) > 1:
            at = question.items.index(parts[0])
            items = tuple(name if n == at else item for n, item in enumerate(question.items) if n == at or item not in parts)
            return replace(question, items=items, said=items)
    return question


_SO_FAR = re.compile(rf"(?:截[至止]|[到至])?\s*{PART}(?:累计)?|(?<!上)(?<!下)半年")
_ONE_MONTH = re.compile(r"当月|单月|本月|(?<![-—–~～至到\d])(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?![底末])")


def _of_its_part(question: Question, scope: Scope) -> Question:
    """1-8月 in a question about the notice of 1-8月 is said of the whole notice: no figure's name holds it. One month's figure (8月当月) is another."""
    asked = part_in(question.text)
    if not asked or _ONE_MONTH.search(question.text) or not all(d.part and same_part(d.part, asked) for d in scope.disclosures):
        return question
    bare = [tuple(" ".join(_SO_FAR.sub(" ", item).split()) for item in items) for items in (question.items, question.said)]
    return replace(question, items=tuple(filter(None, bare[0])), said=tuple(filter(None, bare[1])))


_BRACKET = re.compile(r"(?P<said>.*?)\s*[（(](?P<told>[^（()）]{2,})[)）]?(?P<rest>.*)")


def by_bracket(question: Question, entries: Iterable[Entry]) -> Question:
    """职工看病的钱（行政单位医疗）, 公务用车运行费（加油、保险）: of a name and what stands in brackets behind it, the one that a row bears."""
    if not any(_BRACKET.fullmatch(item) for item in question.items):
        return question
    names = {comparable(entry.fact.item[-1]) for entry in entries if entry.fact.item}
    return replace(question, items=tuple(_named(item, names) for item in question.items), said=tuple(_named(item, names) for item in question.said))


def _named(item: str, names: set[str]) -> str:
    match = _BRACKET.fullmatch(item)
    if match is None or comparable(item) in names:
        return item
    meant = next((name for said in (match["told"], match["said"]) for name in (said, f"{said}费", f"{said}支出") if comparable(name) in names), "")
    return f"{meant}{match['rest']}" if meant else item


def by_very_name(question: Question, entries: Iterable[Entry]) -> Question:
    """Where a row bears the question's own words as its name, they are no colloquial name of another (医疗保险费, 石家庄 2018)."""
    if question.said == question.items or len(question.said) != len(question.items):
        return question
    pairs = tuple(zip(question.said, question.items, strict=True))
    wanted = {comparable(said) for said, item in pairs if said != item}
    names = {comparable(entry.fact.item[-1]) for entry in entries if entry.fact.item and entry.fact.origin is not Origin.PROSE} & wanted
    return replace(question, items=tuple(said if comparable(said) in names else item for said, item in pairs))


def book_about(shelf: Shelf, disclosures: Sequence[Disclosure]) -> Book:
    """The book of these reports; kept for the next question, which mostly is about the same ones."""
    key = tuple(_key(shelf, disclosure) for disclosure in disclosures)  # first: of what is read anew meanwhile nothing may stand under its new key
    entries = tuple(entry for disclosure in disclosures for entry in entries_of(shelf, disclosure))
    kept = _books.get(key, lambda: replace(book_of(entries), entries=()))
    return replace(kept, entries=entries)


def entries_of(shelf: Shelf, disclosure: Disclosure) -> tuple[Entry, ...]:
    """A disclosure's facts, prepared; kept for the next question."""
    return _entries.get(_key(shelf, disclosure), lambda: apart(entry_of(fact) for fact in turned(facts_of(shelf, disclosure))))


def facts_of(shelf: Shelf, disclosure: Disclosure) -> tuple[Fact, ...]:
    """A disclosure's facts as its tables print them; kept for the next question, all but the turned ones the same as its entries'."""
    return _facts.get(_key(shelf, disclosure), lambda: tuple(shelf.store.facts([disclosure.id])))


def _key(shelf: Shelf, disclosure: Disclosure) -> Key:
    """One reading of a disclosure on one shelf. Raises ShelfError where it has been taken off since the question was begun."""
    entry = shelf.store.entries().get(disclosure.id)
    if entry is None:
        raise ShelfError(f"《{disclosure.file}》刚从报告库删除，请再试一次")
    return (id(shelf), disclosure.id, entry.stamp)


def printed(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts that print a figure; blanks left out."""
    return tuple(fact for fact in facts if fact.amount is not None)
