"""Fact: one printed figure with all that says what it measures; Discrepancy: a report at odds with itself."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.amount import Amount
from corpus.disclosure import Source


class Measure(StrEnum):
    """What a figure says of its item."""

    AMOUNT = "数额"
    CHANGE = "增减额"
    """Signed: a fall is negative."""
    GROWTH = "增减率"
    """Signed percentage: a fall is negative."""
    SHARE = "占比"
    COMPLETION = "完成率"
    COUNT = "数量"
    """Things, people, times: 8辆, 85人次, 49个. Never money."""
    AVERAGE = "平均"
    OTHER = "其他"


class Basis(StrEnum):
    """口径 of an amount: which stage of the account it belongs to."""

    OPENING = "年初预算"
    ADJUSTED = "全年预算"
    BUDGET = "预算"
    """A budget figure that the print does not call opening or adjusted."""
    FINAL = "决算"
    EXECUTED = "执行数"
    TARGET = "目标值"
    ACTUAL = "实际完成值"
    NONE = ""


class Origin(StrEnum):
    """How the figure was read."""

    TEXT = "文本层表格"
    OCR = "OCR"
    PROSE = "正文"
    SHEET = "电子表格"


@dataclass(frozen=True)
class Fact:
    """One printed figure (a table cell, or a number in a sentence)."""

    id: str
    """Disclosure id and a running number: `0123456789abcdef-17`. Stable for the same file and program."""
    disclosure: str
    """`Disclosure.id`."""
    table_id: str
    """`corpus.table.TableInfo.id`; '' for prose."""
    row: int
    """Row of the joined table, 0-based, header rows counted; for prose the number of the paragraph."""
    col: int
    """Column of the joined table, 0-based; for prose the number of the figure in its paragraph."""
    table: str
    """The table's title as printed; for prose the headings above it joined with ' › '."""
    form: str
    """Which standard form the table is (`corpus.account.FORMS`); '' for other tables and prose."""
    item: tuple[str, ...]
    """Row path, the outermost first: (一般公共服务支出, 社会工作事务, 行政运行)."""
    account: str
    """科目 code as digits (`2013901`); '' where none is printed."""
    column: tuple[str, ...]
    """Header path as printed, the outermost first; () for prose."""
    measure: Measure
    basis: Basis
    versus: str
    """What a change, growth, share or completion is relative to: 上年, 年初预算, 本年支出…; '' for plain amounts."""
    year: int
    """The year that the figure speaks of (a 2022 report also prints figures of 2021)."""
    amount: Amount | None
    """None: the cell is printed blank. Blank is not zero."""
    source: Source
    origin: Origin
    reliable: bool
    """False: read by OCR and not borne out by the table's own sums."""
    text: str
    """The cell's own text, or the sentence that holds the figure."""
    reason: str = ""
    """The reason that the same sentence gives for a change, as printed; '' where none."""


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WORDING = "wording"
    TEMPLATE = "template"
    ROUNDING = "rounding"


@dataclass(frozen=True)
class Discrepancy:
    """What a report says that does not agree with what it says elsewhere. A finding, never an exception."""

    rule: str
    """What must hold, as a name: `parts_sum_to_total`."""
    severity: Severity
    message: str
    """Chinese, for the reader, with the numbers in it."""
    sources: tuple[Source, ...]
    expected: str = ""
    actual: str = ""
    formula: str = ""
