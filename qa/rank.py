"""Questions for the largest, the smallest or the larger of two → Finding with the order and every figure in it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from corpus.fact import Basis, Fact, Measure, Origin
from corpus.number import find_mentions
from qa.asks import Ask
from qa.calculate import Operand, difference, ranked, tied
from qa.change import operand, printed
from qa.desk import Desk
from qa.find import Found, handicap
from qa.finding import Answered, Finding, Missing, Sentence, SeriesPoint
from qa.lookup import which
from qa.naming import in_wan, item_of, label_of
from qa.wording import comparable, is_generic

_SHOWN = 8
FIRST = re.compile(r"前([两二三四五六七八九十]|\d{1,2})(?:名|位|大|类|项|个|款|的|是|，|$)")
"""排前三, 前五名: how many of an order are asked for."""


def alone(desk: Desk) -> Missing | None:
    """谁的三公经费多 of one publisher: who asks for the one that has more of something never means its items, unless he says so."""
    text = desk.question.text
    if "谁" not in text or len(desk.question.items) > 1 or re.search(r"[里中]|其中|哪一?[项类种]", text):
        return None
    return Missing((Sentence(f"“谁”要在几个部门之间比较，问题里只有{desk.scope.publisher}一个，无法回答。请写明要与哪个部门比较。"),))


def rank(desk: Desk) -> Finding | Missing | None:
    """Which of the items named, or of an item's parts, is the largest (smallest)."""
    if FIRST.search(desk.question.text):
        return None  # one is no answer to who asks for three
    if _MOVES.search(desk.question.text):
        return _by_growth(desk)
    found = _candidates(desk)
    if not found or len(found) < 2:
        return None
    if rival := next((one for one in found if one.rivals), None):
        return which(desk, rival)
    place = place_asked(desk.question.text)
    if place > len(found):
        return None
    told = in_order(found, desk.question.ask is Ask.LEAST or _asks_less(desk.question.text), "year" if len(desk.scope.years) > 1 else "", place)
    return _by_how_much(told, found) if told and len(found) == 2 and _HOW_MUCH.search(desk.question.text) else told


_HOW_MUCH = re.compile(r"[，,、][^，？]{0,4}(?:[多少高低]了?|相?差了?)(?:多少|几)")
"""哪个花得多，多了多少: by how much the one is more than the other is asked as well."""


def _by_how_much(told: Finding, found: list[Found]) -> Finding | None:
    more, less = sorted(map(operand, found), key=lambda one: -one.amount.value)
    try:
        worked = difference(more, less)
    except ValueError:
        return told
    sentence = Sentence(f"相差{worked.result}：{more.amount}{{0}} - {less.amount}{{1}}。", (more.facts, less.facts))
    return replace(told, sentences=(*told.sentences, sentence), answered=(Answered(worked.result, "相差"), *told.answered), calculations=(*told.calculations, worked))


_MOVES = re.compile(r"(?:超|比|较|低于|高于)[^，？]{0,8}(?:预算|上年|去年|同期)|超支|节约|同比|[增降涨跌减]幅|增速|增长|增加|减少|下降|上升|上涨|[行成]率|人均|平均")
"""超预算最多, 增幅最大, 人均最高: the amounts do not say."""


def _by_growth(desk: Desk) -> Finding | None:
    """The row whose printed rate of growth over last year is the highest (lowest), of a table that prints one for each; None for all other moves."""
    text = desk.question.text
    if re.search(r"预算|超支|节约|[行成]率|人均|平均|减少|增加", text) or len(desk.question.items) > 1 or len(desk.scope.years) > 1:
        return None
    scope, wanted = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}, replace(desk.wanted(), measures=((Measure.GROWTH, 0.0),), versus="上年")
    pool = [entry.fact for entry in desk.book.entries if entry.fact.table_id and entry.fact.amount is not None and handicap(entry.fact, scope, wanted, True) is not None]
    tables = {fact.table_id: [other for other in pool if other.table_id == fact.table_id] for fact in pool if ("收入" in fact.table) == ("收入" in text)}
    rows = next(iter(tables.values()), [])
    depth = Counter(len(fact.item) for fact in rows).most_common(1)
    parts = [fact for fact in rows if len(fact.item) == depth[0][0]] if len(tables) == 1 else []
    falls = bool(re.search(r"[降减跌]幅|下降", text))
    return in_order([Found((fact,), 1.0) for fact in parts], falls or desk.question.ask is Ask.LEAST, place=place_asked(text)) if len(parts) > 2 else None


