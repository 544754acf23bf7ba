"""A text → its Claims: every checkable figure and word, with publisher, year, kind and item from its sentence and those before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.amount import Unit, UnitKind
from corpus.disclosure import Disclosure, Kind, Scope
from corpus.fact import Basis
from corpus.number import Bound, Mention, find_mentions, half_width
from qa.account import is_whole
from qa.claim import Claim, Form
from qa.claim_body import bodies_of, listed, named_all
from qa.claim_forms import Said, said_of
from qa.claim_place import not_told_of
from qa.claim_related import of_figure_before, of_the_year, over_the_named
from qa.claim_setting import Rival, Setting, bound_of, meant, placed, set_against, tail_of, with_region, without_reasons
from qa.claim_shared import UNCLEAR, Around, Share, in_a_row, shares_of, taking
from qa.claim_words import DOWN, UP, item_of, kind_in, turn_in, years_in
from qa.claim_year import CLAUSE, Dated, dated, inherited, with_report
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
        setting = sentence.closing(setting)
    return tuple(found)


_BODIES_COUNTED = re.compile(r"[两二三四五六七八九十]+(?:家|个|部)(?:部?门|单位|机构|局|街道|[，里中的]|合计|共|之中|当中|相比)")
"""四个部门的“三公”, 三家合计: how many of those named, no figure of theirs."""
_NUMBERED = re.compile(r"[\s\u3000]*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d))")
_GENERIC_PLACE = re.compile(r"(?:城乡|城镇|乡镇)$")
"""其他城乡|社区支出: words of an account, no place."""


class _Sentence:
    """One sentence of a text with its publishers' names masked."""

    def __init__(self, text: str, flat: str, start: int, end: int, shelf: Sequence[Disclosure], about: str) -> None:
        self.text, self.flat, self.start, self.end, self.shelf = text, flat, start, end, shelf
        if _SAME_BODY.search(flat[start:end]):
            about = "".join((about, *named_publishers(flat[start:end], shelf).publishers))
            flat = flat[:start] + _without_same_body(flat[start:end], about) + flat[end:]
        self.named = named_all(flat[start:end], shelf)
        self.bodies = bodies_of(flat[start:end], self.named, shelf)
        self.only_place = next((flat[start + low : start + high] for low, high in self.named.spans if self._is_place(flat[start + low : start + high])), "")
        masked = list(flat)
        for low, high in self.named.spans:
            low = with_region(flat[start : start + low], self.named.publishers)
            high = _own_end(flat[start:end], high)
            masked[start + low : start + high] = _MASK * (high - low)
        self.masked = "".join(masked)

    def _is_place(self, name: str) -> bool:
        """沧江区 where the shelf has no more of it than the report of one of its offices."""
        owners = [d for d in self.shelf if d.publisher in named_publishers(name, self.shelf).publishers]
        return bool(re.fullmatch(r"[一-龥]{1,8}[省市区县州旗]", name)) and bool(owners) and all(d.scope is not Scope.GOVERNMENT and name not in (d.publisher, *d.aliases) for d in owners)

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(body.publisher for body in self.bodies if body.publisher and not body.other))

    @property
    def is_line(self) -> bool:
        """Whether it is a line of its own, and ends without a full stop: a title or a heading."""
        begins = self.start == 0 or self.flat[self.start - 1] == "\n"
        return begins and self.flat[self.end - 1 : self.end] not in "。！？!?" and (self.end == len(self.flat) or self.flat[self.end - 1] == "\n")

    @property
    def begins(self) -> bool:
        return not self.flat[: self.start].rsplit("\n", 1)[-1].strip()

    def opening(self, before: Setting) -> Setting:
        """The setting at the start of the sentence: a new publisher, or an organisation that the shelf does not have."""
        setting = replace(before, parent="", whole="", recent=(), pair=(), waiting=(), row=(), against="")
        if self.begins:
            setting = replace(setting, calendar=replace(setting.calendar, above=()))
        sentence = self.flat[self.start : self.end]
        unknown = "" if _GENERIC_PLACE.search(self.named.unknown) else self.named.unknown
        if self.subjects:
            first = self.subjects[0]
            if first != before.publisher:
                setting = replace(setting, publisher=first, unknown="", item="", top="", kind=None if before.publisher else before.kind)
        elif self.named.ambiguous:
            setting = replace(setting, publisher="", unknown="、".join(self.named.ambiguous))
        elif unknown and not self.bodies and (not before.publisher or _speaks(sentence, unknown)):
            setting = replace(setting, publisher="", unknown=unknown)
        return self._dated_opening(setting, sentence)

    def _dated_opening(self, setting: Setting, sentence: str) -> Setting:
        figures = find_mentions(sentence)
        kind = kind_in(sentence)
        if kind and (not figures or _ANNOUNCED.search(sentence)):
            setting = replace(setting, kind=kind)
        if not figures and (years := years_in(self.masked[self.start : self.end])):
            calendar = setting.calendar
            source = "小标题" if calendar.mains else "标题"
            calendar = calendar.headed(next(iter(self.subjects), ""), years, source) if self.is_line else calendar.within(Dated(years))
            setting = replace(setting, calendar=calendar)
        numbered = _NUMBERED.match(sentence) if self.is_line and not figures else None
        if numbered and (item := item_of(self.masked[self.start + numbered.end() : self.end].strip())):
            setting = replace(setting, item=item, top=item)  # 四、“三公”⏎42.24万元
        return setting

    def closing(self, setting: Setting) -> Setting:
        """What the next sentence inherits of this one."""
        calendar = setting.calendar.ended(self.subjects or (setting.publisher,), "标题" if self.is_line else "第一句")
        bodies = tuple(dict.fromkeys(body.publisher for body in self.bodies if body.publisher))
        return replace(setting, calendar=calendar, from_year=0, from_base="", from_budget=False, told=("", 0), planned="", bodies=bodies if len(bodies) > 1 else setting.bodies)

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
            claim, setting = self._figure(one, lead, setting, found, in_a_row(sentence, figures, figures.index(one)))
            begin = one.end
            found.append(claim)
        return found, setting

    def _counts(self, mention: Mention) -> bool:
        """Whether a figure claims anything: spans of time, limits in names and rules do not."""
        before = self.masked[self.start : self.start + mention.start]
        after = self.masked[self.start + mention.end : self.end]
        unit = mention.amount.unit
        span = unit.base in _SPANS_OF_TIME and not (unit.base in ("天", "个月") and re.search(r"(?:工期|期限|周期)(?:为|是|共|约|[:：])*$", before))
        if mention.text.endswith("块") and re.search(r"的\s*$", before) and not re.match(r"钱|[多一二三四五六七八九\d]", after):
            return False  # 最大的一块
        if unit.kind is UnitKind.COUNT and _BODIES_COUNTED.match(mention.text + after):
            return False
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

    def _figure(self, mention: Mention, lead: str, setting: Setting, found: Sequence[Claim], row: int) -> tuple[Claim, Setting]:
        rival = self._rival(mention) or _against(setting, lead, mention)
        publisher = self._publisher(mention.start, setting, rival)
        other = self._is_of_other(mention.start) and not rival
        prefix = self.masked[self.start : self.start + mention.start]
        behind = self.masked[self.start + mention.end : self.end]
        time = self._time(lead, behind, setting, publisher, bool(found))
        years = time.years
        if (run := re.search(r"(?:连续|近)([两二三])年", tail_of(lead))) and len(years) == 1:
            years = tuple(range(years[0] - (2 if run[1] == "三" else 1), years[0] + 1))
        lead = _ASIDE_WORDS.sub("", re.sub(r"[^，。；]*(?:[比较]|相比于?|[高低多少]于|超过)\u3000+", "", lead) if other else lead)
        clauses = [clause for clause in CLAUSE.split(lead)]
        year = years[0] if len(years) == 1 else 0
        setting, topic = replace(setting, calendar=setting.calendar.within(time)), setting.top
        said, setting = placed(said_of(mention, clauses, re.split(r"[，。；,;]", behind)[0], year, setting.item, setting.top), lead, setting)
        said, share, setting, unclear = self._shared(said, lead, setting, row)
        years, publisher = (share.year,) if share.year else years, share.publisher or publisher
        said = of_figure_before(meant(said, setting, tail_of(lead)), lead, mention, found, prefix)
        said, setting = of_the_year(over_the_named(said, setting), lead, setting)
        said, setting = _carried(said, setting, lead)
        if rival:
            said = set_against(said, rival, mention, lead, setting)
        if not years and said.versus_year:
            years = (said.versus_year + 1,)
        claim = replace(
            self._claim(mention, said, years, clauses, prefix, setting),
            publisher=publisher, rival=rival.publisher if rival else "", rival_years=rival.years if rival else (), topic=topic,
            dated_by=time.source if years == time.years else "", maybe=time.maybe if years == time.years else (), unclear=unclear or ("没有写明是哪一年" if time.unknown else "") or self._vague(said, lead, prefix, behind, mention.amount.unit, found),
        )  # fmt: skip
        setting = replace(setting, against=publisher if other else "")
        return claim, _told(_based(setting, claim, lead, clauses, time), claim, lead)

    def _vague(self, said: Said, lead: str, prefix: str, behind: str, unit: Unit, found: Sequence[Claim]) -> str:
        """Why a figure says nothing that one report could bear out; '' where it does."""
        if self.only_place and len(self.bodies) == 1 and (reason := not_told_of(self.only_place, self.bodies[0].publisher, prefix[self.bodies[0].end :], unit)):
            return reason
        if _RANGE_BEFORE.search(lead):
            return "写的是一个范围，没有核对"
        if said.form is Form.AMOUNT and said.items in (("支出",), ("开支",)) and _ONLY_SPENT.fullmatch(tail_of(lead)) and self._of_a_part(found):
            return "没有写明是哪一项的支出"
        of_a_total = said.form is Form.SHARE and re.search(r"占(?:其|该项目)?总[额量数]的?[\s\u3000约近]*$", lead)
        if not said.item and (of_a_total or _LEFT.search(lead) and _NOT_YET.match(behind)):
            return "没有写明剩下的是哪一项"
        of_all = len({claim.publisher for claim in found if claim.publisher and claim.sentence == self.text[self.start : self.end].strip()}) > 1
        if of_all and (_OF_ALL_BODIES.search(tail_of(lead)) or said.form is Form.SHARE and not said.whole):
            return "说的是几个部门合在一起，没有核对"
        return ""

    def _of_a_part(self, found: Sequence[Claim]) -> bool:
        """Whether the sentence spoke last of things or of a part of the money, a fund's too: 基金收入518.60万元，支出… is no 支出 of all."""
        items = found[-1].items if found and self.start <= found[-1].start < self.end else ()
        return bool(items) and not is_whole(items[0], "")

    def _time(self, lead: str, behind: str, setting: Setting, publisher: str, figures_before: bool) -> Dated:
        calendar = with_report(setting.calendar, publisher, self.shelf)
        return dated(lead, behind, calendar, publisher, figures_before, setting.from_year)

    def _shared(self, said: Said, lead: str, setting: Setting, row: int) -> tuple[Said, Share, Setting, str]:
        """The item, year or publisher that 分别 gives to a figure."""
        tail = tail_of(lead)
        if "分别" not in tail:
            if not setting.waiting:
                return said, Share(), setting, ""
            share = setting.waiting[0]
            return taking(said, share), share, replace(setting, waiting=setting.waiting[1:]), ""
        around = Around(tail, row, setting.item, setting.row, listed(self.flat[self.start : self.end], self.bodies), setting.bodies, setting.recent)
        shares = shares_of(said, around)
        if not shares:
            return said, Share(), setting, UNCLEAR
        said = taking(said, shares[0])
        rest = tuple(replace(share, said=said) for share in shares[1:])
        return said, shares[0], replace(setting, waiting=rest, row=shares), ""

    def _claim(self, mention: Mention, said: Said, years: tuple[int, ...], clauses: Sequence[str], prefix: str, setting: Setting) -> Claim:
        over = setting.from_year if said.form in (Form.CHANGE, Form.GROWTH) and not said.versus else 0
        return Claim(
            self.start + mention.start, self.start + mention.end, self.text[self.start + mention.start : self.start + mention.end],
            self.text[self.start : self.end].strip(), said.form, "", setting.unknown, years, said.kind or kind_in(clauses[-1]) or kind_in(prefix) or setting.kind,
            said.basis, said.items, said.parent, said.whole, said.versus, said.versus_year or over,
            said.turn, mention.amount, bound_of(mention, clauses[-1]) if said.kind is None else Bound.EXACT, said.per, said.shares, before=prefix,
        )  # fmt: skip

    def _word(self, word: Wordless, lead: str, setting: Setting) -> Claim:
        prefix = self.masked[self.start : self.start + word.end]
        publisher = self._publisher(word.start, setting)
        calendar = with_report(setting.calendar, publisher, self.shelf)
        years = years_in(lead) or calendar.sentence or years_in(self.masked[self.start : self.end])
        time = Dated(years) if years else inherited(calendar, publisher, lead)
        item = word.item or next((noun for clause in reversed(CLAUSE.split(lead)) if (noun := item_of(re.sub(r"占[^，]*$", "", clause)))), "") or setting.item
        return Claim(
            self.start + word.start, self.start + word.end, self.text[self.start + word.start : self.start + word.end],
            self.text[self.start : self.end].strip(), word.form, publisher, setting.unknown, time.years,
            kind_in(prefix) or setting.kind, word.basis, (item,) if item else (), "", word.whole, word.versus, word.versus_year, word.turn, before=prefix, dated_by=time.source, maybe=time.maybe, unclear=self._unranked(word),
        )  # fmt: skip

    def _unranked(self, word: Wordless) -> str:
        """Why a superlative cannot be held against one report of one year; '' where it can."""
        if word.form not in (Form.MOST, Form.LEAST, Form.RANK):
            return ""
        clause = re.split(r"[。；]", self.masked[self.start : self.start + word.end])[-1]
        if word.versus == "各年":
            return "几年之间的高低没有核对"
        return "几个部门之间的高低没有核对" if len(self.subjects) > 1 or _AMONG_BODIES.search(clause) else ""

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
        if not linked or len(other) != 1 or not compares or mention.amount.unit.kind is not UnitKind.TIMES and re.search(r"的[\s\u3000]*$", behind) or (mention.amount.unit.kind is UnitKind.TIMES) == bool(re.search(r"[比较]$", before)):
            return None
        return Rival(other[0], years_in(behind), item_of(re.sub(rf"(?:{UP}|{DOWN})[出了]?[\s\u3000约近]*$", "", behind)), linked.start(), turn_in(behind) or turn_in(before))

    def _publisher(self, place: int, setting: Setting, rival: "Rival | None" = None) -> str:
        """The publisher that the sentence was last about before a figure; of 比城管局的0.46万元 the one that it is compared with."""
        before = [body for body in self.bodies if body.end <= (rival.start if rival and rival.start >= 0 else place)]
        if not rival and self._is_of_other(place):
            return before[-1].publisher
        about = [body for body in before if not body.other]
        clause = self.start + place - len(re.split(r"[，。；]", self.flat[self.start : self.start + place])[-1])
        if not rival and len({body.publisher for body in about if self.start + body.start >= clause}) > 1:
            return ""  # several publishers in one clause, and nothing says whose the figure is
        return about[-1].publisher if about else setting.publisher


    def _is_of_other(self, place: int) -> bool:
        """远高于城管局的507.25万元: whether a figure is that of the publisher that the sentence compares with."""
        before = [body for body in self.bodies if body.end <= place]
        return bool(before) and before[-1].other and bool(_ITS_FIGURE.fullmatch(self.masked[self.start + before[-1].end : self.start + place]))


