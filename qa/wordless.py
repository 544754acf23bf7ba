"""A sentence → claims that have no figure: 最大的支出类别, 全部为货物采购, 与上年持平, 同比下降, 没有安排因公出国费."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fact import Basis
from corpus.number import Mention
from qa.claim import Form
from qa.claim_words import DOWN, UP, item_of, versus_in


@dataclass(frozen=True)
class Wordless:
    """A claim made in words alone."""

    start: int
    end: int
    form: Form
    item: str = ""
    whole: str = ""
    versus: str = ""
    versus_year: int = 0
    turn: int = 0
    basis: Basis = Basis.NONE


_THINGS = r"(?:支出|收入|开支|花费|投入|类别|科目|项目|部分|一项|一类|一块|一笔|款项|采购|占比|费用|三公经费|经费)"
_MOST = re.compile(rf"(?P<item>[^，。；]*?)(?:是|为|成为)(?P<whole>[^，。；]*?)(?P<span>(?:占比)?(?P<most>最大|最多|最高|最小|最少|最低|第一大|头号)(?:的)?(?:一?[项类块笔个])?(?:{_THINGS})*)(?=[，。；]|$)")
_MOST_IS = re.compile(rf"(?P<whole>[^，。；]*?)(?P<span>(?:占比|支出|金额|花费)?(?P<most>最大|最多|最高|最小|最少|最低)的?(?:一?[项类块笔个])?(?:{_THINGS})*)(?:是|为)(?P<item>[^，。；最]+)")
_MOST_AT = re.compile(r"(?P<item>[^，。；]*?)(?P<span>(?:占比|金额|支出)?(?P<most>最大|最多|最高|居首|居第一位?|排(?:名|在)?第一(?:位)?|最小|最少|最低))(?=[，。；]|$)")
_N = r"(?P<n>[二三四五六七八九十]|[2-9]|1\d)"
_RANK_AT = re.compile(rf"(?P<item>[^，。；]*?)(?P<span>(?:(?:排(?:名|在|到)?|位居|位列|[居列])第{_N}(?:位|名)?|(?<=[\s\u3000])第(?P<m>[二三四五六七八九十])))(?=[，。；]|$)")
_RANK_IS = re.compile(rf"(?P<whole>[^，。；]*?)(?P<span>第{_N}(?P<most>[大多高小少低])的?(?:一?[项类块笔个])?(?:{_THINGS})*)(?:是|为)(?P<item>[^，。；]+)")
_IS_RANK = re.compile(rf"(?P<item>[^，。；]*?)(?:是|为|成为)(?P<whole>[^，。；]*?)(?P<span>第{_N}(?P<most>[大多高小少低])的?(?:一?[项类块笔个])?(?:{_THINGS})*)(?=[，。；]|$)")
_RANK_NEXT = re.compile(r"(?P<span>其次)(?:是|为)(?P<item>[^，。；]+)")
_RANK_AFTER = re.compile(r"(?P<item>[^，。；]*?)(?P<span>仅次于(?P<other>[^，。；\d]{2,}))")
_OVER_YEARS = re.compile(r"(?P<span>(?:逐年|连年)(?:下降|减少|上升|增长|增加|递减|递增|走[高低]|压减))|(?P<span2>(?:19|20)\d{2}年(?:度)?(?:的)?最[大多高小少低])(?=[，。；]|$)")
_ALL = re.compile(r"(?P<item>[^，。；]*?)(?P<span>(?P<word>全部(?:来自|用于|都?[是为])|全都?(?:是|为)|均(?:为|来自|系)|都(?:是|来自)|百分之?百(?:来自|用于|是))(?P<part>[^，。；\d]{2,20}?))(?=[，。；]|$)")
_SAME = re.compile(r"(?P<span>(?:与|同|和|较|比)?(?P<what>上年(?:度)?|去年|上一年度?|同期|年初预算|预算|(?:19|20)\d{2}年(?:度)?)?(?:的)?(?P<basis>预算执行数|执行数|预算数?|决算数?)?(?:相比)?(?:基本|完全)?(?:持平|没有变化|无变化|未变|一分(?:钱)?(?:没|未)动|一分(?:钱)?(?:没|未)变|相同|一致))")
_TURN = re.compile(rf"(?P<span>(?:同比|(?:比|较|与)(?P<what>上年(?:度)?|去年|上一年度?|年初预算|预算)(?:同期)?(?:相比)?)(?:均|都|也|又|有所|大幅|小幅|略有|略微|略|微|明显|持续|出现)*(?P<turn>{UP}|{DOWN}|增|减)(?:了)?)(?=[，。；]|$)")
_NONE = re.compile(r"(?P<span>(?:没有|未(?:安排|发生|列支|产生)|无(?!障碍|线|偿|人|党派|形|法|需|论|限|证|锡|纸|接触))(?:安排|发生|列支|产生|任何)?(?P<item>[^，。；\d]{2,20}?(?:费|费用|支出|经费|预算|收入|拨款)))(?=[，。；]|$)")
_WITHIN = re.compile(r"(?P<span>(?P<no>没有|并?未|不)?(?:超过|超出|突破|超)(?P<what>限额|年初预算|全年预算|调整后?的?预算|预算))(?=[，。；]|$)")


def wordless(sentence: str, figures: Sequence[Mention]) -> list[Wordless]:
    """The claims without a figure, in order; none overlaps a figure."""
    taken = [(figure.start, figure.end) for figure in figures]
    for figure in figures:  # 城市建设支出27.93亿元排第一: the figure is no word of the item's name
        sentence = sentence[: figure.start] + "\u3000" * (figure.end - figure.start) + sentence[figure.end :]
    found: list[Wordless] = []
    for pattern, make in _KINDS:
        for match in pattern.finditer(sentence):
            start, end = match.span("span") if match["span"] else match.span("span2")
            if any(low < end and start < high for low, high in taken) or (word := make(match)) is None:
                continue
            taken.append((start, end))
            found.append(word)
    return sorted(found, key=lambda word: word.start)


def _most(match: re.Match[str]) -> Wordless | None:
    item = item_of(re.sub(r"占[^，]*$", "", match["item"]))
    if re.sub(r"占[^，]*$", "", match["item"]).strip(" \u3000，是为") and not item or re.search(r"之一|努力|限度|程度|力度", match[0]):
        return None
    form = Form.LEAST if match["most"] in ("最小", "最少", "最低") else Form.MOST
    whole = match.groupdict().get("whole") or ""
    return Wordless(*match.span("span"), form, item, item_of(whole.replace("各类", "").replace("中", "")))


def _rank(match: re.Match[str]) -> Wordless | None:
    said = match.groupdict()
    place = said.get("n") or said.get("m") or "二"
    number = int(place) if place.isdigit() else "一二三四五六七八九十".index(place) + 1
    item = item_of(said.get("item") or "")
    least = (said.get("most") or "大") in "小少低"
    return Wordless(*match.span("span"), Form.RANK, item, versus=item_of(said["other"]) if said.get("other") else "", turn=-number if least else number)


def _over_years(match: re.Match[str]) -> Wordless:
    return Wordless(*(match.span("span") if match["span"] else match.span("span2")), Form.MOST, versus="各年")


def _all(match: re.Match[str]) -> Wordless | None:
    part = item_of(match["part"])
    if not part or not re.search(r"拨款|采购|货物|服务|工程|支出|经费|费|资金|收入", part):
        return None
    return Wordless(*match.span("span"), Form.ALL, item_of(match["item"]), part)


def _same(match: re.Match[str]) -> Wordless | None:
    if not match["what"] and not re.search(r"持平|动|变", match["span"]):
        return None
    versus, year = versus_in("比" + (match["what"] or "上年") + (match["basis"] or ""), 0)
    return Wordless(*match.span("span"), Form.SAME, versus=versus, versus_year=year)


def _turn(match: re.Match[str]) -> Wordless | None:
    versus = versus_in("比" + (match["what"] or "上年"), 0)[0]
    return Wordless(*match.span("span"), Form.TURN, versus=versus, turn=1 if re.fullmatch(f"{UP}|增", match["turn"]) else -1)


def _none(match: re.Match[str]) -> Wordless | None:
    item = item_of(match["item"])
    return Wordless(*match.span("span"), Form.NONE, item) if item and not re.search(r"超过|法定", match[0]) else None


def _within(match: re.Match[str]) -> Wordless | None:
    what = match["what"]
    basis = Basis.OPENING if "年初" in what else Basis.ADJUSTED if re.search("全年|调整", what) else Basis.NONE
    return Wordless(*match.span("span"), Form.WITHIN, whole="限额" if what == "限额" else "", turn=-1 if match["no"] else 1, basis=basis)


_KINDS = (
    (_RANK_AFTER, _rank), (_RANK_NEXT, _rank), (_RANK_IS, _rank), (_IS_RANK, _rank), (_RANK_AT, _rank), (_OVER_YEARS, _over_years),
    (_MOST, _most), (_MOST_IS, _most), (_MOST_AT, _most), (_ALL, _all), (_SAME, _same), (_TURN, _turn), (_WITHIN, _within), (_NONE, _none),
)  # fmt: skip
