"""A question and a finding → whether the finding bears the words that tell what is asked from what stands beside it.

What an undertaking costs in all is not what a year sets aside for it, nor what small and tiny firms were given all that was bought.
"""

import re
from collections.abc import Iterable

from corpus.fact import Fact, Measure, Origin
from qa.asks import Ask
from qa.desk import Desk
from qa.finding import Finding, Missing, Place
from qa.lead import lead_of
from qa.wording import bigrams, comparable, telling_words

_TELLING = (
    re.compile(r"总投资|总造价|工程造价|造价|概算|估算"), re.compile(r"监狱|残疾人福利"), re.compile(r"中标|成交"), re.compile(r"欠款|拖欠|欠付|尾款"),
    re.compile(r"利息|罚款|违约金|滞纳金"),
)  # fmt: skip
"""Words of one meaning; a row or sentence that lacks them speaks of something else."""
_STILL = re.compile(r"还(?:需要?|差|缺|得|要)(?:再)?(?:投入|投|花|安排|拨付?|补)?(?:多少|几)|尚需|缺口")
_LEFT = re.compile(r"尚需|缺口|剩余|结转|结余|还需|未支付|未拨付")
_ADDED = re.compile(r"(?<![增参附追更叠外施添])加上?(?!起来|在一|总|班|油|强|大|快|装|固|工|密|急|值|梯|入|气|薪|盖|热|计|以|之)(?=[一-龥]{2})")
_LEFT_OUT = re.compile(r"(?:不含|不包括|不算|除开|扣除)([一-龥]{2,4})")
_JOINED = re.compile(r"及|和|与|、")
_DOING = re.compile(r"新建|改建|扩建|建设|运行维护|运维|维修|修缮|养护|检测|购置|采购|租赁|培训|宣传|监测|评估|拆除|搬迁")
"""What is done to a thing: 信息系统建设 is not its 运行维护."""


def told_apart(desk: Desk, result: Finding | Missing) -> bool:
    """A refusal bears anything."""
    if isinstance(result, Missing) or desk.question.ask in (Ask.WHY, Ask.DEFINE, Ask.TEXT, Ask.LIST):
        return True
    text = desk.question.text
    places = [place for sentence in result.sentences for group in sentence.places for place in group]
    said = "".join(map(_words, places))
    if any(word.search(text) and not word.search(said) for word in _TELLING) or _STILL.search(text) and not result.calculations and not _LEFT.search(said):
        return False
    if _ADDED.search(text) and re.search(r"多少|几|一共|合计", text) and not result.calculations and len(result.answered) < 2:
        return False
    if any(word in said for word in _LEFT_OUT.findall(comparable(text))) and not result.calculations:
        return False
    if desk.question.ask is Ask.SHARE and re.search(r"里|中(?!小)|内", text) and _of_a_fellow(places):
        return False
    if any(word.search(text) and not any(word.search(_own_words(place)) for place in places) for word in (*_FUNDS, _SMALL) if places):
        return False
    if any(isinstance(place, Fact) and _of_part_of(desk, place) for place in places):
        return False
    if any(group and all(isinstance(place, Fact) and _of_a_project(desk, place) for place in group) for sentence in result.sentences for group in sentence.places):
        return False
    return not any(_half_named(desk, group) for sentence in result.sentences for group in sentence.places)


_SMALL = re.compile(r"小微|(?:小型|微型)(?=企业|和微型|、微型)")
"""授予中小企业…占80.58%，其中：授予小微企业…: the sentence speaks of both, its figure of one."""
_FUNDS = (re.compile(r"政府性?基金|基金预算"), re.compile(r"国有资本"))
"""上年结转384.26万元, told beside 政府性基金预算拨款收入, is not the funds' own."""


def _own_words(place: Place) -> str:
    """A cell's names and title; of a sentence what leads to the figure, its heading and, with no figure of its own, all of it."""
    if not isinstance(place, Fact):
        return place.text
    return "".join((place.table, place.form, *place.item, *place.column, lead_of(place) if place.origin is Origin.PROSE else ""))


