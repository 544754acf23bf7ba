"""What a site does not offer cannot be had by asking its addresses: uploads switched off, everything behind a password."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from corpus.disclosure import Disclosure, Kind, Scope
from qa.reply import Reply, Status
from qa.verdict import Checked
from ui.app import Serving, build, web
from ui.ask_screen import Asking
from ui.audit_screen import Auditing
from ui.check_screen import Checking
from ui.closed import SWITCHED_OFF
from ui.health import HEALTH
from ui.shelf_screen import Keeping
from ui.start import nothing_to_do

REPORT = Disclosure("a" * 16, "0" * 64, "甲局.pdf", "甲局", (), 2024, Kind.FINAL, Scope.DEPARTMENT, 9, (), True)
FILE = {"files": ("甲.pdf", b"%PDF-1.4", "application/pdf")}


def client(picture: Path, serving: Serving) -> TestClient:
    asking = Asking(lambda question, past: Reply(Status.ANSWERED, "答"), lambda: "开", nothing_to_do)
    keeping = Keeping(lambda: [REPORT], lambda: [], (lambda path, report: "好") if serving.uploads else None, None)
    checking = Checking(lambda text: Checked(text, ()), lambda path: "", lambda: [REPORT], uploads=serving.uploads)
    auditing = Auditing(lambda id: pytest.fail("nobody audits here"), lambda: [REPORT], lambda id: [], lambda id: [])
    return TestClient(web(build(asking, keeping, checking, auditing), lambda id, page, dpi: picture, auditing=auditing, serving=serving))


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "page.png"
    path.write_bytes(b"\x89PNG")
    return path


@pytest.fixture(scope="module")
def locked(picture: Path) -> Iterator[TestClient]:
    with client(picture, Serving(password="密码1")) as site:
        yield site


def test_with_uploading_switched_off_gradios_own_address_takes_nothing(picture: Path) -> None:
    with client(picture, Serving(uploads=False)) as closed:
        for address in ("/gradio_api/upload", "/gradio_api/upload/", "/gradio_api/upload?upload_id=x"):
            refused = closed.post(address, files=FILE)
            assert (refused.status_code, refused.text) == (403, SWITCHED_OFF), address
    with client(picture, Serving()) as open_:
        assert open_.post("/gradio_api/upload", files=FILE).status_code == 200


def addresses(routes: Iterable[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every method and address that the app has, Gradio's own with it, places in it filled with `x`."""
    for route in routes:
        path = prefix + (getattr(route, "path", "") or "")
        if isinstance(route, Mount):
            yield from addresses(route.routes, path)
        elif router := getattr(route, "original_router", None):
            yield from addresses(router.routes, path)
        else:
            plain = "/".join("1.png" if part == "{page}.png" else "x" if "{" in part else part for part in path.split("/"))
            yield from ((method, plain or "/") for method in (getattr(route, "methods", None) or {"GET"}))


def test_a_password_stands_before_every_address(locked: TestClient) -> None:
    assert isinstance(locked.app, FastAPI)
    known = {(method, path) for method, path in addresses(locked.app.routes) if path != HEALTH}
    named = {("GET", "/"), ("GET", "/picture/x/1.png"), ("GET", "/facts/x"), ("POST", "/gradio_api/upload"), ("POST", "/gradio_api/queue/join")}
    assert named <= known and len(known) > 40
    assert [(method, path) for method, path in sorted(known) if locked.request(method, path).status_code != 401] == []
    assert locked.post("/gradio_api/upload", files=FILE).status_code == 401


@pytest.mark.parametrize("path", ["/", f"/picture/{'a' * 16}/1.png", f"/facts/{'a' * 16}.csv", "/config"])
def test_with_the_password_each_is_there(locked: TestClient, path: str) -> None:
    key = base64.b64encode("谁:密码1".encode()).decode()
    assert locked.get(path, headers={"Authorization": f"Basic {key}"}).status_code == 200
    assert locked.get(path, headers={"Authorization": "Basic x"}).status_code == 401


def test_a_wrong_password_opens_nothing(locked: TestClient) -> None:
    for given in ("谁:密码2", "谁:", "谁:密码", "密码1", "密码1:"):
        key = base64.b64encode(given.encode()).decode()
        assert locked.get("/", headers={"Authorization": f"Basic {key}"}).status_code == 401, given
