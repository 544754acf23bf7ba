"""Sentences against tables and against each other: the same item, year and stage has one amount."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.account import plain_name
from corpus.amount import Interval, UnitKind, agree, plain
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure, Severity
from qa.document import OUTTURNS, Document, Said, document_of, same_stage
from qa.rules.named import CODED, Named, account_name, named, of_year
from qa.rules.rule import HELD, Evidence, Finding, NotChecked, Outcome, Rule, error, printed_at, said_at, wording


def agrees_with_table(document: Document) -> Iterator[Outcome]:
    """A figure that a sentence prints of an item of the forms is the one that the forms print, within the print."""
    for said in _money(document):
        item = named(said, document)
        if item is None:
            continue
        cells = of_year(item.cells, said)
        if not cells:
            yield NotChecked("正文中的这些数字在本文件的表格里没有同一年度、同一口径的数字可对照")
        elif any(agree(cell.amount, said.statement.amount) for cell in cells if cell.amount):
            yield HELD
        else:
            yield _differs(said, item, next((cell for cell in cells if _is_overall(cell) == said.name.endswith("总计")), cells[0]))


def _is_overall(cell: Fact) -> bool:
    """总计 holds what was carried over too; 合计 and 本年收入 do not."""
    return bool(cell.item) and plain_name(cell.item[-1]).endswith("总计")


def _differs(said: Said, item: Named, cell: Fact) -> Finding:
    """An error; a table in 元 rounded to 万元 with its last digit off by one is a hint (7.32 for 73,055.58元)."""
    stated, printed = said.statement.amount, cell.amount
    assert printed is not None, "cells of an item hold figures"
    off = Interval(stated.interval.low - stated.step, stated.interval.high + stated.step)
    close = stated.step > printed.step and off.meets(printed.interval)
    severity = Severity.ROUNDING if close else Severity.ERROR
    message = f"正文说{_name(item)}为{stated}，《{cell.table}》为{printed}，" + ("换算后末位相差1" if close else "两处不一致")
    return Finding(severity, message, (said_at(said), printed_at(cell)), str(printed), str(stated), f"{stated} ≠ {printed}")


def _money(document: Document) -> Iterator[Said]:
    for said in document.said:
        if said.is_amount and said.exact and said.statement.amount.unit.kind is UnitKind.MONEY:
            yield said


def _name(item: Named) -> str:
    return "“" + item.key.removeprefix("科目:").replace("/", "—") + "”" if item.key.startswith("科目:") else item.key


def agrees_with_itself(document: Document) -> Iterator[Outcome]:
    """An item stated in several sentences has the same amount in all. Learnt from a list that gives 350.35 and 352.67."""
    stated: dict[tuple[str, str, int], list[tuple[Said, Named]]] = defaultdict(list)
    for said in _money(document):
        item = named(said, document)
        if item is not None and not of_year(item.cells, said):  # where a table prints it, the table decides
            stated[item.key, _stage(said.statement.basis), said.statement.year].append((said, item))
    for places in stated.values():
        yield from _differing(places)


def _stage(basis: Basis) -> str:
    return "决算" if basis in OUTTURNS else str(basis)


def _differing(places: list[tuple[Said, Named]]) -> Iterator[Outcome]:
    first, item = places[0]
    for other, _ in places[1:]:
        if agree(first.statement.amount, other.statement.amount):
            yield HELD
        else:
            one, two = first.statement.amount, other.statement.amount
            yield error(
                f"{_name(item)}在两处正文中分别写为{one}和{two}", (said_at(first), said_at(other)), str(one), str(two), f"{one} ≠ {two}",
            )  # fmt: skip


def repeated_alike(document: Document) -> Iterator[Outcome]:
    """A sentence that stands twice, word for word, has the same figures in both places. Learnt from a report that sums up
    its work in a table at the end."""
    places: dict[tuple[str, int, str], list[Fact]] = defaultdict(list)
    seen: dict[tuple[str, int, str, int], int] = defaultdict(int)
    for fact in document.record.facts:
        if not fact.table_id and fact.amount and fact.reliable and fact.item and fact.item[-1] in fact.text:
            words = re.sub(r"[-\d.,%‰\s]+|[万亿]?元", "#", fact.text)
            order = seen[words, fact.row, fact.item[-1], fact.source.page]
            seen[words, fact.row, fact.item[-1], fact.source.page] += 1
            if len(words) >= LONG_ENOUGH and not _OF_FORM.search(words):
                places[words, order, fact.item[-1]].append(fact)
    for facts in places.values():
        yield from _alike(facts)
    yield from _shortened(document)


def _shortened(document: Document) -> Iterator[Outcome]:
    """A sentence that stands again in fewer clauses has the same figure in the clause that both hold: 筹措360万元助力产业振兴，壮大村集体经济."""
    by_clause: dict[tuple[str, str], list[tuple[Fact, tuple[str, ...]]]] = defaultdict(list)
    for fact in document.record.facts:
        if fact.table_id or not fact.amount or not fact.reliable or not fact.item or _OF_FORM.search(fact.text):
            continue
        clauses = tuple(clause for clause in re.split(r"[，；。：]", re.sub(r"[-\d.,%‰\s]+|[万亿]?元", "#", fact.text)) if clause)
        own = [clause for clause in clauses if "#" in clause]
        if len(own) == 1 and len(own[0]) >= 6:
            by_clause[own[0], fact.item[-1]].append((fact, clauses))
    for places in by_clause.values():
        for one, other in zip(places, places[1:], strict=False):
            short, long = sorted((one[1], other[1]), key=len)
            if short != long and len(short) > 1 and set(short) <= set(long):
                yield from _alike((one[0], other[0]))


_OF_FORM = re.compile(r"预算(?!单位)|决算|支出|收入|经费|收支|增长|车辆|采购金额")
"""The form's own sentences, which say the same of every fund and level of government: their items are held elsewhere."""
LONG_ENOUGH = 14
"""Signs of a sentence without its figures: shorter ones (收入#) stand in many places and mean different things."""


