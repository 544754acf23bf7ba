"""A claim and the figure found for it → whether the one may be held against the other: its words, its unit, its year, done or planned.

What fits a claim's words best is not yet what it says. A figure that the claim names more narrowly, or that is planned
where the claim says done, bears nothing out and refutes nothing.
"""

import re
from collections.abc import Iterator

from corpus.amount import Amount, UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Origin
from corpus.words import cut
from qa.claim import Claim, Form
from qa.claim_words import all_years
from qa.desk import Desk
from qa.disclosed import Disclosed
from qa.disclosed_counts import PLANNED
from qa.wording import is_generic

NO_ITEM = "没有认出这个数说的是哪一项"
_PRINTED = (Form.AMOUNT, Form.COUNT)
_ANY_WORD = tuple(
    "支出 经费 费用 资金 金额 预算 决算 总额 合计 总计 总量 总数 规模 项目 安排 收入 收支 本年 全年 年度 当年 单位 部门 数量 共有 现有 实有 名下 数额 方面 部分 相关 工作 情况 其中 拨款 财政 预算数 决算数 执行数 "
    "年初 年末 年底 预计 计划 打算 淘汰 实际 用于 投入 开支 花费 面向 涉及 编报 总体 名称 一般 公共 事务 事业 采购 服务费 缴费 缴纳 补助 补贴 购置 运行 维护 费支出 全部 整个 上年 去年 今年 新增 更新 人员 增加 减少 结余 建设费 维护费 运行费".split()
)  # fmt: skip
"""Words that a name has or leaves out as it likes."""
_ANY_WORDS = re.compile(rf"(?:{'|'.join(_ANY_WORD)})+")
_TOLD_APART = tuple(
    (re.compile(mine), re.compile(theirs))
    for mine, theirs in (
        (r"行政单位", r"行政(?:单位|编制|人员)"), (r"(?<!机关)(?<!行政)事业单位", r"(?<!机关)(?<!行政)事业"), (r"年末(?=.*结[转余])", r"年末"), (r"年初(?=.*结[转余])", r"年初"), (r"离退休费", r"[离退]休费"), (r"财政拨款收支", r"收支|收、支|收入、支出|总计|总额|合计"), (r"(?<!离)退休", r"(?<!离)退休"), (r"离休", r"离休"), (r"在职|在编|在岗", r"在职|在编|在岗|编制|编"),
        (r"服务(?=类?采购|类)|(?<=采购)服务", r"服务"), (r"货物(?=类?采购|类)|(?<=采购)货物", r"货物"), (r"工程(?=类?采购|类)|(?<=采购)工程", r"工程"), (r"外宾|境外", r"外宾|境[)）]?外"),
        (r"小微", r"小微|小型|微型"), (r"(?<!采)购置|新购|采购(?=[^，]{0,4}车)|更新", r"购置|购|更新|采购"), (r"报废|处置", r"报废|处置"), (r"租赁|租用", r"租"), (r"建设(?=费$)", r"建设"),
    )
)  # fmt: skip
"""What a claim may say of its figure, and what the figure's own words must then say."""
_MORE_SAID = ((re.compile(r"[离退]休人员"), re.compile(r"离|退休")), (re.compile(r"年初(?=[^，]*结[转余])"), re.compile("年初")))
"""What a figure's name says and a claim must say too: 人员73人 are not the retired ones."""
_DONE = re.compile(r"计划|目标|预计|拟|将|力争|安排|预算|要(?!求)|应|任务|指标|争取|预期|确保")
_PLANNED = re.compile(r"(?:计划|(?<!绩效)目标(?!管理|考核|责任)|拟|(?<!即)将(?!军)|力争|确保|预期|重点(?:抓好|做好)|年内)[^。]*$")
_NOT_OF_A_PROJECT = re.compile(r"公用经费|人员经费|基本支出|机关运行")


def unfit(claim: Claim, disclosed: Disclosed, desk: Desk) -> str:
    """Why a figure cannot be held against a claim; '' where it can."""
    facts = [place for place in disclosed.places if isinstance(place, Fact)]
    if not facts:
        return ""
    if disclosed.computed:
        return "由决算数推算出的不是预算数" if _of_another_kind(claim, facts) else _named_otherwise(claim, facts)
    if claim.form not in _PRINTED:
        return ""
    checks = (_of_another_unit, _planned, _of_another_year, _of_projects)
    return next((reason for check in checks if (reason := check(claim, facts))), "") or _narrower(claim, facts, desk)


_TARGET = "报告里的是计划数或目标数，不是完成数"


def _of_another_kind(claim: Claim, facts: list[Fact]) -> bool:
    """2022年三公经费预算 worked backwards from the outturns of 2023 is the outturn of 2022."""
    if claim.form is not Form.AMOUNT:
        return False
    outturns = any(fact.basis in (Basis.FINAL, Basis.EXECUTED, Basis.ACTUAL) for fact in facts)
    return claim.kind is Kind.BUDGET and outturns


def _of_another_unit(claim: Claim, facts: list[Fact]) -> str:
    """打孔注药1.2万株 is no 1.2万元."""
    return NO_ITEM if all(fact.amount is not None and fact.origin is Origin.PROSE and _counts_things(fact, fact.amount) for fact in facts) else ""


def _counts_things(fact: Fact, amount: Amount) -> bool:
    text, number = fact.text.replace(",", ""), re.escape(f"{amount.number:f}")
    money = amount.unit.kind is UnitKind.MONEY
    return money and bool(re.search(rf"(?<![\d.]){number}\s*[万亿]?[一-龥]", text)) and not re.search(rf"(?<![\d.]){number}\s*(?:亿|千万|百万|十万|万|千|百)?元", text) and "元" not in "".join((fact.table, *fact.column))


