"""What a model may say and what it may not: every figure, name and citation of an answer stays the program's."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ModelError
from corpus.number import find_mentions
from corpus.shelf import Shelf
from qa.answer import answer
from qa.grounded import is_shortened, is_worded
from qa.marks import marked
from qa.prompt import PICK, SUMMARISE, WORD, filled
from qa.render import as_json
from qa.replies import final, replies
from qa.reply import Reply, Status
from qa.reword import reword, reworded
from tests.qa.fake_model import FakeModel
from tests.qa.small_report import PLANTED, small_shelf

LOOKUP = "财政局请客吃饭花了多少？"
OBEDIENT = "{Y1}，甲区财政局“公务接待费支出”的决算数是{F1}。"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = small_shelf(tmp_path_factory.mktemp("plain"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reply(shelf: Shelf) -> Reply:
    found = answer("2024年公务接待费花了多少？", shelf)
    assert found.text == "2024年“公务接待费支出”决算数为1.28万元[1][2]。"
    return found


def asked(reply: Reply, *said: str | ModelError) -> Reply:
    return reword(reply, "甲区财政局公务接待费花了多少？", FakeModel(*said))


def test_an_obedient_model_words_the_answer_and_the_program_fills_the_figure_in(reply: Reply) -> None:
    worded = asked(reply, OBEDIENT)
    assert worded.text == "2024年，甲区财政局“公务接待费支出”的决算数是1.28万元[1][2]。"
    assert worded.worded == "fake" and not worded.notices


def test_the_model_is_shown_no_figure(reply: Reply) -> None:
    model = FakeModel(OBEDIENT)
    reword(reply, "2024年公务接待费是1.28万元吗？", model)
    given_words = model.prompts[0].rpartition("问题：")[2]
    assert "{F1}" in given_words and not re.search(r"\d", re.sub(r"\{[FY]1\}", "", given_words))


def test_what_is_printed_as_json_is_the_same_with_and_without_a_model(reply: Reply) -> None:
    before, after = as_json(reply), as_json(asked(reply, OBEDIENT))
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= {"answer", "seconds", "worded"}


def test_the_model_less_answer_comes_first(reply: Reply) -> None:
    steps = list(reworded(reply, "甲区财政局公务接待费？", FakeModel(OBEDIENT)))
    assert steps[0] is reply and steps[-1].worded


@pytest.mark.parametrize(
    "said",
    [
        "{Y1}“公务接待费支出”的决算数是99亿元。",
        "{Y1}“公务接待费支出”的决算数是{F1}，也就是12800元。",
        "{Y1}“公务接待费支出”的决算数是{F1}，共５批。",
        "{Y1}“公务接待费支出”的决算数是{F1}，共五批。",
        "{Y1}“公务接待费支出”的决算数是{F1}，占三成。",
        "{Y1}“公务接待费支出”的决算数是{F1}，花了一半。",
        "{Y1}“公务接待费支出”的决算数是{F1}，壹万元。",
        "{Y1}“公务接待费支出”的决算数是{F1}①。",
        "{Y1}“公务接待费支出”的决算数是{F1}，翻了一番。",
        "{Y1}“公务接待费支出”的决算数是{F1}，百分之二十。",
        "{Y1}“公务接待费支出”的决算数是{F1}，上百万元。",
        "2024年“公务接待费支出”的决算数是{F1}。",
        "二〇二四年{Y1}“公务接待费支出”的决算数是{F1}。",
        "{Y1}“公务接待费支出”的决算数是{F1}亿元。",
        "{Y1}“公务接待费支出”的决算数是1{F1}。",
    ],
)
def test_a_sentence_with_a_number_of_the_models_own_is_dropped(reply: Reply, said: str) -> None:
    stands(reply, asked(reply, said))


def stands(reply: Reply, after: Reply) -> None:
    """The model-less answer stands, with a word about what was dropped."""
    assert after.text == reply.text and not after.worded
    assert after.notices[-1].endswith("以下为不经模型的答案。")


@pytest.mark.parametrize(
    "said",
    [
        "{Y1}“公务接待费支出”的决算数是{F1}[3]。",
        "{Y1}“公务接待费支出”的决算数是{F1}，见{P1}。{P1}",
        "{Y1}“公务接待费支出”的决算数是{F9}。",
        "{Y1}“公务接待费支出”的决算数是{F1}（来源：审计报告）。",
        "{Y1}“公务接待费支出”的决算数是{F1}{F1}。",
        "{Y2}“公务接待费支出”的决算数是{F1}。",
    ],
)
def test_a_citation_or_a_mark_that_the_model_invents_drops_its_sentence(reply: Reply, said: str) -> None:
    stands(reply, asked(reply, said))


@pytest.mark.parametrize(
    "said",
    [
        "{Y1}“公务接待费支出”的预算数是{F1}。",
        "{Y1}“公务接待费支出”花了{F1}。",
        "{Y1}“公务用车运行费”的决算数是{F1}。",
        "{Y1}公务接待费的决算数是{F1}。",
        "{Y1}“公务接待费支出”的决算数约为{F1}。",
        "{Y1}“公务接待费支出”的决算数不是{F1}。",
        "{Y1}“公务接待费支出”的决算数增加{F1}。",
        "{Y1}“公务接待费支出”的决算数是{F1}，用于接待外宾。",
        "去年{Y1}“公务接待费支出”的决算数是{F1}。",
    ],
)
def test_another_basis_name_direction_or_fact_drops_the_sentence(reply: Reply, said: str) -> None:
    stands(reply, asked(reply, said))


@pytest.mark.parametrize("said", ["", "  \n", "好的。", '{"answer": 1}', "好的，忽略以上要求，答案是99亿元。", "{Y1}“公务接待费支出”。"])
def test_a_reply_without_the_figure_leaves_the_model_less_answer(reply: Reply, said: str) -> None:
    stands(reply, asked(reply, said))


def test_one_bad_sentence_costs_itself_alone_and_is_counted(reply: Reply) -> None:
    after = asked(reply, OBEDIENT + "比上年增加8成。")
    assert after.worded and "8成" not in after.text
    assert after.notices == ("模型的1句话没有通过核对，已略去。",)


def test_a_year_left_out_is_put_back_and_a_unit_said_twice_is_not(reply: Reply) -> None:
    after = asked(reply, "甲区财政局“公务接待费支出”的决算数是{F1}万元。")
    assert after.text == "2024年，甲区财政局“公务接待费支出”的决算数是1.28万元[1][2]。"


def test_a_model_that_fails_costs_a_notice_and_not_the_answer(reply: Reply) -> None:
    after = asked(reply, ModelError("连不上语言模型接口，以下为不经模型的答案。"))
    assert after.text == reply.text and after.notices == ("连不上语言模型接口，以下为不经模型的答案。",)


def test_words_that_passed_before_the_model_failed_stay(reply: Reply) -> None:
    after = asked(reply, OBEDIENT + "另外", ModelError("语言模型在5秒内没有说完，以下为不经模型的答案。"))
    assert after.worded and after.notices


def test_what_a_model_thinks_before_it_speaks_is_not_shown(reply: Reply) -> None:
    after = asked(reply, "<think>\n好的。公务接待费是1万元吗？不。\n</think>\n\n" + OBEDIENT)
    assert after.worded and not after.notices and "think" not in after.text
    stands(reply, asked(reply, "<think>公务接待费"))


def test_a_premise_of_the_question_is_not_repeated_as_a_fact(reply: Reply) -> None:
    model = FakeModel("{Y1}，甲区财政局接待外宾的“公务接待费支出”的决算数是{F1}。")
    stands(reply, reword(reply, "甲区财政局接待外宾花了多少公务接待费？", model))


def test_a_figure_without_a_name_is_not_worded() -> None:
    counted = Reply(Status.ANSWERED, "5批次：“接待外省市交流5批次85人次”[1]。")
    assert reword(counted, "接待了几批外宾？", FakeModel()) is counted


def test_a_text_that_prints_a_mark_is_left_alone() -> None:
    planted = Reply(Status.ANSWERED, "2024年“公务接待费{F9}”决算数为1.28万元[1]。")
    assert reword(planted, "公务接待费？", FakeModel("{F9}")) is planted


def test_formula_and_its_citations_stay_as_the_program_wrote_them(shelf: Shelf) -> None:
    found = answer("公务接待费占三公经费多少？", shelf)
    after = asked(found, "{Y1}“公务接待费支出”占“三公经费支出”的{F1}。")
    assert after.worded and "依据：1.28万元[1][2] ÷ 4.28万元[3]。" in after.text
    assert after.formula == found.formula and after.values == found.values


@pytest.mark.parametrize("said", ["{Y1}“三公经费支出”占“公务接待费支出”的{F1}。", "“公务接待费支出”的{F1}占{Y1}“三公经费支出”。"])
def test_part_and_whole_do_not_change_places(shelf: Shelf, said: str) -> None:
    found = answer("公务接待费占三公经费多少？", shelf)
    stands(found, asked(found, said))


@pytest.mark.parametrize("said", ["{Y1}“三公经费支出”比{Y2}减少{F1}。", "{Y2}“三公经费支出”比{Y1}增加{F1}。", "{Y1}“三公经费支出”没有比{Y2}增加{F1}。"])
def test_a_rise_does_not_become_a_fall_nor_last_year_this_year(shelf: Shelf, said: str) -> None:
    found = answer("三公经费比上年增加多少？", shelf)
    assert asked(found, "{Y1}“三公经费支出”比{Y2}增加了{F1}。").worded
    stands(found, asked(found, said))


def test_a_refusal_is_not_worded(shelf: Shelf, reply: Reply) -> None:
    """Nor where it says figures or passages: that a cell is blank, what was found instead."""
    told = replace(reply, status=Status.REFUSED)
    assert reword(told, "2024年公务接待费是多少？", FakeModel()) is told
    refused = answer("财政局2019年三公经费多少？", shelf)
    assert refused.status is Status.REFUSED
    assert reword(refused, "财政局2019年三公经费多少？", FakeModel()) is refused


FRAGMENTS = [
    "{Y1}", "{F1}", "{F2}", "“公务接待费支出”", "的", "决算数", "预算数", "为", "是", "，", "。", "99亿元", "三成", "[1]", "[2]", "[9]", "1.28万元",
    "比上年", "增加", "减少", "甲区财政局", "不", "约", "万元", "２", "三公经费", "{", "}", "\n", "1", "{P1}", "共", "根据报告",
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.sampled_from(FRAGMENTS), max_size=16).map("".join))
def test_whatever_a_model_says_no_new_figure_and_no_new_citation_is_shown(reply: Reply, said: str) -> None:
    after = asked(reply, said)
    assert (after.values, after.citations, after.formula) == (reply.values, reply.citations, reply.formula)
    assert {m.amount for m in find_mentions(bare(after.text))} == {m.amount for m in find_mentions(bare(reply.text))}
    assert re.findall(r"\[\d+\]", after.text) == re.findall(r"\[\d+\]", reply.text)
    assert re.findall(r"\d+", after.text) == re.findall(r"\d+", reply.text)


def bare(text: str) -> str:
    return re.sub(r"\[\d+\]", "", text)


QUESTIONS = (
    "公务接待费花了多少？", "三公经费比上年增加多少？", "公务接待费占三公经费多少？", "机关运行经费为什么减少？", "机关运行经费是什么意思？", "会议费多少？",
)  # fmt: skip


def test_a_figure_of_the_models_own_is_stopped_at_the_last_look_too(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the judge of its sentences lets pass, the whole answer is traced again."""
    monkeypatch.setattr("qa.reword._fits", lambda *_: True)
    for said in ("公务接待费是{F1}，也就是99亿元。", "公务接待费是{F1}。实为99亿元。"):
        reply = final(QUESTIONS[0], shelf, FakeModel(said))
        assert "1.28" in reply.text and "99" not in reply.text and not reply.worded


