"""A question that leaves a part out (除人员经费以外的基本支出, 不含公务用车的三公经费) → the whole less the part, both shown."""

import re
from dataclasses import replace

from qa.account import is_whole
from qa.calculate import difference
from qa.change import computed, operand, printed
from qa.content import content
from qa.desk import Desk
from qa.finding import Finding, Missing, Sentence
from qa.lookup import which
from qa.naming import item_of
from qa.question import bare

_LEFT_OUT = (
    re.compile(r"除(?:去|了|开)?(?P<part>[^，？]{2,16}?)(?:以外|之外|外)的?(?P<whole>[^，？]{2,20})"),
    re.compile(r"不(?:包括|包含|含|算)(?P<part>[^，？（()）]{2,16}?)的(?P<whole>[^，？]{2,20})"),
    re.compile(r"(?P<whole>[^，？]{2,20}?)(?:里|中)?，?(?:扣除|剔除|减去|去掉|刨去|刨除|不算|不含|不包括)(?P<part>[^，？（()）]{2,16}?)(?:以?后|之后|外|还|是|有|剩|$|，|？)"),
)


def without(desk: Desk) -> Finding | Missing | None:
    """The whole less the part; nothing where one of them is not printed, or the part is larger."""
    text = re.sub(r"[（(][^（()）]*[)）]", "", bare(desk.question))
    match = next((found for pattern in _LEFT_OUT if (found := pattern.search(text))), None)
    if match is None:
        return None
    plain = replace(desk, question=replace(desk.question, counters=(), things=False))
    whole, part = (printed(plain.figure(content(match[name]))) for name in ("whole", "part"))
    if whole is None or part is None or whole.fact == part.fact or _of_all_alone(content(match["part"]), content(match["whole"])):
        return None
    if whole.rivals or part.rivals:
        return which(desk, whole if whole.rivals else part)
    if whole.fact.amount is None or part.fact.amount is None or part.fact.amount.unit.base != whole.fact.amount.unit.base or part.fact.amount.value > whole.fact.amount.value:
        return None
    worked = difference(operand(whole), operand(part))
    text = f"{whole.fact.year}年“{item_of(whole.fact)}”除去“{item_of(part.fact)}”为{worked.result}：{whole.fact.amount}{{0}} - {part.fact.amount}{{1}}。"
    return computed(desk, worked, text, (whole, part), f"{item_of(whole.fact)}除去{item_of(part.fact)}")


def _of_all_alone(part: str, whole: str) -> bool:
    """项目支出 by itself is that of all the money, and no part of one item: 城乡社区支出，不含项目支出 (万里街道 2025)."""
    return is_whole(part, "") and not is_whole(whole, "")


def nothing_without(desk: Desk) -> Missing:
    return Missing((Sentence("问题要求除去其中一项，报告没有披露足以相减的两个数，无法回答。"),))
