"""A report's identity → the form to correct it, beside the places in the file that say it. Pure; every text is shown as text."""

from corpus.disclosure import Disclosure, Kind, Scope, Source
from qa.reply import Citation
from ui.identify import LONGEST_NAME
from ui.render import cite_data, text, where

SCOPES = {Scope.DEPARTMENT: "部门（含下属各单位）", Scope.AGENCY: "单位（只有它自己）", Scope.GOVERNMENT: "政府（一级财政）"}


def identity_html(disclosure: Disclosure, refused: str = "") -> str:
    """`refused` says why what was filled in cannot be."""
    alert = f'<p class="notice" role="alert">{text(refused)}</p>' if refused else ""
    back = '<button type="button" data-as-read>恢复程序读出的</button>' if disclosure.read_as else ""
    return (
        f'<section class="identity desk" aria-label="更正报告信息"><h2>这是哪一份报告？</h2><p class="file">{text(disclosure.file)}</p>{_read_html(disclosure)}{alert}'
        f'{_evidence_html(disclosure)}<form data-id="{text(disclosure.id)}">'
        f'<label class="wide">单位名称<input name="publisher" required maxlength="{LONGEST_NAME}" value="{text(disclosure.publisher)}"></label>'
        f'<label>年度<input name="year" inputmode="numeric" required pattern="[12][0-9]{{3}}" title="四位数的年份" value="{disclosure.year or ""}"></label>'
        f'{_choice("文种", "kind", {kind: kind.value for kind in Kind}, disclosure.kind)}{_choice("谁的钱", "scope", SCOPES, disclosure.scope)}'
        f'<p class="buttons"><button type="submit" class="save">保存</button>{back}<button type="button" data-leave>取消</button></p></form></section>'
    )


def _read_html(disclosure: Disclosure) -> str:
    if disclosure.read_as:
        return f'<p class="soft">现在是人工更正的；程序读出的是：{text(disclosure.read_as)}</p>'
    return "" if disclosure.certain else '<p class="soft">程序没有把握，请对照原件核对。</p>'


def _choice(name: str, field: str, options: dict[Kind, str] | dict[Scope, str], chosen: str) -> str:
    shown = "".join(f'<option value="{value}"{" selected" if value == chosen else ""}>{text(label)}</option>' for value, label in options.items())
    return f'<label>{name}<select name="{field}">{shown}</select></label>'


def _evidence_html(disclosure: Disclosure) -> str:
    """Where the file says who, when and what; the first page where it says nothing."""
    places = disclosure.evidence or ((Source(disclosure.file, 1),) if disclosure.pages else ())
    cuts = "".join(cut_html(_citation(n, disclosure, place)) for n, place in enumerate(places, 1))
    said = "程序依据的地方，点开看整页：" if disclosure.evidence else "原件里没有读到，依据的是文件名。首页："
    return f'<p class="soft">{said}</p><div class="cuts">{cuts}</div>' if cuts else ""


def _citation(n: int, disclosure: Disclosure, place: Source) -> Citation:
    return Citation(n, disclosure.id, disclosure.file, place.page, place.box, "", True, place.place)


def cut_html(cited: Citation) -> str:
    """A piece of a page around the box, which opens the whole page; only a name where there is no page to draw."""
    name = f'<span class="where">{text(where(cited))}</span>'
    if not cited.page:
        return f'<span class="cut">{name}</span>'
    label = text(f"{cited.file} {where(cited)}，点开看整页")
    picture = f'<span class="window"><img alt="" loading="lazy" src="./picture/{text(cited.disclosure)}/{cited.page}.png"><i hidden></i></span>'
    return f'<button type="button" class="cut" data-cite="{cite_data(cited)}" aria-label="{label}">{picture}{name}</button>'
