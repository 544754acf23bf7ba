"""Notices of a part of a year, and such that print no year: what is answered from them, what is refused, what is said with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.settings import load_settings
from corpus.shelf import Shelf
from ingest.read import read
from qa.answer import answer
from qa.reply import Status

NOTICES = {
    "江原县2015年8月财政收支情况": ("2015年1-8月，江原县税收收入36552万元，增长6.91%。", "公共财政预算支出124241万元，为年初预算数200000万元的62.12%。"),
    "东岭区1-6月份财政收入情况": ("1-6月份，东岭区非税收入32962万元，同比下降3.6%。",),
    "东岭区1-11月份财政收入情况": ("1-11月份，东岭区非税收入50534万元，同比增长0.9%。",),
    "云海市元至5月财政收支情况": ("元至5月，云海市地方财政收入80.18亿元，增长3.6%；上划中央收入37.78亿元。",),
    "云海市西渡区2023年区级三公经费预算汇总情况": ("2023年区级“三公”经费支出2493.77万元。其中，公务接待费875.82万元。",),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("notices")
    shelf = Shelf.open(load_settings(shelf=folder / "shelf"))
    for title, said in NOTICES.items():
        path: Path = folder / f"{title}.html"
        path.write_text(f'<html><head><meta charset="utf-8"></head><body><h1>{title}</h1>{"".join(f"<p>{one}</p>" for one in said)}</body></html>', encoding="utf-8")
        shelf.save(read(path), path)
    yield shelf
    shelf.close()


def test_a_question_of_the_same_part_is_answered(shelf: Shelf) -> None:
    reply = answer("江原县2015年1-8月税收收入多少？", shelf)
    assert reply.status is Status.ANSWERED and "36,552" in reply.text and not any("全年" in notice for notice in reply.notices)


def test_a_part_is_never_given_for_the_years_outturn(shelf: Shelf) -> None:
    for question in ("江原县2015年税收收入决算是多少？", "江原县2015年全年税收收入是多少？", "江原县2015年1-7月税收收入是多少？"):
        reply = answer(question, shelf)
        assert reply.status is not Status.ANSWERED and "36,552" not in reply.text, question


def test_where_no_part_is_named_it_is_said_that_this_is_one(shelf: Shelf) -> None:
    reply = answer("江原县2015年税收收入多少？", shelf)
    assert "江原县的报告是8月的，不是全年数。" in reply.notices
    assert "决算" not in "".join(value.label for value in reply.values), "what has been spent so far is no outturn"


def test_the_years_budget_is_read_from_a_months_notice(shelf: Shelf) -> None:
    assert "200,000" in answer("江原县2015年公共财政预算支出全年的年初预算数是多少？", shelf).text


@pytest.mark.parametrize("when", ["2024年", "去年", "今年", "2014年", "近三年"])
def test_a_report_without_a_year_is_of_no_year_that_is_named(shelf: Shelf, when: str) -> None:
    for name in ("云海市", "东岭区"):
        reply = answer(f"{name}{when}地方财政收入是多少？", shelf)
        assert reply.status is Status.REFUSED and "没有印出年度" in reply.text


def test_without_a_year_in_the_question_it_is_answered_and_said(shelf: Shelf) -> None:
    reply = answer("云海市地方财政收入是多少？", shelf)
    assert "80.18亿元" in reply.text and "报告没有印出年度，是元至5月的，不是全年数。" in reply.notices
    assert not any("0年" in said for said in (reply.text, *reply.scope, *(value.label for value in reply.values)))


def test_of_two_parts_the_one_named_is_meant_and_else_it_is_asked_back(shelf: Shelf) -> None:
    assert "32,962" in answer("东岭区1-6月非税收入是多少？", shelf).text
    assert "50,534" in answer("东岭区1-11月非税收入是多少？", shelf).text
    assert "32,962" in answer("东岭区上半年非税收入是多少？", shelf).text
    assert answer("东岭区第二季度非税收入是多少？", shelf).status is not Status.ANSWERED
    reply = answer("东岭区非税收入是多少？", shelf)
    assert reply.status is Status.CLARIFY and "50,534" in answer(reply.choices[-1], shelf).text


def test_a_summary_of_the_districts_own_departments_is_of_its_own_level(shelf: Shelf) -> None:
    assert "875.82" in answer("西渡区2023年区级公务接待费预算是多少？", shelf).text


def test_one_figure_is_neither_the_most_nor_the_least_of_two(shelf: Shelf) -> None:
    assert answer("西渡区2023年和江原县2015年的公务接待费预算，哪个最少？", shelf).status is not Status.ANSWERED
