"""Questions for a share, an average, a multiple or a sum → Finding, printed or computed."""

import re
from dataclasses import replace

from corpus.amount import Amount, agree
from corpus.fact import Basis, Fact, Measure, Origin
from qa.account import ALL, account_of, is_whole, is_year_whole, names_account, of_account
from qa.book import TOTALS
from qa.calculate import Operand, average, difference, mean, share, times, total
from qa.change import computed, no_base, operand, printed
from qa.content import content
from qa.desk import Desk
from qa.find import Found, handicap
from qa.finding import Answered, Finding, Missing, Sentence, SeriesPoint
from qa.level import LEVEL_ALONE
from qa.lookup import notices, which
from qa.match import matches
from qa.naming import item_of, label_of
from qa.terms import as_printed
from qa.wording import comparable


def share_of(desk: Desk) -> Finding | Missing | None:
    """What part of a whole an item is: as printed, else computed; the whole defaults to what the report relates it to."""
    whole_said = desk.question.whole
    if not desk.phrase:
        return None
    if len(desk.scope.years) > 1:
        return _shares_by_year(desk)
    if _TOGETHER.search(desk.question.text) and (added := _added(desk, desk.phrase)):
        return _share_of_sum(desk, added, whole_said)
    found = desk.figure(desk.phrase, measure=Measure.SHARE, basis=Basis.NONE, versus=whole_said)
    if found and (amount := found.fact.amount) is not None and not found.rivals and 0 <= amount.number <= 100:
        fact = found.fact
        text = f"{fact.year}年“{item_of(fact)}”占{whole_of_share(desk, found, whole_said)}的{amount}{{0}}。"
        return Finding((Sentence(text, (found.facts,)),), (Answered(amount, label_of(fact), fact),), notices=notices(found.facts))
    part, whole = _of_one_scope(desk, whole_said)
    if isinstance(whole, Missing) or part is None:
        return whole if isinstance(whole, Missing) else None
    if part.rivals:
        return which(desk, part)
    if whole is not None and whole.fact == part.fact:
        return None
    if whole is None or whole.fact.amount is None or part.fact.amount is None or whole.fact.amount.unit.base != part.fact.amount.unit.base:
        return None
    return _divided(desk, part, whole)


def _divided(desk: Desk, part: Found, whole: Found) -> Finding | Missing | None:
    try:
        worked = share(operand(part), operand(whole))
    except ZeroDivisionError:
        return no_base(whole, "占比")
    if worked.result.number > 100 or part.fact.basis is not whole.fact.basis or _of_other_side(part.fact, whole.fact):
        return None  # a part is no larger than its whole: something else was found
    text = f"{part.fact.year}年“{item_of(part.fact)}”占“{item_of(whole.fact)}”的{worked.result}：{part.fact.amount}{{0}} ÷ {whole.fact.amount}{{1}}。"
    series = tuple(SeriesPoint(item_of(one.fact), one.fact.amount, one.fact) for one in (part, whole) if one.fact.amount is not None)
    told = computed(desk, worked, text, (part, whole), f"{item_of(part.fact)}占{item_of(whole.fact)}")
    return replace(told, series=series, notices=(*told.notices, *_scope_of_both(desk, part, whole)))


def _scope_of_both(desk: Desk, part: Found, whole: Found) -> tuple[str, ...]:
    account = account_of(whole.fact)
    plain = account in ("", ALL) or account != account_of(part.fact) or names_account(desk.question.text) or desk.of_government
    return () if plain else (f"两个数都是{account}口径。",)


