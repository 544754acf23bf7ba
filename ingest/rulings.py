"""Drawn lines and boxes of a page → rulings: level and upright strokes that bound table cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

THIN = 3.5
"""A filled box thinner than this is a stroke, drawn as a box (WPS draws every rule so)."""
SNAP = 2.0
"""Strokes nearer than this are one rule drawn twice."""
JOIN = 3.0
"""A rule may have gaps of so many points (a rule of each cell's own) and miss its crossing by as much."""
LEAST = 4.0
"""Shorter strokes are parts of signs or of patterns."""
WHITE = 0.97


@dataclass(frozen=True, slots=True)
class Ruling:
    """A stroke at `at` (y of a level one, x of an upright one) from `first` to `last` along the other axis."""

    at: float
    first: float
    last: float


@dataclass(frozen=True)
class Rulings:
    """All strokes of a page or of one table, merged."""

    level: tuple[Ruling, ...]
    upright: tuple[Ruling, ...]


def rulings_of(shapes: Iterable[dict[str, Any]], left: float, top: float) -> Rulings:
    """Merged rulings of pdfplumber's lines and rects, measured from the corner (left, top) of the shown page."""
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for shape in shapes:
        if not _is_seen(shape):
            continue
        box = (shape["x0"] - left, shape["top"] - top, shape["x1"] - left, shape["bottom"] - top)
        for flat, stroke in _strokes(*box):
            (level if flat else upright).append(stroke)
    return Rulings(merged(level), merged(upright))


def _is_seen(shape: dict[str, Any]) -> bool:
    """White boxes and white strokes bound nothing that a reader sees."""
    inked = shape.get("stroke") and not is_white(shape.get("stroking_color"))
    return bool(inked or (shape.get("fill") and not is_white(shape.get("non_stroking_color"))))


def is_white(colour: Any) -> bool:
    """Paper's own colour, in grey, RGB or CMYK; a pattern or an unknown colour counts as seen."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    if len(parts) == 4:
        return all(part <= 1 - WHITE for part in parts)
    return all(part >= WHITE for part in parts)


def _strokes(x0: float, top: float, x1: float, bottom: float) -> list[tuple[bool, Ruling]]:
    """One stroke of a thin box, four of a wide one."""
    wide, high = x1 - x0, bottom - top
    if max(wide, high) < LEAST:
        return []
    if high <= THIN and wide > high:
        return [(True, Ruling((top + bottom) / 2, x0, x1))]
    if wide <= THIN:
        return [(False, Ruling((x0 + x1) / 2, top, bottom))]
    sides = [(True, Ruling(y, x0, x1)) for y in (top, bottom)]
    return sides + [(False, Ruling(x, top, bottom)) for x in (x0, x1)]


def merged(strokes: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Strokes on one line joined, lines drawn twice made one."""
    rules: list[Ruling] = []
    for group in _clusters(strokes):
        at = sum(stroke.at for stroke in group) / len(group)
        joined: list[Ruling] = []
        for stroke in sorted(group, key=lambda s: s.first):
            if joined and stroke.first <= joined[-1].last + JOIN:
                joined[-1] = replace(joined[-1], last=max(joined[-1].last, stroke.last))
            else:
                joined.append(replace(stroke, at=at))
        rules.extend(joined)
    return tuple(rules)


def _clusters(strokes: Sequence[Ruling]) -> list[list[Ruling]]:
    groups: list[list[Ruling]] = []
    for stroke in sorted(strokes, key=lambda s: s.at):
        if groups and stroke.at - groups[-1][0].at <= SNAP:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups


def connected(rulings: Rulings) -> list[Rulings]:
    """Rulings that cross or touch belong to one table; from top to bottom."""
    parts: list[tuple[list[Ruling], list[Ruling]]] = []
    for rule in rulings.level:
        parts.append(([rule], []))
    for rule in rulings.upright:
        touched = [part for part in parts if any(_touch(level, rule) for level in part[0])]
        rest = [part for part in parts if not any(part is other for other in touched)]
        one = ([level for part in touched for level in part[0]], [u for part in touched for u in part[1]] + [rule])
        parts = [*rest, one]
    tables = [Rulings(tuple(level), tuple(upright)) for level, upright in parts if level and upright]
    return sorted(tables, key=lambda table: min(rule.at for rule in table.level))


def _touch(level: Ruling, upright: Ruling) -> bool:
    across = level.first - JOIN <= upright.at <= level.last + JOIN
    return across and upright.first - JOIN <= level.at <= upright.last + JOIN
