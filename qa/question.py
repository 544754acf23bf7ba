"""A question's words → Question: publishers, years, kind, basis, what is asked of which items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Disclosure, Kind
from corpus.fact import Basis
from corpus.number import half_width
from qa.asks import ASKS, BASES, COUNTERS, MEASURED, Ask
from qa.content import content
from qa.publisher import Named, named_publishers
from qa.terms import as_printed


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
    said: tuple[str, ...]
    """The same phrases in the question's own words: a row of that very name is meant before what people usually mean by it."""
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


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*(?:财政)?(?:年度|年底?)?|(?<!\d)(\d{2})\s*年(?:度|底)?")
_RANGE = re.compile(r"(?<!\d)((?:19|20)?\d{2})\s*年?度?\s*[-—–~～至到]\s*((?:19|20)?\d{2})\s*(?:年|(?=这?[两二三四五六七八九十\d]年))")
_RELATIVE = {"今年": 0, "本年度": 0, "当年": 0, "去年": -1, "上一年": -1, "上年度": -1, "上年": -1, "前年": -2}


def understand(text: str, shelf: Sequence[Disclosure], publisher: str = "") -> Question:
    """What a question asks, by rules; `publisher` is what the conversation was about, for questions that name none."""
    flat = smooth(text)
    named = named_publishers(flat, shelf, spoken=True)
    whole = _without_spans(flat, named)
    asked = _HOW.sub("", whole)
    ask = Ask.WITHOUT if leaves_out(asked) else _ask(asked)
    years, rest = _years(asked)
    years, rest = _with_year_before(asked, years, rest, ask)
    if len(years) > 1 and ask is Ask.LOOKUP and re.search(r"一共|总共|合计|共计|总和", asked):
        ask = Ask.SUM
    about = _asking(rest)
    items, of = _items(about, ask)
    said, _ = _items(about, ask, said=True)
    return Question(
        text=text, named=named, years=years, relative=_relative(rest), recent=_recent(rest), kind=_kind(asked), basis=_basis(asked), ask=ask,
        items=items, said=said if len(said) == len(items) else items, whole=of, counters=_counters(asked), things=_counts_things(asked), backwards=bool(re.search(r"倒推|推算|反推|倒算|往回算|回推|(?:根据|按照?|从|由)\s*(?:20)?\d\d年?度?的?(?:部门)?(?:决算|预算|报告)|（从.*推）", whole)),
        everyone=bool(re.search(r"(?:哪|各)(?:个|些|家|几个)?(?:部门|单位|街道|局|机关)|所有(?:部门|单位)|最[多少高低大小]的(?:部门|单位|街道)|谁", asked)) and ask is not Ask.PERSONAL, falling=_falling(asked),
    )


_ASKS = re.compile(r"多少|几|哪|吗|啥|什么|为何|怎|是否|有没有|占|谁|分别|各")


def _asking(text: str) -> str:
    """The sentence that asks: what is said behind it (保险、修车都算上；给出百分比) names no other item."""
    first, _, more = text.partition("？")
    first, _, more = (first, "", more) if more else text.partition("?")
    return first if more.strip() and _ASKS.search(first) and not _ASKS.search(more) else text


_HOW = re.compile(r"[（(][^（()）]*(?:倒推|推算|倒算|反推|回推)[^（()）]*[)）]")
"""（由2025年决算的增减额倒推） says how the figure is to be come by, not what is asked."""


def bare(question: Question) -> str:
    """The question without its publisher and years."""
    return _years(_without_spans(smooth(question.text), question.named))[1]


