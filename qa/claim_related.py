"""A figure and those told before it → what it says of them: a rate of two figures, what a year gives to a work, a change over a budget named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.amount import UnitKind
from corpus.number import Mention
from qa.claim import Claim, Form
from qa.claim_forms import Said
from qa.claim_setting import Setting, tail_of

_RELATED = re.compile(r"(?:是|为|占|相当于|只有|仅有|仅为|不到|不足|超过|达到?|完成|约)[\s\u3000了]*[^，。；]*$")
_BEYOND = re.compile(r"(?:高于|低于|多于|少于|超过)[^，。；]+的[\s\u3000]*$")


def of_figure_before(said: Said, lead: str, mention: Mention, before: Sequence[Claim], text: str) -> Said:
    """A rate that the figures before it explain: 只有当年预算77.59万元的25.8%; 项目支出占63.2%，高于基本支出的36.8%."""
    if said.form is Form.RATE and before and _BEYOND.search(lead):
        return _as_before(said, before[-1])
    if len(before) > 1 and re.fullmatch(r"[\s\u3000]*的(?:约|近|将近)?[\s\u3000]*", lead) and mention.amount.unit.kind in (UnitKind.PERCENT, UnitKind.TIMES):
        return _of_the_two(said, mention, before[-2], before[-1], text)
    return said


def _as_before(said: Said, other: Claim) -> Said:
    """The same rate of another item; as it stands where what it is of was not told."""
    if not other.whole and other.topic:
        return said
    whole = other.whole or ("支出" if other.form is Form.SHARE and "收入" not in said.item else "")
    return replace(said, form=other.form, whole=whole, versus=other.versus, versus_year=other.versus_year, turn=other.turn)


def _of_the_two(said: Said, mention: Mention, part: Claim, whole: Claim, text: str) -> Said:
    """What the one figure is of the other: how far a budget is done, where the second is the budget of the first; else a share."""
    clause = _RELATED.search(re.split(r"[，。；]", text)[-1])
    if clause is None or part.form is not Form.AMOUNT or whole.form is not Form.AMOUNT or not part.items or not whole.items:
        return said
    if part.items == whole.items:
        return replace(said, form=Form.COMPLETION, items=part.items, item="") if "预算" in clause[0] and part.years == whole.years else said
    if mention.amount.unit.kind is UnitKind.TIMES:
        return replace(said, form=Form.TIMES, items=(*part.items, *whole.items), item="", parent=part.parent)
    return replace(said, form=Form.SHARE, items=part.items, item="", whole=whole.items[0], parent=part.parent)


_WORK = re.compile(r"[^，。；的]{4,}?(?:工程|项目)(?!支出|经费|资金|建设|采购|管理)")
_ALL_OF_IT = re.compile(r"(?:总投资|投资总?额|资金总额|总概算|合同价)额?$")
_GIVEN = re.compile(r"[\s\u3000，]*(?:其中|已经?|将|拟|计划|当年|本年|全年|(?:19|20)\d{2}年度?|预算)*(?:(?P<planned>安排|下达|申请)|拨付|投入|支付|列支|使用|完成)了?(?:预算|资金|投资)?(?:为|是|约)?[\s\u3000]*")


def of_the_year(said: Said, lead: str, setting: Setting) -> tuple[Said, Setting]:
    """项目资金总额7.7亿元，2026年安排2.3亿元: what a year gives to a work is no other total of it."""
    given = _GIVEN.fullmatch(tail_of(lead)) if said.form is Form.AMOUNT and not said.item and said.items and _ALL_OF_IT.search(said.items[0]) else None
    if given:
        item = setting.project if given["planned"] and setting.project else "当年已安排或支付的部分"
        said, setting = replace(said, items=(item,), item=item), replace(setting, item=item)
    work = _WORK.search(said.item)
    return said, replace(setting, project=work[0]) if work else setting


def over_the_named(said: Said, setting: Setting) -> Said:
    """从2025年预算的106万元降到58.75万元，降幅…: a change over that budget."""
    if said.form not in (Form.CHANGE, Form.GROWTH) or said.versus:
        return said
    if setting.from_base:
        return replace(said, versus=setting.from_base, versus_year=setting.from_year)
    if not setting.from_budget:
        return said
    return replace(said, versus="上年预算", versus_year=setting.from_year)
