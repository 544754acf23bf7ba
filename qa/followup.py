"""A follow-up (那2024年呢？其中项目支出？加起来多少？) and the conversation before it → one whole question in plain words, or a question in return.

The whole question is then answered as if it had been asked alone; nothing else of the conversation has a say in the answer. Rules:
a part of the question that is left out is the last one's; 其中, 它, 占 speak of the last item, 呢 with an item takes its place (`part_of`);
years are counted from the one talked about (`relative_year`); what is asked is carried over by a bare 呢 alone. What no rule makes sure is asked back.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Disclosure, Kind
from corpus.fact import Basis
from qa.asks import Ask
from qa.compound import Answering, Compound, Form, compound_in, question_of
from qa.finding import Finding
from qa.in_full import items_of, who_when
from qa.part_of import COLUMN, FRAME, TOTAL, part_in
from qa.publisher import Named
from qa.question import MONEY_NOUN, Question, bare
from qa.ranking import of_first, of_order, over_years
from qa.relative_year import THIS_YEAR, without_relative, years_said
from qa.smalltalk import WORD_BACK, is_smalltalk
from qa.talk import Talk
from qa.thread import Thread, Turn, thread_of
from qa.together import Unclear, together, with_another
from qa.versus import versus

_LEAD = re.compile(
    r"^(?:(?:嗯+|哦+|噢|啊|哈+|好的?(?=[，,吧])|行(?=[，,吧])|对了|谢谢你?|那么?(?![一]?年|[个些家项类]|几)|那就|再(?![减加往扣前]|[多少])|顺便|另外|然后|接着|还有(?!多少|几|没)|请(?=问|[查看帮告])|问一下|麻烦|我?(?:还)?想(?:再)?(?:问|知道|看|查|了解)(?:问|看|查)?(?:一下|下)?|请?问(?:一下|下)?(?=[一-龥\d])"
    r"|帮我?(?:再)?(?:查|看|算|问)(?:一下|下)?|(?:再)?(?:查|看|问|算|说|讲)(?:一下|下|一?查|一?看)|给我看?看?|看看|来看|吧|呢)[，,、。\s]*)+"
)
_END = re.compile(r"[\s？?！!。.…~，,]+$")
_ALSO = re.compile(r"也?(?:再|给我|帮我)?(?:看|查|说|算|问|列|讲)(?:一下|下|看|一看)$|(?<=.{2})也(?=呢?$)")
_CORRECTED = (
    re.compile(r"^(?:不对|错了|不)?[，,\s]*(?:我(?:想)?(?:说|问|指|要)的)?不(?:是|要|看)(?P<no>[^，,]+)[，,\s]*(?:而|我)?(?:是|要|看|(?:说|问|指)的是)(?P<yes>.+)$"),
    re.compile(r"^(?:不对|不是|不不?|错了|搞错了?|说错了?|弄错了?|问错了?)[，,\s]+(?:应该)?(?:我(?:想)?(?:说|问|指|要)的?(?:是)?|应该是|应该|是|换成)?(?P<yes>.+)$"),
    re.compile(r"^(?:我(?:想)?(?:说|问|指|要)的?是|应该是|换成|改成|改为|换回|改回|换到|换做|换为|换(?!算|句)(?=[一-龥\d]{2})|改(?=[一-龥\d]{2})|如果(?:是|换成|改成|按|看)?|要是(?:换成|改成|看)?|假如(?:是)?|若是?|同样的?问题[，,]?(?:再)?(?:问|查|看)?(?:一下|下)?|一样的问题[，,]?(?:问|查|看)?(?:一下|下)?)(?P<yes>.+)$"),
    re.compile(r"^按(?P<yes>(?:年初|全年|调整)?(?:预算|决算))(?:数)?(?:来)?(?:算|看|说)?$"),
)  # fmt: skip
_ABOUT_IT = re.compile(r"主要|具体|根本|那边|这边|那里|这里|用途|用处|内容|主要内容|去向|来源|依据|说明|它|这个|那个|这项|那项|具体|明细|金额|数额|(?:主要|都|具体)?(?:是|被)?(?:用于|用在|用来|用到|花在|拿来)(?:干|做|哪|哪里|哪些)?|用")
_THESE = re.compile(r"的?[这那](?:[两二三四五六]|几)(?:项|个|笔|样)(?:费用|支出|经费|数字?)?(?=[呢的]|$)")
_IS_THERE = re.compile(r"^(?:有没有|有无)(?P<item>[^多少几比]{2,})$")
_BUYS = re.compile(r"(?:打算|准备|计划|要|想|拟)?(?:买|购|购置|采购|添置)(?:了|过)?(?:几|多少)[辆台]")
_COUNTED = re.compile(r"^(批次|人次)(?:数)?(?:是多少|多少)?$")
_SPENT_THEN = re.compile(r"^((?:19|20)\d{2}年度?)(?:实际)?执行了?(?:多少|几)(?:钱|万元)?$")
_DONE = re.compile(r"^(?:完成|执行)了?多少$")
_REPUT = (Ask.LOOKUP, Ask.SHARE, Ask.CHANGE, Ask.GROWTH, Ask.COMPLETION, Ask.REMAINING, Ask.WHY)
_HOW_MUCH = re.compile(r"(?:一共|总共|大概|到底|现在|又)?(?:是|有|为|花了?|用了?|安排了?)?(?:多少|几)(?:钱|万元|元)?$")
_OWN = re.compile(r"多少|几|吗|是不是|有没有|是否|对不对")
_LEANS = re.compile(r"它|其中|这[个项年家]|那[个项年家]|前者|后者")
_WHOSE = re.compile(r"谁(?:家)?的?(?P<item>.*?)(?P<turn>最[多高大少低小])|(?P<all>最[多高大少低小])的?是(?:谁|哪家|哪一?个(?:部门|单位))")
_CARRIED = (Ask.CHANGE, Ask.GROWTH, Ask.SHARE, Ask.COMPLETION, Ask.REMAINING, Ask.DEFINE, Ask.TREND)
_OVER_LAST_YEAR = "报告说明的是与上年相比的原因。要问哪个部门、哪一年、哪一项为什么增减，请写明。"
_UNSURE = "不清楚要问的是什么，请写一个完整的问题，写明部门、年度和项目。"


def followed(text: str, history: Sequence[str], shelf: Sequence[Disclosure], answering: Answering) -> str | Unclear:
    """The whole question; what is asked back where there is none that is sure."""
    if is_smalltalk(text) and text.strip("？?！!。 "):
        return Unclear(WORD_BACK)
    text = _said_whole(text)
    thread = thread_of(history, shelf)
    if thread is None or compound_in(text):
        return _unmeant(text) if thread is None else text
    talk = Talk(thread, shelf, answering)
    return _whole(text, talk)


def _unmeant(text: str) -> str:
    """不对，我问的是甲局的水费, 我想知道甲局的水费, with nothing said before."""
    asked = _WANTS.sub("", text)
    return next((said["yes"] for pattern in _CORRECTED[:2] if (said := pattern.match(asked.strip()))), asked)


_WANTS = re.compile(r"^(?:我想(?:要)?(?:知道|了解|问|查)(?:一下|下)?|请?(?:帮我)?查询(?:一下|下)?)[，,：:\s]*(?=[一-龥\d]{2})")


_ITS_YEAR = re.compile(r"^(?P<before>.*?)(?P<year>(?:19|20)\d{2})年度?的?(?P<item>[^，？比较同与和跟\d]*?)(?P<back>上一?年度?|去年|前一年|前年)的?(?P<asks>(?:数)?(?:是|为|有|花了?|用了?)?(?:多少|几).*)$")
_WHO_MOST = re.compile(r"谁(?:家)?的(?P<item>[^，？]{2,}?)(?P<turn>最[多高大少低小])")


def _said_whole(text: str) -> str:
    """2025年三公经费上年是多少 asks for 2024年; 谁的三公经费最高 asks which publisher's is."""
    if (said := _ITS_YEAR.match(text.strip())) and len(re.findall(r"(?:19|20)\d{2}", text)) == 1:
        year = int(said["year"]) - (2 if said["back"] == "前年" else 1)
        text = f"{said['before']}{year}年{said['item']}{said['asks']}"
    return _WHO_MOST.sub(r"哪个部门的\g<item>\g<turn>", text)


