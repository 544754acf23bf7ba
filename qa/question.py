"""A question's words → Question: publishers, years, kind, basis, what is asked of which items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.disclosure import Disclosure, Kind
from corpus.fact import Basis
from corpus.number import half_width
from qa.publisher import Named, named_publishers
from qa.terms import as_printed


class Ask(StrEnum):
    """What is asked of the item."""

    LOOKUP = "数额"
    COUNT = "数量"
    CHANGE = "增减额"
    GROWTH = "增减率"
    SHARE = "占比"
    COMPLETION = "完成率"
    REMAINING = "结余"
    AVERAGE = "平均"
    SUM = "合计"
    MOST = "最大"
    LEAST = "最小"
    COMPARE = "比较"
    TIMES = "倍数"
    TREND = "走势"
    WHY = "原因"
    DEFINE = "释义"
    LIST = "报告清单"
    TEXT = "原文"
    PERSONAL = "个人信息"


@dataclass(frozen=True)
class Question:
    """A question understood by rules; nothing here has been looked up but publishers' names."""

    text: str
    named: Named
    years: tuple[int, ...]
    """As asked, in order; () when none is named."""
    relative: int
    """今年 0, 去年 -1, 前年 -2; 1 when no such word stands alone."""
    recent: int
    """近三年: 3; 0 otherwise."""
    kind: Kind | None
    basis: Basis
    ask: Ask
    items: tuple[str, ...]
    """Item phrases as printed; several when they are to be compared or added."""
    whole: str
    """What a share is of; '' when the question does not say."""
    counters: tuple[str, ...]
    """Counters asked for: 几批 → 批次."""
    things: bool
    """Things or people are counted, no money: 有多少在编人员."""
    backwards: bool
    """倒推: last year's figure is to be worked out from this year's report."""
    everyone: bool
    """Asked over all publishers: 哪个部门最高."""
    falling: int
    """+1 asked as a rise, -1 as a fall, 0 neither."""


