"""Reply → HTML: the answer, its figures, its sources and what to ask next. Pure; every text is shown as text."""

import json
import re
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from corpus.amount import plain
from qa.reply import Citation, Figure, Reply, ScopePart, Status, Term, Trace, Value
from ui.chart import series_html
from ui.feedback import REASONS
from ui.start import Progress

MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True)
class Turn:
    """One question and what came back; None while it is being looked up."""

    question: str
    reply: Reply | None
    told: str | None = None
    """What the reader said of it; '' when nothing yet; None where nobody listens."""
    before: tuple[Reply, ...] = ()
    """What the conversation had said when it was asked."""
    without: frozenset[ScopePart] = frozenset()
    """Parts of the scope that the reader took away."""


def text(value: str) -> str:
    """Any text from a document, a file name or a person, as text: no tag, no entity."""
    return escape(value, quote=True)


def conversation_html(turns: tuple[Turn, ...]) -> str:
    return "".join(_turn_html(turn, number) for number, turn in enumerate(turns, start=1))


def welcome_html(examples: tuple[str, ...], shelf_line: str) -> str:
    """What stands on the page before the first question."""
    cards = "".join(f"<li>{_ask_button(question, 'example')}</li>" for question in examples)
    listed = f'<h2 class="small-head">可以这样问</h2><ul class="examples">{cards}</ul>' if cards else ""
    return (
        '<section class="welcome"><h1>向公开的账本提问</h1>'
        '<p class="tagline">每个数字都能点开原页核对；账本里没有的，就直说没有。</p>'
        f'<p class="shelf-line">{text(shelf_line)}</p>{listed}</section>'
    )


def progress_html(progress: Progress, again: bool = False) -> str:
    """The first start, seen by a visitor; or why it ended early, and whether it can be tried again."""
    if progress.failed:
        cause = f'<p class="notice" role="alert">{text(progress.failed)}</p>'
        button = '<p><button type="button" class="again" data-again>重试</button></p>' if again else ""
        return f'<section class="welcome"><h1>自带的报告没有读完</h1>{cause}{button}</section>'
    counted = f"{progress.done} / {progress.total}" if progress.total else ""
    return (
        '<section class="welcome"><h1>第一次打开，正在读报告</h1>'
        '<p class="tagline">读完就能提问，不用刷新。</p>'
        f'<div class="progress" role="progressbar" aria-label="{text(progress.stage)}" aria-valuemin="0" '
        f'aria-valuemax="100" aria-valuenow="{progress.share}"><div style="width: {progress.share}%"></div></div>'
        f'<p class="shelf-line">{text(progress.stage)} {counted}</p></section>'
    )


def _turn_html(turn: Turn, number: int) -> str:
    body = pending_html() if turn.reply is None else reply_html(turn.question, turn.reply, number)
    left_out = "".join(f' <span class="without">不限{part}</span>' for part in ScopePart if part in turn.without)
    return (
        f'<article class="turn" aria-label="第{number}问">'
        f'<p class="question"><span class="sr">提问：</span>{text(turn.question)}{left_out}</p>{body}{_told_html(turn, number)}</article>'
    )


def _told_html(turn: Turn, number: int) -> str:
    """A way to say what is wrong with an answer."""
    if turn.reply is None or turn.told is None:
        return ""
    if turn.told:
        return f'<p class="told" role="status">✓ 已记下：{text(turn.told)}。谢谢。</p>'
    buttons = "".join(f'<button type="button" data-told="{reason}" data-turn="{number}">{reason}</button>' for reason in REASONS)
    return f'<details class="told"><summary>答得不对？</summary><span>{buttons}</span></details>'


def pending_html(doing: str = "正在查账…") -> str:
    return f'<div class="answer pending" role="status"><span class="dots" aria-hidden="true"></span>{doing}</div>'


