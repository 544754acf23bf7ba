"""Settings → Model: the one gate to language models. None, any OpenAI-compatible endpoint, or one on this machine.

A model is a function from a prompt to words; nothing that it says is shown before `qa.reword` has checked it. Whatever
goes wrong on the way is a `ModelError` of one Chinese line, so that the model-less answer can stand. No message and no log
line holds the key or what a server wrote back (some servers repeat the key in their refusal).
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any, Protocol

from corpus.errors import ModelError, SettingError
from corpus.settings import PREFIX, Settings

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike

NONE, LOCAL = "none", "local"
RETRIES = 1
LONGEST = 400
"""Tokens of a reply: a few sentences."""
Schema = Mapping[str, Any]
"""A JSON schema that a reply must keep to."""


class Model(Protocol):
    """A language model: prompt → words."""

    @property
    def name(self) -> str: ...

    def __call__(self, prompt: str, schema: Schema | None = None) -> str:
        """The whole reply. Raises ModelError."""

    def stream(self, prompt: str) -> Iterator[str]:
        """The reply piece by piece. Raises ModelError, also half-way."""


def open_model(settings: Settings, report: Callable[[int, int], None] | None = None) -> Model | None:
    """The model that the settings name; None for `none`. Loads and asks nothing yet, but a local model's file is looked for.

    `report` hears (bytes done, all) while a local model's file is put together for the first time.
    """
    if settings.model == NONE:
        return None
    if settings.model == LOCAL:
        from qa.local_model import LocalModel, weights

        return LocalModel(weights(settings.model_file, report), settings.threads, settings.timeout)
    if not settings.model_url:
        raise SettingError(f"模型 {settings.model} 要有接口地址：请设置 {PREFIX}MODEL_URL（形如 http://主机:端口/v1），或用 none、local")
    return Endpoint(settings)


class Endpoint:
    """A model behind an OpenAI-compatible URL: DeepSeek, Qwen, Ollama, vLLM…"""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.model
        self._url, self._key, self._timeout = settings.model_url, settings.model_key, settings.timeout

    def __call__(self, prompt: str, schema: Schema | None = None) -> str:
        with _as_model_errors(self._url):
            form = {"response_format": {"type": "json_object"}} if schema else {}
            text = str(self._begun().complete(prompt, **form).text or "")
        if not text.strip():
            raise ModelError("语言模型没有返回任何文字，以下为不经模型的答案。")
        return text

    def stream(self, prompt: str) -> Iterator[str]:
        with _as_model_errors(self._url):
            for piece in self._begun().stream_complete(prompt):
                if piece.delta:
                    yield piece.delta

    def _begun(self) -> "OpenAILike":
        """The client, whose time begins once it is made."""
        from qa.deadline import ENDS

        client = self._client
        ENDS.set(time.monotonic() + self._timeout)
        return client

    @cached_property
    def _client(self) -> "OpenAILike":
        """Made at the first question: the import takes seconds."""
        from llama_index.llms.openai_like import OpenAILike

        from qa.deadline import Punctual

        for name in ("openai", "httpx", "llama_index.llms.openai"):
            logging.getLogger(name).setLevel(logging.ERROR)  # their debug lines hold whole requests
        return OpenAILike(
            model=self.name, api_base=self._url, api_key=self._key.get_secret_value() or "none", is_chat_model=True, temperature=0.0,
            max_retries=RETRIES, max_tokens=LONGEST, context_window=8192, http_client=Punctual(),
        )  # fmt: skip


@contextmanager
def _as_model_errors(url: str) -> Iterator[None]:
    """Foreign errors as ours; `from None`, as theirs may repeat the key."""
    import httpx
    import openai

    try:
        yield
    except (openai.APITimeoutError, httpx.TimeoutException):
        raise ModelError("语言模型没有在时限内回答，以下为不经模型的答案。") from None
    except openai.APIStatusError as error:
        raise ModelError(_refused(error.status_code)) from None
    except (openai.APIConnectionError, httpx.TransportError):
        raise ModelError(f"连不上语言模型接口（{_host(url)}），以下为不经模型的答案。") from None
    except (openai.OpenAIError, JSONDecodeError, TypeError, AttributeError, IndexError, KeyError, ValueError):
        raise ModelError("语言模型接口返回的内容看不懂（不是 OpenAI 格式），请检查接口地址；以下为不经模型的答案。") from None


def _refused(status: int) -> str:
    causes = {
        401: f"密钥不对（401），请检查 {PREFIX}MODEL_KEY", 403: "没有使用权限（403）", 404: f"地址或模型名不对（404），请检查 {PREFIX}MODEL_URL、{PREFIX}MODEL",
        402: "账户余额不足（402）", 429: "请求太多或额度已用完（429），请稍后再试",
    }  # fmt: skip
    return f"语言模型接口拒绝了请求：{causes.get(status, f'服务出错（{status}）')}；以下为不经模型的答案。"


def _host(url: str) -> str:
    """Host and port alone: a URL may hold a password."""
    return url.partition("//")[2].partition("/")[0].rpartition("@")[2]
