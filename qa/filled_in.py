"""A follow-up's words and the conversation → the whole question with what the words leave out filled in, or a question in return."""

import re
from dataclasses import replace

from qa.asks import Ask
from qa.carried_over import merged
from qa.compound import Compound, Form
from qa.finding import Finding
from qa.in_full import items_of, who_when
from qa.own_words import OwnWords, only_how_much, own_words, says_this_year
from qa.part_of import TOTAL, part_in
from qa.plain_words import ended
from qa.publisher import Named
from qa.question import MONEY_NOUN, Question, bare
from qa.reason_asked import of_move, why_compared
from qa.relative_year import THIS_YEAR
from qa.talk import Talk
from qa.together import UNSURE, Unclear

_ABOUT_IT = re.compile(r"主要|具体|根本|那边|这边|那里|这里|用途|用处|内容|主要内容|去向|来源|依据|说明|它|这个|那个|这项|那项|具体|明细|金额|数额|(?:主要|都|具体)?(?:是|被)?(?:用于|用在|用来|用到|花在|拿来)(?:干|做|哪|哪里|哪些)?|用")
_REPUT = (Ask.LOOKUP, Ask.SHARE, Ask.CHANGE, Ask.GROWTH, Ask.COMPLETION, Ask.REMAINING, Ask.WHY)


def filled_in(words: str, talk: Talk, keeps: bool = False) -> str | Unclear:
    """`keeps`: a correction, which keeps what was asked."""
    if says_this_year(words) and (unsure := _this_year(words, talk, keeps)):
        return unsure
    own = own_words(words, talk, keeps)
    if own.says_nothing:
        return UNSURE
    if _lacks_item(own, talk):
        return _most_of(own, talk) if own.framed else UNSURE
    asked = _meant(own, talk)
    if (back := _share_back(own, asked, talk) or _asked_back(own, asked, talk)) is not None:
        return back
    return _written(own, asked, talk)


def _this_year(words: str, talk: Talk, keeps: bool) -> Unclear | None:
    """今年 may be the year talked about or the latest: asked back, where these are two."""
    about = talk.about
    own = talk.years_of(replace(about, kind=None))
    said = {year for turn in talk.thread.turns for year in turn.about.years if turn.about.named.publishers == about.named.publishers}
    years = dict.fromkeys((*about.years[:1], *sorted({*said, *own[-1:]}, reverse=True)))
    if len(years) < 2:
        return None
    rest = THIS_YEAR.sub("", words)
    choices = [filled_in(f"{year}年{rest}", talk, keeps) for year in years]
    return Unclear("“今年”指哪一年？请选择：", tuple(choice for choice in choices if isinstance(choice, str))[:4])


def _lacks_item(own: OwnWords, talk: Talk) -> bool:
    """Whether the most is asked for, and of what is not sure: 哪个最小 may ask which of several publishers."""
    asked = own.asked
    if asked.ask not in (Ask.MOST, Ask.LEAST) or asked.items or asked.everyone or own.framed and not talk.about.items:
        return False
    return not (of_everything(talk.about) and (_one_publisher(talk) or re.search("[类款项]", own.inner)))


def of_everything(about: Question) -> bool:
    """Whether the conversation is about all the money: what is the most of it needs no item."""
    return not about.items or len(about.items) == 1 and bool(TOTAL.fullmatch(about.items[0]))


def _one_publisher(talk: Talk) -> bool:
    return len({turn.about.named.publishers for turn in talk.thread.turns[-3:]}) == 1


def _most_of(own: OwnWords, talk: Talk) -> str | Unclear:
    """其中最多的是哪项 after an item: of its parts."""
    meant = replace(merged(own.asked, talk.about, False, talk), items=talk.about.items, said=talk.about.said)
    return talk.whole(meant, f"中{own.inner}") or talk.whole(meant, own.inner) or UNSURE


def _meant(own: OwnWords, talk: Talk) -> Question:
    """What the words ask, with its item as it must be meant after the last one."""
    asked = part_in(talk, own.inner, own.asked, own.framed)
    if asked.items and all(_ABOUT_IT.fullmatch(item) for item in asked.items):
        asked = replace(asked, items=(), said=())
    if asked.ask is Ask.AVERAGE:
        return _averaged(asked, talk.about)
    return of_move(asked, talk) if asked.ask is Ask.WHY and not asked.items else asked


def _averaged(asked: Question, last: Question) -> Question:
    """每辆车多少钱 after a sum of money: what is shared is that money; nothing where neither names any."""
    if _is_money(asked):
        return asked
    shared = _is_money(last) or last.counters or last.ask is Ask.AVERAGE
    return replace(asked, items=last.items, said=last.said) if shared else replace(asked, items=(), said=())


def _is_money(asked: Question) -> bool:
    return bool(asked.items and MONEY_NOUN.search("".join(asked.items)))


def _share_back(own: OwnWords, asked: Question, talk: Talk) -> str | Unclear | None:
    """占 after a sum, 占 with no 多少, 各占."""
    compound = talk.thread.last.compound
    if asked.ask is Ask.SHARE and not own.asked.items and compound and (shared := _share_of_sum(asked, talk, compound)):
        return shared
    if asked.ask is Ask.LOOKUP and re.match(r"占(?!用|地)", own.inner):
        return UNSURE if "多少" in own.words else filled_in(f"{ended(own.words).removesuffix('吗')}多少", talk)
    return UNSURE if re.match(r"各占|各自占|分别占", own.inner) else None


