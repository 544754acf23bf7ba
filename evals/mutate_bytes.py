"""PDFs whose bytes were spoilt → how many end in a reading, in a clear refusal, in neither: `python -m evals.mutate_bytes FILE… --count 1000 --seed 1`

A few pages are cut out of each file, so that a mutant is quick to read. Every mutant is read in the child process that
readers' files are read in; one that ends the child (a crash, a hang, an error that the program did not foresee) is
kept in `--keep`, with its number, for a test to be made of it. The same seed makes the same mutants.
"""

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from corpus.apart import Apart, Ended, Limits
from corpus.errors import FileError
from ingest.read import read

PAGES = 2
"""Cut out of each file."""
WORDS = (
    b"/Length", b"/Filter", b"/FlateDecode", b"/Count", b"/Kids", b"/Parent", b"/MediaBox", b"/Rotate", b"/Contents", b"/Font",
    b"/Encoding", b"/ToUnicode", b"/DescendantFonts", b"/Width", b"/Height", b"/XObject", b"endobj", b"endstream", b"stream", b"obj",
    b"xref", b"trailer", b"startxref", b"/Root", b"/Size", b"/Prev", b"<<", b">>", b"[", b"]", b"R",
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"0.0000001", b"--5", b"null")
OUTCOMES = ("读出", "读出而有注明", "拒绝")

Change = Callable[[bytearray, random.Random], None]


def cut(file: Path, out: Path, first: int = 0) -> Path:
    """A few pages of a PDF as a file of their own."""
    with pypdfium2.PdfDocument(file) as whole, pypdfium2.PdfDocument.new() as part:
        part.import_pages(whole, list(range(min(first, len(whole) - 1), min(first + PAGES, len(whole)))))
        part.save(out)
    return out


def flipped(data: bytearray, chance: random.Random) -> None:
    """Some bytes are others."""
    for _ in range(chance.choice((1, 3, 10, 60))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def taken_out(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.choice((1, 8, 200, 5000))]


def repeated(data: bytearray, chance: random.Random) -> None:
    at, to = chance.randrange(len(data)), chance.randrange(len(data))
    data[to:to] = data[at : at + chance.choice((4, 100, 3000))] * chance.choice((1, 2, 50))


def renumbered(data: bytearray, chance: random.Random) -> None:
    """A number of the file's structure is another: a length, a reference, a size, a place."""
    found = list(re.finditer(rb"(?<=[ \[/])\d+", data))
    for one in chance.sample(found, min(len(found), chance.choice((1, 2, 5)))):
        data[one.start() : one.end()] = chance.choice(NUMBERS)


def reworded(data: bytearray, chance: random.Random) -> None:
    """A word of the format stands in another's place."""
    found = [at for word in WORDS for at in _places(bytes(data), word)]
    if found:
        at, word = chance.choice(found)
        data[at : at + len(word)] = chance.choice(WORDS)


def _places(data: bytes, word: bytes) -> Iterator[tuple[int, bytes]]:
    return ((one.start(), word) for one in re.finditer(re.escape(word), data))


CHANGES: tuple[Change, ...] = (flipped, taken_out, repeated, renumbered, reworded)


def mutants(files: Sequence[Path], count: int, seed: int) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each."""
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        data = bytearray(chance.choice(files).read_bytes())
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            chance.choice(CHANGES)(data, chance)
            data = data or bytearray(b"%PDF-1.4")
        yield number, bytes(data)


def ending(path: Path, child: Apart) -> str:
    """How the reading of one file ends; where the child ended before it, why."""
    try:
        record = child.call(partial(read, path), lambda stage, done, whole: None)
    except FileError:
        return "拒绝"
    except Ended as ended:
        return str(ended)
    return "读出而有注明" if record.left_out else "读出"


def run(files: Sequence[Path], count: int, seed: int, keep: Path, limits: Limits, say: Callable[[str], None] = print) -> Counter[str]:
    """How the mutants end, counted."""
    ends: Counter[str] = Counter()
    with TemporaryDirectory() as folder, Apart(limits) as child:
        bases = [cut(file, Path(folder, f"{n}-{first}.pdf"), first) for n, file in enumerate(files) for first in (0, 8)]
        for number, data in mutants(bases, count, seed):
            path = Path(folder, "mutant.pdf")
            path.write_bytes(data)
            end = ending(path, child)
            ends[end] += 1
            if end not in OUTCOMES:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}.pdf").write_bytes(data)
                say(f"第{number}个：{end}")
            if (number + 1) % 100 == 0:
                say(f"{number + 1}：{dict(ends)}")
    return ends


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("mutants"), help="where mutants that end the reader are kept")
    chosen = parser.parse_args()
    started = time.perf_counter()
    ends = run(chosen.files, chosen.count, chosen.seed, chosen.keep, Limits(seconds=60), lambda line: print(line, flush=True))
    crashed = sum(count for end, count in ends.items() if end not in OUTCOMES)
    print(f"{chosen.count} 个：{'，'.join(f'{end} {count}' for end, count in ends.most_common())}；用时 {time.perf_counter() - started:.0f} 秒")
    raise SystemExit(1 if crashed else 0)


if __name__ == "__main__":
    main()
