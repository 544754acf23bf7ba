"""A series of figures → a bar chart, a small table and its data to download. Pure."""

from collections.abc import Callable
from decimal import Decimal
from urllib.parse import quote

from corpus.amount import Amount, plain
from qa.reply import Point
from ui.export import safe

Text = Callable[[str], str]
"""Makes any text safe to stand in HTML."""


def series_html(series: tuple[Point, ...], text: Text) -> str:
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


def _bars_html(series: tuple[Point, ...], text: Text) -> str:
    """Rows of a grid rather than a drawing: on a phone the bars shrink, the print does not."""
    largest = max(point.amount.value for point in series) or Decimal(1)
    rows = "".join(_bar_html(point, largest, text) for point in series)
    label = text("；".join(f"{point.name} {point.amount}" for point in series))
    return f'<div class="bars" role="img" aria-label="{label}">{rows}</div>'


def _bar_html(point: Point, largest: Decimal, text: Text) -> str:
    share = point.amount.value / largest * 100
    bar = f'<i style="width: {share:.1f}%"></i>' if point.amount.value else ""  # the thinnest bar would be more than nothing
    return (
        f'<span class="name">{text(point.name)}</span><span class="track">{bar}</span>'
        f'<span class="amount">{text(str(point.amount))}</span>'
    )


def _table_html(series: tuple[Point, ...], text: Text) -> str:
    rows = "".join(
        f'<tr><th scope="row">{text(point.name)}</th><td>{text(str(point.amount))}</td></tr>' for point in series
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _csv_link(series: tuple[Point, ...]) -> str:
    """A data link: nothing is kept on the server. The byte order mark lets Excel read it as UTF-8."""
    lines = ["名称,数值,单位", *(_csv_line(point.name, point.amount) for point in series)]
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + "\r\n".join(lines), safe="")


def _csv_line(name: str, amount: Amount) -> str:
    """The names come from documents."""
    return '"{}",{},{}'.format(safe(name).replace('"', '""'), plain(amount.number).replace(",", ""), amount.unit)
