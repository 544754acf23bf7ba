"""比2024年呢, 和甲局比, 比图书馆少多少, 超了多少 → the whole question that compares what the conversation is about with the other."""

import re
from dataclasses import replace

from corpus.disclosure import Kind
from corpus.fact import Basis
from qa.asks import Ask
from qa.compound import Compound, Form
from qa.in_full import items_of, kind_words, says, who
from qa.question import Question
from qa.relative_year import year_compared
from qa.talk import Talk
from qa.together import Unclear

_TURN = r"(?:多|少|高|低|大|小|增加|减少|增长|下降|上升|提高|涨|降|差|贵|便宜|变化|增减)"
_SAID = re.compile(
    rf"(?P<subject>[^，？]*?)(?:相?比|较|和|跟|与|同|对比)(?P<other>[^，？]+?)(?P<by>相?比较?|比起来|对比|比一比|比一下)?(?:的话)?[，,]?(?P<tail>呢|(?:是|要|又)?{_TURN}(?:了|出)?(?:多少|几成|几|百分之(?:几|多少)|了吗|吗|没有|没)?(?:个?百分点|钱|万元|倍)?|怎么样|如何|有(?:什么|没有)?变化(?:吗)?|(?:是不是|是否)?{_TURN}(?:了|些|一些)?(?:吗|吧|么)?|谁多|哪个多|(?:是不是)?(?:一样|相同|相等|持平)(?:吗|么)?)?"
)
_LAST_YEAR = re.compile(r"(?:去年|上一?年度?|前一年|往年)(?:同期|的)?")
_OVER = re.compile(r"(?:比预算)?(?:多|少)(?:花|用|支出|支)了?(?:多少|几)(?:钱|万元)?|(?:有没有|是不是|是否)?(?:超支|超预算|超出预算|超)(?:了|出|过)?(?:没有?|没|多少|几|吗|百分之几)*|(?:比|和|跟|与)(?:年初)?预算(?:数)?相?比?(?:呢|差多少|多多少|少多少|多还是少|超了多少)?")
_RATE = re.compile(r"百分|几成|倍")


def versus(words: str, talk: Talk) -> str | Unclear | None:
    """None where the words compare nothing."""
    subject = _subject(talk)
    if _OVER.fullmatch(words):
        return _over_budget(subject, talk) if subject else None
    said = _SAID.fullmatch(words)
    own_year = said is not None and bool(re.fullmatch(r"(?:(?:19|20)?\d{2}年?度?的?)", said["subject"]))
    if said is None or words.startswith("占") or not (said["by"] or said["tail"] or own_year or words.startswith(("比", "较"))):
        return None
    if said["subject"] and (own := talk.understood(said["subject"])).named.publishers:
        return None
    if re.search(r"为什么|为何|怎么(?!样)|原因|一共|合计|总共|加起来|平均", words):
        return None
    if (last := talk.thread.last.compound) and last.form is Form.CHAIN:
        return _from_sum(said["other"], last, talk)
    if subject is None and said["subject"] and talk.about.items and len(talk.about.named.publishers) == 1:
        subject = replace(talk.about, ask=Ask.LOOKUP, whole="", falling=0, everyone=False)
    if subject is None:
        return Unclear("不清楚要拿哪一个数来比，请写明部门、年度和项目。")
    own, before = talk.understood(said["subject"]), subject
    subject = replace(subject, years=own.years or subject.years, items=own.items or subject.items, said=own.said if own.items else subject.said)
    if _IT.fullmatch(said["other"]):
        return _with_it(subject, before, talk)
    growth = bool(_RATE.search(said["tail"] or "")) or talk.about.ask is Ask.GROWTH and not re.search(r"多少", said["tail"] or "")
    return _with(said["other"], growth, subject, talk)


_IT = re.compile(r"它们?|前者|后者|前一个|前面那?个|那个|这个|刚才那?个|上一个")


def _with_it(subject: Question, before: Question, talk: Talk) -> str | Unclear:
    """2024年比它多多少: than what was spoken of; 比它多多少 alone does not say than what."""
    same = (subject.years, subject.items) == (before.years, before.items)
    return Unclear("不清楚“它”指哪一个数，请写明部门、年度和项目。") if same else _apart(subject, before, False, talk)


