"""Two page servers on one shelf, in files or on servers: what a command reads, corrects or deletes both know at the next question."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.test_operations import ROOT, Running, run
from tests.corpus.servers import ChromaServer, Postgres
from tests.qa.small_report import small_report
from tests.ui.test_on_ray import PAGE

FIRST, SECOND = "2024年公务接待费花了多少？", "某某区财政局{year}年一般公共服务支出是多少？"


@pytest.fixture(params=["files", "servers"])
def machines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """What two processes are set to: one folder for both; or a folder each, as two machines have, and the same servers."""
    if request.param == "files":
        yield {"MINGZHANG_SHELF": str(tmp_path / "shelf")}, {"MINGZHANG_SHELF": str(tmp_path / "shelf")}
        return
    (tmp_path / "chroma").mkdir()
    database, chroma = Postgres(), ChromaServer(tmp_path / "chroma")
    try:
        database.start()
        chroma.start()
        shared = {"MINGZHANG_DATABASE_URL": database.url, "MINGZHANG_CHROMA_URL": chroma.url}
        yield {**shared, "MINGZHANG_SHELF": str(tmp_path / "one" / "shelf")}, {**shared, "MINGZHANG_SHELF": str(tmp_path / "two" / "shelf")}
        chroma.stop()
    finally:
        database.remove()


def command(settings: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "ui.cli", *words], check=True, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)


def answers(servers: list[Running], question: str) -> list[str]:
    """The first value that each of them gives; the status where there is none."""
    found = [httpx.post(f"{server.address}api/ask", json={"question": question}, timeout=120).json() for server in servers]
    return [reply["values"][0]["value"] if reply["values"] else reply["status"] for reply in found]


def test_both_see_what_is_read_corrected_and_deleted_anywhere(tmp_path: Path, machines: tuple[dict[str, str], dict[str, str]]) -> None:
    command(machines[0], "ingest", str(small_report(tmp_path / "某市甲区财政局2024年度部门决算.pdf")))
    servers = []
    try:
        for name, settings in zip(("one", "two"), machines, strict=True):
            (tmp_path / name).mkdir(exist_ok=True)
            servers.append(run(tmp_path / name, **settings))
        assert answers(servers, FIRST) == ["1.28", "1.28"]
        newer = tmp_path / "newer.html"
        newer.write_text(PAGE.format(year=2023), encoding="utf-8")
        command(machines[1], "ingest", str(newer))
        assert answers(servers, SECOND.format(year=2023)) == ["2023.50", "2023.50"]
        command(machines[0], "identify", "newer.html", "--year", "2019")
        assert answers(servers, SECOND.format(year=2019)) == ["2023.50", "2023.50"]
        command(machines[1], "delete", "newer.html")
        assert answers(servers, SECOND.format(year=2019)) == ["refused", "refused"]
        assert answers(servers, FIRST) == ["1.28", "1.28"]
    finally:
        for server in servers:
            server.stop()
