"""Page of a run: scored cases → one HTML file in which each miss shows question, evidence, page picture and gold."""

import base64
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from evals.case import AuditCase, QaCase
from evals.report import FAILURES, OUTCOMES, lines
from evals.score import QaScore
from evals.score_audit import AuditScore
from evals.score_text import TextScore
from evals.summary import Scored, summary

Picture = Callable[[str, int], bytes | None]
"""(file name, page) → PNG, or None where there is none."""

_PICTURES_A_CASE = 3
_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--bad:#c0392b;--good:#1e8449}
body{font:16px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:1080px;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:0}article{border:1px solid var(--line);border-radius:10px;padding:1rem;
margin:1rem 0}.tag{font-size:.85rem;border:1px solid var(--line);border-radius:6px;padding:0 .5em;margin-left:.5em}
.bad{color:var(--bad)}.good{color:var(--good)}dl{display:grid;grid-template-columns:5em 1fr;gap:.2rem 1rem}
dt{opacity:.7}
dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}blockquote{margin:.3rem 0;padding:.3rem .8rem;
background:var(--soft);border-left:3px solid var(--line)}img{max-width:100%;border:1px solid var(--line);margin:.4rem 0}
@media(max-width:600px){dl{grid-template-columns:1fr}}
"""


def write_page(path: Path, scored: Sequence[Scored], picture: Picture, title: str = "评测报告") -> None:
    """One file, no outside address; everything that comes from cases, answers and reports is shown as text."""
    missed = [one for one in scored if one.outcome != "correct" or _citation_missed(one)]
    head = "".join(f"<p>{escape(line)}</p>" for line in lines(summary(scored)))
    body = "".join(_article(one, picture) for one in missed) or "<p class=good>没有失误。</p>"
    path.write_text(
        f"<!doctype html><html lang=zh><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>{head}"
        f"<p>下列 {len(missed)} 题有失误：</p>{body}</html>",
        encoding="utf-8",
    )


def _citation_missed(one: Scored) -> bool:
    return isinstance(one.score, QaScore) and one.score.citation is False


def _article(one: Scored, picture: Picture) -> str:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{_text(value)}</dd>" for name, value in _rows(one) if value)
    return (
        f"<article id='{escape(one.case.id, quote=True)}'><h2>{escape(one.case.id)}"
        f"<span class='tag bad'>{escape(_verdict(one))}</span></h2><dl>{rows}</dl>"
        f"{_evidence(one)}{_pictures(one, picture)}</article>"
    )


def _text(value: str) -> str:
    return escape(value).replace("\n", "<br>")


def _verdict(one: Scored) -> str:
    failure = str(one.score.failure) if isinstance(one.score, QaScore) else ""
    words = dict.fromkeys((OUTCOMES.get(one.outcome, one.outcome), FAILURES.get(failure, failure)))
    return " · ".join(word for word in words if word)


def _rows(one: Scored) -> list[tuple[str, str]]:
    match one.case, one.score:
        case QaCase() as case, QaScore():
            return [("问题", case.question), ("回答", str(one.result.get("answer", ""))),
                    ("首个数字", _first(one.result)),
                    ("标准答案", case.answer), ("要点", " ＋ ".join(" / ".join(group) for group in case.must_include)),
                    ("标准出处", _gold_pages(case)), ("说明", case.note), ("错误", str(one.result.get("error", "")))]
        case AuditCase() as case, AuditScore() as score:
            gold = {g.id: g for g in case.findings}
            missed = "\n".join(f"{i} 第{gold[i].pages[0]}页 {gold[i].expected}" for i in score.missed)
            return [("报告", case.file), ("漏报", missed), ("误报", "\n".join(score.false_alarms)),
                    ("陷阱", "\n".join(score.traps))]
        case AuditCase(), _:
            return []
        case case, TextScore() as score:
            judged = "\n".join(
                f"{n.number.text}：应为 {n.number.label}，判为 {n.verdict or '未发现'}（{n.number.error}）"
                for n in score.numbers if n.verdict != n.number.label)
            return [("正文", getattr(case, "text", "")), ("判错", judged), ("误报", "\n".join(score.false_alarms))]
    return []


def _first(result: Mapping[str, Any]) -> str:
    values = result.get("values") or []
    return " ".join(str(values[0].get(key, "")) for key in ("value", "unit", "label")) if values else ""


def _gold_pages(case: QaCase) -> str:
    return "\n".join(f"{file} 第{'、'.join(map(str, pages))}页" for file, pages in case.pages)


def _evidence(one: Scored) -> str:
    """What the system cited."""
    quoted = (
        f"[{c.get('n', '')}] 《{c.get('file', '')}》第{c.get('page', '')}页：{c.get('quote', '')}"
        for c in one.result.get("citations") or ()
    )
    return "".join(f"<blockquote>{escape(line)}</blockquote>" for line in quoted)


def _pictures(one: Scored, picture: Picture) -> str:
    """The gold's page of each file, then the page that was cited instead."""
    gold = one.case.pages if isinstance(one.case, QaCase) else ()
    wanted = [(file, pages[0], "标准出处") for file, pages in gold if pages]
    cited = [(str(c.get("file")), c.get("page"), "所引") for c in one.result.get("citations") or ()]
    places = {(f, p): why for f, p, why in reversed([*wanted, *cited[:1]]) if isinstance(p, int)}
    shown = [(place, why, picture(*place)) for place, why in list(reversed(places.items()))[:_PICTURES_A_CASE]]
    return "".join(_figure(place, why, png) for place, why, png in shown if png)


def _figure(place: tuple[str, int], why: str, png: bytes) -> str:
    caption = escape(f"{why}：{place[0]} 第{place[1]}页", quote=True)
    data = base64.b64encode(png).decode()
    return (f"<details><summary>{caption}</summary>"
            f"<img alt='{caption}' src='data:image/png;base64,{data}'></details>")
