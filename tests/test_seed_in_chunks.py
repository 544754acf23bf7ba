"""All that the shipped report's source says can be found again: its text in the chunks, its amounts with their pages."""

import re
from pathlib import Path

import pytest

from corpus.amount import Amount
from corpus.number import find_mentions
from corpus.record import Record
from corpus.source_text import blocks_of, pages_of, squeezed

TEXT = (Path(__file__).parents[1] / "corpus" / "files" / "source" / "report.txt").read_text(encoding="utf-8")
_PAGES = pages_of(TEXT)
PAGES = (*_PAGES[:3], *[""] * 6, *_PAGES[3:])
"""As in the file: tables 2 to 7 of 第二部分 are pictures without a word of text."""
NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|\d+[.．])")
"""A definition's chunk begins with its term: (一) and 1. are left off, so that the term can be looked up."""
CAPTION = re.compile(r"^单位名称：\S+填报日期：\S+$")
"""Who filled in a form and when: it stands above the table and is no passage of the report."""
HEADS = ("第二部分武汉市硚口区人民政府办公室2022年度部门决算表", "序号重要事项工作内容及目标完成情况", "本部门使用的支出功能分类科目")
"""The heading over the forms, each of which stands under its own title; the head of a table, whose names are its rows' columns; and that of a
list of definitions, each of which stands for itself."""


@pytest.fixture(scope="module")
def said(shipped_record: Record) -> str:
    """All chunks, one after the other, without white space."""
    return squeezed("".join("".join((*chunk.headings, chunk.text)) for chunk in shipped_record.chunks))


def sentences(page: str) -> list[str]:
    lines = (squeezed(line) for part in re.split(r"\n\s*\n", page) for line in re.split(r"(?<=[。；])|\n", part))
    return [NUMBERING.sub("", line) for line in lines if line]


@pytest.mark.parametrize("page", [n for n, text in enumerate(PAGES, 1) if text])
def test_every_line_of_the_source_stands_in_the_chunks(page: int, said: str) -> None:
    lost = [line for line in sentences(PAGES[page - 1]) if line not in said and not CAPTION.match(line) and line not in HEADS]
    assert lost == []


def test_only_captions_and_three_heads_are_left_out(said: str) -> None:
    left = [line for page in PAGES for line in sentences(page) if line not in said]
    assert len(left) == 7
    assert [line for line in left if not CAPTION.match(line)] == list(HEADS)


def amounts(page: str) -> list[Amount]:
    """The figures of a page's paragraphs, read block by block as the source breaks them."""
    return [mention.amount for block in blocks_of(page) for mention in find_mentions(block.text)]


STATED = [n for n, text in enumerate(PAGES, 1) if amounts(text)]


@pytest.mark.parametrize("page", STATED)
def test_every_amount_of_a_page_is_a_fact_or_a_chunk_amount_of_that_page(page: int, shipped_record: Record) -> None:
    facts = {fact.amount for fact in shipped_record.facts if fact.source.page == page}
    told = [chunk for chunk in shipped_record.chunks if any(source.page == page for source in chunk.sources)]
    known = {(a.value, a.unit.base) for a in (*facts, *(m.amount for chunk in told for m in find_mentions(chunk.text))) if a is not None}
    assert [str(a) for a in amounts(PAGES[page - 1]) if (a.value, a.unit.base) not in known] == []


def test_most_amounts_of_the_prose_are_facts(shipped_record: Record) -> None:
    """The account sentences of 第三部分: each printed amount can be asked for, not only quoted."""
    facts = {(fact.amount.value, fact.amount.unit.base) for fact in shipped_record.facts if fact.amount is not None}
    stated = [a for page in PAGES[11:18] for a in amounts(page)]
    assert len(stated) > 60
    assert [str(a) for a in stated if (a.value, a.unit.base) not in facts] == []
