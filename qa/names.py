"""A shelf's disclosures → Names: every name that means a publisher, laid out so that those in a text are found at once.

Made anew only when the shelf has changed. A shelf of 10,000 reports has 12,000 names: trying each on every question took
longer than answering it, and as patterns they crowded all others out of re's cache.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import TypeVar

from pypinyin import lazy_pinyin

from corpus.disclosure import Disclosure
from corpus.words import word_starts

Head = TypeVar("Head", str, tuple[str, ...])
Place = tuple[int, int, tuple[str, ...]]
"""Start and end of a name in a text, and the full names that it may mean."""
SOUNDED = 4
"""Signs of the shortest name that is known by its sound."""
LONGEST = 200
"""Signs of the longest text that is listened to."""
_PLACE = re.compile(r"[一-龥]{2,3}?[省市区县旗州]|[一-龥]{2,4}?(?:街道|镇|乡)")


@dataclass(frozen=True)
class Names:
    """Every name and short name, with the full names that it may mean."""

    full: dict[str, tuple[str, ...]]

    def in_text(self, text: str) -> list[Place]:
        """Names that stand in a text, the longest first where they overlap."""
        found: list[Place] = []
        taken = [False] * len(text)
        there = {name for start in range(len(text)) for name in self._by_head.get(text[start : start + 2], ()) if text.startswith(name, start)}
        for name in sorted(there, key=lambda name: self._order[name]):
            for start in _places(name, text):
                end = start + len(name)
                if not any(taken[start:end]) and not (name.endswith("政府") and _OF_GOVERNMENT.match(text, end)):
                    taken[start:end] = [True] * len(name)
                    found.append((start, end, self.full[name]))
        return sorted(found)

    def sounding(self, text: str) -> list[Place]:
        """万礼街道 sounds like 万里街道: the longest name of at least four characters whose sound stands in the text."""
        if len(text) > LONGEST:
            return []
        heard = [_sound(character)[0] if "一" <= character <= "龥" else character for character in text]
        near = {name for start in range(len(heard) - 1) for name in self._by_sound.get((heard[start], heard[start + 1]), ())}
        for name in sorted(near, key=lambda name: self._order[name]):
            sound = list(_sound(name))
            for start in range(len(heard) - len(sound) + 1):
                if heard[start : start + len(sound)] == sound:
                    return [(start, start + len(sound), self.full[name])]
        return []

    def shortened(self, text: str, found: Sequence[Place] = ()) -> list[Place]:
        """普陀区建管委 is 上海市普陀区建设和管理委员会: short names that one office of the shelf alone can be called by, beside those found."""
        taken = {at for start, end, _ in found for at in range(start, end)}
        short: list[Place] = []
        for match in _OFFICE.finditer("".join("\n" if at in taken else sign for at, sign in enumerate(text))):
            starts = range(match.start(), match.end() - SHORTEST + 1)
            if place := next(((start, match.end(), full) for start in starts if (full := self._called(text[start : match.end()]))), None):
                short.append(place)
        return short

    def nicknamed(self, text: str, found: Sequence[Place]) -> list[Place]:
        """城管, 石泉路: what people call an office without the word for what it is, where what stands around it shows that an office is meant."""
        places: list[Place] = []
        spans = [(start, start + size) for size in (3, 2) for start in range(len(text) - size + 1) if text[start : start + size] in self._nicknames]
        for start, end in spans:
            if _BEFORE.search(text[:start]) and not any(start < other_end and other_start < end for other_start, other_end, _ in (*found, *places)):
                places.append((start, end, self._nicknames[text[start:end]]))
        kept: list[Place] = []
        for start, end, full in sorted(places, reverse=True):  # 文旅和城管2026年: what stands behind the last shows what those before it are
            if _BEHIND.match(text, end) or (join := _JOINED.match(text, end)) and any(join.end() == other for other, _, _ in (*found, *kept)) or _ends_list(text, start, found):
                kept.append((start, end, full))
        return sorted(kept)

    @cached_property
    def _nicknames(self) -> dict[str, tuple[str, ...]]:
        """Contractions (文旅 of 文化和旅游局) and streets (石泉路): no words that stand in a name as they are (教育), which items bear as well."""
        nicks: dict[str, tuple[str, ...]] = {}
        for name, full in self.full.items():
            match = re.fullmatch(r"(?P<nick>[一-龥]{2,3})(?:局|委|(?P<street>街道))", name)
            if match and match["nick"] not in _WORDS and (match["street"] or not any(match["nick"] in owner for owner in full)):
                nicks[match["nick"]] = tuple(dict.fromkeys((*nicks.get(match["nick"], ()), *full)))
        return nicks

    def _called(self, short: str) -> tuple[str, ...]:
        owners = {name for office, names in self._offices.get((short[0], short[-1]), {}).items() if may_shorten(short, office) for name in names}
        return tuple(owners) if len(owners) == 1 else ()

    @cached_property
    def _offices(self) -> dict[tuple[str, str], dict[str, set[str]]]:
        """What the publishers' offices are called without their place, by the first sign and the one that they end with in speech."""
        offices: dict[tuple[str, str], dict[str, set[str]]] = {}
        for name in dict.fromkeys(name for full in self.full.values() for name in full):
            if office := spoken_end(_REGION.sub("", name)):
                offices.setdefault((office[0], office[-1]), {}).setdefault(office, set()).add(name)
        return offices

    @cached_property
    def places(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Places in the publishers' names with the publishers that have them, the longest first."""
        places: dict[str, set[str]] = {}
        for name in dict.fromkeys(name for full in self.full.values() for name in full):
            for place in _PLACE.findall(name):
                places.setdefault(place, set()).add(name)
        return tuple((place, frozenset(owners)) for place, owners in sorted(places.items(), key=lambda item: -len(item[0])))

    @cached_property
    def _order(self) -> dict[str, tuple[int, int]]:
        """The longest first; of one length the first that the shelf has."""
        return {name: (-len(name), place) for place, name in enumerate(self.full)}

    @cached_property
    def _by_head(self) -> dict[str, list[str]]:
        return _grouped((name[:2], name) for name in self.full)

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], list[str]]:
        return _grouped((_sound(name)[:2], name) for name in self.full if len(name) >= SOUNDED)


