"""A text → its Claims: every checkable figure and word, with publisher, year, kind and item from its sentence and those before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.amount import UnitKind
from corpus.disclosure import Disclosure, Kind
from corpus.number import Bound, Mention, find_mentions, half_width
from qa.claim import Claim, Form
from qa.claim_forms import Said, said_of
from qa.claim_words import DOWN, UP, all_years, item_of, kind_in, turn_in, years_in
from qa.publisher import named_publishers
from qa.wordless import Wordless, wordless

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_CLAUSE = re.compile(r"[，。；：,;:！？\n]|[（(](?=其中|含|不含|包括|同比|比|较|占)")
_MASK = "\u3000"
_FORECAST = re.compile(r"力争|有望|争取|预计(?:到|明年|未来|将)|(?:未来|今后|明年|下一步)[^，。]{0,12}(?:将|要|拟)|目标是到|到20\d\d年[^，。]{0,8}(?:将|达到|实现|力争)")
_ANNOUNCED = re.compile(r"(?:公开|公布|发布|晒出?|披露|亮出)[^，。：]{0,16}(?:决算|预算)|(?:决算|预算)(?:报告|情况)?[^，。]{0,6}(?:公开|公布|发布|出炉|亮相|显示|称|披露)")
_RULE = re.compile(r"不得(?:超过|高于|低于)|标准(?:为|是)|规定(?:为|是)?每|(?:控制|压减)[^，。]{0,6}要求|起征点|门槛")
_SPANS_OF_TIME = frozenset(("小时", "分钟", "天", "岁", "个月", "课时", "学时", "层"))


_SAME_BODY = re.compile(r"(?:该|本|我)(?P<body>单位|部门|机关|办公[室厅]|委员会|街道(?:办事处|办)?|[局厅署馆校镇乡委院](?![一-龥]?[理置罚分托费士]))")
"""该办公室, 我单位: no other body, but the one that the text spoke of before."""


def _without_same_body(sentence: str, about: str) -> str:
    """该局 is the body spoken of only where that is a 局; otherwise another one was named in between."""
    fits = ("单位", "部门", "机关")
    return _SAME_BODY.sub(lambda same: _MASK * len(same[0]) if same["body"] in fits or same["body"].removesuffix("办事处").removesuffix("员会")[:2] in about else same[0], sentence)


@dataclass(frozen=True)
class Setting:
    """What a sentence inherits from those before it and from the headline."""

    publisher: str = ""
    unknown: str = ""
    years: tuple[int, ...] = ()
    kind: Kind | None = None
    item: str = ""
    parent: str = ""
    top: str = ""
    """The last item that was no part of another: what 其中 speaks of."""
    money: str = ""
    """The last item whose money was named: what 人均 is an average of."""
    whole: str = ""
    """What the last share of the sentence was of."""
    recent: tuple[str, ...] = ()
    """The items of the sentence so far: 两者, 前者, 后者."""
    waiting: tuple[tuple[str, int], ...] = ()
    """Of 分别为: the (item, year) that the next figures take."""
    from_year: int = 0
    """从2023年的…降到2024年的…: the year that the next change is over."""


def claims_of(text: str, shelf: Sequence[Disclosure]) -> tuple[Claim, ...]:
    """Every claim of a text, in order."""
    flat = half_width(text)
    found: list[Claim] = []
    setting = Setting()
    for match in _SENTENCE.finditer(flat):
        sentence = _Sentence(text, flat, match.start(), match.end(), shelf, setting.publisher)
        setting = sentence.opening(setting)
        claims, setting = sentence.claims(setting)
        found.extend(claims)
        setting = replace(setting, from_year=0)
    return tuple(found)


@dataclass(frozen=True)
class _Rival:
    """The other side of a comparison between publishers."""

    publisher: str
    years: tuple[int, ...]
    item: str
    """'' where it is the same item."""
    start: int
    """Where 比 stands in the sentence."""
    turn: int


class _Sentence:
    """One sentence of a text with its publishers' names masked."""

    def __init__(self, text: str, flat: str, start: int, end: int, shelf: Sequence[Disclosure], about: str) -> None:
        self.text, self.flat, self.start, self.end, self.shelf = text, flat, start, end, shelf
        if _SAME_BODY.search(flat[start:end]):
            about = "".join((about, *named_publishers(flat[start:end], shelf).publishers))
            flat = flat[:start] + _without_same_body(flat[start:end], about) + flat[end:]
        self.named = named_publishers(flat[start:end], shelf)
        masked = list(flat)
        for low, high in self.named.spans:
            low = _with_region(flat[start : start + low], self.named.publishers)
            masked[start + low : start + high] = _MASK * (high - low)
        self.masked = "".join(masked)

    def opening(self, before: Setting) -> Setting:
        """The setting at the start of the sentence: a new publisher, or an organisation that the shelf does not have."""
        setting = replace(before, parent="", whole="", recent=(), waiting=())
        sentence = self.flat[self.start : self.end]
        if self.named.publishers:
            first = self.named.publishers[0]
            if first != before.publisher:
                setting = replace(setting, publisher=first, unknown="", item="", top="", years=(), kind=None if before.publisher else before.kind)
        elif self.named.ambiguous:
            setting = replace(setting, publisher="", unknown="、".join(self.named.ambiguous))
        elif self.named.unknown and (not before.publisher or _speaks(sentence, self.named.unknown)):
            setting = replace(setting, publisher="", unknown=self.named.unknown)
        kind = kind_in(sentence)
        if kind and (not find_mentions(sentence) or _ANNOUNCED.search(sentence)):
            setting = replace(setting, kind=kind)
        if not find_mentions(sentence) and (years := years_in(self.masked[self.start : self.end])):
            setting = replace(setting, years=years)
        return setting

    def claims(self, setting: Setting) -> tuple[list[Claim], Setting]:
        sentence = self.masked[self.start : self.end]
        figures = [m for m in find_mentions(self.flat[self.start : self.end]) if self._counts(m)]
        parts: list[Mention | Wordless] = [*figures, *wordless(sentence, figures)]
        found: list[Claim] = []
        begin = 0
        for one in sorted(parts, key=lambda one: (one.start, one.end)):
            lead = _without_reasons(sentence[begin : one.start])
            if isinstance(one, Wordless):
                found.append(self._word(one, lead, setting))
                continue
            claim, setting = self._figure(one, lead, setting)
            begin = one.end
            found.append(claim)
        return found, setting

    def _counts(self, mention: Mention) -> bool:
        """Whether a figure claims anything: spans of time, limits in names and rules do not."""
        before = self.masked[self.start : self.start + mention.start]
        after = self.masked[self.start + mention.end : self.end]
        unit = mention.amount.unit
        if unit.kind is UnitKind.COUNT and (unit.base in _SPANS_OF_TIME or re.match(r"季度|月|方面|部分|环节|层面|维度|年|阶段|步骤|原则|人员|钱|没|不|规定|精神|工作|任务|措施|要求|机制|领域|目标|举措|职能|职责|重点", after)):
            return False
        if re.search(r"(?:单价|单位价值)\s*$", before) or re.match(r"\s*[（(]?含?[)）]?以[上下](?:的)?(?:通用|专用|设备|大型)", after):
            return False
        if unit.kind is UnitKind.MONEY and re.search(r"单价[^，。]{0,6}$", before):
            return False
        clause = re.split(r"[，。；]", before)[-1]
        if _FORECAST.search(clause) and not re.search(r"预算|决算", clause):
            return False
        return not _RULE.search(clause)

    def _figure(self, mention: Mention, lead: str, setting: Setting) -> tuple[Claim, Setting]:
        clauses = [clause for clause in _CLAUSE.split(lead)]
        prefix = self.masked[self.start : self.start + mention.start]
        years = _years(lead, prefix, setting)
        year = years[0] if len(years) == 1 else 0
        after = re.split(r"[，。；,;]", self.masked[self.start + mention.end : self.end])[0]
        if len(years) == 1 and (run := re.search(r"(?:连续|近)([两二三])年", _tail(lead))):
            years = tuple(range(year - (2 if run[1] == "三" else 1), year + 1))
        setting, topic = replace(setting, years=years if years and years != (0,) else setting.years), setting.top
        said, setting = _placed(said_of(mention, clauses, after, year, setting.item, setting.top), lead, setting)
        said, years, setting = _shared_out(said, lead, years, setting)
        said = _meant(said, setting)
        if said.form is Form.SHARE:
            said = replace(said, whole=said.whole or setting.whole)
            setting = replace(setting, whole=said.whole)
        setting = replace(setting, recent=tuple(dict.fromkeys((*setting.recent, *said.items))) if said.form is not Form.SUM else setting.recent)
        if said.form is Form.AVERAGE and not said.item and setting.money:
            said = replace(said, items=(setting.money,))
        if said.form in (Form.AMOUNT, Form.SUM):
            setting = replace(setting, money=said.parent if said.form is Form.SUM and said.parent else (said.items or (setting.money,))[0])
        rival = self._rival(mention)
        if rival:
            said = _set_against(said, rival, mention, lead, setting)
        kind = said.kind or kind_in(_tail(lead)) or kind_in(prefix) or setting.kind
        if not years and said.versus_year:
            years = (said.versus_year + 1,)
        claim = Claim(
            self.start + mention.start, self.start + mention.end, self.text[self.start + mention.start : self.start + mention.end],
            self.text[self.start : self.end].strip(), said.form, self._publisher(mention.start, setting, rival), setting.unknown, years, kind,
            said.basis, said.items, said.parent, said.whole, said.versus, said.versus_year or (setting.from_year if said.form in (Form.CHANGE, Form.GROWTH) and not said.versus else 0),
            said.turn, mention.amount, _bound(mention, clauses[-1]) if said.kind is None else Bound.EXACT, said.per, said.shares,
            rival.publisher if rival else "", rival.years if rival else (), topic,
        )  # fmt: skip
        if re.search(r"(?:从|由)[^，自来]*$", clauses[-1]) and years and said.form is Form.AMOUNT:
            setting = replace(setting, from_year=years[0])
        return claim, setting

    def _word(self, word: Wordless, lead: str, setting: Setting) -> Claim:
        prefix = self.masked[self.start : self.start + word.end]
        years = _years(lead, prefix, setting) or years_in(self.masked[self.start : self.end])
        item = word.item or next((noun for clause in reversed(_CLAUSE.split(lead)) if (noun := item_of(re.sub(r"占[^，]*$", "", clause)))), "") or setting.item
        return Claim(
            self.start + word.start, self.start + word.end, self.text[self.start + word.start : self.start + word.end],
            self.text[self.start : self.end].strip(), word.form, self._publisher(word.start, setting), setting.unknown, years,
            kind_in(prefix) or setting.kind, word.basis, (item,) if item else (), "", word.whole, word.versus, 0, word.turn,
        )  # fmt: skip

    def _rival(self, mention: Mention) -> "_Rival | None":
        """比万里街道2025年多26.65万元; 是万里街道的2倍: the other publisher of a comparison, in the figure's clause."""
        clause = max(self.masked.rfind(sign, self.start, self.start + mention.start) for sign in "，。；\n") + 1
        spans = [(low, high) for low, high in self.named.spans if self.start + low >= clause and high <= mention.start]
        if not spans:
            return None
        low, high = spans[-1]
        before, behind = self.masked[self.start : self.start + low], self.masked[self.start + high : self.start + mention.start]
        linked = re.search(r"(?:比|较|相比于?|是|为|相当于|高于|低于|多于|少于|达到?)$", before)
        other = named_publishers(self.flat[self.start + low : self.start + high], self.shelf).publishers
        compares = mention.amount.unit.kind is UnitKind.TIMES or turn_in(behind) or re.search(r"[高低多少]于$", before)
        if not linked or len(other) != 1 or not compares or (mention.amount.unit.kind is UnitKind.TIMES) == bool(re.search(r"[比较]$", before)):
            return None
        return _Rival(other[0], years_in(behind), item_of(re.sub(rf"(?:{UP}|{DOWN})[出了]?[\s\u3000约近]*$", "", behind)), linked.start(), turn_in(behind) or turn_in(before))

    def _publisher(self, place: int, setting: Setting, rival: "_Rival | None" = None) -> str:
        """The publisher named last before a figure; where several are named, each speaks for what follows it."""
        if len(self.named.publishers) < 2 and not rival:
            return setting.publisher
        text = self.flat[self.start : self.start + place]
        if rival:
            before = named_publishers(text[: rival.start], self.shelf)
            return before.publishers[-1] if before.publishers else setting.publisher
        clause = re.split(r"[，。；]", text)[-1]
        if len(named_publishers(clause, self.shelf).publishers) > 1:
            return ""  # a comparison of two publishers that we do not understand is no claim about either
        before = named_publishers(text, self.shelf)
        return before.publishers[-1] if before.publishers else setting.publisher


