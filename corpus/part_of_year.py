"""Words → the part of a year that they name: 1-8月, 上半年, 前三季度. What is told of a part is no figure of the year."""

import re

_NUMERAL = r"(?:\d{1,2}|元|[一二三四五六七八九十]{1,2})"
PART = (
    rf"(?:{_NUMERAL}月?份?[-—–~～至到]+{_NUMERAL}月份?[底末]?|[前头]{_NUMERAL}个?月|{_NUMERAL}月份?[底末]?(?![\d一二三四五六七八九十]+日)"
    r"|[上下]半年|[前头]?第?[一二两三四1-4]个?季度)"
)
_LAST_MONTHS = {"上半年": 6, "下半年": 12, "一季度": 3, "二季度": 6, "两季度": 6, "三季度": 9, "四季度": 12}
_CHINESE = {"元": 1, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}


def part_in(text: str) -> str:
    """The first part of a year that a text names; '' where it names none, or one up to December: 12月底 is the year's end."""
    match = re.search(rf"(?<![\d个]){PART}", text)
    return match[0] if match and (last_month(match[0]) != 12 or re.match(r"下半年|第?[四4]季度", match[0])) else ""


_NOT_FROM_JANUARY = re.compile(r"(?<![前头])第?[二三四2-4]季度|下半年")


def same_part(one: str, other: str) -> bool:
    """1-6月, 前六个月 and 上半年 are one; 第二季度 ends with them and is none of them."""
    if _NOT_FROM_JANUARY.search(one) or _NOT_FROM_JANUARY.search(other):
        return one.removeprefix("第") == other.removeprefix("第")
    return last_month(one) == last_month(other)


def last_month(part: str) -> int:
    """The month that a part ends with: 5 of 元至5月, 6 of 上半年; 0 where it names no month."""
    bare = re.sub(r"[前头第个]", "", part)
    if bare in _LAST_MONTHS:
        return _LAST_MONTHS[bare]
    if quarter := re.fullmatch(r"([1-4])季度", bare):
        return 3 * int(quarter[1])
    months = re.findall(_NUMERAL, bare)
    return (_CHINESE.get(months[-1]) or int(months[-1])) if months else 0
