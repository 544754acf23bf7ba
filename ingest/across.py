"""Tables of a disclosure → rules between them: table = table, 收入 = 支出, nine forms once, one name a code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.account import FORMS, plain_name, same_name
from corpus.amount import UnitKind, agree
from corpus.disclosure import Source
from corpus.fact import Discrepancy, Fact, Measure, Origin, Severity
from ingest.captions import squeezed
from ingest.compare import Sum, compare
from ingest.headers import TOTAL
from ingest.tables import Table


@dataclass(frozen=True)
class Unchecked:
    """A rule that could not be applied, and why: never the same as passed."""

    rule: str
    table: str
    """Title, or the tables compared."""
    reason: str


Found = Discrepancy | Unchecked | Sum


@dataclass(frozen=True)
class Shelf:
    """Facts of a disclosure by table and by form, for rules that compare tables."""

    tables: Sequence[Table]
    facts: Mapping[str, Sequence[Fact]]
    """By table id."""

    def form(self, key: str) -> Table | None:
        """The table of a standard form that holds figures; where several do, the one that names 一般公共预算."""
        found = [
            table for table in self.tables if table.form == key and any(fact.amount for fact in self.facts[table.id])
        ]
        return max(found, key=lambda table: "一般公共" in table.title, default=None)

    def money(self, table: Table) -> list[Fact]:
        return [
            fact
            for fact in self.facts[table.id]
            if fact.measure is Measure.AMOUNT and fact.amount is not None and fact.amount.unit.kind is UnitKind.MONEY
        ]


def _header(fact: Fact) -> str:
    return squeezed("".join(fact.column))


def _label(fact: Fact) -> str:
    return squeezed(fact.item[-1]) if fact.item else ""


def _half(table: Table, fact: Fact) -> int:
    return next((column.half for band in table.bands for column in band.columns if column.index == fact.col), 0)


def _grand(shelf: Shelf, key: str, column: str = "") -> Fact | None:
    """The figure in the 合计 row of a coded form, under its total column or the column named."""
    table = shelf.form(key)
    rows = [fact for fact in shelf.money(table) if TOTAL.search(_label(fact)) and not fact.account] if table else []
    if column:
        return next((fact for fact in rows if column in squeezed(fact.column[-1] if fact.column else "")), None)
    total = next((fact for fact in rows if _is_total_column(fact)), None)
    if total is None and table and any(map(_is_total_column, shelf.money(table))):
        return None  # its cell is blank or was not read: the next column is not the total
    return total or next(iter(rows), None)


def _is_total_column(fact: Fact) -> bool:
    return not fact.column or bool(TOTAL.search(squeezed(fact.column[-1])))


def _of_side(shelf: Shelf, key: str, side: int, column: str = "") -> list[Fact]:
    """Money of one half of a 收支总表 (0 income, 1 expenditure), in its first value column or the column named."""
    table = shelf.form(key)
    if table is None:
        return []
    facts = [fact for fact in shelf.money(table) if min(_half(table, fact), 1) == side]
    if column:
        return [fact for fact in facts if column in squeezed(fact.column[-1] if fact.column else "")]
    first = {
        half: min(fact.col for fact in facts if _half(table, fact) == half)
        for half in {_half(table, fact) for fact in facts}
    }
    return [fact for fact in facts if fact.col in first.values()]


_YEAR = ("本年收入合计", "本年支出合计", "本年收入", "本年支出", "当年收入小计", "当年支出小计")
_ALL = ("收入总计", "支出总计", "收入合计", "支出合计", "总计", "合计")


def _side_totals(facts: Sequence[Fact]) -> list[Fact]:
    """This year's total and the grand total of a side: either may be what the form beside it prints."""
    by_label = {_label(fact): fact for fact in facts}
    return [by_label[name] for name in (*_YEAR, *_ALL) if name in by_label]


