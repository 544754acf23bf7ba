"""体检: the screen where a report is held against itself, and its tables are looked through and downloaded."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import gradio as gr

from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError
from corpus.fact import Fact
from corpus.table import TableInfo
from qa.audit import Audited
from ui.audit_view import audited_html
from ui.render import pending_html, text
from ui.table_view import table_html, tables_html

AUDITORS = 2
"""Reports that are audited at the same time, over all visitors."""
HEAD = (
    '<h1 class="screen-head">给报告做体检</h1>'
    '<p class="screen-note">选一份报告，看它的文字和表格、表格和表格之间对不对得上，以及报告里的每一张表。</p>'
)
ON_TABLES = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-table]');
  if (!button) return;
  element.querySelectorAll('[data-table]').forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
  trigger('pick', {table: button.dataset.table});
});
"""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
CRASHED = '<p class="notice" role="alert">程序在体检时出了错，没有得到结果。错误详情在运行窗口里。</p>'
EMPTY = '<p class="empty">报告库里还没有报告。先到“报告库”里添加。</p>'


@dataclass(frozen=True)
class Auditing:
    """What the screen needs of the shelf; all by a disclosure's id."""

    audit: Callable[[str], Audited]
    disclosures: Callable[[], Sequence[Disclosure]]
    tables: Callable[[str], Sequence[TableInfo]]
    facts: Callable[[str], Sequence[Fact]]


def audit_screen(tab: gr.Tab, auditing: Auditing) -> None:
    """Lay the screen out inside the open tab and wire its events.

    On a slow machine any of them may end late. So coming to the screen sets the reports to choose from and never the
    choice itself; reports are audited one after another as chosen, tables drawn in the order of the clicks; and the
    page's script shows a table only under its own report.
    """
    gr.HTML(HEAD, apply_default_css=False, js_on_load=None)
    chosen = gr.Dropdown([], label="报告", show_label=False, elem_id="report", container=False, allow_custom_value=False)
    shown, again = gr.State(None), gr.State("")
    none = gr.HTML("", elem_classes="result", js_on_load=None, apply_default_css=False)
    result = gr.HTML("", elem_id="findings", elem_classes="result", js_on_load=None, apply_default_css=False)
    tables = gr.HTML("", elem_id="tables", elem_classes="result", js_on_load=ON_TABLES, apply_default_css=False)
    table = gr.HTML("", elem_id="table", elem_classes="result", js_on_load=None, apply_default_css=False)

    def arrive(now: Disclosure | None) -> tuple[Any, Any, Any]:
        return arrival(auditing, now)

    def audit(id: str | None) -> Iterator[tuple[Any, Any, Any, Any]]:
        yield from audit_story(auditing, id)

    def pick(event: gr.EventData) -> str:
        return table_picked(auditing, str(event.table))

    tab.select(arrive, shown, [chosen, none, again], concurrency_limit=None, **QUIET)
    working: dict[str, Any] = {**QUIET, "concurrency_limit": AUDITORS, "concurrency_id": "audit", "trigger_mode": "always_last"}
    event = gr.on([chosen.change, again.change], audit, chosen, [result, tables, table, shown], **working)
    event.failure(lambda: CRASHED, None, result, queue=False, **QUIET)
    tables.pick(pick, None, table, concurrency_limit=1, concurrency_id="table", trigger_mode="multiple", **QUIET)


def arrival(auditing: Auditing, shown: Disclosure | None) -> tuple[Any, Any, Any]:
    """The reports to choose from; with only one on the shelf it is chosen. What is shown is audited again where the
    shelf now says another thing of it (a corrected identity)."""
    ordered = sorted(auditing.disclosures(), key=lambda d: (-d.year, d.publisher, d.kind, d.scope))
    choices = [(d.title, d.id) for d in ordered]
    dropdown = gr.Dropdown(choices=choices, value=ordered[0].id) if shown is None and len(ordered) == 1 else gr.Dropdown(choices=choices)
    now = next((d for d in ordered if shown and d.id == shown.id), None)
    return dropdown, "" if choices else EMPTY, gr.skip() if now == shown or now is None else secrets.token_hex(8)


def audit_story(auditing: Auditing, id: str | None) -> Iterator[tuple[Any, Any, Any, Any]]:
    """First a sign that the report is being looked through, then findings and tables."""
    if not id:
        yield "", "", "", None
        return
    yield pending_html("正在体检…"), "", "", gr.skip()
    try:
        audited = auditing.audit(id)
    except MingzhangError as error:
        yield f'<p class="notice" role="alert">{text(str(error))}</p>', "", "", None
        return
    d = audited.disclosure
    yield audited_html(audited), tables_html(auditing.tables(id), auditing.facts(id), d) + facts_links(d), "", d


def facts_links(disclosure: Disclosure) -> str:
    """All figures of the report, one a row with page and box, as files."""
    links = "".join(
        f'<a download href="./facts/{quote(disclosure.id)}.{form}">{name}</a>' for form, name in (("xlsx", "Excel"), ("csv", "CSV"), ("jsonl", "JSON"))
    )
    return f'<p class="downloads"><span>下载这份报告的全部数字</span>{links}</p>'


def table_picked(auditing: Auditing, id: str) -> str:
    """One table, drawn again."""
    of = next((d for d in auditing.disclosures() if id.startswith(d.id)), None)
    table = next((t for t in auditing.tables(of.id) if t.id == id), None) if of else None
    if of is None or table is None:
        return '<p class="notice" role="alert">这张表已经不在报告库里。</p>'
    return table_html(table, [fact for fact in auditing.facts(of.id) if fact.table_id == id], of)
