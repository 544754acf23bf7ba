"""A figure of a sentence that names no more than a place → why no report of the place's offices tells it; '' where one may.

沧江区支出 is none of the street's. But what was built in a town, and a project or an agency named in full, an office's report does tell.
"""

import re

from corpus.amount import Unit, UnitKind

_OF_THE_LAND = frozenset(("公里", "千米", "米", "公顷", "平方米", "平方公里", "亩", "株", "棵", "座", "吨", "处", "条"))
"""What is built, planted and kept up in a place; people, cars and visits are always those of some office."""
_BUILT = re.compile(r"新建|建成|改造|新改建|新增|修复|整治|完成|创建|建设")
_OWN = re.compile(r"用房|办公|资产|房屋")
_NAMED = re.compile(r"^的?[^，。；：、\d]{2,24}?(?:项目(?!支出|经费|资金|数)|中心|[支大总]队|监测站|检测站|服务站|研究所|管理所|管理站|管理处)")
_FURTHER = re.compile(r"[一-龥]{2,4}?[市区县州旗](?!场|政|容)|街道|[镇乡]人民")


def not_told_of(place: str, publisher: str, behind: str, unit: Unit) -> str:
    """`behind`: what stands between the place and the figure."""
    if _is_its_office(place, publisher) and (_NAMED.search(behind) or _of_the_land(behind, unit)):
        return ""
    return f"报告库中没有{place}的报告，只有它下面的部门的"


def _is_its_office(place: str, publisher: str) -> bool:
    """江曲市|园林局, but no 上海市|沧江区桂浜街道."""
    return publisher.startswith(place) and not _FURTHER.match(publisher[len(place) :]) and "街道" not in publisher


def _of_the_land(behind: str, unit: Unit) -> bool:
    clause = re.split(r"[，。；]", behind)[-1]
    if unit.kind is not UnitKind.COUNT or _OWN.search(clause):
        return False
    return unit.base in _OF_THE_LAND or unit.base == "个" and bool(_BUILT.search(clause))
