"""A sample of `python -m evals.kill_ingest`: the real command, killed; and the check itself notices a half report."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from corpus.schema import FACTS
from evals.kill_ingest import Ground, Kill, _not_whole, _unlike, play, prepare


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kill")


@pytest.fixture(scope="module")
def ground(place: Path) -> Ground:
    return prepare(place)


@pytest.mark.parametrize("kill", [Kill(False, "page", 1, 0.0), Kill(False, "vector", 1, 0.0), Kill(True, "original", 1, 0.3)], ids=lambda kill: kill.sign)
def test_a_killed_ingest_leaves_whole_reports_and_the_next_one_completes_it(kill: Kill, place: Path, ground: Ground) -> None:
    """None: the command was done before the kill came, as can be on a machine that stalls; then the shelf is complete."""
    found = play(kill, place, ground)
    assert found == [] or (found is None and _unlike(place / "shelf", ground) == [])


def test_a_half_report_would_be_noticed(place: Path, ground: Ground) -> None:
    library = ground.open(place / "spoilt")
    for id in ground.newer:
        library.save(ground.records[id], ground.new / ground.records[id].disclosure.file)
    assert _unlike(place / "spoilt", ground) == []
    library.index.remove(sorted(library.index.ids())[:1])
    assert any("缺少 1 条段落的向量" in problem for problem in _unlike(place / "spoilt", ground))
    with library.store._write() as c:
        c.execute(delete(FACTS).where(FACTS.c.seq == 0))
    library.close()
    assert any("is not whole" in problem for problem in _not_whole(place / "spoilt", ground))
