"""A claim on a desk → Looked: the route that its form takes."""

import re
from collections.abc import Callable
from dataclasses import replace

from qa.claim import Claim, Form
from qa.desk import Desk
from qa.disclosed import Looked
from qa.disclosed_counts import count, per_head, rate
from qa.disclosed_money import amount, nothing, only
from qa.disclosed_moves import change, done, points, within
from qa.disclosed_parts import against, apart, multiple, part_of, summed, whole_of
from qa.disclosed_rank import most, ranked
from qa.level import names_level, told_at_level
from qa.months import months_in, of_months

_OF_ALL = (Form.AMOUNT, Form.CHANGE, Form.GROWTH, Form.COMPLETION, Form.SAME, Form.TURN, Form.TIMES, Form.WITHIN)
"""Forms in which a text that names no item speaks of all the money: 2025年部门预算为450万元."""


def look(claim: Claim, desk: Desk, rival: Desk | None = None) -> Looked:
    """What the disclosures say of a claim's item in its own terms."""
    if not claim.items and (claim.form not in _OF_ALL or not re.search(r"预算|决算|收支|支出|收入|花|开支|总", claim.sentence)):
        return Looked(missing="没有写明是哪一项")
    if rival is not None:
        return against(claim, desk, rival)
    own = _of_its_kind(claim, desk)
    parts = claim.alike
    if not parts:
        return _ROUTES[claim.form](claim, own)
    each = [_ROUTES[claim.form](replace(claim, items=(part,)), own) for part in parts]
    if any(not one.values or one.rivals for one in each):
        return Looked(missing="有一部分没有披露")
    return Looked(tuple(one.values[0] for one in each))


def _of_its_kind(claim: Claim, desk: Desk) -> Desk:
    """A desk without the figures of another level (全市, 市本级) or of other months than the claim names."""
    if names_level(said := desk.question.text):
        desk = replace(desk, book=only(desk.book, lambda fact: told_at_level(fact, said)))
    if (months := months_in(claim.before)) is not None:
        titles = {disclosure.id: f"{disclosure.publisher} {disclosure.file}" for disclosure in desk.scope.disclosures}
        desk = replace(desk, book=only(desk.book, lambda fact: of_months(fact, titles.get(fact.disclosure, ""), months)))
    return desk


_ROUTES: dict[Form, Callable[[Claim, Desk], Looked]] = {
    Form.AMOUNT: amount, Form.COUNT: count, Form.RATE: rate, Form.CHANGE: change, Form.GROWTH: change, Form.POINTS: points, Form.SHARE: part_of,
    Form.COMPLETION: done, Form.AVERAGE: per_head, Form.SUM: summed, Form.DIFFERENCE: apart, Form.TIMES: multiple, Form.MOST: most,
    Form.LEAST: most, Form.RANK: ranked, Form.ALL: whole_of, Form.SAME: change, Form.TURN: change, Form.NONE: nothing, Form.WITHIN: within,
}  # fmt: skip