def sides_equal(shelf: Shelf) -> Iterator[Found]:
    """收入总计 = 支出总计 in both 收支总表."""
    for key in ("收支总表", "财政拨款收支总表"):
        income = [fact for fact in _of_side(shelf, key, 0) if _label(fact) in _ALL]
        spending = [fact for fact in _of_side(shelf, key, 1) if _label(fact) in _ALL]
        if not income or not spending:
            yield Unchecked("sides_equal", FORMS[key], "没有找到两侧的总计")
        else:
            yield from _equal("sides_equal", income[-1:], spending[-1])


def _equal(rule: str, one: Sequence[Fact], other: Fact) -> Iterator[Found]:
    """A discrepancy unless one of the figures on the left agrees with the one on the right."""
    if any(fact.amount and other.amount and agree(fact.amount, other.amount) for fact in one):
        return
    yield Discrepancy(
        rule,
        Severity.ERROR,
        f"{named(one[0])}为{one[0].amount}，{named(other)}为{other.amount}，两处应当相等",
        (one[0].source, other.source),
        str(one[0].amount),
        str(other.amount),
        f"{one[0].amount} ≠ {other.amount}",
    )


def named(fact: Fact) -> str:
    """《支出决算表》行政运行（2013901）·基本支出."""
    item = _label(fact) + (f"（{fact.account}）" if fact.account else "")
    column = "·".join(fact.column[-1:])
    table = f"《{fact.table}》" if fact.table else "表格中"
    return table + "·".join(filter(None, (item, column if column != item else "")))


def tables_agree(shelf: Shelf) -> Iterator[Found]:
    """A figure printed in two forms is the same: totals of 收支总表, 收入表, 支出表, 一般公共预算支出表, 基本支出表."""
    pairs = (
        (_side_totals(_of_side(shelf, "收支总表", 0)), _grand(shelf, "收入表"), "收支总表与收入表"),
        (_side_totals(_of_side(shelf, "收支总表", 1)), _grand(shelf, "支出表"), "收支总表与支出表"),
        (_general_budget(shelf), _grand(shelf, "一般公共预算支出表"), "财政拨款收支总表与一般公共预算支出表"),
        (_basic_of_general(shelf), _basic_total(shelf), "一般公共预算支出表与基本支出表"),
    )
    for left, right, names in pairs:
        if left and right:
            yield from _equal("tables_agree", left, right)
        else:
            yield Unchecked("tables_agree", names, "有一方没有找到合计")


def _general_budget(shelf: Shelf) -> list[Fact]:
    """一般公共预算 spending in 财政拨款收支总表: its column's total; its only column's where no other fund spends."""
    column = _side_totals(_of_side(shelf, "财政拨款收支总表", 1, "一般公共预算"))
    others = shelf.form("政府性基金表") or shelf.form("国有资本经营表")
    return column or ([] if others else _side_totals(_of_side(shelf, "财政拨款收支总表", 1)))


def _basic_of_general(shelf: Shelf) -> list[Fact]:
    fact = _grand(shelf, "一般公共预算支出表", "基本支出")
    return [fact] if fact else []


def _basic_total(shelf: Shelf) -> Fact | None:
    fact = _grand(shelf, "基本支出表")
    return fact if fact and not any(word in _label(fact) for word in ("人员", "公用")) else None


def items_agree(shelf: Shelf) -> Iterator[Found]:
    """A 类 of the 支出表 is the same in the 收支总表, by name; likewise 一般公共预算 in the 财政拨款收支总表."""
    for side, coded, column in (("收支总表", "支出表", ""), ("财政拨款收支总表", "一般公共预算支出表", "一般公共预算")):
        table = shelf.form(coded)
        classes = [fact for fact in shelf.money(table) if len(fact.account) == 3] if table else []
        first = min((fact.col for fact in classes), default=-1)
        for fact in _of_side(shelf, side, 1, column):
            other = next((one for one in classes if one.col == first and same_name(_label(one), _label(fact))), None)
            if other:
                yield from _equal("tables_agree", [fact], other)


