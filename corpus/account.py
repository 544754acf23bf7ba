"""Account (科目): printed code and name → digits, level, parent; a table's title → its standard form (九张表)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

FORMS = {
    "收支总表": "部门（单位）收入支出总表",
    "收入表": "部门（单位）收入总表",
    "支出表": "部门（单位）支出总表",
    "财政拨款收支总表": "财政拨款收入支出总表",
    "一般公共预算支出表": "一般公共预算财政拨款支出表",
    "基本支出表": "一般公共预算财政拨款基本支出表（经济分类）",
    "三公经费表": "财政拨款“三公”经费表",
    "政府性基金表": "政府性基金预算财政拨款表",
    "国有资本经营表": "国有资本经营预算财政拨款表",
}
"""The nine standard forms of a department's 预算 and 决算, each by the key that facts carry."""

_WIDE = re.compile(r"全[区市省县州]|本级|各?市县|[省市县区州盟旗](?:一般公共|政府性基金|国有资本经营|社会保险)|转移支付|余额|债务|草案|完成情况|执行情况")
"""Words of a whole government's books or of side tables: never one of a department's nine forms."""
_FORM_WORDS: tuple[tuple[str, str], ...] = (
    ("三公经费表", r"三公.*经费.*表|三公.*表"),
    ("国有资本经营表", r"国有资本经营.*表"),
    ("政府性基金表", r"政府性基金.*表"),
    ("财政拨款收支总表", r"财政拨款(?:预算)?(?:收入支出|收支|收入、支出).*表"),
    ("基本支出表", r"(?:一般公共预算|财政拨款).*基本支出.*表"),
    ("一般公共预算支出表", r"一般公共预算(?:当年)?(?:财政)?(?:拨款)?(?:支出|收入支出).*表"),
    ("收支总表", r"(?:收入支出|收支|收入、支出)(?:预算|决算)?(?:总表|总体情况表|表)"),
    ("收入表", r"(?:^|部门|单位|年度?|[局办委部会院处关心队])收入(?:预算|决算)?(?:总表|表|情况表|总体情况表)"),
    ("支出表", r"(?:^|部门|单位|年度?|[局办委部会院处关心队])支出(?:预算|决算)?(?:总表|表|情况表|总体情况表)"),
)


def form_of(title: str) -> str:
    """Key of the standard form that a title names, in any wording and year; '' for other tables.

    >>> form_of("2025年部门一般公共预算支出功能分类预算表")
    '一般公共预算支出表'
    """
    bare = re.sub(
        r"[\s“”\"'‘’＂「」《》]|[（(]本级[)）]|^(?:[（(]?[一二三四五六七八九十]+[)）、.．]|\d{1,2}[)）、.．])",
        "",
        title,
    )
    if _WIDE.search(bare):  # 宁夏 2023 prints 自治区本级…“三公”经费决算表: whoever's it is, it is the 三公 form
        return "三公经费表" if re.search(_FORM_WORDS[0][1], bare) and not re.search(r"各?市县|转移支付", bare) else ""
    return next((form for form, words in _FORM_WORDS if re.search(words, bare)), "")


@dataclass(frozen=True)
class Code:
    """A 科目 code as digits, and whether the print had to be mended to read it."""

    digits: str
    misprinted: bool = False


NAMES = 8192
"""Names whose plain form is kept: the rules of one answer ask for each some ten times."""
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_WHOLE = re.compile(r"\d{3}(?:\d{2}){0,3}")


def parse_code(text: str) -> Code | None:
    """A joined code (`2013901`, `201 39 01`, `30201`); None when the text is no code.

    A code starts with 1 (收入), 2 (功能分类), 3 or 5 (经济分类); one of an odd length is kept and marked misprinted.
    """
    bare = re.sub(r"[\s.．\-—]", "", text.translate(_DIGITS))
    if not bare.isdigit() or bare[0] not in "1235" or not 3 <= len(bare) <= 9:
        return None
    return Code(bare, not _WHOLE.fullmatch(bare))


def join_code(parts: Sequence[str], above: Sequence[str]) -> Code | None:
    """类|款|项 printed in columns → one code; a blank outer part stands for the one above, `2` for a misprinted `02`.

    >>> join_code(("301", "2"), ("", ""))
    Code(digits='30102', misprinted=True)
    """
    digits = ["".join(part.translate(_DIGITS).split()) for part in parts]
    last = max((i for i, part in enumerate(digits) if part), default=-1)
    if last < 0 or any(part and not part.isdigit() for part in digits):
        return None
    filled = [part or (above[i] if i < len(above) else "") for i, part in enumerate(digits[: last + 1])]
    if last > 0 and digits[last].startswith(filled[0]) and len(digits[last]) >= 5:
        return parse_code(digits[last])  # each column prints the whole code so far
    if "" in filled:
        return None
    joined = filled[0] + "".join(part.zfill(2) for part in filled[1:])
    misprinted = len(filled[0]) != 3 or any(len(part) != 2 for part in filled[1:])
    return Code(joined, misprinted) if 3 <= len(joined) <= 9 else None


def parent(code: str) -> str:
    """The code one level up: 2013901 → 20139 → 201 → ''."""
    return code[:-2] if len(code) > 3 else ""


def level(code: str) -> int:
    """类 1, 款 2, 项 3; 0 where there is no code."""
    return (len(code) - 1) // 2 if len(code) >= 3 else 0


def same_name(one: str, other: str) -> bool:
    """Whether two printed account names are the same, brackets, numbering and spaces aside.

    >>> same_name("一、一般公共服务支出", "一般公共服务支出")
    True
    """
    return plain_name(one) == plain_name(other)


@lru_cache(NAMES)
def plain_name(name: str) -> str:
    """A name for comparing: without spaces, numbering, 其中：, and with brackets of one kind."""
    bare = re.sub(r"\s", "", name).translate(str.maketrans("（）“”：", '()"":'))
    bare = re.sub(r"^(?:其中|减|加):", "", bare)
    return re.sub(r"^(?:\(?[一二三四五六七八九十百]+\)?[、.．]|\(?\d{1,2}\)?[、.．)])", "", bare).replace('"', "")
