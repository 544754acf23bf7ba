"""Offers to programs → Gradio's named endpoints: /ask, /check, /audit, /list, /find_figure, /calculate, for its clients.

    from gradio_client import Client
    print(Client("http://127.0.0.1:7860/").predict("2022年公务接待费是多少？", api_name="/ask")["answer"])
"""

from collections.abc import Mapping
from typing import Any

import gradio as gr
from gradio.events import api

from corpus.errors import MingzhangError
from ui.audit_screen import AUDITORS
from ui.check_screen import CHECKERS
from ui.programs import Offer

Json = dict[str, Any]


def add_api(offers: Mapping[str, Offer], concurrency: int) -> None:
    """Inside the open Blocks. They share the screens' limits: a program does not crowd out the readers."""

    def call(name: str, **arguments: object) -> Json:
        """What stands in the way is told as a sentence, never as a traceback."""
        try:
            return offers[name].call(arguments)
        except MingzhangError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def ask(question: str) -> Json:
        return call("ask", question=question)

    def find_figure(publisher: str, year: int, item: str, kind: str = "") -> Json:
        return call("find_figure", publisher=publisher, year=year, item=item, kind=kind)

    def calculate(operation: str, facts: list[str]) -> Json:
        return call("calculate", operation=operation, facts=facts)

    def check(text: str) -> Json:
        return call("check_claims", text=text)

    def audit(report: str) -> Json:
        return call("audit_report", report=report)

    def list_reports() -> list[Json]:
        found: list[Json] = call("list_disclosures")["disclosures"]
        return found

    asking: dict[str, Any] = {"concurrency_limit": concurrency, "concurrency_id": "ask"}
    told = {name: offer.told for name, offer in offers.items()}
    api(ask, api_name="ask", api_description=told["ask"], **asking)
    api(find_figure, api_name="find_figure", api_description=told["find_figure"], **asking)
    api(calculate, api_name="calculate", api_description=told["calculate"], **asking)
    api(check, api_name="check", api_description=told["check_claims"], concurrency_limit=CHECKERS, concurrency_id="check")
    api(audit, api_name="audit", api_description=told["audit_report"], concurrency_limit=AUDITORS, concurrency_id="audit")
    api(list_reports, api_name="list", api_description=told["list_disclosures"], concurrency_limit=None)
