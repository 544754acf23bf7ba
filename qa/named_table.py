"""A question that names a table (公开03表, 《支出决算表》里) → the question without that name and the book of that table's figures."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Disclosure, Kind
from corpus.table import TableInfo
from qa.book import Book
from qa.question import Question, understand
from qa.wording import comparable

_IN = r"(?:里面?|中|上面?|内|显示|列的?|[，,]|的)*"
_NUMBER = re.compile(rf"《?(?:财决)?公开(?:表)?0?(?P<number>\d{{1,2}})(?:表)?》?(?:[（(《“]?[一-龥“”]*?表[)）》”]?)?{_IN}")
_NAME = re.compile(rf"[《“]?(?P<name>[一-龥“”]{{2,30}}?表)[》”]?(?=里|中|上|内|显示|列|的|[，,])[》”]?{_IN}")
_FORMS = ("收支总表", "收入表", "支出表", "财政拨款收支总表", "一般公共预算支出表", "基本支出表")
"""公开01表 to 公开06表 of every department's final accounts; those after them stand in an order of their own."""


def by_table(question: Question, book: Book, tables: Sequence[TableInfo], disclosures: Sequence[Disclosure]) -> tuple[Question, Book]:
    """Both as they are where the words name no table of the reports."""
    for pattern in (_NUMBER, _NAME):
        if (said := pattern.search(question.text)) and (meant := _meant(said, tables, disclosures)):
            bare = understand(question.text[: said.start()] + " " + question.text[said.end() :], disclosures)
            kept = tuple(entry for entry in book.entries if entry.fact.table_id in meant)
            return replace(question, text=bare.text, items=bare.items, said=bare.said, whole=bare.whole, ask=bare.ask), replace(book, entries=kept)
    return question, book


def _meant(said: re.Match[str], tables: Sequence[TableInfo], disclosures: Sequence[Disclosure]) -> frozenset[str]:
    if number := said.groupdict().get("number"):
        return _numbered(int(number), [table for table in tables if table.form], disclosures)
    name = _bare(said["name"])
    starts = {name[n:] for n in range(max(len(name) - 3, 1))}  # 江曲市园林局支出决算表: what stands before the title is no part of it
    forms = [table for table in tables if table.form]  # a report's own tables hold sentences, which stand in no table's book
    longest = max({_bare(table.title) for table in forms} & starts, key=len, default="")
    return frozenset(table.id for table in forms if longest and _bare(table.title) == longest)


def _numbered(number: int, forms: Sequence[TableInfo], disclosures: Sequence[Disclosure]) -> frozenset[str]:
    if any(disclosure.kind is not Kind.FINAL for disclosure in disclosures) or len({table.disclosure for table in forms}) != 1:
        return frozenset()
    if tuple(table.form for table in forms[:6]) != _FORMS or not 0 < number <= len(forms):
        return frozenset()
    return frozenset((forms[number - 1].id,))


def _bare(title: str) -> str:
    return re.sub(r"^(?:(?:19|20)\d{2})?年?度?(?:部门|单位|本部门|本单位)?", "", comparable(title).replace("“", "").replace("”", ""))
