"""What sentences name: purposes and reasons against their item, listed items against the table, organisations, years."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio

from corpus.account import plain_name
from corpus.disclosure import Kind, Scope
from corpus.fact import Fact
from qa.document import Document, Paragraph
from qa.rules.named import account_name
from qa.rules.rule import HELD, Evidence, NotChecked, Outcome, Rule, error, printed_at, wording, written_at

_ITEM = re.compile(r"(?P<k>[^（()）、．.“”\"，。\s]+)[（(]款[)）]\s*(?P<x>[^（()）“”\"，。]+(?:[（(][^类款项（()）]+[)）][^（()）“”\"，。]*)*)[（(]项[)）]")
_PURPOSE = re.compile(r"主要用于[：:]?(?P<what>[^。；\n]+)")
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("住房公积金", r"公积金"),
    ("医疗", r"医疗|医保|生育保险"),
    ("基本养老保险", r"养老"),
    ("职业年金", r"年金"),
    ("购房补贴", r"购房补贴|住房补贴"),
    ("提租补贴", r"提租补贴|住房补贴|租房"),
    ("离退休", r"离休|退休|离退休"),
)
"""Items of staff that every report has, and the words by which their purposes are known."""


@dataclass(frozen=True)
class _Entry:
    """An item's paragraph of a list: its 款, 项 and where its purpose stands."""

    paragraph: Paragraph
    section: str
    item: str
    purpose: re.Match[str] | None


def _entries(document: Document) -> list[_Entry]:
    found = []
    for paragraph in document.paragraphs:
        match = _ITEM.search(paragraph.text)
        if match and match.start() < 60:
            found.append(_Entry(paragraph, match["k"].strip(), match["x"].strip(), _PURPOSE.search(paragraph.text, match.end())))
    return found


def purpose_fits_item(document: Document) -> Iterator[Outcome]:
    """住房公积金 is not used for 医疗保险. Learnt from a report whose eighth purpose is a copy of its seventh."""
    entries = _entries(document)
    for entry in entries:
        if entry.purpose is None:
            continue
        what = entry.purpose["what"]
        other = _other_family(entry.item, what)
        copied = None if other else _copied(entry, what, entries)
        if not other and not copied:
            yield HELD
            continue
        at = written_at(entry.paragraph, 0, entry.purpose.end())
        if other:
            yield error(f"“{entry.item}（项）”的用途写成“{what.strip()}”，那是{other}类科目的用途", (at,), f"与“{entry.item}”相符的用途", what.strip())
        else:
            yield wording(f"“{entry.item}（项）”的用途写成“{what.strip()}”，与科目“{copied}”的名称相同", (at,), f"与“{entry.item}”相符的用途", what.strip())


def _other_family(item: str, what: str) -> str:
    """The family that a purpose speaks of when the item is of another one; '' otherwise."""
    own = next((words for name, words in _FAMILIES if name in item), "")
    if not own or re.search(own, what):
        return ""
    return next((name for name, words in _FAMILIES if name not in item and re.search(words, what)), "")


def _copied(entry: _Entry, what: str, entries: Sequence[_Entry]) -> str:
    """Another entry whose name a purpose is, word for word, and which says so itself."""
    said = _plain(what)
    if said in _names(entry):
        return ""
    return next((other.section + other.item for other in entries if other.item != entry.item and said in _names(other) and len(said) > 4), "")


def _names(entry: _Entry) -> set[str]:
    names = {entry.item, entry.section + entry.item}
    return {_plain(name) for name in names} | {_plain(name + tail) for name in names for tail in ("支出", "经费")}


def _plain(text: str) -> str:
    return account_name(re.sub(r"[\s“”\"]|经费$", "", text))


_REASON = re.compile(r"原因(?:是|为|[：:])+\s*(?P<what>[^，。；\n]{3,40}?)(?:经费|支出)*(?:增加|减少|保持不变|增长|下降)(?=[，。；]|$)")


