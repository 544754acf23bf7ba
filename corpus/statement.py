"""Statement: what a sentence says of each of its figures, read from a paragraph and the section it stands in.

Shared by reading (prose facts), by checking (claims are sentences of the same kind) and by the audit.
"""

import re
from dataclasses import dataclass, replace

from corpus.amount import Amount, UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Measure
from corpus.number import Bound, Mention, find_mentions, half_width
from corpus.planted import without_instructions


@dataclass(frozen=True)
class Setting:
    """What a paragraph inherits from around it."""

    year: int
    kind: Kind
    names: tuple[str, ...] = ()
    """The publisher's names: they are not part of what is measured."""
    heading: str = ""
    """What the section is about (三公经费), for sentences that do not name their item."""
    executed: bool = False
    """The section tells how a past budget was executed, in a report that plans the next; or how a year's budget has been executed so far."""


@dataclass(frozen=True)
class Statement:
    """One figure of a text and what it measures."""

    start: int
    end: int
    sentence: tuple[int, int]
    subject: tuple[str, ...]
    """Item path, the outermost first; () when the text names none."""
    measure: Measure
    basis: Basis
    versus: str
    year: int
    amount: Amount
    """Signed for changes: a fall is negative."""
    bound: Bound
    reason: str
    own: bool = True
    """False: the subject was inherited from an earlier sentence or the heading."""
    day: str = ""
    """Of a stock: the day that an earlier sentence of the paragraph names for it (截止2022年12月31日); '' where its own sentence does, or none."""


@dataclass(frozen=True)
class _State:
    subject: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    versus: str = ""
    own: bool = False
    basis: Basis = Basis.NONE


_STOP = re.compile(r"[。！？\n]")
_HEREAFTER = re.compile(r"[（(][^（()）]{0,12}下同[)）]")
"""比2022年（上一年度，下同）预算增加: an aside of the writer's that names nothing."""
_CLAUSE = re.compile(r"[，。；：,;:！？\n]|[（(](?=其中)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|(?=预算|决算))")
"""2026预算安排9万元: the sign 年 may be left out (石泉路街道 2026)."""
_VERSUS = re.compile(
    r"(?:与|同|比|较|相较于?|对比|按)\s*(?P<what>(?:(?:19|20)\d{2}\s*(?:年度?|(?=预算|决算))|上一?年度?|去年|前年|同期|年初|全年|当年|调整后?|预算|决算)"
    r"(?:同期|当年)?(?:年初|全年|调整后?)?(?:财政拨款)?(?:支出)?(?:预算执行数|执行数|预算数?|决算数?)?(?:总额|安排)?)\s*(?:相比|比较|对比|看)?"
)
_OTHER = re.compile(r"比(?P<what>[^，。；比]{2,24}?)(?:还)?(?=多|少|高|低|增|减|超)")
_UP = r"(?:调增|增加|增长|上升|提高|增幅|增速|增支|增收|上涨|超支|超出|超过|高出|多出|新增|扩大|涨了?|多了?|高)"
_DOWN = r"(?:调减|减少|下降|降低|压减|缩减|减幅|降幅|减支|回落|下滑|节约|节省|(?<![和转存末计度支])结余|剩余|低于?|降了?|少了?|减)"
_TURN = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_TURN_END = re.compile(rf"(?:{_UP}|{_DOWN})(?:幅度|额|率)?(?:了|安排|约|为|达|到|近|各|均|共|：)*$")
_DONE = re.compile(r"(?:完成|执行|达到?|相当于|为|是)?\s*(?P<of>(?:年初|全年|调整后?|当年)?预算(?:数|安排)?)?的?\s*(?:执行率|完成率|完成)?(?:为|达到?|是)?$")
_SHARE = re.compile(r"占(?:比|总?比重)?(?P<of>[^，。；占]*?)(?:的?比[例重]|的|比)?(?:为|达到?|是|到|约)*$")
_BASES = (
    (re.compile(r"年初预算"), Basis.OPENING),
    (re.compile(r"全年预算|调整后?(?:的)?预算|预算调整数|调整数|调整(?:为|到)$"), Basis.ADJUSTED),
    (re.compile(r"预算执行数|执行数|支出数"), Basis.EXECUTED),
    (re.compile(r"决算"), Basis.FINAL),
    (re.compile(r"预算(?!财政拨款|拨款|单位|绩效|管理|资金|项目)"), Basis.BUDGET),
)
_NUMBERING = re.compile(r"^\s*(?:\d+\s*[.、．](?!\d)|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|[一二三四五六七八九]是|其中|另外?|此外)\s*[:：，]?\s*")
_TAIL = re.compile(
    r"(?:年初|全年|调整后?|当年)?(?:预算|决算|执行)(?:数|金额|安排|总额)?(?:为|是|共计?|合计|安排)*$"
    r"|(?<=[入出额费款金])[由从]$|(?:分别)?(?:为|是|累计|共计|达到?|安排|(?<![总合小])计|有|约|各|均|达|的|数为|[:：])+$"
)
_GENERIC = {"", "支出", "金额", "资金", "经费", "数", "预算", "决算", "其中", "共", "合计", "总计", "全部", "实际", "实际支出", "完成", "均", "各",
            "支出数", "预算数", "决算数", "增长率", "增幅", "同比", "环比", "执行", "安排", "年末", "当年", "全年", "本年", "本年度", "费用", "其", "年初", "同期", "调整", "调增", "调减", "当年支出"}