def _against(setting: Setting, lead: str, mention: Mention) -> Rival | None:
    """比城管局的0.46万元|高出1.65万元: the change is over that figure."""
    turn = turn_in(lead)
    if not setting.against or not turn or mention.amount.unit.kind not in (UnitKind.MONEY, UnitKind.COUNT, UnitKind.PERCENT) or not _ONLY_TURN.fullmatch(lead):
        return None
    return Rival(setting.against, (), "", -1, turn)


_ONLY_SPENT = re.compile(r"[\s\u3000]*(?:共|总共|累计|实际)?(?:支出|开支)了?[\s\u3000约近]*")
"""小游园建成12个，支出460万元: of the gardens, not all that was spent."""
_ONLY_TURN = re.compile(rf"[\s\u3000]*(?:还|要|足足|整整)?(?:{UP}|{DOWN})[了出]?[\s\u3000约近]*")
_AMONG_BODIES = re.compile(r"(?:各|所有|全部|几个|[两三四五六七八九十]个?)(?:部门|单位|街道|局|家)|部门(?:中|里|之中|当中)|全[区市省县]")
_RANGE_BEFORE = re.compile(r"(?:\d[\d,.]*|[一二三四五六七八九十]+)[万亿]?(?:元)?\s*(?:至|到|[-—~～]+)\s*$")
_LEFT = re.compile(r"(?:还有|尚有|剩余|余下|其余|剩下)[\s\u3000约近]*$")
_NOT_YET = re.compile(r"[\s\u3000]*(?:的?资金)?(?:待|未|没有|尚)")
_OF_ALL_BODIES = re.compile(r"合计|共计|总计|一共|总共|加起来|[两二三四五六七八九十几](?:家|个(?:部门|单位))")
_ITS_FIGURE = re.compile(r"[\s\u3000]*(?:19|20)?(?:\d{2}年度?)?的[^，。；：、\d]{0,12}")
_ASIDE_WORDS = re.compile(r"(?:去年|上年)同期(?:[（(](?:19|20)\d{2}年度?[)）])?|此前(?=在?(?:19|20)\d)|(?:据此)?(?:推算|倒推)(?=在?(?:19|20)\d)|据此|(?:本次|此次|这次)公开的(?:预算|决算)?(?:显示)?|(?:这|那)[家个](?:单位|部门|机构)的?")
"""Words that say of which year or body a figure is, and nothing of its item."""


