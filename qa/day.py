"""A question or claim that names the day of a stock (截至2024年8月31日) → whether a report's sentence counts on that day."""

import re

_DAY = re.compile(r"截[至止](?:到)?\s*((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月)?")
_DATED = re.compile(r"截[至止](?:到)?\s*(?:19|20)\d{2}\s*年")


def that_day(words: str) -> re.Pattern[str] | None:
    """What a sentence of that day says; None where the words name no day. The end of a year is its December."""
    day = _DAY.search(words)
    if day is None:
        return None
    month = rf"\s*(?:{'[末底]|' if day[2] == '12' else ''}{day[2]}\s*月)" if day[2] else ""
    return re.compile(rf"截[至止](?:到)?\s*{day[1]}\s*年{month}")


def of_another_day(sentence: str, words: str) -> bool:
    """8 cars of 截至2024年8月31日 are never the 7 of 截至2023年8月31日 (万里街道 2024)."""
    day = that_day(words)
    return day is not None and bool(_DATED.search(sentence)) and not day.search(sentence)
