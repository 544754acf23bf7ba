"""The command line: mingzhang ingest | ask | serve | check | audit | export | eval | list | delete | doctor.

    mingzhang ingest 报告.pdf 文件夹/
    mingzhang ask "万里街道2025年三公经费预算是多少？"
    mingzhang serve --port 7860
"""

import hashlib
import json
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from corpus.collecting import collect_rarely
from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError, ShelfError
from corpus.fact import Severity
from corpus.filename import shown_name
from corpus.settings import Settings, load_settings
from corpus.shelf import Shelf
from corpus.version import PROGRAM

app = typer.Typer(
    name="mingzhang", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="明账：用中文问公开的预算、决算报告，答案带出处；核对文章里的数字；给报告做体检。",
)  # fmt: skip
ShelfFolder = Annotated[Path | None, typer.Option("--shelf", help="报告库所在的文件夹，默认 ~/.mingzhang")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
ModelName = Annotated[str | None, typer.Option("--model", help="语言模型：none、local，或 OpenAI 兼容接口的地址")]


def console() -> Console:
    return Console(stderr=True, highlight=False)


def settings_of(shelf: Path | None = None, model: str | None = None, port: int | None = None) -> Settings:
    """Settings from the environment, with what the command line says before them."""
    chosen: dict[str, Any] = {}
    if shelf is not None:
        chosen["shelf"] = shelf
    if model and model.startswith(("http://", "https://")):
        chosen["model_url"] = model
        chosen["model"] = load_settings().model if load_settings().model not in ("none", "local") else "default"
    elif model:
        chosen["model"] = model
    return load_settings(**chosen)


def opened(shelf: Path | None, model: str | None = None) -> Shelf:
    return Shelf.open(settings_of(shelf, model))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹")], shelf: ShelfFolder = None, as_json: AsJson = False,
    jobs: Annotated[int, typer.Option(help="同时读几个文件；0 为按核心数")] = 0,
) -> None:
    """把报告读进报告库：PDF、DOCX、XLSX、XLS、HTML、DOC、图片。"""
    from corpus.apart import give_way
    from ui.ingesting import ingest_all
    from ui.on_ray import read_on_ray
    from ui.shelve import limits_of

    give_way()
    settings = settings_of(shelf)
    cluster = partial(read_on_ray, settings=settings) if settings.ray_address else None
    good = ingest_all(paths, Shelf.open(settings), jobs, as_json, limits_of(settings), cluster)
    raise typer.Exit(0 if good else 1)


@app.command()
def ask(question: str, shelf: ShelfFolder = None, model: ModelName = None, as_json: AsJson = False) -> None:
    """提一个问题，得到带出处的回答。"""
    from qa.render import as_json as reply_json
    from ui.answering import answerer_of
    from ui.plain import reply_text

    settings = settings_of(shelf, model)
    library = Shelf.open(settings)
    reply = answerer_of(library, settings)(question, ())
    typer.echo(json.dumps(reply_json(reply), ensure_ascii=False, indent=1) if as_json else reply_text(reply))


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="要核查的文件（TXT、DOCX、PDF、HTML），- 为标准输入")], shelf: ShelfFolder = None, as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option(help="把结果写入文件：.docx、.xlsx、.csv、.md 或 .json")] = None,
) -> None:
    """核查一段文字：逐个数字对照报告库里的公开报告。"""
    from ingest.safely import text_apart
    from ingest.text import decoded
    from qa.check import as_json as checked_json
    from qa.check import check as check_text
    from ui.check_view import listing_of
    from ui.plain_check import checked_text, write_listing
    from ui.shelve import limits_of

    library = opened(shelf)
    checked = check_text(decoded(sys.stdin.buffer.read(), "标准输入") if file == "-" else text_apart(Path(file), limits_of(settings_of(shelf))), library)
    if out:
        write_listing(listing_of(checked, library.disclosures()), out)
    typer.echo(json.dumps(checked_json(checked), ensure_ascii=False, indent=1) if as_json else checked_text(checked, library.disclosures()))


@app.command()
def audit(
    report: Annotated[str, typer.Argument(help="报告的编号或文件名；不在报告库里的文件会先读入")], shelf: ShelfFolder = None, as_json: AsJson = False,
    hints: Annotated[bool, typer.Option("--hints", help="也列出四舍五入能解释的差异")] = False,
    out: Annotated[Path | None, typer.Option(help="把结果写入文件：.docx、.xlsx、.csv、.md 或 .json")] = None,
) -> None:
    """给报告做体检：文字与表格、表格与表格、百分比与方向词是否相符。"""
    from qa.audit import as_json as audited_json
    from qa.audit import audit as audit_report
    from ui.audit_view import listing_of
    from ui.plain_check import audited_text, write_listing
    from ui.shelve import limits_of, shelver

    library = opened(shelf)
    if Path(report).is_file():  # by its content: two files may have one name
        id = hashlib.sha256(Path(report).read_bytes()).hexdigest()[:16]
        if library.store.disclosure(id) is None:
            console().print(f"正在读取 {shown_name(Path(report).name)} …", markup=False)
            shelver(library, limits_of(settings_of(shelf)))(Path(report), lambda progress: None)
        report = id
    audited = audit_report(one_of(library, report).id, library)
    if not hints:
        audited = replace(audited, findings=audited.of(Severity.ERROR, Severity.WORDING, Severity.TEMPLATE))
    if out:
        write_listing(listing_of(audited), out)
    typer.echo(json.dumps(audited_json(audited), ensure_ascii=False, indent=1) if as_json else audited_text(audited))


