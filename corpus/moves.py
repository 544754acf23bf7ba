"""Moves: a shelf as an older program made it → the tables of this one, step by step (the gate of SQLAlchemy, with `schema.py`)."""

from collections.abc import Callable

from sqlalchemy import Connection, inspect, text


def file_stands_in_the_body(c: Connection) -> None:
    """Of the first program, disclosures had a column for the file's name, which must be filled; the later ones have none."""
    for index in inspect(c).get_indexes("disclosures"):
        if index["name"] in ("ix_disclosures_file", "ix_disclosures_origin"):
            c.execute(text(f"DROP INDEX {index['name']}"))
    if "file" in {column["name"] for column in inspect(c).get_columns("disclosures")}:
        c.execute(text("ALTER TABLE disclosures DROP COLUMN file"))


MOVES: dict[int, Callable[[Connection], None]] = {1: file_stands_in_the_body}
"""From version n to n + 1. A step may find its work done already."""
SCHEMA = 1 + max(MOVES)
"""Version of the tables in `schema.py`. A change of them that `CREATE … IF NOT EXISTS` does not make adds a step."""
