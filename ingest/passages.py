"""Blocks and tables → Passages: the paragraphs and text cells whose sentences hold figures."""

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.disclosure import Box, Source
from corpus.fact import Basis, Origin
from corpus.number import find_mentions
from ingest.blocks import Block, BlockKind, boxes_of
from ingest.forms import labelled
from ingest.join import Placed
from ingest.page import Page
from ingest.prose import Passage
from ingest.tables import Table

SURE = 0.9
"""A line that OCR read with less confidence holds no reliable figure."""
_DEFINITIONS = re.compile(r"名词解释|名词说明|专业术语|术语解释")
_REMARKS = re.compile(r"计分|评分|口径|备注|填报说明")


def passages_of(blocks: Iterable[Block], tables: Iterable[Table], pages: Sequence[Page], file: str) -> list[Passage]:
    """Every paragraph outside 名词解释 and every text cell that prints a figure with its unit, in reading order."""
    read = {page.number for page in pages if page.origin is Origin.OCR}
    paragraphs = list(_paragraphs(blocks, file, read))
    cells = [(table, cell) for table in tables for cell in _text_cells(table)]
    return [*paragraphs, *(_of_cell(table, cell, number) for number, (table, cell) in enumerate(cells, len(paragraphs)))]


def _paragraphs(blocks: Iterable[Block], file: str, read: set[int]) -> Iterator[Passage]:
    path: list[Block] = []
    number = 0
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            path = [*(above for above in path if above.level < block.level), block]
        elif block.kind is BlockKind.PARAGRAPH and not any(_DEFINITIONS.search(above.text) for above in path):
            yield _paragraph(block, tuple(above.text for above in path), number, file, read)
            number += 1


def _paragraph(block: Block, headings: tuple[str, ...], number: int, file: str, read: set[int]) -> Passage:
    scanned = block.page in read
    sure = not scanned or all(run.line.score >= SURE for run in block.runs)
    return Passage(number, headings, block.text, lambda start, end: _source(block, start, end, file), Origin.PROSE, sure and not scanned)


def _source(block: Block, start: int, end: int, file: str) -> Source:
    """The page that the first of the characters is on, and the box around those that are on it."""
    if place := block.runs[0].line.place:
        return Source(file, 0, None, place)
    boxes = boxes_of(block, start, end) or boxes_of(block)
    page = boxes[0][0]
    return Source(file, page, _around([box for on, box in boxes if on == page]))


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _text_cells(table: Table) -> Iterator[Placed]:
    """Cells that say a sentence: their figures are printed in words (拨付支援资金不少于1000万)."""
    for cell in table.drawn.cells:
        text = _on_one_line(cell)
        read = bool(table.entries) and bool(labelled(text))
        if cell.row >= table.drawn.head and len(text) > 7 and find_mentions(text) and not _REMARKS.search(text) and not read:
            yield cell


def _of_cell(table: Table, cell: Placed, number: int) -> Passage:
    sure = table.origin is not Origin.OCR
    return Passage(number, _labels(table, cell), _on_one_line(cell), lambda start, end: table.source(cell), Origin.PROSE, sure, _headed(table, cell))


_TARGET, _ACTUAL = re.compile(r"目标(?!完成|实现)|计划(?!完成)"), re.compile(r"完成|实现|实际|结果")


def _headed(table: Table, cell: Placed) -> Basis:
    """Whether the cell's column is headed as a target or as what was done; NONE where neither, or both."""
    above = "".join(other.text for other in table.drawn.cells if other.row < table.drawn.head and other.col <= cell.col < other.col + other.colspan)
    target, actual = bool(_TARGET.search(re.sub(r"\s", "", above))), bool(_ACTUAL.search(re.sub(r"\s", "", above)))
    return Basis.NONE if target == actual else Basis.TARGET if target else Basis.ACTUAL


def _on_one_line(cell: Placed) -> str:
    return re.sub(r"\s*\n\s*", "", cell.text).strip()


def _labels(table: Table, cell: Placed) -> tuple[str, ...]:
    """The table's title and what stands left of the cell in its row."""
    left = [
        re.sub(r"\s+", "", other.text) for other in table.drawn.cells
        if other.col < cell.col and other.row <= cell.row < other.row + other.rowspan and 1 < len(other.text.strip()) < 60
    ]  # fmt: skip
    return tuple(text for text in (table.title, *left) if text)
