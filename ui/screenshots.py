"""The site on the shipped reports → pictures of its screens, for the README.

    python -m ui.screenshots docs

Needs playwright and Debian's Chromium. Reads the shipped reports onto a shelf of its own, or uses the one given as the second argument.
"""

import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from corpus.settings import load_settings
from corpus.shelf import Shelf
from ui.answering import answerer_of
from ui.shelve import shelver
from ui.site import shipped_reports, site

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 600_000
"""Milliseconds."""
DESK, PHONE = (1160, 760), (390, 780)
QUESTION = "2022年三公经费由哪几项构成？"
ARTICLE = (
    "武汉市硚口区人民政府办公室2022年度决算近日公开。“三公”经费支出4.28万元，完成预算的71.1%，比上年减少1.23万元。"
    "全年公务接待58人次。机关运行经费近百万元，同比增长3.74%。另据城东区财政局通报，2022年教育支出为3.5亿元。"
)


def ask(page: Page) -> None:
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer .lead")
    page.click(".lead .chip >> nth=0")
    page.wait_for_selector("#evidence[data-shown]")


def check(page: Page) -> None:
    page.click("role=tab[name=核查]")
    page.fill("#article textarea", ARTICLE)
    page.click("#check-go")
    page.wait_for_selector("#verdicts .downloads")
    page.click(".mark >> text=58人次")
    page.wait_for_selector("#evidence[data-shown]")
    page.wait_for_timeout(900)
    page.locator("#verdicts .mark.opened").scroll_into_view_if_needed()


def audit(page: Page) -> None:
    page.click("role=tab[name=体检]")
    page.wait_for_selector("#findings .tally")
    page.click("#findings .source >> nth=0")
    page.wait_for_selector("#evidence[data-shown]")


def table(page: Page) -> None:
    page.click("role=tab[name=体检]")
    page.click("[data-table] >> text=财政拨款收入支出决算总表")
    page.click(".table-view td button >> nth=0")
    page.wait_for_selector("#evidence[data-shown]")
    page.wait_for_timeout(900)  # the click's own scrolling has come to rest
    page.eval_on_selector(".table-view", "view => view.scrollIntoView()")


def shelf(page: Page) -> None:
    page.click("role=tab[name=报告库]")
    page.click("[data-identify]")
    page.wait_for_selector(".identity .cut i:not([hidden])")


WALKS: dict[str, Callable[[Page], None]] = {"ask": ask, "check": check, "audit": audit, "table": table, "shelf": shelf}
SIZES = {"": DESK, "-phone": PHONE}


def take(address: str, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, walk in WALKS.items():
            for suffix, size in SIZES.items():
                _picture(browser, address, walk, size, out / f"{name}{suffix}.png")
        browser.close()


def _picture(browser: Browser, address: str, walk: Callable[[Page], None], size: tuple[int, int], out: Path) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN", color_scheme="light")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".example")  # an empty shelf reads the shipped reports first
    walk(page)
    page.wait_for_timeout(1200)  # scrolling and fading have come to rest
    page.screenshot(path=out)
    context.close()
    with Image.open(out) as picture:  # few colours: a page of text loses nothing, and the file half of its size
        picture.convert("RGB").quantize(160, dither=Image.Dither.NONE).save(out, optimize=True)


def serving(app: FastAPI) -> tuple[uvicorn.Server, str]:
    """The server, in a thread on a free port, and its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server, f"http://127.0.0.1:{listening.getsockname()[1]}/"


def main(out: Path, folder: Path) -> None:
    settings = load_settings(shelf=folder, model="none", upload=True, password="")
    shelf = Shelf.open(settings)
    add = shelver(shelf)
    if not shelf.disclosures():
        for path in shipped_reports():
            add(path, lambda progress: None)
    server, address = serving(site(shelf, answerer_of(shelf, settings), add, settings))
    take(address, out)
    server.should_exit = True
    shelf.close()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("python -m ui.screenshots OUT [SHELF]")
    with tempfile.TemporaryDirectory() as fresh:
        main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) == 3 else fresh))
