"""A phrase in a scope → Found: the printed figure that it means with every place that prints it, or what stands in its way."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from corpus.amount import agree
from corpus.disclosure import Disclosure, Kind, Scope
from corpus.fact import Basis, Fact, Measure, Origin
from qa.account import ALL, account_in, account_of, is_whole, is_year_whole, names_account, names_fund, of_account, of_fund, whole_of
from qa.book import DEFAULT_COLUMNS, TOTALS, Book, without_year
from qa.day import dated, of_another_day, of_year
from qa.level import at_level, of_level, tells_levels, without_level
from qa.match import NEAR, Match, groups, matches
from qa.names import office_of
from qa.wording import bigrams, comparable, core, head, is_generic, telling_words

AMOUNTS = {Measure.AMOUNT: 0.0}
ANY = {Measure.AMOUNT: 0.0, Measure.OTHER: 0.02, Measure.COUNT: 0.08}
RATES = re.compile(r"[率度]$|[率度](?=\s)|比例|得分|评分|百分|差错|数量|人数|保有量|面积|批次|人次|评价分")
SCORES = re.compile(r"[得评]分(?!离|配|析|类)|(?:得|打|评)了?(?:多少|几)分|多少分(?!之)")
_FORMS = ("收支总表", "支出表", "收入表", "财政拨款收支总表", "一般公共预算支出表", "基本支出表", "三公经费表", "", "政府性基金表", "国有资本经营表")
_BUDGETS = {Basis.BUDGET: 0.0, Basis.OPENING: 0.01, Basis.ADJUSTED: 0.03}
_FINALS = {Basis.FINAL: 0.0, Basis.NONE: 0.01, Basis.ACTUAL: 0.01, Basis.EXECUTED: 0.02}
_PAST = {Basis.EXECUTED: 0.0, Basis.FINAL: 0.0, Basis.NONE: 0.02, Basis.BUDGET: 0.08, Basis.OPENING: 0.1}
_A_PLACE = re.compile(r"[一-龥]{2,4}[区县市旗](?!本?级)")
"""东岭区 in 市本级…比东岭区多多少: a row of its own, whatever level the question names besides."""
_SCORE = re.compile(r"得分|分值|权重|评分")
_SHOWN = 3


@dataclass(frozen=True)
class Found:
    """A printed figure (or a printed blank) and the places that print it."""

    facts: tuple[Fact, ...]
    """The best place first; all agree."""
    score: float
    rivals: tuple[Fact, ...] = ()
    """Facts of other values that the phrase fits as well: it is ambiguous."""

    @property
    def fact(self) -> Fact:
        return self.facts[0]


@dataclass(frozen=True)
class Wanted:
    """What kind of figure is looked for."""

    year: int
    kind: Kind
    basis: Basis = Basis.NONE
    measures: tuple[tuple[Measure, float], ...] = tuple(AMOUNTS.items())
    counters: tuple[str, ...] = ()
    versus: str = ""
    """Of a share, growth or completion: relative to what; '' for any."""
    asked: Kind | None = None
    """The kind that the question itself names."""
    percent: bool = False
    """Only percentages."""
    words: str = ""
    """The whole question: 市本级 may stand in it with the publisher."""
    account: str = ""
    """Only figures of that account (`qa.account`), or of none; '' for any."""
    three_public: bool = False
    """An item of 三公经费 is meant: its own table goes before the single lines of 基本支出, which leave out projects."""


def find(book: Book, disclosures: Collection[Disclosure], phrase: str, wanted: Wanted) -> Found | None:
    """The figure that a phrase means; None when nothing fits."""
    years = {disclosure.id: disclosure for disclosure in disclosures}
    named, scored = not is_generic(phrase), bool(_SCORE.search(phrase))
    found = _of_no_name(matches(book, phrase, lambda fact: handicap(fact, years, wanted, named) if scored or not _is_score(fact) else None), phrase, years)
    fitting = _of_all(_in_column(_complete(at_level(found, wanted.words or phrase, disclosures, lambda: not _A_PLACE.match(phrase) and tells_levels(entry.fact for entry in book.entries))), phrase), phrase, wanted)
    fitting = _of_the_whole(fitting, wanted.words or phrase)
    found = _by_name(fitting, phrase, wanted)
    if not found:
        return None
    best = _widest_first(_finest_first(groups(found)), fitting)
    rivals = [group[0].fact for group in best[1:] if _as_good(best[0][0], group[0]) and group[0].fact.amount is not None and not (is_generic(phrase) and _cut_short(group[0].fact, best[0][0].fact))]
    facts = _places([match.fact for match in best[0] if match.score > best[0][0].score - 0.25])
    alone = {disclosure.id for disclosure in disclosures if disclosure.scope is Scope.GOVERNMENT}
    return Found(facts, best[0][0].score, tuple(fact for fact in rivals if _other_item(facts[0], fact) or _other_table(facts[0], fact, alone)))


def _of_no_name(found: list[Match], phrase: str, disclosures: Mapping[str, Disclosure]) -> list[Match]:
    """Without sentences that hold a word of the phrase in the publisher's name alone: 上海市文化和旅游局收入预算… tells nothing of 文化."""
    words = telling_words(phrase)
    return [match for match in found if match.fact.origin is not Origin.PROSE or not any(_only_named(word, match.fact, disclosures[match.fact.disclosure].publisher) for word in words)]