def smooth(text: str) -> str:
    """Half-width, without the marks that reports and people set differently: “三公”经费, 收、支总计."""
    flat = re.sub(r"[“”\"]\s*三公\s*[“”\"]", "三公", half_width(text).strip())
    flat = re.sub(r"(?<=[一-龥])\s*(?:÷|除以|/)\s*(?=[一-龥]{2,}.{0,4}(?:是|等于|多少|$))", "占", flat).replace("几多", "多少")
    flat = re.sub(r"收入?(?:总计)?、支(?:出)?(?=总|合|情|决|预)", "收支", re.sub(r"[“\"]([类款项])[”\"]", r"\1", flat))
    flat = re.sub(r"(?<=[几多少])个(?=人(?:[，？?]|$))", "", flat)  # 去了几个人
    flat = re.sub(r"((?:公务|执法)?用?车)辆?的?(?:总数量?|数量)(?:是|有|为)?(?:多少|几)?辆?(?=[，？?]|$)", r"多少辆\1", flat)
    flat = re.sub(r"[（(](?:保留|精确到|不是|不含(?:各|下)?[区县市级]|取)[^（()）]*[)）]", "", flat)  # how it is to be told, or what 市本级 says already
    flat = re.sub(r"[（(][“\"]([^“”\"（()）]{2,})[”\"][类款项]?[)）]", r"（\1）", flat)  # 治气（“大气”项）
    flat = re.sub(r"(?<=[”\"」])[（(](?![类款项][)）])[^（()）]{4,}[)）]", "", flat)  # “其他城乡社区住宅支出”（物业达标考核奖励）: an aside to a quoted name
    flat = re.sub(r"[同与和跟]\s*((?:(?:19|20)\d{2}|\d{2})年度?的?(?:当年|年初)?(?:预算|决算)?(?:执行)?数?)\s*相?比(?=[^较例重率]|$)", r"比\1", flat)
    flat = re.sub(r"三公经费的?财政拨款(?:支出)?", "三公经费", flat)
    flat = _AND_ALSO.sub(r"\g<one>和\g<other>分别是多少", flat)
    flat = _NEWLY.sub(r"\g<head>新增\g<item>", flat)
    return _BESIDE.sub(lambda said: f"{int(said['year']) + (-1 if said['before'] else 1)}年", flat)


_AND_ALSO = re.compile(r"^(?P<one>[^，,？?]*(?!多少|几)[^，,？?多几]{2})[，,]\s*还有(?!多少|几|没|哪|什么|剩)(?P<other>[^，,？?多少几]{2,}?)(?:呢|是?多少)?[？?]?$")
"""甲局三公经费，还有公务接待费: both are asked for."""
_NEWLY = re.compile(r"(?P<head>^|年度?|[的，。？\s])(?P<item>[一-龥]{2,12})新增了?(?=(?:多少|几)[个名家所辆张台人户条处间座套项])")
"""公办学位新增多少个 asks for what a report counts as 新增公办学位, not by how much that rose over the year before."""
_BESIDE = re.compile(r"(?P<year>(?:19|20)\d{2})年度?(?:的(?:下一?年度?|次年|后一年)|的?(?P<before>上一?年度?|前一年|头一年))(?!结转|结余|预算执行|同期|末)")
"""2022年的上年 is 2021."""


def _without_spans(text: str, named: Named) -> str:
    for start, end in sorted(named.spans, reverse=True):
        text = text[:start] + " " + re.sub(r"^(?:本级|本部)(?=\d|的|，|\s|今年|去年)", " ", text[end:])
    for place in {place for name in named.publishers for place in re.findall(r"[一-龥]{2,3}?[省市区县]", name)}:
        text = re.sub(rf"{place[:-1]}{place[-1]}?(?=\s|的|$)", " ", text)
    return re.sub(r"^\s*本?级", " ", re.sub(r"^[一-龥]{2,4}[省市区县]\s+", " ", text))


def _ask(text: str) -> Ask:
    return next((ask for ask, pattern in ASKS if re.search(pattern, text)), Ask.LOOKUP)


def _years(text: str) -> tuple[tuple[int, ...], str]:
    """Years named, in order, and the text without them. 24年 is 2024; 2022至2024年 is three years."""
    years: list[int] = []
    for match in _RANGE.finditer(text):
        first, last = (int(year) if len(year) > 2 else 2000 + int(year) for year in match.groups())
        years.extend(range(first, min(last, first + 30) + 1))
    for match in _YEAR.finditer(_RANGE.sub(" ", text)):
        year = int(match[1]) if match[1] else 2000 + int(match[2])
        if year not in years:
            years.append(year)
    return tuple(years), _YEAR.sub(" ", _RANGE.sub(" ", text))


