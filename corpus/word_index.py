"""Word index: the SQL that finds chunks by words over the whole shelf, in SQLite (FTS5) and PostgreSQL (tsvector).

The index holds what `corpus.words` makes of each chunk, in the database and transaction of the facts, so it is never
older or newer than they are. Both databases count and rank alike (BM25): the same shelf gives the same order on either.
What scores alike goes by the id of its disclosure, whichever was read first, then by the order of reading.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from corpus.ranking import idf
from corpus.words import words

Run = Callable[[str, dict[str, Any]], Sequence[Sequence[Any]]]
"""Runs one SQL statement with named parameters and gives its rows."""

SCOPED = 200
"""Up to so many disclosures their marks are part of the word query; more are filtered after it."""
BUDGET = 40_000
"""Chunks that may be ranked for one question. Words that most reports say would cost a second at 400 reports and tell
nothing: the rarest words go first, until this is spent."""
CEILING = 400_000
"""The rarest word alone may cost so much, rather than nothing be found."""
SAMPLE = 2_000
"""Chunks that are looked at to tell common words from rare ones."""

CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS words "
    "USING fts5(scope, body, detail=column, tokenize=\"ascii tokenchars '.,%-+_'\")",
)
CREATE_POSTGRES = (
    "CREATE TABLE IF NOT EXISTS words "
    "(key BIGINT PRIMARY KEY, dkey BIGINT NOT NULL, size INT NOT NULL, body TSVECTOR NOT NULL)",
    "CREATE INDEX IF NOT EXISTS words_body ON words USING GIN (body)",
    "CREATE INDEX IF NOT EXISTS words_dkey ON words (dkey)",
)
INSERT_SQLITE = "INSERT INTO words (rowid, scope, body) VALUES (:key, :scope, :body)"
INSERT_POSTGRES = "INSERT INTO words (key, dkey, size, body) VALUES (:key, :dkey, :size, CAST(:body AS TSVECTOR))"
DELETE_SQLITE = "DELETE FROM words WHERE rowid IN (SELECT key FROM chunks WHERE dkey = :dkey)"
DELETE_POSTGRES = "DELETE FROM words WHERE dkey = :dkey"

READ_SQLITE = """
SELECT c.id, w.body FROM chunks c JOIN words w ON w.rowid = c.key WHERE c.dkey = :dkey ORDER BY c.key
"""
_REPEATED = "(SELECT string_agg(repeat(u.lexeme || ' ', cardinality(u.positions)), '') FROM unnest(w.body) u)"
READ_POSTGRES = f"""
SELECT c.id, COALESCE({_REPEATED}, '') FROM chunks c JOIN words w ON w.key = c.key WHERE c.dkey = :dkey ORDER BY c.key
"""
_SAMPLE_SQLITE = "SELECT body FROM words WHERE rowid IN (SELECT key FROM chunks WHERE key % :step = 0)"
_SAMPLE_POSTGRES = f"SELECT COALESCE({_REPEATED}, '') FROM words w WHERE w.key % :step = 0"

_FIND_SQLITE = """
SELECT c.id, -bm25(words, 0.0, 1.0) AS score FROM words JOIN chunks c ON c.key = words.rowid
WHERE words MATCH :match {scope} ORDER BY score DESC, substr(c.id, 1, 16), c.key LIMIT :k
"""
_FIND_POSTGRES = """
WITH asked AS (SELECT * FROM unnest(CAST(:words AS TEXT[]), CAST(:weights AS FLOAT8[])) AS a (word, weight)),
mean AS (SELECT :mean AS size)
SELECT c.id, sum(a.weight * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * w.size / mean.size))) AS score
FROM words w JOIN chunks c ON c.key = w.key, unnest(w.body) AS u (lexeme, positions, marks), asked a, mean,
LATERAL (SELECT cardinality(u.positions) AS n) AS counted
WHERE w.body @@ CAST(:match AS TSQUERY) AND a.word = u.lexeme {scope}
GROUP BY c.id, c.key ORDER BY score DESC, substr(c.id, 1, 16), c.key LIMIT :k
"""
_COUNT_POSTGRES = """
SELECT a.word, (SELECT count(*) FROM words w WHERE w.body @@ CAST(a.quoted AS TSQUERY))
FROM unnest(CAST(:words AS TEXT[]), CAST(:quoted AS TEXT[])) AS a (word, quoted)
"""


def row_sqlite(key: int, dkey: int, text: str) -> dict[str, Any]:
    return {"key": key, "scope": f"d{dkey}", "body": " ".join(words(text))}


def row_postgres(key: int, dkey: int, text: str) -> dict[str, Any]:
    found = words(text)
    body = " ".join(f"{_quoted(word)}:{','.join(map(str, range(1, min(count, 255) + 1)))}" for word, count in Counter(found).items())
    return {"key": key, "dkey": dkey, "size": len(found) + 1, "body": body}


def distinct(query: str) -> list[str]:
    """The words of a question, each once."""
    return list(Counter(words(query)))


def shares(run: Run, total: int, postgres: bool) -> dict[str, float]:
    """By word the share of chunks that say it, from a sample. A word that is not in it is rare."""
    rows = run(_SAMPLE_POSTGRES if postgres else _SAMPLE_SQLITE, {"step": max(total // SAMPLE, 1)})
    counts = Counter(word for row in rows for word in set(row[0].split()))
    return {word: count / len(rows) for word, count in counts.items()}


def telling(asked: Sequence[str], common: Mapping[str, float], total: int) -> list[str]:
    """The rarest words first, as many as the budget allows; none where even the rarest is too common."""
    chosen: list[str] = []
    spent = 0.0
    for word in sorted(asked, key=lambda word: common.get(word, 0.0)):
        spent += common.get(word, 0.0) * total
        if spent > (BUDGET if chosen else CEILING):
            break
        chosen.append(word)
    return chosen


def find_sqlite(run: Run, asked: Sequence[str], dkeys: Sequence[int] | None, k: int) -> list[tuple[str, float]]:
    """Chunk ids with their scores, the best first."""
    match = "body : (" + " OR ".join(f'"{word}"' for word in asked) + ")"
    scope = ""
    values: dict[str, Any] = {"k": k}
    if dkeys is not None and len(dkeys) <= SCOPED:
        match = "scope : (" + " OR ".join(f'"d{dkey}"' for dkey in dkeys) + f") AND {match}"
    elif dkeys is not None:
        scope = "AND c.dkey IN (SELECT value FROM json_each(:dkeys))"
        values["dkeys"] = str(list(dkeys))
    rows = run(_FIND_SQLITE.format(scope=scope), {"match": match, **values})
    return [(row[0], row[1]) for row in rows]


def find_postgres(run: Run, asked: Sequence[str], dkeys: Sequence[int] | None, k: int) -> list[tuple[str, float]]:
    """As `find_sqlite`, to the last digit: FTS5's BM25 written out."""
    [[total, mean]] = run("SELECT count(*), COALESCE(avg(size), 1) FROM words", {})
    quoted = [_quoted(word) for word in asked]
    counts = {row[0]: row[1] for row in run(_COUNT_POSTGRES, {"words": list(asked), "quoted": quoted})}
    values = {
        "words": list(asked), "weights": [idf(total, counts[word]) for word in asked], "mean": float(mean),
        "match": " | ".join(quoted), "k": k,
    }  # fmt: skip
    scope = "" if dkeys is None else "AND w.dkey = ANY(CAST(:dkeys AS BIGINT[]))"
    rows = run(_FIND_POSTGRES.format(scope=scope), values if dkeys is None else {**values, "dkeys": list(dkeys)})
    return [(row[0], float(row[1])) for row in rows]


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''").replace("\\", "\\\\") + "'"