def whole_of_share(desk: Desk, found: Found, said: str) -> str:
    """What a printed share is of: as printed or said, else the total of the account in whose section it stands, where the figures bear it out."""
    fact = found.fact
    if fact.versus or said:
        return fact.versus or said
    if len(fact.item) > 1 and comparable(fact.item[-2]) in TOTALS:
        return f"“{fact.item[-2]}”"  # 本年收入合计…，其中：财政拨款收入…，占100.00%
    side = "收入" if fact.item and "收入" in fact.item[-1] else "支出"
    for account in dict.fromkeys((account_of(fact), "一般公共预算财政拨款", ALL)):
        part = printed(desk.figure(desk.phrase, account=account)) if account else None
        whole = printed(desk.figure(side if account == ALL else f"{account}{side}")) if part else None
        if part and whole and fact.amount is not None and _is_share(fact.amount, part, whole):
            return f"“{item_of(whole.fact)}”"
    return "总额（报告没有写明是哪个总额）"


def _is_share(printed_share: Amount, part: Found, whole: Found) -> bool:
    try:
        return share(operand(part), operand(whole)).interval.meets(printed_share.interval)
    except (ValueError, ZeroDivisionError):
        return False


def _of_one_scope(desk: Desk, said: str) -> tuple[Found | None, Found | Missing | None]:
    """Part and whole of one account: that which the words name, else all the money, else what alone prints both (人员经费 of 基本支出)."""
    names = (desk.phrase, f"{desk.phrase} {said}")
    part = next((one for name in (reversed(names) if _ONE_ACCOUNT.search(said) else names) if (one := printed(desk.figure(name)))), None)
    if part is None or part.rivals or desk.of_government:
        return part, _whole(desk, part, said) if part and not part.rivals else None
    if said and desk.phrase.startswith(f"{said} ") and names_account(desk.phrase.removeprefix(said)):
        return part, printed(desk.figure(said, account=ALL))  # 城乡社区支出中的政府性基金 is part of that row of all the money
    whole = _whole(desk, part, said)
    if whole is None or fit_together(part.fact, whole.fact) or account_of(whole.fact) == ALL and names_account(desk.phrase):
        return part, whole
    for account in dict.fromkeys((account_of(whole.fact), *(() if is_year_whole(said) else (account_of(part.fact),)))):
        one, all_of_it = printed(desk.figure(desk.phrase, account=account)), printed(desk.figure(said or _above(part.fact), account=account))
        if one and all_of_it and not one.rivals and not all_of_it.rivals and fit_together(one.fact, all_of_it.fact):
            return one, all_of_it
    return part, whole if same_money(desk, part, whole) else _two_scopes(part, whole)


def same_money(desk: Desk, part: Found, whole: Found) -> bool:
    """Whether both accounts come to one total: of a department all of whose money is 一般公共预算 its parts are parts of all the money."""
    wholes = [printed(desk.figure("支出" if account == ALL else f"{account}支出")) for account in (account_of(part.fact), account_of(whole.fact))]
    amounts = [one.fact.amount for one in wholes if one and one.fact.amount and not one.rivals]
    return len(amounts) == 2 and amounts[0].unit.base == amounts[1].unit.base and agree(amounts[0], amounts[1])


def _two_scopes(part: Found, whole: Found) -> Missing:
    one, other = (f"“{item_of(found.fact)}”是{account_of(found.fact)}的数（{found.fact.amount}{{{n}}}）" for n, found in enumerate((part, whole)))
    return Missing((Sentence(f"{one}，{other}，口径不同，不能相除；报告没有披露同一口径的两个数。", (part.facts, whole.facts)),))


def fit_together(part: Fact, whole: Fact) -> bool:
    """Whether two figures are of one account; what is named by its account (财政拨款收入, 三公经费) is a part of all the money."""
    one, other = account_of(part), account_of(whole)
    leaf = part.item[-1] if part.item else ""
    return "" in (one, other) or one == other or other == ALL and (names_account(leaf) or comparable(leaf) in TOTALS)


_ONE_ACCOUNT = re.compile(r"一般公共预算|政府性?基金|国有资本经营")
"""Of such a whole the part is that account's row of the name (城乡社区支出), not that of all the money."""
_TOGETHER = re.compile(r"[合加]起来|[合加]在一起|合计|相加|之和|总和|一共|总共|[两三四]项")