def _relative(text: str) -> int:
    """去年 as the year asked for; not 比去年, which compares."""
    plain = re.sub(r"(?:比|较|同|与|和|跟|相较于?|对比)\s*(?:上一?年度?|去年|前年|上年同期)|(?:上年|年初)(?=结转|结余)", " ", text)
    return next((years for word, years in _RELATIVE.items() if word in plain), 1)


_BEFORE = r"(?:上年|去年|上一年|前一年|前年)度?"
_OF_YEAR_BEFORE = re.compile(rf"(?<![比较同与和跟于、及])(?P<word>{_BEFORE})(?:的|年初|预算|决算|数额?|金额|实际)*(?:是|为|有|花|用|安排|支出|达|了)*(?:多少|几(?!个?百分)|[？?]|$)")
_BOTH_YEARS = re.compile(rf"[和与及、](?P<word>{_BEFORE})(?:(?:的)?(?:各|分别|一共|合计|共|加起来|总共)|(?<=\d年[和与及、]..)(?!相|持平|同期|结转|度|比))")


def _with_year_before(text: str, years: tuple[int, ...], rest: str, ask: Ask) -> tuple[tuple[int, ...], str]:
    """2025年三公经费上年是多少 asks for 2024, 2025年和上年各是多少 for both; 去年（2025年） and 比上年 do not. The words are taken out of the rest."""
    if len(years) != 1 or ask not in (Ask.LOOKUP, Ask.COUNT, Ask.EACH, Ask.SUM):
        return years, rest
    both, asked, said = _BOTH_YEARS.search(text), _OF_YEAR_BEFORE.search(text), _YEAR.search(text)
    if both:
        return (years[0] - 1, years[0]), rest.replace(both["word"], " ")
    if asked is None or said is None or asked.start() - said.end() < 2:
        return years, rest
    return (years[0] - (2 if asked["word"].startswith("前年") else 1),), rest.replace(asked["word"], " ")


def _recent(text: str) -> int:
    match = re.search(r"(?:近|最近|过去|这)([两二三四五六七八九十\d])年", text)
    digits = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
    return (digits.get(match[1]) or int(match[1])) if match else 0


def _kind(text: str) -> Kind | None:
    """预算 or 决算 as the kind of document; 年初预算, 完成预算 and names of funds (一般公共预算) say nothing of it."""
    text = re.sub(r"(?:不是|不要|而非|并非|非|别给|不看)(?:部门)?(?:决算|预算)数?", " ", text)
    plain = re.sub(r"一般公共预算|政府性基金预算|国有资本经营预算|年初预算|全年预算|调整后?预算|预算绩效|预算单位|(?:完成|占|比|超|较|超过|低于|小于|大于)(?:了)?预算|[和与跟同]预算(?:数)?(?=相?差|相?比|对比)", " ", text)
    if re.search(r"(?:花|用|支出)(?:了|掉)多少", plain):
        plain = re.sub(r"预算(?:数)?(?:为|是|有|安排)?[\d,.]+(?:万|亿)?元", " ", plain)  # 预算57.2万元，花了多少: the budget is known
    budget, final = "预算" in plain, "决算" in plain or bool(re.search(r"实际(?:支出|花|用)", plain))
    return Kind.FINAL if final else Kind.BUDGET if budget else None


def _basis(text: str) -> Basis:
    own = OVER_BASIS.sub(" ", text)
    return next((basis for basis, pattern in BASES if re.search(pattern, own)), Basis.NONE)


OVER_BASIS = re.compile(r"(?:比|较|相比于?|相对于?|[和与跟同])\s*(?:(?:19|20)\d{2}年度?|上一?年度?|去年)的?(?:当年)?(?P<basis>预算执行数|执行数|决算数?|实际(?:支出|数)?|预算数?)")
"""2023年预算比2022年执行数: the basis of the year that it is compared with, not of the one asked for."""