_ASKS: tuple[tuple[Ask, str], ...] = (
    (Ask.PERSONAL, r"叫什么名字|姓名|姓什么|是谁|谁是|身份证|手机号|电话号码|联系电话|家庭住址|住在哪|个人(?:工资|收入|薪酬)|工资条|(?:部长|局长|主任|书记|处长|科长|领导|区长|市长|县长)[^，。？]{0,6}(?:工资|收入|年薪|薪|名字|多大|几岁)"),
    (Ask.LIST, r"(?:有|收录|包含|存)(?:了)?(?:哪些|哪几|几份|多少份|几个|多少个|什么)(?:部门|单位|年份|年度|年)?(?:的)?(?:报告|公开文件|文件|资料|决算报告|预算报告)|(?:哪些|哪几个|几个|多少个)(?:部门|单位|年份)(?:的)?(?:报告|资料|决算|预算)|报告(?:有哪些|清单|列表)|哪些年(?:份|度)?的(?:报告|数据|预算|决算)"),
    (Ask.WHY, r"为什么|为啥|为何|怎么(?:会|回事|这么|就|那么|突然|一下|又|还|没|涨|降|增|减|多|少|变)|什么原因|啥原因|原因(?:是什么|是啥|何在|有哪些|呢)?|凭什么|咋(?:就|会|这么|那么|回事|涨|降|增|减|多|少|变)|缘由|理由|(?:由于|因为)什么"),
    (Ask.TEXT, r"(?:主要)?(?:职责|职能|工作任务|机构设置|内设机构)(?:是|有|包括)?(?:什么|哪些|啥)|由哪些(?:单位|部门)?(?:组成|构成)|(?:单位|部门)(?:组成|构成)(?:是|有)?(?:什么|哪些)"),
    (Ask.DEFINE, r"什么概念|啥概念|^\s*(?:请|帮忙)?解释(?:一下|下)?|什么意思|啥意思|是什么(?:费用|支出|钱)?[？?]?$|是指什么|指的是|指什么|怎么解释|如何解释|怎么理解|如何理解|怎么定义|如何定义|定义|含义|名词解释|什么叫|啥叫|何谓|何为|什么是|(?:包括|包含|涵盖)(?:哪些|什么|啥)"),
    (Ask.TREND, r"走势|趋势|历年|逐年|(?:近|最近|过去|这)[两二三四五六几\d]年(?!.{0,12}(?:合计|一共|总共|平均))|变化(?:情况|趋势|走势)|各年"),
    (Ask.MOST, r"哪(?:个|一个|一?项|一?类|一?块|一?笔|种|方面|部分)[^，？]{0,14}(?:最多|最大|最高|最贵|第一|排第一|居首)|(?:最多|最大|最高)[^，？]{0,8}(?:是(?:哪|什么)|哪)|谁(?:最多|最高|花得最多)|(?:最多|最大|最高)的?(?:一?[类项块笔个]|支出|花费|开支|科目|部门|类别|项目)|排(?:名)?第一|大头(?:是|在)?|主要花在哪|花在哪里?最多|哪(?:类|项|个|种|块)最[大多高]"),
    (Ask.LEAST, r"哪(?:个|一个|一?项|一?类|一?块|一?笔|种)[^，？]{0,14}(?:最少|最小|最低)|(?:最少|最小|最低)[^，？]{0,8}(?:是(?:哪|什么)|哪)|(?:最少|最小|最低)的"),
    (Ask.COMPARE, r"(?:对比|比较)(?:一下|下)?[^，？]*[一-龥](?:和|与|跟|、)[一-龥]|哪(?:个|项|一个|一项|类|种|笔|块|边|年|一年)[^，？]{0,8}(?:更?多|更?高|更?大|更?少|更?低|更?小|贵)|谁(?:更|花得|的)?(?:多|高|大|少)|哪个[^，？]{0,4}[多高大少]|相比(?:如何|怎样|怎么样)"),
    (Ask.TIMES, r"(?:多少|几)倍"),
    (Ask.AVERAGE, r"平均|人均|一个?(?:人次|批次)|按\d+(?:人次|批次|人|辆|台)算|每(?:人|批|次|辆|台|件|个|批次|人次|场|项|户|月)(?:次)?(?:的)?(?:公务接待)?[^，。]{0,10}(?:多少|几|花|费|支出|钱|接待)|[车次批](?:均)"),
    (Ask.COMPLETION, r"完成率|执行率|完成(?!值)(?:了)?[^，？]{0,14}(?:多少|百分之几|百分比|几成)|(?:占|是|为|达到)(?:了|到)?(?:其|它)?(?:全年|年初|调整后?|当年)?预算(?:数)?的?(?:百分之|多少|比例|几成|比重)|执行(?:了)?(?:百分之|几成)|执行进度|完成(?:情况|进度|度)|预算执行(?:得|情况)"),
    (Ask.SHARE, r"占(?!用)[^，？]{0,24}(?:多少|几|比|百分|多大|比例|比重|成)|占比|比重|比例|百分之几是|份额"),
    (Ask.REMAINING, r"(?:还)?(?:剩|余)(?:下|余)?(?:了)?(?:多少|几)|没(?:有)?(?:花完|用完|花掉|用掉|花出去|执行)|未(?:执行|花|用)|(?<![和转])结余(?:了)?多少|剩余|省下"),
    (Ask.GROWTH, r"(?:增长|增加|上升|提高|上涨|涨|减少|下降|降低|降|变化|增|减)(?:了)?(?:百分之|多少个?百分|几成|多大比例|多大幅度)|(?:增幅|降幅|减幅|增速|涨幅|增长率|下降率|变化率|增减率|同比增速)|百分之(?:多少|几).{0,4}(?:增|涨|降|减)|同比(?:增长|下降|增加|减少)?(?:多少|几)?(?:个?百分点|%|百分之)?$"),
    (Ask.CHANGE, r"(?:增加|增长|减少|下降|多|少|高|低|涨|降|增|减|加|砍|缩水|压缩|压减|超支|超出|超|节约|节省|变化|变动|相差|差)(?:掉|了|出|花|安排|支出|列|拨|用|收|出了|花了|安排了)*(?:(?:多少|几)(?!(?!万|亿|元|钱|百分|个百分|个点|倍|成|块)[一-龥]{2})|了吗|没有|没|吗)|差(?:额|多少|距)|相差|(?:增减|变动|变化)(?:额|数|情况)?(?:是|为)?(?:多少)?|有什么变化|有(?:没有|无)(?:增|减|变)|是(?:增|涨|降|减|多|少)[^，]{0,3}还是"),
    (Ask.SUM, r"(?:加起来|加总|加在一起|相加|之和|总和|合起来|合在一起)|(?:和|与|、|及)[^，？]{1,20}(?:一共|总共|合计|共计|共|总计)|(?:[两三四二几各]个?|每个?)(?:季度|年|项|类|月)[^，？]{0,12}(?:一共|总共|合计|共|总计|总)|近[两三]年(?:一共|总共|合计)"),
    (Ask.COUNT, r"(?:几|多少)\s*(?:个|项|辆|批次|批|人次|人|件|次|篇|期|份|家|户|名|台|套|条|处|场|本|所|位|部|支|座|只|张)(?!百分|月|季|亿|万)"),
    (Ask.TEXT, r"(?:主要)?(?:职责|职能|工作|任务|内容|措施|做法|成效|举措)(?:是|有|包括)?(?:什么|哪些|啥)|干什么|做了什么|用(?:在|到|于)(?:了)?(?:哪|什么)|用途|哪些(?:单位|机构|部门)(?:组成|构成)?|由哪|怎么样|如何|哪些"),
)
_COUNTERS = {"批": ("批次", "批"), "批次": ("批次", "批"), "人次": ("人次",), "人": ("人", "人次", "名"), "名": ("名", "人"), "辆": ("辆", "台"), "台": ("台", "台(套)", "台（套）", "套", "辆"),
             "个": ("个", "项"), "项": ("项", "个"), "次": ("次", "场", "场次"), "场": ("场", "次"), "套": ("套", "台(套)", "台（套）", "台")}