def place_asked(text: str) -> int:
    """排第二: 2; 1 where the question names no place."""
    match = re.search(r"(?:排(?:名|在|到)?|位居|居)?第([一二三四五六七八九十]|\d{1,2})(?:位|名|[大多高]的?|的?是|[？?]|$)|排(?:名|在)?第([一二三四五六七八九十]|\d{1,2})", text)
    said = (match[1] or match[2]) if match else "1"
    return int(said) if said.isdigit() else "一二三四五六七八九十".index(said) + 1


def in_order(found: list[Found], least: bool, name: str = "", place: int = 1) -> Finding | None:
    """Found figures from the largest down (or up), as one sentence with the rest behind it; the `place`-th one answers."""
    try:
        order = ranked([operand(one) for one in found], least)
    except ValueError:
        return None
    if place > 1:
        return _at(order, place, name)
    first, same = order[0], [one for one in order if one.amount.value == order[0].amount.value]
    word = "最少" if least else "最多"
    lead = f"“{_name(first, name)}”{word if len(order) > 2 else ('较少' if least else '较多')}，为{first.amount}{in_wan(first.amount)}{{0}}"
    if len(same) > 1:
        shared = "、".join(f"“{_name(one, name)}”{{{i}}}" for i, one in enumerate(same))
        lead = f"{shared}相同，{f'都是{word}，' if len(order) > len(same) else ''}均为{first.amount}{in_wan(first.amount)}"
    elif tied(order):
        lead = f"“{_name(first, name)}”与“{_name(order[1], name)}”按披露的位数分不出高低：{first.amount}{{0}}"
    rest = "；".join(f"{_name(part, name)}{part.amount}{{{i}}}" for i, part in enumerate(order[:_SHOWN]) if i >= len(same))
    more = f"；另有{len(order) - _SHOWN}项从略" if len(order) > _SHOWN else ""
    text = f"{lead}{('；其余：' if len(order) > 2 else '；') + rest if rest else ''}{more}。"
    groups = tuple(part.facts for part in order[:_SHOWN])
    series = tuple(SeriesPoint(_name(part, name), part.amount, part.facts[0]) for part in order)
    counted = tuple(mention.amount for mention in find_mentions(more))
    return Finding((Sentence(text, groups),), (Answered(first.amount, label_of(first.facts[0]), first.facts[0]),), series=series, counted=counted)


def _at(order: tuple[Operand, ...], place: int, name: str) -> Finding | None:
    """The second, third… of an order, with those around it; none where prints leave its place open."""
    one = order[place - 1]
    if any(other.amount.interval.meets(one.amount.interval) for other in (order[place - 2], *order[place : place + 1])):
        return None
    shown = order[: max(place + 1, 3)]
    listed = "；".join(f"{_name(part, name)}{part.amount}{{{i}}}" for i, part in enumerate(shown))
    text = f"排第{'零一二三四五六七八九十'[place] if place <= 10 else place}的是“{_name(one, name)}”，为{one.amount}{in_wan(one.amount)}{{{place - 1}}}。依次为：{listed}。"
    series = tuple(SeriesPoint(_name(part, name), part.amount, part.facts[0]) for part in order)
    return Finding((Sentence(text, tuple(part.facts for part in shown)),), (Answered(one.amount, label_of(one.facts[0]), one.facts[0]),), series=series)


def _name(part: Operand, by: str) -> str:
    return str(part.facts[0].year) + "年" if by == "year" else item_of(part.facts[0])


def _asks_less(text: str) -> bool:
    return bool(re.search(r"更?(?:少|低|小)[？?]?$|花得(?:更)?少", text)) and not re.search(r"多少", text)


def _candidates(desk: Desk) -> list[Found] | None:
    items = desk.question.items
    if len(desk.scope.years) > 1:
        found = [printed(desk.figure(desk.phrase, year)) for year in desk.scope.years]
        return [one for one in found if one] if all(found) else None
    if len(items) > 1:
        whole = desk.question.whole
        found = [printed(desk.figure(f"{whole} {item}".strip())) or printed(desk.figure(item)) for item in items]
        if not any(found):
            found = [printed(desk.figure(item, measure=Measure.COUNT, basis=Basis.NONE)) for item in items]
        kept = [one for one in found if one] if all(found) else []
        return kept if len({one.fact.id for one in kept}) == len(items) else None
    return parts_of(desk)


