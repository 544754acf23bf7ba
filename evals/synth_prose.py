"""A ledger, the one before it and a style → the sentences of a report, every figure worked out from the ledger."""

from collections.abc import Iterator
from decimal import Decimal

from corpus.disclosure import Kind
from evals.ledger import CARS, DOWN, UP, Fund, Ledger, Line, Trio, percent
from evals.synth_page import Block, Sheet, Style, Text

TERMS = (
    ("财政拨款收入", "指单位本年度从本级财政部门取得的财政拨款，包括一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款。"),
    ("其他收入", "指单位取得的除“财政拨款收入”、“事业收入”、“经营收入”等以外的收入。"),
    ("基本支出", "指单位为保障机构正常运转、完成日常工作任务而发生的各项支出。"),
    ("项目支出", "指单位为完成特定的行政工作任务或事业发展目标，在基本支出之外发生的各项支出。"),
    ("“三公”经费", "指单位使用本级财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。"),
    ("机关运行经费", "指行政单位和参照公务员法管理的事业单位使用一般公共预算财政拨款安排的基本支出中的日常公用经费支出。"),
)
DUTY = "{name}是虚构的机构，世上没有这个部门，本报告的全部内容由程序生成，用于测试。主要职能是：编制虚构数据样本，核对虚构数据之间的勾稽关系，保证样本前后一致。"


def blocks(ledger: Ledger, before: Ledger, style: Style, sheets: tuple[Sheet, ...]) -> tuple[Block, ...]:
    """The whole report in reading order, its cover and contents too."""
    made = _final(ledger, before, style, sheets) if style.kind is Kind.FINAL else _budget(ledger, before, style, sheets)
    return tuple(made)


def reason(ledger: Ledger, before: Ledger) -> str:
    """Why the year's appropriation rose or fell."""
    rose = ledger.appropriation >= before.appropriation
    return (UP if rose else DOWN)[ledger.staff % 4]


def moved(now: Decimal, then: Decimal, style: Style) -> str:
    """增加…万元，增长…%; 持平 where nothing changed."""
    if now == then:
        return "持平"
    turn, rate = ("增加", "增长") if now > then else ("减少", "下降")
    share = f"，{rate}{percent(abs(now - then), then)}%" if then else ""
    return f"{turn}{style.said(abs(now - then))}{share}"


# 决算


def _final(ledger: Ledger, before: Ledger, style: Style, sheets: tuple[Sheet, ...]) -> Iterator[Block]:
    name, year = ledger.publisher, ledger.year
    yield Text(name, 9)
    yield Text(f"{year}年度部门决算", 9)
    yield Text("目 录", 1)
    for place, part in enumerate((f"{name}概况", f"{name}{year}年度部门决算表", f"{name}{year}年度部门决算情况说明", "名词解释"), 1):
        yield Text(f"第{'一二三四'[place - 1]}部分 {part}", 8)
    yield from _opening(ledger, f"第一部分 {name}概况")
    yield Text(f"第二部分 {name}{year}年度部门决算表", 1)
    yield from sheets
    yield Text(f"第三部分 {name}{year}年度部门决算情况说明", 1)
    yield from _final_totals(ledger, before, style)
    yield from _final_general(ledger, before, style)
    yield from _final_trio(ledger, before, style)
    yield from _rest(ledger, before, style)
    yield from _terms("第四部分 名词解释", 1)


def _opening(ledger: Ledger, heading: str) -> Iterator[Block]:
    yield Text(heading, 1)
    yield Text("一、主要职能", 2)
    yield Text(DUTY.format(name=ledger.publisher))
    yield Text("二、机构设置", 2)
    yield Text(f"{ledger.publisher}编制{ledger.staff}名，纳入{ledger.year}年度部门{'决算' if heading.startswith('第') else '预算'}编制范围的单位只有本级。")