_BASES = (
    (Basis.OPENING, r"年初预算|年初安排|年初的?预算|期初预算|年初数"),
    (Basis.ADJUSTED, r"全年预算|调整后?的?预算|调整预算"),
    (Basis.EXECUTED, r"执行数|预算执行数|(?:实际)?执行了多少"),
    (Basis.TARGET, r"目标值|年初目标|目标(?:是|为)"),
    (Basis.ACTUAL, r"实际完成值|完成值|实际完成"),
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*(?:财政)?(?:年度|年)?|(?<!\d)(\d{2})\s*年(?:度)?")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年)?\s*[-—~～至到]\s*((?:19|20)\d{2})\s*年")
_RELATIVE = {"今年": 0, "本年度": 0, "当年": 0, "去年": -1, "上一年": -1, "上年度": -1, "上年": -1, "前年": -2}
_NOISE = (
    r"请问(?:一下)?|我想(?:知道|问问?|了解)(?:一下)?|想(?:知道|问问?|了解)(?:一下)?|麻烦|帮(?:我|忙)(?:查|看|算|找)?(?:一下|下)?|(?:查|看|算|问|说|讲)(?:一下|一查|一看|一算|查|看|下)|能不能|可不可以|能否|告诉我|知不知道|知道|你好|老师",
    r"按(?:照)?(?:\d{4}年?)?(?:年度)?(?:决算|预算)?(?:报告)?(?:倒推|推算|反推)|倒推|推算|反推|倒算",
    r"一共|总共|共计|总金额|总数(?:额)?|总量|数额",
    r"根据|应该|(?:往)?回算|增加额|减少额|增减额|实际(?=\s|$|花|用|支)|这一?(?:项|类|块|笔)(?:上|里)?|提到的?|是个|是增是减|是增还是减|增减了?|客人|来宾|什么概念|啥概念|（金额）|东西|一个(?=人次|批次)",
    r"截[至止]到?|名下|账上|手[里上]|那一?[项块笔]|这一?[项块笔]|总盘子|盘子|实际执行(?:了)?|末(?=\s)|年底|年末(?!结转|余额|财政)",
    r"[两二三四五六七八九十]年(?:的)?|[一二两三四五六七八九十百千几]+多?(?:万|亿|倍|成)(?:元)?多?|一下子?",
    r"今年|去年|前年|上一?年度?(?!结转|末|决算|财政)|本年度|当年|(?:变化)?(?:走势|趋势)|近[两二三四五六七八九十\d]年|(?:最近|过去|这)[两二三四五六七八九十\d]年",
    r"(?:是|为|有|花了?|用了?|达到?|值|要|共|了|安排了?|支出了|列支了?|拨了?|需要|开支了?|开销了?|消费了?|用掉了?|花掉了?|花费了?|得)*(?:多少|几|多大)(?:个|项|辆|批次|批|人次|人|件|次|篇|期|份|家|户|名|台|套|条|处|场|本|所|位|部|支|座|只|张)?(?:万元|亿元|千元|元|块钱|钱|万|亿)?(?:人民币)?",
    r"(?:百分之|百分比)(?:多少|几)?|几成|几倍|多少倍|怎么样|怎样|如何|分别|各自|到底|究竟|一下|左右|大概|大约|具体|实际上|真的|居然|竟然|一年|全年(?!预算)|年度|整年|年内",
    r"(?:比|较|同|与|和|跟|相较于?|对比)(?:上一?年度?|去年|前年|上年同期|往年|前一年|同期)(?:相比|比较|比)?|同比|环比|比起来|相比(?:之下)?|相较|对比|之间|(?:从|由)(?=\s|$)|到\s*(?=\s|$)",
    r"是(?:什么|啥|哪些)(?:意思|原因|概念)?|什么(?:意思|原因)?|啥(?:意思|原因)?|为什么|为啥|为何|怎么(?:会|回事|这么|就|解释|理解|定义)?|原因(?:何在)?|缘由|理由|含义|定义|名词解释|指的是|是指|解释|理解|怎么|咋(?:就|会|这么|回事)?|何谓|凭什么",
    r"总额(?=\s|$)",
    r"(?:年初|全年|调整后?的?|当年)?(?<!公共)(?<!基金)(?<!经营)(?:预算|决算)(?:数|金额|总额|安排)?(?!绩效|财政|管理|单位|支出功能)(?:合计|总计)?|实际完成值|(?:年初)?目标值|年初(?:的)?目标|执行数",
    r"(?:达到?|相当于|完成)?(?:了)?(?:的)?(?<!\d)\d+(?:\.\d+)?\s*(?:%|倍|个百分点|万元|亿元|元)",
    r"(?<![一-龥])(?:比|较)(?![一-龥])|(?<=[一-龥])(?:比|较)(?=\s|$)",
    r"(?:(?<!公)共(?!同|享|建|青|产)|总的|总|加起来|加总|加在一起|相加|之和|总和|合起来|全部|所有|全都)(?=\s|是|为|有|花|用|支|安|的|$|预算|决算|支出|收入)",
    r"(?:哪|谁)(?:个|一个|一?项|一?类|一?块|一?笔|种|方面|部分|边|里|年|一年|些)?|(?:花|用|占|支出|安排|拿)得?(?:最|更|较)?(?:多|少|高|低|大|小)(?:的|些|一些)?|(?:最|更|较)(?:多|少|高|低|大|小|贵)(?:的)?|排(?:名)?第?一?|居首|大头|相差|差额|差距|差(?=多少|了|\s|$)",
    r"(?:增加|增长|减少|下降|上升|提高|上涨|涨|降低|降|变化|变动|超支|超出|超|节约|节省|多|少)(?:了|出|花|安排|支出|得|这么|幅度|额|率|幅|情况)*(?=\s|$|的|吗|呢|比|是)|增幅|降幅|减幅|增速|涨幅|增长率|下降率|变化率|增减|比例|比重|占比|份额|占(?!用)",
    r"完成率|执行率|完成(?:了)?|执行(?:进度|情况|得)|(?:还)?剩(?:下|余)?|没(?:有)?(?:花完|用完|花掉|用掉|花出去)|(?<![和转])结余(?=\s|$)|平均(?:每)?|人均|每(?=人|批|次|辆|台|件|个|场|户)",
    r"(?:决算|预算)?报告(?:里|中|上|显示|书)?|公开(?:文件|表|资料)(?:里|中)?|资料(?:里|中)?|文件(?:里|中)?|表(?:里|中|格里)|的?(?:数据|信息|情况(?:说明)?)(?=\s|$)",
    r"(?:里面|里头|里边|当中|中的|之中|之内|方面|上面|按[一-龥]{1,6}?(?:看|说|分)(?!类)|来看|看来|而言|来说|其中|以及|还有|这一?项|这块|这笔|这部分|这类|那些|这些|那个|这个)",
    r"(?:花|用|拿|掏|砸|投)(?:了|在|到|出|掉|去|的)*(?=\s|$)|花费|花销|开销|费用是|资金是|金额是|数额|数目|的钱|钱(?=\s|$)|安排(?:了)?(?=\s|$)|支出(?:了)(?=\s|$|$)|支出(?=是\s|为\s)|收到|列支(?=\s)|拨付了|(?<=收入)收(?:了|上来)?(?=\s|$)|(?<=\s)收(?:了|上来)|给出|预计|(?:打算|准备|计划)(?=\s|$)|^\s*里的?",
    r"(?:哪|各)(?:个|些|家|几个)?(?:部门|单位|街道|局|机关)(?:的)?|所有(?:部门|单位)(?:的)?",
    r"[？?！!。，,；;：:“”\"'‘’、\s]+",
    r"(?<![一-龥])(?:的|了|在|是|为|有|和|与|及|跟|呢|吗|啊|吧|呀|嘛|得|地|也|都|就|还|又|会|要|给|把|被|由|从|到|按|对|比|将|于|其|该|那|这|它|他|她|我|你|咱|们|第|里|中|上|下|达|达到|倍|竟|才|只|能|可|以|之|年|元|万元|万|亿元|钱|数|额|值|多|少|共|总|花|用|各|共计|合计|总计|总额)+(?![一-龥])",
)


