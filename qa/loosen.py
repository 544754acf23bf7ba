"""A question and the parts of its scope that its reader takes away → the question without them, in words that ask just that.

What is left out is settled anew, as if it had never been said: neither the question's words nor the conversation give it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Disclosure
from qa.in_full import in_full, says
from qa.publisher import Named, named_publishers
from qa.question import Question
from qa.reply import ScopePart
from qa.settle import Scope

_YEAR = r"(?:(?:19|20)\d{2}\s*(?:财政)?(?:年度|年)?|(?<!\d)\d{2}\s*年度?)"
_WHEN = re.compile(
    rf"(?:比|较|同|与|和|跟|、)?\s*(?<!\d){_YEAR}(?:\s*[-—~～至到]\s*{_YEAR})?(?:的|相比)?"
    r"|(?<![比较同与和跟])(?:今年|本年度|当年|去年|上一年|上年度?|前年)(?!结转|末)的?|(?:近|最近|过去|这)[两二三四五六七八九十\d]年的?"
)
_KIND = re.compile(r"(?<!公共)(?<!基金)(?<!经营)(?<!年初)(?<!全年)(?<!调整)(?<!调整后)(?<!完成)(?<![占比较超过于])(?:部门|单位)?(?:预算|决算)(?:数|报告)?(?:里|中)?(?!绩效|单位)")


def given(asked: Question) -> frozenset[ScopePart]:
    """The parts of the scope that the whole question set; the others were assumed."""
    named = bool(asked.named.publishers)
    year = bool(asked.years or asked.recent or asked.relative < 1)
    return frozenset(part for part, said in ((ScopePart.PUBLISHER, named), (ScopePart.YEAR, year), (ScopePart.KIND, bool(asked.kind))) if said)


def loosened(asked: Question, without: frozenset[ScopePart], shelf: Sequence[Disclosure]) -> Question:
    """The whole question without these parts."""
    left = asked
    if ScopePart.PUBLISHER in without:
        left = replace(left, named=Named((), ()))
    if ScopePart.YEAR in without:
        left = replace(left, years=(), relative=1, recent=0)
    if ScopePart.KIND in without:
        left = replace(left, kind=None)
    return replace(left, text=_text(left, without, shelf))


def taken(scope: Scope, without: frozenset[ScopePart]) -> str:
    """What stands in the place of the parts that were taken away, said."""
    years = "、".join(f"{year}年" for year in scope.years)
    latest = "报告库中最近的" if len(scope.years) == 1 else ""
    names = {ScopePart.PUBLISHER: scope.publisher, ScopePart.YEAR: f"{latest}{years}", ScopePart.KIND: str(scope.kind)}
    said = "；".join(f"没有限定{part}，按{names[part]}回答" for part in ScopePart if part in without)
    return f"{said}。"


def _text(left: Question, without: frozenset[ScopePart], shelf: Sequence[Disclosure]) -> str:
    """The question's own words where, read again, they ask the same; else words put together from what was understood."""
    stripped = _stripped(left.text, without, shelf)
    return stripped if says(stripped, left, shelf) else in_full(left, shelf) or stripped


def _stripped(text: str, without: frozenset[ScopePart], shelf: Sequence[Disclosure]) -> str:
    if ScopePart.PUBLISHER in without:
        for start, end in sorted(named_publishers(text, shelf, spoken=True).spans, reverse=True):
            text = text[:start] + text[end:]
    if ScopePart.YEAR in without:
        text = _WHEN.sub("", text)
    if ScopePart.KIND in without:
        text = _KIND.sub("", text)
    return re.sub(r"^[\s的，,、]+", "", text)
