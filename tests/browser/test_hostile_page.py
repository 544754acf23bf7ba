"""A report on the shelf whose page cannot be drawn: its reader is told why, and the server goes on."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from corpus.apart import Limits
from corpus.drawing import Drawing
from corpus.settings import load_settings
from corpus.shelf import Shelf
from qa.answer import answer
from tests.browser.visitors import Started
from tests.ingest.hostile_pdf import exploding
from ui.shelve import shelver
from ui.site import site

FILE = "某某区财政局2024年度部门决算.pdf"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf.open(load_settings(shelf=tmp_path / "shelf"))
    shelver(shelf)(exploding(tmp_path / FILE), lambda progress: None)
    shelf.drawing = Drawing(limits=Limits(seconds=1))
    yield shelf
    shelf.close()


def test_a_cited_page_that_cannot_be_drawn_says_why_and_the_server_goes_on(page: Page, start: Started, shelf: Shelf) -> None:
    address = start(site(shelf, lambda asked, past: answer(asked, shelf, past), shelver(shelf), load_settings()))
    page.goto(address)
    page.fill("#question textarea", "2024年一般公共预算财政拨款支出是多少？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer.answered .lead")
    assert "12.50" in page.inner_text(".lead")
    page.click(".lead .chip")
    expect(page.locator("#evidence .failed")).to_contain_text(f"无法读取《{FILE}》：画第2页时用时超过 1 秒的上限，已停止")
    assert httpx.get(f"{address}health", timeout=120).json()["ok"]
    drawn = httpx.get(f"{address}picture/{shelf.disclosures()[0].id}/1.png", timeout=120)
    assert drawn.status_code == 200 and drawn.content.startswith(b"\x89PNG")
