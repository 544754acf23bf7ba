"""What a figure inherits from the words before it → its setting: item, years, parent, the names that wait for figures, the other publisher."""

import re
from dataclasses import dataclass, replace

from corpus.amount import UnitKind
from corpus.disclosure import Kind
from corpus.number import Bound, Mention
from qa.claim import Form
from qa.claim_forms import Said
from qa.claim_shared import Share
from qa.claim_words import item_of
from qa.claim_year import CLAUSE, Calendar


@dataclass(frozen=True)
class Setting:
    """What a sentence inherits from those before it and from the headline."""

    publisher: str = ""
    unknown: str = ""
    calendar: Calendar = Calendar()
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
    summed: tuple[str, ...] = ()
    """The parts of the sum that was told last: 养老保险加职业年金1114.71万元|，约占社保支出的七成."""
    pair: tuple[str, ...] = ()
    """The two parts of the sentence's last sum: 前者, 后者 behind A和B合计."""
    waiting: tuple[Share, ...] = ()
    """Of 分别为: what the next figures are of."""
    row: tuple[Share, ...] = ()
    """What the sentence's last 分别 was of, for the next one: 分别为1万元、2万元，分别占3%和4%."""
    bodies: tuple[str, ...] = ()
    """The publishers of the last sentence that named more than one: 前者, 分别."""
    against: str = ""
    """The other publisher whose figure was just told: 比城管局的0.46万元|高出1.65万元."""
    project: str = ""
    """The last work that the text named (…工程, …项目): what 2026年安排 behind its 总投资 is of."""
    from_base: str = ""
    """比2023年执行数1410.22万元下降逾四成: what the change is over, where the words before its figure said so."""
    from_budget: bool = False
    """由2025年预算的106万元降到58.75万元，降幅…: the change is over that budget."""
    from_year: int = 0
    """从2023年的…降到2024年的…, 2023年…，2025年…: the year that the next change is over."""
    planned: str = ""
    """The last item of the sentence whose budget was told: 支出 alone behind it is what was spent of it."""
    told: tuple[str, int] = ("", 0)
    """The last item of the sentence whose amount was told of a year named with it, and that year."""


@dataclass(frozen=True)
class Rival:
    """The other side of a comparison between publishers."""

    publisher: str
    years: tuple[int, ...]
    item: str
    """'' where it is the same item."""
    start: int
    """Where 比 stands in the sentence."""
    turn: int


def with_region(before: str, publishers: tuple[str, ...]) -> int:
    """Where a publisher's name begins, the region that a text puts before its short name included: 上海市|普陀区万里街道."""
    match = re.search(r"(?:[一-龥]{2,3}?[省市区县州])+$", before)
    if match and any(match[0] in name for name in publishers):
        return match.start()
    bare = next((size for size in (4, 3, 2) if len(before) >= size and any(name.startswith(before[-size:]) for name in publishers)), 0)
    return len(before) - bare  # 江曲|园林局, whose full name begins with 江曲市


def set_against(said: Said, rival: Rival, mention: Mention, lead: str, setting: Setting) -> Said:
    """A comparison with another publisher: the item before 比, or the one spoken of, against the same item or the one named behind."""
    clause = re.split(r"比|较|相比|是|为|相当于|高于|低于|多于|少于", tail_of(lead))[0]
    own = item_of(clause) or setting.item
    items = tuple(item for item in (own, rival.item or own) if item)
    form = Form.TIMES if mention.amount.unit.kind is UnitKind.TIMES else Form.DIFFERENCE
    return replace(said, form=form, items=items, item=own, versus="", versus_year=0, turn=rival.turn, shares=mention.amount.unit.kind is UnitKind.POINTS)


_BOTH = re.compile(r"^(?:(?:这|以上|上述)?(?P<number>[两二三四五])(?:项|者|笔|类|块)|合计|共计|总计|加起来)(?:费用|支出|经费|采购|金额)?(?P<what>合计|共计|总计|之和|相加|共|相差|差额?|之差)?$")


_IN_ALL = re.compile(r"[\s\u3000]*(?:合计|共计|总计|一共|总共|加起来)[\s\u3000]*(?:为|是|达到?|约|近|有|超过)?[\s\u3000]*")


