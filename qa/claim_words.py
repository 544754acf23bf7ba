"""A clause of a newspaper text → the item that it names, its years, and whether it speaks of a budget or an outturn."""

import re

from corpus.disclosure import Kind
from corpus.fact import Basis
from qa.months import without_months

YEAR = re.compile(r"(?<![\d.])(?P<first>(?:19|20)\d{2})(?:年?\s*[、和与至到\-—~～]+\s*(?P<second>(?:19|20)\d{2}))?\s*(?:[两二三]\s*)?年(?:度|末|底|初)?")
_DATE = re.compile(r"(?<!截至)(?<!截止)(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?")
_PAPER = re.compile(r"[〔\[【(（](?:19|20)\d{2}[〕\]】)）]\s*\d*号?")
_BASE_WORDS = r"(?:上年|上一年度?|上年度|去年|前一?年|往年|同期|年初|全年|当年|调整后?的?|预算|决算|(?:19|20)\d{2}\s*年(?:度)?)"
VERSUS = re.compile(
    rf"(?:与|同|比|较|相较于?|相比于?|对比|超出?|超过|低于|高于|少于|多于)\s*(?P<what>{_BASE_WORDS}(?:度)?(?:同期|当年|的)*(?:年初|全年|调整后?的?)?"
    r"(?:预算执行数|执行数|实际执行数|决算数?|预算数?|安排数?|支出数?|数)?)\s*(?:的|相比|比较|对比|看)*"
)  # fmt: skip
UP = r"调增|增加|增长|上升|提高|增幅|增速|增支|增收|上涨|上浮|攀升|超支|超出|超过|超|高出|多出|多支出|多安排|多花|新增|扩大|涨幅|涨|多(?!达)|高(?!达)|翻"
DOWN = r"调减|减少|下降|降低|压减|压缩|缩减|缩水|减幅|降幅|跌幅|减支|减收|回落|下滑|下跌|节约|节省|(?<!结转)(?<![和及与存末计度支])结余|少支出|少安排|少花|低于|低|降|少|减|跌"
TURN_END = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:幅度|比例|额|率|幅)?(?:了|出|约|为|[高多]达|达到?|近|整整|共|各|均|仅|只|：|:|\s)*$")
_PREFIX = re.compile(
    r"^(?:[\s、的和与及，]+|(?:记者|笔者)(?:从)?|经?(?:梳理|查阅)|发现|了解到|看到|据悉|可见|表明|据[^，。]*?(?:称|显示|推算|披露|介绍|了解)|根据[^，。]*|按[^，。]*(?:倒推|推算|计算|反推)|数据显示|报告(?:显示|称)|其中|另外?|此外|同时|而|且|并|但|还|则|又"
    r"|今年|去年|当年|全年(?!预算)|本年度(?!收|支|合)|年度|年初结转|主要(?:是|为|包括)|该(?:部门?|办(?!公)|局|委|厅|院|街道(?:办(?:事处)?)?|单位|区|市|县)|全市|全部门|全系统|现有|目前|现|共有|共计?|名下|拥有|一共|总共|累计|仅|只|用于|花在|投向|投入|拿出"
    r"|实际|已经?(?=安排|拨付|下达|支付|投入)|公开|有(?!关|色|线)|在(?!职|编|校|册)|称|约合|折合|计划(?!生育|财政|单列)|拟|(?:一|[两二三四五])年后|次年|第二年|来年|街道(?=计划|拟|将|安排了)|表示|达到?|是|为(?!民|老)|由|从|将|其(?!他|它|次)|其次(?:是|为)?|再次是|以及|整个|单是|光是|部门(?=收|支|预|决)|本级|安排了?|发生|支付|列支|上面|方面|占(?![地用比有])|再?加上)"
)
_SUFFIX = re.compile(
    r"(?:[\s、的：:]+|(?:年初|全年|调整后?的?|当年)?(?<!公共)(?<!基金)(?<!经营)(?:预算|决算)(?:数|金额|总额|规模|盘子)?(?:安排|执行)?|(?:当年|年度|实际)*(?:(?<!公共)(?<!基金)(?<!经营)预算)?执行(?:数|金额)|[为是共有约了均都仅只各即也达从由近]|共计|总共|一共|达到|高达|仅有|只有|安排|执行|实际支出|实际|花了|花费|花掉|用了|用掉|开支|列支|完成"
    r"|突破|降至|降到|降为|减至|减少到|压减到|压减至|增至|增加到|升至|升到|涨到|提高到|下降到|正好|恰好|刚好|分别|也就|相当于|同比|环比|方面|上|这一项|一项|就|则|几乎|差不多|连续[两二三四五]年|(?<!永)远|猛|骤|陡|大幅|小幅|大力|加总|加起来|相加|之和|到|至|再|又|已|中|里|超|逾|比上年|数额|数目|规模|盘子|全年|(?<=[一-龥]{2})全部|支付|投入了?|拨付|落实|最[大多高小少低]|首次|再次|(?:从|由)(?:上一?年度?|去年))$"
)
_GENERIC = frozenset(
    ("", "金额", "资金", "经费", "数", "预算", "决算", "合计", "总计", "全部", "实际", "占", "占比", "比重", "比例", "增长率", "增幅", "降幅", "同比", "环比", "执行", "年末", "费用", "其", "同期", "两年间", "一年间", "两年", "规模", "总量",
     "部门", "单位", "该", "它", "两者", "人", "车", "每", "平均", "增速", "涨幅", "执行率", "完成率", "本", "也", "因此", "主要", "占总", "部分", "其余", "两者合计", "比", "较", "绝大", "大约", "去", "近", "其他", "数额", "总额", "总共", "数字", "约合", "折合", "合", "合人民币", "的是", "剩", "剩下", "上年", "年初", "全年", "当年")
)  # fmt: skip


