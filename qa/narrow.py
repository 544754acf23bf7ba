"""A phrase over many publishers → Desks that hold only the facts that it may mean, asked from the store by name.

A book of everything that 200 publishers print takes ten seconds to make, and the question is about one row of each. How
telling a word is comes from one whole report of the same shelf: the standard forms name their rows alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from corpus.disclosure import Source
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.shelf import Shelf
from qa.book import FORM_ITEMS, TOTALS, Book, Entry, apart, entry_of
from qa.desk import Desk, by_very_name, desk_of
from qa.match import COUNTED, said_of
from qa.question import Question
from qa.settle import Scope
from qa.wording import comparable, head, needed

FEW = 4
"""Publishers whose whole reports are looked through, as for one."""
_MANY = 5000
"""Names: a phrase that fits so many says next to nothing, and whole reports are quicker."""
Asked = tuple[Question, Scope]
"""The question of one publisher, and what it is about."""


def desks(shelf: Shelf, asked: Sequence[Asked]) -> Iterator[Desk]:
    """A desk for each; all of them of one year, or few."""
    alike = {(scope.years, question.items, question.said, question.counters) for question, scope in asked}
    if len(asked) <= FEW or len(alike) != 1:
        yield from (desk_of(shelf, question, scope) for question, scope in asked)
        return
    whole = desk_of(shelf, *asked[0])
    names = _names(shelf.store.names(), whole.book, asked[0][0])
    if len(names) > _MANY:
        yield from (desk_of(shelf, question, scope) for question, scope in asked)
        return
    by_report = _entries(shelf, asked, names)
    for question, scope in asked:
        entries = tuple(entry for disclosure in scope.disclosures for entry in by_report.get(disclosure.id, ()))
        yield Desk(shelf, by_very_name(question, entries), scope, _book(entries, whole.book))


def _entries(shelf: Shelf, asked: Sequence[Asked], names: Sequence[str]) -> dict[str, list[Entry]]:
    """By disclosure. What the same sentence tells of other items is asked too: those words are the others'."""
    question, scope = asked[0]
    year = None if question.counters or question.things else scope.years[0]  # a count may bear the year of its sentence
    reports = [disclosure.id for _, scope in asked for disclosure in scope.disclosures]
    facts, beside = shelf.store.named(reports, names, _totals(shelf.store.names()), _signs(question), year)
    meant = {fact.id for fact in facts}
    found: dict[str, list[Entry]] = {}
    for entry in apart(entry_of(fact) for fact in (*facts, *beside)):
        if entry.fact.id in meant:
            found.setdefault(entry.fact.disclosure, []).append(entry)
    return found


def _book(entries: tuple[Entry, ...], whole: Book) -> Book:
    """The entries with another report's weights; a word that only these reports hold is as telling as one that none holds."""
    own = dict.fromkeys((pair for entry in entries for pair in (*entry.names.leaf, *entry.names.path, *entry.names.title)), whole.rare)
    return Book(entries, own | whole.weights, whole.rare, {})


def _names(names: tuple[str, ...], book: Book, question: Question) -> tuple[str, ...]:
    """Those that the phrase may mean: it says enough of them (in its own words or as printed)."""
    needs = [needed(phrase) for phrase in _phrases(question)]
    signs = {pair for need in needs for pair in need}
    near = (name for name in names if any(all(sign in name for sign in pair) for pair in signs))
    return tuple(name for name in near if any(_may_mean(_alone(name), book, need) for need in needs))


def _phrases(question: Question) -> set[str]:
    return {" ".join(question.items), " ".join(question.said)}


def _signs(question: Question) -> tuple[str, ...]:
    """What must stand by a total that the phrase may mean: a pair of its words, or the name of a form that is of it."""
    pairs = {pair for phrase in _phrases(question) for pair in needed(phrase)}
    forms = (form for form, item in FORM_ITEMS.items() if any(pair in item for pair in pairs))
    return (*pairs, *forms) if pairs else ()


def _may_mean(entry: Entry, book: Book, need: Mapping[str, float]) -> bool:
    """As `qa.match` asks it of the fact itself, and wider."""
    name = entry.fact.item[-1]
    readings = (entry.names.leaf, needed(head(name), 0.05), needed(name.partition("的")[0], 0.05))
    return any(said_of(book, reading, need) >= COUNTED for reading in readings)


@lru_cache(2)
def _totals(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names that say nothing of their own: their row is known by what stands above it, and by its column."""
    return tuple(name for name in names if not name or comparable(name) in TOTALS)


def _alone(name: str) -> Entry:
    """A name as a cell of no table bears it."""
    return entry_of(
        Fact("", "", "", 0, 0, "", "", (name,), "", (), Measure.AMOUNT, Basis.NONE, "", 0, None, Source("", 0), Origin.TEXT, True, "")
    )
