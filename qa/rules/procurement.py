"""政府采购: what is reserved for and won by small firms against what was bought at all."""

import re
from collections.abc import Iterator, Sequence

from corpus.amount import UnitKind, exactly
from corpus.fact import Measure
from qa.document import BUDGETS, Document, Said
from qa.rules.rule import HELD, NotChecked, Outcome, Rule, error, said_at

_TOTAL = re.compile(r"政府采购(?:支出|金额|预算|合同)*(?:总额|金额|总金额)?(?:[（(][^）)]*[)）])?(?:为|共计)?$")
_SMALL = r"中小企业"
_TINY = r"小微企业|小型(?:和|及|、)?微型"


def _money(document: Document) -> list[Said]:
    """Amounts of the paragraphs on 政府采购."""
    about = {p.number for p in document.paragraphs if "采购" in p.text and any("采购" in text for text in (*p.headings[-1:], p.text[:80]))}
    return [
        said for said in document.said
        if said.paragraph in about and said.is_amount and said.exact and said.statement.amount.unit.kind is UnitKind.MONEY
    ]  # fmt: skip


def _words(document: Document, said: Said) -> str:
    """The words of a figure from the last ；。 or figure before it on."""
    text = document.paragraphs[said.paragraph].text[: said.statement.start]
    before = [one.statement.end for one in document.paragraphs[said.paragraph].said if one.statement.end <= said.statement.start]
    return re.split(r"[。；]", text[max(before, default=0) :])[-1]


def _stage(said: Said) -> str:
    return "预算" if said.statement.basis in BUDGETS else "执行"


def won_within_bought(document: Document) -> Iterator[Outcome]:
    """What small firms won of reserved and of other projects is no more than all that was bought."""
    money = _money(document)
    total = next((one for one in money if _stage(one) == "执行" and _TOTAL.search(_words(document, one))), None)
    reserved = next((one for one in money if _won(document, one) and re.search(rf"面向(?:{_SMALL})[^，]*预留", _words(document, one))), None)
    others = next((one for one in money if _won(document, one) and re.search(r"在其他[^，]*采购项目", _words(document, one))), None)
    if total is None or reserved is None or others is None:
        yield NotChecked("没有写全政府采购总额、预留项目和其他项目中中小企业的成交额")
        return
    made = reserved.statement.amount.interval + others.statement.amount.interval
    if made.low <= total.statement.amount.interval.high:
        yield HELD
        return
    a, b, t = reserved.statement.amount, others.statement.amount, total.statement.amount
    sum_ = f"{a.number + b.number}{a.unit}" if a.unit == b.unit else ""
    yield error(
        f"中小企业在预留项目中成交{a}，在其他政府采购项目中成交{b}，合计{sum_}，超过政府采购总额{t}", (said_at(others), said_at(reserved), said_at(total)),
        f"两项之和不超过{t}", f"{sum_}", f"{a} + {b} = {sum_} > {t}",
    )  # fmt: skip


def _won(document: Document, said: Said) -> bool:
    return bool(re.search(r"中标|成交", _words(document, said)))


def small_within_whole(document: Document) -> Iterator[Outcome]:
    """小微企业 are among 中小企业, and 中小企业 among all: reserved or won amounts in this order never grow."""
    money = _money(document)
    for stage in ("预算", "执行"):
        of_stage = [one for one in money if _stage(one) == stage]
        total = next((one for one in of_stage if _TOTAL.search(_words(document, one))), None)
        for words in (r"预留", r"授予", r"中标|成交"):
            small = _first(document, of_stage, words, _SMALL, but=_TINY)
            tiny = _first(document, of_stage, words, _TINY)
            yield from _not_more(tiny, small, "小微企业", "中小企业")
            yield from _not_more(small, total, "中小企业", "政府采购总额")


def _first(document: Document, money: Sequence[Said], *words: str, but: str = r"$^") -> Said | None:
    for one in money:
        text = _words(document, one)
        if all(re.search(word, text) for word in words) and not re.search(rf"{but}|其他政府采购|货物采购|服务采购|工程采购", text):
            return one
    return None


def _not_more(part: Said | None, whole: Said | None, of: str, name: str) -> Iterator[Outcome]:
    if part is None or whole is None:
        return
    one, other = part.statement.amount, whole.statement.amount
    if one.interval.low <= other.interval.high:
        yield HELD
    else:
        yield error(f"面向{of}的{one}超过{name}的{other}", (said_at(part), said_at(whole)), f"不超过{other}", str(one), f"{one} > {other}")


def shares_make_award(document: Document) -> Iterator[Outcome]:
    """授予中小企业 = goods × their share + works × theirs + services × theirs, where all are printed."""
    for paragraph in document.paragraphs:
        award = next((one for one in paragraph.said if one.is_amount and re.search(r"授予中小企业合同金额", one.name + one.lead)), None)
        kinds = [(_kind(paragraph.said, word, Measure.AMOUNT), _kind(paragraph.said, word, Measure.SHARE)) for word in ("货物", "工程", "服务")]
        bought = [(amount, share) for amount, share in kinds if amount is not None and amount.statement.amount.number]
        if award is None or not bought or any(share is None for _, share in bought):
            continue
        parts = [a.statement.amount.interval * s.statement.amount.interval for a, s in bought if s is not None]
        made = sum(parts[1:], start=parts[0]) / exactly(type(award.statement.amount.number)(100))
        if made.meets(award.statement.amount.interval):
            yield HELD
        else:
            unit = award.statement.amount.unit
            right = f"{(made.low + made.high) / 2 / unit.factor:.2f}{unit}"
            yield error(
                f"按货物、工程、服务中授予中小企业的比例计算，授予中小企业合同金额应为{right}，却写为{award.statement.amount}",
                (said_at(award), *(said_at(s) for _, s in bought if s is not None)), right, str(award.statement.amount),
            )  # fmt: skip


def _kind(said: Sequence[Said], word: str, measure: Measure) -> Said | None:
    return next((one for one in said if one.statement.measure is measure and word in one.name + one.lead and one.exact), None)


RULES: Sequence[Rule] = (
    Rule(
        "procurement_won_within_total", "中小企业成交额不超过采购总额",
        "预留项目与其他项目中由中小企业成交的金额都是政府采购总额的一部分",
        won_within_bought,
    ),
    Rule(
        "procurement_small_within_whole", "小微不超过中小、中小不超过总额",
        "小微企业属于中小企业；面向中小企业的采购是政府采购的一部分",
        small_within_whole,
    ),
    Rule(
        "procurement_shares_make_award", "分类比例与授予金额一致",
        "授予中小企业金额＝货物、工程、服务各自金额×各自授予比例之和",
        shares_make_award,
    ),
)  # fmt: skip
