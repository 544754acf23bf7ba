"""An item without a figure → the report's own sentence that there was none (本年度没有“三公”经费支出), if it prints one."""

import re

from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Kind
from qa.desk import Desk
from qa.finding import Finding, Sentence, quote_of
from qa.wording import bigrams

_NONE = re.compile(r"[^。；\n]*?(?:没有|未发生|未安排|未列支|无(?!人机|人值|证|线|纸|障碍|法|论|需|误|形|偿|偏|差|障|关|党|线))(?!超|突破|变化|增减|增加|减少|按|完成|达到|及时|全部|明显|其他|改变|调整|提高|异常|差异|问题|违规)[^。；\n]*(?:支出|收入|预算|经费|资金|数据|安排|事项|[费款])[^。；\n]*")


def absence(desk: Desk) -> Finding | None:
    """The sentence that says there was none of the item; None where the report says no such thing."""
    if (found := desk.figure(desk.phrase)) and found.fact.amount is not None and found.fact.amount.number:
        return None  # 本部门2024年无“三公”经费 below a table that prints them: left from the form (万里街道 2024)
    need = bigrams(desk.phrase.replace(" ", "")) - bigrams("支出") - bigrams("收入")
    if len(need) < 2:
        return None
    spent = (desk.question.kind or desk.kind) is Kind.FINAL  # of which a budget says nothing: 本部门2024年无“三公”经费预算
    ids = [disclosure.id for disclosure in desk.own(desk.year) if not spent or disclosure.kind is Kind.FINAL]
    for chunk in desk.shelf.store.chunks(ids, (ChunkKind.PARAGRAPH,)):
        if (sentence := _sentence(chunk, need)) and not _of_purchases(desk, sentence):
            text = f"报告说明没有这项支出或收入：“{sentence}”{{0}}。"
            return Finding((Sentence(text, ((quote_of(chunk, sentence),),)),))
    return None


def _of_purchases(desk: Desk, sentence: str) -> bool:
    """无公车购置预算 says nothing of how many cars there are."""
    return bool(desk.question.counters) and "购置" in sentence and not re.search(r"购|买|新增|更新|添置", desk.question.text)


def _sentence(chunk: Chunk, need: frozenset[str]) -> str:
    for match in _NONE.finditer(chunk.text):
        have = bigrams(match[0])
        if len(need & have) >= 0.85 * len(need):
            return match[0].strip("，；： ")
    return ""
