"""What other programs may call, and what they are told when they call it wrongly."""

import re
from collections.abc import Iterator, Mapping

import pytest

from corpus.errors import MingzhangError
from corpus.settings import load_settings
from corpus.shelf import Shelf
from qa.answer import answer
from qa.audit import as_json as audited_json
from qa.audit import audit
from qa.check import as_json as checked_json
from qa.check import check
from qa.render import as_json as reply_json
from tests.qa.small_report import small_shelf
from ui.mcp_tools import TOOLS
from ui.programs import Offer
from ui.site import callers_of
from ui.watch import Watch

WHO = {"publisher": "甲区财政局", "year": 2024}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = small_shelf(tmp_path_factory.mktemp("programs"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def offers(shelf: Shelf) -> Mapping[str, Offer]:
    settings = load_settings(shelf=shelf.folder, text_limit=200)
    return callers_of(shelf, lambda asked, past: answer(asked, shelf, past), settings, Watch()).offers


def test_each_gives_what_the_command_of_the_same_sense_prints(shelf: Shelf, offers: Mapping[str, Offer]) -> None:
    question, text, id = "2024年公务接待费花了多少？", "某市甲区财政局2024年三公经费支出5.28万元。", shelf.disclosures()[0].id
    asked = offers["ask"].call({"question": question})
    assert {**asked, "seconds": 0} == {**reply_json(answer(question, shelf)), "seconds": 0}
    assert offers["check_claims"].call({"text": text}) == checked_json(check(text, shelf))
    assert offers["audit_report"].call({"report": id}) == audited_json(audit(id, shelf))
    assert [row["id"] for row in offers["list_disclosures"].call({})["disclosures"]] == [id]


def test_a_figure_comes_with_its_page_box_and_words(offers: Mapping[str, Offer]) -> None:
    found = offers["find_figure"].call({**WHO, "item": "公务接待费"})
    assert (found["values"][0]["value"], found["values"][0]["unit"]) == ("1.28", "万元")
    cited = found["citations"][0]
    assert cited["page"] == 2 and len(cited["box"]) == 4 and "1.28万元" in cited["quote"]


def test_what_is_not_disclosed_is_no_figure(offers: Mapping[str, Offer]) -> None:
    found = offers["find_figure"].call({**WHO, "item": "会议费"})
    assert (found["status"], found["values"], found["facts"]) == ("refused", [], [])


def test_a_share_is_worked_out_from_printed_figures_each_with_its_place(offers: Mapping[str, Offer]) -> None:
    part, whole = (offers["find_figure"].call({**WHO, "item": item})["facts"][0] for item in ("公务接待费", "三公经费"))
    share = offers["calculate"].call({"operation": "占比", "facts": [part, whole]})
    assert (share["value"], share["unit"], share["formula"]) == ("29.91", "%", "1.28万元 ÷ 4.28万元 × 100% = 29.91%")
    assert all(operand["page"] == 2 and len(operand["box"]) == 4 and operand["quote"] for operand in share["operands"])


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("find_figure", {"publisher": "甲区财政局", "year": "秘密"}, ("年度，四位数字", "缺少参数 item")),
        ("find_figure", {**WHO, "item": "公务接待费", "unit": "秘密"}, ("没有参数 unit",)),
        ("find_figure", {**WHO, "item": "公务接待费", "kind": "秘密"}, ("预算 或 决算",)),
        ("calculate", {"operation": "秘密", "facts": []}, ("没有“秘密”这种计算", "占比")),
        ("calculate", {"operation": "占比", "facts": ["秘密-1", "秘密-2"]}, ("没有编号为",)),
        ("calculate", {"operation": "占比", "facts": "秘密"}, ("数据编号",)),
        ("check_claims", {"text": ""}, ("要核对的中文文字",)),
        ("check_claims", {"text": "字" * 201}, ("文字太长：201字，最多200字",)),
        ("ask", {"question": "问" * 501}, ("最多500字",)),
        ("audit_report", {"report": "秘密"}, ("报告库里没有这份报告",)),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_chinese(offers: Mapping[str, Offer], name: str, arguments: dict[str, object], told: tuple[str, ...]) -> None:
    with pytest.raises(MingzhangError) as error:
        offers[name].call(arguments)
    assert all(part in str(error.value) for part in told)
    assert not re.search("[A-Za-z]{3,} [A-Za-z]{2,}", str(error.value)), "an English sentence"


def test_every_function_says_what_it_takes_in_chinese(offers: Mapping[str, Offer]) -> None:
    assert set(TOOLS) < set(offers) and TOOLS == ("list_disclosures", "find_figure", "calculate", "check_claims", "audit_report")
    for offer in offers.values():
        described = [offer.told, *(rule["description"] for rule in offer.schema["properties"].values())]
        assert all(re.search("[一-龥]{2}", words) for words in described), offer.name
        assert offer.schema["additionalProperties"] is False
