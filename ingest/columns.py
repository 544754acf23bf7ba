"""Joined table → Bands: header paths, what each column holds, and the halves that stand side by side."""

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from corpus.account import parse_code
from corpus.number import find_mentions, is_blank, parse_cell
from ingest.captions import joined, squeezed
from ingest.headers import TOTAL, counts_rows, is_header_word, is_index_cell, is_index_row
from ingest.join import Joined, Placed


class Role(StrEnum):
    """What a column holds."""

    CODE = "code"
    NAME = "name"
    VALUE = "value"
    TEXT = "text"
    SKIP = "skip"


@dataclass(frozen=True)
class Column:
    """A column of one band."""

    index: int
    header: tuple[str, ...]
    role: Role
    half: int


@dataclass(frozen=True)
class Band:
    """Rows under one header. Most tables are one band; a 自评表 prints a header anew for every goal."""

    head: tuple[int, int]
    """Header rows: first, and one past the last."""
    body: tuple[int, int]
    columns: tuple[Column, ...]

    def of_half(self, half: int, *roles: Role) -> list[Column]:
        return [column for column in self.columns if column.half == half and column.role in roles]

    @property
    def halves(self) -> range:
        return range(max((column.half for column in self.columns), default=0) + 1)


_ORDINAL = re.compile(r"^(?:序号|行次|栏次|编号)$")
_CODE = re.compile(r"编码|代码|^[类款项目]$|^科目$")
_CODE_BODY = re.compile(r"\d{1,9}")
_CODE_OR_NAME = re.compile(r"编码$|代码$|名称$")
_TEXT = re.compile(r"^(?:年度|总体|绩效|年度绩效|年度总体)目标$|备注|说明|时间|日期|^年份$|电话|联系|地址|文号|账号|形式$|性质$|类型$|项目编码|原因|措施|依据")
_NAME = re.compile(
    r"名称|项\s*目$|^科目$|^地\s*区$|指标$|单位$|部门$|内容$|用途$|功能分类|经济分类|分类科目$|类别$|大类$|事项$|领域$|专项$|分类$"
)
_VALUE = re.compile(
    r"数$|额$|合计|小计|总计|收入$|支出$|经费|费$|拨款|结余|结转|[%％]|率|年预算|预算$|决算|执行|完成|目标值|得分|分值|权重|限额|余额|规模|资金|人数|增减|占比|金额|值"
)


def bands_of(table: Joined) -> tuple[Band, ...]:
    """The table's bands from top to bottom; rows above the first header form a band without one."""
    heads = _heads(table)
    ends = [start for start, _ in heads[1:]] + [table.height]
    return tuple(_band(table, head, (head[1], end)) for head, end in zip(heads, ends, strict=True))


def own_amount(text: str) -> bool:
    """Whether the whole cell is one figure with its unit: 95%, 120条, 1266.62万元."""
    bare = squeezed(text)
    return any(mention.start == 0 and mention.end == len(bare) for mention in find_mentions(bare))


def is_figure(text: str) -> bool:
    return parse_cell(text) is not None or own_amount(text)


def _heads(table: Joined) -> list[tuple[int, int]]:
    """Header row ranges: the top one, and every row in the body that prints a header of its own."""
    heads = [(0, table.head)]
    row = table.head + 1
    while row < table.height - 1:
        if _is_inner_header(table, row):
            heads.append((row, row + 1))
        row += 1
    return heads


_LABELS = re.compile(r"指标$|项目$|名称$|类别$|科目$|^内容$")
_VALUES = re.compile(r"(?:值|数|率|得分|分值|权重|金额|总额)(?:[（(].*[)）])?$")


def _is_inner_header(table: Joined, row: int) -> bool:
    """Three or more header words and nothing else: 一级指标|二级指标|三级指标|年初目标值(A)|实际完成值(B)|得分."""
    texts = [squeezed(cell.text) for cell in table.cells if cell.row == row and cell.text.strip()]
    words = [text for text in texts if is_header_word(text) and not is_figure(text)]
    values = sum(_VALUES.search(text) is not None for text in words)
    labels = sum(_LABELS.search(text) is not None for text in words)
    return len(texts) >= 3 and len(words) >= len(texts) - 1 and values >= 2 and (labels >= 1 or values >= 3)


def _band(table: Joined, head: tuple[int, int], body: tuple[int, int]) -> Band:
    paths = _header_paths(table, head)
    texts: dict[int, list[str]] = defaultdict(list)
    for cell in table.cells:
        if body[0] <= cell.row < body[1] and cell.text.strip():
            texts[cell.col].append(cell.text)
    roles = [_role(paths[c], texts[c]) for c in range(table.width)]
    roles = _settled(roles, paths, texts, _anchors(table, head, body))
    return Band(head, body, _halved(paths, roles))


