"""The pages and paragraphs of the shipped report's original, from the text it survives in.

The text keeps the original's print lines, a blank line between each two; three or more blank lines end a page. What
was a picture in the original (the nine tables of 第二部分) left no text, so those pages are not among these.
"""

import re
import unicodedata
from dataclasses import dataclass

PAGE_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*){3,}")
PART = re.compile(r"第[一二三四五六]部分 ")
NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]")
LONGEST_HEADING = 24
"""Width in Chinese characters: longer numbered lines are sentences, as in 名词解释 「(一)…：指…」."""
LONGEST_FIRST_LINE = 28.5
"""A paragraph's first line is indented by two characters and so never as wide as the others (29 to 31)."""


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph, its print lines joined."""

    role: str
    """part | heading | first (a paragraph's beginning) | rest (it began on the page before)."""
    text: str


def pages_of(text: str) -> tuple[str, ...]:
    """The text of each page that has any."""
    return tuple(page.strip() for page in PAGE_BREAK.split(text) if page.strip())


def squeezed(text: str) -> str:
    """The text without any white space: what must be the same in source and print."""
    return "".join(text.split())


def blocks_of(page: str, before: str = "") -> tuple[Block, ...]:
    """Headings and paragraphs of one page; `before` is the last line of the page before."""
    blocks: list[Block] = []
    for line in (line.strip() for line in page.splitlines() if line.strip()):
        role = _role(line, before, blocks)
        if role:
            blocks.append(Block(role, line))
        else:
            blocks[-1] = Block(blocks[-1].role, joined(blocks[-1].text, line))
        before = line
    return tuple(blocks)


def joined(left: str, right: str) -> str:
    """Two print lines as one: a space only where a figure meets a Chinese character, as elsewhere in the report."""
    meeting = sorted((left[-1], right[0]))
    mixed = meeting[0].isascii() and meeting[0].isalnum() and unicodedata.category(meeting[1]) == "Lo"
    return left + (" " if mixed else "") + right


def _role(line: str, before: str, blocks: list[Block]) -> str:
    """What the line begins, or "" when it goes on with the block before it."""
    last = blocks[-1].role if blocks else ""
    if PART.match(line):
        return "part"
    if NUMBERED.match(line) and width(line) < LONGEST_HEADING and line[-1] not in "。，":
        return "heading"
    if last == "part":
        return "first" if NUMBERED.match(line) else ""
    if last == "heading" or _ends(before) and width(line) <= LONGEST_FIRST_LINE:
        return "first"
    return "" if blocks else "rest"


def _ends(line: str) -> bool:
    """A full stop or colon, or a short line without either, ends a paragraph."""
    return not line or line[-1] in "。：" or line.startswith("附：")


def width(line: str) -> float:
    """In Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in line)
