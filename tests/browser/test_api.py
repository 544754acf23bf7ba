"""The addresses for programs, called over HTTP as other programs call them: named endpoints, /api, MCP, /health, /metrics."""

import asyncio
import threading
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from typing import Any, cast

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from corpus.disclosure import Disclosure
from corpus.errors import ShelfError
from corpus.settings import Settings, load_settings
from corpus.shelf import Shelf
from qa.answer import answer
from qa.reply import Reply
from tests.browser.visitors import Started
from tests.qa.small_report import small_shelf
from ui.ask_screen import Answerer
from ui.site import site

client_api = pytest.importorskip("gradio_client", reason="gradio_client is not installed")
QUESTION = "2024年公务接待费花了多少？"
TEXT = "某市甲区财政局2024年“三公”经费支出5.28万元。"
TOOLS = {"list_disclosures", "find_figure", "calculate", "check_claims", "audit_report"}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = small_shelf(tmp_path_factory.mktemp("api"))
    yield opened
    opened.close()


def served(start: Started, shelf: Shelf, settings: Settings | None = None, answerer: Answerer | None = None) -> str:
    asked = answerer or (lambda question, past: answer(question, shelf, past))
    return start(site(shelf, asked, lambda path, report: "", settings or load_settings(), mcp=True))


@pytest.fixture(scope="module")
def address(start: Started, shelf: Shelf) -> str:
    return served(start, shelf)


@pytest.fixture(scope="module")
def guarded(start: Started, shelf: Shelf) -> str:
    return served(start, shelf, load_settings(password="密码1"))


# Gradio's named endpoints


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Any]:
    made = client_api.Client(address, verbose=False)
    yield made
    made.close()


def test_a_program_asks_and_gets_the_figure_with_its_page(client: Any) -> None:  # noqa: ANN401
    reply = client.predict(QUESTION, api_name="/ask")
    assert reply["status"] == "answered" and reply["values"][0]["value"] == "1.28"
    assert reply["citations"][0]["page"] == 2 and len(reply["citations"][0]["box"]) == 4


def test_a_program_finds_figures_and_works_with_them(client: Any) -> None:  # noqa: ANN401
    facts = [client.predict("甲区财政局", 2024, item, "", api_name="/find_figure")["facts"][0] for item in ("公务接待费", "三公经费")]
    assert client.predict("占比", facts, api_name="/calculate")["formula"] == "1.28万元 ÷ 4.28万元 × 100% = 29.91%"


def test_a_program_checks_a_text(client: Any) -> None:  # noqa: ANN401
    claims = client.predict(TEXT, api_name="/check")["claims"]
    assert [(claim["text"], claim["verdict"], claim["disclosed"]["value"]) for claim in claims] == [("5.28万元", "refuted", "4.28")]


def test_a_program_lists_the_reports_and_audits_one(client: Any, shelf: Shelf) -> None:  # noqa: ANN401
    listed = client.predict(api_name="/list")
    assert [row["id"] for row in listed] == [d.id for d in shelf.disclosures()]
    audited = client.predict(listed[0]["id"], api_name="/audit")
    assert audited["report"]["sha256"] == shelf.disclosures()[0].sha256 and audited["checked"]


def test_a_report_that_is_not_there_is_told_in_a_sentence(client: Any) -> None:  # noqa: ANN401
    with pytest.raises(client_api.exceptions.AppError, match="报告库里没有这份报告"):
        client.predict("没有", api_name="/audit")


def test_only_the_documented_endpoints_are_open_and_described_in_chinese(client: Any) -> None:  # noqa: ANN401
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(named) == {"/ask", "/find_figure", "/calculate", "/check", "/audit", "/list"}
    assert all(any("一" <= sign <= "龥" for sign in each["description"]) for each in named.values())


# plain JSON


def post(address: str, name: str, given: object, **more: Any) -> httpx.Response:  # noqa: ANN401
    return httpx.post(f"{address}api/{name}", json=given, timeout=120, **more)


def test_one_post_asks(address: str) -> None:
    reply = post(address, "ask", {"question": QUESTION})
    assert reply.status_code == 200 and reply.json()["values"][0]["value"] == "1.28"


