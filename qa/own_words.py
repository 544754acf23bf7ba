"""A follow-up's words → OwnWords: what they ask by themselves, before the conversation fills in what they leave out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.fact import Basis
from qa.asks import Ask
from qa.part_of import FRAME
from qa.plain_words import ended
from qa.publisher import Named
from qa.question import Question
from qa.relative_year import THIS_YEAR, without_relative, years_said
from qa.talk import Talk

_THESE = re.compile(r"的?[这那](?:[两二三四五六]|几)(?:项|个|笔|样)(?:费用|支出|经费|数字?)?(?=[呢的]|$)")
_IS_THERE = re.compile(r"^(?:有没有|有无)(?P<item>[^多少几比]{2,})$")
_BUYS = re.compile(r"(?:打算|准备|计划|要|想|拟)?(?:买|购|购置|采购|添置)(?:了|过)?(?:几|多少)[辆台]")
_INSTEAD = (
    (re.compile(r"^((?:19|20)\d{2}年度?)(?:实际)?执行了?(?:多少|几)(?:钱|万元)?$"), r"\1执行数是多少"),
    (re.compile(r"^(?:完成|执行)了?多少$"), "完成率是多少"),
    (re.compile(r"^(批次|人次)(?:数)?(?:是多少|多少)?$"), r"有多少\1"),
)
_HOW_MUCH = re.compile(r"(?:一共|总共|大概|到底|现在|又)?(?:是|有|为|花了?|用了?|安排了?)?(?:多少|几)(?:钱|万元|元)?$")
_OWN = re.compile(r"多少|几|吗|是不是|有没有|是否|对不对")


@dataclass(frozen=True)
class OwnWords:
    """What a follow-up says itself."""

    words: str
    inner: str
    """The words without 其中, 去年, 它的 and 呢."""
    asked: Question
    framed: bool
    """其中 stands before them."""
    keeps: bool
    """They correct what was said, and keep what was asked."""

    @property
    def plain(self) -> bool:
        """A name with 呢 at most: nothing is asked of it."""
        return self.asked.ask is Ask.LOOKUP and not _OWN.search(self.inner) and not self.asked.counters

    @property
    def says_nothing(self) -> bool:
        asks = self.asked.ask is not Ask.LOOKUP or self.asked.everyone or self.asked.counters or _OWN.search(self.inner)
        return not asks and not names_something(self.asked)


def own_words(words: str, talk: Talk, keeps: bool) -> OwnWords:
    dateless, years = _dated(FRAME.sub("", words), talk.about.years)
    inner = _put(_without_it(dateless, talk), talk)
    asked = told(inner.removesuffix("的"), talk)
    return OwnWords(words, inner, replace(asked, years=asked.years or years), bool(FRAME.match(words)), keeps)


def says_this_year(words: str) -> bool:
    """今年, which 比今年 does not ask for."""
    return bool(THIS_YEAR.search(words)) and not re.search(r"[比较同与和跟]今年", words)


def _dated(words: str, years: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """The words without 去年 and the like, and the years that these say."""
    said = years_said(words, years) or (tuple(years[:1]) if says_this_year(words) else ())
    return without_relative(words) if said or THIS_YEAR.search(words) else words, said


def _without_it(words: str, talk: Talk) -> str:
    """Without 它的, 其 and, after several figures, 这两项."""
    words = re.sub(r"^(?:它|其)(?=占|比)", "", words)
    words = re.sub(r"^(?:它(?!们)|其(?![他它余])|该项|这一?[个项]|那一?[个项])的?(?=.)", "", words)
    return _THESE.sub("", words) if len(talk.thread.last.figures) > 1 else words


def _put(words: str, talk: Talk) -> str:
    """有没有会议费, 买几辆, 执行了多少, as a question that stands alone puts them."""
    if said := _IS_THERE.match(ended(words)):
        words = said["item"]
    elif _BUYS.search(words) and not talk.understood(_BUYS.sub("", words)).items:
        words = _BUYS.sub("购置车辆多少辆", words)
    words = ended(words)
    for pattern, instead in _INSTEAD:
        words = pattern.sub(instead, words)
    return ended(words)


def names_something(asked: Question) -> bool:
    named = asked.named
    return bool(named.publishers or named.unknown or named.ambiguous or asked.years or asked.kind or asked.items or asked.basis is not Basis.NONE)


def only_how_much(own: OwnWords, talk: Talk) -> bool:
    """Whether the words are a name and 是多少: any others for these do as well."""
    rest = _HOW_MUCH.sub("", own.inner)
    asks = own.asked.ask is Ask.LOOKUP and not own.asked.counters and rest != own.inner
    return asks and talk.understood(rest).items == own.asked.items


def told(words: str, talk: Talk) -> Question:
    """The words understood, an organisation that the shelf does not have told from an item."""
    asked = talk.understood(words)
    name = asked.named.unknown
    if not name or asked.named.publishers:
        return asked
    behind = words.split(name, 1)[-1]
    if not _is_publisher(name, words, behind):
        return replace(asked, named=Named((), ()))
    rest = talk.understood(behind.removeprefix("的"))
    return replace(rest, named=asked.named, text=words)


def _is_publisher(name: str, words: str, behind: str) -> bool:
    """Whether an unknown name begins the words and ends as a publisher's does."""
    ends = re.match(r"的|呢|$|[，,]|\d|今年|去年|上年|前年", behind) or not name.endswith(("镇", "乡")) and not re.match(r"[及和与等（(]", behind)
    return bool(ends) and not name.startswith(("占", "比", "其中")) and words.startswith((name, f"区{name}", f"市{name}"))
