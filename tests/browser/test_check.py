"""核查, walked as its user would, on the shipped report with the program's own checking."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from corpus.shelf import Shelf

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Page, Browser = sync_api.Page, sync_api.Browser

PLANTED = '<img src=x onerror="window.bad=1"><script>window.bad=2</script>[点](javascript:window.bad=3)'
ARTICLE = (
    "武汉市硚口区人民政府办公室2022年度决算近日公开。“三公”经费支出4.28万元，比上年减少1.23万元。全年公务接待58人次。"
    f"另据城东区财政局通报，2022年教育支出为3.5亿元。{PLANTED}"
)


def checked(page: Page, address: str, article: str = ARTICLE) -> Page:
    page.goto(address)
    page.wait_for_selector(".example")
    page.click("role=tab[name=核查]")
    page.fill("#article textarea", article)
    page.click("#check-go")
    page.wait_for_selector("#verdicts .article, #verdicts .notice", timeout=60_000)
    return page


def mark(page: Page, words: str) -> Any:
    return page.locator(".article .mark", has_text=words)


def test_each_figure_is_marked_in_sign_and_word_not_by_colour_alone(page: Page, real_site: str) -> None:
    checked(page, real_site)
    for words, sign, ruling in (("4.28万元", "✓", "一致"), ("1.23万元", "✗", "不符"), ("58人次", "✗", "不符"), ("3.5亿元", "？", "无依据")):
        found = mark(page, words)
        assert sign in found.inner_text() and ruling in (found.get_attribute("aria-label") or ""), words
    assert page.inner_text(".tally").split() == ["✓", "一致", "1", "✗", "不符", "2", "？", "无依据", "1"]


def test_a_marked_figure_opens_the_page_with_the_box_and_what_is_disclosed(page: Page, real_site: str) -> None:
    checked(page, real_site)
    mark(page, "58人次").click()
    page.wait_for_selector("#evidence[data-shown]")
    assert "85人次" in page.inner_text("#evidence .verdict-note")
    assert "85人次" in page.inner_text("#evidence blockquote").replace(" ", "")
    box, sheet = page.locator("#evidence .box").bounding_box(), page.locator("#evidence .sheet").bounding_box()
    assert box and sheet and sheet["y"] <= box["y"] <= sheet["y"] + sheet["height"]
    page.keyboard.press("Escape")
    mark(page, "3.5亿元").focus()
    page.keyboard.press("Enter")
    assert page.is_visible("#evidence") and page.is_hidden("#evidence .leaf"), "no page is shown where nothing is disclosed"


def test_the_checked_text_runs_nothing(page: Page, real_site: str) -> None:
    checked(page, real_site)
    page.wait_for_timeout(300)
    assert PLANTED in page.inner_text("#verdicts .article")
    assert page.locator("#verdicts .article img, #verdicts .article script, #verdicts .article a[href]").count() == 0
    assert page.evaluate("window.bad") is None


def test_the_result_is_exported_with_the_reports_hash(page: Page, real_site: str, real_shelf: Shelf, tmp_path: Path) -> None:
    checked(page, real_site)
    sha = real_shelf.disclosures()[0].sha256
    files = {}
    for name, form in (("Excel", "xlsx"), ("CSV", "csv"), ("Markdown", "md"), ("JSON", "json")):
        with page.expect_download() as download:
            page.click(f".downloads a:text-is('{name}')")
        files[form] = tmp_path / f"checked.{form}"
        download.value.save_as(files[form])
        assert download.value.suggested_filename == f"核查结果.{form}"
    assert sha in files["md"].read_text() and sha in files["csv"].read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    assert rows[0][:3] == ["序号", "文中所写", "判定"] and rows[1][1:3] == ["4.28万元", "一致"]
    data = json.loads(files["json"].read_text())
    assert [claim["verdict"] for claim in data["claims"]] == ["supported", "refuted", "refuted", "unverifiable"]
    book = load_workbook(files["xlsx"])
    assert book["核查结果"]["B3"].value == "1.23万元" and sha in str(book["说明"]["B2"].value)


def test_a_file_is_opened_checked_and_not_kept(page: Page, real_site: str) -> None:
    page.goto(real_site)
    page.wait_for_selector(".example")
    page.click("role=tab[name=核查]")
    with page.expect_file_chooser() as chooser:
        page.click("#check-file")
    chooser.value.set_files([{"name": "文章.txt", "mimeType": "text/plain", "buffer": ARTICLE.encode("gb18030")}])
    page.wait_for_selector("#verdicts .article", timeout=60_000)
    assert ARTICLE in page.input_value("#article textarea")


def test_a_text_without_a_checkable_figure_says_so(page: Page, real_site: str) -> None:
    checked(page, real_site, "今天天气很好，各项工作稳步推进。")
    assert "没有找到可以核查的数字" in page.inner_text("#verdicts")


def test_on_a_phone_the_marked_text_fits_and_stays_in_view(browser: Browser, real_site: str) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
    checked(page, real_site)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    mark(page, "58人次").click()
    page.wait_for_selector("#evidence[data-shown]")
    page.wait_for_timeout(700)
    at, pane = mark(page, "58人次").bounding_box(), page.locator("#evidence").bounding_box()
    assert at and pane and 0 <= at["y"] < pane["y"], "the tapped figure is hidden by the pane"
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_a_checked_article_stands_out_from_its_ground(browser: Browser, real_site: str, scheme: str, contrast: str) -> None:
    page = browser.new_context(color_scheme=scheme, locale="zh-CN").new_page()
    checked(page, real_site)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.wait_for_timeout(300)
    assert page.evaluate(contrast) == []
    page.context.close()
