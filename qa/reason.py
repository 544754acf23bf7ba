"""A paragraph → the reasons that it gives, each with the item that it explains, its direction, and what the item is compared with.

A sibling's reason never explains the whole, and a line that rose never explains a fall.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from qa.wording import bigrams, comparable, core, head, is_generic

EFFECT = re.compile(r"因而|因此|所以|导致|致使|造成|受[^。；]{2,60}影响|得益于|拉动|带动")
"""Words that join a cause to what it brought about: the item may stand on either side."""
_CAUSE = re.compile(r"(?:主要)?(?:原因|缘由)|由于|因为|系因|主要是(?!用于)|主要系")
_REASON = re.compile(rf"[^。；\n]*?(?:{_CAUSE.pattern}|{EFFECT.pattern})[^。；\n]*")
_GOES_ON = re.compile(r"[；\n]\s*(?:[二三四五六]是|[2-6][.、．]|[（(][二三四五六2-6][)）])[^。；\n]*")
_UNSAID = re.compile(r"(?:原因|由于|因为|主要是|主要系|系因)(?:说明)?\s*[：:是为系]*\s*[，；：:\s]*$")
"""A reason of which nothing has been said yet: 主要原因：."""
_RISE = re.compile(r"增加|增长|上升|提高|上涨|大于|高于|超出|超过|超支|多于|增幅")
_FALL = re.compile(r"减少|下降|降低|小于|低于|少于|节约|结余|减幅|降幅|短收|压减")
_ZERO = re.compile(r"(?:增加|减少|增长|下降)0(?:\.0+)?(?:万?元|%)")
_SAME = re.compile(rf"{_ZERO.pattern}|持平|一致|相同|没有变化|无变化|保持不变|不变")
_OVER_BUDGET = re.compile(r"(?:[大小高低多少]于|比|较|超过?|超出|完成)(?:了)?(?:其)?(?:年初|全年|当年|调整后?的?)?预算(?!执行)")
WHOLE = re.compile(r"(?:本年|部门|单位|全部|总|财政拨款|一般公共|预算)*(?P<side>收支|收入、?支出|收入|支出)(?:预算)?(?:总计|合计|总额|总体)?")


@dataclass(frozen=True)
class Reason:
    """Words that give a reason."""

    quote: str
    """Word for word, with the sentence that tells the change where the reason's own does not."""
    item: tuple[str, ...]
    """The names of what it explains, the item last; () where the paragraph does not say."""
    turn: int
    """+1 a rise, -1 a fall, 0 no change, or not said."""
    over_budget: bool
    """The outturn against the budget, not one year against another."""
    effect: bool = False
    """Cause and item stand in one sentence: 受…影响，增值税下降."""
    same: bool = False
    """Why an item stayed as it was."""


def reasons_of(text: str) -> list[Reason]:
    return [reason for match in _REASON.finditer(text) if (reason := _reason(text, match.start(), match.end()))]


def _reason(text: str, start: int, end: int) -> Reason | None:
    end = _end(text, start, end)
    words = text[start:end]
    if _UNSAID.search(words.strip("。")):
        return None
    cause = _CAUSE.search(words)
    told = words[: cause.start()] if cause else words
    before = sentence_before(text, start)
    if cause and not _turn(told) and not _SAME.search(told) and len(comparable(told)) < 4:  # 比2025年预算执行数减少96.46%。主要原因是…
        told, start = text[before:start] + told, before
    effect = cause is None
    item = () if effect else item_named(text[:start] + told, start)
    return Reason(text[start:end].strip("，；： \n。"), item, _turn(told), bool(_OVER_BUDGET.search(told)), effect, bool(_SAME.search(told)))


def _end(text: str, start: int, end: int) -> int:
    """Where the reason ends: behind 二是… of a list, and behind what follows 主要原因： on the next line."""
    if _UNSAID.search(text[start:end]) and (more := re.compile(r"[\s：:；]*[^。；\n]+").match(text, end)):
        end = more.end()
    while more := _GOES_ON.match(text, end):
        end = more.end()
    return end


def sentence_before(text: str, start: int) -> int:
    before = text[:start].rstrip("。；\n ")
    return max(before.rfind("。"), before.rfind("；"), before.rfind("\n"), -1) + 1


def _turn(words: str) -> int:
    """The direction said last: 比2025年预算增加…，比上年减少 is a fall."""
    told = _ZERO.sub("", words)
    rise, fall = (max((found.start() for found in pattern.finditer(told)), default=-1) for pattern in (_RISE, _FALL))
    return 0 if rise == fall else 1 if rise > fall else -1


def item_named(text: str, last: int) -> tuple[str, ...]:
    """The item named last in a text, its last sentence first; that sentence begins at `last`."""
    if name := _name(text[last:]):
        return name
    at = last
    while at > 0:
        begin = sentence_before(text, at)
        if name := _name(_CAUSE.split(text[begin:at])[0]):  # what stands behind a reason's words is that reason, no item
            return name
        if begin >= at:
            break
        at = begin
    return ()


