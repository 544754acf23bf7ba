"""A question's words → which publishers of the shelf it names, and whether it names one that the shelf does not have."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.disclosure import Disclosure
from qa.names import Names, Place, names_of

_REGION = re.compile(r"[一-龥]{1,8}(?:省|市|区|县|旗|州|街道|镇|乡)$")
_ORGANISATION = re.compile(
    r"[一-龥]{1,4}[省市区县](?:委|(?:人民)?政府)?[一-龥]{0,8}?(?:研究[室院所]|(?:服务|事务|管理|保障|指导)中心|[支大总]队)(?!工作|经费|费|项目)|"
    r"[一-龥]{2,6}(?:街道|镇|(?<!城)乡(?!村))(?!办事处|办)|[一-龥]{0,8}[区县市省]委[一-龥]{2,6}[部办局]"
    r"|[一-龥]{2,16}?(?:人民政府办公室|人民政府|政府办公室|政府办公厅|政府办|街道办事处|街道办|街道|委员会|办公厅|办公室|管理局|分局|财政局|教育局|公安局"
    r"|民政局|[区县市省](?:委)?[一-龥]{1,6}[局厅委部办]|[一-龥]{2,8}[局厅]|法院|检察院|[一-龥]{2,6}镇|[一-龥]{2,6}(?<!城)乡(?!村))(?!费|门|署|分|件|公|理)"
)
_ITS_SCOPE = re.compile(r"[（(](?:本级|本部|机关|部门|单位|汇总)[)）]")
"""石泉路街道（本级）: how reports and people tell an agency from its department; no item begins so."""
_UNDER = re.compile(r"学区|学校|[小中]学|大学|学院|医院|卫生院|中心|[馆站所]$|[支大总]队|协会")
"""What stands under an office: never what a county is called by (武山县|洛门学区)."""
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
    place: str = ""
    """The place by which alone the publisher is known, where it is one body of several in it: 沧江区 of 沧江区…桂浜街道办事处."""
    beside: str = ""
    """An organisation that the shelf does not have, named in one list with one that it has: 文旅局和民政局."""


def named_publishers(text: str, shelf: Iterable[Disclosure], spoken: bool = False) -> Named:
    """Publishers that a text names, by full or short name, with typing slips that sound the same; `spoken`: by nicknames (城管) too."""
    names = names_of(shelf)
    found = names.in_text(text)
    placed = list[Place]()
    short = names.shortened(text, found)
    short = sorted((*short, *names.nicknamed(text, (*found, *short)))) if spoken else short
    heard, found = tuple((text[start:end], full[0]) for start, end, full in short if len(full) == 1), sorted((*found, *short))
    if not found or any(_stranger_before(text, start, end, full) for start, end, full in found):
        found = names.sounding(text) or found or (placed := _by_place(text, names))
    kept, unknown = [], ""
    for start, end, full in found:
        if stranger := _stranger_before(text, start, end, full):
            unknown = unknown or stranger.removesuffix(text[start]) + text[start:end]
        else:
            kept.append((start, end, full))
    if not kept:
        return Named((), (), unknown or _organisation(text))
    place = text[placed[0][0] : placed[0][1]] if placed and kept == placed else ""
    settled = replace(_settled(text, _with_regions(text, kept), unknown), heard=heard, beside=_beside(text, kept))
    return replace(settled, place=place) if place and not _is_its_own(place, settled.publishers) else settled


def _is_its_own(place: str, publishers: tuple[str, ...]) -> bool:
    """万里街道 is what 万里街道办事处 is called by; 硚口区人民政府 is 硚口区's."""
    bare = re.sub(r"(?:人民)?政府$|本级$", "", place)
    return all(re.fullmatch(r"(?:人民政府)?(?:办事处)?", name.rpartition(bare)[2]) for name in publishers)


_LISTED = re.compile(r"\s*(?:(?:(?:19|20)\d{2}|\d{2})年度?的?)?\s*(?:和|与|跟|及|以及|还有|、|比)\s*")
_OTHER = re.compile(r"(?P<name>(?!(?:哪|其[他它余]|各|该|本|全|我|布|格|结|下属|所属)[^和与]*)(?:街道办|[一-龥]{1,9}?(?:局|街道|委员会|委|办公室|办事处|厅|政府办|[区县市]政府)))(?!托|派|[一-龥]?[费门]|采|性|等|用|限)")


def _beside(text: str, kept: list[Place]) -> str:
    """The organisation joined by 和 to a publisher that is known, where it is not known itself: one of two is never answered for both."""
    taken = {at for start, end, _ in kept for at in range(start, end)}
    for start, end, _ in kept:
        join = _LISTED.match(text, end)
        behind = _OTHER.match(text, join.end()) if join else None
        before = re.search(rf"(?:^|[\s，,。？?]|[年比]){_OTHER.pattern}(?:和|与|跟|及|以及|、|比)$", text[:start])
        for match in filter(None, (behind, before)):
            if not taken & set(range(*match.span("name"))):
                return match["name"]
    return ""


def _with_regions(text: str, found: list[Place]) -> list[Place]:
    """武汉|硚口区政府办: a place that is a publisher itself, right before the name of a publisher in it, only says where that one is."""
    kept: list[Place] = []
    for start, end, full in found:
        before = kept[-1] if kept else None
        if before and not text[before[1] : start].strip() and all(any(name != region and name.startswith(region) for name in full) for region in before[2]):
            start = kept.pop()[0]
        kept.append((start, end, full))
    return kept


