"""Left-overs of the form's instructions and of other tables' and levels' texts, blanks not filled in, missing units and % signs, empty tables without their sentence."""

import re
from collections.abc import Iterator, Sequence

from corpus.disclosure import Source
from corpus.fact import Origin, Severity
from corpus.table import TableInfo
from qa.document import Document, Paragraph
from qa.rules.rule import HELD, Evidence, Finding, NotChecked, Outcome, Rule, error, wording

INSTRUCTIONS: tuple[tuple[str, str], ...] = (
    (r"仍?保留该?(?:表格|空表)(?:格式)?[^。\n]{0,30}(?:说明|注明)[：:]?", "填表要求"),
    (r"作下述说明[：:]?", "填表要求"),
    (r"如(?:持平|无)[^。；\n）)]{0,6}作(?:持平)?(?:表述|说明)", "填写提示"),
    (r"[（(]\s*(?:不涉及的不列|如持平作持平表述|请?根据实际情况[^）)]{0,12}|[^）)]{0,8}(?:自行|据实)填[写列][^）)]{0,12})\s*[)）]", "填写提示"),
    (r"按上述格式(?:依次)?(?:说明|填[写列])", "填写提示"),
    (r"(?:由|请)[^。，\n]{0,12}(?:根据|按照?)[^。\n]{0,30}填[写列报]", "填写提示"),
    (r"列明[^。，\n]{2,14}(?:数量|批次、人次|情况)(?=[。；]|$)", "填写提示"),
    (r"增加[（(]减少[)）]|减少[（(]增加[)）]|增长[（(]下降[)）]|下降[（(]增长[)）]|大于[（(]小于[)）]|小于[（(]大于[)）]|增加/减少",
     "未选定的增减"),
    (r"[（(]\s*(?:单位名称|部门名称|填报单位|某单位|制度名称|此处填写[^）)]*)\s*[)）]", "未填的名称"),
)
_BLANKS = re.compile(r"(?<![A-Za-z])[×ＸX✕╳]{2,}(?![A-Za-z])|[□■]{2,}|○{2,}|_{4,}|＿{3,}|\*{3,}(?=万元|元|%)|(?<=[为是占])(?<!转换为)(?<!换算为)(?<!折算为)(?<!单位为)(?<!单位是)\s*(?=万元|%)")
"""金额转换为万元时 leaves nothing empty."""


def no_instructions(document: Document) -> Iterator[Outcome]:
    """No sentence of the form's instructions is left in the text."""
    for paragraph in document.paragraphs:
        found = [(match, what) for words, what in INSTRUCTIONS for match in re.finditer(words, paragraph.text)]
        if not found:
            continue
        match, what = min(found, key=lambda one: one[0].start())
        start = max(paragraph.text.rfind("\n", 0, match.start()), paragraph.text.rfind("。", 0, match.start())) + 1
        line = re.split(r"\n", paragraph.text[start:])[0][: match.end() - start + 40].strip()
        yield _template(f"模板的{what}没有删除：“{line}”", paragraph.source_of(match.start()), line, "删去", "模板文字残留")
    yield HELD


def _template(message: str, source: Source, quote: str, expected: str, actual: str) -> Finding:
    return Finding(Severity.TEMPLATE, message, (Evidence(source, quote),), expected, actual)


def no_blanks(document: Document) -> Iterator[Outcome]:
    """No ××, XX, □□ or empty place stands where a name or figure belongs."""
    for paragraph in document.paragraphs:
        for match in list(_BLANKS.finditer(paragraph.text))[:1]:
            quote = paragraph.segment(match.start(), match.end())
            yield _template(f"留有没有填写的占位：“{quote}”", paragraph.source_of(match.start()), quote, "填入名称或数字", match[0] or "空缺")
    for table in document.tables:
        if table.form and re.search(r"[×ＸX]{2,}", table.title):
            yield _template(f"表名留有占位：“{table.title}”", table.sources[0], table.title, "填入名称", table.title)
    yield HELD


