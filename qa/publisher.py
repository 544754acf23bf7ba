"""A question's words → which publishers of the shelf it names, and whether it names one that the shelf does not have."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from corpus.disclosure import Disclosure

_REGION = re.compile(r"[一-龥]{1,8}(?:省|市|区|县|旗|州|街道|镇|乡)$")
_ORGANISATION = re.compile(
    r"[一-龥]{2,6}(?:街道|镇|乡)(?!办事处|办)|[一-龥]{0,8}[区县市省]委[一-龥]{2,6}[部办局]"
    r"|[一-龥]{2,16}?(?:人民政府办公室|人民政府|政府办公室|政府办公厅|政府办|街道办事处|街道办|街道|委员会|办公厅|办公室|管理局|分局|财政局|教育局|公安局"
    r"|民政局|[区县市省](?:委)?[一-龥]{1,6}[局厅委部办]|[一-龥]{2,8}[局厅]|法院|检察院|[一-龥]{2,6}镇|[一-龥]{2,6}乡)(?!费|门|署|分|件|公|理)"
)
_FILLER = re.compile(r"^(?:另据|据悉|据|另外|此外|其中|请问|我想知道|想知道|查一下|查查|帮我查|看看|告诉我|在|问|那么?|咱们?|我们|咱|关于|根据|按照?|比较|对比|统计|和|与|跟|及|以及)+")


@dataclass(frozen=True)
class Named:
    """What a question says of publishers."""

    publishers: tuple[str, ...]
    """Full names, in the order of the question."""
    spans: tuple[tuple[int, int], ...]
    """Where the names stand in the question."""
    unknown: str = ""
    """An organisation that the question names and the shelf does not have."""
    heard: tuple[tuple[str, str], ...] = ()
    """(as typed, as understood) where a name was mistyped."""
    ambiguous: tuple[str, ...] = ()
    """Full names that one short name fits."""


def named_publishers(text: str, shelf: Iterable[Disclosure]) -> Named:
    """Publishers that a text names, by full or short name, with typing slips that sound the same."""
    names = _names(shelf)
    found = _exact(text, names)
    if not found or any(_stranger_before(text, start, full) for start, _, full in found):
        found = _sounding(text, names) or found or _by_place(text, names)
    kept, unknown = [], ""
    for start, end, full in found:
        if stranger := _stranger_before(text, start, full):
            unknown = unknown or stranger.removesuffix(text[start]) + text[start:end]
        else:
            kept.append((start, end, full))
    if not kept:
        return Named((), (), unknown or _organisation(text))
    return _settled(text, kept, unknown)


def _settled(text: str, kept: list[tuple[int, int, tuple[str, ...]]], unknown: str) -> Named:
    whole: list[str] = []
    ambiguous: tuple[str, ...] = ()
    for start, _, full in kept:
        fitting = _by_region(text[:start], full)
        ambiguous = ambiguous or (fitting if len(fitting) > 1 else ())
        whole.extend(name for name in fitting[:1] if len(fitting) == 1 and name not in whole)
    spans = tuple((start, end) for start, end, _ in kept)
    return Named(tuple(whole), spans, unknown, (), () if whole else ambiguous)


def _names(shelf: Iterable[Disclosure]) -> dict[str, tuple[str, ...]]:
    """Every name and short name → the full names that it may mean."""
    names: dict[str, tuple[str, ...]] = {}
    for disclosure in shelf:
        for name in (disclosure.publisher, *disclosure.aliases):
            for said in _said_as(name):
                if len(said) > 1 and disclosure.publisher not in names.get(said, ()):
                    names[said] = (*names.get(said, ()), disclosure.publisher)
    return names


_SHORTENED = (
    ("街道办事处", "街道"), ("街道办事处", "街道办"), ("街道办事处", "街办"), ("街道", "街办"), ("社会工作部", "社工部"), ("人民政府办公室", "府办"), ("政府办公室", "府办"),
    ("政府办", "府办"), ("发展和改革委员会", "发改委"), ("发展和改革局", "发改局"), ("人力资源和社会保障", "人社"), ("市场监督管理局", "市场监管局"),
    ("市场监督管理局", "市监局"), ("生态环境局", "环保局"), ("卫生健康委员会", "卫健委"), ("卫生健康局", "卫健局"), ("住房和城乡建设", "住建"),
    ("住房保障和房屋管理局", "房管局"), ("文化和旅游", "文旅"), ("农业农村", "农业"), ("退役军人事务", "退役军人"), ("自然资源和规划", "资规"),
    ("机关事务管理", "机管"), ("城市管理行政执法局", "城管局"), ("城市管理", "城管"), ("应急管理", "应急"), ("交通运输", "交通"), ("工业和信息化", "工信"),
    ("科学技术", "科技"), ("医疗保障", "医保"), ("组织部", "组织部"), ("纪律检查委员会", "纪委"), ("人民检察院", "检察院"), ("人民法院", "法院"),
    ("委员会", "委"), ("管理委员会", "管委会"), ("总工会", "工会"), ("共产主义青年团", "共青团"), ("妇女联合会", "妇联"), ("残疾人联合会", "残联"),
)  # fmt: skip
"""How officials' offices are called in speech."""


