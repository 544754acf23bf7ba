"""First pages and titles of a file → Identity: who published it, for which year, 预算 or 决算, whose money.

Every sign found votes, the strongest being the cover; a file's name is weak evidence. What is left in doubt is said.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.filename import shown_name
from ingest.names import aliases_of, canonical, is_region, parts_of
from ingest.page import Page
from ingest.printed_names import NO_REGION, is_publisher
from ingest.signs import Vote, votes_of

CAP = 8.0
"""What all the titles inside a document may weigh together: less than its cover."""


@dataclass(frozen=True)
class Identity:
    """Who, when and what, with where it is said."""

    publisher: str
    """'' where no sign was found."""
    aliases: tuple[str, ...]
    year: int
    """0 where no sign was found."""
    kind: Kind
    scope: Scope
    evidence: tuple[Source, ...]
    certain: bool
    part: str
    """The part of the year that a notice tells of; '' for a whole one."""


def identify(pages: Iterable[Page], file: str) -> Identity:
    """The identity that the pages' titles, labels and the file's name agree on best."""
    votes = list(votes_of(pages, file))
    years, kinds, scopes = (_tally(votes, what) for what in ("year", "kind", "scope"))
    scope = Scope(_best(scopes) or Scope.DEPARTMENT)
    publisher = _publisher(votes, scope)
    kind = Kind(_best(kinds) or Kind.BUDGET)
    sure = bool(publisher) and all(_is_clear(tally) for tally in (years, kinds)) and bool(scopes)
    said = {("year", _best(years)), ("kind", str(kind)), ("scope", str(scope)), ("org", canonical(publisher))}
    said_by_print = {what for what, value in said if _printed(votes, what, value)}
    certain = sure and {"year", "kind", "org"} <= said_by_print
    year = int(_best(years) or 0)
    return Identity(publisher, aliases_of(publisher), year, kind, scope, _evidence(votes, said), certain, _best(_tally(votes, "part")))


def disclosure_of(path: Path, pages: Sequence[Page]) -> Disclosure:
    """The file as a disclosure; what no sign says is taken from its name and marked as uncertain."""
    file = shown_name(path.name)
    identity = identify(pages, file)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    publisher = identity.publisher or "".join(Path(file).stem.split())
    return Disclosure(
        digest[:16], digest, file, publisher, identity.aliases, identity.year, identity.kind, identity.scope,
        len(pages), identity.evidence, identity.certain, part=identity.part,
    )  # fmt: skip


def _publisher(votes: Sequence[Vote], scope: Scope) -> str:
    """The office, or the region of a whole-government report, that most votes name; the fullest form of its name.

    Where the file's name has a form of the same office, that form: 江苏 prints 中国共产党江苏省委员会办公厅 in its
    tables and 江苏省委办公厅 in its text, two files of one disclosure.
    """
    forms: dict[str, list[Vote]] = {}
    for vote in votes:
        org = re.sub(r"[（(](?:部门|单位|本级|本部|汇总)[)）]$", "", vote.value) if vote.what == "org" else ""
        if org and is_region(org) == (scope is Scope.GOVERNMENT):
            forms.setdefault(canonical(org), []).append(replace(vote, value=org))
    for name in sorted(forms, key=len):
        _merge(forms, name)
    if not forms:
        return _region_above(votes) if scope is Scope.GOVERNMENT else ""
    winner = max(forms.values(), key=_weight)
    full = [vote for vote in winner if len(canonical(vote.value)) == _longest(winner)]
    named = [vote.value for vote in full if vote.source is None]
    return named[0] if named else _best(_tally(full, "org"))


def _merge(forms: dict[str, list[Vote]], short: str) -> None:
    """A short form's votes go to the fuller name (with its region); a name with other words before it gives its own."""
    for name in [name for name in forms if name != short and name.endswith(short)]:
        if parts_of(name).regions and is_publisher(name):
            forms[name].extend(forms.pop(short))
            return
        forms[short].extend(replace(vote, value=short) for vote in forms.pop(name))


def _longest(votes: Sequence[Vote]) -> int:
    return max(len(canonical(vote.value)) for vote in votes)


def _weight(votes: Sequence[Vote]) -> float:
    inside = sum(vote.weight for vote in votes if vote.weight < CAP)
    return min(inside, 2 * CAP) + sum(vote.weight for vote in votes if vote.weight >= CAP)


def _region_above(votes: Sequence[Vote]) -> str:
    """A government's report whose titles say only 全区 and 自治区本级: the region of that rank that it names most."""
    rank = _best(_tally(votes, "hint"))
    regions: dict[str, float] = {}
    for vote in votes:
        if vote.what in ("org", "mention"):
            for region in parts_of(vote.value).regions:
                if region.endswith(rank) and not NO_REGION.search(region):
                    regions[region] = regions.get(region, 0.0) + vote.weight
    return _best(regions)


def _tally(votes: Sequence[Vote], what: str) -> dict[str, float]:
    """Weight by value; the many titles inside a document weigh no more than `CAP` together."""
    values: dict[str, list[Vote]] = {}
    for vote in votes:
        if vote.what == what:
            values.setdefault(vote.value, []).append(vote)
    return {
        value: min(sum(v.weight for v in said if v.weight < CAP), CAP) + sum(v.weight for v in said if v.weight >= CAP)
        for value, said in values.items()
    }


def _best(tally: dict[str, float]) -> str:
    return max(tally, key=lambda value: tally[value], default="")


def _is_clear(tally: dict[str, float]) -> bool:
    """The first has twice the votes of the second."""
    ranked = sorted(tally.values(), reverse=True)
    return bool(ranked) and (len(ranked) == 1 or ranked[0] >= 2 * ranked[1])


def _printed(votes: Sequence[Vote], what: str, value: str) -> bool:
    """A page says so, not only the file's name."""
    return any(vote.source and vote.what == what and _same(what, vote.value, value) for vote in votes)


def _same(what: str, one: str, other: str) -> bool:
    return canonical(one) == other if what == "org" else one == other


def _evidence(votes: Sequence[Vote], said: set[tuple[str, str]]) -> tuple[Source, ...]:
    """For each of who, when and what the strongest place that says it."""
    best: dict[str, Vote] = {}
    for vote in votes:
        value = next((v for what, v in said if what == vote.what), "")
        held = best.get(vote.what)
        if vote.source and _same(vote.what, vote.value, value) and (not held or vote.weight > held.weight):
            best[vote.what] = vote
    return tuple(dict.fromkeys(vote.source for vote in best.values() if vote.source))
