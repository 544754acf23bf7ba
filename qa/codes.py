"""A question that names accounts by their codes (2010301, 302-17) → the same question by the rows' names, over these rows alone.

Codes are those of 政府收支分类科目 (Ministry of Finance): 类 three digits, 款 five, 项 seven.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.fact import Fact, Origin
from qa.asks import Ask
from qa.book import Book, Entry
from qa.question import Question, smooth
from qa.wording import comparable

_CODE = re.compile(
    r"(?<![\d.,])(?P<code>[1-9]\d{2}(?:[-\s]?\d{2}){0,2})(?!\d|[.,]\d|\s*(?:年|月|[万亿千百]*元|[万亿%％个项辆批人件次篇期份家户名台套条处场号]))"
)
_PART = re.compile(r"(?:基本|项目|经营)支出|(?:人员|公用)经费|(?:财政拨款|事业|经营|其他)收入|一般公共预算|政府性基金|国有资本经营")
"""Columns of the forms; other words beside a code only say how people talk (2010301科目, 2120501编了多少)."""
_THREE = re.compile(r"科目|编码|代码|类")
"""Three digits alone are a code only where the question says so."""


def by_code(question: Question, book: Book) -> tuple[Question, Book]:
    """Unchanged where no code of the book is named."""
    said = {match["code"]: re.sub(r"[-\s]", "", match["code"]) for match in _CODE.finditer(question.text)}
    rows = _rows(book.entries) if said else {}
    named = {text: code for text, code in said.items() if code in rows and (len(code) > 3 or _THREE.search(question.text))}
    if not named:
        return question, _at_level(question, book)
    items = tuple(_by_name(item, named, rows) for item in question.items) or tuple(rows[code] for code in named.values())
    ask = Ask.LOOKUP if question.ask is Ask.DEFINE else question.ask
    several = len(named) > 1 or bool(question.whole)
    kept = _none_alike(book.entries, set(named.values())) if several else _of_account(book.entries, next(iter(named.values())), ask is Ask.LOOKUP)
    return replace(question, items=items, said=items, ask=ask), replace(book, entries=kept)


def _of_account(entries: Iterable[Entry], code: str, alone: bool) -> tuple[Entry, ...]:
    """Its own cells; unless `alone`, sentences of its very name too, where no other account bears it: 其他文化旅游体育与传媒支出 is a 款 and a 项
    (普陀区文旅局 2026), and 会议费 of 三公经费表 is more than 30215 of 基本支出 (江苏 2019)."""
    kept = tuple(entries)
    names = {comparable(entry.fact.item[-1]) for entry in kept if entry.fact.account == code and entry.fact.item}
    shared = {comparable(entry.fact.item[-1]) for entry in kept if entry.fact.account not in ("", code) and entry.fact.item}
    told = frozenset() if alone else names - shared
    return tuple(entry for entry in kept if entry.fact.account == code or not entry.fact.account and entry.fact.item and comparable(entry.fact.item[-1]) in told)


def _none_alike(entries: Iterable[Entry], codes: set[str]) -> tuple[Entry, ...]:
    """All but what bears the name of one of these accounts and is not it: 20799 beside 2079999, which is called the same."""
    kept = tuple(entries)
    names = {comparable(entry.fact.item[-1]) for entry in kept if entry.fact.account in codes and entry.fact.item}
    return tuple(entry for entry in kept if entry.fact.account in codes or not entry.fact.item or comparable(entry.fact.item[-1]) not in names)


_LEVEL = re.compile(r"[（(]([类款项])[)）][”\"]?(?=的|[，,？?]|是|有|一共|总共|合计|共|$|预算|决算|多少|\s|[（(])")
_DIGITS = {"类": 3, "款": 5, "项": 7}


def _at_level(question: Question, book: Book) -> Book:
    """X（款）is no 项 of that name: cells of accounts of another level are left out, sentences whose path is of another depth too."""
    said = _LEVEL.findall(smooth(question.text))
    if len(said) != 1 or len(question.items) != 1:
        return book
    depth = "类款项".index(said[0]) + 1
    fits = [entry for entry in book.entries if not _is_account(entry.fact) or len(entry.fact.account) == _DIGITS[said[0]] or not entry.fact.account and len(entry.fact.item) == depth]
    return replace(book, entries=tuple(fits))


def _is_account(fact: Fact) -> bool:
    """A row of the classification, or a sentence that names its 类, 款 and 项."""
    return bool(fact.account) or fact.origin is Origin.PROSE and bool(re.search(r"[（(][款项][)）]", fact.text))


def _rows(entries: Iterable[Entry]) -> dict[str, str]:
    """What each account is called; with the account above it where another bears the same name (一般行政管理事务)."""
    names = {entry.fact.account: entry.fact.item[-1] for entry in entries if entry.fact.account and entry.fact.item}
    alike = [comparable(name) for name in names.values()]
    return {code: f"{names[code[:-2]]} {name}" if alike.count(comparable(name)) > 1 and code[:-2] in names else name for code, name in names.items()}


def _by_name(item: str, named: dict[str, str], rows: dict[str, str]) -> str:
    """2010301科目支出 → 行政运行; 行政运行 2010301 → 行政运行."""
    for said, code in named.items():
        if re.sub(r"\s", "", said) not in re.sub(r"\s", "", item):
            continue
        part = _PART.search(item.replace(rows[code], " "))
        item = f"{rows[code]} {part[0]}" if part else rows[code]
    return item