_WORDS = frozenset("环保 社工 医保 科技".split())
"""Contractions that are words of items too."""
_BEFORE = re.compile(r"(?:^|[\s，,、。；;：:？?！!（(和与跟及比同问查看是]|年度?|那么?|请问|告诉我|关于|区|换成)$")
_BEHIND = re.compile(r"\s*(?:的|\d|今年|去年|前年|三公|公务|机关运行|预算|决算|基本支出|项目支出|收入|政府采购|会议费|培训费|呢|$|[？?])")
_JOINED = re.compile(r"\s*(?:和|与|跟|同|及|以及|还有|、|，|比|vs)\s*")


def _ends_list(text: str, start: int, found: Sequence[Place]) -> bool:
    """文旅局、城管哪个多: the last of a list that a name begins."""
    return any(_JOINED.fullmatch(text[end:start]) for _, end, _ in found if end < start) and bool(re.match(r"[一-龥]{2,3}(?:哪|谁|各|分别|一共|合计|总共)", text[start:]))


_OF_GOVERNMENT = re.compile(r"性|债|采购|购买|投资|基金|隐性|直接|或有")
"""鄂州市|政府性债务: 政府 begins an item there."""
SHORTEST = 3
"""Signs of a short name that is made out: 科委 or 商委 may be anybody's."""
_OFFICE = re.compile(r"[一-龥]{2,8}?[局委办部厅会院]")
_REGION = re.compile(r"^(?:中共)?(?:[一-龥]{2,8}?(?:省|市|区|县|旗|州|盟))*(?:委(?!员会))?(?:人民政府)?")
_OFFICES = frozenset(
    "民政局 财政局 教育局 公安局 司法局 审计局 统计局 水务局 水利局 农业局 林业局 交通局 商务局 文化局 体育局 税务局 气象局 信访局 档案局 医保局 人社局 民宗局 粮食局 海关局 环保局 规划局 建设局 城建局 房管局 "
    "城管局 应急局 旅游局 卫生局 安监局 质监局 工商局 药监局 知识产权局 大数据局 宣传部 组织部 统战部 政法委 编办 网信办 外事办 台办 侨办 法制办 研究室 纪委 监委 团委 妇联 残联 总工会 工商联 科协 文联 侨联 红十字会".split()
)  # fmt: skip
"""Names of other offices: 民政局 is never what 民族和政务局 is called by."""


def spoken_end(office: str) -> str:
    """建设和管理委员会 → 建设和管理委: the end by which people call it."""
    return re.sub(r"办公室$", "办", re.sub(r"委员会$", "委", office))


def office_of(publisher: str) -> str:
    """城市管理行政执法局 of 上海市普陀区城市管理行政执法局; a region's own name stays."""
    return _REGION.sub("", publisher) or publisher


