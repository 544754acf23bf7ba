"""A figure of a report → whether it is of all the money or of one account: 财政拨款, 一般公共预算, 基金 print the same names for their own parts."""

import re

from corpus.fact import Fact

_WHOLE = re.compile(r"(?:本年|全年|年度|全部|整体|总)*(?:支出|收入|开支|收支|基本支出|项目支出)?(?:预算|决算)?(?:总计|合计|总额|总量|总数)?")
"""Items that each account prints again for its own part: all money, 财政拨款, 一般公共预算, 基金."""
_ACCOUNT = re.compile(r"财政拨款|一般公共预算|政府性?基金|国有资本|三公")


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
