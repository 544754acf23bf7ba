"""The named endpoints for programs, called as the README's example calls them."""

import pytest

from corpus.shelf import Shelf

client_api = pytest.importorskip("gradio_client", reason="gradio_client is not installed")


@pytest.fixture(scope="module")
def client(real_site: str):
    made = client_api.Client(real_site, verbose=False)
    yield made
    made.close()


def test_a_program_asks_and_gets_the_figure_with_its_page(client) -> None:
    reply = client.predict("2022年公务接待费决算数是多少？", api_name="/ask")
    assert reply["status"] == "answered" and reply["values"][0]["value"] == "1.28"
    assert reply["citations"][0]["page"] and len(reply["citations"][0]["box"]) == 4


def test_a_program_checks_a_text(client) -> None:
    claims = client.predict("武汉市硚口区人民政府办公室2022年“三公”经费支出4.28万元。", api_name="/check")["claims"]
    assert [(claim["text"], claim["verdict"]) for claim in claims] == [("4.28万元", "supported")]


def test_a_program_lists_the_reports_and_audits_one(client, real_shelf: Shelf) -> None:
    listed = client.predict(api_name="/list")
    assert [row["id"] for row in listed] == [d.id for d in real_shelf.disclosures()]
    audited = client.predict(listed[0]["id"], api_name="/audit")
    assert audited["report"]["sha256"] == real_shelf.disclosures()[0].sha256 and audited["findings"]


def test_a_report_that_is_not_there_is_told_in_a_sentence(client) -> None:
    with pytest.raises(client_api.exceptions.AppError, match="报告库里没有这份报告"):
        client.predict("没有", api_name="/audit")


def test_only_the_documented_endpoints_are_open(client) -> None:
    assert set(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == {"/ask", "/check", "/audit", "/list"}