def _carried(said: Said, setting: Setting, lead: str) -> tuple[Said, Setting]:
    """What the sentence told before gives to a figure: what was spent of a budget, what a share is of, the parts of a sum, what an average is of."""
    if setting.planned and _SPENT.fullmatch(tail_of(lead)):
        said, setting = replace(said, items=(setting.planned,), item=setting.planned, kind=Kind.FINAL), replace(setting, item=setting.planned, top=setting.planned)
    if said.form is Form.SHARE and not said.item and setting.summed and tail_of(lead).strip(" \u3000").startswith(("约", "占", "大约", "近")):
        said = replace(said, items=setting.summed)
    setting = replace(setting, summed=said.items if said.form is Form.SUM and len(said.items) > 1 else ())
    if said.form is Form.SHARE:
        said = replace(said, whole=said.whole or setting.whole)
        setting = replace(setting, whole=said.whole)
    setting = replace(setting, recent=tuple(dict.fromkeys((*setting.recent, *said.items))) if said.form is not Form.SUM else setting.recent)
    setting = replace(setting, pair=said.items) if said.form is Form.SUM and len(said.items) == 2 else setting
    if said.form is Form.AVERAGE and not said.item and (of := setting.money or (setting.top if setting.parent else "")):
        said = replace(said, items=(of,))
    if said.form in (Form.AMOUNT, Form.SUM):
        setting = replace(setting, money=said.parent if said.form is Form.SUM and said.parent else (said.items or (setting.money,))[0])
    return said, setting


def _based(setting: Setting, claim: Claim, lead: str, clauses: Sequence[str], time: Dated) -> Setting:
    """What the next change is over: the year that a figure was told of beside the text's own (从…, 比2024年的…, 2025年执行…)."""
    if re.search(r"(?:从|由)[^，自来]*$", clauses[-1]) and claim.years and claim.form is Form.AMOUNT:
        return replace(setting, from_year=claim.years[0], from_budget="预算" in tail_of(lead), from_base="")
    if claim.form in (Form.CHANGE, Form.GROWTH) and claim.versus and not setting.from_budget:
        return replace(setting, from_year=claim.versus_year, from_base=claim.versus)  # 比上年预算减少3万元，降一成
    if claim.form is Form.AMOUNT and claim.versus == "" and setting.from_base and not time.alone:
        setting = replace(setting, from_base="", from_year=0 if setting.from_year and not setting.from_budget else setting.from_year)
    if time.alone and claim.form is Form.AMOUNT and len(time.years) == 1 and (time.base or not time.day):
        executed = f"{time.years[0]}年执行数" if claim.basis is Basis.EXECUTED else ""
        return replace(setting, from_year=time.years[0], from_base=time.base or executed)
    return setting


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


