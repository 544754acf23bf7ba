"""Questions for a reason, a meaning or a passage → Finding: sentences quoted word for word, never reworded."""

import re
from decimal import Decimal

from corpus.amount import Amount
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure, Origin
from qa.change import turn_words
from qa.desk import Desk
from qa.find import Found
from qa.finding import Answered, Finding, Missing, Quote, Sentence, quote_of
from qa.grant import grant_of, moved_over
from qa.level import without_level
from qa.naming import in_wan, item_of, label_of, spoken_basis
from qa.question import OVER_BASIS, bare
from qa.reason import Reason, explains, reasons_of, sentence_before
from qa.wording import bigrams, comparable, core, is_generic

_LONG = 360


def why(desk: Desk) -> Finding | Missing | None:
    """The reason that the report itself gives for the very item asked for, and for the direction asked for; none is made up of a sibling's."""
    if several := _several(desk):
        return several
    correction = _premise(desk)
    turn = 0 if _SAME_ASKED.search(desk.question.text) else -desk.question.falling if correction else desk.question.falling
    found = _best_reason(desk, turn) or _reason_of_part(desk, turn) or _reason_that_tells_of(desk, turn)
    if found is None and (remark := _remark(desk)):
        return Finding((*((correction,) if correction else ()), remark))
    if found is None:
        return Finding((correction,)) if correction else None
    chunk, reason, lead = found
    sentences = (*((correction,) if correction else ()), Sentence(f"{lead}：“{reason.quote}”{{0}}。", ((quote_of(chunk, reason.quote),),)))
    return Finding(sentences, notices=(*_of_another_year(desk, chunk), *_misprinted(reason, turn)))


Told = tuple[Chunk, Reason, str]
"""Where a reason stands, the reason, and how it is introduced."""
_GIVEN = "报告给出的原因"


def _best_reason(desk: Desk, turn: int) -> Told | None:
    best: tuple[float, Chunk, Reason] | None = None
    for chunk in _paragraphs(desk):
        for reason in reasons_of(chunk.text):
            score = _fit(desk, chunk, reason.quote) if reason.effect else explains(reason, desk.phrase, _own_names(desk))
            score = score and score + _as_asked(desk, reason, turn)
            if score > 0 and (best is None or score > best[0]):
                best = (score, chunk, reason)
    return (best[1], best[2], _GIVEN) if best else None


def _several(desk: Desk) -> Missing | None:
    """一般行政管理事务为什么减少, where the report gives reasons for those of several 款: asked back, whichever of them fell."""
    told = (reason for chunk in _paragraphs(desk) for reason in reasons_of(chunk.text) if len(reason.item) > 1)
    paths = dict.fromkeys("·".join(reason.item[-2:]) for reason in told if explains(reason, desk.phrase, _own_names(desk)) > 0)
    if len(paths) < 2:
        return None
    choices = tuple(f"{desk.scope.publisher}{max(desk.scope.years)}年{path.replace('·', '')}为什么{_TURN_SAID[desk.question.falling]}？" for path in paths)
    return Missing((Sentence(f"“{desk.phrase}”在报告中对应不止一项，请选择要问的是哪一项：{'；'.join(paths)}。"),), choices)


_TURN_SAID = {1: "增加", -1: "减少", 0: "变化"}


def _own_names(desk: Desk) -> tuple[str, ...]:
    return (desk.scope.publisher, *(alias for disclosure in desk.scope.disclosures for alias in disclosure.aliases))


_BUDGET_ASKED = re.compile(r"预算|超支|超了|没有?(?:花|用)完|结余|没花")
_SAME_ASKED = re.compile(r"不变|没变|持平|一样|没有?(?:增|减|变|涨|降)|(?<!变)不(?:增|减)")


def _as_asked(desk: Desk, reason: Reason, turn: int) -> float:
    """0 for a reason of the direction and comparison asked for, less than nothing for another's."""
    text = desk.question.text
    over_budget = desk.kind is Kind.FINAL and bool(_BUDGET_ASKED.search(text))
    if over_budget and not turn:
        turn = -1 if re.search(r"没有?(?:花|用)|结余|没花|低|小于|不足", text) else 1 if re.search(r"超|高|大于|达到|多", text) else 0
    if reason.same and not reason.turn:
        return 0.0 if not turn else -2.0
    if _SAME_ASKED.search(text):
        return -2.0
    if turn and reason.turn != turn and not (reason.turn == -turn and _prints_turn(desk, turn)):
        return -2.0
    if reason.effect or over_budget == reason.over_budget:
        return 0.0
    return -2.0 if over_budget else -0.5  # asked without a word of the budget: its reason answers where there is no other, and says what it is of


def _prints_turn(desk: Desk, turn: int) -> bool:
    """财政拨款收入支出增加的主要原因是…项目支出减少, of a budget that the report prints as falling: a slip of its words (石泉路 2026)."""
    moved = _of_whole(desk)
    return moved is not None and moved.fact.amount is not None and moved.fact.amount.number * turn > 0


def _of_whole(desk: Desk) -> Found | None:
    """The printed change of the whole, where the question names no item of its own."""
    if desk.phrase and not is_generic(desk.phrase):
        return None
    grant = grant_of(desk, re.sub(r"预算|决算", "", desk.phrase), max(desk.scope.years))
    return grant[1] if grant else moved_over(desk, "收支总计", max(desk.scope.years))


def _misprinted(reason: Reason, turn: int) -> tuple[str, ...]:
    if not turn or reason.turn != -turn or reason.effect:
        return ()
    return (f"报告这句话写的是“{'增加' if reason.turn > 0 else '减少'}”，与报告印的增减不一致，请核对原文。",)


_THREE = re.compile(r"因公出国|公务用车|公务接待")