def reply_html(question: str, reply: Reply, number: int = 0) -> str:
    """The whole card of one answer; `number` is its turn's, 0 outside a conversation."""
    parts = (
        _scope_html(reply, number),
        _text_html(reply),
        _notices_html(reply),
        _cards_html(reply),
        _checked_html(reply.figures),
        _formula_html(reply),
        series_html(reply.series, text),
        _sources_html(reply),
        _choices_html(reply),
        _actions_html(question, reply),
        _followups_html(reply),
    )
    return f'<div class="answer {reply.status.value}">{"".join(parts)}</div>'


def _scope_html(reply: Reply, number: int) -> str:
    """Publisher, years, kind; what the reader or the conversation set can be taken away again."""
    if not reply.scope:
        return ""
    publisher, *years, kind = reply.scope
    names = {ScopePart.PUBLISHER: publisher, ScopePart.YEAR: "、".join(years), ScopePart.KIND: kind}
    chips = "".join(f"<li>{text(name)}{_drop_html(part, number) if part in reply.given and number else ''}</li>" for part, name in names.items() if name)
    return f'<ul class="scope" aria-label="回答的范围">{chips}</ul>'


def _drop_html(part: ScopePart, number: int) -> str:
    label = f"不限{part}，再问一次"
    return f'<button type="button" data-drop="{part}" data-turn="{number}" aria-label="{label}" title="{label}"><span aria-hidden="true">×</span></button>'


def _text_html(reply: Reply) -> str:
    lines = [line.strip() for line in reply.text.splitlines() if line.strip()]
    left = list(reply.terms)
    shown = [_marked(line, reply.citations, left) for line in lines]
    lead = f'<p class="lead">{shown[0]}</p>' if shown else ""
    return lead + "".join(f"<p>{line}</p>" for line in shown[1:])


def _marked(line: str, citations: tuple[Citation, ...], terms: list[Term]) -> str:
    """A line as text, each [n] that has a source as a chip that opens it, each term that the report explains where it stands first."""
    by_number = {citation.n: citation for citation in citations}
    out, end = [], 0
    for mark in MARK.finditer(line):
        citation = by_number.get(int(mark.group(1)))
        if citation:
            out += [_with_terms(line[end : mark.start()], terms), chip_html(citation)]
            end = mark.end()
    return "".join((*out, _with_terms(line[end:], terms)))


def _with_terms(words: str, terms: list[Term]) -> str:
    """The terms that were found are taken off the list."""
    place, term = min(((words.find(term.words), term) for term in terms if term.words in words), key=lambda one: one[0], default=(-1, None))
    if term is None:
        return text(words)
    terms.remove(term)
    after = place + len(term.words)
    return text(words[:place]) + term_html(term) + _with_terms(words[after:], terms)


def term_html(term: Term) -> str:
    data = cite_of(term.citation) | {"title": f"名词解释：{term.name}　{where(term.citation)}"}
    return (
        f'<button type="button" class="term" data-cite="{text(json.dumps(data, ensure_ascii=False))}" '
        f'aria-label="{text(term.words)}，看报告的名词解释">{text(term.words)}</button>'
    )


def chip_html(citation: Citation) -> str:
    label = f"出处{citation.n}：{citation.file} {where(citation)}，点开原页"
    return (
        f'<button type="button" class="chip{"" if citation.reliable else " doubtful"}" '
        f'data-cite="{cite_data(citation)}" aria-label="{text(label)}">{citation.n}</button>'
    )


def cite_data(citation: Citation) -> str:
    """What the page needs to open the source, as JSON in an attribute."""
    return text(json.dumps(cite_of(citation), ensure_ascii=False))


def cite_of(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "id": citation.disclosure,
        "file": citation.file,
        "page": citation.page,
        "box": citation.box,
        "quote": citation.quote,
        "where": where(citation),
        "reliable": citation.reliable,
    }


def where(citation: Citation) -> str:
    return f"第{citation.page}页" if citation.page else citation.place


def _notices_html(reply: Reply) -> str:
    sign = '<span aria-hidden="true">⚠</span>'
    return "".join(f'<p class="notice" role="note">{sign} {text(notice)}</p>' for notice in reply.notices)


