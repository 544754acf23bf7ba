"""Counts, scores, places and targets that stand beside each other: each question has the one that leads to its figure, or none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.disclosure import Kind
from corpus.fact import Basis
from corpus.number import find_mentions
from corpus.settings import load_settings
from corpus.shelf import Shelf
from corpus.statement import Setting, statements
from ingest.read import read
from qa.answer import answer
from qa.lead import lead_of
from qa.publisher import named_publishers
from qa.reply import Status

STREET = "海州市临江区人民政府望湖街道办事处"
_SAID = (
    "一、机构设置情况",
    "截至2023年12月31日，本部门编制人数142人，其中行政编制68人、事业编制74人；年末实有在职人员136人，离休人员2人，退休人员87人。",
    "二、“三公”经费情况说明",
    "2023年度“三公”经费支出决算数为20.60万元，比2022年度增加1.95万元。其中：国内公务接待支出1.84万元，全年国内公务接待12批次、138人次；国（境）外公务接待支出0万元。接待外宾0批次0人次。",
    "三、政府采购支出情况",
    "2023年度政府采购支出总额3862.40万元，其中：货物支出196.75万元、工程支出368.20万元、服务支出3297.45万元。授予中小企业合同金额2917.66万元，其中：授予小微企业合同金额1706.33万元。",
    "四、国有资产占用情况",
    "截至2023年12月31日，本部门共有车辆11辆，其中：机要通信用车1辆、其他用车7辆，其他用车主要是环卫作业车辆。房屋建筑面积合计21846.50平方米，其中办公用房5320.00平方米。",
    "五、预算绩效情况",
    "全面开展绩效自评，共涉及项目43个。其中：自评结果为“优”的项目36个，自评结果为“良”的项目6个。“为老服务”项目执行数401.86万元，评价得分92.4分；“垃圾分类”项目执行数598.37万元，评价得分88.6分。更换时令花卉215万盆。",
    "2023年度机关事业单位职业年金缴费支出210.79万元。",
)
_PLAN = (
    "<p>2023年度重点工作完成情况表</p><table><tr><td>重点工作</td><td>年度目标</td><td>完成情况</td></tr>"
    "<tr><td>绿化建设</td><td>新建绿道30公里，新增公园绿地60公顷</td><td>新建绿道33.5公里，新增公园绿地63.2公顷</td></tr></table>"
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = Path(tmp_path_factory.mktemp("counts"))
    title = f"{STREET}2023年度部门决算"
    said = "".join(f"<h2>{line}</h2>" if len(line) < 20 else f"<p>{line}</p>" for line in _SAID)
    path = folder / f"{title}.html"
    path.write_text(f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>{said}{_PLAN}</body></html>', encoding="utf-8")
    opened = Shelf.open(load_settings(shelf=folder / "shelf"))
    opened.save(read(path), path)
    yield opened
    opened.close()


def told(question: str, shelf: Shelf) -> str:
    reply = answer(question, shelf)
    return reply.text if reply.status is Status.ANSWERED else ""


@pytest.mark.parametrize(
    ("asked", "figure"),
    [
        ("在职人员有多少人", "136人"), ("行政编制多少人", "68人"), ("退休人员多少人", "87人"), ("有几辆车", "11辆"), ("招待了多少人次", "138人次"), ("接待外宾多少批", "0批次"),
        ("房屋建筑面积是多少", "21,846.50平方米"), ("垃圾分类项目评价得分", "88.6分"), ("更换时令花卉多少盆", "215万盆"), ("新建多少公里绿道", "33.5公里"),
        ("机关事业单位职业年金缴费多少", "210.79万元"), ("授予小微企业合同金额多少", "1,706.33万元"),
    ],
)  # fmt: skip
def test_a_count_is_told_by_the_words_that_lead_to_it(shelf: Shelf, asked: str, figure: str) -> None:
    assert told(f"望湖街道2023年{asked}？", shelf).startswith(figure) or figure in told(f"望湖街道2023年{asked}？", shelf).split("为")[-1]


@pytest.mark.parametrize(
    "asked",
    [
        "事业单位在职人员有多少人", "行政编制实有在职多少人", "环卫作业车辆有几辆", "业务用房多少平方米", "自评项目得良的有几个", "服务采购授予小微企业多少", "工程采购里中小企业占多少",
        "事业单位职业年金缴费多少", "外宾接待花了多少", "为老服务项目2022年评价得分", "三公经费省了多少", "垃圾分类项目还剩多少分",
    ],
)  # fmt: skip
def test_a_part_that_has_no_count_of_its_own_is_not_told_the_whole(shelf: Shelf, asked: str) -> None:
    assert not told(f"望湖街道2023年{asked}？", shelf)


def test_a_place_is_more_than_the_office_in_it(shelf: Shelf) -> None:
    reply = answer("临江区2023年三公经费多少？", shelf)
    assert reply.status is Status.CLARIFY and STREET in reply.choices[0] and "20.60" not in reply.text
    assert "33.5公里" in told("临江区2023年新建多少公里绿道？", shelf)
    assert any("没有整个临江区的报告" in notice for notice in answer("临江区2023年新建多少公里绿道？", shelf).notices)
    assert named_publishers("望湖街道2023年三公经费", shelf.disclosures()).place == ""


def test_last_years_budget_is_not_worked_out_of_outturns(shelf: Shelf) -> None:
    assert "18.65万元" in told("望湖街道2022年三公经费多少？", shelf)
    assert not told("望湖街道2022年三公经费预算是多少？", shelf)


def test_scores_are_of_the_project_that_the_sentence_speaks_of() -> None:
    text = "其中：“为老服务”项目执行数401.86万元，预算执行率95.68%，评价得分92.4分；“垃圾分类”项目执行数598.37万元，评价得分88.6分。"
    scores = {str(one.amount): one.subject[:-1] for one in statements(text, Setting(2023, Kind.FINAL)) if one.subject[-1:] == ("评价得分",)}
    assert "为老服务" in scores["92.4分"][-1] and "垃圾分类" in scores["88.6分"][-1]


def test_counts_of_two_units_are_of_one_item() -> None:
    batches, people = statements("全年国内公务接待12批次、138人次。", Setting(2023, Kind.FINAL))
    assert batches.subject == people.subject == ("国内公务接待",)


def test_a_target_is_no_outcome(shelf: Shelf) -> None:
    bases = {str(fact.amount): fact.basis for fact in shelf.store.facts([d.id for d in shelf.disclosures()]) if fact.item[-1:] == ("新建绿道",)}
    assert bases == {"30公里": Basis.TARGET, "33.5公里": Basis.ACTUAL}


@pytest.mark.parametrize(("text", "amount"), [("花卉215万盆", "215万盆"), ("注药1.2万株", "1.2万株"), ("检查车辆2.4万辆次", "2.4万辆次"), ("投入1.2万，", "1.2万元")])
def test_a_unit_of_things_is_no_money(text: str, amount: str) -> None:
    (mention,) = find_mentions(text)
    assert str(mention.amount) == amount


def test_the_words_that_lead_to_a_figure_end_at_the_one_before(shelf: Shelf) -> None:
    cars = {str(fact.amount): lead_of(fact) for fact in shelf.store.facts([d.id for d in shelf.disclosures()]) if "用车" in fact.text and fact.amount and fact.amount.unit.base == "辆"}
    assert "环卫" not in cars["11辆"] and "其他用车" in cars["7辆"] and "机要" not in cars["7辆"]
