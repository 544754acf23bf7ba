"""Bench: both sides of each comparison in one run, ratios first, with the machine and its load beside them.

    mingzhang bench --only ask,people --sizes 10,100,1000 --out docs/bench.md
"""

import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from corpus.errors import SettingError
from corpus.settings import load_settings
from corpus.shelf import Shelf
from evals.bench_ask import AskedAt, ask_at
from evals.bench_fill import shelf_folder
from evals.bench_people import MANY, served
from evals.bench_read import embedding, lanes, reading
from evals.reading_speed import Speed
from evals.stats import percentile
from evals.systems import cache

SIZES = (10, 100, 1000)
PEOPLE = (1, 10, 50)
AUDITED = 6


@dataclass(frozen=True)
class Row:
    """One comparison."""

    part: str
    ratio: str
    target: str
    detail: str


@dataclass(frozen=True)
class Chosen:
    """What a run is of."""

    sizes: tuple[int, ...] = SIZES
    questions: int = 60
    people: tuple[int, ...] = PEOPLE
    files: tuple[Path, ...] = ()


def main(parts: Iterable[str], chosen: Chosen, out: Path | None = None) -> tuple[Row, ...]:
    """The parts asked for, or all; each row is shown as soon as it is known."""
    wanted = tuple(parts) or tuple(PARTS)
    if unknown := [part for part in wanted if part not in PARTS]:
        raise SettingError(f"没有“{unknown[0]}”这一项，可选：{'、'.join(PARTS)}")
    screen = Console(highlight=False, soft_wrap=True)
    rows: list[Row] = []
    for part in wanted:
        for row in PARTS[part](chosen):
            rows.append(row)
            screen.print(f"{row.part}：{row.ratio}（目标 {row.target}）　{row.detail}")
    if out is not None:
        out.write_text(as_markdown(rows, wanted, chosen), encoding="utf-8")
    return tuple(rows)


def _read(chosen: Chosen) -> Iterator[Row]:
    files = chosen.files or _sample()
    for name, speed in reading(files).items():
        yield Row(f"读《{name}》", f"{speed.ratio:.2f} 倍", "≤ 1.5 倍（没有图片的文件）", _read_detail(speed))
    both = lanes(files)
    yield Row("两个进程一起读", f"快 {both.one / both.two:.2f} 倍", "≥ 1.7 倍", f"{len(files)} 份：一个进程 {both.one:.1f} 秒，两个 {both.two:.1f} 秒（墙上时间，两轮里快的）")


def _read_detail(speed: Speed) -> str:
    ours, plain = speed.ours, speed.plain
    return (
        f"本程序 {ours.reading:.2f} 秒，pdfplumber {plain.reading:.2f} 秒（新进程读整份文件，处理器时间，几轮里最少的），{speed.pages} 页，"
        f"其中图片 {speed.scanned} 页，峰值 {ours.peak} MB；读之前启动和装入模块 {ours.imports:.2f} 秒，pdfplumber {plain.imports:.2f} 秒"
    )


def _sample() -> tuple[Path, ...]:
    """Synthetic reports, one of each style, and the folder that they are drawn into."""
    from evals.synthesize import main as synthesize

    folder = cache() / "bench-files-1"
    if not (folder / "audit.json").exists():
        synthesize(6, folder, years=2, pictures=False)
    return tuple(sorted(folder.glob("*.pdf")))


def _embed(chosen: Chosen) -> Iterator[Row]:
    made = embedding()
    detail = f"本程序每秒 {made.ours:.1f} 段，向量包自己的批量调用每秒 {made.package:.1f} 段（处理器时间），{made.texts} 段，向量余弦最小 {made.cosine:.5f}"
    yield Row("算向量", f"{made.ours / made.package:.2f} 倍", "≥ 3 倍，余弦 ≥ 0.999", detail)


def _ask(chosen: Chosen) -> Iterator[Row]:
    asked = ask_at(chosen.sizes, chosen.questions)
    base = asked[0]
    for one in asked:
        target = "≤ 2 倍" if base.size < one.size <= 1000 else "≤ 4 倍" if one.size > 1000 else "基准"
        yield Row(f"{one.size} 份报告，提问 p95", f"{one.at(0.95) / base.at(0.95):.2f} 倍", target, _asked(one))
    for one in asked:
        p50, p95 = percentile(one.searches, 0.5), percentile(one.searches, 0.95)
        detail = f"处理器时间 p50 / p95 {p50:.3f} / {p95:.3f} 秒（字词和向量）"
        yield Row(f"{one.size} 份报告，在全库里检索 p95", f"{p95 / percentile(base.searches, 0.95):.2f} 倍", "—", detail)


