"""A series of figures → a bar chart, a small table and its data to download. Pure."""

from collections.abc import Callable
from decimal import Decimal
from urllib.parse import quote

from corpus.amount import Amount, plain
from qa.reply import Point

ROW, TOP, NAME, BAR, WIDTH = 30, 6, 170, 300, 620
"""Pixels: height of a row, margin above, room for the name, longest bar, whole width."""
NAME_LENGTH = 12


def series_html(series: tuple[Point, ...], text: Callable[[str], str]) -> str:
    """Chart, then the same figures as a table on demand, then a CSV file."""
    if len(series) < 2:
        return ""
    chart = _bars_html(series, text) if _comparable(series) else ""
    opened = "" if chart else " open"
    return (
        f'<figure class="series">{chart}<details{opened}><summary>数据表</summary>{_table_html(series, text)}'
        f'</details><a class="download" download="数据.csv" href="{_csv_link(series)}">下载数据（CSV）</a></figure>'
    )


def _comparable(series: tuple[Point, ...]) -> bool:
    """Bars need one base of units and no figure below zero."""
    return len({point.amount.unit.base for point in series}) == 1 and all(p.amount.value >= 0 for p in series)


def _bars_html(series: tuple[Point, ...], text: Callable[[str], str]) -> str:
    largest = max(point.amount.value for point in series) or Decimal(1)
    rows = "".join(_bar_html(i, point, largest, text) for i, point in enumerate(series))
    label = text("；".join(f"{point.name} {point.amount}" for point in series))
    height = TOP * 2 + ROW * len(series)
    return f'<svg class="bars" role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {height}">{rows}</svg>'


def _bar_html(row: int, point: Point, largest: Decimal, text: Callable[[str], str]) -> str:
    top = TOP + ROW * row
    width = max(2, int(point.amount.value / largest * BAR))
    name = point.name if len(point.name) <= NAME_LENGTH else point.name[: NAME_LENGTH - 1] + "…"
    return (
        f'<text class="name" x="{NAME - 10}" y="{top + 19}" text-anchor="end">{text(name)}</text>'
        f'<rect x="{NAME}" y="{top + 5}" width="{width}" height="{ROW - 10}" rx="3"></rect>'
        f'<text class="amount" x="{NAME + width + 8}" y="{top + 19}">{text(str(point.amount))}</text>'
    )


def _table_html(series: tuple[Point, ...], text: Callable[[str], str]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{text(point.name)}</th><td>{text(str(point.amount))}</td></tr>' for point in series
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _csv_link(series: tuple[Point, ...]) -> str:
    """A data link: nothing is kept on the server. The byte order mark lets Excel read it as UTF-8."""
    lines = ["名称,数值,单位", *(_csv_line(point.name, point.amount) for point in series)]
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + "\r\n".join(lines), safe="")


def _csv_line(name: str, amount: Amount) -> str:
    """A leading sign of a formula is defused: the names come from documents."""
    safe = "'" + name if name[:1] in "=+-@\t" else name
    return '"{}",{},{}'.format(safe.replace('"', '""'), plain(amount.number).replace(",", ""), amount.unit)
