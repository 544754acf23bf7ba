"""Blocks → Chunks: paragraphs, short lists with their lead-in, and definitions one term each, under their headings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Box, Source
from ingest.blocks import Block, BlockKind, boxes_of
from ingest.numbering import level_of, unnumbered

LONG = 700
"""Signs; a longer paragraph is cut between sentences (512 tokens of the embedding are about so many)."""
SHORT = 60
"""Signs; list items shorter than this stay with the sentence that leads in to them."""
_DEFINITIONS = re.compile(r"(?:名词|名称|专业术语|专业名词|术语|词语)(?:解释|说明|释义)|有关名词")
_TERM = re.compile(r"[^。；;，,：:]{2,60}?(?:[:：].{0,60}(?:指|是|反映|包括|用于|包含|为)|是?指|反映)")
_SAYS = re.compile(r"是?指|是|反映|用于|包括")
_LEADS_IN = re.compile(r"[:：]$")


@dataclass(frozen=True)
class Piece:
    """A part of a block: its characters `start` … `end`."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]


@dataclass(frozen=True)
class Passage:
    """What becomes one chunk."""

    kind: ChunkKind
    headings: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "\n".join(piece.text for piece in self.pieces)


def chunks_of(blocks: Iterable[Block], disclosure: str, file: str) -> tuple[Chunk, ...]:
    """Every paragraph in exactly one chunk (a long one in several), with its boxes page by page."""
    passages = [part for passage in _passages(blocks) for part in _cut(passage)]
    return tuple(
        Chunk(f"{disclosure}-p{k}", disclosure, passage.kind, passage.headings, passage.text, _sources(passage, file))
        for k, passage in enumerate(passages)
    )


def _passages(blocks: Iterable[Block]) -> list[Passage]:
    """Paragraphs under their headings; the definitions' part read term by term."""
    path: list[Block] = []
    passages: list[Passage] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            path = [*(above for above in path if above.level < block.level), block]
        elif block.kind is BlockKind.PARAGRAPH:
            defining = next((k for k, above in enumerate(path) if _DEFINITIONS.search(above.text)), None)
            if defining is None:
                _add_paragraph(passages, path, block)
            else:
                _add_definition(passages, path, defining, block)
    return passages


def _add_paragraph(passages: list[Passage], path: Sequence[Block], block: Block) -> None:
    headings = tuple(above.text for above in path)
    whole = Piece(block, 0, len(block.text))
    before = passages[-1] if passages else None
    if before and before.headings == headings and before.kind is ChunkKind.PARAGRAPH and _is_item(before, whole):
        passages[-1] = Passage(before.kind, headings, (*before.pieces, whole))
    else:
        passages.append(Passage(ChunkKind.PARAGRAPH, headings, (whole,)))


def _is_item(before: Passage, piece: Piece) -> bool:
    """A short item of a list whose lead-in (…包括：) stands before it; sentences with figures stay on their own."""
    listed = _LEADS_IN.search(before.pieces[0].text)
    figures = re.search(r"\d[\d.,]*\s*(?:万元|元|%|％)", piece.text)
    return bool(listed) and not figures and len(piece.text) <= SHORT and len(before.text) + len(piece.text) <= LONG


def _add_definition(passages: list[Passage], path: Sequence[Block], defining: int, block: Block) -> None:
    """A paragraph that begins with a term opens a definition; any other goes on with the one before it."""
    headings = tuple(above.text for above in path[: defining + 1])
    below = [Piece(above, _start(above.text), len(above.text)) for above in path[defining + 1 :]]
    start = _start(block.text)
    whole = Piece(block, start, len(block.text))
    before = passages[-1] if passages and passages[-1].headings == headings else None
    named = below[-1] if below else None
    says = bool(_SAYS.match(block.text, start))
    if _TERM.match(block.text, start) and not says:
        passages.append(Passage(ChunkKind.DEFINITION, headings, (whole,)))
    elif says and named and (before is None or named.block is not before.pieces[0].block):
        passages.append(Passage(ChunkKind.DEFINITION, headings, (named, whole)))
    elif before and before.kind is ChunkKind.DEFINITION and _goes_on(block):
        passages[-1] = Passage(before.kind, headings, (*before.pieces, Piece(block, 0, len(block.text))))
    else:
        passages.append(Passage(ChunkKind.PARAGRAPH, headings, (whole,)))


def _goes_on(block: Block) -> bool:
    """A sentence; a line such as 单位咨询电话 or 附：…表 at the end of the part is none."""
    return "。" in block.text or len(block.text) > SHORT


def _start(text: str) -> int:
    """Where the term begins behind its number."""
    return len(text) - len(unnumbered(text)) if level_of(text) else 0


def _cut(passage: Passage) -> list[Passage]:
    """A long passage of one block cut between sentences; a list or a definition stays whole."""
    if len(passage.text) <= LONG or len(passage.pieces) > 1:
        return [passage]
    piece = passage.pieces[0]
    ends = [piece.start + match.end() for match in re.finditer(r"[。；;！？](?:[”’」』）)]*)", piece.text)]
    cuts = [piece.start]
    for end, following in zip(ends, [*ends, piece.end][1:], strict=True):
        if following - cuts[-1] > LONG and end > cuts[-1]:
            cuts.append(end)
    bounds = zip(cuts, [*cuts[1:], piece.end], strict=True)
    parts = [Piece(piece.block, first, last) for first, last in bounds if last > first]
    return [Passage(passage.kind, passage.headings, (part,)) for part in parts]


def _sources(passage: Passage, file: str) -> tuple[Source, ...]:
    """One a page, around all its lines there; for files without pages where it begins."""
    boxes: dict[int, list[Box]] = {}
    for piece in passage.pieces:
        for page, box in boxes_of(piece.block, piece.start, piece.end):
            boxes.setdefault(page, []).append(box)
    place = passage.pieces[0].block.runs[0].line.place
    if place:
        return (Source(file, 0, None, place),)
    return tuple(Source(file, page, _around(on_page)) for page, on_page in boxes.items())


def _around(boxes: Sequence[Box]) -> Box:
    lows, tops, highs, bottoms = zip(*boxes, strict=True)
    return (min(lows), min(tops), max(highs), max(bottoms))