def _added(desk: Desk, phrase: str) -> tuple[Found, ...]:
    """The figures of a list that is to be added up (基本支出和项目支出合起来); () where the words are one name, or one part is not printed."""
    names = [name for part in re.split(r"、|和|与|及|跟|\s", phrase) if len(name := content(_TOGETHER.sub(" ", part))) > 1]
    one = desk.figure(phrase)
    if len(names) < 2 or one and one.fact.item and comparable(one.fact.item[-1]) == comparable(phrase):
        return ()
    found = [printed(desk.figure(name)) for name in names]
    whole = tuple(one for one in found if one is not None and not one.rivals)
    return whole if len(whole) == len(names) == len({one.fact.id for one in whole}) else ()


def _share_of_sum(desk: Desk, parts: tuple[Found, ...], said: str) -> Finding | Missing | None:
    """What several items together are of a whole."""
    whole = printed(desk.figure(said or "支出"))
    if whole is None or whole.rivals or whole.fact in [part.fact for part in parts]:
        return None
    if apart := next((part for part in parts if not fit_together(part.fact, whole.fact) and not same_money(desk, part, whole)), None):
        return _two_scopes(apart, whole)
    try:
        added = total([operand(part) for part in parts])
        worked = share(Operand("合计", added.result), operand(whole))
    except (ValueError, ZeroDivisionError):
        return None
    listed = "，".join(f"{item_of(part.fact)}{part.fact.amount}{{{i}}}" for i, part in enumerate(parts))
    text = f"合计{added.result}，占“{item_of(whole.fact)}”的{worked.result}：{listed}；{item_of(whole.fact)}{whole.fact.amount}{{{len(parts)}}}。"
    found = computed(desk, worked, text, (*parts, whole), "合计占比")
    return replace(found, calculations=(added, worked)) if worked.result.number <= 100 else None


def _shares_by_year(desk: Desk) -> Finding | None:
    """The share in each of the years asked for, and by how many 百分点 it moved between two; None where one of them has none."""
    found = [(year, share_of(replace(desk, scope=replace(desk.scope, years=(year,))))) for year in sorted(desk.scope.years)]
    whole = [(year, one) for year, one in found if isinstance(one, Finding) and one.answered]
    if len(whole) < len(found):
        return None
    groups = tuple(one.sentences[0].places[0] for _, one in whole)
    listed = "，".join(f"{year}年{one.answered[0].amount}{{{n}}}" for n, (year, one) in enumerate(whole))
    formulas = tuple(worked for _, one in whole for worked in one.calculations)
    if not _POINTS.search(desk.question.text):
        return Finding((Sentence(f"“{desk.phrase}”的占比：{listed}。", groups),), tuple(one.answered[0] for _, one in whole), formulas)
    (early, before), (late, now) = whole[0], whole[-1]
    moved = difference(*(Operand("占比", one.answered[0].amount) for one in (now, before)))
    said = f"{'下降' if moved.result.number < 0 else '提高'}{Amount(abs(moved.result.number), moved.result.unit)}"
    text = f"“{desk.phrase}”的占比{late}年比{early}年{said}：{listed}。"
    return Finding((Sentence(text, groups),), (Answered(Amount(abs(moved.result.number), moved.result.unit), "占比之差"),), (*formulas, moved))


_POINTS = re.compile(r"百分点|个点|比[^，？]{0,8}年[^，？]{0,12}[高低升降多少增减]")


def _of_other_side(part: Fact, whole: Fact) -> bool:
    """An income is no part of expenditure."""
    one, other = ({side for side in ("收入", "支出") if fact.item and side in fact.item[-1]} for fact in (part, whole))
    return len(one) == len(other) == 1 and one != other


