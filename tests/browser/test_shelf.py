"""报告库, walked as its user would."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.errors import FileError, ShelfError
from corpus.fact import Origin
from corpus.table import Sums, TableInfo
from qa.reply import Reply, Status
from tests.browser.visitors import Started, Visitors
from ui.app import build, web
from ui.ask_screen import Asking
from ui.evidence import Picture
from ui.opening import shelf_line
from ui.render import welcome_html
from ui.shelf_screen import Add, Keeping, Said
from ui.start import Progress, Report, nothing_to_do
from ui.uploads import CANCELLED, MOST_FILES, SHIPPED, TOO_MANY, Uploads

EVIL = '<img src=x onerror="window.bad=1">[局](javascript:window.bad=2)<script>window.bad=3</script>![图](http://evil.example/x.png)'
HELD = 300
"""Seconds that something held by a test waits to be let go: longer than any step of a walk on a slow machine."""


def disclosure(id: str, publisher: str, year: int = 2024, *, certain: bool = True) -> Disclosure:
    file = f"{publisher}.pdf"
    return Disclosure(
        id * 16, "", file, publisher, (), year, Kind.FINAL, Scope.DEPARTMENT, 9, (Source(file, 1, (90, 80, 300, 110)),), certain
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
        self.go_on.wait(HELD)
        report(Progress("存入报告库"))
        if "坏" in path.name:
            raise FileError(path.name, "文件不完整")
        self.disclosures.append(disclosure("cdef"[len(self.disclosures) - 2], path.stem, 2025))
        return f"{path.stem} 2025年部门决算，9 页"

    def delete(self, id: str) -> bool:
        self.disclosures[:] = [kept for kept in self.disclosures if kept.id != id]
        return True

    def identify(self, id: str, said: Said) -> Disclosure:
        at = next(k for k, kept in enumerate(self.disclosures) if kept.id == id)
        old = self.disclosures[at]
        if said is None:
            self.disclosures[at] = replace(old, publisher="甲局", read_as="")
        elif said["publisher"] == "不行":
            raise ShelfError("这个名称不行")
        else:
            self.disclosures[at] = replace(
                old, publisher=said["publisher"], year=int(said["year"]), kind=Kind(said["kind"]), scope=Scope(said["scope"]), read_as=old.title
            )
        return self.disclosures[at]


Served = Callable[[Kept, Add | None], str]
Opened = Callable[[Kept, Add | None], Page]


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """An empty page of 595 × 842 points."""
    path = tmp_path_factory.mktemp("pictures") / "page.png"
    Image.new("L", (1190, 1684), 255).save(path)
    return lambda disclosure, page, dpi: path


@pytest.fixture
def serve(start: Started, picture: Picture) -> Served:
    def serving(kept: Kept, add: Add | None) -> str:
        keeping = Keeping(
            lambda: list(kept.disclosures), lambda: kept.tables(), add, (lambda id: kept.delete(id)) if add else None, kept.identify if add else None
        )
        asking = Asking(
            lambda question, history: Reply(Status.ANSWERED, f"答：{question}"),
            lambda: welcome_html((), shelf_line(kept.disclosures)),
            nothing_to_do,
        )
        return start(web(build(asking, keeping), picture))

    return serving


def shelf_of(page: Page, address: str) -> Page:
    page.goto(address)
    page.click("role=tab[name=报告库]")
    page.wait_for_selector("#listing table, #listing .empty")
    return page


@pytest.fixture
def opened(page: Page, serve: Served) -> Opened:
    return lambda kept, add: shelf_of(page, serve(kept, add))


def files(*names: str) -> list[FilePayload]:
    return [{"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4 " + name.encode()} for name in names]


def adding(page: Page, name: str) -> Locator:
    return page.locator(".adding li", has_text=name)


def test_the_list_says_who_when_what_and_how_far_to_trust_it(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    rows = page.locator(".listing tbody tr")
    assert rows.count() == 2
    first = rows.first.inner_text()
    assert all(part in first for part in ("甲局", "2024", "部门决算", "9", "✓ 2 张勾稽相符", "✗ 1 张勾稽不符"))
    assert EVIL in rows.last.inner_text() and "系推测" in rows.last.inner_text()


def test_nothing_in_a_name_runs_wherever_it_is_shown(opened: Opened) -> None:
    kept, asked = Kept(), list[str]()
    page = opened(kept, kept.add)
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-identify]").last.click()
    expect(page.locator(".identity .file")).to_have_text(f"{EVIL}.pdf")
    expect(page.locator(".identity [name=publisher]")).to_have_value(EVIL)
    page.locator(".identity .cut").click()
    expect(page.locator("#evidence h2")).to_contain_text(EVIL)
    page.click("#evidence .close")
    page.click(".identity .save")
    expect(page.locator(".corrected")).to_contain_text(EVIL)
    page.locator("[data-delete]").last.click()
    expect(page.locator(".confirm")).to_contain_text(EVIL)
    evil = '<img src=x onerror="window.bad=4">.pdf'
    page.set_input_files("input[type=file]", files(evil))
    expect(page.locator(".adding .file")).to_contain_text("img src=x")
    kept.go_on.set()
    expect(page.locator(".adding .done")).to_have_count(1)
    expect(page.locator(".listing tbody tr")).to_have_count(3)
    page.set_input_files("input[type=file]", files(f"坏{evil}"))
    expect(page.locator(".adding .failed")).to_contain_text("img src=x")
    assert not [url for url in asked if url.startswith("http://evil.example")]
    assert page.evaluate("[window.bad, document.querySelectorAll('#listing img, #adding img, .listing script, .listing a').length]") == [None, 0]


def test_files_are_added_while_another_visitor_is_answered_and_a_broken_one_holds_up_none(page: Page, browser: Visitors, serve: Served) -> None:
    kept = Kept()
    address = serve(kept, kept.add)
    shelf_of(page, address)
    page.set_input_files("input[type=file]", files("坏文件.pdf", "丙局.pdf"))
    expect(adding(page, "坏文件")).to_contain_text("读取页面 2 / 8")
    expect(adding(page, "坏文件").locator("[role=progressbar]")).to_have_attribute("aria-valuenow", "25")
    expect(adding(page, "丙局")).to_contain_text("排队中")
    other = browser.new_context(locale="zh-CN").new_page()
    other.goto(address)
    other.fill("#question textarea", "还能问吗")
    other.keyboard.press("Enter")
    other.wait_for_selector("text=答：还能问吗")
    other.context.close()
    assert not kept.go_on.is_set() and len(kept.disclosures) == 2, "the answer came while the file was being read"
    kept.go_on.set()
    expect(adding(page, "丙局").locator(".done")).to_contain_text("丙局 2025年部门决算")
    expect(adding(page, "坏文件").locator(".failed")).to_contain_text("《坏文件.pdf》：文件不完整")
    page.wait_for_selector(".listing >> text=丙局.pdf")
    assert page.locator(".listing tbody tr").count() == 3
    assert len(kept.read) == 2 and not any(path.exists() for path in kept.read), "an upload's copy is left behind"


def test_a_cancelled_file_is_not_kept_and_the_others_go_on(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    page.set_input_files("input[type=file]", files("丙局.pdf", "丁局.pdf", "戊局.pdf"))
    expect(adding(page, "丙局")).to_contain_text("读取页面 2 / 8")
    adding(page, "丙局").locator("[data-stop]").click()
    adding(page, "丁局").locator("[data-stop]").click()
    for name in ("丙局", "丁局"):
        expect(adding(page, name)).to_contain_text("正在取消")
    kept.go_on.set()
    for name in ("丙局", "丁局"):
        expect(adding(page, name).locator(".failed")).to_contain_text(CANCELLED)
    expect(adding(page, "戊局").locator(".done")).to_have_count(1)
    page.wait_for_selector(".listing >> text=戊局.pdf")
    assert [d.publisher for d in kept.disclosures[2:]] == ["戊局"]
    assert [path.name for path in kept.read] == ["丙局.pdf", "戊局.pdf"], "a file that was cancelled while it waited is not opened"


def test_a_file_is_read_on_when_its_visitor_leaves_and_is_seen_on_coming_back(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    page.set_input_files("input[type=file]", files("丙局.pdf"))
    expect(adding(page, "丙局")).to_contain_text("读取页面")
    shelf_of(page, page.url)
    expect(adding(page, "丙局")).to_contain_text("读取页面")
    kept.go_on.set()
    page.wait_for_selector(".listing >> text=丙局.pdf")


def test_a_list_that_was_drawn_before_a_deletion_never_comes_after_it(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, held, drawing = Kept(), threading.Event(), threading.Event()
    page = opened(kept, kept.add)
    tables = kept.tables

    def slowly() -> list[TableInfo]:
        drawing.set()
        held.wait(HELD)
        return tables()

    monkeypatch.setattr(kept, "tables", slowly)
    page.click("role=tab[name=问答]")
    page.click("role=tab[name=报告库]")
    assert drawing.wait(HELD), "the list is being drawn, the disclosures already looked up"
    page.click("[data-delete] >> nth=0")
    page.click(".confirm [data-yes]")
    page.wait_for_selector(".confirm", state="detached")
    held.set()
    expect(page.locator(".listing tbody tr")).to_have_count(1)
    page.click("role=tab[name=问答]")
    page.click("role=tab[name=报告库]")
    expect(page.locator(".listing tbody tr")).to_have_count(1)


def test_a_slow_deletion_does_not_wipe_the_form_that_was_opened_since(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, held = Kept(), threading.Event()
    page = opened(kept, kept.add)
    delete = kept.delete

    def slowly(id: str) -> bool:
        held.wait(HELD)
        return delete(id)

    monkeypatch.setattr(kept, "delete", slowly)
    page.click("[data-delete] >> nth=1")
    page.click(".confirm [data-yes]")
    page.click("[data-identify] >> nth=0")
    held.set()
    expect(page.locator(".identity [name=publisher]")).to_have_value("甲局")
    expect(page.locator(".listing tbody tr")).to_have_count(1)
    page.fill(".identity [name=publisher]", "乙局")
    page.click(".identity .save")
    expect(page.locator(".listing tbody tr b")).to_have_text("乙局")


def test_a_report_is_deleted_only_after_asking(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    page.click("[data-delete] >> nth=0")
    page.wait_for_selector(".confirm")
    assert "甲局 2024年部门决算" in page.inner_text(".confirm")
    page.click(".confirm [data-leave]")
    page.wait_for_selector(".confirm", state="detached")
    assert len(kept.disclosures) == 2
    page.click("[data-delete] >> nth=0")
    page.click(".confirm [data-yes]")
    expect(page.locator(".listing tbody tr")).to_have_count(1)
    assert [left.publisher for left in kept.disclosures] == [EVIL]


def test_a_wrong_identity_is_corrected_beside_the_place_that_says_it(opened: Opened) -> None:
    kept = Kept()
    page = opened(kept, kept.add)
    page.click("[data-identify] >> nth=0")
    page.wait_for_selector(".identity")
    expect(page.locator(".identity .cut i")).to_be_visible()
    page.fill(".identity [name=publisher]", "不行")
    page.click(".identity .save")
    expect(page.locator(".identity .notice")).to_have_text("这个名称不行")
    page.fill(".identity [name=publisher]", "乙局")
    page.fill(".identity [name=year]", "2022")
    page.select_option(".identity [name=kind]", "预算")
    page.select_option(".identity [name=scope]", "单位")
    page.click(".identity .save")
    row = page.locator(".listing tr", has_text="乙局")
    for part in ("2022", "单位预算", "人工更正（程序读出的是：甲局 2024年部门决算）"):
        expect(row).to_contain_text(part)
    row.locator("[data-identify]").click()
    page.click(".identity [data-as-read]")
    expect(page.locator(".corrected")).to_have_count(0)


def test_the_first_starts_report_is_seen_on_its_way_and_then_on_the_list(page: Page, start: Started, picture: Picture) -> None:
    kept, now = Kept(), [Progress("读取页面", 2, 39)]
    taken, kept.disclosures = kept.disclosures, []
    keeping = Keeping(lambda: list(kept.disclosures), kept.tables, kept.add, kept.delete, kept.identify, lambda: now[0] if now else None)
    asking = Asking(lambda question, past: Reply(Status.ANSWERED, "答"), lambda: "<p class='welcome'>开</p>", nothing_to_do)
    shelf_of(page, start(web(build(asking, keeping), picture)))
    expect(page.locator(".adding")).to_contain_text(f"{SHIPPED}读取页面 2 / 39")
    assert page.locator("[data-stop]").count() == 0
    kept.disclosures = taken
    now.clear()
    expect(page.locator(".listing tbody tr")).to_have_count(2)
    expect(page.locator(".adding")).to_have_count(0)


def test_more_files_than_are_taken_at_once_are_named(tmp_path: Path) -> None:
    sent = [tmp_path / f"{n}.pdf" for n in range(MOST_FILES + 1)]
    for path in sent:
        path.write_bytes(b"")
    uploads = Uploads(lambda path, report: "好")
    uploads.put(sent, "me")
    while uploads.busy():
        time.sleep(0.02)
    rows = uploads.rows("me")
    assert len(rows) == MOST_FILES + 1 and rows[-1].progress and TOO_MANY in rows[-1].progress.failed
    assert uploads.rows("another") == (), "what came of a file is shown to who sent it"


def test_with_uploading_switched_off_nothing_can_be_changed(opened: Opened) -> None:
    page = opened(Kept(), None)
    assert page.locator("#upload, [data-delete], [data-identify]").count() == 0
