"""Reply → the JSON object that `mingzhang ask --json` prints."""

from typing import Any

from qa.reply import Citation, Reply


def as_json(reply: Reply) -> dict[str, Any]:
    """Figures as decimal strings, never floats; boxes in PDF points from the page's top left corner."""
    return {
        "status": str(reply.status),
        "answer": reply.text,
        "values": [{"value": f"{value.amount.number:f}", "unit": value.amount.unit.name, "label": value.label} for value in reply.values],
        "formula": reply.formula,
        "citations": [_citation(citation) for citation in reply.citations],
        "figures": [{"text": figure.text, "verdict": str(figure.trace)} for figure in reply.figures],
        "choices": list(reply.choices),
        "resolved": reply.resolved,
        "scope": list(reply.scope),
        "notices": list(reply.notices),
        "seconds": reply.seconds,
        "worded": reply.worded,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n, "file": citation.file, "page": citation.page, "box": list(citation.box) if citation.box else None,
        "quote": citation.quote, "place": citation.place, "reliable": citation.reliable,
    }  # fmt: skip
