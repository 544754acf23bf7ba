"""A question and the shelf → Reply: the story of an answer.

understand → settle who, when and what → look up or compute → write down → trace every figure.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.disclosure import Disclosure
from corpus.shelf import Shelf
from qa.absence import absence
from qa.across import listed, trend, yearly
from qa.alike_rows import rows_together
from qa.asks import Ask
from qa.between import between_publishers
from qa.by_unit import about_units, by_unit
from qa.calculate import Calculation
from qa.change import budget_and_outturn, change, growth_rate, left_over, rate_of_completion, remaining
from qa.cite import cite, yearless
from qa.composition import composition
from qa.compound import compound_in, worked_together
from qa.contradicted import contradicted
from qa.desk import Desk, desk_of
from qa.finding import Finding, Missing, Sentence
from qa.fit import fits, names
from qa.followup import followed
from qa.glossary import terms_in
from qa.identity import whose
from qa.leading import leading
from qa.leads import follow_ups
from qa.lenient import simplified
from qa.lookup import figure_at_least, look_up
from qa.loosen import given, loosened, taken
from qa.of_agency import of_agency
from qa.other_account import told_apart
from qa.passage import as_year_after, define, quoted, stayed, why
from qa.publisher import place_words, stands_under
from qa.purpose import by_purpose
from qa.question import Question, understand
from qa.rank import alone, rank
from qa.ratio import average_of, each_of, multiple, quarters, share_of, sum_of
from qa.reply import Point, Reply, ScopePart, Status, Value
from qa.settle import Refused, Scope, other_years, settle
from qa.sub_units import SubUnit
from qa.together import Unclear
from qa.verify import trace, untraced
from qa.whose_place import of_place
from qa.within import within
from qa.without import nothing_without, without

REFUSAL = "无法回答"
"""Every refusal says so in these words."""

_WORK: dict[Ask, tuple[Callable[[Desk], Finding | Missing | None], ...]] = {
    Ask.LOOKUP: (budget_and_outturn, yearly, quarters, as_year_after, rows_together, look_up),
    Ask.COUNT: (yearly, look_up),
    Ask.CHANGE: (change, stayed),
    Ask.GROWTH: (growth_rate, stayed),
    Ask.SHARE: (share_of,),
    Ask.COMPLETION: (rate_of_completion,),
    Ask.REMAINING: (remaining, left_over),
    Ask.AVERAGE: (average_of,),
    Ask.SUM: (sum_of, rows_together, look_up),
    Ask.MOST: (alone, leading, rank),
    Ask.LEAST: (alone, leading, rank),
    Ask.COMPARE: (alone, rank),
    Ask.TIMES: (multiple,),
    Ask.TREND: (trend,),
    Ask.WITHOUT: (without, nothing_without),
    Ask.EACH: (budget_and_outturn, yearly, each_of),
    Ask.WHY: (why, figure_at_least),
    Ask.DEFINE: (define,),
    Ask.TEXT: (quoted,),
}


def answer(question: str, shelf: Shelf, history: Sequence[Reply] = (), without: frozenset[ScopePart] = frozenset()) -> Reply:
    """The model-less answer. `history` holds the conversation's earlier replies, the last one last.

    A follow-up is written out as one whole question, and answered as that question alone would be.
    `without`: parts of the scope to be settled as if neither the question nor the conversation had said them.
    """
    started = time.perf_counter()
    with shelf.store.steady():
        reply = _answer(question.strip(), shelf, tuple(earlier.resolved for earlier in history if earlier.resolved), without)
    return replace(reply, seconds=round(time.perf_counter() - started, 3))


def _answer(text: str, shelf: Shelf, history: tuple[str, ...], without: frozenset[ScopePart]) -> Reply:
    disclosures = shelf.disclosures()
    if not disclosures:
        return Reply(Status.REFUSED, f"报告库是空的，{REFUSAL}。请先添加报告。")
    if not text:
        return Reply(Status.REFUSED, f"没有问题，{REFUSAL}。")
    whole = _followed(text, history, shelf, disclosures)
    if isinstance(whole, Unclear):
        return Reply(Status.CLARIFY, whole.reason, choices=whole.choices)
    asked = understand(whole, disclosures)
    return _alone(loosened(asked, without, disclosures) if without else asked, shelf, disclosures, without)


def _followed(text: str, history: tuple[str, ...], shelf: Shelf, disclosures: Sequence[Disclosure]) -> str | Unclear:
    """The whole question that a follow-up asks; any other as it is."""

    def answering(asked: str) -> Finding | Missing | Refused:
        return _found(understand(asked, disclosures), shelf, disclosures)[0]

    agency = of_agency(text, history, disclosures, lambda asked: _agencies(understand(asked, disclosures), shelf, disclosures), answering)
    return agency if agency is not None else followed(text, history, disclosures, answering)


def _agencies(asked: Question, shelf: Shelf, disclosures: Sequence[Disclosure]) -> tuple[SubUnit, ...]:
    """The agencies of a department that a whole question names."""
    scope = _scope(asked, shelf, disclosures)
    return () if isinstance(scope, Refused) else desk_of(shelf, asked, scope).asked_units


def _alone(asked: Question, shelf: Shelf, disclosures: Sequence[Disclosure], without: frozenset[ScopePart]) -> Reply:
    """A whole question's answer: it needs no conversation."""
    if asked.ask is Ask.PERSONAL:
        return Reply(Status.REFUSED, f"公开的预决算报告不含个人的姓名、联系方式和薪酬，{REFUSAL}。", resolved=asked.text)
    result, scope = _found(asked, shelf, disclosures)
    if isinstance(result, Refused):
        return _refused(result, asked, disclosures)
    if without and scope and not scope.by_content:
        scope = replace(scope, assumed=taken(scope, without))
    reply = _elsewhen(_checked(result, asked, scope, shelf), asked, disclosures)
    terms = terms_in(reply.text, scope.disclosures, shelf) if scope and reply.status is Status.ANSWERED and asked.ask is not Ask.DEFINE else ()
    return replace(reply, given=given(asked), terms=terms) if scope else reply