def _whole(desk: Desk, part: Found, said: str) -> Found | None:
    if LEVEL_ALONE.fullmatch(said):  # 市本级…收入占全市的百分之几: of the same item at that level
        return printed(replace(desk, question=replace(desk.question, text=f"{said}{desk.phrase}")).figure(desk.phrase))
    if said:
        of_all = printed(desk.figure(said, account=ALL)) if is_year_whole(said) and not desk.of_government else None
        return of_all or _not_of_one_account(desk, printed(desk.figure(said)), said)
    above = part.fact.item[-2] if len(part.fact.item) > 1 else ""
    return (printed(desk.figure(above)) if above else None) or printed(desk.figure(_above(replace(part.fact, item=part.fact.item[-1:]))))


def _above(fact: Fact) -> str:
    """The row above a figure, else all that was spent (came in)."""
    return fact.item[-2] if len(fact.item) > 1 else "收入" if "收入" in fact.item[-1] else "支出"


def _not_of_one_account(desk: Desk, whole: Found | None, said: str) -> Found | None:
    """总支出 is 本年支出合计 of all the money, where 支出总计 is printed of 财政拨款 alone (太原 2016)."""
    if whole is None or not is_whole(said, desk.question.text) or not of_account(whole.fact):
        return whole
    every = printed(desk.figure("本年收入合计" if "收入" in said else "本年支出合计"))
    return every if every and not of_account(every.fact) else whole


def average_of(desk: Desk) -> Finding | Missing | None:
    """Money shared among the people, times or things that the question counts."""
    text = desk.question.text
    if len(desk.scope.years) > 1:
        return _mean_of_years(desk)
    if re.search(r"每一?个?月|月均", text) and not re.search(r"每(?:一)?(?:个|位|名)?(?:人|批|辆|台|件|户)|人均", text):
        return _by_month(desk)
    if re.search(r"每一?个?(?:月|季|周|天|日)|[月日周季]均", text):
        return None  # a report prints no months; never a person's share instead
    counter = re.search(r"(?:每(?:一)?|平均一)(?:个|位|名)?(人次|批次|批|人|辆|台|次|件|户|个)|(人|车|批|次)均", text)
    name = (counter[1] or counter[2]).replace("车", "辆") if counter else "人"
    counters = {"批": ("批次", "批"), "次": ("批次", "次", "人次"), "人": ("人", "人次", "名"), "辆": ("辆", "台")}.get(name, (name,))
    bare = content(re.sub(rf"\d*\s*{name}次?|\d+\s*人次", " ", " ".join(desk.question.items)))
    if name == "辆":
        return _by_car(desk, bare)
    phrase = as_printed(bare) if re.search(r"[费款支用]", bare) else as_printed(f"{bare}花")
    printed_average = desk.figure(phrase, measure=Measure.AVERAGE, basis=Basis.NONE, counters=())
    if printed_average and (per := printed_average.fact.amount) is not None:
        fact = printed_average.fact
        return Finding((Sentence(f"“{item_of(fact)}”平均{per}{{0}}。", (printed_average.facts,)),), (Answered(per, label_of(fact), fact),))
    money = printed(desk.figure(phrase, counters=()))
    stem = re.sub(r"[费款]$|支出$", "", phrase)
    count = printed(desk.figure(stem, counters=counters)) or printed(desk.figure(bare, counters=counters))
    return _shared(desk, money, count, name)


def _shared(desk: Desk, money: Found | None, count: Found | None, name: str, called: str = "") -> Finding | Missing | None:
    if money is None or count is None or money.rivals:
        return which(desk, money) if money and money.rivals else None
    try:
        worked = average(operand(money), operand(count))
    except ZeroDivisionError:
        return no_base(count, "平均数")
    text = f"平均每{name}{worked.result}：“{item_of(money.fact)}”{money.fact.amount}{{0}}，{called}{count.fact.amount}{{1}}。"
    return computed(desk, worked, text, (money, count), f"{item_of(money.fact)}平均每{name}")