def _only_named(word: str, fact: Fact, publisher: str) -> bool:
    own = comparable("".join((*fact.item, *fact.column)))
    return word in publisher and word not in own and word not in comparable(f"{fact.text}{fact.table}").replace(comparable(office_of(publisher)), "")


def _of_the_whole(found: list[Match], words: str) -> list[Match]:
    """会议费 alone is that of the department's table, not the part of it that a sentence tells within 机关运行经费, which only the offices have."""
    if "机关" in words:
        return found
    whole = {(_bare_name(match), match.fact.measure) for match in found if match.fact.origin is not Origin.PROSE}
    return [match for match in found if not _in_office_costs(match.fact) or (_bare_name(match), match.fact.measure) not in whole]


def _in_office_costs(fact: Fact) -> bool:
    return fact.origin is Origin.PROSE and len(fact.item) > 1 and any("机关运行经费" in name for name in fact.item[:-1])


def _of_all(found: list[Match], phrase: str, wanted: Wanted) -> list[Match]:
    """本年支出 of all the money goes before the row of that very name in 财政拨款收支总表 (太原 2016), and 农林水支出 of 一般公共预算 before that
    of the funds (丽江 2025), unless the question speaks of that account."""
    if not phrase or not found:
        return found
    words = wanted.words or phrase
    found = _of_total(found, phrase, words)
    if wide := [] if wanted.account else _of_all_money(found, words):
        return wide
    other = of_account if is_whole(phrase, words) else of_fund if not names_fund(words) else None
    kept = [match for match in found if not other(match.fact) and match.score > found[0].score - _ACCOUNTS] if other else []
    return kept if kept and (other is of_account or _bare_name(kept[0]) == _bare_name(found[0])) else found


def _of_total(found: list[Match], phrase: str, words: str) -> list[Match]:
    """Of a whole (支出, 财政拨款支出) that of the account named, and 本年支出合计 unless 总计 is said: 总计 holds what is left for the next year."""
    account = whole_of(phrase)
    if not account and not is_year_whole(phrase):
        return found
    of_it = [match for match in found if account_of(match.fact) == account and _is_sum(match.fact, phrase) and not _of_other_side(match.fact, phrase)] if account else found
    kept = of_it or found
    grand = [match for match in kept if _is_grand(match.fact)]
    if re.search(r"总计|收支总", words):
        return grand or kept
    return [match for match in kept if match not in grand] if any(_of_the_year(match.fact) for match in kept) else kept


def _is_sum(fact: Fact, phrase: str) -> bool:
    return bool(fact.item) and (comparable(fact.item[-1]) in TOTALS or core(head(fact.item[-1])) in (core(phrase), phrase))


