"""Classes of claims that must not be borne out, nor refuted, by a figure of something near: each by the fact that decides it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.amount import PERCENT, WAN, Unit, UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Measure
from corpus.record import Record
from corpus.shelf import Shelf
from qa.check import check
from qa.claim_place import not_told_of
from qa.claim_words import item_of
from qa.claims import claims_of
from tests.qa.hand_made import BATCHES, PEOPLE, Row, made, shelf_of

GREEN = "西山市园林局"
ROADS = "西山市公路局"
STREET = "西山市东岭区柳园街道办事处"


def things(base: str) -> Unit:
    return Unit(base, UnitKind.COUNT, Decimal(1), base)


def counted(item: str, number: str, base: str, basis: Basis = Basis.NONE) -> Row:
    return Row(tuple(item.split("/")), number, things(base), Measure.COUNT, basis)


def told(record: Record, sentences: dict[str, str], headings: dict[str, str] | None = None) -> Record:
    """The record with these sentences for the figures of these numbers, and the headings above them."""
    facts = []
    for fact in record.facts:
        number = f"{fact.amount.number:f}" if fact.amount else ""
        text = sentences.get(number, fact.text) if not fact.form else fact.text
        facts.append(replace(fact, text=text, table=(headings or {}).get(number, fact.table)))
    return replace(record, facts=tuple(facts))


def green() -> Record:
    scores = "1.滨江公园养护项目绩效自评综述：执行数为301.50万元，自评得分95分；2.山体公园建设项目绩效自评综述：执行数为120.40万元，自评得分88分。"
    heading = "绿化建设 › 新建绿道20公里"
    rows = (
        counted("新建绿道", "20", "公里"), counted("新建绿道", "23.5", "公里"), counted("建成小游园", "12", "个"), counted("公务用车", "13", "辆"),
        counted("自评得分", "95", "分"), counted("自评得分", "88", "分"), counted("离退休人员", "97", "人"), counted("在职实有人数", "151", "人"),
        Row(("三公经费",), "23.40"), Row(("滨江公园养护项目",), "301.50", basis=Basis.EXECUTED), Row(("年初结转和结余",), "412.85"), Row(("年末结转和结余",), "578.10"),
        Row(("行政单位离退休",), "118.42", form="支出表", column=("本年支出合计",)), Row(("机关事业单位养老保险缴费",), "421.57"),
        Row(("因公出国（境）费",), "0"), Row(("公务接待费",), "2.63"), Row(("公务接待",), "31", BATCHES, Measure.COUNT), Row(("公务接待",), "246", PEOPLE, Measure.COUNT),
        Row(("接待游客",), "680", PEOPLE, Measure.COUNT), counted("公园管护合同", "17", "个"),
        counted("编报绩效目标的项目", "5", "个"),
    )  # fmt: skip
    sentences = {"95": scores, "88": scores, "23.5": "新建绿道23.5公里。", "20": "新建绿道20公里。", "246": "公务接待31批次246人次。", "31": "公务接待31批次246人次。"}
    return told(made(GREEN, "园林局", 2023, rows), sentences, {"23.5": heading, "20": "绿化建设"})


def street() -> Record:
    visits = "主要用于对口支援地区来访交流，全年公务接待12批次。"
    moved = (Row(("收入总计、支出总计",), "169.94", measure=Measure.CHANGE, versus="上年"), Row(("收入总计",), "20646.29"))
    rows = (*moved, Row(("社会保障和就业支出",), "924.14"), Row(("公务接待",), "12", BATCHES, Measure.COUNT), counted("退休人员", "87", "人"))
    return told(made(STREET, "柳园街道", 2023, rows), {"12": visits})


def roads() -> Record:
    rows = (
        Row(("收入总计",), "14663.12", form="收支总表", column=("预算数",), basis=Basis.BUDGET), Row(("本年收入合计",), "14278.86", form="收支总表", column=("预算数",), basis=Basis.BUDGET),
        Row(("上年结转",), "384.26", form="收支总表", column=("预算数",), basis=Basis.BUDGET), counted("改造桥梁", "17", "座", Basis.TARGET),
        Row(("道路养护事务", "一般行政管理事务"), "46.19", PERCENT, Measure.GROWTH, Basis.BUDGET, "上年执行数"), Row(("道路养护事务", "一般行政管理事务"), "88.87", basis=Basis.BUDGET),
    )  # fmt: skip
    cars = (Row(("公务用车购置及运行费", "公务用车运行费"), "21.56", basis=Basis.BUDGET), Row(("公务用车购置及运行费", "公务用车购置费"), "15.00", basis=Basis.BUDGET))
    return made(ROADS, "公路局", 2025, (*rows, *cars), Kind.BUDGET)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = shelf_of(tmp_path_factory.mktemp("claims"), green(), street(), roads())
    yield kept
    kept.close()


def ruled(text: str, shelf: Shelf) -> list[str]:
    return [str(verdict.ruling) for verdict in check(text, shelf).verdicts]


def test_the_score_is_that_of_the_project_that_the_text_names(shelf: Shelf) -> None:
    assert ruled("园林局2023年山体公园建设项目自评得分88分。", shelf) == ["supported"]
    assert ruled("园林局2023年山体公园建设项目自评得分95分。", shelf) == ["refuted"]


def test_what_is_left_at_the_end_of_a_year_is_not_what_was_left_at_its_start(shelf: Shelf) -> None:
    assert ruled("园林局2023年末结转结余578.10万元。", shelf) == ["supported"]
    assert ruled("园林局2023年年末结转和结余578.10万元。", shelf) == ["supported"]
    assert "supported" not in ruled("园林局2023年年末结转和结余412.85万元。", shelf)


def test_all_people_are_not_the_retired_ones(shelf: Shelf) -> None:
    assert ruled("园林局2023年人员73人。", shelf) == ["unverifiable"]
    assert ruled("园林局2023年离退休人员97人。", shelf) == ["supported"]
    assert ruled("柳园街道2023年退休78人。", shelf) == ["refuted"]


def test_those_in_office_are_the_ones_that_reports_call_在职实有人数(shelf: Shelf) -> None:
    assert ruled("园林局2023年在职人员151人。", shelf) == ["supported"]


def test_what_is_planned_is_not_what_was_done_nor_the_other_way(shelf: Shelf) -> None:
    assert ruled("园林局2023年新建绿道23.5公里。", shelf) == ["supported"]
    assert "supported" not in ruled("园林局2023年新建绿道20公里。", shelf)
    assert "supported" not in ruled("园林局2023年计划新建绿道23.5公里。", shelf)
    assert ruled("公路局2025年改造桥梁17座。", shelf) == ["unverifiable"]


def test_what_retired_people_cost_is_no_row_of_another_name(shelf: Shelf) -> None:
    assert ruled("园林局2023年离退休费103.43万元。", shelf) == ["unverifiable"]


def test_机关事业单位_are_not_事业单位(shelf: Shelf) -> None:
    assert ruled("园林局2023年事业单位养老保险缴费421.57万元。", shelf) == ["unverifiable"]
    assert ruled("园林局2023年机关事业单位养老保险缴费421.57万元。", shelf) == ["supported"]


def test_each_item_of_均为_is_held_against_its_own_figure(shelf: Shelf) -> None:
    assert ruled("园林局2023年因公出国（境）费和公务接待费均为0万元。", shelf) == ["refuted"]


def test_visits_behind_their_money_are_no_visitors_of_a_park(shelf: Shelf) -> None:
    assert ruled("园林局2023年公务接待费2.63万元，共接待31批次、246人次。", shelf) == ["supported", "supported", "supported"]


def test_what_was_carried_over_is_a_share_of_all_that_came_in(shelf: Shelf) -> None:
    assert ruled("公路局2025年上年结转384.26万元，占收入预算的2.62%。", shelf) == ["supported", "supported"]


def test_a_change_that_the_report_tells_over_the_outturn_is_not_refuted_over_the_budget(shelf: Shelf) -> None:
    assert "refuted" not in ruled("公路局2025年道路养护事务88.87万元，增加46.19%。", shelf)


def test_what_was_built_in_a_place_is_told_by_its_office(shelf: Shelf) -> None:
    assert ruled("西山市园林局2023年建成小游园14个。", shelf) == ["refuted"]
    assert not_told_of("西山市", GREEN, "2023年新建绿道", things("公里")) == ""
    assert not_told_of("西山市", GREEN, "滨江公园养护项目2023年执行", WAN) == ""


def test_what_a_place_spends_and_keeps_is_not_told_by_its_office() -> None:
    assert not_told_of("西山市", GREEN, "2023年三公经费", WAN)
    assert not_told_of("西山市", GREEN, "2023年公务用车", things("辆"))
    assert not_told_of("东岭区", STREET, "2023年新建绿道", things("公里"))


def test_what_was_spent_on_the_thing_just_told_is_not_all_that_was_spent(shelf: Shelf) -> None:
    assert ruled("柳园街道2023年退休人员87人，支出46.75万元。", shelf) == ["supported", "unverifiable"]
    assert ruled("柳园街道2023年政府性基金收入46.75万元，支出46.75万元。", shelf)[1] == "unverifiable"
    assert ruled("园林局2023年公务接待费预算4.40万元，支出2.63万元。", shelf)[1] == "supported"


def test_the_largest_piece_is_no_money(shelf: Shelf) -> None:
    assert [claim.text for claim in claims_of("园林局2023年三公经费23.40万元，是其中最大的一块。", shelf.disclosures()) if claim.amount] == ["23.40万元"]


def test_收支总预算_is_all_the_money() -> None:
    assert item_of("全年收支总预算") == "收支总计"


def test_what_lists_begin_with_is_no_word_of_the_item(shelf: Shelf) -> None:
    assert ruled("西山市园林局2023年账本\n✅ 三公经费23.40万元\n", shelf) == ["supported"]
    assert [claim.items for claim in claims_of("园林局2023年支出：\n2.三公经费23.40万元", shelf.disclosures())] == [("三公经费",)]


def test_the_place_before_a_short_name_is_no_word_of_the_item(shelf: Shelf) -> None:
    assert [claim.items for claim in claims_of("西山园林局2023年末结转和结余578.10万元。", shelf.disclosures())] == [("年末结转和结余",)]


def test_projects_with_aims_are_counted_whichever_way_they_are_written(shelf: Shelf) -> None:
    assert ruled("园林局2023年编报绩效目标项目50个。", shelf) == ["refuted"]
    assert ruled("园林局2023年5个项目编报绩效目标。", shelf) == ["supported"]
    assert [claim.items for claim in claims_of("园林局2023年39个项目编报绩效目标。", shelf.disclosures())] == [("绩效目标 项目",)]


def test_年初预算中_says_of_which_budget_the_next_figure_is(shelf: Shelf) -> None:
    claims = claims_of("园林局2023年年初预算中，三公经费21.00万元。", shelf.disclosures())
    assert [claim.basis for claim in claims] == [Basis.OPENING]


def test_about_the_same_has_no_bound_to_be_refuted_by(shelf: Shelf) -> None:
    assert "refuted" not in ruled("公路局2025年道路养护事务88.87万元，与上年基本持平。", shelf)


def test_what_both_totals_grew_by_each_of_them_grew_by(shelf: Shelf) -> None:
    """收入总计、支出总计各增加169.94万元."""
    assert ruled("柳园街道2023年收入总计20646.29万元，比2022年度增加169.94万元。", shelf) == ["supported", "supported"]
    assert ruled("柳园街道2023年收入总计20646.29万元，比2022年度增加196.94万元。", shelf) == ["supported", "refuted"]


def test_a_figure_that_another_became_is_of_the_later_of_two_years_named(shelf: Shelf) -> None:
    """对照2024年和2025年两份预算，…从2亿元增加到3亿元: each of its own year."""
    text = "对照公路局2024年和2025年两份预算，教育支出都是25万元。收入总计从14000.00万元增加到14663.12万元。"
    assert [claim.years for claim in claims_of(text, [record.disclosure for record in (green(), street(), roads())])][1:] == [(2024,), (2025,)]


def test_cars_are_called_as_one_likes(shelf: Shelf) -> None:
    assert ruled("园林局2023年有用车13辆。", shelf) == ["supported"] and ruled("园林局2023年有公务用车31辆。", shelf) == ["refuted"]
    assert ruled("公路局2025年公务用车运行维护费21.56万元，公车购置费15万元。", shelf) == ["supported", "supported"]
    assert ruled("公路局2025年公务用车运行维护费2.156万元。", shelf) == ["refuted"]
