"""A follow-up's words → plain words for the same: no greeting before them, no 呢 behind, one wording for what is put in many.

Only the words are looked at, neither the shelf nor the conversation.
"""

import re
from collections.abc import Iterable

_LEAD = re.compile(
    r"^(?:(?:嗯+|哦+|噢|啊|哈+|好的?(?=[，,吧])|行(?=[，,吧])|对了|谢谢你?|那么?(?![一]?年|[个些家类]|项(?!目)|几)|那就|再(?![减加往扣前]|[多少])|顺便|另外|然后|接着|还有(?!多少|几|没)|请(?=问|[查看帮告])|问一下|麻烦|我?(?:还)?想(?:再)?(?:问|知道|看|查|了解)(?:问|看|查)?(?:一下|下)?|请?问(?:一下|下)?(?=[一-龥\d])"
    r"|帮我?(?:再)?(?:查|看|算|问)(?:一下|下)?|(?:再)?(?:查|看|问|算|说|讲)(?:一下|下|一?查|一?看)|给我看?看?|看看|来看|吧|呢)[，,、。\s]*)+"
)
_END = re.compile(r"[\s？?！!。.…~，,]+$")
_ALSO = re.compile(r"也?(?:再|给我|帮我)?(?:看|查|说|算|问|列|讲)(?:一下|下|看|一看)$|(?<=.{2})也(?=呢?$)")
_CORRECTED = (
    re.compile(r"^(?:不对|错了|不)?[，,\s]*(?:我(?:想)?(?:说|问|指|要)的)?不(?:是|要|看)(?P<no>[^，,]+)[，,\s]*(?:而|我)?(?:是|要|看|(?:说|问|指)的是)(?P<yes>.+)$"),
    re.compile(r"^(?:不对|不是|不不?|错了|搞错了?|说错了?|弄错了?|问错了?)[，,\s]+(?:应该)?(?:我(?:想)?(?:说|问|指|要)的?(?:是)?|应该是|应该|是|换成)?(?P<yes>.+)$"),
    re.compile(r"^(?:我(?:想)?(?:说|问|指|要)的?是|应该是|换成|改成|改为|换回|改回|换到|换做|换为|换(?!算|句)(?=[一-龥\d]{2})|改(?=[一-龥\d]{2})|如果(?:是|换成|改成|按|看)?|要是(?:换成|改成|看)?|假如(?:是)?|若是?|同样的?问题[，,]?(?:再)?(?:问|查|看)?(?:一下|下)?|一样的问题[，,]?(?:问|查|看)?(?:一下|下)?)(?P<yes>.+)$"),
    re.compile(r"^按(?P<yes>(?:年初|全年|调整)?(?:预算|决算))(?:数)?(?:来)?(?:算|看|说)?$"),
)  # fmt: skip
_WANTS = re.compile(r"^(?:我想(?:要)?(?:知道|了解|问|查)(?:一下|下)?|请?(?:帮我)?查询(?:一下|下)?)[，,：:\s]*(?=[一-龥\d]{2})")
_ITS_YEAR = re.compile(r"^(?P<before>.*?)(?P<year>(?:19|20)\d{2})年度?的?(?P<item>[^，？比较同与和跟\d]*?)(?P<back>上一?年度?|去年|前一年|前年)的?(?P<asks>(?:数)?(?:是|为|有|花了?|用了?)?(?:多少|几).*)$")
_WHO_MOST = re.compile(r"谁(?:家)?的(?P<item>[^，？]{2,}?)(?P<turn>最[多高大少低小])")
_PUT_PLAINLY = (
    (re.compile(r"(?<=[一-龥])(?:是|等于|有|为)?[\d.,]+(?:万|亿)元?[，,]?(?:是?对吗|对不对|是不是|对吧|吗|吧|么)$"), ""),
    (re.compile(r"^(?:是|到底)?(?:增加|上升|多|涨|增)了?(?:还是|或)(?:减少|下降|少|降|减)了?$"), "增加多少"),
    (re.compile(r"^(?:增减|变化|变动|涨|增长)?(?:幅度)(?:是|有)?(?:多大|多少)?$"), "增长百分之多少"),
    (re.compile(r"^(?:同比|[与和跟]?(?:上年|去年)相?比)的?(?:变化|增减|变动)(?:情况)?(?:怎么样|如何|是?多少|呢)?$"), "比上年增加多少"),
    (re.compile(r"^(为什么|为啥|怎么)(?:会)?(?:有)?[这那]么[多少高低大小]$"), "为什么"),
)
"""是11.49万吗, 多了还是少了, 为什么这么多, as they are asked for elsewhere."""


def said_whole(text: str) -> str:
    """2025年三公经费上年是多少 asks for 2024年; 谁的三公经费最高 asks which publisher's is."""
    if (said := _ITS_YEAR.match(text.strip())) and len(re.findall(r"(?:19|20)\d{2}", text)) == 1:
        year = int(said["year"]) - (2 if said["back"] == "前年" else 1)
        text = f"{said['before']}{year}年{said['item']}{said['asks']}"
    return _WHO_MOST.sub(r"哪个部门的\g<item>\g<turn>", text)


def said_first(text: str) -> str:
    """不对，我问的是甲局的水费, 我想知道甲局的水费, with nothing said before."""
    asked = _WANTS.sub("", text)
    return _corrected(asked.strip(), _CORRECTED[:2]) or asked


def corrected(words: str) -> str:
    """What a correction says in the place of what was said; '' where the words are none."""
    return _corrected(words, _CORRECTED)


def _corrected(words: str, patterns: Iterable[re.Pattern[str]]) -> str:
    return next((said["yes"] for pattern in patterns if (said := pattern.match(words))), "")


def plainly(text: str) -> str:
    words = re.sub(r"呢(?=[，,])", "", _END.sub("", text.strip()))
    words = re.sub(r"\s+", "", _ALSO.sub("", _LEAD.sub("", words)))
    for pattern, instead in _PUT_PLAINLY:
        words = pattern.sub(instead, words)
    return words


def ended(words: str) -> str:
    """Without the 呢 at its end."""
    return re.sub(r"(?:主要|具体)?(?:是)?因为(?:什么|啥)$", "为什么", re.sub(r"(?:[呢啊呀吧嘛]|的话)+$", "", words))
