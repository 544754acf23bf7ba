"""Every figure of a reply is traced; one that no evidence holds is never shown."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.amount import WAN, YUAN, Amount
from corpus.shelf import Shelf
from qa.answer import _WORK, answer
from qa.asks import Ask
from qa.calculate import Operand, share
from qa.cite import cite
from qa.desk import Desk
from qa.finding import Answered, Finding, Missing, Place, Quote, Sentence
from qa.reply import Figure, Reply, Status, Trace
from qa.verify import retraced, trace, untraced
from tests.qa.hand_made import Row, committee, made, office, shelf_of, street

REPORT = made("某市甲区财政局", "甲区财政局", 2022, (Row(("公务接待费",), "1.28"), Row(("三公经费",), "4.28", page=10), Row(("会议费",), "42800", YUAN, form="表")))
PART, WHOLE, IN_YUAN = REPORT.facts


def found(*places: Place) -> Finding:
    return Finding((Sentence("{0}", (places,)),))


def traces(text: str, result: Finding | Missing, premises: str = "") -> list[Trace]:
    return [figure.trace for figure in trace(text, result, premises)]


def test_a_figure_that_is_not_in_evidence_is_untraced() -> None:
    figures = trace("公务接待费1.28万元，会议费9.99万元。", found(PART))
    assert untraced(figures) == ("9.99万元",)


def test_a_digit_changed_is_untraced() -> None:
    assert traces("公务接待费1.82万元。", found(PART)) == [Trace.NONE]


def test_a_unit_changed_is_untraced() -> None:
    assert traces("公务接待费1.28元。", found(PART)) == [Trace.NONE]
    assert traces("公务接待费1.28%。", found(PART)) == [Trace.NONE]
    assert traces("接待12,800人。", found(PART)) == [Trace.NONE]


def test_the_same_amount_in_another_unit_is_printed() -> None:
    assert traces("公务接待费12,800元。", found(PART)) == [Trace.PRINTED]


def test_yuan_rounded_to_two_decimals_of_wan_is_derived() -> None:
    fact = made("某市甲区财政局", "甲区财政局", 2022, (Row(("会议费",), "42834", YUAN, form="表"),)).facts[0]
    assert traces("会议费4.28万元。", found(fact)) == [Trace.COMPUTED]
    assert traces("会议费4.29万元。", found(fact)) == [Trace.NONE]


def test_a_result_of_the_calculator_is_computed() -> None:
    worked = share(Operand("公务接待费", Amount(Decimal("1.28"), WAN), (PART,)), Operand("三公经费", Amount(Decimal("4.28"), WAN), (WHOLE,)))
    result = Finding((Sentence("{0}{1}", ((PART,), (WHOLE,))),), calculations=(worked,))
    assert traces("占29.91%：1.28万元 ÷ 4.28万元", result) == [Trace.COMPUTED, Trace.PRINTED, Trace.PRINTED]
    assert traces("占29.92%", result) == [Trace.NONE]


def test_a_quoted_sentence_bears_its_figures() -> None:
    quote = Quote(REPORT.disclosure.id, "接待5批次85人次", (PART.source,))
    assert traces("共5批次、85人次，人均20元", found(quote)) == [Trace.PRINTED, Trace.PRINTED, Trace.NONE]


def test_a_blank_bears_no_figure() -> None:
    blank = made("某市甲区财政局", "甲区财政局", 2022, rows_blank()).facts[0]
    assert traces("培训费0.00万元", found(blank)) == [Trace.NONE]


def rows_blank() -> tuple[Row, ...]:
    return (Row(("培训费",), "", form="表"),)


def test_marks_are_numbered_in_the_order_of_the_text() -> None:
    result = Finding((Sentence("公务接待费1.28万元{0}，三公经费4.28万元{1}。", ((PART,), (WHOLE,))),), (Answered(Amount(Decimal("1.28"), WAN), "公务接待费"),))
    cited = cite(result, (REPORT.disclosure,))
    assert cited.text == "公务接待费1.28万元[1]，三公经费4.28万元[2]。"
    assert [(citation.n, citation.file, citation.page) for citation in cited.citations] == [(1, REPORT.disclosure.file, 9), (2, REPORT.disclosure.file, 10)]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = shelf_of(tmp_path_factory.mktemp("traced"), office(), committee(), street(2024, "8.50", "1.00"), street(2025, "8.00", "0.50"))
    yield kept
    kept.close()


def test_an_answer_with_an_untraced_figure_is_refused(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever part of the program wrote it."""

    def wrong(desk: Desk) -> Finding:
        fact = next(fact for fact in desk.shelf.facts() if fact.amount is not None)
        return Finding((Sentence("公务接待费9.99万元{0}。", ((fact,),)),), (Answered(Amount(Decimal("9.99"), WAN), "公务接待费"),))

    monkeypatch.setitem(_WORK, Ask.LOOKUP, (wrong,))
    reply = answer("硚口区政府办2022年公务接待费是多少？", shelf)
    assert (reply.status, reply.dropped, reply.values) == (Status.REFUSED, 1, ()) and "9.99" not in reply.text


def test_words_with_a_figure_or_a_citation_of_their_own_are_not_retraced() -> None:
    reply = Reply(Status.ANSWERED, "公务接待费1.28万元[1]。", figures=(Figure("1.28万元", Trace.PRINTED),))
    assert retraced("公务接待费是1.28万元[1]。", reply) == reply.figures
    for said in ("公务接待费是1.29万元[1]。", "公务接待费是1.28万元[1]，共3次。", "公务接待费是1.28万元。", "公务接待费是1.28万元[1][9]。"):
        assert retraced(said, reply) is None, said


WHO = st.sampled_from(["硚口区政府办", "普陀区委社会工作部", "万里街道", "江汉区财政局", ""])
WHEN = st.sampled_from(["2022年", "2024年", "2025年", "去年", "近三年", "2019年", ""])
WHAT = st.sampled_from(["三公经费", "公务接待费", "培训费", "基本支出", "机关运行经费", "其他农林水支出", "支出合计", "常住人口", "99万元的会议费", "会议费"])
HOW = st.sampled_from(
    ["是多少？", "比上年增加多少？", "占总支出多少？", "完成预算的百分之几？", "为什么增加？", "是基本支出的几倍？", "还剩多少？", "平均每人次多少？", "和公务接待费一共多少？",
     "和公务接待费哪个多？", "是什么意思？", "增长了百分之多少？", "的走势", "是不是99.99万元？", "倒推上一年是多少？"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WHO, WHEN, WHAT, HOW)
def test_no_reply_to_any_question_holds_an_untraced_figure(shelf: Shelf, who: str, when: str, what: str, how: str) -> None:
    reply = answer(f"{who}{when}{what}{how}", shelf)
    assert not untraced(reply.figures), reply.text
    assert_answers(reply)


def assert_answers(reply: Reply) -> None:
    """An answer cites; a refusal gives no value; a value is a figure that was printed or worked out."""
    if reply.status is Status.ANSWERED:
        assert reply.citations or not reply.values, reply.text
        assert all(figure.trace is not Trace.NONE for figure in reply.figures)
        return
    assert not reply.values, reply.text
