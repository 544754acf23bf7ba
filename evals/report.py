"""Report: a scored run → a table on the terminal and the JSON of OUT; two runs → what changed between them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from corpus.errors import CaseError
from evals.score import QaScore
from evals.score_text import TextScore
from evals.stats import mcnemar
from evals.summary import Scored, summary

OUTCOMES = {
    "correct": "正确", "wrong_figure": "数字错", "refused": "误拒答", "incorrect": "答非所问", "failed": "出错",
    "false_supported": "误判一致", "missed": "漏判", "wrong_verdict": "判错", "false_alarm": "误报",
    "trap_flagged": "踩中陷阱", "incomplete": "有漏报或误报",
}
FAILURES = {
    "wrong row": "取错行", "wrong year": "取错年度", "wrong unit": "单位或数量级错", "wrong publisher": "取错部门",
    "wrong measure": "取错指标", "wrong sign": "正负相反", "answered what is not disclosed": "未披露却作答",
    "not found": "未找到", "words missing": "缺要点", "refused wrongly": "误拒答", "citation missed": "出处未命中",
    "broke down": "出错",
}
_TYPES = {
    "lookup_text": "正文数字", "lookup_table": "表内数字", "compute": "计算", "compare": "比较", "cross": "跨报告",
    "explain": "原因", "define": "释义", "count": "计数", "refuse": "应拒答", "supported": "一致", "refuted": "不符",
    "unverifiable": "无依据", "none": "无可核查", "article": "文章", "audit": "体检",
}


def as_json(scored: Sequence[Scored]) -> dict[str, Any]:
    """What OUT holds: the summary, and each case's outcome with the object that the system gave."""
    return {"summary": summary(scored), "cases": [_case(one) for one in scored]}


def _case(one: Scored) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": one.case.id, "outcome": one.outcome, "seconds": round(one.seconds, 4)}
    if isinstance(one.score, QaScore):
        entry |= {"failure": str(one.score.failure), "citation": one.score.citation}
    if isinstance(one.score, TextScore):
        entry["numbers"] = [
            {"text": n.number.text, "label": n.number.label, "verdict": n.verdict} for n in one.score.numbers
        ]
        entry["false_alarms"] = list(one.score.false_alarms)
    return {**entry, "result": dict(one.result)}


def show(scored: Sequence[Scored], title: str, console: Console | None = None) -> None:
    """Print the tables."""
    out = console or Console()
    found = summary(scored)
    out.print(_split_table(title, "题型", found["by_type"], found))
    if len(found["by_report"]) > 1:
        out.print(_split_table("按报告", "报告", found["by_report"], None))
    if found.get("failures"):
        out.print(_pairs_table("失误归类", {FAILURES.get(k, k): v for k, v in found["failures"].items()}))
    for line in lines(found):
        out.print(line, highlight=False)