def _whole(text: str, talk: Talk) -> str | Unclear:
    words = _plain(text)
    yes = next((said["yes"] for pattern in _CORRECTED if (said := pattern.match(words))), None)
    if yes is not None:
        return _meant(_plain(yes).removesuffix("的话"), talk, keeps=True)
    if together_first := _ADDED.match(_ended(words)):
        return _of_added(together_first["asks"], talk)
    asked = talk.understood(text)
    if _stands_alone(words, asked):
        return text
    if re.search(r"占?比[例重]?(?:相?差|之差)", words):
        return Unclear(_UNSURE)
    if _PERCENT.fullmatch(_ended(words)):
        words = "增长百分之多少" if talk.about.ask is Ask.CHANGE else "占多少" if talk.about.ask is Ask.SHARE else ""
        if not words:
            return Unclear(_UNSURE)
    return _referring(_ended(words), talk) or _meant(words, talk)


_BARE_SHARE = re.compile(r"占(?:了|到)?(?:多少|几成|百分之几|百分之多少|多大比例|比例?(?:是?多少)?)")
_PERCENT = re.compile(r"(?:是|占)?(?:百分之(?:几|多少)|几成|几个?百分点)")
_ADDED = re.compile(r"^(?:[这那]?[两三四五]?(?:个|项|者|类|家|笔)?)?(?:[加合]起来|[加合]在一起|合计|一共|总共|之和)(?P<asks>占.+)$")


