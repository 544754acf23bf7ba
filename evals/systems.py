"""Systems under test: a name, a shelf and a model → a function from a case to the JSON object that it gives."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.errors import SettingError
from evals.case import AuditCase, Case, QaCase

SYSTEMS = ("mingzhang", "baseline")
Asked = Callable[[str], dict[str, Any]]


def by_kind(ask: Asked, check: Asked, audit: Asked) -> Callable[[Case], dict[str, Any]]:
    """One system of three functions: what a case is put to depends on its kind."""

    def put(case: Case) -> dict[str, Any]:
        match case:
            case QaCase():
                return ask(case.question)
            case AuditCase():
                return audit(case.file)
            case _:
                return check(case.text)

    return put


def open_system(name: str, shelf: Path, model: str) -> Callable[[Case], dict[str, Any]]:
    """The system of that name over the reports of a shelf."""
    raise SettingError(f"没有叫 {name} 的被测系统，可选：{'、'.join(SYSTEMS)}")


def fill_shelf(folder: Path, files: tuple[Path, ...]) -> None:
    """Read the files onto a new shelf."""
    raise NotImplementedError


def pictures(files: tuple[Path, ...]) -> Callable[[str, int], bytes | None]:
    """Pages of the files as PNG, for the HTML report."""
    return lambda file, page: None
