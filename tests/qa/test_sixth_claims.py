"""Classes of claims that reports which nobody had seen brought out: each by the fact that decides it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.settings import load_settings
from corpus.shelf import Shelf
from ingest.read import read
from qa.check import as_json, check
from qa.claims import claims_of
from qa.disclosed_money import phrases

STREET, CITY = "江原市东岭区人民政府柳岸路街道办事处", "南浦市2024年1-4月财政收支情况"
_STREET = (
    "2026年部门预算编制说明",
    f"2026年，{STREET}收入预算7,000.00万元，其中：财政拨款收入7,000.00万元，比2025年预算增加增加100.00万元；事业收入0万元。",
    "支出预算7,000.00万元，其中：财政拨款支出预算7,000.00万元，比2025年预算增加100.00万元。财政拨款支出预算中，一般公共预算拨款支出预算7,000.00万元，"
    "比2025年预算增加100.00万元；政府性基金拨款支出预算0万元，与2025年预算持平。",
    "1.“文化旅游体育与传媒支出（类）文化和旅游（款）群众文化（项）”2026年度预算18万元，2025年度预算20万元，主要用于：社区群文活动、文化艺术节。"
    "2025年当年预算执行数为62.51万元，2026预算安排18万元，比2025预算执行数减少71.20%。",
    "2.“城乡社区支出（类）国有土地使用权出让收入安排的支出（款）城市建设支出（项）”2026年度预算338万元，2025年度预算1,363万元，主要用于：望江路沿线风貌提升工程。"
    "2025年当年预算执行数为0万元，2026年预算安排338万元。",
    "3.“灾害防治及应急管理支出（类）消防救援事务（款）其他消防救援事务支出（项）”2026年度预算58.75万元，2025年度预算106万元，主要用于：微型消防站运行保障经费。"
    "2025年当年预算执行数为98.23万元，2026年预算安排58.75万元，比2025年预算执行数减少40.19%。",
    "4.“资源勘探工业信息等支出（类）支持中小企业发展和管理支出（款）其他支持中小企业发展和管理支出（项）”620万元，主要用于产业扶持和文化扶持。",
    "其他相关情况说明",
    "一、2026年“三公”经费预算情况说明",
    "公务用车运行费7万元，比2025年预算减少25万元。",
    "公务接待费1.53万元。与2025年预算持平。",
    "三、政府采购预算情况",
    "2026年本部门政府采购预算1407.19万元，其中：政府采购货物预算20.00万元、政府采购工程预算769.58万元、政府采购服务预算617.61万元。",
    "四、绩效目标设置情况",
    "按照本区预算绩效管理工作的总体要求，本部门5个预算单位开展了绩效目标编报工作，编报绩效目标的项目41个，涉及项目预算资金4,929.31万元。",
    "五、国有资产占有使用情况",
    "截至2025年8月31日，共有车辆2辆，其中：执法执勤用车2辆。",
    "2026年部门预算安排购置车辆0辆，其中：执法执勤用车0辆。",
    "新桥剧院装修工程项目经费情况说明：",
    "本项目可研批复总投资为13526.06万元，其中建筑安装工程费为11668.67万元。2025年安排建设资金5000万元。",
)
_CITY = (
    "一、全市情况",
    "1-4月，全市一般公共预算收入700.4亿元，同比增长1.9%。分级次看，市本级一般公共预算收入341.5亿元，下降0.7%。",
    "1-4月，全市卫生行业资产总额1469.5亿元、负债总额492.9亿元。事业单位资产总额9474.6亿元，行政单位资产总额4347.5亿元。",
    "二、市级情况",
    "1-4月，事业单位资产总额1631.6亿元，行政单位资产总额352.2亿元。",
)
DEBT = "东州市2017年底政府性债务情况"
_DEBT = (
    "截至2017年底，东州全市地方政府性债务余额1196081万元，由政府直接债务余额856440万元和政府或有债务（负有担保责任、救助责任的债务）余额339641万元组成。",
    "政府直接债务余额856440万元，按形式分，政府债券832612万元、其它债务23828万元。",
    "政府或有债务余额339641万元，全部为市级债务。",
)
_ROWS = (("基本支出", "20,000,000"), ("项目支出", "50,000,000"), ("住房公积金", "1,934,200"), ("购房补贴", "2,290,800"), ("养老保险缴费", "1,700,000"), ("职业年金缴费", "850,000"), ("办公费", "300,000"))


def page(folder: Path, title: str, said: tuple[str, ...], rows: tuple[tuple[str, str], ...] = ()) -> Path:
    text = "".join(f"<h2>{line.rstrip('：')}</h2>" if line.endswith(("情况", "说明", "：")) else f"<p>{line}</p>" for line in said)
    table = "".join(f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in (("项目", "预算数"), *rows, ("合计", "70,000,000")))
    path = folder / f"{title}.html"
    path.write_text(
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>{text}{f"<p>2026年部门支出预算表</p><p>单位：元</p><table>{table}</table>" if rows else ""}</body></html>',
        encoding="utf-8",
    )  # fmt: skip
    return path


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = Path(tmp_path_factory.mktemp("claims"))
    opened = Shelf.open(load_settings(shelf=folder / "shelf"))
    for path in (page(folder, f"{STREET}2026年部门预算", _STREET, _ROWS), page(folder, CITY, _CITY), page(folder, DEBT, _DEBT)):
        opened.save(read(path), path)
    yield opened
    opened.close()


def judged(text: str, shelf: Shelf) -> dict[str, str]:
    """Each figure of a text with its verdict."""
    return {claim["text"]: claim["verdict"] for claim in as_json(check(text, shelf))["claims"]}


def street(text: str, shelf: Shelf) -> list[str]:
    return list(judged(f"柳岸路街道办事处{text}", shelf).values())


YES, NO, OPEN = "supported", "refuted", "unverifiable"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("2025年群众文化执行62.51万元，约为当年预算的3.1倍。", [YES, YES]), ("2025年群众文化预算执行数为20万元。", [NO]), ("2025年群众文化预算20万元。", [YES]),
        ("2025年群众文化执行62.51万元，相当于当年预算20万元的312.55%。", [YES, YES, YES]), ("2025年群众文化执行62.51万元，相当于当年预算20万元的212.55%。", [YES, YES, NO]),
    ],
)  # fmt: skip
def test_what_was_executed_is_held_against_the_printed_outturn_and_never_the_budget(shelf: Shelf, text: str, verdicts: list[str]) -> None:
    assert street(text, shelf) == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("2026年望江路沿线风貌提升工程安排338万元，而2025年这一科目的预算执行数为0万元。", [YES, YES]), ("2026年望江路沿线风貌提升工程安排383万元。", [NO]),
        ("2026年微型消防站运行保障经费由2025年预算的106万元降到58.75万元，降幅40.19%。", [YES, YES, NO]),
        ("2026年微型消防站运行保障经费由2025年预算的106万元降到58.75万元，降幅44.58%。", [YES, YES, YES]),
        ("2026年产业扶持安排620万元。", [OPEN]), ("2026年文化艺术节安排18万元。", [OPEN]),
    ],
)  # fmt: skip
def test_an_account_is_known_by_its_purpose_where_the_words_are_all_of_it(shelf: Shelf, text: str, verdicts: list[str]) -> None:
    assert street(text, shelf) == verdicts


def test_the_figure_behind_the_other_item_is_no_difference(shelf: Shelf) -> None:
    assert street("2026年项目支出5,000万元，远高于基本支出的2,000万元。", shelf) == [YES, YES]
    assert street("2026年项目支出5,000万元，远高于基本支出的3,000万元。", shelf) == [YES, NO]
    assert street("2026年项目支出占支出的71.43%，高于基本支出的28.57%。", shelf) == [YES, YES]


def test_two_items_are_added_however_they_are_joined(shelf: Shelf) -> None:
    assert street("2026年住房公积金、购房补贴两项预算合计422.50万元。", shelf) == [YES]
    assert judged("住房公积金加上购房补贴，柳岸路街道办事处2026年约422万元。", shelf) == {"约422万元": YES}
    assert street("2026年养老保险缴费和职业年金缴费合计255万元，后者为前者的一半。", shelf) == [YES, YES]


def test_as_much_as_is_no_rise(shelf: Shelf) -> None:
    assert street("2026年办公费预算高达30万元。", shelf) == [YES]
    assert street("2026年办公费预算高达300万元。", shelf) == [NO]


def test_an_account_of_the_funds_is_looked_up_with_and_without_the_word_budget(shelf: Shelf) -> None:
    (claim,) = claims_of("柳岸路街道办事处2026年政府性基金预算拨款支出7,000万元。", shelf.disclosures())
    assert {"政府性基金预算拨款支出", "政府性基金拨款支出"} <= set(phrases(claim, claim.items[0]))
    assert street("2026年政府性基金预算拨款支出7,000万元。", shelf) == [NO]


def test_what_is_inside_a_whole_holds_to_the_end_of_the_sentence(shelf: Shelf) -> None:
    assert street("2026年政府采购预算中，货物类20万元，工程类769.58万元，服务类617.61万元。", shelf) == [YES, YES, YES]


def test_money_is_shared_among_what_its_own_sentence_counts(shelf: Shelf) -> None:
    assert street("2026年编报绩效目标的项目41个，涉及资金4,929.31万元，平均每个项目约120万元。", shelf) == [YES, YES, YES]


def test_a_count_is_known_by_the_words_around_it(shelf: Shelf) -> None:
    assert street("5个预算单位编报了2026年绩效目标，项目共41个。", shelf) == [YES, YES]
    assert street("5个预算单位编报了2026年绩效目标，项目共39个。", shelf) == [YES, NO]
    assert street("2026年共有项目41个。", shelf) == [OPEN]


def test_cars_to_be_bought_are_no_stock_of_the_day_named_before(shelf: Shelf) -> None:
    assert judged("截至2025年8月31日，柳岸路街道办事处共有车辆2辆，2026年计划再购置3辆。", shelf) == {"2辆": YES, "3辆": NO}
    assert judged("截至2025年8月31日，柳岸路街道办事处共有车辆2辆；2026年预算安排购置车辆0辆。", shelf) == {"2辆": YES, "0辆": YES}
    assert street("2026年计划更新执法车0辆，比2025年少2辆。", shelf) == [YES, OPEN], "the two cars kept are not two cars bought"


def test_a_level_told_in_the_next_sentence_is_over_the_basis_it_names(shelf: Shelf) -> None:
    assert street("2026年公务接待费1.53万元，与2025年预算持平。", shelf) == [YES, YES]
    assert street("2026年公务接待费1.53万元，与2025年预算执行数持平。", shelf) == [YES, OPEN]
    assert street("2026年公务接待费1.53万元，与2024年预算持平。", shelf) == [YES, OPEN]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("2026年预算显示，新桥剧院装修工程总投资1.35亿元，其中建筑安装工程费占86.3%。", [YES, YES]), ("新桥剧院项目2025年安排建设资金5000万元，占可研批复总投资的42.9%。", [YES, NO]),
        ("2026年预算显示，新桥剧院装修工程总投资1.35亿元，2025年已安排建设资金5000万元，不到总投资的四成。", [YES, YES, YES]),
        ("2026年预算显示，东门剧院装修工程总投资1.35亿元。", [OPEN]), ("2026年预算显示，新桥剧院装修工程总投资1.35亿元，已支付5000万元。", [YES, OPEN]),
    ],
)  # fmt: skip
def test_all_of_a_project_is_told_once_and_is_of_no_year(shelf: Shelf, text: str, verdicts: list[str]) -> None:
    assert street(text, shelf) == verdicts


def test_half_a_years_figure_is_no_figure_of_the_year(shelf: Shelf) -> None:
    assert judged("2026年上半年，柳岸路街道办事处公务接待费1.53万元。", shelf) == {"1.53万元": OPEN}
    assert judged("南浦市2024年前4个月一般公共预算收入700.4亿元。", shelf) == {"700.4亿元": YES}


def test_a_citys_own_level_is_no_whole(shelf: Shelf) -> None:
    assert judged("1-4月，南浦市本级一般公共预算收入700.4亿元。", shelf) == {"700.4亿元": NO}
    assert judged("1-4月，南浦市级一般公共预算收入341.5亿元。", shelf) == {"341.5亿元": YES}


def test_what_is_owed_is_not_what_is_owned(shelf: Shelf) -> None:
    assert judged("南浦市2024年1-4月卫生行业负债总额1469.5亿元。", shelf) == {"1469.5亿元": NO}
    assert judged("南浦市2024年1-4月卫生行业负债总额492.9亿元。", shelf) == {"492.9亿元": YES}


def test_the_other_of_a_comparison_is_the_same_of_its_own(shelf: Shelf) -> None:
    assert judged("南浦市2024年1-4月事业单位资产总额9474.6亿元，比行政单位多5127.1亿元。", shelf) == {"9474.6亿元": YES, "5127.1亿元": YES}


def test_a_kind_of_debt_is_not_all_of_it(shelf: Shelf) -> None:
    assert judged("2017年底东州市政府性债务余额119.61亿元。", shelf) == {"119.61亿元": YES}
    assert judged("2017年底东州市政府性债务余额33.96亿元。", shelf) == {"33.96亿元": NO}


def test_a_change_that_names_no_base_is_over_last_year_beside_its_own_amount(shelf: Shelf) -> None:
    assert list(judged("1-4月，南浦市本级一般公共预算收入341.5亿元，下降0.7%。", shelf).values()) == [YES, YES]
    assert list(judged("1-4月，南浦市本级一般公共预算收入341.5亿元，下降1.9%。", shelf).values()) == [YES, NO]
    assert judged("1-4月，南浦市市本级下降1.9%。", shelf) == {"1.9%": OPEN}


def test_what_is_said_of_each_must_hold_of_each(shelf: Shelf) -> None:
    said = as_json(check(f"{STREET}2026年公务用车运行费和公务接待费均为7万元。", shelf))["claims"]
    assert [claim["verdict"] for claim in said] == ["refuted"]


def test_none_is_no_rounding_of_little(shelf: Shelf) -> None:
    """0万元 is within half of the last digit of 0.46万元, and says that there was nothing."""
    assert [claim["verdict"] for claim in as_json(check(f"{STREET}2026年公务接待费为0万元。", shelf))["claims"]] == ["refuted"]
    assert [claim["verdict"] for claim in as_json(check(f"{STREET}2026年政府性基金拨款支出预算为0万元。", shelf))["claims"]] == ["supported"]