def _counters(text: str) -> tuple[str, ...]:
    if noun := re.search(r"(批次|人次|辆数|台数)(?:数|数量)?(?:是|有|为)?(?:多少|几)?[？?]?$", text):
        return COUNTERS.get(noun[1].rstrip("数"), (noun[1].rstrip("数"),))
    match = re.search(rf"(?:(?<!哪)(?<!前)几|多少)\s*(批次|人次|{MEASURED}|[个项辆批人件次篇期份家户名台套条处场本所位部支座只张天对]|具(?!体))(?!百分|月|季|亿|万)", text)
    return COUNTERS.get(match[1], (match[1],)) if match else ()


_LEFT_OUT = re.compile(
    r"除(?:去|了|开)?[^，？]{2,16}?(?:以外|之外|外)的?[^，？]{2,}|不(?:包括|包含|含|算)[^，？]{2,16}?的[^，？]{2,}|(?:扣除|剔除|减去|去掉|刨去|刨除|不算|不含|不包括)[^，？]{2,}"
    r"|除了[^，？]{2,16}，(?:别的|其他|其它|其余|剩)|(?:刨掉|刨开|抛开|撇开|去除|排除)[^，？]{2,}|没有?(?:花|用)在|不是(?:花|用)在|不算(?=，|？|$)|(?<![境国海])外的(?:收入|支出|部分|钱|经费|资金|费用|开支)"
)


def leaves_out(text: str) -> bool:
    """Whether a question asks for something without a part of it. 设备（不含车辆） is a printed name, no question's words."""
    return bool(_LEFT_OUT.search(re.sub(r"[（(][^（()）]*[)）]", "", text)))


MONEY_NOUN = re.compile(r"[费款税债金]|资金|经费|支出|收入|预算|决算|补贴|补助|工资|投资|采购|余额|保险|贷款|花销|开支|负担|合同|比例|比重|百分")


def _counts_things(text: str) -> bool:
    """多少 right before a noun that is no money counts things: 多少在编人员, 多少处室."""
    match = re.search(r"多少(?!万|亿|千|元|钱|块|个?百分|倍|成)([一-龥]{2,})", text)
    if match and re.match(r"[没未不是能可了被给用花才就呢吗比占超低高减增的呀啊]", match[1]):
        return False
    return bool(match) and not MONEY_NOUN.search(match[1] if match else "")


def _falling(text: str) -> int:
    if re.search(r"减少|下降|降低|少安排|少花|降了|压减|变少|少了|减了|砍|缩水|压缩|降得|节约|节省|省了|(?:为什么|为啥|怎么)[^，？]*[比较][^，？]*(?<!多)少[？?]?$", text):
        return -1
    return 1 if re.search(r"增加|增长|上升|上涨|涨|多安排|多花|多了|提高|变多|加了", text) else 0