_PATH = re.compile(r"[“\"]?\s*([^，。；：“”\"（）()]+(?:[（(][^（）()类款项]*[)）][^，。；：“”\"（）()]*)*)\s*[（(]([类款项])[)）]")
_REASON = re.compile(r"(?:主要)?原因(?:是|为|系|：|:|在于)*|主要(?:是|系)(?:由于|因为?)?|由于|因为")


def statements(text: str, setting: Setting) -> tuple[Statement, ...]:
    """What each figure of a paragraph measures, in order."""
    text = without_instructions(text)
    flat = half_width(text)
    if opening := re.match(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．])?\s*((?:19|20)\d{2})年(?:度)?(?!\s*(?:与|同|比|较|预算|决算|末|底|\d))", flat):
        setting = replace(setting, year=int(opening[1]))
    found: list[Statement] = []
    state = _State(subject=_path(setting.heading) if setting.heading else ())
    begin = 0
    waiting: tuple[str, ...] = ()
    for mention in find_mentions(text):
        if _is_threshold(flat, mention):
            continue
        if _in_reason(flat, mention.start):
            found.append(_aside(flat, mention, state, setting))
            continue  # what the reason goes on to name is no item of the next figure: …增加420万元，以及人员经费增加；支出预算
        lead = _HEREAFTER.sub("", flat[begin : mention.start])
        begin = mention.end
        state, waiting = _shared_out(_advance(state, lead, setting), lead, waiting)
        found.append(_statement(flat, mention, lead, state, setting))
        if found[-2:-1] and not waiting and not state.own and re.fullmatch(r"\s*[、和与及]\s*", lead) and _of_one_unit(*found[-2:]):
            found[-2:] = [replace(found[-2], subject=(), measure=Measure.OTHER), replace(found[-1], subject=(), measure=Measure.OTHER)]
    return tuple(found)


def _of_one_unit(one: Statement, other: Statement) -> bool:
    """分别 left out: which of two items is which is not said; 12批次、138人次 are of one item."""
    return one.measure is not Measure.COUNT or one.amount.unit == other.amount.unit


def _is_threshold(flat: str, mention: Mention) -> bool:
    """单价100万元（含）以上设备, 打印设备（20万以下）: a limit in a name, not a figure of the report."""
    if mention.text.endswith(("以下", "以上", "以内")) and re.search(r"[（(](?:总?预算|单价|单项|每台)?\s*$", flat[: mention.start]) and re.match(r"\s*[)）]", flat[mention.end :]):
        return True
    return bool(re.match(r"\s*[（(]含[)）]\s*以[上下]", flat[mention.end :]) or re.search(r"单价\s*$", flat[: mention.start]))


def _in_reason(flat: str, place: int) -> bool:
    """Whether a figure stands inside a reason (主要原因是2025年新增1辆…): it is not what the sentence measures."""
    return bool(re.search(r"原因[^。；]*$", flat[:place]))


def _aside(flat: str, mention: Mention, state: _State, setting: Setting) -> Statement:
    return Statement(
        mention.start, mention.end, sentence_at(flat, mention.start), (*state.subject, "原因说明"), Measure.OTHER, Basis.NONE, "",
        setting.year, mention.amount, mention.bound, "", False,
    )


