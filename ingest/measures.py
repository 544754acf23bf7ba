"""A column's header, a row's labels and a table's title → what a figure measures: measure, basis, year, unit."""

import re
from collections.abc import Sequence

from corpus.amount import PERCENT, Amount, Unit, UnitKind
from corpus.disclosure import Kind
from corpus.fact import Basis, Measure
from corpus.number import unit_named
from ingest.captions import squeezed

_BASES = tuple(
    (basis, re.compile(pattern))
    for basis, pattern in (
        (Basis.OPENING, r"年初预算"),
        (Basis.ADJUSTED, r"(?:全年|调整|变动|调整后|追加后)的?预算"),
        (Basis.TARGET, r"目标值|指标值|目标$"),
        (Basis.ACTUAL, r"实际完成值|完成值"),
        (Basis.FINAL, r"决算"),
        (Basis.EXECUTED, r"执行数|预计执行|实际完成|完成数|执行情况|实际支出"),
        (Basis.BUDGET, r"预算"),
    )
)

_RATE = re.compile(r"[%％]|(?:率|比重|占比|百分比|比例)$")

_GROWTH = re.compile(r"增长|增减|[+＋±][,，、/]?[-－]|比上年|同比|升降|增幅")

_CHANGE = re.compile(r"增减|增加额|减少额|差额|比上年.*[增减]")

_OF = re.compile(r"(?:为|占|完成)(?:了)?(.{2,12}?)的?(?:比重|比例|百分比|[%％]|$|[（(])")

_UNIT_MARK = re.compile(r"[（(](?:单位[:：]?)?([^（）()\d]{1,5})[)）]")

_ACCOUNT_LEVELS = ("类", "款", "项", "目")
"""其他公共安全支出(项) says a level of account, it counts nothing."""

_COUNTED = tuple(
    (re.compile(pattern), unit)
    for pattern, unit in (
        (r"人次", "人次"),
        (r"批次", "批次"),
        (r"人数|学生数|教师数|职工数|编制数|在职人员|职工$", "人"),
        (r"辆数|车辆数|保有量", "辆"),
        (r"得分|分值|权重|总分|^评分", "分"),
        (r"面积", ""),
        (r"数量|个数|台数|件数|次数|台\(套\)数", ""),
    )
)
"""What a header counts, and the unit that it fixes; '' where the print must say it."""


TARGET_VALUE = re.compile(r"(?:目标|指标|完成)值")
"""A column of what indicators are to reach or have reached: each row in a unit of its own."""
_SCORED = re.compile(r"得分|分值|权重")
_RATED = re.compile(r"(?:率|满意度|合格|比重|占比|比例)$")


def measure_of(header: Sequence[str], amount: Amount | None) -> Measure:
    text = "".join(map(squeezed, header))
    last = squeezed(header[-1]) if header else ""
    rate = any(map(_is_rate, header)) or (amount is not None and amount.unit.kind is UnitKind.PERCENT)
    if _SCORED.search(last):
        return Measure.OTHER
    if TARGET_VALUE.search(last):
        return Measure.COUNT if amount is not None and amount.unit.kind is UnitKind.COUNT and amount.unit.name != "分" else Measure.OTHER
    if amount is not None and amount.unit.kind is UnitKind.COUNT:
        return Measure.COUNT
    if rate:
        return _rate_measure(text)
    return Measure.CHANGE if _CHANGE.search(last) else Measure.AMOUNT


def _rate_measure(text: str) -> Measure:
    if re.search(r"数为|为.*(?:预算|决算|的)|完成|占.*(?:预算|计划)|执行率", text):
        return Measure.COMPLETION
    if _GROWTH.search(text):
        return Measure.GROWTH
    return Measure.SHARE if re.search(r"占|比重|比例", text) else Measure.OTHER