def _final_totals(ledger: Ledger, before: Ledger, style: Style) -> Iterator[Block]:
    name, year, whole, spent = ledger.publisher, ledger.year, style.said(ledger.total()), ledger.appropriation
    why = reason(ledger, before)
    yield Text("一、收入支出决算总体情况说明", 2)
    yield Text(f"{name}{year}年度收入支出总计{whole}。与{year - 1}年度相比，收入支出总计{moved(ledger.total(), before.total(), style)}。主要原因：{why}。", key="total")
    yield Text("二、收入决算情况说明", 2)
    other = ledger.total(Fund.OTHER)
    rest = f"；其他收入{style.said(other)}，占{percent(other, ledger.total())}%" if other else ""
    yield Text(f"本年收入合计{whole}，其中：财政拨款收入{style.said(spent)}，占{percent(spent, ledger.total())}%{rest}。", key="income")
    yield Text("三、支出决算情况说明", 2)
    basic, project = ledger.part("basic"), ledger.part("project")
    yield Text(
        f"本年支出合计{whole}，其中：基本支出{style.said(basic)}，占{percent(basic, ledger.total())}%；项目支出{style.said(project)}，占{percent(project, ledger.total())}%。",
        key="spent",
    )  # fmt: skip
    yield Text("四、财政拨款收入支出决算总体情况说明", 2)
    yield Text(
        f"{name}{year}年度财政拨款收入支出总计{style.said(spent)}。与{year - 1}年度相比，财政拨款收入支出总计{moved(spent, before.appropriation, style)}。主要原因：{why}。",
        key="appropriation",
    )  # fmt: skip


def _final_general(ledger: Ledger, before: Ledger, style: Style) -> Iterator[Block]:
    general, opening = ledger.total(Fund.GENERAL), ledger.part("opening", Fund.GENERAL)
    yield Text("五、一般公共预算财政拨款支出决算情况说明", 2)
    yield Text("（一）一般公共预算财政拨款支出决算总体情况", 3)
    yield Text(
        f"一般公共预算财政拨款支出{style.said(general)}，占本年支出合计的{percent(general, ledger.total())}%。与{ledger.year - 1}年度相比，"
        f"一般公共预算财政拨款支出{moved(general, before.total(Fund.GENERAL), style)}。主要原因：{reason(ledger, before)}。", key="general",
    )  # fmt: skip
    yield Text("（二）一般公共预算财政拨款支出决算结构情况", 3)
    shares = "；".join(f"{name}（类）{style.said(amount)}，占{percent(amount, general)}%" for name, amount in classes(ledger).items())
    yield Text(f"一般公共预算财政拨款支出{style.said(general)}，主要用于以下方面：{shares}。", key="classes")
    yield Text("（三）一般公共预算财政拨款支出决算具体情况", 3)
    yield Text(
        f"一般公共预算财政拨款支出年初预算为{style.said(opening)}，支出决算为{style.said(general)}，完成年初预算的{percent(general, opening)}%。其中：", key="completion"
    )
    lines = [line for line in ledger.lines if line.fund is Fund.GENERAL]
    for number, line in enumerate(lines, 1):
        yield Text(f"{number}. {_line(line, style)}", key=f"line {line.code}")
    yield from _basic(ledger, style)


def classes(ledger: Ledger) -> dict[str, Decimal]:
    """By 类 what the general budget paid."""
    found: dict[str, Decimal] = {}
    for line in sorted(ledger.lines, key=lambda line: line.code):
        if line.fund is Fund.GENERAL:
            found[line.path[0]] = found.get(line.path[0], Decimal(0)) + line.amount
    return found


def _line(line: Line, style: Style) -> str:
    kind, section, item = line.path
    head = f"{kind}（类）{section}（款）{item}（项）。年初预算为{style.said(line.opening)}，支出决算为{style.said(line.amount)}"
    if line.amount == line.opening:
        return f"{head}，完成年初预算的100.00%。决算数与年初预算数持平。"
    word = "大于" if line.amount > line.opening else "小于"
    return f"{head}，完成年初预算的{percent(line.amount, line.opening)}%。决算数{word}年初预算数的主要原因：按实际需要据实列支。"


def _basic(ledger: Ledger, style: Style) -> Iterator[Block]:
    yield Text("六、一般公共预算财政拨款基本支出决算情况说明", 2)
    people = "、".join(name for code, name, _ in ledger.economic if code[:3] != "302")
    running = "、".join(name for code, name, _ in ledger.economic if code[:3] == "302")
    yield Text(
        f"一般公共预算财政拨款基本支出{style.said(ledger.people + ledger.running)}。其中：人员经费{style.said(ledger.people)}，主要包括：{people}；"
        f"公用经费{style.said(ledger.running)}，主要包括：{running}。", key="basic",
    )  # fmt: skip


