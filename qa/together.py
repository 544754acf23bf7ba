"""加起来, 差多少, 哪个多, 前者是后者的几倍 → the whole question over the figures that the conversation asked for before.

Which figures are meant must be sure: as many as the words count, or all those in a row that differ in one thing alone
(their year, their publisher or their item). Else the reader is asked back.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.asks import Ask
from qa.compound import Compound, Form
from qa.part_of import TOTAL
from qa.question import Question
from qa.thread import Thread, Turn

Naming = Callable[[Question], str]
"""What a single figure is called in full; '' where no words are sure to."""


@dataclass(frozen=True)
class Unclear:
    """What cannot be told, for the reader."""

    reason: str
    choices: tuple[str, ...] = ()


UNSURE = Unclear("不清楚要问的是什么，请写一个完整的问题，写明部门、年度和项目。")
_DIGITS = {"两": 2, "二": 2, "俩": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_THEM = r"(?:把|将)?(?:这|那|上面|以上|前面|前|刚才|刚刚)?(?:提到|问到|说)?的?(?:(?:[它他]们?)?(?P<n>[两二俩三四五六])(?P<of>年|家|个?部门|个?单位|个?街道|个?局|项|个|者|笔|样|类)?(?:数字?|金额|费用|支出|经费)?|它们|他们|全部|所有)?(?:之?间|里面?|中)?的?"
_MUCH = r"(?:呢|了|是|有|为|花|用|得|的话|一共|总共|合计|共|多少|几|钱|万元|元|辆|批次|人次|人|数|额|吗|对吗)*"
_SUM = re.compile(rf"{_THEM}(?:都|全)?(?:[加合]起来|[加合]在一起|合在?一起|加总|合计|共计|总计|一共|总共|相加|之和|总和|的?和|一起|加一?块儿?|总数|总额)(?:是不是[\d.,]+[万亿]?元?)?{_MUCH}")
_APART = re.compile(rf"{_THEM}(?:相差|差额|差距|差值|差|之差){_MUCH}")
_MORE = re.compile(r"(?:还|又|那)?(?P<turn>多|少|高|低|大|小|贵|增加|减少|增长|上升|下降|涨|降)(?:了|出|出来)?(?:多少|几)(?:钱|万元?|个|辆)?")
_SAME = re.compile(r"(?:[这那]?[两二](?:个|项|者|年|家)(?:数)?)?(?:是不是|是否)?(?:一样|相同|相等|持平|一致)(?:吗|么|不|多)?")
_EXTREMES = re.compile(r"最[高多大].{0,3}最[低少小]|最[低少小].{0,3}最[高多大]|收支(?:之间)?(?:相?差|是否|平衡|一样)|(?:收入|支出)和(?:支出|收入)差")
_RATE = re.compile(r"(?:还|又|那)?(?:多|少|高|低|增长?|减|涨|降|增加|减少|下降|上升)(?:了|出)?(?:百分之(?:几|多少)|几成|多少个?百分点?)")
_WHICH = re.compile(rf"{_THEM}(?:谁|哪个|哪一?项|哪家|哪一个|哪边|哪笔)(?:的)?(?:数|金额)?(?:花得|用得|更|最|花的)?(?P<turn>多|大|高|少|低|小)(?:一?些|一?点)?")
_MOST_IS = re.compile(r"(?:里面?|中)?(?:花得|用得)?最(?P<turn>多|大|高|少|低|小)的?(?:是|为)?(?:哪一?[个项家年笔类]?(?:部门|单位)?|谁)(?:呢)?|(?:哪一?[个项家]|谁)(?:花得|用得)?最(?P<other>多|大|高|少|低|小)")
_RANKED = re.compile(rf"{_THEM}(?:(?:从|由|按)?(?P<turn>高|大|多)到(?:低|小|少)(?:的?顺序)?(?:排(?:序|名|列|个序|个队)?(?:一下)?)?|排(?:个|一下)?(?:序|名|队))(?:一下)?")
_MEAN = re.compile(rf"(?:{_THEM})(?:平均|均值)(?:每一?[年家个项]个?(?:部门|单位)?|数|值|下来|一下|算)*{_MUCH}")
_TIMES = re.compile(r"(?:前者|前面那?个|第一个)是(?:后者|后面那?个|第二个)的?(?:几|多少)倍|(?P<back>后者是前者的?(?:几|多少)倍)|(?:相差|差)?(?:几|多少)倍")
_PAIR_SHARE = re.compile(r"(?:前者|第一个)(?:占|相当于)(?:后者|第二个)的?(?:多少|几成|百分之几|百分之多少|比[例重](?:是多少)?)|(?P<back>后者(?:占|相当于)前者的?(?:多少|几成|百分之几|百分之多少|比[例重](?:是多少)?))")
_PAIR_MORE = re.compile(r"(?:前者|第一个)比(?:后者|第二个)(?:多|少|高|低|大|小)(?:了|出)?(?:多少|几).*|(?P<back>后者比前者(?:多|少|高|低|大|小)(?:了|出)?(?:多少|几).*)")
_ONE_OF = re.compile(r"(?P<which>前者|后者)(?:呢|是多少|多少)*")


def together(text: str, thread: Thread, naming: Naming) -> str | Unclear | None:
    """The whole question; None where the words are no reference to earlier figures."""
    if said := _ONE_OF.fullmatch(text):
        pair = _group(thread, 2, naming)
        return _one(pair[0 if said["which"] == "前者" else 1], naming) if len(pair) == 2 else _unclear("“前者”和“后者”")
    for pattern, form in ((_PAIR_MORE, Form.MORE), (_PAIR_SHARE, Form.SHARE), (_TIMES, Form.TIMES)):
        if said := pattern.fullmatch(text):
            pair = _group(thread, 2, naming)
            return _asked(form, pair[::-1] if said["back"] else pair, naming) if len(pair) == 2 else _unclear("哪两个数")
    if said := _MOST_IS.fullmatch(text):
        group = _group(thread, 0, naming) if not thread.about.everyone else ()
        least = (said["turn"] or said["other"]) in "少低小"
        return _asked(Form.LEAST if least else Form.MOST, group, naming) if len(group) > 1 else None
    for pattern, form in ((_SUM, Form.CHAIN), (_MEAN, Form.MEAN), (_WHICH, Form.MOST), (_RANKED, Form.MOST), (_APART, Form.MORE)):
        if said := pattern.fullmatch(text):
            return _of_group(said, form, thread, naming)
    if _EXTREMES.search(text):
        return _unclear("哪两个数")
    if _SAME.fullmatch(text):
        return _by_how_much(thread, Form.MORE, naming) or _unclear("哪两个数")
    more, rate = _MORE.fullmatch(text), _RATE.fullmatch(text)
    over_years = rate is not None or more is not None and more["turn"] not in "多少高低大小贵"
    return _by_how_much(thread, Form.GROWTH if rate else Form.MORE, naming, over_years) if more or rate else None


def _of_group(said: re.Match[str], form: Form, thread: Thread, naming: Naming) -> str | Unclear | None:
    if thread.about.everyone:
        return _of_all(form, thread)
    count, of = _DIGITS.get(said["n"] or "", 0), said["of"] or ""
    if form is Form.MORE and not count:
        count = 2
    if form is Form.MOST and (said["turn"] or "多") in "少低小":
        form = Form.LEAST
    if of == "年" and not _over_years(thread, naming):
        return None if form is not Form.MORE else _unclear("哪两个数")  # over the years of one item: the question needs no earlier figures
    if form is Form.MORE and not said["n"] and _summed(thread):
        return _unclear("哪两个数")
    group = _group(thread, count, naming)
    if of and not _differ(group, of):
        group = ()
    if len(group) < 2:
        return None if form is Form.MORE and not said["n"] and thread.about.ask in (Ask.CHANGE, Ask.GROWTH) else _unclear("哪几个数")
    return _asked(form, _later_first(group) if form is Form.MORE else group, naming)


def _of_all(form: Form, thread: Thread) -> str | Unclear | None:
    """合计多少 after a question over all publishers: of all of them."""
    about = thread.about
    if form is not Form.CHAIN or len(about.items) != 1:
        return None if form in (Form.MOST, Form.LEAST) else _unclear("哪几个数")
    return f"{''.join(f'{year}年' for year in about.years)}{about.said[0]}{about.kind or ''}所有部门一共多少？"


def _over_years(thread: Thread, naming: Naming) -> bool:
    return len({figure.years for figure in _group(thread, 0, naming)}) > 1


def _differ(group: Sequence[Question], of: str) -> bool:
    """Whether they are several years, or several publishers, as the words say."""
    publishers = {figure.named.publishers for figure in group}
    if of == "年":
        return len({figure.years for figure in group}) == len(group) and len(publishers) == 1
    return len(publishers) == len(group) if re.search(r"家|部门|单位|街道|局", of) else True


def _by_how_much(thread: Thread, form: Form, naming: Naming, over_years: bool = False) -> str | Unclear | None:
    """多多少 after 谁多, or after two figures that differ in one thing; None where it asks for the change over last year."""
    last = thread.last
    if _summed(thread):
        return _unclear("哪两个数")
    if len(last.figures) > 1 and last.about.ask not in (Ask.CHANGE, Ask.GROWTH):
        if over_years and last.compound and last.compound.form is Form.CHAIN:
            return _unclear("哪两个数")
        compared = last.compound is not None and last.compound.form in (Form.MORE, Form.GROWTH)
        return _asked(form, last.figures if compared else _later_first(last.figures), naming) if len(last.figures) == 2 else _unclear("哪两个数")
    pair = _group(thread, 2, naming) if last.one else ()
    way = _way(*pair) if len(pair) == 2 else ""
    return _asked(form, _later_first(pair), naming) if way == "year" or way and not over_years else None


def _summed(thread: Thread) -> bool:
    """Whether the last question asked for a sum or a mean: its parts are not what is compared next."""
    compound = thread.last.compound
    return thread.about.ask in (Ask.SUM, Ask.AVERAGE) if compound is None else compound.form in (Form.CHAIN, Form.MEAN)


def _later_first(pair: Sequence[Question]) -> tuple[Question, ...]:
    """Of two years the later is compared with the earlier."""
    one, other = pair
    return (other, one) if len(one.years) == len(other.years) == 1 and other.years > one.years else (one, other)


def _group(thread: Thread, count: int, naming: Naming) -> tuple[Question, ...]:
    """The last figures asked for: those of the last question, where it asks for several, else so many single ones in a row, each of
    which was found; without a count all that differ in one thing alone."""
    if len(thread.last.figures) > 1:
        return thread.last.figures if count in (0, len(thread.last.figures)) else ()
    found: list[Question] = []
    for turn in reversed(thread.turns):
        if count and found and _about_one(turn, thread):
            continue  # 甲, 甲占多少, 乙, 两项加起来
        if not turn.one:
            break
        figure = turn.figures[0]
        if not count and found and _is_all(figure) and not _is_all(found[-1]):
            break  # 甲局的预算, 其中教育支出, 卫生健康支出, 一共: the whole is none of its parts
        if not naming(figure) and found and _way(figure, found[-1]) == "year":
            continue  # of a year that the publisher lacks, and was asked for again of another
        if not naming(figure) or any(other.items[0].startswith(f"{figure.items[0]} ") for other in found if other.items and figure.items):
            break  # not found; or the whole that the figures are parts of
        if figure in found or any(not _apart(figure, other) for other in found):
            if not count and found and not any(_same(figure, other) for other in found):
                break
            continue
        if not count and len(found) > 1 and {_way(figure, other) for other in found} != {_way(found[0], found[1])}:
            break
        found.append(figure)
        if count and len(found) == count:
            break
    found.reverse()
    return tuple(found) if len(found) == count or not count and len(found) > 1 and _way(found[0], found[1]) else ()


def _is_all(figure: Question) -> bool:
    """Whether a figure is all the money."""
    return not figure.counters and (not figure.items or bool(TOTAL.fullmatch(figure.items[0])))


def _about_one(turn: Turn, thread: Thread) -> bool:
    """Whether a turn asks something else of a figure that was asked for by itself."""
    about = turn.about
    return not turn.figures and turn.compound is None and any(other.one and (other.about.named.publishers, other.about.items) == (about.named.publishers, about.items) for other in thread.turns)


def _slots(figure: Question) -> dict[str, object]:
    return {
        "publisher": figure.named.publishers or figure.named.unknown, "year": figure.years, "item": (figure.items, figure.counters), "kind": (figure.kind, figure.basis),
    }  # fmt: skip


def _same(one: Question, other: Question) -> bool:
    return _slots(one) == _slots(other)


def _apart(one: Question, other: Question) -> bool:
    return not _same(one, other)


def _way(one: Question, other: Question) -> str:
    """The one thing in which two figures differ, of two publishers their years as well; '' where it is more than one."""
    mine, theirs = _slots(one), _slots(other)
    ways = [name for name in mine if mine[name] != theirs[name]]
    return ways[0] if len(ways) == 1 else "publisher" if ways == ["publisher", "year"] else ""


def _asked(form: Form, figures: Sequence[Question], naming: Naming) -> str | Unclear:
    names = tuple(map(naming, figures))
    if not all(names) or len(set(names)) < len(names):
        return _unclear("哪几个数")
    return Compound(form, names).text


def _one(figure: Question, naming: Naming) -> str | Unclear:
    name = naming(figure)
    return f"{name}是多少？" if name and not re.search(r"多少|几", name) else f"{name}？" if name else _unclear("是哪一个数")


def _unclear(what: str) -> Unclear:
    return Unclear(f"不清楚要算的是{what}，请写明每一个数的部门、年度和项目，例如：「甲局2025年会议费」加上「甲局2025年培训费」是多少？")


_PLUS = re.compile(r"(?:那|再|如果|要是|要)*(?P<way>加上|加(?!强|快|大|班|起|在)|减去|减掉|扣除|扣掉|去掉|减(?!少|免|排|低))(?P<other>[^，？起]{2,}?)(?:的话)?(?:呢|一共|总共|合计|是|有|多少|几|钱|还剩)*")


def with_another(text: str, thread: Thread, other_of: Callable[[str], Question | Unclear | None], naming: Naming) -> str | Unclear | None:
    """再加上甲局的, 再减去公务接待费: the last figure, or sum of figures, and one more."""
    said = _PLUS.fullmatch(text)
    if said is None:
        return None
    other = other_of(said["other"])
    if other is None or isinstance(other, Unclear):
        return other or _unclear("哪几个数")
    name, last = naming(other), thread.last
    if not name:
        return _unclear("哪几个数")
    plus = said["way"].startswith("加")
    if last.compound is None and len(last.figures) > 1 and plus or last.compound and last.compound.form is not Form.CHAIN:
        return _listed(last, other, naming)
    names = last.compound.parts if last.compound and last.compound.form is Form.CHAIN else tuple(map(naming, last.figures)) if last.one else ()
    less = last.compound.less if last.compound else frozenset[int]()
    if not plus and name in names and last.compound and not less and len(names) > 2:
        return Compound(Form.CHAIN, tuple(one for one in names if one != name)).text
    if not names or not all(names) or name in names:
        return _unclear("哪几个数")
    return Compound(Form.CHAIN, (*names, name), less if plus else less | {len(names)}).text


def _listed(last: Turn, other: Question, naming: Naming) -> str | Unclear:
    form = last.compound.form if last.compound and last.compound.form in (Form.MOST, Form.LEAST, Form.MEAN) else {Ask.LEAST: Form.LEAST, Ask.SUM: Form.CHAIN, Ask.AVERAGE: Form.MEAN}.get(last.about.ask, Form.MOST)
    return _asked(form, (*last.figures, other), naming)


def year_figures(about: Question, years: Sequence[int]) -> tuple[Question, ...]:
    return tuple(replace(about, years=(year,)) for year in years)
