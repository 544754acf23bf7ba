"""Figures by themselves: a minus before a figure that stands elsewhere without it, a figure that begins with 0, and a form's
performance table (整体绩效自评表) against its other tables."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from corpus.account import plain_name
from corpus.amount import UnitKind, agree, exactly, plain
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure, Origin
from qa.document import BUDGETS, Document
from qa.rules.rule import HELD, NotChecked, Outcome, Rule, error, printed_at, wording

_FORMS = ("收支总表", "收入表", "支出表", "财政拨款收支总表", "一般公共预算支出表", "基本支出表", "政府性基金表", "国有资本经营表", "三公经费表")
_MAY_FALL = re.compile(r"增|减|差|结转|结余|调整|变动|比上年|弥补")


def signs_agree(document: Document) -> Iterator[Outcome]:
    """In a standard form nothing is spent or received below zero where the same row prints the same figure above it."""
    rows: dict[tuple[str, int, tuple[str, ...]], list[Fact]] = defaultdict(list)
    for form in _FORMS:
        for fact in document.cells.get(form, ()):
            if fact.amount is not None and fact.amount.unit.kind is UnitKind.MONEY and fact.measure is Measure.AMOUNT:
                rows[fact.table_id, fact.row, fact.item].append(fact)
    for row in rows.values():
        for fact in row:
            amount = fact.amount
            if amount is None or amount.number >= 0:
                continue
            positive = next((one for one in row if one.amount and one.amount.number == -amount.number), None)
            if positive is not None and not _MAY_FALL.search("".join((*fact.item, *fact.column, *positive.column))):
                message = f"{fact.item[-1] if fact.item else fact.table}写为{amount}，同一行另一列为{positive.amount}，正负相反"
                yield error(message, (printed_at(fact), printed_at(positive)), str(positive.amount), str(amount))


MANY = 10
"""So many figures of a table must be above zero before a single one below is a slip."""


def budgets_are_positive(document: Document) -> Iterator[Outcome]:
    """A budget plans nothing below zero: one negative figure in a table of positive ones is a slip."""
    if document.disclosure.kind is not Kind.BUDGET:
        yield NotChecked("决算可以有冲减的负数")
        return
    tables: dict[str, list[Fact]] = defaultdict(list)
    for facts in document.cells.values():
        for fact in facts:
            if fact.amount is not None and fact.amount.unit.kind is UnitKind.MONEY and fact.measure is Measure.AMOUNT and fact.origin is not Origin.PROSE:
                tables[fact.table_id].append(fact)
    for facts in tables.values():
        below = [fact for fact in facts if fact.amount and fact.amount.number < 0 and not _MAY_FALL.search("".join((*fact.item, *fact.column)))]
        if len(below) == 1 and len(facts) > MANY:
            yield error(f"{below[0].item[-1] if below[0].item else below[0].table}的预算写为{below[0].amount}，同表其余{len(facts) - 1}个数字都不是负数", (printed_at(below[0]),), "", str(below[0].amount))
        elif not below:
            yield HELD


def coded_parts_make_total(document: Document) -> Iterator[Outcome]:
    """In a department's own table by 科目 codes (机关运行经费支出预算表), 类 = Σ款 where another sum of the table holds.

    Standard forms are summed as the file is read; tables of governments may leave out what is secret.
    """
    columns: dict[tuple[str, int], dict[str, Fact]] = defaultdict(dict)
    for fact in document.cells.get("", ()):
        if fact.account and fact.amount is not None and fact.reliable and fact.measure is Measure.AMOUNT and fact.origin in (Origin.TEXT, Origin.SHEET):
            columns[fact.table_id, fact.col][fact.account if fact.account not in columns[fact.table_id, fact.col] else "*"] = fact
    for key, coded in columns.items():
        if "*" in coded:
            continue
        sums = list(_coded_sums(coded, [fact for fact in document.cells[""] if (fact.table_id, fact.col) == key and not fact.account]))
        wrong = [(total, parts) for total, parts in sums if not _meets(total, parts)]
        yield from (HELD for _ in range(len(sums) - len(wrong)))
        if len(wrong) == 1 and len(sums) > 1:
            total, parts = wrong[0]
            reached = sum((part.amount.number for part in parts if part.amount), Decimal(0))
            message = f"《{total.table}》{total.item[-1]}为{total.amount}，各分项之和为{plain(reached)}{total.amount.unit if total.amount else ''}，两者不等"
            yield error(message, tuple(map(printed_at, (total, *parts))), f"{plain(reached)}", str(total.amount))


def _coded_sums(coded: Mapping[str, Fact], others: Sequence[Fact]) -> Iterator[tuple[Fact, list[Fact]]]:
    for code, total in coded.items():
        parts = [fact for other, fact in coded.items() if other.startswith(code) and len(other) == len(code) + 2]
        if len(parts) > 1:
            yield total, parts
    roots = [fact for code, fact in coded.items() if len(code) == 3]
    for total in others:
        if roots and total.amount is not None and total.item and re.search(r"合计$|总计$", total.item[-1]):
            yield total, roots


def _meets(total: Fact, parts: Sequence[Fact]) -> bool:
    if total.amount is None:
        return True
    whole = sum((part.amount.interval for part in parts if part.amount), start=exactly(Decimal(0)))
    return whole.meets(total.amount.interval)


def figures_are_whole(document: Document) -> Iterator[Outcome]:
    """No amount begins with 0 before another digit: 0,101.65 has two figures exchanged or one lost."""
    for fact in document.record.facts:
        money = fact.measure is Measure.AMOUNT and fact.amount is not None and fact.amount.unit.kind is UnitKind.MONEY
        if money and fact.table_id and re.match(r"-?0[\d,]", fact.text.strip()):
            yield wording(f"数字写法有误：“{fact.text.strip()}”以0开头", (printed_at(fact),), "", fact.text.strip())
    if document.cells:
        yield HELD  # once: a look at each cell is no check of it


ALIKE = 5
"""So many rows must two tables share, their total among them, before one that differs says anything."""


def twin_tables_agree(document: Document) -> Iterator[Outcome]:
    """Two tables with the same rows and the same total differ in no single row: 财政拨款支出 and 一般公共预算支出, where there is no fund."""
    columns = _columns(document)
    names = sorted(columns)
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            if one[0] != other[0]:
                yield from _twins(columns[one], columns[other])


def _columns(document: Document) -> dict[tuple[str, int], dict[tuple[str, ...], Fact]]:
    """Each money column of each table, by the paths of its rows; columns in which a path stands twice are left out."""
    found: dict[tuple[str, int], dict[tuple[str, ...], Fact]] = defaultdict(dict)
    twice: set[tuple[str, int]] = set()
    for facts in document.cells.values():
        for fact in facts:
            if fact.amount is None or not fact.reliable or fact.measure is not Measure.AMOUNT or fact.amount.unit.kind is not UnitKind.MONEY:
                continue
            key, path = (fact.table_id, fact.col), (fact.account, *(plain_name(name) for name in fact.item))
            if path in found[key]:
                twice.add(key)
            found[key][path] = fact
    return {key: rows for key, rows in found.items() if key not in twice}


def _twins(one: dict[tuple[str, ...], Fact], other: dict[tuple[str, ...], Fact]) -> Iterator[Outcome]:
    shared = [(fact, other[path]) for path, fact in one.items() if path in other]
    if len(shared) < ALIKE or len(shared) < max(len(one), len(other)) or shared[0][0].basis is not shared[0][1].basis or shared[0][0].year != shared[0][1].year:
        return
    apart = [(a, b) for a, b in shared if a.amount and b.amount and not agree(a.amount, b.amount)]
    totals = [(a, b) for a, b in shared if re.search(r"合计$|总计$", a.item[-1] if a.item else "")]
    if not apart:
        yield HELD
    elif len(apart) == 1 and totals and apart[0] not in totals:
        a, b = apart[0]
        yield error(f"“{a.item[-1]}”在《{a.table}》为{a.amount}，在《{b.table}》为{b.amount}，而两张表的合计和其余各行都相同", (printed_at(a), printed_at(b)), str(b.amount), str(a.amount), f"{a.amount} ≠ {b.amount}")


_PAIR = ("基本支出", "项目支出")


def assessed_as_spent(document: Document) -> Iterator[Outcome]:
    """基本支出总额 and 项目支出总额 of the 整体绩效自评表 are those of the forms. Only where one of the two is the same is it the
    same money: a department may assess less than it spends."""
    told = [fact for fact in document.record.facts if fact.item and fact.amount and fact.reliable and (re.search(r"自评", fact.table)) and _named(fact)]
    spent = {name: _spent(document, name) for name in _PAIR}
    tables = {fact.table.split(" › ")[0] for fact in told}
    for table in sorted(tables):
        own = {name: [fact for fact in told if fact.table.split(" › ")[0] == table and _named(fact) == name] for name in _PAIR}
        same = {name: [_agrees(fact, spent[name]) for fact in own[name]] for name in _PAIR}
        if not any(any(found) for found in same.values()):
            yield NotChecked("自评表的支出总额与公开表不是同一范围")
            continue
        for name in _PAIR:
            for fact, right in zip(own[name], same[name], strict=True):
                if right or not spent[name]:
                    yield HELD
                else:
                    yield error(f"自评表写{name}为{fact.amount}，《{spent[name][0].table}》为{spent[name][0].amount}，两处不一致", (printed_at(fact), printed_at(spent[name][0])), str(spent[name][0].amount), str(fact.amount))


def _named(fact: Fact) -> str:
    match = re.fullmatch(r"(基本支出|项目支出)(?:总额|总计|合计)", fact.item[-1])
    return match[1] if match and fact.basis not in BUDGETS and fact.measure is Measure.AMOUNT else ""


def _spent(document: Document, name: str) -> list[Fact]:
    """The total row of 支出表 in the column of that name."""
    return [
        fact for form in ("支出表", "一般公共预算支出表") for fact in document.cells.get(form, ())
        if fact.amount and fact.reliable and fact.column and re.sub(r"\s", "", fact.column[-1]) == name and fact.item and re.search(r"合计$|总计$", fact.item[-1])
        and fact.basis in (Basis.FINAL, Basis.NONE)
    ]  # fmt: skip


def _agrees(fact: Fact, spent: list[Fact]) -> bool:
    return any(one.amount is not None and fact.amount is not None and agree(one.amount, fact.amount) for one in spent)


RULES = (
    Rule(
        "signs_agree", "同一行的正负一致",
        "预决算报表：收入和支出为正数，同一项目在同一行各列的正负相同",
        signs_agree, departments=True,
    ),
    Rule(
        "budgets_are_positive", "预算数不为负",
        "预算法：预算安排的收入和支出为正数",
        budgets_are_positive, departments=True,
    ),
    Rule(
        "coded_parts_make_total", "按科目编列的表合计等于分项之和",
        "《政府收支分类科目》：类＝款之和，合计＝类之和",
        coded_parts_make_total, departments=True,
    ),
    Rule(
        "figure_is_whole", "数字写法完整",
        "数字书写规范：整数部分不以0开头",
        figures_are_whole,
    ),
    Rule(
        "twin_tables_agree", "行相同、合计相同的两张表各行一致",
        "预决算报表表间勾稽关系：没有政府性基金和国有资本经营预算时，财政拨款支出表与一般公共预算支出表相同",
        twin_tables_agree, departments=True,
    ),
    Rule(
        "assessed_as_spent", "自评表的支出与公开表一致",
        "项目支出绩效自评与部门决算同源：整体绩效自评表所列基本支出、项目支出即决算数",
        assessed_as_spent, departments=True,
    ),
)  # fmt: skip
