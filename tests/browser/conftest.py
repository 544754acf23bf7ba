"""A real server on a free port and Debian's Chromium, for tests that walk the page as its user would."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Page, expect, sync_playwright

from corpus.settings import load_settings
from corpus.shelf import Shelf
from qa.answer import answer
from tests.browser.visitors import PATIENCE, Started, Visitors
from ui.shelve import shelver
from ui.site import shipped_reports, site

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.enable_socket)
            # Gradio's queue uses two pandas options that pandas 3 calls deprecated: nothing of ours to mend.
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.*"))


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Visitors]:
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield Visitors(chromium)
        chromium.close()


@pytest.fixture(scope="session")
def start() -> Iterator[Started]:
    """Serve an app in a thread; gives its address. All are stopped at the end."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(app: FastAPI) -> str:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            time.sleep(0.02)
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield serve
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def page(browser: Visitors) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def real_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A shelf with the shipped report on it; read once for all tests of a run."""
    if not all(path.exists() for path in shipped_reports()):
        pytest.skip("the shipped report is not in corpus/files")
    shelf = Shelf.open(load_settings(shelf=tmp_path_factory.mktemp("real")))
    add = shelver(shelf)
    for path in shipped_reports():
        add(path, lambda progress: None)
    yield shelf
    shelf.close()


@pytest.fixture(scope="session")
def real_site(start: Started, real_shelf: Shelf) -> str:
    """The whole site with the program's own functions."""
    return start(site(real_shelf, lambda asked, past: answer(asked, real_shelf, past), shelver(real_shelf), load_settings()))


CONTRAST = """() => {
  const channel = (v) => v / 255 <= .03928 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length == 3 || colour[3] == 1) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('.gradio-container *')) {
    const own = [...element.childNodes].some(node => node.nodeType == 3 && node.textContent.trim());
    if (!own || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const pair = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (pair[0] + .05) / (pair[1] + .05);
    if (ratio < 4.5) faint.push(`${element.className} ${element.textContent.trim().slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


@pytest.fixture(scope="session")
def contrast() -> str:
    """A script that lists the texts on the page with less than AA contrast to their ground."""
    return CONTRAST
