"""Words → the months that they speak of (上半年, 1-4月, 前4个月), and a report's figure → whether it is of those months."""

import re

from corpus.fact import Fact

_MONTHS = re.compile(r"(?P<half>[上下])半年|(?<!\d)(?P<first>\d{1,2}|元|一)月?份?\s*(?:[-—–~～至到])\s*(?P<last>\d{1,2})月|前(?P<count>\d{1,2}|[一二三四五六七八九十]+)个?月")
_ONE = re.compile(r"(?<!\d)(?:19|20)\d{2}年(?P<month>\d{1,2})月(?!\d{1,2}日)")
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "元": 1}
Months = tuple[int, int]


def months_in(words: str) -> Months | None:
    """The first and last month of the period named last; None where the words name none (a year's figure)."""
    found = list(_MONTHS.finditer(words))
    if not found:
        return None
    last = found[-1]
    if last["half"]:
        return (1, 6) if last["half"] == "上" else (7, 12)
    return (1, _number(last["count"])) if last["count"] else (_number(last["first"]), _number(last["last"]))


def without_months(words: str) -> str:
    return _MONTHS.sub("", words)


def of_months(fact: Fact, title: str, wanted: Months) -> bool:
    """Whether a figure is of that period: by its sentence, else by the headings above it, else by the report's title. A year's is of none."""
    for words in (fact.text if not fact.table_id else "", "".join((fact.table, *fact.column)), title):
        if (told := months_in(words)) is not None:
            return told == wanted
        if month := _ONE.search(words):
            return wanted == (1, int(month["month"]))
    return False


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _NUMBERS.get(said, 0)
