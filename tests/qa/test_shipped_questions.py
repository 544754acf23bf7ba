"""Questions to the report that ships, as people ask them; each right figure was read off its page."""

import pytest

from corpus.shelf import Shelf
from qa.answer import REFUSAL, answer
from qa.reply import Status, Trace
from qa.verify import untraced


@pytest.mark.parametrize(
    ("question", "right", "page"),
    [
        ("硚口区政府办2022年三公经费花了多少？", "4.28万元", 17),
        ("2022年部门预算安排三公经费多少？", "6.02万元", 17),
        ("2022年三公经费完成预算的百分之几？", "71.10%", 17),
        ("2022年三公经费比上年增加多少？", "1.23万元", 17),
        ("2022年三公经费比上年增长百分之多少？", "40.33%", 17),
        ("2022年三公经费预算还剩多少没花完？", "1.74万元", 17),
        ("2022年公务接待费决算是多少？", "1.28万元", 18),
        ("2022年公务接待了几批次？", "5批次", 18),
        ("2022年接待了多少人次？", "85人次", 18),
        ("公务接待费平均每人次多少钱？", "150.59元", 18),
        ("2022年公务用车保有量是多少辆？", "1辆", 17),
        ("2022年公车花了多少钱？", "3.00万元", 17),
        ("2022年公务用车购置费多少？", "0.00万元", 17),
        ("公务用车运行维护费和公务接待费一共多少？", "4.28万元", 18),
        ("公务用车运行费和公务接待费哪个多？", "3.00万元", 17),
        ("2022年收入总计是多少？", "2,711.50万元", 3),
        ("2022年基本支出是多少？", "1,266.62万元", 13),
        ("2022年基本支出占总支出多少？", "46.71%", 13),
        ("项目支出比基本支出多多少？", "178.26万元", 13),
        ("2022年人员经费是多少？", "1,173.65万元", 16),
        ("2022年住房公积金支出决算多少？", "81.47万元", 16),
        ("2022年行政运行支出多少？", "1,001.65万元", 15),
        ("2022年农林水支出多少？", "1,403.99万元", 14),
        ("2022年机关运行经费是多少？", "92.97万元", 18),
        ("2022年机关运行经费比上年增加多少？", "3.35万元", 18),
        ("倒推2021年机关运行经费是多少？", "89.62万元", 18),
        ("2022年政府采购支出总额是多少？", "9.92万元", 18),
        ("2022年政府采购货物支出多少？", "1.62万元", 18),
        ("政府系统领导对办文办会情况满意率是多少？", "95%", 32),
        ("会议筹办差错率得分是多少？", "5分", 32),
        ("授予小微企业合同金额是多少？", "8.30万元", 18),
        ("硚口去政府办2022年三公经费是多少？", "4.28万元", 17),
    ],
)
def test_a_figure_with_its_page(question: str, right: str, page: int, shipped_shelf: Shelf) -> None:
    reply = answer(question, shipped_shelf)
    assert reply.status is Status.ANSWERED, reply.text
    assert str(reply.values[0].amount) == right
    assert page in {citation.page for citation in reply.citations}
    assert all(citation.box for citation in reply.citations if citation.page == page)
    assert not untraced(reply.figures)


@pytest.mark.parametrize(
    ("question", "words", "page"),
    [
        ("什么是机关运行经费？", "指为保障行政单位", 30), ("三公经费是什么意思？", "因公出国(境)费", 30), ("2022年三公经费为什么增加？", "巴东县", 17),
        ("2022年政府性基金预算支出是多少？", "当年无政府性基金预算财政拨款收入支出", 10), ("2022年国有资本经营预算支出多少？", "当年无国有资本经营预算财政拨款支出", 11),
    ],
)  # fmt: skip
def test_words_are_quoted_with_their_page(question: str, words: str, page: int, shipped_shelf: Shelf) -> None:
    reply = answer(question, shipped_shelf)
    assert reply.status is Status.ANSWERED and words in reply.text and not reply.values
    assert page in {citation.page for citation in reply.citations}


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("2022年培训费是多少？", "空白不等于零"), ("2022年常住人口有多少？", "没有找到"), ("2023年三公经费是多少？", "只有2022年部门决算"),
        ("江汉区政府办2022年三公经费是多少？", "江汉区"), ("硚口区财政局2022年三公经费是多少？", "硚口区财政局"), ("区政府办主任的工资是多少？", "不含个人"),
    ],
)  # fmt: skip
def test_what_the_report_does_not_hold_is_refused(question: str, why: str, shipped_shelf: Shelf) -> None:
    reply = answer(question, shipped_shelf)
    assert reply.status is Status.REFUSED and not reply.values
    assert REFUSAL in reply.text and why in reply.text


def test_a_printed_number_without_a_unit_is_neither_blank_nor_an_amount(shipped_shelf: Shelf) -> None:
    """会议筹办差错率 is printed 0, its score 5分: the score is not its value."""
    reply = answer("会议筹办差错率是多少？", shipped_shelf)
    assert reply.status is Status.REFUSED and "印的是“0”" in reply.text and "空白" not in reply.text


def test_a_computed_figure_is_marked_as_computed(shipped_shelf: Shelf) -> None:
    reply = answer("公务接待费平均每人次多少钱？", shipped_shelf)
    assert reply.formula == "1.28万元（12,800元） ÷ 85人次 = 150.59元"
    assert {figure.text: figure.trace for figure in reply.figures}["150.59元"] is Trace.COMPUTED


def test_the_nine_pictures_bear_out_the_prose(shipped_shelf: Shelf) -> None:
    """Figures of the scanned tables that are called reliable and stand in the prose too are the same there."""
    reply = answer("2022年住房公积金支出决算多少？", shipped_shelf)
    assert {5, 7, 16} <= {citation.page for citation in reply.citations}  # page 4 prints what came in for it
    assert all(citation.reliable for citation in reply.citations)
