"""A band's label cells → Labels: each row's 科目 code and names, merged and blank outer cells filled from above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.account import join_code, parse_code
from corpus.number import is_blank
from ingest.captions import joined, squeezed
from ingest.columns import Band, Column, Role
from ingest.headers import TOTAL
from ingest.join import Joined, Placed


@dataclass(frozen=True)
class Row:
    """A row of one half: what its figures are figures of."""

    index: int
    half: int
    band: int
    path: tuple[str, ...]
    """Label path, the outermost first; () where the row prints no label."""
    code: str
    misprinted: bool
    depth: int
    """0 for the outermost; rows below a row have a greater depth."""
    total: bool
    within: bool
    """Under a 其中: a part that need not reach the whole with its fellows."""
    left: float | None = None

    @property
    def name(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True)
class Label:
    """What one row of a half prints as label, not yet placed under others."""

    index: int
    parts: tuple[str, ...]
    code: str
    misprinted: bool
    left: float | None
    agency: str = ""
    """The code of the agency (单位代码) that its row is of; '' where the table prints none."""


class Cells:
    """Cells of a joined table by row and column, merged cells found from every row they cover."""

    def __init__(self, table: Joined) -> None:
        self._at: dict[tuple[int, int], Placed] = {}
        self._covering: dict[tuple[int, int], Placed] = {}
        for cell in table.cells:
            self._at[cell.row, cell.col] = cell
            for row in range(cell.row, cell.row + cell.rowspan):
                for col in range(cell.col, cell.last_col + 1):
                    self._covering.setdefault((row, col), cell)

    def at(self, row: int, col: int) -> Placed | None:
        """The cell that begins here; a number stands once, however far its cell spans."""
        return self._at.get((row, col))

    def covering(self, row: int, col: int) -> Placed | None:
        """The cell that this place belongs to: a merged label labels all its rows."""
        return self._covering.get((row, col))


def labels_of(cells: Cells, band: Band, half: int) -> list[Label]:
    agencies = [column.index for column in band.of_half(half, Role.CODE) if codes_agencies(column)]
    code_columns = [column.index for column in band.of_half(half, Role.CODE) if column.index not in agencies]
    name_columns = [column.index for column in band.of_half(half, Role.NAME)]
    above: list[str] = [""] * len(code_columns)
    outline: dict[int, str] = {}
    labels = []
    for row in range(*band.body):
        code_cells = [cells.covering(row, c) for c in code_columns]
        whole = _distinct(code_cells)
        if len(whole) == 1 and whole[0].colspan > 1:  # one code over 类|款|项 (太原 2016)
            code_cells = [whole[0]]
        name_cells = [cell for cell in _distinct([cells.covering(row, c) for c in name_columns]) if not _of_header(cell, band)]
        texts = [cell.text if cell and cell.row == row else "" for cell in code_cells]
        label = _label(row, texts, above, name_cells, outline, len(name_columns))
        labels.append(replace(label, agency=_printed_code(cells, row, agencies)))
    return labels


def _printed_code(cells: Cells, row: int, columns: Sequence[int]) -> str:
    return next((squeezed(cell.text) for column in columns if (cell := cells.covering(row, column)) and not is_blank(cell.text)), "")


_AGENCY_CODE = re.compile(r"(?:预算)?单位(?:代码|编码)$|^部门(?:代码|编码)$")


def codes_agencies(column: Column) -> bool:
    """单位代码 names the agency that a row is of, no 科目."""
    return bool(column.header) and bool(_AGENCY_CODE.search(squeezed(column.header[-1])))


def _of_header(cell: Placed, band: Band) -> bool:
    """A header cell that is drawn down into the rows (类|款|项 beside 栏次 and 合计) labels none of them."""
    return band.head[0] <= cell.row < band.head[1] and not TOTAL.search(squeezed(cell.text))


def _distinct(cells: Sequence[Placed | None]) -> list[Placed]:
    kept: list[Placed] = []
    for cell in cells:
        if cell is not None and all(cell is not other for other in kept):
            kept.append(cell)
    return kept


def _label(
    row: int,
    codes: Sequence[str],
    above: list[str],
    names: Sequence[Placed],
    outline: dict[int, str],
    name_columns: int,
) -> Label:
    """Read a row's code and names; `above` and `outline` remember the rows before for blank outer cells."""
    own = {joined(cell.text) for cell in names}
    words = [
        text
        for text in codes
        if text.strip() and not re.search(r"\d", text) and not is_blank(text) and joined(text) not in own
    ]
    code = _code([text for text in codes], above)
    parts = _name_parts(row, names, outline) if name_columns > 1 else [joined(cell.text) for cell in names]
    parts = [*(joined(word) for word in words), *(part for part in parts if part and not is_blank(part))]
    left = next((cell.left for cell in names if cell.text.strip()), None)
    digits, misprinted = code if code else ("", False)
    if not digits and parts and (match := re.match(r"(\d{3}|\d{5}|\d{7})[\s　\-—]*(\D.*)", parts[-1])):
        found = parse_code(match[1])
        if found is not None and not re.match(r"年|元|万|个|号|[.,，%]", match[2]):
            digits, parts[-1] = found.digits, match[2]
    return Label(row, tuple(parts), digits, misprinted, left)


def _code(texts: list[str], above: list[str]) -> tuple[str, bool] | None:
    if not any(text.strip() for text in texts):
        return None
    found = parse_code(next(text for text in texts if text.strip())) if len(texts) == 1 else join_code(texts, above)
    if found is None:
        return None
    for i, text in enumerate(texts):
        if text.strip():
            above[i:] = [squeezed(text), *[""] * (len(above) - i - 1)]
    return found.digits, found.misprinted


def _name_parts(row: int, names: Sequence[Placed], outline: dict[int, str]) -> list[str]:
    """Several label columns: a merged or blank outer cell stands for the label above it (货物A › 办公设备 › 复印机)."""
    first = next((cell.col for cell in names if cell.text.strip()), None)
    if first is None:
        return []
    for col in [col for col in outline if col >= first]:
        del outline[col]
    own = [(cell.col, joined(cell.text)) for cell in names if cell.text.strip()]
    inherited = [outline[col] for col in sorted(outline) if col < first]
    for col, text in own:
        outline[col] = text
    if TOTAL.search(own[0][1]) and len(own) == 1 and first == min(cell.col for cell in names):
        outline.clear()
        return [own[0][1]]
    return [*inherited, *(text for _, text in own)]


def is_total(parts: Sequence[str]) -> bool:
    """合计 as the row's last label, or first where stray letters of a torn header follow (合计|…|式)."""
    return any(TOTAL.search(re.sub(r"[“”\"]", "", squeezed(part))) is not None for part in (*parts[-1:], *parts[:1]))
