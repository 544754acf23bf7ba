"""A question that the rules found nothing for, and a model → a question in return: did you mean this item?

The model only picks one of the names that the reports print, or none; what it picked is looked up by the rules, and offered
only where they find a figure. No figure is shown on a model's word: the reader decides.
"""

import json
from collections.abc import Iterable
from dataclasses import replace

from corpus.chunk import ChunkKind
from corpus.errors import ModelError
from corpus.shelf import Shelf
from qa.answer import answer
from qa.book import TOTALS
from qa.desk import Desk, desk_of
from qa.llm import Model, Schema
from qa.prompt import NEITHER, PICK, filled
from qa.question import understand
from qa.reply import Reply, Status
from qa.settle import Refused, settle
from qa.wording import bigrams, comparable

_OFFERED = 10


def not_found(reply: Reply) -> bool:
    """Whether the rules knew who and when, looked, and found nothing: neither a blank nor another reason to refuse."""
    return reply.status is Status.REFUSED and bool(reply.scope and reply.resolved) and not reply.citations and not reply.choices


def second_opinion(reply: Reply, shelf: Shelf, model: Model) -> Reply | None:
    """The refusal with the item that may be meant as a choice; None where the model sees none. Raises ModelError."""
    desk = _desk(reply, shelf)
    if desk is None or not desk.phrase or not (names := offered(desk)):
        return None
    picked = _picked(model(filled(PICK, question=reply.resolved, names="、".join((*names, NEITHER))), schema_of(names)), names)
    if not picked:
        return None
    question = f"{desk.scope.publisher}{desk.year}年{picked}{desk.kind}是多少？"
    if answer(question, shelf).status is not Status.ANSWERED:
        return None
    text = f"{reply.text}\n如果“{desk.phrase}”按“{picked}”理解，可以查到，请确认是否要问这一项。"
    note = f"按“{picked}”理解是模型 {model.name} 的看法，未必正确。"
    return replace(reply, status=Status.CLARIFY, text=text, choices=(question,), notices=(*reply.notices, note))


def schema_of(names: Iterable[str]) -> Schema:
    """The reply is one of these names, and nothing else."""
    pick = {"type": "string", "enum": [*names, NEITHER]}
    return {"type": "object", "properties": {"pick": pick}, "required": ["pick"], "additionalProperties": False}


def offered(desk: Desk) -> tuple[str, ...]:
    """Names of rows with a figure that a phrase may mean, the likeliest first."""
    need = bigrams(desk.phrase.replace(" ", ""))
    rows = desk.shelf.search(desk.phrase, [disclosure.id for disclosure in desk.scope.disclosures], 8)
    near = " ".join(found.chunk.text for found in rows if found.chunk.kind is ChunkKind.ROW)
    names = {
        name: len(need & bigrams(name)) + (0.5 if name in near else 0.0)
        for entry in desk.book.entries if entry.fact.amount is not None and entry.fact.year == desk.year and entry.fact.item
        for name in (entry.fact.item[-1].strip(),) if 1 < len(name) <= 20 and comparable(name) not in TOTALS and not any(sign.isdigit() for sign in name)
    }  # fmt: skip
    return tuple(sorted((name for name, score in names.items() if score > 0), key=lambda name: -names[name])[:_OFFERED])


def _desk(reply: Reply, shelf: Shelf) -> Desk | None:
    disclosures = shelf.disclosures()
    asked = understand(reply.resolved, disclosures)
    scope = settle(asked, disclosures)
    return None if isinstance(scope, Refused) else desk_of(shelf, asked, scope)


def _picked(said: str, names: tuple[str, ...]) -> str:
    """The name picked; '' for none. A reply that is no such JSON, or names what was not offered, picks none."""
    try:
        pick = json.loads(said).get("pick")
    except (json.JSONDecodeError, AttributeError):
        raise ModelError("语言模型没有按格式回答，它的看法没有采用。") from None
    return pick if pick in names else ""