def parts_of(desk: Desk) -> list[Found] | None:
    """The parts of the item asked for: rows right under its row, or the classes of the widest table of expenditure."""
    text = desk.question.text
    pool = [entry.fact for entry in desk.book.entries if _counts(desk, entry.fact)]
    if re.search(r"三公", text):
        return _three_public(pool)
    if below := _below(desk, pool):
        return below
    if (children := _children(desk, pool)) and not (is_generic(desk.phrase) and "类" in text):
        return children  # 基本支出 and 项目支出 are no 类 of expenditure; 货物, 工程, 服务 are classes of 政府采购
    if desk.phrase and not re.search(r"^(?:一般公共预算)?(?:财政拨款)?(?:的)?支出|^基本支出|收入|^(?:财政拨款|一般公共预算)", desk.phrase):
        return None
    digits = 7 if re.search(r"哪[一几]?[项个]|项级", text) and not re.search(r"类", text) else 3
    forms = _forms(text)
    for form in forms:
        size = 5 if form == "基本支出表" and digits == 7 else digits
        rows = [fact for fact in pool if fact.form == form and len(fact.account) == size and _plain_column(fact)]
        if len(rows) > 1:
            return _found(rows)
    return _found(fact for fact in pool if fact.origin is Origin.PROSE and len(fact.item) == (1 if digits == 3 else 3) and re.search(r"[（(]类[)）]", fact.text))


def _below(desk: Desk, pool: list[Fact]) -> list[Found] | None:
    """The rows right under a row of the classification, in its own table and column: 30201, 30202… of 商品和服务支出."""
    named = [fact for fact in pool if fact.account and fact.item and desk.phrase and comparable(fact.item[-1]) == comparable(_AMONG.sub("", desk.phrase)) and _plain_column(fact)]
    base = min(named, key=lambda fact: len(fact.account), default=None)
    if base is None or not _AMONG.search(desk.question.text):
        return None
    under = [fact for fact in pool if fact.table_id == base.table_id and fact.column == base.column and fact.account.startswith(base.account)]
    levels = ([fact for fact in under if len(fact.account) == len(base.account) + deeper] for deeper in (2, 4))
    return next((_found(rows) for rows in levels if len(rows) > 1), None)


_AMONG = re.compile(r"\s*(?:里面?|中(?!小|央|心)|当中|之中|下面?|其中|下辖)(?:的)?(?:各项)?(?:明细|细项|科目|各项)?|\s*(?:的)?(?:明细|细项)(?:科目|金额)?(?:\s*金额)?$")


def _children(desk: Desk, pool: list[Fact]) -> list[Found] | None:
    """The figures that the report itself puts under the item: 政府采购 其中：货物, 工程, 服务."""
    base = printed(desk.figure(desk.phrase)) if desk.phrase else None
    if base is None or base.fact.origin is not Origin.PROSE:
        return None
    above = tuple(map(comparable, base.fact.item))
    same = [fact for fact in pool if fact.origin is Origin.PROSE and fact.disclosure == base.fact.disclosure and tuple(map(comparable, fact.item[:-1])) == above]
    return _found(same) if len(same) > 1 else None


def _three_public(pool: list[Fact]) -> list[Found] | None:
    """The three of 三公: going abroad, cars (bought and run together where the form says so), receptions."""
    found: list[Found] = []
    for words in (r"因公出国", r"公务用车购置(?:及|和)运行", r"公务用车(?:购置|运行)", r"公务接待"):
        if words.startswith("公务用车(") and any(re.search("公务用车", "".join(one.fact.item)) for one in found):
            continue
        rows = [fact for fact in pool if fact.form == "三公经费表" and any(re.search(words, comparable(name)) for name in fact.item) and not _under(fact, words)]
        found.extend(_found(rows) or ())
    return found or None


def _under(fact: Fact, words: str) -> bool:
    """A part below the item itself (购置费 below 公务用车购置及运行费); its own subtotal is not."""
    last = comparable(fact.item[-1])
    return not re.search(words, last) and last not in ("小计", "合计")


def _forms(text: str) -> tuple[str, ...]:
    if re.search(r"基本支出|经济分类|人员经费|公用经费|商品和服务|工资福利", text):
        return ("基本支出表",)
    if re.search(r"财政拨款|一般公共预算", text):
        return ("一般公共预算支出表", "支出表")
    return ("收入表",) if re.search(r"收入", text) and not re.search(r"支出|花", text) else ("支出表", "一般公共预算支出表")


def _counts(desk: Desk, fact: Fact) -> bool:
    scope = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}
    return fact.amount is not None and fact.measure is Measure.AMOUNT and handicap(fact, scope, desk.wanted(), True) is not None


def _plain_column(fact: Fact) -> bool:
    return comparable(fact.column[-1] if fact.column else "") in ("合计", "本年支出合计", "支出合计", "本年收入合计", "收入合计", "决算数", "预算数", "小计", "金额")


def _found(facts: Iterable[Fact]) -> list[Found] | None:
    rows: dict[tuple[str, ...], Fact] = {}
    for fact in facts:
        rows.setdefault(tuple(map(comparable, fact.item)), fact)
    return [Found((fact,), 1.0) for fact in rows.values()] or None
