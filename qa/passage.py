"""Questions for a reason, a meaning or a passage → Finding: sentences quoted word for word, never reworded."""

import re
from decimal import Decimal

from corpus.amount import Amount
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure, Origin
from qa.change import turn_words
from qa.desk import Desk
from qa.finding import Answered, Finding, Missing, Quote, Sentence, quote_of
from qa.level import without_level
from qa.naming import in_wan, item_of, label_of, spoken_basis
from qa.question import OVER_BASIS
from qa.wording import bigrams, comparable, core, is_generic

_EFFECT = re.compile(r"因而|因此|所以|导致|致使|造成|受[^。；]{2,60}影响|得益于|拉动|带动")
"""Words that join a cause to what it brought about: the item may stand on either side."""
_REASON = re.compile(rf"[^。；\n]*?(?:原因|由于|因为|系因|主要是(?!用于)|主要系|{_EFFECT.pattern})[^。；\n]*")
_LONG = 360


def why(desk: Desk) -> Finding | Missing | None:
    """The reason that the report itself gives, found in the paragraph that speaks of the item."""
    best: tuple[float, Chunk, str] | None = None
    for chunk in _paragraphs(desk):
        for place, reason in _reasons(chunk.text):
            score = _fit(desk, chunk, place, reason)
            if score > 0 and (best is None or score > best[0]):
                best = (score, chunk, reason)
    correction = _premise(desk)
    if best is None and (remark := _remark(desk)):
        return Finding((*((correction,) if correction else ()), remark))
    if best is None:
        return Finding((correction,)) if correction else None
    quote = best[2].strip("，；： ")
    lead = f"报告给出的原因：“{quote}”{{0}}。"
    sentences = (*((correction,) if correction else ()), Sentence(lead, ((quote_of(best[1], quote),),)))
    return Finding(sentences, notices=_of_another_year(desk, best[1]))


_REMARK = re.compile(r"备注[:：]\s*(?P<words>[^:：]*?(?:主要是|主要因|由于|原因|因为)[^:：]*)$")


def _remark(desk: Desk) -> Sentence | None:
    """The reason that a table gives in the remarks of the item's own row (武汉 2025)."""
    ids = [disclosure.id for disclosure in desk.own(max(desk.scope.years))]
    for chunk in desk.shelf.store.chunks(ids, (ChunkKind.ROW,)):
        match = _REMARK.search(chunk.text)
        names = re.split(r"[:：]", chunk.text)[0].split() if match else []
        if match and len(names) > 1 and desk.phrase and core(names[-2]) == core(without_level(desk.phrase)):
            quote = match["words"].strip()
            return Sentence(f"报告给出的原因（备注）：“{quote}”{{0}}。", ((quote_of(chunk, quote),),))
    return None


def _of_another_year(desk: Desk, chunk: Chunk) -> tuple[str, ...]:
    """Where only a later report stands on the shelf, its reason is that of its own year's change."""
    asked = max(desk.scope.years)
    year = next((disclosure.year for disclosure in desk.scope.disclosures if disclosure.id == chunk.disclosure), asked)
    return () if year == asked else (f"报告库中没有{asked}年的报告，这是{year}年报告里写的原因，说的可能是{year}年的变化。",)


def _paragraphs(desk: Desk) -> tuple[Chunk, ...]:
    latest = max(desk.scope.years)
    ids = [disclosure.id for disclosure in desk.own(latest)] or [disclosure.id for disclosure in desk.scope.disclosures]
    return desk.shelf.store.chunks(ids, (ChunkKind.PARAGRAPH,))


def _reasons(text: str) -> list[tuple[int, str]]:
    """Sentences that give a reason, each with the words before it that it explains."""
    return [(match.start(), match[0]) for match in _REASON.finditer(text)]


def _fit(desk: Desk, chunk: Chunk, place: int, reason: str) -> float:
    """How well a reason answers: its paragraph names the item (the nearer before it the better), its direction is the one asked."""
    words = [re.sub(r"(?<=.{4})(?:经费|费用)$", "", word) for word in desk.phrase.split()]
    need = frozenset(pair for word in words for pair in bigrams(word)) or bigrams("收支总计")
    whole = sum(desk.book.weight(pair) for pair in need)
    near = bigrams(_item_before(chunk.text, place, reason))
    held = sum(desk.book.weight(pair) for pair in need if pair in near)
    wide = bigrams(chunk.text) | frozenset(pair for heading in chunk.headings for pair in bigrams(heading))
    loose = sum(desk.book.weight(pair) for pair in need if pair in wide)
    if not whole or max(held, 0.9 * loose) < 0.7 * whole:
        return 0.0
    extra = len(near - need) / (len(near) + 1)
    return held / whole + 0.5 * loose / whole + _direction(desk, reason) - 0.3 * extra


