"""An item phrase that nothing fits → the same phrase without the words that say how people talk, where no name of the report holds them.

Whole words that stand alone are left out when they are no nouns (砍掉, 突然); at the ends of a name only words of grammar are. Verbs
inside or at the end of a name belong to it: 劳务派遣费 is no 劳务费, 财政贴息 is not all of 财政, 初中教育 is not 教育.
"""

import re
from dataclasses import replace

from corpus.words import tagged
from qa.desk import Desk
from qa.wording import bigrams, is_generic

_GRAMMAR = ("d", "r", "c", "p", "u", "y", "e", "o", "q", "f", "zg", "ud", "uj", "ul")
"""jieba's tags of adverbs, pronouns, conjunctions, prepositions, particles, measure words and words of place."""
_TALK = frozenset("包括 包含 涉及 打算 准备 计划 变成 出来 属于 用来 用于".split())
"""Verbs around a name that no name holds."""
_NAMES = frozenset("其他 其它 初中 高中".split())
"""Words that name something whatever their tag."""


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
    parts = (_attributive(part, "".join(_trimmed(desk, tagged(part)))) for part in re.split(r"\s+|(?<=..)的(?=..)", phrase))
    return " ".join(word for word in " ".join(parts).split() if len(word) > 1)


def _attributive(part: str, kept: str) -> str:
    """自评得良 of 自评得良的项目 says which are meant, though none of its words names anything: it is not left out."""
    return kept or (part if len(part) > _SHORT else "")


_SHORT = 3


def _trimmed(desk: Desk, words: list[tuple[str, str]]) -> list[str]:
    """A part without the words of grammar before and after its name; [] where it names nothing."""
    if not any(_names(desk, word, tag) for word, tag in words):
        return []
    kept = [i for i, (word, tag) in enumerate(words) if not _is_grammar(desk, word, tag)]
    return [word for word, _ in words[kept[0] : kept[-1] + 1]] if kept else []


def _is_grammar(desk: Desk, word: str, tag: str) -> bool:
    return word not in _NAMES and (word in _TALK or tag in _GRAMMAR) and not _is_known(desk, word)


def _names(desk: Desk, word: str, tag: str) -> bool:
    """Whether a word can name an item: a noun, or what a name of the report holds."""
    if len(word) == 1:
        return tag.startswith(("n", "k", "g"))
    return word in _NAMES or tag.startswith(("n", "vn", "a", "t", "j", "l", "i", "eng", "s", "x", "m", "b")) and tag != "ad" or _is_known(desk, word)


def _is_known(desk: Desk, word: str) -> bool:
    return len(word) > 1 and all(pair in desk.book.weights for pair in bigrams(word))
