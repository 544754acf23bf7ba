"""Checked → HTML: the text with every figure marked, and a row for each verdict. Pure; every text is shown as text."""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import count

from corpus.amount import Amount
from corpus.disclosure import Disclosure
from corpus.fact import Fact
from qa.check import as_json
from qa.cite import quote_of_place
from qa.disclosed import Disclosed
from qa.reply import Citation
from qa.verdict import RULINGS, Checked, Reading, Ruling, Verdict
from ui.export import Listing, link, made_from
from ui.render import cite_of, source_html, text, where

SIGNS = {Ruling.SUPPORTED: "✓", Ruling.REFUTED: "✗", Ruling.UNVERIFIABLE: "？"}
"""A verdict is never told by colour alone."""
COLUMNS = ("序号", "文中所写", "判定", "问题", "披露数", "披露的项目", "算式", "文件", "位置", "原文", "其他读法", "所在句子")
WHOLE = 12
"""Marked words of at most so many characters are not broken over lines."""
DOWNLOADS = {"xlsx": "Excel", "csv": "CSV", "md": "Markdown", "json": "JSON"}
NOTHING = "没有找到可以核查的数字。可核查的句子要写明单位、年度和项目，例如“某某局2024年公务接待费决算4.28万元”。"


def checked_html(checked: Checked, disclosures: Sequence[Disclosure]) -> str:
    """The whole result of one check."""
    if not checked.verdicts:
        return f'<p class="notice" role="status">{NOTHING}</p>'
    cited = [citations_of(verdict, disclosures) for verdict in checked.verdicts]
    rows = "".join(_row(n, verdict, places) for n, (verdict, places) in enumerate(zip(checked.verdicts, cited, strict=True), 1))
    return (
        f'{_tally_html(checked.verdicts)}<div class="article" lang="zh-CN">{_marked(checked, cited)}</div>'
        f'<h2 class="small-head">逐条结果</h2><ol class="verdicts">{rows}</ol>{downloads_html(listing_of(checked, disclosures))}'
    )


def _tally_html(verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdict.ruling for verdict in verdicts)
    parts = "".join(f'<li class="{ruling}"><i aria-hidden="true">{SIGNS[ruling]}</i> {RULINGS[ruling]} {counts[ruling]}</li>' for ruling in Ruling)
    return f'<p class="tally-head" role="status">核查了 {len(verdicts)} 处，点文中的标记看出处。</p><ul class="tally">{parts}</ul>'


def _marked(checked: Checked, cited: Sequence[tuple[Citation, ...]]) -> str:
    """The text; a claim inside one already marked is only listed below."""
    out, end = [], 0
    ordered = sorted(zip(count(1), checked.verdicts, cited, strict=False), key=lambda one: (one[1].claim.start, -one[1].claim.end))
    for n, verdict, places in ordered:
        claim = verdict.claim
        if claim.start < end:
            continue
        out += [text(checked.text[end : claim.start]), _mark(n, verdict, places, checked.text[claim.start : claim.end])]
        end = claim.end
    return "".join((*out, text(checked.text[end:])))


def _mark(n: int, verdict: Verdict, places: tuple[Citation, ...], words: str) -> str:
    said = _said(verdict)
    data = cite_of(places[0]) if places else {"n": n, "page": 0, "box": None, "quote": verdict.claim.sentence, "reliable": True}
    shown = data | {"note": said, "title": f"{words}　{where(places[0])}" if places else words, "verdict": n}
    short = " short" if len(words) <= WHOLE else ""
    return (
        f'<a role="button" tabindex="0" class="mark {verdict.ruling}{short}" data-cite="{text(json.dumps(shown, ensure_ascii=False))}" '
        f'aria-label="{text(f"{words}，{said}")}">{text(words)}<i aria-hidden="true">{SIGNS[verdict.ruling]}</i></a>'
    )


def _said(verdict: Verdict) -> str:
    """The verdict in one line."""
    parts = [RULINGS[verdict.ruling]]
    if verdict.reason:
        parts[0] += f"（{_reason(verdict)}）"
    if verdict.disclosed:
        parts.append(f"{verdict.disclosed.label}：{verdict.disclosed.amount}")
        if verdict.disclosed.computed:
            parts.append(verdict.disclosed.formula)
    return "　".join(parts)


def _reason(verdict: Verdict) -> str:
    """数字 of a refuted claim is what is wrong; of another ruling, the reason is a clause of its own."""
    return f"{verdict.reason}不对" if verdict.reason and verdict.ruling is Ruling.REFUTED else verdict.reason


