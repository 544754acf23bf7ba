"""The report that ships, read once a test run, for every test that asks it something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf

FILES = Path(__file__).parents[1] / "corpus" / "files"


@pytest.fixture(scope="session")
def shipped_record() -> Record:
    """All that is read from the shipped report."""
    from ingest.read import read

    (file,) = FILES.glob("*.pdf")
    return read(file)


@pytest.fixture(scope="session")
def shipped_shelf(shipped_record: Record, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A shelf of the shipped report alone."""
    shelf = Shelf.open(load_settings(shelf=tmp_path_factory.mktemp("shipped")))
    shelf.save(shipped_record, FILES / shipped_record.disclosure.file)
    yield shelf
    shelf.close()