def may_shorten(short: str, office: str) -> bool:
    """Whether a short name's signs stand in the office's name in this order, each at the start of a word, right behind the one before it, or last."""
    if short in _OFFICES or short == office or len(short) >= len(office):
        return False
    starts = word_starts(office)
    at = 0
    for sign in short[:-1]:
        at = next((place + 1 for place in range(at, len(office) - 1) if office[place] == sign and (place in starts or place == at > 0)), -1)
        if at < 0:
            return False
    return True


_kept: list[tuple[object, Names]] = []
"""The names of the tuple of disclosures last asked about."""
_lock = Lock()


def names_of(shelf: Iterable[Disclosure]) -> Names:
    """The names of a shelf; a shelf that has not changed gives its disclosures as the same tuple."""
    with _lock:
        if _kept and _kept[0][0] is shelf:
            return _kept[0][1]
    made = Names(_names(shelf))
    if isinstance(shelf, tuple):
        with _lock:
            _kept[:] = [(shelf, made)]
    return made


def _names(shelf: Iterable[Disclosure]) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for publisher, aliases in dict.fromkeys((disclosure.publisher, disclosure.aliases) for disclosure in shelf):
        for name in (publisher, *aliases):
            for said in said_as(name):
                if len(said) > 1 and publisher not in names.get(said, ()):
                    names[said] = (*names.get(said, ()), publisher)
    return names


def _places(name: str, text: str) -> Iterator[int]:
    """Where a name stands, not twice over the same signs."""
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))


def _grouped(pairs: Iterable[tuple[Head, str]]) -> dict[Head, list[str]]:
    groups: dict[Head, list[str]] = {}
    for head, name in pairs:
        groups.setdefault(head, []).append(name)
    return groups


@lru_cache(maxsize=65536)
def _sound(text: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(text))


_SHORTENED = (
    ("街道办事处", "街道"), ("街道办事处", "街道办"), ("街道办事处", "街办"), ("街道", "街办"), ("社会工作部", "社工部"), ("人民政府办公室", "府办"), ("政府办公室", "府办"),
    ("政府办", "府办"), ("发展和改革委员会", "发改委"), ("发展和改革局", "发改局"), ("人力资源和社会保障", "人社"), ("市场监督管理局", "市场监管局"),
    ("市场监督管理局", "市监局"), ("生态环境局", "环保局"), ("卫生健康委员会", "卫健委"), ("卫生健康局", "卫健局"), ("住房和城乡建设", "住建"),
    ("住房保障和房屋管理局", "房管局"), ("文化和旅游", "文旅"), ("农业农村", "农业"), ("退役军人事务", "退役军人"), ("自然资源和规划", "资规"),
    ("机关事务管理", "机管"), ("城市管理行政执法局", "城管局"), ("城市管理行政执法局", "城管执法局"), ("城市管理行政执法局", "城管"), ("城市管理", "城管"), ("应急管理", "应急"), ("交通运输", "交通"), ("工业和信息化", "工信"),
    ("科学技术", "科技"), ("医疗保障", "医保"), ("组织部", "组织部"), ("纪律检查委员会", "纪委"), ("人民检察院", "检察院"), ("人民法院", "法院"),
    ("委员会", "委"), ("管理委员会", "管委会"), ("总工会", "工会"), ("共产主义青年团", "共青团"), ("妇女联合会", "妇联"), ("残疾人联合会", "残联"),
)  # fmt: skip
"""How officials' offices are called in speech."""


@lru_cache(maxsize=65536)
def said_as(name: str) -> tuple[str, ...]:
    """A name, its spoken short forms, and these without the 区 or 市 of the place before them (普陀万里街道)."""
    forms = [name, *(name.replace(long, short) for long, short in _SHORTENED if long in name)]
    forms += [form.replace("和", "") for form in forms if form.endswith(("委", "局", "部", "厅"))]
    without = [re.sub(r"(?<=[一-龥]{2})[区县市](?=[一-龥]{3})", "", form, count=1) for form in forms]
    without += [re.sub(r"(?<=[一-龥]{2})路街(?=道|办)", "街", form) for form in (*forms, *without) if "路街" in form]  # 石泉街道 of 石泉路街道
    without += [re.sub(r"[区市县]委(?=[一-龥]{3,}[部办局])", "", form) for form in forms]
    return tuple(dict.fromkeys(form for form in (*forms, *without) if len(form) > 2 or form == name))
