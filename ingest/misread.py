"""What OCR made of a cell → its text with only the safe repairs done, and how far to trust it.

A digit is never guessed: repairs touch the width of characters, the kind of separators, and the letter O where
everything else is a number. Where two readings differ, the better one is kept with a score that says "doubtful".
"""

import re
import unicodedata
from collections.abc import Sequence

from ingest.ocr import Reading

DOUBTFUL = 0.5
"""The score of a number whose readings disagree, or that no number is written like. Below `SURE`."""
SURE = 0.9
"""From this score on a reading is believed as far as OCR can be; the table's sums still have to bear it out."""

STROKES = "/\\|[]{}'\"!"
"""What a digit under a seal, or a piece of a rule beside it, is read as."""

_LIKE_NUMBER = re.compile(r"[-+−–—－]?[(（]?[\d.,，．。·:：'’‘ OoＯ０-９%％-]+[)）]?[%％]?")
_NUMBER = re.compile(r"[-+]?\(?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\)?%?")
_DASH = re.compile(r"[-−–—－_]+")
_SEPARATORS = str.maketrans("，．。·：:−–—", ",.....---")


def is_numeric(text: str) -> bool:
    """Mostly digits: worth a second look (85辆 and 2023年 count)."""
    solid = [c for c in unicodedata.normalize("NFKC", text) if not c.isspace()]
    return bool(solid) and 2 * sum(c.isdigit() or c in ".,-%" for c in solid) >= len(solid)


def tidy(text: str) -> str:
    """The text with safe repairs; anything but a number only loses its outer blanks."""
    bare = text.strip()
    if _DASH.fullmatch(bare) or not _LIKE_NUMBER.fullmatch(bare) or not any(c.isdigit() for c in bare):
        return bare
    plain = unicodedata.normalize("NFKC", bare).translate(_SEPARATORS)
    plain = re.sub(r"\s*([.,%()-])\s*", r"\1", plain).replace("O", "0").replace("o", "0")
    return plain if _NUMBER.fullmatch(plain) else _regrouped(plain)


def _regrouped(text: str) -> str:
    """545.184,036.20 → 545,184,036.20: the groups show which separator was meant, and no digit moves."""
    sign, digits, tail = re.fullmatch(r"([-+]?)(.*?)(%?)", text, re.S).groups()  # type: ignore[union-attr]
    groups = re.split(r"[.,]+", digits)
    if len(groups) < 3 or not all(group.isdigit() for group in groups) or re.search(r"[.,]{2}", digits):
        return text
    whole = groups[0] and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:-1])
    if not whole or len(groups[-1]) == 3:
        return text
    return f"{sign}{','.join(groups[:-1])}.{groups[-1]}{tail}"


def is_well_formed(text: str) -> bool:
    """Written like a number, or not like one at all (then nothing is known against it)."""
    if is_numeric(text) and any(c in STROKES for c in text):
        return False
    if not _LIKE_NUMBER.fullmatch(text) or not any(c.isdigit() for c in text):
        return True
    return bool(_NUMBER.fullmatch(text))


def settle(first: Sequence[Reading], second: Sequence[Reading]) -> tuple[str, float]:
    """A numeric cell's text and score from the page's reading and the cell's own; either may be ()."""
    texts = [_joined(readings) for readings in (first, second)]
    sure = [min((reading.least for reading in readings), default=0.0) for readings in (first, second)]
    better = 0 if sure[0] >= sure[1] and texts[0] or not texts[1] else 1
    score = sure[better]
    if texts[0] and texts[1] and texts[0] != texts[1]:
        score = min(score, DOUBTFUL)
    if not is_well_formed(texts[better]):
        score = min(score, DOUBTFUL)
    return texts[better], round(score, 3)


def _joined(readings: Sequence[Reading]) -> str:
    return "\n".join(text for text in (tidy(reading.text) for reading in readings) if text)
