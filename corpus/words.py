"""Words of a Chinese text as the word index and its questions both see them.

Numbers (`1,234.56`), codes (`2130101`), years (`2024年度`) and percentages stay whole. Chinese is cut by jieba's
dictionary without its hidden Markov model, so that a name is cut the same way wherever it stands; where the dictionary
knows only single characters (names of places and people) neighbours are paired, so that an unknown name is found.
"""

import logging
import os
import re
import tempfile
import unicodedata
import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_PIECE = re.compile(
    r"(?P<number>(?:(?<![\w.])[-+])?\d+(?:,\d{3})*(?:\.\d+)*(?:年度?|%|‰)?)|(?P<latin>[A-Za-z][A-Za-z0-9_]*)|(?P<han>[㐀-䶿一-\ud7ff\ue000-\ufaff]+)"
)
"""Lone surrogates are no words: no database keeps them."""
LONGEST = 300
"""Signs of a word or name: more neither database finds by, and PostgreSQL refuses the row (2,046 bytes a word, 2,704 an indexed name)."""
_STOP = frozenset("的了和与及或在是为有被把对从向以于其这那哪吗呢吧啊么个将等之而则也就都并请")
"""Single characters that say nothing alone: kept inside pairs, never words of their own."""
_PARTICLES = frozenset("的了呢吗吧啊么")
"""No name holds them: never part of a pair either."""


def words(text: str) -> list[str]:
    """The words of a text in reading order; a long word is followed by the shorter ones in it."""
    found: list[str] = []
    for piece in _PIECE.finditer(unicodedata.normalize("NFKC", text)):
        if piece["number"]:
            found.extend(_number(piece["number"][:LONGEST]))
        elif piece["latin"]:
            found.append(piece["latin"][:LONGEST].lower())
        else:
            found.extend(_han(piece["han"]))
    return found


def plain_name(name: str) -> str:
    """A name as it is looked up: full-width forms, spaces and quotation marks do not tell two names apart."""
    return re.sub(r"[\s\0\ud800-\udfff“”\"'‘’「」『』]", "", unicodedata.normalize("NFKC", name))[:LONGEST]


def cut(text: str) -> list[str]:
    """A text parted at its word boundaries, nothing added or left out."""
    return list(_tokenizer().cut(text, HMM=False))


def inside(word: str) -> list[str]:
    """The dictionary words of two signs inside a longer one: 养老 and 保险 of 养老保险."""
    known = _tokenizer().FREQ
    return [pair for i in range(len(word) - 1) if len(word) > 2 and known.get(pair := word[i : i + 2])]


@lru_cache(maxsize=4096)
def word_starts(name: str) -> tuple[int, ...]:
    """Where the words of a name begin, the shorter ones in a long word too: 0, 2 and 4 of 生态环境局."""
    known, starts, at = _tokenizer().FREQ, set(), 0
    for word in cut(name):
        starts |= {at, *(at + i for i in range(1, len(word) - 1) if known.get(word[i : i + 2]) and known.get(word[:i]))}
        at += len(word)
    return tuple(sorted(starts))


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of a text, each with its part of speech in jieba's tags (n noun, v verb, d adverb…)."""
    return [(pair.word, pair.flag) for pair in _tagger().cut(text, HMM=False)]


def warm() -> None:
    """Load the dictionary and its tags now (0.5-1 s), so that no question waits for them."""
    _tokenizer().initialize()
    _tagger()


def _number(number: str) -> Iterator[str]:
    """The number whole as printed, and plain: without sign, separators and what follows it."""
    yield number
    plain = re.sub(r"[-+,%‰年度]", "", number)
    if plain != number:
        yield plain
    if number.endswith("年度"):
        yield number[:-1]


def _han(run: str) -> Iterator[str]:
    cut = list(_tokenizer().cut(run, HMM=False))
    for i, word in enumerate(cut):
        if len(word) == 1:
            yield from _single(cut, i)
        else:
            yield from _known(word)


def _known(word: str) -> Iterator[str]:
    """A dictionary word, and the dictionary words inside it (公务用车 holds 公务 and 用车)."""
    yield word
    known = _tokenizer().FREQ
    for size in (2, 3):
        if len(word) > size:
            yield from (w for i in range(len(word) - size + 1) if known.get(w := word[i : i + size]))


def _single(cut: list[str], i: int) -> Iterator[str]:
    """A single character: paired with the single one before it; alone where it says something."""
    if i and len(cut[i - 1]) == 1 and not _PARTICLES & {cut[i - 1], cut[i]}:
        yield cut[i - 1] + cut[i]
    if cut[i] not in _STOP:
        yield cut[i]


@cache
def _tagger() -> Any:  # noqa: ANN401 - jieba carries no types
    """jieba reads the tags of its 350,000 words when one is made (0.5 s): its own is taken, with our cutting of words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.posseg
    tagger = object.__new__(jieba.posseg.POSTokenizer)
    vars(tagger).update(vars(jieba.posseg.dt), tokenizer=_tokenizer())
    return tagger


@cache
def _tokenizer() -> Any:  # noqa: ANN401 - jieba carries no types
    """jieba with its dictionary's cache in a folder of the user's own: jieba loads it with marshal, and the shared
    temporary folder is anybody's to write to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in jieba's own source
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_own_folder())
    return tokenizer


def _own_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"mingzhang-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    folder.mkdir(mode=0o700, exist_ok=True)
    owned = not hasattr(os, "getuid") or (folder.stat().st_uid == os.getuid() and not folder.is_symlink())
    return folder if owned and not folder.stat().st_mode & 0o022 else Path(tempfile.mkdtemp(prefix="mingzhang-"))
