"""A finding for a question that names a place alone (沧江区2023年三公经费) → asked back where the figure is the account of one body in it.

A district is more than the subdistrict or office whose report is on the shelf; what that body did in the place may be told, and is told as its own.
"""

import re
from dataclasses import replace

from corpus.fact import Fact
from qa.desk import Desk
from qa.finding import Finding, Missing, Sentence

_ACCOUNT = re.compile(
    r"支出|收入|经费|三公|公务用车|用车$|车辆|接待|会议费|培训费|机关运行|采购|资产|房屋|用房|编制|在职|退休|离休|预算|决算|收支|结转|结余|工资|奖金|公积金|补贴|补助|保险|年金|行政运行|医疗$|合同"
)
_NOTE = "报告库中没有整个{place}的报告，按{publisher}的报告回答。"


def of_place(desk: Desk, result: Finding | Missing) -> Finding | Missing:
    """Unchanged where the question names the body itself."""
    place = desk.question.named.place
    if not place or isinstance(result, Missing):
        return result
    publisher = desk.scope.publisher
    if not any(_is_of_account(fact) for sentence in result.sentences for group in sentence.places for fact in group if isinstance(fact, Fact)):
        return replace(result, notices=(*result.notices, _NOTE.format(place=place, publisher=publisher)))
    text = f"报告库中没有整个{place}的报告，只有其中{publisher}的报告，它的数不是{place}的数。要问的是这个单位吗？"
    return Missing((Sentence(text),), (_about(desk.question.text, place, publisher),))


def _is_of_account(fact: Fact) -> bool:
    return bool(fact.form or fact.account) or bool(fact.item) and bool(_ACCOUNT.search(fact.item[-1]))


def _about(text: str, place: str, publisher: str) -> str:
    return text.replace(place, publisher, 1) if place in text else f"{publisher}{text}"
