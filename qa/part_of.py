"""其中项目支出, 占三公经费多少, 人员经费呢 after a row → the item that is part of the last one.

Rule: 其中, 里面, 它的 and 占 speak of the last item. 呢 with a name that stands in a column of every row (基本支出, 项目支出, 人员经费,
公用经费) speaks of the last row, where that is one of the classification; with any other name it takes the last item's place.
"""

import re
from dataclasses import replace

from qa.asks import Ask
from qa.content import content
from qa.question import Question
from qa.talk import Talk

FRAME = re.compile(r"^(?:那|这)?(?:其中|里面|里头|里边|当中)的?[，,]?|^(?:它|其|这一?项|该项|这个)(?:里面?|中|的其中|当中)的?")
COLUMN = re.compile(r"(?:基本支出|项目支出|人员经费|公用经费|人员|公用)")
_ACCOUNT = re.compile(r"(?:一般公共预算|政府性基金)(?:预算)?(?:财政拨款)?(?:支出)?(?:部分)?")
_BOUGHT = re.compile(r"(?:政府采购)?(?P<kind>服务|工程|货物)类?(?:采购)?(?:支出)?")
_OF_THREE = re.compile(r"公务接待|公务用车|用车|因公出国|出国|接待费")
_CAR = re.compile(r"(?P<what>购置费|运行维护费|运行费)")
TOTAL = re.compile(r"(?:本年)?(?:总)?(?:支出|收入|收支)(?:总计|合计|总额|预算|决算)?|(?:总)?[预决]算(?:总额|总计)?|总支出|总收入")


def part_in(talk: Talk, words: str, asked: Question, framed: bool) -> Question:
    """The question with its item as it must be meant after the last one."""
    asked = _of_its_kind(asked, talk.about)
    if not asked.items and asked.ask is not Ask.SHARE or asked.named.publishers or asked.named.unknown:
        return asked
    about = talk.about
    if asked.ask is Ask.SHARE:
        return _share(talk, words, asked, framed)
    if len(asked.items) != 1 or len(about.items) != 1 or len(about.named.publishers) > 1:
        return asked
    item = asked.items[0]
    if framed:
        return _framed(talk, asked)
    column = COLUMN.fullmatch(item) or _ACCOUNT.fullmatch(item)
    return _of(asked, _row(about)) if column and _is_row(talk) else asked


def _of(asked: Question, whole: str) -> Question:
    """Part of a row: 行政运行 基本支出, as the words 行政运行中的基本支出 are understood."""
    items = tuple(f"{whole} {re.sub('部分$', '', item)}" for item in asked.items)
    return replace(asked, items=items, said=items)


def _row(about: Question) -> str:
    """The whole that the conversation is in: 行政运行 of 行政运行中的基本支出."""
    return about.items[0].split(" ")[0]


def _leaf(about: Question) -> str:
    return about.items[0].split(" ")[-1]


def _framed(talk: Talk, asked: Question) -> Question:
    """其中…: part of the last item, where the report says so; a row of its own, where it stands for itself."""
    about, item = talk.about, asked.items[0]
    if TOTAL.fullmatch(about.items[0]):
        return asked
    column = COLUMN.fullmatch(item) or _ACCOUNT.fullmatch(item)
    wholes = (_row(about), _leaf(about))  # 其中 said again goes on with the parts of the same whole
    options = [_of(asked, whole) for whole in dict.fromkeys(wholes) if whole != item]
    lookup = [replace(talk.about, ask=Ask.LOOKUP, whole="", falling=0, counters=(), items=one.items, said=one.said, years=asked.years or about.years) for one in options]
    fitting = next((one for one, figure in zip(options, lookup, strict=True) if _is_part(figure, talk)), None)
    return fitting or (options[0] if column and options else asked)


def _is_part(figure: Question, talk: Talk) -> bool:
    """Whether the report has a figure for the part that is none of the whole itself."""
    part, whole = talk.answered(talk.whole(figure)), talk.answered(talk.whole(replace(figure, items=(_row(figure),), said=(_row(figure),))))
    return part is not None and (whole is None or part.fact != whole.fact)


