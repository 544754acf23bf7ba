"""Text → the numbers of its pieces, cut as SentencePiece's unigram model cuts: the best sum of the pieces' scores."""

import re

from corpus.e5_file import Vocabulary

SPACE = "▁"
UNKNOWN_COSTS = 10
"""So much less than the rarest piece."""


class Tokens:
    """A text cut into pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_COSTS
        self._pieces: dict[str, tuple[float, int]] = {}
        self._longest: dict[str, int] = {}
        for number, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True)):
            if piece and number != vocabulary.unknown:
                self._pieces.setdefault(piece, (score, number))
                self._longest[piece[0]] = max(self._longest.get(piece[0], 0), len(piece))

    def __call__(self, text: str) -> list[int]:
        back = self._best_ways(self._normal(text))
        made, at = [], len(back) - 1
        while at > 0:
            at, number = back[at]
            made.append(number)
        return made[::-1]

    def _normal(self, text: str) -> str:
        text = re.sub(" {2,}", " ", text.translate(self._vocabulary.replaced))
        return (text if text.startswith(" ") else f" {text}").replace(" ", SPACE)

    def _best_ways(self, text: str) -> list[tuple[int, int]]:
        """At each place: where the last piece of the best way there begins, and its number."""
        best = [float("-inf")] * (len(text) + 1)
        best[0] = 0.0
        back = [(0, 0)] * (len(text) + 1)
        for start, sign in enumerate(text):
            here = best[start]
            for stop in range(start + 1, min(len(text), start + self._longest.get(sign, 0)) + 1):
                found = self._pieces.get(text[start:stop])
                if found and here + found[0] > best[stop]:
                    best[stop], back[stop] = here + found[0], (start, found[1])
            if here + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = here + self._unknown_score, (start, self._vocabulary.unknown)
        return back
