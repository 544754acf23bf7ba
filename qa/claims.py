"""A text → its Claims: every checkable figure and word, with publisher, year, kind and item from its sentence and those before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.amount import UnitKind
from corpus.disclosure import Disclosure, Kind
from corpus.number import Bound, Mention, find_mentions, half_width
from qa.claim import Claim, Form
from qa.claim_forms import said_of
from qa.claim_related import of_figure_before, of_the_year, over_the_named
from qa.claim_setting import CLAUSE, Rival, Setting, bound_of, meant, placed, set_against, shared_out, tail_of, with_region, without_reasons, years_of
from qa.claim_words import DOWN, UP, item_of, kind_in, turn_in, years_in
from qa.publisher import named_publishers
from qa.wordless import Wordless, wordless

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_MASK = "\u3000"
_FORECAST = re.compile(r"力争|有望|争取|预计(?:到|明年|未来|将)|(?:未来|今后|明年|下一步)[^，。]{0,12}(?:将|要|拟)|目标是到|到20\d\d年[^，。]{0,8}(?:将|达到|实现|力争)")
_ANNOUNCED = re.compile(r"(?:公开|公布|发布|晒出?|披露|亮出)[^，。：]{0,16}(?:决算|预算)|(?:决算|预算)(?:报告|情况)?[^，。]{0,6}(?:公开|公布|发布|出炉|亮相|显示|称|披露)")
_RULE = re.compile(r"不得(?:超过|高于|低于)|标准(?:为|是)|规定(?:为|是)?每|(?:控制|压减)[^，。]{0,6}要求|起征点|门槛")
_SPANS_OF_TIME = frozenset(("小时", "分钟", "天", "岁", "个月", "课时", "学时", "层"))


_SPENT = re.compile(r"[\s\u3000]*(?:实际)?(?:支出|开支)(?:决算)?(?:为|是|了)?[\s\u3000]*")
"""三公经费预算6.02万元，支出4.28万元，结余…: what was spent of the item whose budget was told."""
_SAME_BODY = re.compile(r"(?:该|本|我)(?P<body>单位|部门|机关|办公[室厅]|委员会|街道(?:办事处|办)?|[局厅署馆校镇乡委院](?![一-龥]?[理置罚分托费士]))")
"""该办公室, 我单位: no other body, but the one that the text spoke of before."""


def _without_same_body(sentence: str, about: str) -> str:
    """该局 is the body spoken of only where that is a 局; otherwise another one was named in between."""
    fits = ("单位", "部门", "机关")
    return _SAME_BODY.sub(lambda same: _MASK * len(same[0]) if same["body"] in fits or same["body"].removesuffix("办事处").removesuffix("员会")[:2] in about else same[0], sentence)


def _own_end(sentence: str, end: int) -> int:
    """Where a publisher's name ends: the 市 of 德州市级, the 政府 of 鄂州市政府性债务 are words of the item."""
    if re.search(r"[省市区县州]本级$", sentence[:end]):
        return end - 3
    if re.match(r"本?级", sentence[end:]) and sentence[end - 1] in "省市区县州":
        return end - 1
    return end - 2 if sentence[:end].endswith("政府") and re.match(r"性|采购|债[务券]|购买服务", sentence[end:]) else end


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
        setting = replace(setting, from_year=0, from_budget=False, told=("", 0), planned="")
    return tuple(found)


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
            low = with_region(flat[start : start + low], self.named.publishers)
            high = _own_end(flat[start:end], high)
            masked[start + low : start + high] = _MASK * (high - low)
        self.masked = "".join(masked)

    def opening(self, before: Setting) -> Setting:
        """The setting at the start of the sentence: a new publisher, or an organisation that the shelf does not have."""
        setting = replace(before, parent="", whole="", recent=(), pair=(), waiting=())
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
            lead = without_reasons(sentence[begin : one.start])
            if isinstance(one, Wordless):
                found.append(self._word(one, lead, setting))
                continue
            claim, setting = self._figure(one, lead, setting, found)
            begin = one.end
            found.append(claim)
        return found, setting

    def _counts(self, mention: Mention) -> bool:
        """Whether a figure claims anything: spans of time, limits in names and rules do not."""
        before = self.masked[self.start : self.start + mention.start]
        after = self.masked[self.start + mention.end : self.end]
        unit = mention.amount.unit
        span = unit.base in _SPANS_OF_TIME and not (unit.base in ("天", "个月") and re.search(r"(?:工期|期限|周期)(?:为|是|共|约|[:：])*$", before))
        if unit.kind is UnitKind.COUNT and (span or re.match(r"季度|月|方面|部分|环节|层面|合计|共计|总计|相加|之和|维度|年|阶段|步骤|原则|人员|钱|没|不|规定|精神|工作|任务|措施|要求|机制|领域|目标|举措|职能|职责|重点|占", after)):
            return False
        if re.search(r"(?:单价|单位价值)\s*$", before) or re.match(r"\s*[（(]?含?[)）]?以[上下](?:的)?(?:通用|专用|设备|大型)", after):
            return False
        if unit.kind is UnitKind.MONEY and mention.text.endswith(("以上", "以下")) and re.match(r"\s*的?(?:通用|专用|设备|大型|车辆|仪器)", after):
            return False
        if unit.kind is UnitKind.MONEY and re.search(r"单价[^，。]{0,6}$", before):
            return False
        clause = re.split(r"[，。；]", before)[-1]
        if _FORECAST.search(clause) and not re.search(r"预算|决算", clause):
            return False
        return not _RULE.search(clause)

    def _figure(self, mention: Mention, lead: str, setting: Setting, found: Sequence[Claim]) -> tuple[Claim, Setting]:
        clauses = [clause for clause in CLAUSE.split(lead)]
        prefix = self.masked[self.start : self.start + mention.start]
        years = years_of(lead, prefix, setting)
        year = years[0] if len(years) == 1 else 0
        after = re.split(r"[，。；,;]", self.masked[self.start + mention.end : self.end])[0]
        if len(years) == 1 and (run := re.search(r"(?:连续|近)([两二三])年", tail_of(lead))):
            years = tuple(range(year - (2 if run[1] == "三" else 1), year + 1))
        based = re.search(r"(?:从|由)\s*(?:上年|去年)?的?\s*$", lead) and not years_in(lead)  # 从421万元减到58万元: what follows is not of the year before
        setting, topic = replace(setting, years=years if years and years != (0,) and not based else setting.years), setting.top
        said, setting = placed(said_of(mention, clauses, after, year, setting.item, setting.top), lead, setting)
        said, years, setting = shared_out(said, lead, years, setting)
        said = of_figure_before(meant(said, setting, tail_of(lead)), lead, mention, found, prefix)
        said, setting = of_the_year(over_the_named(said, setting), lead, setting)
        if setting.planned and _SPENT.fullmatch(tail_of(lead)):
            said, setting = replace(said, items=(setting.planned,), item=setting.planned, kind=Kind.FINAL), replace(setting, item=setting.planned, top=setting.planned)
        if said.form is Form.SHARE:
            said = replace(said, whole=said.whole or setting.whole)
            setting = replace(setting, whole=said.whole)
        setting = replace(setting, recent=tuple(dict.fromkeys((*setting.recent, *said.items))) if said.form is not Form.SUM else setting.recent)
        setting = replace(setting, pair=said.items) if said.form is Form.SUM and len(said.items) == 2 else setting
        if said.form is Form.AVERAGE and not said.item and (of := setting.money or (setting.top if setting.parent else "")):
            said = replace(said, items=(of,))
        if said.form in (Form.AMOUNT, Form.SUM):
            setting = replace(setting, money=said.parent if said.form is Form.SUM and said.parent else (said.items or (setting.money,))[0])
        rival = self._rival(mention)
        if rival:
            said = set_against(said, rival, mention, lead, setting)
        kind = said.kind or kind_in(tail_of(lead)) or kind_in(prefix) or setting.kind
        if not years and said.versus_year:
            years = (said.versus_year + 1,)
        claim = Claim(
            self.start + mention.start, self.start + mention.end, self.text[self.start + mention.start : self.start + mention.end],
            self.text[self.start : self.end].strip(), said.form, self._publisher(mention.start, setting, rival), setting.unknown, years, kind,
            said.basis, said.items, said.parent, said.whole, said.versus, said.versus_year or (setting.from_year if said.form in (Form.CHANGE, Form.GROWTH) and not said.versus else 0),
            said.turn, mention.amount, bound_of(mention, clauses[-1]) if said.kind is None else Bound.EXACT, said.per, said.shares,
            rival.publisher if rival else "", rival.years if rival else (), prefix, topic,
        )  # fmt: skip
        if re.search(r"(?:从|由)[^，自来]*$", clauses[-1]) and years and said.form is Form.AMOUNT:
            setting = replace(setting, from_year=years[0], from_budget="预算" in tail_of(lead))
        return claim, _told(setting, claim, lead)

    def _word(self, word: Wordless, lead: str, setting: Setting) -> Claim:
        prefix = self.masked[self.start : self.start + word.end]
        years = years_of(lead, prefix, setting) or years_in(self.masked[self.start : self.end])
        item = word.item or next((noun for clause in reversed(CLAUSE.split(lead)) if (noun := item_of(re.sub(r"占[^，]*$", "", clause)))), "") or setting.item
        return Claim(
            self.start + word.start, self.start + word.end, self.text[self.start + word.start : self.start + word.end],
            self.text[self.start : self.end].strip(), word.form, self._publisher(word.start, setting), setting.unknown, years,
            kind_in(prefix) or setting.kind, word.basis, (item,) if item else (), "", word.whole, word.versus, word.versus_year, word.turn, before=prefix,
        )  # fmt: skip

    def _rival(self, mention: Mention) -> "Rival | None":
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
        return Rival(other[0], years_in(behind), item_of(re.sub(rf"(?:{UP}|{DOWN})[出了]?[\s\u3000约近]*$", "", behind)), linked.start(), turn_in(behind) or turn_in(before))

    def _publisher(self, place: int, setting: Setting, rival: "Rival | None" = None) -> str:
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


def _told(setting: Setting, claim: Claim, lead: str) -> Setting:
    """2017年196.72万元，2019年2938.21万元，增长近14倍: the change is over the year told before, not the one before the last."""
    if claim.form is Form.AMOUNT and claim.items and re.search(r"(?<!公共)(?<!基金)(?<!经营)预算(?:数|安排)?(?:为|是|共)?[\s\u3000]*$", lead):
        setting = replace(setting, planned=claim.items[0])
    if claim.form is not Form.AMOUNT or len(claim.years) != 1 or not claim.items or not years_in(lead):
        return setting
    item, year = setting.told
    earlier = year if item == claim.items[0] and year < claim.years[0] else 0
    return replace(setting, told=(claim.items[0], claim.years[0]), from_year=earlier or setting.from_year)


def _speaks(sentence: str, organisation: str) -> bool:
    """Whether a sentence is about an organisation: it stands at its start."""
    return sentence.find(organisation) <= 12


