"""A model-less reply and a model → the same reply in the model's words; every sentence that fails a check is dropped.

The model is given the finding with marks in place of its figures, words a sentence around them, and the program fills the
marks in. Formula, list and quoted passages stay as the program wrote them. Whatever the model says beyond its marks, names,
and words that the finding or the question holds is a fact of its own, and not shown. values, citations and formula of the
reply never change. Where nothing passes, the model-less reply stands.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.errors import ModelError
from qa.grounded import is_shortened, is_worded
from qa.llm import Model
from qa.marks import MARK, Line, Marked, marked
from qa.prompt import SUMMARISE, WORD, filled
from qa.reply import Reply, Status
from qa.verify import retraced

_SENTENCES = 3
"""A model that says more than this has lost its thread."""
_SHORT = 60
"""A passage of fewer characters needs no summary."""
_UNIT = re.compile(r"(\{F\d+\})((?:万|亿|千)?元|个百分点|百分点|%|批次|人次|[倍件个辆次人项期篇家户台套份批场名])")


@dataclass(frozen=True)
class Draft:
    """A model's words so far. Never shown: `_shown` makes a Reply of what passed."""

    passed: tuple[str, ...] = ()
    dropped: int = 0


def reworded(reply: Reply, question: str, model: Model) -> Iterator[Reply]:
    """The model-less reply first; then, each time that a sentence of the model has passed, the reply with it."""
    yield reply
    text = marked(reply.text)
    prompt = prompt_of(reply, question, text)
    if not prompt:
        return
    started, draft = time.perf_counter(), Draft()

    def fits(line: Line, sentence: str) -> bool:
        return _fits(sentence, line, text.mask(question), reply.scope[0] if reply.scope else "")

    try:
        for sentence in _sentences(_aloud(model.stream(prompt))):
            draft = _judged(draft, sentence, text, fits)
            if shown := _shown(reply, text, draft, model.name, started):
                yield shown
    except ModelError as error:
        yield replace(_shown(reply, text, draft, model.name, started) or reply, notices=(*reply.notices, str(error)))
        return
    yield _ended(reply, text, draft, model.name, started)


def reword(reply: Reply, question: str, model: Model) -> Reply:
    """The last of `reworded`."""
    *_, last = reworded(reply, question, model)
    return last


def prompt_of(reply: Reply, question: str, text: Marked) -> str:
    """What the model is asked; '' when the reply leaves it nothing to word."""
    if reply.status is not Status.ANSWERED:
        return ""
    asked = text.mask(question)
    if heads := [line.head.rstrip("。") for line in text.lines if line.head]:
        return filled(WORD, question=asked, finding="；".join(heads) + "。")
    passages = [line.passage for line in text.lines if len(line.passage) >= _SHORT and not line.rest.startswith("报告的解释")]
    return filled(SUMMARISE, question=asked, passage=passages[0]) if passages else ""


def _aloud(pieces: Iterator[str]) -> Iterator[str]:
    """Without what a model thinks before it speaks (<think>…</think>)."""
    head = ""
    for piece in pieces:
        head += piece
        if not _thinking(head):
            break
    yield head.partition("</think>")[2] if head.lstrip().startswith("<think>") else head
    yield from pieces


def _thinking(head: str) -> bool:
    return "<think>".startswith(head.lstrip()[:7]) and "</think>" not in head


def _sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Whole sentences as they come in; at most a few, of the first paragraph."""
    text, said = "", 0
    for piece in pieces:
        text += piece
        while (end := re.search(r"[。！？!?\n]", text)) and said < _SENTENCES:
            sentence, text = text[: end.end()].strip(), text[end.end() :]
            if sentence:
                said += 1
                yield sentence
        if said >= _SENTENCES or "\n" in text.strip():
            return
    if text.strip():
        yield text.strip()


def _judged(draft: Draft, sentence: str, text: Marked, fits: Callable[[Line, str], bool]) -> Draft:
    """The draft with one more sentence, or with one more dropped."""
    sentence = _mended(sentence, text)
    said = " ".join(draft.passed)
    fresh = not any(name in MARK.findall(said) for name in MARK.findall(sentence) if name[0] == "F")
    if fresh and any(fits(line, sentence) for line in text.lines) and not _UNIT.search(sentence):
        return replace(draft, passed=(*draft.passed, sentence))
    return replace(draft, dropped=draft.dropped + 1)


def _mended(sentence: str, text: Marked) -> str:
    """A model's slips that take nothing from what it says: a label before it, a unit after the mark that already holds
    it, the year of the finding left out where the reader did not say one."""
    sentence = re.sub(r"^(?:改写|摘要|回答|答案)[：:]\s*", "", sentence)
    sentence = _UNIT.sub(lambda match: match[1] if _bare(text, match[1]).endswith(match[2]) else match[0], sentence)
    for line in text.lines:
        first = line.marks[0] if line.marks else ""
        if first.startswith("Y") and line.head.startswith(f"{{{first}}}") and [first, *MARK.findall(sentence)] == list(line.marks):
            return f"{{{first}}}，{sentence}"
    return sentence


def _bare(text: Marked, mark: str) -> str:
    return re.sub(r"（[^）]*）|\[\d+\]", "", text.fills.get(mark[1:-1], ""))


def _fits(sentence: str, line: Line, question: str, publisher: str) -> bool:
    if line.head:
        return is_worded(sentence, line.head, question, publisher)
    return bool(line.passage) and is_shortened(sentence, line.passage)


def _shown(reply: Reply, text: Marked, draft: Draft, name: str, started: float) -> Reply | None:
    """The reply with the sentences that passed; None while the figure that answers is not among them."""
    said = {mark for sentence in draft.passed for mark in MARK.findall(sentence)}
    if not draft.passed or any(mark not in said for line in text.lines for mark in line.marks if mark[0] == "F"):
        return None
    lead = "".join(_stopped(text.fill(sentence)) for sentence in draft.passed)
    written = "\n".join((lead, *(_kept(line) for line in text.lines if line.rest)))
    figures = retraced(written, reply)
    if figures is None:
        return None
    return replace(reply, text=written, figures=figures, worded=name, seconds=round(reply.seconds + time.perf_counter() - started, 3))


def _ended(reply: Reply, text: Marked, draft: Draft, name: str, started: float) -> Reply:
    """The last word, with a notice of what was dropped."""
    shown = _shown(reply, text, draft, name, started)
    if not draft.dropped and shown:
        return shown
    note = f"模型的{draft.dropped}句话没有通过核对，已略去" if draft.dropped else "模型没有给出能用的话"
    note += "。" if shown else "，以下为不经模型的答案。"
    seconds = round(reply.seconds + time.perf_counter() - started, 3)
    return replace(shown or reply, notices=(*reply.notices, note), seconds=seconds, dropped=draft.dropped)


def _kept(line: Line) -> str:
    """What stays as the program wrote it: a formula or a list says what it is."""
    return f"依据：{line.rest}" if line.head and not line.rest.startswith("其余") else line.rest


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith(("。", "！", "？")) else f"{sentence}。"
