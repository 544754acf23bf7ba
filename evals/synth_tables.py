"""A ledger and a style → the nine sheets of a report, as the national forms have them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Kind
from evals.ledger import Fund, Ledger, Line
from evals.synth_cells import BASIS, ZERO, Amounts, codes, figure, of_funds, sheet, three
from evals.synth_forms import basic_list, basic_twin, capital, fund_budget, fund_final, trio_budget, trio_final
from evals.synth_page import Cell, Head, Sheet, Style

CLASSES = (
    "一般公共服务支出 外交支出 国防支出 公共安全支出 教育支出 科学技术支出 文化旅游体育与传媒支出 社会保障和就业支出 卫生健康支出 节能环保支出 城乡社区支出 农林水支出 "
    "交通运输支出 资源勘探工业信息等支出 商业服务业等支出 金融支出 援助其他地区支出 自然资源海洋气象等支出 住房保障支出 粮油物资储备支出"
).split()
NUMERALS = "一二三四五六七八九十"


def sheets(ledger: Ledger, style: Style) -> tuple[Sheet, ...]:
    """All nine, in the order of the contents."""
    made = _final(ledger, style) if style.kind is Kind.FINAL else _budget(ledger, style)
    return tuple(replace(sheet, landscape=style.landscape, picture=sheet.form in style.pictures) for sheet in made)


def titles(ledger: Ledger, style: Style) -> tuple[str, ...]:
    return tuple(sheet.title for sheet in sheets(ledger, style))


def _final(ledger: Ledger, style: Style) -> tuple[Sheet, ...]:
    lines, general = ledger.lines, of_funds(ledger.lines, Fund.GENERAL)
    income = ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
    spent = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
    return (
        _balance(ledger, style, "收支总表", "收入支出决算总表", tuple(Fund)),
        codes(ledger, style, "收入表", "收入决算表", income, lines, _income_of),
        codes(ledger, style, "支出表", "支出决算表", spent, lines, lambda line: (line.amount, line.basic, line.project, None, None, None)),
        _by_fund(ledger, style, "财政拨款收入支出决算总表"),
        codes(ledger, style, "一般公共预算支出表", "一般公共预算财政拨款支出决算表", ("合计", "基本支出", "项目支出"), general, three),
        basic_twin(ledger, style),
        trio_final(ledger, style),
        fund_final(ledger, style, "政府性基金表", "政府性基金预算财政拨款收入支出决算表"),
        capital(ledger, style, "国有资本经营预算财政拨款收入支出决算表"),
    )


def _budget(ledger: Ledger, style: Style) -> tuple[Sheet, ...]:
    lines, general, head = ledger.lines, of_funds(ledger.lines, Fund.GENERAL), f"{ledger.year}年部门"
    income = ("合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入")
    return (
        _balance(ledger, style, "收支总表", f"{head}财务收支预算总表", tuple(Fund)),
        codes(ledger, style, "收入表", f"{head}收入预算总表", income, lines, lambda line: _budget_income(line), "收入预算"),
        codes(ledger, style, "支出表", f"{head}支出预算总表", ("合计", "基本支出", "项目支出"), lines, three, "支出预算"),
        _by_fund(ledger, style, f"{head}财政拨款收支预算总表"),
        codes(ledger, style, "一般公共预算支出表", f"{head}一般公共预算支出功能分类预算表", ("合计", "基本支出", "项目支出"), general, three, "一般公共预算支出"),
        fund_budget(ledger, style, f"{head}政府性基金预算支出功能分类预算表"),
        capital(ledger, style, f"{head}国有资本经营预算支出功能分类预算表"),
        basic_list(ledger, style, f"{head}一般公共预算基本支出部门预算经济分类预算表"),
        trio_budget(ledger, style, f"{head}“三公”经费和机关运行经费预算表"),
    )


def _income_of(line: Line) -> Amounts:
    other = line.fund is Fund.OTHER
    return (line.amount, ZERO if other else line.amount, None, None, None, None, line.amount if other else None)


def _budget_income(line: Line) -> Amounts:
    other = line.fund is Fund.OTHER
    return (line.amount, ZERO if other else line.amount, ZERO, ZERO, line.amount if other else ZERO)


def _classes(ledger: Ledger, *funds: Fund) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in of_funds(ledger.lines, *funds):
        found[line.path[0]] = found.get(line.path[0], ZERO) + line.amount
    return found


def _balance(ledger: Ledger, style: Style, form: str, title: str, funds: tuple[Fund, ...]) -> Sheet:
    spent, kind = _classes(ledger, *funds), BASIS[style.kind]
    names = CLASSES if style.kind is Kind.FINAL else [name for name in CLASSES if name in spent]
    right = [(f"{_numeral(i)}、{name}", spent.get(name), 1) for i, name in enumerate(names, 1)]
    whole = ledger.total(*funds)
    if style.kind is Kind.FINAL:
        left = _final_income(ledger)
        ends: tuple[tuple[str, Decimal, str, Decimal], ...] = (("本年收入合计", whole, "本年支出合计", whole), ("总计", whole, "总计", whole))
    else:
        left = _budget_sources(ledger)
        ends = (("收入总计", whole, "支出总计", whole),)
    rows = [_pair(style, one, other) for one, other in _side_by_side(left, right)]
    rows += [_pair(style, (name, amount), (other, paid)) for name, amount, other, paid in ends]
    header = ((Head("收入" if style.kind is Kind.FINAL else "本年收入", 2), Head("支出" if style.kind is Kind.FINAL else "本年支出", 2)),
              (Head("项目"), Head(f"{kind}数"), Head("项目"), Head(f"{kind}数")))  # fmt: skip
    return sheet(ledger, style, form, title, header, (30, 16, 30, 16), rows)


def _numeral(number: int) -> str:
    ten, one = divmod(number, 10)
    return ("" if not ten else "十" if ten == 1 else f"{NUMERALS[ten - 1]}十") + (NUMERALS[one - 1] if one else "")


def _final_income(ledger: Ledger) -> list[tuple[str, Decimal | None]]:
    general, fund, other = (ledger.total(one) or None for one in (Fund.GENERAL, Fund.GOVERNMENT, Fund.OTHER))
    return [
        ("一、一般公共预算财政拨款收入", general), ("二、政府性基金预算财政拨款收入", fund), ("三、国有资本经营预算财政拨款收入", None), ("四、上级补助收入", None),
        ("五、事业收入", None), ("六、经营收入", None), ("七、附属单位上缴收入", None), ("八、其他收入", other),
    ]  # fmt: skip


def _budget_sources(ledger: Ledger) -> list[tuple[str, Decimal | None]]:
    other = ledger.total(Fund.OTHER) or None
    return [
        ("一、财政拨款收入", ledger.appropriation), ("1. 一般公共预算资金", ledger.total(Fund.GENERAL)), ("2. 政府性基金", ledger.total(Fund.GOVERNMENT) or None),
        ("3. 国有资本经营预算", None), ("二、事业收入", None), ("三、事业单位经营收入", None), ("四、其他收入", other),
    ]  # fmt: skip


Named = tuple[str, Decimal | None]


def _side_by_side(left: Sequence[Named], right: Sequence[tuple[str, Decimal | None, int]]) -> list[tuple[Named, Named]]:
    height = max(len(left), len(right))
    filled = [*left, *[("", None)] * (height - len(left))]
    others = [*[(name, amount) for name, amount, _ in right], *[("", None)] * (height - len(right))]
    return list(zip(filled, others, strict=True))


def _pair(style: Style, left: Named, right: Named) -> tuple[Cell, ...]:
    kind = BASIS[style.kind]
    column = (f"{kind}数",)
    return tuple(cell for name, amount in (left, right) for cell in (Cell(name), figure(style, amount, (name,), "", column) if name else Cell("")))


def _by_fund(ledger: Ledger, style: Style, title: str) -> Sheet:
    """财政拨款 left; right each 类 with what each fund paid of it."""
    funds = (Fund.GENERAL, Fund.GOVERNMENT)
    parts = [_classes(ledger, fund) for fund in funds]
    names = [name for name in CLASSES if any(name in part for part in parts)]
    columns = ("合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    kind = BASIS[style.kind]
    ending = "资金" if style.kind is Kind.BUDGET else "财政拨款"
    left: list[Named] = [(f"一、一般公共预算{ending}", ledger.total(Fund.GENERAL)), (f"二、政府性基金预算{ending}", ledger.total(Fund.GOVERNMENT) or None),
                         (f"三、国有资本经营预算{ending}", None)]  # fmt: skip
    rows = []
    for place in range(max(len(left), len(names))):
        name, amount = left[place] if place < len(left) else ("", None)
        own = names[place] if place < len(names) else ""
        paid = tuple(part.get(own) for part in parts)
        rows.append(_fund_row(style, (name, amount), f"{_numeral(place + 1)}、{own}" if own else "", paid, columns))
    whole = (ledger.total(Fund.GENERAL), ledger.total(Fund.GOVERNMENT) or None)
    ends = (("本年收入合计", "本年支出合计"), ("总计", "总计")) if style.kind is Kind.FINAL else (("收入总计", "支出总计"),)
    rows += [_fund_row(style, (one, ledger.appropriation), other, whole, columns) for one, other in ends]
    header = ((Head("收入", 2), Head("支出", 5)), (Head("项目"), Head(f"{kind}数"), Head("项目"), *map(Head, columns)))
    return sheet(ledger, style, "财政拨款收支总表", title, header, (26, 14, 24, 14, 14, 14, 14), rows)


def _fund_row(style: Style, left: Named, right: str, paid: Amounts, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    name, amount = left
    first = (Cell(name), figure(style, amount, (name,), "", (f"{BASIS[style.kind]}数",)) if name else Cell(""))
    if not right:
        return (*first, Cell(""), *(Cell("") for _ in columns))
    whole = sum((a for a in paid if a is not None), ZERO)
    figures = (figure(style, a, (right,), "", (column,)) for a, column in zip((whole, *paid, None), columns, strict=True))
    return (*first, Cell(right), *figures)
