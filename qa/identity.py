"""Citations → what must be said of the reports they come from: whose identity was guessed, or put right by hand."""

from collections.abc import Iterable, Sequence

from corpus.disclosure import Disclosure
from qa.reply import Citation


def whose(citations: Iterable[Citation], disclosures: Sequence[Disclosure]) -> tuple[str, ...]:
    """One sentence a report; () where all say plainly which they are."""
    cited = {citation.disclosure for citation in citations}
    return tuple(_said(d) for d in disclosures if d.id in cited and (d.read_as or not d.certain))


def _said(d: Disclosure) -> str:
    if d.read_as:
        return f"《{d.file}》是哪一份报告由人工更正；程序读出的是：{d.read_as}。"
    return f"《{d.file}》的单位、年度或文种系推测，请核对原件。"