def _found(asked: Question, shelf: Shelf, disclosures: Sequence[Disclosure]) -> tuple[Finding | Missing | Refused, Scope | None]:
    """What a whole question comes to, and the scope that it was settled to."""
    if compound := compound_in(asked.text):
        return worked_together(compound, lambda part: _found(understand(part, disclosures), shelf, disclosures)[0]), None
    if asked.ask is Ask.LIST:
        return listed(asked, disclosures), None
    if _over_publishers(asked, disclosures) and (found := between_publishers(shelf, asked, disclosures)):
        return found, None
    scope = _scope(asked, shelf, disclosures)
    if isinstance(scope, Refused):
        return _by_content(shelf, asked, disclosures) or (scope, None)
    desk = desk_of(shelf, asked, scope)
    result = by_unit(desk, _work)
    return (result if desk.asked_units else of_place(desk, result)), scope


def _scope(asked: Question, shelf: Shelf, disclosures: Sequence[Disclosure]) -> Scope | Refused:
    scope = settle(asked, disclosures)
    return scope if isinstance(scope, Scope) else _with_own_row(shelf, asked) or scope


def _with_own_row(shelf: Shelf, asked: Question) -> Scope | None:
    """局机关 of a department's report, where its tables print a row for it; 执法支队…比局机关 names no other publisher where they print both."""
    publishers = asked.named.publishers or tuple({disclosure.publisher for disclosure in shelf.disclosures()})
    if len(publishers) != 1:
        return None
    scope = settle(replace(asked, named=replace(asked.named, spans=(), unknown="", publishers=publishers)), shelf.disclosures())
    return scope if isinstance(scope, Scope) and desk_of(shelf, asked, scope).asked_units else None


_SEARCHED = 30
"""Publishers of a shelf that are all asked for an item; of more, those that the search finds."""


def _by_content(shelf: Shelf, asked: Question, disclosures: Sequence[Disclosure]) -> tuple[Finding, Scope] | None:
    """A question without a publisher, or about a place that reports speak of (银川市 in 宁夏's): the one publisher whose facts fit."""
    if asked.named.publishers or asked.named.ambiguous or not (asked.items or asked.named.unknown):
        return None
    found = [d.publisher for one in shelf.search(asked.text, None, 12) for d in disclosures if d.id == one.chunk.disclosure]
    everyone = dict.fromkeys(d.publisher for d in disclosures)
    asked_of = dict.fromkeys((*found, *everyone) if found and len(everyone) <= _SEARCHED else found)
    fitting = [one for publisher in asked_of if not stands_under(publisher, asked.text) and (one := _content_of(shelf, asked, publisher, disclosures))]
    if len(fitting) > 1 and asked.ask is not Ask.DEFINE:
        return None  # a term may be explained by any report; a figure belongs to one
    if not fitting:
        return None
    scope, result = fitting[0]
    only = "" if len(everyone) <= _SEARCHED else "，其他部门的报告可能也有这一项"
    return result, replace(scope, assumed=f"问题没有写部门，按报告中有这项内容的{scope.publisher}回答{only}。", by_content=True)


def _content_of(shelf: Shelf, asked: Question, publisher: str, disclosures: Sequence[Disclosure]) -> tuple[Scope, Finding] | None:
    """What one publisher's reports answer."""
    about = replace(asked, named=replace(asked.named, publishers=(publisher,), unknown=""))
    if asked.named.unknown:
        about = replace(about, items=(" ".join((*place_words(asked.named.unknown), *asked.items)),))
    scope = settle(about, disclosures)
    result = _worked(desk_of(shelf, about, scope)) if isinstance(scope, Scope) else None
    return (scope, result) if isinstance(scope, Scope) and isinstance(result, Finding) and names(result, asked.named.unknown) else None


