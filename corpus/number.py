"""Numbers in print and speech → Decimal and Mention: every parse of a figure, here and nowhere else.

Handles thousands separators, full-width digits, 汉字数字, 成, 分之, 倍, 百分点, counters, and the words that widen a figure
(约 近 超 逾 不足 多 余 左右 以上 以下).
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

import cn2an

from corpus.amount import PERCENT, PERMILLE, POINTS, TIMES, Amount, Unit, UnitKind


class Bound(StrEnum):
    """How a writer widens a figure."""

    EXACT = ""
    ABOUT = "约"
    NEAR = "近"
    OVER = "超"
    UNDER = "不足"
    ODD = "多"
    """三成多, 40余篇: from the figure up to the next of its last digit."""
    AT_LEAST = "不少于"
    AT_MOST = "不超过"


@dataclass(frozen=True)
class Mention:
    """A figure with a unit, as it stands in a text."""

    start: int
    end: int
    """Character offsets of figure and unit, widening words included."""
    text: str
    amount: Amount
    bound: Bound = Bound.EXACT


_FULL = str.maketrans("０１２３４５６７８９．％－＋", "0123456789.%-+")
_BLANK = {"", "-", "--", "—", "——", "－", "/", "／", "\\", "无", "…"}
_TWO = re.compile(r"[\d.,]\s+[\d.,]")
_NEGATIVE = re.compile(r"[(（](.+)[)）]")
_CELL = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+")

_NO_UNIT = re.compile(r"[\d,.]*")
CELLS = 4096
"""Cells whose number is kept: each is asked for some ten times while its table is read, and no table seen has more."""


_WIDE_COMMA = re.compile(r"(?<![\d.,第表件图号月~～—–-])(?<!\d[，:：])\d{1,3}(?:，\d{3})+(?=(?:\.\d+)?\s*[万亿]?元)")
"""3，518.85万元 (普陀区建管委 2026): one sum of money with its thousands set apart by a full-width comma."""


def half_width(text: str) -> str:
    """Full-width digits, points and percent signs made half-width, one character for one, so that offsets hold."""
    text = _WIDE_COMMA.sub(lambda run: run[0].replace("，", ","), text.translate(_FULL))
    return re.sub(r"(?<=\d)，(?=\d{3}(?!\d))(?=[\d，.]*[\d])", ",", text) if re.search(r"[０-９]", text) else text


def is_blank(text: str) -> bool:
    """Whether a cell prints nothing: empty, or a dash. Blank is not zero."""
    return "".join(text.split()) in _BLANK


@lru_cache(CELLS)
def parse_cell(text: str) -> Decimal | None:
    """A table cell's number as printed; None where it is blank or no number. Parentheses mean a negative amount.

    Raises nothing; `12\\n34` (two figures in one cell) is None, never 1234.

    >>> parse_cell(" 1,234.50 ")
    Decimal('1234.50')
    """
    flat = text.translate(_FULL)
    if _TWO.search(flat.strip()):
        return None  # two figures in one cell are not one figure
    bare = "".join(flat.split()).replace("，", ",").rstrip("%")
    if match := _NEGATIVE.fullmatch(bare):
        bare = "-" + match[1].lstrip("-")
    return Decimal(bare.replace(",", "")) if _CELL.fullmatch(bare) else None


_SCALES = {"亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2}
_MONEY = {"元": "元", "块钱": "元", "块": "元", "人民币": "元"}
_FOREIGN = ("美元", "港元", "港币", "欧元", "日元", "英镑")
_COUNTERS = (
    "台（套） 台(套) 台/套 台套 个/套 平方公里 平方米 立方米 公里 公顷 千瓦时 万人次 人次 批次 场次 架次 车次 人/次 个月 "
    "辆次 车次 台次 件次 户次 亩次 公斤 千克 平米 延米 株 盆 棵 头 羽 尾 瓶 箱 袋 枚 颗 粒 盏 罐 桩 "
    "小时 分钟 课时 学时 亩 吨 字 个 项 辆 件 次 批 场 篇 期 份 家 户 名 人 位 台 套 条 处 所 座 只 张 本 册 部 艘 架 支 起 "
    "宗 幅 间 栋 幢 例 种 天 层 米 分 班 村 单 笔 人年 岁"
).split()
_SCALE = "(?:亿|千万|百万|十万|万|千|百)"
_PAIRED = r"[对具](?=[\s、，。；：,;:（()）]|$|新人|夫妻|夫妇|遗体)"
"""对 and 具 count only where nothing goes on from them: 302对个人和家庭的补助, 10具体措施."""
_UNIT = "|".join([*map(re.escape, sorted([*_FOREIGN, *_MONEY, *_COUNTERS], key=len, reverse=True)), _PAIRED])
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NAMED = re.compile(rf"(?:人民币)?({_SCALE})?(?:人民币)?({_UNIT})")
_HAN = "[零〇一二两三四五六七八九十百千万亿点]+"
_BEFORE = (
    r"(?P<before>(?:大约|(?<![节预合条大])约(?:为|有|占)?|将近|接近|近|超过|超出|超|逾|突破|高于|多于|大于|不足|不到|未达到|未达|低于|少于|小于"
    r"|不少于|不低于|至少|不超过|不高于|最多|上)\s*)?"
)
_AFTER = r"(?P<after>\s*(?:左右|上下|以上|以下|以内|(?:多|余)(?![了出达])))?"
_FIGURE = re.compile(
    _BEFORE
    + r"(?P<core>"
    + rf"(?P<part>百分之|千分之)(?P<partnum>{_ARABIC}|{_HAN})"
    + rf"|(?P<of>{_ARABIC}|[一二两三四五六七八九十百]+)分之(?P<num>{_ARABIC}|[一二两三四五六七八九十百]+)"
    + rf"|(?P<pct>[-+]?{_ARABIC})\s*(?P<pctodd>多|余)?\s*(?P<sign>个百分点|百分点|%|‰)"
    + rf"|(?P<cheng>{_ARABIC}|[一二两三四五六七八九十]+)成(?P<chengrest>半|[一二三四五六七八九])?(?![立功果为员本交长绩效都])"
    + rf"|(?P<times>[-+]?{_ARABIC}|{_HAN})\s*(?P<timesodd>多|余)?倍"
    + r"|(?P<double>翻了?(?P<doubles>[一二两三四])?番)"
    + r"|(?P<half>一半|半数|过半|对半)"
    + rf"|(?P<arabic>[-+]?{_ARABIC})\s*(?P<odd1>多|余)?\s*(?P<scale>{_SCALE})?\s*(?P<odd2>多|余)?\s*"
    + rf"(?P<unit>{_UNIT})(?!均)"
    + rf"|(?P<bare>{_ARABIC})\s*(?P<odd3>多|余)?(?P<barescale>亿|千万|百万|万)(?P<odd6>多|余)?(?![里历达把片条根朵只匹斤克担桶包封面杆孔眼口列趟遍餐桌床句页票首集扇捆米吨亩字])"
    + rf"|(?P<han>{_HAN})(?P<odd4>多|余)?(?P<hanscale>{_SCALE})?(?P<odd5>多|余)?(?P<hanunit>个百分点|百分点|{_UNIT})(?!均)"
    + r")"
    + _AFTER
)
_ENDLESS = re.compile(r"[\d,]{40,}|[零〇一二两三四五六七八九十百千万亿点]{60,}")
"""No figure has so many signs; a hostile text has 50,000 of them, and every one would be tried as a beginning."""
_BOUNDS = {
    Bound.ABOUT: "大约 约为 约有 约占 约 左右 上下",
    Bound.NEAR: "将近 接近 近",
    Bound.OVER: "超过 超出 超 逾 突破 高于 多于 大于 以上 上 过半",
    Bound.UNDER: "不足 不到 未达到 未达 低于 少于 小于 以下 以内",
    Bound.ODD: "多 余",
    Bound.AT_LEAST: "不少于 不低于 至少",
    Bound.AT_MOST: "不超过 不高于 最多",
}
_BOUND_OF = {word: bound for bound, words in _BOUNDS.items() for word in words.split()}
_ARTICLES = set("株盆棵头羽尾瓶箱袋枚颗粒盏罐桩个项次种件名位家条处批部本场期份天张所人起块")


def unit_named(name: str) -> Unit | None:
    """The unit that a name writes: 万元, 千元, %, 人次, 万人次; None when it is none.

    >>> unit_named("万元").factor
    Decimal('1E+4')
    """
    name = "".join(name.translate(_FULL).split())
    if name in ("%", "百分比"):
        return PERCENT
    fixed = {"‰": PERMILLE, "百分点": POINTS, "个百分点": POINTS, "倍": TIMES}
    if name in fixed:
        return fixed[name]
    match = _NAMED.fullmatch(name)
    return _scaled(match[1] or "", match[2]) if match else None


def _scaled(scale: str, base: str) -> Unit:
    factor = Decimal(10) ** _SCALES.get(scale, 0)
    if base in _MONEY:
        return Unit(f"{scale}元", UnitKind.MONEY, factor, "元")
    if base in _FOREIGN:
        return Unit(scale + base, UnitKind.COUNT, factor, base)
    return Unit(scale + base, UnitKind.COUNT, factor, base)


def han_number(text: str) -> Decimal | None:
    """汉字数字 → Decimal whose exponent is the last place named: 四万两千八百 is 428E2 (its step is 100); None if it is none."""
    text = "一" + text if text[0] in "百千万亿" else text
    try:
        number = Decimal(str(cn2an.cn2an(text.replace("〇", "零"), "smart")))
    except (ValueError, LookupError, InvalidOperation):  # cn2an stumbles over 九百九十九九百九十九
        return None
    return _trimmed(number) if "点" not in text else number


def _trimmed(number: Decimal) -> Decimal:
    """Whole number with its trailing zeros as exponent; the words named no digit there."""
    whole = int(number)
    zeros = len(str(whole)) - len(str(whole).rstrip("0")) if whole else 0
    return Decimal(whole // 10**zeros).scaleb(zeros)


def number_of(text: str) -> Decimal | None:
    """A bare number, in digits or 汉字, as a Decimal with its printed digits."""
    text = half_width(text).replace(",", "").strip()
    if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", text):
        return Decimal(text)
    return han_number(text) if text and re.fullmatch(_HAN, text) else None


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Every figure with a unit in a text, in order. Years, dates, codes, ordinals and ranges (2-4篇) are none.

    >>> [m.text for m in find_mentions("2022年支出约4.28万元，占三成多")]
    ['约4.28万元', '三成多']
    """
    if _NO_UNIT.fullmatch(text):
        return ()
    flat = _ENDLESS.sub(lambda run: "\u3000" * len(run[0]), half_width(text))
    return tuple(
        mention
        for match in _FIGURE.finditer(flat)
        if not _is_part_of_something_else(flat, match) and (mention := _mention(text, match)) is not None
    )


