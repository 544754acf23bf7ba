"""Words of direction (大于, 小于, 持平, 增加, 减少) against the figures, and against the reasons given for them."""

import re
from collections.abc import Iterator, Sequence

from corpus.amount import Amount, UnitKind
from corpus.fact import Basis, Measure
from qa.document import BUDGETS, OUTTURNS, Document, Paragraph, Said
from qa.rules.rule import HELD, NotChecked, Outcome, Rule, error, said_at, wording, written_at

_AGAINST = re.compile(
    r"(?:支出)?(?:决算|执行)数?(?P<word>大于|高于|超过|多于|小于|低于|少于|等于)(?P<of>年初|全年|调整后?)?预算"
    r"|(?:决算|执行)数?与(?P<flat>年初|全年|调整后?)?预算数?(?:基本)?(?P<level>持平|一致|相同)"
)
_MORE, _LESS = "大于高于超过多于", "小于低于少于"
_STAGES = {"年初": Basis.OPENING, "全年": Basis.ADJUSTED, "调整": Basis.ADJUSTED, "调整后": Basis.ADJUSTED}


def outturn_and_budget(document: Document) -> Iterator[Outcome]:
    """决算数大于（小于、持平）预算数 says what the two figures before it say."""
    for paragraph in document.paragraphs:
        for match in _AGAINST.finditer(paragraph.text):
            done, budgets = _before(paragraph, match.start())
            stage = _STAGES.get(match["of"] or match["flat"] or "")
            budgets = [one for one in budgets if stage is None or one.statement.basis in (stage, Basis.BUDGET)]
            if done is None or not budgets:
                yield NotChecked("“决算数大于（小于、持平）预算数”前没有写出两个数")
            elif any(_true(match, done.statement.amount, one.statement.amount) for one in budgets):
                yield HELD
            else:
                yield _contradicted(paragraph, match, done, budgets[0])


def _before(paragraph: Paragraph, place: int) -> tuple[Said | None, list[Said]]:
    """The nearest outturn before a place, and the budgets of the same item in its sentences."""
    said = [one for one in paragraph.said if one.statement.start < place and one.is_amount and one.exact]
    money = [one for one in said if one.statement.amount.unit.kind is UnitKind.MONEY]
    done = next((one for one in reversed(money) if one.statement.basis in OUTTURNS), None)
    if done is None:
        return None, []
    same = [one for one in money if one.statement.basis in BUDGETS and one.statement.subject == done.statement.subject]
    return done, same[::-1]


def _true(match: re.Match[str], done: Amount, budget: Amount) -> bool:
    """Whether the words can be true of the two figures as printed."""
    one, other = done.interval, budget.interval
    if match["level"] or match["word"] == "等于":
        return one.meets(other) or (match[0].count("基本") > 0 and abs(done.value - budget.value) * 20 <= abs(budget.value))
    return done.value > budget.value if match["word"] in _MORE else done.value < budget.value


def _contradicted(paragraph: Paragraph, match: re.Match[str], done: Said, budget: Said) -> Outcome:
    one, other = done.statement.amount, budget.statement.amount
    right = "大于" if one.value > other.value else "小于" if one.value < other.value else "等于"
    word = match["word"] or match["level"]
    message = f"{done.name}决算数{one}{right}预算数{other}，却写“{match[0]}”"
    at = written_at(paragraph, match.start(), match.end())
    return error(message, (at, said_at(done)), right, word, f"{one} {'>' if right == '大于' else '<' if right == '小于' else '='} {other}")


_LEVEL = re.compile(r"[比与较](?:(?:20\d\d)年|上年|去年)[^，。；]{0,12}?(?:基本)?持平")


def level_with_last_year(document: Document) -> Iterator[Outcome]:
    """比上年持平 holds of the two figures that the sentence prints, and no rate or change other than 0 follows."""
    for paragraph in document.paragraphs:
        for match in _LEVEL.finditer(paragraph.text):
            if "基本" in match[0]:
                continue
            pair = _two_years(paragraph, match)
            if pair is None:
                yield NotChecked("“持平”的句子没有写出上年数")
            elif pair[0].statement.amount.interval.meets(pair[1].statement.amount.interval):
                yield HELD
            else:
                now, last = pair[0].statement.amount, pair[1].statement.amount
                yield error(
                    f"{pair[0].name}本年{now}、上年{last}，相差{abs(now.number - last.number) if now.unit == last.unit else ''}，却写“持平”",
                    (written_at(paragraph, match.start(), match.end()),), "增加" if now.value > last.value else "减少", "持平", f"{now} ≠ {last}",
                )  # fmt: skip


def _two_years(paragraph: Paragraph, match: re.Match[str]) -> tuple[Said, Said] | None:
    """This year's and last year's amounts of one item, right before the words."""
    said = [one for one in paragraph.said if one.statement.start < match.start() and one.is_amount and one.exact]
    now = next(reversed(said), None)
    if now is None:
        return None
    last = next(
        (one for one in reversed(said) if one.statement.subject == now.statement.subject and one.statement.year == now.statement.year - 1), None
    )
    return (now, last) if last else None


def change_has_its_sign(document: Document) -> Iterator[Outcome]:
    """增加 n and 下降 x% of one item against one year cannot both hold; nor 减少 n where this year is above last year."""
    for paragraph in document.paragraphs:
        for said in paragraph.said:
            if said.statement.measure is not Measure.CHANGE or not said.exact or said.statement.amount.unit.kind is not UnitKind.MONEY:
                continue
            outcome = _signed(paragraph, said)
            if outcome:
                yield outcome


