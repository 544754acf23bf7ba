"""问答: the screen where a question is asked and its answer stands beside the page that proves it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import gradio as gr

from corpus.errors import MingzhangError
from qa.reply import Reply, Status
from ui.evidence import PANE
from ui.render import Turn, conversation_html, welcome_html

Answerer = Callable[[str, tuple[Reply, ...]], Reply]
"""The question and the replies of this conversation so far → the reply."""

LONGEST = 500
"""Characters of a question; a pasted article belongs to 核查."""
REMEMBERED = 40
"""Turns that a conversation keeps on the page."""
ON_ASK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-ask]');
  if (button) trigger('ask', {question: button.dataset.ask});
});
"""


@dataclass(frozen=True)
class AskScreen:
    """The parts that `app` wires to the page's start."""

    conversation: gr.HTML
    question: gr.Textbox
    turns: gr.State


def ask_screen(answerer: Answerer, welcome: Callable[[], str], concurrency: int) -> AskScreen:
    """Lay the screen out inside the open Blocks and wire its events."""
    turns = gr.State(())
    conversation = gr.HTML(welcome(), elem_id="conversation", js_on_load=ON_ASK, apply_default_css=False)
    question = gr.Textbox(
        label="您的问题", show_label=False, placeholder="问一问：今年公务接待费花了多少？", max_lines=5, max_length=LONGEST,
        submit_btn="提问", elem_id="question", container=False, autofocus=True,
    )  # fmt: skip
    fresh = gr.Button("新对话", elem_id="fresh", size="sm", visible=False)
    gr.HTML(PANE, elem_id="evidence-host", apply_default_css=False, js_on_load=None)

    def ask(asked: str, past: tuple[Turn, ...]) -> Iterator[tuple[object, ...]]:
        if not asked.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        pending = (*past, Turn(asked.strip(), None))
        yield conversation_html(pending), "", past, gr.Button(visible=True)
        done = (*past, Turn(asked.strip(), answered(answerer, asked.strip(), past)))[-REMEMBERED:]
        yield conversation_html(done), gr.skip(), done, gr.skip()

    def ask_clicked(past: tuple[Turn, ...], event: gr.EventData) -> Iterator[tuple[object, ...]]:
        yield from ask(str(event.question)[:LONGEST], past)

    def restart() -> tuple[object, ...]:
        return welcome(), "", (), gr.Button(visible=False)

    outputs = [conversation, question, turns, fresh]
    options = {"outputs": outputs, "show_progress": "hidden", "concurrency_limit": concurrency, "concurrency_id": "ask"}
    question.submit(ask, [question, turns], api_visibility="private", **options)
    conversation.ask(ask_clicked, [turns], api_visibility="private", **options)
    fresh.click(restart, None, outputs, queue=False, show_progress="hidden", api_visibility="private")
    return AskScreen(conversation, question, turns)


def answered(answerer: Answerer, question: str, past: tuple[Turn, ...]) -> Reply:
    """The reply, or what went wrong said as one."""
    try:
        return answerer(question, tuple(turn.reply for turn in past if turn.reply))
    except MingzhangError as error:
        return Reply(Status.REFUSED, str(error))