def _of_added(asks: str, talk: Talk) -> str | Unclear:
    """加起来占总支出多少: the sum first, then its share."""
    added = _together("加起来", talk)
    if not isinstance(added, str) or (compound := compound_in(added)) is None:
        return added if isinstance(added, Unclear) else Unclear(_UNSURE)
    figures = tuple(talk.understood(question_of(part)) for part in compound.parts)
    said = replace(talk, thread=Thread((*talk.thread.turns, Turn(added, figures[-1], figures, compound))))
    return _meant(asks, said)


def _plain(text: str) -> str:
    words = re.sub(r"呢(?=[，,])", "", _END.sub("", text.strip()))
    words = re.sub(r"\s+", "", _ALSO.sub("", _LEAD.sub("", words)))
    for pattern, plainly in _PUT_PLAINLY:
        words = pattern.sub(plainly, words)
    return words


_PUT_PLAINLY = (
    (re.compile(r"(?<=[一-龥])(?:是|等于|有|为)?[\d.,]+(?:万|亿)元?[，,]?(?:是?对吗|对不对|是不是|对吧|吗|吧|么)$"), ""),
    (re.compile(r"^(?:是|到底)?(?:增加|上升|多|涨|增)了?(?:还是|或)(?:减少|下降|少|降|减)了?$"), "增加多少"),
    (re.compile(r"^(?:增减|变化|变动|涨|增长)?(?:幅度)(?:是|有)?(?:多大|多少)?$"), "增长百分之多少"),
    (re.compile(r"^(?:同比|[与和跟]?(?:上年|去年)相?比)的?(?:变化|增减|变动)(?:情况)?(?:怎么样|如何|是?多少|呢)?$"), "比上年增加多少"),
    (re.compile(r"^(为什么|为啥|怎么)(?:会)?(?:有)?[这那]么[多少高低大小]$"), "为什么"),
)
"""是11.49万吗, 多了还是少了, 为什么这么多, as they are asked for elsewhere."""


def _ended(words: str) -> str:
    """Without the 呢 at its end."""
    return re.sub(r"(?:主要|具体)?(?:是)?因为(?:什么|啥)$", "为什么", re.sub(r"(?:[呢啊呀吧嘛]|的话)+$", "", words))


def _stands_alone(words: str, asked: Question) -> bool:
    """Nothing is left out: publisher, year and item are said, or it asks for reports or persons."""
    if asked.ask is Ask.LIST or asked.ask is Ask.PERSONAL and not _WHOSE.search(words):
        return True
    whole = bool(asked.named.publishers) and bool(asked.years or asked.recent) and bool(asked.items or asked.counters)
    return whole and not _LEANS.search(words) and not re.match(r"比|和.+比|再|加上", words)


