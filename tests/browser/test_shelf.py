"""报告库, walked as its user would."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.disclosure import Disclosure, Kind, Scope
from corpus.errors import FileError
from corpus.fact import Origin
from corpus.table import Sums, TableInfo
from qa.reply import Reply, Status
from ui.app import build, web
from ui.ask_screen import Asking
from ui.opening import shelf_line
from ui.render import welcome_html
from ui.shelf_screen import Add, Keeping
from ui.start import Progress, Report, nothing_to_do

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Page, Browser = sync_api.Page, sync_api.Browser

EVIL = '<img src=x onerror="window.bad=1">局'


def disclosure(id: str, publisher: str, year: int = 2024, *, certain: bool = True) -> Disclosure:
    return Disclosure(
        id * 16, "", f"{publisher}.pdf", publisher, (), year, Kind.FINAL, Scope.DEPARTMENT, 9, (), certain
    )


class Kept:
    """A shelf in memory, and the copies that were read onto it."""

    def __init__(self) -> None:
        self.disclosures = [disclosure("a", "甲局"), disclosure("b", EVIL, 2023, certain=False)]
        self.go_on = threading.Event()
        self.read: list[Path] = []

    def tables(self) -> list[TableInfo]:
        kinds = [Sums.HOLD, Sums.HOLD, Sums.FAIL]
        return [
            TableInfo(str(n), "a" * 16, "", "", "万元", (), Origin.TEXT, kind, False, "")
            for n, kind in enumerate(kinds)
        ]

    def add(self, path: Path, report: Report) -> str:
        self.read.append(path)
        report(Progress("读取页面", 2, 8))
        self.go_on.wait(20)
        report(Progress("存入报告库"))
        if "坏" in path.name:
            raise FileError(path.name, "文件不完整")
        self.disclosures.append(disclosure("c", path.stem, 2025))
        return f"{path.stem} 2025年部门决算，9 页"

    def delete(self, id: str) -> bool:
        self.disclosures[:] = [kept for kept in self.disclosures if kept.id != id]
        return True


Opened = Callable[[Kept, Add | None], Page]


@pytest.fixture
def opened(page: Page, start) -> Opened:
    def open_page(kept: Kept, add: Add | None) -> Page:
        keeping = Keeping(lambda: kept.disclosures, kept.tables, add, kept.delete if add else None)
        asking = Asking(
            lambda question, history: Reply(Status.ANSWERED, f"答：{question}"),
            lambda: welcome_html((), shelf_line(kept.disclosures)),
            nothing_to_do,
        )
        page.goto(start(web(build(asking, keeping), lambda id, page, dpi: Path("/nowhere"))))
        page.click("role=tab[name=报告库]")
        page.wait_for_selector(".listing")
        return page

    return open_page


def files(*names: str) -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4 " + name.encode()} for name in names]


def test_the_list_says_who_when_what_and_how_far_to_trust_it(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    rows = page.locator(".listing tbody tr")
    assert rows.count() == 2
    first = rows.first.inner_text()
    assert all(part in first for part in ("甲局", "2024", "部门决算", "9", "✓ 2 张勾稽相符", "✗ 1 张勾稽不符"))
    assert EVIL in rows.last.inner_text() and "系推测" in rows.last.inner_text()
    assert page.evaluate("window.bad") is None


def test_files_are_added_with_progress_and_a_broken_one_holds_up_none(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    page.set_input_files("input[type=file]", files("坏文件.pdf", "丙局.pdf"))
    page.wait_for_selector("text=读取页面 2 / 8")
    page.click("role=tab[name=问答]")
    page.fill("#question textarea", "还能问吗")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=答：还能问吗")
    page.click("role=tab[name=报告库]")
    kept.go_on.set()
    page.wait_for_selector(".adding .done")
    assert "文件不完整" in page.inner_text(".adding .failed")
    page.wait_for_selector(".listing >> text=丙局.pdf")
    assert page.locator(".listing tbody tr").count() == 3
    assert len(kept.read) == 2 and not any(path.exists() for path in kept.read), "an upload's copy is left behind"


def test_reading_stops_when_told(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    page.set_input_files("input[type=file]", files("丙局.pdf"))
    page.wait_for_selector("text=读取页面 2 / 8")
    page.click("#stop")
    page.wait_for_selector(".adding", state="detached")
    page.wait_for_timeout(500)
    kept.go_on.set()
    page.wait_for_timeout(500)
    assert len(kept.disclosures) == 2


def test_a_report_is_deleted_only_after_asking(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    page.click("[data-delete] >> nth=0")
    page.wait_for_selector(".confirm")
    assert "甲局 2024年部门决算" in page.inner_text(".confirm")
    page.click("#confirm-no")
    page.wait_for_selector(".confirm", state="detached")
    assert len(kept.disclosures) == 2
    page.click("[data-delete] >> nth=0")
    page.click("#confirm-yes")
    page.wait_for_function("document.querySelectorAll('.listing tbody tr').length == 1")
    assert [left.publisher for left in kept.disclosures] == [EVIL]


def test_with_uploading_switched_off_nothing_can_be_changed(opened: Opened) -> None:
    page = opened(Kept(), None)
    assert page.locator("input[type=file], [data-delete]").count() == 0


def test_a_site_with_a_password_shows_nothing_without_it(browser: Browser, start) -> None:
    asking = Asking(
        lambda question, history: Reply(Status.ANSWERED, "答"), lambda: "<p class='welcome'>开</p>", nothing_to_do
    )
    address = start(web(build(asking), lambda id, page, dpi: Path("/nowhere"), password="密码1"))
    page = browser.new_page()
    for path in ("", "config", f"picture/{'a' * 16}/1.png", "gradio_api/info"):
        response = page.request.get(address + path)
        assert response.status == 401 and "需要密码" in response.text(), path
    page.close()
    for password, status in (("错", 401), ("密码1", 200)):
        context = browser.new_context(http_credentials={"username": "x", "password": password})
        reply = context.new_page().goto(address)
        assert reply and reply.status == status
        context.close()