def _row(n: int, verdict: Verdict, places: tuple[Citation, ...]) -> str:
    opened = " open" if verdict.ruling is Ruling.REFUTED else ""
    disclosed = f'<span class="disclosed">披露 {text(str(verdict.disclosed.amount))}</span>' if verdict.disclosed else ""
    reason = f'<span class="reason">{text(_reason(verdict))}</span>' if verdict.reason else ""
    head = (
        f'<summary><span class="ruling"><i aria-hidden="true">{SIGNS[verdict.ruling]}</i> {RULINGS[verdict.ruling]}</span>'
        f'<span class="said">{text(verdict.claim.text)}</span>{disclosed}{reason}</summary>'
    )
    return f'<li><details id="verdict-{n}" class="verdict {verdict.ruling}"{opened}>{head}{_body(verdict, places)}</details></li>'


def _body(verdict: Verdict, places: tuple[Citation, ...]) -> str:
    disclosed = verdict.disclosed
    label = f'<p class="label">{text(disclosed.label)}：{text(str(disclosed.amount))}</p>' if disclosed else ""
    formula = f'<p class="working">{text(disclosed.formula)}</p>' if disclosed and disclosed.computed and disclosed.formula else ""
    sources = "".join(f"<li>{source_html(place)}</li>" for place in places)
    shown = f'<ol class="places">{sources}</ol>' if sources else ""
    return f'<div class="inside"><p class="sentence">{text(verdict.claim.sentence)}</p>{label}{formula}{shown}{_readings_html(verdict.readings)}</div>'


def _readings_html(readings: Sequence[Reading]) -> str:
    if not readings:
        return ""
    rows = "".join(
        f'<li class="{one.ruling}"><i aria-hidden="true">{SIGNS[one.ruling]}</i> {text(one.name)}：'
        f"{text(str(one.disclosed.amount))}（{RULINGS[one.ruling]}）</li>"
        for one in readings
    )
    return f'<p class="readings-head">如果指的是：</p><ul class="readings">{rows}</ul>'


def citations_of(verdict: Verdict, disclosures: Sequence[Disclosure]) -> tuple[Citation, ...]:
    return _places(verdict.disclosed, disclosures) if verdict.disclosed else ()


def _places(disclosed: Disclosed, disclosures: Sequence[Disclosure]) -> tuple[Citation, ...]:
    """A place of the file once; the published file's own name."""
    names = {d.id: d.file for d in disclosures}
    found: dict[tuple[object, ...], Citation] = {}
    for place in disclosed.places:
        sources = (place.source,) if isinstance(place, Fact) else place.sources[:1]
        for source in sources:
            reliable = place.reliable if isinstance(place, Fact) else True
            file = names.get(place.disclosure, source.file)
            key = (place.disclosure, source.page, source.box, source.place)
            found.setdefault(key, Citation(len(found) + 1, place.disclosure, file, source.page, source.box, quote_of_place(place), reliable, source.place))
    return tuple(found.values())


def downloads_html(listing: Listing) -> str:
    links = "".join(
        f'<a download="{text(listing.title)}.{form}" href="{link(listing, form)}">{name}</a>' for form, name in DOWNLOADS.items()
    )
    return f'<p class="downloads"><span>导出</span>{links}</p>'


def listing_of(checked: Checked, disclosures: Sequence[Disclosure]) -> Listing:
    """The verdicts as a table, with the reports that they rest on."""
    rows = tuple(_cells(n, verdict, disclosures) for n, verdict in enumerate(checked.verdicts, 1))
    used = {place.disclosure for verdict in checked.verdicts if verdict.disclosed for place in verdict.disclosed.places}
    about = made_from([d for d in disclosures if d.id in used])
    return Listing("核查结果", about, COLUMNS, rows, {"text": checked.text} | as_json(checked))


def _cells(n: int, verdict: Verdict, disclosures: Sequence[Disclosure]) -> tuple[str, ...]:
    disclosed, places = verdict.disclosed, citations_of(verdict, disclosures)
    readings = "；".join(f"{one.name}：{one.disclosed.amount}（{RULINGS[one.ruling]}）" for one in verdict.readings)
    return (
        str(n), verdict.claim.text, RULINGS[verdict.ruling], _reason(verdict), _amount(disclosed.amount if disclosed else None),
        disclosed.label if disclosed else "", disclosed.formula if disclosed else "", "；".join(dict.fromkeys(place.file for place in places)),
        "；".join(where(place) for place in places), "；".join(place.quote for place in places), readings, verdict.claim.sentence,
    )  # fmt: skip


def _amount(amount: Amount | None) -> str:
    return str(amount) if amount else ""