def _over_publishers(asked: Question, disclosures: Sequence[Disclosure]) -> bool:
    several = len(asked.named.publishers) > 1 or asked.everyone and not asked.named.publishers and not about_units(asked, disclosures)
    return several and not asked.named.beside


def _work(desk: Desk) -> Finding | Missing:
    """What the question asks for; where nothing fits its words, again without those that only say how people talk."""
    result = composition(desk) or _worked(desk)
    if not _is_nothing(result):
        return result or _nothing(desk)
    simpler = simplified(desk)
    others = (_worked(other) for other in (simpler, within(desk)) if other)
    return next((again for again in others if not _is_nothing(again)), None) or absence(desk) or by_purpose(simpler or desk) or result or _nothing(desk)


def _worked(desk: Desk) -> Finding | Missing | None:
    return next((result for work in _WORK[desk.question.ask] if (result := work(desk)) is not None and fits(desk, result)), None)


def _is_nothing(result: Finding | Missing | None) -> bool:
    """Nothing was found at all (not: a printed blank, or several rows)."""
    return result is None or (isinstance(result, Missing) and not result.choices and not any(sentence.places for sentence in result.sentences))


def _nothing(desk: Desk) -> Missing:
    looked = "、".join(f"《{disclosure.file}》" for disclosure in desk.scope.disclosures[:3])
    about = f"“{desk.phrase}”的" if desk.phrase else ""
    return Missing((Sentence(f"在{looked}中没有找到{about}{desk.question.ask}，{REFUSAL}。"),))


def _refused(scope: Refused, asked: Question, disclosures: Sequence[Disclosure]) -> Reply:
    if not scope.choices:
        return _elsewhen(Reply(Status.REFUSED, scope.reason, resolved=asked.text), asked, disclosures)
    choices = tuple(f"{name}{asked.text}" for name in scope.choices)
    return Reply(Status.CLARIFY, scope.reason + "、".join(scope.choices) + "。", choices=choices, resolved=asked.text)


def _elsewhen(reply: Reply, asked: Question, disclosures: Sequence[Disclosure]) -> Reply:
    """A refusal for a year that the publisher has no report of, with the years that exist to choose from."""
    if reply.status is not Status.REFUSED or reply.choices or not (others := other_years(asked, disclosures)):
        return reply
    return replace(reply, text=reply.text if "报告库中没有" in reply.text else f"{others.reason}{reply.text}", choices=others.choices)


def _checked(result: Finding | Missing, asked: Question, scope: Scope | None, shelf: Shelf) -> Reply:
    """Written down, with a notice where the report prints something else in another place."""
    reply = _reply(result, asked, scope, shelf.disclosures())
    return replace(reply, notices=(*reply.notices, *told_apart(result, asked.text, shelf), *contradicted(result, shelf))) if reply.status is Status.ANSWERED else reply


def _reply(result: Finding | Missing, asked: Question, scope: Scope | None, disclosures: Sequence[Disclosure]) -> Reply:
    """Written down, cited and traced; a figure that cannot be traced is never shown."""
    cited = cite(result, tuple(disclosures))
    figures = trace(re.sub(r"\[\d+\]", "", cited.text), result, asked.text)
    chips = (scope.publisher, *(f"{year}年" for year in scope.years if year), str(scope.kind)) if scope else ()
    if lost := untraced(figures):
        return Reply(Status.REFUSED, f"答案中有数字无法追溯到报告，{REFUSAL}。", resolved=asked.text, scope=chips, dropped=len(lost))
    if isinstance(result, Missing):
        status = Status.CLARIFY if result.choices else Status.REFUSED
        return Reply(status, _said(cited.text, status), citations=cited.citations, figures=figures, choices=tuple(map(yearless, result.choices)), resolved=asked.text, scope=chips)
    notices = (*((scope.assumed,) if scope and scope.assumed else ()), *result.notices, *whose(cited.citations, disclosures), *_heard(asked))
    return Reply(
        Status.ANSWERED, cited.text, tuple(Value(one.amount, one.label, one.fact.id if one.fact else "") for one in result.answered),
        _formula(result.calculations), cited.citations, figures, (), follow_ups(asked, scope, disclosures),
        tuple(Point(point.name, point.amount, cited.numbers.get(point.fact.id, 0)) for point in result.series), asked.text, chips, notices,
    )  # fmt: skip


def _said(text: str, status: Status) -> str:
    return text if status is Status.CLARIFY or REFUSAL in text else f"{text}\n因此{REFUSAL}。"


def _formula(calculations: tuple[Calculation, ...]) -> str | None:
    return "；".join(calculation.formula for calculation in calculations) or None


def _heard(asked: Question) -> tuple[str, ...]:
    return tuple(f"“{typed}”按“{meant}”理解。" for typed, meant in asked.named.heard)
