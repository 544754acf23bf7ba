"""Processes that answer beside the server: the same answers, of the shelf as it is now, and none lost where a process ends.

A model's words come after theirs, from an endpoint that is real but for what it says.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.apart import Ended, Limits
from corpus.disclosure import Disclosure
from corpus.settings import Settings, load_settings
from corpus.shelf import Shelf
from qa.answer import answer
from qa.reply import Reply, Status
from tests.qa.small_report import small_report, small_shelf
from tests.qa.test_llm import Answer, Handler, chunk, served, whole
from ui.answerers import Answerers
from ui.answering import Streamer, streamer_of
from ui.watch import Watch

QUESTION = "2024年公务接待费花了多少？"


def unused(question: str, history: tuple[Reply, ...]) -> Reply:
    raise AssertionError("the server answered itself")


def nothing() -> tuple[Disclosure, ...]:
    return ()


def ready(beside: Answerers) -> Answerers:
    beside.begin()
    until = time.monotonic() + 120
    while not beside._opened and time.monotonic() < until:
        time.sleep(0.05)
    assert beside._opened
    return beside


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = small_shelf(tmp_path_factory.mktemp("beside"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def settings(shelf: Shelf) -> Settings:
    """With a model that no process may ask: its notice would stand in their replies."""
    return load_settings(shelf=shelf.folder, processes=1, model="m", model_url="http://127.0.0.1:9/v1")


@pytest.fixture(scope="module")
def beside(settings: Settings) -> Iterator[Answerers]:
    made = ready(Answerers(settings, unused, nothing))
    yield made
    made.end()


def plain(reply: Reply) -> Reply:
    return replace(reply, seconds=0)


def test_a_process_answers_as_the_server_does(beside: Answerers, shelf: Shelf) -> None:
    reply = beside(QUESTION, ())
    assert "1.28万元" in reply.text
    assert plain(reply) == plain(answer(QUESTION, shelf))
    assert plain(beside("机关运行经费呢？", (reply,))) == plain(answer("机关运行经费呢？", shelf, (reply,)))


def test_the_server_answers_itself_until_a_process_has_opened_the_shelf(settings: Settings) -> None:
    said = Reply(Status.ANSWERED, "从服务进程来")
    assert Answerers(settings, lambda question, history: said, nothing)(QUESTION, ()) is said


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_process_that_is_killed_costs_no_answer(beside: Answerers) -> None:
    (child,) = beside._all
    assert child._child
    os.kill(child._child.pid, signal.SIGKILL)
    assert "1.28万元" in beside(QUESTION, ()).text


def test_a_process_sees_a_report_that_the_server_takes_off(tmp_path: Path) -> None:
    shelf = small_shelf(tmp_path)
    beside = ready(Answerers(load_settings(shelf=shelf.folder, processes=1), unused, nothing))
    try:
        assert beside(QUESTION, ()).status is Status.ANSWERED
        (report,) = shelf.disclosures()
        shelf.delete(report.id)
        assert "报告库是空的" in beside(QUESTION, ()).text
        from ingest.read import read

        path = small_report(tmp_path / "某市甲区财政局2024年度部门决算.pdf")
        shelf.save(read(path), path)
        assert beside(QUESTION, ()).status is Status.ANSWERED
    finally:
        beside.end()
        shelf.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows holds no process to a limit of time")
def test_an_answer_that_never_ends_ends_its_process_alone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.answerers._answer", _spins)
    beside = Answerers(settings, unused, nothing, Limits(seconds=3))
    (child,) = beside._all
    beside._turns.join(child)
    beside._opened = True
    with child, pytest.raises(Ended, match="用时超过 3 秒的上限"):
        beside(QUESTION, ())


def _spins(asked: object, report: object) -> Reply:
    while True:
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="the child's standard error is read by its file descriptor")
def test_an_unforeseen_error_of_a_process_prints_its_place_and_no_question(settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("ui.answerers._answer", _breaks)
    beside = ready(Answerers(settings, unused, nothing))
    try:
        with pytest.raises(Ended, match="程序出错，详情见运行窗口"):
            beside("机密的问题", ())
        said = capfd.readouterr().err
        assert "_breaks" in said and "ZeroDivisionError" in said
        assert "机密" not in said
    finally:
        beside.end()


def _breaks(asked: object, report: object) -> Reply:
    raise ZeroDivisionError(str(asked))


def test_a_publisher_s_questions_go_to_one_process_and_so_do_those_that_come_after_them(shelf: Shelf, settings: Settings) -> None:
    beside = Answerers(settings, unused, shelf.disclosures)
    (report,) = shelf.disclosures()
    asked = answer(f"{report.publisher}{QUESTION}", shelf)
    assert beside._publisher(f"{report.publisher}{QUESTION}", ()) == report.publisher
    assert beside._publisher("机关运行经费呢？", (asked,)) == report.publisher
    assert beside._publisher(QUESTION, ()) == ""


WORDED = "{Y1}，“公务接待费支出”的决算数是{F1}。"
PATIENCE = 120
"""Seconds that the endpoint waits to be let go: longer than any answer of a process on a slow machine."""


@contextmanager
def modelled(settings: Settings, shelf: Shelf, beside: Answerers, respond: Answer) -> Iterator[tuple[Streamer, Watch]]:
    """The replies of a server whose processes these are, with a model."""
    watch = Watch()
    with served(respond) as (url, _):
        there = settings.model_copy(update={"model_url": url, "timeout": float(PATIENCE)})
        yield streamer_of(shelf, there, watch.model, beside), watch


def says(handler: Handler, words: str) -> None:
    handler.write(200, chunk(words) + "data: [DONE]\n\n", "text/event-stream")


@pytest.mark.enable_socket
def test_a_models_words_follow_the_reply_of_a_process(settings: Settings, shelf: Shelf, beside: Answerers) -> None:
    with modelled(settings, shelf, beside, lambda handler: says(handler, WORDED)) as (stream, watch):
        first, *_, last = stream(QUESTION, ())
    assert plain(first) == plain(answer(QUESTION, shelf))
    assert last.worded == "m" and last.text.startswith("2024年，“公务接待费支出”的决算数是1.28万元")
    assert (last.values, last.citations) == (first.values, first.citations)
    assert watch.counters.registry.get_sample_value("mingzhang_seconds_count", {"stage": "model"}) == 1, "counted where the counters are"


@pytest.mark.enable_socket
def test_a_figure_of_the_models_own_is_dropped_after_the_reply_of_a_process_too(settings: Settings, shelf: Shelf, beside: Answerers) -> None:
    with modelled(settings, shelf, beside, lambda handler: says(handler, "公务接待费是99亿元。")) as (stream, _):
        first, *_, last = stream(QUESTION, ())
    assert last.text == first.text and last.dropped == 1 and not last.worded


@pytest.mark.enable_socket
def test_what_a_process_does_not_find_is_asked_back_by_the_model(settings: Settings, shelf: Shelf, beside: Answerers) -> None:
    with modelled(settings, shelf, beside, lambda handler: handler.write(200, whole('{"pick": "公务接待费"}'))) as (stream, _):
        refused, asked_back = stream("局里请客花了多少？", ())
    assert (refused.status, asked_back.status) == (Status.REFUSED, Status.CLARIFY)
    assert answer(asked_back.choices[0], shelf).status is Status.ANSWERED


@pytest.mark.enable_socket
def test_who_waits_for_a_model_holds_no_process(settings: Settings, shelf: Shelf, beside: Answerers) -> None:
    """There is one process, and the model says nothing until another reader has had the first reply."""
    asked, answered = threading.Event(), threading.Event()

    def waits(handler: Handler) -> None:
        asked.set()
        says(handler, WORDED if answered.wait(PATIENCE) else "没有等到。")

    with modelled(settings, shelf, beside, waits) as (stream, _):
        ends: list[Reply] = []
        reader = threading.Thread(target=lambda: ends.extend(stream(QUESTION, ())))
        reader.start()
        assert asked.wait(PATIENCE)
        assert "1.28万元" in next(stream(QUESTION, ())).text
        answered.set()
        reader.join(PATIENCE)
    assert ends[-1].worded == "m"