_RATE = re.compile(
    r"(?:完成(?:年初|全年|调整后?)?预算数?的|占[^，。；]{0,20}?的?(?:比重|比例)?(?:为|的)|(?:增长|下降)(?:了)?)"
    r"\s*(?P<n>\d+(?:\.\d+)?)(?=\s*(?:[，。；：、]|$))"
)
_MONEY = re.compile(
    r"(?:(?:预算|决算|支出|收入|金额|经费|总计|合计)(?:数)?(?:为|是)|(?:增加|减少)(?:了)?)\s*(?P<n>\d[\d,]*\.\d+)(?=\s*(?:[，。；：、]|$))"
)


def units_are_printed(document: Document) -> Iterator[Outcome]:
    """A rate has its %, an amount its unit."""
    for paragraph in document.paragraphs:
        for words, missing in ((_RATE, "百分号"), (_MONEY, "金额单位")):
            for match in words.finditer(paragraph.text):
                at = Evidence(paragraph.source_of(match.start()), paragraph.segment(match.start(), match.end()))
                yield wording(f"“{match[0].strip()}”缺少{missing}", (at,), f"{match['n']}%" if missing == "百分号" else f"{match['n']}万元（或元）", match["n"])
        if paragraph.said:
            yield HELD


_MARKS = re.compile(r"[，、；：]{2,}|。{2}(?!。)|[，、；：]。|。[，、；：]")
_OPEN_END = re.compile(r"\d\s*(?:%|万元|元)\s*[：:，、]$")


def sentences_end(document: Document) -> Iterator[Outcome]:
    """A sentence of figures ends with 。: 完成年初预算的100%： leads to nothing."""
    for index, paragraph in enumerate(document.paragraphs):
        if not paragraph.said:
            continue
        wrong = _OPEN_END.search(paragraph.text) if not _goes_on(document.paragraphs[index + 1 : index + 2], paragraph) else None
        match = wrong or _MARKS.search(paragraph.text)
        if match is None:
            yield HELD
        else:
            quote = paragraph.segment(match.start(), match.start())
            yield wording(f"标点有误：“{quote[-30:]}”", (Evidence(paragraph.source_of(match.start()), quote),), "。", match[0])


