"""甲、乙分别为1万元、2万元 → which item, year or publisher each figure is of: in order, and of none where the numbers differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.number import Mention
from qa.claim import Form
from qa.claim_forms import Said
from qa.claim_words import DOWN, UP, all_years

UNCLEAR = "“分别”前面的名称与后面的数字个数不同"
_JOIN = re.compile(rf"[\s\u3000]*(?:[、，,]?(?:和|与|以及|及)?)[\s\u3000]*(?:(?:{UP}|{DOWN})了?)?[\s\u3000]*")


@dataclass(frozen=True)
class Share:
    """What one of the figures behind 分别 is of; '' and 0 where that is the same for all of them."""

    item: str = ""
    year: int = 0
    publisher: str = ""
    said: Said | None = None
    """What the first of the figures says of its item, which the others say too."""


@dataclass(frozen=True)
class Around:
    """What stands around a figure behind 分别."""

    tail: str
    count: int
    """How many figures stand in a row here."""
    inherited: str
    row: tuple[Share, ...]
    listed: tuple[str, ...]
    """The publishers of the sentence's list: 甲和乙."""
    bodies: tuple[str, ...]
    recent: tuple[str, ...]
    """The items that had figures of their own in the sentence."""


def in_a_row(sentence: str, figures: Sequence[Mention], at: int) -> int:
    """How many figures follow each other with nothing but 、 or 和 between them, from this one on."""
    count = 1
    while at + count < len(figures) and _JOIN.fullmatch(sentence[figures[at + count - 1].end : figures[at + count].start]):
        count += 1
    return count


def shares_of(said: Said, around: Around) -> tuple[Share, ...]:
    """What each figure of the row is of; () where that cannot be told."""
    spread = _every_year(around.tail, around.count)
    names = _parted(said.item, around.count)
    item = said.item or around.inherited
    if names and len(around.listed) == around.count:
        return ()  # 甲局、乙局的会议费、培训费分别为…: of the bodies or of the items
    ways: tuple[tuple[Share, ...], ...] = (
        tuple(Share(item=name) for name in names),
        tuple(Share(item=item, year=year) for year in spread) if len(spread) > 1 else (),
        tuple(Share(item=item, publisher=name) for name in around.listed) if not names else (),
        tuple(replace(share, item=item if share.publisher or share.year else share.item, said=None) for share in around.row) if around.row and not _lists(said.item) else (),
        tuple(Share(item=name) for name in around.recent[-around.count :]) if not said.item else (),
        tuple(Share(item=item, publisher=name) for name in around.bodies),
    )  # fmt: skip
    return next((way for way in ways if len(way) == around.count > 1), ())


def _every_year(tail: str, count: int) -> tuple[int, ...]:
    """2023—2025年 of three figures are three years."""
    years = all_years(tail)
    whole = tuple(range(years[0], years[-1] + 1)) if len(years) == 2 and _RANGE.search(tail) else ()
    return whole if len(whole) == count else years


_RANGE = re.compile(r"(?:19|20)\d{2}年?\s*(?:至|到|[-—~～]+)\s*(?:19|20)\d{2}")


def taking(said: Said, share: Share) -> Said:
    """A figure's words with the item that it takes; of one behind the first, with what the first said."""
    first = said if said.turn else share.said or said
    form = Form.AMOUNT if first.form is Form.SUM else first.form
    return replace(first, items=(share.item,), item=share.item, form=form) if share.item else replace(first, form=form)


def _lists(item: str) -> bool:
    return bool(re.search(r"、|和|与|及", item))


def _parted(item: str, count: int) -> tuple[str, ...]:
    """社会保障和就业支出、卫生健康支出 of two figures are two names, and so are 人员经费和公用经费."""
    commas = re.split(r"、", item)
    last = re.split(r"和|与|以及|及", commas[-1])
    for parts in (re.split(r"、|以及|和|与|及", item), commas, [*commas[:-1], *last], [*commas[:-1], "和".join(last[:-1]), last[-1]]):
        if len(parts) == count > 1 and all(len(part.strip()) > 1 for part in parts):
            return tuple(part.strip() for part in parts)
    return ()
