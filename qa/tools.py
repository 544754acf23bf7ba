"""The calculator and the shelf as tools that a language model may call (LlamaIndex `FunctionTool`).

Every tool answers with figures that are printed or computed from printed ones, each with its place; a model that calls them
supplies names and ids, never digits. What cannot be had is said in Chinese, never raised: a model reads the tool's words.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from corpus.amount import UnitKind
from corpus.fact import Fact
from corpus.shelf import Shelf
from qa.answer import answer
from qa.calculate import OPERATIONS, Calculation, Operand, Operation, total
from qa.cite import quote_of_place
from qa.naming import label_of
from qa.render import as_json

if TYPE_CHECKING:
    from llama_index.core.tools import FunctionTool

Result = dict[str, Any]
_FIND = (
    "查一个项目在报告里的数：publisher 部门全称或简称，year 年度，item 项目名称，kind 填 预算 或 决算，可不填。"
    "返回数额、单位、出处和数据编号。"
)
_ORDER = "facts 为数据编号，先后有别（被减数、部分、本年数在前）。返回结果和算式。"


def list_disclosures(shelf: Shelf) -> list[Result]:
    """The disclosures on the shelf: publisher, year, kind and scope of each."""
    return [
        {"id": d.id, "title": d.title, "publisher": d.publisher, "year": d.year, "kind": str(d.kind), "scope": str(d.scope), "file": d.file, "pages": d.pages}
        for d in shelf.disclosures()
    ]  # fmt: skip


def find_figure(shelf: Shelf, publisher: str, year: int, item: str, kind: str = "") -> Result:
    """The printed figure of an item: its value, unit, fact id and citation; or why there is none."""
    reply = answer(f"{publisher}{year}年{item}{kind}是多少？", shelf)
    return {**as_json(reply), "facts": [value.fact for value in reply.values if value.fact]}


def calculate(shelf: Shelf, operation: str, facts: list[str]) -> Result:
    """A calculation over printed figures, named by their fact ids: result, formula, operands with their pages."""
    # Taken in one look: of reports that are read anew meanwhile no calculation has one old and one new figure.
    known = {fact.id: fact for fact in shelf.facts({id.rpartition("-")[0] for id in facts})}
    if missing := [id for id in facts if id not in known]:
        return {"error": f"没有编号为 {'、'.join(missing)} 的数据，不能计算。"}
    if blank := [id for id in facts if known[id].amount is None]:
        return {"error": f"{'、'.join(blank)} 在报告中是空白，空白不等于零，不能计算。"}
    try:
        return _told(_worked(operation, [_operand(known[id]) for id in facts]))
    except ZeroDivisionError:
        return {"error": "基数为零，没有比率。"}
    except ValueError as error:
        return {"error": str(error) if str(error).endswith("。") else "单位不同的数不能一起计算。"}


def tools_of(shelf: Shelf) -> "list[FunctionTool]":
    """The tools over one shelf, for a LlamaIndex agent."""
    from llama_index.core.tools import FunctionTool

    def of(name: str, told: str, function: Callable[..., Any]) -> FunctionTool:
        return FunctionTool.from_defaults(fn=function, name=name, description=told)

    def disclosures_on_shelf() -> list[Result]:
        return list_disclosures(shelf)

    def figure_of_item(publisher: str, year: int, item: str, kind: str = "") -> Result:
        return find_figure(shelf, publisher, year, item, kind)

    def calculation(operation: str, facts: list[str]) -> Result:
        return calculate(shelf, operation, facts)

    return [
        of("list_disclosures", "列出报告库里有哪些部门、年度的预算和决算报告。", disclosures_on_shelf),
        of("find_figure", _FIND, figure_of_item),
        of("calculate", f"用数据编号计算：operation 为 {'、'.join(operations())} 之一，{_ORDER}", calculation),
    ]


def operations() -> list[str]:
    """What can be worked out, by the names that `calculate` takes."""
    return [*map(str, OPERATIONS), str(Operation.SUM)]


def _worked(operation: str, operands: list[Operand]) -> Calculation:
    if operation == Operation.SUM and operands:
        return total(operands)
    if operation not in operations():
        raise ValueError(f"没有“{operation}”这种计算，可用：{'、'.join(operations())}。")
    if len(operands) != 2 or operation == Operation.SUM:
        raise ValueError(f"“{operation}”要用两个数据编号。")
    first, second = (operand.amount.unit for operand in operands)
    if operation == Operation.AVERAGE and second.kind is not UnitKind.COUNT:
        raise ValueError("平均要除以人数、次数这样的数量。")
    if operation != Operation.AVERAGE and first.base != second.base:
        raise ValueError(f"{first}和{second}不能一起计算。")
    return OPERATIONS[Operation(operation)](*operands)


def _operand(fact: Fact) -> Operand:
    assert fact.amount is not None
    return Operand(label_of(fact), fact.amount, (fact,))


def _told(worked: Calculation) -> Result:
    return {
        "operation": str(worked.operation), "value": f"{worked.result.number:f}", "unit": worked.result.unit.name, "formula": worked.formula,
        "operands": [
            {"name": operand.name, "amount": str(operand.amount), "facts": [fact.id for fact in operand.facts],
             **_place(operand.facts[0])}
            for operand in worked.operands
        ],
    }  # fmt: skip


def _place(fact: Fact) -> Result:
    """Where an operand is printed, in the words of a citation."""
    of = fact.source
    return {
        "file": of.file, "page": of.page, "box": list(of.box) if of.box else None, "quote": quote_of_place(fact), "place": of.place, "reliable": fact.reliable,
    }  # fmt: skip
