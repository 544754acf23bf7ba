"""Corrections on the shelf: kept by the content of the file, so that they outlast every new reading of it (gate of SQLAlchemy)."""

from sqlalchemy import Connection, delete, select, update

from corpus import packing
from corpus.correction import AsRead
from corpus.database import Database
from corpus.errors import ShelfError
from corpus.record import Record
from corpus.rows import insert_facts, put_correction
from corpus.schema import CORRECTIONS, DISCLOSURES, FACTS, HEADS, revision


class Corrections(Database):
    """The part of the store that a person has a say in."""

    def corrections(self) -> dict[str, AsRead]:
        """All that stand, by the disclosure's id, with what had been read: they are few."""
        with self._read() as c:
            return {row.id: packing.unpack_correction(packing.load(row.body)) for row in c.execute(select(CORRECTIONS))}

    def identify(self, record: Record) -> None:
        """Puts another identity, with the facts as it tells them, in place of what stands; tables and texts stay."""
        with self._write() as c:
            dkey = c.execute(select(DISCLOSURES.c.key).where(DISCLOSURES.c.id == record.disclosure.id)).scalar()
            if dkey is None:
                raise ShelfError("这份报告已经不在报告库里")
            _put(c, dkey, record)


def _put(c: Connection, dkey: int, record: Record) -> None:
    body = packing.dump(packing.pack_disclosure(record.disclosure))
    c.execute(update(DISCLOSURES).where(DISCLOSURES.c.key == dkey).values(body=body, stamp=revision(c)))
    for table in (FACTS, HEADS):
        c.execute(delete(table).where(table.c.dkey == dkey))
    insert_facts(c, dkey, record.facts)
    put_correction(c, record)
