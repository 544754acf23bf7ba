"""体检, walked as its user would, on the shipped report with the program's own audit."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from corpus.shelf import Shelf
from tests.browser.visitors import Scheme, Visitors


def audited(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector(".example")
    page.click("role=tab[name=体检]")
    page.wait_for_selector("#findings .checked-rules", timeout=60_000)
    page.wait_for_selector("#tables [data-table]", timeout=60_000)
    return page


def test_findings_stand_by_severity_with_their_boxed_page(page: Page, real_site: str) -> None:
    audited(page, real_site)
    first = page.locator(".finding.error", has_text="行政单位医疗").first
    assert all(part in first.inner_text() for part in ("✗", "错误", "18.05万元", "32.74万元", "依据"))
    first.locator(".source").first.click()
    page.wait_for_selector("#evidence[data-shown]")
    assert "第16页" in page.inner_text("#evidence h2") and page.is_visible("#evidence .box")


def test_what_was_not_checked_is_said_and_never_shown_as_passed(page: Page, real_site: str) -> None:
    audited(page, real_site)
    assert "不等于没有问题" in page.inner_text(".unchecked-rules summary")
    page.click(".unchecked-rules summary")
    assert "各分项空白" in page.inner_text(".unchecked-rules ul")
    assert "各分项空白" not in page.inner_text(".checked-rules")


def test_a_table_is_drawn_again_and_its_figure_opens_the_page(page: Page, real_site: str) -> None:
    audited(page, real_site)
    page.click("[data-table] >> text=财政拨款收入支出决算总表")
    page.wait_for_selector(".table-view table")
    row = page.locator(".table-view tbody tr", has_text="八、社会保障和就业支出")
    assert row.locator("td button").all_inner_texts() == ["91.31", "91.31"]
    row.locator("td button").first.click()
    page.wait_for_selector("#evidence[data-shown]")
    assert "八、社会保障和就业支出 91.31" in page.inner_text("#evidence h2")
    box, sheet = page.locator("#evidence .box").bounding_box(), page.locator("#evidence .sheet").bounding_box()
    assert box and sheet and sheet["x"] <= box["x"] and box["x"] + box["width"] <= sheet["x"] + sheet["width"]


def test_a_blank_cell_of_a_table_is_no_zero(page: Page, real_site: str) -> None:
    audited(page, real_site)
    page.click("[data-table] >> text=财政拨款收入支出决算总表")
    page.wait_for_selector(".table-view table")
    row = page.locator(".table-view tbody tr", has_text="二、外交支出")
    assert row.locator("td").all_inner_texts() == [""] * 5


def test_a_form_whose_heads_name_the_figures_has_them_in_one_row(page: Page, real_site: str) -> None:
    audited(page, real_site)
    page.click("[data-table] >> text=经费支出决算表")
    page.wait_for_selector(".table-view table")
    assert page.locator(".table-view tbody tr").count() == 1
    shown = ["6.02", "0.00", "3.00", "", "", "3.02", "4.28", "0.00", "3.00", "0.00", "3.00", "1.28"]
    assert page.locator(".table-view tbody td").all_inner_texts() == shown


def test_tables_and_all_figures_are_downloaded(page: Page, real_site: str, real_shelf: Shelf, tmp_path: Path) -> None:
    audited(page, real_site)
    page.click("[data-table] >> text=经费支出决算表")
    page.wait_for_selector(".table-view table")
    for place, form, expected in (("#table", "CSV", "6.02"), ("#tables", "CSV", "2,711.50"), ("#findings", "JSON", "outturn_against_budget")):
        with page.expect_download() as download:
            page.click(f"{place} .downloads a:text-is('{form}')")
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
        assert expected in saved.read_text(encoding="utf-8-sig"), place
    facts = page.request.get(f"{real_site}facts/{real_shelf.disclosures()[0].id}.csv").text()
    assert len(list(csv.reader(io.StringIO(facts)))) == 1 + len(real_shelf.facts())
    findings = json.loads((tmp_path / f"体检结果 {real_shelf.disclosures()[0].title}.json").read_text())
    assert findings["report"]["sha256"] == real_shelf.disclosures()[0].sha256
    assert page.request.get(f"{real_site}facts/{'0' * 16}.csv").status == 404


def test_on_a_phone_findings_and_tables_fit(browser: Visitors, real_site: str) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
    audited(page, real_site)
    page.click("[data-table] >> text=财政拨款收入支出决算总表")
    page.wait_for_selector(".table-view table")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_findings_and_tables_stands_out_from_its_ground(browser: Visitors, real_site: str, scheme: Scheme, contrast: str) -> None:
    page = browser.new_context(color_scheme=scheme, locale="zh-CN").new_page()
    audited(page, real_site)
    page.click("[data-table] >> text=财政拨款收入支出决算总表")
    page.wait_for_selector(".table-view table")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.wait_for_timeout(300)
    assert page.evaluate(contrast) == []
    page.context.close()
