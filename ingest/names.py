"""A publisher's full name → its usual short names, by how Chinese offices are named; no list of known publishers."""

import re
from dataclasses import dataclass

_REGION = re.compile(
    r"(?P<stem>[\u4e00-\u9fffXx×]{2,9}?)(?P<suffix>自治区|自治州|自治县|自治旗|特别行政区|新区|开发区|省|市|州|盟|地区|区|县|旗)"
    r"|(?P<one>[\u4e00-\u9fff])(?=县)县"
)
_PEOPLE = re.compile(r"(?:[回壮]|维吾尔|蒙古|藏|苗|侗|彝|土家|布依|傣|白|羌|朝鲜|满|瑶|黎)族|维吾尔")
_GENERIC = re.compile(r"委员会|(?:人民)?(?:法院|检察院|政府)|办公[室厅]|管委会|.{1,2}|[市区县省州]?(?:委|政府)")
_NO_STEM = re.compile(r"学$|人民|政府|委员|共青|街道|社区|[镇乡局厅部院]|中心|管理|发展|服务|工业园|市场|和")
_RANK = {"省": 1, "自治区": 1, "特别行政区": 1, "市": 2, "自治州": 2, "州": 2, "盟": 2, "地区": 2}
COUNTY = 3
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_CUSTOMARY = (
    ("发展和改革委员会", "发改委"),
    ("发展和改革局", "发改局"),
    ("人力资源和社会保障", "人社"),
    ("住房和城乡建设", "住建"),
    ("住房保障和房屋管理", "房管"),
    ("市场监督管理", "市场监管"),
    ("卫生健康委员会", "卫健委"),
    ("卫生健康", "卫健"),
    ("国有资产监督管理委员会", "国资委"),
    ("科学技术协会", "科协"),
    ("总工会", "工会"),
    ("文化和旅游", "文旅"),
    ("规划和自然资源", "规自"),
    ("自然资源和规划", "自规"),
    ("工业和信息化", "工信"),
    ("经济和信息化", "经信"),
    ("城市管理综合行政执法", "城管执法"),
    ("城市管理", "城管"),
    ("政法委员会", "政法委"),
    ("纪律检查委员会", "纪委"),
    ("管理委员会", "管委会"),
    ("人民代表大会常务委员会", "人大常委会"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("委员会", "委"),
    ("人民政府办公室", "政府办"),
    ("人民政府办公厅", "政府办公厅"),
    ("人民政府", "政府"),
)
"""Long form → customary short form, as everybody writes them; longer ones first."""


@dataclass(frozen=True)
class Name:
    """A publisher's name in its parts: regions from the largest to the smallest, then the office."""

    regions: tuple[str, ...]
    office: str

    @property
    def seat(self) -> str:
        """The region that it belongs to: 硚口区."""
        return self.regions[-1] if self.regions else ""

    @property
    def stem(self) -> str:
        """The seat without its rank: 硚口."""
        return _without_rank(self.seat)


def parts_of(publisher: str) -> Name:
    """上海市普陀区人民政府万里街道办事处 → (上海市, 普陀区), 人民政府万里街道办事处."""
    rest = _PARTY.sub("", publisher)
    regions: list[str] = []
    rank = 0
    while match := _REGION.match(rest):
        stem, suffix = match["stem"] or match["one"], match["suffix"] or "县"
        found = _RANK.get(suffix, COUNTY)
        county_city = rank == 2 and suffix == "市"
        if _NO_STEM.search(stem) or (found <= rank and not county_city):
            break
        regions.append(match[0])
        rank = COUNTY if county_city else found
        rest = rest[match.end() :]
        if rank == COUNTY:
            break
    return Name(tuple(regions), rest)


def is_region(publisher: str) -> bool:
    """A region alone (石家庄市), perhaps with its government: whole-government reports are published in its name."""
    return parts_of(publisher).office in ("", "人民政府", "政府") and bool(parts_of(publisher).regions)


def canonical(publisher: str) -> str:
    """One form for the ways in which an office writes itself: 中国共产党江苏省委员会办公厅, 中共江苏省委办公厅 …"""
    bare = _PARTY.sub("", re.sub(r"[\s（）()]", "", publisher))
    return re.sub(r"^((?:.{2,9}?[省市区县州盟旗])+)委员会(?=.)", r"\1委", bare)


def aliases_of(publisher: str) -> tuple[str, ...]:
    """Usual short names, the likeliest first, the full name left out."""
    if not publisher:
        return ()
    name = parts_of(canonical(publisher))
    region = is_region(publisher)
    found = [a for a in _aliases(name) if a != publisher and len(a) > 1 and (region or not _GENERIC.fullmatch(a))]
    full = canonical(publisher)
    return tuple(dict.fromkeys([*found, *([full] if full != publisher else [])]))


def _aliases(name: Name) -> list[str]:
    if not name.office or name.office in ("人民政府", "政府"):
        return [name.stem, name.seat, f"{name.seat}人民政府", f"{name.seat}政府", f"{name.seat}财政局"]
    if street := re.fullmatch(r"(?:人民政府)?(.+街道)(?:办事处)?", name.office):
        return _street(name, street[1])
    if town := re.fullmatch(r"(.+[镇乡])(?:人民政府)?", name.office):
        return [town[1], f"{name.seat}{town[1]}", f"{town[1]}政府", f"{town[1]}人民政府"]
    if name.office.startswith("委") and not name.office.startswith("委员会"):
        return _party(name)
    if re.fullmatch(r"人民政府办公[室厅]", name.office):
        return _government_office(name)
    return _office(name)


def _street(name: Name, street: str) -> list[str]:
    """万里街道, 万里街道办, 万里街道办事处, 普陀区万里街道."""
    own = [street, f"{street}办", f"{street}办事处"]
    return [*own, f"{name.seat}{street}", f"{name.seat}{street}办事处"] if name.seat else own


def _government_office(name: Name) -> list[str]:
    """硚口区政府办, 硚口区政府办公室, 硚口区人民政府办公室, 硚口政府办, 区政府办."""
    kind = name.office.removeprefix("人民政府")
    rank = name.seat.removeprefix(name.stem)
    short = "政府办" if kind == "办公室" else "政府办公厅"
    return [
        f"{name.seat}{short}",
        f"{name.seat}政府{kind}",
        f"{name.seat}人民政府{kind}",
        f"{name.stem}{short}",
        f"{rank}{short}",
        f"{rank}政府{kind}",
        f"{name.seat}府办",
    ]


def _party(name: Name) -> list[str]:
    """普陀区委社会工作部, 区委社会工作部, 社会工作部; of an office (办公厅) only with its committee."""
    inner = _shortened(name.office.removeprefix("委"))
    rank = name.seat.removeprefix(name.stem)
    own = [] if inner in ("办公厅", "办公室", "") else [inner]
    short = [f"{name.seat}委办", f"{rank}委办"] if inner in ("办公厅", "办公室") else []
    return [f"{name.seat}委{inner}", f"{rank}委{inner}", *own, *short]


def _office(name: Name) -> list[str]:
    """太原市发改委, 太原发改委, 市发改委, 发改委, 发展和改革委员会."""
    short = _shortened(name.office)
    rank = name.seat.removeprefix(name.stem)
    shortened = [f"{name.seat}{short}", f"{name.stem}{short}", f"{rank}{short}", short] if short != name.office else []
    return [*shortened, f"{name.seat}{name.office}", f"{name.stem}{name.office}", f"{rank}{name.office}", name.office]


def _shortened(office: str) -> str:
    for long, customary in _CUSTOMARY:
        if long in office:
            return office.replace(long, customary)
    return office


def _without_rank(region: str) -> str:
    match = _REGION.fullmatch(region)
    stem = (match["stem"] or region) if match else region
    return _PEOPLE.sub("", stem) if region.startswith(stem) and "自治" in region else stem