_BULLET = re.compile(r"^[^\w（(“‘\"'《「<]+|^\d{1,2}[.、．](?!\d)")
"""✅ 机关运行经费, 2.为该项目: what lists begin with."""
_LEVEL = re.compile(r"^(全[区市省县州]|(?:自治区|[省市区县州])本?级)(?:的)?(?=[一-龥])")
"""Whose books of a government's: a word of its own, for it stands in the table's title."""


def item_of(clause: str) -> str:
    """The item that a clause names, as a phrase to look up; '' when it names none.

    >>> item_of("其中“三公”经费支出决算")
    '三公经费支出'
    """
    text = re.sub(r"^[^（(]{0,6}[)）]", "", _BULLET.sub("", _bare(clause)))
    text = re.sub(r"^.*(?:大头|最[大多高小少低][^，是为]*|居首[^，是为]*)(?:是|为)(?=[^，]{2,})", "", text)
    text = re.sub(r"(?:是|为)[^，]*(?:最[大多高小少低]|第[一二三四五六七八九十]大).*$", "", text)
    before = None
    while text != before:
        before = text
        text = _PREFIX.sub("", text)
        text = _trimmed(text)
    text = re.sub(r"^(?:预算|决算)(?=(?:总?收入|总?支出|收支)(?:总[额计]|合计)?$)", "", text)
    text = re.sub(r"(?<=[收支入出])(?:预算|决算)(?=总计|合计|总额)", "", text)
    text = re.sub(r"^(收支|收入|支出)总$", r"\1总计", text)  # 收支总预算
    text = re.sub(rf"^(?:{UP}|{DOWN})$", "", text)
    text = _LEVEL.sub(r"\1 ", text)
    text = re.sub(r"\s+", " ", text).strip(" 的、")
    text = re.sub(r"收支总$", "收支总计", text)  # 收支总预算
    text = "" if re.fullmatch(r"(?:这|该|此|上述)一?项?(?:科目|支出|经费|费用)", text) else text  # 这一科目: the item spoken of
    return "" if text in _GENERIC or re.fullmatch(r"[\d\W]*", text) else text


def _trimmed(text: str) -> str:
    match = _SUFFIX.search(text)
    return text[: match.start()] if match and match.start() > 0 else "" if match and match.start() == 0 else text


def _bare(clause: str) -> str:
    """Without quotation marks, years and dates."""
    clause = re.sub(r"(?<=\d年)(?=[末初](?:财政拨款|非财政拨款)?(?:结转|结余))", "年", clause)  # 2023年末结转: the 年末 is a word of the item
    text = without_months(VERSUS.sub("", re.sub(r"[“”\"'‘’「」《》]", "", clause)))
    text = re.sub(r"收入?(?:总计)?、支(?:出)?(?=总|合|情|决|预)", "收支", text)
    text = re.sub(r"(?:在|截至|截止)?(?:到)?\s*" + YEAR.pattern.replace("?P<first>", "?:").replace("(?P<second>", "(?:"), "", _PAPER.sub(" ", _DATE.sub(" ", text)))
    return text.strip()