def _is_part_of_something_else(text: str, match: re.Match[str]) -> bool:
    """An ordinal (第三次), the tail of a range (2-4篇), of a longer number or code, or an article (一个)."""
    start, end = match.start("core"), match.end("core")
    before = text[:start].rstrip()
    ordinal = before.endswith(("第", "前", "每", "几")) or before.endswith("数") and match["han"] is not None  # 数十万元, but 预算数12.5万元
    if ordinal or re.search(r"[\d%元.A-Za-z][-~～—–]$", before) or before[-1:].isdigit():
        return True
    if text[start] == "-" and re.search(r"[\d%元)）]$", before):
        return True  # 100%-80% is a range, no minus
    if re.search(r"[A-Za-z〔\[【.]$", before) or re.match(r"[性级]|[-~～—–]\s*\d", text[end:]):
        return True
    if match["hanunit"] == "字" and before.endswith("红"):
        return True  # 红十字事业 is a 款, not ten signs
    return match["han"] is not None and (_is_article(match) or _is_scale_alone(match))


def _is_article(match: re.Match[str]) -> bool:
    return match["han"] in ("一", "两") and (match["hanunit"] or "") in _ARTICLES and not match["before"]


def _is_scale_alone(match: re.Match[str]) -> bool:
    """单位：万元 and 万分之一 hold no figure; 近百万元 does."""
    return not match["before"] and not re.search("[零〇一二两三四五六七八九十]", match["han"])


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    amount = _amount(match)
    if amount is None:
        return None
    start, end = match.span()
    if match["before"] and match["before"].strip() == "上" and not match["han"]:
        start = match.start("core")
    return Mention(start, end, text[start:end], amount, _bound(match))