@app.command()
def serve(
    shelf: ShelfFolder = None, model: ModelName = None,
    port: Annotated[int, typer.Option(help="端口；0 为任选一个空闲的")] = 7860, host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    mcp: Annotated[bool, typer.Option("--mcp", help="同时提供 MCP 工具，地址为网站的 /mcp")] = False,
    stdio: Annotated[bool, typer.Option("--stdio", help="和 --mcp 一起用：不开网页，从标准输入输出提供 MCP 工具")] = False,
) -> None:  # fmt: skip
    """打开网页：问答、核查、体检、报告库；也给别的程序用。"""
    from ui.serving import serve_site, serve_streams

    if stdio and not mcp:
        raise typer.BadParameter("--stdio 要和 --mcp 一起用")
    settings = settings_of(shelf, model)
    collect_rarely()
    if stdio:
        serve_streams(settings)
    else:
        serve_site(settings, host, port, mcp, lambda line: console().print(line, markup=False))


@app.command("list")
def list_(shelf: ShelfFolder = None, as_json: AsJson = False) -> None:
    """列出报告库里的报告。"""
    known = sorted(opened(shelf).disclosures(), key=lambda d: (d.publisher, d.year, d.kind))
    if as_json:
        rows = [{"id": d.id, "publisher": d.publisher, "year": d.year, "kind": str(d.kind), "scope": str(d.scope), "file": d.file, "pages": d.pages, "certain": d.certain} for d in known]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for d in known:
        typer.echo(f"{d.id}  {d.title}  {d.pages} 页  《{d.file}》{'（人工更正）' if d.read_as else '' if d.certain else '（名称、年度或文种待确认）'}")
    if not known:
        typer.echo("报告库是空的。用 mingzhang ingest 文件 添加报告。")


@app.command()
def identify(
    report: Annotated[str, typer.Argument(help="报告的编号或文件名")], shelf: ShelfFolder = None,
    publisher: Annotated[str, typer.Option(help="单位的全称")] = "",
    year: Annotated[int | None, typer.Option(help="年度")] = None,
    kind: Annotated[str, typer.Option(help="预算 或 决算")] = "",
    scope: Annotated[str, typer.Option(help="部门、单位 或 政府")] = "",
    as_read: Annotated[bool, typer.Option("--as-read", help="取消更正，恢复程序读出的")] = False,
) -> None:
    """更正一份报告的单位、年度、文种；不写选项则显示现在是什么、依据哪一页。"""
    from ui.identify import correct, said
    from ui.plain import identity_text

    library = opened(shelf)
    found = one_of(library, report)
    if as_read or publisher or year is not None or kind or scope:
        found = correct(library, found.id, None if as_read else said(found, publisher, year, kind, scope))
    typer.echo(identity_text(found))


@app.command()
def delete(report: Annotated[str, typer.Argument(help="报告的编号或文件名")], shelf: ShelfFolder = None) -> None:
    """从报告库删除一份报告。"""
    library = opened(shelf)
    found = one_of(library, report)
    library.delete(found.id)
    typer.echo(f"已删除：{found.title}")


@app.command()
def export(
    report: Annotated[str, typer.Argument(help="报告的编号或文件名")], out: Annotated[Path, typer.Argument(help="输出文件")],
    shelf: ShelfFolder = None, format_: Annotated[str, typer.Option("--format", help="jsonl、csv 或 xlsx")] = "csv",
) -> None:
    """导出一份报告的全部数字：表、行、列、口径、年度、数值、单位、页、位置、来源、是否可靠。"""
    from ui.facts_export import write_facts

    library = opened(shelf)
    found = one_of(library, report)
    rows = write_facts(library.store.facts([found.id]), found, out, format_)
    typer.echo(f"已导出 {rows} 个数字到 {out}")


@app.command("eval", context_settings={"allow_interspersed_args": True})
def evaluate(
    cases: Annotated[list[str], typer.Argument(help="题集 CASES.jsonl；或 compare A.json B.json；或 new")],
    reports: Annotated[Path | None, typer.Option(help="报告所在的文件夹")] = None,
    out: Annotated[Path | None, typer.Option("--json", help="结果写入这个 JSON 文件")] = None,
    html: Annotated[Path | None, typer.Option(help="未答对的题写成网页")] = None,
    model: Annotated[str, typer.Option(help="语言模型：none、local 或接口地址")] = "none",
    system: Annotated[str, typer.Option(help="被测系统：mingzhang 或 baseline")] = "mingzhang",
) -> None:
    """评测：在题集上跑，报出对、错、拒答、引用与用时；或比较两次结果。"""
    from evals.case import template
    from evals.report import compare
    from evals.run import main

    if cases[0] == "new":
        typer.echo(template())
    elif cases[0] == "compare":
        if len(cases) != 3:
            raise typer.BadParameter("用法：mingzhang eval compare A.json B.json")
        compare(Path(cases[1]), Path(cases[2]))
    elif reports is None:
        raise typer.BadParameter("请用 --reports 指明报告所在的文件夹")
    else:
        main(Path(cases[0]), reports, out, html, model, system)


