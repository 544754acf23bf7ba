"""A figure of a sentence → the words that lead to it and what it counts: of 共有车辆11辆，…，其他用车主要是环卫车 the 11 is of 车辆 alone."""

import re
from functools import lru_cache

from corpus.fact import Fact
from corpus.number import find_mentions, half_width

_BEHIND = re.compile(r"\s*[（(]?([一-龥]{2,12}?)(?=[、，。；：:）)（(\d]|$)")


@lru_cache(4096)
def _leads(text: str) -> tuple[tuple[str, str], ...]:
    """Of each figure, its value and its words: from the figure before it to its own end, with the noun that stands behind its unit."""
    flat, begin, found = half_width(text), 0, []
    for mention in find_mentions(text):
        behind = _BEHIND.match(flat, mention.end)
        found.append((str(abs(mention.amount.value)), flat[begin : mention.start] + (behind[1] if behind else "")))
        begin = mention.end
    return tuple(found)


def lead_of(fact: Fact) -> str:
    """'' where the sentence does not hold the figure."""
    value = str(abs(fact.amount.value)) if fact.amount else ""
    return " ".join(words for figure, words in _leads(fact.text) if figure == value)
