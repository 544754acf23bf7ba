"""去年, 前年, 上一年 in a follow-up → the year, counted from the one that the conversation is about."""

import re
from collections.abc import Sequence

_BEFORE = r"(?<![比较同与和跟])(?:的)?"
_STEPS: tuple[tuple[str, int], ...] = (
    (r"再往?前一?年|更早一年", -1), (r"大前年", -3), (r"前年(?!度)", -2), (r"(?:去年|上一?年度?|前一年度?|头一年|往前一年)(?!同期|结转|结余|末)", -1),
    (r"明年|下一?年度?|次年|后一年|第二年", 1), (r"后年", 2), (r"(?:当年|本年度?|这一?年|那一?年)(?!结转|支出|收入)", 0),
)  # fmt: skip
THIS_YEAR = re.compile(r"今年")


def years_said(text: str, years: Sequence[int]) -> tuple[int, ...]:
    """() where the text says no such word, or the conversation is about no one year. 比去年 compares and names no year."""
    if len(years) != 1:
        return ()
    return next(((years[0] + step,) for words, step in _STEPS if re.search(_BEFORE + f"(?:{words})", text)), ())


def without_relative(text: str) -> str:
    """The text without such a word."""
    for words, _ in _STEPS:
        text = re.sub(f"{_BEFORE}(?:{words})的?", "", text)
    return re.sub(r"(?<![比较同与和跟])今年的?", "", text)


def year_compared(text: str, year: int) -> int | None:
    """比去年: the year before the one talked about; 比前年 two years before; 比2023年 that year; None where none is named."""
    if said := re.search(r"(?:19|20)\d{2}", text):
        return int(said[0])
    if said := re.search(r"(?<!\d)(\d{2})年", text):
        return 2000 + int(said[1])
    return next((year + step for words, step in _STEPS if step and re.search(words, text)), None)
