"""哪年最多, 最少的呢, 第二名呢, 它占多少 after an order → the whole question, over the years or about what came first."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.asks import Ask
from qa.compound import Form
from qa.finding import Finding
from qa.in_full import items_of, who, who_when
from qa.part_of import TOTAL
from qa.question import Question
from qa.talk import RANKED, Talk
from qa.thread import Thread
from qa.together import Unclear

_WHICH_YEAR = re.compile(r"(?:这|近|那)?(?P<n>[两二三四五几]?)(?:个?年)?(?:里面?|来|间|之?中|当中)?的?哪一?年(?:的)?(?P<item>.*?)(?:花得|用得|更|最)+(?P<turn>[多高大少低小])(?:一?些)?(?:呢)?")
_YEARS_IN_ALL = re.compile(r"(?:这|近)?(?P<n>[两二三四五几])年(?:里|间|来)?的?(?:[加合]起来|合计|一共|总共|共计|总和|之和|总计|共)+(?:是|花了?|用了?|有|为)?(?:多少|几)?(?:钱|万元)?")
_YEARLY = re.compile(r"(?:这|近)?(?P<n>[两二三四五几]?)年?(?:里|间|来)?的?(?:平均每一?年|每一?年平均|年均|平均)(?:是|花了?|用了?|有|为)?(?:多少|几)?(?:钱|万元)?")
_OTHER_END = re.compile(r"(?:那)?(?:哪一?(?:个|项|家|类)|谁|花得)?(?:的)?最(?P<turn>多|高|大|少|低|小)的?(?:一?[个项家类])?(?:呢|是谁|是哪一?[个项家类]?(?:部门|单位)?|是多少)?")
_PLACE = re.compile(r"(?:排)?第(?P<n>[二三四五])(?:名|多|大|高|位|个)?的?(?:呢|是谁|是哪一?[个项家类]|是多少)?")
_IT = re.compile(r"^(?:它|其|[这那]一?[个项类家](?!目支|目经)|第一名|最多的(?:那个)?|最少的(?:那个)?|该(?:部门|单位|项))(?:的)?(?=.)")
_OF_IT = re.compile(r"^(?:占|比上年|比去年|为什么|是多少|多少|为啥|比例|占比)")
_THAT_YEAR = re.compile(r"^(?:为什么)?(?:那|这)一?年")
_DIGITS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


def over_years(words: str, talk: Talk) -> str | Unclear | None:
    """哪年最多, 三年合计, 平均每年: over the years of the conversation's publisher."""
    about = talk.about
    if len(about.named.publishers) != 1:
        return None
    if said := _WHICH_YEAR.fullmatch(words):
        return _best_year(said, talk)
    if said := _YEARS_IN_ALL.fullmatch(words):
        return _in_all(said["n"], "一共多少？", Ask.SUM, talk)
    if (said := _YEARLY.fullmatch(words)) and "年" in words:
        return _in_all(said["n"], "平均每年多少？", Ask.AVERAGE, talk)
    return None


def _best_year(said: re.Match[str], talk: Talk) -> str | Unclear:
    asked = talk.understood(said["item"]) if said["item"] else talk.about
    items = asked.items or talk.about.items
    about = replace(talk.about, items=items, said=(asked.said or talk.about.said) if items == asked.items else talk.about.said)
    years = _meant_years(said["n"], talk)
    if isinstance(years, Unclear):
        return years
    best = "少" if said["turn"] in "少低小" else "多"
    start = who(about) + "、".join(f"{year}年" for year in years)
    texts = [f"{start}{item}{kind}哪年最{best}？" for item in items_of(about) for kind in dict.fromkeys((str(about.kind or ""), ""))]
    return _first_said(texts, replace(about, years=tuple(years), everyone=False), talk) or Unclear("不清楚要比较哪几年的哪一项，请写明部门和项目。")


def _meant_years(count: str, talk: Talk) -> tuple[int, ...] | Unclear:
    """The years that the last questions named, or all of the publisher's; as many as are said."""
    named = tuple(sorted({year for figure in talk.thread.last.figures for year in figure.years}))
    own = talk.years_of(talk.about)
    wanted = _DIGITS.get(count, 0)
    if wanted == 2 and talk.about.ask in (Ask.CHANGE, Ask.GROWTH) and len(talk.about.years) == 1:
        return (talk.about.years[0] - 1, talk.about.years[0])
    recent = _recent_years(talk)
    years = next((years for years in (named if len(named) > 1 else (), recent if wanted else (), own) if len(years) > 1 and wanted in (0, len(years))), ())
    return years or Unclear(f"报告库中{who(talk.about)}的报告有{'、'.join(f'{year}年' for year in own)}的，请写明要看哪几年。")


def _recent_years(talk: Talk) -> tuple[int, ...]:
    """Years of the same item asked for one after the other."""
    years: list[int] = []
    for turn in reversed(talk.thread.turns):
        if not turn.one or turn.figures[0].items != talk.about.items or turn.about.named.publishers != talk.about.named.publishers:
            break
        years.extend(turn.figures[0].years)
    return tuple(sorted(set(years)))