def _shared_out(state: _State, lead: str, waiting: tuple[str, ...]) -> tuple[_State, tuple[str, ...]]:
    """基本支出和项目支出分别为1万元、2万元: each figure takes the next of the names."""
    if "分别" in _CLAUSE.split(lead)[-1] and state.subject:
        waiting = tuple(name for name in re.split(r"[、和与及]", state.subject[-1]) if name)
    elif not re.fullmatch(r"\s*[、，和]?\s*", lead):
        waiting = ()
    if not waiting:
        return state, ()
    return replace(state, subject=(*state.parent, waiting[0]), own=True), waiting[1:]


def _advance(state: _State, lead: str, setting: Setting) -> _State:
    """The state after reading the words before a figure: its subject, its parent, what it is compared with."""
    lead = _without_reasons(lead)
    clauses = [clause for clause in _CLAUSE.split(lead)]
    fresh = bool(_STOP.search(lead))
    subject = _subject(lead, clauses, setting) or _other_side(clauses[-1], state, setting, fresh)
    if subject and not fresh and subject[-1] in _BALANCES and (stem := _stem(state)):
        subject = (f"{stem}{subject[-1]}",)
    if subject and not fresh and subject[-1] in _ASSETS and (owner := re.fullmatch(rf"(.{{2,}}?)(?:{'|'.join(sorted(_ASSETS, reverse=True))})", state.subject[-1] if state.subject else "")):
        subject = (f"{owner[1]}{subject[-1]}",)
    if subject and not fresh and subject[-1] in _SCORES and state.subject:
        spoken_of = state.subject[:-1] if state.subject[-1] in _SCORES else state.subject
        return _State((*spoken_of, subject[-1]), state.parent, _versus(lead, setting) or state.versus, True, Basis.NONE)
    parent = state.parent
    if "其中" in lead:
        parent = state.subject if state.own or not state.parent else state.parent
        parent = parent[: len(parent) - 1] if state.parent and state.subject[: len(state.parent)] == state.parent and not fresh else state.subject
    elif fresh:
        parent = ()
    versus = _versus(lead, setting) or ("" if fresh and subject else state.versus)
    if not subject:
        return _State(state.subject, parent if state.subject != parent else state.parent, versus, False, state.basis)
    path = (*parent, *subject) if parent and len(subject) == 1 and subject != parent else subject
    return _State(path, parent, versus, True, Basis.NONE)


_SCORES = frozenset("评价得分 自评得分 绩效得分 得分 评分 预算执行率 执行率 资金执行率".split())
"""“垃圾分类”项目执行数598.37万元，预算执行率90.66%，评价得分88.6分: scores and rates are of what the sentence speaks of, never of another project."""
_ASSETS = frozenset(("资产总额", "负债总额", "净资产总额", "资产", "负债", "净资产"))
"""事业单位资产总额9474.6亿元、负债总额1837.6亿元: the debts are those of the same owner."""
_BALANCES = frozenset(("滚存结余", "年末滚存结余"))


def _stem(state: _State) -> str:
    """城乡居民基本养老保险基金 of its 收入 or 支出; '' where the subject is neither."""
    match = re.fullmatch(r"(.{2,})(?:收入|支出)", state.subject[-1]) if state.subject else None
    return match[1] if match else ""


def _other_side(near: str, state: _State, setting: Setting, fresh: bool) -> tuple[str, ...]:
    """基金收入54.01亿元，支出38.95亿元: 支出 alone behind an income is the expenditure of the same, never that income (长沙 2025)."""
    if not state.subject or not state.subject[-1].endswith("收入") or _noun(near, setting) != "支出":
        return ()
    return ("支出",) if fresh else (*state.subject[:-1], f"{_stem(state)}支出")


def _without_reasons(lead: str) -> str:
    """Reasons and purposes name other items (用于接待巴东县…; 主要用于按照国家政策规定，为职工缴纳的住房公积金…): between figures they
    are not what the next figure measures."""
    return re.sub(r"[^，。；]*?(?:主要)?原因[^。；]*([。；])|[，,]\s*主要用于[^。；]*([。；])", r"\1\2", lead)


