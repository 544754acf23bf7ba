"""Chroma's folder on this machine → whether an index in it has been cut off (a full disk, a power cut, a copy that broke off).

Chroma checks what it reads of an index but its sizes: one that is shorter than its header says ends the whole program
with a signal (1.5.9, tried), which no one can catch. So the sizes are looked at before.
"""

from pathlib import Path
from struct import Struct

HEADER, WHOLE = Struct("<i6Q"), 100
"""What hnswlib's header begins with (a version, then sizes), and its bytes as Chroma 1.5.9 writes it. One of another length is not judged."""


def cut_off(folder: Path) -> bool:
    """Whether one of the indexes in the folder is not as long as its header says."""
    return any(_is_cut_off(header) for header in folder.glob("*/header.bin"))


def _is_cut_off(header: Path) -> bool:
    content = header.read_bytes()
    data = header.with_name("data_level0.bin")
    if len(content) != WHOLE or not data.exists():  # Chroma itself says so
        return False
    _, start, most, count, size, *_ = HEADER.unpack_from(content)
    return bool(start or count > most or data.stat().st_size not in (count * size, most * size))
