"""Follow-ups as citizens put them: what is meant is answered as its whole question alone, and what is not sure is asked back."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.amount import WAN, YUAN, Amount
from corpus.disclosure import Kind
from corpus.fact import Basis, Origin
from corpus.shelf import Shelf
from qa.answer import answer
from qa.find import _cut_short
from qa.reply import Reply, ScopePart, Status
from tests.qa.hand_made import Row, made, rows, shelf_of, usual_shelf
from tests.qa.web_report import BUREAU, bureau_shelf

WATER, PARK, STREET = "江原市东岭区水务局", "江原市东岭区档案局", "江原市东岭区东山街道办事处"


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = bureau_shelf(tmp_path_factory.mktemp("bureau8"))
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = usual_shelf(tmp_path_factory.mktemp("usual8"))
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Three budgets of one district, one of them of another year, and last year's figures in one of them."""
    three, spent = ("三公经费",), ("商品和服务支出", "印刷费")
    water = (*_planned("三公经费 20.00", "三公经费/公务接待费 3.00"), Row(spent, "9.00", basis=Basis.BUDGET), Row(spent, "12.00", basis=Basis.BUDGET, year=2025), Row(spent, "8.00", basis=Basis.EXECUTED, year=2025))
    records = (
        made(WATER, "水务局", 2026, water, Kind.BUDGET), made(PARK, "档案局", 2026, _planned("三公经费 30.00", "三公经费/公务接待费 1.00"), Kind.BUDGET),
        made(STREET, "东山街道", 2025, (Row(three, "5.00", basis=Basis.BUDGET, form="三公经费表", column=("预算数",)),), Kind.BUDGET),
    )  # fmt: skip
    kept = shelf_of(tmp_path_factory.mktemp("district8"), *records)
    yield kept
    kept.close()


def _planned(*told: str) -> tuple[Row, ...]:
    return rows(*told, form="三公经费表", basis=Basis.BUDGET, column=("预算数",))


def talk(shelf: Shelf, *turns: str) -> Reply:
    """The answer to the last of the turns; each of those that have an answer is checked to be its whole question's own."""
    history: tuple[Reply, ...] = ()
    for turn in turns:
        history = (*history, answer(turn, shelf, history))
        if history[-1].status is Status.ANSWERED:
            alone = answer(history[-1].resolved, shelf)
            assert (alone.text, alone.values) == (history[-1].text, history[-1].values), turn
    return history[-1]


def value(reply: Reply) -> str:
    assert reply.status is Status.ANSWERED, reply.text
    return str(reply.values[0].amount)


def test_a_nickname_may_be_all_that_is_said(usual: Shelf) -> None:
    assert "万里街道" in talk(usual, "硚口区政府办2022年公务接待费", "万里的").resolved


@pytest.mark.parametrize("word", ["建设", "建设和管理"])
def test_a_word_that_the_publisher_s_name_alone_holds_names_no_item(bureau: Shelf, word: str) -> None:
    reply = answer(f"建管委2026年{word}是多少", bureau)
    assert reply.status is not Status.ANSWERED and "9,000" not in reply.text