def test_what_is_wrong_with_a_call_is_said_in_chinese(address: str) -> None:
    wrong = post(address, "find_figure", {"publisher": "甲区财政局"})
    assert wrong.status_code == 400 and "缺少参数 year（年度" in wrong.json()["error"]
    assert "没有“nope”" in post(address, "nope", {}).json()["error"]
    assert "JSON 对象" in post(address, "ask", [1]).json()["error"]
    form = httpx.post(f"{address}api/ask", data={"question": QUESTION}, timeout=120)
    assert form.status_code == 400 and "application/json" in form.json()["error"], "another site's form must not ask"


def test_the_page_of_the_api_names_every_function_and_asks_no_other_host(address: str) -> None:
    page = httpx.get(f"{address}api", timeout=120).text
    assert all(f"/api/{name}" in page for name in (*TOOLS, "ask"))
    assert "http" not in page and "src=" not in page and "@import" not in page


def test_eight_at_once_all_get_their_answer(address: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        replies = list(threads.map(lambda _: post(address, "ask", {"question": QUESTION}), range(24)))
    assert {reply.status_code for reply in replies} == {200}
    assert {reply.json()["values"][0]["value"] for reply in replies} == {"1.28"}


@pytest.fixture
def slow(start: Started, shelf: Shelf) -> Iterator[tuple[str, threading.Event, threading.Event]]:
    """A site with one place to be answered and one to wait; its address, when an answer has begun, and what lets it end."""
    begun, go_on = threading.Event(), threading.Event()

    def answerer(question: str, past: tuple[Reply, ...]) -> Reply:
        begun.set()
        go_on.wait(120)
        return answer(question, shelf, past)

    yield served(start, shelf, load_settings(concurrency=1, queue=1), answerer), begun, go_on
    go_on.set()


def test_who_comes_when_the_queue_is_full_is_turned_away_in_chinese_and_who_waited_is_answered(slow: tuple[str, threading.Event, threading.Event]) -> None:
    address, begun, go_on = slow
    with ThreadPoolExecutor(8) as threads:
        calls = [threads.submit(post, address, "ask", {"question": QUESTION})]
        assert begun.wait(120)
        calls += [threads.submit(post, address, "ask", {"question": QUESTION}) for _ in range(4)]
        turned = list(islice(as_completed(calls, timeout=120), 3))
        assert {future.result().status_code for future in turned} == {429}, "one is answered, one waits, three are too many"
        assert all("排队已满" in future.result().json()["error"] for future in turned)
        go_on.set()
        assert [future.result().status_code for future in calls if future not in turned] == [200, 200]
    counted = httpx.get(f"{address}metrics", timeout=120).text
    assert 'mingzhang_turned_away_total{limit="queue"} 3.0' in counted


def test_a_full_queue_of_the_page_is_said_in_chinese_too(slow: tuple[str, threading.Event, threading.Event]) -> None:
    address, begun, go_on = slow

    def join() -> httpx.Response:
        return httpx.post(f"{address}gradio_api/call/ask", json={"data": [QUESTION]}, timeout=120)

    assert join().status_code == 200 and begun.wait(120)
    assert join().status_code == 200
    full = join()
    assert full.status_code == 429 and "排队已满" in full.json()["detail"]


# limits


def test_a_file_over_the_limit_is_refused_in_chinese(start: Started, shelf: Shelf) -> None:
    address = served(start, shelf, load_settings(file_limit=1))
    sent = httpx.post(f"{address}gradio_api/upload", files={"files": ("大.pdf", b"%PDF" + bytes(1_200_000))}, timeout=120)
    assert sent.status_code == 413 and sent.json()["detail"] == "文件太大，最大 1 MB。"
    small = httpx.post(f"{address}gradio_api/upload", files={"files": ("小.pdf", b"%PDF")}, timeout=120)
    assert small.status_code == 200


# MCP


def with_tools(address: str, work: Any, **http: Any) -> Any:  # noqa: ANN401
    """What a client's work gives, over a connection of its own; in a thread of its own, as the browser's driver holds a loop in this one."""

    async def run() -> Any:  # noqa: ANN401
        async with httpx2.AsyncClient(timeout=120, **http) as web, Client(streamable_http_client(f"{address}mcp", http_client=web)) as tools:
            return await work(tools)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()


def test_the_tools_are_these_five_described_in_chinese(address: str) -> None:
    async def listed(tools: Client) -> Any:  # noqa: ANN401
        return (await tools.list_tools()).tools

    found = with_tools(address, listed)
    assert {tool.name for tool in found} == TOOLS
    for tool in found:
        described = [tool.description, *(rule["description"] for rule in tool.input_schema["properties"].values())]
        assert all(any("一" <= sign <= "龥" for sign in words) for words in described), tool.name
        assert tool.annotations.read_only_hint


def test_a_model_finds_two_figures_and_has_their_share_worked_out(address: str) -> None:
    async def work(tools: Client) -> Any:  # noqa: ANN401
        async def fact(item: str) -> str:
            found = await tools.call_tool("find_figure", {"publisher": "甲区财政局", "year": 2024, "item": item})
            assert found.structured_content["citations"][0]["page"] == 2
            return str(found.structured_content["facts"][0])

        return await tools.call_tool("calculate", {"operation": "占比", "facts": [await fact("公务接待费"), await fact("三公经费")]})

    share = with_tools(address, work)
    assert not share.is_error and share.structured_content["formula"] == "1.28万元 ÷ 4.28万元 × 100% = 29.91%"
    assert "29.91" in share.content[0].text, "also as text, for clients that read only that"


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [("find_figure", {"year": 2024}, "缺少参数 publisher"), ("audit_report", {"report": "没有"}, "报告库里没有这份报告"), ("drop_table", {}, "没有工具“drop_table”")],
)  # fmt: skip
def test_a_tool_that_cannot_do_it_says_so_in_chinese(address: str, tool: str, arguments: dict[str, object], told: str) -> None:
    async def work(tools: Client) -> Any:  # noqa: ANN401
        return await tools.call_tool(tool, arguments)

    said = with_tools(address, work)
    assert said.is_error and told in said.content[0].text and "Traceback" not in said.content[0].text


