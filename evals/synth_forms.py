"""A ledger and a style → the sheets of 基本支出, 三公 and the two smaller funds."""

from decimal import Decimal

from evals.ledger import GROUPS, Fund, Ledger, Line, Trio
from evals.synth_cells import ZERO, Amounts, code_header, code_row, codes, figure, levels, of_funds, sheet, summed, three, total_row
from evals.synth_page import Cell, Head, Sheet, Style


def _economic(ledger: Ledger) -> list[tuple[str, str, Decimal]]:
    """Classes with their items, as the form lists them."""
    found = []
    for group, name in GROUPS.items():
        items = [one for one in ledger.economic if one[0].startswith(group)]
        found += [(group, name, ledger.group(group)), *items] if items else []
    return found


def basic_twin(ledger: Ledger, style: Style) -> Sheet:
    """People left, running costs right, as 决算 has it."""
    every = _economic(ledger)
    left, right = [one for one in every if one[0][:3] != "302"], [one for one in every if one[0][:3] == "302"]
    rows = []
    for place in range(max(len(left), len(right))):
        rows.append(tuple(cell for side in (left, right) for cell in _economic_cells(style, side[place] if place < len(side) else None)))
    ends = (("人员经费合计", ledger.people), ("公用经费合计", ledger.running))
    rows.append(tuple(cell for name, amount in ends for cell in (Cell(""), Cell(name), figure(style, amount, (name,), "", ("决算数",)))))
    header = (tuple(Head(text) for _ in range(2) for text in ("经济分类科目编码", "科目名称", "决算数")),)
    return sheet(ledger, style, "基本支出表", "一般公共预算财政拨款基本支出决算表", header, (12, 28, 14, 12, 28, 14), rows)


def _economic_cells(style: Style, one: tuple[str, str, Decimal] | None) -> tuple[Cell, ...]:
    if one is None:
        return Cell(""), Cell(""), Cell("")
    code, name, amount = one
    path = (name,) if len(code) == 3 else (GROUPS[code[:3]], name)
    return Cell(code), Cell(name), figure(style, amount, path, code, ("决算数",))


def basic_list(ledger: Ledger, style: Style, title: str) -> Sheet:
    """One list with people and running costs as columns, as 预算 has it."""
    columns = ("合计", "人员经费", "公用经费")
    names = tuple(("一般公共预算基本支出", column) for column in columns)
    rows = []
    for code, name, amount in _economic(ledger):
        people = code[:3] != "302"
        amounts = (amount, amount if people else ZERO, ZERO if people else amount)
        path = (name,) if len(code) == 3 else (GROUPS[code[:3]], name)
        figures = (figure(style, a, path, code, column) for a, column in zip(amounts, names, strict=True))
        rows.append((Cell(code[:3]), Cell(code[3:]), Cell(name), *figures))
    whole = (ledger.people + ledger.running, ledger.people, ledger.running)
    rows.append((Cell(""), Cell(""), Cell("合计"), *(figure(style, a, ("合计",), "", column) for a, column in zip(whole, names, strict=True))))
    header = (
        (Head("项目", 3), Head("一般公共预算基本支出", 3)),
        (Head("经济分类科目编码", 2), Head("经济分类科目名称", 1, 2), *(Head(column, 1, 2) for column in columns)),
        (Head("类"), Head("款")),
    )
    return sheet(ledger, style, "基本支出表", title, header, (6, 6, 34, 16, 16, 16), rows)


TRIO = ("合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行维护费", "公务接待费")


def _trio_amounts(trio: Trio) -> tuple[Decimal, ...]:
    return trio.whole, trio.abroad, trio.cars, trio.bought, trio.run, trio.guests


def _trio_path(name: str) -> tuple[str, ...]:
    return ("公务用车购置及运行维护费", name) if name == "小计" or name.startswith("公务用车") else (name,)


def trio_final(ledger: Ledger, style: Style) -> Sheet:
    """One row, 预算数 and 决算数 of each item side by side."""
    pairs = zip(TRIO, _trio_amounts(ledger.planned), _trio_amounts(ledger.spent), strict=True)
    row = tuple(
        figure(style, amount, _trio_path(name), "", (*_trio_path(name), column), basis, "万元")
        for name, planned, spent in pairs for amount, column, basis in ((planned, "预算数", "预算"), (spent, "决算数", "决算"))
    )  # fmt: skip
    header = (
        (Head("合计", 2, 2), Head("因公出国（境）费", 2, 2), Head("公务用车购置及运行维护费", 6), Head("公务接待费", 2, 2)),
        (Head("小计", 2), Head("公务用车购置费", 2), Head("公务用车运行维护费", 2)),
        tuple(Head(text) for _ in TRIO for text in ("预算数", "决算数")),
    )
    notes = ("注：本表反映部门本年度“三公”经费支出预决算情况。",)
    return sheet(ledger, style, "三公经费表", "财政拨款“三公”经费支出决算表", header, (10,) * 12, [row], notes, "万元")


