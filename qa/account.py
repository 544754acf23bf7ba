"""A figure of a report → whether it is of all the money or of one account: 财政拨款, 一般公共预算, 基金 print the same names for their own parts."""

import re

from corpus.fact import Fact

_WHOLE = re.compile(r"(?:本年|全年|年度|全部|整体|总)*(?:支出|收入|开支|收支|基本支出|项目支出)?(?:预算|决算)?(?:总计|合计|总额|总量|总数)?")
"""Items that each account prints again for its own part: all money, 财政拨款, 一般公共预算, 基金."""
_ACCOUNT = re.compile(r"财政拨款|一般公共预算|政府性?基金|国有资本|三公")


ALL = "全部资金"
_BY_FORM = {
    "收支总表": ALL, "支出表": ALL, "收入表": ALL, "财政拨款收支总表": "财政拨款", "一般公共预算支出表": "一般公共预算财政拨款",
    "基本支出表": "一般公共预算财政拨款", "政府性基金表": "政府性基金预算财政拨款", "国有资本经营表": "国有资本经营预算财政拨款",
}  # fmt: skip
_BY_NAME = (
    ("一般公共预算财政拨款", re.compile(r"一般公共预算")), ("政府性基金预算财政拨款", re.compile(r"政府性?基金")),
    ("国有资本经营预算财政拨款", re.compile(r"国有资本")), ("财政拨款", re.compile(r"财政拨款")),
)  # fmt: skip
_OF_ALL = re.compile(r"^[（(]?[一二三四五六七八九十]*[)）、]?(?:收入支出|收支|收入|支出)(?:预算|决算)?(?:总体)?(?:情况)?(?:的?说明)?$")


def account_of(fact: Fact) -> str:
    """The account that a figure is of: `ALL` the money, one of 财政拨款, 一般公共预算财政拨款…; '' where nothing says."""
    own = account_in(" ".join((*fact.item[-1:], *fact.column)))
    if own or fact.form:
        return own or _BY_FORM.get(fact.form, "")
    for heading in reversed(fact.table.split(" › ")):
        if told := account_in(heading) or (ALL if _OF_ALL.match(heading.replace(" ", "")) else ""):
            return told
    return ""


def account_in(words: str) -> str:
    """The account that words name; '' for none, and for 三公经费, which has its own form."""
    return next((name for name, pattern in _BY_NAME if pattern.search(words)), "") if "三公" not in words else ""


def names_account(said: str) -> bool:
    """Whether words say of which account a figure is to be."""
    return bool(_ACCOUNT.search(said))


_WHOLE_OF_ONE = re.compile(
    r"(?P<account>财政拨款|一般公共预算(?:财政拨款|拨款)?|政府性?基金(?:预算)?(?:财政拨款|拨款)?|国有资本(?:经营)?(?:预算)?(?:财政拨款|拨款)?)(?:本年|全部|总)?(?P<side>收入|支出|收支)(?:合计|总计|总额)?"
)


def whole_of(phrase: str) -> str:
    """The account all of whose income or expenditure a phrase means (财政拨款支出); '' for other phrases."""
    match = _WHOLE_OF_ONE.fullmatch(phrase.replace(" ", "").replace("收入支出", "收支"))
    return account_in(match["account"]) if match else ""


def is_year_whole(item: str) -> bool:
    """Whether an item is the year's whole income or expenditure: 支出, 总支出, 本年支出合计; no 基本支出."""
    return bool(_WHOLE.fullmatch(item)) and not re.search("基本|项目", item) and bool(re.search("支出|收入|收支|开支", item))


_FUND = re.compile(r"政府性?基金|国有资本|社会?保险?基金")


def of_fund(fact: Fact) -> bool:
    """Whether a figure is of a government's funds or capital, whose tables name their rows as 一般公共预算 does (农林水支出)."""
    return bool(_FUND.search(" ".join((fact.table.split(" › ")[-1], *fact.item, *fact.column))))


def names_fund(said: str) -> bool:
    return bool(re.search(r"基金|国有资本|国资|社保|社会保险", said))


def is_whole(item: str, said: str) -> bool:
    """Whether an item is all the money, or one of the parts that every account prints for itself, and the words name no account."""
    return bool(_WHOLE.fullmatch(item.replace("收入支出", "收支"))) and not _ACCOUNT.search(said)


def of_account(fact: Fact) -> bool:
    """Whether a figure is of one account (财政拨款, 一般公共预算, 基金) and so not of all the money."""
    return fact.form not in ("", "收支总表", "支出表", "收入表") or bool(_ACCOUNT.search(" ".join((fact.table.split(" › ")[-1], *fact.item, *fact.column))))
