"""Ledger: the one truth behind a synthetic report: who, when, and every amount of money, from a seed.

The publishers exist nowhere. Amounts are whole hundreds of 元, so that 万元 with two decimals says them exactly and every
sum holds to the last digit in either unit.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CITIES = "云泽市 星渚市 雾港市 青穹市 沧溟市 霁川市 曦原市 玄圃市 扶摇市 砚池市 璇玑市 朔风市 浮槎市".split()
DISTRICTS = "观澜区 听泉区 望舒区 揽月区 拾光区 归云区 浮岚区 枕溪区 松烟区 漱石区 晴岚区 栖梧区 问渠区".split()
BUREAUS = {
    "虚构事务局": ("201", "一般公共服务支出", "20103", "政府办公厅（室）及相关机构事务"),
    "虚构学政局": ("205", "教育支出", "20501", "教育管理事务"),
    "虚构水文局": ("213", "农林水支出", "21303", "水利"),
    "虚构驿路局": ("214", "交通运输支出", "21401", "公路水路运输"),
    "虚构乐舞局": ("207", "文化旅游体育与传媒支出", "20701", "文化和旅游"),
    "虚构格物局": ("206", "科学技术支出", "20601", "科学技术管理事务"),
    "虚构营造局": ("212", "城乡社区支出", "21201", "城乡社区管理事务"),
}
"""Bureaus of no real government; the account that each one's own work stands under is the real classification's."""
OTHER_LINE = {"水利": "其他水利支出", "公路水路运输": "其他公路水路运输支出", "文化和旅游": "其他文化和旅游支出"}

ECONOMIC: tuple[tuple[str, str, int, int], ...] = (
    ("30101", "基本工资", 62000, 100), ("30102", "津贴补贴", 81000, 100), ("30103", "奖金", 38000, 70),
    ("30107", "绩效工资", 21000, 60), ("30108", "机关事业单位基本养老保险缴费", 24000, 100), ("30109", "职业年金缴费", 12000, 100),
    ("30110", "职工基本医疗保险缴费", 13500, 100), ("30112", "其他社会保障缴费", 1100, 90), ("30113", "住房公积金", 19500, 100),
    ("30199", "其他工资福利支出", 9000, 60), ("30201", "办公费", 5200, 100), ("30202", "印刷费", 600, 70), ("30205", "水费", 300, 80),
    ("30206", "电费", 1500, 90), ("30207", "邮电费", 900, 90), ("30209", "物业管理费", 4100, 60), ("30211", "差旅费", 2300, 95),
    ("30213", "维修（护）费", 1200, 80), ("30214", "租赁费", 1700, 40), ("30215", "会议费", 500, 60), ("30216", "培训费", 800, 80),
    ("30217", "公务接待费", 350, 90), ("30226", "劳务费", 2600, 80), ("30227", "委托业务费", 6400, 70), ("30228", "工会经费", 3300, 100),
    ("30229", "福利费", 2700, 95), ("30231", "公务用车运行维护费", 1900, 90), ("30239", "其他交通费用", 5600, 90),
    ("30299", "其他商品和服务支出", 3900, 95), ("30302", "退休费", 7200, 85), ("30309", "奖励金", 120, 70),
)  # fmt: skip
"""Code, name, 元 a head of staff and year, how many of a hundred publishers have it."""
GROUPS = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助"}
CARS = "副部（省）级及以上领导用车 主要领导干部用车 机要通信用车 应急保障用车 执法执勤用车 特种专业技术用车 离退休干部用车 其他用车".split()
UP = "人员经费政策性增长 新增虚构数据平台建设项目 虚构古籍整理项目扩面 上年结余项目在本年实施".split()
DOWN = "落实过紧日子要求压减开支 虚构场馆修缮项目完工 部分项目调整到下年实施 人员退休减少".split()


class Fund(StrEnum):
    """Which money pays for a line."""

    GENERAL = "一般公共预算"
    GOVERNMENT = "政府性基金"
    OTHER = "其他收入"


@dataclass(frozen=True)
class Line:
    """One 项 of the functional classification."""

    code: str
    path: tuple[str, str, str]
    """类, 款, 项."""
    basic: Decimal
    project: Decimal
    opening: Decimal
    """年初预算."""
    fund: Fund = Fund.GENERAL

    @property
    def amount(self) -> Decimal:
        return self.basic + self.project


@dataclass(frozen=True)
class Trio:
    """三公: going abroad, cars bought, cars run, receptions."""

    abroad: Decimal
    bought: Decimal
    run: Decimal
    guests: Decimal

    @property
    def cars(self) -> Decimal:
        return self.bought + self.run

    @property
    def whole(self) -> Decimal:
        return self.abroad + self.cars + self.guests


@dataclass(frozen=True)
class Ledger:
    """All that one publisher took in and spent in one year (or plans to)."""

    publisher: str
    year: int
    staff: int
    lines: tuple[Line, ...]
    economic: tuple[tuple[str, str, Decimal], ...]
    """Code, name, amount; what the publisher does not have is left out."""
    planned: Trio
    spent: Trio
    goods: Decimal
    works: Decimal
    services: Decimal
    cars: tuple[int, ...]
    """By kind, as CARS has them."""
    batches: int
    visitors: int
    projects: int
    """Projects whose results were evaluated."""

    def total(self, *funds: Fund) -> Decimal:
        """What all lines of these funds come to; of all funds when none is named."""
        return sum((line.amount for line in self.lines if not funds or line.fund in funds), Decimal(0))

    def part(self, kind: str, *funds: Fund) -> Decimal:
        """basic, project or opening over the lines of these funds."""
        return sum((getattr(line, kind) for line in self.lines if not funds or line.fund in funds), Decimal(0))

    @property
    def appropriation(self) -> Decimal:
        """财政拨款."""
        return self.total(Fund.GENERAL, Fund.GOVERNMENT)

    def group(self, code: str) -> Decimal:
        """An economic class (301) or one item of it (30201)."""
        return sum((amount for own, _, amount in self.economic if own.startswith(code)), Decimal(0))

    @property
    def people(self) -> Decimal:
        """人员经费."""
        return self.group("301") + self.group("303")

    @property
    def running(self) -> Decimal:
        """公用经费, here also 机关运行经费."""
        return self.group("302")

    @property
    def bought(self) -> Decimal:
        """政府采购."""
        return self.goods + self.works + self.services


def publishers(count: int) -> tuple[str, ...]:
    """The first so many fictional publishers; neighbours share a city, and later ones a bureau's name."""
    return tuple(name for name, _ in zip(_names(), range(count), strict=False))