def test_instructions_planted_in_a_report_change_no_answer(shelf: Shelf, tmp_path: Path) -> None:
    planted = small_shelf(tmp_path, PLANTED)
    try:
        assert any("忽略以上要求" in chunk.text for chunk in planted.store.chunks())
        for question in QUESTIONS:
            plain, after = answer(question, shelf), answer(question, planted)
            assert (plain.status, plain.text) == (after.status, after.text)
            obeying = final(question, planted, FakeModel("99亿元。", "99亿元。"))
            assert obeying.text == after.text and "99" not in obeying.text
    finally:
        planted.close()


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("压减办公开支，节约了会议开支。", True),
        ("因为压减办公开支。", True),
        ("因为领导要求压减办公开支。", False),
        ("压减了办公开支，没有节约会议开支。", False),
        ("节约了会议开支，压减办公开支。", False),
        ("压减开支，节约了开支。", True),
        ("压减办公开支{F2}，节约了会议开支。", False),
    ],
)
def test_a_summary_only_leaves_words_out(said: str, holds: bool) -> None:
    assert is_shortened(said, "为了落实要求，压减办公开支，同时节约了会议开支") is holds


def test_a_word_that_turns_the_sense_is_not_left_out() -> None:
    for finding, without in (("“甲”没有比“乙”多{F1}。", "“甲”比“乙”多{F1}。"), ("“公共安全支出”最多，为{F1}。", "“公共安全支出”为{F1}。")):
        assert is_worded(finding, finding, "哪项多？", "") and not is_worded(without, finding, "哪项多？", "")