def _mean_of_years(desk: Desk) -> Finding | Missing | None:
    """平均每年: the years' figures added up and shared among them; nothing else is averaged over several years."""
    if re.search(r"每(?:一)?(?:个|位|名)?(?:人|批|辆|台|件|户|月|季|天|日)|[人月日季]均", desk.question.text):
        return None
    phrase = content(re.sub(r"年均|每一?年|平均", " ", desk.phrase)) or desk.phrase
    found = [printed(desk.figure(phrase, year)) for year in desk.scope.years]
    whole = tuple(one for one in found if one is not None and not one.rivals)
    if len(whole) < len(found):
        return None
    worked = mean([operand(one) for one in whole], len(whole))
    listed = "，".join(f"{one.fact.year}年{one.fact.amount}{{{i}}}" for i, one in enumerate(whole))
    return computed(desk, worked, f"“{item_of(whole[0].fact)}”平均每年{worked.result}：{listed}。", whole, f"{item_of(whole[0].fact)}平均每年")


def _by_car(desk: Desk, bare: str) -> Finding | Missing | None:
    """What a car costs: among the cars kept for official use, where the report counts those, else among all its cars; what was bought, among
    the cars bought."""
    words = content(re.sub(r"按|保有量算?|^公?车的?(?=.)|(?<=\s)公?车的?(?=.)|一?[辆台](?:公?车|公务用车)?的?", " ", bare))
    phrase = words if "公务用车" in words or "运行" not in words else words.replace("运行", "公务用车运行", 1)
    money = printed(desk.figure(as_printed(phrase), counters=()))
    stems = ("公务用车购置", "购置车辆") if "购置" in as_printed(phrase) and "运行" not in as_printed(phrase) else ("公务用车保有量", "车辆")
    counts = (printed(desk.figure(stem, basis=Basis.NONE, counters=("辆", "台"))) for stem in stems)
    count = next((found for found in counts if found and not found.rivals), None)
    return _shared(desk, money, count, "辆", f"“{item_of(count.fact)}”" if count else "")


def _by_month(desk: Desk) -> Finding | Missing | None:
    """折合每月: the year's figure shared among twelve months."""
    phrase = content(re.sub(r"折合|合(?=每)|每一?个?月|月均|平均", " ", desk.phrase))
    found = printed(desk.figure(phrase)) if phrase else None
    if found is None or found.rivals:
        return which(desk, found) if found else None
    worked = mean([operand(found)], 12)
    return computed(desk, worked, f"折合每月{worked.result}：{found.fact.year}年“{item_of(found.fact)}”全年{found.fact.amount}{{0}}。", (found,), f"{item_of(found.fact)}折合每月")


def multiple(desk: Desk) -> Finding | Missing | None:
    """How many times one item is another, or what it was in another year."""
    years = desk.question.years
    if len(desk.question.items) == 1 and len(years) == 2 and not re.search(r"[增涨翻升]", desk.question.text):
        first, second = (printed(desk.figure(desk.phrase, year)) for year in years)
    elif len(desk.question.items) == 2 and len(desk.scope.years) == 1:
        first, second = (printed(desk.figure(item)) for item in desk.question.items)
    else:
        return None
    if first is None or second is None or first.rivals or second.rivals:
        return None
    try:
        worked = times(operand(first), operand(second))
    except ZeroDivisionError:
        return no_base(second, "倍数")
    names = [f"{one.fact.year}年{item_of(one.fact)}" if len(desk.question.items) == 1 else item_of(one.fact) for one in (first, second)]
    text = f"“{names[0]}”是“{names[1]}”的{worked.result}：{first.fact.amount}{{0}}，{second.fact.amount}{{1}}。"
    return computed(desk, worked, text, (first, second), f"{names[0]}相当于{names[1]}的倍数")


