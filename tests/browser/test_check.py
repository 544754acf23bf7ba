"""核查, walked as its user would, on the shipped report with the program's own checking."""

import csv
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Locator, Page

from corpus.shelf import Shelf
from corpus.version import PROGRAM
from ingest.text import text_of
from qa.check import Step, check, steps
from qa.reply import Reply, Status
from tests.browser.visitors import Scheme, Started, Visitors
from tests.ingest.pdf_maker import make_pdf
from tests.ingest.pdf_maker import text as pdf_text
from ui.app import build, web
from ui.ask_screen import Asking
from ui.check_screen import Checking
from ui.render import welcome_html
from ui.start import Progress, nothing_to_do

PLANTED = '<img src=x onerror="window.bad=1"><script>window.bad=2</script>[点](javascript:window.bad=3)![图](http://evil.example/x.png)'
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
    finished(page)
    return page


def finished(page: Page) -> None:
    """What is found so far is shown before; the files stand at the end only."""
    page.wait_for_selector("#verdicts .downloads, #verdicts .notice")


ABOVE_THE_PANE = """() => {
  const mark = [...document.querySelectorAll('.article .mark')].find((one) => one.textContent.includes('58人次'));
  const at = mark.getBoundingClientRect().top;
  return at >= 0 && at < document.getElementById('evidence').getBoundingClientRect().top;
}"""
"""The tapped figure is not hidden by the pane."""


def mark(page: Page, words: str) -> Locator:
    return page.locator(".article .mark", has_text=words)


def test_each_figure_is_marked_in_sign_and_word_not_by_colour_alone(page: Page, real_site: str) -> None:
    checked(page, real_site)
    for words, sign, ruling in (("4.28万元", "✓", "一致"), ("1.23万元", "✗", "不符"), ("58人次", "✗", "不符"), ("3.5亿元", "？", "无依据")):
        found = mark(page, words)
        assert sign in found.inner_text() and ruling in (found.get_attribute("aria-label") or ""), words
    assert "披露 增加1.23万元" in page.inner_text("#verdict-2 > summary"), "the direction is what is wrong"
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
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    checked(page, real_site)
    page.wait_for_timeout(300)
    assert PLANTED in page.inner_text("#verdicts .article")
    assert page.locator("#verdicts .article img, #verdicts .article script, #verdicts .article a[href]").count() == 0
    name = "<img src=x onerror='window.bad=4'>.docx"
    page.set_input_files("#check-file input[type=file], input[type=file]", FilePayload(name=name, mimeType="", buffer=b"PK torn"))
    page.wait_for_selector("#verdicts .notice[role=alert]")
    assert "无法读取《" in page.inner_text("#verdicts .notice") and "img src=x" in page.inner_text("#verdicts .notice")
    assert page.evaluate("window.bad") is None and page.locator("#verdicts img").count() == 0
    assert not [url for url in asked if url.startswith("http://evil.example")]


def test_the_result_is_exported_with_the_reports_hash(page: Page, real_site: str, real_shelf: Shelf, tmp_path: Path) -> None:
    checked(page, real_site)
    sha = real_shelf.disclosures()[0].sha256
    files = {}
    for name, form in (("Word", "docx"), ("Excel", "xlsx"), ("CSV", "csv"), ("Markdown", "md"), ("JSON", "json")):
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
    words = [paragraph.text for paragraph in Document(str(files["docx"])).paragraphs]
    assert "2. 1.23万元" in words and "判定：不符" in words and any(sha in line for line in words) and f"程序：明账 {PROGRAM}" in words


def word_file(words: str) -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(out)
    return out.getvalue()


def test_a_file_of_any_kind_is_opened_checked_and_not_kept(page: Page, real_site: str, tmp_path: Path) -> None:
    page.goto(real_site)
    page.wait_for_selector(".example")
    page.click("role=tab[name=核查]")
    sentence = ARTICLE[: ARTICLE.index("比上年")]
    pdf = make_pdf(tmp_path / "文章.pdf", pdf_text(20, 700, sentence, 9))
    web = f"<html><head><meta charset='utf-8'><script>var a = 1;</script></head><body><p>{sentence}</p></body></html>"
    files = {"txt": ARTICLE.encode("gb18030"), "docx": word_file(ARTICLE), "pdf": pdf.read_bytes(), "html": web.encode()}
    for number, (form, content) in enumerate(files.items()):
        page.set_input_files("#check-file input[type=file], input[type=file]", FilePayload(name=f"文章{number}.{form}", mimeType="", buffer=content))
        page.wait_for_function("words => document.querySelector('#article textarea').value.includes(words)", arg="4.28万元")
        finished(page)
        assert "4.28万元" in page.inner_text("#verdicts .article"), form
        page.fill("#article textarea", "今天天气很好。")
        page.click("#check-go")
        page.wait_for_selector("#verdicts .notice")


