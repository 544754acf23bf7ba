"""A claim on a desk → Looked: the route that its form takes."""

import re
from collections.abc import Callable

from qa.claim import Claim, Form
from qa.desk import Desk
from qa.disclosed import Looked
from qa.disclosed_counts import count, per_head, rate
from qa.disclosed_money import amount, nothing
from qa.disclosed_moves import change, done, points, within
from qa.disclosed_parts import against, apart, first_of, multiple, part_of, summed, whole_of

_OF_ALL = (Form.AMOUNT, Form.CHANGE, Form.GROWTH, Form.COMPLETION, Form.SAME, Form.TURN, Form.TIMES, Form.WITHIN)
"""Forms in which a text that names no item speaks of all the money: 2025年部门预算为450万元."""


def look(claim: Claim, desk: Desk, rival: Desk | None = None) -> Looked:
    """What the disclosures say of a claim's item in its own terms."""
    if not claim.items and (claim.form not in _OF_ALL or not re.search(r"预算|决算|收支|支出|收入|花|开支|总", claim.sentence)):
        return Looked(missing="没有写明是哪一项")
    if rival is not None:
        return against(claim, desk, rival)
    return _ROUTES[claim.form](claim, desk)


_ROUTES: dict[Form, Callable[[Claim, Desk], Looked]] = {
    Form.AMOUNT: amount, Form.COUNT: count, Form.RATE: rate, Form.CHANGE: change, Form.GROWTH: change, Form.POINTS: points, Form.SHARE: part_of,
    Form.COMPLETION: done, Form.AVERAGE: per_head, Form.SUM: summed, Form.DIFFERENCE: apart, Form.TIMES: multiple, Form.MOST: first_of,
    Form.LEAST: first_of, Form.ALL: whole_of, Form.SAME: change, Form.TURN: change, Form.NONE: nothing, Form.WITHIN: within,
}  # fmt: skip
