"""The scoring rule, trap by trap, on hand-made results."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import CaseError
from evals.case import AuditCase, ClaimCase, GoldFinding, Number, QaCase, load, template
from evals.score import Failure, Outcome, score_qa
from evals.score_audit import score_audit
from evals.score_text import score_text
from evals.stats import macro_f1, mcnemar, percentile, wilson
from evals.units import contains, quantities, quantity

DEV = Path(__file__).parents[1].parent / "shared" / "evals" / "dev"
needs_dev = pytest.mark.skipif(not DEV.is_dir(), reason="the development sets are not part of the repository")


def case(value: str | None = "4.28", unit: str = "万元", tolerance: str = "0.005", **more: Any) -> QaCase:
    fields: dict[str, Any] = {
        "id": "c", "question": "q", "type": "lookup_text", "reports": ("a.pdf",), "answer": "", "also_values": (),
        "must_include": (), "pages": (),
    }
    gold = None if value is None else Decimal(value)
    return QaCase(**{**fields, "value": gold, "unit": unit, "tolerance": Decimal(tolerance), **more})


def answered(value: str = "", unit: str = "", answer: str = "", **more: Any) -> dict[str, Any]:
    values = [{"value": value, "unit": unit, "label": ""}] if value else []
    return {"status": "answered", "answer": answer, "values": values, "citations": [], **more}


def outcome(item: QaCase, result: dict[str, Any]) -> Outcome:
    return score_qa(item, result).outcome


REFUSED = {"status": "refused", "answer": "没有2019年的报告。", "values": []}
CLARIFY = {"status": "clarify", "answer": "您问的是哪一年？", "values": []}


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("4.28", "万元"), ("42800", "元"), ("42,800.00", "元"), ("0.000428", "亿元"), ("42.8", "千元"),
        ("4.284", "万元"), ("4.285", "万元"),
    ],
)
def test_a_figure_within_tolerance_is_right_in_any_unit(value: str, unit: str) -> None:
    assert outcome(case(), answered(value, unit)) == Outcome.CORRECT


@pytest.mark.parametrize(
    ("value", "unit", "failure"),
    [
        ("4.28", "元", Failure.UNIT), ("42.8", "万元", Failure.UNIT), ("4.28", "%", Failure.MEASURE),
        ("-4.28", "万元", Failure.SIGN), ("4.2851", "万元", Failure.ROW), ("4.28", "", Failure.MEASURE),
    ],
)
def test_a_figure_outside_tolerance_is_a_wrong_figure(value: str, unit: str, failure: Failure) -> None:
    score = score_qa(case(), answered(value, unit))
    assert (score.outcome, score.failure) == (Outcome.WRONG_FIGURE, failure)


def test_tolerance_is_in_the_golds_own_unit() -> None:
    item = case("1143816", "元", "50")
    assert outcome(item, answered("114.38", "万元")) == Outcome.CORRECT
    assert outcome(item, answered("114.37", "万元")) == Outcome.WRONG_FIGURE


def test_another_value_may_be_equally_right() -> None:
    item = case("1403.99", also_values=(Decimal("1404"),))
    assert outcome(item, answered("1404", "万元")) == Outcome.CORRECT
    assert outcome(item, answered("1405", "万元")) == Outcome.WRONG_FIGURE


@pytest.mark.parametrize(
    ("gold", "said"),
    [("个", "项"), ("次", "场"), ("批次", "批"), ("辆", "台"), ("人", "名"), ("%", "％"), ("台", "台（套）")],
)
def test_units_of_one_kind_are_the_same(gold: str, said: str) -> None:
    assert outcome(case("5", gold, "0"), answered("5", said)) == Outcome.CORRECT


@pytest.mark.parametrize(("gold", "said"), [("批次", "人次"), ("%", "个百分点"), ("人次", "人"), ("辆", "万元")])
def test_units_of_different_kinds_are_not(gold: str, said: str) -> None:
    assert outcome(case("5", gold, "0"), answered("5", said)) == Outcome.WRONG_FIGURE


def test_ten_thousand_people_are_counted_in_people() -> None:
    assert quantity("1.2", "万人次") == quantity("12000", "人次")


def test_only_the_first_value_is_the_main_figure() -> None:
    result = answered("6.02", "万元")
    result["values"].append({"value": "4.28", "unit": "万元", "label": ""})
    assert outcome(case(), result) == Outcome.WRONG_FIGURE


def test_without_values_the_first_figure_of_the_words_is_the_main_figure() -> None:
    assert outcome(case(), answered(answer="2022年支出42,800元，预算6.02万元 [1]")) == Outcome.CORRECT
    assert outcome(case(), answered(answer="预算6.02万元，支出4.28万元")) == Outcome.WRONG_FIGURE
    assert score_qa(case(), answered(answer="见第13页 [2]，2022年。")).failure == Failure.NOT_FOUND


def test_a_passage_that_shows_the_figure_mentions_it_whatever_its_first_figure() -> None:
    passage = answered(answer="办公费 4,333,478 手续费 10,000")
    assert score_qa(case("433.35"), passage).mentioned is True
    assert score_qa(case("433.36"), passage).mentioned is False
    assert score_qa(case("433.35"), passage).outcome == Outcome.INCORRECT


def test_a_right_figure_without_the_needed_words_is_not_correct() -> None:
    item = case("3780.72", must_include=(("工程",), ("3780.72", "3,780.72")))
    assert outcome(item, answered("3780.72", "万元", "工程最大：3,780.72万元")) == Outcome.CORRECT
    assert outcome(item, answered("3780.72", "万元", "服务最大：3,780.72万元")) == Outcome.INCORRECT


@pytest.mark.parametrize(
    ("text", "phrase", "stands"),
    [
        ("共12345元", "1234", False), ("共1234元", "1234", True), ("117.7", "17.7", False), ("17.70万元", "17.7", True),
        ("1,403.99万元", "1403.99", True), ("21,403.99万元", "1403.99", False), ("多11辆", "1辆", False),
        ("多 1 辆", "1辆", True),
        ("见出处[1]", "1", False), ("“三公”经费", "三公经费", True), ("１２３．４５", "123.45", True),
        ("17.75", "17.7", False),
        ("428，123元", "428", True), ("单位于 2024 年成立", "2024年成立", True), ("12024年成立", "2024年成立", False),
    ],
)
def test_a_number_stands_in_a_text_only_as_a_whole(text: str, phrase: str, stands: bool) -> None:
    assert contains(text, phrase) is stands


def test_years_pages_and_marks_are_no_figures() -> None:
    assert quantities("2024年第3页 [1]，5批次85人次") == (quantity("5", "批次"), quantity("85", "人次"))


def test_an_answerable_item_refused_is_refused_wrongly() -> None:
    assert outcome(case(), REFUSED) == Outcome.REFUSED
    assert outcome(case(), CLARIFY) == Outcome.REFUSED
    assert outcome(case(ambiguous=True), CLARIFY) == Outcome.CORRECT


def test_a_refuse_item_is_right_when_refused_or_asked_back() -> None:
    item = case(None, type="refuse")
    assert outcome(item, REFUSED) == Outcome.CORRECT
    assert outcome(item, CLARIFY) == Outcome.CORRECT


def test_a_refuse_item_answered_with_a_figure_is_a_wrong_figure() -> None:
    item = case(None, type="refuse")
    assert outcome(item, answered("1173.65", "万元", "1173.65万元")) == Outcome.WRONG_FIGURE
    assert outcome(item, answered(answer="大约1173.65万元")) == Outcome.WRONG_FIGURE
    assert outcome(item, answered(answer="请看2022年的报告 [1]。")) == Outcome.INCORRECT


def test_a_corrected_premise_counts_as_right() -> None:
    item = case(None, type="refuse", must_include=(("减少", "下降"), ("10",)))
    assert outcome(item, answered("10", "万元", "并未增加，而是减少10万元。")) == Outcome.CORRECT
    assert outcome(item, answered("10", "万元", "增加10万元。")) == Outcome.WRONG_FIGURE


def test_an_explanation_needs_one_phrase_of_each_list() -> None:
    item = case(None, type="explain", must_include=(("物价上涨", "物价"), ("伙食",)))
    assert outcome(item, answered(answer="因为物价上涨、伙食上涨。")) == Outcome.CORRECT
    assert outcome(item, answered(answer="因为物价上涨。")) == Outcome.INCORRECT


def test_every_file_needed_must_be_cited() -> None:
    item = case(pages=(("a.pdf", (6, 9)), ("b.pdf", (3,))))
    one = [{"file": "a.pdf", "page": 9}]
    both = [*one, {"file": "/x/b.pdf", "page": 3}]
    assert score_qa(item, answered("4.28", "万元", citations=one)).citation is False
    assert score_qa(item, answered("4.28", "万元", citations=one)).failure == Failure.CITATION
    assert score_qa(item, answered("4.28", "万元", citations=both)).citation is True
    assert score_qa(item, REFUSED).citation is None
    assert score_qa(case(), answered("4.28", "万元")).citation is None


def test_a_figure_from_another_years_file_is_the_wrong_year() -> None:
    item = case(reports=("某街道25年预算.pdf",))
    other = answered("9.9", "万元", citations=[{"file": "某街道24年预算.pdf", "page": 1}])
    assert score_qa(item, other).failure == Failure.YEAR
    strange = answered("9.9", "万元", citations=[{"file": "某区25年预算.pdf", "page": 1}])
    assert score_qa(item, strange).failure == Failure.PUBLISHER


def test_a_system_that_breaks_down_is_neither_refused_nor_right() -> None:
    assert outcome(case(None, type="refuse"), {"status": "failed", "error": "x"}) == Outcome.FAILED


def claim_case(ignore: tuple[tuple[int, int], ...] = ()) -> ClaimCase:
    text = "支出4.28万元，完成预算的71.1%，走访832家。"
    numbers = (Number("4.28万元", 2, "supported", "", "", ""), Number("71.1%", 14, "refuted", "digit", "", ""))
    return ClaimCase("c", text, ("a.pdf",), numbers, ignore, "refuted")


def said(start: int, end: int, verdict: str) -> dict[str, Any]:
    return {"text": "", "start": start, "end": end, "verdict": verdict}


def test_spans_match_by_overlap() -> None:
    result = {"claims": [said(0, 6, "supported"), said(8, 17, "refuted")]}
    score = score_text(claim_case(), result)
    assert (score.outcome, [n.verdict for n in score.numbers]) == ("correct", ["supported", "refuted"])


def test_one_claim_over_the_whole_text_speaks_for_one_figure_only() -> None:
    score = score_text(claim_case(), {"claims": [said(0, 27, "refuted")]})
    assert [n.verdict for n in score.numbers].count("") == 1


def test_a_refuted_figure_called_supported_is_the_gravest() -> None:
    result = {"claims": [said(14, 19, "refuted"), said(14, 16, "supported")]}
    score = score_text(claim_case(), result)
    assert score.outcome == "false_supported"
    assert score.numbers[1].verdict == "refuted"


def test_a_claim_outside_numbers_and_ignored_spans_is_a_false_alarm() -> None:
    claims = [said(2, 8, "supported"), said(14, 19, "refuted"), said(22, 26, "unverifiable")]
    assert score_text(claim_case(), {"claims": claims}).outcome == "false_alarm"
    assert score_text(claim_case(((22, 26),)), {"claims": claims}).outcome == "correct"


def test_a_figure_that_nobody_judged_is_missed() -> None:
    assert score_text(claim_case(), {"claims": [said(2, 8, "supported")]}).outcome == "missed"


def audit_case() -> AuditCase:
    gold = GoldFinding("g1", (18,), ("完成年初预算的 95.89%",), "zero_base_completion", "error", "年初预算为0", "")
    hint = GoldFinding("g2", (20,), ("人员经费 95.36 万元",), "parts_vs_total", "rounding", "合计", "")
    trap = GoldFinding("t1", (21, 8), ("涉及预算金额 175.52 万元", "合计 307.82"), "绩效=项目支出", "", "", "")
    return AuditCase("a", "a.pdf", (gold, hint), (trap,))


def finding(page: int, quote: str, rule: str, severity: str = "error") -> dict[str, Any]:
    place = {"file": "a.pdf", "page": page, "quote": quote}
    return {"rule": rule, "severity": severity, "message": "", "evidence": [place]}


def test_a_finding_matches_by_page_place_and_cause() -> None:
    right = finding(18, "支出决算为307.82万元，完成年初预算的95.89%", "completion_of_zero_base zero_base")
    score = score_audit(audit_case(), {"findings": [right]})
    assert (score.found, score.false_alarms, score.precision) == (("g1",), (), 1.0)
    for wrong in (
        finding(17, "完成年初预算的95.89%", "zero_base"), finding(18, "住房公积金", "zero_base"),
        finding(18, "完成年初预算的95.89%", "purpose_mismatch"),
    ):
        assert score_audit(audit_case(), {"findings": [wrong]}).found == ()


def test_a_flagged_trap_is_counted() -> None:
    stated = finding(21, "项目1个，涉及预算金额175.52万元", "parts_sum_to_total")
    score = score_audit(audit_case(), {"findings": [stated]})
    assert (score.traps, score.precision) == (("t1",), 0.0)


def test_rounding_hints_weigh_nothing_and_a_hint_called_error_is_a_false_alarm() -> None:
    hint = finding(20, "人员经费95.36万元", "parts_sum_to_total", "rounding")
    quiet = score_audit(audit_case(), {"findings": [hint]})
    assert (quiet.found, quiet.precision) == (("g2",), None)
    loud = score_audit(audit_case(), {"findings": [{**hint, "severity": "error"}]})
    assert loud.precision == 0.0


@needs_dev
def test_the_development_sets_load() -> None:
    counts = [len(load(DEV / name)) for name in ("qa.jsonl", "claims.jsonl", "articles.jsonl", "audit.json")]
    assert counts == [60, 50, 2, 1]


def test_the_template_is_a_valid_set(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    path.write_text(template(), encoding="utf-8")
    assert [c.id for c in load(path)] == ["my-01", "my-02", "my-03"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{bad", "第2行：不是合法的 JSON"), ('{"id": "x", "question": "q"}', "第2行：缺少字段"),
        ("[1]", "第2行：应为一个 JSON 对象"),
        ('{"id": "x"}', "第2行：认不出题型"),
        ('{"id": "x", "question": "q", "type": "guess", "reports": []}', "第2行：type"),
        ('{"id": "x", "question": "q", "type": "count", "reports": [], "value": "许多"}', "第2行：value 不是数"),
        ('{"id": "x", "question": "q", "type": "count", "reports": "a.pdf"}', "第2行：reports"),
        ('{"id": "x", "text": "共3万元", "label": "supported", "reports": [], "numbers": '
         '[{"text": "3万元", "start": 0, "label": "supported"}]}', "第2行：start=0"),
        ('{"id": "my-01", "question": "q", "type": "count", "reports": []}', "题号 my-01 重复"),
    ],
)
def test_a_malformed_line_is_named_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(template().splitlines()[0] + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CaseError, match=told.replace("[", r"\[")):
        load(path)


def test_statistics_against_published_values() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(57, 60)
    assert (round(low, 3), round(high, 3)) == (0.863, 0.983)
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(1, 8) == pytest.approx(0.0390625)
    assert percentile([3, 1, 2, 4], 0.5) == 2
    assert percentile(range(1, 101), 0.95) == 95
    assert macro_f1([("a", "a"), ("b", "a"), ("b", "b")], ("a", "b", "c")) == pytest.approx(2 / 3)


def test_the_template_is_json_lines() -> None:
    assert all(json.loads(line)["id"] for line in template().splitlines())
