"""Runs, reports and comparisons with hand-made systems."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from corpus.errors import CaseError, FileError
from evals.case import Case, QaCase, load, template
from evals.page import write_page
from evals.report import as_json, compare, lines, show
from evals.run import files_of, main, run
from evals.summary import summary
from evals.systems import by_kind, fingerprint, shelf_of

GOOD = {"status": "answered", "answer": "0.91万元[1]",
        "values": [{"value": "0.91", "unit": "万元", "label": "公务接待费"}],
        "citations": [{"n": 1, "file": "某某街道办事处2025年部门预算.pdf", "page": 29, "quote": "0.91"}]}
REFUSED: dict[str, Any] = {"status": "refused", "answer": "没有2031年的报告。", "values": [], "citations": []}


@pytest.fixture
def cases(tmp_path: Path) -> tuple[Case, ...]:
    path = tmp_path / "set.jsonl"
    path.write_text(template(), encoding="utf-8")
    return load(path)


def system(case: Case) -> dict[str, Any]:
    assert isinstance(case, QaCase)
    return dict(GOOD if case.type == "lookup_table" else REFUSED)


def test_a_run_counts_what_it_saw(cases: tuple[Case, ...]) -> None:
    found = summary(run(cases, lambda: system))
    assert (found["cases"], found["correct"], found["wrong_figure"]) == (3, 2, 0)
    assert found["outcomes"] == {"correct": 2, "refused": 1}
    assert found["citation"]["hit"] == found["citation"]["of"] == 1
    assert found["failures"] == {"refused wrongly": 1}


def test_the_table_shows_every_type_and_the_interval(cases: tuple[Case, ...]) -> None:
    console = Console(record=True, width=120)
    show(run(cases, lambda: system), "试题", console)
    text = console.export_text()
    assert all(word in text for word in ("表内数字", "原因", "应拒答", "误拒答", "95% 区间", "正确 2/3"))


def test_a_run_broken_off_goes_on_where_it_stopped(cases: tuple[Case, ...], tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    asked: list[str] = []
    again: list[str] = []

    def breaks(case: Case) -> dict[str, Any]:
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.append(case.id)
        return system(case)

    def goes_on(case: Case) -> dict[str, Any]:
        again.append(case.id)
        return system(case)

    with pytest.raises(KeyboardInterrupt):
        run(cases, lambda: breaks, journal)
    journal.write_text(journal.read_text(encoding="utf-8") + '{"id": "my-03", "res', encoding="utf-8")
    scored = run(cases, lambda: goes_on, journal)
    assert (asked, again) == (["my-01", "my-02"], ["my-03"])
    assert [one.outcome for one in scored] == ["correct", "refused", "correct"]


def test_an_error_of_ours_fails_the_case_and_the_run_goes_on(cases: tuple[Case, ...]) -> None:
    def fails(case: Case) -> dict[str, Any]:
        raise FileError("a.pdf", "打不开")

    scored = run(cases, lambda: fails)
    assert {one.outcome for one in scored} == {"failed"}
    assert "打不开" in scored[0].result["error"]


def test_a_case_goes_to_the_function_of_its_kind(cases: tuple[Case, ...]) -> None:
    put = by_kind(lambda q: {"ask": q}, lambda t: {"check": t}, lambda f: {"audit": f})
    assert put(cases[0]) == {"ask": "某某街道办事处2025年公务接待费预算是多少？"}


def test_a_report_that_no_folder_holds_is_named(cases: tuple[Case, ...], tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="某某街道办事处2025年部门预算.pdf"):
        files_of(cases, tmp_path)
    (tmp_path / "某某街道办事处2025年部门预算.pdf").write_bytes(b"x")
    (tmp_path / ".hidden.pdf").write_bytes(b"x")
    assert [file.name for file in files_of(cases, tmp_path)] == ["某某街道办事处2025年部门预算.pdf"]


def test_a_shelf_is_known_by_content_not_by_folder(tmp_path: Path) -> None:
    for folder, content in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "r.pdf").write_bytes(content)
    a, b, c = (fingerprint([tmp_path / folder / "r.pdf"]) for folder in "abc")
    assert a == b != c


def test_a_run_keeps_to_a_shelf_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An evaluation must never put its reports on the shelf that readers use."""
    monkeypatch.setenv("MINGZHANG_CACHE", str(tmp_path))
    monkeypatch.setenv("MINGZHANG_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/readers")
    monkeypatch.setenv("MINGZHANG_CHROMA_URL", "http://127.0.0.1:9")
    shelf = shelf_of(())
    assert shelf.disclosures() == () and shelf.folder.is_relative_to(tmp_path)
    shelf.close()


