"""Ledgers and the pages they came to stand on → qa.jsonl: questions of every type with their gold answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corpus.disclosure import Kind
from evals.ledger import Fund, Ledger, percent
from evals.synth_page import Report, wan
from evals.synth_prose import reason

Pages = Mapping[str, tuple[int, ...]]
Row = dict[str, Any]
CENT = Decimal("0.005")
"""Gold amounts are exact in 万元 with two decimals."""


@dataclass(frozen=True)
class Drawn:
    """A report on paper, with the ledger it was drawn from and the one before it."""

    report: Report
    ledger: Ledger
    before: Ledger
    pages: Pages
    avoid: tuple[str, ...] = ()
    """Topics that a planted error touches."""

    @property
    def who(self) -> str:
        return f"{self.report.publisher}{self.report.year}年"

    @property
    def final(self) -> bool:
        return self.report.style.kind is Kind.FINAL

    def places(self, *keys: str) -> dict[str, list[int]]:
        found = sorted({page for key in keys for page in self.pages.get(key, ())})
        return {self.report.file: found} if found else {}

    def economic(self, code: str) -> Decimal:
        return self.ledger.group(code)


def questions(drawn: Sequence[Drawn]) -> Iterator[Row]:
    """Of each report, then over several."""
    number = 0
    for one in drawn:
        for row in (*_plain(one), *(_final(one) if one.final else _budget(one)), *_refused(one)):
            number += 1
            yield {"id": f"q-{number:05}", **row}
    for row in (*_over_years(drawn), *over_publishers(drawn)):
        number += 1
        yield {"id": f"q-{number:05}", **row}


def row(
    question: str, type_: str, files: Sequence[str], answer: str, value: Decimal | None = None, unit: str = "", pages: Mapping[str, list[int]] | None = None,
    must: Sequence[Sequence[str]] = (), tolerance: Decimal = CENT, note: str = "",
) -> Row:  # fmt: skip
    """A line without its id."""
    return {
        "question": question, "type": type_, "reports": list(files), "answer": answer, "value": None if value is None else str(value), "unit": unit or None,
        "tolerance": None if value is None else str(tolerance), "must_include": [list(group) for group in must], "pages": dict(pages or {}), "note": note,
    }  # fmt: skip


def _money(one: Drawn, what: str, amount: Decimal, type_: str, *keys: str) -> Row:
    return row(f"{one.who}{what}", type_, [one.report.file], f"{wan(amount)}万元", wan(amount), "万元", one.places(*keys))


def _plain(one: Drawn) -> Iterator[Row]:
    """What 预算 and 决算 both print."""
    ledger, kind = one.ledger, "决算" if one.final else "预算"
    for code, name in (("30201", "办公费"), ("30227", "委托业务费"), ("30101", "基本工资")):
        if amount := one.economic(code):
            yield _money(one, f"{name}{kind}是多少？", amount, "lookup_table", f"基本支出表/{code}", "基本支出表/30101", "基本支出表/301")
    what = "支出" if one.final else "预算"
    yield _money(one, f"机关运行经费{what}是多少？", ledger.running, "lookup_text", "running", "三公经费表/" + _first(one))
    yield _money(one, f"政府采购货物{what}多少钱？", ledger.goods, "lookup_text", "bought")
    yield _money(one, f"政府采购{what}总额是多少？", ledger.bought, "lookup_text", "bought")
    yield row(f"{one.who}公用经费占基本支出的百分之几？", "compute", [one.report.file], "", percent(ledger.running, ledger.part("basic")), "%", tolerance=Decimal("0.01"))
    yield _money(one, "人员经费比公用经费多多少？", abs(ledger.people - ledger.running), "compute")
    if "project" not in one.avoid:
        basic, project = ledger.part("basic"), ledger.part("project")
        most = "基本支出" if basic > project else "项目支出"
        larger = wan(max(basic, project))
        yield row(f"{one.who}基本支出和项目支出哪个多？", "compare", [one.report.file], f"{most}多", larger, "万元", one.places("支出表/合计", "spent"), [[most]])
    yield row(f"{one.report.publisher}{one.report.year}年报告里说的机关运行经费是什么意思？", "define", [one.report.file], "", pages=one.places("term 机关运行经费"), must=[["日常公用经费"]])
    yield row(f"{one.who}共有多少辆车？", "count", [one.report.file], "", Decimal(sum(ledger.cars)), "辆", one.places("cars"), tolerance=Decimal(0))


def _first(one: Drawn) -> str:
    """The key of the 三公 table's only row."""
    return next((key.partition("/")[2] for key in one.pages if key.startswith("三公经费表/") and not key.endswith(("合计", "小计", "数", "费"))), "")


def _final(one: Drawn) -> Iterator[Row]:
    ledger, file = one.ledger, [one.report.file]
    trio = f"三公经费表/{_first(one)}"
    if ledger.spent.guests:
        yield _money(one, "公务接待费花了多少钱？", ledger.spent.guests, "lookup_table", trio, "trio guests", "基本支出表/30217", "基本支出表/30103")
        yield _money(one, "公务接待费预算数是多少？", ledger.planned.guests, "lookup_table", trio, "trio guests")
        yield row(f"{one.who}公务接待来了多少批次？", "count", file, "", Decimal(ledger.batches), "批次", one.places("visitors"), tolerance=Decimal(0))
        each = (ledger.spent.guests / ledger.visitors).quantize(Decimal("0.01"))
        yield row(f"{one.who}公务接待费平均每人次多少钱？", "compute", file, "", each, "元", one.places("visitors"), tolerance=Decimal("0.02"))
    if ledger.spent.whole and "trio" not in one.avoid:
        yield _money(one, "三公经费实际支出多少？", ledger.spent.whole, "lookup_text", trio, "trio")
        yield row(f"{one.who}三公经费完成了预算的百分之几？", "lookup_text", file, "", percent(ledger.spent.whole, ledger.planned.whole), "%", one.places("trio"))
    own = ledger.lines[0]
    if f"line {own.code}" not in one.avoid:
        yield _money(one, f"{own.path[1]}行政运行的年初预算是多少？", own.opening, "lookup_text", f"line {own.code}")
    general, opening = ledger.total(Fund.GENERAL), ledger.part("opening", Fund.GENERAL)
    yield row(f"{one.who}一般公共预算财政拨款支出完成年初预算的百分之几？", "lookup_text", file, "", percent(general, opening), "%", one.places("completion"))
    yield from _changes(one)