def _of_other_side(fact: Fact, phrase: str) -> bool:
    """The 政府性基金预算财政拨款 printed among the income is no 政府性基金支出."""
    said = "".join((*fact.item[-1:], *fact.column))
    return any(other in said and own not in said for own, other in (("支出", "收入"), ("收入", "支出")) if own in phrase and other not in phrase)


def _is_grand(fact: Fact) -> bool:
    return bool(fact.item) and fact.item[-1].endswith("总计")


def _of_the_year(fact: Fact) -> bool:
    return bool(fact.item) and bool(re.search(r"本年(?:支出|收入)(?:合计)?$|(?:支出|收入)合计$", comparable(fact.item[-1])))


def _of_all_money(found: list[Match], words: str) -> list[Match]:
    """农林水支出 of 支出决算表 before that of 一般公共预算, which the report's prose tells in full, and that of the account which the words
    name before both; [] where the best is meant."""
    best = found[0]
    if best.fact.measure is not Measure.AMOUNT or account_of(best.fact) == "":
        return []
    name = _bare_name(best)
    if names_account(words):
        said = account_in(words) if account_of(best.fact) == ALL and not is_whole(name, "") else ""
        return [match for match in found if said and account_of(match.fact) == said and match.score > best.score - _ACCOUNTS and _bare_name(match) == name]
    if account_of(best.fact) == ALL:
        return []
    of_all = [match for match in found if account_of(match.fact) == ALL and match.score > best.score - _ACCOUNTS and _bare_name(match) == name]
    return of_all + [match for match in found if of_all and match not in of_all and _bare_name(match) == name and _same_amount(match.fact, of_all[0].fact)]


def _same_amount(one: Fact, other: Fact) -> bool:
    """Where all the money is 一般公共预算, the report's sentence bears the table of all the money out."""
    if one.amount is None or other.amount is None or one.measure is not other.measure:
        return False
    return one.amount.unit.base == other.amount.unit.base and agree(one.amount, other.amount)


def _bare_name(match: Match) -> str:
    return core(head(match.fact.item[-1])) if match.fact.item else ""


_ACCOUNTS = 0.6
"""Of the score: how much better the figure of one account may fit the words than that of all the money, which is still meant."""


def _widest_first(found: list[list[Match]], fitting: list[Match]) -> list[list[Match]]:
    """基本支出 of the whole (支出表's total), where the best is one fund's, told beside another's (太原 2016)."""
    best = found[0][0]
    if best.fact.origin is not Origin.PROSE or len(best.fact.item) < 2 or not any(_as_good(best, group[0]) for group in found[1:]):
        return found
    total = [match for match in fitting if match.fact.form in ("支出表", "收入表") and _total_row(match.fact) and match.cover >= 0.9]
    return groups(total)[:1] or found


def _total_row(fact: Fact) -> bool:
    return bool(fact.item) and comparable(fact.item[-1]) in TOTALS


def _finest_first(found: list[list[Match]]) -> list[list[Match]]:
    """A table's own figure before a sentence that rounds it wrongly (73,055.58元 told as 7.32万元, 太原 2016): one figure, not rivals."""
    told = found[0][0].fact
    if told.origin is not Origin.PROSE or told.amount is None or told.measure is not Measure.AMOUNT:
        return found
    near = [group for group in found[1:] if _rounds(told, group[0].fact) and group[0].score > found[0][0].score - 0.3]
    return [near[0], *(group for group in found[1:] if group is not near[0])] if near else found


def _cut_short(told: Fact, cell: Fact) -> bool:
    """328,661万元 told of 328,661.81万元: the whole's digits are only left off, it is no other figure."""
    if told.origin is not Origin.PROSE or not _rounds(told, cell) or told.amount is None or cell.amount is None:
        return False
    return 0 <= cell.amount.value - told.amount.value < told.amount.step


