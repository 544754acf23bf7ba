"""The words before a figure and what was told above it → Dated: its years, whether they are of that figure alone, and where they were taken from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Disclosure
from qa.claim_words import VERSUS, item_of, versus_in, years_in

CLAUSE = re.compile(r"[，。；：,;:！？\n]|[（(](?=其中|含|不含|包括|同比|比|较|占)")


@dataclass(frozen=True)
class Dated:
    """The years of one figure."""

    years: tuple[int, ...]
    alone: bool = False
    """而2018年为24458.43万元: the year is of this figure and of none behind it."""
    day: bool = False
    """截至2025年8月31日: the day of a stock, which the sentences behind are not about."""
    source: str = ""
    """Where a year that the sentence does not name was taken from: 标题, 第一句, 上文."""
    maybe: tuple[tuple[int, ...], ...] = ()
    """Other years that may be meant as well."""
    base: str = ""
    """比2024年的47.91万元减少10万元: what the next change is over (上年, 上年预算, 上年执行数); '' where this is no base of one."""
    unknown: bool = False
    """从2亿到2.8亿: of an earlier year, and nothing says of which."""


@dataclass(frozen=True)
class Calendar:
    """The years that a text has told so far."""

    sentence: tuple[int, ...] = ()
    """The sentence's own."""
    day: bool = False
    spread: bool = False
    """Whether the sentence went from one year to another."""
    above: tuple[int, ...] = ()
    """Of an earlier sentence of the paragraph."""
    last: tuple[int, ...] = ()
    """Of the last sentence that named any."""
    home: str = ""
    """The publisher that the text's own years are of."""
    mains: tuple[tuple[str, tuple[int, ...], str], ...] = ()
    """(publisher, years, where they stand); the publisher is '' for the text's own: its title's, or else its first sentence's."""

    def main(self, publisher: str) -> tuple[tuple[int, ...], str]:
        told = {name: (years, source) for name, years, source in self.mains}
        return told.get(publisher) or told.get("") or ((), "")

    def within(self, dated: Dated) -> "Calendar":
        """After a figure with these years."""
        if dated.alone or not dated.years or dated.source or dated.unknown:
            return self
        moved = bool(self.sentence) and not self.day and self.sentence != dated.years
        return replace(self, sentence=dated.years, day=dated.day, spread=self.spread or moved)

    def headed(self, publisher: str, years: tuple[int, ...], source: str) -> "Calendar":
        """With a title's or heading's years; they hold for all below it but other publishers that had years of their own."""
        kept = tuple(one for one in self.mains if one[0] not in ("", publisher))
        return replace(self, mains=(*kept, ("", years, source)), home=publisher or self.home, above=(), last=years)

    def ended(self, publishers: tuple[str, ...], source: str) -> "Calendar":
        """After a sentence about these publishers."""
        years = () if self.day else self.sentence
        done = replace(self, sentence=(), day=False, spread=False, home=self.home or next(iter(publishers), ""))
        if not years:
            return done
        known = {name for name, _, _ in self.mains}
        new = [("", years, source)] if "" not in known else []
        new += [(name, years, "上文") for name in publishers if name and name != done.home and name not in known]
        return replace(done, mains=(*self.mains, *new), above=years, last=years)


_NOW = re.compile(r"本年度?(?!收|支|合)|今年|本次|此次|这次|当年(?!预算)")
_ASIDE = re.compile(r"[而但](?=在?(?:19|20)\d)|此前|早前|早在|之前|据此|推算|倒推|反推|(?:去年|上年)同期")
"""A year named beside the one that the text is about."""
_FROM_YEAR = re.compile(r"(?:从|由)\s*(?:19|20)\d{2}年")
_BASE_OF_TIMES = re.compile(r"(?:是|为|相当于|达到?|约为?|超过|不足|不到)\s*(?:19|20)\d{2}年(?:度)?的?\s*(?:约|近)?\s*$")
_EARLIER = re.compile(r"(?:从|由)\s*(?:上年|去年)?的?\s*$")
_LAST_YEAR = re.compile(r"(?:^|[，；而（(、\s])(?:去年|上年|上一年度?|上年度)(?:同期)?(?!相比|结转|末|底|初|基数|基础|[比增减下])")
_BECAME = re.compile(r"\s*(?:猛|骤|陡|大幅|小幅|再|又|直接)?(?:增加|增长|提高|上升|涨|增|升|扩大|减少|下降|降低?|减|压减|压缩|缩减|回落|跌)(?:到|至|为)")
_LATER = re.compile(r"(?:^|[，\s])(?:到了?)?(一年后|次年|第二年|来年|[两二]年后)")
_CHANGE_BEHIND = re.compile(r"\s*(?:还|也|又)?(?:相比|少|多|高|低|增|减|上升|上涨|下降|下滑|降|提高|翻|略)")
_DAY = re.compile(r"截[至止]\s*(?:到)?\s*(?:19|20)\d{2}年")


