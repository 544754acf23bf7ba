"""How a table is named in the list of a report's tables."""

import pytest

from corpus.disclosure import Source
from corpus.fact import Origin
from corpus.table import Sums, TableInfo
from ui.table_view import _pages


@pytest.mark.parametrize(("pages", "said"), [((3,), "第3页"), ((6, 7, 8, 8), "第6—8页"), ((2, 5), "第2、5页"), ((0,), "Sheet1")])
def test_a_table_over_thirty_pages_is_said_in_a_word(pages: tuple[int, ...], said: str) -> None:
    """The 2023 accounts of 宁夏 print one table on pages 6 to 35."""
    sources = tuple(Source("f", page, None, "" if page else "Sheet1") for page in pages)
    assert _pages(TableInfo("t", "d", "", "", "", sources, Origin.TEXT, Sums.HOLD, False, "")) == said
