"""核查: the screen where a text is pasted or uploaded and each of its figures is held against the disclosures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError
from qa.verdict import Checked
from ui.check_view import checked_html
from ui.render import pending_html, text

LONGEST = 50_000
"""Characters of a text: a long feature has a tenth of them."""
CHECKERS = 2
"""Texts that are checked at the same time, over all visitors."""
KINDS = [".txt", ".md", ".docx", ".doc", ".pdf", ".html", ".htm"]
HEAD = (
    '<h1 class="screen-head">核查文章里的数字</h1>'
    '<p class="screen-note">粘贴一段文字或打开一个文件，逐个数字对照报告库里的公开报告。文字核查完不保存。</p>'
)
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
CRASHED = "程序在核查时出了错，没有得到结果。错误详情在运行窗口里。"


@dataclass(frozen=True)
class Checking:
    """What the screen needs from outside."""

    check: Callable[[str], Checked]
    text_of: Callable[[Path], str]
    """The text of an uploaded file."""
    disclosures: Callable[[], Sequence[Disclosure]]


def check_screen(checking: Checking) -> None:
    """Lay the screen out inside the open tab and wire its events."""
    gr.HTML(HEAD, apply_default_css=False, js_on_load=None)
    article = gr.Textbox(
        label="要核查的文字", show_label=False, placeholder="把文章粘贴在这里……", lines=7, max_lines=16, max_length=LONGEST,
        elem_id="article", container=False,
    )  # fmt: skip
    with gr.Row(elem_classes="upload-row"):
        go = gr.Button("核查", variant="primary", elem_id="check-go", size="md")
        upload = gr.UploadButton("打开文件", file_types=KINDS, elem_id="check-file", size="md")
    result = gr.HTML("", elem_id="verdicts", elem_classes="result", js_on_load=None, apply_default_css=False)

    def check(asked: str) -> Iterator[str]:
        yield from check_story(checking, asked)

    def taken(path: str) -> tuple[Any, Any]:
        return text_taken(checking, Path(path))

    def failed() -> str:
        return f'<p class="notice" role="alert">{CRASHED}</p>'

    working: dict[str, Any] = {**QUIET, "concurrency_limit": CHECKERS, "concurrency_id": "check"}
    opened = upload.upload(taken, upload, [article, result], **working)
    for event in (go.click(check, article, result, **working), opened.success(check, article, result, **working)):
        event.failure(failed, None, result, queue=False, **QUIET)


def check_story(checking: Checking, asked: str) -> Iterator[str]:
    """First a sign that the text is being checked, then the verdicts."""
    asked = asked.replace("\r\n", "\n")[:LONGEST]
    if not asked.strip():
        yield gr.skip()
        return
    yield pending_html("正在逐句核查…")
    try:
        yield checked_html(checking.check(asked), checking.disclosures())
    except MingzhangError as error:
        yield f'<p class="notice" role="alert">{text(str(error))}</p>'


def text_taken(checking: Checking, path: Path) -> tuple[Any, Any]:
    """An uploaded file's text into the box; its copy is not kept."""
    try:
        return checking.text_of(path)[:LONGEST], ""
    except MingzhangError as error:
        return "", f'<p class="notice" role="alert">{text(str(error))}</p>'
    finally:
        path.unlink(missing_ok=True)
