"""A follow-up is one whole question: what it leaves out is the conversation's, and whatever is not sure is asked back."""

from collections.abc import Iterator

import pytest

from corpus.shelf import Shelf
from qa.answer import answer
from qa.compound import Compound, Form, compound_in
from qa.reply import Reply, Status
from qa.smalltalk import is_smalltalk
from tests.qa.hand_made import OFFICE, STREET, usual_shelf
from tests.qa.web_report import BUREAU, bureau_shelf


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """硚口区政府办 2022 决算, 普陀区委社会工作部 2024 决算, 万里街道 2023-2025 预算."""
    kept = usual_shelf(tmp_path_factory.mktemp("usual"))
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = bureau_shelf(tmp_path_factory.mktemp("bureau"))
    yield kept
    kept.close()


def talk(shelf: Shelf, *turns: str) -> Reply:
    """The answer to the last of the turns."""
    history: tuple[Reply, ...] = ()
    for turn in turns:
        history = (*history, answer(turn, shelf, history))
    return history[-1]


def value(reply: Reply) -> str:
    assert reply.status is Status.ANSWERED, reply.text
    return str(reply.values[0].amount)


PROPERTY = (
    ("usual", ("万里街道2025年三公经费预算是多少？", "那2024年呢", "公务接待费呢", "比上年呢", "三年里哪年最多", "三年一共多少", "去年呢")),
    ("usual", ("硚口区政府办2022年三公经费决算", "预算呢", "差多少", "完成率", "2021年呢", "万里街道呢", "谁的三公经费最高")),
    ("usual", ("硚口区政府办2022年公务接待费", "接待了多少批次", "平均每批多少钱", "教育局呢", "为什么", "2024年呢")),
    ("bureau", ("建管委2026年城乡社区支出", "其中项目支出", "占多少", "基本支出呢", "占总支出多少", "图书馆呢")),
    ("bureau", ("建管委2026年水费", "电费呢", "加起来", "再加上会议费", "减去水费", "占商品和服务支出多少", "公务接待费呢")),
    ("bureau", ("建管委2026年支出最多的是哪一类", "它占多少", "第二多的呢", "最少的呢", "不对，我说的是公务接待费", "换成2025年")),
)  # fmt: skip


@pytest.mark.parametrize(("shelf", "turns"), PROPERTY)
def test_a_follow_up_is_answered_as_its_whole_question_alone(shelf: str, turns: tuple[str, ...], request: pytest.FixtureRequest) -> None:
    kept: Shelf = request.getfixturevalue(shelf)
    history: tuple[Reply, ...] = ()
    for turn in turns:
        reply = answer(turn, kept, history)
        history = (*history, reply)
        if reply.resolved:
            alone = answer(reply.resolved, kept)
            assert (alone.status, alone.text, alone.values, alone.citations, alone.resolved) == (reply.status, reply.text, reply.values, reply.citations, reply.resolved), turn
        else:
            assert reply.status is Status.CLARIFY and not reply.values, turn


def test_a_year_that_the_publisher_lacks_is_never_answered_by_another_publisher(usual: Shelf) -> None:
    reply = talk(usual, "硚口区政府办2022年公务接待费", "2025年呢")
    assert reply.status is Status.REFUSED and not reply.values and "没有武汉市硚口区人民政府办公室2025年" in reply.text
    assert reply.choices == (f"{OFFICE}2022年公务接待费是多少？",)


def test_the_publisher_outlives_a_refusal(usual: Shelf) -> None:
    assert talk(usual, "硚口区政府办2022年公务接待费", "2025年呢", "2024年的三公经费").values == ()
    assert value(talk(usual, "硚口区政府办2022年公务接待费", "2025年呢", "2022年的三公经费呢")) == "4.28万元"


def test_the_item_outlives_a_question_back(usual: Shelf) -> None:
    assert value(talk(usual, "公务接待费是多少", "万里街道", "2024年")) == "1.00万元"


def test_a_year_carried_to_a_publisher_without_it_is_said_to_be_missing(usual: Shelf) -> None:
    reply = talk(usual, "万里街道2025年三公经费", "硚口区政府办的呢")
    assert reply.status is Status.REFUSED and "2025年" in reply.text and reply.choices == (f"{OFFICE}2022年三公经费是多少？",)


@pytest.mark.parametrize(("said", "amount"), [("去年呢", "8.50万元"), ("上年是多少", "8.50万元"), ("前年呢", "9.00万元"), ("上一年呢", "8.50万元")])
def test_years_are_counted_from_the_one_talked_about(usual: Shelf, said: str, amount: str) -> None:
    assert value(talk(usual, "万里街道2025年三公经费", said)) == amount


def test_the_year_before_is_asked_for_in_one_question_too(usual: Shelf) -> None:
    assert value(answer("万里街道2025年三公经费上年是多少", usual)) == "8.50万元"