def _with_region(before: str, publishers: tuple[str, ...]) -> int:
    """Where a publisher's name begins, the region that a text puts before its short name included: 上海市|普陀区万里街道."""
    match = re.search(r"(?:[一-龥]{2,3}?[省市区县州])+$", before)
    return match.start() if match and any(match[0] in name for name in publishers) else len(before)


def _shared_out(said: Said, lead: str, years: tuple[int, ...], setting: Setting) -> tuple[Said, tuple[int, ...], Setting]:
    """货物、服务分别为1万元、2万元; 2024年、2025年分别为…: each figure takes the next of the names or years."""
    tail = _tail(lead)
    waiting = setting.waiting if re.fullmatch(r"[\s、，和与及]*", lead) else ()
    if "分别" in tail:
        named = tuple(part for part in re.split(r"、|和|与|及", said.item) if len(part) > 1)
        spread = all_years(tail)
        waiting = tuple((name, 0) for name in named) if len(named) > 1 else tuple((said.item or setting.item, year) for year in spread) if len(spread) > 1 else ()
    if not waiting:
        return said, years, replace(setting, waiting=())
    name, year = waiting[0]
    return replace(said, items=(name,), item=name, form=Form.AMOUNT if said.form is Form.SUM else said.form), (year,) if year else years, replace(setting, waiting=waiting[1:])


