"""The running program with processes that answer and a model that takes its time: nobody's first reply waits for another reader's model."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_operations import Running, run
from tests.browser.visitors import Visitors
from tests.qa.small_report import small_shelf
from tests.qa.test_llm import Handler, chunk, served

QUESTION = "2024年公务接待费花了多少？"
PLAIN, WORDED = "2024年“公务接待费支出”决算数为1.28万元", "2024年，“公务接待费支出”的决算数是1.28万元"
PATIENCE = 100
"""Seconds that the model waits to be let go."""
let_go = threading.Event()


def slow(handler: Handler) -> None:
    said = "{Y1}，“公务接待费支出”的决算数是{F1}。" if let_go.wait(PATIENCE) else "没有等到。"
    handler.write(200, chunk(said) + "data: [DONE]\n\n", "text/event-stream")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    small_shelf(tmp_path / "read").close()
    shutil.move(tmp_path / "read" / "shelf", tmp_path / "shelf")
    with served(slow) as (url, _):
        running = run(tmp_path, MINGZHANG_PROCESSES="1", MINGZHANG_CONCURRENCY="1", MINGZHANG_MODEL="m", MINGZHANG_MODEL_URL=url, MINGZHANG_TIMEOUT="120")
        yield running
        running.stop()


def asked(page: Page, address: str) -> Locator:
    page.goto(address)
    page.locator("#question textarea").fill(QUESTION)
    page.locator("#question button").click()
    return page.locator("#conversation .answer")


def test_the_first_reply_of_each_reader_comes_while_the_model_is_waited_for(server: Running, browser: Visitors) -> None:
    readers = [browser.new_context() for _ in range(3)]  # more than are worked out, or may ask the model, together
    shown = [asked(reader.new_page(), server.address) for reader in readers]
    for answer in shown:
        expect(answer).to_contain_text(PLAIN)
    let_go.set()
    for answer in shown:
        expect(answer).to_contain_text(WORDED)
    for reader in readers:
        reader.close()
