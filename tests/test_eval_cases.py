"""The sets that we wrote ourselves: every gold figure is computed again and every quote found on its pages."""

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from evals.case import ArticleCase, QaCase, load

ROOT = Path(__file__).parents[1]
CASES = ROOT / "evals" / "cases"
SHARED = ROOT.parent / "shared"
needs_reports = pytest.mark.skipif(not SHARED.is_dir(), reason="the reports are not part of the repository")
CLAIMS = ("own_claims.jsonl", "fresh_claims.jsonl", "third_claims.jsonl", "fourth_claims.jsonl", "fifth_claims.jsonl")
QUESTIONS = ("own_qa.jsonl", "fresh_qa.jsonl", "third_qa.jsonl", "fourth_qa.jsonl", "fifth_qa.jsonl")
ARTICLES = ("fresh_articles.jsonl", "third_articles.jsonl", "fourth_articles.jsonl")
OWN = ("own_qa.jsonl", "own_claims.jsonl")


def raw(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@cache
def pages(file: str) -> tuple[str, ...]:
    path = next(iter(sorted((*SHARED.rglob(file), *(ROOT / "corpus" / "files").glob(file)))))
    with pypdfium2.PdfDocument(path) as document:
        return tuple(squeezed(page.get_textpage().get_text_range()) for page in document)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("\ufffe", "").replace("\u0002", "")


def carrying(file: str, quote: str) -> list[int]:
    return [number for number, text in enumerate(pages(file), start=1) if squeezed(quote) in text]


def computed(expr: str) -> Decimal:
    """Arithmetic of a gold expression in Decimal; nothing but digits and the four operators is evaluated."""
    assert re.fullmatch(r"[\d.+\-*/() ]+", expr), expr
    value = eval(re.sub(r"\d+(?:\.\d+)?", lambda number: f"Decimal('{number.group()}')", expr), {"Decimal": Decimal})
    assert isinstance(value, Decimal)
    return value


@pytest.mark.parametrize("name", [*QUESTIONS, *CLAIMS, "paraphrases.jsonl"])
def test_our_sets_load_and_say_nothing_twice(name: str) -> None:
    cases = load(CASES / name)
    said = [case.question if isinstance(case, QaCase) else getattr(case, "text", "") for case in cases]
    assert len(cases) >= 60 and len(set(said)) == len(said)


def test_every_item_is_worded_anew_five_times() -> None:
    cases = [case for case in load(CASES / "paraphrases.jsonl") if isinstance(case, QaCase)]
    words = {case.of: [c.question for c in cases if c.of == case.of] for case in cases}
    assert len(words) >= 30
    assert all(len(questions) == 5 for questions in words.values())


@needs_reports
def test_a_paraphrase_keeps_the_gold_of_its_item() -> None:
    dev = {case.id: case for case in load(SHARED / "evals" / "dev" / "qa.jsonl") if isinstance(case, QaCase)}
    for case in load(CASES / "paraphrases.jsonl"):
        assert isinstance(case, QaCase)
        gold = dev[case.of]
        assert (case.value, case.unit, case.pages, case.must_include) == (
            gold.value, gold.unit, gold.pages, gold.must_include
        )
        assert case.question != gold.question


def test_every_computed_gold_of_a_question_computes() -> None:
    for item in (item for name in QUESTIONS for item in raw(name)):
        if item.get("expr"):
            assert abs(computed(item["expr"]) - Decimal(item["value"])) <= Decimal(item["tolerance"]), item["id"]


def test_every_computed_gold_of_a_claim_computes() -> None:
    for item in (item for name in CLAIMS for item in raw(name)):
        for number in item["numbers"]:
            if number["label"] != "unverifiable" and number["op"] != "bool":
                assert abs(computed(number["expr"]) - Decimal(number["truth"])) < Decimal("0.00001"), item["id"]


def test_every_figure_of_an_article_stands_where_it_says_and_computes() -> None:
    for item in (item for name in ARTICLES for item in raw(name)):
        for number in item["claims"]:
            assert item["text"][number["start"]:].startswith(number["span_text"]), item["id"]
            if number["label"] != "unverifiable" and number["op"] != "bool":
                assert abs(computed(number["expr"]) - Decimal(number["truth"])) < Decimal("0.00001"), item["id"]


def test_a_claim_is_labelled_with_the_worst_of_its_figures() -> None:
    order = ["none", "supported", "unverifiable", "refuted"]
    for item in (item for name in CLAIMS for item in raw(name)):
        assert item["label"] == max((n["label"] for n in item["numbers"]), key=order.index, default="none"), item["id"]


def test_our_claims_cover_every_label_and_many_errors() -> None:
    numbers = [n for case in load(CASES / "own_claims.jsonl") if isinstance(case, ArticleCase) for n in case.numbers]
    assert {n.label for n in numbers} == {"supported", "refuted", "unverifiable"}
    errors = {n.error for n in numbers}
    assert {"year", "unit", "direction", "digit", "order_of_magnitude", "base", "percent_vs_points", "item"} <= errors


@needs_reports
def test_every_quote_of_a_question_stands_on_exactly_its_pages() -> None:
    for item in (item for name in QUESTIONS for item in raw(name)):
        for file, quotes in item["quotes"].items():
            found = sorted({page for quote in quotes for page in carrying(file, quote)})
            assert all(carrying(file, quote) for quote in quotes), (item["id"], quotes)
            assert item["pages"].get(file, found) == found, item["id"]


@needs_reports
def test_every_quote_of_a_claim_stands_on_its_page() -> None:
    for item in (item for name in CLAIMS for item in raw(name)):
        for place in (place for place in item["evidence"] if place["file"].endswith(".pdf")):
            assert carrying(place["file"], place["quote"]) == place["pages"], item["id"]


@needs_reports
def test_what_an_unverifiable_claim_says_is_in_no_report() -> None:
    for item in raw("own_claims.jsonl"):
        for number in item["numbers"]:
            for absent in number.get("absent", ()):
                assert not any(carrying(file, absent) for file in item["reports"]), (item["id"], absent)
