"""A question or claim that names the day of a stock (截至2024年8月31日) and a report's sentence → whether it counts on that day."""

import re

from corpus.fact import Fact, Origin

_DAY = re.compile(r"截[至止](?:到)?\s*((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月)?")
_WHOLE_DAY = re.compile(r"截[至止](?:到)?\s*(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[末底])|[末底])")
_KEPT = re.compile(r"（(截[至止][^（）]*)）$")
_DATED = re.compile(r"截[至止](?:到)?\s*(?:19|20)\d{2}\s*年")


def that_day(words: str) -> re.Pattern[str] | None:
    """What a sentence of that day says; None where the words name no day. The end of a year is its December."""
    day = _DAY.search(words)
    if day is None:
        return None
    month = rf"\s*(?:{'[末底]|' if day[2] == '12' else ''}{day[2]}\s*月)" if day[2] else ""
    return re.compile(rf"截[至止](?:到)?\s*{day[1]}\s*年{month}")


def of_another_day(fact: Fact, words: str) -> bool:
    """8 cars of 截至2024年8月31日 are never the 7 of 截至2023年8月31日 (万里街道 2024)."""
    day, said = that_day(words), dated(fact)
    return day is not None and bool(_DATED.search(said)) and not day.search(said)


def dated(fact: Fact) -> str:
    """A prose fact's words, with the day that an earlier sentence names."""
    return f"{fact.text} {day_of(fact)}"


def day_of(fact: Fact) -> str:
    """The day that an earlier sentence of the paragraph names for a stock (`ingest/prose.py` keeps it with the heading); '' where none does."""
    said = _KEPT.search(fact.table) if fact.origin is Origin.PROSE else None
    return said[1] if said else ""


def day_said(fact: Fact) -> str:
    """The day that a prose fact's own sentence or an earlier one names; '' where none does."""
    own = _WHOLE_DAY.search(fact.text) if fact.origin is Origin.PROSE else None
    return own[0] if own else day_of(fact)


def of_year(fact: Fact, year: int) -> bool:
    """Whether a sentence counts on a day of that year."""
    return fact.origin is Origin.PROSE and bool(re.search(rf"截[至止](?:到)?\s*{year}\s*年", dated(fact)))
