"""Every row and column of the standard forms on a shelf → a plain question each, answered and held against the cells.

    python -m evals.ask_every_cell --shelf DIR [--limit 300] [--seed 1]

Prints each answer whose figure is printed nowhere under that row and column, then how many were right, asked back and refused.
The same name in several tables (住房公积金 by function and by economy) is right with any of their figures: the question does not say which.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.amount import agree
from corpus.disclosure import Disclosure, Kind
from corpus.fact import Fact, Measure, Origin
from corpus.settings import load_settings
from corpus.shelf import Shelf
from qa.answer import answer
from qa.book import DEFAULT_COLUMNS, TOTALS, without_year
from qa.reply import Reply, Status
from qa.wording import comparable


@dataclass(frozen=True)
class Cell:
    """A row and column of a report by their names, with every figure that the report prints under them."""

    disclosure: Disclosure
    row: str
    column: str
    facts: tuple[Fact, ...]

    @property
    def question(self) -> str:
        """决算 is said of reports that print a budget beside it."""
        kind = "决算数" if self.disclosure.kind is Kind.FINAL else "预算数"
        return f"{self.disclosure.publisher}{self.disclosure.year}年{self.row}{self.column or kind}是多少？"


def cells_of(disclosure: Disclosure, facts: Iterable[Fact]) -> tuple[Cell, ...]:
    """The cells of a report's tables, one for each pair of names."""
    found: dict[tuple[str, str], list[Fact]] = {}
    names: dict[tuple[str, str], tuple[str, str]] = {}
    told: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.year != disclosure.year or fact.measure not in (Measure.AMOUNT, Measure.COUNT) or not fact.item:
            continue
        row, column = _plain(fact.item[-1]), _narrowing(fact)
        if fact.origin is Origin.PROSE:
            told.setdefault(comparable(row), []).append(fact)
        if comparable(row) in TOTALS or fact.origin is Origin.PROSE:
            continue
        key = (comparable(row), comparable(column))
        found.setdefault(key, []).append(fact)
        names.setdefault(key, (row, column))
    return tuple(Cell(disclosure, *names[key], (*found[key], *(told.get(key[0], ()) if not key[1] else ()))) for key in found)


def _plain(name: str) -> str:
    return re.sub(r"\s+|^(?:[一二三四五六七八九十]+、|\d+[.、．]|[（(][一二三四五六七八九十\d]+[)）]|其中[:：])", "", name)


def _narrowing(fact: Fact) -> str:
    own = {comparable(name) for name in fact.item}
    return next((_plain(name) for name in reversed(fact.column) if without_year(name) not in DEFAULT_COLUMNS and comparable(name) not in own), "")


def verdict(cell: Cell, reply: Reply) -> str:
    """right, blank (said to be blank, and it is), asked back, refused, or WRONG."""
    if reply.status is not Status.ANSWERED or not reply.values:
        blank = all(fact.amount is None for fact in cell.facts)
        return "blank" if blank else "asked back" if reply.status is Status.CLARIFY else "refused"
    said = reply.values[0].amount
    printed = [fact.amount for fact in cell.facts if fact.amount is not None]
    return "right" if any(said.unit.base == amount.unit.base and agree(said, amount) for amount in printed) else "WRONG"


def main(arguments: Sequence[str] | None = None) -> Counter[str]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shelf", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=0, help="questions a report; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", default="", help="only reports whose file name holds this")
    given = parser.parse_args(arguments)
    shelf = Shelf.open(load_settings(shelf=given.shelf))
    whole: Counter[str] = Counter()
    for disclosure in shelf.disclosures():
        if given.file in disclosure.file:
            counted = _report(shelf, disclosure, given.limit, random.Random(given.seed))
            print(disclosure.file, dict(counted), flush=True)
            whole += counted
    print("全部", dict(whole))
    return whole


def _report(shelf: Shelf, disclosure: Disclosure, limit: int, chance: random.Random) -> Counter[str]:
    same = [d.id for d in shelf.disclosures() if (d.publisher, d.year) == (disclosure.publisher, disclosure.year)]  # tables and 说明 in two files
    prose = [fact for fact in shelf.store.facts(same) if fact.origin is Origin.PROSE and fact.disclosure != disclosure.id]
    cells = list(cells_of(disclosure, [*shelf.store.facts([disclosure.id]), *prose]))
    if limit and len(cells) > limit:
        cells = chance.sample(cells, limit)
    counted: Counter[str] = Counter()
    for cell in cells:
        reply = answer(cell.question, shelf)
        found = verdict(cell, reply)
        counted[found] += 1
        if found == "WRONG":
            print(f"  {cell.question} → {reply.text[:120]!r}；表中：{'、'.join(str(fact.amount) for fact in cell.facts[:4])}", flush=True)
    return counted


if __name__ == "__main__":
    main()