def understand(text: str, shelf: Sequence[Disclosure], publisher: str = "") -> Question:
    """What a question asks, by rules; `publisher` is what the conversation was about, for questions that name none."""
    flat = _smooth(text)
    named = named_publishers(flat, shelf)
    bare = _without_spans(flat, named)
    ask = _ask(bare)
    years, rest = _years(bare)
    items, whole = _items(rest, ask)
    return Question(
        text=text, named=named, years=years, relative=_relative(rest), recent=_recent(rest), kind=_kind(bare), basis=_basis(bare), ask=ask,
        items=items, whole=whole, counters=_counters(bare), things=_counts_things(bare), backwards=bool(re.search(r"倒推|推算|反推|倒算|往回算|回推|(?:根据|按照?|从|由)\s*(?:20)?\d\d年?度?的?(?:部门)?(?:决算|预算|报告)|（从.*推）", bare)),
        everyone=bool(re.search(r"(?:哪|各)(?:个|些|家|几个)?(?:部门|单位|街道|局|机关)|所有(?:部门|单位)|谁家?最", bare)), falling=_falling(bare),
    )


def _smooth(text: str) -> str:
    """Half-width, without the marks that reports and people set differently: “三公”经费, 收、支总计."""
    flat = re.sub(r"[“”\"]\s*三公\s*[“”\"]", "三公", half_width(text).strip())
    flat = re.sub(r"(?<=[一-龥])\s*(?:÷|除以|/)\s*(?=[一-龥]{2,}.{0,4}(?:是|等于|多少|$))", "占", flat).replace("几多", "多少")
    return re.sub(r"收入?、支(?:出)?(?=总|合|情|决|预)", "收支", flat)