def _items(text: str, ask: Ask, said: bool = False) -> tuple[tuple[str, ...], str]:
    """Item phrases, and what a share is of."""
    text = _joined(re.sub(_A_DAY, " ", _explained(text)))
    text = re.sub(r"(?<=[算金出费款入])(?:里头?|中|内)?(?:安排|拨付|拨|花|列|用)(?:给|在|到|于|了)(?=[一-龥]{2})", " ", text)
    text = re.sub(r"(行政|机关)单位[和与、及](事业)单位([一-龥]{2,12})", r"\1单位\3和\2单位\3", text)  # 行政单位和事业单位离退休
    text = re.sub(r"(?<=[一-龥]{3})的?(?:年初|年度|计划)?(?<!绩效)目标值?(?=是|为|有?多少|几|[？?]|$)", " ", text)  # of which basis, no part of the name
    text = _inner(text) if said else as_printed(_inner(text))
    whole = ""
    if ask is Ask.SHARE:
        text, whole = _share(text)
        text = re.sub(r"(货物|工程|服务)类?(?=\s*$)", r"\1采购", text) if whole.rstrip().endswith("采购") else text
    head: re.Match[str] | None = None
    text = re.sub(r"[二三四两]类(?=采购|中|里|$)|(?<=工程|货物|服务)类(?=的|采购|支出|项目|\s|$)|(?:包括|除)?(?:本部|本级|机关)以外的?", "", text)
    text = re.sub(r"(?:购置|购买|采购|添置|新增|新购|购|买)(?:了)?(几|多少)[台辆](?:公务)?(?:用)?车", r" 购置车辆\1辆", text)
    text = re.sub(r"(几|多少)[台辆](?:公务)?(?:用)?车", r"\1辆 车辆", text)
    if ask is Ask.DEFINE and (quoted := re.search(r"[“\"「《]([^”\"」》]{2,30})[”\"」》]", text)):
        text = quoted[1]
    if ask is Ask.WHY:
        text = re.sub(r"(?<=[多少高低增减加降涨])(?:了|出)?\d[\d,.]*\s*(?:万|亿)?元?多?|主要(?=[，？?\s]|$|原因)|大幅度?|突然|明显|急剧|显著|双双|连续|持续|最狠|下滑|上扬|走低|走高|减收|增收|短收|萎缩|缩水|缩减|压缩|压减|变动|得?这么快|还是", " ", text)
        text = re.sub(r"(?:增加|增长|减少|下降|上升|提高|上涨|涨|降低|变化|变动|变多|变少|大于|小于|高于|低于|超过)(?:了|这么多|那么多|很多|不少)*", " ", text)
    if ask in (Ask.COMPARE, Ask.MOST, Ask.LEAST, Ask.SUM) and (head := re.match(r"(?P<whole>[^，。]{2,}?)(?:(?:当中|之中|里面|中|里(?!街))[，,]?(?P<list>[^，]+[、和与].*)|的(?P<kinds>[一-龥]{2}(?:[、和与][一-龥]{2})+(?:[，,].*|哪.*)))", text)):
        head = None if len(content(head["whole"])) < 2 else head
    if ask in (Ask.COMPARE, Ask.MOST, Ask.LEAST, Ask.SUM) and head:
        text, whole = head["list"] or head["kinds"], head["whole"]
    elif ask in (Ask.COMPARE, Ask.MOST, Ask.LEAST) and (lead := re.match(r"(?P<whole>[^，、]{2,})，(?=[^，]+[、和与])", text)):
        whole = lead["whole"]
    if ask is Ask.COMPARE and (shared := re.search(r"哪(?:个|项|种|类|边|块)(?:的)?([一-龥]{2,8}?)(?:更|较|最)?[多少高低大小]", text)) and len(content(shared[1])) > 1:
        text = re.sub(r"[和与跟、]|还是", lambda mark: f"{content(shared[1])}{mark[0]}", text[: shared.start()].rstrip("，, ")) + content(shared[1])
    if ask in (Ask.SUM, Ask.EACH, Ask.COMPARE):
        text = re.sub(r"(?<=[费款金资贴用])加上?(?![起总在一])(?=[一-龥]{2})", "、", text)
        text = re.sub(r"(?<=[一-龥][费金])(?=(?!缴)[一-龥]{1,5}[费金](?![一-龥]*率))", "、", text)  # 水费电费邮电费
    if ask is Ask.COMPARE:
        text = re.sub(r"(?<=支出|收入)[多少高低大小](?=\s*(?:还是|[？?]|$))", "", re.sub(r"^(\s*)是(?=.*还是)", r"\1", text))
    parts = _pair(text, ask) or _alternatives(text) if ask in (Ask.COMPARE, Ask.SUM, Ask.CHANGE, Ask.MOST, Ask.LEAST, Ask.TIMES, Ask.EACH) else (text,)
    phrases = tuple(phrase for part in parts if (phrase := _parted(content(_counted(part) if ask in (Ask.SUM, Ask.EACH) else part, said))))
    return phrases, _parted(content(whole))


def _explained(text: str) -> str:
    """看病交的医保，也就是“行政单位医疗（项）”: the name in quotation marks; what else follows 就是 only says it once more."""
    if told := re.search(r"[，,（(](?:也就是|就是|即)(?:说)?\s*[“\"「](?P<name>[^“”\"「」]{3,})[”\"」][)）]?", text):
        return f"{told['name']} {text[told.end() :]}"
    return re.sub(r"[，,](?:也?就是|包括|像)[^，,？?“”\"]{2,}(?:那一?块|那些|这些|之类|等等?|的钱|都算上)(?=[，,？?]|$)", " ", text)