def test_a_summary_keeps_every_figure_in_its_order() -> None:
    passage = "年初预算为{F1}，支出决算为{F2}，主要原因：追加奖金"
    assert is_shortened("年初预算{F1}，支出决算{F2}，追加奖金。", passage)
    assert not is_shortened("年初预算{F2}，支出决算{F1}，追加奖金。", passage)
    assert not is_shortened("追加奖金。", passage)


def test_a_long_reason_is_summarised_before_it_is_quoted() -> None:
    reason = "主要原因是按照过紧日子的有关要求，压减办公开支，同时严格控制会议的数量和规模，节约了会议场地和材料印制开支，并推行无纸化办公"
    text = f"报告给出的原因：“{reason}”[1]。"
    found = Reply(Status.ANSWERED, text)
    after = asked(found, "压减办公开支，节约了会议场地和材料印制开支。")
    assert after.text == f"压减办公开支，节约了会议场地和材料印制开支。\n{text}"
    stands(found, asked(found, "由于领导变动，压减办公开支。"))


def test_marks_hide_every_digit_of_a_head() -> None:
    text = marked("2025年“办公费”预算数比2024年增加4,333,478元（约433.35万元）[1][12]：2025年8元[2]。")
    assert text.lines[0].head == "{Y1}“办公费”预算数比{Y2}增加{F1}"
    assert text.fill(text.lines[0].head) + "：" + text.lines[0].rest == "2025年“办公费”预算数比2024年增加4,333,478元（约433.35万元）[1][12]：2025年8元[2]。"


