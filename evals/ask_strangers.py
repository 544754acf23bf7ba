"""Names that other reports of a shelf print, asked of a report that prints none like them → the answers that were given all the same, to be read.

    python -m evals.ask_strangers --shelf DIR [--limit 60] [--seed 1]

A row that a report does not have must be refused or asked back; what is answered is either another name of the same figure (本年支出合计 for
支出总计) or a wrong neighbour (一般行政管理事务 for 文化和旅游管理事务), which only a reader can tell.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.disclosure import Disclosure, Scope
from corpus.fact import Measure
from corpus.settings import load_settings
from corpus.shelf import Shelf
from qa.answer import answer
from qa.reply import Reply, Status
from qa.wording import comparable

SHORTEST, LONGEST = 4, 22
"""Signs of the names that are asked."""
Names = dict[str, str]
"""As compared → as printed."""


@dataclass(frozen=True)
class Answered:
    """A question for a row that the report does not have, and what was said."""

    question: str
    reply: Reply


def names_of(shelf: Shelf, disclosure: Disclosure) -> Names:
    """The amounts' names of a report, told apart from their numbering."""
    facts = (fact for fact in shelf.store.facts([disclosure.id]) if fact.item and fact.amount and fact.measure is Measure.AMOUNT)
    names = {comparable(fact.item[-1]): fact.item[-1] for fact in facts}
    return {plain: name for plain, name in names.items() if SHORTEST <= len(plain) <= LONGEST}


def strangers(own: Names, others: Names) -> list[str]:
    """Names that are none of a report's own, nor a part of one, nor hold one."""
    return [name for plain, name in sorted(others.items()) if not any(plain in mine or mine in plain for mine in own)]


def answered(shelf: Shelf, limit: int, seed: int) -> Iterator[Answered]:
    """The answers given, of at most `limit` questions a report; governments' reports, whose names are anybody's, are left out."""
    own = {d.id: names_of(shelf, d) for d in shelf.disclosures()}
    every = {plain: name for names in own.values() for plain, name in names.items()}
    chance = random.Random(seed)
    for disclosure in shelf.disclosures():
        asked = strangers(own[disclosure.id], every) if disclosure.scope is not Scope.GOVERNMENT else []
        for name in chance.sample(asked, min(limit, len(asked))):
            question = f"{disclosure.publisher}{disclosure.year}年{name.strip()}是多少？"
            reply = answer(question, shelf)
            if reply.status is Status.ANSWERED:
                yield Answered(question, reply)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shelf", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    shelf = Shelf.open(load_settings(shelf=chosen.shelf))
    given = 0
    for one in answered(shelf, chosen.limit, chosen.seed):
        given += 1
        print(f"{one.question} → {one.reply.text.splitlines()[0]} {''.join(one.reply.notices)}")
    print(f"答了 {given} 题，请逐题看：同一个数的别名，还是别的一行")
    shelf.close()


if __name__ == "__main__":
    main()