def _item_before(text: str, place: int, reason: str) -> str:
    """The item that a reason explains: the last one named before it, or in the reason's own clause."""
    if _EFFECT.search(reason) and not re.search(r"原因|由于|因为", reason):
        return reason
    before = text[:place]
    start = max(before.rfind("。"), before.rfind("；"), -1) + 1
    clause = before[start:] + re.split(r"(?:主要)?原因|由于|因为", reason)[0]
    if len(comparable(clause)) < 12 or not re.search(r"\d", clause):
        earlier = before[:start].rstrip("。；")
        clause = earlier[max(earlier.rfind("。"), earlier.rfind("；")) + 1 :] + clause
    return clause


def _direction(desk: Desk, reason: str) -> float:
    text = desk.question.text
    head = re.split(r"原因|由于|因为", reason)[0]
    budget_asked = bool(re.search(r"预算|超支|没有?(?:花|用)完|结余", text)) and desk.kind is Kind.FINAL
    budget_said = bool(re.search(r"预算数|预算的", head))
    if re.search(r"保持不变|没有变化|持平", reason) and not re.search(r"不变|没变|持平|一样", text):
        return -0.5  # why an item stayed as it was explains no change of the whole
    last_said = bool(re.search(r"上年|去年|20\d\d年|增加|增长|减少|下降", head))
    if budget_asked != budget_said and (budget_said or last_said):
        return -0.3
    return 0.3 if budget_asked == budget_said else 0.0


def _premise(desk: Desk) -> Sentence | None:
    """A false premise (为什么减少, but it rose) is put right, with the figure."""
    asked = desk.question.falling
    if not asked or re.search(r"预算", desk.question.text) and desk.kind is Kind.FINAL:
        return None
    for measure in (Measure.CHANGE, Measure.GROWTH):
        found = desk.figure(desk.phrase, measure=measure, basis=Basis.NONE, versus="上年", counters=())
        if found and found.fact.amount is not None and not found.rivals and found.fact.amount.number * asked < 0:
            return Sentence(f"与问题所说相反，报告显示比上年{turn_words(found.fact.amount)}{{0}}。", (found.facts,))
    return _unchanged(desk)


_SAME = re.compile(r"[^。；\n]*?(?:持平|一致|相同|没有变化|无变化|保持不变)[^。；，\n]*")


def stayed(desk: Desk) -> Finding | None:
    """比上年多了吗, of an item that the report says stayed as it was (与2025年预算持平): its figure, and the report's words."""
    if len(desk.question.items) > 1 or len(set(desk.scope.years)) > 1 and max(desk.scope.years) - min(desk.scope.years) != 1:
        return None
    year = max(desk.scope.years)
    found, quote = desk.figure(desk.phrase, year), _quote_of_same(desk)
    if quote is None or found is None or found.fact.amount is None or found.rivals or found.fact.year != year:
        return None
    if (over := OVER_BASIS.search(desk.question.text)) and bool(_SPENT.search(over["basis"])) != bool(_SPENT.search(quote.text)):
        return None  # 与2025年预算持平 says nothing of 2025年预算执行数
    amount, fact = found.fact.amount, found.fact
    text = f"{fact.year}年“{item_of(fact)}”{spoken_basis(fact, desk.kind)}为{amount}{in_wan(amount)}{{0}}，没有增减，报告写的是：“{quote.text}”{{1}}。"
    moved = Amount(Decimal(0), amount.unit) if re.search(r"(?:多|少|增|减|涨|降|变化|差)[^，？]{0,4}(?:多少|几)", desk.question.text) else amount
    return Finding((Sentence(text, (found.facts, (quote,))),), (Answered(moved, label_of(fact), fact),))


_SPENT = re.compile(r"执行|决算|完成|实际")


