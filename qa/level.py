"""Whose budget a figure of a government's report belongs to: the whole place's (全市), its own level's (市级) or a zone's (高新区).

A city's report prints one name at all three levels (石家庄 2018: 一般公共预算支出 914.5亿元, 279.6亿元 and, in the zone's section, 21.8亿元);
a question that names no level means the whole.
"""

import re
from collections.abc import Callable, Collection, Iterable

from corpus.disclosure import Disclosure, Scope
from corpus.fact import Fact, Origin
from qa.match import Match
from qa.wording import core, head

_ZONE = re.compile(r"高新技术|高新区|开发区|园区|管理区|新区|示范区|合作区|保税区|度假区|牧场")
_BELOW = re.compile(r"各市县|各县[市区]|各[区县]|(?<!对)市县(?=一般公共|政府性|国有资本|财政)")
_OWN = re.compile(r"[省市区县州]本?级|自治区本级|(?<![一-龥])本级|(?<=年)本级|(?<=年度)本级")
_WHOLE = re.compile(r"全[省市区县州]|全自治区|汇总|代编")
_OWN_SUMMED = re.compile(r"[省市区县州]本?级[^、，和及与]{0,12}汇总")
_LEVEL = re.compile(rf"{_WHOLE.pattern}|{_OWN.pattern}")
LEVEL_ALONE = re.compile(r"全[省市区县州]|全自治区")
_NEAR = 0.6
"""Of the score: a figure of the level meant goes before one of another level that fits this much better."""


def at_level(found: list[Match], said: str, disclosures: Collection[Disclosure], levels: Callable[[], bool] = lambda: False) -> list[Match]:
    """The matches of the level that the question says; all of them, where the report is no government's or names no levels.

    `levels`: whether the report tells its own level apart, asked only where the question names it: then what names no level is the whole's.
    """
    governments = {disclosure.id for disclosure in disclosures if disclosure.scope is Scope.GOVERNMENT}
    if not found or found[0].fact.disclosure not in governments or _ZONE.search(said):
        return found
    meant = meant_by(said)
    best = level_of(found[0].fact)
    if meant == "own" and best != "own" and levels():
        return [match for match in found if level_of(match.fact) == "own"]
    if best == meant or best != "zone" and not any(level_of(match.fact) == meant for match in found):
        return [match for match in found if level_of(match.fact) == best]
    name = _bare(found[0].fact)
    kept = [match for match in found if level_of(match.fact) == meant]
    return kept if kept and any(_bare(match.fact) == name and match.score > found[0].score - _NEAR for match in kept[:3]) else found


def meant_by(said: str) -> str:
    """The level that words mean: the whole where they name none."""
    return "own" if _OWN.search(said) else "below" if _BELOW.search(said) else "zone" if _ZONE.search(said) else "whole"


def of_level(fact: Fact, of: Disclosure, said: str) -> bool:
    """Whether a figure may be of the level that the words name: 全市教育支出 is not the 市本级教育支出 that alone is printed (长沙 2025)."""
    if bool(_OWN.search(said)) is bool(_WHOLE.search(said)) or _ZONE.search(said):
        return True
    told = _said_level(fact) if of.scope is Scope.GOVERNMENT else _level_in((*fact.item[::-1], _opening(fact)))
    return told in ("", "own" if _OWN.search(said) else "whole")


def tells_levels(facts: Iterable[Fact]) -> bool:
    """Whether figures of the report are said to be of its own level (市级), beside those of the whole."""
    return any(_level_in((*fact.item[::-1], _opening(fact))) == "own" for fact in facts)


def told_at_level(fact: Fact, said: str) -> bool:
    """The same of any report's figure that names its level: 市本级收入 is not the 全市收入 of a finance bureau's page (广州)."""
    if bool(_OWN.search(said)) is bool(_WHOLE.search(said)) or _ZONE.search(said):
        return True
    return innermost(fact) in ("", "own" if _OWN.search(said) else "whole")


def innermost(fact: Fact) -> str:
    """The level that the nearest words of a figure name, its own name first: own, whole or ''."""
    told = next((words for words in (*reversed(fact.item), _opening(fact), *reversed(fact.table.split(" › "))) if _LEVEL.search(words)), "")
    last = list(_LEVEL.finditer(told))
    return "" if not last else "own" if _OWN.search(last[-1][0]) else "whole"


def names_level(said: str) -> bool:
    return bool(_LEVEL.search(said))


def _bare(fact: Fact) -> str:
    """A name without the words for its level: 一般公共预算支出 of 市级一般公共预算支出."""
    return core(head(_LEVEL.sub("", fact.item[-1]).lstrip("的"))) if fact.item else ""


def without_level(phrase: str) -> str:
    """The item of a phrase that says its level: 国有土地使用权出让收入 of 全市国有土地使用权出让收入."""
    return re.sub(rf"^(?:{_LEVEL.pattern})(?:的|\s)*(?=.{{3}})", "", phrase)


def level_of(fact: Fact) -> str:
    """zone, own, below (各市县) or whole, by the innermost words that say; whole where none do."""
    return _said_level(fact) or "whole"


def _said_level(fact: Fact) -> str:
    """The level that the innermost words say: the name's, the sentence's before the figure, the headings'; '' where none do."""
    return _level_in(("".join(reversed(fact.item)), _opening(fact), *reversed(fact.table.split(" › "))))


def _level_in(said: Iterable[str]) -> str:
    """The first words that name a level; 区级三公经费汇总 is the own level's, of all its departments."""
    for words in said:
        for name, pattern in (("whole", _WHOLE), ("zone", _ZONE), ("own", _OWN), ("below", _BELOW)):
            if (match := pattern.search(words)) and not (match[0] == "汇总" and _OWN_SUMMED.search(words)):
                return name
    return ""


_OPENS = re.compile(r"(?:^|[，；。])(?:从|在|按)?(?:20\d\d年)?(?P<level>全[省市区县州]|[省市区县州]本级)")


def _opening(fact: Fact) -> str:
    """The level that opens the sentence or clause of a prose figure, the last before it: 市本级主要支出项目情况是：教育支出73.28亿元."""
    if fact.origin is not Origin.PROSE or fact.amount is None:
        return ""
    text = re.sub(r"[\s,]", "", fact.text)
    place = text.find(f"{abs(fact.amount.number):f}")
    found = list(_OPENS.finditer(text[: place if place > 0 else len(text)]))
    return found[-1]["level"] if found else ""


def of_one_level(sentence: str, before: str) -> str:
    """A sentence with the one level that stands last before a figure: of 市本级收入…，全市支出… each figure has its own."""
    levels = _LEVEL.findall(before)
    return _LEVEL.sub("", sentence) + (levels[-1] if levels else "")
