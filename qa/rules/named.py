"""A figure of a sentence → what it states, as the standard forms name it, and the cells that print the same.

The nine forms (九张表) of departments' 预算 and 决算 print each total in a fixed row or column; sentences of the 说明 name
them in words that differ from place to place (收、支总计; 一般公共预算拨款支出预算).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.account import plain_name
from corpus.amount import UnitKind
from corpus.fact import Fact, Measure
from qa.document import Document, Said, same_stage

_TOTAL = r"(?:合计|总计|小计|总额)$"


@dataclass(frozen=True)
class Cell:
    """Where a form prints an item: patterns of the row's last name and of the header's last step."""

    form: str
    row: str = _TOTAL
    column: str = ""
    """'' stands for the total column, or the only one."""


@dataclass(frozen=True)
class Item:
    """A total that standard forms print."""

    key: str
    words: str
    """How sentences name it, spaces, quotation marks, years and the publisher's name aside."""
    cells: tuple[Cell, ...]


_FUND = r"(?:预算)?(?:财政)?(?:拨款)?"
_STAGE = r"(?:年初|全年|调整后?)?(?:预算|决算)?数?"
ITEMS: tuple[Item, ...] = (
    Item("收支总计", rf"(?:部门|单位)?(?:收入支出|收入、支出|收、支|收支)(?:预算|决算)?(?:总计|总额|总体){_STAGE}", (
        Cell("收支总表", r"总计$", "*"),
    )),
    Item("财政拨款收支总计", rf"财政拨款(?:收入支出|收入、支出|收、支|收支)(?:预算|决算)?(?:总计|总额|总体){_STAGE}", (
        Cell("财政拨款收支总表", r"总计$", "*"),
    )),
    Item("收入合计", rf"(?:本年|当年|部门)?(?:收入|总收入)(?:合计|总计|总额)?{_STAGE}", (
        Cell("收入表"), Cell("收支总表", r"收入(?:合计|总计|小计)$|^收入$|总计$", "*"),
    )),
    Item("支出合计", rf"(?:本年|当年|部门)?(?:支出|总支出)(?:合计|总计|总额)?{_STAGE}", (
        Cell("支出表"), Cell("收支总表", r"支出(?:合计|总计|小计)$|^支出$|总计$", "*"),
    )),
    Item("财政拨款收入", rf"财政拨款收入{_STAGE}(?:合计|总计|总额)?", (
        Cell("收入表", column=r"^财政拨款(?:收入)?$"), Cell("财政拨款收支总表", r"本年收入|收入总计|总计$|合计$", "*"),
        Cell("收支总表", r"财政拨款(?:收入)?$", "*"),
    )),
    Item("财政拨款支出", rf"财政拨款支出{_STAGE}(?:合计|总计|总额)?", (Cell("财政拨款收支总表", r"本年支出|支出总计|总计$|合计$", ""),)),
    Item("事业收入", rf"事业收入{_STAGE}", (Cell("收入表", column=r"^事业收入"),)),
    Item("经营收入", rf"(?:事业单位)?经营收入{_STAGE}", (Cell("收入表", column=r"经营收入$"),)),
    Item("其他收入", rf"其他收入{_STAGE}", (Cell("收入表", column=r"^其他收入$"),)),
    Item("上级补助收入", rf"上级补助收入{_STAGE}", (Cell("收入表", column=r"^上级补助收入$"),)),
    Item("一般公共预算支出", rf"一般公共预算(?:当年)?(?:财政)?(?:拨款)?支出{_STAGE}(?:合计|总计|总额)?", (
        Cell("一般公共预算支出表"), Cell("财政拨款收支总表", r"本年支出|支出总计|总计$", "一般公共预算"),
    )),
    Item("政府性基金支出", rf"政府性基金{_FUND}支出{_STAGE}(?:合计|总计|总额)?", (
        Cell("政府性基金表"), Cell("财政拨款收支总表", r"本年支出|支出总计|总计$", "政府性基金"),
    )),
    Item("国有资本经营支出", rf"国有资本经营{_FUND}支出{_STAGE}(?:合计|总计|总额)?", (
        Cell("国有资本经营表"), Cell("财政拨款收支总表", r"本年支出|支出总计|总计$", "国有资本"),
    )),
    Item("三公经费", rf"(?:财政拨款)?三公经费(?:财政拨款)?(?:支出)?{_STAGE}(?:合计|总计|总额)?", (
        Cell("三公经费表", _TOTAL, r"^(?:三公经费)?(?:合计|总计)"), Cell("三公经费表", r"^(?:一、)?(?:三公经费)?(?:合计|总计)$", "*"),
    )),
    Item("因公出国费", rf"(?:三公经费)?因公出国[（(]境[)）](?:费用?)?(?:支出)?{_STAGE}", (
        Cell("三公经费表", "*", r"因公出国"), Cell("三公经费表", r"因公出国", "*"),
    )),
    Item("公务用车费", rf"公务用车购置(?:及|和|与)运行(?:维护)?(?:费用?)?(?:支出)?{_STAGE}", (
        Cell("三公经费表", r"小计$|公务用车购置[及和与]", r"小计$|公务用车购置[及和与]"), Cell("三公经费表", r"公务用车购置[及和与]", "*"),
    )),
    Item("公务用车购置费", rf"(?:公务用)?车购置(?:费用?)?(?:支出)?{_STAGE}", (
        Cell("三公经费表", "*", r"(?:^|车)购置费?$"), Cell("三公经费表", r"车购置费?$", "*"),
    )),
    Item("公务用车运行费", rf"公务用?车?用?车运行(?:维护)?(?:费用?)?(?:支出)?{_STAGE}", (
        Cell("三公经费表", "*", r"(?:^|车)运行(?:维护)?费?$"), Cell("三公经费表", r"车运行(?:维护)?费?$", "*"),
    )),
    Item("公务接待费", rf"公务接待(?:费用?)?(?:支出)?{_STAGE}", (
        Cell("三公经费表", "*", r"公务接待"), Cell("三公经费表", r"公务接待", "*"),
    )),
    Item("机关运行经费", rf"(?:.*的)?机关运行经费(?:支出)?{_STAGE}", (
        Cell("三公经费表", "*", r"机关运行"), Cell("三公经费表", r"机关运行", "*"),
    )),
)  # fmt: skip
_OF_ALL = (
    Item("基本支出", rf"基本支出{_STAGE}", (Cell("支出表", column=r"^基本支出$"),)),
    Item("项目支出", rf"项目支出{_STAGE}", (Cell("支出表", column=r"^项目支出$"),)),
)
"""Parts of 支出合计, whatever they are paid from."""
_OF_GENERAL = (
    Item("一般公共预算基本支出", rf"(?:一般公共预算(?:财政)?(?:拨款)?)?基本支出{_STAGE}(?:合计|总额)?", (
        Cell("一般公共预算支出表", column=r"^基本支出$"), Cell("基本支出表", r"^(?:合计|总计)$"),
    )),
    Item("一般公共预算项目支出", rf"(?:一般公共预算(?:财政)?(?:拨款)?)?项目支出{_STAGE}(?:合计|总额)?", (
        Cell("一般公共预算支出表", column=r"^项目支出$"),
    )),
    Item("人员经费", rf"人员经费(?:支出)?{_STAGE}", (
        Cell("基本支出表", r"人员经费(?:合计|小计)?$", "*"), Cell("基本支出表", r"^(?:合计|总计)$", r"人员经费"),
    )),
    Item("公用经费", rf"(?:日常)?公用经费(?:支出)?{_STAGE}", (
        Cell("基本支出表", r"公用经费(?:合计|小计)?$", "*"), Cell("基本支出表", r"^(?:合计|总计)$", r"公用经费"),
    )),
)
"""Parts of 一般公共预算 spending: only where the section or the item before says that it speaks of it."""


