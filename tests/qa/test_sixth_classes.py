"""Classes of questions that reports which nobody had seen brought out: each by the fact that decides it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.amount import WAN, Amount
from corpus.number import find_mentions
from corpus.shelf import Shelf
from qa.answer import answer
from qa.change import rounded_alike
from qa.names import may_shorten, spoken_end
from qa.publisher import named_publishers
from qa.reply import Status
from qa.threshold import passed
from tests.qa.web_report import BUREAU, bureau_shelf


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = bureau_shelf(Path(tmp_path_factory.mktemp("sixth")))
    yield opened
    opened.close()


def told(question: str, shelf: Shelf) -> str:
    reply = answer(question, shelf)
    return reply.text if reply.status is Status.ANSWERED else ""


@pytest.mark.parametrize("name", ["东岭区建管委", "东岭建管委", "江原市东岭区建管委"])
def test_an_office_is_known_by_the_first_signs_of_its_words(shelf: Shelf, name: str) -> None:
    named = named_publishers(f"{name}2026年公务接待费多少？", shelf.disclosures())
    assert named.publishers == (BUREAU,)
    assert answer(f"{name}2026年公务接待费多少？", shelf).notices[-1] == f"“建管委”按“{BUREAU}”理解。"


@pytest.mark.parametrize("name", ["东岭区建交委", "东岭区民政局", "西岭区建管委"])
def test_another_office_is_not_that_one(shelf: Shelf, name: str) -> None:
    assert not told(f"{name}2026年公务接待费多少？", shelf)


@pytest.mark.parametrize(
    ("short", "office", "fits"),
    [
        ("规资局", "规划和自然资源局", True), ("国资委", "国有资产监督管理委员会", True), ("生环局", "生态环境局", True),
        ("民政局", "民族和政务服务局", False), ("建交委", "建设和管理委员会", False),
    ],
)  # fmt: skip
def test_a_short_name_takes_the_first_sign_of_each_word_that_it_names(short: str, office: str, fits: bool) -> None:
    assert may_shorten(short, spoken_end(office)) is fits


def test_an_agency_beside_its_name_in_brackets_is_no_item(shelf: Shelf) -> None:
    assert "2.11万元" in told(f"{BUREAU}（部门）2026年公务接待费多少？", shelf)
    reply = answer(f"{BUREAU}（本级）2026年公务接待费多少？", shelf)
    assert reply.status is Status.REFUSED and "没有单独的机关本级数" in reply.text


@pytest.mark.parametrize(("question", "figure"), [("20105", "500,000元"), ("2120101", "27,000,000元"), ("302-17", "21,100元"), ("20799", "15,000,000元"), ("2079999", "200,000元")])
def test_an_account_is_found_by_its_code(shelf: Shelf, question: str, figure: str) -> None:
    assert figure in told(f"东岭区建管委2026年科目{question}编了多少？", shelf)


def test_a_code_that_the_report_does_not_print_is_refused(shelf: Shelf) -> None:
    assert answer("东岭区建管委2026年科目2130101编了多少？", shelf).status is Status.REFUSED


def test_a_name_that_two_levels_bear_is_told_by_its_level(shelf: Shelf) -> None:
    assert "15,000,000元" in told("东岭区建管委2026年“其他文化旅游体育与传媒支出（款）”是多少？", shelf)
    assert "200,000元" in told("东岭区建管委2026年其他文化旅游体育与传媒支出（项）是多少？", shelf)


def test_an_account_that_lacks_the_row_does_not_lend_it_from_another(shelf: Shelf) -> None:
    assert "30,000,000元" in told("东岭区建管委2026年政府性基金预算里的城市建设支出是多少？", shelf)
    assert answer("东岭区建管委2026年一般公共预算里的城市建设支出是多少？", shelf).status is not Status.ANSWERED
    assert answer("东岭区建管委2026年政府性基金预算里安排给图书馆的支出是多少？", shelf).status is not Status.ANSWERED


def test_a_share_of_one_account_is_of_that_accounts_row(shelf: Shelf) -> None:
    assert "58.33%" in told("东岭区建管委2026年城乡社区支出占一般公共预算支出的百分之几？", shelf)
    assert "72.22%" in told("东岭区建管委2026年城乡社区支出占总支出的百分之几？", shelf)


def test_a_stock_is_of_the_day_that_the_sentence_before_names(shelf: Shelf) -> None:
    for when in ("2025年底", "截至2025年12月31日", "2026年"):
        text = told(f"东岭区建管委{when}的固定资产是多少？", shelf)
        assert "3,149.52万元" in text and "截止2025年12月31日" in text
    assert "818台/套" in told("东岭区建管委2025年底有专用设备多少台套？", shelf)
    assert answer("东岭区建管委2024年底的固定资产是多少？", shelf).status is not Status.ANSWERED


def test_a_purpose_that_is_an_items_only_one_tells_its_figure(shelf: Shelf) -> None:
    text = told("东岭区建管委搞人口抽样调查2026年留了多少？", shelf)
    assert "“专项普查活动”" in text and "50" in text and "用于人口抽样调查工作" in text


def test_one_purpose_of_several_has_no_figure(shelf: Shelf) -> None:
    assert answer("东岭区建管委2026年图书购置花多少钱？", shelf).status is not Status.ANSWERED


def test_a_change_over_what_was_spent_is_not_one_over_the_budget(shelf: Shelf) -> None:
    question = "东岭区建管委其他城乡社区支出2026年预算比2025年{over}增加了百分之几？"
    assert "100.00%" in told(question.format(over="预算执行数"), shelf)
    assert "100.00%" not in told(question.format(over="预算"), shelf)


def test_what_stayed_as_it_was_is_told_in_the_reports_words(shelf: Shelf) -> None:
    text = told("东岭区建管委2026年三公经费比上年多了吗？", shelf)
    assert "47.49万元" in text and "与2025年预算持平" in text
    assert not told("东岭区建管委2026年三公经费比2025年预算执行数多了吗？", shelf)


def test_where_the_grant_is_all_the_money_its_change_is_told_as_the_grants(shelf: Shelf) -> None:
    reply = answer("东岭区建管委2026年收入预算比2025年预算降了百分之几？", shelf)
    assert "10.00%" in reply.text and "“财政拨款收入”" in reply.text
    assert any("全部是财政拨款" in notice for notice in reply.notices)
    assert "10,000" in told("倒推一下，东岭区建管委2025年的支出预算是多少？", shelf)


def test_the_first_three_are_three_and_their_share_is_of_the_tables_total(shelf: Shelf) -> None:
    text = told("东岭区建管委2026年支出按“类”排，前两名是哪几类？", shelf)
    assert text.startswith("排前二的依次为：1. 城乡社区支出65,000,000元") and "2. 文化旅游体育与传媒支出24,500,000元" in text
    assert "99.44%" in told("东岭区建管委2026年排前两名的支出类别合计占总支出百分之几？", shelf)
    assert answer("东岭区建管委2026年支出按类排，前三名是哪几类？", shelf).status is not Status.ANSWERED, "there are just three"


def test_items_joined_by_a_plus_or_counted_behind_are_added(shelf: Shelf) -> None:
    for question in ("水费加电费一共多少元？", "水费和电费，2026年预算合计多少元？", "水费、电费两项加起来多少元？"):
        assert "80,000元" in told(f"东岭区建管委{question}", shelf)


def test_what_stands_in_brackets_behind_a_name_may_be_the_rows_name(shelf: Shelf) -> None:
    assert "2.11万元" in told("东岭区建管委请人的饭钱（公务接待费）2026年多少？", shelf)
    assert "9.38万元" in told("东岭区建管委养公车（加油、维修、保险）2026年要多少？", shelf)


def test_days_are_counted(shelf: Shelf) -> None:
    assert told("东岭区建管委新桥剧院装修工程合同工期多少天？", shelf).startswith("490天")


def test_who_asks_for_the_amount_and_the_rate_is_told_both(shelf: Shelf) -> None:
    text = told("东岭区建管委2026年收入预算比上年少了多少，少了百分之几？", shelf)
    assert "1,000.00万元" in text and "10.00%" in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("是不是超过5万了？", "没有超过5万元"), ("有没有超过4万元？", "超过4万元"), ("不到5万元吗？", "低于5万元"), ("达到4万元了吗？", "达到4万元"), ("达到4.28万元了吗？", ""),
        ("是不是超过4.28万元？", ""), ("一共多少？", ""), ("是不是超过5%？", ""), ("超过5人次吗？", ""),
    ],
)  # fmt: skip
def test_a_limit_that_is_asked_about_is_answered_unless_the_print_leaves_it_open(asked: str, said: str) -> None:
    assert passed(asked, Amount(Decimal("4.28"), WAN)) == said


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("除了城乡社区支出，别的支出加起来多少？", "25,000,000元"), ("三公经费里刨掉公务接待还剩多少？", "45.38万元"), ("三公经费没花在公务接待上的有多少？", "45.38万元"),
        ("文化旅游体育与传媒支出扣除文化和旅游还有多少？", "15,000,000元"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_whole_is_worked_out_however_it_is_put(shelf: Shelf, question: str, figure: str) -> None:
    assert figure in told(f"东岭区建管委2026年{question}", shelf)


def test_what_is_no_part_of_the_whole_is_not_taken_from_it(shelf: Shelf) -> None:
    assert answer("东岭区建管委2026年固定资产扣除办公费还有多少？", shelf).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("asked", "row"),
    [("一般行政管理事务", "城乡社区管理事务"), ("事业运行", "行政运行"), ("环境保护宣传", "专项普查活动"), ("使用非财政拨款结余", "财政拨款收入"), ("社区食堂", "社区")],
)
def test_a_row_that_shares_some_words_is_not_the_one_asked_for(shelf: Shelf, asked: str, row: str) -> None:
    reply = answer(f"东岭区建管委2026年{asked}是多少？", shelf)
    assert reply.status is not Status.ANSWERED, f"{row}: {reply.text}"


def test_rows_right_under_one_are_its_parts(shelf: Shelf) -> None:
    text = told("东岭区建管委2026年商品和服务支出中哪一项最多？", shelf)
    assert text.startswith("“其他商品和服务支出”最多，为2,364,100元") and "办公费941,000元" in text


def test_a_drone_is_no_word_for_none(shelf: Shelf) -> None:
    assert "没有这项支出" not in answer("东岭区建管委2026年无人机巡查花了多少？", shelf).text


def test_accounts_set_beside_each_other_are_those_of_the_codes(shelf: Shelf) -> None:
    text = told("东岭区建管委2026年20701比20799少多少？", shelf)
    assert "15,000,000元" in text and "5,500,000元" in text, "200,000元 is the 项 of the same name"


def test_what_was_spent_on_a_purpose_is_not_what_was_planned(shelf: Shelf) -> None:
    assert "执行数为400.00万元" in told("东岭区建管委2025年环境整治花了多少？", shelf)
    assert "预算数为500.00万元" in told("东岭区建管委2025年环境整治的预算是多少？", shelf)


def test_what_a_car_costs_to_buy_is_shared_among_the_cars_bought(shelf: Shelf) -> None:
    text = told("东岭区建管委2026年购车费每辆多少？", shelf)
    assert "180,000.00元" in text and "7辆" not in text
    assert "7辆" in told("东岭区建管委2026年公车每辆运行费多少？", shelf)


def test_the_cars_kept_are_none_to_be_replaced_or_scrapped(shelf: Shelf) -> None:
    assert "7辆" in told("东岭区建管委2026年有几辆车？", shelf)
    assert "2辆" in told("东岭区建管委2026年买几辆车？", shelf)
    for said in ("执法车有几辆是要更新的", "要报废几辆车", "新能源车有几辆"):
        assert "7辆" not in told(f"东岭区建管委2026年{said}？", shelf)


def test_a_rounded_print_of_the_same_figure_is_no_change() -> None:
    full, coarse, other = (_printed(text) for text in ("93,750元", "9.38万元", "9.37万元"))
    assert rounded_alike(full, coarse) and rounded_alike(coarse, full)
    assert not rounded_alike(full, full) and not rounded_alike(coarse, other) and not rounded_alike(full, _printed("9.30万元"))


def _printed(text: str) -> Amount:
    (mention,) = find_mentions(text)
    return mention.amount
