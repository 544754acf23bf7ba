"""Layouts that no file at hand prints together, drawn by hand: headers of three levels, columns, units, halves."""

from decimal import Decimal

import pytest

from corpus.fact import Fact
from ingest.facts import facts_of
from ingest.page import Page
from ingest.reconcile import reconcile
from ingest.tables import Table, tables_of
from tests.ingest.drawn import DISCLOSURE, grid_from, line_at, page_from, page_with


def read(*pages: Page) -> tuple[tuple[Table, ...], tuple[Fact, ...]]:
    found = tuple(tables_of(pages, DISCLOSURE))
    return found, facts_of(found, DISCLOSURE)[0]


def figures(facts: tuple[Fact, ...]) -> list[tuple[str, str, str]]:
    """Row, column and print of every figure."""
    return [("›".join(f.item), "›".join(f.column), f.text) for f in facts if f.amount is not None]


def test_a_header_of_three_levels() -> None:
    text = """
    科目编码|科目名称|合计|财政拨款|<|<|其他资金
    ^|^|^|小计|一般公共预算|<|^
    ^|^|^|^|基本支出|项目支出|^
    201|一般公共服务支出|9.00|8.00|5.00|3.00|1.00
    """
    (table,), facts = read(page_from(text))
    assert table.drawn.head == 3
    assert [column for _, column, _ in figures(facts)] == [
        "合计",
        "财政拨款›小计",
        "财政拨款›一般公共预算›基本支出",
        "财政拨款›一般公共预算›项目支出",
        "其他资金",
    ]


@pytest.mark.parametrize("width", [2, 3, 5, 8, 12])
def test_two_to_twelve_columns(width: int) -> None:
    names = [f"{name}支出" for name in "甲乙丙丁戊己庚辛壬癸子"[: width - 1]]
    text = "|".join(["项目", *names]) + "\n" + "|".join(["行政运行", *(f"{n}.50" for n in range(1, width))])
    _, facts = read(page_from(text))
    assert figures(facts) == [("行政运行", name, f"{n}.50") for n, name in enumerate(names, 1)]


def test_a_header_is_repeated_on_one_page_and_not_on_the_next() -> None:
    head = "科目编码|科目名称|合计|基本支出|项目支出\n"
    first = page_from(head + "201|一般公共服务支出|9.00|5.00|4.00")
    second = page_with((grid_from(head + "20101|人大事务|4.00|4.00|", 2, top=40),), (), 2)
    third = page_with((grid_from("20103|政府办公厅事务|5.00|1.00|4.00\n合计|<|9.00|5.00|4.00", 3, top=40),), (), 3)
    (table,), facts = read(first, second, third)
    assert [row.name for row in table.rows] == ["一般公共服务支出", "人大事务", "政府办公厅事务", "合计"]
    assert {fact.source.page for fact in facts} == {1, 2, 3}
    assert not reconcile((table,), facts).discrepancies


@pytest.mark.parametrize(("unit", "value"), [("元", 12), ("万元", 120_000), ("亿元", 1_200_000_000), ("千元", 12_000)])
def test_the_same_digits_in_four_units(unit: str, value: int) -> None:
    _, facts = read(page_from("项目|决算数\n基本支出|12.00", unit=f"金额单位：{unit}"))
    assert [fact.amount.value for fact in facts if fact.amount] == [Decimal(value)]


def test_a_page_laid_across() -> None:
    wide = grid_from("科目编码|科目名称|合计|基本支出|项目支出|上缴上级|经营支出|补助支出\n201|一般公共服务支出|9.00|5.00|4.00|||")
    page = page_with((wide,), [line_at("支出决算表", 330, 50, 16), line_at("单位：万元", 620, 80)])
    (table,), facts = read(Page(1, 842.0, 595.0, page.lines, page.grids, page.origin))
    assert (table.title, table.unit, len(figures(facts))) == ("支出决算表", "万元", 3)


def test_codes_in_three_columns_and_in_one_name_the_same_rows() -> None:
    three = "类|款|项|科目名称|支出合计\n201|||一般公共服务支出|9.00\n|03||政府办公厅事务|9.00\n||01|行政运行|9.00"
    one = "科目编码|科目名称|支出合计\n201|一般公共服务支出|9.00\n20103|政府办公厅事务|9.00\n2010301|行政运行|9.00"
    (apart,), _ = read(page_from(three))
    (joined,), _ = read(page_from(one))
    assert [(row.code, row.path) for row in apart.rows] == [(row.code, row.path) for row in joined.rows]


def test_three_groups_side_by_side() -> None:
    text = """
    科目编码|科目名称|金额|科目编码|科目名称|金额|科目编码|科目名称|金额
    301|工资福利支出|5.00|302|商品和服务支出|3.00|310|资本性支出|2.00
    30101|基本工资|5.00|30201|办公费|3.00|31002|办公设备购置|2.00
    """
    (table,), facts = read(page_from(text, "一般公共预算财政拨款基本支出决算表"))
    assert list(table.bands[0].halves) == [0, 1, 2]
    assert {(f.account, f.text) for f in facts if f.amount} == {
        ("301", "5.00"), ("30101", "5.00"), ("302", "3.00"), ("30201", "3.00"), ("310", "2.00"), ("31002", "2.00"),
    }  # fmt: skip


def test_income_left_and_expenditure_in_two_groups() -> None:
    text = """
    收入|<|支出|<|<|<
    项目|决算数|按功能分类|决算数|按性质分类|决算数
    一、财政拨款收入|9.00|一、一般公共服务支出|6.00|一、基本支出|5.00
    二、其他收入|1.00|二、教育支出|4.00|二、项目支出|5.00
    本年收入合计|10.00|本年支出合计|10.00|本年支出合计|10.00
    """
    (table,), facts = read(page_from(text, "收入支出决算总表"))
    assert list(table.bands[0].halves) == [0, 1, 2]
    assert ("二、项目支出", "5.00") in {(f.item[-1], f.text) for f in facts}


def test_a_total_alone_on_the_last_page() -> None:
    first = page_from("科目编码|科目名称|合计|基本支出|项目支出\n201|一般公共服务支出|9.00|5.00|4.00")
    last = grid_from("合计|<|9.00|5.00|4.00", 2, top=40)
    (table,), facts = read(first, page_with((last,), (), 2))
    assert figures(facts)[-1] == ("合计", "项目支出", "4.00")


def test_a_name_broken_over_a_page_end() -> None:
    head = "科目编码|科目名称|合计|基本支出|项目支出\n"
    first = page_from(head + "2080505|机关事业单位基本养老|9.00|5.00|4.00")
    rest = grid_from("|保险缴费支出|||\n2080506|职业年金缴费支出|1.00|1.00|", 2, top=40)
    (table,), facts = read(first, page_with((rest,), (), 2))
    assert ("机关事业单位基本养老保险缴费支出", "9.00") in {(f.item[-1], f.text) for f in facts}
    assert not [f for f in facts if f.item[-1:] == ("保险缴费支出",)]
