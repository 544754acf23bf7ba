"""Characters that a font names by their radicals (⽀ for 支, ⻔ for 门) → the characters themselves.

Browsers that print to PDF name a drawing that a radical shares with a character by either. NFKC has the 康熙 radicals; of the
supplement it has two: the others are those of Unicode's EquivalentUnifiedIdeograph.txt (UAX 44) that stand for whole characters. ⼾ is 戶
to NFKC; fonts of the mainland draw 户 with it.
"""

from functools import lru_cache
from unicodedata import normalize

LETTERS = 10_000
"""Characters whose plain form is kept: more than any report has."""
_SUPPLEMENT = str.maketrans(
    "⼾⺁⺅⺆⺈⺉⺊⺍⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺲⺶⺸⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "户厂亻冂刀刂卜小兀尣尢巳幺彑彐忄扌攵旡日月歺民氵氺灬爫丬牛犭王疋目示礻竹糹纟罒羊羋耂肀聿肉艹艹艹虎衤覀西见角讠贝车辶钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)


@lru_cache(LETTERS)
def plain(text: str) -> str:
    """What a reader sees; anything but a radical or a compatibility form stays as it is."""
    return "".join(normalize("NFKC", c.translate(_SUPPLEMENT)) if "\u2e80" <= c <= "\u2fdf" or "\uf900" <= c <= "\ufaff" else c for c in text)
