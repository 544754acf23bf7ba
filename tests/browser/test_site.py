"""The whole site on the shipped report: first start, a question, and the page that bears its figure out."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from corpus.settings import load_settings
from corpus.shelf import Shelf
from qa.answer import answer
from tests.browser.visitors import Started
from ui.identify import correct
from ui.shelve import shelver
from ui.site import shipped_reports, site

FIRST_START = 900_000
"""Milliseconds: nine pictures are read; on a machine with ten other jobs 300 seconds were too few."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    if not all(path.exists() for path in shipped_reports()):
        pytest.skip("the shipped report is not in corpus/files")
    opened = Shelf.open(load_settings(shelf=tmp_path_factory.mktemp("shelf")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(start: Started, shelf: Shelf) -> str:
    return start(site(shelf, lambda asked, past: answer(asked, shelf, past), shelver(shelf), load_settings()))


def test_an_empty_shelf_reads_the_shipped_report_and_answers_its_own_examples(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".progress, .example")
    page.wait_for_selector(".example", timeout=FIRST_START)
    page.click(".example")
    page.wait_for_selector(".answer.answered .lead")
    assert page.locator(".source").count() > 0


def test_the_box_stands_on_the_print_of_the_cited_figure(page: Page, address: str, shelf: Shelf) -> None:
    page.goto(address)
    page.wait_for_selector(".example", timeout=FIRST_START)
    page.fill("#question textarea", "2022年公务接待费决算数是多少？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer.answered .lead")
    assert "1.28" in page.inner_text(".lead")
    page.click(".lead .chip")
    page.wait_for_selector("#evidence[data-shown]")
    reply = answer("2022年公务接待费决算数是多少？", shelf)
    cited, box, leaf = (
        reply.citations[0],
        page.locator("#evidence .box").bounding_box(),
        page.locator(".leaf").bounding_box(),
    )
    assert cited.box and box and leaf
    with Image.open(Path(shelf.picture(cited.disclosure, cited.page, 144))) as picture:
        scale = leaf["width"] / (picture.width / 2)
    assert box["x"] - leaf["x"] == pytest.approx(cited.box[0] * scale - 3, abs=1)
    assert box["y"] - leaf["y"] == pytest.approx(cited.box[1] * scale - 3, abs=1)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("L")
    inside = shot.crop((box["x"] + 3, box["y"] + 3, box["x"] + box["width"] - 3, box["y"] + box["height"] - 3))
    assert np.asarray(inside).min() < 110, "there is print inside the box, on the screen"


def test_a_report_corrected_on_the_page_is_found_under_its_new_year_at_once(page: Page, address: str, shelf: Shelf) -> None:
    page.goto(address)
    page.wait_for_selector(".example", timeout=FIRST_START)
    page.click("role=tab[name=报告库]")
    page.click("[data-identify]")
    page.wait_for_selector(".identity .cut i:not([hidden])")
    page.fill(".identity [name=year]", "2019")
    page.click(".identity .save")
    page.wait_for_selector(".listing .corrected")
    try:
        page.click("role=tab[name=问答]")
        page.fill("#question textarea", "2019年公务接待费决算数是多少？")
        page.keyboard.press("Enter")
        page.wait_for_selector(".answer.answered .lead")
        assert "1.28" in page.inner_text(".lead") and "人工更正" in page.inner_text(".answer")
    finally:
        correct(shelf, shelf.disclosures()[0].id, None)
    assert shelf.disclosures()[0].year == 2022