def _cards_html(reply: Reply) -> str:
    if not reply.values or any(point.amount == reply.values[0].amount for point in reply.series):
        return ""  # the chart has it
    cards = "".join(_card_html(value) for value in reply.values)
    return f'<dl class="cards">{cards}</dl>'


def _card_html(value: Value) -> str:
    number, unit = plain(value.amount.number), str(value.amount.unit)
    gap = "" if unit in ("%", "‰") else " "
    return (
        f'<div class="card"><dt>{text(value.label)}</dt>'
        f'<dd><span class="number">{text(number)}</span>{gap}<span class="unit">{text(unit)}</span></dd></div>'
    )


def _checked_html(figures: tuple[Figure, ...]) -> str:
    if not figures:
        return ""
    good = sum(figure.trace is not Trace.NONE for figure in figures)
    rows = "".join(f"<li><b>{text(figure.text)}</b> {text(figure.trace.value)}</li>" for figure in figures)
    sign, state = ("✓", "") if good == len(figures) else ("!", " partly")
    return (
        f'<details class="checked{state}"><summary><span aria-hidden="true">{sign}</span> '
        f"已核对 {good}/{len(figures)} 个数字</summary><ul>{rows}</ul></details>"
    )


def _formula_html(reply: Reply) -> str:
    if not reply.formula:
        return ""
    return f'<details class="formula"><summary>怎么算的</summary><p>{text(reply.formula)}</p></details>'


def _sources_html(reply: Reply) -> str:
    if not reply.citations:
        return ""
    rows = "".join(f"<li>{source_html(citation)}</li>" for citation in reply.citations)
    return f'<section class="sources"><h3>出处</h3><ol>{rows}</ol></section>'


def source_html(citation: Citation) -> str:
    doubt = '<span class="doubt">图像识别，未能核对</span>' if not citation.reliable else ""
    return (
        f'<button type="button" class="source" data-cite="{cite_data(citation)}">'
        f'<span class="n">{citation.n}</span><span class="what"><span class="file">{text(citation.file)}</span> '
        f'<span class="where">{text(where(citation))}</span>{doubt}<q>{text(citation.quote)}</q></span></button>'
    )


def _choices_html(reply: Reply) -> str:
    if not reply.choices:
        return ""
    head = "您要问的是" if reply.status is Status.CLARIFY else "也可能您想问"
    rows = "".join(f"<li>{_ask_button(choice, 'choice')}</li>" for choice in reply.choices)
    return f'<section class="choices"><h3>{head}</h3><ul>{rows}</ul></section>'


def _followups_html(reply: Reply) -> str:
    if not reply.followups:
        return ""
    rows = "".join(f"<li>{_ask_button(question, 'followup')}</li>" for question in reply.followups)
    return f'<section class="followups"><h3>接着问</h3><ul>{rows}</ul></section>'


def _ask_button(question: str, kind: str) -> str:
    return f'<button type="button" class="{kind}" data-ask="{text(question)}">{text(question)}</button>'


def _actions_html(question: str, reply: Reply) -> str:
    link = f"?q={quote(reply.resolved or question, safe='')}"
    seconds = f'<span class="seconds">{reply.seconds:.2f} 秒</span>' if reply.seconds else ""
    words = text(copy_text(question, reply))
    return (
        f'<div class="actions"><button type="button" data-copy="{words}">复制（含出处）</button>'
        f'<button type="button" data-link="{text(link)}">复制链接</button>{seconds}</div>'
    )


def copy_text(question: str, reply: Reply) -> str:
    """The answer as plain text with its sources, for a mail or an article."""
    formula = [f"计算：{reply.formula}"] if reply.formula else []
    sources = [f"[{c.n}] 《{c.file}》{where(c)}：“{c.quote}”" for c in reply.citations]
    return "\n".join((f"问：{question}", reply.text, *formula, *reply.notices, *sources))
