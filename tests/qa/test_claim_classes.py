"""Classes of claims that a blind test on other publishers' reports missed: each by the fact that decides it."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from corpus.amount import PERCENT, WAN, YUAN, Unit, UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Measure
from corpus.number import find_mentions
from corpus.shelf import Shelf
from corpus.statement import Setting, statements
from qa.check import as_json, check
from tests.qa.hand_made import Row, made, shelf_of

CARS = Unit("辆", UnitKind.COUNT, Decimal(1), "辆")
PIECES = Unit("个", UnitKind.COUNT, Decimal(1), "个")
STREET = "东湖市临江区人民政府柳园街道办事处"
BUREAU = "西山市档案局"


def planned(item: str, number: str, unit: Unit = WAN, measure: Measure = Measure.AMOUNT, versus: str = "", form: str = "", column: tuple[str, ...] = ()) -> Row:
    return Row(tuple(item.split("/")), number, unit, measure, Basis.BUDGET, versus, form, column)


def spent(item: str, number: str, unit: Unit = WAN, form: str = "", column: tuple[str, ...] = ("决算数",), measure: Measure = Measure.AMOUNT) -> Row:
    return Row(tuple(item.split("/")), number, unit, measure, Basis.FINAL, "", form, column)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    streets = [
        made(STREET, "柳园街道", year, (
            planned("支出总计", total, YUAN, form="收支总表", column=("预算数",)), planned("公务用车购置及运行费/公务用车购置费", cars), planned("公务接待费", "1.35"),
            planned("编报绩效目标的项目", projects, PIECES, Measure.COUNT), planned("公务用车购置及运行费", "36.56"),
        ), Kind.BUDGET)
        for year, total, cars, projects in ((2024, "156211123", "25", "50"), (2025, "189767551", "15", "49"))
    ]  # fmt: skip
    bureau = made(BUREAU, "西山档案局", 2016, (
        spent("合计", "42675200.70", YUAN, "支出表", ("本年支出合计",)), spent("本年支出合计", "42670566.67", YUAN, "财政拨款收支总表", ("小计",)),
        spent("合计", "33997037.22", YUAN, "支出表", ("基本支出",)), spent("一般公共预算财政拨款资金/基本支出", "3389.69", column=()),
        spent("（一）合计", "77997.08", YUAN, "三公经费表", ("2016年度决算数",)), spent("公务接待费", "4941.50", YUAN, "三公经费表", ("2016年度决算数",)),
        spent("5.国内公务接待批次（个）", "8", PIECES, "三公经费表", measure=Measure.COUNT), spent("3.公务用车购置数（辆）", "0", CARS, "三公经费表", measure=Measure.COUNT),
        planned("公务接待费", "48100", YUAN, form="三公经费表", column=("2016年度预算数",)),
        planned("（一）合计", "660100", YUAN, form="三公经费表", column=("2016年度预算数",)),
    ), Kind.FINAL)  # fmt: skip
    kept = shelf_of(tmp_path_factory.mktemp("shelf"), *streets, bureau)
    yield kept
    kept.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("西山档案局2016年支出4267.52万元，其中基本支出3399.7万元。", ["supported", "supported"]),
        ("西山档案局2016年本年支出合计42,675,200.70元，约合0.43亿元。", ["supported", "supported"]),
        ("西山档案局2016年“三公”经费方面，全年支出7.8万元，远低于66.01万元的预算；其中公务接待费0.49万元。", ["supported", "supported", "supported"]),
        ("西山档案局2016年国内公务接待8批次。", ["supported"]),
        ("西山档案局2016年国内公务接待39批次。", ["refuted"]),
        ("柳园街道2025年预算1.9亿元，比2024年多3355.65万元。", ["supported", "supported"]),
        ("柳园街道2025年预算1.9亿元，比2024年多3355.95万元。", ["supported", "refuted"]),
        ("柳园街道2025年编报绩效目标的项目49个，比上年少1个。", ["supported", "supported"]),
        ("柳园街道2025年编报绩效目标的项目49个，比上年多1个。", ["supported", "refuted"]),
        ("柳园街道2024年公务用车购置费25万元，一年后降至15万元。", ["supported", "supported"]),
        ("临江区柳园街道2025年公务接待费1.35万元。", ["supported"]),
        ("东湖市临江区柳园街道2025年公务接待费1.53万元。", ["refuted"]),
    ],
)
def test_a_class_of_claims_is_judged(text: str, said: list[str], shelf: Shelf) -> None:
    assert [claim["verdict"] for claim in as_json(check(text, shelf))["claims"]] == said


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("柳园街道2025年公务接待费1.35万元，比西山档案局2016年少2万元。", "unverifiable"),
        ("柳园街道2025年公务接待费预算1.35万元，比西山档案局2016年少3.46万元。", "supported"),
        ("柳园街道2025年公务接待费预算1.35万元，比西山档案局2016年多3.46万元。", "refuted"),
    ],
)
def test_a_comparison_with_another_publisher_holds_budgets_to_budgets(text: str, verdict: str, shelf: Shelf) -> None:
    assert as_json(check(text, shelf))["claims"][-1]["verdict"] == verdict


def test_buying_is_not_buying_and_running_together(shelf: Shelf) -> None:
    assert as_json(check("柳园街道2025年公务用车购置费36.56万元。", shelf))["claims"][0]["verdict"] == "refuted"


def test_a_share_can_be_said_without_its_word(shelf: Shelf) -> None:
    found = as_json(check("柳园街道2025年公务接待费1.35万元，不到支出总额的0.1%。", shelf))["claims"]
    assert [claim["measure"] for claim in found] == ["数额", "占比"]
    assert found[1]["verdict"] == "supported" and PERCENT.name == found[1]["disclosed"]["unit"]


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("柳园街道2025年公务接待费1.53万元。", {"value": "0.18", "unit": "万元"}),
        ("柳园街道2025年公务接待费13500元。", {"value": "0.00", "unit": "元"}),
        ("柳园街道2025年公务用车购置费比2024年增加10万元。", {"value": "20.00", "unit": "万元"}),
        ("柳园街道2025年培训费3万元。", None),
    ],
)
def test_a_verdict_says_by_how_much(text: str, difference: dict[str, str] | None, shelf: Shelf) -> None:
    assert as_json(check(text, shelf))["claims"][0]["difference"] == difference


def test_a_figure_stands_right_behind_the_word_for_it_and_a_limit_in_a_name_is_none() -> None:
    assert [mention.text for mention in find_mentions("公务用车购置预算支出数12.5万元，耗资数十万元")] == ["12.5万元"]
    assert statements("打印设备（20万以下）。", Setting(2018, Kind.BUDGET)) == ()


def test_what_money_is_used_for_names_no_subject_of_the_next_sentence() -> None:
    text = "住房保障（类）支出3894.09万元，主要用于按照国家政策规定，为职工缴纳的住房公积金和发放的提租补贴。与上年相比增加878.93万元，增长30%。"
    assert {one.subject for one in statements(text, Setting(2019, Kind.BUDGET))} == {("住房保障支出",)}
