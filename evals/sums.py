"""PDFs of a folder → share of their class, section and column sums that reconcile: `python -m evals.sums DIR`."""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from corpus.disclosure import Disclosure, Kind, Scope
from corpus.errors import FileError
from ingest.compare import Verdict
from ingest.facts import facts_of
from ingest.pages import read_pages
from ingest.reconcile import Reconciled, reconcile
from ingest.tables import tables_of


@dataclass(frozen=True)
class Score:
    """Sums of one file by verdict."""

    file: str
    counts: Counter[Verdict]
    failed: tuple[str, ...]

    @property
    def held(self) -> int:
        return self.counts[Verdict.HOLDS] + self.counts[Verdict.TAIL]

    @property
    def checked(self) -> int:
        return self.held + self.counts[Verdict.FAILS]


def read_sums(path: Path) -> Reconciled:
    """Tables, facts and their sums of one PDF; identity does not matter here."""
    kind = Kind.FINAL if "决算" in path.name else Kind.BUDGET
    disclosure = Disclosure("0" * 16, "", path.name, "", (), 2000, kind, Scope.DEPARTMENT, 0, (), False)
    tables = tuple(tables_of(read_pages(path), disclosure))
    facts, _ = facts_of(tables, disclosure)
    return reconcile(tables, facts)


def score_of(path: Path) -> Score:
    """Count the sums of a file and word the ones that fail, with their page."""
    read = read_sums(path)
    failed = [
        f"第{found.sources[0].page}页 {found.message}" for found in read.discrepancies if found.severity == "error"
    ]
    return Score(path.name, Counter(one.verdict for one in read.sums), tuple(failed))


def main(folder: Path) -> None:
    """Print a line a file, each failing sum, and the share over all."""
    held = checked = 0
    for path in sorted(folder.rglob("*.pdf")):
        try:
            score = score_of(path)
        except FileError as error:
            print(error)
            continue
        held, checked = held + score.held, checked + score.checked
        tails, left = score.counts[Verdict.TAIL], score.counts[Verdict.UNCHECKED]
        print(f"{score.file}：核对{score.checked}，相符{score.held}（尾差{tails}），未核对{left}")
        for line in score.failed:
            print("   ", line)
    print(f"合计：{held}/{checked} = {held / checked:.2%}" if checked else "没有可核对的合计")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