def test_a_check_shows_how_far_it_is_and_what_it_has_found(page: Page, start: Started, real_shelf: Shelf) -> None:
    go_on = threading.Event()

    def held(article: str) -> Iterator[Step]:
        for step in steps(article, real_shelf):
            yield step
            if step.done == 1:
                go_on.wait(240)

    asking = Asking(lambda asked, past: Reply(Status.REFUSED, "无"), lambda: welcome_html(("问？",), ""), nothing_to_do)
    checking = Checking(lambda article: check(article, real_shelf), text_of, real_shelf.disclosures, held)
    page.goto(start(web(build(asking, checking=checking), real_shelf.picture)))
    page.click("role=tab[name=核查]")
    page.fill("#article textarea", ARTICLE)
    page.click("#check-go")
    page.wait_for_selector("#verdicts .checking .progress[aria-valuenow='33']")
    assert "第 2 / 3 句" in page.inner_text("#verdicts .checking")
    assert page.locator(".article .mark").count() == 2 and page.locator("[data-judge], .downloads").count() == 0
    page.click("#verdict-2 > summary")  # refuted, so it stands open: folded by hand it stays so
    go_on.set()
    finished(page)
    assert page.locator(".article .mark").count() == 4 and page.locator("#verdict-2[open]").count() == 0


def test_a_reader_rules_otherwise_beside_the_program_and_exports_it(page: Page, real_site: str, tmp_path: Path) -> None:
    checked(page, real_site)
    note = f"编辑部核过原件。{PLANTED}"
    page.click("#own-2 > summary")
    page.check("#own-2 input[value=supported]")
    page.fill("#own-2 textarea", note)
    page.click("#own-2 button[type=submit]")
    page.wait_for_selector("#verdict-2 .reader-said")
    assert note in page.inner_text("#verdict-2 .reader-said") and page.evaluate("window.bad") is None
    assert "不符" in page.inner_text("#verdict-2 .ruling") and "读者：✓ 一致" in page.inner_text("#verdict-2 > summary")
    assert "读者判断：一致" in (mark(page, "1.23万元").get_attribute("aria-label") or "")
    assert page.inner_text(".tally").split()[:6] == ["✓", "一致", "1", "✗", "不符", "2"], "the program's own count stands"
    assert page.locator("#verdicts img, #verdicts script").count() == 0
    page.wait_for_function("document.activeElement.matches('#verdict-2 > summary')")
    found = {}
    for name in ("CSV", "JSON", "Word"):
        with page.expect_download() as download:
            page.click(f".downloads a:text-is('{name}')")
        found[name] = Path(download.value.path()).read_bytes()
    row = next(row for row in csv.reader(io.StringIO(found["CSV"].decode("utf-8-sig"))) if row[1:2] == ["1.23万元"])
    assert row[2] == "不符" and row[-2:] == ["一致", note]
    claim = json.loads(found["JSON"])["claims"][1]
    assert claim["verdict"] == "refuted" and claim["reader"] == {"verdict": "supported", "note": note}
    assert f"读者的理由：{note}" in [paragraph.text for paragraph in Document(io.BytesIO(found["Word"])).paragraphs]
    page.click("#verdict-2 [data-withdraw]")
    page.wait_for_selector("#verdict-2 .reader-said", state="detached")


def test_a_ruling_of_the_readers_is_seen_by_no_other_visitor(browser: Visitors, real_site: str) -> None:
    one, other = (checked(browser.new_context(locale="zh-CN").new_page(), real_site) for _ in range(2))
    one.click("#own-2 > summary")
    one.check("#own-2 input[value=unverifiable]")
    one.fill("#own-2 textarea", "只有我知道")
    one.click("#own-2 button[type=submit]")
    one.wait_for_selector("#verdict-2 .reader-said")
    other.fill("#article textarea", f"{ARTICLE}这是另一位读者。")
    other.click("#check-go")
    other.wait_for_selector("#verdicts .article:has-text('另一位读者')")
    finished(other)
    assert "只有我知道" not in other.content()
    for page in (one, other):
        page.context.close()


def test_while_the_first_report_is_being_read_no_report_is_called_missing(page: Page, start: Started, real_shelf: Shelf) -> None:
    asking = Asking(lambda asked, past: Reply(Status.REFUSED, "无"), lambda: welcome_html(("问？",), ""), nothing_to_do)
    reading = [Progress("读", 1, 2)]
    checking = Checking(lambda article: check(article, real_shelf), text_of, real_shelf.disclosures, progress=lambda: reading[-1] if reading else None)
    page.goto(start(web(build(asking, checking=checking), real_shelf.picture)))
    page.click("role=tab[name=核查]")
    page.fill("#article textarea", ARTICLE)
    page.click("#check-go")
    page.wait_for_selector("#verdicts .notice")
    assert "还在读取" in page.inner_text("#verdicts") and page.locator(".verdict").count() == 0
    reading.clear()
    page.click("#check-go")
    page.wait_for_selector("#verdicts .downloads")


def test_a_text_without_a_checkable_figure_says_so(page: Page, real_site: str) -> None:
    checked(page, real_site, "今天天气很好，各项工作稳步推进。")
    assert "没有找到可以核查的数字" in page.inner_text("#verdicts")


def test_on_a_phone_the_marked_text_fits_and_stays_in_view(browser: Visitors, real_site: str) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
    checked(page, real_site)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    mark(page, "58人次").click()
    page.wait_for_selector("#evidence[data-shown]")
    page.wait_for_function(ABOVE_THE_PANE)  # the page scrolls there smoothly
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_a_checked_article_stands_out_from_its_ground(browser: Visitors, real_site: str, scheme: Scheme, contrast: str) -> None:
    page = browser.new_context(color_scheme=scheme, locale="zh-CN").new_page()
    checked(page, real_site)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.wait_for_timeout(300)
    assert page.evaluate(contrast) == []
    page.context.close()
