"""Agencies that a department counts (行政单位1家，事业单位4家) against those that it lists by number right after."""

import re
from collections.abc import Iterator

from qa.document import Document, Paragraph
from qa.rules.rule import HELD, NotChecked, Outcome, Rule, error, written_at

_COUNTED = re.compile(r"(?P<kinds>(?:[^，。；：:\d]{0,12}单位\s*\d+\s*[家个][，、；和及]?\s*){2,})[^。；：:\d]{0,12}包括[^。；：:]{0,20}[：:]\s*\n")
_NUMBERED = re.compile(r"^\s*(\d+)\s*[.．、]\s*\S", re.MULTILINE)
_PART = re.compile(r"其中|参公|参照")


def counted_as_listed(document: Document) -> Iterator[Outcome]:
    """行政单位1家，事业单位4家，具体包括： is followed by five names, numbered from 1."""
    for paragraph in document.paragraphs:
        for match in _COUNTED.finditer(paragraph.text):
            yield _held(paragraph, match)


def _held(paragraph: Paragraph, match: re.Match[str]) -> Outcome:
    numbers = [int(one) for one in _NUMBERED.findall(paragraph.text[match.end() :])]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)) or _PART.search(match["kinds"]):
        return NotChecked("单位没有按序号逐一列出，或列出的是其中一部分")
    counts = [int(one) for one in re.findall(r"\d+", match["kinds"])]
    if sum(counts) == len(numbers):
        return HELD
    made = " + ".join(map(str, counts))
    message = f"各类单位共写为{sum(counts)}家（{made}），下面逐一列出的有{len(numbers)}家"
    return error(message, (written_at(paragraph, match.start("kinds"), match.end("kinds")),), f"{len(numbers)}家", f"{sum(counts)}家", f"{made} ≠ {len(numbers)}")


RULES = (
    Rule(
        "agencies_counted_as_listed", "单位数与所列单位一致",
        "部门预决算公开格式：机构设置说明的单位数应与逐一列出的单位相同",
        counted_as_listed, departments=True,
    ),
)  # fmt: skip
