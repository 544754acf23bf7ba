"""Questions that were once answered with another figure: columns, totals, sides, levels, parts left out, places in an order."""

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.amount import WAN, Amount
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.fact import Basis, Fact, Measure, Origin
from qa.asks import Ask
from qa.book import books
from qa.find import Found, Wanted, find
from qa.level import level_of
from qa.publisher import Named
from qa.question import understand
from qa.rank import in_order
from qa.settle import Refused, settle

REPORT = Disclosure("a" * 16, "a" * 64, "r.pdf", "某市发展和改革委员会", ("某市发改委",), 2024, Kind.FINAL, Scope.DEPARTMENT, 9, (), True)
CITY = replace(REPORT, id="b" * 16, publisher="某市", aliases=(), scope=Scope.GOVERNMENT)
WANTED = Wanted(2024, Kind.FINAL)


def cell(number: int, row: tuple[str, ...], column: str, amount: str | None, form: str = "支出表", of: Disclosure = REPORT, table: str = "支出决算表") -> Fact:
    return Fact(
        f"{of.id}-{number}", of.id, f"{of.id}-t1", number, 1, table, form, row, "", (column,), Measure.AMOUNT, Basis.FINAL, "", 2024,
        None if amount is None else Amount(Decimal(amount), WAN), Source("r.pdf", number + 1, (0.0, 0.0, 1.0, 1.0)), Origin.TEXT, True, amount or "",
    )  # fmt: skip


def told(number: int, row: tuple[str, ...], amount: str, text: str = "", of: Disclosure = REPORT, headings: str = "说明") -> Fact:
    return replace(cell(number, row, "", amount, "", of, headings), column=(), origin=Origin.PROSE, text=text or f"{row[-1]}{amount}万元", table_id="")


def found(facts: list[Fact], phrase: str, wanted: Wanted = WANTED) -> Found | None:
    return find(books(facts), [REPORT, CITY], phrase, wanted)


def amount_of(one: Found | None) -> str:
    assert one is not None and one.fact.amount is not None
    return f"{one.fact.amount.number}"


TOTALS = [cell(1, ("合计",), "本年支出合计", "42.67"), cell(2, ("合计",), "基本支出", "34.00"), cell(3, ("合计",), "项目支出", "8.67")]


def test_the_total_is_not_its_narrower_column() -> None:
    assert amount_of(found(TOTALS, "支出")) == "42.67"
    assert amount_of(found(TOTALS, "基本支出")) == "34.00"


def test_a_column_is_not_the_row_of_like_name() -> None:
    facts = [cell(1, ("合计",), "其他收入", "8.86", "收入表"), cell(2, ("其他支出",), "其他收入", "1.96", "收入表"), cell(3, ("其他支出",), "本年收入合计", "103.42", "收入表")]
    assert amount_of(found(facts, "其他收入")) == "8.86"
    assert amount_of(found(facts, "其他支出其他收入")) == "1.96"


def test_a_column_that_is_said_is_the_column_meant_even_when_blank() -> None:
    facts = [cell(1, ("养老保险缴费支出",), "本年收入合计", "6.18", "收入表"), cell(2, ("养老保险缴费支出",), "事业收入", None, "收入表")]
    one = found(facts, "养老保险缴费支出事业收入")
    assert one is not None and one.fact.amount is None


def test_a_cell_that_holds_every_word_goes_before_a_sentence_that_lists_them() -> None:
    facts = [cell(1, ("商品和服务支出", "水费"), "公用经费", None, "基本支出表"), told(2, ("公用经费",), "92.97", "公用经费92.97万元，主要包括：办公费、水费")]
    one = found(facts, "水费公用经费")
    assert one is not None and one.fact.amount is None


def test_the_whole_is_meant_where_sentences_tell_two_funds() -> None:
    facts = [*TOTALS, told(4, ("一般公共预算财政拨款资金", "基本支出"), "33.90"), told(5, ("政府基金预算财政拨款", "基本支出"), "0.10")]
    assert amount_of(found(facts, "基本支出")) == "34.00"


def test_a_table_s_figure_goes_before_a_sentence_that_rounds_it_wrongly() -> None:
    facts = [cell(1, ("公务用车运行维护费",), "决算数", "7.3056", "三公经费表"), told(2, ("公务用车运行维护费",), "7.32")]
    one = found(facts, "公务用车运行费")
    assert amount_of(one) == "7.3056" and one is not None and not one.rivals


def test_the_appropriation_is_not_the_whole_income_that_its_sentence_tells_first() -> None:
    text = "2024年收入决算4258.39万元，其中：财政拨款4154.28万元。"
    facts = [told(1, ("收入",), "4258.39", text), told(2, ("收入", "财政拨款"), "4154.28", text)]
    assert amount_of(found(facts, "财政拨款收入")) == "4154.28"
    assert amount_of(found(facts, "收入")) == "4258.39"


