"""Spoilt PDFs: each ends in a reading or in a clear refusal (1,000 of them: `python -m evals.mutate_bytes`)."""

from pathlib import Path

from corpus.apart import Limits
from evals.mutate_bytes import CHANGES, OUTCOMES, cut, mutants, run
from tests.ingest.pdf_maker import grid, make_pdf, text

FILES = Path(__file__).parents[1] / "corpus" / "files"


def small(path: Path) -> Path:
    """A cover and a table."""
    table = grid((100, 250, 400), (600, 620, 640))
    cells = text(110, 625, "项目") + text(260, 625, "决算数") + text(110, 605, "基本支出") + text(260, 605, "12.50")
    return make_pdf(path, text(150, 700, "某某区财政局2024年度部门决算", 20), f"{text(100, 660, '支出表（单位：万元）')}\n{table}\n{cells}")


def test_fifteen_spoilt_files_end_in_a_reading_or_a_refusal(tmp_path: Path) -> None:
    ends = run([small(tmp_path / "a.pdf")], 15, 1, tmp_path / "kept", Limits(seconds=60), lambda line: None)
    assert set(ends) <= set(OUTCOMES), f"mutants that ended the reader are in {tmp_path / 'kept'}"
    assert ends["读出"] and ends["拒绝"], "the mutants spoil too much or nothing"


def test_the_same_seed_makes_the_same_mutants_and_no_two_are_alike(tmp_path: Path) -> None:
    file = small(tmp_path / "a.pdf")
    first, again = (list(mutants([file], 12, 7)) for _ in range(2))
    assert first == again
    whole = file.read_bytes()
    assert len({data for _, data in first} | {whole}) == 13
    assert [data for _, data in mutants([file], 12, 8)] != [data for _, data in first]
    assert len(CHANGES) == 5


def test_a_few_pages_are_cut_out(tmp_path: Path) -> None:
    from ingest.pages import page_count

    (shipped,) = FILES.glob("*.pdf")
    assert page_count(cut(shipped, tmp_path / "b.pdf", 15)) == 2