def reason_names_item(document: Document) -> Iterator[Outcome]:
    """A reason that is only 某某经费增加 names the item itself, not its neighbour in the list."""
    entries = _entries(document)
    for entry in entries:
        match = _REASON.search(entry.paragraph.text)
        if match is None:
            continue
        said = _plain(match["what"])
        other = next((one for one in entries if one.item != entry.item and said in _names(one) and len(said) > 3), None)
        if said in _names(entry) or other is None:
            yield HELD
        else:
            yield wording(
                f"“{entry.item}（项）”的变动原因写成另一科目“{other.item}”的变动（“{match[0]}”）", (written_at(entry.paragraph, match.start(), match.end()),),
                f"“{entry.item}”的变动原因", match[0],
            )  # fmt: skip


_LIST = re.compile(r"(?P<head>人员经费|公用经费)[^。；]*?主要(?:包括|用于|是)[：:]?(?P<items>[^。；\n]*)")


def listed_items_have_figures(document: Document) -> Iterator[Outcome]:
    """Items named under 主要包括 have a figure in the 基本支出 table: the form says that what is not used is not listed."""
    cells = document.cells.get("基本支出表", ())
    if not cells or not all(fact.reliable for fact in cells if fact.amount is not None):
        yield NotChecked("没有读到基本支出表，或为扫描件且未经勾稽")
        return
    amounts = _economic(cells)
    if not any(len(fact.account) > 3 and fact.amount and fact.amount.number for facts in amounts.values() for fact in facts):
        yield NotChecked("基本支出表的款级科目都是空白，没有可对照的数字")
        return
    for paragraph in document.paragraphs:
        for match in _LIST.finditer(paragraph.text):
            for name in re.split(r"[、，和]", match["items"].removesuffix("等")):
                yield from _listed(paragraph, match, name.strip(" 等。"), amounts)


def _economic(cells: Sequence[Fact]) -> dict[str, list[Fact]]:
    amounts: dict[str, list[Fact]] = {}
    for fact in cells:
        if fact.account and fact.item:
            amounts.setdefault(plain_name(fact.item[-1]), []).append(fact)
    return amounts


def _listed(paragraph: Paragraph, match: re.Match[str], name: str, amounts: dict[str, list[Fact]]) -> Iterator[Outcome]:
    cells = amounts.get(plain_name(name))
    if not name or not cells:
        return
    if any(cell.amount and cell.amount.number for cell in cells):
        yield HELD
        return
    printed = next((str(cell.amount) for cell in cells if cell.amount), "空白")
    yield wording(
        f"{match['head']}“主要包括”列举了{name}，但基本支出表中{name}为{printed}（如系不足最小单位的尾数，可忽略）",
        (written_at(paragraph, match.start("items"), match.start("items") + paragraph.text[match.start("items") :].find(name)), printed_at(cells[0])),
        f"不列举{name}", f"列举了{name}", f"{name} = {printed}",
    )  # fmt: skip


_ORGANISATION = re.compile(
    r"(?:^|[，。；：日]|年，|由|20\d\d年(?=[^，。；]{5,32}（部门）下属))\s*(?P<name>[\u4e00-\u9fff（）]{5,32}?(?:局|委|委员会|办公室|办事处|部|处|院|中心|政府|街道|镇|大队|支队|学校|协会|联合会|法院|总工会))"
    r"(?=(?:（(?:部门|本级|单位)）)?(?:20\d\d年度?(?:部门)?(?:预算|决算|收入|支出|财政拨款|政府采购|机关运行|无|共)|（部门）下属|本年度没有|共有车辆|部门(?:预算|决算)))"
)


def organisation_is_publisher(document: Document) -> Iterator[Outcome]:
    """Whose 2024年度收入支出总计 it is: the publisher named on the cover, or one of its agencies."""
    d = document.disclosure
    if not d.certain:
        yield NotChecked("封面没有写明发布单位，名称无从对照")
        return
    own = (d.publisher, *d.aliases)
    for paragraph in document.paragraphs:
        for match in _ORGANISATION.finditer(paragraph.text):
            name = match["name"]
            if re.match(r"(?:本|我|各|该|由|所属|下属|其中|与|及|全)", name) or any(name in one or one in name for one in own):
                yield HELD
            elif partial_ratio(name, d.publisher) < 50 and d.scope is Scope.DEPARTMENT:
                yield NotChecked("句中单位可能是下属单位")
            else:
                yield wording(
                    f"句中单位“{name}”与封面单位“{d.publisher}”不一致", (written_at(paragraph, match.start(), match.end()),), d.publisher, name,
                )  # fmt: skip