def _rounds(told: Fact, cell: Fact) -> bool:
    if cell.amount is None or told.amount is None or cell.origin is Origin.PROSE or (cell.basis, cell.year) != (told.basis, told.year):
        return False
    return cell.amount.unit.base == told.amount.unit.base and cell.amount.step < told.amount.step and abs(cell.amount.value - told.amount.value) <= 2 * told.amount.step


def _complete(found: list[Match]) -> list[Match]:
    """A cell whose names hold every word of the phrase, blank or not, before a figure that leaves one out: 水费公用经费 is no 公用经费."""
    if not found or not found[0].left:
        return found
    return [match for match in found if not match.left and match.fact.origin is not Origin.PROSE] or found


def _in_column(found: list[Match], phrase: str) -> list[Match]:
    """Where the phrase says a column's name besides the row's (养老保险缴费支出的事业收入), only that column is meant, blank or not."""
    said = comparable(phrase.replace(" ", ""))
    columns = {comparable(name) for match in found for name in match.fact.column if comparable(name) not in map(comparable, match.fact.item)}
    named = {name for name in columns if len(name) > 2 and name in said and name != said and without_year(name) not in DEFAULT_COLUMNS}
    for name in sorted(named, key=len, reverse=True):
        if not _says(found[0].fact, name):
            return [match for match in found if any(comparable(column) == name for column in match.fact.column)]
    return found


def _says(fact: Fact, name: str) -> bool:
    words = (*fact.item, *fact.column, fact.table, fact.text if fact.origin is Origin.PROSE else "")
    return any(name in comparable(word) for word in words)


def _is_score(fact: Fact) -> bool:
    """得分 and 分值 of an indicator (绩效自评表) are no value of it: 满意率 95%, 5分."""
    return bool(fact.column) and bool(_SCORE.search(fact.column[-1]))


def _by_name(found: list[Match], phrase: str, wanted: Wanted) -> list[Match]:
    """Rows whose name is the phrase itself, where there are any, go before all that only look like it.

    维修（护）费 printed blank is not the 维修费 of the cars. 三公 items are named differently from form to form and stay.
    """
    name = core(without_level(phrase))
    same = [match for match in found if match.fact.item and core(head(match.fact.item[-1])) == name]
    return found if wanted.three_public or not same else same


def _as_good(best: Match, other: Match) -> bool:
    return best.score - other.score < NEAR and other.cover >= best.cover - 0.02


def _other_item(one: Fact, other: Fact) -> bool:
    """Two rows of the same name under different parents; not two tables that print one row."""
    if one.item and other.item and comparable(one.item[-1]) == comparable(other.item[-1]):
        above = set(map(comparable, one.item[:-1])) ^ set(map(comparable, other.item[:-1]))
        return bool(above) and one.table_id == other.table_id or (one.origin is Origin.PROSE and other.origin is Origin.PROSE and bool(above))
    return True


def _other_table(one: Fact, fact: Fact, governments: Collection[str]) -> bool:
    """The totals of a government's many funds have one name and stand in tables of their own: 收入合计 of which fund?"""
    total = bool(fact.item) and bool(re.search(r"[合总]计$", comparable(fact.item[-1])))
    return total and one.disclosure in governments and comparable(one.table) != comparable(fact.table)


def _places(facts: list[Fact]) -> tuple[Fact, ...]:
    """One fact a page (or a cell, where there are no pages), the reliable first, at most a few: they are shown."""
    pages: dict[tuple[str, int, str], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact is not facts[0] and not fact.reliable, facts.index(fact))):
        pages.setdefault((fact.disclosure, fact.source.page, fact.source.place), fact)
    return tuple(pages.values())[:_SHOWN]