def _is_row(talk: Talk) -> bool:
    """Whether the last item is a row of the functional classification, or part of one."""
    about = talk.about
    if " " in about.items[0]:
        return True
    if COLUMN.fullmatch(about.items[0]) or TOTAL.fullmatch(about.items[0]) or re.search(r"三公|采购|接待|用车|出国|人员经费|公用经费", about.items[0]):
        return False
    facts = talk.facts(replace(about, ask=Ask.LOOKUP, whole="", falling=0, counters=(), everyone=False))
    return any(fact.account.startswith("2") or re.search(r"[（(][类款项][)）]", fact.text) for fact in facts)


_COLUMNS = {"项目": "项目支出", "基本": "基本支出"}


def _of_its_kind(asked: Question, about: Question) -> Question:
    """服务 after 政府采购, 购置费 after 公务用车: the short names that a report's own lists use."""
    before = " ".join(about.items)
    if asked.items and all(item in _COLUMNS for item in asked.items) and re.search(r"支出$|经费$", before):
        items = tuple(_COLUMNS[item] for item in asked.items)
        return replace(asked, items=items, said=items)
    if "政府采购" in before and asked.items and all(_BOUGHT.fullmatch(item) for item in asked.items):
        items = tuple(f"政府采购{said['kind']}" for item in asked.items if (said := _BOUGHT.fullmatch(item)))
        return replace(asked, items=items, said=items)
    if re.search(r"公务用车|公务接待|三公", before) and any(_CAR.fullmatch(item) for item in asked.items):
        items = tuple(f"公务用车{item}" if _CAR.fullmatch(item) else item for item in asked.items)
        return replace(asked, items=items, said=items)
    return asked


_WHOLE = re.compile(r"占(?:了|到)?(?P<whole>[^多几百比，？]{1,30}?)的?(?:总额|总量)?(?:多少|几成|几|百分|比[例重]|份额|多大)")
_IT = re.compile(r"(?:它们?|其|这一?[个项]|那一?[个项]|该项|前者|全部|总额)?")


def _share(talk: Talk, words: str, asked: Question, framed: bool) -> Question:
    about = talk.about
    one = len(about.items) == 1
    items = tuple(item for item in asked.items if not _IT.fullmatch(item))
    said = _WHOLE.search(words)
    whole_words = re.sub(r"^(?:它|其)(?=.{2})", "", said["whole"]) if said else ""
    whole = talk.understood(f"某某费占{whole_words}多少").whole if whole_words and not _IT.fullmatch(whole_words) else ""
    if whole_words and _IT.fullmatch(whole_words) and whole_words != "总额" and one and items:
        whole = about.items[0]
    if items and one and (COLUMN.fullmatch(items[0]) or _ACCOUNT.fullmatch(items[0])) and _is_row(talk):
        return replace(asked, items=(f"{_row(about)} {items[0]}",), said=(f"{_row(about)} {items[0]}",), whole=whole or _row(about))
    if items and framed and one and not whole and not TOTAL.fullmatch(about.items[0]):
        whole = _leaf(about)
    if items and one and not whole and (items[0].startswith(about.items[0]) and items[0] != about.items[0] or "三公" in about.items[0] and _OF_THREE.search(items[0])):
        whole = about.items[0]
    if not items and one and not whole and " " in about.items[0]:
        whole = _row(about)
    bought = _BOUGHT.fullmatch(about.items[0]) if one and not items and not whole and about.items[0].startswith("政府采购") and about.items[0] != "政府采购" else None
    if bought:
        return replace(asked, items=(f"政府采购 {bought['kind']}",), said=(f"政府采购 {bought['kind']}",), whole="政府采购")
    whole = whole or (about.whole if about.ask is Ask.SHARE and items else "")
    return replace(asked, items=items or about.items, said=asked.said if items == asked.items and items else items or about.said, whole=content(whole) or whole)
