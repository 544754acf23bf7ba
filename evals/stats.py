"""Statistics of a run: counts → shares with Wilson intervals, percentiles, macro-F1, the exact McNemar test."""

from collections.abc import Iterable, Sequence
from math import comb, sqrt

_Z95 = 1.959963984540054


def wilson(hits: int, total: int) -> tuple[float, float]:
    """95 % interval of a share; (0, 1) where nothing was counted."""
    if total == 0:
        return 0.0, 1.0
    share, square = hits / total, _Z95 * _Z95
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _Z95 / (1 + square / total) * sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed; 0 of none."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


def macro_f1(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> float:
    """Mean F1 of the labels that occur as gold; `pairs` are (gold, predicted)."""
    present = [label for label in labels if any(gold == label for gold, _ in pairs)]
    return sum(_f1(pairs, label) for label in present) / len(present) if present else 0.0


def _f1(pairs: Sequence[tuple[str, str]], label: str) -> float:
    both = sum(1 for gold, said in pairs if gold == said == label)
    either = sum(1 for gold, said in pairs if gold == label) + sum(1 for _, said in pairs if said == label)
    return 2 * both / either if either else 0.0


def mcnemar(fixed: int, broken: int) -> float:
    """Two-sided exact p that as many changes of outcome fall this unevenly by chance."""
    changed = fixed + broken
    tail = sum(comb(changed, k) for k in range(min(fixed, broken) + 1))
    return min(1.0, 2 * tail / float(2**changed))
