"""A model-less answer → lines with marks in place of figures and years: what a model is given to word, and how it is filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.number import find_mentions, half_width

_QUOTED = re.compile(r"“[^”]*”")
_SPLIT = re.compile(r"[：；]")
_YEAR = re.compile(r"(?:19|20)\d{2}年度?")
_AFTER = re.compile(r"(?:（[合约][\d,.]+万元）)?(?:\[\d+\])*")
"""What belongs to a figure: itself in 万元, and its citations."""
MARK = re.compile(r"\{([FYN]\d+)\}")


@dataclass(frozen=True)
class Line:
    """A line of the answer: what may be worded anew, and what stays word for word."""

    head: str
    """With marks; '' when the whole line stays as it is."""
    rest: str
    """What follows the head (formula, list, quoted passage), as written by the program."""
    passage: str = ""
    """A quoted passage of the line with its figures marked, for a summary; '' where none."""

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(MARK.findall(self.head))


@dataclass(frozen=True)
class Marked:
    """An answer's lines and what its marks stand for."""

    lines: tuple[Line, ...]
    fills: Mapping[str, str]
    """F1 → 1.28万元[1][2]; Y1 → 2022年."""

    def fill(self, text: str) -> str:
        return MARK.sub(lambda match: self.fills[match[1]], text)

    def mask(self, text: str) -> str:
        """A question without years and digits: the figures and the years are the finding's alone."""
        return re.sub(r"\d[\d,.]*", "…", re.sub(rf"(?:{_YEAR.pattern})(?:度|的)?", "", text))


def marked(text: str) -> Marked:
    """The lines of a reply's text, marked. A text that prints what looks like a mark (a report may) is left alone."""
    if MARK.search(text):
        return Marked((Line("", text),), {})
    fills: dict[str, str] = {}
    return Marked(tuple(_line(line, fills) for line in text.split("\n")), fills)


def _line(line: str, fills: dict[str, str]) -> Line:
    head, rest = _parted(line)
    mine = dict(fills)
    worded = _with_marks(head, mine)
    named = re.search(r"“|\{N", worded)  # without a name, the words for what is counted would be the question's, not the report's
    if named and any(name not in fills and name[0] == "F" for name in mine) and not re.search(r"\d", MARK.sub("", half_width(worded))):
        fills.update(mine)
        return Line(worded, rest)
    quotes = [match[0][1:-1] for match in _QUOTED.finditer(rest)]
    return Line("", line, _with_marks(max(quotes, key=len), fills) if quotes else "")


def _parted(line: str) -> tuple[str, str]:
    """Before and after the first ： or ； that stands outside quotation marks. (按…, a line in brackets, has no head.)"""
    if line.startswith("（"):
        return "", line
    hidden = _QUOTED.sub(lambda match: "“" * len(match[0]), line)
    split = _SPLIT.search(hidden)
    return (line[: split.start()], line[split.end() :]) if split else (line, "")


def _with_marks(text: str, fills: dict[str, str]) -> str:
    """Years {Y1}, figures with their citations {F1}, names that hold digits {N1}."""
    text = _QUOTED.sub(lambda match: _mark("N", match[0], fills) if re.search(r"\d", match[0]) else match[0], text) if "“" in text else text
    text = _YEAR.sub(lambda match: _mark("Y", match[0], fills), text)
    parts, done = [], 0
    for mention in find_mentions(re.sub(rf"{MARK.pattern}|\[\d+\]", lambda match: "　" * len(match[0]), text)):
        if mention.start < done:
            continue
        more = _AFTER.match(text, mention.end)
        end = more.end() if more else mention.end
        parts += [text[done : mention.start], _mark("F", text[mention.start : end], fills)]
        done = end
    return "".join((*parts, text[done:]))


def _mark(letter: str, text: str, fills: dict[str, str]) -> str:
    """One mark for one year, however often it stands; every figure its own."""
    for name, fill in fills.items():
        if name[0] == letter != "F" and fill == text:
            return f"{{{name}}}"
    name = f"{letter}{sum(1 for each in fills if each[0] == letter) + 1}"
    fills[name] = text
    return f"{{{name}}}"
