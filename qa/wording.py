"""Words as printed or typed → comparable text and character bigrams, so that 维修（护）费 meets 维修费 and 收、支总计 收支总计."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from sys import intern
from types import MappingProxyType

from corpus.number import half_width
from corpus.words import cut

_MARKS = re.compile(r"[\s“”‘’\"'《》「」、，。：；,:;/\\·…—?？!！]+")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、．]|[（(][一二三四五六七八九十\d]+[)）]|其中[:：]?|减[:：]|加[:：])\s*")
_CLASS = re.compile(r"[（(][类款项][)）]")
NAME = 40
"""Signs of the longest text whose words are kept: names and clauses come back in every report, sentences do not."""
KEPT = 16384


def comparable(text: str) -> str:
    """A text as it is compared: one and the same for all ways of printing it."""
    return _kept_comparable(text) if len(text) <= NAME else _comparable(text)


def bigrams(text: str) -> frozenset[str]:
    """The character pairs of a text."""
    return _kept_bigrams(text) if len(text) <= NAME else _bigrams(text)


def _comparable(text: str) -> str:
    """Spaces, quotation and punctuation marks taken out; brackets made half-width; 类/款/项 marks and numbering dropped.

    Names that forms of different years give one thing are made one: 一般公共预算(财政拨款), 公务用车运行(维护)费.
    """
    text = _NUMBERING.sub("", half_width(text).strip())
    return _MARKS.sub("", _CLASS.sub("", text)).replace("（", "(").replace("）", ")").replace("收入总计支出总计", "收支总计").replace("收入支出", "收支").replace("预算财政拨款", "预算").replace("运行维护费", "运行费").replace("小型和微型企业", "小微企业").replace("小型、微型企业", "小微企业").replace("小型微型企业", "小微企业")


def _bigrams(text: str) -> frozenset[str]:
    """Character pairs of a comparable text, read both with brackets opened (维修护费) and with them left out (维修费)."""
    plain = comparable(text)
    opened = plain.replace("(", "").replace(")", "")
    left_out = re.sub(r"\([^()]*\)", "", plain)
    return frozenset(pair for words in (opened, left_out) for pair in _pairs(words))


_kept_comparable = lru_cache(KEPT)(_comparable)
_kept_bigrams = lru_cache(KEPT)(_bigrams)


def _pairs(text: str) -> list[str]:
    """Each interned: names of many reports hold the same few thousand pairs (half the memory of a sentence's)."""
    return [intern(text[i : i + 2]) for i in range(len(text) - 1)] if len(text) > 1 else [text] if text else []


GENERIC = re.compile(r"地方政府|实际数|预计执行数|机关事业单位|行政事业单位|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款|支出|收入|总额|合计|总计|小计|金额|经费|资金|财政拨款|预算|决算|费用|情况|安排|数额|^第[一二三四五六七八九十]+|[费款数]$")
"""Words that many names hold: they tell two items apart only where nothing else does."""


def needed(phrase: str, generic: float = 0.5) -> Mapping[str, float]:
    """The bigrams that a phrase (its words parted by spaces) asks for, each with its part of a full vote.

    A pair that spans two dictionary words says less: 工程|采购 is covered by 政府采购工程, in whatever order it stands.
    Pairs of generic words have the vote `generic` where the phrase holds any other.
    """
    return _kept_needed(phrase, generic) if len(phrase) <= NAME else _needed(phrase, generic)


def _needed(phrase: str, generic: float) -> Mapping[str, float]:
    votes: dict[str, float] = {}
    for word in re.split(r"\s+|(?<=[一-龥]{2})的(?=[一-龥]{2})", phrase.strip()):
        plain = comparable(word)
        outer = re.sub(r"\([^()]*\)", "", plain) or plain
        telling = frozenset(pair for part in _telling(outer) for pair in bigrams(part))
        inside = frozenset(pair for part in cut(plain) if len(part) > 1 for pair in bigrams(part))
        for pair in bigrams(word):
            vote = 1.0 if pair in inside or len(plain) < 4 else SPANNING
            vote = vote * generic if telling and pair not in telling else vote
            votes[pair] = max(votes.get(pair, 0.0), vote)
    return MappingProxyType(votes)


_kept_needed = lru_cache(KEPT)(_needed)


_AROUND = re.compile(r"支出|预算|决算|安排|总额|合计|财政拨款")


def core(name: str) -> str:
    """A name without what forms put around it: 培训费预算支出 is 培训费."""
    plain = comparable(name)
    return plain if plain.endswith("安排支出") else _AROUND.sub("", plain) or plain


def head(name: str) -> str:
    """What a long printed name is at its core: 参公事业单位财政拨款的机关运行经费 is a 机关运行经费. Never of a question's words."""
    return re.sub(r"^.{4,}的(?=.{3,}$)", "", comparable(name))


def is_generic(phrase: str) -> bool:
    """Whether a phrase names no item of its own: 支出, 收入合计."""
    return not any(_telling(comparable(word)) for word in phrase.split())


def telling_words(phrase: str) -> list[str]:
    """The dictionary words of a phrase, without those that many names hold: 水费, 公用 of 水费公用经费."""
    return [word for part in phrase.split() for word in cut(comparable(part)) if len(word) > 1 and not GENERIC.fullmatch(word)]


def unknown_words(phrase: str) -> list[str]:
    """What the dictionary knows by single signs only, paired: 自评 of 自评项目."""
    cuts = (cut(comparable(part)) for part in phrase.split())
    return [one + other for words in cuts for one, other in pairwise(words) if len(one) == len(other) == 1 and re.fullmatch(r"[一-龥]{2}", one + other) and not _PARTICLE.search(one + other)]


_PARTICLE = re.compile(r"[了的着过得地吗呢吧在是有]")


def telling_pairs(name: str) -> frozenset[str]:
    """The pairs of a name's telling words; of all its words, where it has none: 基本 of 基本支出, 支出 of 支出."""
    return frozenset(pair for part in _telling(comparable(name)) for pair in bigrams(part)) or bigrams(name)


def _telling(plain: str) -> list[str]:
    """What is left of a name without the generic words: 政府采购 of 政府采购支出总额."""
    return [part for part in GENERIC.split(plain) if len(part) > 1]


SPANNING = 0.3
"""The vote of a pair that spans two words."""
