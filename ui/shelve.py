"""A file → on the shelf, its stages told as they come and one Chinese line at the end."""

from collections.abc import Callable
from pathlib import Path

from corpus.apart import USUAL, Apart, Limits
from corpus.record import Record
from corpus.settings import Settings
from corpus.shelf import Shelf
from ingest.kept import FOLDER
from ingest.safely import read_safely
from ui.identify import as_corrected
from ui.start import Progress, Report

SAYS = {"读页": "读取页面", "表格": "读取表格", "勾稽": "核对表内合计"}
"""What a visitor is told of each stage of reading."""


def shelver(shelf: Shelf, limits: Limits = USUAL) -> Callable[[Path, Report], str]:
    """Reads files onto this shelf."""

    def shelve(path: Path, report: Report) -> str:
        def told(stage: str, done: int, whole: int) -> None:
            report(Progress(SAYS.get(stage, stage), done, whole))

        with Apart(limits) as child:
            record = read_safely(path, child, told, shelf.folder / FOLDER)
        record = as_corrected(record, shelf)
        report(Progress("存入报告库"))
        shelf.save(record, path, lambda done, whole: report(Progress("建立索引", done, whole)))
        return summary(record)

    return shelve


def limits_of(settings: Settings) -> Limits:
    """What a process that reads may take."""
    return Limits(settings.memory, settings.page_seconds)


def summary(record: Record) -> str:
    """Which disclosure it is and how much was found in it."""
    disclosure = record.disclosure
    pages = f"{disclosure.pages} 页，" if disclosure.pages else ""
    left_out = f"；未读取：{'；'.join(record.left_out)}" if record.left_out else ""
    return f"{disclosure.title}，{pages}{len(record.tables)} 张表，{len(record.facts)} 个数字{left_out}"
