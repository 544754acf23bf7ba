"""An item phrase that nothing fits → the same phrase without verbs and adverbs that no name of the report holds.

Nouns are never dropped: 常住人口 stays and is refused; 打算, 突然, 砍掉 say how people talk, not what they ask for.
"""

import re
from dataclasses import replace

from corpus.words import tagged
from qa.desk import Desk
from qa.wording import bigrams, is_generic

_NAMES = ("n", "vn", "a", "t", "j", "l", "i", "eng", "s", "x", "m", "b")
"""Tags of words that can name an item."""

_MONEY = frozenset("其他 其它 结余 结转 补助 补贴 补偿 奖励 救助 抚恤 丧葬 偿还 借款 还本 付息 返还 上缴 调入 调出 转移 捐赠 租赁 委托 维修 维护 购置 采购 接待 培训".split())
"""Verbs and pronouns that name rows of the standard forms: 本年收支结余 is no 收支, 其他就业补助 no 就业补助."""
_ENDINGS = "费款金额率税"
"""Signs that end a name, whatever tag they have."""


def simplified(desk: Desk) -> Desk | None:
    """The desk with its phrase simplified; None where there is nothing to leave out."""
    items = tuple(item for phrase in desk.question.items if (item := _kept(desk, phrase)))
    whole = _kept(desk, desk.question.whole)
    unchanged = items == desk.question.items and whole == desk.question.whole
    emptied = is_generic(" ".join(items)) and not is_generic(" ".join(desk.question.items))  # 罚没收入 is not all 收入
    if not items or unchanged or emptied:
        return None
    return replace(desk, question=replace(desk.question, items=items, whole=whole))


def _kept(desk: Desk, phrase: str) -> str:
    words = ["".join(_trimmed(desk, tagged(part))) for part in re.split(r"\s+|(?<=..)的(?=..)", phrase)]
    return " ".join(word for word in " ".join(words).split() if len(word) > 1)


def _trimmed(desk: Desk, words: list[tuple[str, str]]) -> list[str]:
    """Without what stands before and after the name. Within it nothing is left out: 劳务派遣费 is no 劳务费."""
    naming = [i for i, (word, tag) in enumerate(words) if _names(desk, word, tag)]
    return [" " if tag.startswith("u") else word for word, tag in words[naming[0] : naming[-1] + 1]] if naming else []  # 工程类的采购


def _names(desk: Desk, word: str, tag: str) -> bool:
    if len(word) == 1:
        return tag.startswith(("n", "k", "g")) or word in _ENDINGS
    school = tag == "f" and word[0] not in "以之里外内"  # 初中 has the tag of 以外
    return school or tag.startswith(_NAMES) or word in _MONEY or all(pair in desk.book.weights for pair in bigrams(word))
