"""Excel workbook (.xlsx, .xls) → Pages, one a visible sheet: what Excel shows and prints, hidden parts left out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import FileError
from corpus.fact import Origin
from ingest.body import NOWHERE, Block, Paragraph, page_of
from ingest.page import Cell, Page
from ingest.parted import parted

UNREADABLE = "〔公式未存结果〕"
"""Shown for a formula whose result the file does not hold: it is neither blank nor computed by us."""
MOST_NAMED = 5
"""Places named in one note; the rest are counted."""

Area = tuple[int, int, int, int]
"""First row, first col, last row, last col, all 0-based and included."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as the file holds it: shown texts, what is merged, hidden, and inside the print area."""

    name: str
    texts: dict[tuple[int, int], str]
    indents: dict[tuple[int, int], float]
    merged: tuple[Area, ...]
    hidden_rows: Collection[int]
    hidden_cols: Collection[int]
    printed: tuple[Area, ...]
    """() where the sheet sets no print area: all of it is printed."""


def sheet_pages(path: Path, sheets: Iterator[Sheet], hidden: tuple[str, ...]) -> Iterator[Page]:
    """One page a sheet that shows anything; what was left out is noted on it."""
    notes: tuple[str, ...] = tuple(f"工作表《{name}》是隐藏的，未读取" for name in hidden)
    for number, sheet in enumerate(sheets, 1):
        try:
            page = _page(number, sheet, notes)
        except OverflowError as error:
            raise FileError(path.name, f"工作表《{sheet.name}》大得不像一份公开表（{error}）") from error
        if page.lines or page.grids or page.notes:
            yield page
            notes = ()


def _page(number: int, sheet: Sheet, notes: tuple[str, ...]) -> Page:
    """The sheet's blocks; where nothing stands above its first table, the sheet's own name does."""
    blocks = parted(_cells(sheet), lambda row, col: f"{sheet.name}!{column_name(col)}{row + 1}")
    if blocks and not isinstance(blocks[0], Paragraph) and not sheet.name.lower().startswith("sheet"):
        blocks = [_named(sheet), *blocks]
    return page_of(number, blocks, Origin.SHEET, (*notes, *_notes(sheet)))


def _named(sheet: Sheet) -> Block:
    """The sheet's name as it stands on its tab."""
    return Paragraph(sheet.name.strip(), sheet.name)


def _cells(sheet: Sheet) -> list[Cell]:
    """The visible cells; a merged cell shows the text of its first cell over what is visible of it."""
    spans = {(area[0], area[1]): area for area in sheet.merged}
    inner = {at for area in sheet.merged for at in _inner(sheet, area)}
    made = (_cell(sheet, spans.get(at, (*at, *at)), text, at) for at, text in sheet.texts.items() if at not in inner)
    return [cell for cell in made if cell is not None]


def _inner(sheet: Sheet, area: Area) -> Iterator[tuple[int, int]]:
    """The filled cells that the merged area's first cell covers; a merged column is a million cells, mostly bare."""
    rows, cols = range(area[0], area[2] + 1), range(area[1], area[3] + 1)
    if len(rows) * len(cols) > len(sheet.texts):
        places = ((row, col) for row, col in sheet.texts if row in rows and col in cols)
    else:
        places = ((row, col) for row in rows for col in cols)
    return (at for at in places if at != area[:2])


def _cell(sheet: Sheet, area: Area, text: str, at: tuple[int, int]) -> Cell | None:
    """The cell over the visible rows and columns of its area; None where none is visible."""
    rows = [row for row in range(area[0], area[2] + 1) if row not in sheet.hidden_rows]
    cols = [col for col in range(area[1], area[3] + 1) if col not in sheet.hidden_cols]
    if not rows or not cols or not _printed(sheet, (rows[0], cols[0], rows[-1], cols[-1])):
        return None
    place = f"{sheet.name}!{column_name(at[1])}{at[0] + 1}"
    span = (rows[-1] - rows[0] + 1, cols[-1] - cols[0] + 1)
    return Cell(rows[0], cols[0], *span, text, NOWHERE, place=place, left=sheet.indents.get(at, 0.0))


def _printed(sheet: Sheet, area: Area) -> bool:
    """Whether the print area, where there is one, holds any of it."""
    return not sheet.printed or any(
        area[0] <= one[2] and one[0] <= area[2] and area[1] <= one[3] and one[1] <= area[3] for one in sheet.printed
    )


def _notes(sheet: Sheet) -> tuple[str, ...]:
    """What was left out of the sheet or could not be read."""
    filled = {at for at, text in sheet.texts.items() if text.strip()}
    rows = sorted({row for row, _ in filled} & set(sheet.hidden_rows))
    cols = sorted({col for _, col in filled} & set(sheet.hidden_cols))
    outside = [at for at in filled if at[0] not in rows and at[1] not in cols and not _printed(sheet, (*at, *at))]
    lost = sorted(at for at in filled if sheet.texts[at] == UNREADABLE)
    named = {
        "隐藏行 {}，未读取": [str(row + 1) for row in rows],
        "隐藏列 {}，未读取": [column_name(col) for col in cols],
        "打印区域外的单元格 {}，未读取": [f"{column_name(col)}{row + 1}" for row, col in sorted(outside)],
        "{} 是公式而文件没有存下结果，未能读取": [f"{column_name(col)}{row + 1}" for row, col in lost],
    }
    return tuple(f"工作表《{sheet.name}》：{note.format(_listed(items))}" for note, items in named.items() if items)


def _listed(items: list[str]) -> str:
    """The first few and how many there are."""
    few = "、".join(items[:MOST_NAMED])
    return few if len(items) <= MOST_NAMED else f"{few} 等 {len(items)} 处"


def column_name(col: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    while col >= 0:
        name = chr(ord("A") + col % 26) + name
        col = col // 26 - 1
    return name
