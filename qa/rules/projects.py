"""What a project's section and the list of projects say is planned for it, against the project's own form (项目支出绩效目标申报表)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corpus.account import plain_name
from corpus.amount import UnitKind, agree
from corpus.disclosure import Kind
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


_LIST = re.compile(r"项目支出.*表")
_OF_PART = re.compile(r"绩效|自评|采购|购买|债|基金|国有资本|一般公共|财政拨款|专户|基本支出|中期|三年")
"""Lists that hold a part of a project's money."""
_PLAN = re.compile(r"^(?:年度|项目)?(?:预算|资金)(?:金额|数|总额|额度?)$")
_TOTAL = re.compile(r"^(?:合计|总计|小计|金额|预算数|预算金额)$")


def form_as_in_list(document: Document) -> Iterator[Outcome]:
    """预算金额 of a project's 绩效目标表 is what the list of projects prints for it. Learnt from a form with 362.00 for 326.00."""
    if document.disclosure.kind is not Kind.BUDGET:
        return
    listed = _listed(document)
    for fact in document.cells.get("", ()):
        if _is_money(fact) and "绩效目标" in fact.table and fact.basis in BUDGETS and _is_plan(fact):
            rows = listed.get(_plain(fact.item[0]), {})
            yield _as_listed(fact, [[cell for cell in row if cell.year == fact.year] for row in rows.values()])


def _is_plan(fact: Fact) -> bool:
    """A column 预算金额 of a table of projects, or the row of a project's own form that prints the year's money."""
    if len(fact.item) == 1:
        return bool(fact.column) and bool(_PLAN.match(_plain(fact.column[-1])))
    return plain_name(fact.item[-1]) == "年度资金申请总额"


def _listed(document: Document) -> Mapping[str, Mapping[tuple[str, int], list[Fact]]]:
    """Money of each row of a list of projects, by the project's name."""
    found: dict[str, dict[tuple[str, int], list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in document.cells.get("", ()):
        if _is_money(fact) and fact.item and fact.basis in BUDGETS and _LIST.search(fact.table) and not _OF_PART.search(fact.table):
            found[_plain(fact.item[0])][fact.table_id, fact.row].append(fact)
    return found


def _is_money(fact: Fact) -> bool:
    return fact.amount is not None and fact.reliable and fact.measure is Measure.AMOUNT and fact.amount.unit.kind is UnitKind.MONEY


def _plain(name: str) -> str:
    return re.sub(r"\s|[（(].*?[)）]", "", plain_name(name))


def _as_listed(plan: Fact, rows: Sequence[Sequence[Fact]]) -> Outcome:
    """Only a project that the list names once, with a total, contradicts its form: of several rows each may be a part."""
    if any(cell.amount and plan.amount and agree(cell.amount, plan.amount) for row in rows for cell in row):
        return HELD
    totals = [cell for row in rows for cell in row if cell.column and _TOTAL.match(_plain(cell.column[-1]))]
    if len(rows) != 1 or len(totals) != 1:
        return NotChecked("项目支出表没有列出该项目，或分几行列出")
    cell = totals[0]
    message = f"项目“{plan.item[0]}”的预算，《{plan.table}》写为{plan.amount}，《{cell.table}》为{cell.amount}，两处不一致"
    return error(message, (printed_at(plan), printed_at(cell)), str(cell.amount), str(plan.amount), f"{plan.amount} ≠ {cell.amount}")


RULES = (
    Rule(
        "project_planned_as_on_form", "项目预算与绩效目标申报表一致",
        "部门预算公开要求项目经费说明与该项目的绩效目标申报表同源：同一年度的预算为同一数额",
        planned_as_on_form, departments=True,
    ),
    Rule(
        "project_form_as_in_list", "绩效目标表的预算与项目支出表一致",
        "部门预算公开要求绩效目标表与项目支出表同源：同一项目、同一年度的预算为同一数额",
        form_as_in_list, departments=True,
    ),
)  # fmt: skip
