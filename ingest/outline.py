"""Labels without codes → Rows: levels by indent and numbering (一、 1.), 其中 rows under the row before."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.captions import squeezed
from ingest.headers import TOTAL
from ingest.labels import Label, Row, is_total
from ingest.sections import numbered

ALIGNED = 1.5
"""Points within which centred names of one length begin alike."""

_STYLES = (
    r"[一二三四五六七八九十]+[、.．]",
    r"[（(][一二三四五六七八九十]+[)）]",
    r"\d{1,2}[、.．](?!\d)",
    r"[（(]\d{1,2}[)）]",
    r"[①②③④⑤⑥⑦⑧⑨⑩]",
)

_Key = tuple[float, float]
"""Indent step, then rank of the numbering: a row stands under the nearest row above with a smaller key."""


def by_outline(labels: Sequence[Label], play: float) -> list[Row]:
    """Paths by indent and numbering (一、 1.); 其中 rows go under the row before."""
    keys = _keys(labels, play)
    stack: list[tuple[_Key, str]] = []
    inside: _Key | None = None
    outer: tuple[str, ...]
    rows = []
    for label, key in zip(labels, keys, strict=True):
        total = is_total(label.parts)
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
    """What a row stands under: smaller keys, and never a fellow of its numbering (a scan shifts 二、 under 一、)."""
    style = _style(squeezed(name))
    if numbered(name) and not _first_of_list(name):
        fellows = [i for i, (_, other) in enumerate(stack) if numbered(other) and _style(squeezed(other)) == style]
        stack = stack[: fellows[0]] if fellows else stack
    return [(other, text) for other, text in stack if other < key]


def _keys(labels: Sequence[Label], play: float) -> list[_Key]:
    steps = _indents(labels, play)
    keys: list[_Key] = []
    for i, label in enumerate(labels):
        name = squeezed(label.parts[-1]) if label.parts else ""
        step = _step(label, steps, play)
        if name.startswith("其中"):
            keys.append((step + 1 if step + 1 < len(steps) else step + 0.5, 8.0))
        elif numbered(name):
            keys.append((step, _style(name)))
        elif i + 1 < len(labels) and labels[i + 1].parts and _first_of_list(labels[i + 1].parts[-1]):
            keys.append((step, _style(squeezed(labels[i + 1].parts[-1])) - 0.5))
        elif keys and keys[-1][1] == 8.0 and (not steps or _goes_on(labels[:i], labels[i:], steps)):
            keys.append(keys[-1])
        else:
            keys.append((step, _outermost_style(labels, steps, step, play)))
    return keys


def _goes_on(above: Sequence[Label], below: Sequence[Label], steps: Sequence[float]) -> bool:
    """一、财政拨款, 其中：一般公共预算拨款, 政府性基金预算拨款, all flush since their indent is printed in blanks, and then 二、: the last goes on with
    the 其中, where numbers tell the rows of the whole."""
    heads = [squeezed(label.parts[-1]) for label in above if label.parts]
    head = next((one for one, part in zip(reversed(heads[:-1]), reversed(heads), strict=False) if part.startswith("其中")), "")
    name, *rest = [squeezed(label.parts[-1]) if label.parts else "" for label in below]
    return len(steps) == 1 and numbered(head) and any(map(numbered, rest)) and not re.search(r"结转|结余", name)


def _outermost_style(labels: Sequence[Label], steps: Sequence[float], step: float, play: float) -> float:
    """A row without number is a fellow of the outermost numbered rows at its indent, never under them.

    Learnt from a city's book: 全市一般公共预算收入 stands flush under 二、非税收入 and is the sum of 一 and 二.
    """
    fellows = [name for label in labels if label.parts and numbered(name := squeezed(label.parts[-1])) and _step(label, steps, play) == step]
    return min(map(_style, fellows), default=0.0)


def _step(label: Label, steps: Sequence[float], play: float) -> float:
    return float(sum(label.left - other > play for other in steps)) if steps and label.left is not None else 0.0


def _style(name: str) -> float:
    return float(next((i for i, style in enumerate(_STYLES) if re.match(style, name)), len(_STYLES)))


def _first_of_list(name: str) -> bool:
    """一、 or 1.: a list begins, and the unnumbered row above heads it (年末结转和结余 over 一、一般公共预算)."""
    return re.match(r"(?:[（(]?[一1][)）]?[、.．]|[（(][一1][)）])(?!\d)", squeezed(name)) is not None


def _indents(labels: Sequence[Label], play: float) -> tuple[float, ...]:
    """The indents that labels begin at, when they are few and steps of them tell levels; () for centred names."""
    lefts = sorted(label.left for label in labels if label.left is not None and label.parts and not is_total(label.parts))
    steps: list[float] = []
    for left in lefts:
        if not steps or left - steps[-1] > play:
            steps.append(left)
    crowded = len(steps) > 6 or (len(steps) > 3 and len(steps) * 2 > len(lefts))
    return () if crowded or _centred(labels) else tuple(steps)


def _centred(labels: Sequence[Label]) -> bool:
    """Names set in the middle of their column: the longer the name, the further left it begins."""
    by_length: dict[int, list[float]] = defaultdict(list)
    for label in labels:
        if label.left is not None and label.parts and not is_total(label.parts):
            by_length[len(squeezed(label.parts[-1]))].append(label.left)
    firsts = [min(lefts) for _, lefts in sorted(by_length.items())]
    alike = all(max(lefts) - min(lefts) < ALIGNED for lefts in by_length.values())
    return alike and len(firsts) > 1 and all(a - b > ALIGNED for a, b in zip(firsts, firsts[1:], strict=False))