def _goes_on(following: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """其中：-lists: what follows begins a list that the mark leads in to."""
    own = re.match(r"\s*(?:\d+|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+)[、.．)）]", paragraph.text)
    return bool(following) and following[0].headings == paragraph.headings and own is None


_SAYS_EMPTY = re.compile(r"空表|无数据|(?:没有|无|未安排|未发生|不涉及)[^。\n]{0,60}(?:收入|支出|预算|经费|拨款|收支|数据|安排|情况)|为零|均为0|数据?为0")
_EMPTY_NOTE = re.compile(r"(?:本|该|此)?表(?:为空表|无数据|无内容|为空)|(?:为|系)空表")
_MAY_BE_EMPTY = ("三公经费表", "政府性基金表", "国有资本经营表")


def empty_tables_say_so(document: Document) -> Iterator[Outcome]:
    """An empty form says under it that there was nothing; a form with figures does not say that it is empty."""
    for table in document.tables:
        if table.form not in _MAY_BE_EMPTY:
            continue
        notes = _notes(document, table)
        if table.empty and not any(_SAYS_EMPTY.search(text) for text, _ in notes):
            if table.origin is Origin.OCR:
                yield NotChecked(f"《{table.title}》为扫描件，没有读到说明")
            else:
                message = f"《{table.title}》为空表，表下没有说明"
                yield Finding(Severity.TEMPLATE, message, (Evidence(table.sources[0], table.title),), "表下说明本年度没有该项收支", "没有说明")
        elif not table.empty and _has_money(document, table) and (said := next((one for one in notes if _EMPTY_NOTE.search(one[0])), None)):
            text, source = said
            yield error(f"《{table.title}》有数字，表下却说“{text.strip()}”", (Evidence(source, text.strip()),), "删去空表说明", text.strip())
        else:
            yield HELD


def _has_money(document: Document, table: TableInfo) -> bool:
    return any(fact.table_id == table.id and fact.amount and fact.amount.number for fact in document.cells.get(table.form, ()))


def _notes(document: Document, table: TableInfo) -> list[tuple[str, Source]]:
    """What stands under a table on its pages, and what the section on it says."""
    pages = {source.page for source in table.sources if source.page}  # 0: a file without pages
    under = [(p.text, p.sources[0]) for p in document.paragraphs if pages & {s.page for s in p.sources} and not _section_of_another(p, table)]
    return [*under, *([(table.note, table.sources[0])] if table.note else [])]


def _section_of_another(paragraph: Paragraph, table: TableInfo) -> bool:
    """A sentence on the same page under another table's title."""
    heading = re.sub(r"\s", "", paragraph.headings[-1]) if paragraph.headings else ""
    return heading.endswith("表") and heading != re.sub(r"\s", "", table.title)


_REFLECTS = re.compile(r"本表反映(?P<what>[^。；]*)")


def notes_fit_tables(document: Document) -> Iterator[Outcome]:
    """注：本表反映各项收入情况 does not stand under a table of expenditure. Learnt from a note copied from the table before (太原 2016)."""
    for table in document.tables:
        match = _REFLECTS.search(table.note)
        sides = {side for side in ("收入", "支出") if side in table.title}
        if match is None or len(sides) != 1:
            continue
        told = {side for side in ("收入", "支出") if side in match["what"].replace("财政拨款收入支出", "")}
        if told and not told & sides:
            own, other = next(iter(sides)), next(iter(told))
            yield _template(f"《{table.title}》的表注写成“{match[0]}”，与表的内容（{own}）不符", table.sources[0], match[0], own, other)
        else:
            yield HELD


_LEVEL = re.compile(r"(?:是|与)([省市区县])级(?:预算主管部门|财政有经费领拨关系)")


def levels_fit_publisher(document: Document) -> Iterator[Outcome]:
    """The definitions of a district's report do not speak of 市级预算主管部门: they were copied from another level's."""
    own = re.findall(r"(?:19|20)\d{2}年度?([省市区县])级(?:部门|单位)?(?:预算|决算)", " ".join(heading for p in document.paragraphs for heading in p.headings))
    if len(set(own)) != 1:
        return
    told = [(chunk, level) for chunk in document.definitions if (level := _LEVEL.search(chunk.text))]
    wrong = [(chunk, level) for chunk, level in told if level[1] != own[0]]
    yield from (HELD for _ in told[len(wrong) :])
    if wrong:
        at = tuple(Evidence(chunk.sources[0], level[0]) for chunk, level in wrong)
        message = f"名词解释写“{wrong[0][1][0][1:]}”（共{len(wrong)}处），本报告是{own[0]}级部门的"
        yield Finding(Severity.TEMPLATE, message, at, f"{own[0]}级", f"{wrong[0][1][1]}级")


RULES: Sequence[Rule] = (
    Rule(
        "note_fits_table", "表注与表相符",
        "部门预决算公开格式：每张表的表注说明本表反映的内容",
        notes_fit_tables, departments=True,
    ),
    Rule(
        "level_fits_publisher", "名词解释的预算级次与本报告相符",
        "预算法：部门预算属于本级政府预算，名词解释应写本级",
        levels_fit_publisher, departments=True,
    ),
    Rule(
        "template_leftover", "没有模板填写指引残留",
        "部门预决算公开模板：填写指引应在公开前删除",
        no_instructions,
    ),
    Rule(
        "template_blank", "没有未填的占位",
        "部门预决算公开模板：××、XX 等占位应填为实际名称和数字",
        no_blanks,
    ),
    Rule(
        "units_are_printed", "比率有百分号、金额有单位",
        "数字应与计量单位同时写出",
        units_are_printed,
    ),
    Rule(
        "sentences_end", "标点完整",
        "公文格式：句末用句号",
        sentences_end,
    ),
    Rule(
        "empty_table_says_so", "空表有说明、有数的表不称空表",
        "公开格式：没有数据的表应公开空表并在表下说明",
        empty_tables_say_so, departments=True,
    ),
)  # fmt: skip
