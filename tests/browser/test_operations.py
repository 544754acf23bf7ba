"""The program as an operator runs it, in a process of its own, with no way out of this machine: its log, its warnings, its clients."""

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from mcp import Client, StdioServerParameters

from tests.qa.small_report import small_shelf

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
KEY, PASSWORD, QUESTION = "sk-planted-key", "planted-password", "2024年公务接待费花了多少？"
TEXT = "某市甲区财政局2024年“三公”经费支出5.28万元。planted-claim"
AUTH = ("x", PASSWORD)


class Echo(BaseHTTPRequestHandler):
    """A model's server that refuses, and repeats the key and the whole request in its refusal, as some do."""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        said = json.dumps({"error": {"message": f"{self.headers['Authorization']} is wrong; you asked {asked}"}}).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Running:
    """A server of the program."""

    address: str
    out: Path
    tried: Path
    stop: Callable[[], None]

    def lines(self) -> list[dict[str, object]]:
        """Its log: whatever was said that is not a line of JSON is a sentence for whoever started it."""
        return [json.loads(line) for line in self.out.read_text(encoding="utf-8").splitlines() if line.startswith("{")]


def run(folder: Path, *options: str, **settings: str) -> Running:
    """Starts `mingzhang serve` and waits until it says where it listens."""
    out, tried = folder / "out.txt", folder / "tried.txt"
    tried.touch()
    known = {name: value for name, value in os.environ.items() if not name.startswith("MINGZHANG_")}
    with out.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/browser/closed.py"), str(tried), "serve", "--port", "0", *options],
            stdout=file, stderr=subprocess.STDOUT, cwd=folder, env={**known, "MINGZHANG_SHELF": str(folder / "shelf"), "COLUMNS": "300", **settings},
        )  # fmt: skip

    def stop() -> None:
        process.terminate()
        process.wait(timeout=120)

    pause = threading.Event()
    while not (found := re.search(r"明账已启动：(http\S+?)（", out.read_text(encoding="utf-8"))):
        assert process.poll() is None, out.read_text(encoding="utf-8")
        pause.wait(0.1)
    return Running(f"{found[1]}/", out, tried, stop)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf to copy: it is read once."""
    folder = tmp_path_factory.mktemp("read")
    small_shelf(folder).close()
    return folder / "shelf"


@pytest.fixture(scope="module")
def server(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """With a password, a model that refuses, MCP, and the log as JSON; already asked, checked and audited."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(shelf, folder / "shelf")
    model = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=model.serve_forever, daemon=True).start()
    running = run(
        folder, "--mcp", MINGZHANG_LOG="json", MINGZHANG_PASSWORD=PASSWORD, MINGZHANG_MODEL="m", MINGZHANG_MODEL_KEY=KEY,
        MINGZHANG_MODEL_URL=f"http://127.0.0.1:{model.server_address[1]}/v1",
    )  # fmt: skip
    try:
        use(running.address)
        yield running
    finally:
        running.stop()
        model.shutdown()
        model.server_close()


def use(address: str) -> None:
    """As readers and programs do, rightly and wrongly."""
    with httpx.Client(base_url=address, auth=AUTH, timeout=120) as web:
        asked = web.post("api/ask", json={"question": QUESTION}, headers={"X-Request-ID": "ask-1"}).json()
        assert asked["values"][0]["value"] == "1.28" and "密钥不对（401）" in "".join(asked["notices"])
        assert web.post("api/ask", json={"question": f"planted-question {QUESTION}"}).json()["status"] == "refused"
        event = web.post("gradio_api/call/ask", json={"data": [QUESTION]}, headers={"X-Request-ID": "ask-2"}).json()["event_id"]
        assert "complete" in web.get(f"gradio_api/call/ask/{event}").text
        assert web.post("api/check_claims", json={"text": TEXT}, headers={"X-Request-ID": "check-1"}).json()["claims"][0]["verdict"] == "refuted"
        report = web.post("api/list_disclosures", json={}).json()["disclosures"][0]["id"]
        assert web.post("api/audit_report", json={"report": report}).json()["checked"]
        assert web.post("api/find_figure", json={"publisher": "planted", "year": "planted", "planted": 1}).status_code == 400
        assert web.get("", params={"q": QUESTION}).status_code == 200
        assert web.get("", auth=("x", "planted-wrong-password")).status_code == 401
        assert web.get("", params={"q": "planted-link"}).status_code == 200
        assert web.post("api/ask", content=b'{"question": "planted', headers={"Content-Type": "application/json"}).status_code == 400


def test_every_line_of_the_log_is_json_with_its_request(server: Running) -> None:
    lines = server.lines()
    assert all({"event", "level", "time", "logger"} <= line.keys() for line in lines)
    for id, event in (("ask-1", "ask"), ("ask-1", "model"), ("ask-1", "request"), ("ask-2", "ask"), ("ask-2", "model"), ("check-1", "check")):
        assert any(line["event"] == event and line.get("request_id") == id for line in lines), f"{event} of {id}, in the queue's worker too"
    said = [line for line in server.out.read_text(encoding="utf-8").splitlines() if not line.startswith("{")]
    assert [line.partition("：")[0] for line in said] == ["明账已启动", "MCP 工具"], "nothing is printed beside the log"