_PATH = re.compile(r"(?P<name>[^“”\"。；，（）()]*(?:[（(](?![类款项][)）])[^（）()]*[)）][^“”\"。；，（）()]*)*)[（(](?P<level>[类款项])[)）]")
_CUT = re.compile(
    r"\d[\d,.]*\s*(?:万|亿)?元|(?:年初|全年)?(?:预算|决算)数?(?:为|是|安排|总额|数)?\s*\d|(?:决算|预算)数?(?:大|小|高|低|多|少|等)于|(?:各)?(?:比|较|与|同)(?:上|去|20|年初|全年|当年|预算)"
    r"|(?:总)?(?:各|均)?(?:增加|增长|减少|下降|上升|提高|降低|上涨|持平)|(?:年初)?预算(?:数)?(?:为|是)|决算(?:数)?(?:为|是)|，|主要|完成"
)
_LEAD = re.compile(r"^(?:[\s“”\"、，。；]|其中[:：]?|[一二三四五六七八九十]+、|\d+\s*[.、．]|[（(][一二三四五六七八九十\d]+[)）]|(?:19|20)\d{2}\s*年?度?(?:当年)?|(?:与|和|同|比|较)[^，]{2,12}相?比[，,]?|从而|因此|本年度?)+")
_NO_ITEM = re.compile(r"(?:年初)?未安排预算|(?:当年|本年)?(?:预算|决算|支出|执行|实际)*(?:执行|安排)?(?:数|额)*(?:较|比)?(?:上年|年初)*(?:的|为|是)?")


def _name(sentence: str) -> tuple[str, ...]:
    """The item that a sentence begins with (or that its first telling clause does): a path of 类, 款, 项, or a name."""
    if levels := list(_PATH.finditer(sentence)):
        first = max(n for n, level in enumerate(levels) if n == 0 or level["level"] == "类" or levels[n - 1]["level"] == "项")
        return tuple(filter(None, (re.sub(r"^[\s\-—、：:“”\"\d.．]+|[\s\-—“”\"]+$", "", _LEAD.sub("", level["name"])) for level in levels[first:])))
    for clause in re.split(r"[，；]", sentence):
        if re.search(r"[中里]$", clause):
            continue  # 财政拨款收入中，一般公共预算财政拨款收入…
        plain = _LEAD.sub("", clause)
        plain = _CUT.split(plain, maxsplit=1)[0]
        name = re.sub(r"^[^:：]{0,12}[:：]|的$|[\s“”\"]+", "", plain)
        if len(name) > 2 and not _NO_ITEM.fullmatch(name) and re.search(r"[一-龥]{2}", name):
            return (name,)
    return ()


def explains(reason: Reason, phrase: str, publisher: Collection[str] = ()) -> float:
    """How surely a reason is that of the item asked for: 0 for another's. `publisher`: its names, which a sentence may put before the item's."""
    path = [_bare(head(_without(name, publisher))) for name in reason.item]
    words = [_bare(word) for word in phrase.split() if not is_generic(word)]
    if not path:
        return 0.0
    if not words or WHOLE.fullmatch(comparable(phrase)):
        return _of_whole(comparable(_without(reason.item[-1], publisher)), phrase) if len(path) == 1 else 0.0
    if _alike("".join(words), path[-1]) or "".join(words) == "".join(path[-2:]):
        return 1.0
    return 1.0 if any(_alike(word, path[-1]) for word in words) and all(any(_alike(word, name) for name in path) for word in words) else 0.0


def _without(name: str, publisher: Collection[str]) -> str:
    for said in sorted(publisher, key=len, reverse=True):
        name = name.replace(said, "")
    return re.sub(r"^(?:[（(][^（）()]*[)）])?(?:(?:19|20)\d{2}\s*年?度?)?(?:本部门|本单位|我部门|我单位|我局)?", "", name)


def _of_whole(name: str, phrase: str) -> float:
    """The report's own reason for the whole: of the side asked for, of all money before that of the grant."""
    said = WHOLE.fullmatch(name)
    side = next((side for side in ("收入", "支出") if side in phrase and "收支" not in comparable(phrase)), "")
    if said is None or side and said["side"] in ("收入", "支出") and said["side"] != side:
        return 0.0
    narrower = [word for word in ("财政拨款", "一般公共") if (word in name) != (word in phrase)]
    return 1.0 - 0.2 * len(narrower) + 0.1 * (name == comparable(phrase)) if not any(word in phrase for word in narrower) else 0.0


def _bare(name: str) -> str:
    """机关事业单位职业年金缴费支出 is what all call 职业年金缴费, and 机关运行经费 is of 一般公共预算 whether that is said or not."""
    own = re.sub(r"^一般公共预算(?:财政拨款)?(?=机关运行|三公)", "", re.sub(r"^(?:本|我)(?:部门|单位|局|街道)", "", comparable(name)))
    return re.sub(r"^机关事业单位(?=.{4})|(?<=.{2})(?:经费|费用|资金)$", "", core(own))


def _alike(word: str, name: str) -> bool:
    """Whether two names are one but for what forms put around them; a name within another is another item."""
    one, other = bigrams(word), bigrams(name)
    return word == name or len(one) > 2 and len(one & other) > 0.8 * max(len(one), len(other))
