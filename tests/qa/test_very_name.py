"""A phrase beside rows of its very name, of a longer name, and of a name that only looks like it."""

from decimal import Decimal

from corpus.amount import WAN, Amount
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.fact import Basis, Fact, Measure, Origin
from qa.book import books
from qa.find import Wanted, find

REPORT = Disclosure("a" * 16, "a" * 64, "r.pdf", "某区某局", (), 2024, Kind.FINAL, Scope.DEPARTMENT, 9, (), True)
WANTED = Wanted(2024, Kind.FINAL)


def fact(number: int, item: tuple[str, ...], amount: str | None, origin: Origin = Origin.TEXT, table: str = "基本支出决算表") -> Fact:
    printed = None if amount is None else Amount(Decimal(amount), WAN)
    return Fact(
        f"{REPORT.id}-{number}", REPORT.id, f"{REPORT.id}-t1" if origin is Origin.TEXT else "", number, 1, table, "", item, "", ("决算数",), Measure.AMOUNT, Basis.FINAL,
        "", 2024, printed, Source("r.pdf", number + 1, (0.0, 0.0, 1.0, 1.0)), origin, True, amount or "",
    )  # fmt: skip


def test_a_blank_row_of_the_very_name_is_not_filled_from_a_lookalike() -> None:
    book = books([fact(1, ("商品和服务支出", "维修（护）费"), None), fact(2, ("公务用车运行维护费", "维修费"), "1.37", Origin.PROSE)])
    found = find(book, [REPORT], "维修（护）费", WANTED)
    assert found is not None and found.fact.amount is None


def test_two_rows_of_one_core_name_stay_rivals() -> None:
    book = books([fact(1, ("商品和服务支出", "培训费"), "25.00"), fact(2, ("一般公共预算拨款安排的培训费预算支出",), "30.00", Origin.PROSE, "十、三公、会议、培训")])
    found = find(book, [REPORT], "培训费", WANTED)
    assert found is not None and found.rivals


def test_the_question_s_own_words_before_de_are_not_dropped() -> None:
    book = books([fact(1, ("政府采购",), "830.00", Origin.PROSE), fact(2, ("预留给小型和微型企业的政府采购项目",), "232.40", Origin.PROSE)])
    found = find(book, [REPORT], "给小微企业预留的政府采购", WANTED)
    assert found is None or found.fact.amount != Amount(Decimal("830.00"), WAN)


def test_other_something_is_not_something() -> None:
    book = books([fact(1, ("城乡社区支出", "其他城乡社区支出"), "922.02")])
    assert find(book, [REPORT], "城乡社区支出", WANTED) is None