def test_two_runs_are_compared(cases: tuple[Case, ...], tmp_path: Path) -> None:
    def better(case: Case) -> dict[str, Any]:
        return {**REFUSED, "status": "answered", "answer": "因为车辆类型不同"} if case.id == "my-02" else dict(GOOD)

    for name, scored in (("a", run(cases, lambda: system)), ("b", run(cases, lambda: better))):
        (tmp_path / f"{name}.json").write_text(json.dumps(as_json(scored)), encoding="utf-8")
    console = Console(record=True, width=120)
    change = compare(tmp_path / "a.json", tmp_path / "b.json", console)
    assert (change["fixed"], change["broken"], change["unchanged"], change["p"]) == (["my-02"], ["my-03"], 1, 1.0)
    assert change["wrong_figure"] == [0, 1]
    assert "修好 1，弄坏 1" in console.export_text()


def test_what_is_no_result_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(CaseError, match="a.json 不是评测结果"):
        compare(tmp_path / "a.json", tmp_path / "a.json")


def test_the_page_shows_misses_as_text_never_as_markup(cases: tuple[Case, ...], tmp_path: Path) -> None:
    def hostile(case: Case) -> dict[str, Any]:
        cited = {"n": 1, "file": "<img src=x>", "page": 2, "quote": "<script>alert(1)</script>"}
        return {"status": "answered", "answer": "9万元<script>",
                "values": [{"value": "9", "unit": "万元", "label": "<b>"}],
                "citations": [cited]}

    path = tmp_path / "page.html"
    write_page(path, run(cases, lambda: hostile), lambda file, page: b"png" if page == 29 else None)
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text and "<img src=x" not in text
    assert "某某街道办事处2025年公务接待费预算是多少？" in text
    assert "标准出处：某某街道办事处2025年部门预算.pdf 第29页" in text and "data:image/png;base64," in text
    assert "http" not in text
    assert "数字错 · 取错部门" in text


def test_lines_say_the_spread_beside_each_headline(cases: tuple[Case, ...]) -> None:
    told = lines(summary(run(cases, lambda: system)))
    assert sum("95% 区间" in line for line in told) >= 3


REPORT = Path(__file__).parents[1].parent / "shared/reports/other_forms/wuhan_2025_budget_expenditure.pdf"


@pytest.mark.skipif(not REPORT.is_file(), reason="the report is not part of the repository")
def test_the_baseline_answers_with_a_passage_and_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = {"id": "b", "question": "武汉市2025年教育支出执行了多少？", "type": "lookup_table", "reports": [REPORT.name],
            "value": "3586819", "unit": "万元", "tolerance": "0.5", "must_include": [], "pages": {REPORT.name: [1]}}
    (tmp_path / "set.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / REPORT.name).symlink_to(REPORT)
    monkeypatch.setenv("MINGZHANG_CACHE", str(tmp_path / "cache"))
    out = tmp_path / "out.json"
    found = main(tmp_path / "set.jsonl", tmp_path / "reports", out, tmp_path / "out.html", system="baseline")
    assert found["summary"]["citation"]["hit"] == 1
    assert found["cases"][0]["result"]["citations"][0]["file"] == REPORT.name
    assert json.loads(out.read_text(encoding="utf-8"))["summary"]["cases"] == 1
    assert not list(tmp_path.glob(".out.json.*"))


def test_an_unknown_system_is_a_setting_error_that_names_the_known() -> None:
    from corpus.errors import SettingError
    from evals.systems import open_system

    with pytest.raises(SettingError, match="mingzhang、baseline"):
        open_system("gpt", (), "none")