def test_a_fault_of_the_program_is_no_traceback(start: Started, shelf: Shelf) -> None:
    def broken(question: str, past: tuple[Reply, ...]) -> Reply:
        raise ZeroDivisionError("秘密")

    reply = post(served(start, shelf, answerer=broken), "ask", {"question": QUESTION})
    assert reply.status_code == 500 and "程序出了错" in reply.json()["error"] and "秘密" not in reply.text
    assert reply.headers["X-Request-ID"] in reply.json()["error"], "whoever looks for it in the log finds it by this"


# who may


def test_without_the_password_there_is_nothing_but_whether_it_is_well(guarded: str) -> None:
    for path in ("", "api", "mcp", "metrics", "gradio_api/info"):
        assert httpx.get(guarded + path, timeout=120).status_code == 401, path
    assert post(guarded, "ask", {"question": QUESTION}).status_code == 401
    assert httpx.get(f"{guarded}health", timeout=120).json() == {"ok": True}


def test_with_the_password_programs_get_in(guarded: str) -> None:
    async def listed(tools: Client) -> Any:  # noqa: ANN401
        return (await tools.list_tools()).tools

    assert post(guarded, "ask", {"question": QUESTION}, auth=("x", "密码1")).status_code == 200
    assert httpx.get(f"{guarded}health", auth=("x", "密码1"), timeout=120).json()["reports"] == 1
    assert {tool.name for tool in with_tools(guarded, listed, auth=("x", "密码1"))} == TOOLS
    made = client_api.Client(guarded, verbose=False, httpx_kwargs={"auth": ("x", "密码1")}, headers={"Authorization": basic("x", "密码1")})
    assert made.predict(QUESTION, api_name="/ask")["status"] == "answered"
    made.close()


def basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize("path", ["", "api", "mcp", "health", "gradio_api/info"])
def test_another_sites_name_that_points_here_gets_nothing(address: str, path: str) -> None:
    got = httpx.get(address + path, headers={"Host": "evil.example"}, timeout=120)
    assert got.status_code == 403 and "MINGZHANG_HOSTS" in got.text


