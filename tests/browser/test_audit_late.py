"""体检 on a slow machine and with hostile documents: nothing late stands under another report, nothing in a document runs."""

import csv
import io
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Page, expect

from corpus.amount import WAN, Amount
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.fact import Basis, Discrepancy, Fact, Measure, Origin, Severity
from corpus.record import Record
from corpus.table import Sums, TableInfo
from qa.audit import Audited, audit_record
from qa.reply import Reply, Status
from tests.browser.visitors import Started
from ui.app import build, web
from ui.ask_screen import Asking
from ui.audit_screen import Auditing
from ui.start import nothing_to_do

EVIL = '<img src=x onerror="window.bad=1"><script>window.bad=2</script>[点](javascript:window.bad=3)![图](http://evil.example/x.png)'
HELD = 300
"""Seconds that something held by a test waits to be let go: longer than any step of a walk on a slow machine."""
FIGURES = ("12.50", "1,234.00", "", "=1+1")


def record(letter: str, words: str = "") -> Record:
    id, file = letter * 16, f"{letter}{words}.pdf"
    source = Source(file, 3, (90, 80, 200, 100))
    d = Disclosure(id, "0" * 64, file, f"{letter}局{words}", (), 2024, Kind.FINAL, Scope.DEPARTMENT, 9, (source,), True)
    tables = tuple(
        TableInfo(f"{id}-t{n}", id, f"{letter}表{n}{words}", form, f"万元{words}", (source,), Origin.TEXT, Sums.HOLD, form == "三公经费表", f"注{words}")
        for n, form in enumerate(("", "支出表", "三公经费表"))
    )
    facts = tuple(
        Fact(f"{id}-{n}{k}", id, f"{id}-t{n}", k, 1, tables[n].title, tables[n].form, (f"项{k}{words}",), "2080505", (f"决算数{words}",), Measure.AMOUNT,
             Basis.FINAL, "", 2024, Amount(Decimal(text.replace(",", "")), WAN) if text[:1].isdigit() else None, source, Origin.TEXT, True, text)
        for n in (0, 1) for k, text in enumerate(FIGURES)
    )  # fmt: skip
    finding = Discrepancy("parts_sum_to_total", Severity.ERROR, f"{letter}的发现{words}", (source,), f"1{words}", f"2{words}", f"1 + 1 = 3{words}")
    return Record(d, "1", tables, facts, (), (finding,))


class Reports:
    """Reports in memory; `held` holds an audit or a table up until it is let go."""

    def __init__(self, *records: Record) -> None:
        self.records = {one.disclosure.id: one for one in records}
        self.held: dict[str, threading.Event] = {}
        self.begun = threading.Event()

    def wait(self, what: str) -> None:
        if what in self.held:
            self.begun.set()
            assert self.held[what].wait(HELD)

    def disclosures(self) -> list[Disclosure]:
        found = [one.disclosure for one in self.records.values()]
        self.wait("list")
        return found

    def audit(self, id: str) -> Audited:
        self.wait(f"audit {id[0]}")
        return audit_record(self.records[id])

    def tables(self, id: str) -> tuple[TableInfo, ...]:
        return self.records[id].tables

    def facts(self, id: str) -> tuple[Fact, ...]:
        self.wait(f"facts {id[0]}")
        return self.records[id].facts


Opened = Callable[[Reports], Page]


@pytest.fixture
def opened(page: Page, start: Started, tmp_path: Path) -> Opened:
    picture = tmp_path / "page.png"
    Image.new("L", (1190, 1684), 255).save(picture)

    def open_page(reports: Reports) -> Page:
        asking = Asking(lambda question, past: Reply(Status.ANSWERED, "答"), lambda: "<p class='welcome'>开</p>", nothing_to_do)
        auditing = Auditing(reports.audit, reports.disclosures, reports.tables, reports.facts)
        page.goto(start(web(build(asking, auditing=auditing), lambda id, page, dpi: picture)))
        page.click("role=tab[name=体检]")
        return page

    return open_page


def choose(page: Page, title: str) -> None:
    page.click("#report input")
    page.locator("#report [role=option], [role=option]").filter(has_text=title).first.click()


def test_a_report_chosen_last_is_the_one_that_is_shown(opened: Opened) -> None:
    reports = Reports(record("a"), record("b"))
    reports.held["audit a"] = threading.Event()
    page = opened(reports)
    choose(page, "a局")
    assert reports.begun.wait(HELD)
    choose(page, "b局")
    reports.held["audit a"].set()
    expect(page.locator(".report-title")).to_contain_text("b局")
    expect(page.locator(".finding.error")).to_contain_text("b的发现")


def test_coming_back_to_the_screen_does_not_undo_a_choice(opened: Opened) -> None:
    reports = Reports(record("a"), record("b"))
    page = opened(reports)
    choose(page, "a局")
    expect(page.locator(".report-title")).to_contain_text("a局")
    reports.held["list"] = threading.Event()
    page.click("role=tab[name=问答]")
    page.click("role=tab[name=体检]")
    assert reports.begun.wait(HELD), "the reports to choose from are being looked up"
    choose(page, "b局")
    expect(page.locator(".report-title")).to_contain_text("b局")
    reports.held["list"].set()
    page.click("[data-table] >> nth=0")
    expect(page.locator(".table-view h2")).to_have_text("b表1")
    expect(page.locator("#report input")).to_have_value("b局 2024年部门决算")