def _names() -> Iterator[str]:
    bureaus = list(BUREAUS)
    for round_ in range(len(CITIES) * len(BUREAUS)):
        city, turn = CITIES[round_ % len(CITIES)], round_ // len(CITIES)
        yield from (f"{city}{district}{bureaus[(place + turn) % len(bureaus)]}" for place, district in enumerate(DISTRICTS))


def ledgers(publisher: str, first: int, years: int, seed: int) -> tuple[Ledger, ...]:
    """One a year, each grown from the one before; the first of them is the year before `first`."""
    chance = random.Random(f"{seed}/{publisher}")
    staff = chance.randint(14, 90)
    has = {code for code, _, _, share in ECONOMIC if chance.randrange(100) < share}
    funds = {fund for fund, share in ((Fund.GOVERNMENT, 30), (Fund.OTHER, 50)) if chance.randrange(100) < share}
    pace = {code: Decimal(chance.randint(60, 160)) / 100 for code, *_ in ECONOMIC}
    made = []
    for year in range(first - 1, first + years):
        pace = {code: rate * Decimal(chance.randint(88, 115)) / 100 for code, rate in pace.items()}
        economic = tuple((code, name, _round(staff * head * pace[code])) for code, name, head, _ in ECONOMIC if code in has)
        made.append(_ledger(publisher, year, staff, economic, funds, chance))
    return tuple(made)