def _anchors(table: Joined, head: tuple[int, int], body: tuple[int, int]) -> set[int]:
    """Columns in which some cell of the band begins and ends: a phantom column has none."""
    return {cell.col for cell in table.cells if head[0] <= cell.row < body[1]}


def _header_paths(table: Joined, head: tuple[int, int]) -> list[tuple[str, ...]]:
    """For each column the header texts above it, the outermost first; 栏次 rows and repeats left out."""
    rows: dict[int, list[Placed]] = defaultdict(list)
    for cell in table.cells:
        if head[0] <= cell.row < head[1]:
            rows[cell.row].append(cell)
    paths: list[list[str]] = [[] for _ in range(table.width)]
    for row in sorted(rows):
        index = is_index_row([cell.text for cell in rows[row]])
        for cell in rows[row]:
            if index and is_index_cell(cell.text):
                continue
            text = joined(cell.text)
            for c in range(cell.col, min(cell.last_col + 1, table.width)):
                if text and (not paths[c] or paths[c][-1] != text):
                    paths[c].append(text)
    return [tuple(path[:-1] if _label_total(path) else path) for path in paths]


def _label_total(path: list[str]) -> bool:
    """合计 printed as the label of the first data row, drawn in the header's last row (an empty 政府性基金 form)."""
    return len(path) > 1 and path[-1] == "合计" and _CODE_OR_NAME.search(path[-2]) is not None


def _role(header: tuple[str, ...], texts: list[str]) -> Role:
    last = squeezed(header[-1]) if header else ""
    filled = [squeezed(text) for text in texts if not is_blank(text)]
    figures = sum(is_figure(text) for text in texts if not is_blank(text))
    codes = sum(_CODE_BODY.fullmatch(text) is not None for text in filled)
    labels = [text for text in filled if not TOTAL.search(text)]
    if _ORDINAL.match(last) or (counts_rows(texts) and not _VALUE.search(last)):
        return Role.SKIP
    if _CODE.search(last) and codes * 2 >= len(labels) and "项目编码" not in last:
        return Role.CODE if last != "项目" else Role.NAME
    if (
        not header
        and len(filled) > 1
        and codes * 3 >= len(filled) * 2
        and sum(parse_code(text) is not None for text in filled) >= codes
    ):
        return Role.CODE
    if _TEXT.search(last):
        return Role.TEXT
    if figures > len(filled) - figures or (figures and _VALUE.search(last) and not _NAME.search(last)):
        return Role.VALUE
    if not filled:
        return Role.NAME if _NAME.search(last) else Role.VALUE if _VALUE.search(last) else Role.SKIP
    if figures and _VALUE.search("".join(header)) and not _NAME.search(last):
        return Role.VALUE
    return Role.TEXT if re.search(r"值$|得分$", last) else Role.NAME


def _settled(
    roles: list[Role], paths: list[tuple[str, ...]], texts: dict[int, list[str]], anchors: set[int]
) -> list[Role]:
    """Phantom columns skipped; 类|款|项 taken as codes together; text after the last value of the table is no label."""
    settled = [role if c in anchors or role is Role.VALUE and texts[c] else Role.SKIP for c, role in enumerate(roles)]
    for c, role in enumerate(settled):
        if role is Role.CODE and _lonely_single(paths, settled, c):
            settled[c] = Role.NAME
    last_value = max((c for c, role in enumerate(settled) if role is Role.VALUE), default=-1)
    if last_value < 0:
        return settled
    return [Role.TEXT if role is Role.NAME and c > last_value else role for c, role in enumerate(settled)]


def _lonely_single(paths: list[tuple[str, ...]], roles: list[Role], c: int) -> bool:
    """A column headed 项 or 目 alone, without 类 or 款 beside it, is a name."""
    last = squeezed(paths[c][-1]) if paths[c] else ""
    beside = [squeezed(path[-1]) for path, role in zip(paths, roles, strict=True) if path and role is Role.CODE]
    return last in ("项", "目", "科目") and not {"类", "款"} & set(beside)


def _halved(paths: list[tuple[str, ...]], roles: list[Role]) -> tuple[Column, ...]:
    """A new half begins where labels come again after values, and values come again after those labels."""
    columns: list[Column] = []
    half, seen_value = 0, False
    for c, role in enumerate(roles):
        if role in (Role.CODE, Role.NAME) and seen_value and any(later is Role.VALUE for later in roles[c:]):
            half, seen_value = half + 1, False
        seen_value = seen_value or role is Role.VALUE
        columns.append(Column(c, paths[c], role, half))
    return tuple(columns)