@app.command()
def synth(
    count: Annotated[int, typer.Argument(help="造几份报告", min=1)], out: Annotated[Path, typer.Option(help="写入这个文件夹")],
    seed: Annotated[int, typer.Option(help="随机种子：同一个种子造出同样的文件")] = 1, years: Annotated[int, typer.Option(help="每个部门几年", min=1, max=10)] = 3,
    pictures: Annotated[bool, typer.Option(help="部分表格做成扫描图片")] = True,
) -> None:  # fmt: skip
    """造一批虚构部门的报告和它们的标准答案：供试用、评测和压力测试。"""
    from evals.synthesize import main

    made = main(count, out, seed, years, pictures)
    typer.echo(f"已写入 {out}：{len(made)} 份报告，以及 facts.jsonl、qa.jsonl、claims.jsonl、audit.json")


@app.command()
def bench(
    only: Annotated[str, typer.Option(help="只测这几项，逗号分开：read、embed、ask、people、audit")] = "",
    sizes: Annotated[str, typer.Option(help="报告库里有几份报告，逗号分开，最大 10000")] = "10,100,1000",
    questions: Annotated[int, typer.Option(help="每种大小提几个问题", min=1)] = 60,
    people: Annotated[str, typer.Option(help="几个人同时问，逗号分开")] = "1,10,50",
    file: Annotated[list[Path] | None, typer.Option(help="测读取用的文件，可以多次给出；默认用虚构的报告")] = None,
    out: Annotated[Path | None, typer.Option(help="把结果写成这个 Markdown 文件")] = None,
) -> None:
    """测速：读取、向量、提问、多人同时提问、体检；同一次运行里和对照方比。"""
    from evals.bench import Chosen, main

    chosen = Chosen(tuple(map(int, sizes.split(","))), questions, tuple(map(int, people.split(","))), tuple(file or ()))
    main([part for part in only.split(",") if part], chosen, out)


@app.command()
def feedback(
    out: Annotated[Path, typer.Argument(help="输出的题集 CASES.jsonl；正确答案要人填")], shelf: ShelfFolder = None,
) -> None:  # fmt: skip
    """把读者在网页上的反馈导出为评测题的草稿。"""
    from ui.feedback import cases

    drafts = list(cases(settings_of(shelf).folder))
    out.write_text("".join(json.dumps(draft, ensure_ascii=False) + "\n" for draft in drafts), encoding="utf-8")
    typer.echo(f"已导出 {len(drafts)} 条到 {out}")


@app.command()
def doctor(shelf: ShelfFolder = None, repair: Annotated[bool, typer.Option(help="修复查到的问题")] = False) -> None:
    """检查报告库是否完好：数据库、向量、原文件是否一致。"""
    health = opened(shelf).doctor(repair)
    for problem in health.problems:
        typer.echo(problem)
    lost = "修不了的请从备份恢复，或重新读入原来的文件。" if health.lost else ""
    mended = "已修复。" if health.repaired else "其余已修复。" if repair else "用 mingzhang doctor --repair 修复。"
    typer.echo("报告库完好。" if not health.problems else lost if len(health.lost) == len(health.problems) else f"{mended}{lost}")
    raise typer.Exit(0 if not health.problems or health.repaired else 1)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="备份写入这个文件")], shelf: ShelfFolder = None) -> None:
    """把整个报告库备份到一个文件：数据、原文件、向量。"""
    from corpus.backup import backup as written

    typer.echo(f"已备份 {written(opened(shelf), file)} 份报告到 {file}")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件")], shelf: ShelfFolder = None,
    force: Annotated[bool, typer.Option("--force", help="替换报告库里的全部内容")] = False,
) -> None:  # fmt: skip
    """从备份恢复报告库；库里已有报告时须加 --force。"""
    from corpus.backup import restore as restored

    typer.echo(f"已恢复 {restored(file, opened(shelf), force)} 份报告")


@app.command()
def version() -> None:
    """程序的版本。"""
    typer.echo(PROGRAM)


def one_of(library: Shelf, name: str) -> Disclosure:
    """The disclosure of an id, a file name, a path or a whole title."""
    for disclosure in library.disclosures():
        if name in (disclosure.id, disclosure.file, disclosure.title) or shown_name(Path(name).name) == disclosure.file:
            return disclosure
    raise ShelfError(f"报告库里没有“{name}”。用 mingzhang list 查看有哪些报告")


def main() -> None:
    """Errors that a user can meet are one Chinese line and exit code 1, never a traceback."""
    try:
        app()
    except MingzhangError as error:
        console().print(str(error), style="red", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
