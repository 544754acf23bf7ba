"""One file → what one reader of it took in this process, as JSON: `python -m evals.timed_reading 本程序|pdfplumber FILE`

It imports the one reader and nothing else of ours, so that neither side pays for what only the other needs.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

MEGABYTE = 1024
OURS, PLAIN = "本程序", "pdfplumber"


@dataclass(frozen=True)
class Timed:
    """Processor seconds of a fresh process that read one file."""

    imports: float
    """The interpreter and the modules, before the file is opened: a constant, whatever the file."""
    reading: float
    """The file from its opening to the last page; what is loaded only then (fonts, tables of words) is in it."""
    peak: int
    """Megabytes."""


def timed(reader: str, file: Path) -> Timed:
    read = READERS[reader]()
    started = time.process_time()
    read(file)
    reading = time.process_time() - started
    return Timed(started, reading, _peak())


def _peak() -> int:
    """Linux's own count where there is one: the other begins with the memory of the process that started this one."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else ()
    own = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if own is None else own) // MEGABYTE


def _ours() -> Callable[[Path], object]:
    from ingest.read import read

    return read


def _plain() -> Callable[[Path], object]:
    import pdfplumber

    def read(file: Path) -> None:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()
                page.close()

    return read


READERS = {OURS: _ours, PLAIN: _plain}

if __name__ == "__main__":
    print(json.dumps(asdict(timed(sys.argv[1], Path(sys.argv[2])))))
