"""问答: the screen where a question is asked and its answer stands beside the page that proves it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from corpus.errors import MingzhangError
from qa.reply import Reply, ScopePart, Status
from ui.render import Turn, conversation_html, progress_html
from ui.start import Progress

Answerer = Callable[[str, tuple[Reply, ...]], Reply]
"""The question and the replies of this conversation so far → the reply."""

Streamer = Callable[[str, tuple[Reply, ...]], Iterator[Reply]]
"""The same, each reply whole and checked, and better than the one before."""

Loosener = Callable[[str, tuple[Reply, ...], frozenset[ScopePart]], Reply]
"""The same without these parts of the scope."""

LONGEST = 500
"""Characters of a question; a pasted article belongs to 核查."""
REMEMBERED = 40
"""Turns that a conversation keeps."""
LOOK_AGAIN = 0.4
"""Seconds between two looks at the first start's progress."""
NOT_YET = "还在读取自带的报告，读完就能回答。请稍候再问。"
CRASHED = "程序在回答这个问题时出了错，没有得到答案。可以换个问法再试；错误详情在运行窗口里。"
ON_ASK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-ask]');
  if (button && !document.querySelector('#conversation .pending')) trigger('ask', {question: button.dataset.ask});
  const drop = event.target.closest('[data-drop]');
  if (drop && !document.querySelector('#conversation .pending')) trigger('drop', {part: drop.dataset.drop, turn: Number(drop.dataset.turn)});
  if (event.target.closest('[data-again]')) trigger('again', {});
  const told = event.target.closest('[data-told]');
  if (told) trigger('told', {reason: told.dataset.told, turn: Number(told.dataset.turn)});
});
"""
Outputs = tuple[Any, Any, Any, Any]
"""New values of the conversation, the question box, the turns and the button for a new conversation."""


QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True)
class Asking:
    """What the screen needs from outside."""

    answerer: Answerer
    welcome: Callable[[], str]
    """HTML of the opening, made anew for each visitor: the shelf may have changed."""
    progress: Callable[[], Progress | None]
    """Of the first start; None when the shelf is ready."""
    stream: Streamer | None = None
    """The answer at once and then its better wordings, where a model words answers."""
    feedback: Callable[[str, str, Reply], None] | None = None
    """Keeps what a reader says of an answer: reason, question, reply."""
    loosen: Loosener | None = None
    """Asks again without a part of the scope that the reader took away."""
    again: Callable[[], None] | None = None
    """Begins a first start once more that failed."""


def ask_screen(page: gr.Blocks, tab: gr.Tab, asking: Asking, concurrency: int) -> None:
    """Lay the screen out inside the open Blocks and wire its events."""
    turns = gr.State(())
    opening = gr.HTML(
        "" if asking.progress() else asking.welcome(), elem_id="opening", js_on_load=ON_ASK, apply_default_css=False
    )
    conversation = gr.HTML("", elem_id="conversation", js_on_load=ON_ASK, apply_default_css=False)
    question = gr.Textbox(
        label="您的问题", show_label=False, placeholder="今年公务接待费花了多少？", max_lines=5, max_length=LONGEST,
        submit_btn="提问", elem_id="question", container=False,
    )  # fmt: skip
    fresh = gr.Button("新对话", elem_id="fresh", size="sm")
    screen = [conversation, question, turns, fresh]
    _wire(page, asking, concurrency, opening, screen)
    tab.select(asking.welcome, None, opening, concurrency_limit=None, **QUIET)


def _wire(page: gr.Blocks, asking: Asking, concurrency: int, opening: gr.HTML, screen: list[Any]) -> None:
    """Each event with its own limit: a slow answer never holds up another visitor's first look.

    The opening is a part of its own (the style sheet hides it once there is a turn): on a slow machine its event can end
    after the first answer, and must then neither wipe that nor what the visitor is typing.
    """
    conversation, question, turns, fresh = screen
    linked = gr.State("")

    def ask(asked: str, past: tuple[Turn, ...]) -> Iterator[Outputs]:
        yield from ask_story(asking, asked, past)

    def ask_clicked(past: tuple[Turn, ...], event: gr.EventData) -> Iterator[Outputs]:
        yield from ask_story(asking, str(event.question), past)

    def told(past: tuple[Turn, ...], event: gr.EventData) -> tuple[Any, Any]:
        return feedback_told(asking, past, int(event.turn), str(event.reason))

    def drop(past: tuple[Turn, ...], event: gr.EventData) -> Iterator[Outputs]:
        yield from drop_story(asking, past, int(event.turn), str(event.part))

    async def again() -> AsyncIterator[Any]:
        if asking.again:
            asking.again()
        async for shown, _ in arrival(asking, ""):
            yield shown

    async def arrive(request: gr.Request) -> AsyncIterator[tuple[Any, Any]]:
        async for shown in arrival(asking, str(request.query_params.get("q", ""))):
            yield shown

    def restart() -> tuple[Any, ...]:
        return asking.welcome(), "", "", (), gr.skip()

    answering: dict[str, Any] = {**QUIET, "concurrency_limit": concurrency, "concurrency_id": "ask"}
    opened = page.load(arrive, None, [opening, linked], concurrency_limit=None, **QUIET)
    for event in (
        opened.then(ask, [linked, turns], screen, **answering),
        question.submit(ask, [question, turns], screen, **answering),
        opening.ask(ask_clicked, [turns], screen, **answering),
        conversation.ask(ask_clicked, [turns], screen, **answering),
        conversation.drop(drop, [turns], screen, **answering),
    ):
        event.failure(crashed, turns, [conversation, turns], queue=False, **QUIET)
    opening.again(again, None, opening, concurrency_limit=None, **QUIET)
    conversation.told(told, turns, [conversation, turns], concurrency_limit=None, **QUIET)
    fresh.click(restart, None, [opening, *screen], queue=False, **QUIET)


async def arrival(asking: Asking, linked: str) -> AsyncIterator[tuple[Any, Any]]:
    """What a visitor sees on opening the page: the first start's progress, then the welcome or the linked question."""
    while (progress := asking.progress()) and not progress.failed:
        yield progress_html(progress), gr.skip()
        await asyncio.sleep(LOOK_AGAIN)
    # In a thread: the opening's examples are asked first, and nobody else's answer may wait for that.
    opening = progress_html(progress, asking.again is not None) if progress else await asyncio.to_thread(asking.welcome)
    yield opening, linked.strip()[:LONGEST]