_A_DAY = r"截[至止]到?\s*(?:\d{1,2}月(?:\d{1,2}日|[底末初]?)|[底末](?=[，）)]))"
"""What is left of a day where its year has been taken out."""
_KEPT = str.maketrans("和与及跟、", "\ue001\ue002\ue003\ue004\ue005")
_GIVEN_BACK = str.maketrans("\ue001\ue002\ue003\ue004\ue005", "和与及跟、")


def _joined(text: str) -> str:
    """A name in quotation marks is one name: 和 and 与 in it part nothing."""
    return re.sub(r"[“\"「]([^“”\"「」]{4,40})[”\"」]", lambda name: name[0].translate(_KEPT), text)


def _parted(phrase: str) -> str:
    return phrase.translate(_GIVEN_BACK)


def _counted(part: str) -> str:
    """组织事务、宣传事务、统战事务三款: how many are listed belongs to none of them."""
    return re.sub(r"(?:这)?[两二三四五六七八九](?:[项款类个笔块样种]|者)(?:科目|支出|经费|费用|事务)?(?=的|\s|$|预算|决算)", " ", part)


def _inner(text: str) -> str:
    """公车加油（燃料费）: the brackets say how the report prints it."""
    match = re.search(r"([一-龥]+)[（(]([一-龥]{2,}(?:[费款金出]|采购))[)）]", text)
    if not match:
        return text
    if _WHOLES.fullmatch(match[2]) and re.fullmatch(r"[^里中]+(?:费|款|金|支出|购置|补贴|工资|采购)", match[1]):
        return text.replace(match[0], f"{match[2]}里 {match[1]}")  # 办公设备购置（机关运行经费）: the brackets say where it stands
    kept = match[1][: max(match[1].rfind(mark) for mark in "里中") + 1]
    return text.replace(match[0], kept + match[2])


_WHOLES = re.compile(r"(?:一般公共预算|财政拨款)*(?:基本|项目)?支出|(?:机关运行|三公|人员|公用)经费|政府采购|财政拨款|(?:商品和服务|工资福利)支出")


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


def _pair(text: str, ask: Ask) -> tuple[str, ...]:
    """人员经费是公用经费的多少倍 · 债务余额离限额还差多少: the second name goes on from the first where it is short."""
    if ask is Ask.TIMES and (match := re.search(r"(.{2,}?)(?:是|为|相当于|达到?)(.{2,}?)的(?:多少|几)倍", text)):
        return match[1], match[2]
    if ask in (Ask.CHANGE, Ask.REMAINING) and (match := re.search(r"(.{2,}?)(?:距离?|离)(.{2,}?)(?:还)?(?:有|差|剩)", text)):
        first, second = content(match[1]), content(match[2])
        return (first, second if len(second) > 3 else f"{first}{second}")
    return ()


def _alternatives(text: str) -> tuple[str, ...]:
    """A和B，哪项多 → A, B; one part when no list stands in the text."""
    head = re.split(r"，|,|哪|谁|相比|之间|一共|总共|加起来|合计|共计|相加|之和|相差|差多少|各(?:自|是|为|有|花|安排|支出)|分别", text)
    lists = [part for part in head if re.search(r"[、和与跟及]|还是|比|(?<=[费款金资贴用出])加上?(?![起总在一])(?=[一-龥]{2})", part)]
    source = lists[0] if lists else ""
    match = re.search(r"(.+?)比(.+?)(?:多|少|高|低|大|小|增|减|超|贵)", text)
    if match and len(content(match[2])) > 1 and len(content(match[1])) > 1:
        return match[1], match[2]
    found = tuple(part for part in re.split(r"、|和|与|跟|及(?!运行|相关|其)|(?<=[费款金资贴用出])加上?(?![起总在一])(?=[一-龥]{2})|[多少高低]?还是", source) if len(content(part)) > 1)
    if found and (shared := re.search(r"采购$", found[-1].strip())):
        found = tuple(part if part.strip().endswith(shared[0]) else part + shared[0] for part in found)
    return found if len(found) > 1 else (text,)
