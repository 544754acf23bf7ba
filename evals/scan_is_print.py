"""Ruled pages of PDFs → how many numeric cells the scan path reads as the text layer prints them.

    python -m evals.scan_is_print REPORTS_DIR [--pages N] [--dpi 150] [--every K]

Each page that holds a ruled table is drawn at 150 dpi, turned by half a degree at most, given noise, and read as
if it were a scan. A cell counts as identical when its text equals the text layer's, blanks aside.
"""

import argparse
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pdfplumber

from corpus.disclosure import Box
from ingest.misread import SURE
from ingest.page import Cell
from ingest.picture import Picture, picture_of
from ingest.scan import ocr_page

NUMERIC = re.compile(r"[-+]?[\d,]+(\.\d+)?%?")
NOISE = 10.0
"""Standard deviation of the noise, in grey levels."""


@dataclass(frozen=True)
class Printed:
    """A numeric cell as the text layer has it."""

    text: str
    box: Box


@dataclass(frozen=True)
class Difference:
    """A cell that the scan path read otherwise."""

    page: int
    printed: str
    read: str
    score: float

    @property
    def hidden(self) -> bool:
        """Nothing marks it: only the table's sums can tell."""
        return self.score >= SURE


@dataclass(frozen=True)
class Score:
    """What one page gave."""

    cells: int
    differences: tuple[Difference, ...]
    doubted: int
    """Cells read rightly but with a low score."""
    seconds: float


def printed_cells(page: Any) -> list[Printed]:
    """The numeric cells of a page's ruled tables."""
    found = []
    for table in page.find_tables():
        for row, texts in zip(table.rows, table.extract(), strict=True):
            for box, text in zip(row.cells, texts, strict=True):
                bare = re.sub(r"\s", "", text or "")
                if box and NUMERIC.fullmatch(bare):
                    found.append(Printed(bare, box))
    return found


def as_scanned(picture: Picture, seed: int) -> tuple[Picture, Any]:
    """The picture turned by up to half a degree and given noise, and the 2 × 3 matrix that turned it."""
    chance = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(chance.uniform(-0.5, 0.5)), 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    noisy = turned.astype(np.float32) + chance.normal(0, NOISE, turned.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8), turn


def compare(page: Any, path: Path, dpi: int) -> Score:
    """One page printed and scanned."""
    printed = printed_cells(page)
    picture, turn = as_scanned(picture_of(path, page.page_number, dpi), page.page_number)
    start = time.perf_counter()
    scanned = ocr_page(picture, page.page_number, float(page.width), float(page.height))
    seconds = time.perf_counter() - start
    cells = [cell for grid in scanned.grids for cell in grid.cells]
    pairs = [(one, _at(cells, one.box, turn, picture.shape[1] / float(page.width))) for one in printed]
    wrong = [
        Difference(page.page_number, one.text, cell.text if cell else "（没有这一格）", cell.score if cell else 0.0)
        for one, cell in pairs
        if cell is None or re.sub(r"\s", "", cell.text) != one.text
    ]
    low = sum(cell is not None and cell.score < SURE for _, cell in pairs)
    return Score(len(printed), tuple(wrong), low - sum(not d.hidden and d.score > 0 for d in wrong), seconds)


def _at(cells: list[Cell], box: Box, turn: Any, scale: float) -> Cell | None:
    """The scanned cell that stands where a printed one went when the page was turned."""
    middle = ((box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale, 1)
    x, y = (float(value) / scale for value in turn @ middle)
    holding = [cell for cell in cells if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]]
    return min(holding, key=lambda c: (c.box[2] - c.box[0]) * (c.box[3] - c.box[1]), default=None)


def ruled_pages(path: Path, every: int) -> Iterator[Any]:
    """Pages with a numeric cell in a ruled table, one open at a time."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[::every]:
            if printed_cells(page):
                yield page
            page.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--pages", type=int, default=10**6, help="at most so many pages of each file")
    parser.add_argument("--every", type=int, default=1, help="only every K-th page")
    parser.add_argument("--dpi", type=int, default=150)
    chosen = parser.parse_args()
    scores = []
    for path in sorted(chosen.reports.rglob("*.pdf")):
        for count, page in enumerate(ruled_pages(path, chosen.every)):
            if count >= chosen.pages:
                break
            scores.append(compare(page, path, chosen.dpi))
            _print_page(path, page.page_number, scores[-1])
    _print_sum(scores)


def _print_page(path: Path, number: int, score: Score) -> None:
    same = score.cells - len(score.differences)
    print(f"{path.stem[:24]} 第{number}页 {same}/{score.cells} {score.seconds:.1f}秒", flush=True)
    for wrong in score.differences:
        mark = "未标出" if wrong.hidden else "已标出"
        print(f"    {mark} 印 {wrong.printed!r} 读 {wrong.read!r} 分 {wrong.score}", flush=True)


def _print_sum(scores: list[Score]) -> None:
    cells = sum(score.cells for score in scores)
    wrong = [one for score in scores for one in score.differences]
    if not cells:
        print("没有带数字的表格页")
        return
    seconds = sorted(score.seconds for score in scores)
    print(
        f"{len(scores)}页 {cells}格 相同 {100 * (cells - len(wrong)) / cells:.2f}% 不同 {len(wrong)}"
        f"（其中未标出 {sum(one.hidden for one in wrong)}） 读对而存疑 {sum(score.doubted for score in scores)}"
        f" 每页 {sum(seconds) / len(seconds):.2f}秒 最慢 {seconds[-1]:.1f}秒"
    )


if __name__ == "__main__":
    main()