def ask_story(asking: Asking, asked: str, past: tuple[Turn, ...]) -> Iterator[Outputs]:
    """First the question with a sign that it is being looked up, then the answer."""
    asked = asked.strip()[:LONGEST]
    if not asked:
        yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
        return
    kept = tuple(turn for turn in past if turn.reply)[1 - REMEMBERED :]
    yield from _turn_story(asking, Turn(asked, None, before=tuple(turn.reply for turn in kept if turn.reply)), kept)


def drop_story(asking: Asking, past: tuple[Turn, ...], number: int, part: str) -> Iterator[Outputs]:
    """A turn asked again, in the conversation that it was asked in, without one more part of its scope."""
    turn = past[number - 1] if 0 < number <= len(past) else None
    if asking.loosen is None or turn is None or part not in set(ScopePart):
        yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
        return
    kept = tuple(turn for turn in past if turn.reply)[1 - REMEMBERED :]
    yield from _turn_story(asking, Turn(turn.question, None, before=turn.before, without=turn.without | {ScopePart(part)}), kept)


def _turn_story(asking: Asking, turn: Turn, kept: tuple[Turn, ...]) -> Iterator[Outputs]:
    waiting = (*kept, turn)
    yield conversation_html(waiting), "", waiting, gr.skip()
    for reply in _replies(asking, turn):
        done = (*kept, replace(turn, reply=reply, told="" if asking.feedback else None))
        yield conversation_html(done), gr.skip(), done, gr.skip()


def _replies(asking: Asking, turn: Turn) -> Iterator[Reply]:
    """One reply, or with a model the model-less one first. What fails after the first costs only a notice."""
    if asking.stream is None or asking.progress() or turn.without:
        yield answered(asking, turn.question, turn.before, turn.without)
        return
    shown: Reply | None = None
    try:
        for shown in asking.stream(turn.question, turn.before):
            yield shown
    except MingzhangError as error:
        yield replace(shown, notices=(*shown.notices, str(error))) if shown else Reply(Status.REFUSED, str(error))


def answered(asking: Asking, question: str, before: tuple[Reply, ...] = (), without: frozenset[ScopePart] = frozenset()) -> Reply:
    """The reply, or what stands in its way said as one."""
    progress = asking.progress()
    if progress and not progress.failed:
        return Reply(Status.CLARIFY, NOT_YET, choices=(question,))
    try:
        return asking.loosen(question, before, without) if without and asking.loosen else asking.answerer(question, before)
    except MingzhangError as error:
        return Reply(Status.REFUSED, str(error))


def feedback_told(asking: Asking, past: tuple[Turn, ...], number: int, reason: str) -> tuple[Any, Any]:
    """Kept once an answer; a failure to keep it is said where the thanks would stand."""
    turn = past[number - 1] if 0 < number <= len(past) else None
    if asking.feedback is None or turn is None or turn.reply is None or turn.told:
        return gr.skip(), gr.skip()
    try:
        asking.feedback(reason, turn.question, turn.reply)
    except MingzhangError as error:
        gr.Warning(str(error))
        return gr.skip(), gr.skip()
    told = tuple(replace(one, told=reason) if one is turn else one for one in past)
    return conversation_html(told), told


def crashed(turns: tuple[Turn, ...]) -> tuple[str, tuple[Turn, ...]]:
    """After a fault of the program the question keeps standing, with what happened said plainly."""
    ended = tuple(turn if turn.reply else replace(turn, reply=Reply(Status.REFUSED, CRASHED)) for turn in turns)
    return conversation_html(ended), ended
