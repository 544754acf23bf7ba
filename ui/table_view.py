"""Facts of one table → the table drawn again, each figure a way to its place on the page; and as rows to download. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.account import FORMS
from corpus.disclosure import Disclosure, Source
from corpus.fact import Fact, Origin
from corpus.table import TableInfo
from qa.reply import Citation
from ui.check_view import downloads_html
from ui.export import Listing, made_from
from ui.render import cite_data, text
from ui.shelf_view import SIGNS

Path = tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """Neighbouring columns whose rows go by the same names; income and expenditure side by side are two panels."""

    columns: tuple[int, ...]
    named: bool
    """False where the columns' heads already say what each figure is (the 三公 form): then rows have no names."""
    coded: bool
    """Rows have codes of accounts."""


def tables_html(tables: Sequence[TableInfo], facts: Sequence[Fact], disclosure: Disclosure) -> str:
    """The tables of a report to choose from, the nine standard forms first, with their sums' verdict in sign and word."""
    counts = Counter(fact.table_id for fact in facts)
    order = sorted(tables, key=lambda table: list(FORMS).index(table.form) if table.form in FORMS else len(FORMS))
    rows = "".join(f"<li>{_choice(table, counts[table.id]) if counts[table.id] else _unread(table, disclosure)}</li>" for table in order)
    return f'<h2 class="small-head">报告里的 {len(tables)} 张表，点开可核对和下载</h2><ul class="tables">{rows}</ul>' if rows else ""


def _choice(table: TableInfo, count: int) -> str:
    return (
        f'<button type="button" data-table="{text(table.id)}"><span class="name">{text(name_of(table))}</span>'
        f'<span class="note">{_pages(table)} {count} 个格 <span class="{table.sums.name.lower()}">{SIGNS[table.sums]} {table.sums.value}</span></span></button>'
    )


def _unread(table: TableInfo, disclosure: Disclosure) -> str:
    """A table without figures: nothing to draw again, but its page can be looked at."""
    first = table.sources[0] if table.sources else Source(disclosure.file, 0)
    cited = Citation(0, disclosure.id, disclosure.file, first.page, first.box, table.note, True, first.place)
    return (
        f'<button type="button" class="unread" data-cite="{cite_data(cited)}"><span class="name">{text(name_of(table))}</span>'
        f'<span class="note">{_pages(table)} 没有数字，点开看原页</span></button>'
    )


def _pages(table: TableInfo) -> str:
    pages = sorted({source.page for source in table.sources if source.page})
    if len(pages) > 1 and pages[-1] - pages[0] == len(pages) - 1:
        return f"第{pages[0]}—{pages[-1]}页"
    return f"第{'、'.join(map(str, pages))}页" if pages else text(table.sources[0].place) if table.sources else ""


def name_of(table: TableInfo) -> str:
    return table.title or table.form or (f"第{table.sources[0].page}页的表格" if table.sources else "表格")


def table_html(table: TableInfo, facts: Sequence[Fact], disclosure: Disclosure) -> str:
    """The table as a real one, headed by its name, unit and verdict, with its downloads."""
    note = f'<p class="table-note">{text(table.note)}</p>' if table.note else ""
    doubt = '<p class="notice" role="note">带 ? 的格由图像识别读出，未能由表内合计核对，请以原页为准。</p>' if any(map(_doubtful, facts)) else ""
    panels = panels_of(facts)
    return (
        f'<section class="table-view" data-id="{text(disclosure.id)}" aria-label="{text(name_of(table))}"><h2>{text(name_of(table))}</h2>'
        f'<p class="tally-head">{_unit(table)}<span class="{table.sums.name.lower()}">{SIGNS[table.sums]} {table.sums.value}</span>　点数字看原页</p>{doubt}'
        f'<div class="scroll" tabindex="0"><table data-id="{text(disclosure.id)}" data-file="{text(disclosure.file)}">'
        f"<thead>{_heads(panels, facts)}</thead><tbody>{_body(panels, facts)}</tbody></table></div>{note}"
        f"{downloads_html(listing_of(table, facts, disclosure))}</section>"
    )


def _unit(table: TableInfo) -> str:
    return f"单位：{text(table.unit)}　" if table.unit else "未写单位　"


def panels_of(facts: Sequence[Fact]) -> tuple[Panel, ...]:
    """Columns from left to right, parted where a row's name changes."""
    columns = sorted({fact.col for fact in facts})
    named = not all(_said_by_head(fact) for fact in facts)
    names = {(fact.row, fact.col): (fact.item, fact.account) for fact in facts}
    rows = {fact.row for fact in facts}
    groups: list[list[int]] = []
    for col in columns:
        last = groups[-1][-1] if groups else None
        same = last is not None and all(names[row, last] == names[row, col] for row in rows if (row, last) in names and (row, col) in names)
        if same or (groups and not named):
            groups[-1].append(col)
        else:
            groups.append([col])
    coded = {fact.col for fact in facts if fact.account}
    return tuple(Panel(tuple(group), named, bool(coded & set(group))) for group in groups)


