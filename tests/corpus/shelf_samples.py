"""Small records for the shelf's tests, in the forms that real reports have."""

from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from corpus.amount import PERCENT, WAN, YUAN, Amount, Unit
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.fact import Basis, Discrepancy, Fact, Measure, Origin, Severity
from corpus.record import Record, Unchecked
from corpus.table import Sums, TableInfo
from corpus.version import PROGRAM

PARAGRAPH = "2022年度收入总计2,711.50万元，与2021年度相比增加1,234.56万元，主要原因是新增乡村振兴项目。"
ROW = "支出决算表 2130101 行政运行 本年支出合计 88.20"
DEFINITION = "“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。"


def record(
    content: str = "one", file: str = "硚口2022决算.pdf", program: str = PROGRAM, year: int = 2022,
    publisher: str = "武汉市硚口区人民政府办公室",
) -> Record:  # fmt: skip
    """A record whose content is told apart by `content`."""
    sha = sha256(content.encode()).hexdigest()
    id = sha[:16]
    source = Source(file, 3, (72.0, 100.5, 300.25, 112.0))
    disclosure = Disclosure(
        id, sha, file, publisher, ("硚口区政府办",), year, Kind.FINAL, Scope.DEPARTMENT, 40, (source,), True,
        "硚口区 2022年预算", "1-8月",
    )  # fmt: skip
    title = "支出决算表"
    table = TableInfo(f"{id}-t0", id, title, title, "万元", (source,), Origin.TEXT, Sums.HOLD, False, "注：无")
    chunks = (
        Chunk(f"{id}-c0", id, ChunkKind.PARAGRAPH, ("第二部分", "一、收入"), f"{PARAGRAPH}{content}", (source, source)),
        Chunk(f"{id}-c1", id, ChunkKind.DEFINITION, ("第四部分 名词解释",), DEFINITION, (source,)),
        Chunk(f"{id}-c2", id, ChunkKind.ROW, (), ROW, (source,)),
    )
    finding = Discrepancy("parts_sum_to_total", Severity.ROUNDING, "相差0.01", (source,), "1.00", "1.01", "a + b")
    unchecked = (Unchecked("三公", "无表"),)
    return Record(disclosure, program, (table,), facts(id, year, source), chunks, (finding,), unchecked)


def facts(id: str, year: int, source: Source) -> tuple[Fact, ...]:
    printed = (("88.20", WAN), ("1,000.00", YUAN), (None, WAN), ("0.00", WAN), ("12.50", PERCENT), ("3", VEHICLES))
    return tuple(
        Fact(
            f"{id}-{n}", id, f"{id}-t0", n, 2, "支出决算表", "支出决算表", ("农林水支出", f"行政运行{n or ''}"),
            f"213010{n}", ("本年支出合计", "决算数"), Measure.AMOUNT, Basis.FINAL, "上年" if n == 4 else "", year,
            Amount(Decimal(text.replace(",", "")), unit) if text else None, source, Origin.TEXT, n != 3, text or "",
            "人员增加",
        )
        for n, (text, unit) in enumerate(printed)
    )  # fmt: skip


VEHICLES = Unit("辆", WAN.kind.COUNT, Decimal(1), "辆")


def original(folder: Path, content: str = "one") -> Path:
    """A file to keep beside the record (no page of it is drawn)."""
    path = folder / f"{content}.pdf"
    path.write_bytes(content.encode())
    return path
