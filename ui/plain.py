"""Reply → lines of plain text for the terminal: the answer, its formula, and where each mark [n] stands."""

from corpus.disclosure import Disclosure
from qa.reply import Citation, Reply


def reply_text(reply: Reply) -> str:
    lines = [reply.text]
    if reply.formula:
        lines.append(f"算式：{reply.formula}")
    lines.extend(f"注意：{notice}" for notice in reply.notices)
    lines.extend(f"· {choice}" for choice in reply.choices)
    if reply.citations:
        lines.append("出处：")
        lines.extend(f"  [{citation.n}] {_place(citation)}：{citation.quote}" for citation in reply.citations)
    return "\n".join(lines)


def _place(citation: Citation) -> str:
    where = f"第{citation.page}页" if citation.page else citation.place
    return f"《{citation.file}》{where}{'' if citation.reliable else '（图片识别，未经印证）'}"


def identity_text(d: Disclosure) -> str:
    """Which report it is, who says so, and the places in the file that say it."""
    pages = [f"第{one.page}页" if one.page else one.place for one in d.evidence]
    sure = f"（人工更正；程序读出的是：{d.read_as}）" if d.read_as else "" if d.certain else "（名称、年度或文种待确认）"
    return f"{d.title}{sure}\n文件：《{d.file}》\n依据：{'、'.join(dict.fromkeys(pages)) or '文件名'}"