def _subject(lead: str, clauses: list[str], setting: Setting) -> tuple[str, ...]:
    if path := _account_path(lead):
        return path
    for place, clause in enumerate(reversed(clauses)):
        if re.match(r"\s*(?:同比)?(?:增长|下降|增加|减少|上升)[^，]{0,3}[（(]", clause):
            continue  # 同比增长（以下简称增长）
        if re.match(r"[\s\u3000]*(?:按照?|根据)[^，]*(?:要求|规定|精神|部署)$", clause):
            continue  # 按照本区预算绩效管理工作的总体要求，本部门5个预算单位…
        if place and ("主要用于" in clause or "用于" in clause[:3]):
            continue
        noun = _noun(clause, setting)
        if noun not in _GENERIC:
            return (f"{won}{noun}" if (won := _winners(lead)) and not place else noun,)
    return ()


_WINNERS = re.compile(r"由(?P<who>[^，。；由]{2,12}?)(?:供应商|企业法人)?(?:中标|成交)[^，。；]*[，,][^，。；]*$")


def _winners(lead: str) -> str:
    """由小微企业供应商中标或成交的，采购金额152.92万元: whose contracts they are."""
    said = _WINNERS.search(lead)
    return f"{said['who']}中标或成交" if said else ""


def _account_path(lead: str) -> tuple[str, ...]:
    """一般公共服务支出（类）社会工作事务（款）行政运行（项） → its names; the last such path before the figure."""
    found = list(_PATH.finditer(lead))
    if not found:
        return ()
    names: list[str] = []
    for match in found:
        if match[2] == "类":
            names = []
        names.append(_clean(match[1]))
    after = lead[found[-1].end() :]
    if found[-1][2] == "类" and (rest := re.match(r"\s*(支出|收入)", after)) and not names[-1].endswith(rest[1]):
        names[-1] += rest[1]
    return tuple(name for name in names if name)


def _clean(name: str) -> str:
    name = _NUMBERING.sub("", name.strip(" 　/”“\"'、．.-－—"))
    return re.sub(r"[\s“”‘’\"「」]+", "", name)


def _noun(clause: str, setting: Setting) -> str:
    """The item that a clause names: what is left when years, names, comparisons and measuring words are taken out."""
    clause = _clean(clause)
    for name in sorted(setting.names, key=len, reverse=True):
        clause = clause.replace(name, "")
    clause = _OTHER.sub("", _VERSUS.sub("", clause))
    clause = re.sub(r"截[至止]?(?:到)?(?=\d)|(?<!\d)(?:19|20)\d{2}(?:年(?:度|末|底|初)?(?:当年)?(?:\d+月(?:\d+日)?(?:底|末)?)?|(?=预算|决算))", "", clause)
    clause = re.sub(r"^.*(?:主要)?用于(?!的)", "", clause)
    clause = re.sub(r"^[（(](?:部门|单位|本级)[)）]", "", clause)
    clause = re.sub(r"^.{2,}?(?:开支|列支|发生)(?:的)?(?=[^，]{3,})(?!费|数)", "", clause)
    clause = re.sub(r"^(?:其中|共有|现有|拥有|合计有|本部门|我部门|我单位|本单位|我办|我局|本街道|全年|本年度(?=[^收支合结])|包括|以及|和|及|并|该部门?|该单位)+", "", clause)
    if re.search(r"占[^占]*$", clause):
        clause = clause[: clause.rindex("占")]
    clause = re.sub(r"(?:累计)?(?:完成|实现|组织|征收)了?(?=[^，]{2,}(?:收入|支出|税收)$)|^加上", "", clause)  # 全市完成地方一般公共预算收入 (长沙 2025)
    clause = re.sub(r"(?:完成|相当于|达到?)[^，]*?(?:预算)?数?的?$", "", clause) if re.search(r"(?:完成|相当于|达到?)[^，]*$", clause) else clause
    clause = _TURN_END.sub("", _TURN_END.sub("", clause))  # 增加增加 (普陀区文旅局 2026)
    clause = _TAIL.sub("", _TAIL.sub("", _TAIL.sub("", clause)))
    return _clean(clause.strip("的，、：了"))


def _path(heading: str) -> tuple[str, ...]:
    noun = re.sub(r"(?:支出|收入)?(?:预算|决算)?(?:支出)?(?:总体|结构|具体)?(?:情况)?(?:说明)?$", "", _NUMBERING.sub("", heading))
    return (noun,) if noun else ()


