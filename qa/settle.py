"""A Question and the shelf → Scope: which publisher's disclosures of which year and kind are meant, or why none is.

Near-identical reports of other years and departments are the main cause of wrong answers in this field, so this is settled
before anything is looked up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Disclosure, Kind
from corpus.disclosure import Scope as Reach
from corpus.part_of_year import last_month, part_in, same_part
from qa.asks import Ask
from qa.question import Question, smooth


@dataclass(frozen=True)
class Scope:
    """What to look at."""

    publisher: str
    disclosures: tuple[Disclosure, ...]
    """All of the publisher's that may speak of the years asked for, the year's own first."""
    years: tuple[int, ...]
    """Years to answer for, in the order asked."""
    kind: Kind
    assumed: str = ""
    """What was assumed and must be said: 问题没有写年度，按最近的2025年度回答。"""
    by_content: bool = False
    """Whether no publisher was named, and this one's report alone has what is asked for."""


@dataclass(frozen=True)
class Refused:
    """Why nothing can be looked up, for the reader."""

    reason: str
    choices: tuple[str, ...] = ()


def settle(question: Question, shelf: Sequence[Disclosure]) -> Scope | Refused:
    """The scope of a question about one publisher."""
    if question.named.unknown and not question.named.publishers:
        return _no_such_publisher(question, shelf)
    if question.named.beside:
        return _no_such_publisher(replace(question, named=replace(question.named, unknown=question.named.beside)), shelf)
    if question.named.ambiguous:
        return Refused("这个简称对应不止一个部门，请选择：", question.named.ambiguous)
    publisher = _publisher(question, shelf)
    if not publisher:
        return _which_publisher(shelf)
    own = [disclosure for disclosure in shelf if disclosure.publisher == publisher]
    if part := _its_own_part(question, publisher, own):
        return Refused(part)
    fitting = _undated(question, publisher, own) or _of_part(question, _of_reach(question, own))
    if isinstance(fitting, Refused):
        return fitting
    own = fitting
    return _without_year(question, publisher, own) or _by_year(question, publisher, own)


_ITSELF = re.compile(r"\s*(?:机关(?!运行|运转|事业|工资|商品|资本|党|工作|干部|职工|服务|后勤|食堂|事务|大院|办公)|本级|本部)")


def _its_own_part(question: Question, publisher: str, own: Sequence[Disclosure]) -> str:
    """太原市发改委机关 is one agency of the department; the department's figures are not its."""
    if not own or any(d.scope is not Reach.DEPARTMENT for d in own) or not _asks_itself(question):
        return ""
    return f"报告库中{publisher}的报告是部门口径（含所属单位），没有单独的机关本级数，无法回答。"


def _asks_itself(question: Question) -> bool:
    """Whether the publisher's name is followed by 本级, in brackets or not."""
    if len(question.named.spans) != 1:
        return False
    flat, (start, end) = smooth(question.text), question.named.spans[0]
    return bool(re.search(r"[（(](?:本级|本部|机关)[)）]$", flat[start:end]) or _ITSELF.match(flat[end:]))


def _of_reach(question: Question, own: Sequence[Disclosure]) -> list[Disclosure]:
    """An agency's own report beside its department's of the same year: the one that is asked for, the department's where nobody says."""
    itself = _asks_itself(question)
    twins = {(d.year, d.kind) for d in own if d.scope is Reach.AGENCY} & {(d.year, d.kind) for d in own if d.scope is Reach.DEPARTMENT}
    return [d for d in own if (d.year, d.kind) not in twins or (d.scope is Reach.AGENCY) == itself]


def _of_part(question: Question, own: Sequence[Disclosure]) -> list[Disclosure] | Refused:
    """Of the reports of parts of a year (1-8月, 1-7月) the one that the question names; where it names none, those of whole years."""
    asked = part_in(question.text)
    if asked:
        return [d for d in own if d.part and same_part(d.part, asked)] or list(own)
    whole = {d.year for d in own if not d.part}
    kept = [d for d in own if not d.part or d.year not in whole]
    year = question.years[0] if question.years else max((d.year for d in kept), default=0)
    parts = dict.fromkeys(d.part for d in kept if d.part and d.year == year)
    if len(parts) > 1 and question.ask not in _OF_WORDS:
        return Refused(f"报告库中{kept[0].publisher}的报告各说一段时间，请选择：", tuple(sorted(parts, key=last_month)))
    return kept