def each_of(desk: Desk) -> Finding | Missing | None:
    """Several items, each with its own figure; none of them where one is not found."""
    found = [printed(desk.figure(item)) for item in desk.question.items]
    whole = [one for one in found if one is not None]
    if len(whole) < 2 or len(whole) != len(found):
        return None
    if rival := next((one for one in whole if one.rivals), None):
        return which(desk, rival)
    listed = "，".join(f"{item_of(one.fact)}{one.fact.amount}{{{i}}}" for i, one in enumerate(whole))
    answered = tuple(Answered(one.fact.amount, label_of(one.fact), one.fact) for one in whole if one.fact.amount is not None)
    return Finding((Sentence(f"{whole[0].fact.year}年：{listed}。", tuple(one.facts for one in whole)),), answered)


def quarters(desk: Desk) -> Finding | Missing | None:
    """全年计划用款合计, where the report prints the four quarters and no total."""
    if len(desk.scope.years) > 1 or not re.search(r"合计|一共|总共|共计|全年(?!预算)", desk.question.text) or re.search(r"第[一二三四]季度|[一二三四]季度", desk.question.text):
        return None
    parts = _alike(desk)
    return sum_of(desk) if parts and _ordinals([part.fact for part in parts]) else None


def sum_of(desk: Desk) -> Finding | Missing | None:
    """Named items added up, an item over several years, or the like figures of one sentence (第一季度…, 第二季度…)."""
    parts = _parts(desk)
    if parts is None or len(parts) < 2:
        return None
    if rival := next((part for part in parts if part.rivals), None):
        return which(desk, rival)
    if len({fact.id for part in parts for fact in part.facts}) < sum(len(part.facts) for part in parts):
        return None  # 吃饭、接待 are one 公务接待费, which is not added to itself
    try:
        worked = total([operand(part) for part in parts])
    except ValueError:
        return None
    listed = "，".join(f"{_named(part, parts)}{part.fact.amount}{{{i}}}" for i, part in enumerate(parts))
    return computed(desk, worked, f"合计{worked.result}：{listed}。", tuple(parts), "合计")


def _named(part: Found, parts: list[Found]) -> str:
    years = {other.fact.year for other in parts}
    return f"{part.fact.year}年" if len(years) > 1 else item_of(part.fact)


def _parts(desk: Desk) -> list[Found] | None:
    if len(desk.question.items) > 1:
        found = [printed(desk.figure(item)) for item in desk.question.items]
    elif len(desk.scope.years) > 1:
        found = [printed(desk.figure(desk.phrase, year)) for year in desk.scope.years]
    else:
        return _alike(desk)
    whole = [part for part in found if part is not None]
    return whole if len(whole) == len(found) else None


def _ordinals(facts: list[Fact]) -> bool:
    """第一季度用款计划, 第二季度用款计划…: names that differ by their ordinal only."""
    names = {re.sub(r"第?[一二三四五六七八九十\d]+(?=季度|期|批|月)", "", fact.item[-1]) for fact in facts if fact.item}
    return len(facts) > 1 and len(names) == 1 and all(re.search(r"第?[一二三四五六七八九十\d]+(?:季度|期|批|月)", fact.item[-1]) for fact in facts)


def _alike(desk: Desk) -> list[Found] | None:
    """All figures of one sentence that the phrase fits: 第一季度用款计划15万元，第二季度用款计划15万元…"""
    phrase = re.sub(r"[两二三四五六七八九十各]个?(?=季度|部分|项|类)", " ", desk.phrase)
    wanted = replace(desk.wanted(), counters=())
    scope = {disclosure.id: disclosure for disclosure in desk.scope.disclosures}
    found = [m for m in matches(desk.book, content(phrase), lambda fact: handicap(fact, scope, wanted, True)) if m.fact.origin is Origin.PROSE]
    if not found:
        return None
    if not re.search(r"季度|各|每|[两二三四五六七八九十]个", desk.question.text) and not _ordinals([m.fact for m in found]):
        return None
    same = [m.fact for m in found if m.fact.row == found[0].fact.row and m.fact.disclosure == found[0].fact.disclosure and m.score > found[0].score - 0.1]
    return [Found((fact,), 1.0) for fact in sorted(same, key=lambda fact: fact.col)]
