"""问答, walked as its user would; answers are made by hand, so that each can hold what the test is about."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from corpus.amount import PERCENT, WAN, Amount, Unit, UnitKind
from corpus.errors import FileError, ModelError
from qa.reply import Citation, Figure, Point, Reply, ScopePart, Status, Term, Trace, Value
from tests.browser.visitors import Scheme, Started, Visitors
from ui.app import build, web
from ui.ask_screen import Asking
from ui.evidence import Picture
from ui.render import welcome_html
from ui.start import Background, Progress, Report, nothing_to_do

ID = "0123456789abcdef"
A4 = (595, 842)
BOX = (300.0, 600.0, 420.0, 618.0)
QUOTE = "公务接待费支出4.28万元"
TEXTS = (".question", ".lead", ".card dt", ".card dd", ".scope li", ".answer .notice", ".source .file", ".source q", ".followup", ".choice")
"""Places that show a text from outside."""
EVIL = (
    '<img src=x onerror="window.bad=1"><script>window.bad=2</script>[点我](javascript:window.bad=3) ![图](http://evil.example/x.png) '
    "<http://evil.example/y> ${window.bad=4} {{value}} </textarea><b>粗</b> &lt; **星**"
)
UNCOVERED = """() => {
  scrollTo(0, 0);  // the page is still scrolling to the answer, smoothly
  const box = (one) => one.getBoundingClientRect(), fresh = box(document.querySelector("#fresh"));
  const others = [...document.querySelectorAll("[role=tab]"), document.querySelector(".question")].map(box).filter((one) => one.width);
  return !scrollY && fresh.width && others.every((one) => one.right <= fresh.left || fresh.right <= one.left || one.bottom <= fresh.top || fresh.bottom <= one.top);
}"""
"""At the top of the page the button for a new conversation covers nothing."""
release = threading.Event()
PATIENCE = 240
"""Seconds that a held answer waits to be let go: longer than any step of a walk on a slow machine."""


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """A white A4 page with black print just where the cited box is."""
    path = tmp_path_factory.mktemp("pictures") / "page.png"

    def draw(disclosure: str, page: int, dpi: int) -> Path:
        if page > 20:
            raise FileError("样本.pdf", "没有这一页")
        path.write_bytes(page_png(dpi))
        return path

    return draw


def page_png(dpi: int) -> bytes:
    scale = dpi / 72
    image = Image.new("L", (round(A4[0] * scale), round(A4[1] * scale)), 255)
    ImageDraw.Draw(image).rectangle([value * scale for value in BOX], fill=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def cited(n: int = 1, *, page: int = 12, quote: str = QUOTE, file: str = "某局2024年决算.pdf") -> Citation:
    return Citation(n, ID, file, page, BOX, quote)


FULL = Reply(
    Status.ANSWERED,
    "2024年公务接待费决算 4.28 万元，比上年下降 14.7% [1]。\n原因：厉行节约 [2]。",
    values=(Value(Amount(Decimal("4.28"), WAN), "2024年 公务接待费"), Value(Amount(Decimal("14.7"), PERCENT), "下降")),
    formula="0.74 ÷ 5.02 = 14.7%",
    citations=(cited(), cited(2, page=3, quote="厉行节约")),
    figures=(Figure("4.28万元", Trace.PRINTED), Figure("14.7%", Trace.COMPUTED)),
    followups=("为什么减少？",),
    scope=("某局", "2024年", "部门决算"),
    notices=("其中一处由图像识别读出。",),
)


def answerer(question: str, history: tuple[Reply, ...]) -> Reply:
    if "<img" in question:
        return evil_reply(question)
    if "第几问" in question:
        return Reply(Status.ANSWERED, f"这是第 {len(history) + 1} 问。", resolved=question)
    if "哪个" in question:
        return Reply(Status.CLARIFY, "请选一份：", choices=("第几问，甲局？",))
    if "慢" in question:
        release.wait(PATIENCE)
        return Reply(Status.ANSWERED, "慢慢想好了。")
    if "崩溃" in question:
        raise ZeroDivisionError
    if "模型" in question:
        raise ModelError(f"连不上语言模型。{EVIL if '坏' in question else ''}")
    if "范围" in question:
        return replace(FULL, given=frozenset({ScopePart.YEAR, ScopePart.PUBLISHER}), text=f"{FULL.text}{len(history)}")
    if "名词" in question:
        return replace(FULL, terms=(Term("公务接待费", "公务接待费", cited(0, page=5, quote="公务接待费：指按规定开支的各类公务接待费用。")),))
    if "缺页" in question:
        return Reply(Status.ANSWERED, "在这里 [1]。", citations=(cited(page=99),))
    if "趋势" in question:
        points = tuple(Point(f"{year}年", Amount(Decimal(year - 2020), WAN), 1) for year in (2022, 2023, 2024))
        return Reply(Status.ANSWERED, "逐年上升 [1]。", series=points, citations=(cited(),))
    return FULL


def loosen(question: str, history: tuple[Reply, ...], without: frozenset[ScopePart]) -> Reply:
    left = "、".join(part for part in ScopePart if part in without)
    return Reply(Status.ANSWERED, f"{question}｜{left}｜{len(history)}", scope=FULL.scope, given=frozenset(ScopePart) - without)


def evil_reply(question: str) -> Reply:
    return Reply(
        Status.ANSWERED,
        f"{EVIL} [1]\n{question}",
        values=(Value(Amount(Decimal(1), Unit(EVIL, UnitKind.COUNT, Decimal(1), EVIL)), EVIL),),
        formula=EVIL,
        citations=(cited(quote=EVIL, file=f"{EVIL}.pdf"),),
        figures=(Figure(EVIL, Trace.NONE),),
        choices=(EVIL,),
        followups=(EVIL,),
        series=(Point(EVIL, Amount(Decimal(1), WAN), 1), Point(EVIL, Amount(Decimal(2), WAN), 1)),
        scope=(EVIL, EVIL, EVIL),
        given=frozenset(ScopePart),
        terms=(Term(EVIL, EVIL, cited(0, quote=EVIL, file=EVIL)),),
        notices=(EVIL,),
    )


def welcome() -> str:
    return welcome_html(("2024年公务接待费是多少？",), "书架上有 1 份公开文件。")


@pytest.fixture(scope="module")
def site(start: Started, picture: Picture) -> str:
    return start(web(build(Asking(answerer, welcome, nothing_to_do, loosen=loosen)), picture))


def ask(page: Page, question: str) -> None:
    before = page.locator(".turn").count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    answer_stands(page, before + 1)


def answer_stands(page: Page, turns: int = 1) -> None:
    page.wait_for_function(
        "n => document.querySelectorAll('.turn').length == n && !document.querySelector('.pending')", arg=turns
    )


def opened(page: Page, site: str, question: str = "公务接待费") -> None:
    page.goto(site)
    page.wait_for_selector(".welcome")
    ask(page, question)


def test_an_example_is_asked_by_a_click(page: Page, site: str) -> None:
    page.goto(site)
    page.click(".example")
    answer_stands(page)
    assert page.inner_text(".lead").startswith("2024年公务接待费决算 4.28 万元")
    assert page.locator(".card").all_inner_texts()[0].split() == ["2024年", "公务接待费", "4.28", "万元"]
    assert "已核对 2/2" in page.inner_text(".checked")
    assert page.locator(".scope li").all_inner_texts() == ["某局", "2024年", "部门决算"]
    assert "图像识别" in page.inner_text(".answer .notice")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_the_formula_is_shown_on_demand(page: Page, site: str) -> None:
    opened(page, site)
    formula = page.locator(".formula p")
    assert not formula.is_visible()
    page.click(".formula summary")
    assert formula.inner_text() == "0.74 ÷ 5.02 = 14.7%"


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_a_mark_opens_its_page_with_the_box_on_the_cited_print(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, site)
    page.click(".lead .chip")
    page.wait_for_selector("#evidence[data-shown='1']")
    assert "某局2024年决算.pdf 第12页" in page.inner_text("#evidence h2")
    box, sheet = page.locator("#evidence .box").bounding_box(), page.locator("#evidence .sheet").bounding_box()
    assert box and sheet
    assert sheet["x"] <= box["x"] and box["x"] + box["width"] <= sheet["x"] + sheet["width"]
    assert sheet["y"] <= box["y"] and box["y"] + box["height"] <= sheet["y"] + sheet["height"]
    shot = Image.open(io.BytesIO(page.screenshot())).convert("L")
    inside = shot.crop((box["x"] + 8, box["y"] + 8, box["x"] + box["width"] - 8, box["y"] + box["height"] - 8))
    assert np.asarray(inside).max() < 40, "the print that the fact was read from is black all over in this picture"
    assert np.asarray(shot)[int(box["y"] - 6), int(box["x"] + box["width"] / 2)] > 240


def test_the_pane_stands_below_on_a_phone_and_beside_on_a_desk(page: Page, site: str) -> None:
    opened(page, site)
    page.click(".lead .chip")
    pane, answer = page.locator("#evidence").bounding_box(), page.locator(".answer").bounding_box()
    assert pane and answer and answer["x"] + answer["width"] <= pane["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    pane = page.locator("#evidence").bounding_box()
    assert pane and pane["width"] == 390 and pane["y"] > 200


@pytest.mark.parametrize("width", [360, 768, 1920])
def test_nothing_runs_over_the_side_of_the_page(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, site, "趋势")
    ask(page, "公务接待费")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.wait_for_function(UNCOVERED)


def test_a_source_is_opened_and_closed_by_keyboard(page: Page, site: str) -> None:
    opened(page, site)
    page.focus(".lead .chip")
    page.keyboard.press("Enter")
    page.wait_for_selector("#evidence[data-shown='1']")
    page.keyboard.press("Escape")
    assert not page.is_visible("#evidence")
    assert page.evaluate("document.activeElement.matches('.lead .chip')")
    assert page.get_attribute(".lead .chip", "aria-label") == "出处1：某局2024年决算.pdf 第12页，点开原页"


def test_a_page_that_cannot_be_drawn_is_said(page: Page, site: str) -> None:
    opened(page, site, "缺页")
    page.click(".lead .chip")
    page.wait_for_selector("#evidence .failed:not([hidden])")


def test_no_other_host_is_asked_for_anything(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda opened_socket: asked.append(opened_socket.url))
    opened(page, site)
    page.click(".lead .chip")
    page.wait_for_selector("#evidence[data-shown='1']")
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []


def test_planted_markup_is_shown_as_text_and_runs_nowhere(page: Page, site: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, site, EVIL)
    page.click(".lead .chip")
    page.wait_for_selector("#evidence[data-shown='1']")
    page.wait_for_timeout(300)
    page.click(".term")
    page.wait_for_function("document.querySelector('#evidence h2').textContent.startsWith('名词解释')")
    assert page.evaluate("window.bad") is None and dialogs == []
    assert page.inner_text("#evidence blockquote") == EVIL
    page.click(".lead .chip")
    for place in TEXTS:
        assert EVIL in page.locator(place).first.inner_text(), place
    assert EVIL in page.inner_text("#evidence h2") and page.inner_text("#evidence blockquote") == EVIL
    assert page.locator("img[src=x], a[href^='javascript'], #conversation script, #conversation b b").count() == 0
    ask(page, "坏模型")
    assert page.locator(".lead").last.inner_text() == f"连不上语言模型。{EVIL}"
    assert page.evaluate("window.bad") is None and not [url for url in asked if url.startswith("http://evil.example")]


def test_a_planted_link_address_runs_nothing(page: Page, site: str) -> None:
    page.goto(site + "?q=%3Cimg%20src%3Dx%20onerror%3D%22window.bad%3D1%22%3E")
    answer_stands(page)
    assert page.evaluate("window.bad") is None
    assert page.inner_text(".question").endswith('<img src=x onerror="window.bad=1">')


def test_a_link_reopens_its_question(page: Page, site: str) -> None:
    opened(page, site, "趋势 2022—2024？")
    page.goto(page.url)
    answer_stands(page)
    assert page.inner_text(".question").endswith("趋势 2022—2024？")
    assert page.inner_text(".lead").startswith("逐年上升")


def test_a_follow_up_knows_what_was_said_and_another_visitor_does_not(browser: Visitors, site: str) -> None:
    one, other = browser.new_context().new_page(), browser.new_context().new_page()
    opened(one, site, "第几问？")
    ask(one, "第几问？")
    assert one.locator(".lead").last.inner_text() == "这是第 2 问。"
    opened(other, site, "第几问？")
    assert other.locator(".lead").all_inner_texts() == ["这是第 1 问。"]
    one.click("#fresh")
    one.wait_for_selector(".welcome")
    ask(one, "第几问？")
    assert one.locator(".lead").all_inner_texts() == ["这是第 1 问。"]
    one.context.close()
    other.context.close()


def test_a_question_in_return_is_answered_by_a_button(page: Page, site: str) -> None:
    opened(page, site, "哪个局？")
    page.click(".choice")
    answer_stands(page, 2)
    assert page.locator(".question").last.inner_text().endswith("第几问，甲局？")
    assert page.locator(".lead").last.inner_text() == "这是第 2 问。"


def test_an_opening_that_comes_late_wipes_neither_the_answer_nor_what_is_typed(page: Page, start: Started, picture: Picture) -> None:
    late, calls = threading.Event(), []

    def slow_welcome() -> str:
        calls.append(1)
        if len(calls) > 1:  # the first is made while the page is built, the second when a visitor opens it
            late.wait(PATIENCE)
        return welcome_html(("2024年公务接待费是多少？",), "迟到" if len(calls) > 1 else "")

    page.goto(start(web(build(Asking(answerer, slow_welcome, nothing_to_do)), picture)))
    page.wait_for_selector(".example")
    ask(page, "公务接待费")
    page.fill("#question textarea", "还在打字")
    late.set()
    page.wait_for_selector("#opening :text('迟到')", state="attached")
    assert page.locator(".lead .chip").first.is_visible() and not page.locator(".welcome").is_visible()
    assert page.input_value("#question textarea") == "还在打字" and page.locator(".turn").count() == 1


def test_a_part_of_the_scope_is_taken_away_in_the_conversation_it_stood_in(page: Page, site: str) -> None:
    opened(page, site, "第几问？")
    ask(page, "范围？")
    ask(page, "第几问？")
    chips = page.locator(".turn").nth(1).locator(".scope li")
    assert [chip.locator("button").count() for chip in chips.all()] == [1, 1, 0], "the kind was assumed"
    chips.nth(1).locator("button").focus()
    page.keyboard.press("Enter")
    answer_stands(page, 4)
    assert page.locator(".lead").last.inner_text() == "范围？｜年度｜1"
    assert page.locator(".question").last.inner_text().endswith("范围？ 不限年度")
    page.locator(".turn").last.locator("[data-drop=单位]").click()
    answer_stands(page, 5)
    assert page.locator(".lead").last.inner_text() == "范围？｜单位、年度｜1"


def test_a_term_opens_the_reports_own_explanation(page: Page, site: str) -> None:
    opened(page, site, "名词")
    page.focus(".lead .term")
    page.keyboard.press("Enter")
    page.wait_for_selector("#evidence[data-shown]")
    assert page.inner_text("#evidence h2") == "名词解释：公务接待费　第5页"
    assert page.inner_text("#evidence blockquote") == "公务接待费：指按规定开支的各类公务接待费用。"
    assert page.is_visible("#evidence .box")


def test_a_first_start_that_failed_is_tried_again_by_a_button(page: Page, start: Started, picture: Picture) -> None:
    tried: list[int] = []

    def work(note: Report) -> None:
        tried.append(1)
        if len(tried) == 1:
            raise FileError("甲.pdf", "文件不完整")

    background = Background(work, "打开报告")
    background.begin()
    background.wait()
    page.goto(start(web(build(Asking(answerer, welcome, background.progress, again=background.again)), picture)))
    page.wait_for_selector("#opening [role=alert]")
    assert "文件不完整" in page.inner_text("#opening [role=alert]") and page.locator(".example").count() == 0
    page.click("[data-again]")
    page.wait_for_selector(".example")
    assert len(tried) == 2


def test_a_slow_answer_does_not_hold_up_another_visitor(browser: Visitors, site: str) -> None:
    release.clear()
    one, other = browser.new_context().new_page(), browser.new_context().new_page()
    one.goto(site)
    one.fill("#question textarea", "慢")
    one.keyboard.press("Enter")
    one.wait_for_selector(".pending")
    opened(other, site)
    assert one.locator(".pending").count() == 1
    release.set()
    answer_stands(one)
    assert one.inner_text(".lead") == "慢慢想好了。"
    one.context.close()
    other.context.close()


def test_a_fault_is_said_plainly_and_the_next_question_works(page: Page, site: str) -> None:
    opened(page, site, "崩溃")
    assert "出了错" in page.inner_text(".answer.refused .lead")
    ask(page, "模型")
    assert page.locator(".lead").last.inner_text() == "连不上语言模型。"
    ask(page, "公务接待费")
    assert page.locator(".answer.answered").count() == 1


def test_a_series_is_drawn_with_its_data_to_download(page: Page, site: str) -> None:
    opened(page, site, "趋势")
    bars = [bar.bounding_box() for bar in page.locator(".bars i").all()]
    widths = [bar["width"] for bar in bars if bar]
    assert len(widths) == len(bars) and widths[0] < widths[1] < widths[2]
    with page.expect_download() as download:
        page.click(".download")
    assert download.value.path().read_text(encoding="utf-8-sig").splitlines()[1] == '"2022年",2,万元'


def test_an_answer_is_copied_with_its_sources(browser: Visitors, site: str) -> None:
    page = browser.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    opened(page, site)
    page.click("[data-copy]")
    page.wait_for_function("document.querySelector('[data-copy]').textContent.includes('已复制')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1] 《某局2024年决算.pdf》第12页：“公务接待费支出4.28万元”" in copied
    page.context.close()


def test_the_first_start_shows_how_far_it_is_and_then_the_page(page: Page, start: Started, picture: Picture) -> None:
    go_on = threading.Event()

    def work(note: Report) -> None:
        note(Progress("正在读取第一份报告", 3, 10))
        go_on.wait(PATIENCE)

    background = Background(work, "打开报告")
    background.begin()
    page.goto(start(web(build(Asking(answerer, welcome, background.progress)), picture)))
    page.wait_for_selector(".progress")
    assert page.get_attribute(".progress", "aria-valuenow") == "30"
    assert "正在读取第一份报告 3 / 10" in page.inner_text(".welcome")
    ask(page, "公务接待费")
    assert "读完就能回答" in page.inner_text(".lead")
    go_on.set()
    background.wait()
    page.click(".choice")
    answer_stands(page, 2)
    assert page.locator(".lead").last.inner_text().startswith("2024年公务接待费决算")
    page.click("#fresh")
    page.wait_for_selector(".example")
    assert not page.is_visible("#fresh"), "nothing to begin anew"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser: Visitors, site: str, scheme: Scheme, contrast: str) -> None:
    page = browser.new_context(color_scheme=scheme).new_page()
    page.goto(site)
    page.wait_for_selector(".welcome")
    assert page.evaluate(contrast) == []
    for question in ("公务接待费", "哪个", "崩溃", "趋势", "范围", "名词"):
        ask(page, question)
    page.click(".lead .chip >> nth=0")
    page.wait_for_selector("#evidence[data-shown]")
    assert page.evaluate(contrast) == []
    page.context.close()


def test_what_a_reader_says_of_an_answer_is_kept_once(page: Page, start: Started, picture: Picture) -> None:
    said: list[tuple[str, str]] = []
    asking = Asking(answerer, welcome, nothing_to_do, feedback=lambda reason, question, reply: said.append((reason, question)))
    page.goto(start(web(build(asking), picture)))
    page.wait_for_selector(".example")
    ask(page, "公务接待费")
    page.click(".told summary")
    page.click("[data-told=引用错]")
    page.wait_for_selector("p.told")
    assert "已记下：引用错" in page.inner_text("p.told") and page.locator("[data-told]").count() == 0
    assert said == [("引用错", "公务接待费")]


def test_the_answer_without_a_model_stands_before_the_models_words_come(page: Page, start: Started, picture: Picture) -> None:
    go_on = threading.Event()

    def stream(question: str, history: tuple[Reply, ...]) -> Iterator[Reply]:
        yield Reply(Status.ANSWERED, "不用模型的回答。")
        go_on.wait(PATIENCE)
        yield Reply(Status.ANSWERED, "换了说法的回答。", worded="模型")

    page.goto(start(web(build(Asking(answerer, welcome, nothing_to_do, stream)), picture)))
    page.wait_for_selector(".example")
    page.fill("#question textarea", "公务接待费")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=不用模型的回答。")
    go_on.set()
    page.wait_for_selector("text=换了说法的回答。")
    assert page.locator(".turn").count() == 1