_OF_WORDS = (Ask.DEFINE, Ask.TEXT)


def _undated(question: Question, publisher: str, own: Sequence[Disclosure]) -> Refused | None:
    """A report that prints no year is of no year that a question names, nor is it 今年's or 去年's."""
    if own and not any(d.year for d in own) and (question.years or question.relative < 1 or question.recent or question.ask is Ask.TREND):
        return Refused(f"{publisher}的报告（{existing(own)}）没有印出年度，不知道是不是所问的年度，无法回答。")
    return None


def _without_year(question: Question, publisher: str, own: Sequence[Disclosure]) -> Refused | Scope | None:
    """Where no report prints a year, what they say is of no year, and is told so."""
    if not own or any(d.year for d in own):
        return None
    if _asks_whole(question) and (whole := _no_whole(question, publisher, own)):
        return whole
    return Scope(publisher, tuple(own), (0,), own[0].kind, f"报告没有印出年度{_told_part(question, own)}。")


def _no_whole(question: Question, publisher: str, own: Sequence[Disclosure]) -> Refused | None:
    """A year's outturn is asked for, and the reports tell of a part of it."""
    if not all(d.part for d in own) or part_in(question.text) or question.ask in _OF_WORDS:
        return None
    return Refused(f"报告库中{publisher}的报告是{own[0].part}的，没有全年的决算数，无法回答。")


def _told_part(question: Question, own: Sequence[Disclosure]) -> str:
    parts = dict.fromkeys(d.part for d in own if d.part)
    return f"，是{'、'.join(parts)}的，不是全年数" if parts and not part_in(question.text) else ""


def existing(disclosures: Sequence[Disclosure]) -> str:
    """What the shelf holds, in words: 2024年部门预算、2025年部门预算."""
    seen = dict.fromkeys(f"{d.when}{d.scope}{d.kind}" for d in sorted(disclosures, key=lambda d: (d.year, d.kind)))
    return "、".join(seen)


def other_years(question: Question, shelf: Sequence[Disclosure]) -> Refused | None:
    """The same question of the years that exist, where the publisher has no report of the one year that it names."""
    own = [d for d in shelf if question.named.publishers[:1] == (d.publisher,) and d.year]
    if len(question.named.publishers) != 1 or len(question.years) != 1 or not own or any(d.year == question.years[0] for d in own):
        return None
    year = question.years[0]
    years = sorted({d.year for d in own}, key=lambda other: (abs(other - year), other))[:3]
    pattern = re.compile(rf"(?<!\d)(?:{year}|{year % 100:02d}(?=\s*年))(?!\d)")
    choices = tuple(pattern.sub(str(other), question.text) for other in years)
    return Refused(f"报告库中没有{own[0].publisher}{year}年的报告，只有{existing(own)}。", choices if all(choice != question.text for choice in choices) else ())


def _no_such_publisher(question: Question, shelf: Sequence[Disclosure]) -> Refused:
    known = sorted({disclosure.publisher for disclosure in shelf})
    listed = "、".join(known[:6]) + (f"等{len(known)}个部门和单位" if len(known) > 6 else "")
    return Refused(f"报告库中没有“{question.named.unknown}”的报告，无法回答。现有：{listed or '空'}。")


ALL = 12
"""Publishers that are offered; of more, as many are told and how many there are."""


def _which_publisher(shelf: Sequence[Disclosure]) -> Refused:
    known = tuple(sorted({disclosure.publisher for disclosure in shelf}))
    many = f"（报告库中有{len(known)}个，这里列出前{ALL}个）" if len(known) > ALL else ""
    return Refused(f"请说明要问的是哪个部门或单位{many}：", known[:ALL])


def _publisher(question: Question, shelf: Sequence[Disclosure]) -> str:
    if question.named.publishers:
        return question.named.publishers[0]
    known = {disclosure.publisher for disclosure in shelf}
    return next(iter(known)) if len(known) == 1 else ""