def _split_table(title: str, first: str, groups: Mapping[str, Mapping[str, Any]],
                 total: Mapping[str, Any] | None) -> Table:
    shown = [name for name in OUTCOMES if any(name in group for group in groups.values())]
    table = Table(title=title, title_justify="left")
    table.add_column(first, overflow="fold")
    for heading in ("题数", *(OUTCOMES[name] for name in shown), "正确率", "95% 区间"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, group in groups.items():
        table.add_row(_TYPES.get(name, name), *_cells(group["cases"], group, shown, group["interval"]))
    if total is not None:
        table.add_section()
        table.add_row("合计", *_cells(total["cases"], total["outcomes"], shown, total["correct_interval"]))
    return table


def _cells(cases: int, counts: Mapping[str, Any], shown: Sequence[str], interval: Sequence[float]) -> list[str]:
    share = _percent(counts.get("correct", 0) / cases) if cases else ""
    return [str(cases), *(str(counts.get(name, 0)) for name in shown), share, _range(interval)]


def _pairs_table(title: str, pairs: Mapping[str, int]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False)
    for name, count in pairs.items():
        table.add_row(name, str(count))
    return table


def lines(found: Mapping[str, Any]) -> list[str]:
    """The figures that stand under the table, in words."""
    told = [f"正确 {found['correct']}/{found['cases']}（95% 区间 {_range(found['correct_interval'])}）"]
    if "wrong_figure" in found:
        told.append(f"数字错 {found['wrong_figure']}（95% 区间 {_range(found['wrong_figure_interval'])}）"
                    f"；无出处的数字 {found['untraced_figures']} 个")
        told.append(f"出处页命中 {_of(found['citation'])}；答案中出现标准数字 {_of(found['gold_mentioned'])}")
    if "numbers" in found:
        told.append(f"数字 {found['numbers_right']}/{found['numbers']} 判对，准确率 {_percent(found['accuracy'])}"
                    f"（95% 区间 {_range(found['accuracy_interval'])}），宏平均 F1 {found['macro_f1']:.3f}")
        told.append(f"误判一致 {found['false_supported']}，漏判 {found['missed']}，误报 {found['false_alarms']}")
    if "findings" in found:
        parts = "，".join(f"{name} {n['found']}/{n['of']}" for name, n in found["findings"].items())
        precision = "—" if found["precision"] is None else _percent(found["precision"])
        told.append(f"体检：{parts}；查准率 {precision}；误报 {found['audit_false_alarms']}"
                    f"；踩中陷阱 {found['traps_flagged']}")
    return [*told, f"用时：中位 {found['p50_seconds']:.3f} 秒，p95 {found['p95_seconds']:.3f} 秒"]


def _of(hits: Mapping[str, Any]) -> str:
    return f"{hits['hit']}/{hits['of']}（95% 区间 {_range(hits['interval'])}）" if hits["of"] else "—"


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"


def _range(interval: Sequence[float]) -> str:
    return f"{interval[0] * 100:.1f}–{interval[1] * 100:.1f}%"


def compare(a: Path, b: Path, console: Console | None = None) -> dict[str, Any]:
    """Two OUT files of the same cases: what B mended, what it broke, and whether that may be chance."""
    before, after = _outcomes(a), _outcomes(b)
    shared = [name for name in before if name in after]
    if not shared:
        raise CaseError(f"{a.name} 与 {b.name} 没有相同的题号，无法对比")
    fixed = [n for n in shared if before[n] != "correct" and after[n] == "correct"]
    broken = [n for n in shared if before[n] == "correct" and after[n] != "correct"]
    change = {
        "cases": len(shared), "fixed": fixed, "broken": broken, "unchanged": len(shared) - len(fixed) - len(broken),
        "p": mcnemar(len(fixed), len(broken)),
        "only_in_a": [n for n in before if n not in after], "only_in_b": [n for n in after if n not in before],
        "wrong_figure": [list(before.values()).count("wrong_figure"), list(after.values()).count("wrong_figure")],
    }
    _show_change(change, before, after, console or Console())
    return change


def _outcomes(path: Path) -> dict[str, str]:
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        return {str(case["id"]): str(case["outcome"]) for case in report["cases"]}
    except OSError as error:
        raise CaseError(f"无法读取 {path}：{error.strerror}") from error
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise CaseError(f"{path.name} 不是评测结果（eval --json 写出的文件）") from error


def _show_change(change: Mapping[str, Any], before: Mapping[str, str], after: Mapping[str, str], out: Console) -> None:
    table = Table(title="两次评测对比", title_justify="left")
    for heading in ("题号", "A", "B", ""):
        table.add_column(heading)
    for mark, names in (("修好", change["fixed"]), ("弄坏", change["broken"])):
        for name in names:
            table.add_row(name, *(OUTCOMES.get(run[name], run[name]) for run in (before, after)), mark)
    if table.row_count:
        out.print(table)
    out.print(f"共同 {change['cases']} 题：修好 {len(change['fixed'])}，弄坏 {len(change['broken'])}，"
              f"未变 {change['unchanged']}；McNemar 精确检验 p = {change['p']:.4f}", highlight=False)
    out.print(f"数字错：A {change['wrong_figure'][0]}，B {change['wrong_figure'][1]}", highlight=False)
    for side in ("only_in_a", "only_in_b"):
        if change[side]:
            out.print(f"只在 {side[-1].upper()} 中：{len(change[side])} 题，未计入", highlight=False)
