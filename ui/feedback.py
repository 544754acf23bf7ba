"""What readers say of answers → lines in the shelf's folder; the lines → draft cases for the evaluation, to be finished by hand."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import FileError, ShelfError
from qa.render import as_json
from qa.reply import Reply, Status

REASONS = ("数字错", "引用错", "没找到", "其他")
FILE = "feedback.jsonl"


def keep(folder: Path, reason: str, question: str, reply: Reply) -> None:
    """One line at the end of the file; nothing of the reader is kept but the question."""
    if reason not in REASONS:
        raise ShelfError("反馈的类别不对")
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "reason": reason, "question": question, "reply": as_json(reply)}
    try:
        with (folder / FILE).open("a", encoding="utf-8", errors="replace") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise ShelfError(f"反馈没有存下（{error.strerror}）") from error


def kept(folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / FILE
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n"), 1):  # a question may hold other line ends
        try:
            yield json.loads(line)
        except json.JSONDecodeError as error:
            raise FileError(FILE, f"第{number}行读不了") from error


def cases(folder: Path) -> Iterator[dict[str, Any]]:
    """As `mingzhang eval` reads them. What the right answer is, a person must write in: `answer`, `value` and `pages` are left open."""
    for number, one in enumerate(kept(folder), 1):
        reply = one["reply"]
        files = list(dict.fromkeys(citation["file"] for citation in reply["citations"]))
        kind = "refuse" if reply["status"] == Status.REFUSED else "lookup_text"
        yield {
            "id": f"fb-{number:03d}", "question": reply["resolved"] or one["question"], "type": kind, "reports": files, "answer": "", "value": None,
            "unit": None, "tolerance": None, "also_values": [], "must_include": [], "pages": {}, "note": f"{one['reason']}；程序答：{reply['answer']}",
        }  # fmt: skip