def _set_against(said: Said, rival: _Rival, mention: Mention, lead: str, setting: Setting) -> Said:
    """A comparison with another publisher: the item before 比, or the one spoken of, against the same item or the one named behind."""
    clause = re.split(r"比|较|相比|是|为|相当于|高于|低于|多于|少于", _tail(lead))[0]
    own = item_of(clause) or setting.item
    items = tuple(item for item in (own, rival.item or own) if item)
    form = Form.TIMES if mention.amount.unit.kind is UnitKind.TIMES else Form.DIFFERENCE
    return replace(said, form=form, items=items, item=own, versus="", versus_year=0, turn=rival.turn, shares=mention.amount.unit.kind is UnitKind.POINTS)


_BOTH = re.compile(r"^(?:(?:这|以上|上述)?(?P<number>[两二三四五])(?:项|者|笔|类|块)|合计|共计|总计|加起来)(?:费用|支出|经费|采购|金额)?(?P<what>合计|共计|总计|之和|相加|共|相差|差额?|之差)?$")


def _meant(said: Said, setting: Setting) -> Said:
    """两项合计, 二者相差, 前者比后者: the items named before in the sentence."""
    recent = setting.recent
    if len(recent) > 1 and {"前者", "后者"} & set(said.items):
        return replace(said, items=tuple({"前者": recent[-2], "后者": recent[-1]}.get(item, item) for item in said.items))
    match = _BOTH.match(said.items[0]) if len(said.items) == 1 and said.form in (Form.AMOUNT, Form.SUM, Form.COUNT) else None
    if match is None or not match["number"]:
        return said
    count = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}[match["number"]]
    if len(recent) < count:
        return said
    form = Form.DIFFERENCE if (match["what"] or "").startswith(("相差", "差", "之差")) else Form.SUM
    return replace(said, form=form, items=recent[-count:], item="")