def _share_of_sum(asked: Question, talk: Talk, compound: Compound) -> str | Unclear | None:
    """占总支出多少 after a sum: of the sum."""
    if compound.form is not Form.CHAIN:
        return None
    if compound.less or re.search(r"分别|各", asked.text):
        return UNSURE
    figures, whole = talk.thread.last.figures, (asked.whole or "支出总计",)
    name = talk.name(replace(talk.about, items=whole, said=whole))
    same = len({figure.named.publishers for figure in figures}) == len({figure.years for figure in figures}) == 1
    return replace(compound, form=Form.SHARE, parts=(*compound.parts, name)).text if name and same else UNSURE


def _asked_back(own: OwnWords, asked: Question, talk: Talk) -> str | Unclear | None:
    """What no rule makes sure; None where nothing is left to be asked back."""
    if asked.ask is Ask.AVERAGE and not asked.items:
        return UNSURE
    if asked.ask is Ask.WHY and not asked.items and (why := why_compared(talk)):
        return why
    if re.match(r"^(?:和|跟|与|同)(?!级|期|比)", own.words):
        return UNSURE
    if re.match(r"^(?:它|其|该(?:部门|单位|局))", own.words) and len(talk.about.named.publishers) > 1:
        return Unclear("不清楚“它”指哪一个部门，请写明。")
    return None


def _written(own: OwnWords, asked: Question, talk: Talk) -> str | Unclear:
    compound = talk.thread.last.compound
    if asked.named.ambiguous and not asked.named.publishers:
        return _which_publisher(asked, talk)
    if own.plain and compound and (again := _of_parts(asked, talk, compound)):
        return again
    meant = _with_last(own, asked, talk)
    if own.plain and len(asked.named.publishers) == 1 and _holds_publishers_apart(meant, talk):
        return _against(meant, talk)
    if meant.ask is Ask.AVERAGE and not meant.items:
        return UNSURE
    if meant.named.unknown and not meant.named.publishers:
        return f"{who_when(meant)}{next(iter(items_of(meant)), '')}{meant.kind or ''}是多少？"
    words = _words_for(own, asked, talk)
    return talk.whole(meant, words, talk.thread.last.text) or talk.whole(replace(meant, whole="") if meant.whole else meant, words) or UNSURE


def _which_publisher(asked: Question, talk: Talk) -> Unclear:
    named = [replace(asked, named=Named((name,), ())) for name in asked.named.ambiguous]
    choices = [talk.whole(merged(one, talk.about, True, talk)) for one in named]
    return Unclear("这个简称对应不止一个部门，请选择：", tuple(filter(None, choices)))


def _of_parts(asked: Question, talk: Talk, compound: Compound) -> str:
    """公务接待费呢 after a sum: the same sum of the other item, where all its parts were of one; '' where they were not."""
    figures = talk.thread.last.figures
    names = tuple(talk.name(merged(asked, figure, True, talk)) for figure in figures)
    given = [figure.items if asked.items else figure.years if asked.years else figure.named.publishers for figure in figures]
    return replace(compound, parts=names).text if len(set(given)) == 1 and all(names) and len(set(names)) == len(names) else ""


def _with_last(own: OwnWords, asked: Question, talk: Talk) -> Question:
    """With what is left out; an item that nothing was counted of asks for its money."""
    meant = merged(asked, talk.about, own.plain, talk, own.keeps, own.framed)
    if meant.ask is not Ask.COUNT or asked.ask is not Ask.LOOKUP or not asked.items or isinstance(talk.answering(talk.whole(meant)), Finding):
        return meant
    return merged(replace(asked, counters=()), replace(talk.about, ask=Ask.LOOKUP, counters=()), own.plain, talk, own.keeps, own.framed)


def _holds_publishers_apart(meant: Question, talk: Talk) -> bool:
    return meant.ask in (Ask.CHANGE, Ask.GROWTH, Ask.TIMES) and len(talk.about.named.publishers) > 1


def _against(meant: Question, talk: Talk) -> Unclear:
    """建管委呢 after 甲局比乙局多多少: against which of the two is for the reader to say."""
    tail = {Ask.CHANGE: "多多少？", Ask.GROWTH: "多百分之几？"}.get(meant.ask)
    if tail is None:
        return UNSURE
    when, item = "、".join(f"{year}年" for year in meant.years), next(iter(items_of(meant)), "")
    own = meant.named.publishers[0]
    choices = tuple(f"{one}{when}{item}{meant.kind or ''}比{own}{tail}" for one in talk.about.named.publishers if one != own)
    return Unclear("要和哪一个部门比？请选择或写明：", choices)


def _words_for(own: OwnWords, asked: Question, talk: Talk) -> str:
    """The reader's words, to be kept; '' where others must be found, as these say less than is meant."""
    named = own.asked.items
    other_item = bool(named) and asked.items != named and asked.ask in _REPUT
    if own.plain or other_item or asked.falling != own.asked.falling or only_how_much(own, talk):
        return ""
    return own.inner if asked.named.publishers else re.sub(r"^的", "", re.sub(r"\s+", "", bare(talk.understood(own.inner))))
