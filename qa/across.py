"""Questions over several years or reports → Finding from the store, complete, never from the best few passages."""

from collections.abc import Sequence

from corpus.disclosure import Disclosure
from corpus.number import find_mentions
from qa.change import printed
from qa.desk import Desk
from qa.finding import Answered, Finding, Missing, Sentence, SeriesPoint
from qa.naming import in_wan, item_of, label_of, spoken_basis
from qa.question import Question

_LISTED = 40


def trend(desk: Desk) -> Finding | Missing | None:
    """An item year by year."""
    found = [one for year in desk.scope.years if (one := printed(desk.figure(desk.phrase, year))) and not one.rivals]
    if not found:
        return None
    listed = "，".join(f"{one.fact.year}年{one.fact.amount}{in_wan(one.fact.amount) if one.fact.amount else ''}{{{i}}}" for i, one in enumerate(found))
    last = found[-1].fact
    missing = [str(year) for year in desk.scope.years if year not in {one.fact.year for one in found}]
    note = (f"{'、'.join(missing)}年的报告中没有这一项。",) if missing else ()
    assert last.amount is not None
    return Finding(
        (Sentence(f"“{item_of(last)}”（{spoken_basis(last, desk.kind)}）：{listed}。", tuple(one.facts for one in found)),),
        (Answered(last.amount, label_of(last), last),),
        series=tuple(SeriesPoint(f"{one.fact.year}年", one.fact.amount, one.fact) for one in found if one.fact.amount is not None), notices=note,
    )  # fmt: skip


def yearly(desk: Desk) -> Finding | Missing | None:
    """A plain question about several years gets each year's figure."""
    if len(desk.scope.years) < 2:
        return None
    found = {year: desk.figure(desk.phrase, year) for year in desk.scope.years}
    if all(printed(one) for one in found.values()):
        return trend(desk)
    lacking = "、".join(f"{year}年" for year, one in found.items() if not printed(one))
    have = [one for one in found.values() if one and printed(one) and not one.rivals]
    said = "".join(f"{one.fact.year}年为{one.fact.amount}{{{i}}}。" for i, one in enumerate(have))
    return Missing((Sentence(f"没有找到{lacking}的“{desk.phrase}”，无法回答全部年度。{said}", tuple(one.facts for one in have)),))


def listed(question: Question, shelf: Sequence[Disclosure]) -> Finding:
    """Which disclosures are on the shelf; of the publishers named, or all."""
    own = [d for d in shelf if not question.named.publishers or d.publisher in question.named.publishers]
    own = [d for d in own if (not question.years or d.year in question.years) and (question.kind is None or d.kind is question.kind)]
    titles = sorted({d.title for d in own})
    publishers = len({d.publisher for d in own})
    more = f"等（仅列前{_LISTED}份）" if len(titles) > _LISTED else ""
    text = f"报告库中有{publishers}个部门和单位的{len(titles)}份报告：{'；'.join(titles[:_LISTED])}{more}。" if titles else "报告库中没有符合条件的报告。"
    counted = tuple(mention.amount for mention in find_mentions(f"{publishers}个，{len(titles)}份，{_LISTED}份"))
    return Finding((Sentence(text),), counted=counted)
