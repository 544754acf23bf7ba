"""With every socket closed a report is read, shelved and asked: nothing is fetched, nothing is sent."""

import socket
import warnings
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

from qa.answer import answer
from qa.reply import Status
from tests.qa.small_report import small_shelf


@pytest.mark.disable_socket
def test_a_report_is_read_and_asked_without_a_socket(tmp_path: Path) -> None:
    with warnings.catch_warnings(), pytest.raises(SocketBlockedError):
        warnings.simplefilter("ignore")
        socket.socket()
    shelf = small_shelf(tmp_path)
    reply = answer("2024年公务接待费花了多少？", shelf)
    assert (reply.status, str(reply.values[0].amount)) == (Status.ANSWERED, "1.28万元")
    assert answer("2024年会议费花了多少？", shelf).status is Status.REFUSED
    shelf.close()
