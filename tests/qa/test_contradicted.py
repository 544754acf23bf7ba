"""A report that prints two figures for one item: the answer says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.settings import load_settings
from corpus.shelf import Shelf
from ingest.read import read
from qa.answer import answer
from tests.qa.web_report import BUREAU, bureau_report


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = Path(tmp_path_factory.mktemp("contradicted"))
    path = bureau_report(folder / f"{BUREAU}2026年部门预算.html")
    page = path.read_text("utf-8").replace("图书馆（项）”950.00万元", "图书馆（项）”905.00万元")
    page = page.replace("比2025年预算执行数增加100.00%", "比2025年预算执行数增加110.00%")
    page = page.replace("<td>三、城乡社区支出</td><td>65,000,000</td>", "<td>三、城乡社区支出</td><td>56,000,000</td>")
    path.write_text(page, "utf-8")
    opened = Shelf.open(load_settings(shelf=folder / "shelf"))
    opened.save(read(path), path)
    yield opened
    opened.close()


def told(question: str, shelf: Shelf) -> tuple[str, ...]:
    return tuple(notice for notice in answer(f"{BUREAU}2026年{question}？", shelf).notices if "有出入" in notice)


def test_an_answer_says_where_a_sentence_prints_another_figure(shelf: Shelf) -> None:
    (notice,) = told("图书馆支出多少", shelf)
    assert "905.00万元" in notice and "9,500,000" in notice


def test_an_answer_says_where_two_tables_differ(shelf: Shelf) -> None:
    assert any("56,000,000" in notice and "65,000,000" in notice for notice in told("城乡社区支出多少", shelf))


def test_what_agrees_everywhere_has_no_such_notice(shelf: Shelf) -> None:
    assert not told("公务接待费多少", shelf) and not told("专项普查活动多少", shelf)


def test_a_rate_that_its_own_figures_do_not_make_is_told_with_it(shelf: Shelf) -> None:
    (notice,) = told("其他城乡社区支出比2025年预算执行数增加百分之几", shelf)
    assert "100.00%" in notice and "110.00%" in notice
