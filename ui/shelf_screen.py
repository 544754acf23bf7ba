"""报告库: the screen that lists what is on the shelf, reads more files with progress in place, and takes files off."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.disclosure import Disclosure
from corpus.table import TableInfo
from ui.shelf_view import Adding, adding_html, confirm_html, list_html
from ui.start import Background, Progress, Report, Work

LOOK_AGAIN = 0.3
"""Seconds between two looks at a file's progress."""
MOST_FILES = 50
READERS = 1
"""Files that are read at the same time, over all visitors: reading is heavy, and questions go first."""
KINDS = [".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".htm", ".png", ".jpg", ".jpeg", ".tif", ".tiff"]
ON_LIST = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-delete]');
  if (button) trigger('delete', {id: button.dataset.delete});
});
"""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
HEAD = '<h1 class="screen-head">报告库</h1>'


@dataclass(frozen=True)
class Keeping:
    """What the screen needs of the shelf. Without `add` nothing is uploaded, without `delete` nothing is taken off."""

    disclosures: Callable[[], Sequence[Disclosure]]
    tables: Callable[[], Sequence[TableInfo]]
    add: Callable[[Path, Report], str] | None
    """Reads a file onto the shelf, tells its progress, and says in one Chinese line what it found."""
    delete: Callable[[str], bool] | None

    def listed(self) -> str:
        return list_html(self.disclosures(), self.tables(), deletable=self.delete is not None)


def shelf_screen(tab: gr.Tab, keeping: Keeping) -> None:
    """Lay the screen out inside the open tab and wire its events."""
    gr.HTML(HEAD, apply_default_css=False, js_on_load=None)
    with gr.Group(elem_classes="shelf-tools"):
        tools = gr.Row(elem_classes="upload-row", visible=keeping.add is not None)
        state = gr.HTML("", elem_id="adding", elem_classes="shelf", js_on_load=None, apply_default_css=False)
    confirm = gr.Group(visible=False, elem_id="confirm")
    listing = gr.HTML("", elem_id="listing", elem_classes="shelf", js_on_load=ON_LIST, apply_default_css=False)
    tab.select(keeping.listed, None, listing, concurrency_limit=None, **QUIET)
    if keeping.add:
        with tools:
            _upload(keeping, keeping.add, state, listing)
    if keeping.delete:
        _deletion(keeping, keeping.delete, listing, confirm)


Add = Callable[[Path, Report], str]
Delete = Callable[[str], bool]


def _upload(keeping: Keeping, add: Add, state: gr.HTML, listing: gr.HTML) -> None:
    button = gr.UploadButton(
        "添加报告", file_count="multiple", file_types=KINDS, variant="primary", elem_id="upload", size="md"
    )
    stop = gr.Button("停止", elem_id="stop", visible=False, size="md")

    async def uploaded(paths: list[str]) -> AsyncIterator[tuple[Any, Any, Any]]:
        async for rows in adding_story(add, [Path(path) for path in paths or ()]):
            yield adding_html(rows), gr.skip(), gr.Button(visible=True)
        yield gr.skip(), keeping.listed(), gr.Button(visible=False)

    def stopped() -> tuple[Any, Any]:
        return "", gr.Button(visible=False)

    reading = button.upload(
        uploaded, button, [state, listing, stop], concurrency_limit=READERS, concurrency_id="upload", **QUIET
    )
    stop.click(stopped, None, [state, stop], cancels=[reading], queue=False, **QUIET)


async def adding_story(add: Add, paths: Sequence[Path]) -> AsyncIterator[list[Adding]]:
    """File after file, its stage as it comes; an error stands beside its file and the others go on."""
    rows = [Adding(path.name, Progress("排队中")) for path in paths[:MOST_FILES]]
    for i, path in enumerate(paths[:MOST_FILES]):
        said: list[str] = []
        work = Background(_adding(add, path, said), "打开文件")
        work.begin()
        try:
            while (now := work.progress()) and not now.failed:
                rows[i] = Adding(path.name, now)
                yield rows
                await asyncio.sleep(LOOK_AGAIN)
        finally:  # also when the visitor presses 停止 or leaves: the work ends at its next sign of life
            work.stop()
        rows[i] = Adding(path.name, work.progress(), "".join(said))
        yield rows


def _adding(add: Add, path: Path, said: list[str]) -> Work:
    def work(report: Report) -> None:
        try:
            said.append(add(path, report))
        finally:
            path.unlink(missing_ok=True)  # the upload's own copy; the shelf has kept another

    return work


def _deletion(keeping: Keeping, delete: Delete, listing: gr.HTML, asking: gr.Group) -> None:
    chosen = gr.State("")
    with asking:
        sentence = gr.HTML("", apply_default_css=False, js_on_load=None)
        with gr.Row(elem_classes="upload-row"):
            yes = gr.Button("删除", variant="stop", elem_id="confirm-yes", size="md")
            no = gr.Button("不删", elem_id="confirm-no", size="md")

    def ask(event: gr.EventData) -> tuple[Any, Any, Any]:
        found = next((d for d in keeping.disclosures() if d.id == event.id), None)
        return (event.id, confirm_html(found), gr.Group(visible=True)) if found else ("", "", gr.Group(visible=False))

    def take_off(id: str) -> tuple[Any, Any, Any]:
        if id:
            delete(id)
        return "", gr.Group(visible=False), keeping.listed()

    def leave() -> tuple[Any, Any]:
        return "", gr.Group(visible=False)

    listing.delete(ask, None, [chosen, sentence, asking], concurrency_limit=None, **QUIET)
    yes.click(take_off, chosen, [chosen, asking, listing], concurrency_limit=READERS, **QUIET)
    no.click(leave, None, [chosen, asking], queue=False, **QUIET)
