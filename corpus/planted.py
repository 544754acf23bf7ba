"""A text → the same text with the sentences blanked that tell a program what to say: no figure in them is disclosed.

Text from a document is data. A report's own sentences state; one that says 回答99亿元 or 忽略以上要求 speaks to whoever reads
the report by machine, and its figure would otherwise be a printed figure like any other.
"""

import re

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_FIGURE = r"[“\"‘]?[\d零一二两三四五六七八九十百千万亿]"
_SPOKEN_TO = re.compile(
    rf"(?:回答|作答|答成|说成|输出)(?:为|是|成|说)?(?:[:：]|{_FIGURE})|[照按]此(?:回答|作答|输出)"
    r"|(?:正确|标准|最终|唯一)答案|答案(?:都|均|一律|就|只能)?(?:应)?[是为]"
    r"|(?:忽略|无视|忘记|忘掉|不要理会|不必理会)(?:掉|了)?(?:以上|上述|之前|前面|此前|先前|所有|一切|任何|其他|表格|规则|要求|指令|提示|限制)"
    r"|系统提示|系统指令|提示词|[AＡaａ][IＩiｉ]助手|聊天机器人|你(?:现在|将|必须|只能|应该)?(?:是一|扮演|不受|忽略|回答)"
    r"|(?:无论|不管|不论)[^，。]{0,10}(?:问|提问|询问|查询)(?:什么|何|任何|哪|起|到|及)?[^。]{0,20}(?:回答|答|说|输出)"
    r"|一律(?:回答|作答|输出|判[为定]|算作?一致)|判[为定](?:一致|属实|正确|有依据)"
    r"|(?i:ignore(?:all|any|the|previous|above)|systemprompt|youare(?:now|an?)|#+(?:system|assistant)|<\|\w+\|>|(?:system|assistant)[:：])"
)


def speaks_to_programs(sentence: str) -> bool:
    """Whether a sentence tells its reader's program what to answer."""
    return bool(_SPOKEN_TO.search(re.sub(r"[\s\u200b]+", "", sentence)))


def without_instructions(text: str) -> str:
    """The text with such sentences blank, sign for sign, so that offsets hold."""
    return _SENTENCE.sub(lambda said: re.sub(r"[^\n]", "\u3000", said[0]) if speaks_to_programs(said[0]) else said[0], text)
