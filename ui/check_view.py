"""Checked → HTML: the text with every figure marked, and a row for each verdict with what the reader says of it. Pure; every text is shown as text."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from corpus.amount import Amount
from corpus.disclosure import Disclosure
from corpus.fact import Fact
from qa.check import Step, as_json
from qa.cite import quote_of_place
from qa.claim import Form
from qa.disclosed import Disclosed
from qa.reply import Citation
from qa.verdict import RULINGS, Checked, Reading, Ruling, Verdict
from ui.export import Listing, link, made_from
from ui.reader_ruling import SIGNS, Readers, cells, form_html, said_html
from ui.reader_ruling import as_json as reader_json
from ui.render import cite_of, source_html, text, where

COLUMNS = ("序号", "文中所写", "判定", "问题", "披露数", "相差", "披露的项目", "算式", "文件", "位置", "原文", "其他读法", "所在句子", "读者判断", "读者的理由")
NOBODY: Readers = {}
WHOLE = 12
"""Marked words of at most so many characters are not broken over lines."""
DOWNLOADS = {"xlsx": "Excel", "csv": "CSV", "md": "Markdown", "json": "JSON"}
DOCUMENTS = {"docx": "Word", **DOWNLOADS}
"""A result that is read, not only a table of figures."""
NOTHING = "没有找到可以核查的数字。可核查的句子要写明单位、年度和项目，例如“某某局2024年公务接待费决算4.28万元”。"


def checked_html(checked: Checked, disclosures: Sequence[Disclosure], readers: Readers = NOBODY) -> str:
    """The whole result of one check."""
    if not checked.verdicts:
        return f'<p class="notice" role="status">{NOTHING}</p>'
    head = f'<p class="tally-head" role="status">核查了 {len(checked.verdicts)} 处，点文中的标记看出处。</p>'
    return f"{head}{_found_html(checked, disclosures, readers, True)}{downloads_html(listing_of(checked, disclosures, readers), DOCUMENTS)}"


def step_html(step: Step, disclosures: Sequence[Disclosure]) -> str:
    """How far the check is, and what it has found so far."""
    share = 100 * step.done // step.sentences if step.sentences else 0
    said = f"正在核查：第 {min(step.done + 1, step.sentences)} / {step.sentences} 句" if step.sentences else "正在核查"
    bar = (
        f'<div class="checking{"" if step.done else " begun"}"><p class="tally-head" role="status">{said}</p><div class="progress" role="progressbar" '
        f'aria-label="已核查 {step.done} 句，共 {step.sentences} 句" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{share}"><div style="width: {share}%"></div></div></div>'
    )
    return bar + (_found_html(step.checked, disclosures, NOBODY, False) if step.checked.verdicts else "")


def _found_html(checked: Checked, disclosures: Sequence[Disclosure], readers: Readers, whole: bool) -> str:
    """Tally, text and rows. While the check is still going on nobody is asked for a ruling of his own."""
    cited = [citations_of(verdict, disclosures) for verdict in checked.verdicts]
    rows = "".join(
        _row(n, verdict, places, readers, whole) for n, (verdict, places) in enumerate(zip(checked.verdicts, cited, strict=True), 1)
    )
    return (
        f'{_tally_html(checked.verdicts, readers)}<div class="article" lang="zh-CN">{_marked(checked, cited, readers)}</div>'
        f'<h2 class="small-head">逐条结果</h2><ol class="verdicts">{rows}</ol>'
    )


def _tally_html(verdicts: Sequence[Verdict], readers: Readers) -> str:
    counts = Counter(verdict.ruling for verdict in verdicts)
    parts = "".join(f'<li class="{ruling}"><i aria-hidden="true">{SIGNS[ruling]}</i> {RULINGS[ruling]} {counts[ruling]}</li>' for ruling in Ruling)
    own = f'<li class="reader">读者另有判断 {len(readers)}</li>' if readers else ""
    return f'<ul class="tally">{parts}{own}</ul>'


def _marked(checked: Checked, cited: Sequence[tuple[Citation, ...]], readers: Readers) -> str:
    """The text; a claim inside one already marked is only listed below."""
    out, end = [], 0
    ordered = sorted(zip(count(1), checked.verdicts, cited, strict=False), key=lambda one: (one[1].claim.start, -one[1].claim.end))
    for n, verdict, places in ordered:
        claim = verdict.claim
        if claim.start < end:
            continue
        out += [text(checked.text[end : claim.start]), _mark(n, verdict, places, checked.text[claim.start : claim.end], readers)]
        end = claim.end
    return "".join((*out, text(checked.text[end:])))


def _mark(n: int, verdict: Verdict, places: tuple[Citation, ...], words: str, readers: Readers) -> str:
    said = _said(verdict) + (f"　读者判断：{RULINGS[readers[n].ruling]}（{readers[n].note}）" if n in readers else "")
    data = cite_of(places[0]) if places else {"n": n, "page": 0, "box": None, "quote": verdict.claim.sentence, "reliable": True}
    shown = data | {"note": said, "title": f"{words}　{where(places[0])}" if places else words, "verdict": n}
    short = " short" if len(words) <= WHOLE else ""
    own = f'<i class="reader" aria-hidden="true">读者{SIGNS[readers[n].ruling]}</i>' if n in readers else ""
    return (
        f'<a role="button" tabindex="0" class="mark {verdict.ruling}{short}" data-cite="{text(json.dumps(shown, ensure_ascii=False))}" '
        f'aria-label="{text(f"{words}，{said}")}">{text(words)}<i aria-hidden="true">{SIGNS[verdict.ruling]}</i>{own}</a>'
    )


def _said(verdict: Verdict) -> str:
    """The verdict in one line."""
    parts = [RULINGS[verdict.ruling]]
    if verdict.reason:
        parts[0] += f"（{_reason(verdict)}）"
    if verdict.disclosed:
        parts.append(f"{verdict.disclosed.label}：{_disclosed(verdict)}")
        if verdict.disclosed.computed:
            parts.append(verdict.disclosed.formula)
    return "　".join(parts)


_TURNS = {Form.CHANGE: ("增加", "减少"), Form.GROWTH: ("增长", "下降"), Form.POINTS: ("提高", "降低"), Form.TURN: ("增加", "减少")}


def _disclosed(verdict: Verdict) -> str:
    """The disclosed figure; of a change with its direction, which may be all that is wrong with a claim."""
    disclosed = verdict.disclosed
    if disclosed is None:
        return ""
    words = _TURNS.get(verdict.claim.form)
    if words is None or not disclosed.value:
        return str(disclosed.amount)
    return f"{words[disclosed.value < 0]}{str(disclosed.amount).lstrip('-')}"


def _reason(verdict: Verdict) -> str:
    """数字 of a refuted claim is what is wrong; of another ruling, the reason is a clause of its own."""
    return f"{verdict.reason}不对" if verdict.reason and verdict.ruling is Ruling.REFUTED else verdict.reason


def _row(n: int, verdict: Verdict, places: tuple[Citation, ...], readers: Readers, whole: bool) -> str:
    opened = " open" if verdict.ruling is Ruling.REFUTED else ""
    disclosed = f'<span class="disclosed">披露 {text(_disclosed(verdict))}</span>' if verdict.disclosed else ""
    reason = f'<span class="reason">{text(_reason(verdict))}</span>' if verdict.reason else ""
    head = (
        f'<summary><span class="ruling"><i aria-hidden="true">{SIGNS[verdict.ruling]}</i> {RULINGS[verdict.ruling]}</span>'
        f'<span class="said">{text(verdict.claim.text)}</span>{disclosed}{reason}{said_html(readers.get(n))}</summary>'
    )
    own = form_html(n, readers.get(n)) if whole else ""
    return f'<li><details id="verdict-{n}" class="verdict {verdict.ruling}"{opened}>{head}{_body(verdict, places, own)}</details></li>'


def _body(verdict: Verdict, places: tuple[Citation, ...], own: str) -> str:
    disclosed = verdict.disclosed
    label = f'<p class="label">{text(disclosed.label)}：{text(_disclosed(verdict))}</p>' if disclosed else ""
    formula = f'<p class="working">{text(disclosed.formula)}</p>' if disclosed and disclosed.computed and disclosed.formula else ""
    sources = "".join(f"<li>{source_html(place)}</li>" for place in places)
    shown = f'<ol class="places">{sources}</ol>' if sources else ""
    return f'<div class="inside"><p class="sentence">{text(verdict.claim.sentence)}</p>{label}{formula}{shown}{_readings_html(verdict.readings)}{own}</div>'


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


def downloads_html(listing: Listing, forms: Mapping[str, str] = DOWNLOADS) -> str:
    links = "".join(f'<a download="{text(listing.title)}.{form}" href="{link(listing, form)}">{name}</a>' for form, name in forms.items())
    return f'<p class="downloads"><span>导出</span>{links}</p>'


def listing_of(checked: Checked, disclosures: Sequence[Disclosure], readers: Readers = NOBODY) -> Listing:
    """The verdicts as a table, with the reports that they rest on."""
    rows = tuple((*_cells(n, verdict, disclosures), *cells(readers.get(n))) for n, verdict in enumerate(checked.verdicts, 1))
    used = {place.disclosure for verdict in checked.verdicts if verdict.disclosed for place in verdict.disclosed.places}
    about = made_from([d for d in disclosures if d.id in used])
    return Listing("核查结果", about, COLUMNS, rows, {"text": checked.text} | _data(checked, readers))


def _data(checked: Checked, readers: Readers) -> dict[str, Any]:
    """As `check --json` prints it; a reader's ruling stands in a field of its own."""
    claims = as_json(checked)["claims"]
    return {"claims": [claim | ({"reader": reader_json(readers[n])} if n in readers else {}) for n, claim in enumerate(claims, 1)]}


def _cells(n: int, verdict: Verdict, disclosures: Sequence[Disclosure]) -> tuple[str, ...]:
    disclosed, places = verdict.disclosed, citations_of(verdict, disclosures)
    readings = "；".join(f"{one.name}：{one.disclosed.amount}（{RULINGS[one.ruling]}）" for one in verdict.readings)
    return (
        str(n), verdict.claim.text, RULINGS[verdict.ruling], _reason(verdict), _disclosed(verdict),
        _amount(verdict.difference), disclosed.label if disclosed else "", disclosed.formula if disclosed and disclosed.computed else "", "；".join(dict.fromkeys(place.file for place in places)),
        "；".join(where(place) for place in places), "；".join(place.quote for place in places), readings, verdict.claim.sentence,
    )  # fmt: skip


def _amount(amount: Amount | None) -> str:
    return str(amount) if amount else ""