def staff_and_public(shelf: Shelf) -> Iterator[Found]:
    """人员经费 + 公用经费 = 基本支出 of the 一般公共预算支出表."""
    table, basic = shelf.form("基本支出表"), _grand(shelf, "一般公共预算支出表", "基本支出")
    totals = [fact for fact in shelf.money(table) if TOTAL.search(_label(fact)) and not fact.account] if table else []
    parts = [next((fact for fact in totals if word in _label(fact)), None) for word in ("人员", "公用")]
    if basic is None or parts[0] is None or parts[1] is None:
        yield Unchecked(
            "staff_and_public_make_basic", FORMS["基本支出表"], "没有找到人员经费合计、公用经费合计或基本支出合计"
        )
        return
    assert table is not None, "its parts were found in it"
    yield compare("staff_and_public_make_basic", table, basic, [parts[0], parts[1]])


KNOWN_FORMS = 5
"""So many standard forms and the document is one that should print all nine."""


STATE_CAPITAL_SINCE = 2020
"""Books of earlier years were not asked for the 国有资本经营 form."""


def forms_each_once(shelf: Shelf) -> Iterator[Found]:
    """The nine standard forms each stand once; fewer than five found means that they are published elsewhere."""
    present = Counter(table.form for table in shelf.tables if table.form)
    if len(present) < KNOWN_FORMS:
        yield Unchecked(
            "forms_each_once", "九张表", f"本文件中只识别出{len(present)}张标准表，其余可能另行公开或为图片"
        )
        return
    sources = tuple(table.sources[0] for table in shelf.tables if table.form)
    year = max((fact.year for facts in shelf.facts.values() for fact in facts), default=0)
    for key in FORMS:
        if key not in present and (key != "国有资本经营表" or year >= STATE_CAPITAL_SINCE):
            yield Discrepancy("forms_each_once", Severity.TEMPLATE, f"没有找到《{FORMS[key]}》", sources[:1])
    titles = Counter(squeezed(table.title) for table in shelf.tables if table.form)
    for title, count in titles.items():
        if count > 1:
            where = tuple(table.sources[0] for table in shelf.tables if squeezed(table.title) == title)
            yield Discrepancy("forms_each_once", Severity.TEMPLATE, f"《{title}》出现了{count}次", where)


def code_names(shelf: Shelf) -> Iterator[Found]:
    """A code has one name in all tables; codes are printed whole. Names read by OCR are not compared."""
    names: dict[str, dict[str, Source]] = defaultdict(dict)
    for fact in _coded(shelf.tables, shelf.facts):
        names[fact.account].setdefault(_bare(fact.item[-1]), fact.source)
    for code, spelt in names.items():
        if len(spelt) > 1:
            message = f"科目编码{code}在不同表中名称不一致：" + "、".join(spelt)
            yield Discrepancy("code_has_one_name", Severity.WORDING, message, tuple(spelt.values()))
    for table in shelf.tables:
        yield from _misprints(table, shelf.facts[table.id])


def _bare(name: str) -> str:
    plain = plain_name(name)
    return plain[:-3] if plain.endswith(("(类)", "(款)", "(项)")) else plain


def _coded(tables: Iterable[Table], facts: Mapping[str, Sequence[Fact]]) -> Iterator[Fact]:
    for table in tables:
        if table.origin is not Origin.OCR:
            yield from (
                fact for fact in facts[table.id] if fact.account and fact.item and not TOTAL.search(_label(fact))
            )


def _misprints(table: Table, facts: Sequence[Fact]) -> Iterator[Discrepancy]:
    for row in table.rows:
        if row.misprinted and table.origin is not Origin.OCR:
            source = next((fact.source for fact in facts if fact.row == row.index), table.sources[0])
            message = f"《{table.title}》“{row.name}”的科目编码位数不合规范，按{row.code}理解"
            yield Discrepancy("code_is_whole", Severity.WORDING, message, (source,))


RULES = (sides_equal, tables_agree, items_agree, staff_and_public, forms_each_once, code_names)
