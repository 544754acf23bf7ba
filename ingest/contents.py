"""Lines of the first pages → the table of contents (目录) and the lines that are body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Box
from ingest.numbering import level_of
from ingest.page import Line

FIRST_PAGES = 20
"""A 目录 begins within so many pages, and goes on over so many more at most."""
ENTRIES_SHARE = 0.6
"""A page whose lines are entries to this share still belongs to the contents."""
_TITLE = re.compile(r"(?:目录|目次|CONTENTS|Contents)")
_LEADER = re.compile(r"\s*(?:[.．·•…‥・]\s*){3,}\s*[-—(（]?\s*(\d{1,4})?\s*[-—)）]?\s*$|\s*…+\s*(\d{1,4})?\s*$")
_NUMBERED = re.compile(r"\s+(\d{1,4})$")
_HEADER = re.compile(r"(?:序号|编号|标题|页码|报表名称|表名)(?:\s|$)")
_TABLE = re.compile(r"表[一二三四五六七八九十\d]+[：:、\s]|附[件表录]")


@dataclass(frozen=True)
class Entry:
    """One line of the contents."""

    text: str
    printed: int | None
    """The page number that it gives; None where none is printed."""
    page: int
    """The page on which it stands."""
    box: Box


Numbered = tuple[int, Line]
"""Page number and line."""


def parted(lines: Sequence[Numbered]) -> tuple[tuple[Entry, ...], list[Numbered]]:
    """The contents' entries, and all other lines. Entries are lines after 目录 until the body begins with the first
    of them again; without such a repetition until the page ends on which nothing looks like an entry any more."""
    start = next((k for k, (page, line) in enumerate(lines) if page <= FIRST_PAGES and _is_title(line)), None)
    if start is None:
        led = [item for item in lines if _LEADER.search(item[1].text) and len(item[1].text) > 6]
        return _entries(led), [item for item in lines if not any(item is other for other in led)]
    end = _end(lines, start)
    return _entries(lines[start + 1 : end]), [*lines[:start], *lines[end:]]


def _is_title(line: Line) -> bool:
    return bool(_TITLE.fullmatch(re.sub(r"\s", "", line.text)))


def _end(lines: Sequence[Numbered], start: int) -> int:
    """Where the body begins."""
    rest = range(start + 2, len(lines))
    near = [k for k in rest if lines[k][0] <= lines[start][0] + FIRST_PAGES]
    first = _bare(lines[start + 1][1].text) if start + 1 < len(lines) else ""
    again = next((k for k in near if _bare(lines[k][1].text) == first), None)
    if again is not None and _mostly_entries([line for _, line in lines[start + 1 : again]]):
        return again
    end = start + 1
    for page in sorted({page for page, _ in lines if page >= lines[start][0]}):
        on_page = [k for k in range(start + 1, len(lines)) if lines[k][0] == page]
        if page > lines[start][0] and not _mostly_entries([lines[k][1] for k in on_page]):
            break
        end = on_page[-1] + 1 if on_page else end
    return end


def _mostly_entries(lines: Sequence[Line]) -> bool:
    """Numbered or led lines, none of which is a sentence."""
    alike = sum(bool(level_of(line.text) or _LEADER.search(line.text) or _TABLE.match(line.text)) for line in lines)
    said = any("。" in line.text for line in lines)
    return bool(lines) and not said and alike >= ENTRIES_SHARE * len(lines)


def _entries(lines: Sequence[Numbered]) -> tuple[Entry, ...]:
    """Entries broken over lines joined: the rest has no number of its own, and no leader stands before it."""
    entries: list[Entry] = []
    open_ = False
    for page, line in lines:
        text, printed, led = _read(line.text)
        if not text and entries and printed is not None:
            entries[-1] = Entry(entries[-1].text, printed, entries[-1].page, entries[-1].box)
        elif entries and open_ and not level_of(text) and not _TABLE.match(text) and entries[-1].page == page:
            before = entries[-1]
            box = _around(before.box, line.box)
            entries[-1] = Entry(before.text + text, printed, before.page, box)
        elif text and not _HEADER.match(text):
            entries.append(Entry(text, printed, page, line.box))
        open_ = not led and printed is None and bool(entries and level_of(entries[-1].text))
    return tuple(entries)


def _read(text: str) -> tuple[str, int | None, bool]:
    """An entry's words, its page number, and whether a leader runs to it."""
    if text.isdigit():
        return "", int(text), False
    led = _LEADER.search(text)
    tail = led or _NUMBERED.search(text)
    number = next((group for group in tail.groups() if group), None) if tail else None
    words = text[: tail.start()] if tail else text
    return words.strip(" .．·…"), int(number) if number else None, led is not None


def _bare(text: str) -> str:
    return re.sub(r"\s", "", _read(text)[0])


def _around(one: Box, other: Box) -> Box:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))