def test_this_year_is_asked_back_where_it_may_be_two(usual: Shelf) -> None:
    reply = talk(usual, "万里街道2025年三公经费", "2023年呢", "今年呢")
    assert reply.status is Status.CLARIFY and set(reply.choices) == {f"{STREET}{year}年三公经费是多少？" for year in (2023, 2025)}


def test_a_year_compared_with_is_not_the_year_talked_about(usual: Shelf) -> None:
    compared = talk(usual, "万里街道2025年三公经费", "比2023年多多少")
    assert value(compared) == "-1.00万元" and "2025年" in compared.text.split("比")[0]
    assert "2025年三公经费比上年" in talk(usual, "万里街道2025年三公经费", "比2023年多多少", "比2024年呢").resolved


@pytest.mark.parametrize(("said", "amount"), [("其中项目支出", "38,000,000元"), ("其中基本支出是多少", "27,000,000元"), ("基本支出呢", "27,000,000元"), ("一般公共预算的呢", "35,000,000元")])
def test_a_part_is_of_the_row_talked_about(bureau: Shelf, said: str, amount: str) -> None:
    reply = talk(bureau, "建管委2026年城乡社区支出", said)
    assert value(reply) == amount and "城乡社区支出中的" in reply.resolved


def test_what_the_row_does_not_tell_is_not_told_of_the_department(bureau: Shelf) -> None:
    assert talk(bureau, "建管委2026年城乡社区支出", "人员经费呢").status is Status.REFUSED


def test_parts_named_one_after_the_other_are_of_the_same_whole(bureau: Shelf) -> None:
    reply = talk(bureau, "建管委2026年三公经费", "其中公务用车运行费", "其中公务接待费")
    assert value(reply) == "2.11万元"