def _without_spans(text: str, named: Named) -> str:
    for start, end in sorted(named.spans, reverse=True):
        text = text[:start] + " " + text[end:]
    for place in {place for name in named.publishers for place in re.findall(r"[一-龥]{2,3}?[省市区县]", name)}:
        text = re.sub(rf"{place[:-1]}{place[-1]}?(?=\s|的|$)", " ", text)
    return re.sub(r"^\s*本?级", " ", re.sub(r"^[一-龥]{2,4}[省市区县]\s+", " ", text))


def _ask(text: str) -> Ask:
    return next((ask for ask, pattern in _ASKS if re.search(pattern, text)), Ask.LOOKUP)


def _years(text: str) -> tuple[tuple[int, ...], str]:
    """Years named, in order, and the text without them. 24年 is 2024; 2022至2024年 is three years."""
    years: list[int] = []
    for match in _RANGE.finditer(text):
        years.extend(range(int(match[1]), min(int(match[2]), int(match[1]) + 30) + 1))
    for match in _YEAR.finditer(_RANGE.sub(" ", text)):
        year = int(match[1]) if match[1] else 2000 + int(match[2])
        if year not in years:
            years.append(year)
    return tuple(years), _YEAR.sub(" ", _RANGE.sub(" ", text))


def _relative(text: str) -> int:
    """去年 as the year asked for; not 比去年, which compares."""
    plain = re.sub(r"(?:比|较|同|与|和|跟|相较于?|对比)\s*(?:上一?年度?|去年|前年|上年同期)", " ", text)
    return next((years for word, years in _RELATIVE.items() if word in plain), 1)


