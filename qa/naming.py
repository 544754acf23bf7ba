"""Facts → what a reader is told that they are: 2025年 公务接待费（预算数）."""

import re

from corpus.amount import WAN, YUAN, Amount, in_unit, rounded
from corpus.disclosure import Kind
from corpus.fact import Basis, Fact, Measure
from qa.book import DEFAULT_COLUMNS, FORM_ITEMS, TOTALS, without_year
from qa.wording import comparable

_BASIS = {
    Basis.OPENING: "年初预算", Basis.ADJUSTED: "全年预算", Basis.BUDGET: "预算", Basis.FINAL: "决算", Basis.EXECUTED: "执行数",
    Basis.TARGET: "目标值", Basis.ACTUAL: "实际完成值", Basis.NONE: "",
}  # fmt: skip
_SIDE = re.compile(r"收入|支出")
_MEASURES = {Measure.CHANGE: "增减额", Measure.GROWTH: "增减率", Measure.SHARE: "占比", Measure.COMPLETION: "完成率"}


def item_of(fact: Fact) -> str:
    """The name of what a fact measures: its row, with its column where that narrows it."""
    names = [_plain(name) for name in fact.item if name]
    leaf = names[-1] if names else ""
    narrow = narrowing(fact)
    if comparable(leaf) in TOTALS or not leaf:
        if fact.form == "三公经费表" and all(comparable(name) in TOTALS for name in names) and not narrow:
            return FORM_ITEMS[fact.form]
        named = [name for name in names if comparable(name) not in TOTALS] or [_plain(name) for name in fact.column if _SIDE.search(name) and not _SIDE.search(leaf)]
        side = named[-1] if named else ""
        total = f"{side}{leaf}" if side in ("收入", "支出") and leaf in ("总计", "合计") else side or leaf or _plain(fact.table)
        return narrow[-1] if narrow else f"财政拨款{total}" if fact.form == "财政拨款收支总表" and "拨款" not in total else total
    if len(leaf) <= 3 and len(names) > 1:
        leaf = f"{names[-2]}·{leaf}"
    return f"{leaf}（{narrow[-1]}）" if narrow else leaf


def narrowing(fact: Fact) -> list[str]:
    """The names of a fact's column that say more than its basis, and other things than its row."""
    own = {comparable(name) for name in fact.item}
    return [_plain(name) for name in fact.column if without_year(name) not in DEFAULT_COLUMNS and comparable(name) not in own and not _says_basis(name)]


def row_of(fact: Fact) -> str:
    """The name of a fact's row; '' for a total, which is told by its column alone: 合计 of 年末结转和结余 is no 合计 of another table."""
    name = fact.item[-1] if fact.item else ""
    return "" if comparable(name) in TOTALS else name


def _plain(name: str) -> str:
    """Without numbering and quotation marks (a label stands in such marks itself), and without whose 机关运行经费 it is, of which readers cut the beginning."""
    bare = re.sub(r"^(?:[一二三四五六七八九十]+、|\d+[.、．]|[（(][一二三四五六七八九十\d]+[)）]|其中[:：])\s*|[\s“”]+", "", name)
    return re.sub(r"^.*财政拨款的(?=机关运行经费)", "", bare)


def _says_basis(name: str) -> bool:
    return bool(re.fullmatch(r"(?:年初|全年|调整)?(?:预算|决算|执行)数?|实际完成值.*|(?:年初)?目标值.*", without_year(name)))


def basis_of(fact: Fact) -> str:
    return _BASIS[fact.basis]


def label_of(fact: Fact) -> str:
    """2025年公务接待费（预算）."""
    basis = basis_of(fact) if fact.measure in (Measure.AMOUNT, Measure.OTHER) else _MEASURES.get(fact.measure, "")
    return (f"{fact.year}年" if fact.year > 0 else "") + item_of(fact) + (f"（{basis}）" if basis else "")


def spoken_basis(fact: Fact, kind: Kind) -> str:
    """预算数 must be said aloud where the reader asked what was spent."""
    return {"预算": "预算数", "决算": "决算数"}.get(basis_of(fact), basis_of(fact)) or str(kind)


def in_wan(amount: Amount) -> str:
    """（约433.35万元） behind large sums printed in 元; '' for others."""
    if amount.unit != YUAN or abs(amount.value) < 10_000:
        return ""
    exact = in_unit(amount.value, WAN)
    short = rounded(exact, 2)
    return f"（{'合' if short == exact else '约'}{Amount(short, WAN)}）"