def _of_a_project(desk: Desk, fact: Fact) -> bool:
    """上年结转资金 of one project's form is none of the department's: the question must name the project, or what the form says of it alone."""
    if fact.origin is Origin.PROSE:
        return _of_a_project_told(desk, fact)
    form = re.search(r"绩效|自评", fact.table) and fact.measure is Measure.AMOUNT and len(fact.item) > 1
    asked = comparable(desk.question.text)
    if form and comparable(fact.item[0]) in {comparable(name) for d in desk.scope.disclosures for name in (d.publisher, *d.aliases)}:
        return False  # the form of the whole department names no project
    return bool(form) and not any(word in asked for name in fact.item[:-1] for word in telling_words(name))


_PROJECT = re.compile(r"^\s*(?:\d+\s*[.．、]|[（(]\d+[)）])?\s*[“\"]?(?P<name>[^，。；：:]{2,30}?)[”\"]?项目")


def _of_a_project_told(desk: Desk, fact: Fact) -> bool:
    """1.城区公园养护项目绩效自评综述：项目全年预算数为…: what is called 项目 alone is that of the project before it, which the question must name."""
    named = _PROJECT.match(fact.text) if fact.item and fact.item[0] == "项目" else None
    asked = comparable(desk.question.text)
    return named is not None and not any(word in asked for word in telling_words(named["name"]))


_AMONG = re.compile(r"[^，。；]{2,}(?:中|里|当中|之中)[，,]\s*(?P<part>[^，。；]+)$")


def _of_part_of(desk: Desk, fact: Fact) -> bool:
    """下属二级预算单位中，参照公务员法管理的事业单位1个: how many there are of a part, where all are asked for."""
    if fact.origin is not Origin.PROSE or fact.measure is not Measure.COUNT or not desk.question.items or fact.amount is None:
        return False
    among = _AMONG.search(re.split(rf"(?<![\d.]){re.escape(format(fact.amount.number, 'f'))}(?![\d.])", fact.text)[0])
    words = telling_words(among["part"]) if among else []
    return bool(words) and not any(word in desk.phrase for word in words)


def _of_a_fellow(places: Iterable[Place]) -> bool:
    """中小企业采购里货物占多少: what both stand under is known, the one is no part of the other."""
    told = [place for place in places if isinstance(place, Fact) and place.origin is Origin.PROSE and len(place.item) > 1]
    return len(told) > 1 and told[0].item[0] == told[-1].item[0] and told[-1].item != told[0].item[: len(told[-1].item)]


def _half_named(desk: Desk, group: Iterable[Place]) -> bool:
    """办公楼物业及维修 is more than the 维修 asked for, 信息系统运行维护 another thing than its 建设: of rows of a report's own tables, in whose names nothing is a form of words."""
    if desk.question.ask in (Ask.MOST, Ask.LEAST) and len(desk.question.items) < 2:
        return False  # rows that no word of the question names
    asked = comparable("".join(desk.question.items) + desk.question.whole)
    rows = [place for place in group if isinstance(place, Fact)]
    own = [fact for fact in rows if fact.item and fact.origin is not Origin.PROSE and not fact.form and not fact.account]
    return bool(own) and len(own) == len(rows) and all(_leaves_half(asked, fact) or _does_other(asked, fact) for fact in own)


def _leaves_half(asked: str, fact: Fact) -> bool:
    sides = _JOINED.split(re.sub(r"[（(].*?[)）]|^[一二三四五六七八九十\d]+、", "", fact.item[-1].strip()))  # 三、…债务发行额 is numbered, not two things
    if len(sides) != 2 or comparable(fact.item[-1]) in asked:
        return False
    held = [any(word in asked for word in telling_words(side)) or bool(bigrams(side) & bigrams(asked)) for side in sides]
    own = [telling_words(side)[-1:] for side in sides]
    return held.count(True) == 1 or any(word and word[0] not in asked and not bigrams(word[0]) & bigrams(asked) for word in own) and all(own)


def _does_other(asked: str, fact: Fact) -> bool:
    said, name = set(_DOING.findall(asked)), set(_DOING.findall(comparable(fact.item[-1])))
    return bool(said and name) and not said & name


def _words(place: Place) -> str:
    named = (place.table, *place.item, *place.column) if isinstance(place, Fact) else ()
    return re.sub(r"\s", "", "".join((place.text, *named)))
