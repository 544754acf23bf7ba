"""What is said in a conversation without asking anything (嗯嗯, 谢谢, 继续) → a short word back, with no figure."""

import re

_SAID = re.compile(
    r"(?:嗯|哦|噢|喔|哈|呵|啊|好|好的|好吧|好了|行|行吧|可以|对|对的|是|是的|没错|谢谢?|谢谢你|谢谢您|感谢|多谢|辛苦了?|明白了?|知道了?|懂了|了解了?|收到|原来如此|厉害|不错|真棒|真的|真的吗|天哪|你好|您好|早上好|晚上好|嗨|哈喽"
    r"|hi|hello|ok|okay|thanks?|thank you|再见|拜拜|没了|没有了|没事了?|不用了?|算了|那就这样吧?|就这样吧?|先到这|就这样|先这样|等等|等一下|稍等|继续|接着说|然后|然后呢|还有|还有呢|还有吗|还有别的吗|下一个|换一个|换|再来一个|那个|这个|那个呢|这个呢|多说点|说详细点|详细点|你是谁|测试|喂|呃|额|唉)+"
)
WORD_BACK = "好的。请接着问，写明要看哪一项、哪一年或哪个部门。"


def is_smalltalk(text: str) -> bool:
    """Whether all that is said asks nothing."""
    return not (bare := re.sub(r"[\s，,。.！!？?~～…、；;：:]+|[呢吧啦哈呀嘛哦]+$", "", text)) or _SAID.fullmatch(bare.lower()) is not None
