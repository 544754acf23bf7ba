"""科目 codes and form titles as disclosures print them."""

import pytest

from corpus.account import Code, form_of, join_code, level, parent, parse_code, same_name


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("收入支出决算总表", "收支总表"),
        ("2025年部门财务收支预算总表", "收支总表"),
        ("收入决算表", "收入表"),
        ("2025年部门收入预算总表", "收入表"),
        ("某市某局2023年部门支出总表", "支出表"),
        ("财政拨款收入支出决算总表", "财政拨款收支总表"),
        ("2025年部门财政拨款收支预算总表", "财政拨款收支总表"),
        ("一般公共预算财政拨款支出决算表", "一般公共预算支出表"),
        ("2025年部门一般公共预算支出功能分类预算表", "一般公共预算支出表"),
        ("一般公共预算财政拨款基本支出决算表", "基本支出表"),
        ("财政拨款“三公”经费支出决算表", "三公经费表"),
        ('部门"三公"经费和机关运行经费预算表', "三公经费表"),
        ("政府性基金预算财政拨款收入支出决算表", "政府性基金表"),
        ("国有资本经营预算财政拨款支出决算表", "国有资本经营表"),
        ("2023年全区一般公共预算支出决算表", ""),
        ("2022年度区政府办整体绩效自评表", ""),
        ("2017年政府采购预算表", ""),
        ("2026年丽江市政府性基金预算收入情况表", ""),
    ],
)
def test_a_form_is_known_by_its_core_words(title: str, form: str) -> None:
    assert form_of(title) == form


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2013901", Code("2013901")),
        ("201 39 01", Code("2013901")),
        ("３０２０１", Code("30201")),
        ("201390", Code("201390", misprinted=True)),
        ("科目", None),
        ("12", None),
        ("20,139.01", None),
    ],
)
def test_a_joined_code_is_read(text: str, code: Code | None) -> None:
    assert parse_code(text) == code


def test_three_columns_make_one_code() -> None:
    assert join_code(("201", "39", "01"), ("", "", "")) == Code("2013901")


def test_a_blank_outer_column_stands_for_the_code_above() -> None:
    assert join_code(("", "", "02"), ("201", "39", "01")) == Code("2013902")


def test_a_misprinted_column_is_mended_and_marked() -> None:
    assert join_code(("301", "2"), ("", "")) == Code("30102", misprinted=True)


def test_an_empty_code_is_none() -> None:
    assert join_code(("", "", ""), ("201", "39", "01")) is None


def test_levels_and_parents() -> None:
    assert [level(code) for code in ("201", "20139", "2013901", "")] == [1, 2, 3, 0]
    assert [parent(code) for code in ("2013901", "20139", "201")] == ["20139", "201", ""]


def test_numbering_does_not_change_a_name() -> None:
    assert same_name("一、一般公共服务支出", "一般公共服务支出")
    assert same_name("因公出国(境)费", "因公出国（境）费")
    assert not same_name("行政运行", "事业运行")