def _narrower(claim: Claim, facts: list[Fact], desk: Desk) -> str:
    """事业单位在职136人 is not borne out by all that are in office; 信息系统建设费 is no 运行维护费. Of no cars none is a 执法车."""
    said = "".join(claim.items)
    if claim.form is Form.COUNT and all(fact.amount is not None and not fact.amount.value for fact in facts):
        return ""
    names = re.sub(r"\s", "", "".join(part for fact in facts for part in (fact.table, *fact.item, *fact.column, fact.text)))
    if reason := _named_otherwise(claim, facts):
        return reason
    words = _words(said)
    names += "".join(_told_elsewhere(facts[0], desk)) if any(word not in names for word in words) else ""
    missing = [word for word in words if word not in names and not (_CAR.search(word) and "车" in names) and (len(word) < 3 or word.removesuffix("费") not in names) and not any(_abbreviates(word, name) for fact in facts for name in (*fact.item, *fact.column, fact.table))]
    return NO_ITEM if missing and (missing[0] == words[0] or sum(map(len, missing)) * 3 > len(said)) else ""


def _named_otherwise(claim: Claim, facts: list[Fact]) -> str:
    """What a claim says of its figure and the figure's own words do not: 离退休费 is not what 行政单位离退休 costs in all."""
    said = "".join(claim.items)
    own = re.sub(r"\s", "", "".join(part for fact in facts for part in (*fact.item, *fact.column)))
    near = own + re.sub(r"\s", "", "".join(_clause(fact) for fact in facts))
    words = said + re.split(r"[，。；]", claim.before)[-1]
    if any(theirs.search(own) and not mine.search(words) for theirs, mine in _MORE_SAID):
        return NO_ITEM
    apart = any(mine.search(said) and not theirs.search(own if mine.pattern.startswith("(?<!离)") else near) for mine, theirs in _TOLD_APART)
    return NO_ITEM if apart else ""


_CAR = re.compile(r"车辆?$")
"""公务用车, 公车, 车辆: whatever a car is called."""


def _told_elsewhere(fact: Fact, desk: Desk) -> Iterator[str]:
    """What the report's sentences say of the same item: 这一科目 is for 望江路 in its other year too."""
    if fact.item and not is_generic(fact.item[-1]):
        yield from (entry.fact.text for entry in desk.book.entries if entry.fact.item == fact.item and entry.fact.disclosure == fact.disclosure and entry.fact.origin is Origin.PROSE)


def _clause(fact: Fact) -> str:
    """The part of a sentence that prints the figure."""
    number = f"{fact.amount.number:f}" if fact.amount else ""
    return next((clause for clause in re.split(r"[，。；、]", fact.text.replace(",", "")) if number and number in clause), "") if fact.origin is Origin.PROSE else fact.text


def _words(item: str) -> list[str]:
    words = (re.sub(r"(?<=[一-龥]{2})(?:人员|职工)$", "", word) for word in cut(re.sub(r"[“”\"\s]", "", item)))
    return [word for word in words if len(word) > 1 and re.fullmatch(r"[一-龥]+", word) and not _ANY_WORDS.fullmatch(word)]


def _abbreviates(word: str, name: str) -> bool:
    """社保 of 社会保障, 购车 of 公务用车购置费: its signs stand in the name."""
    return all(sign in name for sign in word) if len(name) < _SHORT else False


_SHORT = 20
"""Signs of a name; in a longer one two signs may stand by chance."""


def _planned(claim: Claim, facts: list[Fact]) -> str:
    """新建绿道30公里 as a target bears out no 新建绿道30公里 as done."""
    if claim.form is not Form.COUNT:
        return ""
    if _DONE.search(claim.sentence):
        done = PLANNED.search(re.split(r"[，。；]", claim.before)[-1]) and all(_is_done(fact) for fact in facts)
        return "报告里的是完成数，不是计划数" if done else ""
    return _TARGET if all(fact.basis is Basis.TARGET or _says_planned(fact) for fact in facts) else ""


def _is_done(fact: Fact) -> bool:
    """新建绿道33.5公里 beneath the heading 新建绿道30公里: what was done, with the target above it."""
    item = re.sub(r"\s", "", fact.item[-1]) if fact.item else ""
    return fact.origin is Origin.PROSE and bool(item) and item in re.sub(r"\s", "", fact.table.rpartition("›")[2]) and not _says_planned(fact)


def _says_planned(fact: Fact) -> bool:
    number = f"{fact.amount.number:f}" if fact.amount else ""
    return fact.origin is Origin.PROSE and bool(number) and bool(_PLANNED.search(re.split(rf"(?<![\d.]){re.escape(number)}(?!\d)", fact.text.replace(",", ""))[0]))


def _of_another_year(claim: Claim, facts: list[Fact]) -> str:
    """2024年改造危旧桥梁17座 is nothing of 2025."""
    if claim.form is not Form.COUNT or len(claim.years) != 1:
        return ""
    told = [all_years(fact.text) for fact in facts if fact.origin is Origin.PROSE and not re.search(r"截[至止]", fact.text)]
    return NO_ITEM if told and all(years and claim.years[0] not in years for years in told) else ""


def _of_projects(claim: Claim, facts: list[Fact]) -> str:
    """公用经费 is not in a table of project expenditure."""
    said = "".join((claim.parent, *claim.items))
    return NO_ITEM if _NOT_OF_A_PROJECT.search(said) and all("项目支出" in fact.table for fact in facts) and "项目" not in said else ""