def _bound(match: re.Match[str]) -> Bound:
    odd = next((match[name] for name in ("odd1", "odd2", "odd3", "odd4", "odd5", "odd6", "pctodd", "timesodd") if match[name]), None)
    for word in (odd, (match["after"] or "").strip(), (match["before"] or "").strip(), match["half"]):
        if word and word in _BOUND_OF:
            return _BOUND_OF[word]
    return Bound.EXACT


def _amount(match: re.Match[str]) -> Amount | None:
    for name, make in _SHAPES.items():
        if match[name] is not None:
            return make(match)
    return None


def _hundredth(match: re.Match[str]) -> Amount | None:
    number = number_of(match["partnum"])
    unit = PERCENT if match["part"] == "百分之" else PERMILLE
    return Amount(number, unit) if number is not None else None


def _fraction(match: re.Match[str]) -> Amount | None:
    below, above = number_of(match["of"]), number_of(match["num"])
    if not below or above is None:
        return None
    return Amount((above * 100 / below).quantize(Decimal("0.1")), PERCENT)


def _percent(match: re.Match[str]) -> Amount | None:
    number = number_of(match["pct"])
    unit = {"%": PERCENT, "‰": PERMILLE}.get(match["sign"], POINTS)
    return Amount(number, unit) if number is not None else None


