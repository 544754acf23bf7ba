"""Pages → which of their lines are furniture: page numbers and running heads, that belong to no passage."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.page import Line, Page

EDGE = 0.12
"""Share of the page's height at its top and foot where furniture stands."""
REPEATED = 3
"""A line that stands in the same place on so many pages is a running head."""
LEVEL = 4.0
"""Points within which "the same place" is."""
_NUMBER = re.compile(
    r"[-—–－―_·•.\s]*第?\s*(?:\d{1,4}|[ivxlcIVXLC]{1,6})\s*页?(?:\s*[/／,，、]?\s*共?\s*\d{1,4}\s*页?)?[-—–－―_·•.\s]*"
)


def without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """Each page's lines without page numbers and running heads."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _at_edge(page)})
    kept = []
    for page in pages:
        edge = {id(line) for line in _at_edge(page)}
        heads = [line for line in page.lines if id(line) in edge and (_is_number(line) or _repeats(line, seen, page))]
        kept.append([line for line in page.lines if not any(line is head for head in heads)])
    return kept


def _at_edge(page: Page) -> list[Line]:
    high, low = EDGE * page.height, (1 - EDGE) * page.height
    return [line for line in page.lines if line.box[3] <= high or line.box[1] >= low]


def _is_number(line: Line) -> bool:
    return bool(_NUMBER.fullmatch(line.text))


def _key(line: Line) -> tuple[str, int]:
    """Its words with the digits masked, and where it stands."""
    return re.sub(r"\d+", "0", re.sub(r"\s", "", line.text)), round(line.box[1] / LEVEL)


def _repeats(line: Line, seen: Counter[tuple[str, int]], page: Page) -> bool:
    """On several pages, and not the title that a long table repeats above each of its parts (宁夏 2023)."""
    text, level = _key(line)
    often = max(seen[text, level + step] for step in (-1, 0, 1)) >= REPEATED
    titles = any(0 <= grid.box[1] - line.box[3] < 4 * line.size for grid in page.grids)
    return often and not titles
