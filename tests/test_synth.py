"""The synthetic shelf: what its ledger says is what reading, answering, checking and auditing its reports bring back."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from corpus.embedding import Vectors
from corpus.fact import Fact
from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf
from evals.case import ArticleCase, QaCase, load
from evals.ledger import ledgers, publishers
from evals.summary import score
from evals.synth_check import compared
from evals.synth_page import STYLES
from evals.synth_questions import Drawn
from evals.synth_record import record_of
from evals.synthesize import main
from ingest.read import read
from qa import audit, check
from qa.answer import answer
from qa.render import as_json


class Alike:
    """Every text has the same vector: what is asked here is found by names and words."""

    name = "alike"

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 4), 0.5, dtype=np.float32)

    def query(self, text: str) -> Vectors:
        row: Vectors = self.passages([text])[0]
        return row


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Drawn, ...]]:
    """Two publishers, one of 决算 in 万元 and one of 预算 in 元, two years each."""
    folder = tmp_path_factory.mktemp("synth")
    return folder, main(4, folder, seed=5, years=2, pictures=False)


@pytest.fixture(scope="module")
def records(drawn: tuple[Path, tuple[Drawn, ...]]) -> dict[str, Record]:
    """The four PDFs, read."""
    folder, _ = drawn
    return {file.name: read(file) for file in sorted(folder.glob("*.pdf"))}


@pytest.fixture(scope="module")
def shelf(drawn: tuple[Path, tuple[Drawn, ...]], records: dict[str, Record]) -> Iterator[Shelf]:
    folder, _ = drawn
    opened = Shelf.open(load_settings(shelf=folder / "shelf"), Alike())
    for name, record in records.items():
        opened.save(record, folder / name)
    yield opened
    opened.close()


def test_the_same_seed_draws_the_same_files(drawn: tuple[Path, tuple[Drawn, ...]], tmp_path: Path) -> None:
    folder, _ = drawn
    main(4, tmp_path, seed=5, years=2, pictures=False)
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    for name in names:
        assert hashlib.sha256((folder / name).read_bytes()).digest() == hashlib.sha256((tmp_path / name).read_bytes()).digest(), name


@pytest.mark.parametrize("number", range(4))
def test_every_printed_figure_is_read_as_printed(drawn: tuple[Path, tuple[Drawn, ...]], records: dict[str, Record], number: int) -> None:
    folder, reports = drawn
    file = reports[number].report.file
    truth = [row for row in map(json.loads, (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines()) if row["file"] == file]
    made = compared(file, records[file].facts, truth)
    assert (made.missed, made.wrong, made.right) == ((), (), len(truth))


def test_a_planted_contradiction_is_noticed_and_a_clean_report_passes(drawn: tuple[Path, tuple[Drawn, ...]], shelf: Shelf) -> None:
    folder, _ = drawn
    ids = {d.file: d.id for d in shelf.disclosures()}
    cases = load(folder / "audit.json")
    assert len(cases) == 4
    assert {case.reports[0]: score(case, audit.as_json(audit.audit(ids[case.reports[0]], shelf))).outcome for case in cases} == {
        case.reports[0]: "correct" for case in cases
    }


def test_no_question_is_answered_with_a_wrong_figure_and_few_are_refused(drawn: tuple[Path, tuple[Drawn, ...]], shelf: Shelf) -> None:
    folder, _ = drawn
    loaded = load(folder / "qa.jsonl")
    cases = [case for case in loaded if isinstance(case, QaCase)]
    assert len(cases) == len(loaded) > 0
    outcomes = {case.question: score(case, as_json(answer(case.question, shelf))).outcome for case in cases}
    missed = {question: outcome for question, outcome in outcomes.items() if outcome != "correct"}
    assert "wrong_figure" not in missed.values(), missed
    assert len(missed) <= len(cases) // 50, missed


def test_every_claim_is_judged_as_the_ledger_has_it(drawn: tuple[Path, tuple[Drawn, ...]], shelf: Shelf) -> None:
    folder, _ = drawn
    loaded = load(folder / "claims.jsonl")
    cases = [case for case in loaded if isinstance(case, ArticleCase)]
    assert len(cases) == len(loaded) > 0
    wrong = [case.text for case in cases if score(case, check.as_json(check.check(case.text, shelf))).outcome != "correct"]
    assert wrong == []


def test_a_record_made_without_a_page_holds_the_figures_that_reading_finds(drawn: tuple[Path, tuple[Drawn, ...]], records: dict[str, Record]) -> None:
    one = drawn[1][0].report
    made, found = record_of(one), records[one.file]
    assert figures(made.facts) == figures(found.facts)


def figures(facts: Sequence[Fact]) -> list[tuple[str, str, Decimal]]:
    """Form, own name and value of every table figure."""
    return sorted((f.form, f.item[-1].partition("、")[2] or f.item[-1], f.amount.value) for f in facts if f.table_id and f.amount is not None)


def test_a_ledger_s_basic_expenditure_is_its_economic_items_and_amounts_are_whole_in_wan() -> None:
    for name in publishers(20):
        for ledger in ledgers(name, 2023, 2, 1):
            assert ledger.part("basic") == ledger.people + ledger.running
            assert all(amount % 100 == 0 for _, _, amount in ledger.economic)


def test_publishers_are_many_and_none_twice() -> None:
    names = publishers(1100)
    assert len(set(names)) == 1100
    assert all("虚构" in name for name in names)


def test_the_styles_differ_in_unit_codes_and_page() -> None:
    assert len({(style.unit, style.joined, style.landscape) for style in STYLES}) == len(STYLES)