def test_another_sites_page_calls_no_tool(address: str) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    got = httpx.post(f"{address}mcp", json=call, headers={"Origin": "https://evil.example"}, timeout=120)
    assert got.status_code == 403 and "别的网站" in got.text


# how it is


def test_health_tells_what_is_on_the_shelf_and_what_can_be_reached(address: str) -> None:
    got = httpx.get(f"{address}health", timeout=120)
    told = got.json()
    assert got.status_code == 200 and told.pop("version")
    assert told == {"ok": True, "database": True, "index": True, "model": False, "reading": False, "reports": 1, "publishers": 1}


class Unreachable:
    """A shelf whose database is gone, once told."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf, self.gone = shelf, False

    def disclosures(self) -> tuple[Disclosure, ...]:
        if self.gone:
            raise ShelfError("连不上数据库")
        return self._shelf.disclosures()

    def __getattr__(self, name: str) -> object:
        return getattr(self._shelf, name)


def test_a_store_that_cannot_be_asked_is_503(start: Started, shelf: Shelf) -> None:
    broken = Unreachable(shelf)
    address = served(start, cast(Shelf, broken), answerer=lambda question, past: answer(question, shelf, past))
    assert httpx.get(f"{address}health", timeout=120).status_code == 200
    broken.gone = True
    got = httpx.get(f"{address}health", timeout=120)
    assert got.status_code == 503 and not got.json()["ok"] and not got.json()["database"] and got.json()["index"]
    assert "mingzhang_reports" in httpx.get(f"{address}metrics", timeout=120).text, "the counters stand without the store"


def test_a_crowd_that_waits_for_its_answers_keeps_nobody_from_health(start: Started, shelf: Shelf) -> None:
    """Each who waits, perhaps for a model, holds a thread; Starlette has 40."""
    crowd = 45
    all_begun, go_on = threading.Barrier(crowd + 1), threading.Event()

    def answerer(question: str, past: tuple[Reply, ...]) -> Reply:
        all_begun.wait(120)
        go_on.wait(120)
        return answer(question, shelf, past)

    address = served(start, shelf, load_settings(concurrency=crowd), answerer)
    try:
        joined = [httpx.post(f"{address}gradio_api/call/ask", json={"data": [QUESTION]}, timeout=30) for _ in range(crowd)]
        all_begun.wait(30)
        assert httpx.get(f"{address}health", timeout=30).json()["ok"]
    finally:
        all_begun.abort()
        go_on.set()
    assert "complete" in httpx.get(f"{address}gradio_api/call/ask/{joined[-1].json()['event_id']}", timeout=120).text


def test_questions_checks_and_audits_are_counted(start: Started, shelf: Shelf) -> None:
    address = served(start, shelf)
    post(address, "ask", {"question": QUESTION})
    post(address, "ask", {"question": "2024年会议费是多少？"})
    post(address, "check_claims", {"text": TEXT})
    post(address, "audit_report", {"report": shelf.disclosures()[0].id})
    counted = httpx.get(f"{address}metrics", timeout=120).text.splitlines()
    for line in (
        'mingzhang_questions_total{status="answered"} 1.0', 'mingzhang_questions_total{status="refused"} 1.0', 'mingzhang_checks_total{status="ok"} 1.0',
        'mingzhang_claims_total{verdict="refuted"} 1.0', 'mingzhang_audits_total{status="ok"} 1.0', 'mingzhang_seconds_count{stage="ask"} 2.0',
        "mingzhang_figures_dropped_total 0.0", "mingzhang_reports 1.0",
    ):  # fmt: skip
        assert line in counted


def test_every_answer_has_an_id_and_a_callers_own_plain_one_is_kept(address: str) -> None:
    got = httpx.get(f"{address}health", timeout=120).headers["X-Request-ID"]
    assert len(got) == 32
    for given, kept in (("abc-1", True), ("a b", False), ("x" * 65, False)):
        assert (httpx.get(f"{address}health", headers={"X-Request-ID": given}, timeout=120).headers["X-Request-ID"] == given) is kept
