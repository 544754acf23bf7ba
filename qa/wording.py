"""Words as printed or typed → comparable text and character bigrams, so that 维修（护）费 meets 维修费 and 收、支总计 收支总计."""

import re

from corpus.number import half_width
from corpus.words import cut

_MARKS = re.compile(r"[\s“”‘’\"'《》「」、，。：；,:;/\\·…—?？!！]+")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、．]|[（(][一二三四五六七八九十\d]+[)）]|其中[:：]?|减[:：]|加[:：])\s*")
_CLASS = re.compile(r"[（(][类款项][)）]")


def comparable(text: str) -> str:
    """Spaces, quotation and punctuation marks taken out; brackets made half-width; 类/款/项 marks and numbering dropped."""
    text = _NUMBERING.sub("", half_width(text).strip())
    return _MARKS.sub("", _CLASS.sub("", text)).replace("（", "(").replace("）", ")").replace("收入支出", "收支")


def bigrams(text: str) -> frozenset[str]:
    """Character pairs of a comparable text, read both with brackets opened (维修护费) and with them left out (维修费)."""
    plain = comparable(text)
    opened = plain.replace("(", "").replace(")", "")
    left_out = re.sub(r"\([^()]*\)", "", plain)
    return frozenset(pair for words in (opened, left_out) for pair in _pairs(words))


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)] if len(text) > 1 else [text] if text else []


def needed(phrase: str) -> dict[str, float]:
    """The bigrams that a phrase (its words parted by spaces) asks for, each with its part of a full vote.

    A pair that spans two dictionary words says less: 工程|采购 is covered by 政府采购工程, in whatever order it stands.
    """
    votes: dict[str, float] = {}
    for word in phrase.split():
        inside = {pair for part in cut(comparable(word)) if len(part) > 1 for pair in bigrams(part)}
        for pair in bigrams(word):
            votes[pair] = max(votes.get(pair, 0.0), 1.0 if pair in inside or len(comparable(word)) < 4 else SPANNING)
    return votes


SPANNING = 0.3
"""The vote of a pair that spans two words."""