def _subject(talk: Talk) -> Question | None:
    """The figure that the conversation is about: of a comparison what was compared, never what it was compared with."""
    last = talk.thread.last
    compared = talk.about.ask in (Ask.CHANGE, Ask.GROWTH) or last.compound is not None and last.compound.form in (Form.MORE, Form.GROWTH)
    if last.one or last.figures and compared:
        return last.figures[0]
    about = replace(talk.about, ask=Ask.LOOKUP, whole="", falling=0)
    return about if talk.about.items and len(about.years) == 1 and len(about.named.publishers) == 1 and talk.about.ask not in (Ask.MOST, Ask.LEAST, Ask.COMPARE) else None


def _from_sum(other: str, last: Compound, talk: Talk) -> str | Unclear:
    """和三公经费差多少 after a sum: the sum less the other figure."""
    asked = talk.understood(other)
    about = talk.about
    figure = replace(about, named=asked.named if asked.named.publishers else about.named, years=asked.years or about.years, items=asked.items or about.items, said=asked.said or about.said)
    name = talk.name(figure)
    return Compound(Form.CHAIN, (*last.parts, name), last.less | {len(last.parts)}).text if name and name not in last.parts else Unclear("不清楚要拿哪两个数来比，请写明部门、年度和项目。")


def _with(other: str, growth: bool, subject: Question, talk: Talk) -> str | Unclear | None:
    asked = talk.understood(other)
    if asked.named.unknown and not asked.named.publishers:
        rest = talk.understood(other.replace(asked.named.unknown, "", 1))
        asked = replace(asked, items=rest.items, said=rest.said)
    if asked.named.publishers or asked.named.unknown:
        return _apart(subject, replace(subject, named=asked.named, years=asked.years or subject.years, items=asked.items or subject.items, said=asked.said or subject.said), growth, talk)
    if (asked.years or year_compared(other, 0)) and (asked.kind or asked.basis is not Basis.NONE):
        return None
    if len(subject.years) == 1 and not asked.items and (year := year_compared(other, subject.years[0])):
        return _years(subject, year, growth, talk, _LAST_YEAR.fullmatch(other) is not None)
    if asked.items and not asked.years:
        return _apart(subject, replace(subject, items=asked.items, said=asked.said), growth, talk)
    if asked.kind or asked.basis is not Basis.NONE:
        return _apart(subject, replace(subject, kind=asked.kind, basis=asked.basis), growth, talk)
    return None


def _apart(one: Question, other: Question, growth: bool, talk: Talk) -> str | Unclear:
    if other.named.unknown and not other.named.publishers:
        item = next(iter(items_of(other)), "")
        return f"{other.named.unknown}{''.join(f'{year}年' for year in other.years)}{item}是多少？"
    names = talk.name(one), talk.name(other)
    if names[0] and not names[1] and (alone := talk.whole(other)):
        return alone  # what it is compared with was not found: its own question says why
    if not all(names) or names[0] == names[1]:
        return Unclear("不清楚要拿哪两个数来比，请写明部门、年度和项目。")
    return Compound(Form.GROWTH if growth else Form.MORE, names).text


def _years(subject: Question, year: int, growth: bool, talk: Talk, last: bool) -> str | Unclear:
    """2025年三公经费比2023年增加多少."""
    ask = Ask.GROWTH if growth else Ask.CHANGE
    tail = "增长百分之多少？" if growth else "增加多少？"
    own = subject.years[0]
    if last or year == own - 1:
        meant = replace(subject, ask=ask)
        if text := talk.whole(meant):
            return text
    meant = replace(subject, ask=ask, years=(own, year))
    for item in items_of(subject):
        for kind in dict.fromkeys((kind_words(subject), "")):
            text = f"{who(subject)}{own}年{item}{kind}比{year}年{tail}"
            if says(text, meant if kind else replace(meant, kind=None, basis=Basis.NONE), talk.shelf):
                return text
    return _apart(subject, replace(subject, years=(year,)), growth, talk)


def _over_budget(subject: Question, talk: Talk) -> str | Unclear:
    spent = replace(subject, kind=Kind.FINAL, basis=Basis.NONE)
    planned = replace(subject, kind=Kind.BUDGET, basis=Basis.NONE) if subject.basis is Basis.NONE else replace(subject, kind=None)
    return _apart(spent, planned, False, talk)
