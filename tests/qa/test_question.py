"""Questions as people ask them → what is understood: ask, items, years, kind, counters. One row a form of words."""

import pytest

from corpus.disclosure import Kind
from corpus.fact import Basis
from qa.asks import Ask
from qa.content import content
from qa.question import Question, understand
from qa.terms import as_printed


def asked(text: str) -> Question:
    return understand(text, ())


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("2022年三公经费花了多少？", Ask.LOOKUP),
        ("2022年三公经费是多少万元", Ask.LOOKUP),
        ("2022年接待了多少人次？", Ask.COUNT),
        ("公务用车有几辆", Ask.COUNT),
        ("三公经费比上年增加多少？", Ask.CHANGE),
        ("三公经费比去年少了多少钱", Ask.CHANGE),
        ("三公经费增长了百分之多少？", Ask.GROWTH),
        ("三公经费的增幅是多少", Ask.GROWTH),
        ("基本支出占总支出多少？", Ask.SHARE),
        ("人员经费在基本支出里占比多少", Ask.SHARE),
        ("三公经费完成预算的百分之几？", Ask.COMPLETION),
        ("三公经费的预算执行率是多少", Ask.COMPLETION),
        ("三公经费预算还剩多少没花完？", Ask.REMAINING),
        ("公务接待平均每人次多少钱", Ask.AVERAGE),
        ("公务接待费和培训费一共多少？", Ask.SUM),
        ("哪一类支出最多？", Ask.MOST),
        ("哪个科目花得最少", Ask.LEAST),
        ("公务接待费和培训费哪个多？", Ask.COMPARE),
        ("项目支出是基本支出的多少倍", Ask.TIMES),
        ("近三年三公经费的走势", Ask.TREND),
        ("三公经费为什么增加？", Ask.WHY),
        ("三公经费咋就涨了", Ask.WHY),
        ("什么是机关运行经费？", Ask.DEFINE),
        ("机关运行经费是什么意思", Ask.DEFINE),
        ("报告库里有哪些报告？", Ask.LIST),
        ("主要职责有哪些", Ask.TEXT),
        ("办公室主任叫什么名字", Ask.PERSONAL),
        ("局长的工资是多少", Ask.PERSONAL),
    ],
)
def test_what_is_asked(text: str, ask: Ask) -> None:
    assert asked(text).ask is ask


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年三公经费", (2022,)), ("22年三公经费", (2022,)), ("2022年度三公经费", (2022,)), ("2024年和2025年的三公经费", (2024, 2025)),
        ("2025年比2024年多多少", (2025, 2024)), ("2022至2024年三公经费", (2022, 2023, 2024)), ("2022-2024年三公经费", (2022, 2023, 2024)),
        ("三公经费是多少", ()), ("科目2013901的支出", ()), ("２０２２年三公经费", (2022,)),
    ],
)  # fmt: skip
def test_years_are_those_named_in_their_order(text: str, years: tuple[int, ...]) -> None:
    assert asked(text).years == years


@pytest.mark.parametrize(
    ("text", "relative"), [("今年三公经费多少", 0), ("去年三公经费多少", -1), ("前年三公经费多少", -2), ("三公经费多少", 1), ("三公经费比去年增加多少", 1)]
)
def test_last_year_as_a_base_is_not_the_year_asked_for(text: str, relative: int) -> None:
    assert asked(text).relative == relative


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2022年三公经费决算是多少", Kind.FINAL), ("2022年三公经费预算是多少", Kind.BUDGET), ("2022年三公经费是多少", None),
        ("2022年一般公共预算财政拨款支出是多少", None), ("三公经费完成预算的百分之几", None), ("2022年年初预算是多少", None), ("三公经费实际花了多少", Kind.FINAL),
        ("政府性基金预算支出有多少", None),
    ],
)  # fmt: skip
def test_a_funds_name_is_no_kind_of_report(text: str, kind: Kind | None) -> None:
    assert asked(text).kind is kind


