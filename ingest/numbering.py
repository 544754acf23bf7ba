"""The number that a line or paragraph begins with (第一部分, 一、, （一）, 1., (1)) → its level among headings."""

import re

_CHINESE = "一二三四五六七八九十百零"
_FORMS = (
    re.compile(rf"第[{_CHINESE}\d]+(?:部分|篇|章|编)"),
    re.compile(rf"(?:[{_CHINESE}]+[、．.]|第[{_CHINESE}\d]+节)"),
    re.compile(rf"[（(][{_CHINESE}]+[)）]、?"),
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d)|[)）])"),
    re.compile(r"(?:[（(]\d{1,2}[)）]、?|[①-⑳])"),
)
MONEY = re.compile(r"\d(?:[\d,，]*\d)?(?:[.．]\d+)?\s*(?:万元|亿元|元|%|％|个百分点|万亩|人次|批次|辆)")
CLOSED = re.compile(r"[。！？!?；;：:…](?:[”’」』）)]*)$")
LONGEST = 60
"""Signs; a heading is never longer (the longest met: 44)."""


def level_of(text: str) -> int:
    """1 for 第一部分, 2 for 一、, 3 for （一）, 4 for 1., 5 for (1); 0 where no number begins the text."""
    for level, form in enumerate(_FORMS, start=1):
        if form.match(text):
            return level
    return 0


def unnumbered(text: str) -> str:
    """The text without its number: 一、主要职能 → 主要职能."""
    level = level_of(text)
    return _FORMS[level - 1].sub("", text, count=1).lstrip() if level else text


def is_heading(text: str) -> bool:
    """A numbered paragraph that names a part rather than says something.

    "1.“一般公共服务支出（类）…（项）”25.77万元，主要用于…" says something; so does a duty that ends with a full stop.
    """
    level, bare = level_of(text), unnumbered(text.rstrip("：:"))
    if level == 1 and not bare:
        return True
    if not level or not bare or len(text) > LONGEST or MONEY.search(text):
        return False
    return not CLOSED.search(bare) and not re.search(r"[。；;]" if level < 4 else r"[。；;，,]", bare)
