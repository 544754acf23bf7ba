"""The running program beside a model that fails in every way: the answer without it comes, with a sentence that says so."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.test_operations import Running, run
from tests.qa.small_report import small_shelf
from tests.qa.test_llm import SLOW, Answer, Handler, chunk, cut, drip, keep_on, served

QUESTION = "2024年公务接待费花了多少？"
WAYS: dict[str, Answer] = {
    "refuses": lambda handler: handler.write(429, "{}"),
    "breaks": lambda handler: handler.write(500, "{}"),
    "says something else": lambda handler: handler.write(200, "<html>维护中</html>"),
    "says nothing": lambda handler: handler.write(200, "data: [DONE]\n\n", "text/event-stream"),
    "says half": cut,
    "never ends": lambda handler: keep_on(handler, chunk("字")),
    "never ends its head": lambda handler: drip(handler, SLOW["a header"]),
    "only breathes": lambda handler: keep_on(handler, ": ping\n\n"),
}


@pytest.fixture(scope="module")
def way() -> list[str]:
    """In which way the model fails now."""
    return [""]


@pytest.fixture(scope="module")
def server(way: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("model")
    small_shelf(folder / "read").close()
    shutil.move(folder / "read" / "shelf", folder / "shelf")

    def fails(handler: Handler) -> None:
        WAYS[way[0]](handler)

    with served(fails) as (url, seen):
        running = run(folder, MINGZHANG_MODEL="m", MINGZHANG_MODEL_URL=url, MINGZHANG_TIMEOUT="2")
        yield running
        running.stop()
        assert len(seen) >= len(WAYS), "it was asked each time"


@pytest.mark.parametrize("how", WAYS)
def test_a_model_that_fails_costs_a_notice_never_the_answer(server: Running, way: list[str], how: str) -> None:
    way[0] = how
    reply = httpx.post(f"{server.address}api/ask", json={"question": QUESTION}, timeout=120).json()
    assert (reply["status"], reply["values"][0]["value"]) == ("answered", "1.28") and not reply["worded"]
    assert "1.28万元" in reply["answer"] and reply["citations"]
    assert any("以下为不经模型的答案" in notice or "不用模型" in notice for notice in reply["notices"]), reply["notices"]


def test_a_model_that_is_down_costs_a_notice_never_the_answer(server: Running, tmp_path: Path) -> None:
    shutil.copytree(server.out.parent / "shelf", tmp_path / "shelf")
    running = run(tmp_path, MINGZHANG_MODEL="m", MINGZHANG_MODEL_URL="http://127.0.0.1:9/v1", MINGZHANG_TIMEOUT="2")
    try:
        reply = httpx.post(f"{running.address}api/ask", json={"question": QUESTION}, timeout=120).json()
    finally:
        running.stop()
    assert reply["values"][0]["value"] == "1.28" and "连不上语言模型接口" in "".join(reply["notices"])
