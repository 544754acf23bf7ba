"""A grid's rows → how many of them are header; words that make a cell a header cell."""

import re

from corpus.account import parse_code
from corpus.number import parse_cell
from ingest.captions import squeezed
from ingest.page import Cell, Grid
from ingest.sections import numbered, row_cells

MOST = 7
"""No header seen had more rows."""
LONGEST = 60
"""Characters of a cell of a header; a longer one is a paragraph."""

_WORD = re.compile(
    r"^(?:项目?|类|款|科目?|栏次|行次|序号|备注|说明|名称|编码|代码|合计|小计|总计|金额|数额|收入|支出|内容|用途|地区|单位|指标|得分|分值|权重"
    r"|[\d.]+)$"
    r"|(?:项目|科目|编码|代码|名称|数|额|金额|合计|小计|收入|支出|经费|费|拨款|结余|结转|增减|率|[%％±]|值|情况|指标|得分|资金|预算|决算|执行"
    r"|完成|原因|单位|类别|分类|次|年|限额|余额|备注|日期|时间|规模|性质|形式|用途|内容)(?:[（(][^（）()]*[)）])*\d*[:：]?$"
    r"|^(?:其中|本年|上年|年初|年末|20\d\d年)"
)
TOTAL = re.compile(r"(?:合计|总计|小计)[:：]?$|^(?:合计|总计|小计|总额|总和|本年收入|本年支出)[:：]?$")
"""A row whose figures are sums of others."""


def is_header_word(text: str) -> bool:
    bare = squeezed(text)
    return len(bare) <= 40 and _WORD.search(bare) is not None


_COUNT = re.compile(r"[（(]?\d{1,2}[)）栏]?(?:[=＝].+)?|\d=\d.*")
_AXIS = re.compile(r"[甲乙丙丁*A-Z—\-]+|[栏行][次目]")
_CODE_PARTS = re.compile(r"[类款项目]|科目")


def is_index_cell(text: str) -> bool:
    """A cell of the 栏次 row that says nothing of its column: 栏次, 3, 3=1+2, 甲."""
    bare = squeezed(text)
    return _COUNT.fullmatch(bare) is not None or _AXIS.fullmatch(bare) is not None


def is_index_row(texts: list[str]) -> bool:
    """The 栏次 row: 栏次|1|2|3 or 1|2|3=4+5: numbers of columns, no data.

    Learnt from 太原 2016: 类, 款 and 项 are merged down into it (类|款|项|栏次|1|2|3).
    """
    bare = [squeezed(text) for text in texts if text.strip()]
    if not bare:
        return False
    if re.fullmatch(r"栏次|栏目", bare[0]):
        return True
    counts = [int(re.findall(r"\d+", text)[0]) for text in bare if _COUNT.fullmatch(text)]
    others = [text for text in bare if not _COUNT.fullmatch(text)]
    rising = counts == list(range(counts[0], counts[0] + len(counts))) if counts else False
    named = any(re.fullmatch(r"栏次|栏目", text) for text in others)
    plain = all(_AXIS.fullmatch(text) or _CODE_PARTS.fullmatch(text) for text in others)
    return plain and rising and counts[0] <= 2 and (named or len(counts) >= 2)


def counts_columns(texts: list[str]) -> bool:
    """A 栏次 row among the data: it says so itself, or counts four columns and more (1|2 alone may be figures)."""
    words = [text for text in texts if text.strip() and not _COUNT.fullmatch(squeezed(text))]
    return is_index_row(texts) and (bool(words) or len([text for text in texts if text.strip()]) >= 4)


def counts_rows(texts: list[str]) -> bool:
    """A column that numbers its rows, under whatever header: 1, 2, 3, 4."""
    bare = [squeezed(text) for text in texts if text.strip()]
    return len(bare) >= 4 and bare == [str(i) for i in range(1, len(bare) + 1)]


def head_rows(grid: Grid) -> int:
    """How many rows at the top are header; 0 where the first row is data."""
    row = 0
    while row < min(MOST, grid.rows) and _is_header_row(grid, row):
        row += 1
    return row if row < grid.rows or row <= 2 else row - 1


def _is_header_row(grid: Grid, row: int) -> bool:
    cells = [cell for cell in row_cells(grid, row) if cell.text.strip()]
    texts = [cell.text for cell in cells]
    if counts_columns(texts) or (is_index_row(texts) and row + 1 < grid.rows):
        return True
    if not cells:
        return row > 0 and bool(row_cells(grid, row)) is False
    if any(_is_data(text) for text in texts) and not _years(texts):
        return False
    if row == 0:
        # A 自评表 ends on the next page in rows like 原因分析 | a paragraph: data, though no cell holds a number.
        if len(cells) > 1 and any(len(squeezed(text)) > LONGEST for text in texts):
            return False
        return len(cells) > 1 and not numbered(texts[0]) or cells[0].colspan >= grid.cols and grid.rows > 2
    return _continues_header(grid, row, cells)


def _is_data(text: str) -> bool:
    return (
        parse_cell(text) is not None
        or parse_code(text) is not None
        or text.strip()[-1:] == "%"
        and text.strip()[:1].isdigit()
    )


def _years(texts: list[str]) -> bool:
    """A header row that prints bare years: 2023|2024."""
    numbers = [squeezed(text) for text in texts if _is_data(text)]
    return all(re.fullmatch(r"(?:19|20)\d\d", text) for text in numbers) and len(numbers) > 1


def _continues_header(grid: Grid, row: int, cells: list[Cell]) -> bool:
    first = cells[0]
    words = sum(is_header_word(cell.text) for cell in cells)
    if numbered(first.text) or (TOTAL.search(squeezed(first.text)) and first.col == 0 and words < max(2, len(cells))):
        return False
    if any(len(squeezed(cell.text)) > LONGEST for cell in cells):
        return False
    spanned = [cell for cell in grid.cells if cell.row < row < cell.row + cell.rowspan]
    under = {c for cell in spanned for c in range(cell.col, cell.col + cell.colspan) if cell.text.strip()}
    if under and all(_header_above(grid, cell) for cell in spanned if cell.text.strip()):
        return words >= 1 or len(cells) > 1
    return len(cells) >= 2 and words == len(cells) or (len(cells) == 1 and words == 1 and first.col > 0 and row == 1)


def _header_above(grid: Grid, cell: Cell) -> bool:
    return is_header_word(cell.text) or cell.row == 0
