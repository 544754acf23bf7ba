"""为什么, with no item, after figures were compared → the question whose reason a report can give, or what is asked back.

Reports give reasons for moves over last year, and for an outturn that is off its budget; for nothing else.
"""

import re
from dataclasses import replace

from corpus.disclosure import Kind
from corpus.fact import Basis
from qa.asks import Ask
from qa.compound import Compound, Form
from qa.finding import Finding
from qa.in_full import items_of, who_when
from qa.question import Question
from qa.talk import Talk
from qa.together import UNSURE, Unclear

_OVER_LAST_YEAR = Unclear("报告说明的是与上年相比的原因。要问哪个部门、哪一年、哪一项为什么增减，请写明。")
_MOVED = (Ask.CHANGE, Ask.GROWTH)


def of_move(asked: Question, talk: Talk) -> Question:
    """Why the last item rose or fell, in the later one of the two years that were compared."""
    years = talk.about.years
    compared = len(years) == 2 and talk.about.ask in _MOVED
    return replace(asked, falling=asked.falling or _turn(talk), years=(max(years),) if compared else asked.years)


def why_compared(talk: Talk) -> str | Unclear | None:
    """None where what was compared is a move over last year, or where nothing was."""
    about, compound = talk.about, talk.thread.last.compound
    if len(about.years) == 2 and about.ask in _MOVED and max(about.years) - min(about.years) > 1:
        return _OVER_LAST_YEAR
    return _why_apart(talk.thread.last.figures, compound, talk) if compound else None


def _turn(talk: Talk) -> int:
    """Whether what was asked last had risen (1) or fallen (-1)."""
    found = talk.answering(talk.thread.last.text) if talk.about.ask in _MOVED else None
    text = found.sentences[0].text if isinstance(found, Finding) else ""
    said = re.search(r"(?P<up>增加|增长|上升)|减少|下降|降低", text) if "没有增减" not in text else None
    return 0 if said is None else 1 if said["up"] else -1


def _why_apart(figures: tuple[Question, ...], compound: Compound, talk: Talk) -> str | Unclear | None:
    one, other, *more = figures
    if not more and replace(one, kind=None, basis=Basis.NONE, text="") == replace(other, kind=None, basis=Basis.NONE, text=""):
        return _why_over_budget(figures, talk)
    of_years = not more and replace(one, years=(), text="") == replace(other, years=(), text="")
    over_last_year = of_years and one.years and other.years and one.years[0] - 1 == other.years[0]
    return None if over_last_year and compound.form in (Form.MORE, Form.GROWTH) else _OVER_LAST_YEAR


def _why_over_budget(figures: tuple[Question, ...], talk: Talk) -> str | Unclear:
    """为什么少了 after a budget was held against its outturn."""
    figure = figures[0]
    spent, planned = sorted(figures, key=lambda one: one.kind is not Kind.FINAL and one.basis is not Basis.EXECUTED)
    amounts = [one.amount.value for one in (talk.answered(talk.whole(spent)), talk.answered(talk.whole(planned))) if one]
    turn = "减少" if len(amounts) > 1 and amounts[0] < amounts[1] else "增加"
    text = f"{who_when(figure)}{next(iter(items_of(figure)), '')}决算比预算{turn}的原因是什么？"
    return text if talk.understood(text).items == figure.items else UNSURE