def test_the_table_clicked_last_is_shown_and_none_of_another_report(opened: Opened) -> None:
    reports = Reports(record("a"), record("b"))
    page = opened(reports)
    choose(page, "a局")
    page.wait_for_selector("[data-table]")
    reports.held["facts a"] = threading.Event()
    page.click("[data-table] >> nth=0")
    assert reports.begun.wait(HELD)
    page.click("[data-table] >> nth=1")
    choose(page, "b局")
    expect(page.locator(".report-title")).to_contain_text("b局")
    reports.held.pop("facts a").set()
    page.click("[data-table] >> nth=1")
    expect(page.locator(".table-view h2")).to_have_text("b表0")
    assert page.locator(".table-view:visible").count() == 1


def test_a_corrected_identity_stands_over_the_findings_at_once(opened: Opened) -> None:
    reports = Reports(record("a"))
    page = opened(reports)
    expect(page.locator(".report-title")).to_have_text("a局 2024年部门决算")
    one = reports.records["a" * 16]
    now = replace(one.disclosure, publisher="乙局", read_as=one.disclosure.title)
    reports.records["a" * 16] = replace(one, disclosure=now)
    page.click("role=tab[name=问答]")
    page.click("role=tab[name=体检]")
    expect(page.locator(".report-title")).to_have_text("乙局 2024年部门决算")
    expect(page.locator("#findings")).to_contain_text("人工更正；程序读出的是：a局 2024年部门决算")


def test_the_standard_forms_come_first_and_a_table_without_figures_leads_to_its_page(opened: Opened) -> None:
    page = opened(Reports(record("a")))
    page.wait_for_selector("#tables .tables")
    assert page.locator("#tables .tables .name").all_inner_texts() == ["a表1", "a表2", "a表0"]
    unread = page.locator("#tables .unread")
    assert "没有数字" in unread.inner_text()
    unread.click()
    page.wait_for_selector("#evidence[data-shown]")
    assert "第3页" in page.inner_text("#evidence h2")


def test_a_finding_shows_the_boxed_piece_of_its_page(opened: Opened) -> None:
    page = opened(Reports(record("a")))
    cut = page.locator(".finding.error .cut")
    expect(cut.locator("i")).to_be_visible()
    view, mark = cut.locator(".window").bounding_box(), cut.locator("i").bounding_box()
    assert view and mark and view["x"] <= mark["x"] and view["y"] <= mark["y"]
    assert mark["x"] + mark["width"] <= view["x"] + view["width"] and mark["y"] + mark["height"] <= view["y"] + view["height"]


def test_nothing_in_a_report_runs_wherever_it_is_shown(opened: Opened, tmp_path: Path) -> None:
    asked: list[str] = []
    reports = Reports(record("a", EVIL))
    page = opened(reports)
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".finding.error .message")).to_contain_text(EVIL)
    expect(page.locator(".report-title")).to_contain_text(EVIL)
    expect(page.locator(".finding.error .working")).to_contain_text(EVIL)
    page.click("[data-table] >> nth=0")
    for part in ("h2", ".tally-head", "tbody th >> nth=0", "thead th >> nth=2", ".table-note"):
        expect(page.locator(f".table-view {part}")).to_contain_text(EVIL)
    page.locator(".table-view td button").first.click()
    expect(page.locator("#evidence h2")).to_contain_text(EVIL)
    page.click("#evidence .close")
    page.locator(".finding.error .source").click()
    expect(page.locator("#evidence h2")).to_contain_text("a" + EVIL)
    planted = "#findings img[src=x], #tables img, #table img, #findings script, #table a[href^=javascript], #evidence a"
    assert page.evaluate(f"[window.bad, document.querySelectorAll({planted!r}).length]") == [None, 0]
    assert not [url for url in asked if "evil.example" in url]
    for form in ("CSV", "Excel"):
        with page.expect_download() as download:
            page.click(f"#table .downloads a:text-is('{form}')")
        saved = tmp_path / ("t.xlsx" if form == "Excel" else "t.csv")
        download.value.save_as(saved)
        rows = [[cell.value for cell in row] for row in load_workbook(saved).worksheets[0].iter_rows()] if form == "Excel" else list(
            csv.reader(io.StringIO(saved.read_text(encoding="utf-8-sig")))
        )  # fmt: skip
        assert rows[0][0] == "编码" and str(rows[4][2]) == "'=1+1", "a formula from a report stays text"


def test_a_spreadsheet_can_reckon_with_the_figures_of_a_table(opened: Opened, tmp_path: Path) -> None:
    page = opened(Reports(record("a")))
    page.click("[data-table] >> nth=0")
    with page.expect_download() as download:
        page.click("#table .downloads a:text-is('Excel')")
    download.value.save_as(tmp_path / "t.xlsx")
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == [12.5, 1234, None]
    assert [sheet.cell(row, 3).number_format for row in (2, 3)] == ["0.00", "#,##0.00"]
    assert sheet.cell(2, 1).value == "2080505", "a code is no figure"