def _referring(words: str, talk: Talk) -> str | Unclear | None:
    """What speaks of earlier figures or answers as such."""
    if (whose := _of_all(words, talk)) is not None:
        return whose
    for way in (_what_for, of_order, over_years, _together, versus):
        if (whole := way(words, talk)) is not None:
            return whole
    if (first := of_first(words, talk)) is not None:
        if isinstance(first, Unclear):
            return first
        left, about = first
        if _BARE_SHARE.fullmatch(left) and _of_everything(talk.about) and not talk.thread.last.compound and not talk.about.everyone:
            left = f"占总{'收入' if '收入' in talk.thread.last.text else '支出'}多少"  # of what was ranked
        said = Thread((*talk.thread.turns, Turn("", about, (about,))))
        return _meant(left, replace(talk, thread=said)) if left else talk.whole(about) or Unclear(_UNSURE)
    return None


_WHAT_FOR = re.compile(
    r"(?:(?:它|其|这项|这笔钱|这些钱|钱|该项目?|这个项目?)的?)?(?:主要|具体|都|是|被|拿)*(?:用途|(?:用|花)(?:于|在|来|到|作)(?:了)?(?:干|做)?(?:什么|啥|哪里|哪儿|哪些|哪)(?:地方|方面|事|项目)?|(?:干|做)(?:什么|啥)用?)(?:是什么|有哪些|的|了|上)*"
)


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


_ALSO_ADDED = re.compile(r"(?:把)?(?P<other>[^，？]{2,}?)的?也?(?:算上|算进去|算进来|加上去|加进去|加进来)")
_WITH = re.compile(r"(?:和|跟|与|同|连同|加上)(?P<other>[^，？]{2,}?)(?:一共|总共|合计|加起来|加在一起|共计)(?:是|有|花了?)?(?:多少)?(?:钱|万元)?")


def _and_another(words: str, talk: Talk) -> str | Unclear:
    """和甲局一共多少: what the conversation is about, and one more."""
    other, last = _figure(words, talk), talk.thread.last
    about = replace(last.figures[0] if last.figures else talk.about, ask=Ask.LOOKUP, whole="", falling=0)
    names = last.compound.parts if last.compound and last.compound.form is Form.CHAIN else (talk.name(about),)
    name = talk.name(other) if isinstance(other, Question) else ""
    whole = bool(name) and all(names) and name not in names and not (last.compound and last.compound.less)
    return Compound(Form.CHAIN, (*names, name)).text if whole else Unclear(_UNSURE)


def _figure(words: str, talk: Talk) -> Question | Unclear | None:
    """The single figure that 加上… names: what it leaves out is the last one's."""
    asked = _told(_plain(_ended(words)).removesuffix("的"), talk)
    merged = _merged(asked, talk.about, True, talk)
    return replace(merged, ask=Ask.LOOKUP if merged.ask is not Ask.COUNT else Ask.COUNT, whole="", falling=0, everyone=False) if _says_something(asked) else None


def _of_all(words: str, talk: Talk) -> str | Unclear | None:
    """谁的三公经费最高, 最多的是谁: over all publishers of the year talked about."""
    said = _WHOSE.fullmatch(words)
    if said is None or said["item"] is None and len(talk.thread.last.figures) > 1 and talk.thread.last.compound:
        return None
    spoken = {turn.about.named.publishers for turn in talk.thread.turns}
    if said["item"] == "" and not talk.about.everyone and len(spoken) > 1 and (among := together(words, talk.thread, talk.name)):
        return among
    asked = talk.understood(said["item"] or "")
    items = asked.items or talk.about.items
    ask = Ask.LEAST if (said["turn"] or said["all"])[-1] in "少低小" else Ask.MOST
    meant = replace(talk.about, named=Named((), ()), items=items, said=asked.said or talk.about.said, ask=ask, everyone=True, years=asked.years or talk.about.years[:1], whole="", counters=(), falling=0)
    return talk.whole(meant) or Unclear(_UNSURE)


def _says_something(asked: Question) -> bool:
    return bool(asked.named.publishers or asked.named.unknown or asked.named.ambiguous or asked.years or asked.kind or asked.items or asked.basis is not Basis.NONE)


