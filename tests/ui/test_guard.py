"""By which names a site is asked."""

import pytest

from corpus.settings import load_settings
from ui.guard import LOCAL, names_of
from ui.serving import listening, warnings_of


def test_a_site_on_this_machine_answers_to_its_own_names_alone() -> None:
    assert names_of("", "127.0.0.1") == LOCAL
    assert names_of("Budget.Example.org, 10.0.0.3", "127.0.0.1") == LOCAL | {"budget.example.org", "10.0.0.3"}


def test_a_site_open_to_the_world_answers_to_any_name_until_one_is_set() -> None:
    assert names_of("", "0.0.0.0") == frozenset()
    assert "budget.example.org" in names_of("budget.example.org", "0.0.0.0")


def test_listening_to_the_world_without_a_password_is_warned_of() -> None:
    open_to_all = load_settings(password="")
    assert warnings_of(open_to_all, "127.0.0.1") == warnings_of(open_to_all, "::1") == ()
    told = "".join(warnings_of(open_to_all, "0.0.0.0"))
    assert "没有设密码" in told and "MINGZHANG_PASSWORD" in told and "MINGZHANG_UPLOAD=false" in told
    assert "MINGZHANG_UPLOAD" not in "".join(warnings_of(load_settings(upload=False), "0.0.0.0"))
    assert warnings_of(load_settings(password="密码"), "0.0.0.0") == ()


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_said_in_chinese() -> None:
    from corpus.errors import SettingError

    with listening("127.0.0.1", 0) as first, pytest.raises(SettingError, match="已被占用，请用 --port"):
        listening("127.0.0.1", first.getsockname()[1])
