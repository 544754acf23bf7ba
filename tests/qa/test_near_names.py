"""A question for something that the report does not have, beside a row that looks like it: refused, never answered with that row."""

from pathlib import Path

import pytest

from corpus.shelf import Shelf
from qa.answer import answer
from qa.reply import Status
from tests.qa.hand_made import COMMITTEE, made, rows, shelf_of

PRINTED = (
    *rows("社会保障和就业支出/机关事业单位基本养老保险缴费支出 6.18", "卫生健康支出/行政事业单位医疗 2.71", "一般公共服务支出/党委办公厅（室）及相关机构事务 95.00",
          "城乡社区支出/城乡社区管理事务 12.00", "就业补助 58.28", "教育支出 25.00", form="支出表", column=("合计",)),
    *rows("工资福利支出/职工基本医疗保险缴费 2.71", "商品和服务支出/劳务费 0.68", "商品和服务支出/福利费 1.48", form="基本支出表", column=("决算数",)),
    *rows("本年收入合计 307.82", form="收入表", column=("合计",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_of(Path(tmp_path_factory.mktemp("near")), made(COMMITTEE, "普陀区委社会工作部", 2024, PRINTED))


@pytest.mark.parametrize(
    "item",
    ["职工生育保险", "职工失业保险缴费", "初中教育", "财政贴息", "丧葬抚恤补助", "基本养老保险基金支出", "劳务派遣费", "老年福利", "罚没收入", "清算收入", "上级补助收入", "本年收支结余", "动用上年结余",
     "政府办公厅（室）及相关机构事务", "固定数额补助支出", "其他卫生健康支出", "其他就业补助支出"],
)  # fmt: skip
def test_a_row_that_only_looks_like_it_is_no_answer(shelf: Shelf, item: str) -> None:
    reply = answer(f"普陀区委社会工作部2024年{item}是多少？", shelf)
    assert reply.status is not Status.ANSWERED and not reply.values, reply.text


@pytest.mark.parametrize(("item", "amount"), [("养老保险", "6.18"), ("职工医疗保险", "2.71"), ("劳务费", "0.68"), ("就业补助", "58.28"), ("本年收入", "307.82")])
def test_the_row_itself_is_found_by_its_short_name(shelf: Shelf, item: str, amount: str) -> None:
    reply = answer(f"普陀区委社会工作部2024年{item}是多少？", shelf)
    assert reply.values and str(reply.values[0].amount.number) == amount, reply.text


TWO_NAMES = (
    *rows("城乡社区支出 120.00", "城乡社区支出/城乡社区管理事务 12.00", "住房保障支出 30.00", "住房保障支出/住房改革支出 30.00", "住房保障支出/住房改革支出/提租补贴 8.00",
          "住房保障支出/住房改革支出/购房补贴 22.00", form="支出表", column=("合计",)),
)  # fmt: skip


@pytest.mark.parametrize(("item", "names"), [("城乡社区事务", ("城乡社区管理事务", "城乡社区支出")), ("住房补贴", ("购房补贴", "提租补贴"))])
def test_a_name_that_two_rows_may_bear_is_asked_back(tmp_path: Path, item: str, names: tuple[str, ...]) -> None:
    reply = answer(f"普陀区委社会工作部2024年{item}是多少？", shelf_of(tmp_path, made(COMMITTEE, "普陀区委社会工作部", 2024, TWO_NAMES)))
    assert reply.status is Status.CLARIFY and all(name in reply.text for name in names), reply.text


def test_the_one_row_under_another_name_is_named(tmp_path: Path) -> None:
    only = rows("住房保障支出/住房改革支出/购房补贴 22.00", form="支出表", column=("合计",))
    reply = answer("普陀区委社会工作部2023年住房补贴是多少？", shelf_of(tmp_path, made(COMMITTEE, "普陀区委社会工作部", 2023, only)))
    assert reply.status is Status.ANSWERED and any("没有“住房补贴”这个名称" in notice for notice in reply.notices), reply
