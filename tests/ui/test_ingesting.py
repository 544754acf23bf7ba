"""Several files at once: a reading process that dies takes only its own file with it, and says so."""

import os
import signal
from pathlib import Path

import pytest

from corpus.errors import FileError
from ui import ingesting
from ui.ingesting import _lanes, _read_in_lane


def dies_on_one(file: Path, keep: Path) -> str:
    if file.name == "b.pdf":
        os.kill(os.getpid(), signal.SIGKILL)
    return file.name


def test_a_process_that_is_killed_takes_only_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "_read_one", dies_on_one)
    with _lanes(1) as lanes:
        assert _read_in_lane(lanes, Path("a.pdf"), tmp_path) == "a.pdf"
        with pytest.raises(FileError, match=r"b\.pdf.*进程中途被结束"):
            _read_in_lane(lanes, Path("b.pdf"), tmp_path)
        assert _read_in_lane(lanes, Path("c.pdf"), tmp_path) == "c.pdf"