def _ledger(
    publisher: str, year: int, staff: int, economic: tuple[tuple[str, str, Decimal], ...], funds: set[Fund], chance: random.Random
) -> Ledger:  # fmt: skip
    own = {code: amount for code, _, amount in economic}
    spent = Trio(
        _some(chance, 20, staff * 700), _some(chance, 25, 160_000), own.get("30231", Decimal(0)), own.get("30217", Decimal(0))
    )  # fmt: skip
    planned = Trio(*(_round(amount * Decimal(chance.randint(102, 160)) / 100) for amount in (spent.abroad, spent.bought, spent.run, spent.guests)))
    return Ledger(
        publisher, year, staff, tuple(_lines(publisher, own, staff, funds, chance)), economic, planned, spent,
        _round(Decimal(staff * chance.randint(900, 4000))), _some(chance, 50, staff * 5000), _round(Decimal(staff * chance.randint(2000, 9000))),
        tuple(chance.choice((0, 0, 0, 1, 2)) if place in (1, 2, 3, 4, 7) else 0 for place in range(len(CARS))),
        chance.randint(2, 40) if spent.guests else 0, chance.randint(50, 600) if spent.guests else 0, chance.randint(2, 9),
    )  # fmt: skip


def _lines(publisher: str, own: dict[str, Decimal], staff: int, funds: set[Fund], chance: random.Random) -> Iterator[Line]:
    """The bureau's own work, pensions, medical care and housing; what 基本支出 pays of them is the economic items' own amount."""
    zero, bureau = Decimal(0), publisher[-5:]
    code, kind, section, name = BUREAUS[bureau]
    tied = [line for line in _TIED if line[2] in own]
    rest = sum(own.values(), zero) - sum((own[item] for _, _, item in tied), zero)
    yield _line(f"{section}01", (kind, name, "行政运行"), rest, zero, chance)
    yield _line(f"{section}02", (kind, name, "一般行政管理事务"), zero, _round(Decimal(staff * chance.randint(9000, 60000))), chance)
    last = OTHER_LINE.get(name, f"其他{name}支出")
    yield _line(f"{section}99", (kind, name, last), zero, _round(Decimal(staff * chance.randint(4000, 30000))), chance)
    if Fund.OTHER in funds:
        path = (kind, name, "机关服务")
        yield _line(f"{section}03", path, zero, _round(Decimal(staff * chance.randint(500, 3000))), chance, Fund.OTHER)
    for line, path, item in tied:
        yield _line(line, path, own[item], zero, chance)
    if Fund.GOVERNMENT in funds:
        path = ("城乡社区支出", "国有土地使用权出让收入安排的支出", "农村基础设施建设支出")
        yield _line("2120804", path, zero, _round(Decimal(staff * chance.randint(3000, 20000))), chance, Fund.GOVERNMENT)


_TIED: tuple[tuple[str, tuple[str, str, str], str], ...] = (
    ("2080501", ("社会保障和就业支出", "行政事业单位养老支出", "行政单位离退休"), "30302"),
    ("2080505", ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"), "30108"),
    ("2080506", ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位职业年金缴费支出"), "30109"),
    ("2101101", ("卫生健康支出", "行政事业单位医疗", "行政单位医疗"), "30110"),
    ("2210201", ("住房保障支出", "住房改革支出", "住房公积金"), "30113"),
)


def _line(code: str, path: tuple[str, str, str], basic: Decimal, project: Decimal, chance: random.Random, fund: Fund = Fund.GENERAL) -> Line:
    return Line(code, path, basic, project, _round((basic + project) * Decimal(chance.randint(80, 120)) / 100), fund)


def _round(amount: Decimal) -> Decimal:
    return (amount / 100).quantize(Decimal(1), ROUND_HALF_UP) * 100


def _some(chance: random.Random, share: int, most: int) -> Decimal:
    """An amount up to `most`; nothing for all but `share` of a hundred."""
    return _round(Decimal(chance.randint(most // 2, most))) if chance.randrange(100) < share else Decimal(0)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """As reports print it, two decimals."""
    return (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