def _said_as(name: str) -> tuple[str, ...]:
    """A name, its spoken short forms, and these without the 区 or 市 of the place before them (普陀万里街道)."""
    forms = [name, *(name.replace(long, short) for long, short in _SHORTENED if long in name)]
    forms += [form.replace("和", "") for form in forms if form.endswith(("委", "局", "部", "厅"))]
    without = [re.sub(r"(?<=[一-龥]{2})[区县市](?=[一-龥]{3})", "", form, count=1) for form in forms]
    without += [re.sub(r"[区市县]委(?=[一-龥]{3,}[部办局])", "", form) for form in forms]
    return tuple(dict.fromkeys(form for form in (*forms, *without) if len(form) > 2 or form == name))


def _exact(text: str, names: dict[str, tuple[str, ...]]) -> list[tuple[int, int, tuple[str, ...]]]:
    found: list[tuple[int, int, tuple[str, ...]]] = []
    taken = [False] * len(text)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(name)
                found.append((match.start(), match.end(), names[name]))
    return sorted(found)


def _by_place(text: str, names: dict[str, tuple[str, ...]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """硚口区, 硚口区政府: a place that just one publisher of the shelf has in its name, and no other organisation behind it."""
    whole = {name for full in names.values() for name in full}
    places: dict[str, set[str]] = {}
    for name in whole:
        for place in re.findall(r"[一-龥]{2,3}?[省市区县旗州]|[一-龥]{2,4}?(?:街道|镇|乡)", name):
            places.setdefault(place, set()).add(name)
    for place, owners in sorted(places.items(), key=lambda item: -len(item[0])):
        at = text.find(place)
        if at >= 0 and len(owners) == 1 and not _is_other_organisation(place, text[at + len(place) :]):
            end = at + len(place)
            more = re.match(r"(?:人民)?政府(?!办|采购)|本级", text[end:])
            return [(at, end + (more.end() if more else 0), tuple(owners))]
    return []


def _is_other_organisation(place: str, behind: str) -> bool:
    """硚口区|财政局 is another organisation; 硚口区|给巴东县… is not."""
    match = _ORGANISATION.match(place + re.sub(r"^(?:人民)?政府(?!办|采)", "", behind))
    return match is not None and not re.search(r"[给对向为帮拨]", match[0])


@lru_cache(maxsize=4096)
def _sound(text: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(text))


def _sounding(text: str, names: dict[str, tuple[str, ...]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """万礼街道 sounds like 万里街道: the longest name of at least four characters whose sound stands in the text."""
    if len(text) > 200:
        return []
    heard = [_sound(character)[0] if "一" <= character <= "龥" else character for character in text]
    for name in sorted((name for name in names if len(name) >= 4), key=len, reverse=True):
        sound = list(_sound(name))
        for start in range(len(heard) - len(sound) + 1):
            if heard[start : start + len(sound)] == sound:
                return [(start, start + len(sound), names[name])]
    return []


def _stranger_before(text: str, start: int, full: tuple[str, ...]) -> str:
    """A region right before a short name that none of its publishers belongs to (浦东新区|区委社会工作部)."""
    own = text[start] if text[start] in "省市区县" else ""  # 江汉|区政府办: the short name's first sign ends the region's
    match = _REGION.search(_FILLER.sub("", text[:start].rstrip("的 ") + own))
    if not match:
        return ""
    words = re.split(r"[年度月日查看问的了和与跟比]", match[0])[-1]
    if len(words) < 2 or any(words[cut:] in name for name in full for cut in range(max(len(words) - 2, 1))):
        return ""
    return words if not re.search(r"给|对|向|支援|帮扶|在", words) else ""


def _by_region(before: str, full: tuple[str, ...]) -> tuple[str, ...]:
    """Of the publishers that a short name fits, those whose region stands before it; all of them when none does."""
    if len(full) == 1:
        return full
    regions = re.findall(r"[一-龥]{2,4}?[省市区县]", before)
    fitting = tuple(name for name in full if regions and all(region in name for region in regions))
    return fitting or full


def _organisation(text: str) -> str:
    """An organisation's name in a text in which no publisher of the shelf was found; '' when there is none."""
    match = _ORGANISATION.search(_FILLER.sub("", text))
    return match[0] if match else ""


def place_words(name: str) -> tuple[str, ...]:
    """The telling part of an organisation's or place's name, which a fact must name too: 银川市 of 银川市政府."""
    bare = re.sub(r"(?:人民)?政府(?:办公[室厅])?$", "", name)
    return (bare or name,)
