"""A claim's item on a desk → its place among its like: the classes of expenditure, or the items of one table, from the largest down."""

from dataclasses import replace
from decimal import Decimal

from corpus.amount import Amount, Unit, UnitKind
from corpus.fact import Fact
from qa.claim import Claim, Form
from qa.desk import Desk
from qa.disclosed import Disclosed, Looked
from qa.disclosed_parts import first_of
from qa.find import Found
from qa.naming import item_of
from qa.rank import parts_of
from qa.wording import comparable

PLACE = Unit("位", UnitKind.COUNT, Decimal(1), "位")
_OPEN = "报告里排不出这一项的名次"
_LEVELS = ("类", "一项")
_SHOWN = 6


def most(claim: Claim, desk: Desk) -> Looked:
    """The largest or the smallest: by its place where its like are known, else as the parts of what was named."""
    if not (claim.parent or claim.whole):
        placed = ranked(replace(claim, turn=-1 if claim.form is Form.LEAST else 1), desk)
        if placed.values:
            return placed
    looked = first_of(claim, desk)
    tops = [place for one in looked.values for place in one.places if isinstance(place, Fact)]
    known = bool(claim.items) and any(_is(place, claim.items[0]) for place in tops)
    return looked if known or not looked.values else Looked(missing=_OPEN)


def ranked(claim: Claim, desk: Desk) -> Looked:
    """排第三, 第二大, 仅次于…: the item's place, counted from the end that the claim counts from."""
    item = claim.items[0] if claim.items else ""
    for level in _LEVELS:
        parts = _order(desk, level, claim.turn < 0)
        at = next((n for n, part in enumerate(parts) if item and _is(part.fact, item)), -1)
        if at < 0:
            continue
        if claim.versus:
            return _behind(claim, parts, at)
        return Looked((_placed(parts, at, abs(claim.turn)),))
    return Looked(missing=_OPEN)


def _behind(claim: Claim, parts: list[Found], at: int) -> Looked:
    """仅次于A: right behind A, which is told as the place that A has and the item's own."""
    other = next((n for n, part in enumerate(parts) if _is(part.fact, claim.versus)), -1)
    if other < 0:
        return Looked(missing=_OPEN)
    made = _placed(parts, at, other + 2)
    return Looked((replace(made, value=Decimal(abs(claim.turn) if made.value == other + 2 else 0)),))


def _placed(parts: list[Found], at: int, said: int) -> Disclosed:
    """The place; the one that is said, where others of the very amount make it as right."""
    own = parts[at].fact.amount
    same = [n + 1 for n, part in enumerate(parts) if part.fact.amount is not None and own is not None and part.fact.amount.value == own.value]
    place = said if said in same else at + 1
    shown = parts[: max(_SHOWN, place)]
    told = "；".join(f"{item_of(part.fact)} {part.fact.amount}" for part in shown)
    return Disclosed(Amount(Decimal(place), PLACE), Decimal(place), f"{item_of(parts[at].fact)}的名次", f"依次为：{told}", (parts[at].fact, *(part.fact for part in shown if part is not parts[at])), True)


def _order(desk: Desk, level: str, least: bool) -> list[Found]:
    """The rows of one level with an amount, in order."""
    question = replace(desk.question, items=(), text=f"支出哪{level}最多", whole="")
    parts = parts_of(replace(desk, question=question)) or []
    with_amount = [part for part in parts if part.fact.amount is not None and part.fact.amount.value and not part.rivals]
    return sorted(with_amount, key=lambda part: part.fact.amount.value if part.fact.amount else Decimal(0), reverse=not least)


def _is(fact: Fact, name: str) -> bool:
    said, own = comparable(name), comparable(fact.item[-1] if fact.item else "")
    return bool(own) and said.removesuffix("支出") == own.removesuffix("支出")