def _reason_of_part(desk: Desk, turn: int) -> Told | None:
    """三公经费 rose by 27万元 and so did its cars: where the whole has no reason of its own, and one part is all of its change, that part's."""
    moved = moved_over(desk, desk.phrase, max(desk.scope.years)) if desk.phrase and "三公" in desk.phrase else None
    if moved is None or moved.fact.amount is None or not moved.fact.amount.number:
        return None
    for chunk in _paragraphs(desk):
        for reason in reasons_of(chunk.text):
            told = reason.item and _THREE.search(reason.item[-1]) and turn in (0, reason.turn) and chunk.disclosure == moved.fact.disclosure
            if told and (part := moved_over(desk, reason.item[-1], max(desk.scope.years))) and part.fact.amount == moved.fact.amount:
                return chunk, reason, f"报告没有单独写“{desk.phrase}”的原因；它的增减与“{reason.item[-1]}”相同，报告给出的原因"
    return None


def _reason_that_tells_of(desk: Desk, turn: int) -> Told | None:
    """微型消防站的经费 has no row, but one reason speaks of it and goes the way asked for: told as that of the item it was given for."""
    name = re.sub(r"的?(?:经费|费用|支出|资金)$", "", desk.phrase)
    if not turn or len(name) < _NAME or " " in name or desk.figure(desk.phrase):
        return None
    told = [(chunk, reason) for chunk in _paragraphs(desk) for reason in reasons_of(chunk.text) if reason.turn == turn and reason.item and name in reason.quote.partition("原因")[2]]
    if len(told) != 1 or _as_asked(desk, told[0][1], turn) < 0:
        return None
    return (*told[0], f"报告在“{told[0][1].item[-1]}”的增减原因中写到")


_NAME = 4
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


def _fit(desk: Desk, chunk: Chunk, words: str) -> float:
    """How well a sentence in which cause and item stand together (受…影响，增值税下降) answers: it names the item, and little else."""
    asked = [re.sub(r"(?<=.{4})(?:经费|费用)$", "", word) for word in desk.phrase.split()]
    need = frozenset(pair for word in asked for pair in bigrams(word)) or bigrams("收支总计")
    whole = sum(desk.book.weight(pair) for pair in need)
    near = bigrams(words)
    held = sum(desk.book.weight(pair) for pair in need if pair in near)
    if not whole or held < 0.7 * whole:
        return 0.0
    return held / whole - 0.3 * len(near - need) / (len(near) + 1)


def _premise(desk: Desk) -> Sentence | None:
    """A false premise (为什么减少, but it rose) is put right, with the figure."""
    asked = 0 if _SAME_ASKED.search(desk.question.text) else desk.question.falling
    if not asked or re.search(r"预算", desk.question.text) and desk.kind is Kind.FINAL:
        return None
    for found in (_of_whole(desk), *(desk.figure(desk.phrase, measure=measure, basis=Basis.NONE, versus="上年", counters=()) for measure in (Measure.CHANGE, Measure.GROWTH))):
        if found and found.fact.amount is not None and not found.rivals and found.fact.amount.number * asked < 0 and not _of_other_basis(desk, found.fact):
            return Sentence(f"与问题所说相反，报告显示比{found.fact.versus or '上年'}{turn_words(found.fact.amount)}{{0}}。", (found.facts,))
    return _unchanged(desk)


def _of_other_basis(desk: Desk, fact: Fact) -> bool:
    """What rose over 2025年预算执行数 may have fallen against 2025年预算."""
    return desk.kind is Kind.BUDGET and bool(_SPENT.search(fact.versus)) and not _SPENT.search(desk.question.text)


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


def as_year_after(desk: Desk) -> Finding | None:
    """2025's figure where the shelf has only the budget of 2026, which prints its own and 与2025年预算持平."""
    year = desk.year
    if len(desk.scope.years) > 1 or desk.own(year) or not desk.own(year + 1) or not desk.phrase or desk.question.counters or desk.question.things:
        return None
    found, quote = desk.figure(desk.phrase, year + 1, basis=Basis.NONE), _quote_of_same(desk)
    if quote is None or found is None or found.rivals or found.fact.amount is None or not re.search(rf"{year}年|上年|去年", quote.text):
        return None
    if found.fact.disclosure != quote.disclosure or _SPENT.search(quote.text) or desk.question.kind is Kind.FINAL and desk.kind is not Kind.FINAL:
        return None
    amount, fact = found.fact.amount, found.fact
    text = f"{year}年“{item_of(fact)}”为{amount}{in_wan(amount)}，与{year + 1}年{amount}{{0}}持平，报告写的是：“{quote.text}”{{1}}。"
    note = f"报告库中没有{year}年的报告，该数按{year + 1}年报告中的“持平”得出。"
    return Finding((Sentence(text, (found.facts, (quote,))),), (Answered(amount, f"{year}年{item_of(fact)}（与{year + 1}年持平）", fact),), notices=(note,))


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
            short = len(comparable(clause)) < 14 and not re.search(r"\d元|万元", clause)  # 公务接待费2.11万元。与2025年预算持平
            start = sentence_before(chunk.text, match.start()) if short and match.start() else match.start()
            told = chunk.text[start : match.start()] + clause
            near = bigrams(re.split(r"，(?=比|较|与)|。", told)[0])
            held = sum(desk.book.weight(pair) for pair in need if pair in near)
            if whole and held >= 0.9 * whole and len(near) <= 3 * len(need) + 12 and re.search(r"持平|一致|相同|变化|不变", clause):
                return quote_of(chunk, chunk.text[start : match.end()].strip("，；： \n"))
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
    for found in desk.shelf.search(f"{bare(desk.question)}{duties}", ids, 8):
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
