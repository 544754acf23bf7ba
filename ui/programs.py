"""The program's functions → offers to other programs: a name, Chinese words on what it takes and gives, the JSON of the commands.

The HTTP endpoints (`ui/api.py`) and the MCP tools (`ui/mcp_tools.py`) are both made from these, so that they say the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.disclosure import Disclosure
from corpus.errors import MingzhangError, ShelfError
from qa.tools import operations

Json = dict[str, Any]
LONGEST_QUESTION = 500
"""Characters; a pasted article belongs to check."""
GIVES = "返回的数字都印在报告里或由印出的数字算出，附文件、页码、位置和原文；报告没有的会说没有，不会猜。"


class ArgumentError(MingzhangError):
    """A program called a function with what it does not take."""


class Arguments(BaseModel):
    """What a function takes; the descriptions are the rules, and stand in its schema."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Nothing(Arguments):
    pass


class Asked(Arguments):
    question: str = Field(min_length=1, max_length=LONGEST_QUESTION, description=f"中文问题，写明单位和年度更准；最多{LONGEST_QUESTION}字")


class Item(Arguments):
    publisher: str = Field(min_length=1, max_length=100, description="部门或单位的名称，全称或简称；最多100字")
    year: int = Field(ge=1990, le=2100, description="年度，四位数字，如 2024")
    item: str = Field(min_length=1, max_length=200, description="项目名称，如 公务接待费、一般公共服务支出；最多200字")
    kind: Literal["", "预算", "决算"] = Field("", description="预算 或 决算；不填则由程序判断，并在结果里说明")


class Sum(Arguments):
    operation: str = Field(max_length=20, description=f"算什么：{'、'.join(operations())} 之一")
    facts: tuple[str, ...] = Field(max_length=50, description="数据编号，取自 find_figure 的 facts，最多50个；先后有别：被减数、部分、本年数在前")


class Article(Arguments):
    text: str = Field(min_length=1, description="要核对的中文文字，写明单位和年度；一次一篇")


class Report(Arguments):
    report: str = Field(min_length=1, max_length=300, description="报告的编号、文件名或完整标题，见 list_disclosures")


@dataclass(frozen=True)
class Offer:
    """A function that programs may call."""

    name: str
    told: str
    takes: type[Arguments]
    does: Callable[..., Json]

    def call(self, arguments: Mapping[str, object]) -> Json:
        """Raises MingzhangError, a Chinese sentence, where it cannot be done."""
        try:
            taken = self.takes.model_validate(arguments)
        except ValidationError as error:
            raise ArgumentError(_sentence(error, self.takes)) from None
        return self.does(**{name: getattr(taken, name) for name in self.takes.model_fields})

    @property
    def schema(self) -> Json:
        """JSON schema of what it takes, without pydantic's English titles."""
        made = self.takes.model_json_schema()
        fields = {name: {key: value for key, value in rule.items() if key != "title"} for name, rule in made.get("properties", {}).items()}
        return {"type": "object", "properties": fields, "required": made.get("required", []), "additionalProperties": False}


@dataclass(frozen=True)
class Programs:
    """What programs may do with a shelf; each gives the JSON object that the command of the same sense prints."""

    ask: Callable[[str], Json]
    find_figure: Callable[[str, int, str, str], Json]
    calculate: Callable[[str, list[str]], Json]
    check: Callable[[str], Json]
    audit: Callable[[str], Json]
    disclosures: Callable[[], Sequence[Disclosure]]
    longest_text: int = 50_000
    """Characters of a text that is checked."""

    def offers(self) -> dict[str, Offer]:
        """By name, the one to begin with first."""
        made = (
            Offer("list_disclosures", "列出报告库里有哪些报告：编号、单位、年度、预算或决算、文件名、页数。先看这里，再查数。", Nothing, self._list),
            Offer("find_figure", f"查一个单位某年某个项目的数。{GIVES}facts 里是数据编号，可以交给 calculate。", Item, self.find_figure),
            Offer("calculate", "用 find_figure 给出的数据编号计算，返回结果和算式。空白不等于零，不能参加计算。", Sum, self._calculate),
            Offer("check_claims", "核对一段文字里的每个数字：supported 一致、refuted 不符（附披露的数）、unverifiable 无依据。", Article, self._check),
            Offer("audit_report", "查一份报告自己前后是否一致：列出问题、查过什么、没有查到什么。", Report, self._audit),
            Offer("ask", f"用中文问一个问题。{GIVES}", Asked, self.ask),
        )
        return {offer.name: offer for offer in made}

    def _list(self) -> Json:
        return {"disclosures": [row_of(d) for d in self.disclosures()]}

    def _calculate(self, operation: str, facts: tuple[str, ...]) -> Json:
        worked = self.calculate(operation, list(facts))
        if "error" in worked:
            raise ArgumentError(str(worked["error"]))
        return worked

    def _check(self, text: str) -> Json:
        if len(text) > self.longest_text:
            raise ArgumentError(f"文字太长：{len(text)}字，最多{self.longest_text}字。请分成几段再核对")
        return self.check(text.replace("\r\n", "\n"))

    def _audit(self, report: str) -> Json:
        for disclosure in self.disclosures():
            if report in (disclosure.id, disclosure.file, disclosure.title):
                return self.audit(disclosure.id)
        raise ShelfError("报告库里没有这份报告，请先列出有哪些报告")


def row_of(d: Disclosure) -> Json:
    """A disclosure as `mingzhang list --json` prints it."""
    return {
        "id": d.id, "publisher": d.publisher, "year": d.year, "kind": str(d.kind), "scope": str(d.scope), "file": d.file,
        "pages": d.pages, "certain": d.certain,
    }  # fmt: skip


def _sentence(error: ValidationError, takes: type[Arguments]) -> str:
    """What is wrong, by argument, with its rule; never the value."""
    said = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        if name not in takes.model_fields:
            said.append(f"没有参数 {name[:40]}")
        else:
            said.append(f"{'缺少参数' if problem['type'] == 'missing' else '参数不对：'} {name}（{takes.model_fields[name].description}）")
    return "；".join(dict.fromkeys(said))