def _told(words: str, talk: Talk) -> Question:
    """A follow-up's words understood, an organisation that the shelf does not have told from an item."""
    asked = talk.understood(words)
    name = asked.named.unknown
    if not name or asked.named.publishers:
        return asked
    behind = words.split(name, 1)[-1]
    plain = re.match(r"的|呢|$|[，,]|\d|今年|去年|上年|前年", behind) or not name.endswith(("镇", "乡")) and not re.match(r"[及和与等（(]", behind)
    if not plain or name.startswith(("占", "比", "其中")) or not words.startswith((name, f"区{name}", f"市{name}")):
        return replace(asked, named=Named((), ()))
    rest = talk.understood(behind.removeprefix("的"))
    return replace(rest, named=asked.named, text=words)


def _meant(words: str, talk: Talk, keeps: bool = False) -> str | Unclear:
    """What is left out filled in. `keeps`: a correction, which keeps what was asked."""
    if THIS_YEAR.search(words) and not re.search(r"[比较同与和跟]今年", words) and (unsure := _this_year(words, talk, keeps)):
        return unsure
    framed = bool(FRAME.match(words))
    inner = FRAME.sub("", words)
    years = years_said(inner, talk.about.years)
    years = years or (talk.about.years[:1] if THIS_YEAR.search(inner) and not re.search(r"[比较同与和跟]今年", inner) else ())
    inner = without_relative(inner) if years or THIS_YEAR.search(inner) else inner
    inner = re.sub(r"^(?:它(?!们)|其(?![他它余])|该项|[这那]一?[个项](?!目支|目经))的?(?=.)", "", re.sub(r"^(?:它|其)(?=占|比)", "", inner))
    inner = _THESE.sub("", inner) if len(talk.thread.last.figures) > 1 else inner
    inner = said["item"] if (said := _IS_THERE.match(_ended(inner))) else _BUYS.sub("购置车辆多少辆", inner) if not talk.understood(_BUYS.sub("", inner)).items else inner
    inner = _COUNTED.sub(r"有多少\1", _DONE.sub("完成率是多少", _SPENT_THEN.sub(r"\1执行数是多少", _ended(inner))))
    asked = _told(_ended(inner).removesuffix("的") if _ended(inner).endswith("的") else _ended(inner), talk)
    asked = replace(asked, years=asked.years or years)
    if not (_says_something(asked) or asked.ask is not Ask.LOOKUP or asked.everyone or asked.counters or _OWN.search(inner)):
        return Unclear(_UNSURE)
    if asked.ask in (Ask.MOST, Ask.LEAST) and not asked.items and not asked.everyone and not (framed and not talk.about.items or _of_everything(talk.about) and (_one_publisher(talk) or re.search("[类款项]", inner))):
        return _most_of(asked, _ended(inner), talk) if framed else Unclear(_UNSURE)
    named, asked = asked.items, part_in(talk, _ended(inner), asked, framed)
    if asked.items and all(_ABOUT_IT.fullmatch(item) for item in asked.items):
        asked = replace(asked, items=(), said=())
    plain = asked.ask is Ask.LOOKUP and not _OWN.search(inner) and not asked.counters
    rest = _HOW_MUCH.sub("", _ended(inner))
    same = asked.ask is Ask.LOOKUP and not asked.counters and rest != _ended(inner) and talk.understood(rest).items == named
    worded = "" if same or asked.items != named and asked.ask in _REPUT and named else _ended(inner)
    if asked.ask is Ask.SHARE and not named and talk.thread.last.compound and (shared := _share_of_sum(asked, talk, talk.thread.last.compound)):
        return shared
    if asked.ask is Ask.LOOKUP and re.match(r"占(?!用|地)", _ended(inner)):
        return _meant(f"{_ended(words).removesuffix('吗')}多少", talk) if "多少" not in words else Unclear(_UNSURE)
    if re.match(r"各占|各自占|分别占", _ended(inner)) or asked.ask is Ask.AVERAGE and not (asked := _averaged(asked, talk.about)).items:
        return Unclear(_UNSURE)
    if asked.ask is Ask.WHY and not asked.falling and not asked.items and (turn := _turn(talk)):
        asked, worded = replace(asked, falling=turn), ""
    if asked.ask is Ask.WHY and not asked.items and len(talk.about.years) == 2 and talk.about.ask in (Ask.CHANGE, Ask.GROWTH):
        if max(talk.about.years) - min(talk.about.years) > 1:
            return Unclear(_OVER_LAST_YEAR)
        asked = replace(asked, years=(max(talk.about.years),))
    if asked.ask is Ask.WHY and talk.thread.last.compound and not asked.items and (why := _why_compared(talk, talk.thread.last.compound)):
        return why
    if re.match(r"^(?:和|跟|与|同)(?!级|期|比)", words):
        return Unclear(_UNSURE)
    if re.match(r"^(?:它|其|该(?:部门|单位|局))", words) and len(talk.about.named.publishers) > 1:
        return Unclear("不清楚“它”指哪一个部门，请写明。")
    return _written(asked, worded, plain, keeps, talk, framed)