def _versus(lead: str, setting: Setting) -> str:
    found = next(reversed(list(_VERSUS.finditer(lead))), None)
    if found:
        return named_year(found["what"], setting.year)
    if other := _OTHER.search(_CLAUSE.split(lead)[-1]):
        return _clean(other["what"])
    return "上年" if "同比" in lead else ""


def named_year(what: str, year: int) -> str:
    """2023年预算执行数 → 上年执行数, for a text that speaks of 2024."""
    what = re.sub(r"\s|同期|当年|度|数$|支出|财政拨款|安排|总额", "", what)
    what = re.sub(rf"{year - 1}(?:年|(?=预算|决算))|上一?年|去年", "上年", what)
    what = re.sub(rf"{year}(?:年|(?=预算|决算))", "", what)
    return {"预算执行": "执行", "上年预算执行": "上年执行数", "年初": "年初预算", "上年决算": "上年", "上年决": "上年"}.get(what, what)


_COUNTED = re.compile(r"\s*((?!左右|以上|以下|多|余|占|的|，)[一-龥]{2,12}?)(?=[、，。；：（(]|$|和|及|走访|全部|圆满|于|开展|编报|参加|纳入)")
"""What is counted, where it stands behind the figure: 494户脱贫户, 196件建议."""


def _statement(flat: str, mention: Mention, lead: str, state: _State, setting: Setting) -> Statement:
    near = _CLAUSE.split(lead)[-1]
    measure, sign, versus = _measure(near, lead, mention, state)
    if measure is Measure.COUNT and (counted := _COUNTED.match(flat, mention.end)):
        state = replace(state, subject=(*state.subject, _clean(counted[1])))
    amount = mention.amount if sign > 0 else Amount(-mention.amount.number, mention.amount.unit)
    sentence = sentence_at(flat, mention.start)
    return Statement(
        mention.start, mention.end, sentence, _of_project(state.subject, setting.heading), measure, _basis(near, lead, measure, setting), versus,
        _year(near, lead, flat[: mention.start], setting) - (1 if _FROM.search(near) and _TO.match(flat, mention.end) and not _BEFORE.search(near) else 0), amount, mention.bound, _reason(flat, mention.end), state.own, _day_before(flat, mention.start),
    )


_PROJECT = re.compile(r"(?P<name>.{4,}?(?:工程|项目|平台|系统))(?:项目)?经费")


def _of_project(subject: tuple[str, ...], heading: str) -> tuple[str, ...]:
    """本项目总投资 in a section 真如海心剧院精装修工程项目经费情况说明 is that of the project: of another's section it has the same words."""
    project = _PROJECT.fullmatch(heading)
    if project is None or not subject or project["name"] in subject[0]:
        return subject
    return (project["name"], re.sub(r"^[本该]项目的?(?=.{2})", "", subject[0]), *subject[1:])


def _measure(near: str, lead: str, mention: Mention, state: _State) -> tuple[Measure, int, str]:
    kind = mention.amount.unit.kind
    if kind is UnitKind.COUNT and not _turn(near):
        return Measure.COUNT, 1, ""
    if re.search(r"(?:[人户车辆台批次月年日亩生]均|平均|每[^，]{1,4})(?:支出|费用|花费)?(?:约|为|是|达)*$", near):
        return Measure.AVERAGE, 1, ""
    if kind is UnitKind.MONEY or kind is UnitKind.COUNT:
        turn = _turn(near)
        return (Measure.CHANGE, turn, state.versus) if turn else (Measure.AMOUNT, 1, "")
    return _ratio(near, lead, state)


def _ratio(near: str, lead: str, state: _State) -> tuple[Measure, int, str]:
    if turn := _turn(near):
        return Measure.GROWTH, turn, state.versus
    if match := re.search(r"(?:完成|执行|相当于|达到?|为|占)[^，占]*?((?:年初|全年|调整后?|当年)?(?<!一般公共)预算)(?:数|安排)?的?[^，]*$", near):
        return Measure.COMPLETION, 1, match[1]
    if re.search(r"(?:完成率|执行率|完成进度|执行进度)(?:为|达到?|是|约)*$", near):
        return Measure.COMPLETION, 1, "预算"
    if "占" in near:
        match = _SHARE.search(near)
        return Measure.SHARE, 1, _clean(match["of"]) if match else ""
    return Measure.OTHER, 1, ""


