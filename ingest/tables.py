"""Pages with grids → Tables: titled, unit known, pages joined, halves parted, every row with its label path."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.account import form_of
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Source
from corpus.fact import Origin
from corpus.number import is_blank
from ingest.captions import joined, squeezed, unit_in
from ingest.columns import Band, Role, bands_of
from ingest.forms import Entry, entries_of, is_form, row_cells_of, row_words
from ingest.join import Joined, Placed, joined_tables
from ingest.labels import Cells, Row
from ingest.page import Page
from ingest.rows import rows_of


@dataclass(frozen=True)
class Table:
    """A table that is understood: what each column and each row of each half is."""

    id: str
    disclosure: str
    file: str
    title: str
    form: str
    unit: str
    note: str
    origin: Origin
    drawn: Joined
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...] = ()
    """Figures of a form (自评表), which has no bands."""

    @property
    def sources(self) -> tuple[Source, ...]:
        place = next((cell.place for cell in self.drawn.cells if cell.place), "")
        if place:
            return (Source(self.file, 0, None, place),)
        return tuple(Source(self.file, page, box) for page, box in self.drawn.parts)

    @property
    def page(self) -> int:
        return self.drawn.parts[0][0]

    def source(self, cell: Placed) -> Source:
        return Source(self.file, 0, None, cell.place) if cell.place else Source(self.file, cell.page, cell.box)

    @property
    def called(self) -> str:
        """How a reader is told which table: its title, or where it stands."""
        where = self.sources[0]
        return f"《{self.title}》" if self.title else f"第{where.page}页的表格" if where.page else f"{where.place}处的表格"


def tables_of(pages: Iterable[Page], disclosure: Disclosure) -> Iterator[Table]:
    """Every table of a document, one page held at a time."""
    for number, drawn in enumerate(joined_tables(pages), start=1):
        yield understood(drawn, disclosure, number)


def understood(drawn: Joined, disclosure: Disclosure, number: int) -> Table:
    """Read header, halves and rows of one joined table."""
    entries = tuple(entries_of(drawn)) if is_form(drawn) else ()
    bands = () if entries else bands_of(drawn)
    unit = drawn.unit or _unit_elsewhere(drawn)
    return Table(
        f"{disclosure.id}-t{number}",
        disclosure.id,
        disclosure.file,
        drawn.title,
        form_of(drawn.title),
        unit,
        drawn.note,
        drawn.origin,
        replace(drawn, unit=unit),
        bands,
        rows_of(drawn, bands),
        entries,
    )


def _unit_elsewhere(drawn: Joined) -> str:
    """A unit stated in the header or in the note (注：本表金额单位为万元)."""
    header = [cell.text for cell in drawn.cells if cell.row < drawn.head]
    return next((unit for text in (*header, drawn.note, drawn.title) if (unit := unit_in(text))), "")


def rows_as_text(table: Table) -> tuple[Chunk, ...]:
    """One chunk a printed row: 标题 行名 列名:值 …, so that a row is found by its words and shown with its box."""
    if table.entries:
        return _form_rows_as_text(table)
    cells = Cells(table.drawn)
    chunks: list[Chunk] = []
    for row in table.rows:
        text, printed = _row_text(table, cells, row)
        if text and printed:
            number = f"{table.id}-r{row.index}" + (f"-{row.half}" if row.half else "")
            source = _row_source(table, printed)
            chunks.append(
                Chunk(number, table.disclosure, ChunkKind.ROW, (table.title,) if table.title else (), text, (source,))
            )
    return tuple(chunks)


def _form_rows_as_text(table: Table) -> tuple[Chunk, ...]:
    """Rows of a form as they stand, with the merged labels beside them."""
    chunks = []
    for row in range(table.drawn.height):
        printed = row_cells_of(table.drawn, row)
        if len(printed) > 1:
            text = " ".join(filter(None, (table.title, row_words(table.drawn, row))))
            heads = (table.title,) if table.title else ()
            number = f"{table.id}-r{row}"
            chunks.append(Chunk(number, table.disclosure, ChunkKind.ROW, heads, text, (_row_source(table, printed),)))
    return tuple(chunks)


def _row_text(table: Table, cells: Cells, row: Row) -> tuple[str, list[Placed]]:
    """Row label, then each column's header with what the row prints under it; '' for a row that prints no value."""
    band = table.bands[row.band]
    printed = [
        (column.header, cell)
        for column in band.of_half(row.half, Role.VALUE, Role.TEXT)
        if (cell := cells.covering(row.index, column.index)) and not is_blank(cell.text)
    ]
    labels = band.of_half(row.half, Role.CODE, Role.NAME)
    label_cells = [cell for column in labels if (cell := cells.covering(row.index, column.index)) and cell.text.strip()]
    if not printed and not (label_cells and len(label_cells) > 1 and not row.code):
        return "", []
    words = [table.title, row.code, " ".join(row.path)]
    words += [f"{'·'.join(header)}:{joined(cell.text)}{_unit_word(table, cell)}" for header, cell in printed]
    return " ".join(word for word in words if word), [*label_cells, *(cell for _, cell in printed)]


def _unit_word(table: Table, cell: Placed) -> str:
    return (
        table.unit if table.unit and squeezed(cell.text).replace(",", "").replace(".", "").lstrip("-").isdigit() else ""
    )


def _row_source(table: Table, printed: list[Placed]) -> Source:
    first = printed[0]
    if first.place:
        return Source(table.file, 0, None, first.place)
    boxes = [cell.box for cell in printed if cell.page == printed[-1].page]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Source(table.file, printed[-1].page, box)