def _of_everything(about: Question) -> bool:
    """Whether the conversation is about all the money: what is the most of it needs no item."""
    return not about.items or len(about.items) == 1 and bool(TOTAL.fullmatch(about.items[0]))


def _one_publisher(talk: Talk) -> bool:
    """Whether the conversation is about one publisher: 哪个最小 may ask which of several."""
    return len({turn.about.named.publishers for turn in talk.thread.turns[-3:]}) == 1


def _most_of(asked: Question, words: str, talk: Talk) -> str | Unclear:
    """其中最多的是哪项 after an item: of its parts."""
    meant = replace(_merged(asked, talk.about, False, talk), items=talk.about.items, said=talk.about.said)
    return talk.whole(meant, f"中{words}") or talk.whole(meant, words) or Unclear(_UNSURE)


def _turn(talk: Talk) -> int:
    """Whether what was asked last had risen or fallen: 主要原因 asks why it did."""
    found = talk.answering(talk.thread.last.text) if talk.about.ask in (Ask.CHANGE, Ask.GROWTH) else None
    text = found.sentences[0].text if isinstance(found, Finding) else ""
    said = re.search(r"(?P<up>增加|增长|上升)|减少|下降|降低", text) if "没有增减" not in text else None
    return 0 if said is None else 1 if said["up"] else -1


def _averaged(asked: Question, last: Question) -> Question:
    """每辆车多少钱 after a sum of money: what is shared is that money; nothing where neither names any."""
    for one in (asked, last):
        if one.items and MONEY_NOUN.search("".join(one.items)) or one is last and one.counters or one.ask is Ask.AVERAGE and one is last:
            return replace(asked, items=one.items, said=one.said)
    return replace(asked, items=(), said=())


def _share_of_sum(asked: Question, talk: Talk, compound: Compound) -> str | Unclear | None:
    """占总支出多少 after a sum: of the sum."""
    if compound.form is not Form.CHAIN:
        return None
    if compound.less or re.search(r"分别|各", asked.text):
        return Unclear(_UNSURE)
    whole = replace(talk.about, items=(asked.whole or "支出总计",), said=(asked.whole or "支出总计",))
    name = talk.name(whole)
    same = len({figure.named.publishers for figure in talk.thread.last.figures}) == len({figure.years for figure in talk.thread.last.figures}) == 1
    return replace(compound, form=Form.SHARE, parts=(*compound.parts, name)).text if name and same else Unclear(_UNSURE)


def _why_over_budget(talk: Talk, figure: Question) -> str | Unclear:
    """为什么少了 after a budget was held against its outturn."""
    figures = talk.thread.last.figures
    spent, planned = sorted(figures, key=lambda one: one.kind is not Kind.FINAL and one.basis is not Basis.EXECUTED)
    amounts = [one.amount.value for one in (talk.answered(talk.whole(spent)), talk.answered(talk.whole(planned))) if one]
    turn = "减少" if len(amounts) > 1 and amounts[0] < amounts[1] else "增加"
    text = f"{who_when(figure)}{next(iter(items_of(figure)), '')}决算比预算{turn}的原因是什么？"
    return text if talk.understood(text).items == figure.items else Unclear(_UNSURE)


def _why_compared(talk: Talk, compound: Compound) -> str | Unclear | None:
    """Reports give reasons for moves over last year; for what else was compared none is asked for."""
    one, other, *more = talk.thread.last.figures
    if not more and replace(one, kind=None, basis=Basis.NONE, text="") == replace(other, kind=None, basis=Basis.NONE, text=""):
        return _why_over_budget(talk, one)
    over_last_year = not more and replace(one, years=(), text="") == replace(other, years=(), text="") and one.years and other.years and one.years[0] - 1 == other.years[0]
    return None if over_last_year and compound.form in (Form.MORE, Form.GROWTH) else Unclear(_OVER_LAST_YEAR)