def _said_by_head(fact: Fact) -> bool:
    return fact.column[-len(fact.item) :] == fact.item if fact.item else True


def _heads(panels: Sequence[Panel], facts: Sequence[Fact]) -> str:
    paths = {fact.col: fact.column for fact in reversed(facts)}
    depth = max((len(path) for path in paths.values()), default=1) or 1
    return "".join(f"<tr>{''.join(_head_row(panel, paths, level, depth) for panel in panels)}</tr>" for level in range(depth))


def _head_row(panel: Panel, paths: dict[int, Path], level: int, depth: int) -> str:
    """One level of a panel's head: neighbours of the same path are one cell; a short path reaches down to the figures."""
    first = f'<th rowspan="{depth}" scope="col" class="{{}}">{{}}</th>'
    names = first.format("code", "编码") * panel.coded + first.format("name", "项目") * panel.named if level == 0 else ""
    out = [names]
    for path, group in groupby(panel.columns, key=lambda col: paths[col][: level + 1]):
        columns = list(group)
        if len(path) <= level and level:
            continue
        ends = all(len(paths[col]) == level + 1 for col in columns) or not path
        spans = [columns] if not ends or len(columns) == 1 else [[col] for col in columns]
        down = f' rowspan="{depth - level}"' if ends else ""
        out += [f'<th scope="col" colspan="{len(span)}"{down}>{text(path[-1] if path else "")}</th>' for span in spans]
    return "".join(out)


def _body(panels: Sequence[Panel], facts: Sequence[Fact]) -> str:
    cells = {(fact.row, fact.col): fact for fact in facts}
    rows = sorted({fact.row for fact in facts})
    return "".join(f"<tr>{''.join(_panel_row(panel, row, cells) for panel in panels)}</tr>" for row in rows)


def _panel_row(panel: Panel, row: int, cells: dict[tuple[int, int], Fact]) -> str:
    first = next((cells[row, col] for col in panel.columns if (row, col) in cells), None)
    item, account = (first.item, first.account) if first else ((), "")
    code = f'<td class="code">{text(account)}</td>' if panel.coded else ""
    depth = min(max(len(item) - 1, 0), 4)
    name = f'<th scope="row" class="level-{depth}">{text(item[-1] if item else "")}</th>' if panel.named else ""
    return code + name + "".join(_cell(cells.get((row, col))) for col in panel.columns)


def _cell(fact: Fact | None) -> str:
    """A blank cell stays blank: it is not zero."""
    if fact is None or not fact.text.strip():
        return "<td></td>"
    box = " ".join(f"{edge:.1f}" for edge in fact.source.box) if fact.source.box else ""
    doubt = '<sup aria-label="未核对">?</sup>' if _doubtful(fact) else ""
    at = f'data-at="{fact.source.page}" data-box="{box}" data-place="{text(fact.source.place)}" data-sure="{not doubt}"'
    return f'<td><button type="button" {at}>{text(fact.text.strip())}</button>{doubt}</td>'


def _doubtful(fact: Fact) -> bool:
    return bool(fact.text.strip()) and not fact.reliable and fact.origin is Origin.OCR


def listing_of(table: TableInfo, facts: Sequence[Fact], disclosure: Disclosure) -> Listing:
    """A row of the table a line, for a spreadsheet; for programs its figures one by one."""
    panels, cells = panels_of(facts), {(fact.row, fact.col): fact for fact in facts}
    heads = {fact.col: " › ".join(fact.column) for fact in reversed(facts)}
    columns = tuple(head for panel in panels for head in (*_label_heads(panel), *(heads[col] for col in panel.columns)))
    rows = tuple(tuple(cell for panel in panels for cell in _line(panel, row, cells)) for row in sorted({fact.row for fact in facts}))
    about = (*made_from([disclosure]), ("报告", disclosure.title), ("页", _pages(table)), ("表", name_of(table)), ("单位", table.unit or "未写"), ("表内合计", table.sums.value))
    data = {"table": name_of(table), "unit": table.unit, "columns": list(columns), "rows": [list(row) for row in rows]}
    return Listing(name_of(table), about, columns, rows, data, frozenset(_figure_columns(panels)))


def _figure_columns(panels: Sequence[Panel]) -> Iterator[int]:
    at = 0
    for panel in panels:
        at += panel.coded + panel.named
        yield from range(at, at + len(panel.columns))
        at += len(panel.columns)


def _label_heads(panel: Panel) -> tuple[str, ...]:
    return ("编码",) * panel.coded + ("项目",) * panel.named


def _line(panel: Panel, row: int, cells: dict[tuple[int, int], Fact]) -> tuple[str, ...]:
    first = next((cells[row, col] for col in panel.columns if (row, col) in cells), None)
    labels = ((first.account if first else "",) if panel.coded else ()) + ((" › ".join(first.item) if first else "",) if panel.named else ())
    return (*labels, *(cells[row, col].text.strip() if (row, col) in cells else "" for col in panel.columns))