def _recent(text: str) -> int:
    match = re.search(r"(?:近|最近|过去|这)([两二三四五六七八九十\d])年", text)
    digits = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
    return (digits.get(match[1]) or int(match[1])) if match else 0


def _kind(text: str) -> Kind | None:
    """预算 or 决算 as the kind of document; 年初预算, 完成预算 and names of funds (一般公共预算) say nothing of it."""
    plain = re.sub(r"一般公共预算|政府性基金预算|国有资本经营预算|年初预算|全年预算|调整后?预算|预算绩效|预算单位|(?:完成|占|比|超|较|超过|低于|小于|大于)(?:了)?预算", " ", text)
    budget, final = "预算" in plain, "决算" in plain or bool(re.search(r"实际(?:支出|花|用)", plain))
    return Kind.FINAL if final else Kind.BUDGET if budget else None


def _basis(text: str) -> Basis:
    return next((basis for basis, pattern in _BASES if re.search(pattern, text)), Basis.NONE)


def _counters(text: str) -> tuple[str, ...]:
    if noun := re.search(r"(批次|人次|辆数|台数)(?:数|数量)?(?:是|有|为)?(?:多少|几)?[？?]?$", text):
        return _COUNTERS.get(noun[1].rstrip("数"), (noun[1].rstrip("数"),))
    match = re.search(r"(?:几|多少)\s*(批次|人次|[个项辆批人件次篇期份家户名台套条处场本所位部支座只张])(?!百分|月|季|亿|万)", text)
    return _COUNTERS.get(match[1], (match[1],)) if match else ()


MONEY_NOUN = re.compile(r"[费款税债金]|资金|经费|支出|收入|预算|决算|补贴|补助|工资|投资|采购|余额|保险|贷款|花销|开支|负担|合同|比例|比重|百分")


def _counts_things(text: str) -> bool:
    """多少 right before a noun that is no money counts things: 多少在编人员, 多少处室."""
    match = re.search(r"多少(?!万|亿|千|元|钱|块|个?百分|倍|成)([一-龥]{2,})", text)
    if match and re.match(r"[没未不是能可了被给用花才就呢吗比占超低高减增的呀啊]", match[1]):
        return False
    return bool(match) and not MONEY_NOUN.search(match[1] if match else "")


def _falling(text: str) -> int:
    if re.search(r"减少|下降|降低|少安排|少花|降了|压减|变少|少了|减了|砍|缩水|压缩|降得|节约|节省|省了", text):
        return -1
    return 1 if re.search(r"增加|增长|上升|上涨|涨|多安排|多花|多了|提高|变多|加了", text) else 0


def _items(text: str, ask: Ask) -> tuple[tuple[str, ...], str]:
    """Item phrases, and what a share is of."""
    text = as_printed(_inner(text))
    whole = ""
    if ask is Ask.SHARE:
        text, whole = _share(text)
    head: re.Match[str] | None = None
    text = re.sub(r"[二三四两]类(?=采购|中|里|$)", "", text)
    text = re.sub(r"(几|多少)[台辆](?:公务)?(?:用)?车", r"\1辆 车辆", text)
    if ask is Ask.WHY:
        text = re.sub(r"(?:增加|增长|减少|下降|上升|提高|上涨|涨|降低|变多|变少|大于|小于|高于|低于|超过)(?:了|这么多|那么多|很多|不少)*", " ", text)
    if ask in (Ask.COMPARE, Ask.MOST, Ask.LEAST, Ask.SUM) and (head := re.match(r"(?P<whole>[^，。]{2,}?)(?:当中|之中|里面|中|里(?!街))[，,]?(?P<list>[^，]+[、和与].*)", text)):
        head = None if len(content(head["whole"])) < 2 else head
    if ask in (Ask.COMPARE, Ask.MOST, Ask.LEAST, Ask.SUM) and head:
        text, whole = head["list"], head["whole"]
    elif ask in (Ask.COMPARE, Ask.MOST, Ask.LEAST) and (lead := re.match(r"(?P<whole>[^，、]{2,})，(?=[^，]+[、和与])", text)):
        whole = lead["whole"]
    parts = _alternatives(text) if ask in (Ask.COMPARE, Ask.SUM, Ask.CHANGE, Ask.MOST, Ask.LEAST, Ask.TIMES) else (text,)
    phrases = tuple(phrase for part in parts if (phrase := content(part)))
    return phrases, content(whole)


