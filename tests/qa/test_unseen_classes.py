"""Classes that reports of a county's 民政局 and a district's 教育局 brought out: each by the fact that decides it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.number import find_mentions
from corpus.settings import load_settings
from corpus.shelf import Shelf
from ingest.labels import Label
from ingest.outline import by_outline
from ingest.read import read
from qa.answer import answer
from qa.check import check
from qa.publisher import named_publishers
from qa.reply import Status
from qa.verdict import Ruling

BUREAU = "江川县民生局"
_SAID = (
    "一、主要工作",
    "办理收养登记216对、解除登记18对；安葬无名遗体54具。新增敬老床位36张。农村低保标准由每人每月400元提高到450元。截至2024年底，全县共有敬老院7家。",
    "二、收支决算总体情况",
    "2024年度收入总计、支出总计均为900.00万元。与2023年度相比，收入总计、支出总计各增加100.00万元，增长12.50%。",
    "2024年度财政拨款收入总计、支出总计均为880.00万元。与2023年度相比，财政拨款收入总计、支出总计各增加90.00万元，增长11.39%。",
    "三、机关运行经费",
    "2024年，本部门机关运行经费30.00万元，比上年减少2.00万元，下降6.25%，主要原因是压减印刷支出。其中：水电费4.60万元、差旅费3.10万元。",
    "四、其他情况",
    "2024年本部门支出比上年增加100.00万元，主要原因是新增维修改造50万元，以及新进人员经费增加；项目支出300.00万元，比上年增加40.00万元。",
    "五、国有资产占有使用情况",
    "共有车辆9辆，其中：应急保障用车2辆、救助用车3辆。",
)
_BASIC = (
    ("301", "工资福利支出", "400.00"), ("30101", "基本工资", "400.00"), ("302", "商品和服务支出", "60.00"), ("30205", "水费", "8.00"), ("30206", "电费", "12.00"), ("30211", "差旅费", "40.00"),
)  # fmt: skip
_PROJECTS = (
    ("合计", "", "300.00"), ("救助站扩建", "江川县救助管理站", "120.00"), ("助餐点补贴", "江川县民生局（本级）", "80.00"), ("公墓维护", "江川县殡仪馆", "60.00"),
    ("儿童关爱", "江川县民生局（本级）", "40.00"),
)  # fmt: skip
_CLASSES = (
    ("208", "社会保障和就业支出", "600.00"), ("20819", "最低生活保障", "500.00"), ("2081901", "城市最低生活保障金支出", "200.00"), ("2081902", "农村最低生活保障金支出", "300.00"),
    ("20820", "临时救助", "100.00"), ("2082001", "临时救助支出", "100.00"),
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = Path(tmp_path_factory.mktemp("unseen"))
    tables = (
        _table("一般公共预算财政拨款支出决算表", ("科目编码", "科目名称", "决算数"), _CLASSES),
        _table("一般公共预算财政拨款基本支出决算表", ("科目编码", "科目名称", "决算数"), _BASIC),
        _table("项目支出明细表", ("项目名称", "实施单位", "金额"), _PROJECTS),
    )
    said = "".join(f"<h2>{line}</h2>" if line[1] == "、" else f"<p>{line}</p>" for line in _SAID)
    title = f"{BUREAU}2024年度部门决算"
    path = folder / f"{title}.html"
    path.write_text(f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>{said}{"".join(tables)}</body></html>', encoding="utf-8")
    opened = Shelf.open(load_settings(shelf=folder / "shelf"))
    opened.save(read(path), path)
    yield opened
    opened.close()


def _table(title: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    printed = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (head, *rows))
    return f"<p>{title}</p><p>部门：{BUREAU}　单位：万元</p><table>{printed}</table>"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("救助站扩建花了多少", "120.00万元"), ("公墓维护花了多少", "60.00万元"), ("2024年办了多少对收养登记", "216对"), ("安葬无名遗体多少具", "54具"),
        ("差旅费多少", "40.00万元"), ("机关运行经费里差旅费多少", "3.10万元"), ("机关运行经费里水电费多少", "4.60万元"), ("基本支出里电费多少", "12.00万元"),
        ("国有资产占用情况里写一共有几辆车", "9辆"), ("农村低保花了多少", "300.00万元"), ("2023年收支总计多少", "800.00万元"), ("2024年收支总计比上年增加多少", "100.00万元"),
        ("全部门差旅费多少", "40.00万元"), ("农村低保2024年支出多少", "300.00万元"), ("2024年敬老床位新增多少张", "36张"),
    ],
)  # fmt: skip
def test_what_the_report_prints_is_found_by_the_words_that_ask_for_it(shelf: Shelf, question: str, figure: str) -> None:
    reply = answer(f"{BUREAU}{question}", shelf)
    assert reply.status is Status.ANSWERED and figure in reply.text, reply.text


@pytest.mark.parametrize(
    "question",
    [
        "办了多少对复婚登记", "火化遗体多少具", "机关运行经费里取暖费多少", "基本支出里物业管理费多少", "国有资产占用情况里写有几台电脑", "农村五保花了多少", "农村特困花了多少",
        "新进人员经费多少", "全部门取暖费多少", "敬老院扩建花了多少",
    ],
)  # fmt: skip
def test_what_it_lacks_is_refused_in_the_same_words(shelf: Shelf, question: str) -> None:
    reply = answer(f"{BUREAU}{question}", shelf)
    assert reply.status is Status.REFUSED, reply.text


def test_a_reason_of_this_department_is_that_of_the_item_named_behind_it(shelf: Shelf) -> None:
    assert "压减印刷支出" in answer(f"{BUREAU}2024年机关运行经费比上年少是因为啥", shelf).text


def test_two_totals_that_are_each_so_much_are_no_sum(shelf: Shelf) -> None:
    verdicts = check(f"{BUREAU}2024年度收入总计、支出总计均为900.00万元，比上年增加100.00万元，增长12.50%。", shelf).verdicts
    assert [one.ruling for one in verdicts] == [Ruling.SUPPORTED] * 3, verdicts


@pytest.mark.parametrize(
    ("claim", "rulings"),
    [
        ("2024年农村低保支出300.00万元，城市低保支出300.00万元。", [Ruling.SUPPORTED, Ruling.REFUTED]),
        ("2024年农村低保标准提高到每人每月450元。", [Ruling.UNVERIFIABLE]), ("2024年农村低保标准提高到450元。", [Ruling.SUPPORTED]),
    ],
)  # fmt: skip
def test_a_row_is_claimed_of_by_its_short_name_and_what_a_standard_came_to_is_no_rise(shelf: Shelf, claim: str, rulings: list[Ruling]) -> None:
    verdicts = check(f"{BUREAU}{claim}", shelf).verdicts
    assert [one.ruling for one in verdicts] == rulings, verdicts


def test_by_how_much_the_one_is_more_is_told_where_it_is_asked(shelf: Shelf) -> None:
    reply = answer(f"{BUREAU}城市低保和农村低保，哪个花得多，多了多少？", shelf)
    assert "农村最低生活保障金支出”较多" in reply.text and "相差100.00万元" in reply.text, reply.text


def test_pairs_and_bodies_are_counted_but_not_where_the_sentence_goes_on() -> None:
    assert [one.amount.unit.name for one in find_mentions("登记216对、遗体54具；303对个人和家庭的补助，10具体措施")] == ["对", "具"]


def test_urban_and_rural_is_no_township(shelf: Shelf) -> None:
    assert not named_publishers(f"{BUREAU}城乡低保金", shelf.disclosures()).unknown


def test_rows_that_go_on_with_a_part_of_a_numbered_row_are_no_parts_of_the_total() -> None:
    names = ("一、财政拨款", "其中：一般公共预算拨款", "政府性基金预算拨款", "二、其他资金", "本年收入合计", "四、上年结转")
    found = by_outline([Label(n, (name,), "", False, 54.0) for n, name in enumerate(names)], 3.0)
    assert [row.within for row in found] == [False, True, True, False, False, False]
    assert found[2].path == ("一、财政拨款", "政府性基金预算拨款")