def _unchanged(desk: Desk) -> Sentence | None:
    """The report says of the item that it stayed as it was (与上年持平): then it neither rose nor fell."""
    quote = _quote_of_same(desk)
    return Sentence(f"与问题所说不同，报告说没有增减：“{quote.text}”{{0}}。", ((quote,),)) if quote else None


def _quote_of_same(desk: Desk) -> Quote | None:
    need = frozenset(pair for word in desk.phrase.split() for pair in bigrams(word))
    whole = 0.0 if is_generic(desk.phrase) else sum(desk.book.weight(pair) for pair in need)
    for chunk in _paragraphs(desk):
        for match in _SAME.finditer(chunk.text):
            clause = re.split(r"原因", match[0])[0]
            near = bigrams(re.split(r"，(?=比|较|与)", clause)[0])
            held = sum(desk.book.weight(pair) for pair in need if pair in near)
            if whole and held >= 0.9 * whole and len(near) <= 3 * len(need) + 12 and re.search(r"持平|一致|相同|变化|不变", clause):
                return quote_of(chunk, match[0].strip("，；： "))
    return None


def define(desk: Desk) -> Finding | Missing | None:
    """The report's own explanation of a term (名词解释)."""
    ids = [disclosure.id for disclosure in desk.scope.disclosures]
    best: tuple[float, Chunk, str] | None = None
    for chunk in desk.shelf.store.chunks(ids, (ChunkKind.DEFINITION, ChunkKind.PARAGRAPH)):
        for text in _definitions(chunk):
            score = _term_fit(re.sub(r"(?:包括|包含|涵盖).*$", "", desk.phrase), text) + (0.1 if chunk.kind is ChunkKind.DEFINITION else 0.0)
            if score > 0.8 and (best is None or score > best[0]):
                best = (score, chunk, text)
    if best is None:
        return None
    return Finding((Sentence(f"报告的解释：“{best[2]}”{{0}}", ((quote_of(best[1], best[2]),),)),))


def _definitions(chunk: Chunk) -> list[str]:
    if chunk.kind is ChunkKind.DEFINITION:
        return [chunk.text.strip()]
    return [match[0].strip() for match in re.finditer(r"[^。；\n]{2,40}?(?:[：:]\s*(?:是?指|反映)|是指|，指)[^。]*。?", chunk.text)]


def _term_fit(phrase: str, text: str) -> float:
    """1.0 when the term explained is the phrase; less for longer or shorter terms."""
    head = re.split(r"[：:]|是指|指的?是?|反映", text, maxsplit=1)[0]
    term, need = bigrams(head), bigrams(phrase.replace(" ", ""))
    if not term or not need:
        return 0.0
    if comparable(head) == comparable(phrase):
        return 1.0
    shared = len(term & need)
    return 0.95 * min(shared / len(need), 0.4 + 0.6 * shared / len(term))


def quoted(desk: Desk) -> Finding | None:
    """The passages that fit best, quoted; None when none covers the question's words."""
    ids = [disclosure.id for disclosure in desk.scope.disclosures if disclosure.year in desk.scope.years] or None
    duties = "主要职责" if not desk.phrase and re.search(r"(?:干|做|管)(?:些)?(?:什么|啥)", desk.question.text) else ""  # 某局是干什么的
    need = frozenset(pair for word in (desk.phrase or duties).split() for pair in bigrams(word))
    if not need:
        return None
    weights = {pair: desk.book.weight(pair) for pair in need}
    whole = sum(weights.values())
    for found in desk.shelf.search(f"{desk.question.text}{duties}", ids, 8):
        chunk = found.chunk
        held = sum(weight for pair, weight in weights.items() if pair in bigrams(chunk.indexed))
        if held >= 0.7 * whole and chunk.kind is not ChunkKind.ROW:
            return Finding((Sentence(f"报告原文：“{shortened(chunk.text)}”{{0}}", ((quote_of(chunk, chunk.text),),)),))
    return None


def shortened(text: str) -> str:
    text = text.strip()
    if len(text) <= _LONG:
        return text
    stop = text.rfind("。", 0, _LONG)
    return text[: stop + 1 if stop > 60 else _LONG] + "…"


def reason_of(fact: Fact) -> Quote | None:
    """The reason printed with a figure of prose."""
    return Quote(fact.disclosure, fact.reason, (fact.source,)) if fact.origin is Origin.PROSE and fact.reason else None