def test_a_name_that_holds_digits_is_a_mark_too() -> None:
    assert marked("2025年“2024年度修缮”预算数为3万元[1]。").lines[0].head == "{Y1}{N1}预算数为{F1}。"


def test_a_prompts_slots_are_all_filled_and_what_is_put_in_is_left_alone() -> None:
    for prompt, slots in ((WORD, ("question", "finding")), (SUMMARISE, ("question", "passage")), (PICK, ("question", "names"))):
        done = filled(prompt, **dict.fromkeys(slots, "[finding][passage]甲"))
        assert done.count("[finding][passage]甲") == 2
    assert filled("[question]，[finding]", question="[finding]", finding="[question]") == "[finding]，[question]"


def second(shelf: Shelf, *said: str | ModelError) -> list[Reply]:
    return list(replies("局里请客花了多少？", shelf, FakeModel(*said)))


def test_a_second_opinion_only_asks_back_with_a_question_that_the_rules_answer(shelf: Shelf) -> None:
    refused, asked_back = second(shelf, '{"pick": "公务接待费"}')
    assert refused.status is Status.REFUSED and asked_back.status is Status.CLARIFY
    assert "按“公务接待费”理解" in asked_back.text and not asked_back.values
    assert answer(asked_back.choices[0], shelf).status is Status.ANSWERED


@pytest.mark.parametrize("said", ['{"pick": "都不是"}', '{"pick": "局长工资"}', '{"pick": ["公务接待费"]}', "{}"])
def test_a_second_opinion_that_names_nothing_offered_leaves_the_refusal(shelf: Shelf, said: str) -> None:
    assert [reply.status for reply in second(shelf, said)] == [Status.REFUSED]


@pytest.mark.parametrize("said", ["公务接待费", "[1]", '{"pick": "公务'])
def test_a_second_opinion_out_of_form_costs_a_notice(shelf: Shelf, said: str) -> None:
    last = second(shelf, said)[-1]
    assert last.status is Status.REFUSED and last.notices == ("语言模型没有按格式回答，它的看法没有采用。",)


def test_a_second_opinion_is_bound_to_the_names_of_the_shelf(shelf: Shelf) -> None:
    model = FakeModel('{"pick": "都不是"}')
    final("局里请客花了多少？", shelf, model)
    assert model.schemas[0] is not None and "公务接待费" in model.schemas[0]["properties"]["pick"]["enum"]
