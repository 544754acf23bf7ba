"""Bands → Rows: each half's rows with their 科目 code, label path and level."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.account import join_code, level, parent, parse_code
from corpus.fact import Origin
from corpus.number import is_blank
from ingest.captions import joined, squeezed
from ingest.columns import Band, Role
from ingest.headers import TOTAL
from ingest.join import Joined, Placed
from ingest.sections import numbered

SAME_INDENT = 3.0
"""Points within which two labels begin at the same indent."""
SCANNED_INDENT = 7.0
"""The same on a scan, which may be skewed."""


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
class _Label:
    """What one row of a half prints as label, not yet placed under others."""

    index: int
    parts: tuple[str, ...]
    code: str
    misprinted: bool
    left: float | None


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


def rows_of(table: Joined, bands: Sequence[Band]) -> tuple[Row, ...]:
    """The rows of every band and half, in order."""
    cells = Cells(table)
    play = SCANNED_INDENT if table.origin is Origin.OCR else SAME_INDENT
    rows: list[Row] = []
    for number, band in enumerate(bands):
        for half in band.halves:
            labels = _labels(cells, band, half)
            coded = sum(bool(label.code) for label in labels) * 2 >= max(1, len(labels))
            placed = _by_code(labels) if coded else _by_outline(labels, play)
            rows.extend(replace(row, half=half, band=number) for row in placed)
    return tuple(rows)


def _labels(cells: Cells, band: Band, half: int) -> list[_Label]:
    code_columns = [column.index for column in band.of_half(half, Role.CODE)]
    name_columns = [column.index for column in band.of_half(half, Role.NAME)]
    above: list[str] = [""] * len(code_columns)
    outline: dict[int, str] = {}
    labels = []
    for row in range(*band.body):
        code_cells = [cells.covering(row, c) for c in code_columns]
        name_cells = _distinct([cells.covering(row, c) for c in name_columns])
        texts = [cell.text if cell and cell.row == row else "" for cell in code_cells]
        labels.append(_label(row, texts, above, name_cells, outline, len(name_columns)))
    return labels


def _distinct(cells: Sequence[Placed | None]) -> list[Placed]:
    kept: list[Placed] = []
    for cell in cells:
        if cell is not None and all(cell is not other for other in kept):
            kept.append(cell)
    return kept


def _label(
    row: int, codes: Sequence[str], above: list[str], names: Sequence[Placed], outline: dict[int, str], name_columns: int
) -> _Label:
    """Read a row's code and names; `above` and `outline` remember the rows before for blank outer cells."""
    own = {joined(cell.text) for cell in names}
    words = [text for text in codes if text.strip() and not re.search(r"\d", text) and not is_blank(text) and joined(text) not in own]
    code = _code([text for text in codes], above)
    parts = _name_parts(row, names, outline) if name_columns > 1 else [joined(cell.text) for cell in names]
    parts = [*(joined(word) for word in words), *(part for part in parts if part and not is_blank(part))]
    left = next((cell.left for cell in names if cell.text.strip()), None)
    digits, misprinted = code if code else ("", False)
    if not digits and parts and (match := re.match(r"(\d{3}|\d{5}|\d{7})[\s　\-—]*(\D.*)", parts[-1])):
        found = parse_code(match[1])
        if found is not None and not re.match(r"年|元|万|个|号|[.,，%]", match[2]):
            digits, parts[-1] = found.digits, match[2]
    return _Label(row, tuple(parts), digits, misprinted, left)


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
    """Several label columns: a merged or blank outer cell stands for the label above it (货物A › 办公设备购置费 › 复印机)."""
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


def _is_total(parts: Sequence[str]) -> bool:
    """合计 as the row's last label, or first where stray letters of a torn header follow (合计|…|式)."""
    return any(TOTAL.search(re.sub(r"[“”\"]", "", squeezed(part))) is not None for part in (*parts[-1:], *parts[:1]))


def _by_code(labels: Sequence[_Label]) -> list[Row]:
    """Paths by code prefix: (201 一般公共服务支出, 20139 社会工作事务, 2013901 行政运行)."""
    names = {label.code: label.parts[-1] for label in labels if label.code and label.parts}
    rows = []
    for label in labels:
        path = tuple(names[code] for code in _ancestors(label.code) if code in names) + label.parts[-1:]
        depth = level(label.code) - 1 if label.code else 0
        within = bool(label.parts) and label.parts[-1].startswith("其中")
        rows.append(
            Row(label.index, 0, 0, path if label.code else label.parts, label.code, label.misprinted, depth, _is_total(label.parts), within)
        )
    return rows


def _ancestors(code: str) -> list[str]:
    chain: list[str] = []
    while code := parent(code):
        chain.insert(0, code)
    return chain


