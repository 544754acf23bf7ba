"""A shelf, an answerer and a reader → the whole site, ready to serve: the program's own parts put into the page."""

import tomllib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from fastapi import FastAPI

from corpus.settings import Settings
from corpus.shelf import Shelf
from ingest.text import text_of
from qa.answer import answer
from qa.audit import audit
from qa.check import check
from ui.app import build, web
from ui.ask_screen import Answerer, Asking, Streamer
from ui.audit_screen import Auditing
from ui.check_screen import Checking
from ui.feedback import keep
from ui.opening import Opening
from ui.shelf_screen import Add, Keeping
from ui.start import Background, Progress, Report, nothing_to_do

CORPUS = Path(__file__).parents[1] / "corpus"


def site(shelf: Shelf, answerer: Answerer, add: Add, settings: Settings, stream: Streamer | None = None) -> FastAPI:
    """On an empty shelf the shipped reports are read at once, in the background, for all visitors to see."""
    progress = nothing_to_do
    if not shelf.disclosures():
        reading = Background(lambda report: read_all(add, shipped_reports(), report), "打开自带的报告")
        reading.begin()
        progress = reading.progress
    opening = Opening(shelf.disclosures, lambda id: shelf.store.facts([id]), lambda asked, past: answer(asked, shelf, past))
    changing = settings.upload
    keeping = Keeping(
        shelf.disclosures, shelf.store.tables, add if changing else None, shelf.delete if changing else None
    )
    checking = Checking(lambda text: check(text, shelf), text_of, shelf.disclosures)
    store = shelf.store
    auditing = Auditing(
        lambda id: audit(id, shelf), shelf.disclosures, lambda id: store.tables([id]), lambda id: store.facts([id])
    )
    page = build(Asking(answerer, opening, progress, stream, partial(keep, shelf.folder)), keeping, checking, auditing)
    return web(page, shelf.picture, settings.password.get_secret_value(), auditing)


def shipped_reports(corpus: Path = CORPUS) -> tuple[Path, ...]:
    """The reports that come with the program, as the manifest lists them."""
    listed = tomllib.loads((corpus / "manifest.toml").read_text(encoding="utf-8"))["report"]
    return tuple(corpus / "files" / report["file"] for report in listed)


def read_all(add: Add, paths: Sequence[Path], report: Report) -> None:
    for path in paths:

        def named(progress: Progress, path: Path = path) -> None:
            report(Progress(f"《{path.stem}》：{progress.stage}", progress.done, progress.total))

        add(path, named)
