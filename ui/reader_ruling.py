"""What a reader says against a verdict → ReaderRuling; it stands beside the program's verdict, never instead of it.

It is kept with that one result, in that reader's session, and goes into the files that the reader exports.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.errors import MingzhangError
from qa.verdict import RULINGS, Ruling
from ui.render import text

LONGEST_NOTE = 500
SIGNS = {Ruling.SUPPORTED: "✓", Ruling.REFUTED: "✗", Ruling.UNVERIFIABLE: "？"}
"""A verdict is never told by colour alone."""


@dataclass(frozen=True)
class ReaderRuling:
    """A reader's own ruling on one figure, and why."""

    ruling: Ruling
    note: str


Readers = Mapping[int, ReaderRuling]
"""Number of the verdict, from 1 → what the reader says of it."""


class NoteError(MingzhangError):
    """A ruling without its reason, or none at all."""


def reader_ruling(ruling: str, note: str) -> ReaderRuling:
    """What a form sent; a ruling of a person counts for nothing without its reason."""
    said = " ".join(note.split())[:LONGEST_NOTE]
    if ruling not in set(Ruling) or not said:
        raise NoteError("请选一个判断，并写明理由")
    return ReaderRuling(Ruling(ruling), said)


def said_html(reader: ReaderRuling | None) -> str:
    """Beside the program's verdict in the row's head."""
    return f'<span class="reader">读者：{SIGNS[reader.ruling]} {RULINGS[reader.ruling]}</span>' if reader else ""


def form_html(n: int, reader: ReaderRuling | None) -> str:
    """What the reader said, and the form to say it or to change it."""
    told = (
        f'<p class="reader-said"><b>读者的判断：{SIGNS[reader.ruling]} {RULINGS[reader.ruling]}</b>　{text(reader.note)}'
        f'<button type="button" data-withdraw="{n}" aria-label="撤回对第{n}条的判断">撤回</button></p>'
        if reader else ""
    )  # fmt: skip
    choices = "".join(
        f'<label><input type="radio" name="ruling" value="{ruling}" required{" checked" if reader and reader.ruling is ruling else ""}>'
        f'<span aria-hidden="true">{SIGNS[ruling]}</span> {RULINGS[ruling]}</label>'
        for ruling in Ruling
    )
    return (
        f'{told}<details class="own" id="own-{n}"><summary>{"修改" if reader else "我有不同判断"}</summary><form data-judge="{n}">'
        f'<fieldset><legend class="sr">您对第{n}条的判断</legend>{choices}</fieldset>'
        f'<label class="note"><span>理由</span><textarea name="note" rows="2" maxlength="{LONGEST_NOTE}" required>{text(reader.note) if reader else ""}</textarea></label>'
        '<button type="submit">记下</button><span class="hint">和程序的判定并列显示，导出时一并写入；关掉页面就没有了。</span></form></details>'
    )


def cells(reader: ReaderRuling | None) -> tuple[str, str]:
    """Ruling and note, for a table."""
    return (RULINGS[reader.ruling], reader.note) if reader else ("", "")


def as_json(reader: ReaderRuling) -> dict[str, Any]:
    return {"verdict": str(reader.ruling), "note": reader.note}
