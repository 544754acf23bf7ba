"""A shelf, an answerer and a reader → the whole site, ready to serve: the program's own parts put into the page."""

import threading
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from corpus.drawing import warm
from corpus.settings import Settings
from corpus.shelf import Shelf
from corpus.words import warm as read_dictionary
from ingest.safely import text_apart
from qa.answer import answer
from qa.audit import as_json as audited_json
from qa.audit import audit
from qa.check import as_json as checked_json
from qa.check import check, steps
from qa.render import as_json as reply_json
from qa.reply import Reply, Status
from qa.tools import calculate, find_figure
from ui.app import Serving, build, rest, web
from ui.ask_screen import NOT_YET, Answerer, Asking, Streamer
from ui.audit_screen import Auditing
from ui.callers import Callers
from ui.check_screen import Checking
from ui.feedback import keep
from ui.guard import names_of
from ui.health import Health, Look
from ui.identify import correct_as_said
from ui.opening import Opening
from ui.programs import Programs
from ui.shelf_screen import Add, Keeping
from ui.shelve import limits_of
from ui.start import Background, Progress, Report, nothing_to_do
from ui.watch import Watch

CORPUS = Path(__file__).parents[1] / "corpus"


def site(
    shelf: Shelf, answerer: Answerer, add: Add, settings: Settings, stream: Streamer | None = None,
    *, watch: Watch | None = None, mcp: bool = False, listens: str = "127.0.0.1",
) -> FastAPI:  # fmt: skip
    """On an empty shelf the shipped reports are read at once, in the background, for all visitors to see."""
    watch = watch or Watch()
    add = watch.adder(add)
    progress, again = nothing_to_do, None
    if not shelf.disclosures():
        reading = Background(lambda report: read_all(add, shipped_reports(), report), "打开自带的报告")
        reading.begin()
        progress, again = reading.progress, reading.again
    opening = Opening(shelf.disclosures, lambda id: shelf.store.facts([id]), watch.over("opening", lambda asked, past: answer(asked, shelf, past)))
    asking = Asking(watch.answerer(answerer), opening, progress, watch.streamer(stream) if stream else None, partial(keep, shelf.folder))
    asking = replace(asking, loosen=lambda asked, past, without: answer(asked, shelf, past, without), again=again)
    changing = settings.upload
    keeping = Keeping(shelf.disclosures, shelf.store.tables, add if changing else None, shelf.delete if changing else None, partial(correct_as_said, shelf) if changing else None, progress)
    checking, auditing = replace(checking_of(shelf, watch, settings), uploads=changing, progress=progress), auditing_of(shelf, watch)
    callers = callers_of(shelf, asking.answerer, settings, watch, progress)
    page = build(asking, keeping, checking, auditing, offers=callers.offers, concurrency=settings.at_once)
    page.max_threads += settings.at_once  # who waits for a model holds a thread; then Gradio's are also its own, and none of /health
    page.queue(max_size=settings.queue)
    rest(page)
    watch.counters.watch_reports(lambda: len(shelf.disclosures()))
    health = Health(Look(shelf.disclosures), Look(shelf.index.reachable), settings.model != "none", lambda: progress() is not None)
    names, password = names_of(settings.hosts, listens), settings.password.get_secret_value()
    serving = Serving(password, names, settings.file_limit, watch.counters, health, callers, mcp, settings.upload)
    warm(shelf.drawing)
    threading.Thread(target=read_dictionary, name="dictionary", daemon=True).start()
    return web(page, shelf.picture, auditing=auditing, serving=serving)


def checking_of(shelf: Shelf, watch: Watch, settings: Settings) -> Checking:
    return Checking(
        watch.checker(lambda text: check(text, shelf)), partial(text_apart, limits=limits_of(settings)), shelf.disclosures, watch.stepper(lambda text: steps(text, shelf))
    )


def auditing_of(shelf: Shelf, watch: Watch) -> Auditing:
    store = shelf.store
    return Auditing(
        watch.auditor(lambda id: audit(id, shelf)), shelf.disclosures, lambda id: store.tables([id]), lambda id: store.facts([id])
    )


def callers_of(shelf: Shelf, answerer: Answerer, settings: Settings, watch: Watch, progress: Callable[[], Progress | None] = nothing_to_do) -> Callers:
    """What other programs may call; the answers, verdicts and audits are the screens' own. `answerer` is watched already."""

    def asked(question: str) -> dict[str, Any]:
        now = progress()
        reply = Reply(Status.REFUSED, NOT_YET) if now and not now.failed else answerer(question.strip(), ())
        return reply_json(reply)

    checking, auditing = checking_of(shelf, watch, settings), auditing_of(shelf, watch)
    programs = Programs(
        asked, watch.over("find_figure", partial(find_figure, shelf)), watch.over("calculate", partial(calculate, shelf)),
        lambda text: checked_json(checking.check(text)), lambda id: audited_json(auditing.audit(id)), shelf.disclosures, settings.text_limit,
    )  # fmt: skip
    return Callers(programs.offers(), settings.at_once, settings.queue, watch.counters)


def shipped_reports(corpus: Path = CORPUS) -> tuple[Path, ...]:
    """The reports that come with the program, as the manifest lists them."""
    listed = tomllib.loads((corpus / "manifest.toml").read_text(encoding="utf-8"))["report"]
    return tuple(corpus / "files" / report["file"] for report in listed)


def read_all(add: Add, paths: Sequence[Path], report: Report) -> None:
    for path in paths:

        def named(progress: Progress, path: Path = path) -> None:
            report(Progress(f"《{path.stem}》：{progress.stage}", progress.done, progress.total))

        add(path, named)