def handicap(fact: Fact, disclosures: dict[str, Disclosure], wanted: Wanted, named: bool) -> float | None:
    """How far a fact is from what is wanted, its names aside; None when it cannot be meant."""
    of = disclosures.get(fact.disclosure)
    if of is None or (early := _year(fact, of, wanted)) is None:
        return None
    steps: tuple[Callable[[], float | None], ...] = (
        lambda: dict(wanted.measures).get(fact.measure),
        lambda: 0.0 if not wanted.account or account_of(fact) in ("", wanted.account) else None,
        lambda: _basis(fact, of, wanted),
        lambda: _unit(fact, wanted),
        lambda: 0.0 if of_level(fact, of, wanted.words) else None,
        lambda: _versus(fact, wanted),
        lambda: None if fact.origin is Origin.PROSE and of_another_day(fact, wanted.words) else 0.0,
        lambda: _origin(fact),
        lambda: _form(fact, named, wanted.words),
        lambda: 0.15 if wanted.three_public and (fact.form == "基本支出表" or fact.account[:3] == "302") else 0.0,
        lambda: 0.0 if of.kind is wanted.kind else 0.04,
    )
    whole = early
    for step in steps:
        part = step()
        if part is None:
            return None
        whole += part
    return whole


def _year(fact: Fact, of: Disclosure, wanted: Wanted) -> float | None:
    """A count belongs to its report's year, and less to the day that its sentence names (截至2022年底, in the budget of 2023)."""
    if of.year == wanted.year and fact.measure is Measure.COUNT:
        return None if _of_another_year(fact, of) else 0.0
    if _year_is_guessed(fact, of):
        return None
    if of_year(fact, wanted.year):
        return 0.2
    return 0.0 if fact.year == wanted.year and fact.measure is not Measure.COUNT or fact.year == wanted.year == of.year else (0.05 if fact.year == wanted.year else None)


_STOCK = re.compile(r"截[至止]|年?[末底初]|\d月\d{1,2}日|现有|实有|共有|保有")
"""What is there on a day; a plan and what was done are of the year that their words name."""


def _of_another_year(fact: Fact, of: Disclosure) -> bool:
    """2024年，…改造危旧桥梁17座 in the budget of 2025 are none of 2025; how long something takes (合同工期490天) is of no year."""
    if fact.amount is not None and fact.amount.unit.base in ("天", "日", "个月", "月"):
        return False
    return fact.year not in (0, of.year) and not _STOCK.search("".join((dated(fact) if fact.origin is Origin.PROSE else fact.table, *fact.item, *fact.column)))


def _year_is_guessed(fact: Fact, of: Disclosure) -> bool:
    """Whether a sentence read from a picture has its year from nothing but the report's: a government's report speaks of two, and where its
    lines are torn apart nobody knows which section it stands in (淮安 2026)."""
    told = fact.origin is Origin.PROSE and not fact.reliable and of.scope is Scope.GOVERNMENT and of.kind is Kind.BUDGET and fact.year == of.year
    return told and not re.search(rf"{of.year}\s*年", f"{fact.text} {fact.table}")


def _basis(fact: Fact, of: Disclosure, wanted: Wanted) -> float | None:
    if fact.measure in (Measure.COUNT, Measure.OTHER) and fact.basis is Basis.NONE:
        done = wanted.basis is Basis.TARGET and of.kind is Kind.FINAL and not re.search(r"目标|计划|预计|拟|指标值", "".join((fact.text, *fact.column)))
        return None if done else 0.0  # 除治枯死松树3,860株 of final accounts is what was done, no target
    if wanted.basis in (Basis.TARGET, Basis.ACTUAL) and fact.origin is Origin.PROSE and re.search(r"自评|绩效|指标", fact.table):
        return 0.05  # a text cell of a performance table says its target in words
    if wanted.basis is Basis.OPENING and of.kind is Kind.BUDGET and fact.basis is Basis.BUDGET:
        return 0.02  # 预算数 beside 调整预算数 is the opening one (武汉 2025)
    if wanted.basis is not Basis.NONE:
        return 0.0 if fact.basis is wanted.basis else None
    if fact.measure in (Measure.CHANGE, Measure.GROWTH, Measure.SHARE, Measure.COMPLETION, Measure.AVERAGE):
        return 0.0
    if wanted.asked is Kind.FINAL and of.kind is Kind.BUDGET and fact.basis in _BUDGETS:
        return None
    if of.kind is Kind.BUDGET and fact.year < of.year:
        # What a budget says of the year before is how that year was executed; asked for its budget, it is no answer.
        return None if wanted.asked is Kind.BUDGET and fact.basis in (Basis.EXECUTED, Basis.FINAL) else _PAST.get(fact.basis)
    if wanted.asked is None and of.kind is Kind.BUDGET and fact.basis is Basis.EXECUTED:
        return 0.0  # 预算数 and 执行数 beside each other: asked without a word for it, what was spent is meant (武汉 2025)
    if wanted.asked is None and wanted.kind is Kind.BUDGET and of.scope is Scope.GOVERNMENT and fact.basis in _BUDGETS:
        return 0.08 + _BUDGETS[fact.basis]
    if wanted.kind is Kind.BUDGET:
        return (_BUDGETS | {Basis.NONE: 0.01, Basis.TARGET: 0.02}).get(fact.basis)
    return _FINALS.get(fact.basis) if of.kind is Kind.FINAL else (0.05 if fact.basis is Basis.EXECUTED else None)


