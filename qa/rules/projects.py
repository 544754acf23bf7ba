"""What a project's section says is planned for it, against the project's own form (项目支出绩效目标申报表)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corpus.account import plain_name
from corpus.amount import UnitKind, agree
from corpus.fact import Fact, Measure
from qa.document import BUDGETS, Document, Said
from qa.rules.rule import HELD, NotChecked, Outcome, Rule, error, printed_at, said_at

_PLANNED = re.compile(r"(?:预算安排|预算金额|安排预算|预算)(?:为|共计|共)?$")
_SECTION = re.compile(r"年度预算安排|资金安排")
_YEARLY = ("年度资金申请总额", "其中:当年财政拨款", "当年财政拨款")
_ROWS = (*_YEARLY, "项目资金总额", "其中:财政资金")
"""A project of one year may print its money in these rows only; they bear a sentence out, they contradict none."""


def planned_as_on_form(document: Document) -> Iterator[Outcome]:
    """年度预算安排 of a project is a sum of money that its form prints."""
    forms = _forms(document)
    for said in document.said:
        headings = document.paragraphs[said.paragraph].headings
        if not headings or not _SECTION.search(headings[-1]) or not _is_planned(said, document):
            continue
        cells = forms.get(_name(said.statement.subject[-1])) if said.statement.subject else None
        if not cells:
            yield NotChecked("没有读到该项目的绩效目标申报表")
        elif any(cell.amount and agree(cell.amount, said.statement.amount) for cell in cells):
            yield HELD
        else:
            yield _differs(said, cells)


def _is_planned(said: Said, document: Document) -> bool:
    """The first figure of the section's paragraph: what follows is what it is made of."""
    one = said.statement
    whole = said is document.paragraphs[said.paragraph].said[0] and said.is_amount and said.exact and bool(_PLANNED.search(said.lead))
    return whole and one.amount.unit.kind is UnitKind.MONEY and one.basis in BUDGETS and one.year == document.disclosure.year


def _forms(document: Document) -> Mapping[str, list[Fact]]:
    """The sums of money of each project's form by the project's name; of a name with two forms, those of both."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in document.cells.get("", ()):
        money = fact.amount is not None and fact.reliable and fact.measure is Measure.AMOUNT and fact.amount.unit.kind is UnitKind.MONEY
        if money and "绩效目标" in fact.table and len(fact.item) > 1 and plain_name(fact.item[-1]) in _ROWS:
            found[_name(fact.item[0])].append(fact)
    return found


def _name(name: str) -> str:
    return re.sub(r"(?:项目)?(?:专项)?(?:经费|资金)?(?:情况)?(?:说明)?$", "", re.sub(r"\s", "", plain_name(name)))


def _differs(said: Said, cells: Sequence[Fact]) -> Outcome:
    cell = next((one for one in cells if plain_name(one.item[-1]) in _YEARLY), None)
    if cell is None:
        return NotChecked("项目的绩效目标申报表没有写明年度资金")
    stated = said.statement.amount
    message = f"项目“{cell.item[0]}”的年度预算正文写为{stated}，《{cell.table}》{cell.item[-1]}为{cell.amount}，两处不一致"
    return error(message, (said_at(said), printed_at(cell)), str(cell.amount), str(stated), f"{stated} ≠ {cell.amount}")


RULES = (
    Rule(
        "project_planned_as_on_form", "项目预算与绩效目标申报表一致",
        "部门预算公开要求项目经费说明与该项目的绩效目标申报表同源：同一年度的预算为同一数额",
        planned_as_on_form, departments=True,
    ),
)  # fmt: skip
