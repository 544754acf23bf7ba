"""All facts of six real pages, checked by eye against the picture of the page: exact."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.disclosure import Kind
from corpus.fact import Fact
from ingest.facts import facts_of
from ingest.pages import read_pages
from ingest.tables import tables_of
from tests.ingest.drawn import DISCLOSURE

SHARED = Path(__file__).parents[2].parent / "shared"
GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.jsonl"))


def as_row(fact: Fact) -> list[object]:
    number, unit = (str(fact.amount.number), fact.amount.unit.name) if fact.amount else (None, "")
    item, column = "›".join(fact.item), "›".join(fact.column)
    return [item, fact.account, column, fact.measure, fact.basis, fact.versus, fact.year, number, unit, fact.text]


@pytest.mark.parametrize("golden", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_facts_of_a_page(golden: Path) -> None:
    about, *rows = (json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines())
    path = SHARED / about["file"]
    if not path.exists():
        pytest.skip(f"没有 {about['file']}：真实报告不随项目发布")
    disclosure = replace(DISCLOSURE, file=path.name, year=about["year"], kind=Kind(about["kind"]))
    pages = (page for page in read_pages(path) if about["first"] <= page.number <= about["page"])
    facts, _ = facts_of(tuple(tables_of(pages, disclosure)), disclosure)
    found = [fact for fact in facts if fact.source.page == about["page"]]
    assert [as_row(fact) for fact in found] == rows
    assert {(fact.table, fact.form) for fact in found} == {(about["table"], about["form"])}