def _unit(fact: Fact, wanted: Wanted) -> float | None:
    if wanted.percent:
        return 0.0 if fact.amount is not None and fact.amount.unit.base == "%" else None
    if not wanted.counters:
        return 0.0
    if fact.amount is None or fact.measure is not Measure.COUNT:
        return None
    for name in (fact.amount.unit.name, fact.amount.unit.base):  # 215万盆 are 盆
        if name in wanted.counters:
            return 0.02 * wanted.counters.index(name)
    named = fact.item and any(re.search(rf"{counter}数?(?:$|[（(])", fact.item[-1]) and not _compound(fact, counter) for counter in wanted.counters)
    return 0.04 if named else None  # 国内公务接待批次（个）


def _compound(fact: Fact, counter: str) -> bool:
    """检查车辆2.4万辆次 counts no 辆, though its name ends so."""
    return fact.amount is not None and (fact.amount.unit.base.startswith(counter) or fact.amount.unit.base.endswith("次") and not counter.endswith("次"))


def _versus(fact: Fact, wanted: Wanted) -> float | None:
    if not wanted.versus or fact.measure not in (Measure.CHANGE, Measure.GROWTH, Measure.SHARE, Measure.COMPLETION):
        return 0.0
    if "预算" in wanted.versus and _SPENT.search(fact.versus) and not _SPENT.search(wanted.versus):
        return None  # 比2022年预算执行数减少 is no change over 2022年预算数 (万里街道 2023)
    have, need = bigrams(fact.versus), bigrams(wanted.versus)
    return 0.0 if have & need and len(have & need) >= 0.6 * min(len(have), len(need)) and (min(len(have), len(need)) > 1 or have == need) else None


_SPENT = re.compile(r"执行|决算|完成|实际")


def _origin(fact: Fact) -> float:
    if fact.amount is None:
        return 0.1
    return {Origin.TEXT: 0.0, Origin.SHEET: 0.0, Origin.PROSE: 0.01, Origin.OCR: 0.02}[fact.origin] + (0.0 if fact.reliable else 0.05)


def _form(fact: Fact, named: bool, words: str) -> float:
    """Where a name stands in several forms, the widest is meant; a question without an item means the first form's totals. What came in for
    城乡社区支出 (收入决算表) is meant only where 收入 is said."""
    if fact.origin is Origin.PROSE:
        return 0.0 if named or fact.item and comparable(fact.item[-1]) in _WHOLE else 0.3
    place = _FORMS.index(fact.form) if fact.form in _FORMS else 7
    return (0.012 if named else 0.06) * place + (0.3 if "收入" not in words and _came_in(fact) else 0.0)


def _came_in(fact: Fact) -> bool:
    return bool(fact.account) and (fact.form == "收入表" or any(name.endswith("收入") for name in fact.column))


_WHOLE = frozenset("收支总计 收入总计 支出总计 收入合计 支出合计 收支预算 支出 收入".split())
