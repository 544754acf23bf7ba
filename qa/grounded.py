"""A model's sentence and what it was given → whether it says that and nothing else."""

import re
import unicodedata
from collections.abc import Sequence

from corpus.number import find_mentions
from corpus.words import cut
from qa.marks import MARK

_NAME = re.compile(r"“([^”]*)”")
_WEIGHTY = re.compile(
    "年初预算|全年预算|调整预算|预算|决算|执行数|目标值|完成值|增加|增长|减少|下降|上升|提高|降低|上涨|持平|相同|超过|超出|节约|结余|剩余|还有"
    "|最多|最少|最高|最低|最大|最小|较多|较少|没有|人均|平均|倒推|今年|去年|上年|前年|明年|本年|占|完成|全部|总|约|近|超|逾|余|不|未|无|非|没|勿|多|少|增|减|升|降"
    "|涨|跌|高|低|大|小|倍|翻|半|双|几|只|仅|才|竟|最|更|每"
)
"""Words that change what a figure says: the model may neither add one nor leave one out."""
_FREE = frozenset(
    re.findall(
        r"\S+",
        "根据 按照 报告 显示 披露 公开 公布 资料 数据 金额 数额 共计 也就是 其中 分别 因为 所以 由于 原因 主要 这是 可以 看出 来看 来说 而言 情况 方面 "
        "该项 这项 此项 具体 如下 即为",
    )
)
"""Words that say nothing of the matter."""
_FREE_SIGNS = frozenset("的了为是在和与及以从由到按对所即该其中这那也就则共用花于据比达里经之，。、；：！“”‘’（）() ,.;:!")
_LEAD = re.compile(r"^(?:主要原因是|主要原因为|主要是因为|原因是|主要是|因为|由于|是因为|指的是)")
_LONG_CLAUSE = re.compile(r"[，。；、！？,;!?\s]+")
"""结余分配：指… may be said without its colon."""
_CLAUSE = re.compile(r"[，。；：、！？,;:!?（）()\s]+")


def is_worded(sentence: str, finding: str, question: str, publisher: str) -> bool:
    """Whether a sentence words a finding: the same marks, names and weighty words, in the same order, and nothing new but
    the publisher as the reader calls it. (Other words of the question may be a premise that the report does not bear out.)
    """
    names = _NAME.findall(finding)
    sentence, finding = _smooth(sentence, question), finding.replace("“", "").replace("”", "")
    own, given = _own(sentence, names), _own(finding, names)
    return (
        MARK.findall(sentence) == MARK.findall(finding)
        and _names_in_order(sentence, names)
        and _side(_without_names(sentence, names)) == _side(_without_names(finding, names))
        and _weighty(own, finding) == _weighty(given, finding)
        and not _own_number(own, f"{finding} {publisher}")
        and _nothing_new(_without_publisher(own, question, publisher), finding)
    )


def is_shortened(sentence: str, passage: str) -> bool:
    """Whether a sentence only leaves words out of a passage: clause by clause, in order, every figure kept."""
    if MARK.findall(sentence) != MARK.findall(passage):
        return False
    said = [clause for clause in _CLAUSE.split(_LEAD.sub("", sentence)) if clause]
    return any(_in_order(said, [clause for clause in split.split(passage) if clause]) for split in (_CLAUSE, _LONG_CLAUSE))


def _in_order(said: Sequence[str], clauses: Sequence[str]) -> bool:
    at = 0
    for clause in said:
        at = next((i for i in range(at, len(clauses)) if _left_out(clause, clauses[i])), -1)
        if at < 0:
            return False
    return True


def _left_out(short: str, long: str) -> bool:
    """Every sign of `short` stands in `long` in that order, and no weighty word was left out."""
    rest = iter(long)
    return all(sign in rest for sign in short) and _weighty(short, "") == _weighty(long, "")


def _smooth(sentence: str, question: str) -> str:
    """Without quotation marks, and without 一共 where the reader says it."""
    sentence = sentence.replace("“", "").replace("”", "")
    return re.sub("一共|总共", "", sentence) if re.search("一共|总共", question) else sentence


def _own(sentence: str, names: Sequence[str]) -> str:
    """What a sentence says beyond its marks and the finding's names."""
    return MARK.sub("　", _without_names(sentence, names))


def _without_names(sentence: str, names: Sequence[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(name, "　")
    return sentence


def _without_publisher(own: str, question: str, publisher: str) -> str:
    """Without the longest run of signs that both the question and the sentence use for the publisher: 硚口区政府办."""
    runs = {own[i:j] for i in range(len(own)) for j in range(i + 2, min(i + 40, len(own)) + 1) if _calls(own[i:j], question, publisher)}
    return own.replace(max(runs, key=len), "　") if runs else own


def _calls(run: str, question: str, publisher: str) -> bool:
    """Whether a run of the question is a shortened form of the publisher's name."""
    rest = iter(publisher)
    return run in question and all(sign in rest for sign in run)


def _names_in_order(sentence: str, names: Sequence[str]) -> bool:
    at = 0
    for name in names:
        at = sentence.find(name, at)
        if at < 0:
            return False
        at += len(name)
    return True


def _side(sentence: str) -> tuple[str, ...]:
    """The order of marks and weighty words: 决算比年初预算增加 is not 年初预算比决算增加."""
    return tuple(match[0] for match in re.finditer(rf"{MARK.pattern}|年初预算|全年预算|调整预算|预算|决算|增加|增长|减少|下降|持平|占|完成", sentence))


def _weighty(text: str, source: str) -> frozenset[str]:
    """Weighty words; a longer word of the source that merely holds such a sign (类别, 大楼, 多少) is none."""
    return frozenset(found for word in cut(text) if len(word) == 1 or word not in source or _WEIGHTY.fullmatch(word) for found in _WEIGHTY.findall(word))


def _own_number(own: str, source: str) -> bool:
    """A number that the model wrote itself, in whatever signs: digits, 汉字, 壹贰叁, ①, Ⅷ, a tenth, a half."""
    if find_mentions(own):
        return True
    counted = [sign for sign in own if unicodedata.numeric(sign, None) is not None]
    return any(not _is_han(sign) for sign in counted) or any(
        sign in word and word not in source for word in cut(own) for sign in counted
    )


def _is_han(sign: str) -> bool:
    return "一" <= sign <= "龥"


def _nothing_new(own: str, source: str) -> bool:
    """Every word stands in what the model was given, or says nothing."""
    return all(
        word in source or word in _FREE or all(sign in _FREE_SIGNS or sign.isspace() for sign in word) for word in cut(own)
    )
