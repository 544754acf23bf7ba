"""The shelf's LlamaIndex parts, called as LlamaIndex calls them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode
from llama_index.core.tools import FunctionTool

from corpus.shelf import Shelf
from qa.chain import ShelfQueryEngine, ShelfRetriever
from qa.tools import tools_of
from tests.qa.fake_model import FakeModel
from tests.qa.small_report import small_shelf


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = small_shelf(tmp_path_factory.mktemp("chain"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tools(shelf: Shelf) -> dict[str, FunctionTool]:
    return {str(tool.metadata.name): tool for tool in tools_of(shelf)}


def called(tool: FunctionTool, **given: Any) -> Any:
    return tool.call(**given).raw_output


def test_the_retriever_finds_what_the_shelf_finds(shelf: Shelf) -> None:
    nodes = ShelfRetriever(shelf, k=3).retrieve("机关运行经费为什么减少")
    assert [node.node.node_id for node in nodes] == [found.chunk.id for found in shelf.search("机关运行经费为什么减少", None, 3)]
    assert any("压减办公开支" in node.text and node.metadata["page"] == 2 for node in nodes)


def test_the_retriever_keeps_to_the_disclosures_that_it_is_given(shelf: Shelf) -> None:
    assert ShelfRetriever(shelf, ("no such report",)).retrieve("机关运行经费") == []


def test_the_retriever_works_in_a_query_engine_of_llama_index(shelf: Shelf) -> None:
    engine = RetrieverQueryEngine.from_args(ShelfRetriever(shelf), MockLLM(), response_mode=ResponseMode.COMPACT)
    assert engine.query("机关运行经费").source_nodes


def test_the_query_engine_answers_as_the_program_does(shelf: Shelf) -> None:
    response = ShelfQueryEngine(shelf=shelf).query("2024年公务接待费花了多少？")
    assert str(response) == "2024年“公务接待费支出”决算数为1.28万元[1][2]。"
    assert [node.metadata["n"] for node in response.source_nodes] == [1, 2]
    assert response.metadata is not None and response.metadata["values"][0]["value"] == "1.28"


def test_the_query_engine_words_its_answer_by_a_model(shelf: Shelf) -> None:
    engine = ShelfQueryEngine(shelf=shelf, words=FakeModel("{Y1}“公务接待费支出”的决算数是{F1}。"))
    assert str(engine.query("2024年公务接待费花了多少？")) == "2024年“公务接待费支出”的决算数是1.28万元[1][2]。"


def test_a_tool_lists_the_disclosures(tools: dict[str, FunctionTool]) -> None:
    (only,) = called(tools["list_disclosures"])
    assert (only["publisher"], only["year"], only["kind"]) == ("某市甲区财政局", 2024, "决算")


def test_tools_find_figures_and_calculate_with_them(tools: dict[str, FunctionTool]) -> None:
    part = called(tools["find_figure"], publisher="甲区财政局", year=2024, item="公务接待费")
    whole = called(tools["find_figure"], publisher="甲区财政局", year=2024, item="三公经费")
    assert part["values"][0]["value"] == "1.28" and part["citations"]
    worked = called(tools["calculate"], operation="占比", facts=[*part["facts"], *whole["facts"]])
    assert (worked["value"], worked["unit"]) == ("29.91", "%")
    assert worked["formula"] == "1.28万元 ÷ 4.28万元 × 100% = 29.91%"
    assert [operand["page"] for operand in worked["operands"]] == [2, 2]


def test_a_tool_says_why_there_is_no_figure(tools: dict[str, FunctionTool]) -> None:
    found = called(tools["find_figure"], publisher="甲区财政局", year=2024, item="会议费")
    assert found["status"] == "refused" and not found["facts"] and "无法回答" in found["answer"]


def test_the_calculator_says_why_it_cannot(tools: dict[str, FunctionTool], shelf: Shelf) -> None:
    facts = {fact.item[-1] + str(fact.measure): fact.id for fact in shelf.facts()}
    one, zero = facts["公务接待费数额"], facts["因公出国（境）费数额"]
    for operation, given, why in (
        ("开方", [one, one], "没有“开方”这种计算"), ("占比", [one], "要用两个"), ("占比", [one, zero], "基数为零"),
        ("占比", ["x-1"], "没有编号为 x-1"), ("平均", [one, one], "人数、次数"), ("合计", [], "要用两个"),
    ):  # fmt: skip
        assert why in called(tools["calculate"], operation=operation, facts=given)["error"], operation


def test_what_tools_say_can_be_sent_to_a_model(tools: dict[str, FunctionTool]) -> None:
    found = called(tools["find_figure"], publisher="甲区财政局", year=2024, item="公务接待费")
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    schema = tools["calculate"].metadata.get_parameters_dict()
    assert set(schema["required"]) == {"operation", "facts"} and "占比" in tools["calculate"].metadata.description


def test_a_blank_cell_never_enters_as_zero(
    tools: dict[str, FunctionTool], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    facts = shelf.facts()
    blank = replace(facts[0], amount=None)
    monkeypatch.setattr(shelf.store, "facts", lambda disclosures=None: (blank, *facts[1:]))
    told = called(tools["calculate"], operation="合计", facts=[blank.id, facts[1].id])
    assert "空白不等于零" in told["error"]
