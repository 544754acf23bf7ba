"""What is on the shelf, and files on their way to it → HTML. Pure; every text is shown as text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Disclosure, Scope
from corpus.table import Sums, TableInfo
from ui.render import text
from ui.start import Progress

SIGNS = {Sums.HOLD: "✓", Sums.FAIL: "✗", Sums.UNCHECKED: "–"}
HEADS = ("单位", "年度", "文种", "页数", "表内合计")


@dataclass(frozen=True)
class Adding:
    """A file on its way to the shelf: what is being done with it, or what came of it."""

    name: str
    progress: Progress | None
    """None once it has been read."""
    said: str = ""


def adding_html(files: Sequence[Adding]) -> str:
    rows = "".join(f"<li>{_adding_row(file)}</li>" for file in files)
    return f'<ul class="adding" aria-live="polite">{rows}</ul>'


def _adding_row(file: Adding) -> str:
    name = f'<span class="file">{text(file.name)}</span>'
    if file.progress is None:
        return f'{name}<span class="done">✓ {text(file.said)}</span>'
    if file.progress.failed:
        return f'{name}<span class="failed" role="alert">✗ {text(file.progress.failed)}</span>'
    counted = f" {file.progress.done} / {file.progress.total}" if file.progress.total else ""
    bar = f'<div class="progress" aria-hidden="true"><div style="width: {file.progress.share}%"></div></div>'
    return f'{name}<span class="stage">{text(file.progress.stage)}{counted}</span>{bar}'


def list_html(disclosures: Sequence[Disclosure], tables: Sequence[TableInfo], *, deletable: bool) -> str:
    """The newest year first."""
    if not disclosures:
        return '<p class="empty">书架上还没有文件。</p>'
    ordered = sorted(disclosures, key=lambda d: (-d.year, d.publisher, d.kind, d.scope))
    sums = {d.id: Counter(t.sums for t in tables if t.disclosure == d.id and not t.empty) for d in disclosures}
    rows = "".join(_row(disclosure, sums[disclosure.id], deletable) for disclosure in ordered)
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    last = '<th scope="col"><span class="sr">操作</span></th>' if deletable else ""
    return f'<table class="listing"><thead><tr>{heads}{last}</tr></thead><tbody>{rows}</tbody></table>'


def _row(disclosure: Disclosure, sums: Counter[Sums], deletable: bool) -> str:
    guessed = "" if disclosure.certain else '<span class="guessed">单位、年度或文种系推测，请核对</span>'
    scope = "" if disclosure.scope is Scope.GOVERNMENT else disclosure.scope.value
    file = f'<span class="file">{text(disclosure.file)}</span>'
    cells = (
        f'<td class="who"><b>{text(disclosure.publisher)}</b>{file}{guessed}</td>',
        f'<td data-head="年度">{disclosure.year}</td>',
        f'<td data-head="文种">{scope}{disclosure.kind.value}</td>',
        f'<td data-head="页数">{disclosure.pages or "–"}</td>',
        f'<td data-head="表内合计">{sums_html(sums)}</td>',
        _delete_cell(disclosure) if deletable else "",
    )
    return f"<tr>{''.join(cells)}</tr>"


def sums_html(counts: Counter[Sums]) -> str:
    """How many tables their own sums bear out, in sign and word, never by colour alone."""
    shown = [(sign, verdict, counts[verdict]) for verdict, sign in SIGNS.items() if counts[verdict]]
    parts = (
        f'<span class="{verdict.name.lower()}">{sign} {number} 张{verdict.value}</span>'
        for sign, verdict, number in shown
    )
    return " ".join(parts) or "无表"


def _delete_cell(disclosure: Disclosure) -> str:
    id, label = text(disclosure.id), text(f"删除 {disclosure.title}")
    return f'<td><button type="button" data-delete="{id}" aria-label="{label}">删除</button></td>'


def confirm_html(disclosure: Disclosure) -> str:
    return (
        f'<p class="confirm" role="alertdialog"><b>确定删除《{text(disclosure.title)}》吗？</b>'
        "它的数字和页面将不能再查，原文件也从报告库中删去。</p>"
    )
