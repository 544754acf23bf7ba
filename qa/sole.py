"""An item that no name plainly fits → the one figure that it can only be: a part's, of a long name in prose, of a purpose, of a project."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from corpus.amount import UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.words import cut
from qa.book import Entry
from qa.claim import Claim
from qa.desk import Desk
from qa.find import Found, handicap
from qa.wording import bigrams, comparable

SURE = 0.7
"""Below, a match is too loose to call a claim right or wrong."""


def only_one(claim: Claim, desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """The one figure that an item can only be; None where there is none, or several."""
    ways = (_only_part, _long_name, _by_purpose, _of_project)
    return next((found for way in ways if (found := way(claim, desk, item, year, basis, kind))), None)


def _only_part(claim: Claim, desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """The one part of a whole whose name holds the item (其中服务… is 拟购买服务支出 of 政府采购支出)."""
    if not claim.parent or len(item) < 2:
        return None
    above = bigrams(claim.parent)
    return _sole(desk, item, year, basis, kind, lambda entry: named(entry, item) and len(above & (entry.names.path | entry.names.sentence)) >= 0.7 * len(above) and len(entry.fact.item) > 1)


def both(item: str, fact: Fact) -> bool:
    """公务用车购置费 is not 公务用车购置及运行费: a row of both is not the one."""
    leaf = comparable(fact.item[-1]) if fact.item else ""
    return bool(re.search(r"购置(?:及|和)运行", leaf)) and ("购置" in item) != ("运行" in item)


def named(entry: Entry, item: str) -> bool:
    """Whether an entry's own name holds the item's words."""
    need = bigrams(re.sub(r"类$|支出$|费用?$", "", item) or item)
    return len(need & (entry.names.leaf.keys() | entry.names.column)) >= 0.6 * len(need)


def _long_name(claim: Claim, desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """A long name in prose of which a text says only part (带动企业销售): the one figure whose name holds all of it."""
    need = bigrams(item)
    if len(need) < 4:
        return None
    return _sole(desk, item, year, basis, kind, lambda entry: entry.fact.origin is Origin.PROSE and len(need & entry.names.leaf.keys()) >= 0.75 * len(need))


IN_TOTAL = re.compile(r"(?P<project>.*?)的?(?:项目)?(?P<total>总投资|投资总额|总概算|(?<=项目|工程)资金总额)额?")


def _of_project(claim: Claim, desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """真如海心剧院精装修工程总投资 is the 可研批复总投资 of that project's section; 总投资 alone, where one project has one."""
    said = IN_TOTAL.fullmatch(comparable(item))
    if said is None:
        return None
    project = bigrams(re.sub(r"(?:工程|项目)+$", "", said["project"]))

    def is_its(entry: Entry) -> bool:
        name = comparable(entry.fact.item[-1]) if entry.fact.item else ""
        return bool(re.search(rf"{said['total']}额?$", name)) and project <= (entry.names.path | entry.names.leaf.keys() | entry.names.title)

    return _sole(desk, item, year, basis, kind, is_its)


_PURPOSE = re.compile(r"主要用于?[:：]?(?P<what>[^。；]{4,60})")
_IDLE = frozenset("的 等 和 及 与 以及 支出 经费 费用 费 项目 工程 工作 方面 各类 相关".split())


def _by_purpose(claim: Claim, desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None) -> Found | None:
    """338万元，主要用于：武宁路沿线风貌提升工程: what the sentence of one account says its money is for, in all its words, is that account."""
    said = _words(item)
    rows = {(fact.disclosure, fact.row, fact.item) for entry in desk.book.entries if said == _purpose(fact := entry.fact)} if len(said) > 1 else set()
    if len(rows) != 1:
        return None
    (row,) = rows
    return _sole(desk, item, year, basis, kind, lambda entry: entry.fact.origin is Origin.PROSE and entry.fact.measure is Measure.AMOUNT and (entry.fact.disclosure, entry.fact.row, entry.fact.item) == row)


def _purpose(fact: Fact) -> frozenset[str]:
    """The words of what a prose figure's sentence says its money is for."""
    told = _PURPOSE.search(fact.text) if fact.origin is Origin.PROSE and fact.item and "用" in fact.text else None
    return _words(told["what"]) if told else frozenset()


@lru_cache(4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in cut(comparable(text)) if word not in _IDLE)


def _sole(desk: Desk, item: str, year: int, basis: Basis | None, kind: Kind | None, keep: Callable[[Entry], bool]) -> Found | None:
    """The money that all fitting entries print; None where they print different sums."""
    scope = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}
    wanted = replace(desk.wanted(year), kind=kind or desk.kind, counters=())
    wanted = wanted if basis is None else replace(wanted, basis=basis)
    facts = [
        entry.fact for entry in desk.book.entries
        if entry.fact.amount is not None and entry.fact.amount.unit.kind is UnitKind.MONEY and keep(entry) and not both(item, entry.fact) and handicap(entry.fact, scope, wanted, True) is not None
    ]  # fmt: skip
    return Found(tuple(facts[:3]), SURE) if facts and len({fact.amount.value for fact in facts if fact.amount}) == 1 else None
