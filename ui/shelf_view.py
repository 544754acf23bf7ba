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
    id: str = ""
    """Stops it; '' where it cannot be stopped."""


def adding_html(files: Sequence[Adding]) -> str:
    if not files:
        return ""
    rows = "".join(f"<li>{_adding_row(file)}</li>" for file in files)
    return f'<ul class="adding" aria-label="正在添加的文件">{rows}</ul>'


def _adding_row(file: Adding) -> str:
    name = f'<span class="file">{text(file.name)}</span>'
    if file.progress is None:
        return f'{name}<span class="done" role="status">✓ {text(file.said)}</span>'
    if file.progress.failed:
        return f'{name}<span class="failed" role="alert">✗ {text(file.progress.failed)}</span>'
    now = file.progress
    counted = f" {now.done} / {now.total}" if now.total else ""
    stop = f'<button type="button" data-stop="{text(file.id)}" aria-label="{text(f"取消 {file.name}")}">取消</button>' if file.id else ""
    bar = (
        f'<div class="progress" role="progressbar" aria-label="{text(f"{file.name} {now.stage}")}" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{now.share}"><div style="width: {now.share}%"></div></div>'
    )
    return f'{name}<span class="stage">{text(now.stage)}{counted}</span>{stop}{bar}'


def list_html(disclosures: Sequence[Disclosure], tables: Sequence[TableInfo], *, deletable: bool, correctable: bool = False) -> str:
    """The newest year first."""
    if not disclosures:
        return f'<p class="empty">报告库里还没有报告。{"点“添加报告”，选 PDF、Word、Excel 或网页文件，可以一次选几个。" if deletable else ""}</p>'
    ordered = sorted(disclosures, key=lambda d: (-d.year, d.publisher, d.kind, d.scope))
    sums = {d.id: Counter(t.sums for t in tables if t.disclosure == d.id and not t.empty) for d in disclosures}
    rows = "".join(_row(disclosure, sums[disclosure.id], _actions_html(disclosure, deletable, correctable)) for disclosure in ordered)
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    last = '<th scope="col"><span class="sr">操作</span></th>' if deletable or correctable else ""
    return f'<table class="listing"><thead><tr>{heads}{last}</tr></thead><tbody>{rows}</tbody></table>'


def _row(disclosure: Disclosure, sums: Counter[Sums], actions: str) -> str:
    scope = "" if disclosure.scope is Scope.GOVERNMENT else disclosure.scope.value
    file = f'<span class="file">{text(disclosure.file)}</span>'
    cells = (
        f'<td class="who"><b>{text(disclosure.publisher)}</b>{file}{_sure_html(disclosure, "更正" in actions)}</td>',
        f'<td data-head="年度">{disclosure.year or "未读出"}</td>',
        f'<td data-head="文种">{scope}{disclosure.kind.value}</td>',
        f'<td data-head="页数">{disclosure.pages or "–"}</td>',
        f'<td data-head="表内合计">{sums_html(sums)}</td>',
        f'<td class="actions-cell">{actions}</td>' if actions else "",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _sure_html(disclosure: Disclosure, correctable: bool) -> str:
    """Who says which report it is, where that is not plain print."""
    if disclosure.read_as:
        return f'<span class="corrected">人工更正（程序读出的是：{text(disclosure.read_as)}）</span>'
    if disclosure.certain:
        return ""
    doubt = "单位、年度或文种系推测，请核对"
    return f'<button type="button" class="guessed" data-identify="{text(disclosure.id)}">{doubt}</button>' if correctable else f'<span class="guessed">{doubt}</span>'


def sums_html(counts: Counter[Sums]) -> str:
    """How many tables their own sums bear out, in sign and word, never by colour alone."""
    shown = [(sign, verdict, counts[verdict]) for verdict, sign in SIGNS.items() if counts[verdict]]
    parts = (
        f'<span class="{verdict.name.lower()}">{sign} {number} 张{verdict.value}</span>'
        for sign, verdict, number in shown
    )
    return " ".join(parts) or "无表"


def _actions_html(disclosure: Disclosure, deletable: bool, correctable: bool) -> str:
    id, title = text(disclosure.id), text(disclosure.title)
    correct = f'<button type="button" data-identify="{id}" aria-label="更正 {title} 的单位、年度或文种">更正</button>'
    delete = f'<button type="button" data-delete="{id}" aria-label="删除 {title}">删除</button>'
    return correct * correctable + delete * deletable


def confirm_html(disclosure: Disclosure) -> str:
    """The button carries what it deletes: what is asked about and what goes can never be two."""
    return (
        f'<section class="confirm desk" role="alertdialog" aria-label="删除报告"><p><b>确定删除《{text(disclosure.title)}》吗？</b>'
        "它的数字和页面将不能再查，原文件也从报告库中删去。</p>"
        f'<p class="buttons"><button type="button" class="danger" data-yes="{text(disclosure.id)}">删除</button>'
        '<button type="button" data-leave>不删</button></p></section>'
    )
