"""Lines of a ledger → rows and headers of sheets: what the forms have in common."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from corpus.disclosure import Kind
from evals.ledger import Fund, Ledger, Line
from evals.synth_page import Cell, Head, Sheet, Style

ZERO = Decimal(0)
BASIS = {Kind.FINAL: "决算", Kind.BUDGET: "预算"}
Amounts = tuple[Decimal | None, ...]
"""By column; None where the form has nothing to print."""


def of_funds(lines: Iterable[Line], *funds: Fund) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.fund in funds)


def three(line: Line) -> Amounts:
    return (line.amount, line.basic, line.project)


def _corner(ledger: Ledger, style: Style) -> str:
    return f"编制部门：{ledger.publisher}" if style.kind is Kind.BUDGET else f"部门：{ledger.publisher}"


def sheet(
    ledger: Ledger, style: Style, form: str, title: str, header: Sequence[Sequence[Head]], widths: Sequence[int], rows: Iterable[tuple[Cell, ...]],
    notes: tuple[str, ...] = (), unit: str = "",
) -> Sheet:  # fmt: skip
    return Sheet(form, title, unit or style.unit, _corner(ledger, style), tuple(map(tuple, header)), tuple(widths), tuple(rows), notes)


def codes(
    ledger: Ledger, style: Style, form: str, title: str, columns: tuple[str, ...], lines: tuple[Line, ...], amounts_of: Callable[[Line], Amounts], over: str = "",
) -> Sheet:  # fmt: skip
    """类, 款 and 项 with their sums, the whole first (决算) or last (预算)."""
    names = tuple((over, column) if over else (column,) for column in columns)
    rows = [code_row(style, code, path, summed(amounts_of(line) for line in own), names) for code, path, own in levels(lines)]
    whole = total_row(style, summed(amounts_of(line) for line in lines), names)
    rows = [*rows, whole] if style.kind is Kind.BUDGET else [whole, *rows]
    digits = 1 if style.joined else 3
    return sheet(ledger, style, form, title, code_header(style, columns, over), (*((10,) if digits == 1 else (5, 4, 4)), 26, *(14,) * len(columns)), rows)


def code_header(style: Style, columns: tuple[str, ...], over: str) -> tuple[tuple[Head, ...], ...]:
    if style.joined:
        return (Head("项目", 2), *(Head(column, 1, 2) for column in columns)), (Head("功能分类科目编码"), Head("科目名称"))
    return (
        (Head("项目", 4), Head(over, len(columns))),
        (Head("功能分类科目编码", 3), Head("功能分类科目名称", 1, 2), *(Head(column, 1, 2) for column in columns)),
        (Head("类"), Head("款"), Head("项")),
    )


def levels(lines: Iterable[Line]) -> list[tuple[str, tuple[str, ...], list[Line]]]:
    """Codes of 3, 5 and 7 digits in order, each with its names and the lines under it."""
    found: dict[str, tuple[tuple[str, ...], list[Line]]] = {}
    for line in lines:
        for depth, size in enumerate((3, 5, 7), 1):
            found.setdefault(line.code[:size], (line.path[:depth], []))[1].append(line)
    return [(code, *found[code]) for code in sorted(found)]


def summed(parts: Iterable[Amounts]) -> Amounts:
    """Column by column; a column in which nothing stands stays empty."""
    return tuple(sum((a for a in column if a is not None), ZERO) if any(a is not None for a in column) else None for column in zip(*parts, strict=True))


def figure(style: Style, amount: Decimal | None, item: tuple[str, ...], account: str, column: tuple[str, ...], basis: str = "", unit: str = "") -> Cell:
    text = "" if amount is None else style.money(amount, unit)
    return Cell(text, item, account, column, basis or BASIS[style.kind])


def code_row(style: Style, code: str, path: tuple[str, ...], amounts: Amounts, columns: Sequence[tuple[str, ...]]) -> tuple[Cell, ...]:
    codes = (code,) if style.joined else (code[:3], code[3:5], code[5:])
    figures = (figure(style, amount, path, code, column) for amount, column in zip(amounts, columns, strict=True))
    return (*map(Cell, codes), Cell(path[-1]), *figures)


def total_row(style: Style, amounts: Amounts, columns: Sequence[tuple[str, ...]]) -> tuple[Cell, ...]:
    figures = (figure(style, amount, ("合计",), "", column) for amount, column in zip(amounts, columns, strict=True))
    return (Cell("") if style.joined else Cell(""), *(() if style.joined else (Cell(""), Cell(""))), Cell("合计"), *figures)