def test_an_item_by_itself_takes_the_place_of_the_last(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年城乡社区支出", "其中项目支出", "公务接待费呢")) == "2.11万元"


@pytest.mark.parametrize(("said", "share"), [("占三公经费多少", "4.44%"), ("占总支出的比例", "0.02%"), ("它占三公经费多少", "4.44%"), ("占三公经费", "4.44%")])
def test_a_share_is_of_the_whole_that_is_said(bureau: Shelf, said: str, share: str) -> None:
    assert value(talk(bureau, "建管委2026年公务接待费", said)) == share


def test_a_part_s_share_is_of_its_row(bureau: Shelf) -> None:
    reply = talk(bureau, "建管委2026年城乡社区支出", "其中项目支出", "占多少")
    assert value(reply) == "58.46%" and "占城乡社区支出" in reply.resolved


def test_a_share_is_carried_by_a_bare_item_alone(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年公务接待费", "占三公经费多少", "公务用车运行费呢")) == "19.75%"
    assert value(talk(bureau, "建管委2026年公务接待费", "占三公经费多少", "公务用车运行费是多少")) == "9.38万元"


@pytest.mark.parametrize(
    ("said", "amount"),
    [("加起来多少", "80,000元"), ("两项合计", "80,000元"), ("二者之和", "80,000元"), ("差多少", "40,000元"), ("哪个多", "60,000元"), ("前者占后者的多少", "33.33%"), ("后者是前者的几倍", "3.00倍"), ("平均呢", "40,000.00元")],
)  # fmt: skip
def test_figures_asked_for_before_are_worked_with_by_name(bureau: Shelf, said: str, amount: str) -> None:
    reply = talk(bureau, "建管委2026年水费", "电费呢", said)
    assert value(reply) == amount and "2026年水费」" in reply.resolved and "2026年电费」" in reply.resolved
    assert len(reply.citations) == 2


def test_another_figure_is_added_and_taken_away(bureau: Shelf) -> None:
    reply = talk(bureau, "建管委2026年水费", "电费呢", "加起来", "再加上会议费")
    assert value(reply) == "130,000元" and reply.formula == "20,000元 + 60,000元 + 50,000元 = 130,000元"
    assert value(talk(bureau, "建管委2026年水费", "电费呢", "加起来", "再减去公务接待费")) == "5.89万元"
    assert value(talk(bureau, "建管委2026年水费", "电费呢", "加起来占商品和服务支出多少")) == "2.25%"


def test_a_figure_that_was_not_found_is_not_added(usual: Shelf) -> None:
    reply = talk(usual, "万里街道2025年三公经费", "2022年呢", "加起来")
    assert reply.status is Status.CLARIFY and not reply.values


def test_numbers_that_are_not_alike_are_not_added(usual: Shelf) -> None:
    reply = talk(usual, "硚口区政府办2022年三公经费决算", "预算呢", "加起来")
    assert reply.status is Status.REFUSED and "预算" in reply.text and not reply.values
    counted = answer("「硚口区政府办2022年公务接待费」加上「硚口区政府办2022年公务接待有多少批次」是多少？", usual)
    assert counted.status is Status.REFUSED and "单位不同" in counted.text


def test_years_asked_for_one_by_one_are_added(usual: Shelf) -> None:
    assert value(talk(usual, "万里街道2025年三公经费", "2024年呢", "两年一共多少")) == "16.50万元"
    assert value(talk(usual, "万里街道2025年三公经费", "2024年呢", "三年合计")) == "25.50万元"
    assert talk(usual, "硚口区政府办2022年三公经费", "三年合计").status is Status.CLARIFY


def test_a_budget_and_its_outturn_are_compared_with_each_other(usual: Shelf) -> None:
    reply = talk(usual, "硚口区政府办2022年三公经费决算", "预算呢", "差多少")
    assert value(reply) == "1.74万元" and "4.28万元" in reply.text and "6.02万元" in reply.text


def test_two_publishers_are_compared_with_each_other(usual: Shelf) -> None:
    reply = talk(usual, "硚口区政府办2022年机关运行经费", "不对，是普陀区委社会工作部2024年的", "差多少")
    assert value(reply) == "82.74万元"


@pytest.mark.parametrize(("said", "amount"), [("不对，我说的是会议费", "50,000元"), ("换成电费", "60,000元"), ("不是公务接待费，是水费", "20,000元"), ("如果是办公费呢", "941,000元"), ("同样的问题问一下电费", "60,000元")])
def test_what_is_corrected_takes_the_place_that_it_fits(bureau: Shelf, said: str, amount: str) -> None:
    assert value(talk(bureau, "建管委2026年公务接待费", said)) == amount


def test_a_correction_of_kind_and_year_keeps_the_rest(usual: Shelf) -> None:
    assert value(talk(usual, "硚口区政府办2022年三公经费决算", "不对，我说的是预算")) == "6.02万元"
    assert value(talk(usual, "万里街道2025年三公经费", "改成2023年的")) == "9.00万元"


@pytest.mark.parametrize("said", ["教育局呢", "区财政局的呢", "卫健委的公务接待费呢"])
def test_an_organisation_that_is_not_on_the_shelf_is_refused_as_such(bureau: Shelf, said: str) -> None:
    reply = talk(bureau, "建管委2026年三公经费", said)
    assert reply.status is Status.REFUSED and "报告库中没有“" in reply.text and not reply.values
    again = talk(bureau, "建管委2026年三公经费", said, "2026年呢")
    assert again.status is Status.REFUSED and BUREAU not in again.resolved


@pytest.mark.parametrize("said", ["嗯嗯", "好的，谢谢", "继续", "还有呢", "换一个", "OK"])
def test_what_asks_nothing_gets_no_figure(bureau: Shelf, said: str) -> None:
    assert is_smalltalk(said)
    reply = talk(bureau, "建管委2026年三公经费", said)
    assert reply.status is Status.CLARIFY and not reply.values and not reply.resolved
    assert value(talk(bureau, "建管委2026年三公经费", said, "公务接待费呢")) == "2.11万元"


def test_it_is_what_came_first(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年支出最多的是哪一类", "它占多少")) == "72.22%"
    assert "文化旅游体育与传媒支出" in talk(bureau, "建管委2026年支出最多的是哪一类", "它占多少", "第二多的呢").text.split("为")[0]


def test_that_year_is_the_one_that_came_first(usual: Shelf) -> None:
    reply = talk(usual, "万里街道2025年三公经费", "哪年最多", "那年的公务接待费是多少")
    assert value(reply) == "1.00万元" and "2023年" in reply.resolved


def test_what_was_bought_is_not_what_is_kept(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年有几辆车", "买了几辆")) == "2辆"
    assert talk(bureau, "建管委2026年有几辆车", "买了几辆", "每辆车多少钱").status is not Status.ANSWERED


def test_what_is_left_is_not_what_was_spent(usual: Shelf) -> None:
    reply = talk(usual, "硚口区政府办2022年机关运行经费", "还剩多少没花完")
    assert reply.status is Status.REFUSED and not reply.values


def test_a_compound_question_is_read_as_it_is_written() -> None:
    for form, parts, less in ((Form.CHAIN, ("甲", "乙", "丙"), frozenset({2})), (Form.MEAN, ("甲", "乙", "丙"), frozenset[int]()), (Form.SHARE, ("甲", "乙", "丙"), frozenset[int]()), (Form.MORE, ("甲", "乙"), frozenset[int]())):  # fmt: skip
        written = Compound(form, parts, less)
        assert compound_in(written.text) == written
    assert compound_in("甲局的「公务接待费」是多少？") is None and compound_in("「甲」比「乙」加上「丙」多多少？") is None


def test_a_question_about_persons_leaves_the_conversation_where_it_was(usual: Shelf) -> None:
    reply = talk(usual, "硚口区政府办2022年公务接待费决算是多少？", "办公室主任叫什么名字", "为什么增加")
    assert "公务接待费" in reply.resolved and "巴东县" in reply.text