def _turn(near: str) -> int:
    """+1 or -1 when the words right before the figure say that it is a rise or a fall; 0 otherwise."""
    if not _TURN_END.search(near) or re.search(r"(?<!达)到$", near):
        return 0  # 提高到568元 is what it came to, no rise by so much
    last = next(reversed(list(_TURN.finditer(near))), None)
    return 0 if last is None else 1 if last["up"] else -1


def _basis(near: str, lead: str, measure: Measure, setting: Setting) -> Basis:
    if measure in (Measure.COUNT, Measure.OTHER):
        return Basis.NONE
    bare = _VERSUS.sub("", near) if measure is not Measure.AMOUNT else near
    for pattern, basis in _BASES:
        if measure is Measure.AMOUNT and pattern.search(re.sub(r"一般公共预算|政府性基金预算|国有资本经营预算|预算绩效", "", bare)):
            return basis
    if measure is Measure.AMOUNT and (setting.executed or setting.kind is Kind.BUDGET and re.search(r"完成|实际|实现", bare)):
        return Basis.EXECUTED
    return Basis.FINAL if setting.kind is Kind.FINAL else Basis.BUDGET


def _year(near: str, lead: str, before: str, setting: Setting) -> int:
    """The year that the figure is of: named in its own clause or sentence, but not as the year of comparison or a date."""
    if base := re.search(r"[比较]((?:19|20)\d{2})年(?:度|末|底)?的$", near.strip()):
        return int(base[1])  # 比2024年的2190万元减少
    for words in (near, _STOP.split(_without_reasons(lead))[-1]):
        plain = _without_dates(words)
        if years := _YEAR.findall(plain):
            return int(years[-1])
        if re.search(r"(?:上年|去年)(?!结转|结余|.*(?:相比|增|减))", plain):
            return setting.year - 1
    return _only_year(_without_reasons(_STOP.split(before)[-1])) or _year_end(before) or setting.year


_BEFORE = re.compile(r"上年|去年|\d{4}年")
_FROM = re.compile(r"由[^，。；由]*$")
_TO = re.compile(rf"\s*(?:{_UP}|{_DOWN})(?:到|至|为)")
"""由每人每月530元提高到568元: the first is the year before's."""


def _without_dates(words: str) -> str:
    return re.sub(r"截[至止][^，。；]*?日|截[至止](?:到)?(?:19|20)\d{2}年(?![末底])", "", _VERSUS.sub("", words))


def _only_year(sentence: str) -> int:
    """2025年实现收入221.9亿元，完成支出193.8亿元: the one year that a sentence has named so far; 0 where there is none, or several."""
    years = set(_YEAR.findall(_without_dates(sentence)))
    return int(years.pop()) if len(years) == 1 else 0


def _year_end(before: str) -> int:
    """截至2025年底，债务限额…。债务余额…: what follows in the paragraph is of that day too, until another year is named; 0 where there is none."""
    dates = list(_YEAR_END.finditer(before))
    return int(dates[-1][1]) if dates and not _YEAR.search(before[dates[-1].end() :]) else 0


_YEAR_END = re.compile(r"截[至止]到?\s*((?:19|20)\d{2})年[末底]")


def _day_before(flat: str, place: int) -> str:
    """截止2022年12月31日，流动资产…。固定资产…: what follows in the paragraph is counted on that day too, until another year is named."""
    said = list(_DAY.finditer(flat, 0, sentence_at(flat, place)[0]))
    return re.sub(r"\s", "", said[-1][0]) if said and not _YEAR.search(flat, said[-1].end(), place) else ""


_DAY = re.compile(r"截[至止]到?\s*(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[末底])|[末底])")


def _reason(flat: str, end: int) -> str:
    """The reason given after a figure, in its own sentence or the one right behind it."""
    tail = flat[end:]
    stop = _STOP.search(tail)
    own = tail[: stop.end()] if stop else tail
    if match := _REASON.search(own):
        return own[match.end() :].strip(" ：:。，")
    rest = tail[len(own) :]
    if match := re.match(r"\s*(?:[^，。；]{0,12})?(?:主要)?原因(?:是|为|系|：|:)*([^。]*)", rest):
        return match[1].strip(" ：:。，")
    return ""


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """Start and end of the sentence (its 。 included) that holds a character."""
    starts = [match.end() for match in _STOP.finditer(text, 0, place)]
    stop = _STOP.search(text, place)
    return (starts[-1] if starts else 0), (stop.end() if stop else len(text))