def _final_trio(ledger: Ledger, before: Ledger, style: Style) -> Iterator[Block]:
    planned, spent, then = ledger.planned, ledger.spent, before.spent
    yield Text("七、财政拨款“三公”经费支出决算情况说明", 2)
    yield Text("（一）“三公”经费财政拨款支出决算总体情况说明", 3)
    if not planned.whole:
        yield Text(f"{ledger.publisher}{ledger.year}年度无“三公”经费财政拨款支出。", key="trio")
        return
    yield Text(
        f"{ledger.year}年度“三公”经费财政拨款支出预算为{style.said(planned.whole)}，支出决算为{style.said(spent.whole)}，完成预算的"
        f"{percent(spent.whole, planned.whole)}%；与上年相比{moved(spent.whole, then.whole, style)}。", key="trio",
    )  # fmt: skip
    yield Text("（二）“三公”经费财政拨款支出决算具体情况说明", 3)
    items = (("因公出国（境）费", "abroad"), ("公务用车购置及运行维护费", "cars"), ("公务接待费", "guests"))
    for number, (name, part) in enumerate(items, 1):
        yield Text(f"{number}. {_trio_item(name, part, planned, spent, then, style)}", key=f"trio {part}")
    if spent.cars:
        yield Text(f"其中：公务用车购置费支出{style.said(spent.bought)}；公务用车运行维护费支出{style.said(spent.run)}，主要用于车辆燃料、维修和保险。", key="trio bought")
    if ledger.batches:
        yield Text(f"{ledger.year}年度国内公务接待{ledger.batches}批次{ledger.visitors}人次，主要用于接待虚构单位来访。", key="visitors")


def _trio_item(name: str, part: str, planned: Trio, spent: Trio, then: Trio, style: Style) -> str:
    plan, paid, last = (getattr(trio, part) for trio in (planned, spent, then))
    done = f"，完成预算的{percent(paid, plan)}%" if plan else ""
    return f"{name}预算为{style.said(plan)}，支出决算为{style.said(paid)}{done}；与上年相比{moved(paid, last, style)}。"


# 预算


def _budget(ledger: Ledger, before: Ledger, style: Style, sheets: tuple[Sheet, ...]) -> Iterator[Block]:
    name, year = ledger.publisher, ledger.year
    yield Text(f"{year}年部门预算", 9)
    yield Text(f"预算主管部门：{name}", 9)
    yield Text("目 录", 1)
    for place, part in enumerate(("部门概况", "名词解释", f"{year}年部门预算编制说明", f"{year}年部门预算表", "其他相关情况说明"), 1):
        yield Text(f"{'一二三四五'[place - 1]}、{part}", 8)
    yield from _opening(ledger, f"{name}概况")
    yield from _terms("名词解释", 1)
    yield Text(f"{year}年部门预算编制说明", 1)
    yield from _budget_totals(ledger, before, style)
    yield from sheets
    yield Text("其他相关情况说明", 1)
    yield from _budget_trio(ledger, before, style)
    yield from _rest(ledger, before, style)


def _budget_totals(ledger: Ledger, before: Ledger, style: Style) -> Iterator[Block]:
    name, year, whole, paid = ledger.publisher, ledger.year, style.said(ledger.total()), ledger.appropriation
    against = f"比{year - 1}年预算"
    other = ledger.total(Fund.OTHER)
    yield Text(
        f"{year}年，{name}收入预算{whole}，其中：财政拨款收入{style.said(paid)}，{against}{_amount_moved(paid, before.appropriation, style)}；事业收入0.00万元；"
        f"事业单位经营收入0.00万元；其他收入{style.said(other)}。", key="income",
    )  # fmt: skip
    general, fund = ledger.total(Fund.GENERAL), ledger.total(Fund.GOVERNMENT)
    yield Text(
        f"支出预算{whole}，其中：财政拨款支出预算{style.said(paid)}，{against}{_amount_moved(paid, before.appropriation, style)}。财政拨款支出预算中，一般公共预算拨款支出预算"
        f"{style.said(general)}，{against}{_amount_moved(general, before.total(Fund.GENERAL), style)}；政府性基金拨款支出预算{style.said(fund)}，"
        f"{against}{_amount_moved(fund, before.total(Fund.GOVERNMENT), style)}。", key="spent",
    )  # fmt: skip
    yield Text(f"财政拨款收入支出{'增加' if paid >= before.appropriation else '减少'}的主要原因是{reason(ledger, before)}。", key="why")
    yield Text("财政拨款支出主要内容如下：")
    for number, line in enumerate((line for line in ledger.lines if line.fund is not Fund.OTHER), 1):
        kind, section, item = line.path
        yield Text(f"{number}. “{kind}（类）{section}（款）{item}（项）”科目{style.said(line.amount)}，主要用于{item}。", key=f"line {line.code}")


