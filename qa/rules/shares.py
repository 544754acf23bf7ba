"""占比 recomputed from the part and the whole that the same report prints."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.amount import UnitKind, exactly
from corpus.fact import Measure
from qa.document import BUDGETS, Document, Paragraph, Said
from qa.rules.named import bare_name, cells_of, items_called, named
from qa.rules.rates import Operand, amounts_of, compared, operand_in, operand_of, rates_of, ratio_of
from qa.rules.rule import HELD, NotChecked, Outcome, Rule


def share(document: Document) -> Iterator[Outcome]:
    """占 x% = part ÷ the whole named; without a name the total that the sentence or its list begins with."""
    for paragraph, rate in rates_of(document, Measure.SHARE):
        part = next(iter(amounts_of(paragraph, rate)), None)
        wholes = _wholes(document, paragraph, rate)
        if part is None or not wholes:
            yield NotChecked("占比的分子或分母没有写出")
            continue
        yield _shared(rate, part, wholes)


def _shared(rate: Said, part: Said, wholes: Sequence[Operand]) -> Outcome:
    outcome: Outcome = HELD
    for whole in reversed(wholes):
        if whole.amount.number == 0:
            outcome = NotChecked("占比的分母为0")
            continue
        try:
            ratio = ratio_of(part.statement.amount.interval, whole.amount.interval)
        except ZeroDivisionError:
            continue
        of = f"“占{rate.statement.versus}”的比例" if rate.statement.versus else "占比"
        exact = part.statement.amount.value / whole.amount.value
        outcome = compared(rate, ratio, exact, f"{part.statement.amount} ÷ {whole.amount}", (whole.at,), f"{rate.name}{part.statement.amount}{of}")
        if outcome is HELD:
            return HELD
    return outcome


def _wholes(document: Document, paragraph: Paragraph, rate: Said) -> list[Operand]:
    """What a share may be of, the likeliest first: only what is named, where something is."""
    if versus := bare_name(rate.statement.versus, document):
        return _named_whole(document, paragraph, versus)
    parent = [one for one in paragraph.said if one.is_amount and one.statement.subject == rate.statement.subject[:-1] and one.statement.subject]
    first = [one for one in paragraph.said if one.is_amount and one.statement.start < rate.statement.start][:1]
    lead_in = _lead_in(document, paragraph)
    if first and _is_fellow(paragraph, first[0]):
        first = [] if parent or lead_in else _section_whole(document, paragraph)
    found = [*parent, *lead_in, *(one for one in first if one.statement.subject != rate.statement.subject)]
    return [operand_of(one) for one in found if one.exact and one.statement.amount.unit.kind is UnitKind.MONEY]


def _is_fellow(paragraph: Paragraph, one: Said) -> bool:
    """教育支出12.60万元，占0.09%；…: the first of a list has a share of its own, it is none of the whole."""
    return any(other.statement.measure is Measure.SHARE and other.statement.subject == one.statement.subject for other in paragraph.said)


def _section_whole(document: Document, paragraph: Paragraph) -> list[Said]:
    """The figure that opens an earlier part of the section, where all that the paragraph lists comes to it."""
    listed = [one for one in paragraph.said if one.is_amount and one.exact]
    made = sum((one.statement.amount.interval for one in listed), start=exactly(Decimal(0)))
    above = [other for other in document.paragraphs[: paragraph.number] if other.headings[:-1] == paragraph.headings[:-1] and len(paragraph.headings) > 1]
    opening = [one for other in above for one in other.said if one.is_amount and one.exact and one.statement.amount.unit.kind is UnitKind.MONEY]
    return [one for one in opening if len(listed) > 1 and made.meets(one.statement.amount.interval)][:1]


def _lead_in(document: Document, paragraph: Paragraph) -> list[Said]:
    """The figure of the sentence that opens the list which a paragraph is part of."""
    for other in reversed(document.paragraphs[: paragraph.number]):
        if other.headings != paragraph.headings:
            return []
        if re.search(r"[:：]$", other.text) and other.said:
            return [one for one in other.said if one.is_amount][:1]
    return []


def _named_whole(document: Document, paragraph: Paragraph, versus: str) -> list[Operand]:
    """Figures of the item that a share names, in the paragraph first, then in the whole text and its tables."""
    wanted = re.sub(r"(?:总额|合计|总计|金额|支出|收入)+$", "", versus)
    own = [one for one in paragraph.said if one.is_amount and one.exact and _is_called(one, versus, wanted, document)]
    if own:
        return [operand_of(own[0])]
    items = items_called(versus)
    keys = {item.key for item in items}
    year = document.disclosure.year
    cells = [cell for item in items for cell in cells_of(document, item.cells) if cell.year == year and cell.reliable]
    elsewhere = [
        one for one in document.said
        if one.is_amount and one.exact and one.statement.year == year
        and (_is_called(one, versus, wanted, document) or (keys and (item := named(one, document)) and item.key in keys))
    ]  # fmt: skip
    return [*map(operand_in, cells), *(operand_of(one) for one in elsewhere if one.statement.amount.unit.kind is UnitKind.MONEY)]


def _is_called(said: Said, versus: str, wanted: str, document: Document) -> bool:
    name = bare_name(said.name, document)
    if not name or said.statement.basis in BUDGETS and document.disclosure.kind == "决算":
        return False
    return name == versus or (len(wanted) >= 2 and re.sub(r"(?:总额|合计|总计|金额|支出|收入)+$", "", name) == wanted)


RULES = (
    Rule(
        "share_recomputed", "占比重算",
        "占比＝分项÷所写明的总数，各项占比之和为100%",
        share, departments=True,
    ),
)  # fmt: skip
