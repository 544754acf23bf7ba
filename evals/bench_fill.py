"""A size → a shelf of so many synthetic reports, filled straight from their ledgers; kept for the next run.

Shelves of more than 1,000 are the first thousand several times, each time under the names of other cities.

Vectors are made up (unit vectors from each text's hash, in the space of the shelf's own embedding): embedding 450,000
paragraphs would take hours, and what a search costs does not depend on what the vectors mean.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.embedding import Vectors
from corpus.record import Record
from corpus.rows import text_sha
from corpus.settings import load_settings
from corpus.shelf import EMBEDDED, Shelf
from evals.ledger import publishers
from evals.synth_questions import Drawn
from evals.synth_record import record_of
from evals.synthesize import Plan, planned, plans_of
from evals.systems import cache

SEED, YEARS = 11, 5
BATCH = 50
"""Reports whose vectors are written together."""
WHOLE = 1000
"""Reports that are made one by one; larger shelves are copies of them."""
COPIES = "东西南北中上下左右"
CONTENT = 2
"""Counts up when what is filled changes: a shelf kept from before is then filled anew."""


def drawn_of(place: int) -> tuple[Drawn, ...]:
    """The reports of one publisher of a shelf with their ledgers, not drawn on any page."""
    copy, base = divmod(place, WHOLE // YEARS)
    plans = plans_of(base, publishers(base + 1)[base], SEED, YEARS, False)
    return tuple(_drawn(plan, copy) for plan in plans)


def _drawn(plan: Plan, copy: int = 0) -> Drawn:
    report, ledger, before, planted = plan
    name = renamed(report.publisher, copy)
    file = report.file.replace(report.publisher, name)
    report = replace(report, publisher=name, file=file)
    return Drawn(report, replace(ledger, publisher=name), before, {}, planted.avoid if planted else ())


def renamed(publisher: str, copy: int) -> str:
    """云泽东市观澜区… is the first copy of 云泽市观澜区…."""
    return publisher if not copy else f"{publisher[:2]}{COPIES[copy - 1]}{publisher[2:]}"


def shelf_folder(size: int) -> Path:
    """Where the shelf of a size is kept; filled at first use."""
    folder = cache() / f"bench-{size}-{CONTENT}"
    if not (folder / "filled").exists():
        shutil.rmtree(folder, ignore_errors=True)
        if size <= WHOLE:
            _fill(folder, size)
        else:
            _multiply(shelf_folder(WHOLE), folder, size // WHOLE)
        (folder / "filled").touch()
    return folder


def _fill(folder: Path, size: int) -> None:
    shelf = Shelf.open(load_settings(shelf=folder))
    waiting: list[Record] = []
    for plan in islice(planned(size, SEED, YEARS, False), size):
        record = record_of(plan[0])
        shelf.store.save(record, plan[0].file)
        waiting.append(record)
        if len(waiting) == BATCH:
            _write_vectors(shelf, waiting)
            waiting.clear()
    _write_vectors(shelf, waiting)
    shelf.close()


def _multiply(source: Path, folder: Path, times: int) -> None:
    """The rows of a shelf so many times, each copy under other cities' names. The word index keeps the first names."""
    folder.mkdir(parents=True)
    shutil.copytree(source / "vectors", folder / "vectors")
    with closing(sqlite3.connect(source / "shelf.sqlite")) as whole, closing(sqlite3.connect(folder / "shelf.sqlite")) as c:
        whole.backup(c)
        c.execute("PRAGMA synchronous=OFF")
        tops = {table: c.execute(f"SELECT max(key) + 1 FROM {table}").fetchone()[0] for table in ("disclosures", "heads", "chunks")}
        known = c.execute("SELECT key, id, origin FROM disclosures").fetchall()
        for copy in range(1, times):
            for key, id_, origin in known:
                fresh = _copied(id_, copy)
                values = {"dkey": key, "id": id_, "fresh": fresh, "city": origin[:3], "other": renamed(origin[:3], copy)}
                for sql in _COPY:
                    c.execute(sql, values | {name: top * copy for name, top in tops.items()})
            c.commit()
        c.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
        c.commit()
    _multiply_vectors(folder, [id_ for _, id_, _ in known], times)


def _copied(id_: str, copy: int) -> str:
    """The id of a report's copy."""
    return hashlib.sha256(f"{id_}/{copy}".encode()).hexdigest()[:16]


def _multiply_vectors(folder: Path, ids: Sequence[str], times: int) -> None:
    """Each copy has as many vectors as its report, of the same texts, and none that another has."""
    shelf = Shelf.open(load_settings(shelf=folder))
    for id_ in ids:
        shas = shelf.index.of(id_)
        for copy in range(1, times):
            shelf.index.put(_copied(id_, copy), {sha: made_up(f"{sha}/{copy}") for sha in shas})
    shelf.close()


_BODY = "replace(replace(body, :id, :fresh), :city, :other)"
_COPY = (
    "INSERT INTO disclosures (key, id, origin, program, stamp, body) "
    f"SELECT key + :disclosures, :fresh, replace(origin, :city, :other), program, stamp, {_BODY} FROM disclosures WHERE key = :dkey",
    f"INSERT INTO tables (dkey, seq, body) SELECT dkey + :disclosures, seq, {_BODY} FROM tables WHERE dkey = :dkey",
    f"INSERT INTO heads (key, dkey, measure, basis, body) SELECT key + :heads, dkey + :disclosures, measure, basis, {_BODY} FROM heads WHERE dkey = :dkey",
    "INSERT INTO facts (dkey, seq, hkey, name, account, year, body) "
    f"SELECT dkey + :disclosures, seq, hkey + :heads, name, account, year, {_BODY} FROM facts WHERE dkey = :dkey",
    "INSERT INTO words (rowid, scope, body) "
    "SELECT w.rowid + :chunks, 'd' || (:dkey + :disclosures), w.body FROM chunks c JOIN words w ON w.rowid = c.key WHERE c.dkey = :dkey",
    "INSERT INTO chunks (key, dkey, id, sha, kind, body) "
    f"SELECT key + :chunks, dkey + :disclosures, replace(id, :id, :fresh), sha, kind, {_BODY} FROM chunks WHERE dkey = :dkey",
)


def _write_vectors(shelf: Shelf, records: Sequence[Record]) -> None:
    for record in records:
        shas = {text_sha(chunk.indexed) for chunk in record.chunks if chunk.kind in EMBEDDED}
        shelf.index.put(record.disclosure.id, {sha: made_up(sha) for sha in shas})


def made_up(sha: str) -> Vectors:
    """A unit vector that depends on the text alone."""
    chance = np.random.default_rng(int(hashlib.sha256(sha.encode()).hexdigest()[:16], 16))
    vector = chance.standard_normal(384).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
