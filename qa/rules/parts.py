"""Parts that a sentence lists against its total: 其中：货物、工程、服务; kinds of 车辆; 三公 items; classes of spending."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.amount import Interval, UnitKind, exactly, plain
from corpus.fact import Measure, Severity
from qa.document import Document, Paragraph, Said, same_stage
from qa.rules.named import bare_name, named
from qa.rules.rule import HELD, Finding, NotChecked, Outcome, Rule, error, said_at, shown


@dataclass(frozen=True)
class Kinds:
    """A total whose kinds the form lists in full."""

    total: str
    parts: tuple[str, ...]
    """All must be named before a sum says anything."""
    more: str = r"$^"
    """Further kinds that may be named."""


KINDS = (
    Kinds(r"政府采购(?:支出|金额|预算|合同)?(?:总额|金额|总金额)?(?:[（(].*[)）])?", (r"货物", r"工程", r"服务")),
    Kinds(r"(?:(?:所属|下属)?各?(?:预算)?(?:部门|单位)?[共现]有)?(?:公务)?(?:用车辆|车辆|用车)|.*购置车辆", (r"其他用车|其他车辆",), r"用车|车辆|轿车|客车|越野车|旅行车|商务车|货车"),
    Kinds(r".*基本支出", (r"人员经费", r"公用经费")),
    Kinds(r"(?:本年)?支出(?:合计|总计)?", (r"^基本支出", r"^项目支出"), r"^(?:经营支出|上缴上级|对附属单位|事业单位经营|单位预留|预留|.*机动经费)"),
    Kinds(r"一般公共预算(?:财政)?拨款支出", (r"^基本支出", r"^项目支出")),
    Kinds(r"(?:本年)?收入(?:合计|总计)?", (r"财政拨款收入",), r"收入$"),
    Kinds(r"公务用车购置[及和与]运行(?:维护)?费?(?:支出)?", (r"车购置", r"车运行")),
    Kinds(r"财政拨款支出", (r"一般公共预算", r"政府性基金", r"国有资本")),
)


def parts_make_total(document: Document) -> Iterator[Outcome]:
    """Kinds that the form lists in full add up to their total; none is greater than it."""
    for paragraph in document.paragraphs:
        for total in paragraph.said:
            if total.statement.measure in (Measure.AMOUNT, Measure.COUNT) and total.exact:
                yield from _of_total(document, paragraph, total)


def _of_total(document: Document, paragraph: Paragraph, total: Said) -> Iterator[Outcome]:
    parts = _children(paragraph, total) or _listed_below(document, paragraph, total)
    kinds = next((one for one in KINDS if re.fullmatch(one.total, bare_name(total.name, document))), None)
    if not parts or kinds is None:
        return
    known = [one for one in parts if _in_bracket(paragraph, total, one) or any(re.search(words, one.name) for words in (*kinds.parts, kinds.more))]
    complete = all(any(re.search(words, one.name) for one in known) for words in kinds.parts)
    if not complete and not _outgrown(total, known):
        yield NotChecked(f"{bare_name(total.name, document)}的分项没有列全")
        return
    yield summed(total, known, bare_name(total.name, document))


def _in_bracket(paragraph: Paragraph, total: Said, one: Said) -> bool:
    """车辆17辆（其中：应急保障用车2辆、校车6辆、其他用车9辆）: all that the bracket behind a total lists is a part, whatever it is called;
    not where it goes on to say what a part is made of (其他用车9辆，主要是校车6辆)."""
    bracket = re.match(r"\s*[（(]\s*其中(?:(?!其中|主要|包括|包含|含有|分别)[^（）()])*[）)]", paragraph.text[total.statement.end :])
    return bracket is not None and one.statement.end <= total.statement.end + bracket.end()


def _outgrown(total: Said, parts: Sequence[Said]) -> bool:
    """Parts that come to more than their total are wrong, whatever else there may be."""
    made = sum((one.statement.amount.interval for one in parts), start=exactly(Decimal(0)))
    return len(parts) > 1 and made.low > total.statement.amount.interval.high


def _children(paragraph: Paragraph, total: Said) -> list[Said]:
    """Figures of the same kind that stand under a total, each name once, up to the next figure of the total."""
    path = total.statement.subject
    found: dict[str, Said] = {}
    for one in paragraph.said:
        same = one.statement.measure is total.statement.measure and one.statement.amount.unit.base == total.statement.amount.unit.base
        if one.statement.start <= total.statement.start or not same or not one.exact or one.statement.year != total.statement.year:
            continue
        if one.statement.subject == path and one.statement.basis is total.statement.basis:
            break
        if one.statement.subject[:-1] == path and path and same_stage(one.statement.basis, total.statement.basis):
            found.setdefault(one.name, one)
    return list(found.values())


def _listed_below(document: Document, paragraph: Paragraph, total: Said) -> list[Said]:
    """Of a total that leads in to a list (…基本支出预算11700.63万元，其中：), the first amount of each paragraph of the list."""
    amounts = [one for one in paragraph.said if one.is_amount]
    if not re.search(r"其中\s*[:：]\s*$", paragraph.text) or not amounts or amounts[-1] is not total:
        return []
    found: dict[str, Said] = {}
    for other in document.paragraphs[paragraph.number + 1 :]:
        first = other.said[0] if other.said else None
        if other.headings != paragraph.headings or first is None or not first.is_amount or not first.exact or first.name in found:
            break
        if first.statement.year != total.statement.year or not same_stage(first.statement.basis, total.statement.basis):
            break
        found[first.name] = first
    return list(found.values())


def summed(total: Said, parts: Sequence[Said], name: str) -> Outcome:
    """Parts against their total within what the print allows."""
    amount = total.statement.amount
    whole = sum((one.statement.amount.interval for one in parts), start=exactly(Decimal(0)))
    exact = sum((one.statement.amount.value for one in parts), start=Decimal(0))
    formula = " + ".join(plain(one.statement.amount.number) for one in parts)
    reached = f"{plain(exact / amount.unit.factor)}{amount.unit}"
    if exact == amount.value:
        return HELD
    close = whole.meets(amount.interval)
    if close and len({one.statement.amount.step for one in (total, *parts)}) > 1:
        return HELD
    message = f"{name}为{amount}，所列分项之和为{reached}" + ("，在四舍五入的尾差以内" if close else "，两者不等")
    severity = Severity.ROUNDING if close else Severity.ERROR
    return Finding(severity, message, (said_at(total), *map(said_at, parts)), reached, str(amount), f"{formula} = {reached} ≠ {amount}")


_THREE = ("因公出国费", "公务用车费", "公务接待费")


def three_public_parts(document: Document) -> Iterator[Outcome]:
    """三公经费 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费, for each stage; and so do its changes."""
    by_key: dict[str, list[Said]] = {}
    for said in document.said:
        if said.is_amount and said.exact and (item := named(said, document)) and item.key in ("三公经费", *_THREE):
            by_key.setdefault(item.key, []).append(said)
    for total in by_key.get("三公经费", ()):
        parts = [next((one for one in by_key.get(key, ()) if _beside(one, total)), None) for key in _THREE]
        if None in parts:
            yield NotChecked("正文没有按同一口径列出“三公”经费的三项")
        else:
            yield summed(total, [part for part in parts if part], "“三公”经费")


def _beside(one: Said, other: Said) -> bool:
    return one.statement.year == other.statement.year and one.statement.basis is other.statement.basis


_GRANTS = ("一般公共预算支出", "政府性基金支出", "国有资本经营支出")


def three_public_changes(document: Document) -> Iterator[Outcome]:
    """The change of 三公经费 is that of its three parts; 持平 is a change of 0."""
    yield _changed(_changes(document, document.said, ("三公经费", *_THREE)), ("三公经费", *_THREE), "“三公”经费", "三项")


def grants_changes(document: Document) -> Iterator[Outcome]:
    """The change of 财政拨款支出 is that of its three budgets, where one section states them all. Learnt from a report whose
    parts change by 113,649 and their total by 115,649."""
    sections: dict[tuple[str, ...], list[Said]] = {}
    for said in document.said:
        sections.setdefault(document.paragraphs[said.paragraph].headings, []).append(said)
    for listed in sections.values():
        changes = _changes(document, listed, ("财政拨款支出", *_GRANTS))
        if "财政拨款支出" in changes:
            yield _changed(changes, ("财政拨款支出", *_GRANTS), "财政拨款支出", "三本预算")


def _changes(document: Document, listed: Iterable[Said], keys: Sequence[str]) -> dict[str, tuple[Said, Interval]]:
    """The first change against last year that is stated of each item."""
    changes: dict[str, tuple[Said, Interval]] = {}
    for said in listed:
        if not said.exact or not (item := named(said, document)) or item.key not in keys:
            continue
        if said.statement.measure is Measure.CHANGE and said.statement.amount.unit.kind is UnitKind.MONEY and "上年" in said.statement.versus:
            changes.setdefault(item.key, (said, said.statement.amount.interval))
        elif said.is_amount and re.match(r"[，。；]?\s*[比与较][^，。；]*持平", document.paragraphs[said.paragraph].text[said.statement.end :]):
            changes.setdefault(item.key, (said, exactly(Decimal(0))))
    return changes


def _changed(changes: Mapping[str, tuple[Said, Interval]], keys: Sequence[str], name: str, of: str) -> Outcome:
    if not all(key in changes for key in keys):
        return NotChecked(f"正文没有写全{name}及其{of}的增减额")
    total, stated = changes[keys[0]]
    parts = [changes[key] for key in keys[1:]]
    made = sum((interval for _, interval in parts), start=exactly(Decimal(0)))
    if made.meets(stated):
        return HELD
    right = shown(made, total.statement.amount.unit, max(0, -int(total.statement.amount.number.as_tuple().exponent)))
    return error(
        f"{name}增减额写为{total.statement.amount}，{of}增减额之和为{right}", (said_at(total), *(said_at(one) for one, _ in parts)),
        right, str(total.statement.amount), f"{of}增减额之和 {right} ≠ {total.statement.amount}",
    )  # fmt: skip


def classes_make_total(document: Document) -> Iterator[Outcome]:
    """Classes (类) that a section lists under 主要用于以下方面 add up to the total that opens the list, shares to 100 %."""
    sections: dict[tuple[str, ...], list[Said]] = {}
    for said in document.said:
        if said.exact and said.statement.measure in (Measure.AMOUNT, Measure.SHARE):
            sections.setdefault(document.paragraphs[said.paragraph].headings, []).append(said)
    for headings, listed in sections.items():
        if headings and "结构" in headings[-1]:
            yield from _listed(document, listed)


def _listed(document: Document, said: Sequence[Said]) -> Iterator[Outcome]:
    classes = [one for one in said if one.is_amount and re.search(r"[（(]类[)）]", one.lead)]
    total = next((one for one in said if one.is_amount and one not in classes), None)
    if total is None or len(classes) < 2:
        yield NotChecked("支出结构没有按类列出")
        return
    yield summed(total, classes, bare_name(total.name, document))
    shares = [one for one in said if one.statement.measure is Measure.SHARE and any(one.statement.subject == c.statement.subject for c in classes)]
    if len(shares) == len(classes):
        yield _hundred(shares)


def _hundred(shares: Sequence[Said]) -> Outcome:
    made = sum((one.statement.amount.interval for one in shares), start=exactly(Decimal(0)))
    exact = sum((one.statement.amount.number for one in shares), start=Decimal(0))
    if made.holds(Decimal(100)):
        return HELD
    formula = " + ".join(plain(one.statement.amount.number) for one in shares)
    return error(f"各类支出占比之和为{plain(exact)}%，不是100%", tuple(map(said_at, shares)), "100%", f"{plain(exact)}%", f"{formula} = {plain(exact)}%")


RULES: Sequence[Rule] = (
    Rule(
        "parts_make_total", "“其中”各项之和等于总数",
        "公开格式列全的分项（采购的货物、工程、服务，各类车辆，基本支出与项目支出等）之和等于总数",
        parts_make_total, departments=True,
    ),
    Rule(
        "three_public_parts", "“三公”经费等于三项之和",
        "“三公”经费＝因公出国（境）费＋公务用车购置及运行费＋公务接待费",
        three_public_parts, departments=True,
    ),
    Rule(
        "three_public_changes", "“三公”经费增减额等于三项增减额之和",
        "总额的增减等于各组成项增减之和",
        three_public_changes, departments=True,
    ),
    Rule(
        "grants_changes", "财政拨款支出增减额等于三本预算增减额之和",
        "财政拨款支出由一般公共预算、政府性基金和国有资本经营预算拨款支出组成，总额的增减等于各组成项增减之和",
        grants_changes, departments=True,
    ),
    Rule(
        "classes_make_total", "各类支出之和等于总支出",
        "支出按功能分类到类，各类之和等于总数，占比之和为100%",
        classes_make_total, departments=True,
    ),
)  # fmt: skip
