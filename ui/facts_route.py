"""`/facts/<disclosure>.<form>`: all figures of a report as a file to download, made when asked for and not kept."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, HTTPException
from fastapi.responses import Response

from corpus.disclosure import Disclosure
from corpus.fact import Fact
from ui.facts_export import write_facts

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def add_facts(app: FastAPI, disclosures: Callable[[], Sequence[Disclosure]], facts: Callable[[str], Sequence[Fact]]) -> None:
    @app.get("/facts/{disclosure}.{form}", include_in_schema=False)
    def all_facts(disclosure: str, form: str) -> Response:
        found = next((d for d in disclosures() if d.id == disclosure), None)
        if found is None or form not in MEDIA:
            raise HTTPException(404, "没有这份文件")
        named = quote(f"{found.title} 全部数字.{form}", safe="")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{named}", "Cache-Control": "no-store"}
        return Response(_written(facts(found.id), found, form), media_type=MEDIA[form], headers=headers)


def _written(facts: Sequence[Fact], disclosure: Disclosure, form: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"facts.{form}"
        write_facts(facts, disclosure, out, form)
        return out.read_bytes()
