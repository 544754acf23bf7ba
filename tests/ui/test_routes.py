"""`POST /api/<name>`: what is no small JSON object is refused before any function is asked."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ui.callers import Callers
from ui.counters import Counters
from ui.programs import Asked, Offer
from ui.routes import MOST_BYTES, NOT_JSON, add_routes

JSON = {"Content-Type": "application/json"}


def answered(question: str) -> dict[str, object]:
    if question == "坏":
        raise ZeroDivisionError
    return {"question": question}


@pytest.fixture
def site() -> Iterator[TestClient]:
    """One is answered at a time and none waits."""
    app = FastAPI()
    add_routes(app, Callers({"ask": Offer("ask", "问", Asked, answered)}, 1, 0, Counters()))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b'{"question": "a"}', {"Content-Type": "text/plain"}),
        (b'{"question": "a"}', {"Content-Type": "application/x-www-form-urlencoded"}),
        (b'{"question": "a"}', {}),
        (b'{"question": ', JSON),
        (b'["question"]', JSON),
        (b'{"question": "\xff"}', JSON),
        (b"[" * 200_000 + b"]" * 200_000, JSON),
    ],
    ids=["text", "form", "nothing", "torn", "list", "no UTF-8", "brackets"],
)
def test_what_is_no_json_is_refused(site: TestClient, content: bytes, headers: dict[str, str]) -> None:
    refused = site.post("/api/ask", content=content, headers=headers)
    assert (refused.status_code, refused.json()) == (400, {"error": NOT_JSON})
    assert site.post("/api/ask", json={"question": "a"}).json() == {"question": "a"}


def test_a_request_of_any_size_is_not_read_to_its_end(site: TestClient) -> None:
    def body() -> Iterator[bytes]:
        yield b'{"question": "a"'
        yield b" " * MOST_BYTES
        yield b"}"

    refused = site.post("/api/ask", content=body(), headers=JSON)
    assert (refused.status_code, refused.json()) == (400, {"error": NOT_JSON})


def test_a_call_that_fails_gives_its_place_back(site: TestClient) -> None:
    assert [site.post("/api/ask", json={"question": "坏"}).status_code for _ in range(3)] == [500] * 3
    assert site.post("/api/ask", json={"question": "a"}).status_code == 200
