"""The command that puts the same cases to a shelf on files and to one on servers; and that it would notice a difference."""

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import SettingError
from corpus.settings import load_settings
from corpus.shelf import Shelf
from evals.same_on_servers import filled, run
from tests.corpus.servers import ChromaServer, Postgres
from tests.qa.small_report import small_report

FILE = "某市甲区财政局2024年度部门决算.pdf"
CASES: tuple[dict[str, object], ...] = tuple(
    {"id": f"q{n}", "question": question, "type": "lookup_text", "reports": [FILE], "answer": "", "value": None, "unit": None, "tolerance": None, "must_include": [], "pages": {}, "note": ""}
    for n, question in enumerate(("2024年公务接待费花了多少？", "机关运行经费为什么减少？", "2024年会议费花了多少？"))
)


@pytest.fixture
def chosen(tmp_path: Path) -> Namespace:
    reports, cases = tmp_path / "reports", tmp_path / "qa.jsonl"
    reports.mkdir()
    small_report(reports / FILE)
    cases.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in CASES), encoding="utf-8")
    return Namespace(cases=[cases], reports=reports, here=tmp_path / "here", there=tmp_path / "there", json=tmp_path / "differ.json")


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    database, chroma = Postgres(), ChromaServer(tmp_path / "chroma")
    (tmp_path / "chroma").mkdir()
    try:
        database.start()
        chroma.start()
        monkeypatch.setenv("MINGZHANG_DATABASE_URL", database.url)
        monkeypatch.setenv("MINGZHANG_CHROMA_URL", chroma.url)
        yield
        chroma.stop()
    finally:
        database.remove()


def test_both_shelves_answer_alike_and_a_difference_is_told(chosen: Namespace, servers: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(chosen, tmp_path)
    assert "qa.jsonl：3 题，相同 3，不同 0" in capsys.readouterr().out
    assert (chosen.here / "shelf.sqlite").exists() and not (chosen.there / "shelf.sqlite").exists()
    there = Shelf.open(load_settings(shelf=chosen.there))
    with there.store.engine.begin() as c:
        c.exec_driver_sql("UPDATE facts SET body = replace(body, '1.28', '1.29')")
        c.exec_driver_sql("UPDATE meta SET value = '9' WHERE name = 'revision'")
    there.close()
    assert not run(chosen, tmp_path)
    assert "不同 1" in capsys.readouterr().out
    assert [case["id"] for case in json.loads(chosen.json.read_text(encoding="utf-8"))] == ["q0"]


def test_without_servers_there_is_nothing_to_compare(chosen: Namespace, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="MINGZHANG_DATABASE_URL"):
        run(chosen, tmp_path)


def test_a_shelf_with_other_reports_is_refused(chosen: Namespace, tmp_path: Path) -> None:
    small = filled(chosen.here, [chosen.reports / FILE], False)
    small.close()
    with pytest.raises(SettingError, match="还有别的报告"):
        filled(chosen.here, [], False)
