"""A small shelf made by hand: rows as reports print them → Records, with nothing read from a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from corpus.amount import PERCENT, WAN, Amount, Unit, UnitKind
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf

PEOPLE = Unit("人次", UnitKind.COUNT, Decimal(1), "人次")
BATCHES = Unit("批次", UnitKind.COUNT, Decimal(1), "批次")
OFFICE = "武汉市硚口区人民政府办公室"
COMMITTEE = "中共上海市普陀区委社会工作部"
STREET = "上海市普陀区人民政府万里街道办事处"


@dataclass(frozen=True)
class Row:
    """One printed figure; '' is a cell that is printed blank."""

    item: tuple[str, ...]
    number: str
    unit: Unit = WAN
    measure: Measure = Measure.AMOUNT
    basis: Basis = Basis.FINAL
    versus: str = ""
    form: str = ""
    """'' for prose."""
    column: tuple[str, ...] = ()
    page: int = 9
    year: int = 0
    """The report's own unless said."""


def rows(*told: str, form: str = "", basis: Basis = Basis.FINAL, column: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """「基本支出/人员经费 1173.65」: a path of names and its amount in 万元; 「培训费 -」 is blank."""
    made = []
    for line in told:
        path, _, number = line.partition(" ")
        made.append(Row(tuple(path.split("/")), "" if number == "-" else number, basis=basis, form=form, column=column))
    return tuple(made)


def made(
    publisher: str, alias: str, year: int, printed: Iterable[Row], kind: Kind = Kind.FINAL, said: Iterable[str] = (), defined: Iterable[str] = (),
) -> Record:  # fmt: skip
    """A disclosure that prints these rows and says these paragraphs."""
    sha = sha256(f"{publisher}{year}{kind}".encode()).hexdigest()
    id, file = sha[:16], f"{alias}{year}年{kind}.pdf"
    facts = tuple(_fact(id, file, n, row, year) for n, row in enumerate(printed))
    source = Source(file, 17, (72.0, 100.0, 300.0, 112.0))
    told = [(ChunkKind.PARAGRAPH, text) for text in said] + [(ChunkKind.DEFINITION, text) for text in defined]
    chunks = tuple(Chunk(f"{id}-c{n}", id, form, ("情况说明",), text, (source,)) for n, (form, text) in enumerate(told))
    disclosure = Disclosure(id, sha, file, publisher, (alias,), year, kind, Scope.DEPARTMENT, 40, (source,), True)
    return Record(disclosure, "1", (), facts, chunks)


def _fact(id: str, file: str, n: int, row: Row, year: int) -> Fact:
    amount = Amount(Decimal(row.number), row.unit) if row.number else None
    text = row.number if row.form else f"{row.item[-1]}{row.number}{row.unit}。"
    return Fact(
        f"{id}-{n}", id, f"{id}-{row.form}" if row.form else "", n, 1, row.form or "情况说明", row.form, row.item, "", row.column, row.measure,
        row.basis, row.versus, row.year or year, amount, Source(file, row.page, (72.0, 100.0, 300.0, 112.0)),
        Origin.TEXT if row.form else Origin.PROSE, True, text,
    )  # fmt: skip


def office(year: int = 2022) -> Record:
    """硚口区政府办's 决算, as its prose and two of its tables print it."""
    three = ("三公经费",)
    said = (
        *rows("支出合计 2711.50", "支出合计/基本支出 1266.62", "支出合计/项目支出 1444.88", "机关运行经费 92.97", "收入总计 2711.50"),
        Row(three, "6.02", basis=Basis.BUDGET), Row(three, "4.28"), Row(three, "71.10", PERCENT, Measure.COMPLETION, versus="预算"),
        Row(three, "1.23", measure=Measure.CHANGE, versus="上年"), Row(("公务接待费",), "3.02", basis=Basis.BUDGET), Row(("公务接待费",), "1.28"),
        Row(("公务接待",), "5", BATCHES, Measure.COUNT, Basis.NONE), Row(("公务接待",), "85", PEOPLE, Measure.COUNT, Basis.NONE),
        Row(("机关运行经费",), "3.35", measure=Measure.CHANGE, versus="上年"),
    )  # fmt: skip
    cells = rows(
        "商品和服务支出/培训费 -", "商品和服务支出/会议费 0.00", "工资福利支出/基本工资 300.10", "农林水支出 1403.99", "农林水支出/其他农林水支出 12.00",
        form="基本支出表", column=("决算数",),
    )  # fmt: skip
    why = "公务接待费比上年增加的主要原因：用于接待巴东县人民政府赴硚口对接对口帮扶工作。"
    return made(OFFICE, "硚口区政府办", year, (*said, *cells), said=(why,), defined=("机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。",))


def committee() -> Record:
    nothing = "本年度没有财政拨款“三公”经费支出，故本表无数据。"
    return made(COMMITTEE, "普陀区委社会工作部", 2024, rows("支出合计 307.82", "机关运行经费 10.23"), said=(nothing,))


def street(year: int, three: str, welcome: str) -> Record:
    printed = rows(f"三公经费 {three}", f"三公经费/公务接待费 {welcome}", "支出预算 9000.00", form="三公经费表", basis=Basis.BUDGET, column=("预算数",))
    return made(STREET, "万里街道", year, printed, Kind.BUDGET)


def shelf_of(folder: Path, *records: Record) -> Shelf:
    shelf = Shelf.open(load_settings(shelf=folder))
    for one in records:
        original = folder / one.disclosure.file
        original.write_bytes(one.disclosure.sha256.encode())
        shelf.save(one, original)
    return shelf


def usual_shelf(folder: Path) -> Shelf:
    """硚口区政府办 2022 决算, 普陀区委社会工作部 2024 决算, 万里街道 2023-2025 预算."""
    budgets = (street(2023, "9.00", "1.00"), street(2024, "8.50", "1.00"), street(2025, "8.00", "0.50"))
    return shelf_of(folder, office(), committee(), *budgets)