def _inner(text: str) -> str:
    """公车加油（燃料费）: the brackets say how the report prints it."""
    match = re.search(r"([一-龥]+)[（(]([一-龥]{2,}(?:[费款金出]|采购))[)）]", text)
    if not match:
        return text
    kept = match[1][: max(match[1].rfind(mark) for mark in "里中") + 1]
    return text.replace(match[0], kept + match[2])


def _share(text: str) -> tuple[str, str]:
    """(part, whole): 基本支出里，人员经费占多少 · 人员经费占基本支出多少 · 公务接待费在三公经费里占多少 · 项目支出的占比."""
    if match := re.search(r"^(?P<whole>.+?)(?:里面?|中|当中|之中|里头)[，,]?有?(?:多大|多少)的?(?:比例|比重|部分|份额)是(?P<part>.+?)[？?]?$", text):
        return match["part"], match["whole"]
    if match := re.search(r"^(?P<part>[^，]+?)在(?P<whole>[^，]+?)(?:里面?|中|当中|之中|里头)(?:所?占|的?占比|的?比[例重]|是)", text):
        return match["part"], match["whole"]
    if match := re.search(r"^(?P<part>.+?)占(?:了)?(?P<whole>[^多几百比，？]{2,30}?)(?:的|总额|总量)?(?:多少|几|百分|比[例重]|多大|份额)", text):
        return match["part"], match["whole"]
    if match := re.search(r"^(?P<whole>.+?)(?:里面?|中(?!小|央|心|国|学|医|级|等)|当中|之中|里头)[，,、\s]*(?P<part>.+?)(?:的)?(?:占|比[例重]|所占|份额)", text):
        return match["part"], match["whole"]
    return re.sub(r"占(?!用).*$", "", text), ""


def _alternatives(text: str) -> tuple[str, ...]:
    """A和B，哪项多 → A, B; one part when no list stands in the text."""
    head = re.split(r"，|,|哪|谁|相比|之间|一共|总共|加起来|合计|共计|相加|之和|相差|差多少", text)
    lists = [part for part in head if re.search(r"[、和与跟及]|还是|比", part)]
    source = lists[0] if lists else ""
    match = re.search(r"(.+?)比(.+?)(?:多|少|高|低|大|小|增|减|超|贵)", text)
    if match and len(content(match[2])) > 1 and len(content(match[1])) > 1:
        return match[1], match[2]
    found = tuple(part for part in re.split(r"、|和|与|跟|及(?!运行|相关|其)|[多少高低]?还是", source) if len(content(part)) > 1)
    if found and (shared := re.search(r"采购$", found[-1].strip())):
        found = tuple(part if part.strip().endswith(shared[0]) else part + shared[0] for part in found)
    return found if len(found) > 1 else (text,)


def content(text: str) -> str:
    """The words that name something: all that asks, counts, compares or fills is taken out. Phrases are parted by spaces."""
    text = f" {as_printed(text)} "
    for pattern in _NOISE:
        text = re.sub(pattern, " ", text)
    words = [re.sub(r"^(?:的|了|在(?![建编职岗校册途])|是|为|有|里的?|中(?!小|央|国|心|学|医|级|等)的?|内(?!部|容|设)的?|上的?|交(?=水|电)|和|与|及|给|把|由|从|到|按|对|将)+|(?:的|了|是|为|在|有|得|里|中|和|与)+$", "", word) for word in text.split()]
    words = [re.sub(r"(?<=车辆)总?数量?$|(?<=[项批人]目)总?数量?$", "", word) for word in words]
    words = [re.sub(r"(?<=[一-龥]{3})(?:多|少|高|低)$", "", word) for word in words]
    words = [re.sub(r"(?<=[一-龥]{3})(?:合计|总计|总额)$", "", word) for word in words]
    return " ".join(word for word in words if len(word) > 1)
