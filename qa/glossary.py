"""An answer and the reports that it rests on → the terms in it that these reports explain themselves (名词解释). No explanation is ours."""

import re
from collections.abc import Sequence

from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure
from corpus.shelf import Shelf
from qa.reply import Citation, Term

_HEAD = re.compile(r"^(?P<head>[^。；]{2,60}?)(?:[：:]|是?指|反映)")
_LEVEL = re.compile(r"[（(][类款项][）)]\s*/?")
_QUOTES = "“”\"‘’"
_LONGEST = 8
"""Terms at most that one answer offers."""


def terms_in(text: str, disclosures: Sequence[Disclosure], shelf: Shelf) -> tuple[Term, ...]:
    """Each term once, where it stands first; of two that overlap the longer one."""
    files = {disclosure.id: disclosure.file for disclosure in disclosures}
    found: list[tuple[int, int, Term]] = []
    explained = [(name, chunk) for chunk in shelf.store.chunks(list(files), (ChunkKind.DEFINITION,)) if (name := term_of(chunk))]
    for name, chunk in sorted(explained, key=lambda one: -len(one[0])):
        match = _pattern(name).search(text)
        if match and not any(start < match.end() and match.start() < end for start, end, _ in found) and all(name != known.name for _, _, known in found):
            start = match.start() - _opened(text, match)
            found.append((start, match.end(), Term(name, text[start : match.end()], _citation(chunk, files[chunk.disclosure]))))
    return tuple(term for _, _, term in sorted(found, key=lambda one: one[0])[:_LONGEST])


def term_of(chunk: Chunk) -> str:
    """What a paragraph of 名词解释 explains: 住房公积金 of 住房保障支出（类）住房改革支出（款）住房公积金（项）：…; '' where that is not plain."""
    match = _HEAD.match(chunk.text.strip())
    if not match:
        return ""
    levels = [part for part in _LEVEL.split(match["head"]) if part.strip()]
    name = re.sub(rf"[{_QUOTES}\s]|^[（(]?[一二三四五六七八九十\d]+[）)、.．]", "", levels[-1]) if levels else ""
    return name if re.fullmatch(r"[一-龥（）()]{3,20}", name) else ""


def _pattern(name: str) -> re.Pattern[str]:
    """As answers set it, with or without quotation marks; never the tail of a longer name (经营收入 in 国有资本经营收入)."""
    body = f"[{_QUOTES}]?".join(map(re.escape, name))
    return re.compile(rf"(?<![一-龥](?<![的为是和与及年比占])){body}")


def _opened(text: str, match: re.Match[str]) -> int:
    """1 where a quotation mark right before the term is closed inside it: “三公”经费."""
    return int(text[: match.start()].endswith("“") and "”" in match[0])


def _citation(chunk: Chunk, file: str) -> Citation:
    source = chunk.sources[0]
    return Citation(0, chunk.disclosure, file, source.page, source.box, chunk.text.strip(), True, source.place)
