"""Two figures of a report → whether they are budget and outturn of one item: a budget of another row is never held against an outturn."""

import re
from collections.abc import Collection, Iterable

from corpus.fact import Basis, Fact, Measure, Origin
from qa.desk import Desk
from qa.find import Found
from qa.naming import item_of, narrowing
from qa.wording import bigrams, comparable, core, is_generic

_TOTALS = ("小计", "合计", "总计")
_SAYS_BASIS = re.compile(r"(?:\d{4}年?度?)?(?:年初|全年|调整后?|实际)?(?:预算|决算|执行|完成)数?")
_SPENT = (Basis.FINAL, Basis.EXECUTED)


def of_one_row(outturn: Found, budget: Found) -> bool:
    """Whether some place prints the outturn in the row in which some place prints the budget, or both tell the very same item."""
    return any(_same_row(one, other) for one in outturn.facts for other in budget.facts)


def _same_row(one: Fact, other: Fact) -> bool:
    if one.basis is other.basis or one.year != other.year or not _same_column(one, other):
        return False
    if one.table_id and one.table_id == other.table_id:
        return tuple(map(comparable, one.item)) == tuple(map(comparable, other.item))
    return _bare(one) == _bare(other) and bool(_bare(one)) or _total_of(one, other) or _total_of(other, one)


def _total_of(total: Fact, told: Fact) -> bool:
    """The total of 一般公共预算财政拨款“三公”经费支出表 is 三公经费, which a sentence tells (太原 2016)."""
    return not _path(total) and total.form == "三公经费表" and _bare(told) in _plain(total.table) and not is_generic(item_of(told))


def _same_column(one: Fact, other: Fact) -> bool:
    """基本支出's 决算数 is none of 合计's 预算数; what repeats the row's name or says the basis narrows nothing."""
    said, other_said = ({_plain(name) for name in narrowing(fact) if not _SAYS_BASIS.fullmatch(comparable(name))} for fact in (one, other))
    return said == other_said


def _bare(fact: Fact) -> str:
    """The name of the item as any place prints it: 三公经费财政拨款支出 is 三公经费."""
    return _plain(item_of(fact))


def _plain(name: str) -> str:
    return re.sub(r"(?:(?:年初|全年|调整)?(?:预算|决算|执行|完成)数?|支出|财政拨款|一般公共预算|[的类款项（）()“”])", "", comparable(name)) or comparable(name)


def whole_row(desk: Desk, bases: Collection[Basis], part: Found | None) -> tuple[Found, Found] | None:
    """The row of a whole that the words fit (公务用车: 购置及运行维护费, 小计), where they name none of its parts by its own name."""
    if len(desk.question.items) != 1 or part and _short(item_of(part.fact)) == _short(desk.phrase):
        return None
    rows = _rows(desk, bases)
    paths = {_path(fact): (spent, fact) for spent, fact in rows}
    whole = next((path for path in paths if all(other[: len(path)] == path for other in paths)), None)
    if whole is None or part and _path(part.fact)[-1:] == whole[-1:]:
        return None
    spent, budget = paths[whole]
    return Found((spent,), 1.0), Found((budget,), 1.0)


def _short(name: str) -> str:
    """公务用车购置 is 公务用车购置费's own name."""
    return re.sub(r"(?<=.{2})(?:经费|费用|费)$", "", core(name))


def _rows(desk: Desk, bases: Collection[Basis]) -> list[tuple[Fact, Fact]]:
    """Outturn and budget of every row, printed in one table, whose name holds the words asked for."""
    need = bigrams(core(desk.phrase))
    own = {disclosure.id for disclosure in desk.own(desk.year)}
    facts = [entry.fact for entry in desk.book.entries if entry.fact.disclosure in own and _is_cell(entry.fact, desk.year, need)]
    spent = {(fact.table_id, fact.item): fact for fact in facts if fact.basis in _SPENT}
    return [(spent[fact.table_id, fact.item], fact) for basis in bases for fact in _of_basis(facts, basis) if (fact.table_id, fact.item) in spent]


def _of_basis(facts: Iterable[Fact], basis: Basis) -> list[Fact]:
    return [fact for fact in facts if fact.basis is basis]


def _is_cell(fact: Fact, year: int, need: frozenset[str]) -> bool:
    told = fact.table_id and fact.origin is not Origin.PROSE and fact.amount is not None and fact.measure is Measure.AMOUNT and fact.year == year
    path = _path(fact) if told and need else ()
    return bool(path) and need <= bigrams(path[-1])


def _path(fact: Fact) -> tuple[str, ...]:
    """A row's names without the word for its total."""
    return tuple(name for name in (re.sub(r"^\([一二三四五六七八九十\d]+\)", "", comparable(name)) for name in fact.item) if name not in _TOTALS)
