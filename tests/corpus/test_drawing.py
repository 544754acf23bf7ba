"""A page that would take all time or all memory ends its drawer, is named in Chinese, and the next page is drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.apart import Limits
from corpus.drawing import Drawing
from corpus.errors import FileError
from corpus.picture import draw
from tests.ingest.hostile_pdf import exploding


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return exploding(tmp_path / "a.pdf")


@pytest.fixture
def drawing(request: pytest.FixtureRequest) -> Iterator[Drawing]:
    made = Drawing(1, request.param)
    yield made
    made.end()


@pytest.mark.parametrize(("drawing", "why"), [(Limits(seconds=1), "用时超过 1 秒"), (Limits(memory=100), "内存")], indirect=["drawing"])
def test_a_page_that_explodes_is_refused_and_the_next_is_drawn(drawing: Drawing, file: Path, why: str) -> None:
    with pytest.raises(FileError, match=rf"画第2页时.*{why}.*原页图像无法显示"):
        drawing.page(file, 2, 72)
    assert drawing.page(file, 1, 72) == draw(file, 1, 72)


@pytest.mark.parametrize("drawing", [Limits(seconds=1)], indirect=True)
def test_a_page_that_ended_its_drawer_is_not_tried_again_at_once(drawing: Drawing, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        with pytest.raises(FileError, match="用时超过 1 秒"):
            drawing.page(file, 2, 72)
        monkeypatch.setattr("corpus.apart.Apart.call", lambda *_: pytest.fail("the page was drawn again"))


@pytest.mark.parametrize("drawing", [Limits()], indirect=True)
def test_what_cannot_be_drawn_for_another_reason_is_said_as_ever(drawing: Drawing, file: Path) -> None:
    with pytest.raises(FileError, match="没有第 9 页，共 2 页"):
        drawing.page(file, 9, 72)
    file.write_bytes(b"%PDF-1.4 torn")
    with pytest.raises(FileError, match="无法显示页面"):
        drawing.page(file, 1, 72)


@pytest.mark.parametrize("drawing", [Limits()], indirect=True)
def test_a_drawer_that_is_warm_draws(drawing: Drawing, file: Path) -> None:
    drawing.warm()
    child = drawing._all[0]._child
    assert child and child.poll() is None
    assert drawing.page(file, 1, 72) and drawing._all[0]._child is child