def _bound(mention: Mention, near: str) -> Bound:
    """约占全年支出的三分之二: the widening word may stand before the words of measure. A fraction is always a round figure."""
    if mention.bound is not Bound.EXACT:
        return mention.bound
    if "番" in mention.text and re.search(r"(?:几乎|差不多|近乎|近|接近)$", near):
        return Bound.NEAR
    match = re.search(r"(约|大约|大概|大致|近|将近|接近|超过|超|逾|不足|不到)(?:[^，]{2,}的$|占|为|是|相当于|完成|合|(?:年初|全年|调整后?的?)?预算)[^，]*$", near)
    if match:
        return {"近": Bound.NEAR, "将近": Bound.NEAR, "接近": Bound.NEAR, "超": Bound.OVER, "超过": Bound.OVER, "逾": Bound.OVER, "不足": Bound.UNDER, "不到": Bound.UNDER}.get(match[1], Bound.ABOUT)
    return Bound.ABOUT if re.search(r"分之(?!.*\.)", mention.text) and not mention.text.startswith(("百分之", "千分之")) else Bound.EXACT


def _speaks(sentence: str, organisation: str) -> bool:
    """Whether a sentence is about an organisation: it stands at its start."""
    return sentence.find(organisation) <= 12


def _without_reasons(lead: str) -> str:
    return re.sub(r"[^，。；]*?(?:主要)?原因[^。；，]*([。；，])", r"\1", lead)