def _amount_moved(now: Decimal, then: Decimal, style: Style) -> str:
    return "持平" if now == then else f"{'增加' if now > then else '减少'}{style.said(abs(now - then))}"


def _budget_trio(ledger: Ledger, before: Ledger, style: Style) -> Iterator[Block]:
    year, now, then = ledger.year, ledger.planned, before.planned
    yield Text(f"一、{year}年“三公”经费预算情况说明", 2)
    yield Text(f"{year}年“三公”经费预算数为{style.said(now.whole)}，比{year - 1}年预算{_amount_moved(now.whole, then.whole, style)}。其中：", key="trio")
    yield Text(f"（一）因公出国（境）费{style.said(now.abroad)}，比{year - 1}年预算{_amount_moved(now.abroad, then.abroad, style)}。", key="trio abroad")
    yield Text(
        f"（二）公务用车购置及运行费{style.said(now.cars)}，比{year - 1}年预算{_amount_moved(now.cars, then.cars, style)}。其中：公务用车购置费{style.said(now.bought)}，"
        f"比{year - 1}年预算{_amount_moved(now.bought, then.bought, style)}；公务用车运行费{style.said(now.run)}，比{year - 1}年预算{_amount_moved(now.run, then.run, style)}。",
        key="trio cars",
    )  # fmt: skip
    yield Text(f"（三）公务接待费{style.said(now.guests)}，比{year - 1}年预算{_amount_moved(now.guests, then.guests, style)}。", key="trio guests")


# both


def _rest(ledger: Ledger, before: Ledger, style: Style) -> Iterator[Block]:
    """机关运行经费, 政府采购, cars and evaluation: numbered on from what stands before."""
    final = style.kind is Kind.FINAL
    number = iter("八九十" if final else "二三四")
    year, what = ledger.year, "支出" if final else "预算"
    against = "年度" if final else "年预算"
    yield Text(f"{next(number)}、机关运行经费{what}情况", 2)
    rate = moved(ledger.running, before.running, style) if final else _amount_moved(ledger.running, before.running, style)
    yield Text(f"{ledger.publisher}{year}年{'度' if final else ''}机关运行经费{what}{style.said(ledger.running)}，比{year - 1}{against}{rate}。", key="running")
    yield Text(f"{next(number)}、政府采购{what}情况", 2)
    yield Text(
        f"{year}年{'度' if final else ''}{ledger.publisher}政府采购{what}总额{style.said(ledger.bought)}，其中：政府采购货物{what}{style.said(ledger.goods)}、"
        f"政府采购工程{what}{style.said(ledger.works)}、政府采购服务{what}{style.said(ledger.services)}。", key="bought",
    )  # fmt: skip
    yield Text(f"{next(number)}、国有资产占用情况", 2)
    day = f"{year}年12月31日" if final else f"{year - 1}年8月31日"
    cars = "、".join(f"{name}{count}辆" for name, count in zip(CARS, ledger.cars, strict=True))
    yield Text(f"截至{day}，{ledger.publisher}共有车辆{sum(ledger.cars)}辆，其中：{cars}。单价100万元（含）以上设备（不含车辆）0台（套）。", key="cars")
    if final:
        yield Text("十一、预算绩效情况说明", 2)
        yield Text(f"{ledger.publisher}组织对{year}年度{ledger.projects}个项目开展绩效自评。", key="projects")


def _terms(heading: str, level: int) -> Iterator[Block]:
    yield Text(heading, level)
    for number, (term, says) in enumerate(TERMS):
        yield Text(f"{'一二三四五六'[number]}、{term}：{says}", key=f"term {term}")
