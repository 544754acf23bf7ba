"""The contents (目录) and the body's headings → Discrepancies where a heading reads otherwise than its entry."""

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from corpus.disclosure import Source
from corpus.fact import Discrepancy, Severity
from ingest.across import Unchecked
from ingest.blocks import Block, BlockKind, Blocks, boxes_of
from ingest.contents import Entry

ALIKE = 78.0
"""Of 100: a heading so like an entry is its own, worded otherwise."""
_PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章|篇)")
_NUMBER = re.compile(r"^(?:第[一二三四五六七八九十]+(?:部分|章|篇)|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．])")
RULE = "headings_as_in_contents"


def headings_as_in_contents(blocks: Blocks, file: str) -> list[Discrepancy | Unchecked]:
    """Every entry of the contents has its heading, in the same words. Titles of tables are left alone."""
    headings = [block for block in blocks.blocks if block.kind is BlockKind.HEADING]
    texts = {_plain(block.text) for block in blocks.blocks if block.kind is not BlockKind.PARAGRAPH}
    bare = {_NUMBER.sub("", text) for text in texts}
    open_ = [entry for entry in blocks.contents if not _is_table(entry) and not _stands(entry, texts, bare)]
    taken = {_plain(entry.text) for entry in blocks.contents}
    found: list[Discrepancy | Unchecked] = []
    for entry in open_:
        near = _nearest(entry, headings, taken)
        if near is not None:
            found.append(_differs(entry, near, file))
            taken.add(_plain(near.text))
    if any(_is_table(entry) for entry in blocks.contents):
        found.append(Unchecked(RULE, "目录", "目录所列表名没有与各表标题对照"))
    if not blocks.contents:
        found.append(Unchecked(RULE, "目录", "没有读到目录"))
    return found


def _is_table(entry: Entry) -> bool:
    """A table's title: tables print theirs without its number, may carry another above, or are published on their own."""
    return not _PART.match(_plain(entry.text)) and re.search(r"表(?:[（(][^（）()]*[）)])?$|^附?表", _plain(entry.text)) is not None


def _stands(entry: Entry, texts: set[str], bare: set[str]) -> bool:
    text = _plain(entry.text)
    if text in texts:
        return True
    return not _PART.match(text) and _NUMBER.sub("", text) in bare


def _nearest(entry: Entry, headings: Sequence[Block], taken: set[str]) -> Block | None:
    """The heading that is this entry in other words; none that is another entry's own."""
    text = _plain(entry.text)
    free = [block for block in headings if _plain(block.text) not in taken and block.page > entry.page - 1]
    best = max(free, key=lambda block: _likeness(text, _plain(block.text)), default=None)
    return best if best and _likeness(text, _plain(best.text)) >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    """How alike two headings are; of two kinds of number they are not the same heading."""
    a, b = _NUMBER.match(one), _NUMBER.match(other)
    if a and b and a[0] != b[0]:
        return 0.0
    return max(ratio(one, other), ratio(_NUMBER.sub("", one), _NUMBER.sub("", other)))


def _differs(entry: Entry, block: Block, file: str) -> Discrepancy:
    page, box = boxes_of(block)[0] if boxes_of(block) else (block.page, None)
    message = f"目录写“{entry.text}”，正文标题为“{block.text}”"
    sources = (Source(file, page, box), Source(file, entry.page, entry.box))
    return Discrepancy(RULE, Severity.TEMPLATE, message, sources, entry.text, block.text, "目录与正文标题对照")


def _plain(text: str) -> str:
    flat = re.sub(r"[\s“”‘’\"'＂]", "", text)
    return flat.translate(str.maketrans("()．", "（）、"))