def _alike(facts: Sequence[Fact]) -> Iterator[Outcome]:
    first = facts[0]
    for other in facts[1:]:
        a, b = first.amount, other.amount
        if a is None or b is None or other.row == first.row or (a.unit.kind is not b.unit.kind) or _beside(first, other):
            continue
        if agree(a, b):
            yield HELD
        else:
            places = (Evidence(first.source, first.text), Evidence(other.source, other.text))
            yield error(f"同一句话两处数字不同：{first.item[-1]}分别写为{a}和{b}", places, str(a), str(b), f"{a} ≠ {b}")


def _beside(first: Fact, other: Fact) -> bool:
    """Two cells of one row (工作目标, 完成情况): what was planned is no second print of what was done."""
    if other.table.split(" › ")[-1] == first.text.strip():
        return True
    one, two = first.source.box, other.source.box
    if one is None or two is None or first.source.page != other.source.page:
        return False
    return min(one[3], two[3]) > max(one[1], two[1]) and (one[2] <= two[0] or two[2] <= one[0])


def account_is_in_table(document: Document) -> Iterator[Outcome]:
    """类、款、项 named by a sentence stand so in the coded forms: names and levels."""
    coded = [fact for form in CODED for fact in document.cells.get(form, ()) if fact.account and len(fact.item) == 3]
    if not coded or not all(fact.reliable or fact.amount is None for fact in coded):
        yield NotChecked("支出表没有读到按功能分类的项级科目，或为扫描件、名称可能读错")
        return
    known = {_path(fact.item): fact for fact in coded}
    said = {one.statement.subject: one for one in document.said if one.is_amount and one.reliable and len(one.statement.subject) == 3}
    for path, one in said.items():
        if _path(path) in known:
            yield HELD
        elif near := next((fact for other, fact in known.items() if other[0] == _path(path)[0] and _telling(other) & _telling(_path(path))), None):
            right, shown = "—".join(near.item), "—".join(path)
            message = f"正文所写科目“{shown}”与支出表的类、款、项不一致，表中为“{right}”"
            yield wording(message, (said_at(one), printed_at(near)), right, shown)


