"""A follow-up (那2024年呢？其中项目支出？) and the conversation before it → one whole question in plain words, or a question in return.

The whole question is then answered as if it had been asked alone; nothing else of the conversation has a say in the answer. Rules:
a part of the question that is left out is the last one's (`filled_in`); 其中, 它, 占 speak of the last item, 呢 with an item takes
its place (`part_of`); years are counted from the one talked about (`relative_year`); what is asked is carried over by a bare 呢
alone (`carried_over`). What no rule makes sure is asked back.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Disclosure
from qa.asks import Ask
from qa.carried_over import merged
from qa.compound import Answering, Compound, Form, compound_in, question_of
from qa.filled_in import filled_in, of_everything
from qa.in_full import items_of, who_when
from qa.own_words import names_something, told
from qa.plain_words import corrected, ended, plainly, said_first, said_whole
from qa.publisher import Named
from qa.question import Question
from qa.ranking import of_first, of_order, over_years
from qa.smalltalk import WORD_BACK, is_smalltalk
from qa.talk import Talk
from qa.thread import Thread, Turn, thread_of
from qa.together import UNSURE, Unclear, together, with_another
from qa.versus import versus

_LEANS = re.compile(r"它|其中|这[个项年家]|那[个项年家]|前者|后者")
_WHOSE = re.compile(r"谁(?:家)?的?(?P<item>.*?)(?P<turn>最[多高大少低小])|(?P<all>最[多高大少低小])的?是(?:谁|哪家|哪一?个(?:部门|单位))")
_BARE_SHARE = re.compile(r"占(?:了|到)?(?:多少|几成|百分之几|百分之多少|多大比例|比例?(?:是?多少)?)")
_PERCENT = re.compile(r"(?:是|占)?(?:百分之(?:几|多少)|几成|几个?百分点)")
_ADDED = re.compile(r"^(?:[这那]?[两三四五]?(?:个|项|者|类|家|笔)?)?(?:[加合]起来|[加合]在一起|合计|一共|总共|之和)(?P<asks>占.+)$")
_WHAT_FOR = re.compile(
    r"(?:(?:它|其|这项|这笔钱|这些钱|钱|该项目?|这个项目?)的?)?(?:主要|具体|都|是|被|拿)*(?:用途|(?:用|花)(?:于|在|来|到|作)(?:了)?(?:干|做)?(?:什么|啥|哪里|哪儿|哪些|哪)(?:地方|方面|事|项目)?|(?:干|做)(?:什么|啥)用?)(?:是什么|有哪些|的|了|上)*"
)
_ALSO_ADDED = re.compile(r"(?:把)?(?P<other>[^，？]{2,}?)的?也?(?:算上|算进去|算进来|加上去|加进去|加进来)")
_WITH = re.compile(r"(?:和|跟|与|同|连同|加上)(?P<other>[^，？]{2,}?)(?:一共|总共|合计|加起来|加在一起|共计)(?:是|有|花了?)?(?:多少)?(?:钱|万元)?")


def followed(text: str, history: Sequence[str], shelf: Sequence[Disclosure], answering: Answering) -> str | Unclear:
    """The whole question; what is asked back where there is none that is sure."""
    if is_smalltalk(text) and text.strip("？?！!。 "):
        return Unclear(WORD_BACK)
    text = said_whole(text)
    thread = thread_of(history, shelf)
    if thread is None:
        return said_first(text)
    return text if compound_in(text) else _whole(text, Talk(thread, shelf, answering))


def _whole(text: str, talk: Talk) -> str | Unclear:
    words = plainly(text)
    if yes := corrected(words):
        return filled_in(plainly(yes).removesuffix("的话"), talk, keeps=True)
    if added := _ADDED.match(ended(words)):
        return _of_added(added["asks"], talk)
    if _stands_alone(words, talk.understood(text)):
        return text
    if re.search(r"占?比[例重]?(?:相?差|之差)", words):
        return UNSURE
    if _PERCENT.fullmatch(ended(words)):
        words = {Ask.CHANGE: "增长百分之多少", Ask.SHARE: "占多少"}.get(talk.about.ask, "")
        if not words:
            return UNSURE
    return _referring(ended(words), talk) or filled_in(words, talk)


def _of_added(asks: str, talk: Talk) -> str | Unclear:
    """加起来占总支出多少: the sum first, then its share."""
    added = _together("加起来", talk)
    if not isinstance(added, str) or (compound := compound_in(added)) is None:
        return added if isinstance(added, Unclear) else UNSURE
    figures = tuple(talk.understood(question_of(part)) for part in compound.parts)
    said = replace(talk, thread=Thread((*talk.thread.turns, Turn(added, figures[-1], figures, compound))))
    return filled_in(asks, said)


def _stands_alone(words: str, asked: Question) -> bool:
    """Nothing is left out: publisher, year and item are said, or it asks for reports or persons."""
    if asked.ask is Ask.LIST or asked.ask is Ask.PERSONAL and not _WHOSE.search(words):
        return True
    whole = bool(asked.named.publishers) and bool(asked.years or asked.recent) and bool(asked.items or asked.counters)
    return whole and not _LEANS.search(words) and not re.match(r"比|和.+比|再|加上", words)


def _referring(words: str, talk: Talk) -> str | Unclear | None:
    """What speaks of earlier figures or answers as such."""
    for way in (_of_all, _what_for, of_order, over_years, _together, versus, _of_first):
        if (whole := way(words, talk)) is not None:
            return whole
    return None


def _of_first(words: str, talk: Talk) -> str | Unclear | None:
    """它占多少 after an order: of what came first in it."""
    first = of_first(words, talk)
    if first is None or isinstance(first, Unclear):
        return first
    left, about = first
    if not left:
        return talk.whole(about) or UNSURE
    if _BARE_SHARE.fullmatch(left) and of_everything(talk.about) and not talk.thread.last.compound and not talk.about.everyone:
        left = f"占总{'收入' if '收入' in talk.thread.last.text else '支出'}多少"  # of what was ranked
    return filled_in(left, replace(talk, thread=Thread((*talk.thread.turns, Turn("", about, (about,))))))


def _what_for(words: str, talk: Talk) -> str | None:
    """主要用于什么: what the last item is for."""
    about = talk.about
    if not _WHAT_FOR.fullmatch(words) or len(about.items) != 1 or len(about.named.publishers) != 1:
        return None
    texts = (f"{who_when(about)}{item}用在哪些方面？" for item in items_of(about))
    return next((text for text in texts if talk.understood(text).ask is Ask.TEXT), None)


def _together(words: str, talk: Talk) -> str | Unclear | None:
    if (whole := together(words, talk.thread, talk.name)) is not None:
        return whole
    if said := _WITH.fullmatch(words):
        return _and_another(said["other"], talk)
    if said := _ALSO_ADDED.fullmatch(words):
        words = f"加上{said['other']}"
    return with_another(words, talk.thread, lambda other: _figure(other, talk), talk.name)


def _and_another(words: str, talk: Talk) -> str | Unclear:
    """和甲局一共多少: what the conversation is about, and one more."""
    other, last = _figure(words, talk), talk.thread.last
    about = replace(last.figures[0] if last.figures else talk.about, ask=Ask.LOOKUP, whole="", falling=0)
    names = last.compound.parts if last.compound and last.compound.form is Form.CHAIN else (talk.name(about),)
    name = talk.name(other) if other else ""
    whole = bool(name) and all(names) and name not in names and not (last.compound and last.compound.less)
    return Compound(Form.CHAIN, (*names, name)).text if whole else UNSURE


def _figure(words: str, talk: Talk) -> Question | None:
    """The single figure that 加上… names: what it leaves out is the last one's."""
    asked = told(plainly(ended(words)).removesuffix("的"), talk)
    if not names_something(asked):
        return None
    figure = merged(asked, talk.about, True, talk)
    return replace(figure, ask=Ask.COUNT if figure.ask is Ask.COUNT else Ask.LOOKUP, whole="", falling=0, everyone=False)


def _of_all(words: str, talk: Talk) -> str | Unclear | None:
    """谁的三公经费最高, 最多的是谁: over all publishers of the year talked about."""
    about, last = talk.about, talk.thread.last
    said = _WHOSE.fullmatch(words)
    if said is None or said["item"] is None and len(last.figures) > 1 and last.compound:
        return None
    spoken = {turn.about.named.publishers for turn in talk.thread.turns}
    if said["item"] == "" and not about.everyone and len(spoken) > 1 and (among := together(words, talk.thread, talk.name)):
        return among
    asked = talk.understood(said["item"] or "")
    least = (said["turn"] or said["all"])[-1] in "少低小"
    meant = replace(
        about, named=Named((), ()), years=asked.years or about.years[:1], ask=Ask.LEAST if least else Ask.MOST, items=asked.items or about.items,
        said=asked.said or about.said, whole="", counters=(), everyone=True, falling=0,
    )  # fmt: skip
    return talk.whole(meant) or UNSURE
