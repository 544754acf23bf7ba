"""A tool's call is of one moment: reports that are read anew or taken off meanwhile are in it as they were, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.held import Held
from corpus.shelf import Shelf
from corpus.store import Store
from qa.calculate import Operation
from qa.tools import calculate, find_figure
from tests.qa.hand_made import STREET, shelf_of, street

OLD = street(2023, "9.00", "1.00"), street(2024, "8.50", "1.00")
NEW = replace(street(2023, "90.00", "10.00"), program="2"), replace(street(2024, "85.00", "10.00"), program="2")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf_of(tmp_path, *OLD)
    yield made
    made.close()


def _at_the_first_look(monkeypatch: pytest.MonkeyPatch, shelf: Shelf, change: Callable[[Store], object]) -> list[str]:
    """Another program changes the shelf once the first report's figures have been taken. What it has done."""
    done: list[str] = []
    look = Held.facts

    def looked(held: Held, *asked: Any) -> Any:  # noqa: ANN401 - as the real one
        found = look(held, *asked)
        if not done:
            done.append("changed")
            other = Store(f"sqlite:///{shelf.folder / 'shelf.sqlite'}")
            change(other)
            other.close()
        return found

    monkeypatch.setattr(Held, "facts", looked)
    return done


def _read_anew(store: Store) -> None:
    for record in NEW:
        store.save(record)


def _taken_off(store: Store) -> None:
    for record in OLD:
        store.delete(record.disclosure.id)


@pytest.mark.parametrize("change", [_read_anew, _taken_off])
def test_a_calculation_takes_its_figures_from_one_reading(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, change: Callable[[Store], object]) -> None:
    facts = [record.facts[0].id for record in OLD]
    done = _at_the_first_look(monkeypatch, shelf, change)
    told = calculate(shelf, str(Operation.DIFFERENCE), facts)
    assert done and told["value"] == "0.50" and [one["amount"] for one in told["operands"]] == ["9.00万元", "8.50万元"]
    again = calculate(shelf, str(Operation.DIFFERENCE), facts)
    assert again.get("value") == ("5.00" if change is _read_anew else None), "the next call sees what stands then"


@pytest.mark.parametrize("change", [_read_anew, _taken_off])
def test_a_figure_that_is_found_is_of_one_reading(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, change: Callable[[Store], object]) -> None:
    done = _at_the_first_look(monkeypatch, shelf, change)
    told = find_figure(shelf, STREET, 2024, "三公经费比2023年的变化")
    assert done and told["formula"] == "8.50万元 - 9.00万元 = -0.50万元" and len(told["citations"]) == 2