def _path(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(account_name, names))


_COMMON = {"一般行政管理事务", "行政运行", "事业运行", "机关服务"}
"""项 that stand under every 款: they tell nothing."""


def _telling(path: tuple[str, ...]) -> set[str]:
    """款 and 项, by which a path is known again when one of its levels is wrong."""
    return set(path[1:]) - _COMMON - {path[0]}


def change_from_last_report(document: Document) -> Iterator[Outcome]:
    """比上年预算增加 n is this report's figure less that of last year's report, where the shelf holds both."""
    if document.before is None:
        yield NotChecked("报告库里没有同一单位上一年度的同类报告")
        return
    last = document_of(document.before)
    for said in document.said:
        one = said.statement
        if one.measure is not Measure.CHANGE or not said.exact or one.amount.unit.kind is not UnitKind.MONEY or not _of_last(said, document):
            continue
        item = named(said, document)
        now = of_year(item.cells, said) if item else []
        before = [fact for fact in item.in_report(last) if fact.reliable and fact.year == one.year - 1 and same_stage(fact.basis, one.basis)] if item else []
        if item is None or not now or not before:
            yield NotChecked("两年的报告中没有都读到该项目的数字")
        else:
            yield _changed(said, item, now[0], before[0])


def _of_last(said: Said, document: Document) -> bool:
    """Against last year's figure of the same kind: a budget against a budget, not against what was carried out."""
    versus = said.statement.versus
    return "上年" in versus and "执行" not in versus and (document.disclosure.kind is Kind.FINAL or "预算" in versus)


def _changed(said: Said, item: Named, now: Fact, before: Fact) -> Outcome:
    a, b, stated = now.amount, before.amount, said.statement.amount
    assert a is not None and b is not None, "cells of an item hold figures"
    rounding = Interval(-stated.step, stated.step)  # both years' figures were rounded before one was taken from the other
    if (a.interval - b.interval + rounding).meets(stated.interval):
        return HELD
    right = f"{plain((a.value - b.value) / stated.unit.factor)}{stated.unit}"
    message = f"{_name(item)}本年为{a}，上年报告为{b}，增减额应为{right}，却写为{stated}"
    places = (said_at(said), printed_at(now), printed_at(before))
    return error(message, places, right, str(stated), f"{a} − {b} = {right} ≠ {stated}")


RULES = (
    Rule(
        "sentence_agrees_with_table", "正文数字与表格一致",
        "部门预决算公开要求情况说明与公开表格同源：同一项目、同一年度、同一口径只有一个数，不同单位换算后在四舍五入范围内相等",
        agrees_with_table, departments=True,
    ),
    Rule(
        "sentence_agrees_with_itself", "正文前后一致",
        "同一项目、同一年度、同一口径在说明各处应为同一数额",
        agrees_with_itself, departments=True,
    ),
    Rule(
        "sentence_repeated_alike", "重复的句子数字相同",
        "同一句话在文件中重复出现时，所写数字应相同",
        repeated_alike, departments=True,
    ),
    Rule(
        "account_named_as_in_table", "科目名称与表格一致",
        "《政府收支分类科目》：类、款、项名称与层级固定，说明与支出表应相同",
        account_is_in_table, departments=True,
    ),
    Rule(
        "change_from_last_report", "增减额与上一年度报告一致",
        "与上年比较的增减额＝本年报告的数－上年同类报告的数",
        change_from_last_report, departments=True,
    ),
)  # fmt: skip