def _signed(paragraph: Paragraph, change: Said) -> Outcome | None:
    same = [one for one in paragraph.said if one.statement.subject == change.statement.subject and one.exact]
    now = next((one for one in same if one.is_amount and one.statement.year == change.statement.year), None)
    last = next((one for one in same if one.is_amount and one.statement.year == change.statement.year - 1), None)
    if now is None or last is None or "上年" not in change.statement.versus:
        return None
    c, n, b = change.statement.amount, now.statement.amount, last.statement.amount
    if (n.interval - b.interval).meets(c.interval):
        return HELD
    return error(
        f"{change.name}本年{n}、上年{b}，增减额应为{n.number - b.number if n.unit == b.unit else ''}，却写为{c}", (said_at(change),),
        f"{n} − {b}", str(c), f"{n} − {b} ≠ {c}",
    )  # fmt: skip


_REASON = re.compile(r"(?P<what>[^，。；：:\n]*?)(?:的)?(?:主要)?原因(?:主要)?(?:是|为|系|在于|：|:)+(?P<why>[^。\n]*)")
_UP_WORDS = re.compile(r"大于|高于|超过|多于|增加|增长|上升|提高")
_DOWN_WORDS = re.compile(r"小于|低于|少于|减少|下降|降低")
_RISE = re.compile(r"(?:经费|支出|费用?|事务|服务|预算)[^，。；、（）]{0,3}?(?:政策性)?(?:增加|增长|上涨)(?=$|[，；、])")
_FALL = re.compile(r"压减|压缩|缩减|(?:经费|支出|费用?|事务|服务|预算)[^，。；、（）]{0,3}?(?:政策性)?(?:减少|下降|降低)(?=$|[，；、])")
_THRIFT = re.compile(r"厉行节约")
"""It explains a fall and a figure that was kept where it was, never a rise."""
_SAME = re.compile(r"(?:保持不变|无变化|没有变化|与上年持平)(?=$|[，；、])")
_OTHER_TIMES = re.compile(r"上年|去年|上一年|以前年度|同期|基数|\d{4}年|结转|其他渠道|自筹|非财政|收入")


def reason_fits_direction(document: Document) -> Iterator[Outcome]:
    """A rise is not explained by 经费减少 or 压减, a fall not by 经费增加. Reasons that speak of other years are left alone."""
    for paragraph in document.paragraphs:
        for match in _REASON.finditer(paragraph.text):
            direction = _direction(paragraph, match)
            why = match["why"].split("；")[0]
            if direction is None or _OTHER_TIMES.search(why):
                continue
            rise, fall, same, thrift = _RISE.search(why), _FALL.search(why), _SAME.search(why), _THRIFT.search(why)
            wrong = {1: (fall or same or thrift) and not rise, -1: (rise or same) and not (fall or thrift), 0: rise or fall}[direction]
            if not wrong:
                yield HELD
                continue
            said = {1: "增加（或大于预算）", -1: "减少（或小于预算）", 0: "持平"}[direction]
            yield wording(
                f"数字{said}，原因却写“{why.strip()}”，方向相反", (written_at(paragraph, match.start("why"), match.end("why")),),
                f"与{said}相应的原因", why.strip(),
            )  # fmt: skip


def _direction(paragraph: Paragraph, match: re.Match[str]) -> int | None:
    """What is to be explained: by the figures where they say it, else by the words before 原因, else by the change before."""
    against = re.search(r"(?:决算|执行)数?(?:大于|高于|超过|多于|小于|低于|少于)(?:年初|全年|调整后?)?预算", match["what"])
    if against:
        done, budgets = _before(paragraph, match.start())
        if done and budgets:
            return _sign(done.statement.amount, budgets[0].statement.amount)
    up, down = _UP_WORDS.search(match["what"]), _DOWN_WORDS.search(match["what"])
    if up or down:
        return 1 if up and not down else -1 if down and not up else None
    return None if _bare_words(match["what"]) else _last_change(paragraph, match.start())


def _bare_words(what: str) -> str:
    return re.sub(r"\s|主要|其", "", what)


def _sign(one: Amount, other: Amount) -> int:
    return (one.value > other.value) - (one.value < other.value)


def _last_change(paragraph: Paragraph, place: int) -> int | None:
    """The direction stated right before: in the same sentence, or in the one before 主要原因."""
    before = paragraph.text[:place].rstrip("。，；, \n")
    start = max(before.rfind("。"), before.rfind("；")) + 1
    if re.search(r"持平$|保持不变$", before):
        return 0
    changes = [
        one for one in paragraph.said
        if start <= one.statement.start < place and one.statement.measure in (Measure.CHANGE, Measure.GROWTH) and one.statement.amount.number
    ]  # fmt: skip
    return (1 if changes[-1].statement.amount.number > 0 else -1) if changes else None


RULES: Sequence[Rule] = (
    Rule(
        "outturn_against_budget", "决算数与预算数的大小",
        "决算数大于、小于或等于预算数的表述应与所列两数相符",
        outturn_and_budget, departments=True,
    ),
    Rule(
        "level_with_last_year", "“持平”与数字相符",
        "写“持平”的，本年数与上年数应在四舍五入范围内相等",
        level_with_last_year,
    ),
    Rule(
        "change_is_difference", "增减额等于两年之差",
        "增减额＝本年数－上年数，增加、减少的方向与数字一致",
        change_has_its_sign, departments=True,
    ),
    Rule(
        "reason_fits_direction", "变动原因与变动方向一致",
        "部门预决算公开格式要求说明增减变动原因，原因应能解释该变动",
        reason_fits_direction,
    ),
)  # fmt: skip
