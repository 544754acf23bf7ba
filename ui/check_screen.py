"""核查: the screen where a text is pasted or uploaded and each of its figures is held against the disclosures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError
from qa.check import Step
from qa.verdict import Checked
from ui.check_view import checked_html, step_html
from ui.reader_ruling import NoteError, Readers, reader_ruling
from ui.render import pending_html, text
from ui.start import Progress, nothing_to_do

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
NOT_YET = "还在读取自带的报告，读完就能核查（“问答”里有进度）。请稍候再点“核查”。"
CRASHED = "程序在核查时出了错，没有得到结果。错误详情在运行窗口里。"


ON_VERDICTS = """
element.addEventListener('submit', (event) => {
  const form = event.target.closest('[data-judge]');
  if (!form) return;
  event.preventDefault();
  const said = new FormData(form);
  trigger('judge', {n: Number(form.dataset.judge), ruling: String(said.get('ruling')), note: String(said.get('note'))});
});
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-withdraw]');
  if (button) trigger('judge', {n: Number(button.dataset.withdraw), ruling: '', note: ''});
});
"""
SHOWN_STEPS = 60
"""Times at most that a long check shows what it has found so far: each time the whole text is sent again."""


@dataclass(frozen=True)
class Checking:
    """What the screen needs from outside."""

    check: Callable[[str], Checked]
    text_of: Callable[[Path], str]
    """The text of an uploaded file."""
    disclosures: Callable[[], Sequence[Disclosure]]
    steps: Callable[[str], Iterator[Step]] | None = None
    """The same check sentence by sentence, for its progress to be seen."""
    uploads: bool = True
    """Whether a file may be sent."""
    progress: Callable[[], Progress | None] = nothing_to_do
    """Of the first start: until it has ended, a report that is missing may only not have been read yet."""


@dataclass(frozen=True)
class Result:
    """A finished check and what its reader says of it; it lives as long as the reader's page."""

    checked: Checked
    readers: Readers


def check_screen(checking: Checking) -> None:
    """Lay the screen out inside the open tab and wire its events."""
    gr.HTML(HEAD, apply_default_css=False, js_on_load=None)
    article = gr.Textbox(
        label="要核查的文字", show_label=False, placeholder="把文章粘贴在这里……", lines=7, max_lines=16, max_length=LONGEST,
        elem_id="article", container=False,
    )  # fmt: skip
    with gr.Row(elem_classes="upload-row"):
        go = gr.Button("核查", variant="primary", elem_id="check-go", size="md")
        upload = gr.UploadButton("打开文件", file_types=KINDS, elem_id="check-file", size="md", visible=checking.uploads)
    verdicts = gr.HTML("", elem_id="verdicts", elem_classes="result", js_on_load=ON_VERDICTS, apply_default_css=False)
    result = gr.State(None)
    _wire(checking, article, go, upload, verdicts, result)


def _wire(checking: Checking, article: gr.Textbox, go: gr.Button, upload: gr.UploadButton, verdicts: gr.HTML, result: gr.State) -> None:
    def check(asked: str) -> Iterator[tuple[Any, Any]]:
        yield from check_story(checking, asked)

    def taken(path: str) -> Iterator[tuple[Any, Any, Any]]:
        yield from text_taken(checking, Path(path))

    def judge(now: Result | None, event: gr.EventData) -> tuple[Any, Any]:
        return judged(checking, now, int(event.n), str(event.ruling), str(event.note))

    def failed() -> tuple[str, None]:
        return f'<p class="notice" role="alert">{CRASHED}</p>', None

    working: dict[str, Any] = {**QUIET, "concurrency_limit": CHECKERS, "concurrency_id": "check"}
    opened = upload.upload(taken, upload, [article, verdicts, result], **working)
    opened.failure(failed, None, [verdicts, result], queue=False, **QUIET)
    for event in (go.click(check, article, [verdicts, result], **working), opened.success(check, article, [verdicts, result], **working)):
        event.failure(failed, None, [verdicts, result], queue=False, **QUIET)
    verdicts.judge(judge, result, [verdicts, result], concurrency_limit=None, **QUIET)


def check_story(checking: Checking, asked: str) -> Iterator[tuple[Any, Any]]:
    """First a sign that the text is being checked, then what is found sentence by sentence, then the whole result."""
    asked = asked.replace("\r\n", "\n")
    if not asked.strip():
        yield gr.skip(), gr.skip()
        return
    if (progress := checking.progress()) and not progress.failed:
        yield f'<p class="notice" role="status">{NOT_YET}</p>', None
        return
    yield pending_html("正在核查…"), None
    try:
        checked: Checked | None = None
        for step in _steps(checking, asked[:LONGEST]):
            if step.done < step.sentences and step.done % (step.sentences // SHOWN_STEPS + 1) == 0:
                yield step_html(step, checking.disclosures()), None
            checked = step.checked
        assert checked is not None
        yield cut_html(asked) + checked_html(checked, checking.disclosures()), Result(checked, {})
    except MingzhangError as error:
        yield f'<p class="notice" role="alert">{text(str(error))}</p>', None


def _steps(checking: Checking, asked: str) -> Iterator[Step]:
    if checking.steps is None:
        yield Step(1, 1, checking.check(asked))
    else:
        yield from checking.steps(asked)


def cut_html(asked: str) -> str:
    """The box takes no more than so much, silently: what was not checked is said."""
    return f'<p class="notice" role="note">一次最多核查 {LONGEST:,} 字，后面的没有核查。</p>' if len(asked) >= LONGEST else ""


def judged(checking: Checking, now: Result | None, n: int, ruling: str, note: str) -> tuple[Any, Any]:
    """The result with what the reader says of one verdict, or without it again."""
    if now is None or not 0 < n <= len(now.checked.verdicts):
        return gr.skip(), gr.skip()
    readers = {number: reader for number, reader in now.readers.items() if number != n}
    try:
        if ruling:
            readers[n] = reader_ruling(ruling, note)
    except NoteError as error:
        gr.Warning(str(error))
        return gr.skip(), gr.skip()
    told = replace(now, readers=readers)
    return cut_html(now.checked.text) + checked_html(now.checked, checking.disclosures(), readers), told


def text_taken(checking: Checking, path: Path) -> Iterator[tuple[Any, Any, Any]]:
    """An uploaded file's text into the box; its copy is not kept."""
    yield gr.skip(), pending_html("正在打开文件…"), None
    try:
        yield checking.text_of(path)[:LONGEST], gr.skip(), None
    except MingzhangError as error:
        yield "", f'<p class="notice" role="alert">{text(str(error))}</p>', None
    finally:
        path.unlink(missing_ok=True)
