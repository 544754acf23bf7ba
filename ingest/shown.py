"""The text that a spreadsheet shows for a value under its number format: what is displayed counts as printed."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

Value = str | bool | int | float | Decimal | date | datetime | time | timedelta | None

GENERAL_WIDTH = 11
"""Characters that a General cell shows of a number at most, its point included."""
SIGNIFICANT = 15
"""Digits that a spreadsheet keeps of a number; the binary tail behind them was never entered."""

TOKEN = re.compile(
    r"""\[(?P<bracket>[^\]]*)\]|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|!(?P<banged>.)|_(?P<padded>.)|\*(?P<filled>.)
    |(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?(?:[eE][+-]0+)?,*|\.[0#?]+)|(?P<general>[Gg][Ee][Nn][Ee][Rr][Aa][Ll])
    |(?P<noon>AM/PM|上午/下午)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4}(?![a-z]))|(?P<percent>%)|(?P<text>@)|(?P<plain>.)""",
    re.VERBOSE | re.DOTALL,
)
CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$")
WEEKDAYS = "一二三四五六日"


def shown(value: Value, code: str) -> str:
    """The displayed text; '' for an empty cell and for what the format hides."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return _text(value, _sections(code))
        case datetime() | date() | time() | timedelta():
            return _moment(value, _sections(code)[0])
    return _number(_exact(value), _sections(code))


def _exact(value: int | float | Decimal) -> Decimal:
    """The number as the file's author entered it: 0.1 + 0.2 is 0.3 again."""
    return Decimal(f"{value:.{SIGNIFICANT}g}") if isinstance(value, float) else Decimal(value)


def _sections(code: str) -> list[str]:
    """The parts of a format code between its unquoted semicolons: positive; negative; zero; text."""
    parts, quoted, start, skip = [], False, 0, False
    for at, char in enumerate(code):
        if skip:
            skip = False
        elif char == '"':
            quoted = not quoted
        elif not quoted and char in "\\!_*":
            skip = True
        elif not quoted and char == ";":
            parts.append(code[start:at])
            start = at + 1
    return [*parts, code[start:]]


def _text(value: str, sections: list[str]) -> str:
    """A string goes through the fourth section, or a section of its own with an @."""
    section = sections[3] if len(sections) > 3 else next((part for part in sections if "@" in part), "@")
    return "".join(_literal(match) or (value if match["text"] else "") for match in TOKEN.finditer(section))


def _literal(match: re.Match[str]) -> str:
    """The characters that a token prints whatever the value is."""
    if match["padded"] is not None:
        return " "
    if match["bracket"] is not None:
        return match["bracket"][1:].split("-")[0] if match["bracket"].startswith("$") else ""
    return match["quoted"] or match["escaped"] or match["banged"] or match["plain"] or ""


def _number(number: Decimal, sections: list[str]) -> str:
    """Choose the section by sign or condition, then print the number through it."""
    section, bare = _chosen(number, sections[:3])
    tokens = list(TOKEN.finditer(section))
    if not section:
        return ""
    if any(token["date"] for token in tokens) and not any(token["digits"] for token in tokens):
        return _moment(_since_1900(number), section)
    if any(token["plain"] == "/" for token in tokens):
        return _general(number)
    if not any(token["digits"] or token["general"] or token["text"] for token in tokens):
        return "".join(_literal(token) or (token["percent"] or "") for token in tokens).strip()
    return _through(abs(number) if bare else number, tokens)


