"""What readers say of answers is kept as lines and comes out as draft cases that the evaluation can read."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ShelfError
from evals.case import load
from qa.reply import Citation, Reply, Status
from ui.feedback import FILE, cases, keep

ANSWERED = Reply(Status.ANSWERED, "1.28万元[1]。", citations=(Citation(1, "a" * 16, "甲.pdf", 3, None, "原话"),), resolved="2022年公务接待费是多少？")


def test_a_reason_is_kept_and_becomes_a_draft_case(tmp_path: Path) -> None:
    keep(tmp_path, "数字错", "公务接待费呢？", ANSWERED)
    keep(tmp_path, "没找到", "培训费", Reply(Status.REFUSED, "没有\n披露"))
    assert len((tmp_path / FILE).read_text(encoding="utf-8").splitlines()) == 2
    first, second = cases(tmp_path)
    assert first["question"] == "2022年公务接待费是多少？" and first["reports"] == ["甲.pdf"] and "数字错" in first["note"]
    assert second["type"] == "refuse" and second["question"] == "培训费"


def test_the_drafts_are_read_by_the_evaluation_once_the_answer_is_written_in(tmp_path: Path) -> None:
    keep(tmp_path, "数字错", "公务接待费呢？", ANSWERED)
    draft = next(cases(tmp_path)) | {"answer": "1.30万元。", "pages": {"甲.pdf": [3]}}
    (tmp_path / "cases.jsonl").write_text(json.dumps(draft, ensure_ascii=False) + "\n", encoding="utf-8")
    assert load(tmp_path / "cases.jsonl")[0].id == "fb-001"


def test_a_question_with_signs_that_end_lines_or_are_none_is_kept(tmp_path: Path) -> None:
    for question in ("一\u2028二\x85三\x0c四", "\ud800五"):
        keep(tmp_path, "其他", question, replace(ANSWERED, resolved=""))
    assert [one["question"] for one in cases(tmp_path)] == ["一\u2028二\x85三\x0c四", "?五"]


def test_a_made_up_reason_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShelfError):
        keep(tmp_path, "<script>", "问", ANSWERED)
    assert not (tmp_path / FILE).exists()


def test_a_shelf_without_feedback_has_no_drafts(tmp_path: Path) -> None:
    assert list(cases(tmp_path)) == []