def test_abroad_is_not_at_home() -> None:
    facts = [
        replace(cell(i, ("相关统计数", name), "决算数", amount, "三公经费表"), measure=Measure.COUNT)
        for i, (name, amount) in enumerate([("国内公务接待批次（个）", "8"), ("国（境）外公务接待批次（个）", "0")])
    ]
    assert amount_of(found(facts, "公务接待批次", replace(WANTED, measures=((Measure.COUNT, 0.0),)))) == "8"


def test_a_limit_is_not_what_is_owed() -> None:
    facts = [cell(1, ("一般债务余额限额",), "决算数", "3149.30", ""), cell(2, ("一般债务余额预计执行数",), "决算数", "2453.33", "")]
    assert amount_of(found(facts, "一般债务余额")) == "2453.33"
    assert amount_of(found(facts, "一般债务余额限额")) == "3149.30"


LEVELS = [
    told(1, ("全市一般公共预算支出",), "914.5", of=CITY, headings="报告 › 1.全市一般公共预算"),
    told(2, ("市级一般公共预算支出",), "279.6", of=CITY, headings="报告 › 2.市级一般公共预算"),
    told(3, ("一般公共预算支出",), "21.8", of=CITY, headings="报告 › (六)高新技术产业开发区预算安排情况"),
]


@pytest.mark.parametrize(("question", "amount"), [("某市2024年一般公共预算支出是多少", "914.5"), ("某市级2024年一般公共预算支出是多少", "279.6")])
def test_a_zone_s_figure_is_not_the_city_s(question: str, amount: str) -> None:
    assert amount_of(found(LEVELS, "一般公共预算支出", replace(WANTED, words=question))) == amount
    assert [level_of(fact) for fact in LEVELS] == ["whole", "own", "zone"]


def test_the_second_of_an_order_answers_a_question_for_the_second() -> None:
    order = [Found((cell(i, (name,), "合计", amount),), 1.0) for i, (name, amount) in enumerate([("教育支出", "3.00"), ("城乡社区支出", "9.00"), ("农林水支出", "5.00")])]
    finding = in_order(order, False, place=2)
    assert finding is not None and finding.answered[0].amount.number == Decimal("5.00")


@pytest.mark.parametrize(
    ("question", "ask", "items"),
    [
        ("一般公共预算收入完成了多少亿", Ask.LOOKUP, ("一般公共预算收入",)),
        ("三公经费完成预算的百分之几", Ask.COMPLETION, ("三公经费",)),
        ("除了人员经费以外的基本支出是多少", Ask.WITHOUT, None),
        ("单价100万元以上设备（不含车辆）有几台", Ask.COUNT, None),
        ("办公费和差旅费各是多少", Ask.EACH, ("办公费", "差旅费")),
        ("人员经费是公用经费的多少倍", Ask.TIMES, ("人员经费", "公用经费")),
        ("债务余额离限额还差多少", Ask.CHANGE, ("债务余额", "债务余额限额")),
        ("维修费多还是租赁费多", Ask.COMPARE, ("维修费", "租赁费")),
        ("2025年打算买几辆车", Ask.COUNT, ("购置车辆",)),
        ("医疗卫生与计划生育支出一般公共预算财政拨款是多少", Ask.LOOKUP, None),
        ("2023年到2025年办公费一共多少", Ask.SUM, ("办公费",)),
        ("支出预算里排第二的是哪一类", Ask.MOST, ("支出",)),
        ("决算里最大的一项支出是什么", Ask.MOST, ("支出",)),
        ("有几个部门预算单位", Ask.COUNT, None),
        ("某局是干什么的", Ask.TEXT, None),
    ],
)
def test_what_is_asked(question: str, ask: Ask, items: tuple[str, ...] | None) -> None:
    asked = understand(question, [REPORT])
    assert asked.ask is ask
    assert items is None or asked.items == items


def test_a_department_s_own_office_is_not_the_department() -> None:
    asked = understand("某市发展和改革委员会机关2024年支出是多少", [REPORT])
    refused = settle(asked, [REPORT])
    assert isinstance(refused, Refused) and "没有单独的机关本级数" in refused.reason
    assert not isinstance(settle(understand("某市发展和改革委员会机关运行经费2024年是多少", [REPORT]), [REPORT]), Refused)


def test_a_row_of_the_very_words_is_kept_beside_the_colloquial_reading() -> None:
    asked = understand("某市发改委2024年医疗保险费是多少", [REPORT])
    assert asked.items == ("基本医疗保险缴费",) and asked.said == ("医疗保险费",)
    assert asked.named != Named((), ())
