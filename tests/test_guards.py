"""The list of guards fits the program, and the command that tries them tells a guard that is noticed from one that is not."""

import ast
from functools import cache
from pathlib import Path

import pytest

from evals.guards import ROOT, Guard, Seen, Verdict, load, removed, tried

GUARDS = load()
SHOP = """
def price(text: str) -> int:
    if not text.isdigit():
        raise ValueError("no price")
    return int(text)


def paid(text: str) -> int:
    if text == "":
        return 0
    found = price(text)
    return found
"""
TESTS = """
import pytest
from shop import paid, price

def test_a_word_is_no_price():
    with pytest.raises(ValueError, match="no price"):
        price("-1")

@pytest.mark.parametrize("text", ["1", "02"])
def test_a_price_is_its_number(text):
    assert price(text) == paid(text) == int(text)

def test_it_is_wrong():
    assert price("1") == 2

def test_it_is_left_out():
    pytest.skip("there is no shop here")

def test_it_ends():
    while price("1") != 1:
        pass
"""


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_guard_is_listed_twice() -> None:
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)
    assert len({(guard.file, guard.guard, guard.without) for guard in GUARDS}) == len(GUARDS)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_listed_guard_stands_once_can_be_taken_out_and_has_its_tests(guard: Guard) -> None:
    text = (ROOT / guard.file).read_text(encoding="utf-8")
    assert removed(guard, text) != text
    assert guard.tests and guard.against
    for test in guard.tests:
        file, _, name = test.partition("::")
        assert name.partition("[")[0] in functions(file), test


@pytest.mark.parametrize(
    ("snippet", "without", "why"),
    [("nowhere", "", "0 times"), ("return", "", "3 times"), ("return found", "return found  # a remark", "says the same"), ("found = price(text)", "found = (", "never closed")],
)
def test_what_is_no_clear_change_is_refused(snippet: str, without: str, why: str) -> None:
    with pytest.raises((ValueError, SyntaxError), match=why):
        removed(Guard("n", "", "shop.py", snippet, without, ()), SHOP)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "shop.py").write_text(SHOP, encoding="utf-8")
    (tree / "test_shop.py").write_text(TESTS, encoding="utf-8")
    (tree / "pyproject.toml").write_text("[tool.pytest.ini_options]\npythonpath = ['.']\n", encoding="utf-8")
    return tree


def guard(snippet: str, without: str, *tests: str) -> Guard:
    return Guard(snippet, "", "shop.py", snippet, without, tuple(f"test_shop.py::{test}" for test in tests))


def test_each_guard_is_told_by_what_its_tests_say(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.guards.WAIT", 5.0)
    refuse, blank, number = "if not text.isdigit():", 'if text == "":', "return int(text)"
    guards = {
        guard(refuse, "if not text:", "test_a_word_is_no_price"): Seen.NOTICED,
        guard(refuse, "if not text:", "test_a_price_is_its_number"): Seen.MISSED,
        guard(refuse, "if not text:", "test_a_word_is_no_price", "test_a_price_is_its_number"): Seen.MISSED,
        guard(blank, "if not text:", "test_it_is_wrong"): Seen.UNSOUND,
        guard(blank, "if not text:", "test_it_is_not_there"): Seen.UNSOUND,
        guard(blank, "if not text:", "test_it_is_left_out"): Seen.UNTRIED,
        guard("found = price(text)", "pass", "test_a_price_is_its_number"): Seen.BROKEN,
        guard(number, "return 0", "test_it_ends"): Seen.NOTICED,
    }
    # a test that is not there spoils the run of its whole file: it is asked for alone
    alone = [one for one in guards if "test_shop.py::test_it_is_not_there" in one.tests]
    found: list[Verdict] = [*tried([shop], [one for one in guards if one not in alone]), *tried([shop], alone)]
    assert {verdict.guard: verdict.seen for verdict in found} == guards
    assert "没有结束" in next(verdict.why for verdict in found if verdict.guard.guard == number)
    assert (shop / "shop.py").read_text(encoding="utf-8") == SHOP, "each is put back"