def _chosen(number: Decimal, sections: list[str]) -> tuple[str, bool]:
    """The section for a number, and whether that section prints the sign itself."""
    for section in sections:
        for bracket in re.findall(r"\[([^\]]*)\]", section):
            condition = CONDITION.match(bracket)
            if condition and _holds(number, condition[1], Decimal(condition[2])):
                return section, False
    if any(CONDITION.match(bracket) for bracket in re.findall(r"\[([^\]]*)\]", sections[0])):
        return sections[-1], False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    """Whether the number meets a condition such as [>=10000]."""
    return {
        "<": number < bound, ">": number > bound, "=": number == bound,
        "<=": number <= bound, ">=": number >= bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _through(number: Decimal, tokens: list[re.Match[str]]) -> str:
    """Print a number through the tokens of its section."""
    number = number.scaleb(2 * sum(1 for token in tokens if token["percent"]))
    digits = [token["digits"] for token in tokens if token["digits"]]
    bang = next((at for at, token in enumerate(tokens) if token["banged"] == "."), None)
    if bang is not None and len(digits) == 2:
        return _shifted(number, tokens)
    mask = "".join(digits)
    body, printed = _masked(number, mask) if mask else _general(number), False
    out = ""
    for token in tokens:
        if token["digits"] or token["general"] or token["text"]:
            out += "" if printed else body.lstrip("-")
            printed = True
        else:
            out += token["percent"] or _literal(token)
    return ("-" if body.startswith("-") else "") + out.strip()


def _shifted(number: Decimal, tokens: list[re.Match[str]]) -> str:
    """`0!.0,` or `0!.0000`: Chinese workbooks show 元 as 万元 by drawing a point into the digits of an integer."""
    behind = [token["digits"] for token in tokens if token["digits"]][1]
    places = sum(char in "0#?" for char in behind)
    whole = _rounded(number.scaleb(-3 * behind.count(",")), 0)
    tail = "".join(token["percent"] or _literal(token) for token in tokens[_last_digits(tokens) + 1 :])
    head = "".join(_literal(token) for token in tokens[: _first_digits(tokens)])
    return (head + f"{whole.scaleb(-places):f}" + tail).strip()


def _first_digits(tokens: list[re.Match[str]]) -> int:
    """Where the digits begin."""
    return next(at for at, token in enumerate(tokens) if token["digits"])


def _last_digits(tokens: list[re.Match[str]]) -> int:
    """Where the digits end."""
    return max(at for at, token in enumerate(tokens) if token["digits"])


def _rounded(number: Decimal, places: int) -> Decimal:
    """Rounded half away from zero, as spreadsheets do."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _masked(number: Decimal, mask: str) -> str:
    """Print through digit placeholders: 0 always, # where needed, ? as a blank; commas group or scale."""
    core = mask.rstrip(",")
    number = number.scaleb(-3 * (len(mask) - len(core)))
    if "e" in core.lower():
        return f"{number:.{core.lower().split('e')[0].count('0') - 1}e}".upper()
    head, _, tail = core.partition(".")
    value = _rounded(number, len(tail))
    whole, _, part = f"{abs(value):{',' if ',' in head else ''}f}".partition(".")
    while part and tail[len(part) - 1] in "#?" and part.endswith("0"):
        part = part[:-1]
    whole = _at_least(whole, head)
    return ("-" if value < 0 else "") + whole + ("." + part if part or tail.startswith("0") else "")


def _at_least(whole: str, head: str) -> str:
    """Leading zeros that the mask asks for; a lone zero that it does not ask for is not shown."""
    least = head.replace(",", "").count("0")
    if whole == "0" and least == 0:
        return ""
    return whole if "," in whole else whole.zfill(least)


def _general(number: Decimal) -> str:
    """A General cell: as many decimals as fit; an integer is never cut."""
    whole = len(str(abs(int(number))))
    places = max(0, min(GENERAL_WIDTH - 1 - whole, -int(number.as_tuple().exponent)))
    text = f"{_rounded(number, places):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _since_1900(number: Decimal) -> datetime:
    """The moment of a serial number; day 60 never was, so the count starts on 1899-12-30."""
    return datetime(1899, 12, 30) + timedelta(days=float(min(max(number, Decimal(0)), Decimal(2_900_000))))


def _moment(value: date | datetime | time | timedelta, section: str) -> str:
    """A date or time through its section; under General as an ISO date."""
    if isinstance(value, timedelta):
        return str(value)
    moment = datetime.combine(date(1899, 12, 30), value) if isinstance(value, time) else value
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    tokens = list(TOKEN.finditer(section))
    if not any(token["date"] for token in tokens):
        return moment.strftime("%Y-%m-%d")
    noon = any(token["noon"] for token in tokens)
    return "".join(
        _part(moment, tokens, at, noon) if token["date"] else _fixed(moment, token) for at, token in enumerate(tokens)
    ).strip()


def _fixed(moment: datetime, token: re.Match[str]) -> str:
    """A token of a date format that is no date part."""
    if token["noon"]:
        return ("上午" if moment.hour < 12 else "下午") if "上" in token["noon"] else moment.strftime("%p")
    return "" if token["text"] else _literal(token)


def _part(moment: datetime, tokens: list[re.Match[str]], at: int, noon: bool) -> str:
    """One date part; m means minutes beside hours or seconds."""
    code = tokens[at]["date"].lower()
    if code[0] == "m" and _beside_time(tokens, at):
        return f"{moment.minute:0{len(code)}d}"
    hour = (moment.hour - 1) % 12 + 1 if noon else moment.hour
    number = {"y": moment.year, "m": moment.month, "d": moment.day, "h": hour, "s": moment.second}
    if code[0] == "a":
        return ("星期" if len(code) > 3 else "") + WEEKDAYS[moment.weekday()]
    if code[0] == "y":
        return f"{moment.year:04d}" if len(code) > 2 else f"{moment.year % 100:02d}"
    if code[0] in "md" and len(code) > 2:
        return moment.strftime({"m": "%B" if len(code) > 3 else "%b", "d": "%A" if len(code) > 3 else "%a"}[code[0]])
    return f"{number[code[0]]:0{len(code)}d}"


def _beside_time(tokens: list[re.Match[str]], at: int) -> bool:
    """Whether the date part before is hours or the one after is seconds."""
    before = [token["date"].lower() for token in tokens[:at] if token["date"]]
    after = [token["date"].lower() for token in tokens[at + 1 :] if token["date"]]
    return bool(before and before[-1][0] == "h") or bool(after and after[0][0] == "s")