def _written(asked: Question, words: str, plain: bool, keeps: bool, talk: Talk, framed: bool = False) -> str | Unclear:
    if asked.named.ambiguous and not asked.named.publishers:
        return Unclear("这个简称对应不止一个部门，请选择：", tuple(filter(None, (_with_publisher(asked, name, talk) for name in asked.named.ambiguous))))
    if plain and talk.thread.last.compound and (again := _of_parts(asked, talk, talk.thread.last.compound)):
        return again
    meant = _merged(asked, talk.about, plain, talk, keeps, framed)
    if meant.ask is Ask.COUNT and asked.ask is Ask.LOOKUP and asked.items and not isinstance(talk.answering(talk.whole(meant)), Finding):
        meant = _merged(replace(asked, counters=()), replace(talk.about, ask=Ask.LOOKUP, counters=()), plain, talk, keeps, framed)
    if meant.ask in (Ask.CHANGE, Ask.GROWTH, Ask.TIMES) and len(talk.about.named.publishers) > 1 and plain and len(asked.named.publishers) == 1:
        return _against(meant, talk)
    if meant.ask is Ask.AVERAGE and not meant.items:
        return Unclear(_UNSURE)
    if meant.named.unknown and not meant.named.publishers:
        return f"{who_when(meant)}{next(iter(items_of(meant)), '')}{meant.kind or ''}是多少？"
    own = "" if plain or not words else words if asked.named.publishers else re.sub(r"^的", "", re.sub(r"\s+", "", bare(talk.understood(words))))
    return talk.whole(meant, own, talk.thread.last.text) or talk.whole(replace(meant, whole="") if meant.whole else meant, own) or Unclear(_UNSURE)


def _against(meant: Question, talk: Talk) -> Unclear:
    """建管委呢 after 甲局比乙局多多少: against which of the two is for the reader to say."""
    tail = "多多少？" if meant.ask is Ask.CHANGE else "多百分之几？" if meant.ask is Ask.GROWTH else ""
    when, item = "、".join(f"{year}年" for year in meant.years), next(iter(items_of(meant)), "")
    own = meant.named.publishers[0]
    choices = tuple(f"{one}{when}{item}{meant.kind or ''}比{own}{tail}" for one in talk.about.named.publishers if one != own)
    return Unclear("要和哪一个部门比？请选择或写明：" if tail else _UNSURE, choices if tail else ())


def _with_publisher(asked: Question, name: str, talk: Talk) -> str:
    return talk.whole(_merged(replace(asked, named=Named((name,), ())), talk.about, True, talk))


def _of_parts(asked: Question, talk: Talk, compound: Compound) -> str:
    """公务接待费呢 after a sum: the same sum of the other item, where all its parts were of one; '' where they were not."""
    figures = talk.thread.last.figures
    new = [_merged(asked, figure, True, talk) for figure in figures]
    constant = len({figure.items for figure in figures}) == 1 if asked.items else len({figure.years for figure in figures}) == 1 if asked.years else len({figure.named.publishers for figure in figures}) == 1
    names = tuple(map(talk.name, new))
    return replace(compound, parts=names).text if constant and all(names) and len(set(names)) == len(names) else ""


