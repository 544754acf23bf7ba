"""How publishers write themselves in titles and labels → patterns of an office's and of a region's name.

No list of known publishers: a name is told by the word that it ends with.
"""

import re

from ingest.names import is_region, parts_of

OFFICE = (
    r"(?:办公室|办公厅|办事处|委员会|管委会|政府|政协|人大|法院|检察院|研究院|学院|学校|大学|中学|小学|学区|幼儿园|医院|中心|协会"
    r"|联合会|学会|总会|工会|团委|党校|档案馆|图书馆|博物馆|文化馆|[部委局厅院会处站所队馆台社团署校办馆园]|街道|[镇乡]|公司)"
)
ORG = rf"[\u4e00-\u9fffXx×（）()、]{{2,38}}?{OFFICE}"
REGION = r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|新区|开发区|[省市区县州盟旗])"
NO_REGION = re.compile(r"^(?:[全本各我该市县区省级乡]|自治|会议)|级|资料|保存|[的和与]")
_NO_START = re.compile(r"^(?:纳入|根据|按照|经|由|对|将|在|为|从|及|是|其中|包括)")


def is_publisher(org: str) -> bool:
    """A region with a name of its own, or an office."""
    regions = parts_of(org).regions
    if any(NO_REGION.search(region) for region in regions) or _NO_START.match(org):
        return False
    return is_region(org) or bool(re.search(rf"{OFFICE}$", org))
