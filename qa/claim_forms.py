"""A figure and the words around it → what it says of which items (Said)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.amount import UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis
from corpus.number import Mention
from qa.claim import Form
from qa.claim_words import DOWN, UP, basis_in, item_of, turn_in, versus_in


@dataclass(frozen=True)
class Said:
    """What a figure says, before its setting is known."""

    form: Form
    items: tuple[str, ...]
    item: str = ""
    """The item that the sentence itself names here; '' when it is inherited."""
    parent: str = ""
    whole: str = ""
    basis: Basis = Basis.NONE
    versus: str = ""
    versus_year: int = 0
    turn: int = 0
    per: str = ""
    shares: bool = False
    kind: Kind | None = None
    """Where the figure itself says so: 低于66.01万元的预算."""


@dataclass(frozen=True)
class _Words:
    """The words around a figure."""

    mention: Mention
    near: str
    clauses: tuple[str, ...]
    after: str
    year: int
    inherited: str
    top: str

    @property
    def kind(self) -> UnitKind:
        return self.mention.amount.unit.kind

    @property
    def lead(self) -> str:
        return "，".join(self.clauses)


_PART_OF = re.compile(r"^(?P<whole>.{2,}?(?:费|支出|收入|经费|采购|资金|预算|决算|总额|总计|拨款|补贴))[\s\u3000]*(?:当中|之中|里面|里头|中|里)的?[，、]?(?P<part>.*)$")
_FILL = r"[\s\u3000]*(?:约|近|为|是|达到?|有|共|仅|只|超过|整整|大约|了|到|高达)*[\s\u3000]*$"
_COMPARED = re.compile(rf"^(?P<a>.*?)(?:比|较)(?P<b>[^比较]+?)(?:还|要|也|则)?(?P<turn>{UP}|{DOWN})(?:支出|安排|花|用)?(?:了|出)?{_FILL}")
_EXCEEDS = re.compile(rf"^(?P<a>.*?)(?P<turn>高出|超出|超过|多于|高于|多出|低于|少于)(?P<b>[^，]{{2,}}?){_FILL}")
_TIMES = re.compile(rf"^(?P<a>.*?)(?:是|为|相当于|约为|达到?|等于|几乎是|接近)(?P<b>[^是为]+?)的(?:整整|大约|约|近|将近)?{_FILL}")
_DONE = re.compile(
    rf"(?:完成|执行|用|占|相当于|达到?|为|是|不到|不足|超过|超|约|近|仅)[\s\u3000]*(?:了)?[^，占]{{0,8}}?(?P<of>年初|全年|调整后?的?|当年|年度)?(?:的)?预算(?:数|安排|总额|金额)?的?{_FILL}"
    rf"|(?P<of2>年初|全年|调整后?的?)?预算?(?:支出)?(?:执行率|完成率|完成进度|执行进度|完成比例|完成度){_FILL}|^[\s\u3000]*(?:实际)?(?:完成|执行)(?:了|率|进度)?{_FILL}|^[^，]*?完成[^，]*?(?P<of3>年初|全年|调整后?的?|当年)?预算[^，]*{_FILL}"
)  # fmt: skip
_SHARE = re.compile(rf"(?P<part>.*?)(?:所占|占)(?P<whole>[^占]*?)(?:的)?(?:比重|比例|份额|比)?{_FILL}")
_OF_WHOLE = re.compile(r"(?:不到|不足|超过|超|逾|近|接近|将近|约|仅为?|只有|相当于|大约是?|约为?|[是为](?=前者|后者))[\s\u3000]*(?P<whole>[^，占比预]{2,}?)(?:的)[\s\u3000]*(?:约|近)?[\s\u3000]*$")
"""不到收入总额的1%: a share without 占."""
_PER = re.compile(r"(?:平均)?每(?:一)?(?:个|位|名)?(?P<a>人次|批次|批|人|辆|台|次|件|户|个|场|项目|项)|(?P<b>人|车|批次|批|次|户)均|(?:平均)(?P<c>[^，]{0,4})")
_SUM_WORDS = r"加总|加起来|加在一起|相加|之和|合起来|总和|合在一起|合计|共计|一共|总共|总计"
_SUM = re.compile(r"加总|加起来|加在一起|相加|之和|合起来|总和|合在一起|(?:合计|共计|一共|总共|共)[\s\u3000]*$|(?:[和与及、][^，]*)(?:合计|共|总计|一共)")


def said_of(mention: Mention, clauses: Sequence[str], after: str, year: int, inherited: str, top: str) -> Said:
    """What a figure says: the first form whose words stand around it."""
    near = clauses[-1]
    words = _Words(mention, near, tuple(clauses), after, year, inherited, top)
    for form in _FORMS:
        if (said := form(words)) is not None:
            return said
    raise AssertionError("every figure is at least an amount, a count or a rate")


def _subject(words: _Words, near: str | None = None) -> tuple[str, str]:
    """(item, parent) that the words before a figure name; ('', '') when none."""
    clauses = [*words.clauses[:-1], words.near if near is None else near]
    for place, clause in enumerate(reversed(clauses)):
        if place and re.match(r"[\s\u3000]*(?:主要)?用于", clause) or re.search(r"(?:大头|之一)[\s\u3000]*$", clause):
            continue
        if match := _PART_OF.match(clause.strip()):
            part, whole = item_of(match["part"]), item_of(match["whole"])
            if part and whole and "是" not in match["whole"]:
                return part, whole
            if whole and not part and place == 0:
                return whole, ""
        if noun := item_of(clause):
            if noun in ("支出", "收入", "开支") and (topic := _topic(clauses[: len(clauses) - 1 - place])):
                return topic, ""
            above = clauses[len(clauses) - 2 - place] if len(clauses) > 1 + place else ""
            outer = item_of(above) if re.search(r"(?:中|里|当中|其中)$", above.strip()) else ""
            return noun, outer
    return "", ""


def _topic(clauses: Sequence[str]) -> str:
    """三公经费方面，全年支出7.8万元: what a clause before says the sentence is about."""
    return next((item_of(clause) for clause in reversed(clauses) if clause.rstrip(" \u3000").endswith("方面")), "")


def _of(words: _Words, near: str | None, **more: object) -> dict[str, object]:
    item, parent = _subject(words, near)
    inherited = item or words.inherited
    return {"items": (inherited,) if inherited else (), "item": item, "parent": parent, **more}


def _times(words: _Words) -> Said | None:
    """A是B的1.5倍; 相当于年初预算的1.47倍; 增长1.5倍; 翻一番."""
    if words.kind is not UnitKind.TIMES:
        return None
    if re.search(r"预算(?:数|安排)?的", words.near) and (match := _DONE.search(words.near)):
        return _completion_of(words, match)
    if turn := turn_in(words.near):
        return _change(words, Form.GROWTH, turn)
    if "番" in words.mention.text:
        versus, year = versus_in(words.lead, words.year)
        return Said(Form.TIMES, **_of(words, words.near), versus=versus or "上年", versus_year=year)  # type: ignore[arg-type]
    if match := _TIMES.match(words.near):
        versus, year = versus_in("比" + match["b"], words.year)
        item, parent = _subject(words, match["a"])
        other = item_of(match["b"])
        if item == "前者" and other == "后者":
            return Said(Form.TIMES, (item, other), "", parent)
        if re.fullmatch(r"[\s\u3000]*(?:它|其|前者|后者|此|这个数)[\s\u3000]*", match["b"]):
            other, versus = words.inherited, ""
        first = item or words.inherited
        if versus:
            return Said(Form.TIMES, (first,) if first else (), item, parent, versus=versus, versus_year=year)
        return Said(Form.TIMES, tuple(x for x in (first, other) if x), item, parent)
    return Said(Form.TIMES, **_of(words, words.near))  # type: ignore[arg-type]


def _compared(words: _Words) -> Said | None:
    """A比B多178万元; 占比比B高6.58个百分点."""
    near = re.sub(r"所?占(?:总支出)?(?:的)?(?:比[重例]?|份额)|比[重例](?=[\s高低比较大小])", "份额", words.near)
    match = _COMPARED.match(near) or _EXCEEDS.match(near)
    if not match or words.kind is UnitKind.TIMES:
        return None
    if match.re is _EXCEEDS and (told := _of_the_other(words, match)):
        return told
    a, b, turn = match["a"], match["b"], match["turn"]
    if versus_in(words.near, words.year)[0] or not b.strip(" \u3000"):
        return None
    other = item_of(re.sub(r"(?:份额|的)+$", "", b.strip()))
    item, parent = _subject(words, re.sub(r"(?:份额|的)+$", "", a.strip()))
    first = item or words.inherited
    if re.search(r"预算(?:数|金额)?$", b.strip()) and other and other in first:  # 采购金额比采购预算少: its own budget
        return Said(Form.GROWTH if words.kind is UnitKind.PERCENT else Form.CHANGE, (other,), other, parent, versus="预算", turn=1 if re.fullmatch(f"{UP}|多于|高于", turn) else -1)
    if not first or not other:
        return None
    other = _completed(other, first) if words.kind in (UnitKind.MONEY, UnitKind.COUNT) else other
    shares = "份额" in near or words.kind is UnitKind.POINTS
    sign = 1 if re.fullmatch(f"{UP}|多于|高于", turn) else -1
    return Said(Form.DIFFERENCE, (first, other), item, parent, turn=sign, shares=shares)


def _completed(other: str, first: str) -> str:
    """事业单位资产总额比行政单位多: the other is named by its head alone, and means the same of it."""
    heads = (other[start:] for start in range(len(other) - 1))
    head = next((head for head in heads if head in first and not first.endswith(head)), "")
    return other + first.rpartition(head)[2] if head else other


def _of_the_other(words: _Words, match: re.Match[str]) -> Said | None:
    """项目支出17,577万元，远高于基本支出的10,231万元: the figure behind 的 is that of the other, no difference."""
    other = item_of(re.sub(r"的[\s\u3000]*$", "", match["b"]))
    if not re.search(r"的[\s\u3000]*$", match["b"]) or match["turn"] in ("高出", "超出", "多出") or not other or versus_in(words.near, words.year)[0]:
        return None
    form = {UnitKind.MONEY: Form.AMOUNT, UnitKind.COUNT: Form.COUNT, UnitKind.PERCENT: Form.RATE}.get(words.kind)
    return Said(form, (other,), other) if form else None


def _changed(words: _Words) -> Said | None:
    """增加1.23万元; 下降40.33%; 提高2个百分点."""
    turn = turn_in(words.near)
    if not turn or re.search(r"(?:增加|增长|减少|下降|降低|提高|上升|涨|降|增|减|升)(?:到|至|为)[\s\u3000]*(?:约|近)?$", words.near):
        return None
    form = {UnitKind.PERCENT: Form.GROWTH, UnitKind.POINTS: Form.POINTS}.get(words.kind, Form.CHANGE)
    return _change(words, form, turn)


def _change(words: _Words, form: Form, turn: int) -> Said:
    versus, year = versus_in(words.near, words.year)
    if not versus:
        versus, year = versus_in(words.lead, words.year)
    before = re.sub(rf"(?:{UP}|{DOWN})(?:幅度|比例|额|率|幅)?(?:了|出)?{_FILL}", "", words.near)
    if not versus and re.search(rf"(?:超支|结余|节约|节省){_FILL}", words.near):
        versus = "预算"
    return Said(form, **_of(words, before), versus=versus, versus_year=year, turn=turn)  # type: ignore[arg-type]


def _completion(words: _Words) -> Said | None:
    if words.kind is not UnitKind.PERCENT:
        return None
    match = _DONE.search(words.near)
    return _completion_of(words, match) if match and not _OF_A_BUDGET.search(words.near) else None


_OF_A_BUDGET = re.compile(rf"占(?:了)?(?:[^，占]{{0,6}}(?<!实际)(?:采购|经费|支出|收入|总|全部|项目)|[^，占]{{2,}}费)预算(?:数|安排|总额|金额)?的?{_FILL}")
"""工程采购占政府采购预算的66%: a part of a budget named, not how far its own is done."""


def _completion_of(words: _Words, match: re.Match[str]) -> Said:
    said = match["of"] or match["of2"] or match["of3"] or ""
    basis = Basis.OPENING if "年初" in said else Basis.ADJUSTED if re.search(r"全年|调整", said) else Basis.NONE
    before = re.split(r"(?:只|仅|约)?(?:完成|执行|用|占|相当于|达到|为|是|达|不到|不足|超过|约|近)", words.near)[0]
    return Said(Form.COMPLETION, **_of(words, before), basis=basis)  # type: ignore[arg-type]


def _share(words: _Words) -> Said | None:
    """占基本支出的65%; 占比65%; 约占三分之二; 三分之二用于项目支出."""
    if words.kind is not UnitKind.PERCENT:
        return None
    said_inside = words.mention.text.startswith(("约占", "占"))
    match = _SHARE.search(words.near + ("占" if said_inside else ""))
    if match and ("占" in words.near or said_inside):
        item, parent = _subject(words, match["part"])
        whole = item_of(match["whole"]) if not re.fullmatch(r"[\s\u3000了比总重的]*", match["whole"]) else ""
        if re.fullmatch(r"(?:全年|本年|全部|总|年度|当年)?的?支出(?:总额|总计|合计)?|全部|全(?:部门|局|系统)(?:总?预算|总?支出)?", match["whole"].strip("了的 \u3000")):
            whole = "支出"
        first = item or words.inherited
        return Said(Form.SHARE, (first,) if first else (), item, parent, whole=whole or parent)
    if match := _OF_WHOLE.search(words.near):
        whole = item_of(match["whole"])
        item, parent = _subject(words, words.near[: match.start()])
        first = item or words.inherited
        if whole and first:
            return Said(Form.SHARE, (first,), item, parent, whole=whole)
    if match := re.match(r"(?:的?(?:支出|资金|经费|钱)?)?(?:都|均)?(?:是|为|用于|花在|投向|来自|用在)(?P<part>[^，。]+)", words.after):
        part = item_of(match["part"])
        return Said(Form.SHARE, (part,), part, "", whole=item_of(words.near) or words.inherited) if part else None
    return None


def _average(words: _Words) -> Said | None:
    match = next(reversed(list(_PER.finditer(words.near))), None)
    if match is None or words.kind not in (UnitKind.MONEY, UnitKind.COUNT) or (words.kind is UnitKind.COUNT and not match["a"]):
        return None
    per = match["a"] or match["b"] or match["c"] or "人"
    item, parent = _subject(words, _PER.sub("", words.near))
    first = item or words.inherited
    return Said(Form.AVERAGE, (first,) if first else (), item, parent, per=per.replace("车", "辆"))


_EACH = re.compile(r"(?:均|都|各)(?:为|是|有)?(?:约|了)?[\s\u3000]*$")
"""收入总计、支出总计均为13199.91万元: each for itself, no sum."""


def _summed(words: _Words) -> Said | None:
    """燃料、维修、保险费用加总3万元; 四个季度合计410万元; 住房公积金加上购房补贴约540万元."""
    if words.kind not in (UnitKind.MONEY, UnitKind.COUNT) or _EACH.search(words.near):
        return None
    if added := _added(words):
        return added
    if not _SUM.search(words.near):
        return None
    item, parent = _subject(words, re.sub(rf"(?:[这以上述]*[两三四五几][项者笔类])?(?:费用|支出|预算|决算|经费|资金)*(?:{_SUM_WORDS}|共)+{_FILL}", "", words.near))
    parts = tuple(part for part in re.split(r"、|和|与(?!业)|及(?!其他)|以及", re.sub(r"(?:费用|支出)?$", "", item)) if len(part) > 1)
    if len(parts) > 1:
        return Said(Form.SUM, parts, item, parent)
    if re.search(r"[两三四各]个?季度", words.near + item):
        return Said(Form.SUM, (item,), item, parent or words.inherited)
    return None


def _added(words: _Words) -> Said | None:
    """A加上B: both names in one clause, the figure there or in the next."""
    item, parent = _subject(words, re.sub(rf"(?:[这以上述]*[两三四五几][项者笔类])?(?:费用|支出|预算|决算)*(?:{_SUM_WORDS}|共)*{_FILL}", "", words.near))
    parts = tuple(item_of(part) for part in re.split(r"加上|再加|连同|(?<=[一-龥]{2})(?<![增追附参叠])加(?![班装强快大工固密油速急])(?=[一-龥]{2})", item))
    return Said(Form.SUM, parts, item, parent) if len(parts) > 1 and all(len(part) > 1 for part in parts) and not turn_in(words.near) else None


def _amount(words: _Words) -> Said | None:
    if words.kind is UnitKind.COUNT:
        return _count(words)
    form = Form.AMOUNT if words.kind is UnitKind.MONEY else Form.RATE
    near = re.sub(r"(?:增加|增长|减少|下降|降低|提高|上升|涨|降|增|减|升|压减|压缩)(?:到|至|为)[\s\u3000]*$", "", words.near)
    if re.match(r"的(?:年初|全年|调整后?的?)?预算", words.after) or form is Form.AMOUNT and _A_BUDGET.search(words.near):
        return Said(form, **_of(words, near), kind=Kind.BUDGET)  # type: ignore[arg-type]
    return Said(form, **_of(words, near), basis=Basis.OPENING if _IN_OPENING.search(words.lead) else basis_in(words.near))  # type: ignore[arg-type]


_IN_OPENING = re.compile(r"年初预算(?:中|里)，[^，。；]*$")
_A_BUDGET = re.compile(r"(?:相当于|占|完成|达到?|只有|仅为|低于|大于|小于)(?:年初|全年|当年|调整后?的?)?预算(?:数|安排)?[\s\u3000]*$")
"""相当于当年预算20万元的…: the figure is that budget, whatever is said of it."""


def _count(words: _Words) -> Said:
    """127辆一般公务用车: the thing counted may stand behind."""
    behind = re.match(r"[\s\u3000]*(?:的)?(?P<thing>[一-龥]{2,12}?)(?=开展|均|已|全部|参加|编报|编制|纳入|，|。|；|$)", words.after)
    item, parent = _subject(words)
    thing = item_of(behind["thing"]) if behind else ""
    if thing and (doing := re.match(r"[^，。；]*?(?:开展|参加|实施|进行|编报|编制)了?(?P<what>[一-龥]{2,8})", words.after)):
        thing = f"{doing['what']} {thing}"
    full = " ".join(dict.fromkeys(x for x in (item, thing) if x)) or words.inherited
    return Said(Form.COUNT, (full,) if full else (), item or thing, parent)


_FORMS: tuple[Callable[[_Words], Said | None], ...] = (_times, _completion, _compared, _changed, _share, _average, _summed, _amount)
