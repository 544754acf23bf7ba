"""Text → the numbers of its pieces, cut as SentencePiece's unigram model cuts (the gate of tokenizers)."""

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

from corpus.e5_file import Vocabulary


class Tokens:
    """A text cut into pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._replaced, self._unknown = vocabulary.replaced, vocabulary.unknown
        self._cut = Tokenizer(Unigram(list(zip(vocabulary.pieces, vocabulary.scores, strict=True)), vocabulary.unknown, byte_fallback=False))
        self._cut.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
        self._cut.pre_tokenizer = pre_tokenizers.Metaspace(split=False)

    def __call__(self, text: str) -> list[int]:
        """Signs without a piece count one by one, as the embedding package counts them; the library takes a run of them for one."""
        cut = self._cut.encode(text.translate(self._replaced), add_special_tokens=False)
        pieces = zip(cut.ids, cut.offsets, strict=True)
        return [piece for piece, (start, stop) in pieces for _ in range(stop - start if piece == self._unknown else 1)]