def _in_all(count: str, tail: str, ask: Ask, talk: Talk) -> str | Unclear:
    years = _meant_years(count, talk)
    if isinstance(years, Unclear):
        return years
    meant = replace(talk.about, years=years, ask=ask, whole="", counters=(), falling=0)
    texts = [f"{who_when(meant)}{item}{kind}{tail}" for item in items_of(meant) for kind in dict.fromkeys((str(meant.kind or ""), ""))]
    return _first_said(texts, meant, talk) or Unclear("不清楚要算哪几年的哪一项，请写明年度和项目。")


def _first_said(texts: Sequence[str], meant: Question, talk: Talk) -> str:
    """The first text that asks about just these years and items of the publisher."""
    for text in texts:
        asked = talk.understood(text)
        if asked.named.publishers == meant.named.publishers and asked.years == meant.years and asked.items == meant.items and asked.ask not in (Ask.LOOKUP, Ask.COUNT):
            return text
    return ""


def of_order(words: str, talk: Talk) -> str | Unclear | None:
    """最少的呢, 第二名呢 after a question for the most."""
    end, place = _OTHER_END.fullmatch(words), _PLACE.fullmatch(words)
    ordered = _back_to_order(talk) if end or place else None
    if ordered is None:
        return None
    return _other_end("少" if end["turn"] in "少低小" else "多", ordered) if end else _placed(place["n"], ordered) if place else None


def _back_to_order(talk: Talk) -> Talk | None:
    """The conversation as it was at its last question for an order, a few questions ago at most, of the same publisher."""
    turns = talk.thread.turns
    for back in range(len(turns), max(len(turns) - 4, 0), -1):
        turn = turns[back - 1]
        if turn.about.ask in RANKED or turn.about.everyone or turn.compound and turn.compound.form in (Form.MOST, Form.LEAST):
            return replace(talk, thread=Thread(turns[:back]))
        if turn.about.named.publishers != talk.about.named.publishers:
            return None
    return None


def _other_end(turn: str, talk: Talk) -> str | Unclear:
    last, about = talk.thread.last, talk.about
    if len(last.figures) > 1 and (last.compound or len(about.named.publishers) > 1):
        names = tuple(map(talk.name, last.figures))
        marks = "、".join(f"「{name}」" for name in names[:-1])
        return f"{marks}与「{names[-1]}」哪个{turn}？" if all(names) else Unclear("不清楚要比较哪几个数，请写明。")
    ask = Ask.LEAST if turn == "少" else Ask.MOST
    if about.everyone:
        return talk.whole(replace(about, ask=ask)) or Unclear("不清楚要比较的是哪一项，请写明年度和项目。")
    text = re.sub(r"(?:最|第[二三四五])[多高大少低小]|排第[二三四五]", f"最{turn}", last.text)
    asked = talk.understood(text)
    same = asked.items == _unplaced(about.items) or not asked.items and all(map(TOTAL.fullmatch, _unplaced(about.items)))
    return text if same and asked.ask in (ask, Ask.COMPARE) else Unclear("不清楚要比较的是哪几项，请写明。")


def _unplaced(items: tuple[str, ...]) -> tuple[str, ...]:
    """支出 of 支出第二."""
    return tuple(item for one in items if (item := re.sub(r"排?第[二三四五]$", "", one)))


def _placed(place: str, talk: Talk) -> str | Unclear:
    """第二名: of one report's order, or of all publishers' from the largest down; of a few figures no places are told."""
    about = talk.about
    if talk.thread.last.compound or len(about.named.publishers) > 1 or about.everyone and about.ask is Ask.LEAST:
        return Unclear("还不会回答几个数之间的第几名，请直接问要看的部门。")
    if about.everyone:
        texts = [f"{who_when(about)}{item}{about.kind or ''}排第{place}的是哪个部门？" for item in items_of(about)]
    else:
        texts = [re.sub(r"第[二三四五]", f"第{place}", talk.thread.last.text, count=1), re.sub(r"最([多高大少低小])的?", rf"第{place}\1的", talk.thread.last.text, count=1), re.sub(r"最[多高大]的?(?:是什么|项目)?", f"排第{place}的是哪一类", talk.thread.last.text, count=1)]
    return next((text for text in texts if _is_placed(text, place, talk)), None) or Unclear(f"不清楚要排的是什么，请写明，例如：支出排第{place}的是哪一类？")


def _is_placed(text: str, place: str, talk: Talk) -> bool:
    """Whether the words get just that place."""
    found = talk.answering(text) if f"第{place}" in text else None
    return isinstance(found, Finding) and f"排第{place}" in found.sentences[0].text and (not talk.about.everyone or talk.understood(text).items == talk.about.items)


def of_first(words: str, talk: Talk) -> tuple[str, Question] | Unclear | None:
    """它占多少, 那年是多少: the words that are left, and what they are said of, where the last question asked for an order."""
    last = talk.thread.last
    ranked = talk.about.ask in RANKED or last.compound and last.compound.form in (Form.MOST, Form.LEAST)
    if not ranked or not (_IT.search(words) or _OF_IT.search(words) or _THAT_YEAR.search(words)):
        return None
    first = talk.first()
    if first is None:
        return Unclear("不清楚指的是哪一个，请写明部门、年度和项目。")
    left = re.sub(r"^(为什么)?(?:那|这)一?年的?", r"\1", _IT.sub("", words))
    return left, first