def _asked(one: AskedAt) -> str:
    times = "，".join(f"{name} {one.at(0.5, kind):.3f} / {one.at(0.95, kind):.3f} 秒" for name, kind in (("处理器时间 p50 / p95", "processor"), ("墙上", "wall")))
    return f"{times}；答对 {one.right}/{len(one.answers)}，数字错 {len(one.wrong)}；打开并答第一题 {one.opened:.1f} 秒；内存 {one.memory} MB"


def _people(chosen: Chosen) -> Iterator[Row]:
    for size in (size for size in chosen.sizes if size <= 1000):
        for processes in (0, os.cpu_count() or 1):
            yield from _served(size, processes, chosen)


def _served(size: int, processes: int, chosen: Chosen) -> Iterator[Row]:
    run = served(size, chosen.people, chosen.files or _sample(), processes)
    as_is = "（不设时）" if processes == load_settings().decided(size, os.cpu_count() or 1).processes else ""
    where = f"{size} 份报告，{f'另用 {processes} 个进程' if processes else '服务进程自己'}回答{as_is}"
    yield Row(f"{where}，从启动到第一个回答", f"{run.first:.1f} 秒", "—", f"服务器和它的进程共用内存 {run.memory} MB（目标 ≤ 1500 MB）")
    for crowds, when, target in ((run.crowds, "刚启动", "≤ 10 倍，不出错"), (run.later, f"已答 {MANY} 多题", "—")):
        for crowd in crowds:
            detail = f"p50 {crowd.at(0.5):.3f} 秒，p95 {crowd.at(0.95):.3f} 秒，{len(crowd.seconds)} 次提问，出错 {len(crowd.errors)} 次；同时在读报告"
            yield Row(f"{where}，{when}，{crowd.people} 人同时问", f"p95 {crowd.at(0.95) / crowds[0].at(0.95):.2f} 倍", target, detail)


def _audit(chosen: Chosen) -> Iterator[Row]:
    from qa.audit import audit
    from qa.check import check

    shelf = Shelf.open(load_settings(shelf=shelf_folder(10)))
    own = shelf.disclosures()[:AUDITED]
    started = time.process_time()
    for disclosure in own:
        audit(disclosure.id, shelf)
    pages = sum(disclosure.pages for disclosure in own)
    yield Row("体检", f"每页 {(time.process_time() - started) / pages:.3f} 秒", "—", f"{len(own)} 份，{pages} 页（处理器时间）")
    text = "\n".join(f"{d.publisher}{d.year}年机关运行经费12.34万元，政府采购货物56.78万元，公务接待费0.91万元。" for d in own)
    started = time.process_time()
    made = check(text, shelf)
    spent = time.process_time() - started
    yield Row("核查", f"每处 {spent / max(len(made.verdicts), 1):.3f} 秒", "—", f"{len(made.verdicts)} 处数字，{len(text)} 字（处理器时间）")
    shelf.close()


PARTS: dict[str, Callable[[Chosen], Iterator[Row]]] = {"read": _read, "embed": _embed, "ask": _ask, "people": _people, "audit": _audit}


def as_markdown(rows: Iterable[Row], parts: tuple[str, ...], chosen: Chosen) -> str:
    """The table of a run, with what it ran on and the command."""
    load = "、".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "不明"
    sizes = ",".join(map(str, chosen.sizes))
    head = (
        "# 一次测速\n\n"
        f"命令：`mingzhang bench --only {','.join(parts)} --sizes {sizes}`；{time.strftime('%Y-%m-%d')}；{processor()}，{os.cpu_count()} 核；结束时系统负载 {load}。\n\n"
        "同一行的两边在同一次运行里交替测得。机器上有别的程序时，墙上时间不可比，比值和处理器时间仍可看。\n\n"
        "| 项目 | 结果 | 目标 | 明细 |\n|---|---|---|---|\n"
    )
    return head + "".join(f"| {row.part} | {row.ratio} | {row.target} | {row.detail} |\n" for row in rows)


def processor() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0] if names else platform.processor() or platform.machine()