def _settled(text: str, kept: list[tuple[int, int, tuple[str, ...]]], unknown: str) -> Named:
    whole: list[str] = []
    ambiguous: tuple[str, ...] = ()
    for start, _, full in kept:
        fitting = _by_region(text[:start], full)
        ambiguous = ambiguous or (fitting if len(fitting) > 1 else ())
        whole.extend(name for name in fitting[:1] if len(fitting) == 1 and name not in whole)
    spans = tuple((start, _end(text, end)) for start, end, _ in kept)
    return Named(tuple(whole), spans, unknown, (), () if whole else ambiguous)


def _end(text: str, end: int) -> int:
    """云海|市级债务 names the level, though 云海市 is the publisher."""
    if text[end - 1] in "省市区县州" and text[end : end + 1] == "级":
        return end - 1
    return end + (more.end() if (more := _ITS_SCOPE.match(text[end:])) else 0)


def _by_place(text: str, names: Names) -> list[Place]:
    """硚口区, 硚口区政府: a place that just one publisher of the shelf has in its name, and no other organisation behind it."""
    for place, owners in names.places:
        at = text.find(place)
        if at >= 0 and len(owners) == 1 and not _UNDER.search(next(iter(owners))) and not _is_other_organisation(place, text[at + len(place) :]):
            end = at + len(place)
            more = re.match(r"(?:人民)?政府(?!办|采购)|本级", text[end:])
            return [(at, end + (more.end() if more else 0), tuple(owners))]
    return []


def _is_other_organisation(place: str, behind: str) -> bool:
    """硚口区|财政局 is another organisation; 硚口区|给巴东县… is not."""
    match = _ORGANISATION.match(place + re.sub(r"^(?:人民)?政府(?!办|采)", "", behind))
    return match is not None and not re.search(r"[给对向为帮拨]", match[0])


_OFFICE_END = re.compile(r"(?:局|委|委员会|办|办公室|部|厅)$")
_OWN_REGION = re.compile(r"(?:(?P<last>[一-龥]{2,8}?)[省市区县旗州盟])+")
_LEVEL = re.compile(r"(?:^|[^一-龥]|[年度的和与跟问查看比]|我|本|咱们?|该)(?P<level>[省市区县州])$")
"""市|民政局, of which nothing but the level is said."""


def _higher_office(before: str, name: str, full: tuple[str, ...]) -> str:
    """The level or region before an office's name that tells another office's: 市民政局, 粤浦市教育局 are none of 粤浦市荔塘区's."""
    if any(not _OFFICE_END.search(owner) or not _OWN_REGION.match(owner.removeprefix("中共")) for owner in full):
        return ""
    regions = [match for owner in full if (match := _OWN_REGION.match(owner.removeprefix("中共")))]
    if any(match["last"] in name for match in regions):
        return ""
    if said := _LEVEL.search(before):
        return said["level"] if all(match[0][-1] != said["level"] for match in regions) else ""
    return next((region for match in regions if (region := _end_of(before, match[0]))), "") if not any(before.endswith(match[0]) for match in regions) else ""


def _end_of(before: str, region: str) -> str:
    """粤浦市 of 粤浦市荔塘区, where a text ends with it."""
    parts = re.findall(r"[一-龥]{2,8}?[省市区县旗州盟]", region)[:-1]
    return next((part for part in parts if before.endswith(part)), "")


def _stranger_before(text: str, start: int, end: int, full: tuple[str, ...]) -> str:
    """A region right before a short name that none of its publishers belongs to (浦东新区|区委社会工作部)."""
    if higher := _higher_office(text[:start], text[start:end], full):
        return higher
    own = text[start] if text[start] in "省市区县" else ""  # 江汉|区政府办: the short name's first sign ends the region's
    match = _REGION.search(_FILLER.sub("", text[:start].rstrip("的 ") + own))
    if not match:
        return ""
    words = re.split(r"[年度月日查看问的了和与跟比]", match[0])[-1]
    if len(words) < 2 or re.fullmatch(r"(?:我们?|本|咱们?|该)[省市区县州]", words) or any(words[cut:] in name for name in full for cut in range(max(len(words) - 2, 1))):
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
    bare = _FILLER.sub("", re.sub(r"(?:19|20)\d{2}年度?", " ", text))
    match = re.match(r"(?!占|比)[一-龥]{2,6}[局厅委](?=的|呢|\s|[？?]|$)", bare) or _ORGANISATION.search(bare)
    return match[0] if match else ""


def stands_under(publisher: str, text: str) -> bool:
    """Whether a text names the place whose school or hospital the publisher is: 武山县 is none of 武山县洛门学区."""
    place = re.match(r"[一-龥]{2,8}?[省市区县州旗]", publisher)
    return bool(_UNDER.search(publisher)) and place is not None and place[0] in text


def place_words(name: str) -> tuple[str, ...]:
    """The telling part of an organisation's or place's name, which a fact must name too: 银川市 of 银川市政府."""
    bare = re.sub(r"(?:人民)?政府(?:办公[室厅])?$", "", name)
    return (bare or name,)