_STYLES = (
    r"[一二三四五六七八九十]+[、.．]",
    r"[（(][一二三四五六七八九十]+[)）]",
    r"\d{1,2}[、.．](?!\d)",
    r"[（(]\d{1,2}[)）]",
    r"[①②③④⑤⑥⑦⑧⑨⑩]",
)


def _by_outline(labels: Sequence[_Label], play: float) -> list[Row]:
    """Paths by indent and numbering (一、 1.); 其中 rows go under the row before."""
    keys = _keys(labels, play)
    stack: list[tuple[_Key, str]] = []
    inside: _Key | None = None
    outer: tuple[str, ...]
    rows = []
    for label, key in zip(labels, keys, strict=True):
        total = _is_total(label.parts)
        if total or len(label.parts) != 1:
            stack, inside, outer = [], None, ()
        else:
            stack = _above(stack, key, label.parts[0])
            outer = tuple(name for _, name in stack)
            inside = key if squeezed(label.parts[0]).startswith("其中") else inside if inside is not None and key >= inside else None
            stack.append((key, label.parts[0]))
        path = (*outer, *(label.parts[:1] if total and TOTAL.search(squeezed(label.parts[0])) else label.parts))
        rows.append(Row(label.index, 0, 0, path, label.code, label.misprinted, len(outer), total, inside is not None, label.left))
    return rows


def _above(stack: list[tuple["_Key", str]], key: "_Key", name: str) -> list[tuple["_Key", str]]:
    """What a row stands under: smaller keys only, and never a fellow of the same numbering (a scan shifts 二、 under 一、)."""
    style = _style(squeezed(name))
    if numbered(name) and not _first_of_list(name):
        fellows = [i for i, (_, other) in enumerate(stack) if numbered(other) and _style(squeezed(other)) == style]
        stack = stack[: fellows[0]] if fellows else stack
    return [(other, text) for other, text in stack if other < key]


_Key = tuple[float, float]
"""Indent step, then rank of the numbering: a row stands under the nearest row above with a smaller key."""


def _keys(labels: Sequence[_Label], play: float) -> list[_Key]:
    steps = _indents(labels, play)
    keys: list[_Key] = []
    for i, label in enumerate(labels):
        name = squeezed(label.parts[-1]) if label.parts else ""
        step = float(sum(label.left - other > play for other in steps)) if steps and label.left is not None else 0.0
        if name.startswith("其中"):
            keys.append((step + 1 if step + 1 < len(steps) else step + 0.5, 8.0))
        elif numbered(name):
            keys.append((step, _style(name)))
        elif i + 1 < len(labels) and labels[i + 1].parts and _first_of_list(labels[i + 1].parts[-1]):
            keys.append((step, _style(squeezed(labels[i + 1].parts[-1])) - 0.5))
        elif not steps and keys and keys[-1][1] == 8.0:
            keys.append(keys[-1])
        else:
            keys.append((step, 8.0 if steps else 0.0))
    return keys


def _style(name: str) -> float:
    return float(next((i for i, style in enumerate(_STYLES) if re.match(style, name)), len(_STYLES)))


def _first_of_list(name: str) -> bool:
    """一、 or 1.: a list begins, and the unnumbered row above heads it (年末结转和结余 over 一、一般公共预算)."""
    return re.match(r"(?:[（(]?[一1][)）]?[、.．]|[（(][一1][)）])(?!\d)", squeezed(name)) is not None


def _indents(labels: Sequence[_Label], play: float) -> tuple[float, ...]:
    """The indents that labels begin at, when they are few and steps of them tell levels; () for centred names."""
    lefts = sorted(label.left for label in labels if label.left is not None and label.parts and not _is_total(label.parts))
    steps: list[float] = []
    for left in lefts:
        if not steps or left - steps[-1] > play:
            steps.append(left)
    crowded = len(steps) > 6 or (len(steps) > 3 and len(steps) * 2 > len(lefts))
    return () if crowded or _centred(labels) else tuple(steps)


def _centred(labels: Sequence[_Label]) -> bool:
    """Names set in the middle of their column: the longer the name, the further left it begins, at every length alike."""
    by_length: dict[int, list[float]] = defaultdict(list)
    for label in labels:
        if label.left is not None and label.parts and not _is_total(label.parts):
            by_length[len(squeezed(label.parts[-1]))].append(label.left)
    firsts = [min(lefts) for _, lefts in sorted(by_length.items())]
    alike = all(max(lefts) - min(lefts) < SAME_INDENT / 2 for lefts in by_length.values())
    return alike and len(firsts) > 1 and all(a - b > SAME_INDENT / 2 for a, b in zip(firsts, firsts[1:], strict=False))