def trio_budget(ledger: Ledger, style: Style, title: str) -> Sheet:
    trio = ledger.planned
    amounts = (trio.whole, trio.abroad, trio.guests, trio.cars, trio.bought, trio.run)
    names = ("合计", "因公出国（境）费", "公务接待费", "小计", "公务用车购置费", "公务用车运行费")
    paths = [("公务用车购置及运行费", name) if name in ("小计", "公务用车购置费", "公务用车运行费") else (name,) for name in names]
    row = (
        *(figure(style, a, path, "", ("“三公”经费预算数", *path), "预算", "万元") for a, path in zip(amounts, paths, strict=True)),
        figure(style, ledger.running, ("机关运行经费预算数",), "", ("机关运行经费预算数",), "预算", "万元"),
    )
    header = (
        (Head("“三公”经费预算数", 6), Head("机关运行经费预算数", 1, 3)),
        (Head("合计", 1, 2), Head("因公出国（境）费", 1, 2), Head("公务接待费", 1, 2), Head("公务用车购置及运行费", 3)),
        (Head("小计"), Head("公务用车购置费"), Head("公务用车运行费")),
    )
    return sheet(ledger, style, "三公经费表", title, header, (14,) * 7, [row], (), "万元")


def fund_final(ledger: Ledger, style: Style, form: str, title: str) -> Sheet:
    lines = of_funds(ledger.lines, Fund.GOVERNMENT)
    columns = (("年初结转和结余",), ("本年收入",), ("本年支出", "合计"), ("本年支出", "基本支出"), ("本年支出", "项目支出"), ("年末结转和结余",))

    def amounts(line: Line) -> Amounts:
        return (None, line.amount, line.amount, line.basic, line.project, None)

    rows = [total_row(style, summed(map(amounts, lines)) if lines else (None,) * 6, columns)]
    rows += [code_row(style, code, path, summed(map(amounts, own)), columns) for code, path, own in levels(lines)]
    header = (
        (Head("项目", 2), Head("年初结转和结余", 1, 2), Head("本年收入", 1, 2), Head("本年支出", 3), Head("年末结转和结余", 1, 2)),
        (Head("功能分类科目编码"), Head("科目名称"), Head("合计"), Head("基本支出"), Head("项目支出")),
    )
    notes = () if lines else (f"说明：{ledger.publisher}本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",)
    return sheet(ledger, style, form, title, header, (12, 30, 12, 12, 12, 12, 12, 12), rows, notes)


def fund_budget(ledger: Ledger, style: Style, title: str) -> Sheet:
    lines = of_funds(ledger.lines, Fund.GOVERNMENT)
    columns = ("合计", "基本支出", "项目支出")
    if lines:
        return codes(ledger, style, "政府性基金表", title, columns, lines, three, "政府性基金预算支出")
    whole = total_row(style, (None, None, None), tuple(("政府性基金预算支出", column) for column in columns))
    notes = (f"注：本部门{ledger.year}年无政府性基金预算财政拨款安排的预算，故本表为空表。",)
    return sheet(ledger, style, "政府性基金表", title, code_header(style, columns, "政府性基金预算支出"), (5, 4, 4, 26, 14, 14, 14), [whole], notes)


def capital(ledger: Ledger, style: Style, title: str) -> Sheet:
    """Always empty: an empty table is disclosed too."""
    columns = ("合计", "基本支出", "项目支出")
    names = tuple(("国有资本经营预算支出", column) for column in columns)
    digits = (10,) if style.joined else (5, 4, 4)
    notes = (f"注：本部门{ledger.year}年没有国有资本经营预算财政拨款收入和支出，故本表为空表。",)
    rows = [total_row(style, (None, None, None), names)]
    header = code_header(style, columns, "国有资本经营预算支出")
    return sheet(ledger, style, "国有资本经营表", title, header, (*digits, 26, 14, 14, 14), rows, notes)
