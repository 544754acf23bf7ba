"""Titles of short notices → whose money, of which period, 预算 or 决算; the year from a sentence where the title prints none."""

import pytest

from corpus.disclosure import Kind, Scope
from ingest.cover import identify
from ingest.notice import notice_of
from tests.ingest.test_cover import found, page

GOVERNMENT = Scope.GOVERNMENT


@pytest.mark.parametrize(
    ("title", "publisher", "year", "kind", "certain"),
    [
        ("江原县2015年8月财政收支情况", "江原县", 2015, Kind.FINAL, True),
        ("江原县2024年4月财政预算收支完成情况", "江原县", 2024, Kind.FINAL, True),
        ("云海市东岭区2020年区级预算调整方案", "云海市东岭区", 2020, Kind.BUDGET, True),
        ("云海市2024年政府债务决算情况", "云海市", 2024, Kind.FINAL, True),
        ("云海市2017年底政府性债务情况", "云海市", 2017, Kind.FINAL, True),
        ("东岭区2020年政府债务限额及债券安排情况", "东岭区", 2020, Kind.BUDGET, True),
        ("云海市2018年三公经费决算汇总情况", "云海市", 2018, Kind.FINAL, True),
        ("云海市2025年三公经费预算汇总情况说明", "云海市", 2025, Kind.BUDGET, True),
        ("云海市东岭区本级2017年三公经费决算汇总情况", "云海市东岭区", 2017, Kind.FINAL, True),
        ("关于东岭区财政收支情况的通报（2022年1-4月）", "东岭区", 2022, Kind.FINAL, True),
        ("2022年上半年东岭区财政收支情况", "东岭区", 2022, Kind.FINAL, True),
        ("云海市2024年政府采购情况", "云海市", 2024, Kind.FINAL, False),
        ("东岭区1-11月份财政收入情况", "东岭区", 0, Kind.FINAL, False),
        ("云海市财政局1-4月全市一般公共预算收支情况", "云海市", 0, Kind.FINAL, False),
        ("云海市财政局2023年全市政府债务决算情况", "云海市", 2023, Kind.FINAL, True),
    ],
)
def test_the_region_before_a_notices_matter_publishes_it(title: str, publisher: str, year: int, kind: Kind, certain: bool) -> None:
    assert found(page(1, title), file=f"{title}.html") == (publisher, year, kind, GOVERNMENT, certain)


def test_an_offices_own_notice_stays_the_offices() -> None:
    assert found(page(1, "云海市财政局2023年三公经费支出决算情况说明"))[:4] == ("云海市财政局", 2023, Kind.FINAL, Scope.DEPARTMENT)
    assert found(page(1, "江原县西渡学区2022年部门预算公开说明")) == ("江原县西渡学区", 2022, Kind.BUDGET, Scope.DEPARTMENT, True)
    assert found(page(1, "云海市东岭区2024年部门预算公开说明"))[3] is Scope.DEPARTMENT


def test_a_kind_that_no_word_tells_is_marked() -> None:
    notice = notice_of("云海市2023年度行政事业性国有资产管理情况报告")
    assert notice and notice.kind is Kind.FINAL and not notice.told
    assert (both := notice_of("云海市2023年政府债务限额和债务余额情况")) and both.publisher == "云海市" and not (both.told and both.kind is Kind.BUDGET)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("2019年1-11月，东岭区一般公共预算收入完成9万元。", 2019),
        ("截至2019年11月底，东岭区税收收入8万元。", 2019),
        ("1-11月，收入完成9万元，比2018年同期增长5%。", 0),
        ("截至2018年底，债务余额5万元。", 0),
        ("2019年1-11月收入9万元。2018年1-11月收入8万元。", 0),
        ("发布日期：2020-01-05", 0),
    ],
)
def test_a_year_is_taken_from_a_sentence_of_the_same_period_and_never_guessed(sentence: str, year: int) -> None:
    identity = identify([page(1, "东岭区1-11月份财政收入情况", sentence)], "a.html")
    assert (identity.year, identity.part, identity.certain) == (year, "1-11月", bool(year))


def test_the_month_in_which_a_report_is_published_is_no_period() -> None:
    assert identify([page(1, "云海市民政局2021年部门决算公开说明（2022年8月）")], "a.html").part == ""


def test_what_is_no_title_is_no_notice() -> None:
    for text in ("1-4月累计，全市组织收入700.4亿元", "全区2022年财政收支情况", "一、总体情况", "根据云海市2022年财政收支情况，"):
        assert notice_of(text) is None, text