@dataclass(frozen=True)
class Named:
    """What a figure states."""

    key: str
    cells: tuple[Fact, ...]
    """Cells that print it, of any stage and year."""
    path: tuple[str, ...] = ()
    """Of an account, its 类, 款, 项."""
    item: Item | None = None
    """Of a total, where forms print it."""

    def in_report(self, other: Document) -> list[Fact]:
        """The cells that print the same in another report."""
        return list(account_cells(other, self.path)) if self.item is None else cells_of(other, self.item.cells)


def named(said: Said, document: Document) -> Named | None:
    """What a sentence's figure states; None where its words are no item of the forms."""
    path = said.statement.subject
    if len(path) >= 3 and said.statement.own or len(path) == 3:
        return Named("科目:" + "/".join(map(plain_name, path[-3:])), account_cells(document, path[-3:]), path[-3:])
    if "类" in said.lead[-12:] and path and re.search(r"[（(]类[)）]\s*(?:支出)?\s*(?:预算|决算)?(?:为)?$", said.lead):
        return Named("科目:" + plain_name(path[-1]), account_cells(document, path[-1:]), path[-1:])
    return _total(said, document)


def _total(said: Said, document: Document) -> Named | None:
    headings = document.paragraphs[said.paragraph].headings[-2:]
    scope = "".join((*headings, *said.statement.subject))
    general = "一般公共预算" in scope and not re.search(r"(?:^|[^算款])(?:本年)?支出合计", said.statement.subject[0] if said.statement.subject else "")
    narrow = any(map(_NARROW.search, headings))
    for phrase in phrases(said, document):
        if _OF_GRANTS.search(headings[-1] if headings else "") and re.match("[收支]", phrase) and (grants := _first(f"财政拨款{phrase}", ITEMS)):
            whole = _first(phrase, ITEMS)
            return Named(grants.key, tuple(cells_of(document, (*grants.cells, *(whole.cells if whole else ())))), item=grants)
        for item in (*ITEMS, *(_OF_GENERAL if general else _OF_ALL)):
            if re.fullmatch(item.words, phrase) and not (narrow and item.key in WHOLE):
                return None if _is_of_offices(item, said, headings) else Named(item.key, tuple(cells_of(document, item.cells)), item=item)
    return None


