"""The shipped report says what its source says, page for page, and its pictures only what its prose bears out."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from corpus.picture_tables import PictureTable, amount, read_tables, wrong_sums
from corpus.source_text import blocks_of, pages_of, squeezed

CORPUS = Path(__file__).parents[1] / "corpus"
SOURCE = CORPUS / "files" / "source"
TEXT = (SOURCE / "report.txt").read_text(encoding="utf-8")
TABLES = read_tables(SOURCE / "tables.json")
PICTURES = range(3, 12)
RULED = (27, *range(32, 40))


@pytest.fixture(scope="module")
def entry() -> dict[str, Any]:
    reports: list[dict[str, Any]] = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["report"]
    return reports[0]


@pytest.fixture(scope="module")
def pdf(entry: dict[str, Any]) -> Iterator[PDF]:
    with pdfplumber.open(CORPUS / "files" / entry["file"]) as opened:
        yield opened


def printed(page: Page) -> str:
    """The text layer in the order in which it was drawn, cell after cell in tables."""
    return squeezed("".join(char["text"] for char in page.chars))


def source_pages() -> list[str]:
    """Page by page: tables 2 to 7 of 第二部分 are pictures without a word of text."""
    pages = list(pages_of(TEXT))
    return pages[:3] + [""] * 6 + pages[3:]


def test_the_manifest_names_the_file_that_ships(entry: dict[str, Any], pdf: PDF) -> None:
    content = (CORPUS / "files" / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert len(pdf.pages) == entry["pages"]
    assert len(content) < 6_000_000
    assert (entry["publisher"], entry["year"], entry["kind"], entry["scope"]) == (
        "武汉市硚口区人民政府办公室",
        2022,
        "决算",
        "部门",
    )


def test_every_page_prints_its_source_word_for_word(pdf: PDF) -> None:
    expected = [f"{squeezed(text)}{n}" for n, text in enumerate(source_pages(), 1)]
    assert [printed(page) for page in pdf.pages] == expected


def test_prose_lines_read_in_order_without_knowing_how_they_were_drawn(pdf: PDF) -> None:
    for n, text in enumerate(source_pages(), 1):
        if n not in RULED:
            assert squeezed(pdf.pages[n - 1].extract_text()) == f"{squeezed(text)}{n}"


def test_no_chinese_character_comes_out_as_a_radical(pdf: PDF) -> None:
    """Noto draws 行 and ⾏ with one glyph; a PDF made carelessly reads as ⾏, and no search finds it."""
    found = {char["text"] for page in pdf.pages for char in page.chars}
    assert found <= set(TEXT)


def test_the_nine_tables_are_pictures_without_text(pdf: PDF) -> None:
    for page, table in zip((pdf.pages[n - 1] for n in PICTURES), TABLES, strict=True):
        assert len(page.images) == 1
        assert page.find_tables() == []
        assert table.title not in page.extract_text().splitlines() and table.foot not in page.extract_text()
        assert (page.width > page.height) == table.landscape
    assert [p.page_number for p in pdf.pages if p.images] == list(PICTURES)


def test_the_sentence_stands_under_its_empty_table(pdf: PDF) -> None:
    sentences = {10: "本部门当年无政府性基金预算财政拨款收入支出", 11: "本部门当年无国有资本经营预算财政拨款支出"}
    for n, words in sentences.items():
        page = pdf.pages[n - 1]
        assert page.search(words)[0]["top"] > page.images[0]["bottom"]


def test_tables_that_have_text_are_ruled(pdf: PDF) -> None:
    assert [p.page_number for p in pdf.pages if p.find_tables()] == list(RULED)
    shapes = [(len(t), len(t[0])) for n in RULED for t in pdf.pages[n - 1].extract_tables()]
    assert shapes == [(6, 4), (16, 7), (14, 7), (16, 7), (2, 2), (15, 7), (2, 2), (14, 7), (2, 2)]


def test_a_cell_that_spans_rows_is_printed_once(pdf: PDF) -> None:
    rows = [[squeezed(c) if c else c for c in row] for row in pdf.pages[31].extract_tables()[0]]
    assert rows[6] == [None, "产出指标", "质量指标", "会议筹办差错率", "0", "0", "5"]
    assert rows[7] == [None, None, "质量指标", "文件制发差错率", "0", "0", "5"]
    assert rows[9][1:3] == ["效益指标", "社会公众或服务对象满意度指标"]
    assert rows[9][3:] == ["政府系统领导对办文办会情况满意率", "95%", "95%", "5"]


def test_the_sums_of_the_pictures_hold_to_the_last_digit() -> None:
    assert wrong_sums(TABLES) == ()


@pytest.mark.parametrize(
    "number, row, column", [(1, 0, 3), (2, 3, 2), (3, 4, 4), (4, 11, 4), (5, 7, 3), (6, -1, 2), (7, 0, 6)]
)
def test_one_wrong_digit_breaks_a_sum(number: int, row: int, column: int) -> None:
    assert wrong_sums(with_cell(number, row, column, "7.77"))


def with_cell(number: int, row: int, column: int, text: str) -> tuple[PictureTable, ...]:
    table = TABLES[number - 1]
    rows = [list(r) for r in table.rows]
    rows[row][column] = text
    changed = replace(table, rows=tuple(tuple(r) for r in rows))
    return tuple(changed if t is table else t for t in TABLES)


def test_every_amount_in_a_picture_is_stated_or_the_sum_of_a_section() -> None:
    stated = {Decimal(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\.\d\d(?!\d|%)", TEXT)}
    for table in TABLES:
        for row in table.rows:
            section = len(row[0] or "") == 5
            for cell in row[1:] if not section else ():
                if cell and re.fullmatch(r"[\d,]+\.\d\d", cell):
                    assert amount(cell) in stated, (table.title, row)


def test_each_item_is_what_its_sentence_says() -> None:
    """「9. 住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为…，支出决算为 81.47 万元」"""
    sentence = re.compile(r"（款）([^（）]+)（项）。年初预算为[\d.]+万元，支出决算为([\d.]+)万元")
    said = {name: Decimal(spent) for name, spent in sentence.findall(squeezed(TEXT))}
    drawn = {row[1]: amount(row[2]) for row in TABLES[4].rows if len(row[0] or "") == 7}
    assert len(said) == 10
    assert drawn == said


def test_basic_and_project_expenditure_are_what_the_prose_says() -> None:
    whole = TABLES[4].rows[0]
    assert [amount(cell) for cell in whole[2:]] == [Decimal("2711.50"), Decimal("1266.62"), Decimal("1444.88")]
    projects = {row[0]: row[4] for row in TABLES[4].rows if len(row[0] or "") == 7 and row[4]}
    assert projects == {"2010302": "40.89", "2130599": "1,403.99"}


def test_what_the_prose_does_not_state_stays_blank() -> None:
    lines = TABLES[5].rows[:-1]
    assert {cell for row in lines for cell in (row[2], row[5])} == {""}
    assert TABLES[6].rows[0][3:5] == ("", "")
    for empty in TABLES[7:]:
        assert {cell for row in empty.rows for cell in row[2:]} == {""}


def test_every_picture_says_that_it_is_rebuilt() -> None:
    assert [t.number for t in TABLES] == list(range(1, 10))
    assert {(t.foot, t.unit) for t in TABLES} == {("据正文数字重建", "单位：万元")}


def test_every_row_fills_its_columns() -> None:
    for table in TABLES:
        assert {len(row) for row in table.rows} == {len(table.widths)}
        assert sum(columns for _, columns, _ in table.header[0]) == len(table.widths)


def test_a_blank_line_alone_ends_no_page() -> None:
    assert pages_of("甲\n\n乙\n\n\n\n丙\n") == ("甲\n\n乙", "丙")
    assert len(pages_of(TEXT)) == 33


def test_a_paragraph_goes_on_over_print_lines_and_pages() -> None:
    page = "务（款）行政运行（项）。支出决算为\n\n1001.65 万元，其\n\n中：\n\n七、政府性基金情况说明\n\n本部门"
    assert [(b.role, b.text) for b in blocks_of(page, "1. 一般公共服务支出（类）政府办公厅（室）及相关机构事")] == [
        ("rest", "务（款）行政运行（项）。支出决算为 1001.65 万元，其中："),
        ("heading", "七、政府性基金情况说明"),
        ("first", "本部门"),
    ]
