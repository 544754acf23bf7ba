"""A section's headings → the item that it is about: 七、财政拨款“三公”经费支出决算情况说明 → 财政拨款“三公”经费."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．])\s*")
_TAIL = re.compile(r"(?:支出|收入)?(?:预算|决算)?(?:支出)?(?:安排|总体|结构|具体)?(?:情况)?(?:说明)?$")
_NO_ITEM = re.compile(r"部门概况|单位概况|主要职|机构设置|名词解释|第.部分|编制说明|其他重要|其他相关|年度")


def heading_item(headings: Sequence[str]) -> str:
    """What a section is about, for sentences that name no item; '' where no heading says it."""
    for heading in reversed(headings):
        item = _TAIL.sub("", _NUMBER.sub("", heading.strip()))
        if item and not _NO_ITEM.search(item):
            return item
    return ""
