"""A question whether a figure passes a limit (是不是超过5万了) and the figure → the words that say so; '' where the prints leave it open."""

import re
from decimal import Decimal

from corpus.amount import Amount, UnitKind

_LIMIT = re.compile(r"(?P<way>超过?|突破|高于|大于|多于|达到?|满|不到|低于|不足|少于|没有?超过?|小于)(?:了)?\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<scale>[十百千]?[万亿]?)(?P<unit>元|块钱?|[%％]|人次|人|批次|批|辆|台|个|次)?")
_ASKED = re.compile(r"是不是|是否|有没有|吗|没有?[？?]?$|了没")
_SCALE = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11}
_BELOW = re.compile("不到|低于|不足|少于|小于")


def passed(text: str, amount: Amount) -> str:
    """没有超过5万元; '' where no limit is asked about, or one of another kind.

    >>> from corpus.amount import WAN
    >>> passed("是不是超过5万了？", Amount(Decimal("4.28"), WAN))
    '没有超过5万元'
    """
    said = _LIMIT.search(text)
    if said is None or not _ASKED.search(text):
        return ""
    limit = Decimal(said["number"]) * _SCALE[said["scale"]]
    kind = UnitKind.PERCENT if (said["unit"] or "") in ("%", "％") else UnitKind.MONEY if said["scale"][-1:] in ("万", "亿") or (said["unit"] or "元").startswith(("元", "块")) else UnitKind.COUNT
    if kind is not amount.unit.kind or amount.interval.low < limit < amount.interval.high:
        return ""
    named = f"{said['number']}{said['scale']}{'元' if kind is UnitKind.MONEY else said['unit'] or amount.unit.name}"
    if _BELOW.search(said["way"]):
        return f"{'' if amount.value < limit else '没有'}低于{named}"
    reached = amount.value >= limit if said["way"].startswith(("达", "满")) else amount.value > limit
    return f"{'' if reached else '没有'}{'达到' if said['way'].startswith(('达', '满')) else '超过'}{named}"