def dated(lead: str, behind: str, calendar: Calendar, publisher: str, figures_before: bool, from_year: int) -> Dated:
    """The years of a figure: those of its clause; else its sentence's; else those that the text is about."""
    now = inherited(calendar, publisher, lead)
    if (base := _base(lead, behind, now)) is not None:
        return base
    if _EARLIER.search(lead):
        known = years_in(lead) or now.years
        return Dated((known[-1] - 1,), alone=True) if known else Dated((), unknown=True)
    if (after := _LATER.search(lead)) and now.years and not years_in(lead):
        return Dated((now.years[-1] + (2 if after[1][0] in "两二" else 1),), alone=True)
    if from_year and not years_in(lead) and _BECAME.match(lead):
        return replace(now, years=now.years[-1:], maybe=()) if now.years and now.years[-1] > from_year else Dated((from_year + 1,))
    return _named(lead, now, figures_before) or _of_last_year(lead, now) or now


def _named(lead: str, now: Dated, figures_before: bool) -> Dated | None:
    """The last year that the words before a figure name."""
    for clause in reversed(CLAUSE.split(_BASE_OF_TIMES.sub("", lead))):
        if years := years_in(clause):
            aside = bool(now.years) and years != now.years and (bool(_ASIDE.search(clause)) or bool(_FROM_YEAR.search(clause)) and years < now.years or figures_before and years[-1] < now.years[-1] and not item_of(clause))
            return Dated(years, alone=aside, day=bool(_DAY.search(clause)))
    return None


def _of_last_year(lead: str, now: Dated) -> Dated | None:
    tail = VERSUS.sub(" ", CLAUSE.split(lead)[-1])
    return replace(now, years=(now.years[-1] - 1,), alone=True) if now.years and _LAST_YEAR.search(tail) else None


def _base(lead: str, behind: str, now: Dated) -> Dated | None:
    """比2024年的47.91万元减少10万元: the figure is the other year's; only where a change stands behind it."""
    tail = CLAUSE.split(lead)[-1]
    found = list(VERSUS.finditer(tail))
    if not found or not now.years or tail[found[-1].end() :].strip(" \u3000约近") or not _CHANGE_BEHIND.match(behind):
        return None
    said = found[-1][0]
    if not re.search(r"[年度期数的]\s*的?\s*$|预算\s*$", said) or re.match(r"超|高于|多于|低于|少于", said) and not said.rstrip().endswith("的"):
        return None
    over, year = versus_in(said, now.years[-1])
    if not over.startswith("上年") and not year:
        return None
    before = year or now.years[-1] - 1
    return Dated((before,), alone=True, base=over if over.startswith("上年") else f"{before}年" + ("执行数" if "执行" in said else "预算" if "预算" in said else ""))


def inherited(calendar: Calendar, publisher: str, lead: str = "") -> Dated:
    """The years of what names none itself."""
    if calendar.sentence:
        return Dated(calendar.sentence, alone=calendar.day, day=calendar.day)
    main, source = calendar.main(publisher)
    if _NOW.search(lead) and main:
        return Dated(main, source=source)
    firm = source in ("标题", "小标题")
    others = (calendar.above, *(() if firm else (calendar.last,)))
    maybe = tuple(dict.fromkeys(years for years in others if years and years != main))
    if not main:
        return Dated(maybe[0], source="上文", maybe=maybe[1:]) if maybe else Dated(())
    return Dated(main, source=source, maybe=maybe)


def with_report(calendar: Calendar, publisher: str, shelf: Sequence[Disclosure]) -> Calendar:
    """Without years of another publisher's that this one has no report of: 城管局2026年…，社工部… whose one report is of 2024."""
    own = {year for d in shelf if d.publisher == publisher for year in (d.year, d.year - 1)}
    mine = any(name == publisher for name, _, _ in calendar.mains)
    if not publisher or mine or not own or set(calendar.main(publisher)[0]) & own:
        return calendar
    return replace(calendar, mains=(*calendar.mains, (publisher, (), "")), above=(), last=())


