"""A sample of `python -m evals.kill_ingest`: the real command, killed; and the check itself notices a half report."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from corpus.schema import FACTS
from evals.kill_ingest import Ground, Kill, ingest, not_whole, play, prepare, unlike
from tests.corpus.servers import ChromaServer, Postgres


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
    assert found == [] or (found is None and unlike(place / "shelf", ground) == [])


def test_a_half_report_would_be_noticed(place: Path, ground: Ground) -> None:
    library = ground.open(place / "spoilt")
    for id in ground.newer:
        library.save(ground.records[id], ground.new / ground.records[id].disclosure.file)
    assert unlike(place / "spoilt", ground) == []
    library.index.remove(sorted(library.index.ids())[:1])
    assert any("缺少 1 条段落的向量" in problem for problem in unlike(place / "spoilt", ground))
    with library.store._write() as c:
        c.execute(delete(FACTS).where(FACTS.c.seq == 0))
    library.close()
    assert any("is not whole" in problem for problem in not_whole(place / "spoilt", ground))


def test_two_ingests_at_once_of_the_same_files_leave_each_report_once(place: Path, ground: Ground) -> None:
    """In opposite orders, so that they also meet on different files; on a shelf that neither has made yet."""
    one, two = sorted(ground.new.iterdir())
    both = [ingest(files, place / "met") for files in ((one, two), (two, one))]
    assert [process.wait(600) for process in both] == [0, 0]
    assert unlike(place / "met", ground) == []


def test_two_machines_that_ingest_the_same_files_at_once_leave_each_report_once(place: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder each, and the same PostgreSQL and Chroma server."""
    (place / "chroma").mkdir()
    database, chroma = Postgres(), ChromaServer(place / "chroma")
    try:
        database.start()
        chroma.start()
        monkeypatch.setenv("MINGZHANG_DATABASE_URL", database.url)
        monkeypatch.setenv("MINGZHANG_CHROMA_URL", chroma.url)
        one, two = sorted(ground.new.iterdir())
        both = [ingest(files, place / f"machine-{files[0].stem}") for files in ((one, two), (two, one))]
        assert [process.wait(600) for process in both] == [0, 0]
        for file in (one, two):
            assert unlike(place / f"machine-{file.stem}", ground) == []
        chroma.stop()
    finally:
        database.remove()


def test_a_process_that_was_there_before_answers_about_what_another_has_read(place: Path, ground: Ground) -> None:
    """Any number of page servers on one shelf: none need be started anew for what another process puts there or takes off."""
    library = ground.open(place / "shared")
    assert library.search("三公经费支出", None, 5) == []
    assert ingest(ground.new, place / "shared").wait(600) == 0
    assert {d.id for d in library.disclosures()} == set(ground.newer)
    assert {found.chunk.disclosure for found in library.search("三公经费支出", None, 50)} == set(ground.newer)
    gone = min(ground.newer)
    other = ground.open(place / "shared")
    assert other.delete(gone)
    assert gone not in {found.chunk.disclosure for found in library.search("三公经费支出", None, 50)} and library.facts([gone]) == ()
    for shelf in (library, other):
        shelf.close()