def years_in(text: str) -> tuple[int, ...]:
    """The years that a text is about: neither dates, document numbers nor years of comparison."""
    plain = VERSUS.sub(" ", _PAPER.sub(" ", _DATE.sub(" ", text)))
    matches = list(YEAR.finditer(plain))
    if not matches:
        return ()
    last = matches[-1]
    return (int(last["first"]), int(last["second"])) if last["second"] else (int(last["first"]),)


def all_years(text: str) -> tuple[int, ...]:
    """Every year that a text names as its own, in order."""
    plain = VERSUS.sub(" ", _PAPER.sub(" ", _DATE.sub(" ", text)))
    return tuple(dict.fromkeys(int(year) for match in YEAR.finditer(plain) for year in (match["first"], match["second"]) if year))


def kind_in(text: str) -> Kind | None:
    """预算 or 决算 as the kind of figure; 年初预算, 完成预算 and names of funds say nothing of it."""
    plain = re.sub(r"一般公共预算|政府性基金预算|国有资本经营预算|[\d.,]+\s*[万亿千百]*元的(?:年初|全年)?预算|年初预算|全年预算|调整后?的?预算|预算绩效|预算单位|预算执行|(?:完成|占|比|超|较|超过|低于|小于|大于|相当于)(?:了)?[^，。]{0,4}预算", " ", text)
    if "决算" in plain or re.search(r"实际(?:支出|花|用|执行|开支|发生|安排)|花了|花掉|花费|花出|用掉|开支了|支出了|花去", plain):
        return Kind.FINAL
    return Kind.BUDGET if "预算" in plain else None


_EXECUTED = re.compile(r"(?<![未待可])执行(?:数|金额)?(?:了|出)?(?:仅|只|共|约|为|是|达到?|有)*[\s\u3000]*$")
"""2025年执行62.51万元: what was spent, which the budget of that year is not."""


def basis_in(text: str) -> Basis:
    """口径 that the words right before an amount name."""
    plain = re.sub(r"一般公共预算|政府性基金预算|国有资本经营预算", " ", text)
    if re.search(r"年初(?:的)?(?:预算|安排)", plain):
        return Basis.OPENING
    if re.search(r"(?:全年|调整后?的?)预算|预算调整", plain):
        return Basis.ADJUSTED
    if _EXECUTED.search(plain):
        return Basis.EXECUTED
    return Basis.NONE


def turn_in(near: str) -> int:
    """+1 or -1 where the words right before a figure say rise or fall; 0 otherwise."""
    if match := TURN_END.search(near):
        return 1 if match["up"] else -1
    found = list(VERSUS.finditer(near))
    if found and re.fullmatch(r"[\s约近了]*", near[found[-1].end() :]) and (word := re.match(r"超|高于|多于|低于|少于", found[-1][0])):
        return -1 if word[0] in ("低于", "少于") else 1
    return 0


def versus_in(text: str, year: int) -> tuple[str, int]:
    """(what a change is over, its year): ('年初预算', 0), ('上年执行数', 2023); ('', 0) where the text does not say."""
    found = list(VERSUS.finditer(text))
    if not found:
        return ("上年", 0) if re.search(r"同比|去年同期", text) else ("", 0)
    what = re.sub(r"\s|的|度", "", found[-1]["what"])
    if named := re.match(r"((?:19|20)\d{2})年", what):
        rest = "执行数" if "执行" in what else "预算" if "预算" in what else ""
        return "上年" + rest if year and int(named[1]) == year - 1 else what, int(named[1])
    if re.match(r"上|去|前|往|同期", what):
        return "上年" + ("执行数" if "执行" in what else "预算" if "预算" in what else ""), 0
    if "预算" in what or what in ("年初", "全年") or re.match(r"年初|调整", what):
        return "年初预算" if "年初" in what else "全年预算" if re.search(r"全年|调整", what) else "预算", 0
    return "", 0