def _by_year(question: Question, publisher: str, own: Sequence[Disclosure]) -> Scope | Refused:
    fitting = [d for d in own if _kind_fits(question, d, own)] or _told_in_budgets(question, own)
    if not fitting:
        return Refused(f"报告库中没有{publisher}的{question.kind}报告，只有{existing(own)}，无法回答。")
    fitting = [d for d in fitting if d.year] or fitting
    years, assumed = _years(question, fitting)
    near = (0, 1, -1) if question.ask in (Ask.CHANGE, Ask.GROWTH, Ask.COMPARE) else (0, 1)
    covering = [d for step in near for year in years for d in fitting if d.year == year + step]
    if not covering and (wide := [d for step in (2, -1) for year in years for d in fitting if d.year == year + step and d.scope is Reach.GOVERNMENT]):
        covering = wide  # a government's report speaks of two years and sets limits for a third (北京 2021: 2022年末限额)
    elif not any(d.year >= min(years) for d in covering):
        asked = "、".join(f"{year}年" for year in years)
        return Refused(f"报告库中没有{publisher}{asked}的{question.kind or ''}报告，只有{existing(own)}，无法回答。")
    if question.kind and (wrong := _wrong_kind(question, years, own, fitting)):
        return Refused(wrong)
    of_year = [d for d in covering if d.year in years] or covering
    if _asks_whole(question) and (refused := _no_whole(question, publisher, of_year)):
        return refused
    assumed += f"{publisher}的报告{told.removeprefix('，')}。" if (told := _told_part(question, of_year)) else ""
    kind = question.kind or _kind(years, covering)
    ordered = tuple(dict.fromkeys([*(d for d in covering if d.kind is kind), *covering]))
    return Scope(publisher, ordered, years, kind, assumed)


def _asks_whole(question: Question) -> bool:
    """The year's own outturn: 决算, or 全年 of what was spent; 全年预算 is printed in a month's report too."""
    return question.kind is Kind.FINAL or question.kind is None and "全年" in question.text and not re.search(r"全年的?(?:.{0,4})预算|完成", question.text)


def _kind_fits(question: Question, disclosure: Disclosure, own: Sequence[Disclosure]) -> bool:
    """A 决算 also prints the budget; a 预算 never prints the outturn of its own year."""
    return question.kind is not Kind.FINAL or disclosure.kind is Kind.FINAL or question.ask in (Ask.DEFINE, Ask.TEXT)


def _told_in_budgets(question: Question, own: Sequence[Disclosure]) -> list[Disclosure]:
    """A government's table of how its budget was carried out prints 执行数 and 上年决算数: the outturn of its year and the one before (武汉 2025)."""
    told = [d for d in own if d.scope is Reach.GOVERNMENT and any(year in (d.year, d.year - 1) for year in question.years)]
    return told if question.kind is Kind.FINAL else []


def _wrong_kind(question: Question, years: Sequence[int], own: Sequence[Disclosure], fitting: Sequence[Disclosure]) -> str:
    """No report of the kind asked for in that year, though one of the other kind exists."""
    missing = [year for year in years if not any(d.year in (year, year + 1) for d in fitting) and any(d.year == year for d in own)]
    return f"报告库中没有{missing[0]}年的{question.kind}报告，只有{existing(own)}，无法回答。" if missing else ""


def _kind(years: Sequence[int], covering: Sequence[Disclosure]) -> Kind:
    own = [d for d in covering if d.year in years] or list(covering)
    return Kind.FINAL if any(d.kind is Kind.FINAL for d in own) else Kind.BUDGET


def _years(question: Question, fitting: Sequence[Disclosure]) -> tuple[tuple[int, ...], str]:
    kinds = [d for d in fitting if not question.kind or d.kind is question.kind] or list(fitting)
    known = sorted({d.year for d in kinds})
    if question.recent or (question.ask is Ask.TREND and len(question.years) < 2):
        return tuple(known[-question.recent :] if question.recent else known), ""
    if question.ask is Ask.WHY and len(question.years) > 1:
        return (max(question.years),), ""
    if question.backwards and len(question.years) > 1:
        return (min(question.years),), ""
    if question.years:
        return question.years, ""
    if question.ask in (Ask.MOST, Ask.LEAST, Ask.COMPARE) and re.search(r"哪一?年", question.text):
        return tuple(known), ""
    if question.relative < 1:
        return _relative(question.relative, known)
    latest = known[-1]
    return (latest,), f"问题没有写年度，按报告库中最近的{latest}年度回答。" if len(known) > 1 else ""


def _relative(offset: int, known: Sequence[int]) -> tuple[tuple[int, ...], str]:
    """今年 is the latest year that the publisher has disclosed (said aloud); 去年 the one before it."""
    year = known[-1] + offset
    word = {0: "今年", -1: "去年", -2: "前年"}[offset]
    return (year,), f"“{word}”按{year}年度理解（报告库中最近的是{known[-1]}年度）。"
