"""A sentence → its bodies: which publishers it names, where, which of them it is about, and which are only compared with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Disclosure
from qa.claim_setting import with_region
from qa.publisher import Named, named_publishers

_MASK = "，"
_COMPARED_WITH = re.compile(r"(?:[比较]|相比于?|相较于?|对比|[高低多少]于|超过|超出|不及|不如|不同于|区别于|相当于|不像|[隔旁]壁的?)[\s\u3000]*$")
_BESIDE = re.compile(r"(?:[与同和跟])[\s\u3000]*$")
_SET_BESIDE = re.compile(r"[^，。；]{0,6}(?:相比|相较|比较|不同|而言|持平|相同|一样)")
_INSIDE = re.compile(r"[\s\u3000]*(?:大楼|大院|院内|楼里|楼内|隔壁|对面|旁边)")
_MULTIPLE = re.compile(r"(?:是|为|相当于|达到?|接近|超过)[\s\u3000]*$")
_TIMES = re.compile(r"的?[\s\u3000]*(?:约|近|将近|整整)?[\s\u3000]*(?:[\d.]+|[一二两三四五六七八九十百]+)多?倍")
_AND = re.compile(r"[\s\u3000]*(?:、|和|与|及|以及|同|跟)[\s\u3000]*")


@dataclass(frozen=True)
class Body:
    """One publisher's name in a sentence."""

    start: int
    end: int
    publisher: str
    """'' where a short name fits several."""
    other: bool
    """Whether the sentence only compares with it, and is about another."""


def named_all(text: str, shelf: Sequence[Disclosure]) -> Named:
    """The publishers that a sentence names, short names beside full ones too: 普陀区建管委…，远高于普陀区城管执法局."""
    named = named_publishers(text, shelf)
    if not named.publishers or named.heard:
        return named
    rest = text
    for low, high in named.spans:
        rest = rest[:low] + _MASK * (high - low) + rest[high:]
    more = [] if len(text) > 2000 else _shortened(rest, shelf)
    if not more:
        return named
    spans = sorted((*((low, high) for low, high in named.spans), *((low, high) for low, high, _ in more)))
    in_order = [publisher for low, high in spans for publisher in named_publishers(text[low:high], shelf).publishers]
    return replace(named, publishers=tuple(dict.fromkeys(in_order)), spans=tuple(spans))


def _shortened(rest: str, shelf: Sequence[Disclosure]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    while len(found) < 8:
        named = named_publishers(rest, shelf)
        if not named.heard or len(named.spans) != 1:
            return found
        low, high = named.spans[0]
        low = with_region(rest[:low], named.publishers)
        found.append((low, high, named.publishers[0]))
        rest = rest[:low] + _MASK * (high - low) + rest[high:]
    return found


def bodies_of(text: str, named: Named, shelf: Sequence[Disclosure]) -> tuple[Body, ...]:
    """Each name in a sentence, in order."""
    found = []
    for low, high in named.spans:
        publishers = named_publishers(text[low:high], shelf).publishers
        found.append(Body(low, high, publishers[0] if len(publishers) == 1 else "", _is_other(text[:low], text[high:])))
    return tuple(found)


def _is_other(before: str, behind: str) -> bool:
    """Whether a name stands as the other side of a comparison: 比城管局的…高, 是文旅局的3倍, （较城管局而言）, 与文旅局相比."""
    if _COMPARED_WITH.search(before) or _INSIDE.match(behind):
        return True
    if _BESIDE.search(before) and _SET_BESIDE.match(behind):
        return True
    return bool(_MULTIPLE.search(before) and _TIMES.match(re.split(r"[，。；]", behind)[0]))


def listed(text: str, bodies: Sequence[Body]) -> tuple[str, ...]:
    """The publishers of the last list of two and more: 甲和乙, 甲、乙、丙三家."""
    rows: list[list[Body]] = []
    for body in bodies:
        joined = rows and _AND.fullmatch(text[rows[-1][-1].end : body.start])
        rows[-1].append(body) if joined and rows else rows.append([body])
    last = next((row for row in reversed(rows) if len(row) > 1), [])
    return tuple(body.publisher for body in last)