def _tenths(match: re.Match[str]) -> Amount | None:
    """三成 is 30 % with a step of ten; 三成半 and 三成五 are 35 % with a step of one."""
    number = number_of(match["cheng"])
    if number is None:
        return None
    rest = match["chengrest"]
    ones = Decimal(5) if rest == "半" else number_of(rest) if rest else None
    return Amount(number.scaleb(1) if ones is None else number * 10 + ones, PERCENT)


def _times(match: re.Match[str]) -> Amount | None:
    number = number_of(match["times"])
    return Amount(number, TIMES) if number is not None else None


def _doubled(match: re.Match[str]) -> Amount | None:
    number = number_of(match["doubles"] or "一")
    return Amount(Decimal(2) ** int(number), TIMES) if number is not None else None


def _half(_: re.Match[str]) -> Amount | None:
    return Amount(Decimal(50), PERCENT)


def _digits(match: re.Match[str]) -> Amount | None:
    number = number_of(match["arabic"])
    return Amount(number, _scaled(match["scale"] or "", match["unit"])) if number is not None else None


def _bare_scale(match: re.Match[str]) -> Amount | None:
    """1000万: no unit follows; in these texts it is money."""
    number = number_of(match["bare"])
    return Amount(number, _scaled(match["barescale"], "元")) if number is not None else None


def _spelt(match: re.Match[str]) -> Amount | None:
    number = han_number(match["han"])
    if number is None:
        return None
    if "百分点" in match["hanunit"]:
        return Amount(number, POINTS)
    return Amount(number, _scaled(match["hanscale"] or "", match["hanunit"]))


_SHAPES = {
    "part": _hundredth,
    "of": _fraction,
    "pct": _percent,
    "cheng": _tenths,
    "times": _times,
    "double": _doubled,
    "half": _half,
    "arabic": _digits,
    "bare": _bare_scale,
    "han": _spelt,
}
