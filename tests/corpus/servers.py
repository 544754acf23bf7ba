"""Real servers on loopback for tests: Debian's PostgreSQL and Chroma's own, each started, taken away and brought back at its address."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


LANGUAGE = ("-E", "UTF8", "--locale-provider=icu", "--icu-locale=zh")


class Postgres:
    """A database of its own, that sorts by pinyin as one set up in China may; as the user postgres where we are root, for it refuses to run as root."""

    def __init__(self) -> None:
        pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
        if not BINARIES:
            pytest.skip("Debian's postgresql is not installed")
        self._port = free_port()
        self._folder = Path(f"/tmp/mingzhang-test-pg-{os.getpid()}-{self._port}")
        self._folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        self._run("initdb", "-D", self._folder / "data", "-A", "trust", "-U", "postgres", *LANGUAGE)
        self.url = f"postgresql://postgres@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", self._folder / "data", "-o", options, "-l", self._folder / "log", "-t", "300", "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")

    def remove(self) -> None:
        if (self._folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._folder)

    def _run(self, program: str, *options: object) -> None:
        who = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        command = [*who, str(BINARIES[-1] / program), *map(str, options)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self._folder)


class ChromaServer:
    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(self._folder), "--host", "127.0.0.1"]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen([*command, "--port", str(self._port)], stdout=quiet, stderr=quiet, cwd=self._folder)
        while self._process.poll() is None and not self._listens():
            time.sleep(0.1)
        assert self._process.poll() is None, "chroma run ended at once"

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0
