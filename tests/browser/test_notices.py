"""What Gradio itself says to a reader stands in Chinese: the queue is full, a file is too large."""

import socket
from pathlib import Path

import pytest
from playwright.sync_api import Page

from qa.reply import Reply, Status
from tests.browser.visitors import Started
from ui.app import Serving, build, web
from ui.ask_screen import Asking
from ui.requests import BUSY
from ui.shelf_screen import Keeping
from ui.start import nothing_to_do


@pytest.fixture(scope="module")
def address(start: Started) -> str:
    """A site that takes files of 1 MB."""
    asking = Asking(lambda question, past: Reply(Status.ANSWERED, "答"), lambda: "<p class='welcome'>开</p>", nothing_to_do)
    page = build(asking, Keeping(tuple, tuple, lambda path, report: "好", None))
    return start(web(page, lambda id, page, dpi: Path("/nowhere"), serving=Serving(file_limit=1)))


def notice(page: Page) -> str:
    """The first notice as it appears, taken in one look: it goes by itself."""
    shown = page.wait_for_function("[...document.querySelectorAll('.toast-body')].map(each => each.innerText).find(said => said.trim())")
    return str(shown.json_value())


def test_a_reader_who_comes_when_the_queue_is_full_is_told_in_chinese_and_keeps_the_question(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".welcome")
    page.route(lambda url: "/queue/join" in url, lambda route: route.fulfill(status=429, json={"detail": BUSY, "error": BUSY}))  # as the server says it
    page.fill("#question textarea", "问一句")
    page.keyboard.press("Enter")
    said = notice(page)
    assert BUSY in said and "没有办成" in said and "Error" not in said
    assert page.input_value("#question textarea") == "问一句"


def test_a_file_that_is_too_large_is_said_in_chinese(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".welcome")
    page.click("role=tab[name=报告库]")
    page.wait_for_selector("#upload")
    page.set_input_files("input[type=file]", {"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" + bytes(1_200_000)})
    said = notice(page)
    assert "文件太大，最大 1.0 MB" in said and "File" not in said


def test_a_name_in_a_notice_runs_nothing_and_fetches_nothing(page: Page, address: str) -> None:
    """Gradio's notices take a name for HTML, of which they leave the pictures: the page may fetch none from elsewhere."""
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        outside = f"http:\\\\127.0.0.1:{elsewhere.getsockname()[1]}\\x.png"
        for name in (f"<img src='{outside}' onerror='window.bad=1'>大.pdf", f"![图]({outside})[点](javascript:window.bad=2)大.pdf"):
            page.goto(address)
            page.wait_for_selector(".welcome")
            page.click("role=tab[name=报告库]")
            page.wait_for_selector("#upload")
            page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF" + bytes(1_200_000)})
            page.wait_for_function("[...document.querySelectorAll('.toast-body')].some(each => each.innerText.includes('文件太大'))")
            page.wait_for_timeout(500)
            assert page.evaluate("window.bad") is None
            with pytest.raises(BlockingIOError):
                elsewhere.accept()
