"""Pages → Discrepancies: 编制部门 above one table is another department than above all others."""

import re
from collections.abc import Iterator, Sequence

from corpus.disclosure import Disclosure, Source
from corpus.fact import Discrepancy, Severity
from ingest.page import Page

_LABEL = re.compile(r"^编制部门[:：](?P<org>[\u4e00-\u9fff]{4,30}?)(?=金额单位|单位|20\d\d年|日期|$)")
MANY = 4
"""So many tables must name the publisher before one that names another is a slip; a table of an agency says 单位."""


def tables_name_publisher(pages: Sequence[Page], disclosure: Disclosure) -> Iterator[Discrepancy]:
    """Learnt from forms that a department copies from its neighbour."""
    labels = list(_labels(pages, disclosure.file))
    own = (disclosure.publisher, *disclosure.aliases)
    others = [(org, source) for org, source in labels if not any(_same(org, name) for name in own)]
    if len(others) != 1 or len(labels) - 1 < MANY:
        return
    org, source = others[0]
    message = f"有一张表的编制部门写为“{org}”，其余{len(labels) - 1}张写的是“{disclosure.publisher}”"
    yield Discrepancy("table_of_publisher", Severity.WORDING, message, (source,), disclosure.publisher, org)


def _same(org: str, name: str) -> bool:
    """The name itself, with its region or without, or cut short (区城管执法局 for 区城市管理行政执法局)."""
    rest = iter(name)
    return org in name or name in org or all(sign in rest for sign in org)


def _labels(pages: Sequence[Page], file: str) -> Iterator[tuple[str, Source]]:
    for page in pages:
        for line in page.lines:
            if match := _LABEL.match(re.sub(r"\s", "", line.text)):
                yield match["org"], Source(file, page.number, line.box)