_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年度?(?:部门|单位|区级|县级|市级|省级|本级|[“\"]?三公|收入|支出|财政拨款|一般公共|政府性|国有资本))")


def titles_carry_year(document: Document) -> Iterator[Outcome]:
    """Titles of tables and headings carry the year of the disclosure."""
    year = document.disclosure.year
    titles = [(table.title, table.sources[0]) for table in document.tables if table.form and table.sources]
    headings = {heading: p.sources[0] for p in document.paragraphs for heading in p.headings}
    for title, source in [*titles, *headings.items()]:
        if re.search(r"执行|完成|上年", title):
            continue  # last year's books stand beside this year's budget
        years = {int(one) for one in _TITLE_YEAR.findall(re.sub(r"\s", "", title))}
        if not years:
            continue
        if year in years:
            yield HELD
        else:
            wrong = "、".join(map(str, sorted(years)))
            yield error(f"标题“{title}”写的是{wrong}年，本文件为{year}年", (Evidence(source, title),), f"{year}年", f"{wrong}年")


_COMPARED = re.compile(r"[与比较](?P<year>20\d\d)年度?(?:[^，。；]{0,10}?)(?:相比|增加|减少|增长|下降|持平|决算数|预算(?![^，。；]{0,8}(?:挂钩|衔接|结合|编制|统筹)))")
"""与2024年度预算安排挂钩 compares nothing."""
_AS_OF = re.compile(r"截[至止](?:到)?\s*(?P<year>20\d\d)年(?P<month>\d+)月(?P<day>\d+)日")


def sentences_carry_year(document: Document) -> Iterator[Outcome]:
    """A comparison is with the year before; assets stand as of the end of the year (预算: of the year before)."""
    year = document.disclosure.year
    for paragraph in document.paragraphs:
        if not paragraph.said:
            continue
        for match in _COMPARED.finditer(paragraph.text):
            yield from _is_year(paragraph, match, (year - 1,), "比较的上年")
        for match in _AS_OF.finditer(paragraph.text):
            if re.search(r"车辆|国有资产|设备|房屋", paragraph.text):
                wanted = (year,) if document.disclosure.kind is Kind.FINAL else (year - 1, year)
                yield from _is_year(paragraph, match, wanted, "资产占用的截止日")


def _is_year(paragraph: Paragraph, match: re.Match[str], wanted: tuple[int, ...], what: str) -> Iterator[Outcome]:
    found = int(match["year"])
    if found in wanted:
        yield HELD
        return
    if found < min(wanted) - 1 and what == "比较的上年":
        return  # a comparison over several years is meant
    at = written_at(paragraph, match.start(), match.end())
    yield wording(f"{what}写为{found}年，应为{wanted[0]}年（疑为沿用上年文字）", (at,), f"{wanted[0]}年", f"{found}年")


RULES: Sequence[Rule] = (
    Rule(
        "purpose_fits_item", "用途与科目名称相符",
        "《政府收支分类科目》：各项级科目反映的内容固定，用途说明应与科目相符",
        purpose_fits_item,
    ),
    Rule(
        "reason_names_item", "变动原因说的是本科目",
        "公开格式要求逐项说明变动原因，原因应针对该科目",
        reason_names_item,
    ),
    Rule(
        "item_list_matches_table", "“主要包括”所列科目在表中有数",
        "公开模板：人员经费、公用经费列举经济分类款级科目，不涉及的不列",
        listed_items_have_figures, departments=True,
    ),
    Rule(
        "organisation_name_is_publisher", "单位名称前后一致",
        "公开文件封面、表格与说明应为同一部门（单位）",
        organisation_is_publisher, departments=True,
    ),
    Rule(
        "titles_carry_year", "标题年度与封面一致",
        "报表和章节标题的年度应为公开年度",
        titles_carry_year, departments=True,
    ),
    Rule(
        "sentences_carry_year", "比较年度、截止日正确",
        "增减变动与上一年度比较；资产情况截至年末（预算为上年）",
        sentences_carry_year, departments=True,
    ),
)  # fmt: skip
