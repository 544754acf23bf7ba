"""Systems under test: a name, the files and a model → a function from a case to the JSON object that it gives."""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from corpus.errors import FileError, SettingError
from corpus.picture import draw
from corpus.settings import load_settings
from corpus.shelf import Shelf
from evals.case import AuditCase, Case, QaCase

if TYPE_CHECKING:
    from qa.llm import Model

ROOT = Path(__file__).resolve().parents[1]
SYSTEMS = ("mingzhang", "baseline")
Asked = Callable[[str], dict[str, Any]]
System = Callable[[Case], dict[str, Any]]
"""The thing under test: a case's question, text or file → the JSON object that `ask`, `check` or `audit` prints."""


def by_kind(ask: Asked, check: Asked, audit: Asked) -> System:
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


def open_system(name: str, files: tuple[Path, ...], model: str) -> System:
    """The system of that name over these files."""
    match name:
        case "mingzhang":
            return _mingzhang(files, model)
        case "baseline":
            return _baseline(files, model)
    raise SettingError(f"没有叫 {name} 的被测系统，可选：{'、'.join(SYSTEMS)}")


def _mingzhang(files: tuple[Path, ...], model: str) -> System:
    """The program itself, over a shelf of exactly these files."""
    from qa.llm import open_model

    return system_of(shelf_of(files), open_model(load_settings(model=model)))


def system_of(shelf: Shelf, words: "Model | None" = None) -> System:
    """The program over this shelf, its answers worded by a model or not."""
    from qa.render import as_json
    from qa.replies import final

    return by_kind(lambda question: as_json(final(question, shelf, words)), _checker(shelf), _auditor(shelf))


def _checker(shelf: Shelf) -> Asked:
    def check_text(text: str) -> dict[str, Any]:
        from qa import check

        return check.as_json(check.check(text, shelf))

    return check_text


def _auditor(shelf: Shelf) -> Asked:
    def audit_file(file: str) -> dict[str, Any]:
        from qa import audit

        disclosure = next(d for d in shelf.disclosures() if d.file == file)
        return audit.as_json(audit.audit(disclosure.id, shelf))

    return audit_file


def _complete(model: str) -> Callable[[str], str] | None:
    """The model that words answers; None for `none`."""
    if model == "none":
        return None
    from qa.llm import open_model

    return open_model(load_settings(model=model))


def shelf_of(files: tuple[Path, ...]) -> Shelf:
    """A shelf that holds exactly these files: the one kept from before, where they and the program are the same."""
    folder = cache() / fingerprint(files)
    shelf = Shelf.open(load_settings(shelf=folder, database_url="", chroma_url=""))  # never the readers' own, whatever the environment names
    here = {disclosure.file for disclosure in shelf.disclosures()}
    for file in files:
        if file.name not in here:
            _shelve(shelf, file)
    return shelf


def _shelve(shelf: Shelf, file: Path) -> None:
    """A file that cannot be read leaves the others standing: what asks for it will miss it."""
    from ingest.read import read

    try:
        shelf.save(read(file), file)
    except FileError as error:
        Console(stderr=True).print(str(error), style="yellow", highlight=False)


def _baseline(files: tuple[Path, ...], model: str) -> System:
    from evals.baseline import open_baseline

    ask = open_baseline(cache() / f"baseline-{fingerprint(files, folders=())}", files, _complete(model))
    return by_kind(ask, _cannot, _cannot)


def _cannot(text: str) -> dict[str, Any]:
    raise SettingError("对照系统 baseline 只会问答，不会核查和体检")


def fingerprint(files: Iterable[Path], more: str = "", folders: Iterable[str] = ("corpus", "ingest")) -> str:
    """A name for files, by name and content, together with the parts of the program that read them."""
    digest = hashlib.sha256(more.encode())
    program = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    for file in [*files, *program]:
        digest.update(file.name.encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def cache() -> Path:
    """Where shelves of evaluations are kept; `MINGZHANG_CACHE` moves it."""
    base = os.environ.get("MINGZHANG_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mingzhang" / "evals"


def pictures(files: tuple[Path, ...]) -> Callable[[str, int], bytes | None]:
    """Pages of the files as PNG, for the HTML report; None where there is no such page."""
    known = {file.name: file for file in files if file.suffix.lower() == ".pdf"}

    def picture(name: str, page: int) -> bytes | None:
        try:
            return draw(known[name], page, dpi=80) if name in known else None
        except FileError:
            return None

    return picture
