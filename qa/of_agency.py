"""A conversation about an agency (单位) of a department, and a follow-up → the whole question, asked of that agency or of the one that it names.

The follow-up is written out as if the agency had been asked itself; then its name is put back. What compares agencies is left to `together` and `versus`.
"""

import re
from collections.abc import Callable, Sequence

from corpus.disclosure import Disclosure
from qa.compound import Answering, compound_in
from qa.followup import followed
from qa.question import understand
from qa.sub_units import SubUnit
from qa.together import Unclear

Agencies = Callable[[str], tuple[SubUnit, ...]]
"""The agencies that a whole question names."""
_COMPARES = re.compile(r"比(?!例|重)|[和跟与同]|加|差|一共|合计|总共|[两三]家|各|谁|哪|前者|后者")
_OF_ALL = re.compile(r"(?:全|整个?)(?:部门|局|委|系统|单位)|部门(?:总|合计|全部)|所有单位|整个")
_UNSURE = "不清楚要问的是哪个单位的数，请写一个完整的问题，写明单位、年度和项目。"


def of_agency(text: str, history: Sequence[str], shelf: Sequence[Disclosure], agencies: Agencies, answering: Answering) -> str | Unclear | None:
    """The whole question; None where no agency is spoken of, or where the words compare."""
    if not history or compound_in(history[-1]):
        return None
    before, own = agencies(history[-1]), agencies(_with_publisher(text, history[-1], shelf))
    if len(before) > 1 or len(own) > 1 or not (before or own):
        return None
    if before and own and _COMPARES.search(text):
        return _against(text, history[-1], before[0], own[0], agencies)
    if _COMPARES.search(text) and (compared := followed(text, history, shelf, answering)) and (isinstance(compared, Unclear) or compound_in(compared) or agencies(compared)):
        return compared
    earlier = (*history[:-1], history[-1].replace(before[0].said, "", 1) if before else history[-1])
    if not own and (understand(text, shelf).named.publishers or _OF_ALL.search(text)):
        return followed(_OF_ALL.sub("", text), earlier, shelf, answering)
    unit = (own or before)[0]
    rest = text.replace(unit.said, "", 1) if own else text
    whole = earlier[-1] if not rest.strip("那么呢的？?！!。 ") else followed(rest, earlier, shelf, answering)
    return whole if isinstance(whole, Unclear) else _put_back(whole, unit, shelf, agencies)


_AGAINST = re.compile(r"(?:那么?)?(?:比|[和跟与同])(?P<other>[^，]+?)(?:相?比(?:较|起来)?)?(?:的话)?(?:还|要|又|是)?(?:(?:多|少|高|低|相?差)(?:了|出)?(?:多少|几)(?:钱|万元)?|呢|谁多|哪个多)?[？?]?")
_TAIL = re.compile(r"(?:一共|总共)?(?:是|有|为)?(?:多少|几)(?:钱|万元)?[？?]?$|呢?[？?]?$")


def _against(text: str, last: str, one: SubUnit, other: SubUnit, agencies: Agencies) -> str | Unclear:
    """比实验小学多多少: the same item of both agencies; whatever else compares them is asked back."""
    said = _AGAINST.fullmatch(text.strip())
    alike = said is not None and said["other"].replace("的", "") == other.said
    whole = f"{_TAIL.sub('', last, count=1)}比{other.said}多多少？"
    return whole if alike and [unit.name for unit in agencies(whole)] == [one.name, other.name] else Unclear(_UNSURE)


def _with_publisher(text: str, last: str, shelf: Sequence[Disclosure]) -> str:
    """A follow-up's words with the publisher that the conversation is about, where they name none."""
    named = understand(text, shelf).named
    return text if named.publishers or named.unknown else "".join(understand(last, shelf).named.publishers[:1]) + text


def _put_back(whole: str, unit: SubUnit, shelf: Sequence[Disclosure], agencies: Agencies) -> str | Unclear:
    """The question with the agency's name behind the publisher's."""
    spans = understand(whole, shelf).named.spans
    at = spans[0][1] if len(spans) == 1 and spans[0][0] == 0 else 0
    options = (whole[:at] + name + whole[at:] for name in (unit.said, unit.name)) if not compound_in(whole) else ()
    return next((option for option in options if [one.name for one in agencies(option)] == [unit.name]), Unclear(_UNSURE))