def _merged(asked: Question, last: Question, plain: bool, talk: Talk, keeps: bool = False, framed: bool = False) -> Question:
    """The follow-up with what it leaves out taken from the last question."""
    carried = keeps and asked.ask is Ask.LOOKUP or plain and not framed and _carries(asked, last)
    named = asked.named if asked.named.publishers or asked.named.unknown else replace(last.named, spans=()) if not asked.everyone else Named((), ())
    ask, over = (last.ask, last.everyone) if carried else (asked.ask, asked.everyone or last.everyone and not asked.items and asked.ask in (Ask.SUM, Ask.MOST, Ask.LEAST) and not asked.named.publishers)
    over = over and not asked.named.publishers
    years = asked.years or (() if asked.recent or ask is Ask.TREND and not carried else _years(asked, last, named, plain, talk))
    if carried and last.ask is Ask.SHARE and asked.items and len(last.items) == 1 and last.items[0].startswith(f"{last.whole} ") and asked.items != last.items:
        asked = _in_its_row(asked, last)
    whole = asked.whole or (last.whole if carried else "")
    basis = asked.basis if asked.basis is not Basis.NONE or asked.kind else last.basis if not asked.items or plain else Basis.NONE
    basis = Basis.NONE if ask in (Ask.COMPLETION, Ask.REMAINING) and asked.basis is Basis.NONE else basis
    kind = asked.kind or (None if ask in (Ask.COMPLETION, Ask.REMAINING, Ask.DEFINE, Ask.TEXT) or basis is not Basis.NONE or asked.ask is Ask.COUNT else last.kind)
    counters = asked.counters or (last.counters if carried or plain and not asked.items else ())
    if ask in (Ask.MOST, Ask.LEAST) and not carried and not asked.items:
        items, said = ((), ()) if not over else (last.items, last.said)
    else:
        items, said = (asked.items, asked.said) if asked.items else (last.items, last.said) if not (asked.counters and ask is Ask.COUNT) or asked.ask is not Ask.COUNT else (last.items, last.said)
    if carried and ask in (Ask.COMPARE, Ask.EACH, Ask.SUM) and asked.items and len(last.items) > 1:
        ask = Ask.LOOKUP
    if carried and asked.named.publishers and len(last.named.publishers) > 1 and ask in (Ask.COMPARE, Ask.SUM, Ask.EACH):
        ask = Ask.LOOKUP if len(asked.named.publishers) == 1 else ask
    return replace(
        asked, named=named, years=years, relative=1 if years else asked.relative, kind=kind, basis=basis, ask=ask, items=items, said=said, whole=whole,
        counters=counters, everyone=over, falling=last.falling if carried and not asked.falling else asked.falling,
    )  # fmt: skip


def _in_its_row(asked: Question, last: Question) -> Question:
    """图书馆呢 after the share of 群众文化's own 项目支出: of 图书馆's; 基本支出呢 is of the same row."""
    column = last.items[0].split(" ")[-1]
    if len(asked.items) != 1 or " " in asked.items[0] or not COLUMN.fullmatch(column):
        return asked
    item = f"{asked.items[0]} {column}"
    return replace(asked, items=(item,), said=(item,), whole=asked.items[0])


def _carries(asked: Question, last: Question) -> bool:
    """Whether 呢 with another year, publisher or item asks what was asked before."""
    if last.everyone or len(last.named.publishers) > 1:
        return not asked.named.publishers or not last.everyone
    if last.ask in _CARRIED:
        return bool(asked.items or asked.years or asked.named.publishers) or not asked.kind and asked.basis is Basis.NONE
    if last.ask is Ask.COUNT:
        return not asked.items or not MONEY_NOUN.search("".join(asked.items))
    if last.ask is Ask.WHY:
        return False
    if last.ask is Ask.AVERAGE:
        return not asked.items and not asked.kind and asked.basis is Basis.NONE
    return not asked.items


def _years(asked: Question, last: Question, named: Named, plain: bool, talk: Talk) -> tuple[int, ...]:
    """The years talked about; of another publisher that is asked for in whole words, only where it has a report of them."""
    if asked.everyone or plain or not asked.named.publishers or not asked.items and asked.ask is Ask.LOOKUP:
        return last.years
    own = talk.years_of(replace(asked, named=named, kind=None))
    return last.years if set(last.years) <= set(own) else ()


def _this_year(words: str, talk: Talk, keeps: bool) -> Unclear | None:
    """今年 may be the year talked about or the latest: asked back, where these are two."""
    own = talk.years_of(replace(talk.about, kind=None))
    said = {year for turn in talk.thread.turns for year in turn.about.years if turn.about.named.publishers == talk.about.named.publishers}
    years = dict.fromkeys((*talk.about.years[:1], *sorted({*said, *own[-1:]}, reverse=True)))
    if len(years) < 2:
        return None
    rest = THIS_YEAR.sub("", words)
    choices = [_meant(f"{year}年{rest}", talk, keeps) for year in years]
    return Unclear("“今年”指哪一年？请选择：", tuple(choice for choice in choices if isinstance(choice, str))[:4])