def _is_of_offices(item: Item, said: Said, headings: Sequence[str]) -> bool:
    """公务用车运行维护费10.20万元 within 机关运行经费 is the offices' share; the forms print that of the whole department."""
    within = any("机关运行经费" in name for name in said.statement.subject[:-1])
    return item.key != "机关运行经费" and (within or any("机关运行经费" in one and "三公" not in one for one in headings[-1:]))


_OF_GRANTS = re.compile(r"财政拨款(?:收入支出|收入、支出|收、支|收支)(?:预算|决算)?总")
"""财政拨款收入总计…，支出总计…: in that section each is of 财政拨款."""


def _first(phrase: str, items: Iterable[Item]) -> Item | None:
    return next((item for item in items if re.fullmatch(item.words, phrase)), None)


WHOLE = ("收入合计", "支出合计", "基本支出", "项目支出", "财政拨款收入", "财政拨款支出")
_NARROW = re.compile(r"政府性?基金|国有资本|三公|接待|用车|出国|采购|运行经费|绩效|国有资产|具体情况|重点|项目情况|项目经费")
"""Sections on a part of the money: 支出 and 基本支出 there are not the department's. Learnt from a report whose section
on 政府基金 says 其中基本支出9.55万元."""


def items_called(phrase: str) -> list[Item]:
    """The items that a phrase names, wherever it stands: 一般公共预算项目支出总额, 本年支出."""
    general = "一般公共预算" in phrase
    return [item for item in (*ITEMS, *(_OF_GENERAL if general else _OF_ALL)) if re.fullmatch(item.words, phrase)]


def phrases(said: Said, document: Document) -> list[str]:
    """The names that a figure goes by: the item of its sentence; the words before it where they open the sentence."""
    names = list(said.statement.subject[-1:])
    if names == ["财政拨款"] and "收入" in "".join(said.statement.subject[:-1]):
        names = ["财政拨款收入"]  # 收入决算4258.39万元，其中：财政拨款4154.28万元
    if said.opens and not re.search(r"[增减升降长多少]\S{0,2}$", said.lead):
        names = [*names, said.lead] if said.statement.own else [said.lead]
    return [bare for name in names if (bare := bare_name(name, document))]


def bare_name(name: str, document: Document) -> str:
    """Without spaces, quotation marks, years, numbering, 其中 and the publisher's name."""
    bare = re.sub(r"[\s“”‘’\"]", "", plain_name(name))
    for own in sorted((document.disclosure.publisher, *document.disclosure.aliases), key=len, reverse=True):
        bare = bare.replace(own, "")
    bare = re.sub(r"^(?:其中:?|(?:计划|拟)?安排(?!的)|(?:本|我|该)(?:部门|单位|街道|办|局)|[（(](?:部门|单位|本级)[)）]|(?:19|20)\d\d年度?|\d{4}年?)+", "", bare)
    return re.sub(r"(?:为|是|共计|合计为|安排|共)+$", "", bare)


def cells_of(document: Document, places: Iterable[Cell]) -> list[Fact]:
    return [fact for place in places for fact in document.cells.get(place.form, ()) if _fits(fact, place)]


def _fits(fact: Fact, place: Cell) -> bool:
    if fact.measure is not Measure.AMOUNT or fact.amount is None or fact.amount.unit.kind is not UnitKind.MONEY:
        return False
    row = plain_name(fact.item[-1]) if fact.item else ""
    column = plain_name(fact.column[-1]) if fact.column else ""
    if fact.account and place.row != "*":
        return False
    if place.row != "*" and not re.search(place.row, row):
        return False
    if place.column == "":
        return not column or bool(re.search(rf"{_TOTAL}|^(?:预算|决算|金额)数?$|合计", column)) or column == row
    return place.column == "*" or bool(re.search(place.column, column))


CODED = ("一般公共预算支出表", "支出表", "政府性基金表", "国有资本经营表")


def account_cells(document: Document, path: Sequence[str]) -> tuple[Fact, ...]:
    """The total column of an account in the coded forms, by the names of its path."""
    wanted = tuple(map(account_name, path))
    return tuple(
        fact for form in CODED for fact in document.cells.get(form, ())
        if fact.account and len(fact.item) == len(wanted) and tuple(map(account_name, fact.item)) == wanted and _fits(fact, Cell(form, "*", ""))
    )  # fmt: skip


@cache
def account_name(name: str) -> str:
    """An account's name without brackets, levels and the closing 支出, which prose adds or drops."""
    return re.sub(r"\((?:类|款|项)\)|[“”\"]", "", plain_name(name)).removesuffix("支出")


def of_year(cells: Iterable[Fact], said: Said) -> list[Fact]:
    """The cells of a figure's year and stage that can be relied on."""
    one = said.statement
    return [fact for fact in cells if fact.reliable and fact.year == one.year and same_stage(fact.basis, one.basis)]
