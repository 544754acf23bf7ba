"""The screens' functions → named endpoints for programs: ask, check, audit, list; the JSON objects of the commands.

    from gradio_client import Client
    print(Client("http://127.0.0.1:7860/").predict("2022年公务接待费是多少？", api_name="/ask")["answer"])
"""

from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError, ShelfError
from qa.audit import as_json as audited_json
from qa.check import as_json as checked_json
from qa.render import as_json as reply_json
from ui.ask_screen import LONGEST, Asking, answered
from ui.audit_screen import AUDITORS, Auditing
from ui.check_screen import CHECKERS, Checking
from ui.check_screen import LONGEST as LONGEST_TEXT


def add_api(asking: Asking, checking: Checking | None, auditing: Auditing | None, concurrency: int) -> None:
    """Inside the open Blocks. They share the screens' limits: a program does not crowd out the readers."""

    def ask(question: str) -> dict[str, Any]:
        """A question in Chinese → status, answer with [n] marks, values, formula, citations."""
        return _told(lambda: reply_json(answered(asking, question.strip()[:LONGEST], ())))

    api(ask, api_name="ask", concurrency_limit=concurrency, concurrency_id="ask")
    if checking:
        _add_check(checking)
    if auditing:
        _add_audit(auditing)


def _add_check(checking: Checking) -> None:
    def check(text: str) -> dict[str, Any]:
        """A text → each checkable figure with its verdict, the disclosed figure and where it stands."""
        return _told(lambda: checked_json(checking.check(text.replace("\r\n", "\n")[:LONGEST_TEXT])))

    api(check, api_name="check", concurrency_limit=CHECKERS, concurrency_id="check")


def _add_audit(auditing: Auditing) -> None:
    def audit(report: str) -> dict[str, Any]:
        """Id, file name or title of a report → findings, what was checked, what was not."""
        return _told(lambda: audited_json(auditing.audit(one_of(auditing, report).id)))

    def list_reports() -> list[dict[str, Any]]:
        """The reports at hand."""
        return [row_of(d) for d in auditing.disclosures()]

    api(audit, api_name="audit", concurrency_limit=AUDITORS, concurrency_id="audit")
    api(list_reports, api_name="list", concurrency_limit=None)


def row_of(d: Disclosure) -> dict[str, Any]:
    return {
        "id": d.id, "publisher": d.publisher, "year": d.year, "kind": str(d.kind), "scope": str(d.scope), "file": d.file,
        "pages": d.pages, "certain": d.certain,
    }  # fmt: skip


def one_of(auditing: Auditing, report: str) -> Disclosure:
    for disclosure in auditing.disclosures():
        if report in (disclosure.id, disclosure.file, disclosure.title):
            return disclosure
    raise ShelfError("报告库里没有这份报告，请用 list 查看有哪些报告")


def _told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What stands in the way is told as a sentence, never as a traceback."""
    try:
        return work()
    except MingzhangError as error:
        raise gr.Error(str(error), print_exception=False) from error
