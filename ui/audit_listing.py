"""An audit → Listing for `ui.export`: what was found, then what was checked and what was not, each row saying which."""

from collections.abc import Mapping
from typing import Any

from corpus.disclosure import Disclosure
from ui.export import Listing, made_from

SEVERITIES = {"error": "错误", "wording": "表述", "template": "格式", "rounding": "尾差提示"}
COLUMNS = ("结论", "规则", "说明", "应为", "实为", "算式", "依据", "页", "原文")


def audit_listing(audit: Mapping[str, Any], disclosure: Disclosure, hints: bool = False) -> Listing:
    """An audit as `qa.audit.as_json` gives it; `hints` lists what lies within rounding too. Its JSON always holds all."""
    shown = [one for one in audit["findings"] if hints or one["severity"] != "rounding"]
    rows = [
        *map(_found, shown),
        *(("已核对", c["rule"], f"{c['title']}：{c['places']}处", "", "", "", c["basis"], "", "") for c in audit["checked"]),
        *(("未核对", one["rule"], one["reason"], "", "", "", "", "", "") for one in audit["not_checked"]),
    ]
    return Listing(f"体检：{disclosure.title}", made_from([disclosure]), COLUMNS, tuple(rows), dict(audit))


def _found(one: Mapping[str, Any]) -> tuple[str, ...]:
    pages = "、".join(dict.fromkeys(str(e["page"] or e["place"]) for e in one["evidence"]))
    quotes = "；".join(dict.fromkeys(e["quote"] for e in one["evidence"] if e["quote"]))
    return (
        SEVERITIES[one["severity"]], one["rule"], one["message"], one["expected"], one["actual"], one["formula"], one["basis"], pages, quotes,
    )  # fmt: skip