def versus_of(header: Sequence[str], measure: Measure) -> str:
    """What a rate or change is relative to, as the header prints it."""
    if measure in (Measure.AMOUNT, Measure.COUNT, Measure.OTHER):
        return ""
    text = "".join(map(squeezed, header))
    if measure in (Measure.GROWTH, Measure.CHANGE):
        match = re.search(r"(?:比|较)((?:上年|20\d\d年|年初|预算)\w{0,5}?)(?:增|减|[+＋±%％]|$)", text)
        return match[1] if match else "上年"
    match = _OF.search(text)
    return match[1].removesuffix("的") if match else ""


def basis_of(header: Sequence[str], title: str, kind: Kind, measure: Measure) -> Basis:
    """口径 by the header, then the title, then the kind; of a rate's header only what is before 为, 占 or 比 counts."""
    relative = measure not in (Measure.AMOUNT, Measure.COUNT)
    for step in reversed(header):
        words = re.split(r"为|占|比上年|比(?=年|预)", squeezed(step))[0] if relative else squeezed(step)
        found = next((basis for basis, pattern in _BASES if pattern.search(words)), None)
        if found and not (found is Basis.BUDGET and _FUND.search(words)):
            return found
    named = set(re.findall(r"决算|预算", _FUND.sub("", title)))
    if len(named) == 1:
        return Basis.FINAL if "决算" in named else Basis.BUDGET
    return Basis.FINAL if kind is Kind.FINAL else Basis.BUDGET


_FUND = re.compile(r"(?:一般公共|政府性基金|国有资本经营|财政专户|部门)预算(?!数)")
"""预算 as the name of a fund, which says nothing of 口径."""


def year_of(label: str, header: Sequence[str], title: str, disclosed: int) -> int:
    """The year that the row or header names (2022年决算数, 上年决算数), else the title's, else the disclosure's."""
    titled = re.findall(r"20\d\d(?=年|-)", title)
    base = int(titled[0]) if titled else disclosed
    for text in (label, *reversed(header)):
        years = set(_YEAR.findall(squeezed(text)))
        if len(years) == 1:
            return int(years.pop())
    last_year = _LAST_YEAR.search("".join(map(squeezed, header)))
    return base - 1 if last_year else base


_YEAR = re.compile(r"(?<!\d)20\d\d(?=年|$)")
_LAST_YEAR = re.compile(r"^(?:上年|去年)(?!结转|结余)|[（(]上年(?:决算|预算|执行|数)")
"""上年结转 is a source of money of the budget that prints it, no year of its figures."""


def unit_of(header: Sequence[str], labels: Sequence[str], corner: str) -> Unit | None:
    """The unit that the header, the row's labels or the table's corner prints, in this order; None where none does."""
    for step in reversed(header):
        if named := _marked(step):
            return named
        if _is_rate(step):
            return PERCENT
        bare = squeezed(step)
        counted = next((unit for pattern, unit in _COUNTED if pattern.search(bare)), None)
        if counted is not None:
            return unit_named(counted) if counted else None
    named = next((unit for label in reversed(labels) if (unit := _marked(label))), None)
    return named or (unit_named(corner) if corner and not _is_no_money(header, labels) else None)


def _is_no_money(header: Sequence[str], labels: Sequence[str]) -> bool:
    """指标值 90 of 满意度 in a table whose corner says 万元: what it is in is printed nowhere."""
    indicator = bool(header) and bool(TARGET_VALUE.search(squeezed(header[-1])))
    return indicator and any(_RATED.search(squeezed(label)) for label in labels[-1:])


def _marked(text: str) -> Unit | None:
    """A unit in brackets: 金额（万元）, 公务用车保有量（辆）."""
    marks = (match[1] for match in _UNIT_MARK.finditer(squeezed(text)) if match[1] not in _ACCOUNT_LEVELS)
    return next((unit for mark in marks if (unit := unit_named(mark))), None)


def _is_rate(step: str) -> bool:
    return _RATE.search(squeezed(step)) is not None


def counts_things(header: Sequence[str]) -> bool:
    return any(pattern.search(bare) for bare in map(squeezed, header) for pattern, _ in _COUNTED)
