"""报告库: the screen that lists what is on the shelf, reads more files with progress in place, and corrects and deletes."""

import asyncio
import secrets
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
from ui.uploads import Add as Add
from ui.uploads import Uploads

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
ON_THE_DESK: dict[str, Any] = {**QUIET, "concurrency_limit": 1, "concurrency_id": "desk", "trigger_mode": "multiple"}
"""For what stands above the list: in the order of the clicks, so that a slow deletion does not wipe the form opened since."""
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
    if keeping.add:
        with tools:
            _upload(tab, Uploads(keeping.add), adding, changed)
    if keeping.delete:
        _changes(keeping, keeping.delete, listing, desk, changed)


def _upload(tab: gr.Tab, uploads: Uploads, adding: gr.HTML, changed: gr.State) -> None:
    button = gr.UploadButton("添加报告", file_count="multiple", file_types=KINDS, variant="primary", elem_id="upload", size="md")

    def put(paths: list[str] | None, request: gr.Request) -> None:
        uploads.put([Path(path) for path in paths or ()], visitor_of(request))

    def stop(event: gr.EventData) -> None:
        uploads.stop(str(event.id))

    async def watch(request: gr.Request) -> AsyncIterator[tuple[str, Any]]:
        async for shown in adding_story(uploads, visitor_of(request)):
            yield shown

    at_once: dict[str, Any] = {**QUIET, "concurrency_limit": None, "trigger_mode": "multiple"}
    button.upload(put, button, None, **at_once).then(watch, None, [adding, changed], **at_once)
    tab.select(watch, None, [adding, changed], concurrency_limit=None, **QUIET)
    adding.stop(stop, None, None, **at_once)


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


def _changes(keeping: Keeping, delete: Delete, listing: gr.HTML, desk: gr.HTML, changed: gr.State) -> None:
    """What is asked and what is answered travel together: no click on one report can meet another report's question."""

    def ask(event: gr.EventData) -> str:
        found = keeping.found(str(event.id))
        return confirm_html(found) if found else GONE

    def form(event: gr.EventData) -> str:
        found = keeping.found(str(event.id))
        return identity_html(found) if found else GONE

    def take_off(event: gr.EventData) -> tuple[str, str]:
        return taken_off(delete, str(event.id)), anew()

    def save(event: gr.EventData) -> tuple[str, str]:
        return saved(keeping, str(event.id), event.said), anew()

    listing.delete(ask, None, desk, **ON_THE_DESK)
    listing.identify(form, None, desk, **ON_THE_DESK)
    desk.yes(take_off, None, [desk, changed], **ON_THE_DESK)
    desk.save(save, None, [desk, changed], **ON_THE_DESK)
    desk.leave(lambda: "", None, desk, **ON_THE_DESK)


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