def _tail(lead: str) -> str:
    return _CLAUSE.split(lead)[-1]


def _years(lead: str, prefix: str, setting: Setting) -> tuple[int, ...]:
    """The years of a figure: named next to it, in its clause, in its sentence, before; 从12万元增加到20万元 begins a year earlier."""
    if re.search(r"(?:从|由)\s*(?:上年|去年)?的?\s*$", lead):
        known = years_in(lead) or years_in(prefix) or setting.years
        return (known[-1] - 1,) if known else (0,)
    if (after := re.search(r"(?:^|[，\s])(?:到了?)?(一年后|次年|第二年|来年|[两二]年后)", lead)) and setting.years and not years_in(lead):
        return (setting.years[-1] + (2 if after[1][0] in "两二" else 1),)
    if re.match(r"\s*(?:猛|骤|陡|大幅|小幅|再|又|直接)?(?:增加|增长|提高|上升|涨|增|扩大|减少|下降|降低?|压减|缩减|回落)(?:到|至)", lead) and setting.from_year and not years_in(lead):
        return (setting.from_year + 1,)
    base = r"(?:是|为|相当于)\s*(?:19|20)\d{2}年(?:度)?的?\s*$"
    for words in (re.sub(base, "", _tail(lead)), re.sub(base, "", lead), re.sub(base, "", prefix)):
        if years := years_in(words):
            return years
    return setting.years


def _placed(said: Said, lead: str, setting: Setting) -> tuple[Said, Setting]:
    """The item's place: 其中 makes it part of the last whole one; an item of its own becomes the whole for what follows."""
    own = bool(said.item)
    if ("其中" in lead or re.match(r"[\s\u3000]*[：:]", lead) and own) and setting.top:
        said = replace(said, parent=said.parent or setting.top)
        setting = replace(setting, parent=setting.top)
    elif re.search(r"[。；]", lead) or own and not setting.parent:
        setting = replace(setting, parent="", top=said.parent or said.item or setting.top)
    elif setting.parent:
        said = replace(said, parent=said.parent or setting.parent)
    return said, replace(setting, item=said.item or setting.item)
