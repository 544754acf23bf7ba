"""A question that leaves a part out (除人员经费以外的基本支出, 不含公务用车的三公经费) → the whole less the part, both shown."""

import re
from dataclasses import replace

from corpus.fact import Fact
from qa.account import is_whole
from qa.calculate import difference
from qa.change import computed, operand, printed
from qa.content import content
from qa.desk import Desk
from qa.find import Found
from qa.finding import Finding, Missing, Sentence
from qa.lookup import which
from qa.naming import item_of
from qa.question import bare
from qa.wording import comparable

_LEFT_OUT = (
    re.compile(r"除(?:去|了|开)?(?P<part>[^，？]{2,16}?)(?:以外|之外|外)的?(?P<whole>[^，？]{2,20})"),
    re.compile(r"不(?:包括|包含|含|算)(?P<part>[^，？（()）]{2,16}?)的(?P<whole>[^，？]{2,20})"),
    re.compile(r"除了(?P<part>[^，？]{2,16}?)，?(?:别的|其他|其它|其余|剩下的?)的?(?P<whole>[^，？]{2,10}?)(?=加起来|一共|总共|合计|共|还|有|是|多少|，|？|$)"),
    re.compile(r"(?P<whole>[^，？]{2,20}?)(?:里面?|中)?，?(?:没有?|不是)(?:花|用)在(?P<part>[^，？]{2,16}?)(?:上|身上|方面)?的"),
    re.compile(r"(?P<whole>[^，？]{2,20}?)(?:里面?|中)?，?(?:刨掉|刨开|抛开|撇开|去除|排除)(?P<part>[^，？（()）]{2,16}?)(?:以?后|之后|外|还|是|有|剩|$|，|？)"),
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
    if not _belongs(part, whole):
        return None
    if whole.rivals or part.rivals:
        return which(desk, whole if whole.rivals else part)
    if whole.fact.amount is None or part.fact.amount is None or part.fact.amount.unit.base != whole.fact.amount.unit.base or part.fact.amount.value > whole.fact.amount.value:
        return None
    worked = difference(operand(whole), operand(part))
    text = f"{whole.fact.year}年“{item_of(whole.fact)}”除去“{item_of(part.fact)}”为{worked.result}：{whole.fact.amount}{{0}} - {part.fact.amount}{{1}}。"
    return computed(desk, worked, text, (whole, part), f"{item_of(whole.fact)}除去{item_of(part.fact)}")


def _belongs(part: Found, whole: Found) -> bool:
    """One table, one sentence or one path of names holds both, or they are whole and part by what 部门决算 means by them (基本支出 is 人员经费 and
    公用经费): what else stands elsewhere may be no part of the whole."""
    names = [comparable(item_of(found.fact)) for found in (whole, part)]
    if any(of.search(names[0]) and one.search(names[1]) for of, one in _BY_NAME):
        return True
    return any(_together(one, all) for one in part.facts for all in whole.facts)


_BY_NAME = tuple((re.compile(of), re.compile(one)) for of, one in (
    (r"^基本支出", r"人员经费|公用经费"), (r"三公", r"因公出国|公务用车|公务接待"), (r"^(?:本年)?支出(?:总计|合计|预算)?$", r"^(?:基本|项目)支出(?:合计)?$"),
))  # fmt: skip


def _together(part: Fact, whole: Fact) -> bool:
    if part.table_id or whole.table_id:
        return part.table_id == whole.table_id
    above = {comparable(name) for name in part.item[:-1]}
    return part.disclosure == whole.disclosure and (part.text == whole.text or bool(whole.item) and comparable(whole.item[-1]) in above)


def _of_all_alone(part: str, whole: str) -> bool:
    """项目支出 by itself is that of all the money, and no part of one item: 城乡社区支出，不含项目支出 (万里街道 2025)."""
    return is_whole(part, "") and not is_whole(whole, "")


def nothing_without(desk: Desk) -> Missing:
    return Missing((Sentence("问题要求除去其中一项，报告没有披露足以相减的两个数，无法回答。"),))
