"""报告库: the screen that lists what is on the shelf, reads more files with progress in place, and corrects and deletes."""

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError
from corpus.table import TableInfo
from ui.identity_view import identity_html
from ui.render import text
from ui.shelf_view import adding_html, confirm_html, list_html
from ui.start import Progress, nothing_to_do
from ui.uploads import Add as Add
from ui.uploads import Uploads, not_taken

LOOK_AGAIN = 0.3
"""Seconds between two looks at the files on their way."""
KINDS = [".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".htm"]
ON_LIST = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-delete], [data-identify]');
  if (!button) return;
  if (button.dataset.delete) trigger('delete', {id: button.dataset.delete});
  else trigger('identify', {id: button.dataset.identify});
});
"""
ON_ADDING = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-stop]');
  if (!button) return;
  button.disabled = true;
  trigger('stop', {id: button.dataset.stop});
});
"""
ON_DESK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-yes], [data-leave], [data-as-read]');
  if (!button) return;
  if (button.dataset.yes) trigger('yes', {id: button.dataset.yes});
  else if ('asRead' in button.dataset) trigger('save', {id: button.closest('form').dataset.id, said: null});
  else trigger('leave', {});
});
element.addEventListener('submit', (event) => {
  event.preventDefault();
  trigger('save', {id: event.target.dataset.id, said: Object.fromEntries(new FormData(event.target))});
});
"""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
IN_ORDER: dict[str, Any] = {**QUIET, "concurrency_limit": 1, "concurrency_id": "listing", "trigger_mode": "always_last"}
"""For what draws the list: one after another, so that an older list never takes the place of a newer one."""
AT_ONCE: dict[str, Any] = {**QUIET, "concurrency_limit": None, "trigger_mode": "multiple"}
VISITORS = 1000
"""Visitors whose desks are remembered."""
HEAD = '<h1 class="screen-head">报告库</h1>'
Delete = Callable[[str], bool]
Said = dict[str, str] | None
"""publisher, year, kind and scope as a person has filled them in; None: as the program had read them."""


@dataclass(frozen=True)
class Keeping:
    """What the screen needs of the shelf. Without `add` nothing is uploaded; without `delete` nothing is changed."""

    disclosures: Callable[[], Sequence[Disclosure]]
    tables: Callable[[], Sequence[TableInfo]]
    add: Add | None
    delete: Delete | None
    identify: Callable[[str, Said], Disclosure] | None = None
    """Corrects who, when and what a report is."""
    progress: Callable[[], Progress | None] = nothing_to_do
    """Of the first start, which reads the shipped reports."""

    def listed(self) -> str:
        return list_html(self.disclosures(), self.tables(), deletable=self.delete is not None, correctable=self.identify is not None)

    def found(self, id: str) -> Disclosure | None:
        return next((d for d in self.disclosures() if d.id == id), None)


def shelf_screen(tab: gr.Tab, keeping: Keeping) -> None:
    """Lay the screen out inside the open tab and wire its events.

    Only one event draws the list, whoever changed the shelf: `changed` tells it to. On a slow machine the events of
    several clicks end in any order, and a list that was drawn before a deletion must not come after it.
    """
    gr.HTML(HEAD, apply_default_css=False, js_on_load=None)
    changed = gr.State("")
    with gr.Group(elem_classes="shelf-tools"):
        tools = gr.Row(elem_classes="upload-row", visible=keeping.add is not None)
        adding = gr.HTML("", elem_id="adding", elem_classes="shelf", js_on_load=ON_ADDING, apply_default_css=False)
    desk = gr.HTML("", elem_id="desk", elem_classes="shelf", js_on_load=ON_DESK, apply_default_css=False)
    listing = gr.HTML("", elem_id="listing", elem_classes="shelf", js_on_load=ON_LIST, apply_default_css=False)
    tab.select(keeping.listed, None, listing, **IN_ORDER)
    changed.change(keeping.listed, None, listing, **IN_ORDER)
    uploads = Uploads(keeping.add or not_taken, first=keeping.progress)
    _watch(tab, uploads, adding, changed)
    if keeping.add:
        with tools:
            _upload(uploads, adding, changed)
    if keeping.delete:
        _changes(keeping, keeping.delete, listing, desk, changed)


def _watch(tab: gr.Tab, uploads: Uploads, adding: gr.HTML, changed: gr.State) -> None:
    tab.select(_watcher(uploads), None, [adding, changed], concurrency_limit=None, **QUIET)


def _watcher(uploads: Uploads) -> Callable[[gr.Request], AsyncIterator[tuple[str, Any]]]:
    async def watch(request: gr.Request) -> AsyncIterator[tuple[str, Any]]:
        async for shown in adding_story(uploads, visitor_of(request)):
            yield shown

    return watch


def _upload(uploads: Uploads, adding: gr.HTML, changed: gr.State) -> None:
    button = gr.UploadButton("添加报告", file_count="multiple", file_types=KINDS, variant="primary", elem_id="upload", size="md")

    def put(paths: list[str] | None, request: gr.Request) -> None:
        uploads.put([Path(path) for path in paths or ()], visitor_of(request))

    def stop(event: gr.EventData) -> None:
        uploads.stop(str(event.id))

    button.upload(put, button, None, **AT_ONCE).then(_watcher(uploads), None, [adding, changed], **AT_ONCE)
    adding.stop(stop, None, None, **AT_ONCE)


def visitor_of(request: gr.Request) -> str:
    return str(request.session_hash or "")


async def adding_story(uploads: Uploads, visitor: str) -> AsyncIterator[tuple[str, Any]]:
    """What is on its way as it goes, until nothing is. Two such stories of one page say the same at any moment."""
    shown, ended = None, -1
    while True:
        busy, ends = uploads.busy(), uploads.ended()  # asked first: the last look is one at files that have all ended
        now = adding_html(uploads.rows(visitor))
        if now != shown or ends != ended:
            yield now, gr.skip() if ends == ended else anew()
        shown, ended = now, ends
        if not busy:
            return
        await asyncio.sleep(LOOK_AGAIN)


def anew() -> str:
    """A value that `changed` never had."""
    return secrets.token_hex(8)


class Desk:
    """Which report each visitor has above the list, asked about or in a form. Safe to use from many threads.

    Clicks can reach the server in another order than they were made, and end in a third: what is done with one report
    clears the desk only of that report.
    """

    def __init__(self) -> None:
        self._open: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def lay(self, visitor: str, id: str) -> None:
        with self._lock:
            self._open[visitor] = id
            self._open.move_to_end(visitor)
            while len(self._open) > VISITORS:
                self._open.popitem(last=False)

    def cleared(self, visitor: str, id: str) -> bool:
        """Whether this report was still what lay there."""
        with self._lock:
            return self._open.get(visitor, id) == id and self._open.pop(visitor, id) == id


def _changes(keeping: Keeping, delete: Delete, listing: gr.HTML, desk: gr.HTML, changed: gr.State) -> None:
    """What is asked and what is answered travel together: no click on one report can meet another report's question."""
    open_ = Desk()

    def ask(event: gr.EventData, request: gr.Request) -> str:
        return laid(confirm_html, event, request)

    def form(event: gr.EventData, request: gr.Request) -> str:
        return laid(identity_html, event, request)

    def laid(shown: Callable[[Disclosure], str], event: gr.EventData, request: gr.Request) -> str:
        found = keeping.found(str(event.id))
        open_.lay(visitor_of(request), str(event.id))
        return shown(found) if found else GONE

    def take_off(event: gr.EventData, request: gr.Request) -> tuple[Any, str]:
        return after(taken_off(delete, str(event.id)), event, request), anew()

    def save(event: gr.EventData, request: gr.Request) -> tuple[Any, str]:
        return after(saved(keeping, str(event.id), event.said), event, request), anew()

    def after(shown: str, event: gr.EventData, request: gr.Request) -> Any:  # noqa: ANN401 - HTML, or gradio's skip
        return shown if open_.cleared(visitor_of(request), str(event.id)) else gr.skip()

    listing.delete(ask, None, desk, **AT_ONCE)
    listing.identify(form, None, desk, **AT_ONCE)
    desk.yes(take_off, None, [desk, changed], **AT_ONCE)
    desk.save(save, None, [desk, changed], **AT_ONCE)
    desk.leave(lambda: "", None, desk, **AT_ONCE)


def taken_off(delete: Delete, id: str) -> str:
    """What stands on the desk after deleting."""
    try:
        delete(id)
    except MingzhangError as error:
        return told(str(error))
    return ""


def saved(keeping: Keeping, id: str, said: Said) -> str:
    """What stands on the desk after saving: nothing, or the form with what is wrong with what was filled in."""
    found = keeping.found(id)
    if keeping.identify is None or found is None:
        return GONE
    try:
        keeping.identify(id, said)
    except MingzhangError as error:
        return identity_html(found, str(error))
    return ""


def told(why: str) -> str:
    return f'<p class="notice" role="alert">{text(why)}</p>'


GONE = told("这份报告已经不在报告库里。")
