"""Whose the tables of a file are, by the labels above them."""

from dataclasses import replace

from corpus.fact import Origin
from ingest.page import Line, Page
from ingest.whose_tables import tables_name_publisher
from tests.ingest.drawn import DISCLOSURE, line_at

DEPARTMENT = replace(DISCLOSURE, publisher="上海市某区城市管理行政执法局")


def told(*orgs: str) -> list[str]:
    return [one.actual for one in tables_name_publisher([_page(number, f"编制部门：{org}   单位：元") for number, org in enumerate(orgs, 1)], DEPARTMENT)]


def _page(number: int, text: str) -> Page:
    line: Line = line_at(text, 50, 60)
    return Page(number, 595, 842, (line,), (), Origin.TEXT)


OWN = "某区城市管理行政执法局"


def test_one_table_of_another_department_is_a_slip() -> None:
    assert told(*[OWN] * 5, "某区绿化和市容管理局") == ["某区绿化和市容管理局"]


def test_a_name_cut_short_is_the_same_department() -> None:
    assert told(*[OWN] * 5, "某区城管执法局") == [] and told(*[OWN] * 5) == []


def test_tables_of_several_departments_are_no_slip() -> None:
    assert told(*[OWN] * 5, "某区绿化和市容管理局", "某区民政局") == [] and told(OWN, "某区民政局") == []