def test_other_income_is_no_income_of_it(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年收入", "其他收入呢")) == "0万元"


def test_a_share_of_what_is_named_with_and_compares_nothing(bureau: Shelf) -> None:
    reply = talk(bureau, "建管委2026年图书馆", "占文化旅游体育与传媒支出多少")
    assert value(reply) == "38.78%"


def test_the_share_of_another_row_is_of_that_row(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年文化旅游体育与传媒支出", "其中项目支出占多少", "城乡社区支出呢")) == "58.46%"


def test_the_share_of_another_kind_of_what_is_bought_is_of_all(bureau: Shelf) -> None:
    reply = talk(bureau, "建管委2026年公务接待费", "占三公经费多少", "公务用车运行费呢")
    assert value(reply) == "19.75%"


def test_what_money_is_for_is_quoted_of_the_last_item(bureau: Shelf) -> None:
    for said in ("主要用于什么", "用途呢", "用来干什么的", "钱花在哪里了"):
        assert talk(bureau, "建管委2026年图书馆", said).resolved == f"{BUREAU}2026年图书馆用在哪些方面？"
    assert value(talk(bureau, "建管委2026年图书馆", "主要用于什么", "占总支出多少")) == "10.56%"


def test_a_correction_may_come_first(bureau: Shelf) -> None:
    assert value(answer("不对，我问的是建管委2026年公务接待费", bureau)) == "2.11万元"


def test_a_figure_asked_about_is_no_item(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年三公经费是不是47.49万元", "公务接待费呢")) == "2.11万元"
    assert value(talk(bureau, "建管委2026年三公经费是不是47.49万元", "占总支出多少")) == "0.53%"


def test_what_is_no_count_is_asked_for_as_money(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年有几辆车", "图书馆呢")) == "950.00万元"
    assert value(talk(bureau, "建管委2026年有几辆车", "要买多少辆")) == "2辆"


def test_it_is_the_figure_that_came_first_of_several(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年水费", "电费呢", "办公费呢", "哪项最多", "占商品和服务支出多少")) == "26.51%"


def test_figures_are_counted_past_what_else_was_asked_of_them(bureau: Shelf) -> None:
    assert value(talk(bureau, "建管委2026年水费", "占商品和服务支出多少", "电费是多少", "前两项加起来")) == "80,000元"
    reply = talk(bureau, "建管委2026年水费", "电费占商品和服务支出多少", "办公费是多少", "前者比后者多多少")
    assert reply.status is Status.CLARIFY and not reply.values


def test_these_items_are_asked_of_another_publisher(district: Shelf) -> None:
    reply = talk(district, "水务局2026年三公经费", "公务接待费呢", "加起来", "档案局这两项呢")
    assert value(reply) == "31.00万元" and WATER not in reply.resolved


def test_a_budget_is_compared_with_the_budget_of_the_year_before(bureau: Shelf) -> None:
    reply = answer("建管委2026年其他城乡社区支出比2025年多多少", bureau)
    assert value(reply) in ("300.00万元", "300万元", "3,000,000元")


def test_a_budget_is_never_set_against_what_was_spent_in_another_year(district: Shelf) -> None:
    for reply in (answer("水务局2026年印刷费比2025年多多少", district), answer("水务局2026年印刷费比上年多多少", district)):
        assert value(reply) == "3.00万元" and "减少" in reply.text
    mixed = answer(f"「{WATER}2026年印刷费预算」比「{WATER}2025年印刷费执行数」多多少？", district)
    assert mixed.status is Status.REFUSED and not mixed.values


def test_figures_of_two_publishers_in_their_own_years_are_compared(district: Shelf) -> None:
    turns = ("水务局2026年三公经费", "东山街道2025年三公经费")
    assert "水务局" in talk(district, *turns, "哪个多").text.split("更多")[0]
    assert value(talk(district, *turns, "哪个多", "多多少")) == "15.00万元"


def test_another_publisher_after_two_that_were_compared_is_asked_back(district: Shelf) -> None:
    reply = talk(district, "水务局比档案局2026年三公经费多多少", "东山街道呢")
    assert reply.status is Status.CLARIFY and len(reply.choices) == 2 and all("比江原市东岭区东山街道办事处多多少" in one for one in reply.choices)


def test_who_has_the_most_is_asked_of_those_that_were_spoken_of(district: Shelf) -> None:
    reply = talk(district, "水务局2026年三公经费", "东山街道2025年三公经费", "谁最多")
    assert "水务局" in reply.text.split("更多")[0] and PARK not in reply.text
    assert PARK in talk(district, "水务局2026年三公经费", "谁的最高").text


def test_the_second_among_publishers_is_told(district: Shelf) -> None:
    reply = talk(district, "2026年哪个部门三公经费最高", "第二名呢")
    assert value(reply) == "20.00万元" and f"排第二的是{WATER}" in reply.text
    assert talk(district, "2026年哪个部门三公经费最低", "第二名呢").status is Status.CLARIFY


def test_less_than_another_is_a_comparison(district: Shelf) -> None:
    assert value(talk(district, "水务局2026年三公经费", "比档案局少吧")) == "10.00万元"


def test_a_whole_is_not_added_to_its_parts(bureau: Shelf) -> None:
    reply = talk(bureau, "建管委2026年支出预算", "其中一般公共服务支出", "城乡社区支出呢", "一共")
    assert value(reply) == "65,500,000元" and "90,000,000" not in reply.text


def test_another_budget_asked_for_after_a_share_is_the_amount(bureau: Shelf) -> None:
    assert talk(bureau, "建管委2026年公务接待费", "占三公经费多少", "预算数呢").resolved == f"{BUREAU}2026年公务接待费预算是多少？"
    assert "占三公经费" in talk(bureau, "建管委2026年三公经费", "公务接待费占比").resolved


def test_a_move_over_several_years_has_no_reason(usual: Shelf) -> None:
    reply = talk(usual, "万里街道2025年三公经费", "比2023年多多少", "为什么")
    assert reply.status is Status.CLARIFY and not reply.citations


@pytest.mark.parametrize("said", ["是增加还是减少", "多了还是少了", "同比变化情况"])
def test_more_or_less_asks_by_how_much(bureau: Shelf, said: str) -> None:
    assert value(talk(bureau, "建管委2026年公务接待费", said)) == "-1.00万元"


def test_several_are_put_in_order(bureau: Shelf) -> None:
    assert "办公费”最多" in talk(bureau, "建管委2026年水费", "电费呢", "办公费呢", "从高到低排一下").text


def test_what_is_asked_to_be_confirmed_is_looked_up(district: Shelf) -> None:
    assert value(talk(district, "水务局2026年三公经费20万，对吗", "那档案局是31万吗")) == "30.00万元"
    assert value(talk(district, "水务局2026年三公经费", "档案局呢", "两个合计50万对不对")) == "50.00万元"


def test_two_items_may_be_joined_by_and_also(district: Shelf) -> None:
    reply = answer("水务局2026年三公经费，还有公务接待费", district)
    assert [str(one.amount) for one in reply.values] == ["20.00万元", "3.00万元"]
    assert value(talk(district, "水务局2026年三公经费，还有公务接待费", "后者占前者多少")) == "15.00%"


def test_the_words_of_the_grant_are_none_of_three_public(district: Shelf) -> None:
    assert value(answer("水务局2026年“三公”经费财政拨款预算是多少", district)) == "20.00万元"


def test_a_part_of_the_scope_is_taken_from_the_whole_question(usual: Shelf) -> None:
    history = (answer("万里街道2024年三公经费预算", usual),)
    later = answer("公务接待费呢", usual, history)
    assert ScopePart.YEAR in later.given and value(later) == "1.00万元"
    loose = answer("公务接待费呢", usual, history, frozenset({ScopePart.YEAR}))
    assert value(loose) == "0.50万元" and "2024年" not in loose.resolved


def test_an_account_s_part_of_a_row_is_of_the_whole_row(bureau: Shelf) -> None:
    for said, share in (("一般公共预算占比", "53.85%"), ("政府性基金占比", "46.15%")):
        assert value(talk(bureau, "建管委2026年城乡社区支出", said)) == share


def test_what_was_spent_is_not_worked_out_of_a_budget_s_change(bureau: Shelf) -> None:
    assert value(answer("建管委2025年公务接待费", bureau)) == "3.11万元"
    reply = answer("建管委2025年公务接待费执行数", bureau)
    assert reply.status is Status.REFUSED and not reply.values


def test_a_rate_is_of_what_was_asked_last(bureau: Shelf) -> None:
    assert "增长百分之多少" in talk(bureau, "建管委2026年公务接待费比上年增加多少", "百分之多少").resolved
    assert talk(bureau, "建管委2026年公务接待费", "百分之多少").status is Status.CLARIFY


def test_which_is_the_least_of_several_publishers_names_no_items(district: Shelf) -> None:
    reply = talk(district, "水务局2026年支出总计", "档案局的呢", "多少倍", "东山街道2025年的呢", "哪个最小")
    assert reply.status is Status.CLARIFY and not reply.values


def test_after_the_third_the_least_may_be_asked_for(bureau: Shelf) -> None:
    turns = ("建管委2026年支出最多的是哪一类", "第二多的呢", "第三呢")
    assert "一般公共服务支出" in talk(bureau, *turns).text.split("为")[0]
    assert "一般公共服务支出" in talk(bureau, *turns, "最少的呢").text.split("最少")[0]


def test_a_total_told_without_its_last_digits_is_no_other_figure(district: Shelf) -> None:
    one = next(iter(district.store.facts([district.disclosures()[0].id])))
    cell = replace(one, amount=Amount(Decimal("3286618082.20"), YUAN), origin=Origin.TEXT)
    told = replace(one, amount=Amount(Decimal("328661"), WAN), origin=Origin.PROSE)
    assert _cut_short(told, cell) and not _cut_short(replace(told, amount=Amount(Decimal("328660"), WAN)), cell)