def _changes(one: Drawn) -> Iterator[Row]:
    ledger, before = one.ledger, one.before
    now, then = ledger.appropriation, before.appropriation
    rose = now > then
    if "appropriation growth" not in one.avoid and now != then:
        turn = "增长" if rose else "下降"
        yield row(f"{one.who}财政拨款收入支出总计比上年{turn}百分之几？", "lookup_text", [one.report.file], "", percent(abs(now - then), then), "%", one.places("appropriation"))
        yield _money(one, f"财政拨款收入支出总计比上年{'增加' if rose else '减少'}多少？", abs(now - then), "lookup_text", "appropriation")
    why = reason(ledger, before)
    asked = f"{one.who}财政拨款收入支出总计为什么{'增加' if rose else '减少'}？"
    yield row(asked, "explain", [one.report.file], why, pages=one.places("appropriation", "total", "general"), must=[[why]])


def _budget(one: Drawn) -> Iterator[Row]:
    ledger, before, planned = one.ledger, one.before, one.ledger.planned
    trio = f"三公经费表/{_first(one)}"
    if planned.guests:
        yield _money(one, "公务接待费预算多少钱？", planned.guests, "lookup_table", trio, "trio guests")
    if planned.whole and "trio" not in one.avoid:
        yield _money(one, "三公经费预算数是多少？", planned.whole, "lookup_table", trio, "trio")
    now, then = ledger.appropriation, before.appropriation
    if now != then:
        yield _money(one, f"财政拨款收入比上年预算{'增加' if now > then else '减少'}多少？", abs(now - then), "lookup_text", "income", "spent", "收支总表/一、财政拨款收入")
    why = reason(ledger, before)
    yield row(f"{one.who}财政拨款收入支出为什么{'增加' if now >= then else '减少'}？", "explain", [one.report.file], why, pages=one.places("why"), must=[[why]])


def _refused(one: Drawn) -> Iterator[Row]:
    file, name = [one.report.file], one.report.publisher
    yield row(f"{one.who}专利申请费是多少？", "refuse", file, "没有披露")
    yield row(f"{name}2011年公务接待费是多少？", "refuse", file, "没有那一年的报告")
    yield row(f"{one.who}局长的工资是多少？", "refuse", file, "不含个人薪酬")
    if not one.ledger.total(Fund.GOVERNMENT):
        yield row(f"{one.who}政府性基金预算财政拨款支出是多少？", "refuse", file, "没有", must=[["没有", "无政府性基金", "0.00万元", "空白"]])


TOPICS: tuple[tuple[str, Callable[[Ledger], Decimal], str], ...] = (
    ("机关运行经费", lambda ledger: ledger.running, ""),
    ("办公费", lambda ledger: ledger.group("30201"), "30201"),
    ("政府采购服务", lambda ledger: ledger.services, ""),
)


def _over_years(drawn: Sequence[Drawn]) -> Iterator[Row]:
    """走势, and one year beside another."""
    for publisher in dict.fromkeys(one.report.publisher for one in drawn):
        own = [one for one in drawn if one.report.publisher == publisher]
        if len(own) < 2:
            continue
        files, last = [one.report.file for one in own], own[-1]
        for topic, amount, _ in TOPICS:
            years = f"{own[0].report.year}年至{last.report.year}年"
            yield row(f"{publisher}{years}{topic}的走势如何？", "cross", files, "", wan(amount(last.ledger)), "万元", must=[[str(one.report.year)] for one in own])
            now, then = amount(last.ledger), amount(own[-2].ledger)
            turn = "多" if now > then else "少"
            pair = f"{publisher}{last.report.year}年{topic}比{own[-2].report.year}年{turn}多少？"
            yield row(pair, "cross", files[-2:], "", wan(abs(now - then)), "万元")


def over_publishers(drawn: Sequence[Drawn]) -> Iterator[Row]:
    """哪个部门最高, and one beside another: tables in 元 and in 万元."""
    for year in sorted({one.report.year for one in drawn}):
        for kind in Kind:
            own = [one for one in drawn if one.report.year == year and one.report.style.kind is kind]
            if len(own) > 1:
                yield from _ranked(own, year, kind)


def _ranked(own: Sequence[Drawn], year: int, kind: Kind) -> Iterator[Row]:
    files = [one.report.file for one in own]
    for topic, amount, code in TOPICS:
        have = [one for one in own if not code or one.economic(code)]
        asked = f"{year}年哪个部门的{topic}{kind}最{{}}？"
        for word, pick in (("高", max), ("低", min)):
            best = pick(have, key=lambda one: amount(one.ledger))
            yield row(asked.format(word), "cross", files, "", wan(amount(best.ledger)), "万元", must=[[best.report.publisher]])
        one, other = own[0], own[-1]
        more = max(one, other, key=lambda each: amount(each.ledger))
        pair = f"{one.report.publisher}和{other.report.publisher}{year}年{topic}{kind}哪个多？"
        yield row(pair, "cross", [one.report.file, other.report.file], "", wan(amount(more.ledger)), "万元", must=[[more.report.publisher]])