def test_no_question_text_password_or_key_is_in_the_log(server: Running) -> None:
    log = server.out.read_text(encoding="utf-8")
    assert any(line["event"] == "model" and line.get("error") == "ModelError" for line in server.lines()), "the model was asked and did refuse"
    assert "planted" not in log and "公务接待费" not in log


def test_nothing_but_this_machine_is_asked_for_anything(server: Running) -> None:
    assert server.tried.read_text(encoding="utf-8") == ""


def test_the_way_out_is_really_closed(tmp_path: Path) -> None:
    tried = tmp_path / "tried.txt"
    script = "import socket\ntry:\n socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError as e:\n print(e)"
    hook = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path; from tests.browser.closed import close; close(Path({str(tried)!r}))"
    done = subprocess.run([sys.executable, "-c", f"{hook}\n{script}"], capture_output=True, text=True, check=True)
    assert "closed by the test" in done.stdout and "192.0.2.1" in tried.read_text(encoding="utf-8")


def examples() -> list[str]:
    """The clients that the README shows."""
    return re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("package", "printed"), [("httpx", "1.28"), ("gradio_client", "1.28"), ("mcp", "÷")])
def test_the_clients_in_the_readme_work_as_they_stand(open_server: Running, package: str, printed: str) -> None:
    (code,) = [block for block in examples() if f"import {package}" in block or f"from {package}" in block]
    assert "http://127.0.0.1:7860" in code
    code = code.replace("http://127.0.0.1:7860/", open_server.address)
    done = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert printed in done.stdout and "第" in done.stdout


@pytest.fixture(scope="module")
def open_server(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Listening to all, without a password: said in a warning. (Its address is still this machine's.)"""
    folder = tmp_path_factory.mktemp("open")
    shutil.copytree(shelf, folder / "shelf")
    running = run(folder, "--mcp", "--host", "0.0.0.0")
    running.address = running.address.replace("0.0.0.0", "127.0.0.1")
    yield running
    running.stop()


def test_an_open_page_does_not_keep_a_server_from_ending(shelf: Path, tmp_path: Path) -> None:
    """A page holds a connection that has no end; `stop` waits two minutes."""
    shutil.copytree(shelf, tmp_path / "shelf")
    running = run(tmp_path)
    with httpx.stream("GET", f"{running.address}gradio_api/heartbeat/visit", timeout=120) as page:
        said = page.iter_text()  # held: without it the connection would be closed
        assert "ALIVE" in next(said)
        running.stop()
    assert "ASGI" not in running.out.read_text(encoding="utf-8"), "whoever stops a server is told of no error"


def test_listening_to_the_world_without_a_password_is_warned_of_in_chinese(open_server: Running) -> None:
    said = open_server.out.read_text(encoding="utf-8")
    assert "注意：程序在 0.0.0.0 上监听" in said and "没有设密码" in said


def test_without_a_setting_it_listens_to_this_machine_alone_and_says_no_warning(server: Running) -> None:
    assert server.address.startswith("http://127.0.0.1:") and "注意" not in server.out.read_text(encoding="utf-8")


def test_tools_are_had_over_standard_streams_too(shelf: Path, tmp_path: Path) -> None:
    shutil.copytree(shelf, tmp_path / "shelf")
    script = [str(ROOT / "tests/browser/closed.py"), str(tmp_path / "tried.txt"), "serve", "--mcp", "--stdio"]

    async def work() -> str:
        started = StdioServerParameters(command=sys.executable, args=script, env={"MINGZHANG_SHELF": str(tmp_path / "shelf"), "HOME": str(tmp_path)})
        async with Client(started) as tools:
            found = await tools.call_tool("find_figure", {"publisher": "甲区财政局", "year": 2024, "item": "公务接待费"})
            return str(found.structured_content["answer"])

    with ThreadPoolExecutor(1) as thread:  # the browser's driver holds a loop in this one
        assert "1.28万元" in thread.submit(lambda: asyncio.run(work())).result()


def test_the_command_in_the_readme_that_asks_by_curl_is_whole(open_server: Running) -> None:
    (line,) = [line.strip().removeprefix("$ ") for line in README.splitlines() if line.strip().startswith("$ curl")]
    words = shlex.split(line)
    assert words[0] == "curl" and json.loads(words[words.index("-d") + 1])["question"]
    address = next(word for word in words if word.startswith("http")).replace("http://127.0.0.1:7860/", open_server.address)
    got = httpx.post(address, content=words[words.index("-d") + 1].encode(), headers={"Content-Type": "application/json"}, timeout=120)
    assert got.status_code == 200 and got.json()["status"] in ("answered", "refused", "clarify")