@pytest.mark.parametrize(
    ("text", "basis"),
    [("年初预算是多少", Basis.OPENING), ("全年预算多少", Basis.ADJUSTED), ("调整后预算多少", Basis.ADJUSTED), ("三公经费执行数", Basis.EXECUTED), ("三公经费", Basis.NONE)],
)
def test_the_basis_is_what_the_words_name(text: str, basis: Basis) -> None:
    assert asked(text).basis is basis


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("2022年公务接待费决算是多少？", ("公务接待费",)),
        ("请问2022年公务接待费一共花了多少钱呀？", ("公务接待费",)),
        ("我想知道公务接待费实际花了多少", ("公务接待费",)),
        ("2022年住房公积金支出多少", ("住房公积金",)),
        ("2022年“三公”经费花了多少", ("三公经费",)),
        ("公务接待费和培训费哪个多？", ("公务接待费", "培训费")),
        ("项目支出比基本支出多多少？", ("项目支出", "基本支出")),
        ("招待客人花了多少？", ("公务接待费",)),
        ("公车花了多少钱", ("公务用车购置及运行费",)),
    ],
)
def test_items_are_what_is_left_when_asking_is_taken_out(text: str, items: tuple[str, ...]) -> None:
    got = asked(text).items
    assert tuple(item.replace("支出", "") for item in got) == tuple(item.replace("支出", "") for item in items)


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("人员经费占基本支出多少", "人员经费", "基本支出"), ("基本支出里，人员经费占多少", "人员经费", "基本支出"),
        ("公务接待费在三公经费里占多少", "公务接待费", "三公经费"), ("项目支出的占比是多少", "项目支出", ""),
    ],
)  # fmt: skip
def test_a_share_names_its_part_and_its_whole(text: str, part: str, whole: str) -> None:
    question = asked(text)
    assert question.ask is Ask.SHARE
    assert (question.items, question.whole) == ((part,), whole)


@pytest.mark.parametrize(
    ("text", "first"), [("公务接待几批", "批次"), ("接待了多少人次", "人次"), ("公务用车几辆", "辆"), ("开了多少场会", "场"), ("三公经费多少", "")]
)
def test_the_counter_is_the_one_asked_for(text: str, first: str) -> None:
    assert (asked(text).counters or ("",))[0] == first


def test_people_counted_are_not_money() -> None:
    assert asked("2022年有多少在编人员").things
    assert not asked("2022年有多少人员经费").things


def test_working_back_is_asked_for_by_name() -> None:
    assert asked("根据2022年决算倒推2021年机关运行经费").backwards
    assert not asked("2021年机关运行经费").backwards


def test_everyone_is_asked_for_by_which_department() -> None:
    assert asked("哪个部门的三公经费最高？").everyone
    assert not asked("三公经费最高的是哪一项？").everyone


@pytest.mark.parametrize(("text", "sign"), [("三公经费增长了百分之多少", 1), ("三公经费减少了多少", -1), ("三公经费是多少", 0)])
def test_a_question_may_presume_a_rise_or_a_fall(text: str, sign: int) -> None:
    assert asked(text).falling == sign


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("公车", "公务用车购置及运行费"), ("公车加油", "公务用车燃料费"), ("请客吃饭", "公务接待费"), ("出国", "因公出国（境）费"), ("三公", "三公经费"),
        ("医保", "基本医疗保险缴费"), ("公积金", "住房公积金"), ("物业费", "物业管理费"), ("出差费", "差旅费"), ("政采", "政府采购"),
    ],
)  # fmt: skip
def test_spoken_names_become_printed_ones(said: str, printed: str) -> None:
    assert as_printed(said) == printed


@pytest.mark.parametrize("printed", ["公务用车购置及运行费", "住房公积金", "基本养老保险缴费", "三公经费", "公务接待批次", "政府采购货物支出"])
def test_printed_names_stay_as_they_are(printed: str) -> None:
    assert as_printed(printed) == printed


def test_a_noun_is_never_noise() -> None:
    assert content("2022年常住人口大约有多少") == "2022年常住人口" or "常住人口" in content("2022年常住人口大约有多少")