def meant(said: Said, setting: Setting, tail: str = "") -> Said:
    """两项合计, 二者相差, 前者比后者: the items named before in the sentence."""
    recent = setting.recent if len(setting.recent) > 1 or len(setting.pair) < 2 else setting.pair
    if len(recent) > 1 and said.form is Form.SHARE and {said.whole} & {"前者", "后者"}:
        said = replace(said, whole={"前者": recent[-2], "后者": recent[-1]}[said.whole])
    if len(recent) > 1 and said.form in (Form.CHANGE, Form.GROWTH) and not said.versus and said.items in (("前者",), ("后者",)):
        pair = recent[-2:] if said.items == ("前者",) else recent[:-3:-1]
        return replace(said, form=Form.DIFFERENCE, items=pair, item="")
    if len(recent) > 1 and {"前者", "后者"} & set(said.items):
        return replace(said, items=tuple({"前者": recent[-2], "后者": recent[-1]}.get(item, item) for item in said.items))
    recent = setting.recent
    if said.form in (Form.AMOUNT, Form.SUM) and not said.item and _IN_ALL.fullmatch(tail):
        parts = recent[recent.index(setting.parent) + 1 :] if setting.parent in recent else recent  # 其中货物…，服务…，合计
        return replace(said, form=Form.SUM, items=parts, item="") if len(parts) > 1 else said
    match = _BOTH.match(said.items[0]) if len(said.items) == 1 and said.form in (Form.AMOUNT, Form.SUM, Form.COUNT, Form.SHARE) else None
    if match is None or not match["number"]:
        return said
    count = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}[match["number"]]
    if len(recent) < count:
        return said
    if said.form is Form.SHARE:
        return replace(said, items=recent[-count:], item="", parent="")
    form = Form.DIFFERENCE if (match["what"] or "").startswith(("相差", "差", "之差")) else Form.SUM
    return replace(said, form=form, items=recent[-count:], item="")


def bound_of(mention: Mention, near: str) -> Bound:
    """约占全年支出的三分之二: the widening word may stand before the words of measure. A fraction is always a round figure."""
    if mention.bound is not Bound.EXACT:
        return mention.bound
    if "番" in mention.text and re.search(r"(?:几乎|差不多|近乎|近|接近)$", near):
        return Bound.NEAR
    match = re.search(r"(约|大约|大概|大致|近|将近|接近|超过|超|逾|不足|不到)(?:[^，]{2,}的$|占|为|是|相当于|完成|合|(?:年初|全年|调整后?的?)?预算)[^，]*$", near)
    if match:
        return {"近": Bound.NEAR, "将近": Bound.NEAR, "接近": Bound.NEAR, "超": Bound.OVER, "超过": Bound.OVER, "逾": Bound.OVER, "不足": Bound.UNDER, "不到": Bound.UNDER}.get(match[1], Bound.ABOUT)
    return Bound.ABOUT if re.search(r"分之(?!.*\.)", mention.text) and not mention.text.startswith(("百分之", "千分之")) else Bound.EXACT


def without_reasons(lead: str) -> str:
    return re.sub(r"[^，。；]*?(?:主要)?原因[^。；，]*([。；，])", r"\1", lead)


def tail_of(lead: str) -> str:
    return CLAUSE.split(lead)[-1]


_INSIDE = re.compile(r"(?:中|之中|里|里面|当中)[\s\u3000]*[，,：:][^，。；]*$")
"""政府采购预算中，货物类1万元，服务类2万元: the words inside hold to the end of the sentence."""


def placed(said: Said, lead: str, setting: Setting) -> tuple[Said, Setting]:
    """The item's place: 其中 makes it part of the last whole one; an item of its own becomes the whole for what follows."""
    own = bool(said.item)
    if ("其中" in lead or re.match(r"[\s\u3000]*[：:]", lead) and own) and setting.top:
        said = replace(said, parent=said.parent or setting.top)
        setting = replace(setting, parent=setting.top)
    elif re.search(r"[。；]", lead) or own and not setting.parent:
        setting = replace(setting, parent=said.parent if _INSIDE.search(lead) else "", top=said.parent or said.item or setting.top)
    elif setting.parent:
        said = replace(said, parent=said.parent or setting.parent)
    return said, replace(setting, item=said.item or setting.item)
